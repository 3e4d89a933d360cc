// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The bodies that DashScope's documents ask for: one request at least of each model that makes videos from a
// text, of references, or by editing, and of Wan 3 in each of its forms.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/json.hpp>

#include <boost/json/serialize.hpp>

#include <set>
#include <sstream>
#include <string>
#include <variant>

TEST_CASE("every request of the documents goes out as they have it") {
    const auto who = wan::dashscope::at("https://dashscope.example.com/api/v1", "sk-test");
    std::istringstream lines{support::golden("dashscope-bodies.jsonl")};
    std::set<std::string> models;
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        const auto golden = support::parse_json(line).as_object();
        const auto request = wan::read_request(boost::json::serialize(golden.at("request")));
        REQUIRE(request);
        std::visit(
            [&](const auto& r) {
                for (const auto& v : wan::validate(who, r)) CHECK_MESSAGE(!is_error(v), v.message);
                const auto submit = wan::make_submit(who, r);
                REQUIRE(submit);
                CHECK(support::parse_json(*submit->body.flatten()) == golden.at("body"));
                models.insert(*r.model);
            },
            *request);
    }
    CHECK(models.size() == 22);
}
