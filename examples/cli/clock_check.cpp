// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "clock_check.hpp"

#include "cli/output/report.hpp"
#include "executors/curl.hpp"
#include "interrupt.hpp"

#include <wan/protocol/redact_key.hpp>
#include <wan/wan.hpp>

#include <chrono>
#include <thread>

namespace cli {

wan::result<wan::wall_clock> checked_clock(const wan::provider& who, wan::wall_clock clock_here,
                                           wan::milliseconds timeout,
                                           const std::function<void(std::string_view)>& warn) {
    auto list = wan::make_list(who, {.page_size = 1});
    if (!list) return clock_here;
    list->timeout = timeout;
    constexpr int attempts = 8;
    for (int attempt = 1;; ++attempt) {
        wan::executors::curl http{[] { return interrupted(); }};
        const auto answer = http(*list);
        if (wan::agrees(clock_here, answer, std::chrono::steady_clock::now()))
            clock_here.trust = wan::clock_trust::checked;
        const auto parsed = wan::parse_list(*who.dialect, answer);
        auto why = parsed ? wan::error{} : parsed.error();
        wan::redact_key(who.key, why.message);
        const bool was_reached = parsed || why.category != wan::error_category::transport;
        if (!parsed && why.category == wan::error_category::authentication) return why;
        if (is_path_unknown(why))
            warn("the provider answers 404 at " +
                 wan::printable(list->url.substr(0, list->url.find('?')), 200) + "; check --base-url");
        const bool will_not_help = parsed || !wan::is_transient(why.category);
        if (will_not_help || clock_here.trust == wan::clock_trust::checked) break;
        if (attempt == attempts || interrupted()) {
            if (!was_reached) return why;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{250 * attempt});
    }
    if (clock_here.trust == wan::clock_trust::unchecked)
        warn("the provider did not confirm this machine's clock, so an unconfirmed submit will not be "
             "repeated; check that the clock is synchronized (NTP)");
    return clock_here;
}

} // namespace cli
