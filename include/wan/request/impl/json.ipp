// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/json/detail/duplicate_keys.hpp>
#include <wan/json/detail/tree.hpp>
#include <wan/json/layout.hpp>
#include <wan/json/read.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/detail/nearest_name.hpp>
#include <wan/request/detail/read_member.hpp>
#include <wan/request/json.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {

/// Calls `on_member` with the name and value of each described member, and of `extra`.
template <class Request, class OnMember>
void for_each_member(Request& request, OnMember on_member) {
    boost::mp11::mp_for_each<members_of<std::remove_const_t<Request>>>(
        [&](auto member) { on_member(wire_spelling(member.name), request.*member.pointer); });
    on_member(std::string_view{"extra"}, request.extra);
}

/// Reads the members of one text and collects the violations.
class request_reader {
public:
    explicit request_reader(std::span<const extra_member> extra_members) noexcept
        : extra_members_(extra_members) {}

    result<any_request> read(std::string_view text) {
        text = detail::without_bom(text);
        boost::json::parse_options options;
        options.max_depth = json::max_depth;
        boost::json::basic_parser<json::detail::tree_builder> parser{options};
        boost::system::error_code ec;
        const auto parsed = parser.write_some(false, text.data(), text.size(), ec);
        if (!ec && parsed < text.size()) ec = boost::json::error::extra_data;
        if (ec) {
            const auto place = ec.message() + " at byte " + std::to_string(parsed);
            at("request").add(rule::json, {}, "one JSON object", "invalid JSON (" + place + ")");
            return refusal(std::move(found_));
        }
        const auto root = parser.handler().release();
        if (const auto* fields = root.if_object()) {
            for (const auto& duplicate : std::move(parser.handler()).duplicates()) add_duplicate(duplicate);
            read_extra_members(*fields);
            read_job(*fields);
            if (request_) std::visit([&](auto& request) { read_members(*fields, request); }, *request_);
        } else {
            add_wrong_type(at("request"), root, "one JSON object");
        }
        if (found_.empty()) return *std::move(request_);
        return refusal(std::move(found_));
    }

private:
    // Without a limit, a text full of mistakes would produce a report many times as large as the text.
    static constexpr std::size_t max_violations = 100;

    field_report at(std::string_view field) noexcept { return {&found_, field, {}, {}}; }

    bool is_full() {
        if (found_.size() < max_violations) return false;
        if (!std::exchange(is_cut_, true))
            at("request").add(rule::json, {}, {},
                              "contains " + std::to_string(max_violations) +
                                  " or more mistakes; correct those listed first");
        return true;
    }

    const extra_member* find_extra(std::string_view name) const noexcept {
        const auto at = std::find_if(extra_members_.begin(), extra_members_.end(),
                                     [&](const extra_member& m) { return m.name == name; });
        return at == extra_members_.end() ? nullptr : &*at;
    }

    void add_duplicate(const json::detail::duplicate_key& duplicate) {
        const bool is_callers = duplicate.key && find_extra(duplicate.member) != nullptr;
        if (is_callers || is_full()) return;
        at(printable(duplicate.member))
            .add(rule::duplicate, {}, {},
                 duplicate.key ? "contains " + quoted(*duplicate.key) + " twice; keep one"
                               : "appears twice; keep one");
    }

    void read_extra_members(const boost::json::object& fields) {
        for (const auto& extra : extra_members_)
            if (const auto* value = fields.if_contains(extra.name);
                value != nullptr && !value->is_null() && extra.value != nullptr)
                read_value(at(extra.name), *value, *extra.value);
    }

    void read_job(const boost::json::object& fields) {
        const auto* value = fields.if_contains("job");
        std::optional<job> wanted;
        if (value == nullptr || value->is_null())
            at("job").add(rule::required, {},
                          listed(wire_table<job>, [](const wire_name<job>& row) { return row.name; }),
                          "missing");
        else if (const auto so_far = found_.size();
                 read_value(at("job"), *value, wanted), found_.size() == so_far)
            make(*wanted, request_.emplace());
    }

    template <class... Requests>
    static void make(job wanted, std::variant<Requests...>& request) {
        ((job_of<Requests>::value == wanted ? void(request.template emplace<Requests>()) : void()), ...);
    }

    template <class Request>
    void read_members(const boost::json::object& fields, Request& request) {
        for (const auto& field : fields) {
            const std::string_view name = field.key();
            if (is_full()) return;
            if (name == "job" || find_extra(name) != nullptr) continue;
            bool known = false;
            for_each_member(request, [&](std::string_view member_name, auto& member) {
                if (member_name != name) return;
                known = true;
                if (!field.value().is_null()) read_value(at(name), field.value(), member);
            });
            if (!known)
                add_unknown(name, to_wire(job_of<Request>::value),
                            json::detail::names_in(members_of<Request>{}));
        }
    }

    /// Returns the jobs whose requests have the member.
    template <class... Requests>
    static std::vector<std::string_view> jobs_with(std::string_view member,
                                                   std::type_identity<std::variant<Requests...>>) {
        std::vector<std::string_view> jobs;
        const auto add_if_it_has = [&](job candidate, std::span<const std::string_view> names) {
            if (std::find(names.begin(), names.end(), member) != names.end())
                jobs.push_back(to_wire(candidate));
        };
        (add_if_it_has(job_of<Requests>::value, json::detail::names_in(members_of<Requests>{})), ...);
        return jobs;
    }

    void add_unknown(std::string_view name, std::string_view of_job,
                     std::span<const std::string_view> of_request) {
        std::vector<std::string_view> names{"job"};
        names.insert(names.end(), of_request.begin(), of_request.end());
        names.push_back("extra");
        for (const auto& extra : extra_members_) names.push_back(extra.name);
        std::string said{"not a member of "};
        said.append(of_job);
        if (const auto jobs = jobs_with(name, std::type_identity<any_request>{}); !jobs.empty())
            said.append(" (it belongs to ").append(listed(jobs)).append(")");
        else if (const auto meant = nearest_name(name, names); !meant.empty())
            said.append(" (did you mean ").append(meant).append("?)");
        at(printable(name)).add(rule::unknown, {}, listed(names, [](std::string_view n) { return n; }), said);
    }

    std::span<const extra_member> extra_members_;
    std::vector<violation> found_;
    bool is_cut_ = false;
    std::optional<any_request> request_;
};

// Writing requests as JSON.

inline boost::json::value json_of(std::string_view text) { return boost::json::string(text); }
inline boost::json::value json_of(bool flag) { return flag; }
template <std::integral Int>
boost::json::value json_of(Int number) {
    return number;
}

template <class T>
const byte_source* bytes_of(const T&) noexcept {
    return nullptr;
}
inline const byte_source* bytes_of(const media& medium) noexcept { return medium.bytes().get(); }
inline const byte_source* bytes_of(const std::optional<media>& medium) noexcept {
    return medium ? medium->bytes().get() : nullptr;
}

template <class T>
void write_member(boost::json::object& fields, std::vector<violation>& found, std::string_view name,
                  const T& member) {
    if (!json::detail::is_set(member)) return;
    if (bytes_of(member) != nullptr)
        return field_report{&found, name, {}, {}}.add(
            rule::json, {}, {}, "is given as bytes, which a request in JSON cannot contain; use a URL");
    const auto& value = json::detail::simplified(member);
    if constexpr (std::is_convertible_v<decltype(value), std::string_view>)
        if (!counted({&found, name, {}, {}}, value)) return;
    fields[name] = json_of(value);
}

/// Writes a list of described structs.
template <class Element>
    requires boost::describe::has_describe_members<Element>::value
void write_member(boost::json::object& fields, std::vector<violation>& found, std::string_view name,
                  const std::vector<Element>& member) {
    if (member.empty()) return;
    auto& list = fields[name].emplace_array();
    for (const auto& element : member) {
        boost::json::object object;
        const auto place = std::string{name} + "[" + std::to_string(list.size()) + "].";
        const auto before = found.size();
        boost::mp11::mp_for_each<members_of<Element>>(
            [&](auto m) { write_member(object, found, wire_spelling(m.name), element.*m.pointer); });
        for (auto i = before; i < found.size(); ++i) {
            found[i].field.insert(0, place);
            found[i].message.insert(0, place);
        }
        list.push_back(std::move(object));
    }
}

inline void write_member(boost::json::object& fields, std::vector<violation>& found, std::string_view name,
                         const std::vector<extra_field>& member) {
    if (member.empty()) return;
    auto& extra = fields[name].emplace_object();
    for (const auto& field : member) {
        auto value = json::detail::value_of(field, found);
        if (value && !extra.emplace(field.path, *std::move(value)).second)
            found.push_back(json::detail::bad_extra(field, "appears twice", "one field per path"));
    }
}

} // namespace detail

WAN_DECL result<any_request> read_request(std::string_view text,
                                          std::initializer_list<extra_member> extra_members) {
    return detail::request_reader{std::span{extra_members.begin(), extra_members.size()}}.read(text);
}

WAN_DECL result<std::string> to_json(const any_request& request) {
    std::vector<violation> found;
    boost::json::object fields;
    fields["job"] = to_wire(job_in(request));
    std::visit(
        [&](const auto& r) {
            detail::for_each_member(r, [&](std::string_view name, const auto& member) {
                detail::write_member(fields, found, name, member);
            });
        },
        request);
    if (!found.empty()) return refusal(std::move(found));
    return boost::json::serialize(fields);
}

} // namespace wan::inline WAN_ABI
