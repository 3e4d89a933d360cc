// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/prices.hpp"

#include "cli/options.hpp"

#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

namespace cli {

namespace {

namespace json = boost::json;

constexpr std::int64_t million = 1'000'000;

std::optional<std::int64_t> read_amount(const json::value& value) {
    if (value.is_string()) return cli::read_amount(std::string_view{value.get_string()});
    boost::system::error_code failed;
    const auto number = value.to_number<double>(failed);
    constexpr double most = 1e12;
    const auto amount = std::round(number * million);
    // No binary number is exactly 0.60.
    if (failed || number < 0 || number > most || std::abs(number * million - amount) > 0.01)
        return std::nullopt;
    return static_cast<std::int64_t>(amount);
}

const json::string* text_in(const json::object& row, std::string_view name) {
    const auto* value = row.if_contains(name);
    return value != nullptr ? value->if_string() : nullptr;
}

} // namespace

std::optional<std::int64_t> read_amount(std::string_view text) {
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    auto part = point == std::string_view::npos ? std::string{} : std::string{text.substr(point + 1)};
    if (whole.empty() || whole.size() > 12 || part.size() > 6 ||
        (point != std::string_view::npos && part.empty()))
        return std::nullopt;
    part.resize(6, '0');
    std::int64_t units = 0, millionths = 0;
    const auto is_number = [](std::string_view digits, std::int64_t& number) {
        if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
        return std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{};
    };
    if (!is_number(whole, units) || !is_number(part, millionths)) return std::nullopt;
    return units * million + millionths;
}

std::string amount_text(std::int64_t millionths) {
    auto part = std::to_string(million + millionths % million).substr(1);
    while (part.size() > 2 && part.back() == '0') part.pop_back();
    return std::to_string(millionths / million) + "." + part;
}

std::string to_string(const known_cost& cost) {
    if (cost.is_lower_bound && cost.amount == 0) return "an unknown amount";
    return std::string{cost.is_lower_bound ? "at least " : ""} + amount_text(cost.amount) + " " +
           wan::printable(cost.currency, 20);
}

json::object to_json(const known_cost& cost) {
    return {{"amount", amount_text(cost.amount)},
            {"currency", cost.currency},
            {"is_lower_bound", cost.is_lower_bound}};
}

wan::error max_cost_reached(std::optional<std::int64_t> cost, const std::string& currency,
                            std::int64_t most) {
    const auto why = cost ? "it costs " + amount_text(*cost) + " " + currency +
                                ", and all shots together would cost over " + amount_text(most) +
                                "; give a higher --max-cost"
                          : std::string{"its cost is not known; give --prices a row for its model"};
    return {.category = wan::error_category::billing, .message = "--max-cost: not submitted: " + why};
}

wan::result<price_table> price_table::read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return bad_option("--prices: cannot read " + wan::quoted(file) + "; give a file that exists");
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    boost::system::error_code failed;
    const auto parsed = json::parse(text, failed);
    const auto* const rows = failed ? nullptr : parsed.if_array();
    if (rows == nullptr)
        return bad_option(
            "--prices: " + wan::quoted(file) +
            (failed ? " is not JSON: " + failed.message() : " is not a JSON array") +
            "; write [{\"model\": \"wan2.7-i2v\", \"tier\": \"720P\", \"per_second\": \"0.60\", "
            "\"currency\": \"CNY\"}]");
    price_table table;
    std::vector<wan::violation> mistakes;
    std::size_t number = 0;
    const auto wrong = [&](const std::string& what) {
        const auto message =
            "--prices: row " + std::to_string(number) + " of " + wan::quoted(file) + ": " + what;
        mistakes.push_back({.field = "prices",
                            .rule = wan::rule::type,
                            .severity = wan::severity::error,
                            .message = message});
    };
    for (const auto& each : *rows) {
        ++number;
        const auto* const row = each.if_object();
        if (row == nullptr) {
            wrong("not an object");
            continue;
        }
        for (const auto& member : *row) {
            constexpr std::string_view known[] = {"model", "tier", "sound", "per_second", "currency"};
            if (std::find(std::begin(known), std::end(known), member.key()) == std::end(known))
                wrong("unknown member " + wan::quoted(member.key()) +
                      "; the members are model, tier, sound, per_second and currency");
        }
        const auto* const model = text_in(*row, "model");
        const auto* const currency = text_in(*row, "currency");
        const auto* const price = row->if_contains("per_second");
        const auto amount = price != nullptr ? read_amount(*price) : std::nullopt;
        if (model == nullptr || model->empty()) wrong("model: required, a text");
        if (currency == nullptr || currency->empty()) wrong("currency: required, a text such as \"CNY\"");
        if (!amount) wrong("per_second: required, an amount with at most 6 decimals, such as \"0.60\"");
        if (currency != nullptr && table.currency_.empty()) table.currency_ = *currency;
        if (currency != nullptr && table.currency_ != std::string_view{*currency})
            wrong("currency: " + wan::quoted(std::string_view{*currency}) + ", but the rows before have " +
                  wan::quoted(table.currency_) + "; give all rows the same");
        wan::price_row priced;
        if (const auto* tier = row->if_contains("tier")) {
            if (tier->is_string())
                priced.tier = wan::from_wire<wan::resolution>(std::string_view{tier->get_string()});
            if (!priced.tier)
                wrong("tier: expects \"480P\", \"720P\" or \"1080P\", got " +
                      wan::printable(json::serialize(*tier), 50));
        }
        if (const auto* sound = row->if_contains("sound")) {
            if (sound->is_bool())
                priced.sound = sound->get_bool();
            else
                wrong("sound: expects true or false");
        }
        if (model == nullptr || !amount) continue;
        priced.model = table.models_.emplace_back(std::string_view{*model});
        priced.per_second = *amount;
        table.rows_.push_back(priced);
    }
    if (!mistakes.empty()) return wan::refusal(std::move(mistakes));
    return table;
}

wan::result<wan::cost_estimate> price_table::cost_of(const wan::provider& who,
                                                     const wan::any_request& request) const {
    const auto video = wan::billed_video_of(who, request);
    if (!video) return video.error();
    return wan::estimate_cost(*video, rows_);
}

} // namespace cli
