// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/reflect.hpp>
#include <wan/request/description_of.hpp>
#include <wan/validation/detail/limit_column.hpp>
#include <wan/validation/detail/limit_schema.hpp>
#include <wan/validation/json_schema.hpp>

#include <boost/json/serialize.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {

template <class T>
inline constexpr bool is_required = std::is_same_v<T, std::string> || std::is_same_v<T, media>;

/// The schema of one request: its members, and the rules that involve several members.
template <class Request>
class request_schema {
public:
    request_schema(const model_limits& limits, const media_support& support)
        : limits_(limits), support_(support) {}

    boost::json::object made() {
        boost::mp11::mp_for_each<members_of<Request>>([&](auto member) { add(member); });
        properties_["extra"] = {
            {"type", {"object", "null"}},
            {"propertyNames", {{"pattern", "^/"}}},
            {"description", "JSON pointers into the request body, and the values to put there"}};
        constexpr bool has_references = requires(const Request& r) { r.references; };
        constexpr bool has_ratio = requires(const Request& r) { r.ratio; };
        if constexpr (has_references) add_rules_of_references();
        if constexpr (has_ratio) add_rules_of_shapes();
        boost::json::object schema{{"type", "object"},
                                   {"properties", std::move(properties_)},
                                   {"required", std::move(required_)},
                                   {"additionalProperties", false}};
        if (!rules_.empty()) schema["allOf"] = std::move(rules_);
        return schema;
    }

private:
    template <class Member>
    void add(Member) {
        using value = std::remove_cvref_t<decltype(std::declval<Request>().*Member::pointer)>;
        const auto& limit = limits_.*column_of<Member>::pointer;
        const auto name = wire_spelling(Member::name);
        constexpr bool may_lack = requires { limit.offered(); };
        if constexpr (may_lack)
            if (!limit.offered()) return put(name, {{"type", "null"}}, is_required<value>);
        auto schema = schema_of(limit, support_);
        if constexpr (std::is_same_v<value, std::string>) schema["minLength"] = 1;
        if constexpr (!is_required<value>) schema = or_null(std::move(schema));
        const auto description = description_of(name);
        if (!description.empty()) schema["description"] = json_text_of(description);
        put(name, std::move(schema), is_required<value>);
    }

    void put(std::string_view name, boost::json::object schema, bool is_needed) {
        properties_[name] = std::move(schema);
        if (is_needed) required_.push_back(json_text_of(name));
    }

    void add_rules_of_references() {
        const auto& limit = limits_.references;
        if constexpr (std::is_same_v<Request, reference_to_video>) {
            required_.push_back("references");
            auto& list = properties_["references"].as_object();
            if (limit.offered()) list["type"] = "array", list["minItems"] = 1;
            if (limit.excludes_frames) properties_["first_frame_url"] = {{"type", "null"}};
        }
        if (limit.max_seconds_with_video == 0 || limit.max_videos == 0) return;
        rules_.push_back(
            {{"if",
              {{"properties", {{"references", {{"contains", is_of_type(reference_type::reference_video)}}}}},
               {"required", {"references"}}}},
             {"then", {{"properties", {{"duration", {{"maximum", limit.max_seconds_with_video}}}}}}}});
    }

    /// Adds rules for ratios that the model supports, but not at every tier.
    void add_rules_of_shapes() {
        for (const auto& tier : wire_table<resolution>) {
            boost::json::array ratios{nullptr};
            for (const auto& shape : limits_.shapes)
                if (shape.tier == tier.value) ratios.push_back(json_text_of(shape.ratio));
            if (!limits_.resolution.tiers.contains(tier.value) || ratios.size() == 1) continue;
            boost::json::object is_it{
                {"properties", {{"resolution", {{"enum", {json_text_of(tier.name), nullptr}}}}}}};
            if (tier.value != limits_.resolution.default_tier)
                is_it = {{"properties", {{"resolution", {{"const", json_text_of(tier.name)}}}}},
                         {"required", {"resolution"}}};
            rules_.push_back({{"if", is_it}, {"then", {{"properties", {{"ratio", {{"enum", ratios}}}}}}}});
        }
    }

    const model_limits& limits_;
    const media_support& support_;
    boost::json::object properties_;
    boost::json::array required_, rules_;
};

} // namespace detail

WAN_DECL std::string json_schema(job wanted, const model_limits& limits, const media_support& support) {
    const auto name = detail::json_text_of(to_wire(wanted));
    boost::json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                               {"title", std::string{to_wire(wanted)} + " by " + std::string{limits.model}}};
    if (!limits.jobs.contains(wanted)) {
        schema["$comment"] = std::string{limits.model} + " does not support " + std::string{to_wire(wanted)};
        schema["not"] = boost::json::object{};
        return boost::json::serialize(schema);
    }
    boost::json::object request;
#define WAN_JOB(type)                                                                                        \
    if (wanted == job::type) request = detail::request_schema<type>{limits, support}.made();
    WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
    request["properties"].as_object()["job"] = {{"const", name}};
    request["required"].as_array().push_back("job");
    schema.insert(request.begin(), request.end());
    return boost::json::serialize(schema);
}

} // namespace wan::inline WAN_ABI
