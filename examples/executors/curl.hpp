// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over libcurl: one handle, the calling thread. Copy it or include it.
#pragma once

#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wan::executors {

/// TLS certificates are checked, redirects are not followed, nothing is ever sent twice. Reuses connections for
/// queries. One exchange at a time; use one object per thread. `curl_global_init` is the program's to call.
class curl {
public:
    /// `aborted` is asked about once a second and whenever bytes move; true ends the exchange.
    explicit curl(std::function<bool()> aborted = {}) : easy_(curl_easy_init()), aborted_(std::move(aborted)) {}

    http_result operator()(const http_request& request) {
        if (!easy_) return transport_error{delivery::not_sent, "libcurl could not be set up"};
        http_response response;
        reply_sink sink{response.body, request.max_reply_bytes};
        http_body_reader body{request.body};
        const header_list headers = to_list(request.headers);

        prepare(request.url);
        set(CURLOPT_TIMEOUT_MS, milliseconds(request.timeout));
        set(CURLOPT_HTTPHEADER, headers.get());
        set(CURLOPT_FOLLOWLOCATION, 0L); // the key would travel along
        if (request.method == http_method::post) {
            set(CURLOPT_POST, 1L);
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            set(CURLOPT_READFUNCTION, &pull);
            set(CURLOPT_READDATA, &body);
            set(CURLOPT_SEEKFUNCTION, &rewind);
            set(CURLOPT_SEEKDATA, &body);
            // libcurl repeats a request by itself when a reused connection turns out to be dead, also one that the
            // server has read. A new connection is never repeated.
            set(CURLOPT_FRESH_CONNECT, 1L);
        }
        set(CURLOPT_HEADERFUNCTION, &collect_header);
        set(CURLOPT_HEADERDATA, &response.headers);
        set(CURLOPT_WRITEFUNCTION, &reply_sink::append);
        set(CURLOPT_WRITEDATA, &sink);

        const auto code = curl_easy_perform(easy_.get());
        if (sink.overflowed)
            return transport_error{delivery::maybe_sent,
                                   "the reply is larger than " + std::to_string(request.max_reply_bytes) + " bytes"};
        if (code != CURLE_OK) return failure(code);
        response.status = static_cast<unsigned>(info<long>(CURLINFO_RESPONSE_CODE));
        return response;
    }

    struct download_error {
        std::string message;
        unsigned http_status = 0; ///< 0: no HTTP answer came, or the file could not be written
    };
    using download_result = boost::system::result<std::uint64_t, download_error>;

    /// Streams `url` into `file`, at most `most_bytes`, and returns its size. No key is sent. The file appears under its name only when it
    /// is complete; `on_progress` gets the bytes so far and in all (0 if the server does not say).
    download_result download(const std::string& url, const std::filesystem::path& file,
                             std::function<void(std::uint64_t, std::uint64_t)> on_progress = {},
                             std::uint64_t most_bytes = std::uint64_t{4} << 30) {
        if (!easy_) return download_error{"libcurl could not be set up"};
        auto partial = file;
        partial += ".part";
        file_sink out{std::fopen(partial.string().c_str(), "wb"), most_bytes};
        if (!out.file) return download_error{"cannot write " + partial.string()};

        prepare(url);
        on_progress_ = std::move(on_progress);
        set(CURLOPT_HTTPGET, 1L);
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, 5L);
        set(CURLOPT_FAILONERROR, 1L);
        set(CURLOPT_LOW_SPEED_LIMIT, 1L); // a download may take long, but not stand still
        set(CURLOPT_LOW_SPEED_TIME, 60L);
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(most_bytes));
        set(CURLOPT_WRITEFUNCTION, &file_sink::append);
        set(CURLOPT_WRITEDATA, &out);
        const auto code = curl_easy_perform(easy_.get());
        on_progress_ = {};
        return settle(code, std::move(out), partial, file);
    }

private:
    struct easy_deleter {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };
    struct list_deleter {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };
    struct file_deleter {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    using header_list = std::unique_ptr<curl_slist, list_deleter>;

    struct reply_sink {
        std::string& body;
        std::size_t most;
        bool overflowed = false;

        static std::size_t append(char* data, std::size_t, std::size_t size, void* self) {
            auto& sink = *static_cast<reply_sink*>(self);
            sink.overflowed = size > sink.most - sink.body.size();
            if (sink.overflowed) return 0;
            sink.body.append(data, size);
            return size;
        }
    };

    struct file_sink {
        std::unique_ptr<std::FILE, file_deleter> file;
        std::uint64_t most;
        std::uint64_t bytes = 0;

        file_sink(std::FILE* opened, std::uint64_t most_bytes) : file(opened), most(most_bytes) {}

        static std::size_t append(char* data, std::size_t, std::size_t size, void* self) {
            auto& sink = *static_cast<file_sink*>(self);
            if (size > sink.most - sink.bytes) return 0;
            const auto written = std::fwrite(data, 1, size, sink.file.get());
            sink.bytes += written;
            return written;
        }
    };

    template <class Value>
    void set(CURLoption option, Value value) noexcept { curl_easy_setopt(easy_.get(), option, value); }

    template <class Value>
    Value info(CURLINFO what) const noexcept {
        Value value{};
        curl_easy_getinfo(easy_.get(), what, &value);
        return value;
    }

    static long milliseconds(std::chrono::milliseconds time) noexcept {
        return static_cast<long>(std::clamp<std::int64_t>(time.count(), 1, 0x7FFFFFFF));
    }

    static std::size_t pull(char* buffer, std::size_t, std::size_t size, void* body) {
        return static_cast<http_body_reader*>(body)->read({buffer, size});
    }

    static int rewind(void* body, curl_off_t offset, int) {
        if (offset != 0) return CURL_SEEKFUNC_CANTSEEK;
        static_cast<http_body_reader*>(body)->rewind();
        return CURL_SEEKFUNC_OK;
    }

    static std::size_t collect_header(char* line, std::size_t, std::size_t size, void* headers) {
        std::string_view text{line, size};
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
        if (const auto colon = text.find(':'); colon != std::string_view::npos) {
            auto value = text.substr(colon + 1);
            while (!value.empty() && std::isspace(static_cast<unsigned char>(value.front()))) value.remove_prefix(1);
            static_cast<std::vector<http_header>*>(headers)->push_back(
                {std::string{text.substr(0, colon)}, std::string{value}});
        }
        return size;
    }

    static int watch(void* self, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
        auto& me = *static_cast<curl*>(self);
        if (me.on_progress_) me.on_progress_(static_cast<std::uint64_t>(now), static_cast<std::uint64_t>(total));
        return me.aborted_ && me.aborted_() ? 1 : 0;
    }

    static header_list to_list(const std::vector<http_header>& headers) {
        header_list list;
        const auto add = [&list](const std::string& line) {
            if (auto* longer = curl_slist_append(list.get(), line.c_str())) {
                (void)list.release();
                list.reset(longer);
            }
        };
        for (const auto& h : headers) add(h.name + ": " + h.value);
        add("Expect:"); // no pause before a large body: a server that ignores it costs a second
        return list;
    }

    /// What is the same for every exchange.
    void prepare(const std::string& url) noexcept {
        curl_easy_reset(easy_.get()); // forgets the last exchange's options, keeps its connection
        error_[0] = '\0';
        set(CURLOPT_URL, url.c_str());
        // A proxy from the environment would see what is meant for this machine alone, the key in clear text.
        if (const auto parts = parse_url(url); parts && is_loopback(parts->host)) set(CURLOPT_PROXY, "");
        set(CURLOPT_ERRORBUFFER, error_);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
#if LIBCURL_VERSION_NUM >= 0x075500
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
        set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
        set(CURLOPT_REDIR_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &watch);
        set(CURLOPT_XFERINFODATA, this);
    }

    std::string message(CURLcode code) const { return error_[0] != '\0' ? error_ : curl_easy_strerror(code); }

    /// libcurl counts the bytes of the request that it gave to the connection, after TLS was set up.
    transport_error failure(CURLcode code) const {
        const bool nothing_left =
            info<long>(CURLINFO_REQUEST_SIZE) == 0 && info<curl_off_t>(CURLINFO_SIZE_UPLOAD_T) == 0;
        return {nothing_left ? delivery::not_sent : delivery::maybe_sent, message(code)};
    }

    download_result settle(CURLcode code, file_sink out, const std::filesystem::path& partial,
                           const std::filesystem::path& file) const {
        std::error_code failed;
        const auto bytes = out.bytes;
        if (code == CURLE_OK && std::fclose(out.file.release()) == 0) {
            std::filesystem::rename(partial, file, failed);
            if (!failed) return bytes;
            return download_error{"cannot write " + file.string() + ": " + failed.message()};
        }
        out.file.reset();
        std::filesystem::remove(partial, failed);
        return download_error{message(code), static_cast<unsigned>(info<long>(CURLINFO_RESPONSE_CODE))};
    }

    std::unique_ptr<CURL, easy_deleter> easy_;
    std::function<bool()> aborted_;
    std::function<void(std::uint64_t, std::uint64_t)> on_progress_;
    char error_[CURL_ERROR_SIZE] = {};
};

} // namespace wan::executors
