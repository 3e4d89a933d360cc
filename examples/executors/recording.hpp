// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Records the exchanges of any executor without their secrets, and replays them later: for tests of programs that use this
/// library. Copy it or include it.
#pragma once

#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/reflect.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::executors {

/// A request and its end, as they may be stored: no key, no header that holds a secret, no signature of a URL.
struct recorded_exchange {
    http_method method = http_method::get;
    std::string url = {};
    std::string body = {}; ///< of the request; a medium stands there as <1234 bytes>
    http_result result = transport_error{};
};
using recording = std::vector<recorded_exchange>;

namespace detail {

/// Whether a parameter of a URL, or a member of a JSON text, holds a secret.
inline bool is_secret_name(std::string_view name) {
    std::string lower{name};
    std::transform(lower.begin(), lower.end(), lower.begin(), wan::detail::lower);
    for (const auto* whole : {"sig", "sign", "key", "policy"})
        if (lower == whole) return true;
    for (const auto* part : {"signature", "token", "credential", "secret", "password", "accesskeyid", "access_key_id", "api_key", "apikey", "auth_key"})
        if (lower.find(part) != std::string::npos) return true;
    return false;
}

/// Masks texts. What was a secret once is masked wherever it comes again, as a form repeats what a reply granted.
class secret_mask {
public:
    std::string operator()(std::string_view text) const {
        auto shown = without_known(std::string{text});
        each_secret(shown, [&](std::size_t at, std::size_t size) { shown.replace(at, size, hidden); });
        return shown;
    }

    void learn(const std::vector<http_header>& headers) {
        for (const auto& h : headers)
            if (h.sensitive) learn_word(h.value.substr(std::min(h.value.size(), h.value.find(' ') + 1)));
    }
    void learn(std::string text) {
        each_secret(text, [&](std::size_t at, std::size_t size) {
            learn_word(text.substr(at, size));
            text.replace(at, size, hidden);
        });
    }

    static constexpr std::string_view hidden = "***";

private:
    void learn_word(std::string word) {
        constexpr std::size_t shortest = 4; // else half of each text would go
        if (word.size() >= shortest && std::find(known_.begin(), known_.end(), word) == known_.end()) known_.push_back(std::move(word));
    }

    std::string without_known(std::string text) const {
        for (const auto& word : known_)
            for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + hidden.size()))
                text.replace(at, word.size(), hidden);
        return text;
    }

    /// Calls `found` with the place and the size of each value; it puts `hidden` there.
    template <class Found>
    static void each_secret(const std::string& text, Found found) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto size = text[at] == '=' ? parameter_at(text, at) : text[at] == ':' ? member_at(text, at) : std::nullopt;
            if (!size || size->second == 0) continue;
            found(size->first, size->second);
            at = size->first + hidden.size() - 1;
        }
    }

    using place = std::optional<std::pair<std::size_t, std::size_t>>;

    /// `?name=value&`, also where a JSON text or a page writes the & otherwise.
    static place parameter_at(std::string_view text, std::size_t equals) {
        auto begin = equals;
        while (begin > 0 && is_name_character(text[begin - 1])) --begin;
        auto name = text.substr(begin, equals - begin);
        const bool is_escaped = begin > 0 && text[begin - 1] == '\\' && name.starts_with("u0026");
        if (is_escaped) name.remove_prefix(5);
        const bool is_parameter = is_escaped || (begin > 0 && (text[begin - 1] == '?' || text[begin - 1] == '&' || text[begin - 1] == ';'));
        if (!is_parameter || !is_secret_name(name)) return std::nullopt;
        const auto end = std::min(text.find_first_of("&#\"'\\<> \t\r\n", equals), text.size());
        return std::pair{equals + 1, end - equals - 1};
    }

    /// `"name": "value"`
    static place member_at(std::string_view text, std::size_t colon) {
        if (colon == 0 || text[colon - 1] != '"') return std::nullopt;
        const auto name_end = colon - 1;
        const auto name_begin = name_end == 0 ? std::string_view::npos : text.rfind('"', name_end - 1);
        if (name_begin == std::string_view::npos || !is_secret_name(text.substr(name_begin + 1, name_end - name_begin - 1))) return std::nullopt;
        const auto quote = text.find_first_not_of(" \t\r\n", colon + 1);
        if (quote == std::string_view::npos || text[quote] != '"') return std::nullopt;
        auto end = quote + 1;
        while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        return std::pair{quote + 1, std::min(end, text.size()) - quote - 1};
    }

    static bool is_name_character(char c) noexcept {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
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

inline recorded_exchange masked_question(const secret_mask& mask, const http_request& request) {
    return {.method = request.method, .url = mask(request.url), .body = mask(shown_body(request.body))};
}

inline http_result masked_result(const secret_mask& mask, const http_result& result) {
    if (!result) return transport_error{result.error().sent, mask(result.error().message)};
    http_response response{.status = result->status, .body = mask(result->body)};
    for (const auto& h : result->headers) {
        const bool is_secret = h.sensitive || wan::detail::equal_ignoring_case(h.name, "Set-Cookie") || is_secret_name(h.name);
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
            bytes.push_back(static_cast<char>(((byte & 0x03) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F)));
    }
    return bytes;
}

inline void put(boost::json::object& line, std::string_view name, const std::string& text) {
    if (wan::detail::code_points(text))
        line[name] = text;
    else
        line[std::string{name} + "_bytes"] = bytes_to_text(text);
}

inline std::optional<std::string> taken(const boost::json::object& line, std::string_view name) {
    if (const auto* text = line.if_contains(name); text != nullptr && text->is_string()) return std::string{text->get_string()};
    if (const auto* bytes = line.if_contains(std::string{name} + "_bytes"); bytes != nullptr && bytes->is_string())
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
    if (status == nullptr || !status->is_int64() || status->get_int64() < 0 || status->get_int64() > 999 || !body) return std::nullopt;
    http_response response{.status = static_cast<unsigned>(status->get_int64()), .body = *body};
    const auto* headers = line.if_contains("headers");
    if (headers == nullptr || !headers->is_array()) return response;
    for (const auto& header : headers->get_array()) {
        const auto* pair = header.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) return std::nullopt;
        response.headers.push_back({std::string{(*pair)[0].get_string()}, std::string{(*pair)[1].get_string()}});
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
            if (wan::detail::code_points(h.name) && wan::detail::code_points(h.value)) headers.push_back({h.name, h.value});
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
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto text = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(text, failed);
        const auto* line = failed ? nullptr : parsed.if_object();
        const auto method = line != nullptr ? detail::taken(*line, "method") : std::nullopt;
        const auto url = line != nullptr ? detail::taken(*line, "url") : std::nullopt;
        auto result = line != nullptr ? detail::taken_result(*line) : std::nullopt;
        if ((method != "GET" && method != "POST") || !url || !result)
            return error{.category = error_category::storage, .message = "line " + std::to_string(number) + " is no recorded exchange"};
        all.push_back({.method = method == "POST" ? http_method::post : http_method::get,
                       .url = *url,
                       .body = detail::taken(*line, "body").value_or(""),
                       .result = *std::move(result)});
    }
    return all;
}

/// An executor that carries out exchanges with another one, blocking or by callback, and tells each when it has ended:
///
///     wan::executors::recorder http{wan::executors::curl{}, [&](const auto& exchange) { file << to_json(exchange) << '\n'; }};
///
/// What it tells has no secrets: sensitive headers, wherever their values come again; signatures, tokens and credentials in URLs and
/// in JSON texts. Texts of the program's own, such as prompts, and the bodies of replies are kept. Copies share what they learned.
/// Of one thread at a time. What the caller gets is not masked.
template <class Executor>
class recorder {
public:
    using tell_function = std::function<void(const recorded_exchange&)>;

    recorder(Executor execute, tell_function tell)
        : execute_(std::move(execute)), state_(std::make_shared<state>(state{{}, std::move(tell)})) {}

    http_result operator()(const http_request& request)
        requires http_executor<Executor>
    {
        auto result = execute_(request);
        state_->tell_end(state_->learned(request), result);
        return result;
    }

    /// For executors that call back.
    void operator()(const http_request& request, std::function<void(http_result)> done)
        requires(!http_executor<Executor>)
    {
        execute_(request, [state = state_, question = state_->learned(request), done = std::move(done)](http_result result) {
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

/// An executor that answers from a recording, blocking or by callback. A request gets the first recorded answer to the same method,
/// URL and body that was not given yet; secrets do not count, and of a medium only its size. Where there is none, the end is a
/// `transport_error` (`not_sent`) that names the request, and what was recorded instead. Copies share what was given.
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
    }

    http_result operator()(const http_request& request) const {
        auto& s = *state_;
        s.mask.learn(request.headers);
        const auto question = detail::masked_question(s.mask, request);
        std::size_t given = 0;
        const recorded_exchange* other = nullptr;
        for (std::size_t i = 0; i < s.all.size(); ++i) {
            const auto& recorded = s.all[i];
            if (recorded.method != question.method || recorded.url != question.url) continue;
            if (s.how.compare_bodies && recorded.body != question.body) {
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
            what += " with the body " + excerpt(question.body, other->body) + "; recorded was " + excerpt(other->body, question.body);
        return transport_error{delivery::not_sent, what};
    }

    /// `done` is called before this returns.
    void operator()(const http_request& request, const std::function<void(http_result)>& done) const { done((*this)(request)); }

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
        std::vector<bool> is_given;
        detail::secret_mask mask;
    };

    /// Of a long text the place where it differs.
    static std::string excerpt(const std::string& text, const std::string& other) {
        constexpr std::size_t before = 20;
        const auto differs = std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin();
        const auto at = static_cast<std::size_t>(differs);
        return (at > before ? "..." : "") + wan::detail::quote(std::string_view{text}.substr(at > before ? at - before : 0));
    }

    std::shared_ptr<state> state_;
};

} // namespace wan::executors
