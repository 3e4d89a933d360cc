// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What shots cost, by a price table of the user's.
#pragma once

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/request/any_request.hpp>
#include <wan/video/cost.hpp>

#include <boost/json.hpp>

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Reads an amount of money with up to six decimals, such as "12" or "0.733924", in millionths.
std::optional<std::int64_t> read_amount(std::string_view text);

/// Returns the amount with at least two decimals: "0.60".
std::string amount_text(std::int64_t millionths);

/// What submits cost, as far as their prices are known.
struct known_cost {
    std::int64_t amount = 0; ///< millionths of the currency's unit
    std::string currency;
    bool is_lower_bound = false;
};

/// Returns the cost for a person: "at least 5.00 CNY".
std::string to_string(const known_cost& cost);
boost::json::object to_json(const known_cost& cost);

/// Returns why a shot is not submitted. `cost`: nothing if it is unknown.
wan::error max_cost_reached(std::optional<std::int64_t> cost, const std::string& currency, std::int64_t most);

class price_table {
public:
    /// Reads a JSON array with an object for each row: `model`, `per_second` ("0.60") and `currency`, and, if
    /// the price depends on them, `tier` ("720P") and `sound`. Fails with all mistakes, and if the rows have
    /// different currencies.
    static wan::result<price_table> read(const std::string& file);

    const std::string& currency() const noexcept { return currency_; }

    wan::result<wan::cost_estimate> cost_of(const wan::provider& who, const wan::any_request& request) const;

private:
    std::string currency_;
    std::list<std::string> models_; ///< the rows refer to them
    std::vector<wan::price_row> rows_;
};

} // namespace cli
