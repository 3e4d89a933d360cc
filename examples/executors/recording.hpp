// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Records the exchanges of any executor without their secrets, and replays them later: for tests of programs
/// that use this library. Copy it or include it.
#pragma once

#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::executors {

/// A request and its end, as they may be stored: no key, no header that holds a secret, no signature of a
/// URL.
struct recorded_exchange {
    http_method method = http_method::get;
    std::string url = {};
    std::string body = {}; ///< of the request; a medium stands there as <1234 bytes>
    http_result result = transport_error{};
};
using recording = std::vector<recorded_exchange>;

namespace detail {

inline char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Whether a parameter of a URL, a member of a JSON text, a field of a form or a header holds a secret.
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

/// The character that the digits at the begin of `text` spell, if it is of ASCII.
inline std::optional<char> hex_character(std::string_view text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    unsigned value = 0;
    for (const char digit : text.substr(0, digits)) {
        const char c = lower(digit);
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value < 0x80 ? std::optional{static_cast<char>(value)} : std::nullopt;
}

/// A character of a text, and how many bytes spell it there.
struct spelled {
    char character = 0;
    std::size_t size = 1;
};

/// As a JSON text spells it, also one within a string of another: `=`, `\u003d`, `\\u003d`, `\/`, `\\\"`.
inline spelled json_character(std::string_view text) {
    constexpr std::size_t most = 31; // of five texts within each other
    const auto slashes = text.substr(0, most + 1).find_first_not_of('\\');
    if (slashes == 0 || slashes == std::string_view::npos) return {text.front(), 1};
    const char next = text[slashes];
    if (next == 'u')
        if (const auto c = hex_character(text.substr(slashes + 1), 4)) return {*c, slashes + 5};
    if (next == '/' || next == '"' || next == '\'') return {next, slashes + 1};
    return {'\\', slashes};
}

/// The same without escapes; and without those of a URL.
inline std::string without_escapes(std::string_view text) {
    std::string plain;
    for (spelled c; !text.empty(); text.remove_prefix(c.size)) {
        c = json_character(text);
        plain.push_back(c.character);
    }
    return plain;
}
inline std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = text[at] == '%' ? hex_character(text.substr(at + 1), 2) : std::nullopt;
        plain.push_back(c.value_or(text[at]));
        if (c) at += 2;
    }
    return plain;
}

/// How many bytes at the begin of `text` spell `word`, with escapes or without; 0 if it is not there.
inline std::size_t spelled_size(std::string_view text, std::string_view word) {
    std::size_t at = 0;
    for (const char wanted : word) {
        if (at >= text.size()) return 0;
        const auto rest = text.substr(at);
        if (rest.front() == wanted) {
            ++at;
        } else if (const auto c = json_character(rest); c.size > 1 && c.character == wanted) {
            at += c.size;
        } else if (rest.front() == '%' && hex_character(rest.substr(1), 2) == wanted) {
            at += 3;
        } else {
            return 0;
        }
    }
    return at;
}

/// Masks texts. What was a secret once is masked wherever it comes again, as a form repeats what a reply
/// granted.
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
    /// A JSON text, a URL, or any other.
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
        constexpr std::size_t shortest = 4; // else half of each text would go
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

    /// Calls `found` with the place and the size of each value; it puts `hidden` there.
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

    /// `?name=value&`, also where a JSON text or a page writes the = and the & otherwise.
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

    /// `"name": "value"`, also in a string of another JSON text: `\"name\": \"value\"`
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
            // Fewer end the string around; more, one within, unless they are backslashes of the value's end.
            if (here <= slashes || here % (2 * (slashes + 1)) == slashes)
                return std::pair{begin, quote - (std::min)(here, slashes) - begin};
        }
        return std::pair{begin, text.size() - begin};
    }

    /// `name="name"`, the rest of the head of a form's part, and its value up to the next boundary.
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

/// Media are neither read nor kept.
inline std::string shown_body(const http_body& body) {
    struct visitor {
        std::string shown = {};
        void operator()(std::string_view text) { shown.append(text); }
        void operator()(std::uint64_t size) { shown.append("<" + std::to_string(size) + " bytes>"); }
    } all;
    body.for_each_part(all);
    return std::move(all.shown);
}

/// The names that a run makes up for its uploaded files, "6b82d7899bd76b0-first_frame_url.png", and the
/// boundaries of its forms. They come from clocks and grants, so that those of a replay are others.
class made_up_names {
public:
    void learn(std::string_view body) {
        if (body.starts_with("--")) add(body.substr(2, body.find("\r\n") - 2), "boundary");
        constexpr std::string_view mark = "; filename=\"";
        for (auto at = body.find(mark); at != std::string_view::npos; at = body.find(mark, at + 1)) {
            const auto rest = body.substr(at + mark.size());
            const auto name = rest.substr(0, rest.find('"'));
            const auto digits = name.find_first_not_of("0123456789abcdef");
            if (digits != 0 && digits != std::string_view::npos && name[digits] == '-')
                add(name, name.substr(digits + 1));
        }
    }

    /// What does not change from run to run.
    std::string operator()(std::string text) const {
        for (const auto& [name, stays] : known_)
            for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + stays.size()))
                text.replace(at, name.size(), stays);
        return text;
    }

private:
    void add(std::string_view name, std::string_view stays) {
        if (!name.empty()) known_.insert_or_assign(std::string{name}, std::string{stays});
    }

    std::map<std::string, std::string> known_;
};

inline recorded_exchange masked_question(const secret_mask& mask, const http_request& request) {
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

/// A JSON string holds no bytes that are no UTF-8: there each byte is one code point.
inline std::string bytes_to_text(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text.push_back(c);
        } else {
            text.push_back(static_cast<char>(0xC0 | (byte >> 6)));
            text.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
        }
    }
    return text;
}
inline std::string text_to_bytes(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80 || i + 1 == text.size())
            bytes.push_back(text[i]);
        else
            bytes.push_back(
                static_cast<char>(((byte & 0x03) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F)));
    }
    return bytes;
}

inline bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto byte = [&](std::size_t i) {
            return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
        };
        const auto first = byte(0), second = byte(1);
        const std::size_t size = first < 0x80   ? 1
                                 : first < 0xC2 ? 0
                                 : first < 0xE0 ? 2
                                 : first < 0xF0 ? 3
                                 : first < 0xF5 ? 4
                                                : 0;
        if (size == 0) return false;
        for (std::size_t i = 1; i < size; ++i)
            if (byte(i) < 0x80 || byte(i) > 0xBF) return false;
        const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        // a surrogate; over U+10FFFF
        const bool is_none = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
        if (is_overlong || is_none) return false;
        text.remove_prefix(size);
    }
    return true;
}

inline void put(boost::json::object& line, std::string_view name, const std::string& text) {
    if (is_utf8(text))
        line[name] = text;
    else
        line[std::string{name} + "_bytes"] = bytes_to_text(text);
}

inline std::optional<std::string> taken(const boost::json::object& line, std::string_view name) {
    if (const auto* text = line.if_contains(name); text != nullptr && text->is_string())
        return std::string{text->get_string()};
    if (const auto* bytes = line.if_contains(std::string{name} + "_bytes");
        bytes != nullptr && bytes->is_string())
        return text_to_bytes(std::string_view{bytes->get_string()});
    return std::nullopt;
}

inline std::optional<http_result> taken_result(const boost::json::object& line) {
    if (const auto message = taken(line, "error")) {
        const auto sent = taken(line, "sent");
        if (sent != "not_sent" && sent != "maybe_sent") return std::nullopt;
        return transport_error{sent == "not_sent" ? delivery::not_sent : delivery::maybe_sent, *message};
    }
    const auto* status = line.if_contains("status");
    const auto body = taken(line, "reply");
    if (status == nullptr || !status->is_int64() || status->get_int64() < 0 || status->get_int64() > 999 ||
        !body)
        return std::nullopt;
    http_response response{.status = static_cast<unsigned>(status->get_int64()), .body = *body};
    const auto* headers = line.if_contains("headers");
    if (headers == nullptr || !headers->is_array()) return response;
    for (const auto& header : headers->get_array()) {
        const auto* pair = header.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string())
            return std::nullopt;
        response.headers.push_back(
            {std::string{(*pair)[0].get_string()}, std::string{(*pair)[1].get_string()}});
    }
    return response;
}

} // namespace detail

/// One line of JSON, without the line's end.
inline std::string to_json(const recorded_exchange& exchange) {
    boost::json::object line{{"method", std::string{to_wire(exchange.method)}}};
    detail::put(line, "url", exchange.url);
    if (!exchange.body.empty()) detail::put(line, "body", exchange.body);
    if (exchange.result) {
        line["status"] = exchange.result->status;
        boost::json::array headers;
        for (const auto& h : exchange.result->headers)
            if (detail::is_utf8(h.name) && detail::is_utf8(h.value)) headers.push_back({h.name, h.value});
        line["headers"] = std::move(headers);
        detail::put(line, "reply", exchange.result->body);
    } else {
        line["sent"] = exchange.result.error().sent == delivery::not_sent ? "not_sent" : "maybe_sent";
        detail::put(line, "error", exchange.result.error().message);
    }
    return boost::json::serialize(line);
}

/// Lines of `to_json`; empty ones are passed over. The error (`storage`) names the line.
inline wan::result<recording> read_recording(std::string_view lines) {
    recording all;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const auto end = (std::min)(lines.find('\n'), lines.size());
        const auto text = lines.substr(0, end);
        lines.remove_prefix((std::min)(end + 1, lines.size()));
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(text, failed);
        const auto* line = failed ? nullptr : parsed.if_object();
        const auto method = line != nullptr ? detail::taken(*line, "method") : std::nullopt;
        const auto url = line != nullptr ? detail::taken(*line, "url") : std::nullopt;
        auto result = line != nullptr ? detail::taken_result(*line) : std::nullopt;
        if ((method != "GET" && method != "POST") || !url || !result)
            return error{.category = error_category::storage,
                         .message = "line " + std::to_string(number) + " is no recorded exchange"};
        all.push_back({.method = method == "POST" ? http_method::post : http_method::get,
                       .url = *url,
                       .body = detail::taken(*line, "body").value_or(""),
                       .result = *std::move(result)});
    }
    return all;
}

/// An executor that carries out exchanges with another one, blocking or by callback, and tells each when it
/// has ended:
///
///     wan::executors::recorder http{wan::executors::curl{}, [&](const auto& exchange) { file <<
///     to_json(exchange) << '\n'; }};
///
/// What it tells has no secrets: sensitive headers, wherever their values come again; signatures, tokens and
/// credentials in URLs, in JSON texts and in forms, and wherever their values come again, with escapes or
/// without. Texts of the program's own, such as prompts, and the bodies of replies are kept. Copies share
/// what they learned. Of one thread at a time. What the caller gets is not masked.
template <class Executor>
class recorder {
public:
    using tell_function = std::function<void(const recorded_exchange&)>;

    recorder(Executor execute, tell_function tell)
        : execute_(std::move(execute)), state_(std::make_shared<state>(state{{}, std::move(tell)})) {}

    http_result operator()(const http_request& request)
        requires http_executor<Executor>
    {
        http_result result = execute_(request);
        state_->tell_end(state_->learned(request), result);
        return result;
    }

    /// For executors that call back.
    void operator()(const http_request& request, std::function<void(http_result)> done)
        requires(!http_executor<Executor>)
    {
        execute_(request, [state = state_, question = state_->learned(request),
                           done = std::move(done)](http_result result) {
            state->tell_end(question, result);
            done(std::move(result));
        });
    }

private:
    struct state {
        detail::secret_mask mask;
        tell_function tell;

        recorded_exchange learned(const http_request& request) {
            mask.learn(request.headers);
            mask.learn(request.url);
            return detail::masked_question(mask, request);
        }
        void tell_end(recorded_exchange question, const http_result& result) {
            if (result) mask.learn(result->body);
            question.result = detail::masked_result(mask, result);
            tell(question);
        }
    };

    Executor execute_;
    std::shared_ptr<state> state_;
};

/// An executor that answers from a recording, blocking or by callback. A request gets the first recorded
/// answer to the same method, URL and body that was not given yet; secrets and the names that uploads give
/// their files do not count, and of a medium only its size. Where there is none, the end is a
/// `transport_error` (`not_sent`) that names the request, and what was recorded instead. Copies share what
/// was given.
class replayer {
public:
    struct options {
        bool compare_bodies = true; ///< else method and URL are enough
    };

    explicit replayer(recording all) : replayer(std::move(all), options{}) {}
    replayer(recording all, options how) : state_(std::make_shared<state>()) {
        state_->how = how;
        state_->all = std::move(all);
        state_->is_given.resize(state_->all.size());
        for (const auto& recorded : state_->all) state_->recorded_names.learn(recorded.body);
        for (const auto& recorded : state_->all)
            state_->bodies.push_back(state_->recorded_names(recorded.body));
    }

    http_result operator()(const http_request& request) const {
        auto& s = *state_;
        s.mask.learn(request.headers);
        const auto question = detail::masked_question(s.mask, request);
        const auto plain = detail::masked_question({}, request); // a test's key may be a word of its texts
        s.names.learn(plain.body);
        s.names.learn(question.body);
        const std::array bodies{s.names(plain.body), s.names(question.body)};
        std::size_t given = 0;
        const recorded_exchange* other = nullptr;
        for (std::size_t i = 0; i < s.all.size(); ++i) {
            const auto& recorded = s.all[i];
            if (recorded.method != question.method ||
                (recorded.url != plain.url && recorded.url != question.url))
                continue;
            if (s.how.compare_bodies && s.bodies[i] != bodies[0] && s.bodies[i] != bodies[1]) {
                other = &recorded;
            } else if (s.is_given[i]) {
                ++given;
            } else {
                s.is_given[i] = true;
                return recorded.result;
            }
        }
        auto what = "not recorded: " + std::string{to_wire(question.method)} + " " + question.url;
        if (given != 0)
            what += "; its recorded answers (" + std::to_string(given) + ") were given already";
        else if (other != nullptr)
            what += " with the body " + excerpt(question.body, other->body) + "; recorded was " +
                    excerpt(other->body, question.body);
        return transport_error{delivery::not_sent, what};
    }

    /// `done` is called before this returns.
    void operator()(const http_request& request, const std::function<void(http_result)>& done) const {
        done((*this)(request));
    }

    /// What nobody asked for.
    recording left() const {
        recording rest;
        for (std::size_t i = 0; i < state_->all.size(); ++i)
            if (!state_->is_given[i]) rest.push_back(state_->all[i]);
        return rest;
    }

private:
    struct state {
        options how;
        recording all;
        std::vector<std::string> bodies; ///< of all, without names that were made up
        std::vector<bool> is_given;
        detail::secret_mask mask;
        detail::made_up_names recorded_names;
        detail::made_up_names names;
    };

    /// Of a long text the place where it differs.
    static std::string excerpt(const std::string& text, const std::string& other) {
        constexpr std::size_t before = 20;
        const auto differs =
            std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin();
        const auto at = static_cast<std::size_t>(differs);
        return (at > before ? "..." : "") +
               quoted(std::string_view{text}.substr(at > before ? at - before : 0));
    }

    /// Its begin, for a log.
    static std::string quoted(std::string_view text) {
        constexpr std::size_t most = 60;
        const auto is_inside = [&](std::size_t at) {
            return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
        };
        std::size_t begin = 0, end = (std::min)(most, text.size());
        while (is_inside(begin)) ++begin;
        while (end > begin && is_inside(end)) --end;
        std::string shown{text.substr((std::min)(begin, end), end - (std::min)(begin, end))};
        const bool is_text = detail::is_utf8(shown);
        for (char& c : shown) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20 || byte == 0x7F || (byte > 0x7F && !is_text)) c = '?';
        }
        return '"' + shown + (end < text.size() ? "...\"" : "\"");
    }

    std::shared_ptr<state> state_;
};

} // namespace wan::executors
