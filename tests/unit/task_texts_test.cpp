// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/task/detail/task_texts.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>

using wan::detail::task_texts;

TEST_SUITE_BEGIN("task");

TEST_CASE("texts of a task: each is what it was set to, whatever was set before and after") {
    constexpr task_texts::kind kinds[] = {task_texts::model, task_texts::task_id, task_texts::request_id,
                                          task_texts::status};
    std::mt19937 random{7};
    task_texts texts;
    std::array<std::string, 4> expected;
    for (int i = 0; i < 20'000; ++i) {
        const auto which = kinds[random() % 4];
        std::string text(random() % 5 == 0 ? 0 : random() % 40, static_cast<char>('a' + random() % 26));
        if (random() % 8 == 0) text += '\0';
        texts.set(which, text);
        expected[which] = std::move(text);
        for (const auto kind : kinds) REQUIRE(texts[kind] == expected[kind]);
    }
    const auto copy = texts;
    texts.set(task_texts::model, "another");
    for (const auto kind : kinds) CHECK(copy[kind] == expected[kind]);
    const auto moved = std::move(texts);
    CHECK(moved[task_texts::model] == "another");
    CHECK(moved[task_texts::status] == expected[task_texts::status]);
}

TEST_CASE("texts of a task: a text can be set to another one of them, or to its own part") {
    task_texts texts;
    CHECK(texts[task_texts::status].empty());
    texts.set(task_texts::status, "");
    texts.set(task_texts::model, "wan2.6-t2v");
    texts.set(task_texts::status, "PENDING");
    texts.set(task_texts::request_id, texts[task_texts::model]);
    texts.set(task_texts::model, texts[task_texts::status]);
    CHECK(texts[task_texts::model] == "PENDING");
    CHECK(texts[task_texts::request_id] == "wan2.6-t2v");
    texts.set(task_texts::request_id, texts[task_texts::request_id].substr(3, 3));
    CHECK(texts[task_texts::request_id] == "2.6");
    texts.set(task_texts::status, texts[task_texts::request_id]);
    CHECK(texts[task_texts::status] == "2.6");
    CHECK(texts[task_texts::model] == "PENDING");
}

TEST_SUITE_END();
