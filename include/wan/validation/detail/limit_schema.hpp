// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Creates schemas of values: one overload of `schema_of` for each kind of limit, like `check_value`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/request/reference.hpp>
#include <wan/wire_name.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline boost::json::string json_text_of(std::string_view text) {
    return boost::json::string(text.data(), text.size());
}

inline boost::json::array json_array_of(std::span<const std::string_view> words) {
    boost::json::array list;
    for (const auto word : words) list.push_back(json_text_of(word));
    return list;
}

template <class E>
boost::json::array json_array_of(set_of<E> set) {
    boost::json::array list;
    for (const auto& row : wire_table<E>)
        if (set.contains(row.value)) list.push_back(json_text_of(row.name));
    return list;
}

/// Returns a schema that also accepts null, which is treated as absent.
inline boost::json::object or_null(boost::json::object schema) {
    if (auto* type = schema.if_contains("type")) *type = boost::json::array{*type, "null"};
    if (auto* words = schema.if_contains("enum")) words->as_array().push_back(nullptr);
    return schema;
}

inline boost::json::object schema_of(const text_limit& limit, const media_support&) {
    return {{"type", "string"}, {"maxLength", limit.max_characters}};
}

inline boost::json::object schema_of(const range_limit& limit, const media_support&) {
    boost::json::object schema{{"type", "integer"}, {"minimum", limit.min}};
    if (limit.max != no_limit) schema["maximum"] = limit.max;
    return schema;
}

inline boost::json::object schema_of(const resolution_limit& limit, const media_support&) {
    auto taken = limit.tiers;
    taken.bits |= limit.disputed.bits;
    return {{"enum", json_array_of(taken)}, {"default", json_text_of(to_wire(limit.default_tier))}};
}

inline boost::json::object schema_of(const choice_limit& limit, const media_support&) {
    auto taken = json_array_of(limit.words);
    for (const auto word : limit.disputed) taken.push_back(json_text_of(word));
    boost::json::object schema{{"enum", std::move(taken)}};
    if (!limit.default_word.empty()) schema["default"] = json_text_of(limit.default_word);
    return schema;
}

inline boost::json::object schema_of(const duration_limit& limit, const media_support&) {
    boost::json::object schema{{"type", "integer"}, {"default", limit.default_seconds}};
    boost::json::array alone; // values outside the range that have a special meaning
    if (limit.model_may_choose) alone.push_back(model_chooses);
    if (limit.zero_is_all) alone.push_back(0);
    if (limit.step != 1) {
        for (int seconds = limit.min; seconds <= limit.max; seconds += limit.step) alone.push_back(seconds);
        schema["anyOf"] = {{{"type", "null"}}, {{"enum", alone}}};
        return schema;
    }
    boost::json::object range{{"minimum", limit.min}, {"maximum", limit.max}};
    if (alone.empty())
        schema.insert(range.begin(), range.end());
    else
        schema["anyOf"] = {range, {{"enum", alone}}};
    return schema;
}

/// Returns the schema of a text that may be a URL with one of the schemes.
inline boost::json::object url_schema(set_of<url_scheme> schemes) {
    boost::json::object schema{{"type", "string"}, {"minLength", 1}};
    std::string words;
    for (const auto& row : wire_table<url_scheme>) {
        if (!schemes.contains(row.value) || row.value == url_scheme::data) continue;
        words.append(words.empty() ? "" : "|");
        for (const char c : row.name)
            words.append(1, '[').append(1, static_cast<char>(c - 'a' + 'A')).append(1, c).append(1, ']');
    }
    if (schemes.bits == 0) return schema;
    constexpr std::string_view rest = "://[^\\u0000-\\u0020\\u007f]+";
    auto pattern = "^(?:" + words + ")" + std::string{rest} + "$";
    if (schemes.contains(url_scheme::data)) pattern.append("|^[Dd][Aa][Tt][Aa]:image/");
    schema["pattern"] = pattern;
    return schema;
}

inline boost::json::object schema_of(const image_limit&, const media_support& support) {
    return url_schema(support.schemes);
}

inline boost::json::object schema_of(const recording_limit&, const media_support& support) {
    auto schemes = support.schemes;
    schemes.remove(url_scheme::data); // only images can be sent within a request
    return url_schema(schemes);
}

inline boost::json::object schema_of(const template_limit& limit, const media_support&) {
    boost::json::object schema{{"type", "string"}};
    if (!limit.names.empty()) schema["examples"] = json_array_of(limit.names);
    return schema;
}

inline boost::json::object schema_of(const flag_limit&, const media_support&) {
    return {{"type", "boolean"}};
}

inline boost::json::object schema_of(const shot_type_limit& limit, const media_support&) {
    return {{"enum", json_array_of(limit.types)}};
}

/// Matches the model's own name, or a dated version of it.
inline boost::json::object schema_of(std::string_view model, const media_support&) {
    std::string pattern{"^"};
    for (const char c : model) pattern.append(c == '.' ? "\\" : "").append(1, c);
    pattern.append("(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?$");
    return {{"type", "string"}, {"pattern", pattern}};
}

/// Matches a list element of this type. A reference without a type is an image.
inline boost::json::object is_of_type(reference_type type) {
    const auto word = json_text_of(to_wire(type));
    if (type == reference{}.type) return {{"properties", {{"type", {{"enum", {word, nullptr}}}}}}};
    return {{"properties", {{"type", {{"const", word}}}}}, {"required", {"type"}}};
}

inline boost::json::object schema_of(const reference_limit& limit, const media_support& support) {
    struct kind {
        reference_type type;
        int most;
        boost::json::object url;
    };
    const boost::json::object link = url_schema({url_scheme::http, url_scheme::https});
    const kind kinds[] = {
        {reference_type::reference_image, limit.max_images, schema_of(limit.reference_image, support)},
        {reference_type::reference_video, limit.max_videos, schema_of(limit.reference_video, support)},
        {reference_type::reference_audio, limit.max_audios, schema_of(limit.reference_audio, support)},
        {reference_type::file, limit.max_files, schema_of(recording_limit{}, support)},
        {reference_type::link, limit.max_files, link}};
    boost::json::array types, by_type, counts;
    const auto count = [&](boost::json::object what, int least, int most) {
        boost::json::object rule{{"contains", std::move(what)}, {"minContains", least}};
        if (most > 0) rule["maxContains"] = most;
        counts.push_back(std::move(rule));
    };
    for (const auto& each : kinds) {
        if (each.most == 0) continue;
        types.push_back(json_text_of(to_wire(each.type)));
        by_type.push_back({{"if", is_of_type(each.type)}, {"then", {{"properties", {{"url", each.url}}}}}});
        count(is_of_type(each.type), 0, each.most);
    }
    if (limit.max_images == 0) by_type.push_back(boost::json::object{{"required", {"type"}}});
    if (limit.max_files != 0)
        count({{"anyOf", {is_of_type(reference_type::file), is_of_type(reference_type::link)}}}, 0,
              limit.max_files);
    if (limit.max_images_and_videos != 0 || limit.min_images_and_videos != 0)
        count({{"anyOf",
                {is_of_type(reference_type::reference_image), is_of_type(reference_type::reference_video)}}},
              limit.min_images_and_videos, limit.max_images_and_videos);
    if (limit.max_images != 0) types.push_back(nullptr);
    const boost::json::object nothing{{"type", "null"}};
    const boost::json::object properties{
        {"type", {{"enum", types}}},
        {"url", {{"type", "string"}, {"minLength", 1}}},
        {"reference_voice",
         limit.reference_voice.offered() ? or_null(schema_of(limit.reference_voice, support)) : nothing},
        {"reference_description",
         limit.reference_description ? boost::json::object{{"type", {"string", "null"}}} : nothing}};
    return {{"type", "array"},
            {"items",
             {{"type", "object"},
              {"properties", properties},
              {"required", {"url"}},
              {"additionalProperties", false},
              {"allOf", by_type}}},
            {"allOf", counts}};
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
