// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The body of a request: its size is known before the first byte, and it is pulled, not copied.
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

/// How bytes stand in a body.
enum class body_encoding { none, base64 };

/// A medium in a body could not be read to its announced end. Nothing may be sent on: the request must not
/// become whole.
struct unreadable_body {
    std::uint64_t position = 0; ///< in the body
};

/// What `value()` does when a medium could not be read: throws a `std::runtime_error` that says so.
[[noreturn]] WAN_DECL void throw_exception_from_error(const unreadable_body& e);

/// The body of a request: text, and the bytes of media between its parts. Those are not held but referred to,
/// and encoded while they are pulled. Copies refer to the same bytes.
class http_body {
public:
    http_body() = default;
    /// Text alone.
    http_body(std::string text) noexcept : text_(std::move(text)) {}

    /// Copies the text to the end.
    void append(std::string_view text) { (media_.empty() ? text_ : media_.back().text_after).append(text); }
    /// Refers to the bytes, which must not be null; they are read when the body is.
    void append(std::shared_ptr<const byte_source> bytes, body_encoding encoding) {
        media_.push_back({std::move(bytes), encoding, {}});
    }

    /// The value of Content-Length.
    std::uint64_t size() const noexcept;
    bool empty() const noexcept { return size() == 0; } ///< as of every GET

    /// The whole body in one string, for executors that want no less. Holds all media at once. Fails if one
    /// of them cannot be read, or if the body is larger than any string can be (4 GiB where addresses have 32
    /// bits); without media it does not fail.
    result<std::string, unreadable_body> flatten(base64_encoder encode = encode_base64) const;

    /// Calls `visit` with each part in turn: a `std::string_view`, or the size of a medium as it stands in
    /// the body. For those who show a body.
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

/// Pulls a body piece by piece. Refers to the body, which must outlive it.
class http_body_reader {
public:
    /// At the first byte.
    explicit http_body_reader(const http_body& body, base64_encoder encode = encode_base64) noexcept
        : body_(&body), encode_(encode) {}
    /// Of a temporary nothing would stay.
    explicit http_body_reader(http_body&& body, base64_encoder encode = encode_base64) = delete;

    /// Fills `buffer` from the front and returns how many bytes that were; 0 at the end. Fails if a medium
    /// cannot be read: abort the request then.
    result<std::size_t, unreadable_body> read(std::span<char> buffer) noexcept;

    /// Back to the first byte, for an executor that must start again before anything was sent.
    void rewind() noexcept { part_ = 0, position_ = 0, before_ = 0; }

private:
    /// Text stands at the even places, media at the odd ones.
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
    std::uint64_t position_ = 0;        ///< in the part
    std::uint64_t part_began_with_ = 0; ///< its size then, which must stay
    std::uint64_t before_ = 0;          ///< in the body
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/body.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
