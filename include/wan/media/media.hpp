// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// An image, sound or clip that a request refers to.
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

/// The schemes of URLs that name a medium. `oss` is DashScope's own store, `data` holds the medium itself.
enum class url_scheme { http, https, oss, data };
BOOST_DESCRIBE_ENUM(url_scheme, http, https, oss, data)

/// How the bytes of a medium get to the service.
enum class media_transfer {
    /// Within the request where that is allowed and they are few (`dialect::inline_up_to`), else uploaded.
    automatic,
    inline_data, ///< within the request, as a `data:` URL
    upload,      ///< to the service's own store, before the request
};
BOOST_DESCRIBE_ENUM(media_transfer, automatic, inline_data, upload)

/// A medium by its URL: http, https, oss:// or, of an image, `data:image/...;base64,`; or by its bytes, which
/// are inspected before anything is sent, and become a URL on the way out. Copies share the bytes.
class media {
public:
    media() = default;
    /// By its URL, which `validate` checks.
    media(std::string url) noexcept : url_(std::move(url)) { tidy(); }
    /// By its URL.
    media(std::string_view url) : url_(url) { tidy(); }
    /// By its URL. Null is treated as empty.
    media(const char* url) : url_(url == nullptr ? "" : url) { tidy(); }

    /// Bytes that the host reads, from a file or an archive. `name` is that of the file: errors name it, and
    /// its ending is compared with what the bytes are. Null is treated as no bytes, which no request accepts.
    explicit media(std::shared_ptr<const byte_source> bytes, std::string name = {},
                   media_transfer transfer = media_transfer::automatic);

    /// Bytes in memory that the caller owns. They must outlive the submit: until the `task_id` is known, or
    /// the task has ended.
    static media borrowed(std::span<const std::byte> bytes, std::string name = {},
                          media_transfer transfer = media_transfer::automatic);
    /// Deleted: the span would dangle. Use `owned`.
    static media borrowed(std::vector<std::byte>&& bytes, std::string name = {},
                          media_transfer transfer = media_transfer::automatic) = delete;

    /// Bytes in memory that the medium keeps.
    static media owned(std::vector<std::byte> bytes, std::string name = {},
                       media_transfer transfer = media_transfer::automatic);

    /// Neither a URL nor bytes: a request with such a member is invalid.
    bool empty() const noexcept { return url_.empty() && bytes_ == nullptr; }
    /// Empty: it is given by its bytes.
    std::string_view url() const noexcept {
        return bytes_ == nullptr ? std::string_view{url_} : std::string_view{};
    }
    /// Of the file that the bytes are from.
    std::string_view name() const noexcept {
        return bytes_ == nullptr ? std::string_view{} : std::string_view{url_};
    }
    /// Null: it is given by its URL.
    const std::shared_ptr<const byte_source>& bytes() const noexcept { return bytes_; }
    media_transfer transfer() const noexcept { return transfer_; } ///< applies only to bytes

    /// The same URL, or the same `byte_source` object: bytes are not compared.
    friend bool operator==(const media&, const media&) = default;

private:
    /// `HTTPS:` is `https:` (RFC 3986, 3.1), but not every service reads it.
    void tidy() noexcept {
        for (const auto& row : wire_table<url_scheme>)
            if (detail::has_scheme(url_, row.name)) row.name.copy(url_.data(), row.name.size());
        detail::tidy_data_url(url_);
    }

    std::string url_; ///< or the name
    std::shared_ptr<const byte_source> bytes_;
    media_transfer transfer_ = media_transfer::automatic;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/media/impl/media.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
