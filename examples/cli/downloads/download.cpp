// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/downloads/download.hpp"

#include "cli/files/file_bytes.hpp"
#include "cli/files/storage.hpp"
#include "cli/output/report.hpp"

#include <wan/backoff.hpp>
#include <wan/printable.hpp>
#include <wan/video/download.hpp>
#include <wan/video/video_check.hpp>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>
#include <utility>

namespace cli {

namespace {

constexpr unsigned download_attempts = 6;
constexpr wan::backoff pauses{std::chrono::seconds{1}, 1.5, std::chrono::seconds{10}};

/// `reason` is empty if it is unknown.
wan::error cannot_write(const std::string& file, const std::error_code& reason) {
    return {.category = wan::error_category::storage,
            .message = "cannot write " + file + (reason ? ": " + reason.message() : "") +
                       "; check the disk and permissions"};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// The received part of a video, and the ETag of the complete file.
class part_file {
public:
    part_file(const std::string& video, std::string_view url)
        : video_(video), name_(video + ".part"), etag_name_(name_ + ".etag"), url_name_(name_ + ".url"),
          url_(url.substr(0, url.find('?'))) {
        std::error_code none;
        const auto size = std::filesystem::file_size(name_, none);
        etag_ = contents(etag_name_);
        // Without the ETag, the part cannot be matched with a file. The ETag distinguishes versions of one
        // URL; the query is ignored, because it holds the signature, which changes.
        const auto url_of_part = contents(url_name_);
        const bool is_of_this = !etag_.empty() && (url_of_part.empty() || url_of_part == url_);
        size_ = none || !is_of_this ? 0 : size;
        if (!is_of_this) etag_.clear();
    }

    const std::string& name() const { return name_; }
    const std::string& etag() const { return etag_; }
    std::uint64_t size() const { return size_; }
    wan::error write_error() const { return cannot_write(name_, reason_); }

    /// Must be called before the first byte of the body.
    bool begin(const wan::download_head& head) {
        if (head.offset == 0) {
            forget(); // an ETag must never be stored beside bytes of another file
            errno = 0;
            out_.open(name_, std::ios::binary | std::ios::trunc);
            note_failure();
            if (!head.etag.empty()) {
                std::ofstream{url_name_, std::ios::binary} << url_;
                std::ofstream{etag_name_, std::ios::binary} << head.etag;
            }
            etag_ = head.etag;
            size_ = 0;
        } else {
            errno = 0;
            out_.open(name_, std::ios::binary | std::ios::app);
            note_failure();
        }
        return out_.is_open();
    }
    bool append(std::string_view piece) {
        errno = 0;
        out_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        note_failure();
        size_ += piece.size();
        return out_.good();
    }
    bool end() {
        errno = 0;
        if (out_.is_open()) out_.close();
        note_failure();
        return !out_.fail();
    }

    void forget() {
        std::error_code ignored;
        std::filesystem::remove(etag_name_, ignored);
        std::filesystem::remove(url_name_, ignored);
        std::filesystem::remove(name_, ignored);
        size_ = 0;
        etag_.clear();
    }

    wan::result<wan::video_check> check(std::optional<std::uint64_t> expected) const {
        return wan::check_video(file_bytes{name_}, expected);
    }

    wan::result<std::uint64_t> take_its_name() {
        if (!sync_file(name_)) return cannot_write(name_, last_error());
        std::error_code failed, ignored;
        std::filesystem::rename(name_, video_, failed);
        if (failed) return cannot_write(video_, failed);
        std::filesystem::remove(etag_name_, ignored);
        std::filesystem::remove(url_name_, ignored);
        sync_directory_of(video_);
        return size_;
    }

private:
    /// Keeps the reason of the first failure; later calls may change `errno`.
    void note_failure() {
        if (out_.fail() && !reason_) reason_ = last_error();
    }

    static std::string contents(const std::string& name) {
        std::ifstream kept{name, std::ios::binary};
        return {std::istreambuf_iterator<char>{kept}, {}};
    }

    std::string video_, name_, etag_name_, url_name_;
    std::string url_; ///< without its query
    std::string etag_;
    std::uint64_t size_ = 0;
    std::ofstream out_;
    std::error_code reason_; ///< why it cannot be written
};

/// One exchange, and the part that it leaves.
class attempt {
public:
    attempt(const std::string& url, const std::string& file, const download_options& how)
        : url_(url), how_(how), part_(file, url) {}

    wan::result<downloaded> run(wan::executors::curl& http) {
        auto video = fetch(http);
        if (!video && part_.etag().empty()) part_.forget(); // it cannot be resumed
        return video;
    }

private:
    wan::result<downloaded> fetch(wan::executors::curl& http) {
        const auto request = wan::make_download(url_, part_.size(), part_.etag());
        if (!request) return request.error();
        const auto end = http.stream(
            *request,
            {.head = [this](unsigned status, const auto& headers) { return take_head(status, headers); },
             .body = [this](std::string_view piece) { return take(piece); }},
            how_.longest_stall);
        const bool is_written = part_.end();
        if (refused_) return wan::explain_download_error(std::move(*refused_), explanation_);
        if (!is_written) return part_.write_error();
        const bool is_all_there = head_.size && part_.size() >= *head_.size;
        if (!end && !head_.is_complete() && !is_all_there) {
            // The transport reported a wrong length or a missing last chunk. The boxes of the MP4 decide
            // whether the video is complete.
            if (const auto whole = part_.check({}); part_.size() != 0 && whole && whole->is_mp4)
                return named(whole->warning);
            return wan::error{.category = wan::error_category::transport,
                              .message = end.error().message + told_so_far()};
        }
        const auto whole = part_.check(head_.size);
        if (whole) return named(whole->warning);
        // The part cannot be resumed if the server has no more bytes, or if it is not a video.
        if (is_all_there || whole.error().category != wan::error_category::transport) part_.forget();
        return whole.error();
    }

    wan::result<downloaded> named(const std::string& warning) {
        const auto bytes = part_.take_its_name();
        if (!bytes) return bytes.error();
        return downloaded{*bytes, warning};
    }

    bool take_head(unsigned status, const std::vector<wan::http_header>& headers) {
        auto head = wan::parse_download_head(status, headers, part_.size(), part_.etag());
        if (!head) return refuse(head.error());
        head_ = *std::move(head);
        if (head_.is_complete()) return false; // the body is not a part of the file
        return part_.begin(head_) || refuse(part_.write_error());
    }

    bool take(std::string_view piece) {
        if (refused_) return explain(piece);
        if (!part_.append(piece)) return false;
        if (how_.on_progress) how_.on_progress(part_.size(), head_.size.value_or(0));
        return true;
    }

    /// Returns whether to read the body, which may contain the reason.
    bool refuse(wan::error why) {
        if (why.http_status == 206 || why.http_status == 416) part_.forget();
        refused_ = std::move(why);
        return refused_->http_status >= 400 && refused_->http_status != 416;
    }

    bool explain(std::string_view piece) {
        constexpr std::size_t most = 4096;
        explanation_.append(piece.substr(0, most - explanation_.size()));
        return explanation_.size() < most;
    }

    std::string told_so_far() const {
        if (part_.size() == 0) return {};
        return ", after " + std::to_string(part_.size()) +
               (head_.size ? " of " + std::to_string(*head_.size) : "") + " bytes";
    }

    const std::string& url_;
    const download_options& how_;
    part_file part_;
    wan::download_head head_;
    std::optional<wan::error> refused_;
    std::string explanation_; ///< the beginning of the error's body
};

/// Returns whether a retry cannot help: the server would respond the same again, or the error is local.
bool is_final(const wan::error& why) {
    using enum wan::error_category;
    const bool begins_anew = why.http_status == 206 || why.http_status == 416; // retried from the start
    return (why.category == protocol && !begins_anew) || why.category == permission ||
           why.category == not_found || why.category == invalid_request || why.category == storage;
}

bool is_stopped(const download_options& how) { return how.stopped && how.stopped(); }

void pause(wan::milliseconds time, const download_options& how) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!is_stopped(how) && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

void tell(const wan::error& why, wan::milliseconds wait, const download_options& how) {
    if (!how.on_retry) return;
    auto text = "the download failed: " + wan::printable(to_string(why), 300) + "; retrying in " +
                std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()) + " s";
    if (how.expires_at) text += "; " + expiry_text(*how.expires_at);
    how.on_retry(text);
}

} // namespace

wan::result<downloaded> download(wan::executors::curl& http, const std::string& url, const std::string& file,
                                 const download_options& how) {
    for (unsigned failures = 0;; ++failures) {
        if (is_stopped(how))
            return wan::error{.category = wan::error_category::transport, .message = "stopped"};
        auto video = attempt{url, file, how}.run(http);
        if (video || is_final(video.error()) || failures + 1 == download_attempts || is_stopped(how))
            return video;
        const auto wait = pauses.after(failures);
        tell(video.error(), wait, how);
        pause(wait, how);
    }
}

bool is_whole_video(const std::string& file) {
    const file_bytes bytes{file};
    return bytes.why_not().empty() && wan::check_video(bytes).has_value();
}

} // namespace cli
