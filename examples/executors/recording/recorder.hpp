// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// An executor that records another one.
#pragma once

#include "exchange.hpp"
#include "secret_mask.hpp"

#include <wan/http/executor.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace wan::executors {

/// An executor that carries out exchanges with another one, blocking or by callback, and reports each when it
/// has completed:
///
///     wan::executors::recorder http{wan::executors::curl{},
///                                   [&](const auto& exchange) { file << to_json(exchange) << '\n'; }};
///
/// A reported exchange holds no secrets: the values of sensitive headers, signatures, tokens and credentials
/// are masked in URLs, in JSON texts and in forms, and wherever they are repeated, with escapes or without.
/// The program's own texts, such as prompts, and the bodies of responses are kept. The caller's own
/// response is not masked. Copies share what they learned. For one thread at a time.
template <class Executor>
class recorder {
public:
    using report_function = std::function<void(const recorded_exchange&)>;

    recorder(Executor execute, report_function report)
        : execute_(std::move(execute)), state_(std::make_shared<state>(state{{}, std::move(report)})) {}

    http_result operator()(const http_request& request)
        requires http_executor<Executor>
    {
        http_result result = execute_(request);
        state_->report_end(state_->learned(request), result);
        return result;
    }

    /// For executors that call back.
    void operator()(const http_request& request, std::function<void(http_result)> done)
        requires(!http_executor<Executor>)
    {
        execute_(request, [state = state_, masked = state_->learned(request),
                           done = std::move(done)](http_result result) {
            state->report_end(masked, result);
            done(std::move(result));
        });
    }

private:
    struct state {
        detail::secret_mask mask;
        report_function report;

        recorded_exchange learned(const http_request& request) {
            mask.learn(request.headers);
            mask.learn(request.url);
            return detail::masked_request(mask, request);
        }
        void report_end(recorded_exchange exchange, const http_result& result) {
            if (result) mask.learn(result->body);
            exchange.result = detail::masked_result(mask, result);
            report(exchange);
        }
    };

    Executor execute_;
    std::shared_ptr<state> state_;
};

} // namespace wan::executors
