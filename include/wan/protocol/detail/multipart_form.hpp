// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The parts of a multipart/form-data body (RFC 7578).
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/hash_text.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Writes the texts around the bytes of a file. Names and values must fit a form: see `fits_a_form`.
class multipart_form {
public:
    /// Makes the boundary from two numbers. No file may contain the boundary.
    multipart_form(std::uint64_t first, std::uint64_t second)
        : boundary_("wan-client-" + show_hash(first) + show_hash(second)) {}

    std::string content_type() const { return "multipart/form-data; boundary=" + boundary_; }

    std::string field(std::string_view name, std::string_view value) const {
        return begin(name).append("\r\n\r\n").append(value).append("\r\n");
    }

    std::string begin_file(std::string_view name, std::string_view type) const {
        return begin("file")
            .append("; filename=\"")
            .append(name)
            .append("\"\r\nContent-Type: ")
            .append(type)
            .append("\r\n\r\n");
    }

    /// Returns the text that ends the form after the file, which is its last field.
    std::string end_file() const { return "\r\n--" + boundary_ + "--\r\n"; }

private:
    std::string begin(std::string_view name) const {
        return ("--" + boundary_ + "\r\nContent-Disposition: form-data; name=\"").append(name).append("\"");
    }

    std::string boundary_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
