// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the library thinks of requests, for check.py: first a line with the schema of each job and model,
// then, for each line of the standard input, a line "ok", or the violations that refuse it.
#include <wan/model/catalog.hpp>
#include <wan/request/json.hpp>
#include <wan/validation/json_schema.hpp>
#include <wan/validation/validate.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

/// JSON in one line, without a parser: names of models need no escapes.
void print_schemas() {
    std::string line{"["};
    for (const auto& row : wan::dashscope_models)
        for (const auto& job : wan::wire_table<wan::job>)
            line.append(line.size() > 1 ? "," : "")
                .append("{\"job\":\"" + std::string{job.name} + "\",\"model\":\"" + std::string{row.model} +
                        "\",")
                .append("\"schema\":" + wan::json_schema(job.value, row) + "}");
    std::puts((line + "]").c_str());
}

std::string said(std::vector<wan::violation> found) {
    found.erase(std::remove_if(found.begin(), found.end(), [](const auto& v) { return !wan::is_error(v); }),
                found.end());
    std::string text;
    for (const auto& v : found) text.append(text.empty() ? "" : "; ").append(v.message);
    return text.empty() ? "ok" : text;
}

std::string judged(std::string_view line) {
    const auto request = wan::read_request(line);
    if (!request) return said(request.error().violations);
    return std::visit(
        [](const auto& r) {
            return said(wan::validate(r, {.model = r.model ? std::string_view{*r.model} : std::string_view{},
                                          .catalog = wan::dashscope_models}));
        },
        *request);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 1) {
        std::printf("Usage: wan-schema-judge < LINES\n\nPrints a line with the schema of each job and model, "
                    "then the result of validating each line.\n");
        return std::string_view{argv[1]} == "--help" ? 0 : 2;
    }
    print_schemas();
    for (std::string line; std::getline(std::cin, line);) std::puts(judged(line).c_str());
    return 0;
}
