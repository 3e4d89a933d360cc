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

/// The models that do what this one does not: of this catalog where it is asked for, of other regions, of
/// other services.
template <class Does>
std::string models_that(const validation_target& target, Does does, std::string_view before = "it needs ") {
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
        return std::string{"it needs "}
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
    if (others.empty()) return "no model does";
    return std::string{"it needs another service: "}.append(
        listed(others, [](const std::string& text) -> const std::string& { return text; }));
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
            said.append(" is not among the known models for this job (")
                .append(listed(known, [](std::string_view name) { return name; }))
                .append(")");
        if (const auto meant = nearest_name(target.model, known); !meant.empty())
            said.append("; did you mean ").append(meant);
        said.append("; it is sent in the newest known form, and what breaks the widest limits of all models "
                    "is a warning");
        report.add(rule::unknown, shown, {}, said, severity::warning);
    } else if (!row->jobs.contains(wanted)) {
        report.add(rule::not_offered, shown, {},
                   shown + " does not do " + std::string{to_wire(wanted)} + "; " +
                       models_that(target, [&](const model_limits& m) { return m.jobs.contains(wanted); }));
    } else if (target.region != region::unknown && !row->regions.contains(target.region)) {
        const auto documented = row->documented_regions;
        const bool is_covered = documented.bits == 0 || documented.contains(target.region);
        std::string said = shown + (is_covered ? " does not exist in " : " is not documented for ") +
                           std::string{to_wire(target.region)};
        if (!row->namesake.empty())
            said.append("; there it is called ").append(row->namesake);
        else
            said.append("; ").append(models_that(
                target, [&](const model_limits& m) { return m.jobs.contains(wanted); },
                "there it is one of "));
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
                              std::string{target.model} + " does not take it; " +
                                  models_that(target, [&](const model_limits& m) {
                                      return m.jobs.contains(wanted) && (m.*column).offered();
                                  }));
    }
    check_value(report, row.*column, value);
}

inline std::string shown_default(resolution tier) { return std::string{to_wire(tier)}; }
inline std::string shown_default(int seconds) { return std::to_string(seconds) + " seconds"; }

/// What is left to the service, where models for the same job take different things then.
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
        std::string said = "not set; models for this job then take ";
        said.append(listed(defaults, [](const std::string& name) -> const std::string& { return name; }));
        if (own_row != nullptr)
            said.append(", ")
                .append(report.who)
                .append(" ")
                .append(shown_default((own_row->*column).if_unset()));
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
    // The limits of a model for another job say nothing of this one.
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
            else
                detail::check_unset(report, own_row, column, wanted);
        } else {
            constexpr bool is_text = std::is_same_v<decltype(value), const std::string&>;
            constexpr bool is_list = std::is_same_v<decltype(value), const std::vector<reference>&>;
            if constexpr (is_text)
                if (value.empty()) return report.add(rule::required, {}, {}, "missing");
            if constexpr (is_list)
                if (value.empty()) return; // whether the job needs one is a rule of the job
            detail::check_member(report, row, column, value, wanted, target);
        }
    });
    detail::together{target, row, found}.check_value(request);
    return found;
}

} // namespace wan::inline WAN_ABI
