// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "decode.hpp"

#include "allocations.hpp"
#include "decode_peers.hpp"
#include "reply_keys.hpp"
#include "sample.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

namespace bench {
namespace {

wan::reply wan_reply(std::string_view text) { return wan::read_reply(text, wan::dashscope::api.reply).reply; }

struct boost_access {
    using object = boost::json::object;

    static const object* object_at(const object& in, const char* key) {
        const auto* at = in.if_contains(key);
        return at == nullptr ? nullptr : at->if_object();
    }
    static void read(const object& in, const char* key, std::string& target) {
        if (const auto* at = in.if_contains(key); at != nullptr && at->is_string())
            target.assign(at->get_string().data(), at->get_string().size());
    }
    static void read(const object& in, const char* key, std::optional<double>& target) {
        if (const auto* at = in.if_contains(key); at != nullptr && at->is_number())
            target = at->to_number<double>();
    }
};

wan::reply boost_reply(std::string_view text) {
    const auto parsed = boost::json::parse({text.data(), text.size()});
    return reply_of(parsed.as_object(), boost_access{});
}

wan::reply boost_stack_reply(std::string_view text) {
    unsigned char memory[4096];
    boost::json::monotonic_resource resource{memory};
    const auto parsed = boost::json::parse({text.data(), text.size()}, &resource);
    return reply_of(parsed.as_object(), boost_access{});
}

struct rapidjson_access {
    using object = rapidjson::Value;

    static const object* at(const object& in, const char* key) {
        const auto found = in.FindMember(key);
        return found == in.MemberEnd() ? nullptr : &found->value;
    }
    static const object* object_at(const object& in, const char* key) {
        const auto* found = at(in, key);
        return found != nullptr && found->IsObject() ? found : nullptr;
    }
    static void read(const object& in, const char* key, std::string& target) {
        if (const auto* found = at(in, key); found != nullptr && found->IsString())
            target.assign(found->GetString(), found->GetStringLength());
    }
    static void read(const object& in, const char* key, std::optional<double>& target) {
        if (const auto* found = at(in, key); found != nullptr && found->IsNumber())
            target = found->GetDouble();
    }
};

wan::reply rapidjson_reply(std::string_view text) {
    rapidjson::Document parsed;
    parsed.Parse(text.data(), text.size());
    return reply_of<rapidjson::Value>(parsed, rapidjson_access{});
}

struct nlohmann_access {
    using object = nlohmann::json;

    static const object* object_at(const object& in, const char* key) {
        const auto found = in.find(key);
        return found != in.end() && found->is_object() ? &*found : nullptr;
    }
    static void read(const object& in, const char* key, std::string& target) {
        if (const auto found = in.find(key); found != in.end() && found->is_string()) found->get_to(target);
    }
    static void read(const object& in, const char* key, std::optional<double>& target) {
        if (const auto found = in.find(key); found != in.end() && found->is_number())
            target = found->get<double>();
    }
};

wan::reply nlohmann_reply(std::string_view text) {
    return reply_of(nlohmann::json::parse(text), nlohmann_access{});
}

/// Accepts everything: what the parser of Boost.JSON needs by itself.
struct empty_handler {
    static constexpr auto max_object_size = static_cast<std::size_t>(-1);
    static constexpr auto max_array_size = static_cast<std::size_t>(-1);
    static constexpr auto max_key_size = static_cast<std::size_t>(-1);
    static constexpr auto max_string_size = static_cast<std::size_t>(-1);
    using error_code = boost::system::error_code;
    using view = boost::json::string_view;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return true; }
    bool on_object_end(std::size_t, error_code&) { return true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(view, std::size_t, error_code&) { return true; }
    bool on_key(view, std::size_t, error_code&) { return true; }
    bool on_string_part(view, std::size_t, error_code&) { return true; }
    bool on_string(view, std::size_t, error_code&) { return true; }
    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t, view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, view, error_code&) { return true; }
    bool on_double(double, view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }
};

wan::reply no_reply(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = wan::json::max_depth;
    boost::json::basic_parser<empty_handler> parser{options};
    boost::system::error_code failed;
    auto parsed = parser.write_some(false, text.data(), text.size(), failed);
    benchmark::DoNotOptimize(parsed);
    return {};
}

/// Copies the strings of the reply: no decoder does with less.
wan::reply copied_reply(std::string_view) {
    static const auto all = wan_reply(succeeded_reply);
    return all;
}

void decode(benchmark::State& state, decoder run) {
    auto text = succeeded_reply;
    const count_allocations counted{state};
    for (auto _ : state) {
        benchmark::DoNotOptimize(text);
        auto reply = run(text);
        benchmark::DoNotOptimize(reply);
        benchmark::ClobberMemory();
    }
}

BENCHMARK_CAPTURE(decode, wan, wan_reply)->Name("decode: wan")->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, floor, no_reply)
    ->Name("decode: Boost.JSON parser, nothing kept")
    ->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, copy, copied_reply)->Name("decode: a copy of the reply")->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, dom, boost_reply)->Name("decode: Boost.JSON DOM")->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, stack, boost_stack_reply)
    ->Name("decode: Boost.JSON DOM on the stack")
    ->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, rapidjson, rapidjson_reply)
    ->Name("decode: RapidJSON Document")
    ->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(decode, nlohmann, nlohmann_reply)->Name("decode: nlohmann")->MinTime(seconds_per_run);

const std::pair<const char*, decoder> optional_peers[] = {
    {"glaze", glaze_decoder()}, {"simdjson DOM", simdjson_decoder()}, {"reflect-cpp", reflectcpp_decoder()}};
[[maybe_unused]] const bool are_registered = [] {
    for (const auto& [who, run] : optional_peers)
        if (run != nullptr)
            benchmark::RegisterBenchmark((std::string{"decode: "} + who).c_str(), decode, run)
                ->MinTime(seconds_per_run);
    return true;
}();

constexpr std::string wan::reply::* texts[] = {
    &wan::reply::task_id,  &wan::reply::status,      &wan::reply::video_url,     &wan::reply::code,
    &wan::reply::message,  &wan::reply::request_id,  &wan::reply::submit_time,   &wan::reply::scheduled_time,
    &wan::reply::end_time, &wan::reply::orig_prompt, &wan::reply::actual_prompt, &wan::reply::video_ratio,
};

bool same(const wan::reply& a, const wan::reply& b) {
    for (const auto member : texts)
        if (a.*member != b.*member) return false;
    return a.video_duration == b.video_duration && a.video_count == b.video_count &&
           a.resolution == b.resolution;
}

} // namespace

bool decoders_agree() {
    const auto own = wan_reply(succeeded_reply);
    bool agree = own.status == "SUCCEEDED" && own.resolution == 480;
    if (!agree) std::fputs("decode: wan does not read the documented response\n", stderr);
    const std::pair<const char*, decoder> peers[] = {
        {"Boost.JSON", boost_reply},
        {"Boost.JSON on the stack", boost_stack_reply},
        {"RapidJSON", rapidjson_reply},
        {"nlohmann", nlohmann_reply},
    };
    const auto check = [&](const char* who, decoder read) {
        if (same(own, read(succeeded_reply))) return;
        std::fprintf(stderr, "decode: %s and wan read different values\n", who);
        agree = false;
    };
    for (const auto& [who, read] : peers) check(who, read);
    for (const auto& [who, read] : optional_peers)
        if (read != nullptr)
            check(who, read);
        else
            std::printf("decode: %s is not here\n", who);
    return agree;
}

std::size_t strings_on_the_heap() {
    const auto reply = wan_reply(succeeded_reply);
    std::size_t n = 0;
    for (const auto member : texts) n += (reply.*member).size() > std::string{}.capacity();
    return n;
}

} // namespace bench
