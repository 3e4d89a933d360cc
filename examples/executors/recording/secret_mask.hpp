// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Removes secrets from requests and responses.
#pragma once

#include "exchange.hpp"
#include "spelling.hpp"

#include <wan/http/executor.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::executors {

namespace detail {

/// Returns whether a parameter of a URL, a JSON member, a form field or a header of this name contains a
/// secret.
inline bool is_secret_name(std::string_view name) {
    std::string lowered{name};
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    for (const auto* whole : {"sig", "sign", "key", "policy", "cookie", "set-cookie"})
        if (lowered == whole) return true;
    for (const auto* part : {"signature", "token", "credential", "secret", "password", "accesskeyid",
                             "access_key_id", "api_key", "apikey", "auth_key"})
        if (lowered.find(part) != std::string::npos) return true;
    return false;
}

/// Masks texts. A value that was a secret once is masked everywhere else, too: a form repeats the values of a
/// response.
class secret_mask {
public:
    std::string operator()(std::string_view text) const {
        auto shown = without_known(std::string{text});
        each_secret(shown, [&](std::size_t at, std::size_t size) { shown.replace(at, size, hidden); });
        return shown;
    }

    void learn(const std::vector<http_header>& headers) {
        for (const auto& h : headers)
            if (h.sensitive) learn_word(h.value.substr((std::min)(h.value.size(), h.value.find(' ') + 1)));
    }
    /// Learns the secrets of a JSON text, a URL, or any other text.
    void learn(std::string_view text) { learn(text, 0); }

    static constexpr std::string_view hidden = "***";

private:
    static constexpr int deepest = 32;

    void learn(std::string_view text, int depth) {
        if (depth < deepest &&
            (text.find('{') != std::string_view::npos || text.find('[') != std::string_view::npos)) {
            boost::system::error_code failed;
            if (const auto parsed = boost::json::parse(text, failed); !failed && parsed.is_structured())
                return learn(parsed, depth + 1);
        }
        std::string rest{text};
        each_secret(rest, [&](std::size_t at, std::size_t size) {
            const auto word = without_escapes(std::string_view{rest}.substr(at, size));
            learn_word(word);
            learn_word(percent_decoded(word));
            rest.replace(at, size, hidden);
        });
    }
    void learn(const boost::json::value& value, int depth) {
        if (const auto* text = value.if_string()) learn(std::string_view{text->data(), text->size()}, depth);
        if (const auto* array = value.if_array())
            for (const auto& element : *array) learn(element, depth);
        if (const auto* object = value.if_object())
            for (const auto& member : *object) {
                const auto* text = member.value().if_string();
                if (text != nullptr && is_secret_name({member.key().data(), member.key().size()}))
                    learn_word(std::string{text->data(), text->size()});
                learn(member.value(), depth);
            }
    }

    void learn_word(std::string word) {
        constexpr std::size_t shortest = 4; // shorter words would mask half of each text
        if (word.size() >= shortest && word != hidden &&
            std::find(known_.begin(), known_.end(), word) == known_.end())
            known_.push_back(std::move(word));
    }

    std::string without_known(std::string text) const {
        for (const auto& word : known_) {
            const char begins[] = {word.front(), '\\', '%'};
            std::string shown;
            std::string_view rest{text};
            while (!rest.empty()) {
                const auto size = spelled_size(rest, word);
                const auto next =
                    size != 0 ? size
                              : (std::min)(rest.find_first_of({begins, sizeof begins}, 1), rest.size());
                shown.append(size != 0 ? hidden : rest.substr(0, next));
                rest.remove_prefix(next);
            }
            text = std::move(shown);
        }
        return text;
    }

    /// Calls `found` with the position and size of each value; `found` must put `hidden` there.
    template <class Found>
    static void each_secret(const std::string& text, Found found) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto size = value_at(text, at);
            if (!size || size->second == 0) continue;
            found(size->first, size->second);
            at = size->first + hidden.size() - 1;
        }
    }

    using place = std::optional<std::pair<std::size_t, std::size_t>>;

    static place value_at(std::string_view text, std::size_t at) {
        switch (text[at]) {
        case '=':
            return text.substr(at + 1).starts_with('"') ? field_at(text, at) : parameter_at(text, at, at + 1);
        case ':': return member_at(text, at);
        case '\\':
            if (const auto c = json_character(text.substr(at)); c.size > 1 && c.character == '=')
                return parameter_at(text, at, at + c.size);
            return std::nullopt;
        default: return std::nullopt;
        }
    }

    /// Finds `?name=value&`, also if a JSON text or a page escapes the = and the &.
    static place parameter_at(std::string_view text, std::size_t name_end, std::size_t begin) {
        auto name_begin = name_end;
        while (name_begin > 0 && is_name_character(text[name_begin - 1])) --name_begin;
        auto name = text.substr(name_begin, name_end - name_begin);
        if (name_begin == 0) return std::nullopt;
        auto before = text[name_begin - 1];
        if (before == '\\') {
            const auto c = json_character(text.substr(name_begin - 1));
            before = c.character;
            name.remove_prefix((std::min)(c.size - 1, name.size()));
        }
        if ((before != '?' && before != '&' && before != ';') || !is_secret_name(name)) return std::nullopt;
        auto end = begin;
        for (spelled c; end < text.size(); end += c.size) {
            c = json_character(text.substr(end));
            if (std::string_view{"&#\"'\\<> \t\r\n"}.find(c.character) != std::string_view::npos) break;
        }
        return std::pair{begin, end - begin};
    }

    /// Finds `"name": "value"`, also in a string of another JSON text: `\"name\": \"value\"`
    static place member_at(std::string_view text, std::size_t colon) {
        const auto name_quote = text.find_last_not_of(" \t\r\n", colon == 0 ? 0 : colon - 1);
        if (colon == 0 || name_quote == std::string_view::npos || name_quote == 0 || text[name_quote] != '"')
            return std::nullopt;
        const auto slashes = slashes_before(text, name_quote);
        const auto name_end = name_quote - slashes;
        const auto name_begin = name_end == 0 ? std::string_view::npos : text.rfind('"', name_end - 1);
        if (name_begin == std::string_view::npos ||
            !is_secret_name(text.substr(name_begin + 1, name_end - name_begin - 1)))
            return std::nullopt;
        const auto value = text.find_first_not_of(" \t\r\n", colon + 1);
        if (value == std::string_view::npos || text.substr(value).find_first_not_of('\\') != slashes ||
            text[value + slashes] != '"')
            return std::nullopt;
        const auto begin = value + slashes + 1;
        for (auto quote = text.find('"', begin); quote != std::string_view::npos;
             quote = text.find('"', quote + 1)) {
            const auto here = (std::min)(slashes_before(text, quote), quote - begin);
            // Fewer backslashes end the enclosing string; more end an inner one, unless the value ends in
            // backslashes.
            if (here <= slashes || here % (2 * (slashes + 1)) == slashes)
                return std::pair{begin, quote - (std::min)(here, slashes) - begin};
        }
        return std::pair{begin, text.size() - begin};
    }

    /// Finds `name="name"`, the rest of the head of a form's part, and its value up to the next boundary.
    static place field_at(std::string_view text, std::size_t equals) {
        constexpr std::size_t longest = 256;
        auto line = text.substr(equals - (std::min)(equals, longest), (std::min)(equals, longest));
        if (!line.ends_with(" name") && !line.ends_with(";name")) return std::nullopt;
        line.remove_prefix(line.rfind('\n') + 1); // 0 in the first line
        std::string header{line.substr(0, line.find(':'))};
        std::transform(header.begin(), header.end(), header.begin(), lower);
        if (header != "content-disposition") return std::nullopt;
        const auto name_end = text.find('"', equals + 2);
        if (name_end == std::string_view::npos ||
            !is_secret_name(text.substr(equals + 2, name_end - equals - 2)))
            return std::nullopt;
        const auto head_end = text.find("\r\n\r\n", name_end);
        if (head_end == std::string_view::npos) return std::nullopt;
        const auto begin = head_end + 4;
        return std::pair{begin, (std::min)(text.find("\r\n--", begin), text.size()) - begin};
    }

    static std::size_t slashes_before(std::string_view text, std::size_t at) noexcept {
        std::size_t n = 0;
        while (n < at && text[at - n - 1] == '\\') ++n;
        return n;
    }

    static bool is_name_character(char c) noexcept {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    }

    std::vector<std::string> known_;
};

/// Returns the body with the sizes of its media, which are neither read nor kept.
inline std::string shown_body(const http_body& body) {
    struct visitor {
        std::string shown = {};
        void operator()(std::string_view text) { shown.append(text); }
        void operator()(std::uint64_t size) {
            shown.append("<").append(std::to_string(size)).append(" bytes>");
        }
    } all;
    body.for_each_part(all);
    return std::move(all.shown);
}

inline recorded_exchange masked_request(const secret_mask& mask, const http_request& request) {
    return {.method = request.method, .url = mask(request.url), .body = mask(shown_body(request.body))};
}

inline http_result masked_result(const secret_mask& mask, const http_result& result) {
    if (!result) return transport_error{result.error().sent, mask(result.error().message)};
    http_response response{.status = result->status, .body = mask(result->body)};
    for (const auto& h : result->headers) {
        const bool is_secret = h.sensitive || is_secret_name(h.name);
        response.headers.push_back({h.name, is_secret ? std::string{secret_mask::hidden} : mask(h.value)});
    }
    return response;
}

} // namespace detail

} // namespace wan::executors
