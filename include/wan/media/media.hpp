// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// An image, sound or clip of a request, given as a URL or as bytes.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/text.hpp>
#include <wan/media/detail/data_url.hpp>
#include <wan/wire_name.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

class byte_source;

/// The URL schemes of media. `oss` is DashScope's object store; `data` contains the medium itself.
enum class url_scheme { http, https, oss, data };
BOOST_DESCRIBE_ENUM(url_scheme, http, https, oss, data)

/// How the bytes of a medium are sent to the provider.
enum class media_transfer {
    /// Within the request, if the provider accepts this and the medium is an image that is small
    /// (`dialect::inline_up_to`) or cannot be uploaded; otherwise by an upload.
    automatic,
    inline_data, ///< within the request, as a `data:` URL
    upload,      ///< uploaded to the provider's object store, before the request
};
BOOST_DESCRIBE_ENUM(media_transfer, automatic, inline_data, upload)

/// A medium, given as a URL or as bytes. A URL begins with `http:`, `https:`, `oss:` or, for an image,
/// `data:image/...;base64,`. Bytes are inspected before anything is sent; they are then inlined as a `data:`
/// URL or uploaded. Copies share the bytes.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::keyframe_to_video shot{
///     .first_frame_url = wan::media::owned(std::move(png), "first.png"),
///     .last_frame_url = "https://example.com/last.png",
/// };
/// \endcode
class media {
public:
    media() = default;
    /// Creates a medium from its URL; `validate` checks the URL.
    media(std::string url) noexcept : url_(std::move(url)) { tidy(); }
    /// Creates a medium from its URL.
    media(std::string_view url) : url_(url) { tidy(); }
    /// Creates a medium from its URL. Null is treated as empty.
    media(const char* url) : url_(url == nullptr ? "" : url) { tidy(); }

    /// Creates a medium from bytes that the host reads, for example from a file or an archive. `name` is the
    /// file name: error messages contain it, and its extension is compared with the format of the bytes. Null
    /// is treated as a source without bytes, which is invalid in every request.
    explicit media(std::shared_ptr<const byte_source> bytes, std::string name = {},
                   media_transfer transfer = media_transfer::automatic);

    /// Creates a medium from bytes in memory that the caller owns. The bytes must outlive the submit: keep
    /// them until the `task_id` is known or the task has ended.
    static media borrowed(std::span<const std::byte> bytes, std::string name = {},
                          media_transfer transfer = media_transfer::automatic);
    /// Deleted: the span would dangle. Use `owned`.
    static media borrowed(std::vector<std::byte>&& bytes, std::string name = {},
                          media_transfer transfer = media_transfer::automatic) = delete;

    /// Creates a medium that owns its bytes, in memory.
    static media owned(std::vector<std::byte> bytes, std::string name = {},
                       media_transfer transfer = media_transfer::automatic);

    /// Returns true if the medium has neither a URL nor bytes. A request with such a member is invalid.
    bool empty() const noexcept { return url_.empty() && bytes_ == nullptr; }
    /// Returns the URL; empty if the medium is given as bytes.
    std::string_view url() const noexcept {
        return bytes_ == nullptr ? std::string_view{url_} : std::string_view{};
    }
    /// Returns the file name of the bytes; empty if the medium is given as a URL.
    std::string_view name() const noexcept {
        return bytes_ == nullptr ? std::string_view{} : std::string_view{url_};
    }
    /// Returns the bytes; null if the medium is given as a URL.
    const std::shared_ptr<const byte_source>& bytes() const noexcept { return bytes_; }
    media_transfer transfer() const noexcept { return transfer_; } ///< has no effect on a URL

    /// Equal if both have the same URL or the same `byte_source` object. The bytes are not compared.
    friend bool operator==(const media&, const media&) = default;

private:
    /// Writes the scheme in lower case: schemes are case-insensitive (RFC 3986, 3.1), but not every provider
    /// accepts `HTTPS:`.
    void tidy() noexcept {
        for (const auto& row : wire_table<url_scheme>)
            if (detail::has_scheme(url_, row.name)) row.name.copy(url_.data(), row.name.size());
        detail::tidy_data_url(url_);
    }

    std::string url_; ///< the URL, or the name of the bytes
    std::shared_ptr<const byte_source> bytes_;
    media_transfer transfer_ = media_transfer::automatic;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/media/impl/media.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
