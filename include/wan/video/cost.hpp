// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Estimates the cost of a video from the caller's price table. The library has no prices, because they
/// change.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/request/resolution.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace wan::inline WAN_ABI {

/// The price of one second of video. Amounts are integers, in millionths of the currency's unit, so that sums
/// are exact: 0.20 CNY is 200'000.
struct price_row {
    std::string_view model;              ///< such as "wan2.7-i2v"; the model's dated versions cost the same
    std::optional<resolution> tier = {}; ///< unset: any tier
    std::optional<bool> sound = {};      ///< with or without sound; unset: either
    std::int64_t per_second = 0;         ///< millionths of the currency's unit; 0 or more
    std::string_view currency = {};      ///< "CNY"
};

/// The estimated cost of one video. Refers to the price table, which must outlive the estimate.
struct cost_estimate {
    std::int64_t amount = 0;        ///< millionths of the currency's unit
    std::string_view currency = {}; ///< as in `row`
    int seconds = 0;                ///< billed seconds; for a continuation, including those of the given clip
    /// Billed length of the clips in the request, if clips are also billed.
    std::chrono::milliseconds given = {};
    /// True if the video may cost more: the model chooses the length, or the length of a clip is unknown.
    bool is_lower_bound = false;
    const price_row* row = nullptr; ///< the row of the caller's table that applies
};

/// Formats the cost: "3.66962 CNY".
WAN_DECL std::string to_string(const cost_estimate& cost);

/// The properties of a video that decide its price.
struct billed_video {
    std::string_view model;               ///< the model; a view into the request or the dialect
    std::optional<resolution> tier;       ///< unset if unknown
    bool sound = false;                   ///< whether it has sound
    int seconds = 0;                      ///< billed seconds
    std::chrono::milliseconds given = {}; ///< billed length of given clips
    /// True if more may be billed: the model chooses the length, or the length of a clip is unknown.
    bool is_lower_bound = false;
};

/// Estimates the cost of a video with these properties, from the first row that matches. A model's row also
/// matches the model's dated versions. Fails with `not_found` if no row matches; the message names model,
/// tier and sound. Fails with `invalid_request` if the seconds or the row's price are negative, or if the
/// amount is too large. Takes time linear in the number of rows. See \ref prices.
WAN_DECL result<cost_estimate> estimate_cost(const billed_video& video, std::span<const price_row> prices);

/// Returns the billed properties of a request: what it sets, and the model's defaults for the rest. If the
/// request has a sound but `audio` is false, providers disagree about the price: a video with sound is
/// assumed. Fails with `invalid_request` if this provider's table does not know the model and the request
/// does not set the length of the video.
template <class Request>
result<billed_video> billed_video_of(const provider& provider, const Request& request);

/// Overload for a request whose job is known at run time.
template <class... Requests>
result<billed_video> billed_video_of(const provider& provider, const std::variant<Requests...>& request) {
    return std::visit([&](const auto& r) { return billed_video_of(provider, r); }, request);
}

/// Estimates the cost of the video that the request asks for. If the task fails, providers charge nothing.
/// Fails like the two functions above.
template <class Request>
result<cost_estimate> estimate_cost(const provider& provider, const Request& request,
                                    std::span<const price_row> prices) {
    const auto video = billed_video_of(provider, request);
    if (!video) return video.error();
    return estimate_cost(*video, prices);
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/cost.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
