// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A libcurl handle with the options that all exchanges share.
#pragma once

#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace wan::executors {

namespace detail {

/// Returns the result of `call`, or `otherwise` if it throws; `thrown` then describes the exception. No
/// exception may pass through libcurl, which is C.
template <class Value, class Call>
Value without_exceptions(Value otherwise, const char*& thrown, Call call) noexcept {
#ifdef __cpp_exceptions
    try {
        return call();
    } catch (const std::bad_alloc&) { thrown = "out of memory during the exchange"; } catch (...) {
        thrown = "a callback threw an exception; it must not throw: report failure by its return value";
    }
    return otherwise;
#else
    (void)otherwise;
    (void)thrown;
    return call();
#endif
}

/// The error of an exchange without a handle.
inline constexpr const char* not_initialized =
    "libcurl could not be initialized; call curl_global_init once, before the first request";

/// Compares two words of HTTP, ignoring case.
inline bool same_word(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

/// A libcurl handle with the options that all exchanges share. Must not be moved during a transfer.
class curl_handle {
public:
    explicit operator bool() const noexcept { return easy_ != nullptr; }
    CURL* get() const noexcept { return easy_.get(); }

    template <class Value>
    void set(CURLoption option, Value value) noexcept {
        curl_easy_setopt(easy_.get(), option, value);
    }

    template <class Value>
    Value info(CURLINFO what) const noexcept {
        Value value{};
        curl_easy_getinfo(easy_.get(), what, &value);
        return value;
    }

    /// Sets the shared options. An empty `ca_file` means the certificates that libcurl was built with.
    void prepare(const std::string& url, const std::string& ca_file) noexcept {
        if (!easy_) return;
        curl_easy_reset(easy_.get()); // resets the options, keeps the connections
        error_[0] = '\0';
        set(CURLOPT_URL, url.c_str());
        const auto parts = parse_url(url);
        is_tls_ = parts && same_word(parts->scheme, "https");
        // A proxy from the environment would see requests to this machine, with the key in clear text.
        if (parts && is_loopback(parts->host)) set(CURLOPT_PROXY, "");
        set(CURLOPT_ERRORBUFFER, error_);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
        set(CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
#if LIBCURL_VERSION_NUM >= 0x075500
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
        set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
        set(CURLOPT_REDIR_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    }

    std::string message(CURLcode code) const { return error_[0] != '\0' ? error_ : curl_easy_strerror(code); }

    /// Returns whether the request was sent. libcurl counts the bytes written to the connection: those of the
    /// request after the TLS handshake, but before it also those that request a tunnel from a proxy.
    delivery sent() const noexcept {
        const bool nothing_left =
            info<long>(CURLINFO_REQUEST_SIZE) == 0 && info<curl_off_t>(CURLINFO_SIZE_UPLOAD_T) == 0;
        const bool tls_never_began = is_tls_ && info<long>(CURLINFO_NUM_CONNECTS) == 1 && tls_time() == 0;
        return nothing_left || tls_never_began ? delivery::not_sent : delivery::maybe_sent;
    }

private:
    /// Returns when the TLS handshake with the provider completed, 0 if it did not.
    curl_off_t tls_time() const noexcept {
#if LIBCURL_VERSION_NUM >= 0x073D00
        return info<curl_off_t>(CURLINFO_APPCONNECT_TIME_T);
#else
        return info<double>(CURLINFO_APPCONNECT_TIME) > 0 ? 1 : 0;
#endif
    }

    struct deleter {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };

    std::unique_ptr<CURL, deleter> easy_{curl_easy_init()};
    char error_[CURL_ERROR_SIZE] = {};
    bool is_tls_ = false;
};

} // namespace detail

} // namespace wan::executors
