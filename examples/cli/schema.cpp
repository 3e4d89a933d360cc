// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "schema.hpp"

#include "cli/output/report.hpp"
#include "providers.hpp"

#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/provider/routes.hpp>
#include <wan/request/job.hpp>
#include <wan/validation/json_schema.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

namespace cli {

namespace {

namespace json = boost::json;

constexpr const char* batch_name = "batch";

std::string command_name(wan::job job) {
    std::string name{wan::to_wire(job)};
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string default_model(const wan::provider& who, wan::job job) {
#define CLI_JOB(name)                                                                                        \
    if (job == wan::job::name) return std::string{wan::routes_of<wan::name>(who).default_model};
    WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB
    return {};
}

/// Returns the schema of a job. Media may be any text, because this program also accepts files.
json::object schema_of(wan::job job, const wan::model_limits& row) {
    const wan::media_support any_text{.schemes = {}};
    return json::parse(wan::json_schema(job, row, any_text)).as_object();
}

/// Returns the condition of a row's schema: the line names the job and the model, or no model if the row's is
/// the default.
json::object asks_for(wan::job job, const json::value& model, bool is_default) {
    json::object members{{"job", {{"const", std::string{wan::to_wire(job)}}}}};
    auto name = model.as_object();
    name.erase("description");
    if (!is_default) name["type"] = "string";
    members["model"] = std::move(name);
    json::array needed{"job"};
    if (!is_default) needed.push_back("model");
    return {{"properties", std::move(members)}, {"required", std::move(needed)}};
}

/// Returns the schema of a line of `wan batch`. An unknown model accepts everything, because it only causes
/// warnings.
json::object schema_of_lines(const wan::provider& who) {
    json::array jobs, rules;
    const json::object id{
        {"type", "string"}, {"minLength", 1}, {"description", "Name of the shot and of its video"}};
    for (const auto& job : wan::wire_table<wan::job>) {
        jobs.push_back(json::string(job.name));
        for (const auto& row : wan::models_of(who)) {
            if (!row.jobs.contains(job.value)) continue;
            auto request = schema_of(job.value, row);
            for (const auto* name : {"$schema", "title"}) request.erase(name);
            auto& members = request["properties"].as_object();
            members["id"] = json::object{};
            rules.push_back(
                {{"if", asks_for(job.value, members["model"], default_model(who, job.value) == row.model)},
                 {"then", std::move(request)}});
        }
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "a line of a wan batch file"},
            {"type", "object"},
            {"properties", {{"id", id}, {"job", {{"enum", std::move(jobs)}}}}},
            {"required", {"id", "job"}},
            {"allOf", std::move(rules)}};
}

int refuse(std::string message) {
    return print(refusal({.category = wan::error_category::invalid_request, .message = std::move(message)}),
                 false, false);
}

} // namespace

std::vector<std::string> schema_names() {
    std::vector<std::string> names;
    for (const auto& job : wan::wire_table<wan::job>) names.push_back(command_name(job.value));
    names.emplace_back(batch_name);
    return names;
}

int schema(const schema_options& options) {
    const auto who = find_provider(options.provider, options.wait);
    if (!who) return print(refusal(who.error()), false, false);
    json::object shown;
    if (options.what == batch_name) {
        if (options.model)
            return refuse("--model cannot be used with `batch`: each line names its own model");
        shown = schema_of_lines(*who);
    }
    for (const auto& job : wan::wire_table<wan::job>) {
        if (command_name(job.value) != options.what) continue;
        const auto model = options.model.value_or(default_model(*who, job.value));
        if (model.empty())
            return refuse(options.what +
                          ": the provider has no default model for this job; choose one with --model");
        const auto* const row = wan::find_model(wan::models_of(*who), model);
        if (row == nullptr)
            return refuse("--model " + wan::printable(model) +
                          " has no known limits; `wan models` lists the known models");
        shown = schema_of(job.value, *row);
    }
    std::printf("%s\n", json::serialize(shown).c_str());
    return 0;
}

} // namespace cli
