// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Requests as JSON texts, and the HTTP requests that are made of them.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/url.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/request/json.hpp>
#include <wan/validation/strictness.hpp>

#include <boost/json/parse.hpp>

#include <string>

namespace fuzz {

namespace {

void check_round_trip(const wan::any_request& request) {
    const auto text = wan::to_json(request);
    require(text.has_value(), "what was read as JSON can be written as JSON",
            text ? std::string{} : to_string(text.error()));
    const auto again = wan::read_request(*text);
    require(again.has_value(), "a written request can be read", *text);
    require(wan::job_in(*again) == wan::job_in(request), "a request keeps its job", *text);
    const auto rewritten = wan::to_json(*again);
    require(rewritten && *rewritten == *text, "a request that is read again is equal", *text);
}

/// Whatever the limits say, what is sent is JSON, and the key is in one header alone.
void check_submit(const wan::provider& provider, const wan::any_request& request, bool names_key) {
    const auto http = wan::make_submit(provider, request, wan::strictness::off);
    if (!http) {
        require(!http.error().violations.empty() || !http.error().message.empty(), "a refusal has a reason");
        require(names_key || !has_key(to_string(http.error())), "a refusal has no key");
        return;
    }
    const auto body = http->body.flatten();
    require(body && body->size() == http->body.size(), "a body has the size that it announces");
    boost::system::error_code failed;
    const boost::json::parse_options deep{.max_depth =
                                              1024}; // the caller's own members may be nested deeper than 32
    (void)boost::json::parse(*body, failed, {}, deep);
    require(!failed, "a body is JSON", *body);
    require(names_key || (!has_key(*body) && !has_key(http->url)), "the key is in no body and no URL");
    require(wan::is_same_origin(provider.base_url, http->url), "the key goes to its own origin", http->url);
    for (const auto& h : http->headers)
        require(h.value.find_first_of("\r\n") == std::string::npos && (h.sensitive || !has_key(h.value)),
                "a header is one line, and a secret one is marked", h.name);
}

} // namespace

void run_request(input in) {
    const auto& provider = provider_of(in);
    const auto text = in.rest();
    std::string id;
    const auto request = wan::read_request(text, {{"id", &id}});
    if (!request) {
        require(!request.error().violations.empty(), "a text that is no request has violations");
        require(request.error().violations.size() <= 101, "a report is bounded");
        return;
    }
    require(wan::detail::is_utf8(id), "the caller's own members are text");
    check_round_trip(*request);
    check_submit(provider, *request, has_key(text) || text.find('\\') != text.npos);
}

} // namespace fuzz
