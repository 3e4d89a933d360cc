// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The services' own samples, and equality as JSON.
#pragma once

#include "support/doctest.hpp"
#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace support {

inline std::string read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    REQUIRE_MESSAGE(in.is_open(), path);
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline std::string golden(std::string_view name) {
    return read_file(std::string{WAN_SOURCE_DIR "/tests/golden/"}.append(name));
}

inline boost::json::value parse_json(const std::string& text) {
    boost::system::error_code ec;
    auto value = boost::json::parse(text, ec);
    REQUIRE_MESSAGE(!ec, text);
    return value;
}

inline bool equal_as_json(const std::string& a, const std::string& b) {
    return parse_json(a) == parse_json(b);
}

} // namespace support
