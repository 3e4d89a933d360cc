// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/json/read.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("json: read");

namespace json = wan::json;

namespace {

/// What a text holds at a pointer, as text.
std::string text_at(const std::string& text, std::string_view pointer) {
    std::string value = "(not there)";
    const json::pick pick[] = {{pointer, &value}};
    REQUIRE(json::read(text, pick));
    return value;
}

std::optional<double> number_at(const std::string& text, std::string_view pointer) {
    std::optional<double> value;
    const json::pick pick[] = {{pointer, nullptr, &value}};
    REQUIRE(json::read(text, pick));
    return value;
}

} // namespace

TEST_CASE("values are found by JSON pointer, unknown ones ignored") {
    const std::string text =
        R"({"x":[{"y":1},{"y":{"z":"deep"}}],"a/b":{"c~d":"escaped"},"":"empty key","n":null})";
    CHECK(text_at(text, "/x/1/y/z") == "deep");
    CHECK(text_at(text, "/a~1b/c~0d") == "escaped");
    CHECK(text_at(text, "/") == "empty key");
    CHECK(text_at(text, "/x/0/y") == "1");
    CHECK(text_at(text, "/n") == "(not there)");
    CHECK(text_at(text, "/x/2") == "(not there)");
    CHECK(text_at("\"root\"", "") == "root");
}

TEST_CASE("a key that looks like a path is not one") {
    CHECK(text_at(R"({"output/task_id":"spoofed"})", "/output/task_id") == "(not there)");
}

TEST_CASE("elements of arrays are counted, also when they are escaped or empty") {
    CHECK(text_at(R"(["\u00e9a","b",[],{},"\n","last"])", "/5") == "last");
    CHECK(text_at(R"(["\u00e9a","b"])", "/0") == "éa");
}

TEST_CASE("numbers come as integer, fraction or string") {
    for (const char* text :
         {R"({"n":480})", R"({"n":480.0})", R"({"n":"480"})", R"({"n":"4.8e2"})", R"({"n":4.8e2})"})
        CHECK_MESSAGE(number_at(text, "/n") == 480.0, text);
    CHECK(number_at(R"({"n":18446744073709551615})", "/n") == doctest::Approx(1.8446744073709552e19));
    for (const char* text : {R"({"n":"many"})", R"({"n":""})", R"({"n":"480P"})", R"({"n":"\"480\""})",
                             R"({"n":" 480"})", R"({"n":"1e999"})", R"({"n":true})", R"({"n":[480]})"})
        CHECK_MESSAGE(!number_at(text, "/n"), text);
    CHECK(text_at(R"({"code":429})", "/code") == "429");
}

TEST_CASE("of several places the first in the list counts, wherever it stands in the text") {
    for (const char* text : {R"({"a":"first","b":"second"})", R"({"b":"second","a":"first"})"}) {
        std::string value;
        const json::pick picks[] = {{"/a", &value}, {"/b", &value}};
        REQUIRE(json::read(text, picks));
        CHECK(value == "first");
    }
    std::string value;
    const json::pick picks[] = {{"/a", &value}, {"/b", &value}};
    for (const char* text :
         {R"({"a":"","b":"second"})", R"({"b":"second","a":null})", R"({"b":"second","a":""})"}) {
        CAPTURE(std::string{text});
        value.clear();
        REQUIRE(json::read(text, picks));
        CHECK(value == "second");
    }
}

TEST_CASE("of a key that stands twice the last value counts") {
    CHECK(text_at(R"({"a":"1","a":"2"})", "/a") == "2");
}

TEST_CASE("a text that is no JSON is an error that says where") {
    std::string value;
    const json::pick picks[] = {{"/a", &value}};
    for (const char* bad :
         {"", " ", "<html>", "{", R"({"a":1)", R"({"a":1}x)", R"({"a":"\x"})", "{\"a\":\"\xFF\"}", "nul"}) {
        CAPTURE(std::string{bad});
        const auto read = json::read(bad, picks);
        REQUIRE_FALSE(read);
        CHECK(read.error().category == wan::error_category::protocol);
        CHECK(read.error().message.find("at byte") != std::string::npos);
    }
}

TEST_CASE("depth is bounded") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(json::read(nested(json::max_depth), {}));
    CHECK_FALSE(json::read(nested(json::max_depth + 1), {}));
    const auto deep = json::read(nested(10'000), {});
    REQUIRE_FALSE(deep);
    CHECK(deep.error().message.find("too deep") != std::string::npos);
    std::string objects;
    for (int i = 0; i < 10'000; ++i) objects += R"({"a":)";
    CHECK_FALSE(json::read(objects, {}));
}

TEST_CASE("the name of a member is compared as it is read, in the pointer as in the text") {
    const std::string nothing = text_at("{}", "/a");
    CHECK(text_at(R"({"a/b":{"~":{"":"found"}}})", "/a~1b/~0/") == "found");
    CHECK(text_at(R"({"\u0061\/b":{"\u007e":{"":"found"}}})", "/a~1b/~0/") == "found");
    CHECK(text_at(R"({"a~1b":"other"})", "/a~1b") == nothing);
    CHECK(text_at(R"({"a~2":"other"})", "/a~2") == nothing); // no escape of RFC 6901
    CHECK(text_at(R"({"0":"member"})", "/0") == "member");
    CHECK(text_at(R"(["element"])", "/0") == "element");
    CHECK(text_at(R"(["element"])", "/00") == nothing);
    const std::string name(128, 'n');
    CHECK(text_at(R"({")" + name + R"(":"found"})", "/" + name) == "found");
    CHECK(text_at(R"({"\u006e)" + name.substr(1) + R"(":"found"})", "/" + name) == "found");
    CHECK(text_at(R"({"\u006e)" + name + R"(":"other"})", "/" + name) == nothing);
}

TEST_CASE("as many different places as there are nodes are found, and further ones match nothing") {
    // 53 objects with two members each: 159 nodes, and the root.
    std::vector<std::string> pointers;
    std::string text = "{";
    for (int i = 0; i < 53; ++i) {
        const auto name = std::string("o").append(std::to_string(i));
        pointers.push_back(std::string("/").append(name).append("/x"));
        if (i < 11) pointers.push_back(std::string("/").append(name).append("/y"));
        text.append(i == 0 ? "\"" : ",\"").append(name).append(R"(":{"x":"1","y":"2"})");
    }
    text += "}";
    REQUIRE(pointers.size() == json::max_picks);
    std::vector<std::string> values(pointers.size());
    std::vector<json::pick> picks;
    for (std::size_t i = 0; i < pointers.size(); ++i) picks.push_back({pointers[i], &values[i]});
    REQUIRE(json::read(text, picks));
    for (std::size_t i = 0; i < pointers.size(); ++i)
        CHECK_MESSAGE(values[i] == (pointers[i].ends_with('x') ? "1" : "2"), pointers[i]);

    std::string deep;
    for (std::size_t i = 0; i < json::max_nodes; ++i) deep += "/n";
    std::string value, other;
    const json::pick too_many[] = {{deep, &value}, {"/a", &other}};
    REQUIRE(json::read(R"({"a":"not found"})", too_many));
    CHECK(other.empty());
}

TEST_CASE("a long key or a long path is passed over and does no harm") {
    const std::string key(5000, 'k');
    CHECK(text_at(R"({")" + key + R"(":{"x":"inside","y":["z"]},"a":"found"})", "/a") == "found");
    CHECK(text_at(R"({"a":"found",")" + key + R"(":1})", "/a") == "found");
    CHECK(text_at(R"({")" + std::string(1 << 20, '/') + R"(":1,"a":"found"})", "/a") == "found");
}

TEST_CASE("every prefix of a text is read or refused, never more") {
    const std::string text = R"({"a":["\u00e9\ud83c\udfac",1.5e3,-0,true,null,{"b/c":[[]]}],"":"x"} )";
    std::string value;
    const json::pick picks[] = {{"/a/0", &value}, {"/", &value}};
    for (std::size_t n = 0; n + 1 < text.size(); ++n)
        CHECK_FALSE_MESSAGE(json::read(std::string_view{text}.substr(0, n), picks), n);
    CHECK(json::read(text, picks));
}
