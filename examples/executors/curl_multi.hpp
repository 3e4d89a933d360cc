// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over libcurl's multi interface: thousands of exchanges on one thread. Copy it with the folder
/// `curl`, or include it.
#pragma once

#include "curl/exchange.hpp"
#include "curl/handle.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace wan::executors {

/// Starts exchanges and reports their outcomes by callback, all on the thread that calls `poll`:
///
///     wan::executors::curl_multi http;
///     http(request, [](wan::http_result result) { ... });
///     while (http.poll(100ms)) { ... }
///
/// Checks TLS certificates, follows no redirect, and never sends a POST twice. Reuses connections for
/// queries. The program must call `curl_global_init`. The destructor aborts the exchanges in flight without
/// calling any callback.
class curl_multi {
public:
    struct options {
        long max_connections_per_host = 64; ///< further exchanges wait; their timeouts are running
        std::string ca_file = {};           ///< PEM; empty: the certificates that libcurl was built with
    };

    curl_multi() : curl_multi(options{}) {}
    explicit curl_multi(options chosen) : multi_(curl_multi_init()), options_(std::move(chosen)) {
        curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, options_.max_connections_per_host);
    }
    ~curl_multi() {
        for (auto& [deadline, under_way] : transfers_)
            curl_multi_remove_handle(multi_.get(), under_way->handle.get());
    }
    curl_multi(const curl_multi&) = delete;
    curl_multi& operator=(const curl_multi&) = delete;

    /// Starts an exchange. `done` is any callable that accepts an `http_result`; a later `poll` calls it
    /// exactly once. It may start further exchanges. Keeps no reference to `request`; pass it as an rvalue to
    /// avoid a copy of its body.
    template <class Done>
    void operator()(http_request request, Done done) {
        begin(std::make_unique<transfer_to<Done>>(std::move(request), options_.ca_file, std::move(done)));
    }

    /// Advances all exchanges, and calls `done` for each one that has completed. If none has, waits at most
    /// that long for progress. Returns whether any exchange is left.
    bool poll(std::chrono::milliseconds at_most) {
        carry_on();
        if (due_.empty() && !transfers_.empty()) {
            wait(at_most);
            carry_on();
        }
        tell();
        return running() != 0;
    }

    /// Returns the number of exchanges whose `done` has not been called.
    std::size_t running() const noexcept { return transfers_.size() + due_.size(); }

    /// Aborts every exchange now; the next `poll` reports them.
    void cancel_all() { end_all("canceled by the caller"); }

private:
    using clock = std::chrono::steady_clock;
    struct transfer;
    /// By deadline. libcurl's own timeout does not run while an exchange waits for a connection.
    using transfer_map = std::multimap<clock::time_point, std::unique_ptr<transfer>>;

    struct transfer {
        transfer(http_request what, const std::string& ca_file)
            : request(std::move(what)), exchange(handle, request, ca_file) {}
        virtual ~transfer() = default;
        virtual void tell(http_result result) = 0;

        const http_request request;
        detail::curl_handle handle;
        detail::curl_exchange exchange;
        transfer_map::iterator place;
    };

    template <class Done>
    struct transfer_to final : transfer {
        transfer_to(http_request what, const std::string& ca_file, Done callback)
            : transfer(std::move(what), ca_file), done(std::move(callback)) {}
        void tell(http_result result) override { done(std::move(result)); }

        Done done;
    };

    struct ended {
        std::unique_ptr<transfer> what;
        http_result result;
    };

    struct deleter {
        void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
    };

    void begin(std::unique_ptr<transfer> begun) {
        begun->handle.set(CURLOPT_PRIVATE, static_cast<void*>(begun.get()));
        if (!begun->handle || curl_multi_add_handle(multi_.get(), begun->handle.get()) != CURLM_OK) {
            auto& failed = due_.emplace_back();
            failed.what = std::move(begun);
            failed.result = transport_error{delivery::not_sent, detail::not_initialized};
            return;
        }
        const auto deadline = clock::now() + detail::curl_exchange::bounded(begun->request.timeout);
        const auto place = transfers_.emplace(deadline, std::move(begun));
        place->second->place = place;
    }

    void carry_on() {
        int count = 0;
        const auto code = curl_multi_perform(multi_.get(), &count);
        while (const auto* message = curl_multi_info_read(multi_.get(), &count))
            if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
        if (code != CURLM_OK) end_all(curl_multi_strerror(code));
        while (!transfers_.empty() && transfers_.begin()->first <= clock::now())
            time_out(*transfers_.begin()->second);
    }

    void wait(std::chrono::milliseconds at_most) noexcept {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(transfers_.begin()->first - clock::now());
        const auto time =
            std::clamp(at_most, std::chrono::milliseconds{0}, detail::curl_exchange::bounded(left));
        curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(time.count()), nullptr);
    }

    void end(CURL* easy, CURLcode code) {
        void* ended_transfer = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &ended_transfer);
        auto& t = *static_cast<transfer*>(ended_transfer);
        end(t, t.exchange.result(code));
    }

    void time_out(transfer& t) {
        end(t, t.exchange.error("no response within " + std::to_string(t.request.timeout.count()) +
                                " ms, the request's timeout; check the network, or set a longer timeout"));
    }

    void end_all(const std::string& why) {
        while (!transfers_.empty()) {
            auto& t = *transfers_.begin()->second;
            end(t, t.exchange.error(why));
        }
    }

    void end(transfer& t, http_result result) {
        curl_multi_remove_handle(multi_.get(), t.handle.get());
        const auto place = t.place;
        due_.emplace_back(); // if this throws, the exchange stays until its deadline
        due_.back() = {std::move(place->second), std::move(result)};
        transfers_.erase(place);
    }

    /// Calls `done` of the exchanges that are due now. Those that become due meanwhile wait for the next
    /// poll: a `done` that starts failing exchanges must not loop forever.
    void tell() {
        for (auto n = due_.size(); n > 0 && !due_.empty(); --n) {
            auto next = std::move(due_.front());
            due_.pop_front();
            next.what->tell(std::move(next.result));
        }
    }

    std::unique_ptr<CURLM, deleter> multi_;
    options options_;
    transfer_map transfers_;
    std::deque<ended> due_;
};

} // namespace wan::executors
