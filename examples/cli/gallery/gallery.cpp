// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/gallery/gallery.hpp"

#include "cli/files/storage.hpp"
#include "cli/gallery/markup.hpp"
#include "cli/gallery/style.hpp"
#include "cli/output/times.hpp"

#include <wan/http/base64.hpp>
#include <wan/printable.hpp>
#include <wan/utf8.hpp>
#include <wan/video/cost.hpp>

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sys/stat.h>
#include <system_error>
#include <utility>
#include <vector>

namespace cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view generator = R"(<meta name="generator" content="wan gallery">)";

/// How a state is shown, in the order of the filters.
enum class tone { good, bad, open, busy };

struct toned_state {
    std::string_view name;
    cli::tone tone;
};

constexpr toned_state toned_states[] = {
    {"done", tone::good},     {"succeeded", tone::good},      {"failed", tone::bad},
    {"rejected", tone::bad},  {"invalid", tone::bad},         {"unreachable", tone::bad},
    {"expired", tone::bad},   {"submit_unknown", tone::open}, {"submit_lost", tone::open},
    {"canceled", tone::open}, {"stopped", tone::open},        {"deadline", tone::open},
};

tone tone_of(std::string_view state) {
    for (const auto& known : toned_states)
        if (known.name == state) return known.tone;
    return tone::busy;
}

std::string base64_of(std::span<const std::byte> bytes) {
    std::string digits(static_cast<std::size_t>(wan::base64_size(bytes.size())), '\0');
    wan::encode_base64(bytes, digits.data());
    return digits;
}

std::string_view class_of(tone t) {
    switch (t) {
    case tone::good: return "good";
    case tone::bad: return "bad";
    case tone::open: return "open";
    default: return "busy";
    }
}

/// A state with the number of shots that are in it.
struct filter {
    std::string state;
    std::size_t count;
};

std::string word_of(const gallery_shot& shot) { return shot.state.empty() ? "unknown" : shot.state; }

std::vector<filter> filters_of(std::span<const gallery_shot> shots) {
    std::map<std::string, std::size_t> counts;
    for (const auto& shot : shots) ++counts[word_of(shot)];
    std::vector<filter> filters;
    for (const auto& [state, count] : counts) filters.push_back({state, count});
    std::stable_sort(filters.begin(), filters.end(),
                     [](const filter& a, const filter& b) { return tone_of(a.state) < tone_of(b.state); });
    return filters;
}

/// Selects within the filter, not within the page: a browser searches everything that `:has` is asked of.
std::string style_of(const std::vector<filter>& filters) {
    std::string style{gallery_style};
    for (std::size_t i = 0; i < filters.size(); ++i) {
        const auto n = std::to_string(i);
        style += ".filter:has(#f" + n + ":checked) ~ main > .shot:not(.s" + n + ") { display: none; }\n";
    }
    return style;
}

/// Returns the hash by which the page's Content-Security-Policy names its style.
std::array<std::byte, SHA256_DIGEST_LENGTH> sha256_of(const std::string& text) {
    std::array<std::byte, SHA256_DIGEST_LENGTH> hash;
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
           reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
}

/// The style is allowed by its hash, and nothing else that is not a local file.
std::string head_of(const std::string& title, const std::string& style) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; "
           "media-src 'self' file:; style-src 'sha256-" +
           base64_of(sha256_of(style)) +
           "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n" +
           std::string{generator} +
           "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(title) + "</title>\n<style>" + style + "</style>\n</head>\n";
}

std::string time_of(std::chrono::sys_seconds time) {
    const auto iso = iso_8601(time);
    const auto shown = iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC"; // 2026-11-29 18:06 UTC
    return "<time datetime=\"" + iso + "\">" + shown + "</time>";
}

std::string text_of(const gallery_cost& cost) {
    return (cost.is_lower_bound ? "at least " : "") +
           to_string(wan::cost_estimate{.amount = cost.amount, .currency = cost.currency});
}

/// Returns the sum of all costs, by currency, as HTML.
std::string total_of(std::span<const gallery_shot> shots) {
    std::map<std::string, gallery_cost> sums;
    for (const auto& shot : shots) {
        if (!shot.cost) continue;
        auto& sum = sums.try_emplace(shot.cost->currency, gallery_cost{0, shot.cost->currency}).first->second;
        const auto room = (std::numeric_limits<std::int64_t>::max)() - sum.amount;
        sum.is_lower_bound |= shot.cost->is_lower_bound || shot.cost->amount > room;
        sum.amount += (std::min)((std::max)(shot.cost->amount, std::int64_t{0}), room);
    }
    std::string html;
    for (const auto& [currency, sum] : sums)
        html += (html.empty() ? "<bdi>" : " + <bdi>") + escaped(text_of(sum)) + "</bdi>";
    return html;
}

std::string counted(std::size_t count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

/// A medium of a shot, as the page can show it.
struct shown_medium {
    std::string url = {};  ///< of a local file that exists; escaped
    std::string text = {}; ///< otherwise: a link, or text
};

std::string link_to(std::string_view url, std::string_view text) {
    return "<a href=\"" + escaped(url) + "\" rel=\"noopener noreferrer\" dir=\"auto\">" + escaped(text) +
           "</a>";
}

/// Returns the beginning of a URL without its query, which is often long, and whose signature is no name.
std::string name_of_url(std::string_view url) {
    return wan::printable(url.substr(0, url.find_first_of("?#")), 100);
}

shown_medium shown(const std::string& medium, const fs::path& folder) {
    if (medium.empty()) return {};
    if (is_web_url(medium)) return {.text = link_to(medium, name_of_url(medium))};
    if (auto url = url_of_file(medium, folder)) return {.url = escaped(*url)};
    return {.text = "<span class=\"note\" dir=\"auto\">" + escaped(wan::printable(medium, 200)) +
                    " (not found)</span>"};
}

std::string figure_of(const shown_medium& frame, std::string_view name) {
    if (frame.url.empty()) return {};
    const std::string caption{name};
    return "<figure><a href=\"" + frame.url + "\" rel=\"noopener noreferrer\"><img src=\"" + frame.url +
           "\" alt=\"" + caption + "\" loading=\"lazy\" decoding=\"async\"></a><figcaption>" + caption +
           "</figcaption></figure>\n";
}

/// Returns the video's element. A browser that does not know `loading` for videos loads the
/// first frames of all videos at once, but still no video.
std::string screen_of(const gallery_shot& shot, const shown_medium& first, const shown_medium& video) {
    if (video.url.empty()) return {};
    const auto poster = first.url.empty() ? std::string{} : " poster=\"" + first.url + "\"";
    return "<video class=\"screen\" controls preload=\"none\" loading=\"lazy\" playsinline" + poster +
           " src=\"" + video.url + "\" aria-label=\"Video of " + escaped(shot.id) + "\"></video>\n";
}

std::string prompt_of(const std::string& prompt) {
    if (prompt.empty()) return {};
    const bool is_long = prompt.size() > 280 || std::count(prompt.begin(), prompt.end(), '\n') > 3;
    if (!is_long) return "<p class=\"prompt\" dir=\"auto\">" + escaped(prompt) + "</p>\n";
    return "<details class=\"prompt\"><summary><span class=\"text\" dir=\"auto\">" + escaped(prompt) +
           "</span></summary></details>\n";
}

/// Returns a row of a card's table; nothing if the value is empty.
std::string row(std::string_view name, const std::string& html) {
    return html.empty() ? std::string{}
                        : "<dt>" + std::string{name} + "</dt><dd dir=\"auto\">" + html + "</dd>\n";
}

std::string video_row_of(const gallery_shot& shot, const shown_medium& video,
                         const gallery_options& options) {
    auto html = video.text;
    if (!video.url.empty())
        html = "<a href=\"" + video.url + "\" rel=\"noopener noreferrer\">" +
               escaped(wan::printable(fs::path{shot.video}.filename().string(), 100)) + "</a>";
    else if (is_web_url(shot.video_url))
        html += (html.empty() ? "" : "<br>") + link_to(shot.video_url, name_of_url(shot.video_url));
    else if (!shot.video_url.empty())
        html += (html.empty() ? "" : "<br>") + escaped(wan::printable(shot.video_url, 200));
    if (video.url.empty() && !shot.video_url.empty() && shot.url_expires_at)
        html += (*shot.url_expires_at > options.written_at ? "<br><span class=\"note\">until "
                                                           : "<br><span class=\"note\">expired at ") +
                time_of(*shot.url_expires_at) + "</span>";
    return row("Video", html);
}

std::string card_of(const gallery_shot& shot, std::size_t filter, const fs::path& folder,
                    const gallery_options& options) {
    const auto first = shown(shot.first_frame, folder), last = shown(shot.last_frame, folder),
               video = shown(shot.video, folder);
    auto frames = figure_of(first, "First frame") + figure_of(last, "Last frame");
    if (!frames.empty()) frames = "<div class=\"frames\">\n" + frames + "</div>\n";
    auto html = "<article class=\"shot s" + std::to_string(filter) + " " +
                std::string{class_of(tone_of(shot.state))} + "\">\n";
    html += video.url.empty() ? frames : screen_of(shot, first, video);
    html += "<div class=\"title\"><h2 dir=\"auto\">" + escaped(shot.id) +
            "</h2><span class=\"state\" dir=\"auto\">" + escaped(word_of(shot)) + "</span></div>\n";
    if (!shot.reason.empty()) html += "<p class=\"reason\" dir=\"auto\">" + escaped(shot.reason) + "</p>\n";
    html += prompt_of(shot.prompt);
    if (!video.url.empty()) html += frames;
    html += "<dl>\n" + row("Model", escaped(shot.model)) + row("Job", escaped(shot.job));
    html += row("Cost", shot.cost ? escaped(text_of(*shot.cost)) : "");
    html += row("Attempts", std::to_string(shot.attempts)) + row("Task", escaped(shot.task_id));
    html += row("First frame", first.text) + row("Last frame", last.text);
    return html + video_row_of(shot, video, options) + "</dl>\n</article>\n";
}

std::string header_of(std::span<const gallery_shot> shots, const std::vector<filter>& filters,
                      const gallery_options& options) {
    auto html =
        "<header>\n<h1 dir=\"auto\">" + escaped(options.title) + "</h1>\n<p>" + counted(shots.size(), "shot");
    if (const auto total = total_of(shots); !total.empty()) html += " · cost: " + total;
    html += " · " + time_of(options.written_at) + "</p>\n</header>\n";
    if (filters.size() < 2) return html;
    html += "<fieldset class=\"filter\">\n<legend>Show shots by state</legend>\n"
            "<label><input type=\"radio\" name=\"state\" checked><span>all</span> <b>" +
            std::to_string(shots.size()) + "</b></label>\n";
    for (std::size_t i = 0; i < filters.size(); ++i)
        html += "<label><input type=\"radio\" name=\"state\" id=\"f" + std::to_string(i) +
                "\"><span dir=\"auto\">" + escaped(filters[i].state) + "</span> <b>" +
                std::to_string(filters[i].count) + "</b></label>\n";
    return html + "</fieldset>\n";
}

/// Returns whether the file exists and is not a gallery, so that it must not be replaced.
bool is_foreign(const std::string& file) {
    std::error_code ignored;
    if (fs::symlink_status(file, ignored).type() == fs::file_type::not_found) return false;
    std::string begin(2048, '\0');
    std::ifstream in{file, std::ios::binary};
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin.find(generator) == std::string::npos;
}

} // namespace

std::string gallery_file(const std::string& directory) {
    return (fs::path{directory} / "index.html").string();
}

std::string gallery_page(const std::string& directory, std::span<const gallery_shot> shots,
                         const gallery_options& options) {
    std::error_code failed;
    const auto folder = fs::absolute(directory, failed);
    const auto filters = filters_of(shots);
    std::map<std::string_view, std::size_t> numbers;
    for (std::size_t i = 0; i < filters.size(); ++i) numbers[filters[i].state] = i;
    auto page = head_of(options.title, style_of(filters)) + "<body>\n" + header_of(shots, filters, options) +
                "<main>\n";
    for (const auto& shot : shots) page += card_of(shot, numbers[word_of(shot)], folder, options);
    if (shots.empty()) page += "<p>There are no shots.</p>\n";
    return page + "</main>\n</body>\n</html>\n";
}

wan::result<void> write_gallery(const std::string& directory, std::span<const gallery_shot> shots,
                                const gallery_options& options) {
    std::error_code failed;
    fs::create_directories(directory, failed);
    if (failed)
        return wan::error{.category = wan::error_category::storage,
                          .message = "cannot create the directory of the gallery " + directory + ": " +
                                     failed.message() + "; choose a writable directory"};
    const auto file = gallery_file(directory);
    if (is_foreign(file))
        return wan::error{.category = wan::error_category::storage,
                          .message = file +
                                     " already exists and is not a gallery; move it, or choose another "
                                     "directory"};
    return replace_file("cannot write the gallery", file, gallery_page(directory, shots, options),
                        S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH);
}

} // namespace cli
