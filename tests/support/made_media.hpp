// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Images, clips and sounds that ffmpeg makes, and how they look.
#pragma once

#include "support/golden.hpp"
#include "support/program.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

namespace support {

/// What ffmpeg makes with those arguments of a file of that name.
inline std::string made_by_ffmpeg(const std::string& arguments, const std::string& name) {
    temporary_folder folder;
    const auto file = folder / name;
    REQUIRE(std::system(("ffmpeg -nostdin -v error -y " + arguments + " " + file).c_str()) == 0);
    return contents(file);
}

inline std::string clip_of(const std::string& seconds, const std::string& sound = {},
                           const std::string& size = "320x240") {
    return made_by_ffmpeg("-f lavfi -i testsrc=size=" + size + ":rate=30:duration=" + seconds + " " + sound,
                          "clip.mp4");
}

inline std::string sound_of(const std::string& seconds) {
    return made_by_ffmpeg("-f lavfi -i sine=frequency=1000:duration=" + seconds, "sound.wav");
}

/// A BMP: three bytes per pixel and 54 more.
inline std::string image_of(int width, int height) {
    return made_by_ffmpeg("-f lavfi -i color=c=teal:s=" + std::to_string(width) + "x" +
                              std::to_string(height) + " -frames:v 1 -pix_fmt bgr24",
                          "image.bmp");
}

inline std::string data_url_of(const std::string& image, const std::string& type = "image/bmp") {
    temporary_folder folder;
    const auto file = folder / "image", encoded = folder / "encoded";
    std::ofstream{file, std::ios::binary} << image;
    REQUIRE(std::system(("base64 -w0 " + file + " >" + encoded).c_str()) == 0);
    return "data:" + type + ";base64," + contents(encoded);
}

inline std::string output_of(const std::string& command) {
    temporary_folder folder;
    const auto file = folder / "output";
    REQUIRE(std::system((command + " >" + file + " 2>/dev/null").c_str()) == 0);
    return contents(file);
}

/// The mean colour of an image or of one frame of a video, as red, green and blue.
inline std::array<int, 3> mean_colour(const std::string& input) {
    const auto pixel = output_of("ffmpeg -v error " + input +
                                 " -frames:v 1 -vf scale=1:1:flags=area -f rawvideo -pix_fmt rgb24 -");
    REQUIRE(pixel.size() == 3);
    return {static_cast<std::uint8_t>(pixel[0]), static_cast<std::uint8_t>(pixel[1]),
            static_cast<std::uint8_t>(pixel[2])};
}

inline bool alike(const std::array<int, 3>& a, const std::array<int, 3>& b) {
    for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(a[i] - b[i]) > 12) return false;
    return true;
}

} // namespace support
