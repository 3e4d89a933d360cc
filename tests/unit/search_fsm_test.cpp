// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The search for the task of an unconfirmed submit: pages and queries in, decisions out.
#include "support/doctest.hpp"

#include <wan/task/detail/search_fsm.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("search machine");

using namespace std::chrono_literals;
using namespace wan::detail;
using wan::time_point;

namespace {

constexpr std::uint64_t ours = 42, other = 43;
constexpr std::int64_t sent_at = 1'770'000'000;

struct search {
    wan::policy limits = {.sole_user = true};
    wan::sibling_tasks siblings = {};
    search_fsm machine = {};
    std::uint64_t prompt = ours;

    search_target target() const { return {limits, siblings, "wan2.7-i2v", prompt, sent_at, true}; }
    void page(std::vector<wan::listed_task> rows, bool is_last = true, page_clocks clocks = {true, true, {}},
              time_point now = time_point{10s}) {
        machine.on_page(target(), {.tasks = std::move(rows), .pages = machine.page() + !is_last}, clocks,
                        now);
    }
    bool report(candidate_report r) {
        REQUIRE(machine.next_candidate() != nullptr);
        return machine.on_candidate(target(), r, limits.max_failed_queries);
    }
    search_decision decide(bool may_submit = false) { return machine.decide(target(), may_submit, false); }
};

wan::listed_task row(std::string id, std::int64_t created = sent_at + 1, std::string model = "wan2.7-i2v") {
    return {.task_id = std::move(id),
            .model = std::move(model),
            .created_ms = static_cast<double>(created) * 1000};
}

candidate_report told(std::uint64_t prompt) { return {.prompt = prompt, .is_confirmed = true}; }

} // namespace

TEST_CASE("no state reacts to one event in two ways") {
    for (const auto& t : search_transitions) CHECK(find_transition(search_transitions, t.from, t.on) == &t);
}

TEST_CASE("the decision follows from counts, siblings and looks") {
    using d = search_decision;
    struct line {
        search_case seen;
        d then;
    };
    const auto seen = [](std::size_t equal, std::size_t unknown, std::size_t earlier = 0) {
        return search_case{.counts = {equal, unknown, earlier}, .is_sole_user = true, .may_guess = true};
    };
    const auto with = [](search_case c, auto... set) {
        (set(c), ...);
        return c;
    };
    const auto shared = [](search_case& c) { c.is_sole_user = false; };
    const auto contested = [](search_case& c) { c.is_contested = true; };
    const auto later = [](search_case& c) { c.is_later_look = true; };
    const auto last = [](search_case& c) { c.is_later_look = c.is_last_look = true; };
    const auto no_guess = [](search_case& c) { c.may_guess = false; };
    const auto absent = [](search_case& c) { c.is_absent = c.is_later_look = true; };
    const auto may_submit = [](search_case& c) { c.may_submit = true; };
    for (const auto& [c, then] : {
             // one with the same prompt
             line{seen(1, 0), d::adopt_equal},
             line{seen(1, 3), d::adopt_equal},
             line{with(seen(1, 0), contested), d::look_again},
             line{with(seen(1, 0), contested, last), d::give_up},
             line{with(seen(1, 0), shared), d::look_again},
             line{with(seen(1, 0), shared, later), d::give_up},
             // several with the same prompt
             line{seen(2, 0), d::look_again},
             line{with(seen(2, 0), last), d::give_up},
             line{with(seen(2, 0), shared, later), d::give_up},
             // only one whose prompt is not known
             line{seen(0, 1), d::look_again},
             line{with(seen(0, 1), last), d::adopt_only},
             line{with(seen(0, 1), last, contested), d::give_up},
             line{with(seen(0, 1), last, no_guess), d::give_up},
             line{with(seen(0, 1), last, shared), d::give_up},
             line{with(seen(0, 2), last), d::give_up},
             line{with(seen(0, 1), later, shared), d::look_again},
             // none
             line{seen(0, 0), d::look_again},
             line{with(seen(0, 0), last), d::give_up},
             line{with(seen(0, 0), absent), d::give_up},
             line{with(seen(0, 0), absent, may_submit), d::submit_again},
             line{with(seen(0, 0), last, may_submit), d::give_up},
             line{with(seen(0, 0), may_submit), d::look_again},
         })
        CHECK(decide(c) == then);
}

TEST_CASE("only absence leads to another submit, and only a sole user adopts") {
    for (unsigned bits = 0; bits < 1u << 7; ++bits)
        for (const std::size_t equal : {0u, 1u, 2u})
            for (const std::size_t unknown : {0u, 1u, 2u}) {
                const auto is = [&](unsigned bit) { return (bits >> bit & 1) != 0; };
                const search_case c{{equal, unknown}, is(0), is(1), is(2), is(3), is(4), is(5), is(6)};
                const auto then = decide(c);
                const bool adopts =
                    then == search_decision::adopt_equal || then == search_decision::adopt_only;
                if (adopts) CHECK((c.is_sole_user && !c.is_contested && equal <= 1));
                if (then == search_decision::submit_again) CHECK((c.is_absent && c.may_submit));
                if (then == search_decision::look_again) CHECK((!c.is_last_look && !c.is_absent));
            }
}

TEST_CASE("the listed task with the prompt is adopted, the one with another prompt is not") {
    search s;
    CHECK(s.machine.state() == search_state::reading);
    s.page({row("a"), row("b")}, false);
    CHECK(s.machine.page() == 2);
    s.page({row("b"), row("c")});
    REQUIRE(s.machine.state() == search_state::checking);
    CHECK(s.machine.candidates().size() == 3);
    CHECK(s.report(told(other)));
    CHECK(s.report(told(ours)));
    CHECK(s.report(told(other)));
    CHECK(s.machine.next_candidate() == nullptr);
    const auto how = s.decide();
    REQUIRE(how == search_decision::adopt_equal);
    CHECK(s.machine.adopted(s.target(), how).task.task_id == "b");
}

TEST_CASE("a task that is older, of another model or somebody's is not adopted") {
    search s;
    SUBCASE("older") { s.page({row("a", sent_at - 1)}); }
    SUBCASE("older by a service's clock that is ahead") {
        s.page({row("a", sent_at + 1)}, true, {true, true, 60});
    }
    if (!s.machine.candidates().empty()) {
        CHECK(s.report(told(ours)));
        CHECK(s.decide() == search_decision::look_again);
    }
    SUBCASE("of another model") {
        for (int tries = 0; tries < 4; ++tries) s.page({row("a", sent_at + 1, "wan2.6-i2v")});
        CHECK(s.machine.candidates().empty());
    }
    SUBCASE("somebody's") {
        s.limits.known = {[](const void*, std::string_view id) { return id == "a"; }, nullptr};
        s.page({row("a")});
        CHECK(s.machine.candidates().empty());
    }
}

TEST_CASE("two complete reads without a candidate prove that the submit never arrived") {
    search s;
    s.machine.set_arrived_by(time_point{60s});
    const auto read = [&](time_point now, page_clocks clocks = {true, true, {}}) {
        s.page({}, true, clocks, now);
        const auto then = s.decide(true);
        if (then == search_decision::look_again) s.machine.look_again();
        return then;
    };
    CHECK(read(time_point{10s}) == search_decision::look_again); // it may still be on its way
    CHECK(read(time_point{60s}) == search_decision::look_again);
    SUBCASE("both from before the submit on") {
        CHECK(read(time_point{70s}) == search_decision::submit_again);
    }
    SUBCASE("one of them from too late a time on") {
        CHECK(read(time_point{70s}, {true, false, {}}) == search_decision::look_again);
        CHECK(read(time_point{80s}) == search_decision::submit_again);
    }
}

TEST_CASE("a page whose Date contradicts the one before is asked for again: which of them is right?") {
    search s;
    const page_clocks agree{true, true, {}}, differ{false, false, {}, true};
    const auto look = [&](const page_clocks& clocks) {
        s.page({}, true, clocks, time_point{1s});
        const bool is_whole = s.machine.state() == search_state::checking;
        if (is_whole && s.decide(true) == search_decision::look_again) s.machine.look_again();
        return is_whole;
    };
    SUBCASE("the clock is wrong, as the first page showed") {
        CHECK(look(differ));
        CHECK_FALSE(look(agree));
        CHECK(look(differ));
        CHECK_FALSE(look(agree));
        CHECK_FALSE(look(agree));
        CHECK_FALSE(look(agree));
        CHECK(look(agree)); // what four responses say in a row counts
    }
    SUBCASE("the clock is right") {
        CHECK(look(agree));
        CHECK_FALSE(look(differ));
        CHECK(look(agree));
    }
    SUBCASE("a page without a Date contradicts none that shows a wrong clock") {
        CHECK(look(differ));
        CHECK(look({false, false, {}}));
    }
}

TEST_CASE("a list from before the submit's timeout proves nothing, whenever its candidates are asked for") {
    search s;
    s.machine.set_arrived_by(time_point{60s});
    const auto look = [&](std::vector<time_point> pages) {
        for (std::size_t i = 0; i < pages.size(); ++i)
            s.page({row("a")}, i + 1 == pages.size(), {true, true, {}}, pages[i]);
        if (s.machine.next_candidate() != nullptr) CHECK(s.report(told(other)));
        const auto then = s.decide(true);
        if (then == search_decision::look_again) s.machine.look_again();
        return then;
    };
    CHECK(look({time_point{59s}}) == search_decision::look_again);
    CHECK(look({time_point{59s}, time_point{60s}}) == search_decision::look_again);
    CHECK(look({time_point{70s}}) == search_decision::look_again);
    CHECK(look({time_point{80s}}) == search_decision::submit_again);
}

TEST_CASE("an odd page is asked for again, and voids a look if it stays odd") {
    search s;
    const wan::listed_task nameless{.model = "wan2.7-i2v"};
    for (int tries = 1; tries < 4; ++tries) {
        s.page({nameless});
        CHECK(s.machine.page() == 1);
    }
    s.page({nameless});
    CHECK(s.machine.state() == search_state::checking);
    for (int look = 0; look < 5; ++look) {
        CHECK(s.decide(true) == search_decision::look_again);
        s.machine.look_again();
        for (int tries = 0; tries < 4; ++tries) s.page({nameless});
    }
    CHECK(s.decide(true) == search_decision::give_up);
}

TEST_CASE("failures in a row end a search, and so does one that cannot pass") {
    search s;
    for (unsigned n = 1; n < 3; ++n) {
        s.machine.on_failure(true, 3);
        CHECK(s.machine.failures() == n);
        CHECK(s.machine.state() == search_state::reading);
    }
    SUBCASE("too many") { s.machine.on_failure(true, 3); }
    SUBCASE("one that cannot pass") {
        s.page({}, false);
        CHECK(s.machine.failures() == 0);
        s.machine.on_failure(false, 3);
    }
    CHECK(s.machine.state() == search_state::over);
    s.machine.give_up();
    CHECK(s.machine.doubt() ==
          "the submit is unconfirmed, and the provider's task list could not be read; resume to continue");
}

TEST_CASE("a candidate whose query failed is asked for again, one that the service does not know is not") {
    search s;
    s.page({row("a"), row("b")});
    CHECK_FALSE(s.report({.may_pass = true}));
    CHECK(s.machine.next_candidate()->task.task_id == "a");
    CHECK(s.report({.may_pass = false}));
    CHECK(s.machine.next_candidate()->task.task_id == "b");
}

TEST_CASE("candidates are left to the caller, except those with another prompt") {
    search s;
    s.page({row("a"), row("b"), row("c", sent_at - 1)});
    CHECK(s.report(told(other)));
    CHECK(s.report(told(ours)));
    CHECK(s.report({.is_confirmed = true}));
    std::vector<wan::candidate> left;
    left.reserve(3);
    s.machine.move_candidates(left, ours);
    REQUIRE(left.size() == 2);
    CHECK(left[0].task_id == "b");
    CHECK(left[0].prompt == wan::prompt_match::equal);
    CHECK(left[0].created == wan::creation::after_submit);
    CHECK(left[1].task_id == "c");
    CHECK(left[1].prompt == wan::prompt_match::not_reported);
    CHECK(left[1].created == wan::creation::before_submit);
}
