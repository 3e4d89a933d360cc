// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The cost of a video by the caller's price table. The library has none: prices change.
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

/// The price of one second of video. Amounts are whole numbers of millionths of the currency's unit, 0.20 CNY
/// is 200'000: sums are exact.
struct price_row {
    std::string_view model;              ///< "wan2.7-i2v"; its dated versions cost the same
    std::optional<resolution> tier = {}; ///< unset: of every tier
    std::optional<bool> sound = {};      ///< with sound, without it; unset: either
    std::int64_t per_second = 0;         ///< millionths of the currency's unit; 0 or more
    std::string_view currency = {};      ///< "CNY"
};

/// What one video will cost. Refers to the price table, which must outlive it.
struct cost_estimate {
    std::int64_t amount = 0;        ///< millionths of the currency's unit
    std::string_view currency = {}; ///< as in `row`
    int seconds = 0;                ///< that are paid: of a continuation all of them, the given clip's too
    /// Of the clips that the request gives, where they are paid as well.
    std::chrono::milliseconds given = {};
    /// It may cost more: the model chooses the length, or that of a clip is not known.
    bool is_lower_bound = false;
    const price_row* row = nullptr; ///< the price that applies, in the caller's table
};

/// "3.66962 CNY"
WAN_DECL std::string to_string(const cost_estimate& cost);

/// What a row of the table is looked up by.
struct billed_video {
    std::string_view model;               ///< a view of the request's, or of the dialect's
    std::optional<resolution> tier;       ///< nothing if it is not known
    bool sound = false;                   ///< whether it has any
    int seconds = 0;                      ///< that are paid
    std::chrono::milliseconds given = {}; ///< of given clips that are paid as well
    /// They may be more: the model chooses the length, or that of a clip is not known.
    bool is_lower_bound = false;
};

/// What such a video costs, by the first row that fits; a model's row also fits its dated versions. Fails
/// with not_found, and names model, tier and sound, if none does; with invalid_request if the seconds are
/// negative, or the row's price is, or the amount is too large. Linear in the rows. See \ref prices.
WAN_DECL result<cost_estimate> estimate_cost(const billed_video& video, std::span<const price_row> prices);

/// What the request says, and what the model does where it says nothing. Where a sound is given and `audio`
/// is false, services disagree: sound is assumed. Fails with invalid_request if the model is none that this
/// provider's table knows and the request does not say how long the video is.
template <class Request>
result<billed_video> billed_video_of(const provider& provider, const Request& request);

/// The same, of a request whose job is known at run time.
template <class... Requests>
result<billed_video> billed_video_of(const provider& provider, const std::variant<Requests...>& request) {
    return std::visit([&](const auto& r) { return billed_video_of(provider, r); }, request);
}

/// What the video will cost if it is made; services take nothing for one that failed. Fails like the two
/// functions above.
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
