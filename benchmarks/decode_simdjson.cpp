// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "decode_peers.hpp"

#ifdef WAN_BENCHMARK_SIMDJSON
#include "reply_keys.hpp"

#include <simdjson.h>

#include <cstring>
#include <optional>
#include <string>

namespace bench {
namespace {

struct simdjson_access {
    using object = simdjson::dom::object;

    /// The caller's object is used up before the next call.
    const object* object_at(const object& in, const char* key) {
        return in[key].get(found_) == simdjson::SUCCESS ? &found_ : nullptr;
    }
    static void read(const object& in, const char* key, std::string& target) {
        std::string_view text;
        if (in[key].get(text) == simdjson::SUCCESS) target.assign(text);
    }
    static void read(const object& in, const char* key, std::optional<double>& target) {
        double number = 0;
        if (in[key].get(number) == simdjson::SUCCESS) target = number;
    }

    object found_ = {};
};

} // namespace

decoder simdjson_decoder() noexcept {
    return [](std::string_view text) {
        // Both are reused, as its documents advise.
        static simdjson::dom::parser parser;
        static std::string padded;
        padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        padded.assign(text);
        simdjson::dom::object root;
        if (parser.parse(padded.data(), padded.size(), false).get(root) != simdjson::SUCCESS)
            return wan::reply{};
        return reply_of<simdjson::dom::object>(root, simdjson_access{});
    };
}

} // namespace bench
#else
bench::decoder bench::simdjson_decoder() noexcept { return nullptr; }
#endif
