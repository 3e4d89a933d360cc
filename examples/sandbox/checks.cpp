// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "checks.hpp"

#include <wan/detail/text.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace sandbox {

namespace json = boost::json;

namespace {

std::string one_of(const std::vector<std::string_view>& names) {
    std::string text = "Input should be ";
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text.append(1, '\'').append(names[i]).append(1, '\'');
    }
    return text;
}

std::string first_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    for (; most > 0 && end < text.size(); --most) {
        const auto n = wan::detail::utf8_sequence(text.substr(end));
        if (n == 0) break;
        end += n;
    }
    return std::string{text.substr(0, end)};
}

/// Reads members of one object and remembers what is wrong first. A null is as good as absent.
class reader {
public:
    reader(const json::object* members, std::string prefix, std::optional<outcome>& failed)
        : members_(members), prefix_(std::move(prefix)), failed_(failed) {}

    void fail(std::string message) {
        if (!failed_) failed_ = failure("InvalidParameter", std::move(message));
    }

    void require(std::string_view key) {
        if (!member(key)) fail("Field required: " + name(key));
    }

    std::string text(std::string_view key) {
        const auto* const value = member(key);
        if (!value) return {};
        if (value->is_string()) return std::string{value->as_string()};
        fail("Input should be a valid string: " + name(key));
        return {};
    }

    bool flag(std::string_view key, bool otherwise) {
        const auto* const value = member(key);
        if (!value) return otherwise;
        if (value->is_bool()) return value->as_bool();
        fail("Input should be a valid boolean: " + name(key));
        return otherwise;
    }

    std::optional<std::int64_t> whole_number(std::string_view key) {
        const auto* const value = member(key);
        if (!value) return std::nullopt;
        if (value->is_int64()) return value->as_int64();
        if (value->is_double() && std::trunc(value->as_double()) == value->as_double() &&
            std::abs(value->as_double()) < 1e15)
            return static_cast<std::int64_t>(value->as_double());
        fail(value->is_uint64() ? "Input is too large: " + name(key)
                                : "Input should be a valid integer: " + name(key));
        return std::nullopt;
    }

private:
    const json::value* member(std::string_view key) const {
        const auto* const value = members_ ? members_->if_contains(key) : nullptr;
        return value && value->is_null() ? nullptr : value;
    }

    std::string name(std::string_view key) const { return prefix_ + std::string{key}; }

    const json::object* members_;
    std::string prefix_;
    std::optional<outcome>& failed_;
};

void read_input(reader& input, const wan::model_limits& limits, read_request& read) {
    input.require("first_frame_url");
    read.order.first_frame_url = input.text("first_frame_url");
    read.order.last_frame_url = input.text("last_frame_url");
    read.request.prompt = first_characters(input.text("prompt"), limits.prompt.max_characters);
    input.text("negative_prompt");
    const auto effect = input.text("template");
    if (effect.empty()) return;
    read.order.last_frame_url.clear(); // an effect makes its own end
    const std::vector<std::string_view> known(limits.template_.names.begin(), limits.template_.names.end());
    if (!known.empty() && std::find(known.begin(), known.end(), effect) == known.end())
        input.fail(one_of(known));
}

void check_duration(reader& parameters, const wan::duration_limit& limit) {
    const auto seconds = parameters.whole_number("duration");
    if (!seconds) return;
    const bool fits =
        *seconds >= limit.min && *seconds <= limit.max && (*seconds - limit.min) % limit.step == 0;
    if (fits) return;
    parameters.fail(limit.min == limit.max ? "duration customization is not supported"
                                           : "Duration should be between " + std::to_string(limit.min) +
                                                 " and " + std::to_string(limit.max));
}

wan::resolution read_tier(reader& parameters, const wan::resolution_limit& limit) {
    const auto text = parameters.text("resolution");
    if (text.empty()) return limit.default_tier;
    const auto tier = wan::from_wire<wan::resolution>(text);
    if (tier && limit.tiers.contains(*tier)) return *tier;
    std::vector<std::string_view> names;
    for (const auto& row : wan::wire_table<wan::resolution>)
        if (limit.tiers.contains(row.value)) names.push_back(row.name);
    parameters.fail(one_of(names));
    return limit.default_tier;
}

void check_seed(reader& parameters, const wan::range_limit& limit) {
    const auto seed = parameters.whole_number("seed");
    if (!seed || (*seed >= limit.min && *seed <= limit.max)) return;
    parameters.fail("seed must be in [" + std::to_string(limit.min) + ", " + std::to_string(limit.max) + "]");
}

} // namespace

read_request read_keyframe_request(const json::object& body, const wan::model_limits& limits) {
    read_request read;
    read.request.model = limits.model;
    read.order.limits = &limits;
    reader input(&body.at("input").as_object(), "input.", read.failed);
    read_input(input, limits, read);

    const auto* const given = body.if_contains("parameters");
    reader parameters(given ? given->if_object() : nullptr, "parameters.", read.failed);
    if (given && !given->is_null() && !given->is_object())
        parameters.fail("Input should be a valid dictionary: parameters");
    read.request.tier = read.order.tier = read_tier(parameters, limits.resolution);
    check_duration(parameters, limits.duration);
    check_seed(parameters, limits.seed);
    read.request.prompt_extend = parameters.flag("prompt_extend", true);
    read.order.watermark = parameters.flag("watermark", false);
    return read;
}

} // namespace sandbox
