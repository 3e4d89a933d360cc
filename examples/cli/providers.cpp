// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/providers.hpp"

#include "catalog_file.hpp"

#include <wan/http/url.hpp>
#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/sinancode.hpp>
#include <wan/provider/validate.hpp>
#include <wan/provider/yutoai.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

namespace cli {

namespace {

struct provider_row {
    const char* name;
    const wan::dialect* dialect;
    const char* base_url; ///< null: --base-url is required
    wan::region region;
    const char* key_variable;
};

constexpr provider_row providers[] = {
    {"dashscope-singapore", &wan::dashscope::api, "https://dashscope-intl.aliyuncs.com/api/v1",
     wan::region::singapore, "DASHSCOPE_API_KEY"},
    {"dashscope-beijing", &wan::dashscope::api, "https://dashscope.aliyuncs.com/api/v1", wan::region::beijing,
     "DASHSCOPE_API_KEY"},
    {"dashscope-virginia", &wan::dashscope::api, "https://dashscope-us.aliyuncs.com/api/v1",
     wan::region::virginia, "DASHSCOPE_API_KEY"},
    {"dashscope", &wan::dashscope::api, nullptr, wan::region::unknown, "DASHSCOPE_API_KEY"},
    {"sinancode", &wan::sinancode::api, "https://api.sinancode.com/v1", wan::region::unknown,
     "SINANCODE_API_KEY"},
    {"yutoai", &wan::yutoai::api, nullptr, wan::region::unknown, "YUTOAI_API_KEY"},
    {"jiekou", &wan::jiekou::api, "https://api.jiekou.ai", wan::region::unknown, "JIEKOU_API_KEY"},
    {"novita", &wan::novita::api, "https://api.novita.ai", wan::region::unknown, "NOVITA_API_KEY"},
    {"ppio", &wan::ppio::api, "https://api.ppio.com", wan::region::unknown, "PPIO_API_KEY"},
};

bool is_on_this_machine(const std::string& base_url) {
    const auto url = wan::parse_url(base_url);
    return url && wan::is_loopback(url->host);
}

const provider_row* row_named(const std::optional<std::string>& name) {
    for (const auto& row : providers)
        if (name == row.name) return &row;
    return nullptr;
}

bool offers_from(const provider_row& row, std::span<const wan::model_limits> catalog) {
    return row.dialect->models.data() == catalog.data();
}

const provider_row* row_of(const wan::dialect& dialect) {
    for (const auto& row : providers)
        if (row.dialect == &dialect) return &row;
    return nullptr;
}

/// Returns the row with that address; otherwise the row of the same dialect that accepts any address.
const provider_row& row_at(const wan::provider& who) {
    const auto* found = row_of(*who.dialect);
    for (const auto& row : providers) {
        if (row.dialect != who.dialect) continue;
        if (row.base_url == nullptr)
            found = &row;
        else if (who.base_url == row.base_url)
            return row;
    }
    return *found;
}

/// Returns the names of the dialects of the rows, each once, with any number of regions.
template <class IsWanted>
std::string dialect_names(IsWanted is_wanted) {
    std::string names;
    std::string_view last;
    for (const auto& row : providers) {
        if (!is_wanted(row) || row.dialect->name == last) continue;
        last = row.dialect->name;
        names.append(names.empty() ? "" : ", ").append(last);
    }
    return names;
}

std::string services_of(std::span<const wan::model_limits> catalog) {
    return dialect_names([&](const provider_row& row) { return offers_from(row, catalog); });
}

std::string key_variable(const wan::provider& who, const wait_options& options) {
    return options.api_key_env.value_or(row_of(*who.dialect)->key_variable);
}

/// Returns the variable of the key. A sandbox on this machine accepts any key, so the variable of DashScope
/// is enough there; elsewhere each provider gets its own key.
std::string used_key_variable(const wan::provider& who, const wait_options& options) {
    auto variable = key_variable(who, options);
    const bool stands_in =
        std::getenv(variable.c_str()) == nullptr && !options.api_key_env && is_on_this_machine(who.base_url);
    return stands_in ? "DASHSCOPE_API_KEY" : variable;
}

wan::api_key key_for(const wan::provider& who, const wait_options& options) {
    return std::getenv(used_key_variable(who, options).c_str());
}

wan::result<wan::provider> made(const wan::dialect& dialect, std::string base_url, wan::region region,
                                const wait_options& options) {
    if (&dialect == &wan::yutoai::api) base_url = wan::yutoai::at(std::move(base_url), {}).base_url;
    wan::provider who{.dialect = &dialect, .base_url = std::move(base_url), .key = {}, .region = region};
    who.key = key_for(who, options);
    if (options.catalog) {
        auto catalog = load_catalog(*options.catalog, dialect.models);
        if (!catalog) return std::move(catalog).error();
        who.catalog = *std::move(catalog);
    }
    return who;
}

bool is_known_host(const wan::dialect& dialect, const std::string& base_url) {
    for (const auto& row : providers)
        if (row.dialect == &dialect && row.base_url != nullptr && base_url == row.base_url) return true;
    return &dialect == &wan::dashscope::api && wan::dashscope::region_at(base_url) != wan::region::unknown;
}

} // namespace

std::vector<std::string> provider_names() {
    std::vector<std::string> names;
    for (const auto& row : providers) names.emplace_back(row.name);
    return names;
}

std::vector<offer> offers(const std::optional<std::string>& name) {
    const auto* const wanted = row_named(name);
    std::vector<offer> all;
    for (const auto catalog : wan::all_models) {
        if (wanted != nullptr && !offers_from(*wanted, catalog)) continue;
        auto& there = all.emplace_back(offer{services_of(catalog), {}}).models;
        std::copy_if(catalog.begin(), catalog.end(), std::back_inserter(there),
                     [wanted](const wan::model_limits& m) {
                         return wanted == nullptr || wanted->region == wan::region::unknown ||
                                m.regions.contains(wanted->region);
                     });
    }
    return all;
}

wan::result<wan::provider> find_provider(const std::optional<std::string>& name,
                                         const wait_options& options) {
    const auto* row = row_named(name);
    if (row == nullptr) row = &providers[0];
    if (!options.base_url && row->base_url == nullptr)
        return wan::error{.category = wan::error_category::invalid_request,
                          .message = "--provider " + std::string{row->name} +
                                     " has no default address; give one with --base-url"};
    if (!options.base_url) return made(*row->dialect, row->base_url, row->region, options);
    // A known host determines the region; for another host, the provider's name does, if it was given.
    auto region = wan::dashscope::region_at(*options.base_url);
    if (region == wan::region::unknown && name) region = row->region;
    return made(*row->dialect, *options.base_url, region, options);
}

wan::result<wan::provider> provider_of(const wan::resume_token& token, const wait_options& options) {
    const auto bad = [](std::string message) {
        return wan::error{.category = wan::error_category::token,
                          .message = "resume token: " + std::move(message)};
    };
    const wan::dialect* dialect = nullptr;
    for (const auto& row : providers)
        if (row.dialect->name == token.dialect) dialect = row.dialect;
    if (dialect == nullptr)
        return bad("unknown dialect " + wan::quoted(token.dialect) + "; wan knows " +
                   dialect_names([](const provider_row&) { return true; }) +
                   "; resume with the program that saved it");
    const auto asked = options.base_url ? made(*dialect, *options.base_url, wan::region::unknown, options)
                                        : wan::result<wan::provider>{wan::provider{}};
    if (!asked) return asked.error();
    const bool is_given = options.base_url && asked->base_url == token.base_url;
    if (options.base_url && !is_given)
        return bad("the task is at " + wan::printable(token.base_url, 200) + ", not at " +
                   wan::printable(asked->base_url, 200) +
                   "; give that address as --base-url, or leave the option out");
    if (!is_known_host(*dialect, token.base_url) && !is_on_this_machine(token.base_url) && !is_given)
        return bad("the task is at " + wan::printable(token.base_url, 200) +
                   ", which is not a known host of the provider; to send the API key there, add --base-url "
                   "with that address");
    return made(*dialect, token.base_url, wan::region::unknown, options);
}

namespace {

/// Returns the options of the provider, its address and its key, each with a space before it.
std::string provider_options(const wan::provider& who, const wait_options& options) {
    const auto& row = row_at(who);
    std::string all;
    if (&row != &providers[0]) all.append(" --provider ").append(row.name);
    if (row.base_url == nullptr || row.base_url != who.base_url)
        all += " --base-url " + shell_word(who.base_url);
    if (options.api_key_env) all += " --api-key-env " + *options.api_key_env;
    return all;
}

} // namespace

std::string list_command(const wan::provider& who, const wait_options& options) {
    return who.dialect->list.offered() ? "wan list" + provider_options(who, options) : std::string{};
}

std::string query_command(const wan::provider& who, const wait_options& options, std::string_view task_id) {
    return "wan query " + std::string{task_id.starts_with('-') ? "-- " : ""} + shell_word(task_id) +
           provider_options(who, options);
}

std::string about_the_key(const wan::error& why, const wan::provider& who, const wait_options& options) {
    if (why.category != wan::error_category::authentication) return {};
    auto text = "the API key from the environment variable " + used_key_variable(who, options) +
                " (use --api-key-env to name another) was sent to " + wan::printable(who.base_url, 200);
    if (who.dialect == &wan::dashscope::api)
        text += "; keys of other regions are rejected there: choose the region of the key with --provider";
    return text;
}

std::vector<wan::violation> check(const wan::provider& who, const wait_options& options) {
    auto found = wan::validate(who);
    for (auto& v : found)
        if (v.field == "api_key") v.message += "; set the environment variable " + key_variable(who, options);
    return found;
}

} // namespace cli
