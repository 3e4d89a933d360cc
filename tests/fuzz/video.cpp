// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Downloaded videos: whether all of one arrived.
#include "media_sources.hpp"
#include "services.hpp"
#include "targets.hpp"

#include <wan/video/video_check.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace fuzz {

void run_video(input in) {
    const auto cut = in.byte();
    const auto bytes = in.rest();
    const auto size = static_cast<std::uint64_t>(bytes.size());
    const auto at = static_cast<std::size_t>(cut) * bytes.size() / 256;
    const wan::borrowed_bytes memory{std::as_bytes(std::span{bytes})};
    for (const auto expected :
         {std::optional<std::uint64_t>{}, std::optional{size}, std::optional{size + 1}}) {
        const auto whole = wan::check_video(memory, expected);
        const auto file = wan::check_video(file_bytes{bytes, bytes.size()}, expected);
        require(whole.has_value() == file.has_value() && (!whole || whole->warning == file->warning),
                "a file is checked like its bytes in memory");
        // An MP4 that is whole by its boxes is whole, whatever was announced.
        require(!expected || *expected == size || !whole || (whole->is_mp4 && whole->warning.empty()),
                "a file of which bytes are missing is not kept");
        require(whole || !whole.error().message.empty(), "what is no video has a reason");
        require(!whole || wan::detail::is_utf8(whole->warning), "a warning is text");
    }
    if (const auto whole = wan::check_video(memory); whole && whole->warning.empty() && at < bytes.size()) {
        const auto part = std::as_bytes(std::span{bytes.substr(0, at)});
        const auto missing = wan::check_video(part, at, size);
        require(!missing, "the begin of a video is not the video");
        require(wan::check_video(part, size, size).has_value() || at < 8,
                "of a video that arrived as a whole the first bytes are enough");
    }
    (void)wan::check_video(file_bytes{bytes, at}, size);
}

} // namespace fuzz
