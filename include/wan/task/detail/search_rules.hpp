// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The decision about an unconfirmed submit after a complete read of the provider's task list, as a table.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace wan::inline WAN_ABI::detail {

/// The decision about an unconfirmed submit.
enum class search_decision : std::uint8_t {
    adopt_equal,  ///< adopt the listed task with the same prompt
    adopt_only,   ///< adopt the only listed task whose prompt is unknown: a guess
    submit_again, ///< the submit never arrived: submit again
    give_up,      ///< let the caller decide
    look_again,   ///< read the list again, after a wait
};
BOOST_DESCRIBE_ENUM(search_decision, adopt_equal, adopt_only, submit_again, give_up, look_again)

/// Numbers of listed tasks that may belong to the unconfirmed submit.
struct search_counts {
    std::size_t equal = 0;   ///< created after the submit, same prompt
    std::size_t unknown = 0; ///< created after the submit, prompt unknown
    /// Possibly created before the submit. Such a task is not adopted, but its prompt does not rule it out.
    std::size_t earlier = 0;
    bool all_confirmed = true; ///< the provider reported each task when it was queried
};

/// The facts after a complete read of the list.
struct search_case {
    search_counts counts = {};
    bool is_sole_user = false; ///< `policy::sole_user`: no other program submits with this account
    /// Another submit of this program is also unconfirmed, and a candidate may be the task of that submit.
    bool is_contested = false;
    bool is_later_look = false; ///< at least one complete read came before
    bool is_last_look = false;  ///< the policy allows no further read
    /// Queries can reveal nothing more about the candidates, and no cancel is wanted.
    bool may_guess = false;
    bool is_absent = false;  ///< enough complete reads show no candidate
    bool may_submit = false; ///< the policy allows another submit, and the request is still available
};

/// A row of the table. It matches a case that meets all of its conditions.
struct search_rule {
    enum class tasks : std::uint8_t { any, none, one, some };
    enum class is : std::uint8_t { either, yes, no };

    tasks equal;
    tasks unknown;
    is sole_user;
    is contested;
    is later_look;
    is last_look;
    is guess; ///< `may_guess`
    is absent;
    is submit; ///< `may_submit`
    search_decision then;
};

/// The first row that matches decides. A listed task is adopted only if no other program submits, if the task
/// was created after the submit, and if no sibling's unconfirmed submit can have created it. In all other
/// cases the caller decides, unless the list proves that the submit never arrived.
inline constexpr auto search_rules = [] {
    using enum search_rule::tasks;
    using enum search_rule::is;
    using enum search_decision;
    return std::array{
        // equal, unknown, sole user, contested, later look, last look, guess, absent, submit
        search_rule{one, any, yes, no, either, either, either, either, either, adopt_equal},
        search_rule{none, one, yes, no, either, yes, yes, either, either, adopt_only},
        // Further reads of the list cannot show to which submit the task belongs.
        search_rule{some, any, no, either, yes, either, either, either, either, give_up},
        search_rule{any, any, either, either, either, either, either, yes, yes, submit_again},
        search_rule{any, any, either, either, either, either, either, yes, no, give_up},
        search_rule{any, any, either, either, either, yes, either, either, either, give_up},
        search_rule{any, any, either, either, either, either, either, either, either, look_again},
    };
}();

constexpr bool matches(search_rule::tasks wanted, std::size_t count) noexcept {
    switch (wanted) {
    case search_rule::tasks::none: return count == 0;
    case search_rule::tasks::one: return count == 1;
    case search_rule::tasks::some: return count > 0;
    case search_rule::tasks::any: break;
    }
    return true;
}
constexpr bool matches(search_rule::is wanted, bool is_so) noexcept {
    return wanted == search_rule::is::either || (wanted == search_rule::is::yes) == is_so;
}
constexpr bool matches(const search_rule& rule, const search_case& c) noexcept {
    return matches(rule.equal, c.counts.equal) && matches(rule.unknown, c.counts.unknown) &&
           matches(rule.sole_user, c.is_sole_user) && matches(rule.contested, c.is_contested) &&
           matches(rule.later_look, c.is_later_look) && matches(rule.last_look, c.is_last_look) &&
           matches(rule.guess, c.may_guess) && matches(rule.absent, c.is_absent) &&
           matches(rule.submit, c.may_submit);
}

/// Returns the decision of the first row that matches.
constexpr search_decision decide(const search_case& c) noexcept {
    for (const auto& rule : search_rules)
        if (matches(rule, c)) return rule.then;
    return search_decision::give_up;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
