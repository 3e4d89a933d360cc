// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over libcurl: one handle, on the calling thread. Copy it with the folder `curl`, or include
/// it. An exception in a callback while libcurl runs ends the exchange with an error.
#pragma once

#include "curl/exchange.hpp"
#include "curl/handle.hpp"

#include <wan/http/executor.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>

namespace wan::executors {

/// Checks TLS certificates, never sends the key to a redirect, and never sends a POST twice. Reuses
/// connections for queries. One exchange at a time; use one object per thread. The program must call
/// `curl_global_init`.
class curl {
public:
    /// `aborted` is called about once a second and whenever bytes are transferred; true ends the exchange.
    /// `ca_file` (PEM) replaces the certificates that libcurl was built with.
    explicit curl(std::function<bool()> aborted = {}, std::string ca_file = {})
        : aborted_(std::move(aborted)), ca_file_(std::move(ca_file)) {}

    http_result operator()(const http_request& request) {
        if (!handle_) return transport_error{delivery::not_sent, detail::not_initialized};
        detail::curl_exchange exchange{handle_, request, ca_file_};
        watch_over();
        return exchange.result(curl_easy_perform(handle_.get()));
    }

    /// Carries out an exchange whose response is passed to `taker` as it arrives, and not kept. It ends after
    /// `request.timeout`, or after `longest_stall` without progress. Follows redirects unless the request
    /// contains a secret.
    result<void, transport_error> stream(const http_request& request, const answer_taker& taker,
                                         std::chrono::seconds longest_stall = std::chrono::seconds{60}) {
        if (!handle_) return transport_error{delivery::not_sent, detail::not_initialized};
        detail::curl_exchange exchange{handle_, request, ca_file_, &taker};
        watch_over();
        handle_.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        handle_.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(longest_stall.count()));
        if (std::none_of(request.headers.begin(), request.headers.end(),
                         [](const http_header& h) { return h.sensitive; })) {
            handle_.set(CURLOPT_FOLLOWLOCATION, 1L);
            handle_.set(CURLOPT_MAXREDIRS, 5L);
        }
        const auto end = exchange.result(curl_easy_perform(handle_.get()));
        if (!end) return end.error();
        return {};
    }

private:
    static int watch(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
        const auto& me = *static_cast<curl*>(self);
        const char* thrown = nullptr;
        return detail::without_exceptions(1, thrown, [&] { return me.aborted_ && me.aborted_() ? 1 : 0; });
    }

    void watch_over() noexcept {
        handle_.set(CURLOPT_NOPROGRESS, 0L);
        handle_.set(CURLOPT_XFERINFOFUNCTION, &watch);
        handle_.set(CURLOPT_XFERINFODATA, this);
    }

    detail::curl_handle handle_;
    std::function<bool()> aborted_;
    std::string ca_file_;
};

} // namespace wan::executors
