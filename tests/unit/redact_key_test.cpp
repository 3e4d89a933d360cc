// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/protocol/redact_key.hpp>

#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("redact_key");

namespace {

const wan::api_key key{"sk-abc/defgh1234567890"};

std::string redacted(std::string text) {
    wan::redact_key(key, text);
    return text;
}

} // namespace

TEST_CASE("a text keeps all but the key") {
    CHECK(redacted("nothing to hide") == "nothing to hide");
    CHECK(redacted("Bearer sk-abc/defgh1234567890!") == "Bearer ***!");
    CHECK(redacted(R"({"key":"sk-abc\/defgh1234567890"})") == R"({"key":"***"})");
    CHECK(redacted("the key sk-abc/def...") == "the key ***...");
}

TEST_CASE("what a service sent is redacted as a whole, but for ids") {
    wan::error why{.message = "sk-abc/defgh1234567890 is wrong", .task_id = "sk-abc/defgh1234567890"};
    wan::redact_key(key, why);
    CHECK(why.message == "*** is wrong");
    CHECK(why.task_id == "sk-abc/defgh1234567890");
    std::vector<wan::listed_task> tasks(2);
    tasks[1].status = "sk-abc/defgh1234567890";
    wan::redact_key(key, tasks);
    CHECK(tasks[1].status == "***");
    std::optional<wan::error> none;
    wan::redact_key(key, none);
    CHECK_FALSE(none);
}
