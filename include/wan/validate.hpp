// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Request x model -> every broken rule at once, before anything is sent.
#pragma once

#include <wan/detail/judge.hpp>
#include <wan/error.hpp>
#include <wan/model/catalog.hpp>
#include <wan/reflect.hpp>
#include <wan/request/keyframe_to_video.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace wan {

/// How much a caller lets through.
enum class strictness {
    off,      ///< everything, even what the model is documented not to take, except text that is no text (not UTF-8)
    standard, ///< warnings, but no errors
    strict,   ///< neither
};
BOOST_DESCRIBE_ENUM(strictness, off, standard, strict)

/// Whether that violation refuses a request.
constexpr bool refuses(strictness how, rule broken, severity how_bad) noexcept {
    if (broken == rule::encoding || broken == rule::json) return true;
    if (how == strictness::off) return false;
    return how == strictness::strict || how_bad == severity::error;
}

/// Against what a request is held.
struct validation_target {
    std::string_view model;
    std::span<const model_limits> catalog;
    wan::region region = region::unknown; ///< unknown: the region is not checked
    /// The JSON pointer of a field in the body; null: paths stay empty.
    std::string_view (*path_of)(std::string_view field) noexcept = nullptr;
};

namespace detail {

template <class Descriptor>
struct same_name_as {
    template <class Column>
    struct fn : std::bool_constant<std::string_view{Column::name} == std::string_view{Descriptor::name}> {};
};

/// The column of `model_limits` that judges a request's member: the one of the same name.
template <class Descriptor>
struct column_of {
    using columns = boost::mp11::mp_copy_if_q<members_of<model_limits>, same_name_as<Descriptor>>;
    static_assert(boost::mp11::mp_size<columns>::value == 1, "a member of the request has no column in model_limits");
    static constexpr auto pointer = boost::mp11::mp_front<columns>::pointer;
};

inline field_report report_for(const validation_target& target, std::vector<violation>& found,
                               std::string_view field) {
    return {&found, field, target.path_of ? target.path_of(field) : std::string_view{}, target.model, target.region};
}

inline void judge_together(const keyframe_to_video& request, const validation_target& target,
                           std::vector<violation>& found) {
    const auto warn = [&](std::string_view field, rule broken, std::string_view said) {
        report_for(target, found, field).add(broken, {}, {}, said, severity::warning);
    };
    using k = keyframe_to_video;
    if (request.template_) {
        if (request.prompt) warn(member_name<&k::prompt>, rule::ignored, "ignored when template is set");
        if (request.last_frame_url) warn(member_name<&k::last_frame_url>, rule::ignored, "ignored when template is set");
    } else if (!request.last_frame_url) {
        // The API reference calls it optional, the guide required.
        warn(member_name<&k::last_frame_url>, rule::required, "missing; some documents of the service require it");
    }
}

inline void judge_model(const model_limits* row, const validation_target& target, std::vector<violation>& found) {
    const auto report = report_for(target, found, "model");
    const auto shown = printable(target.model);
    if (row == nullptr) {
        std::string known = listed(target.catalog, [](const model_limits& m) { return m.model; });
        report.add(rule::unknown, shown, {}, shown + " is not among the known models (" + known +
                   "); checked against the widest limits of all", severity::warning);
    } else if (target.region != region::unknown && !row->regions.contains(target.region)) {
        std::string said = shown + " does not exist in " + std::string{to_wire(target.region)};
        if (!row->namesake.empty()) said.append("; there it is called ").append(row->namesake);
        report.add(rule::region, shown, {}, said);
    }
}

} // namespace detail

/// The tier of that name, "720P". Fails with one violation that names all tiers.
inline result<resolution> parse_resolution(std::string_view name) {
    if (const auto tier = from_wire<resolution>(name)) return *tier;
    std::vector<violation> found;
    const resolution_limit any{{resolution::p480, resolution::p720, resolution::p1080}, resolution::p720};
    detail::field_report{&found, "resolution", {}, "it"}.add(rule::one_of, detail::printable(name), detail::allowed_tiers(any));
    return refusal(std::move(found));
}

/// The row that judges requests for that model: its own, or the general one.
inline const model_limits& limits_for(const validation_target& target) noexcept {
    const auto* row = find_model(target.catalog, target.model);
    return row != nullptr ? *row : general_limits;
}

/// Every rule that the request breaks, in the order of its members; those of the model itself first.
template <class Request>
std::vector<violation> validate(const Request& request, const validation_target& target) {
    std::vector<violation> found;
    detail::judge_model(find_model(target.catalog, target.model), target, found);
    const auto& row = limits_for(target);
    boost::mp11::mp_for_each<members_of<Request>>([&](auto member) {
        const auto& limit = row.*detail::column_of<decltype(member)>::pointer;
        const auto& value = request.*member.pointer;
        const auto report = detail::report_for(target, found, wire_spelling(member.name));
        if constexpr (requires { value.has_value(); }) {
            if (value) detail::judge(report, limit, *value);
        } else {
            detail::judge(report, limit, value);
        }
    });
    detail::judge_together(request, target, found);
    return found;
}

} // namespace wan
