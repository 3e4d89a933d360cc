// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/medium_slot.hpp>
#include <wan/json/request_layout.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::json::detail {

/// Replaces and adds members of objects in a JSON text; the rest of the text keeps its bytes. If the text is
/// not JSON, a search may find nothing or something wrong, but never reads outside the text.
class text_editor {
public:
    text_editor(std::string text, std::vector<medium_slot> media_slots)
        : text_(std::move(text)), slots_(std::move(media_slots)) {}

    std::string text() && noexcept { return std::move(text_); }
    std::vector<medium_slot> media_slots() && noexcept { return std::move(slots_); }

    /// Sets the member at the keys to `value`. Missing objects on the way are created. Fails if a value on
    /// the way is not an object.
    bool put(std::span<const std::string> keys, const std::string& value) {
        auto begin = after_space(0);
        while (!keys.empty()) {
            if (text_.compare(begin, 4, "null") == 0) replace(begin, begin + 4, "{}");
            if (at(begin) != '{') return false;
            const auto member = find(begin, keys.front());
            if (!member.value) {
                insert(member, keys, value);
                return true;
            }
            begin = *member.value;
            keys = keys.subspan(1);
        }
        replace(begin, end_of_value(begin), value);
        return true;
    }

private:
    /// A member of an object, or the position for a new one.
    struct place {
        std::optional<std::size_t> value; ///< where the member's value begins
        std::size_t end;                  ///< where the last member ends
        bool is_first;                    ///< whether the object is empty
    };

    char at(std::size_t i) const noexcept { return i < text_.size() ? text_[i] : '\0'; }

    std::size_t after_space(std::size_t i) const noexcept {
        const auto next = text_.find_first_not_of(" \t\r\n", i);
        return next == std::string::npos ? text_.size() : next;
    }

    std::size_t end_of_string(std::size_t i) const noexcept {
        for (++i; i < text_.size() && text_[i] != '"'; ++i)
            if (text_[i] == '\\') ++i;
        return i < text_.size() ? i + 1 : text_.size();
    }

    std::size_t end_of_value(std::size_t i) const noexcept {
        for (std::size_t depth = 0; i < text_.size();) {
            const char c = text_[i];
            if (c == '"') {
                i = end_of_string(i);
            } else if (c == '{' || c == '[') {
                ++depth, ++i;
            } else if ((c == '}' || c == ']') && depth > 0) {
                --depth, ++i;
            } else if (depth > 0) {
                ++i;
                continue;
            } else {
                const auto end = text_.find_first_of(",}] \t\r\n", i);
                return end == std::string::npos ? text_.size() : end;
            }
            if (depth == 0) return i;
        }
        return text_.size();
    }

    /// Searches for the member in the object that begins at `object`.
    place find(std::size_t object, const std::string& key) const {
        auto end = object + 1;
        for (auto i = after_space(end); at(i) == '"'; i = after_space(i + 1)) {
            const auto end_of_key = end_of_string(i);
            const auto value = after_space(after_space(end_of_key) + 1); // after the colon
            if (is_key({text_.data() + i, end_of_key - i}, key)) return {value, 0, false};
            end = end_of_value(value);
            i = after_space(end);
            if (at(i) != ',') return {{}, end, false};
        }
        return {{}, end, true};
    }

    static bool is_key(std::string_view written, std::string_view key) {
        if (written.find('\\') == std::string_view::npos)
            return written.size() == key.size() + 2 && written.substr(1, key.size()) == key;
        boost::system::error_code ec;
        const auto parsed = boost::json::parse({written.data(), written.size()}, ec);
        const auto* text = parsed.if_string();
        return !ec && text != nullptr && std::string_view{text->data(), text->size()} == key;
    }

    void insert(const place& where, std::span<const std::string> keys, const std::string& value) {
        std::string added;
        for (const auto& key : keys)
            added.append(added.empty() ? (where.is_first ? "" : ",") : "{")
                .append(boost::json::serialize(boost::json::string{key}))
                .append(1, ':');
        added.append(value).append(keys.size() - 1, '}');
        replace(where.end, where.end, added);
    }

    void replace(std::size_t begin, std::size_t end, std::string_view by) {
        text_.replace(begin, end - begin, by);
        std::erase_if(slots_,
                      [&](const medium_slot& slot) { return slot.position >= begin && slot.position < end; });
        for (auto& slot : slots_)
            if (slot.position >= end) slot.position = slot.position - (end - begin) + by.size();
    }

    std::string text_;
    std::vector<medium_slot> slots_; ///< in text order
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
