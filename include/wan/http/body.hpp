// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The body of a request. Its size is known in advance, and it is read in chunks without being copied.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/base64.hpp>
#include <wan/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

class byte_source;

/// How a medium is encoded in a body.
enum class body_encoding { none, base64 };

/// Reports that a medium in a body could not be read to its end. Abort the request, so that the server never
/// sees a complete body.
struct unreadable_body {
    std::uint64_t position = 0; ///< position in the body, in bytes
};

/// Returns a message for the `transport_error` of an executor: the position, and what to do.
WAN_DECL std::string to_string(const unreadable_body& e);

/// Throws a `std::runtime_error` with the text `to_string(e)`. Called by `result::value()`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const unreadable_body& e);

/// The body of a request: text with media in between. It refers to the bytes of media and encodes them while
/// the body is read. Copies refer to the same bytes.
/// Thread safety: a value; const access from several threads is safe.
class http_body {
public:
    http_body() = default;
    /// Creates a body that consists of text.
    http_body(std::string text) noexcept : text_(std::move(text)) {}

    /// Appends a copy of the text.
    void append(std::string_view text) { (media_.empty() ? text_ : media_.back().text_after).append(text); }
    /// Appends a reference to the bytes, which must not be null. They are read when the body is read.
    void append(std::shared_ptr<const byte_source> bytes, body_encoding encoding) {
        media_.push_back({std::move(bytes), encoding, {}});
    }

    /// Returns the size in bytes, the value of Content-Length.
    std::uint64_t size() const noexcept;
    bool empty() const noexcept { return size() == 0; } ///< true for every GET

    /// Returns the whole body as one string, for executors that need a string; all media are then in memory
    /// at once. Fails if a medium cannot be read or if no string can be that large (4 GiB with 32-bit
    /// addresses). Never fails if the body contains no media.
    result<std::string, unreadable_body> flatten(base64_encoder encode = encode_base64) const;

    /// Calls `visit` with each part in order: a `std::string_view` for text, or the encoded size of a medium
    /// in bytes. Useful for displaying a body.
    template <class Visitor>
    void for_each_part(Visitor&& visit) const {
        visit(std::string_view{text_});
        for (const auto& m : media_) {
            visit(m.size());
            visit(std::string_view{m.text_after});
        }
    }

private:
    friend class http_body_reader;

    struct medium {
        std::shared_ptr<const byte_source> bytes;
        body_encoding encoding;
        std::string text_after;

        std::uint64_t size() const noexcept;
    };

    std::string text_;
    std::vector<medium> media_;
};

/// Reads a body in chunks. The reader refers to the body, which must outlive the reader.
/// Thread safety: distinct objects may be used from different threads; a shared object needs the caller's
/// lock.
/// \code
/// wan::http_body_reader reader{request.body};
/// for (auto n = reader.read(buffer); n && *n != 0; n = reader.read(buffer)) send(buffer, *n);
/// \endcode
class http_body_reader {
public:
    /// Starts at the first byte.
    explicit http_body_reader(const http_body& body, base64_encoder encode = encode_base64) noexcept
        : body_(&body), encode_(encode) {}
    /// Deleted: the reader would refer to a destroyed temporary.
    explicit http_body_reader(http_body&& body, base64_encoder encode = encode_base64) = delete;

    /// Writes the next bytes of the body to `buffer` and returns their number; 0 at the end. Fails if a
    /// medium cannot be read; abort the request in that case.
    result<std::size_t, unreadable_body> read(std::span<char> buffer) noexcept;

    /// Goes back to the first byte, for an executor that must start again before it has sent anything.
    void rewind() noexcept { part_ = 0, position_ = 0, before_ = 0; }

private:
    /// Text parts have even numbers, and media have odd numbers.
    bool is_text() const noexcept { return part_ % 2 == 0; }
    const std::string& text() const noexcept {
        return part_ == 0 ? body_->text_ : body_->media_[part_ / 2 - 1].text_after;
    }
    const http_body::medium& medium() const noexcept { return body_->media_[part_ / 2]; }
    std::uint64_t part_size() const noexcept { return is_text() ? text().size() : medium().size(); }

    std::size_t copy(std::span<char> to) const noexcept;
    std::size_t copy_base64(const byte_source& bytes, std::span<char> to) const noexcept;
    bool encode_groups(const byte_source& bytes, std::uint64_t offset, std::span<char> to) const noexcept;

    const http_body* body_;
    base64_encoder encode_;
    std::size_t part_ = 0;
    std::uint64_t position_ = 0;        ///< position in the part
    std::uint64_t part_began_with_ = 0; ///< the part's size when its first byte was read; must not change
    std::uint64_t before_ = 0;          ///< position in the body
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/body.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
