// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/media/inspect.hpp>
#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/job.hpp>
#include <wan/video/cost.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline bool fits(const price_row& row, const billed_video& video) noexcept {
    const bool is_its_model =
        row.model == video.model ||
        (ends_with_a_date(video.model) && row.model == video.model.substr(0, video.model.size() - 11));
    return is_its_model && (!row.tier || row.tier == video.tier) && (!row.sound || *row.sound == video.sound);
}

/// Returns the cost of fewer than 1000 milliseconds, rounded up.
constexpr std::int64_t part_of(std::int64_t per_second, std::int64_t milliseconds_left) noexcept {
    return per_second / 1000 * milliseconds_left + (per_second % 1000 * milliseconds_left + 999) / 1000;
}

inline error no_price(const billed_video& video) {
    std::string what = "the price table has no row for " + printable(video.model);
    if (video.tier) what.append(" at ").append(to_wire(*video.tier));
    return {.category = error_category::not_found,
            .message = what.append(video.sound ? ", with sound; add one" : ", without sound; add one")};
}

} // namespace detail

namespace detail {

/// Returns the length of a clip that is billed in addition to the video. Returns nothing if the length is
/// unknown.
inline std::optional<std::chrono::milliseconds> length_of(const media& clip) {
    if (clip.bytes() == nullptr) return std::nullopt;
    const auto info = inspect_clip(*clip.bytes());
    return info ? std::optional{info->duration} : std::nullopt;
}

/// Adds up the billed lengths of a request's clips; see each job's `duration`.
class given_clips {
public:
    template <class Request>
    explicit given_clips(const Request& request) {
        constexpr bool is_edit = std::is_same_v<Request, video_edit>;
        if constexpr (is_edit) add(request.video_url);
        constexpr bool has_references = requires { request.references; };
        if constexpr (has_references)
            for (const auto& each : request.references)
                if (each.type == reference_type::reference_video) add(each.url);
    }

    std::chrono::milliseconds sum{};
    bool is_known = true;

private:
    void add(const media& clip) {
        const auto length = length_of(clip);
        is_known = is_known && length.has_value();
        sum += length.value_or(std::chrono::milliseconds{});
    }
};

/// Returns the length of the video that the request asks for. The length of an edited video does not change.
template <class Request>
int seconds_of(const Request& request, const model_limits* row, const given_clips& given) {
    constexpr bool is_edit = std::is_same_v<Request, video_edit>;
    const int asked = request.duration ? *request.duration : is_edit ? 0 : row->duration.if_unset();
    if (is_edit && asked == 0)
        return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(given.sum).count());
    return asked;
}

} // namespace detail

template <class Request>
result<billed_video> billed_video_of(const provider& provider, const Request& request) {
    if (provider.dialect == nullptr) return refusal(validate(provider));
    billed_video video{.model = model_of(provider, request), .tier = request.resolution};
    const auto* const row = find_model(models_of(provider), video.model);
    constexpr bool may_be_unset = std::is_same_v<Request, video_edit>;
    if (row == nullptr && !request.duration && !may_be_unset)
        return error{.category = error_category::invalid_request,
                     .message = "duration: not set, and the default of " + printable(video.model) +
                                " is not known; set it"};
    const detail::given_clips given{request};
    video.seconds = detail::seconds_of(request, row, given);
    video.is_lower_bound = !given.is_known;
    if (row != nullptr && row->duration.model_may_choose && video.seconds == model_chooses) {
        video.seconds = row->duration.min;
        video.is_lower_bound = true;
    }
    video.given = given.sum;
    if (!video.tier && row != nullptr && row->resolution.offered()) video.tier = row->resolution.if_unset();
    video.sound = row != nullptr && row->makes_sound;
    constexpr bool has_audio = requires { request.audio; }, has_sound = requires { request.audio_url; };
    if constexpr (has_audio)
        if (request.audio) video.sound = *request.audio;
    if constexpr (has_sound) video.sound = video.sound || (request.audio && request.audio_url);
    return video;
}

WAN_DECL std::string to_string(const cost_estimate& cost) {
    constexpr std::int64_t unit = 1'000'000;
    auto fraction = std::to_string(unit + cost.amount % unit).substr(1);
    while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
    return std::to_string(cost.amount / unit)
        .append(1, '.')
        .append(fraction)
        .append(1, ' ')
        .append(cost.currency);
}

WAN_DECL result<cost_estimate> estimate_cost(const billed_video& video, std::span<const price_row> prices) {
    const auto refused = [](std::string why) {
        return error{.category = error_category::invalid_request, .message = std::move(why)};
    };
    if (video.seconds < 0)
        return refused("duration: " + std::to_string(video.seconds) + " seconds; it must not be negative");
    for (const auto& row : prices) {
        if (!detail::fits(row, video)) continue;
        const auto whole = video.seconds + video.given.count() / 1000, rest = video.given.count() % 1000;
        const bool is_price =
            row.per_second >= 0 &&
            (whole + rest == 0 ||
             row.per_second <= (std::numeric_limits<std::int64_t>::max)() / (whole + (rest != 0)));
        if (!is_price)
            return refused(
                "the price table's row for " + printable(row.model) +
                " has an invalid price: " + std::to_string(row.per_second) +
                "; use 0 or more millionths of the currency per second, small enough for the total");
        return cost_estimate{.amount = row.per_second * whole + detail::part_of(row.per_second, rest),
                             .currency = row.currency,
                             .seconds = video.seconds,
                             .given = video.given,
                             .is_lower_bound = video.is_lower_bound,
                             .row = &row};
    }
    return detail::no_price(video);
}

} // namespace wan::inline WAN_ABI
