// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/frames.hpp"

#include "sandbox/base64.hpp"
#include "sandbox/media/card.hpp"
#include "sandbox/media/near.hpp"
#include "sandbox/media/sizes.hpp"
#include "sandbox/media/subprocess.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds image_time{30};

std::string format_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "png_pipe";
    if (bytes.starts_with("\xff\xd8\xff"sv)) return "jpeg_pipe";
    if (bytes.starts_with("BM"sv)) return "bmp_pipe";
    if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return "webp_pipe";
    return {};
}

outcome no_image() {
    return failure("InvalidImageFormat", "The input image is in invalid format, or the file is damaged. "
                                         "Supported are JPEG, PNG (without alpha channel), BMP and WEBP.");
}

std::optional<std::string> bytes_of_data_url(std::string_view url) {
    const auto comma = url.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto head = url.substr(0, comma);
    if (!head.starts_with("data:image/") || !head.ends_with(";base64")) return std::nullopt;
    return base64_decoded(url.substr(comma + 1));
}

struct probed_image {
    wan::frame_size size = {};
    bool has_alpha = false;
};

/// Decodes the whole image: only that detects truncated or damaged images.
std::optional<probed_image> probed(const fs::path& file, const std::string& format,
                                   const std::stop_token& stop) {
    const auto probe =
        run_program({"ffprobe", "-v", "error", "-err_detect", "explode", "-protocol_whitelist", "file", "-f",
                     format, "-select_streams", "v:0", "-read_intervals", "%+#1", "-show_entries",
                     "frame=width,height,pix_fmt", "-of", "csv=p=0:s=x", "file:" + file.string()},
                    file.parent_path(), image_time, stop);
    probed_image image;
    char pixels[32] = {};
    const bool read = probe.ok && std::sscanf(probe.output.c_str(), "%ux%ux%31[a-z0-9]", &image.size.width,
                                              &image.size.height, pixels) == 3;
    if (!read || image.size.width == 0 || image.size.height == 0) return std::nullopt;
    const std::string_view layout{pixels};
    for (const std::string_view mark : {"rgba", "ya", "yuva", "argb", "bgra", "abgr", "gbrap"})
        image.has_alpha = image.has_alpha || layout.starts_with(mark);
    return image;
}

std::optional<outcome> size_failure(wan::frame_size size, const wan::image_limit& limit) {
    const auto& [least, most] = limit.side;
    if (!sides_fit(size, limit.side))
        return failure(
            "InvalidImageResolution",
            "The input image resolution is too large or small: width and height must each be between " +
                std::to_string(least) + " and " + std::to_string(most) + " pixels.");
    if (!ratio_fits(size, limit.max_ratio)) return wrong_ratio(limit.max_ratio);
    return std::nullopt;
}

std::variant<frame, outcome> saved(std::string_view bytes, const fs::path& file,
                                   const wan::image_limit& limit, const std::stop_token& stop) {
    if (bytes.size() > limit.max_bytes) return too_large("image", limit.max_bytes);
    auto format = format_of(bytes);
    if (format.empty()) return no_image();
    errno = 0;
    std::ofstream out(file, std::ios::binary);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush())
        return internal_failure("store the frame", std::strerror(errno));
    const auto image = probed(file, format, stop);
    // The documents disallow an alpha channel only in PNGs.
    if (!image || (image->has_alpha && format == "png_pipe")) return no_image();
    if (auto failed = size_failure(image->size, limit)) return *std::move(failed);
    return frame{.file = file, .format = std::move(format), .size = image->size};
}

std::variant<frame, outcome> card(std::string_view title, std::string_view text, std::string_view colour,
                                  const fs::path& file, const std::stop_token& stop) {
    const card_order order{.title = title,
                           .url = text,
                           .colour = colour,
                           .output = {"-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"}};
    if (const auto drawn = draw_card(order, file, stop); !drawn.ok)
        return internal_failure("draw a card", drawn.output);
    return frame{.file = file, .format = "png_pipe", .size = card_size};
}

} // namespace

std::variant<frame, outcome> obtain_frame(std::string_view url, frame_role role,
                                          const wan::image_limit& limit, const uploaded_files& uploads,
                                          const fs::path& directory, const std::stop_token& stop) {
    const auto file = directory / (role == frame_role::first ? "first" : "last");
    if (url.starts_with("data:")) {
        const auto bytes = bytes_of_data_url(url);
        return bytes ? saved(*bytes, file, limit, stop) : no_image();
    }
    const auto fetched = fetch_from_near(url, uploads, limit.max_bytes, stop);
    if (!fetched)
        return role == frame_role::first ? card("First frame", url, "0x2F5D8A", file, stop)
                                         : card("Last frame", url, "0x8A4B2F", file, stop);
    if (const auto* const bytes = std::get_if<std::string>(&*fetched))
        return saved(*bytes, file, limit, stop);
    return not_fetched(std::get<fetch_failure>(*fetched), url, "image", limit.max_bytes);
}

std::variant<frame, outcome> card_of_text(std::string_view text, const fs::path& directory,
                                          const std::stop_token& stop) {
    return card("Text", text, "0x3F6B4F", directory / "first", stop);
}

} // namespace sandbox
