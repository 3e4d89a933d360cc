// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/json/impl/merge.ipp> // its tree
#include <wan/json/layout.hpp>
#include <wan/json/read.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/detail/nearest_name.hpp>
#include <wan/request/json.hpp>
#include <wan/validation/detail/check_limits.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
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

/// A key that stands twice in one object.
struct repeated_key {
    std::string member; ///< of the outermost object: the one that is there twice, or in whose value a key is
    std::optional<std::string> key = {}; ///< in its value
};

/// Builds the tree of a JSON text. Unlike Boost.JSON's own reader, which silently keeps the last of two
/// members with one name, it tells of them.
class tree_builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using error_code = boost::system::error_code;
    using view = boost::json::string_view;

    tree_builder() { tree_.reset(); }

    boost::json::value release() noexcept { return tree_.release(); }
    std::vector<repeated_key> repeated() && noexcept { return std::move(repeated_); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) {
        objects_.push_back(keys_.size());
        return true;
    }
    bool on_object_end(std::size_t size, error_code&) {
        note_repeated();
        tree_.push_object(size);
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t size, error_code&) {
        tree_.push_array(size);
        return true;
    }

    bool on_key_part(view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        tree_.push_chars(part);
        return true;
    }
    bool on_key(view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        keys_.push_back(std::exchange(key_, {}));
        tree_.push_key(part);
        return true;
    }
    bool on_string_part(view part, std::size_t, error_code&) {
        tree_.push_chars(part);
        return true;
    }
    bool on_string(view part, std::size_t, error_code&) {
        tree_.push_string(part);
        return true;
    }

    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t value, view, error_code&) {
        tree_.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, view, error_code&) {
        tree_.push_uint64(value);
        return true;
    }
    bool on_double(double value, view, error_code&) {
        tree_.push_double(value);
        return true;
    }
    bool on_bool(bool value, error_code&) {
        tree_.push_bool(value);
        return true;
    }
    bool on_null(error_code&) {
        tree_.push_null();
        return true;
    }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }

private:
    void note_repeated() {
        const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(objects_.back());
        const bool is_outermost = objects_.size() == 1;
        std::sort(begin, keys_.end());
        for (auto at = begin; (at = std::adjacent_find(at, keys_.end())) != keys_.end();) {
            repeated_.push_back(is_outermost ? repeated_key{*at} : repeated_key{keys_[objects_[1] - 1], *at});
            at = std::find_if(at, keys_.end(), [&](const std::string& other) { return other != *at; });
        }
        keys_.erase(begin, keys_.end());
        objects_.pop_back();
    }

    boost::json::value_stack tree_;
    std::string key_;                  ///< what was read of a key that comes in parts
    std::vector<std::string> keys_;    ///< of all open objects, one after the other
    std::vector<std::size_t> objects_; ///< where the keys of each open object begin
    std::vector<repeated_key> repeated_;
};

inline std::string shown_number(double value) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

/// A value as it can be shown to a person: its text and its kind. Of arrays and objects the kind alone.
struct shown_value {
    std::string text;
    std::string said;
};
inline shown_value shown(const boost::json::value& value) {
    const auto is_a = [](std::string text, std::string_view kind) {
        auto said = text + (text.empty() ? "is " : " is ");
        return shown_value{std::move(text), said.append(kind)};
    };
    if (const auto* text = value.if_string()) return {printable(*text), quoted(*text).append(" is a string")};
    if (const auto* number = value.if_int64()) return is_a(std::to_string(*number), "a number");
    if (const auto* number = value.if_uint64()) return is_a(std::to_string(*number), "a number");
    if (const auto* number = value.if_double()) return is_a(shown_number(*number), "a number");
    if (const auto* flag = value.if_bool()) return is_a(*flag ? "true" : "false", "a boolean");
    return is_a({}, value.is_object() ? "an object" : value.is_array() ? "an array" : "null");
}

inline void add_wrong_type(const field_report& report, const boost::json::value& value,
                           std::string_view expected) {
    auto [text, said] = shown(value);
    report.add(rule::type, std::move(text), std::string{expected}, said);
}

// One overload per type of member.

inline void read_value(const field_report& report, const boost::json::value& value, std::string& member) {
    if (const auto* text = value.if_string())
        member.assign(text->data(), text->size());
    else
        add_wrong_type(report, value, "a string");
}

inline void read_value(const field_report& report, const boost::json::value& value, media& member) {
    if (const auto* url = value.if_string())
        member = std::string{url->data(), url->size()};
    else
        add_wrong_type(report, value, "a URL as a string");
}

inline void read_value(const field_report& report, const boost::json::value& value, bool& member) {
    if (const auto* flag = value.if_bool())
        member = *flag;
    else
        add_wrong_type(report, value, "true or false");
}

template <std::integral Int>
void read_value(const field_report& report, const boost::json::value& value, Int& member) {
    constexpr Int least = (std::numeric_limits<Int>::min)(), most = (std::numeric_limits<Int>::max)();
    const auto* const number = value.if_int64();
    const auto* const real = value.if_double();
    // to JSON 5.0 is 5
    const bool is_whole = value.is_number() && (real == nullptr || std::trunc(*real) == *real);
    if (!is_whole) return add_wrong_type(report, value, "an integer");
    std::optional<std::int64_t> integer;
    if (number != nullptr) integer = *number;
    // above, a double no longer tells which
    if (real != nullptr && std::fabs(*real) <= 0x1p53) integer = static_cast<std::int64_t>(*real);
    if (integer && std::in_range<Int>(*integer))
        member = static_cast<Int>(*integer);
    else
        report.add(rule::range, shown(value).text,
                   "integers from " + std::to_string(least) + " to " + std::to_string(most));
}

template <class E>
    requires std::is_enum_v<E>
void read_value(const field_report& report, const boost::json::value& value, E& member) {
    const auto* word = value.if_string();
    if (const auto known = word != nullptr ? from_wire<E>(*word) : std::nullopt) {
        member = *known;
        return;
    }
    const auto allowed = listed(wire_table<E>, [](const wire_name<E>& row) { return row.name; });
    if (word != nullptr)
        report.add(rule::one_of, printable(*word), allowed, quoted(*word));
    else
        add_wrong_type(report, value, allowed);
}

template <class T>
void read_value(const field_report& report, const boost::json::value& value, std::optional<T>& member) {
    read_value(report, value, member.emplace());
}

inline void read_value(const field_report& report, const boost::json::value& value,
                       std::vector<extra_field>& member) {
    const auto* fields = value.if_object();
    if (fields == nullptr) return add_wrong_type(report, value, "an object of JSON pointers and values");
    for (const auto& field : *fields) {
        auto& added = member.emplace_back(extra_field{std::string{field.key()}, {}});
        const auto& json = field.value();
        if (const auto* text = json.if_string())
            added.value = std::string{text->data(), text->size()};
        else if (const auto* number = json.if_int64())
            added.value = *number;
        else if (const auto* real = json.if_double())
            added.value = *real;
        else if (const auto* flag = json.if_bool())
            added.value = *flag;
        else
            added.value = json_text{boost::json::serialize(json)};
    }
}

/// What a request has, beside its job: the described members, and `extra`.
template <class Request, class OnMember>
void for_each_member(Request& request, OnMember on_member) {
    boost::mp11::mp_for_each<members_of<std::remove_const_t<Request>>>(
        [&](auto member) { on_member(wire_spelling(member.name), request.*member.pointer); });
    on_member(std::string_view{"extra"}, request.extra);
}

/// Reads the members of one text, and keeps what is wrong with them.
class request_reader {
public:
    explicit request_reader(std::span<const extra_member> own) noexcept : own_(own) {}

    result<any_request> read(std::string_view text) {
        text = detail::without_bom(text);
        boost::json::parse_options options;
        options.max_depth = json::max_depth;
        boost::json::basic_parser<tree_builder> parser{options};
        boost::system::error_code ec;
        const auto parsed = parser.write_some(false, text.data(), text.size(), ec);
        if (!ec && parsed < text.size()) ec = boost::json::error::extra_data;
        if (ec) {
            const auto place = ec.message() + " at byte " + std::to_string(parsed);
            at("request").add(rule::json, {}, "one JSON object", "not JSON that can be read (" + place + ")");
            return refusal(std::move(found_));
        }
        const auto root = parser.handler().release();
        if (const auto* fields = root.if_object()) {
            for (const auto& again : std::move(parser.handler()).repeated()) add_repeated(again);
            read_own(*fields);
            read_job(*fields);
            if (request_) std::visit([&](auto& request) { read_members(*fields, request); }, *request_);
        } else {
            add_wrong_type(at("request"), root, "one JSON object");
        }
        if (found_.empty()) return *std::move(request_);
        return refusal(std::move(found_));
    }

private:
    // A text of nothing but mistakes must not become a report many times its size.
    static constexpr std::size_t max_violations = 100;

    field_report at(std::string_view field) noexcept { return {&found_, field, {}, who_}; }

    bool is_full() {
        if (found_.size() < max_violations) return false;
        if (!std::exchange(is_cut_, true))
            at("request").add(rule::json, {}, {}, "has more mistakes than these");
        return true;
    }

    const extra_member* find_own(std::string_view name) const noexcept {
        const auto at =
            std::find_if(own_.begin(), own_.end(), [&](const extra_member& m) { return m.name == name; });
        return at == own_.end() ? nullptr : &*at;
    }

    void add_repeated(const repeated_key& again) {
        const bool is_callers = again.key && find_own(again.member) != nullptr;
        if (is_callers || is_full()) return;
        at(printable(again.member))
            .add(rule::duplicate, {}, {},
                 again.key ? "has " + quoted(*again.key) + " twice" : "is there twice");
    }

    void read_own(const boost::json::object& fields) {
        for (const auto& mine : own_)
            if (const auto* value = fields.if_contains(mine.name);
                value != nullptr && !value->is_null() && mine.value != nullptr)
                read_value(at(mine.name), *value, *mine.value);
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
        who_ = to_wire(job_of<Request>::value);
        for (const auto& field : fields) {
            const std::string_view name = field.key();
            if (is_full()) return;
            if (name == "job" || find_own(name) != nullptr) continue;
            bool known = false;
            for_each_member(request, [&](std::string_view member_name, auto& member) {
                if (member_name != name) return;
                known = true;
                if (!field.value().is_null()) read_value(at(name), field.value(), member);
            });
            if (!known) add_unknown(name, json::detail::names_in(members_of<Request>{}));
        }
    }

    void add_unknown(std::string_view name, std::span<const std::string_view> of_request) {
        std::vector<std::string_view> names{"job"};
        names.insert(names.end(), of_request.begin(), of_request.end());
        names.push_back("extra");
        for (const auto& mine : own_) names.push_back(mine.name);
        const auto meant = nearest_name(name, names);
        std::string said{"is no member"};
        if (!meant.empty()) said.append("; did you mean ").append(meant).append("?");
        at(printable(name)).add(rule::unknown, {}, listed(names, [](std::string_view n) { return n; }), said);
    }

    std::span<const extra_member> own_;
    std::string_view who_ = "it";
    std::vector<violation> found_;
    bool is_cut_ = false;
    std::optional<any_request> request_;
};

// The way back.

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
        return field_report{&found, name, {}, "JSON"}.add(
            rule::json, {}, {}, "is given by its bytes, which a request in JSON does not hold");
    const auto& value = json::detail::simplified(member);
    if constexpr (std::is_convertible_v<decltype(value), std::string_view>)
        if (!counted({&found, name, {}, "JSON"}, value)) return;
    fields[name] = json_of(value);
}

inline void write_member(boost::json::object& fields, std::vector<violation>& found, std::string_view name,
                         const std::vector<extra_field>& member) {
    if (member.empty()) return;
    auto& extra = fields[name].emplace_object();
    for (const auto& field : member) {
        boost::system::error_code ec;
        auto value = json::detail::to_value(field, ec);
        if (ec)
            found.push_back(json::detail::bad_extra(field, "its value is no JSON (" + ec.message() + ")",
                                                    "one JSON value"));
        else if (!json::detail::is_finite(value))
            found.push_back(
                json::detail::bad_extra(field, "is no finite number", "a number that JSON can hold"));
        else if (!json::detail::is_utf8(field))
            found.push_back(json::detail::bad_extra(field, "is not UTF-8", "valid UTF-8"));
        else if (!extra.emplace(field.path, std::move(value)).second)
            found.push_back(json::detail::bad_extra(field, "is there twice", "one field for each path"));
    }
}

} // namespace detail

WAN_DECL result<any_request> read_request(std::string_view text, std::initializer_list<extra_member> own) {
    return detail::request_reader{std::span{own.begin(), own.size()}}.read(text);
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
