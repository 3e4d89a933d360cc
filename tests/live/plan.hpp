// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What is asked of a live service: the cheapest request of each job that it offers.
#pragma once

#include <wan/wan.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace live {

/// Addresses that the service itself fetches from.
struct media_urls {
    // The images of DashScope's own guides.
    std::string first_frame = "https://wanx.alicdn.com/material/20250318/first_frame.png";
    std::string last_frame = "https://wanx.alicdn.com/material/20250318/last_frame.png";
    std::string clip = {}; ///< of 2 to 4 seconds; without one no video is continued: the guides have none
};

using any_request = std::variant<wan::keyframe_to_video, wan::image_to_video, wan::video_continuation>;

struct planned_request {
    any_request request;
    std::optional<wan::cost_estimate> cost = {}; ///< nothing where price unknown
};

// The snapshot of docs/prices.md, by region. Yuan per second of video, in millionths.
inline constexpr wan::price_row beijing_prices[] = {
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p480, .per_second = 100'000, .currency = "CNY"},
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p720, .per_second = 200'000, .currency = "CNY"},
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p1080, .per_second = 480'000, .currency = "CNY"},
    {.model = "wanx2.1-kf2v-plus", .tier = wan::resolution::p720, .per_second = 700'000, .currency = "CNY"},
    {.model = "wan2.2-i2v-flash", .tier = wan::resolution::p480, .per_second = 100'000, .currency = "CNY"},
    {.model = "wan2.2-i2v-flash", .tier = wan::resolution::p720, .per_second = 200'000, .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = false,
     .per_second = 150'000,
     .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = true,
     .per_second = 300'000,
     .currency = "CNY"},
    {.model = "wan2.7-i2v", .tier = wan::resolution::p720, .per_second = 600'000, .currency = "CNY"},
    {.model = "wan2.6-i2v", .tier = wan::resolution::p720, .per_second = 600'000, .currency = "CNY"},
};
inline constexpr wan::price_row singapore_prices[] = {
    {.model = "wan2.1-kf2v-plus", .tier = wan::resolution::p720, .per_second = 733'924, .currency = "CNY"},
    {.model = "wan2.2-i2v-flash", .tier = wan::resolution::p480, .per_second = 110'089, .currency = "CNY"},
    {.model = "wan2.2-i2v-flash", .tier = wan::resolution::p720, .per_second = 264'213, .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = false,
     .per_second = 183'481,
     .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = true,
     .per_second = 366'962,
     .currency = "CNY"},
    {.model = "wan2.7-i2v", .tier = wan::resolution::p720, .per_second = 733'924, .currency = "CNY"},
    {.model = "wan2.6-i2v", .tier = wan::resolution::p720, .per_second = 733'924, .currency = "CNY"},
};
inline constexpr wan::price_row virginia_prices[] = {
    {.model = "wan2.6-i2v-us", .tier = wan::resolution::p720, .per_second = 733'924, .currency = "CNY"},
    {.model = "wan2.6-i2v", .tier = wan::resolution::p720, .per_second = 600'000, .currency = "CNY"},
};

/// Empty where price unknown.
inline std::span<const wan::price_row> prices_at(const wan::provider& who) {
    if (who.dialect != &wan::dashscope::api) return {};
    switch (who.region) {
    case wan::region::singapore: return singapore_prices;
    case wan::region::virginia: return virginia_prices;
    case wan::region::beijing: return beijing_prices;
    default: return {};
    }
}

namespace detail {

inline void set_media(wan::keyframe_to_video& asked, const media_urls& urls) {
    asked.first_frame_url = urls.first_frame;
    asked.last_frame_url = urls.last_frame;
}
inline void set_media(wan::image_to_video& asked, const media_urls& urls) {
    asked.image_url = urls.first_frame;
}
inline void set_media(wan::video_continuation& asked, const media_urls& urls) {
    asked.first_clip_url = urls.clip;
}

inline void set_sound(wan::image_to_video& asked, const wan::model_limits& limits) {
    if (limits.audio.offered()) asked.audio = false; // which costs less, where that can be said
}
inline void set_sound(auto&, const wan::model_limits&) {}

inline std::optional<wan::resolution> lowest(const wan::resolution_limit& limit) {
    for (const auto tier : {wan::resolution::p480, wan::resolution::p720, wan::resolution::p1080})
        if (limit.tiers.contains(tier)) return tier;
    return std::nullopt;
}

template <class Request>
Request cheapest_of_model(const wan::model_limits& limits, const media_urls& urls) {
    Request asked;
    asked.model = std::string{limits.model};
    asked.prompt = "A calm walk along the beach.";
    asked.resolution = lowest(limits.resolution);
    set_media(asked, urls);
    set_sound(asked, limits);
    // A clip counts: the shortest continuation would have no room for it.
    const bool has_clip = wan::job_of<Request>::value == wan::job::video_continuation;
    if (limits.duration.offered() && limits.duration.min != limits.duration.max)
        asked.duration = has_clip ? limits.duration.default_seconds : limits.duration.min;
    return asked;
}

/// The cheapest whose price is known; where none is, the shortest of the smallest frames.
template <class Request>
std::optional<planned_request> cheapest(const wan::provider& who, const media_urls& urls) {
    constexpr auto job = wan::job_of<Request>::value;
    const auto rank = [](const planned_request& p) {
        const auto& asked = std::get<Request>(p.request);
        return std::tuple{!p.cost, p.cost ? p.cost->amount : 0,
                          asked.resolution.value_or(wan::resolution::p1080), asked.duration.value_or(5)};
    };
    std::optional<planned_request> best;
    for (const auto& limits : who.dialect->models) {
        const bool is_here = who.region == wan::region::unknown || limits.regions.bits == 0 ||
                             limits.regions.contains(who.region);
        if (!limits.jobs.contains(job) || !is_here) continue;
        planned_request one{cheapest_of_model<Request>(limits, urls)};
        if (const auto cost = wan::estimate_cost(who, std::get<Request>(one.request), prices_at(who)))
            one.cost = *cost;
        if (!best || rank(one) < rank(*best)) best = std::move(one);
    }
    return best;
}

} // namespace detail

/// In the order of the jobs.
inline std::vector<planned_request> plan(const wan::provider& who, const media_urls& urls) {
    std::vector<planned_request> all;
    const auto add = [&](std::optional<planned_request> one, bool has_routes) {
        if (one && has_routes) all.push_back(*std::move(one));
    };
    const auto has_routes = [&]<class Request>(std::type_identity<Request>) {
        return !wan::routes_of<Request>(who).routes.empty();
    };
    add(detail::cheapest<wan::keyframe_to_video>(who, urls),
        has_routes(std::type_identity<wan::keyframe_to_video>{}));
    add(detail::cheapest<wan::image_to_video>(who, urls),
        has_routes(std::type_identity<wan::image_to_video>{}));
    if (!urls.clip.empty())
        add(detail::cheapest<wan::video_continuation>(who, urls),
            has_routes(std::type_identity<wan::video_continuation>{}));
    return all;
}

/// "keyframe_to_video with wan2.2-kf2v-flash, 480P, 5 s: 0.50 CNY"
inline std::string to_string(const planned_request& p) {
    return std::visit(
        [&]<class Request>(const Request& asked) {
            std::string line{wan::to_wire(wan::job_of<Request>::value)};
            line.append(" with ").append(*asked.model);
            if (asked.resolution) line.append(", ").append(wan::to_wire(*asked.resolution));
            if (asked.duration) line.append(", ").append(std::to_string(*asked.duration)).append(" s");
            return line.append(": ").append(p.cost ? to_string(*p.cost) : "price unknown");
        },
        p.request);
}

} // namespace live
