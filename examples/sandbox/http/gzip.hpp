// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace sandbox {

/// Returns the text as a gzip file (RFC 1952).
inline std::string gzip(std::string_view text) {
    namespace zlib = boost::beast::zlib;
    constexpr char head[] = {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};
    zlib::deflate_stream deflate;
    std::string packed(deflate.upper_bound(text.size()) + 64, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = packed.data();
    z.avail_out = packed.size();
    boost::system::error_code ignored; // it reports the end of the stream
    deflate.write(z, zlib::Flush::finish, ignored);
    packed.resize(z.total_out);
    packed.insert(0, head, sizeof head);
    boost::crc_32_type sum;
    sum.process_bytes(text.data(), text.size());
    for (const auto number :
         {static_cast<std::uint32_t>(sum.checksum()), static_cast<std::uint32_t>(text.size())})
        for (unsigned shift = 0; shift < 32; shift += 8) packed += static_cast<char>(number >> shift & 0xFF);
    return packed;
}

} // namespace sandbox
