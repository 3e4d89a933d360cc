// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// An executor that replays the responses of a recording.
#pragma once

#include "exchange.hpp"
#include "secret_mask.hpp"

#include <wan/http/executor.hpp>
#include <wan/utf8.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::executors {

namespace detail {

/// The names that a run generates for its uploaded files, "6b82d7899bd76b0-first_frame_url.png", and the
/// boundaries of its forms. They depend on clocks and upload policies, so a replay generates others.
class made_up_names {
public:
    /// Learns names only from forms: other texts are the program's own.
    void learn(std::string_view body) {
        const auto delimiter = delimiter_of(body);
        if (delimiter.empty()) return;
        add(delimiter, "--boundary");
        constexpr std::string_view mark = "; filename=\"";
        for (auto at = body.find(mark); at != std::string_view::npos; at = body.find(mark, at + 1)) {
            const auto rest = body.substr(at + mark.size());
            const auto name = rest.substr(0, rest.find('"'));
            constexpr std::size_t fewest_digits = 8; // a random number of 64 bits nearly always has more
            const auto digits = name.find_first_not_of("0123456789abcdef");
            if (digits != std::string_view::npos && digits >= fewest_digits && name[digits] == '-')
                add(name, name.substr(digits + 1));
        }
    }

    /// Returns the text without the parts that change from run to run.
    std::string operator()(std::string text) const {
        for (const auto& [name, stays] : known_)
            for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + stays.size()))
                text.replace(at, name.size(), stays);
        return text;
    }

private:
    /// Returns the two dashes and the boundary that delimit a form; empty if the body is not a form.
    static std::string_view delimiter_of(std::string_view body) {
        const auto delimiter = body.substr(0, body.find("\r\n"));
        if (body.ends_with("\r\n")) body.remove_suffix(2);
        const bool is_form = delimiter.starts_with("--") && delimiter.size() > 2 &&
                             body.ends_with(std::string{delimiter}.append("--"));
        return is_form ? delimiter : std::string_view{};
    }

    void add(std::string_view name, std::string_view stays) {
        known_.insert_or_assign(std::string{name}, std::string{stays});
    }

    std::map<std::string, std::string> known_;
};

} // namespace detail

/// An executor that replays the responses of a recording, blocking or by callback. A request gets the first
/// unused response to the same method, URL and body. Secrets and the names of uploaded files are not
/// compared; media are compared by size. Without such a response, the result is a `transport_error`
/// (`not_sent`) that names the request and the recorded one. Copies share the set of used responses.
class replayer {
public:
    struct options {
        bool compare_bodies = true; ///< if false, method and URL are enough
    };

    explicit replayer(recording all) : replayer(std::move(all), options{}) {}
    replayer(recording all, options how) : state_(std::make_shared<state>()) {
        state_->how = how;
        state_->all = std::move(all);
        state_->is_used.resize(state_->all.size());
        for (const auto& recorded : state_->all) state_->recorded_names.learn(recorded.body);
        for (const auto& recorded : state_->all)
            state_->bodies.push_back(state_->recorded_names(recorded.body));
    }

    http_result operator()(const http_request& request) const {
        auto& s = *state_;
        s.mask.learn(request.headers);
        s.mask.learn(request.url);
        const auto masked = detail::masked_request(s.mask, request);
        const auto plain = detail::masked_request({}, request); // a test's key may be a word of its texts
        s.names.learn(plain.body);
        s.names.learn(masked.body);
        const std::array bodies{s.names(plain.body), s.names(masked.body)};
        std::size_t used = 0;
        const recorded_exchange* other = nullptr;
        for (std::size_t i = 0; i < s.all.size(); ++i) {
            const auto& recorded = s.all[i];
            if (recorded.method != masked.method || (recorded.url != plain.url && recorded.url != masked.url))
                continue;
            if (s.how.compare_bodies && s.bodies[i] != bodies[0] && s.bodies[i] != bodies[1]) {
                other = &recorded;
            } else if (s.is_used[i]) {
                ++used;
            } else {
                s.is_used[i] = true;
                return recorded.result;
            }
        }
        auto what = "not recorded: " + std::string{to_wire(masked.method)} + " " + masked.url;
        if (used != 0)
            what += "; its recorded responses (" + std::to_string(used) + ") were used already";
        else if (other != nullptr)
            what += " with the body " + excerpt(masked.body, other->body) + "; the recording has " +
                    excerpt(other->body, masked.body);
        return transport_error{delivery::not_sent, what + "; record the run again"};
    }

    /// `done` is called before this returns.
    void operator()(const http_request& request, const std::function<void(http_result)>& done) const {
        done((*this)(request));
    }

    /// Returns the exchanges that were not requested.
    recording left() const {
        recording rest;
        for (std::size_t i = 0; i < state_->all.size(); ++i)
            if (!state_->is_used[i]) rest.push_back(state_->all[i]);
        return rest;
    }

private:
    struct state {
        options how;
        recording all;
        std::vector<std::string> bodies; ///< of all exchanges, without generated names
        std::vector<bool> is_used;
        detail::secret_mask mask;
        detail::made_up_names recorded_names;
        detail::made_up_names names;
    };

    /// Returns the part of a long text where it differs.
    static std::string excerpt(const std::string& text, const std::string& other) {
        constexpr std::size_t before = 20;
        const auto differs =
            std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin();
        const auto at = static_cast<std::size_t>(differs);
        return (at > before ? "..." : "") +
               quoted(std::string_view{text}.substr(at > before ? at - before : 0));
    }

    /// Returns the beginning of the text, for a log.
    static std::string quoted(std::string_view text) {
        constexpr std::size_t most = 60;
        const auto is_inside = [&](std::size_t at) {
            return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
        };
        std::size_t begin = 0, end = (std::min)(most, text.size());
        while (is_inside(begin)) ++begin;
        while (end > begin && is_inside(end)) --end;
        std::string shown{text.substr((std::min)(begin, end), end - (std::min)(begin, end))};
        const bool is_text = character_count(shown).has_value();
        for (char& c : shown) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20 || byte == 0x7F || (byte > 0x7F && !is_text)) c = '?';
        }
        return '"' + shown + (end < text.size() ? "...\"" : "\"");
    }

    std::shared_ptr<state> state_;
};

} // namespace wan::executors
