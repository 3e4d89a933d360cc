// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One HTTP exchange on a libcurl handle.
#pragma once

#include "handle.hpp"

#include <wan/http/body.hpp>
#include <wan/http/executor.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::executors {

/// Receives a response as it arrives. Each function returns whether to continue.
struct answer_taker {
    /// Called once, before the body.
    std::function<bool(unsigned status, const std::vector<http_header>& headers)> head;
    std::function<bool(std::string_view piece)> body;
};

namespace detail {

/// One request on a handle: the constructor sets it up, `result` returns its outcome. Keeps references to its
/// arguments; neither copyable nor movable. The body passed to a taker is not in the result.
class curl_exchange {
public:
    curl_exchange(curl_handle& handle, const http_request& request, const std::string& ca_file,
                  const answer_taker* taker = nullptr)
        : handle_(handle), request_(request), taker_(taker), body_(request.body),
          headers_(to_list(request.headers)),
          decodes_(taker == nullptr && find_header(request.headers, "Range") == nullptr) {
        handle.prepare(request.url, ca_file);
        handle.set(CURLOPT_TIMEOUT_MS, static_cast<long>(bounded(request.timeout).count()));
        handle.set(CURLOPT_HTTPHEADER, headers_.get());
        handle.set(CURLOPT_FOLLOWLOCATION, 0L); // the key would be sent along
        handle.set(CURLOPT_HEADERFUNCTION, &collect_header);
        handle.set(CURLOPT_HEADERDATA, this);
        handle.set(CURLOPT_WRITEFUNCTION, &append);
        handle.set(CURLOPT_WRITEDATA, this);
        // Accept every coding that libcurl can decode: the headers request `identity`, but some servers send
        // another one. A part of an encoded body cannot be decoded, and a taker counts the bytes that were
        // sent.
        if (decodes_) handle.set(CURLOPT_ACCEPT_ENCODING, "");
        if (request.method == http_method::post) set_up_post();
    }
    curl_exchange(const curl_exchange&) = delete;
    curl_exchange& operator=(const curl_exchange&) = delete;

    /// Returns the outcome. Call it once, when libcurl is done.
    http_result result(CURLcode code) {
        // An incomplete request is not processed.
        if (is_body_broken_) return transport_error{delivery::not_sent, to_string(broken_)};
        if (thrown_ != nullptr) return error(thrown_);
        if (!cut_off_.empty()) return transport_error{delivery::maybe_sent, cut_off_};
        if (code == CURLE_BAD_CONTENT_ENCODING) return transport_error{delivery::maybe_sent, undecoded()};
        if (code != CURLE_OK) return error(handle_.message(code));
        response_.status = status();
        bool begun = without_exceptions(false, thrown_, [this] { return begin_body(); });
        if (thrown_ != nullptr) return transport_error{delivery::maybe_sent, thrown_};
        if (!begun) return transport_error{delivery::maybe_sent, cut_off_};
        tidy_headers();
        return std::move(response_);
    }

    transport_error error(std::string message) const { return {handle_.sent(), std::move(message)}; }

    /// Clamps a time to the range of libcurl's options, where 0 means no timeout.
    static std::chrono::milliseconds bounded(std::chrono::milliseconds time) noexcept {
        return std::clamp(time, std::chrono::milliseconds{1}, std::chrono::milliseconds{0x7FFFFFFF});
    }

private:
    static constexpr std::size_t max_header_bytes = std::size_t{1} << 18;

    struct list_deleter {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };
    using header_list = std::unique_ptr<curl_slist, list_deleter>;

    void set_up_post() noexcept {
        handle_.set(CURLOPT_POST, 1L);
        handle_.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        handle_.set(CURLOPT_READFUNCTION, &pull);
        handle_.set(CURLOPT_READDATA, this);
        handle_.set(CURLOPT_SEEKFUNCTION, &rewind);
        handle_.set(CURLOPT_SEEKDATA, &body_);
        // libcurl repeats a request automatically if a reused connection was closed, even if the server has
        // read the request. On a new connection it does not, unless others share it, as with HTTP/2.
        handle_.set(CURLOPT_FRESH_CONNECT, 1L);
        handle_.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    }

    static header_list to_list(const std::vector<http_header>& headers) {
        header_list list;
        const auto add = [&list](const std::string& line) {
            if (auto* longer = curl_slist_append(list.get(), line.c_str())) {
                (void)list.release();
                list.reset(longer);
            }
        };
        for (const auto& h : headers)
            add(h.value.find_first_not_of(" \t") == std::string::npos ? h.name + ";"
                                                                      : h.name + ": " + h.value);
        // By default, libcurl would request every coding that it can decode.
        if (find_header(headers, "Accept-Encoding") == nullptr) add("Accept-Encoding: identity");
        add("Expect:"); // no pause before a large body: a server without support costs a second
        return list;
    }

    static std::size_t pull(char* buffer, std::size_t, std::size_t size, void* self) noexcept {
        auto& me = *static_cast<curl_exchange*>(self);
        return without_exceptions(std::size_t{CURL_READFUNC_ABORT}, me.thrown_, [&]() -> std::size_t {
            me.is_body_broken_ = true; // even if `read` throws
            const auto read = me.body_.read({buffer, size});
            me.is_body_broken_ = !read;
            if (!read) me.broken_ = read.error();
            return read ? *read : CURL_READFUNC_ABORT;
        });
    }

    static int rewind(void* body, curl_off_t offset, int) noexcept {
        if (offset != 0) return CURL_SEEKFUNC_CANTSEEK;
        const char* thrown = nullptr;
        return without_exceptions(int{CURL_SEEKFUNC_FAIL}, thrown, [&] {
            static_cast<http_body_reader*>(body)->rewind();
            return int{CURL_SEEKFUNC_OK};
        });
    }

    static std::size_t append(char* data, std::size_t, std::size_t size, void* self) noexcept {
        auto& me = *static_cast<curl_exchange*>(self);
        return without_exceptions(std::size_t{0}, me.thrown_,
                                  [&] { return me.take({data, size}) ? size : 0; });
    }

    bool take(std::string_view piece) {
        if (piece.size() > request_.max_reply_bytes - body_bytes_) {
            cut_off_ =
                "the response is larger than " + std::to_string(request_.max_reply_bytes) +
                " bytes, the limit of the request; check the base URL, or raise policy::max_reply_bytes";
            return false;
        }
        body_bytes_ += piece.size();
        if (taker_ != nullptr) return begin_body() && goes_on(taker_->body(piece));
        response_.body.append(piece);
        return true;
    }

    unsigned status() const noexcept {
        return static_cast<unsigned>(handle_.info<long>(CURLINFO_RESPONSE_CODE));
    }

    bool begin_body() {
        if (taker_ == nullptr || std::exchange(has_begun_, true)) return true;
        tidy_headers();
        return goes_on(taker_->head(status(), response_.headers));
    }

    /// Returns the content coding of the response, empty if there is none.
    std::string_view coding() const noexcept {
        const auto* const named = find_header(response_.headers, "Content-Encoding");
        return named == nullptr || same_word(*named, "identity") ? std::string_view{}
                                                                 : std::string_view{*named};
    }

    /// Removes the coding and the length of a decoded body, because they no longer apply.
    void tidy_headers() {
        if (!decodes_ || coding().empty()) return;
        std::erase_if(response_.headers, [](const http_header& h) {
            return same_word(h.name, "Content-Encoding") || same_word(h.name, "Content-Length");
        });
    }

    std::string undecoded() const {
        return "libcurl cannot decode the response: Content-Encoding \"" + std::string{coding()} +
               "\"; turn off compression in the proxy, if there is one";
    }

    bool goes_on(bool wanted) {
        if (!wanted) cut_off_ = "the caller did not want the rest of the response";
        return wanted;
    }

    static std::size_t collect_header(char* line, std::size_t, std::size_t size, void* self) noexcept {
        auto& me = *static_cast<curl_exchange*>(self);
        return without_exceptions(std::size_t{0}, me.thrown_,
                                  [&] { return me.take_header({line, size}) ? size : 0; });
    }

    bool take_header(std::string_view line) {
        if (line.size() > max_header_bytes - header_bytes_) {
            cut_off_ = "the response headers are larger than " + std::to_string(max_header_bytes) +
                       " bytes, the limit of this executor; check the base URL and the proxy";
            return false;
        }
        header_bytes_ += line.size();
        collect(line);
        return true;
    }

    void collect(std::string_view line) {
        // the previous headers were from a proxy or an interim response
        if (line.starts_with("HTTP/")) response_.headers.clear();
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return;
        response_.headers.push_back(
            {std::string{line.substr(0, colon)}, std::string{trimmed(line.substr(colon + 1))}});
    }

    static std::string_view trimmed(std::string_view text) noexcept {
        const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
        while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        return text;
    }

    curl_handle& handle_;
    const http_request& request_;
    const answer_taker* taker_;
    http_body_reader body_;
    header_list headers_;
    std::size_t header_bytes_ = 0;
    std::size_t body_bytes_ = 0;
    bool has_begun_ = false;
    http_response response_;
    std::string cut_off_;          ///< why the response was not received completely
    const char* thrown_ = nullptr; ///< what a callback threw
    bool is_body_broken_ = false;
    unreadable_body broken_; ///< where the body could not be read
    bool decodes_;
};

} // namespace detail

} // namespace wan::executors
