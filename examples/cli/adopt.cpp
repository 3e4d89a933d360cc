// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "adopt.hpp"

#include "executors/curl.hpp"
#include "interrupt.hpp"

#include <wan/printable.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/redact_key.hpp>

#include <chrono>
#include <thread>
#include <utility>

namespace cli {

bool is_unconfirmed(const wan::resume_token& token) {
    return token.task_id.empty() && wan::is_submit_open(token);
}

wan::result<void> check_adopted_task(const wan::provider& who, const std::string& task_id,
                                     const wan::resume_token* token, const wait_options& options) {
    auto query = wan::make_query(who, task_id);
    if (!query) return std::move(query).error();
    query->timeout = to_policy(options).query_timeout;
    wan::executors::curl http{[] { return interrupted(); }};
    for (int attempt = 1;; ++attempt) {
        const auto said = wan::parse_query(*who.dialect, http(*query), task_id);
        if (said.verdict == wan::query_verdict::expired)
            return bad_option("--adopt: the provider does not know task " + wan::quoted(task_id) +
                              "; check the task ID");
        const auto& prompt = said.reply.orig_prompt;
        if (token != nullptr && !prompt.empty() && wan::has_prompt(*token, prompt) == false && !options.force)
            return bad_option("--adopt: task " + wan::quoted(task_id) + " has another prompt: " +
                              wan::quoted(prompt, 100) + "; check the task ID, or use --force");
        const bool is_lost = said.verdict == wan::query_verdict::lost;
        if (!is_lost && said.verdict != wan::query_verdict::retry) return {};
        if (is_lost || attempt == 5 || interrupted()) {
            auto why = said.error.value_or(wan::error{});
            wan::redact_key(who.key, why);
            return bad_option("--adopt: task " + wan::quoted(task_id) +
                              " could not be checked, and nothing was submitted; correct the cause, and run "
                              "the same command again: " +
                              to_string(why));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{300 * attempt});
    }
}

} // namespace cli
