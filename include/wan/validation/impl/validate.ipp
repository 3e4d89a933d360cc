// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/model/catalog.hpp>
#include <wan/model/detail/offering_services.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/detail/nearest_name.hpp>
#include <wan/request/job.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/detail/check_media.hpp>
#include <wan/validation/detail/check_together.hpp>
#include <wan/validation/detail/limit_column.hpp>
#include <wan/validation/validate.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// Returns the models that can do what this model cannot: from this catalog in the same region, in other
/// regions, or from other providers. `if_none` is the advice if no model can.
template <class Does>
std::string models_that(const validation_target& target, Does does, std::string_view before = "use ",
                        std::string_view if_none = "use another job") {
    const auto same = [](std::string_view name) { return name; };
    std::vector<std::string_view> here, elsewhere, regions;
    for (const auto& row : target.catalog)
        if (does(row))
            (target.region == region::unknown || row.regions.contains(target.region) ? here : elsewhere)
                .push_back(row.model);
    if (!here.empty()) return std::string{before}.append(listed(here, same));
    if (!elsewhere.empty()) {
        for (const auto& name : wire_table<region>)
            for (const auto& row : target.catalog)
                if (does(row) && row.regions.contains(name.value) &&
                    std::find(regions.begin(), regions.end(), name.name) == regions.end())
                    regions.push_back(name.name);
        return std::string{"use "}
            .append(listed(elsewhere, same))
            .append(" in ")
            .append(listed(regions, same));
    }
    std::vector<std::string> others;
    for (const auto catalog : all_models) {
        std::vector<std::string_view> able;
        for (const auto& row : catalog)
            if (does(row)) able.push_back(row.model);
        if (!able.empty())
            others.push_back(listed(able, same).append(" at ").append(listed(services_with(catalog), same)));
    }
    if (others.empty()) return std::string{"no known model does, so "}.append(if_none);
    return std::string{if_none}
        .append(", or use another provider: ")
        .append(listed(others, [](const std::string& text) -> const std::string& { return text; }));
}

inline void check_model(const model_limits* row, job wanted, const validation_target& target,
                        std::vector<violation>& found) {
    const auto report = report_for(target, found, "model");
    const auto shown = printable(target.model);
    if (row == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& m : target.catalog)
            if (m.jobs.contains(wanted)) known.push_back(m.model);
        std::string said = shown;
        if (known.empty())
            said.append(" has no known limits");
        else
            said.append(" is not a known model for this job (known: ").append(listed(known));
        if (const auto meant = nearest_name(target.model, known); !meant.empty())
            said.append("; did you mean ").append(meant).append("?");
        said.append(known.empty() ? "" : ")")
            .append("; check the name: the request is sent in the newest known format, and its values are "
                    "compared only with the widest limits of all models, as warnings");
        report.add(rule::unknown, shown, {}, said, severity::warning);
    } else if (!row->jobs.contains(wanted)) {
        report.add(rule::not_offered, shown, {},
                   shown + " does not support " + std::string{to_wire(wanted)} + "; " +
                       models_that(target, [&](const model_limits& m) { return m.jobs.contains(wanted); }));
    } else if (target.region != region::unknown && !row->regions.contains(target.region)) {
        const auto documented = row->documented_regions;
        const bool is_covered = documented.bits == 0 || documented.contains(target.region);
        std::string said = shown + (is_covered ? " is not available in " : " is not documented for ") +
                           std::string{to_wire(target.region)};
        if (!row->namesake.empty())
            said.append("; there, use ").append(row->namesake);
        else
            said.append("; ").append(models_that(
                target, [&](const model_limits& m) { return m.jobs.contains(wanted); }, "there, use "));
        report.add(rule::region, shown, {}, said, is_covered ? severity::error : severity::warning);
    }
}

template <class Limit, class Value>
void check_member(const limit_report& report, const model_limits& row, Limit model_limits::* column,
                  const Value& value, job wanted, const validation_target& target) {
    constexpr bool may_lack = requires(const Limit& limit) { limit.offered(); };
    if constexpr (may_lack) {
        if (!(row.*column).offered())
            return report.add(rule::not_offered, {}, {},
                              std::string{target.model} + " does not accept it; " +
                                  models_that(
                                      target,
                                      [&](const model_limits& m) {
                                          return m.jobs.contains(wanted) && (m.*column).offered();
                                      },
                                      "use ", "leave it unset"));
    }
    check_value(report, row.*column, value);
}

inline std::string shown_default(resolution tier) { return std::string{to_wire(tier)}; }
inline std::string shown_default(int seconds) { return std::to_string(seconds) + " seconds"; }

/// Warns about an unset member if the models for this job have different defaults.
template <class Limit>
void check_unset(const field_report& report, const model_limits* own_row, Limit model_limits::* column,
                 job wanted) {
    constexpr bool has_default = requires(const Limit& limit) { limit.if_unset(); };
    if constexpr (has_default) {
        if (own_row != nullptr && !(own_row->*column).offered()) return;
        std::vector<std::string> defaults;
        for (const auto catalog : all_models)
            for (const auto& row : catalog)
                if (row.jobs.contains(wanted) && (row.*column).offered() && (row.*column).leaves_choice())
                    if (auto name = shown_default((row.*column).if_unset());
                        std::find(defaults.begin(), defaults.end(), name) == defaults.end())
                        defaults.push_back(std::move(name));
        if (defaults.size() < 2) return;
        std::string said = "not set; models for this job default to ";
        said.append(listed(defaults, [](const std::string& name) -> const std::string& { return name; }));
        if (own_row != nullptr)
            said.append(", ")
                .append(report.who)
                .append(" to ")
                .append(shown_default((own_row->*column).if_unset()));
        said.append("; set it");
        report.add(rule::not_portable, {}, {}, said, severity::warning);
    }
}

} // namespace detail

WAN_DECL const model_limits& limits_for(const validation_target& target) noexcept {
    const auto* row = find_model(target.catalog, target.model);
    return row != nullptr ? *row : general_limits;
}

template <class Request>
std::vector<violation> validate(const Request& request, const validation_target& target) {
    std::vector<violation> found;
    constexpr auto wanted = job_of<Request>::value;
    const auto* own_row = find_model(target.catalog, target.model);
    detail::check_model(own_row, wanted, target, found);
    // The limits of a model for another job do not apply to this one.
    if (own_row != nullptr && !own_row->jobs.contains(wanted)) return found;
    const auto& row = limits_for(target);
    boost::mp11::mp_for_each<members_of<Request>>([&](auto member) {
        constexpr auto column = detail::column_of<decltype(member)>::pointer;
        const auto& value = request.*member.pointer;
        const auto report = detail::report_for(target, found, wire_spelling(member.name));
        constexpr bool may_be_unset = requires { value.has_value(); };
        if constexpr (may_be_unset) {
            if (value)
                detail::check_member(report, row, column, *value, wanted, target);
            else if (target.path_of == nullptr || !report.path.empty()) // otherwise setting it is no remedy
                detail::check_unset(report, own_row, column, wanted);
        } else {
            constexpr bool is_text = std::is_same_v<decltype(value), const std::string&>;
            constexpr bool is_list = std::is_same_v<decltype(value), const std::vector<reference>&>;
            if constexpr (is_text)
                if (value.empty()) return report.add(rule::required, {}, {}, "missing or empty; set it");
            if constexpr (is_list)
                if (value.empty()) return; // the rules of the job decide whether a reference is required
            detail::check_member(report, row, column, value, wanted, target);
        }
    });
    detail::together{target, row, found}.check_value(request);
    return found;
}

} // namespace wan::inline WAN_ABI
