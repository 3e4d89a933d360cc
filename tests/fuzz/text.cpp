// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Texts that come from outside: repaired, shown, escaped and redacted.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/detail/content_coding.hpp>
#include <wan/http/detail/xml_text.hpp>
#include <wan/json/detail/repair_text.hpp>
#include <wan/json/write.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/redact_key.hpp>
#include <wan/utf8.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace fuzz {

namespace {

void check_repaired(std::string_view text) {
    const auto repaired = wan::detail::repaired_text(text);
    const auto& whole = repaired ? std::string_view{*repaired} : text;
    require(wan::detail::is_utf8(whole), "a repaired text is UTF-8");
    require(!wan::detail::repaired_text(whole), "a repaired text is whole");
    require(wan::detail::is_utf8(text) == wan::character_count(text).has_value(),
            "the quick check says what counting says");
    require(!repaired || wan::detail::is_repaired(*repaired), "what was repaired shows it");
}

void check_printable(std::string_view text, std::size_t most) {
    const auto shown = wan::printable(text, most);
    require(wan::detail::is_utf8(shown), "a shown text is UTF-8");
    require(std::none_of(shown.begin(), shown.end(), wan::detail::is_control),
            "a shown text has no controls");
    require(wan::character_count(shown).value_or(0) <= most * 4 + 3, "a shown text is short");
    require(wan::printable(shown, shown.size()) == shown, "what is shown can be shown again");
}

/// Whatever is written as a JSON string is read as it was.
void check_escaped(std::string_view text) {
    if (!wan::detail::is_utf8(text)) return;
    const auto json = '"' + wan::json::escaped(text) + '"';
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(json, failed);
    require(!failed && parsed.is_string(), "an escaped text is a JSON string", json);
    const auto& back = parsed.get_string();
    require(std::string_view{back.data(), back.size()} == text, "an escaped text is read as it was", json);
}

/// The key, as it is and as JSON may spell it, also twice, also cut.
void check_redacted(std::string_view text) {
    std::string hidden{text};
    wan::detail::hide_key(wan::api_key{key}, hidden);
    require(!has_key(hidden), "a redacted text has no key", hidden);
    const auto json = '"' + hidden + '"';
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(json, failed);
    if (!failed && parsed.is_string())
        require(!has_key({parsed.get_string().data(), parsed.get_string().size()}),
                "a redacted JSON string has no key", hidden);
    auto again = hidden;
    wan::detail::hide_key(wan::api_key{key}, again);
    require(again == hidden, "a redacted text is redacted", hidden);
}

void check_xml(std::string_view text) {
    for (const auto* element : {"Code", "Message"}) {
        const auto shown = wan::detail::xml_text(text, element);
        require(wan::detail::is_utf8(shown) &&
                    std::none_of(shown.begin(), shown.end(), wan::detail::is_control),
                "the text of an element is printable");
    }
}

} // namespace

void run_text(input in) {
    const auto most = in.byte();
    const auto text = in.rest();
    check_repaired(text);
    check_printable(text, most);
    check_escaped(text);
    check_redacted(text);
    check_xml(text);
    const wan::http_response response{.headers = {{"Content-Encoding", "gzip"}}, .body = std::string{text}};
    require(wan::detail::undecoded(response).empty() || !wan::detail::is_utf8(text) ||
                std::any_of(text.begin(), text.end(), wan::detail::is_control),
            "what can be read was decoded");
}

} // namespace fuzz
