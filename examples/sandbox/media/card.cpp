// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/card.hpp"

#include "sandbox/media/ffmpeg.hpp"
#include "sandbox/media/subprocess.hpp"

#include <wan/printable.hpp>
#include <wan/utf8.hpp>

#include <chrono>
#include <fstream>

namespace sandbox {

namespace {

std::string card_text(std::string_view title, std::string_view url) {
    constexpr std::size_t columns = 64;
    std::string text{title};
    text += "\nwan-sandbox does not open this URL\n\n";
    const auto shown = wan::printable(url, 8 * columns);
    std::size_t column = 0;
    for (std::size_t i = 0; i < shown.size();) {
        const auto n = wan::first_character_size(std::string_view{shown}.substr(i));
        text.append(shown, i, n);
        i += n;
        if (++column % columns == 0) text += '\n';
    }
    return text;
}

} // namespace

outcome too_large(std::string_view kind, std::uint64_t max_bytes) {
    std::string message = "Invalid file size. The ";
    message.append(kind).append(" file size must be less than ");
    message.append(std::to_string(max_bytes >> 20)).append("MB.");
    return failure("InvalidFile.Size", std::move(message));
}

outcome not_fetched(fetch_failure why, std::string_view url, std::string_view kind, std::uint64_t max_bytes) {
    if (why == fetch_failure::too_large) return too_large(kind, max_bytes);
    return failure("InvalidURL", "Failed to download " + wan::printable(url, 2000));
}

program_result draw_card(const card_order& order, const std::filesystem::path& file,
                         const std::stop_token& stop) {
    auto text_file = file;
    text_file += ".txt";
    std::ofstream(text_file, std::ios::binary) << card_text(order.title, order.url);
    std::vector<std::string> arguments{"ffmpeg",
                                       "-nostdin",
                                       "-v",
                                       "error",
                                       "-y",
                                       "-f",
                                       "lavfi",
                                       "-i",
                                       "color=c=" + std::string{order.colour} +
                                           ":s=" + std::to_string(card_size.width) + "x" +
                                           std::to_string(card_size.height) +
                                           ",drawtext=font=DejaVu Sans Mono:expansion=none:fontcolor=white:"
                                           "fontsize=28:line_spacing=14:x=60:y=(h-text_h)/2:textfile=" +
                                           filter_value(text_file.string())};
    arguments.insert(arguments.end(), order.output.begin(), order.output.end());
    arguments.push_back("file:" + file.string());
    return run_program(std::move(arguments), file.parent_path(), std::chrono::seconds{30}, stop);
}

} // namespace sandbox
