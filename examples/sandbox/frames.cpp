// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "frames.hpp"

#include "base64.hpp"
#include "card.hpp"
#include "fetch.hpp"
#include "sizes.hpp"
#include "subprocess.hpp"

#include <wan/detail/text.hpp>
#include <wan/http/url.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <optional>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds image_time{30};

std::string format_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "png_pipe";
    if (bytes.starts_with("\xff\xd8\xff"sv)) return "jpeg_pipe";
    if (bytes.starts_with("BM"sv)) return "bmp_pipe";
    if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return "webp_pipe";
    return {};
}

outcome no_image() {
    return failure("InvalidImageFormat", "The image format is not supported or the file is damaged. "
                                         "Supported are JPEG, PNG (without alpha channel), BMP and WEBP.");
}

std::optional<std::string> bytes_of_data_url(std::string_view url) {
    const auto comma = url.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto head = url.substr(0, comma);
    if (!head.starts_with("data:image/") || !head.ends_with(";base64")) return std::nullopt;
    return base64_decoded(url.substr(comma + 1));
}

std::variant<frame, outcome> probed(fs::path file, std::string format, const fs::path& directory,
                                    const std::stop_token& stop) {
    const auto probe = run_program({"ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", format,
                                    "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of",
                                    "csv=p=0:s=x", "file:" + file.string()},
                                   directory, image_time, stop);
    frame found{.file = std::move(file), .format = std::move(format), .size = {}};
    const bool read =
        probe.ok && std::sscanf(probe.output.c_str(), "%ux%u", &found.size.width, &found.size.height) == 2;
    if (!read || found.size.width == 0 || found.size.height == 0) return no_image();
    return found;
}

std::variant<frame, outcome> saved(std::string_view bytes, const fs::path& file,
                                   const wan::image_limit& limit, const std::stop_token& stop) {
    if (bytes.size() > limit.max_bytes) return too_large("image", limit.max_bytes);
    auto format = format_of(bytes);
    if (format.empty()) return no_image();
    std::ofstream out(file, std::ios::binary);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush())
        return failure("InternalError", "The sandbox could not store the frame.");
    auto result = probed(file, std::move(format), file.parent_path(), stop);
    if (const auto* const image = std::get_if<frame>(&result)) {
        const auto& [least, most] = limit.side;
        if (!sides_fit(image->size, limit.side))
            return failure("InvalidImageResolution",
                           "The image resolution is invalid: width and height must each be between " +
                               std::to_string(least) + " and " + std::to_string(most) + " pixels.");
        if (!ratio_fits(image->size, limit.max_ratio))
            return failure("InvalidImageResolution",
                           "The aspect ratio of the image is invalid: no side may be longer than " +
                               std::to_string(limit.max_ratio) + " times the other.");
    }
    return result;
}

std::variant<frame, outcome> card(std::string_view url, frame_role role, const fs::path& file,
                                  const std::stop_token& stop) {
    const bool first = role == frame_role::first;
    const card_order order{
        .title = first ? "First frame" : "Last frame",
        .url = url,
        .colour = first ? "0x2F5D8A" : "0x8A4B2F",
        .output = {"-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"}};
    if (!draw_card(order, file, stop)) return failure("InternalError", "The sandbox could not draw a card.");
    return frame{.file = file, .format = "png_pipe", .size = card_size};
}

} // namespace

std::variant<frame, outcome> obtain_frame(std::string_view url, frame_role role,
                                          const wan::image_limit& limit, const fs::path& directory,
                                          const std::stop_token& stop) {
    const auto file = directory / (role == frame_role::first ? "first" : "last");
    if (url.starts_with("data:")) {
        const auto bytes = bytes_of_data_url(url);
        return bytes ? saved(*bytes, file, limit, stop) : no_image();
    }
    const auto parts = wan::parse_url(url);
    if (!parts) return not_downloaded(url);
    if (!is_on_this_machine(*parts)) return card(url, role, file, stop);
    const auto fetched = fetch_from_loopback(*parts, limit.max_bytes, stop);
    if (const auto* const bytes = std::get_if<std::string>(&fetched)) return saved(*bytes, file, limit, stop);
    return not_fetched(std::get<fetch_failure>(fetched), url, "image", limit.max_bytes);
}

} // namespace sandbox
