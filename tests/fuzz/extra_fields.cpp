// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Extra fields, merged into a text that is already written, against the same in a tree.
#include "targets.hpp"

#include <wan/json/detail/tree.hpp>
#include <wan/json/merge.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

namespace {

constexpr std::string_view bodies[] = {
    R"({"model":"m","input":{"prompt":"p","first_frame_url":"M"},"parameters":{"duration":5}})",
    R"({"model":"m","prompt":"p","image":"M","list":[{"a":1},[2]],"a/b~c":{"":null}})",
    R"({})",
};
constexpr wan::json::kept_place kept[] = {{"/model", "model"}, {"/input/prompt", "prompt"}};

/// A field for each line: path, tabulator, JSON.
std::vector<wan::extra_field> fields_of(input& in) {
    std::vector<wan::extra_field> fields;
    while (!in.empty() && fields.size() < 8) {
        const auto line = in.line();
        const auto tab = line.find('\t');
        fields.push_back({std::string{line.substr(0, tab)}, wan::json_text{"null"}});
        if (tab == line.npos) continue;
        const auto value = line.substr(tab + 1);
        if (value.starts_with('\''))
            fields.back().value = std::string{value.substr(1)};
        else if (value == "yes")
            fields.back().value = true;
        else if (value == "size")
            fields.back().value = static_cast<std::int64_t>(line.size());
        else if (value == "half")
            fields.back().value = static_cast<double>(line.size()) / 2;
        else
            fields.back().value = wan::json_text{std::string{value}};
    }
    return fields;
}

/// False where the path leads through what is no object. Objects on the way are made.
bool put(boost::json::value& root, const std::vector<std::string>& keys, boost::json::value value) {
    auto* at = &root;
    for (const auto& name : keys) {
        if (at->is_null()) at->emplace_object();
        if (!at->is_object()) return false;
        at = &at->get_object()[name];
    }
    *at = std::move(value);
    return true;
}

/// A path may lead deeper than Boost.JSON reads unasked.
boost::json::value parsed(std::string_view text) {
    boost::system::error_code failed;
    boost::json::parse_options options;
    options.max_depth = 4096;
    auto value = boost::json::parse({text.data(), text.size()}, failed, {}, options);
    require(!failed, "a merged body is JSON", text);
    return value;
}

/// A slot of a medium is where its empty string is.
std::vector<wan::json::medium_slot> slots_in(std::string_view body) {
    std::vector<wan::json::medium_slot> slots;
    if (const auto at = body.find("\"M\""); at != body.npos) {
        auto& slot = slots.emplace_back();
        slot.position = at + 1;
    }
    return slots;
}

/// A text that is not JSON has no member that could be found, but nothing outside of it is read.
void check_any_text(input in) {
    const std::string before{in.line()};
    auto body = before;
    if (!wan::json::merge(body, fields_of(in), {}, nullptr).empty())
        require(body == before, "what cannot be merged changes nothing", body);
}

} // namespace

void run_extra_fields(input in) {
    constexpr std::uint8_t own_text = 0xF0;
    const auto choice = in.byte();
    if (choice >= own_text) return check_any_text(in);
    const std::string before{bodies[choice % std::size(bodies)]};
    const auto fields = fields_of(in);
    auto body = before;
    auto slots = slots_in(before);
    const auto found = wan::json::merge(body, fields, kept, &slots);
    if (!found.empty()) {
        require(body == before && slots.size() == slots_in(before).size(),
                "what cannot be merged changes nothing");
        return;
    }
    auto tree = parsed(before);
    for (const auto& field : fields) {
        std::vector<wan::violation> none;
        auto value = wan::json::detail::value_of(field, none);
        const auto keys = wan::json::detail::keys_of(field.path);
        require(value && !keys.empty(), "what was merged is a value with a path", field.path);
        require(put(tree, keys, *std::move(value)), "what was merged leads through objects", field.path);
    }
    require(parsed(body) == tree, "a merged text is the merged tree", body);
    for (const auto& slot : slots)
        require(slot.position < body.size() && body[slot.position] == 'M', "a slot follows its value", body);
    boost::system::error_code absent;
    for (const auto& place : kept) {
        const auto old_tree = parsed(before);
        if (const auto* old = old_tree.find_pointer({place.pointer.data(), place.pointer.size()}, absent)) {
            const auto* now = tree.find_pointer({place.pointer.data(), place.pointer.size()}, absent);
            require(now != nullptr && *now == *old, "the request's own members are kept", body);
        }
    }
}

} // namespace fuzz
