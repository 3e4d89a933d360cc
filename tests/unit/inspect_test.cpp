// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/media_files.hpp"

#include <wan/media/inspect.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace wan;
using namespace std::chrono_literals;
using namespace media_files;

TEST_SUITE_BEGIN("inspect");

namespace {

template <class Info>
constexpr std::optional<Info> value_of(const inspected<Info>& r) {
    return r ? std::optional<Info>(*r) : std::nullopt;
}

constexpr auto image(const file& f) { return value_of(inspect_image(f.all())); }
constexpr auto clip(const file& f) { return value_of(inspect_clip(f.all())); }
constexpr auto sound(const file& f) { return value_of(inspect_sound(f.all())); }

constexpr image_info of(media_format format, std::uint32_t width, std::uint32_t height,
                        bool has_alpha = false, int orientation = 1) {
    return {.format = format, .size = {width, height}, .orientation = orientation, .has_alpha = has_alpha};
}
constexpr recording_info clip_of(media_format format, std::chrono::milliseconds duration, std::uint32_t width,
                                 std::uint32_t height) {
    return {.format = format, .duration = duration, .size = frame_size{width, height}};
}
constexpr recording_info sound_of(media_format format, std::chrono::milliseconds duration) {
    return {.format = format, .duration = duration, .size = {}};
}

template <class Info>
std::string why(const inspected<Info>& r) {
    if (r) return "understood";
    return std::string(to_wire(r.error().problem)) + ": " + std::string(r.error().what);
}
constexpr std::string_view cannot_be_read =
    "truncated: the bytes cannot be read; check that the file was not changed or removed";
std::string why_no_image(const file& f) { return why(inspect_image(f.all())); }
std::string why_no_clip(const file& f) { return why(inspect_clip(f.all())); }
std::string why_no_sound(const file& f) { return why(inspect_sound(f.all())); }

/// The first prefix of the file that is not refused as truncated, and says that it is all that is needed.
template <class Inspect>
std::size_t bytes_needed(const file& f, Inspect inspect) {
    for (std::size_t n = 0; n <= f.size; ++n) {
        // Of its own length, so that a sanitizer sees what reads beyond it.
        const std::vector<std::byte> prefix(f.bytes.begin(),
                                            f.bytes.begin() + static_cast<std::ptrdiff_t>(n));
        const auto r = inspect(std::span<const std::byte>(prefix));
        if (r) return n;
        if (r.error().problem != inspect_problem::truncated) {
            FAIL_CHECK("a prefix of " << n << " bytes is " << why(r));
            return 0;
        }
    }
    return f.size + 1;
}
constexpr recording_info about(recording_info info) {
    info.is_estimate = true;
    return info;
}

constexpr auto as_image = [](const auto& bytes) { return inspect_image(bytes); };
constexpr auto as_clip = [](const auto& bytes) { return inspect_clip(bytes); };
constexpr auto as_sound = [](const auto& bytes) { return inspect_sound(bytes); };

/// Says that it has all bytes, but gives none from a place on.
class broken_source final : public byte_source {
public:
    broken_source(std::span<const std::byte> bytes, std::uint64_t broken_from)
        : bytes_(bytes), broken_from_(broken_from) {}
    std::uint64_t size() const noexcept override { return bytes_.size(); }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        return borrowed_bytes(bytes_.first(static_cast<std::size_t>(broken_from_))).read(offset, to);
    }

private:
    std::span<const std::byte> bytes_;
    std::uint64_t broken_from_;
};

/// The same few bytes again and again after a start, for ever.
class endless_source final : public byte_source {
public:
    endless_source(const file& start, const file& again) : start_(start), again_(again) {}
    std::uint64_t size() const noexcept override { return std::uint64_t{1} << 40; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        ++reads;
        largest = (std::max)(largest, to.size());
        for (auto& b : to) {
            b = offset < start_.size
                    ? start_.bytes[static_cast<std::size_t>(offset)]
                    : again_.bytes[static_cast<std::size_t>((offset - start_.size) % again_.size)];
            ++offset;
        }
        return to.size();
    }
    mutable std::size_t reads = 0, largest = 0;

private:
    file start_, again_;
};

} // namespace

TEST_CASE("a format has the MIME type that the models' limits name") {
    const auto contains = [](std::span<const std::string_view> types, media_format f) {
        return std::find(types.begin(), types.end(), mime_type(f)) != types.end();
    };
    for (const auto f : {media_format::jpeg, media_format::png, media_format::bmp, media_format::webp})
        CHECK(contains(detail::image_types, f));
    for (const auto f : {media_format::mp4, media_format::mov}) CHECK(contains(detail::clip_types, f));
    for (const auto f : {media_format::wav, media_format::mp3}) CHECK(contains(detail::audio_types, f));
    static_assert(mime_type(media_format::mov) == "video/quicktime");
    static_assert(std::size(detail::mime_types) == std::size(wire_table<media_format>));
}

TEST_CASE("the first bytes tell the format") {
    const auto format = [](const file& f) { return format_of(borrowed_bytes(f.all())); };
    CHECK(format(jpeg()) == media_format::jpeg);
    CHECK(format(png()) == media_format::png);
    CHECK(format(core_bmp(1, 1)) == media_format::bmp);
    CHECK(format(webp_lossy(1, 1)) == media_format::webp);
    CHECK(format(mp4()) == media_format::mp4);
    CHECK(format(ftyp("qt  ")) == media_format::mov);
    CHECK(format(box("moov", {}).zeros(8)) == media_format::mov);
    CHECK(format(riff("WAVE", {})) == media_format::wav);
    CHECK(format(file{}.text("ID3").zeros(9)) == media_format::mp3);
    CHECK(format(mp3_frame()) == media_format::mp3);

    CHECK_FALSE(format({}));
    CHECK_FALSE(format(file{}.text("GIF89a").zeros(20)));
    CHECK_FALSE(format(ftyp("avif"))); // images in the container of MP4
    CHECK_FALSE(format(ftyp("heic")));
    CHECK_FALSE(format(ftyp("mif1")));
    CHECK_FALSE(format(riff("AVI ", {})));
    CHECK_FALSE(format(file{}.hex({0xFF, 0xFE, 'h', 0, 'i', 0}))); // a text in UTF-16
    CHECK_FALSE(format(file{}.hex({0xFF, 0xF1, 0x50, 0x80})));     // AAC
    static_assert(format_of(borrowed_bytes(png().first(8))) == media_format::png);
}

TEST_CASE("JPEG: the frame header has the size, whatever the coding") {
    static_assert(image(jpeg(640, 480)) == of(media_format::jpeg, 640, 480));
    for (unsigned marker = 0xC0; marker <= 0xCF; ++marker) {
        CAPTURE(marker);
        const bool is_frame = marker != 0xC4 && marker != 0xC8 && marker != 0xCC; // DHT, JPG, DAC
        CHECK(image(jpeg_of(frame(marker, 65500, 1))).has_value() == is_frame);
    }
    // Tables, comments and fill bytes stand before it; decoders skip what should not be there.
    CHECK(image(jpeg_of(segment(0xDB, file{}.zeros(65))
                            .add(segment(0xFE, file{}.text("\xFF\xC0")))
                            .hex({0xFF, 0xFF, 0xFF})
                            .add(frame(0xC2, 7, 9)))) == of(media_format::jpeg, 7, 9));
    CHECK(image(jpeg_of(segment(0xFE, {}).zeros(100).hex({0xFF, 0}).add(frame(0xC0, 7, 9)))) ==
          of(media_format::jpeg, 7, 9));
    // The first is the image's, the second that of a hierarchical one's next step.
    CHECK(image(jpeg_of(frame(0xC0, 7, 9).add(frame(0xC5, 70, 90)))) == of(media_format::jpeg, 7, 9));
}

TEST_CASE("JPEG: EXIF turns the image") {
    static_assert(image(jpeg_of(app1(tiff(true, 6)).add(frame(0xC0, 640, 480)))) ==
                  of(media_format::jpeg, 640, 480, false, 6));
    static_assert(upright_size(of(media_format::jpeg, 640, 480, false, 6)) == frame_size{480, 640});
    for (unsigned orientation = 0; orientation <= 9; ++orientation)
        for (const bool little : {true, false}) {
            CAPTURE(orientation);
            CAPTURE(little);
            const auto found = image(jpeg_of(app1(tiff(little, orientation)).add(frame(0xC2, 640, 480))));
            REQUIRE(found);
            CHECK(found->orientation ==
                  (orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1));
            CHECK(upright_size(*found) ==
                  (orientation >= 5 && orientation <= 8 ? frame_size{480, 640} : frame_size{640, 480}));
        }
    const auto orientation = [](const file& segments) { return image(jpeg_of(segments))->orientation; };
    const auto size = frame(0xC0, 640, 480);
    CHECK(orientation(file{size}.add(app1(tiff(true, 6)))) == 6); // after the frame header, before the scan
    CHECK(
        orientation(
            segment(0xE1, file{}.text("http://ns.adobe.com/xap/1.0/")).add(app1(tiff(true, 6))).add(size)) ==
        6);
    CHECK(orientation(app1(tiff(true, 3)).add(app1(tiff(true, 6))).add(size)) == 3); // the first one
}

TEST_CASE("JPEG: EXIF that cannot be understood turns nothing") {
    const auto orientation = [](const file& tiff) {
        return image(jpeg_of(app1(tiff).add(frame(0xC0, 640, 480))))->orientation;
    };
    CHECK(orientation({}) == 1);
    CHECK(orientation(file{}.text("II")) == 1);
    CHECK(orientation(tiff(true, 6, 4)) == 1);             // of another type
    CHECK(orientation(tiff(true, 6, 3, 0xFFFFFFFF)) == 1); // entries outside of everything
    CHECK(orientation(tiff(true, 6, 3, 37)) == 1);         // entries that are cut off by the segment
    CHECK(orientation(file{}.text("XX").zeros(30)) == 1);
    CHECK(orientation(file{}.text("II").le(43, 2).le(8, 4).zeros(30)) == 1);
}

TEST_CASE("JPEG: what is missing or wrong is said") {
    CHECK(why_no_image(jpeg_of({})) == "malformed: JPEG: no frame header before the first scan");
    CHECK(why_no_image(file{}.hex({0xFF, 0xD8, 0xFF, 0xD9}).zeros(12)) ==
          "malformed: JPEG: no frame header before the end");
    CHECK(why_no_image(file{}.hex({0xFF, 0xD8}).add(frame(0xC0, 1, 1)).hex({0xFF, 0xD9})) ==
          "malformed: JPEG: no scan before the end");
    CHECK(why_no_image(jpeg(0, 480)) == "malformed: JPEG: a frame header without a size");
    CHECK(why_no_image(jpeg(640, 0)) == "malformed: JPEG: a frame header without a size");
    CHECK(why_no_image(jpeg_of(file{}.hex({0xFF, 0xE0, 0, 1}))) == "malformed: JPEG: invalid segment length");
    CHECK(why_no_image(jpeg_of(segment(0xC0, file{}.u8(8).be(1, 2)))) ==
          "malformed: JPEG: a frame header without a size");
    static_assert(inspect_image(jpeg(0, 0).all()).error().problem == inspect_problem::malformed);
    static_assert(inspect_image(jpeg(0, 0).all()).error().format == media_format::jpeg);
}

TEST_CASE("PNG: the header chunk has the size, and what may be transparent") {
    static_assert(image(png(640, 480)) == of(media_format::png, 640, 480));
    static_assert(image(png(1, 0x7FFFFFFF, 16, 6)) == of(media_format::png, 1, 0x7FFFFFFF, true));
    CHECK_FALSE(image(png(1, 1, 1, 0))->has_alpha); // gray
    CHECK_FALSE(image(png(1, 1, 8, 3))->has_alpha); // palette
    CHECK(image(png(1, 1, 8, 4))->has_alpha);       // gray and alpha
    CHECK(image(png(1, 1, 8, 3, png_chunk("PLTE", file{}.zeros(3)).add(png_chunk("tRNS", file{}.zeros(1)))))
              ->has_alpha);
    CHECK(image(png(1, 1, 8, 2, png_chunk("tRNS", file{}.zeros(6))))->has_alpha);
    CHECK(image(png(1, 1, 8, 2, png_chunk("eXIf", tiff(false, 8))))->orientation == 8);
    // animated
    CHECK(image(png(3, 4, 8, 2, png_chunk("acTL", file{}.zeros(8)))) == of(media_format::png, 3, 4));
}

TEST_CASE("PNG: what is missing or wrong is said") {
    const std::string no_size = "malformed: PNG: a header chunk without a valid size";
    CHECK(why_no_image(png(0, 480)) == no_size);
    CHECK(why_no_image(png(640, 0)) == no_size);
    CHECK(why_no_image(png(0x80000000, 480)) == no_size);
    CHECK(why_no_image(file{}.text("\x89PNG\r\n\x1A\n").add(png_chunk("CgBI", file{}.zeros(20)))) ==
          "malformed: PNG: does not begin with a header chunk");
    CHECK(why_no_image(png_header(1, 1, 8, 2).add(png_chunk("IEND", {}))) ==
          "malformed: PNG: no pixels before the end");
    CHECK(why_no_image(png_header(1, 1, 8, 2).be(0xFFFFFFFF, 4).text("tEXt")) ==
          "malformed: PNG: a chunk with an invalid length");
    CHECK(why_no_image(png_header(1, 1, 8, 2).be(0x7FFFFFFF, 4).text("tEXt")) ==
          "truncated: PNG: ends before its pixels");
}

TEST_CASE("BMP: every header that has been in use") {
    static_assert(image(core_bmp(640, 480)) == of(media_format::bmp, 640, 480));
    static_assert(image(bmp(40, 640, 480, 24, 0, 0)) == of(media_format::bmp, 640, 480));
    for (const std::uint32_t header : {16u, 40u, 52u, 56u, 64u, 108u, 124u}) {
        CAPTURE(header);
        CHECK(image(bmp(header, 640, 480, 24, 0, 0)) == of(media_format::bmp, 640, 480));
        // from top to bottom
        CHECK(image(bmp(header, 640, -480, 24, 0, 0)) == of(media_format::bmp, 640, 480));
    }
    CHECK(image(bmp(40, 0x7FFFFFFF, INT32_MIN, 24, 0, 0)) == of(media_format::bmp, 0x7FFFFFFF, 0x80000000));
}

TEST_CASE("BMP: alpha is where a mask says so") {
    const auto has_alpha = [](std::uint32_t header, unsigned compression, std::uint32_t mask) {
        return image(bmp(header, 1, 1, 32, compression, mask))->has_alpha;
    };
    CHECK(has_alpha(56, 3, 0xFF000000));
    CHECK(has_alpha(124, 3, 0xFF000000));
    CHECK(has_alpha(40, 6, 0xFF000000)); // the mask stands after the header
    CHECK_FALSE(has_alpha(124, 3, 0));
    CHECK_FALSE(has_alpha(124, 0, 0xFF000000)); // without bit fields the masks mean nothing
    CHECK_FALSE(has_alpha(40, 3, 0xFF000000));  // three masks stand after this header, then the pixels
    CHECK_FALSE(has_alpha(40, 0, 0));
}

TEST_CASE("BMP: what is missing or wrong is said") {
    const std::string no_size = "malformed: BMP: a header without a size";
    CHECK(why_no_image(bmp(40, 0, 480, 24, 0, 0)) == no_size);
    CHECK(why_no_image(bmp(40, 640, 0, 24, 0, 0)) == no_size);
    CHECK(why_no_image(bmp(40, -640, 480, 24, 0, 0)) == no_size);
    CHECK(why_no_image(core_bmp(0, 480)) == no_size);
    CHECK(why_no_image(bmp(0, 640, 480, 24, 0, 0)) == "malformed: BMP: a header of an unknown kind");
    CHECK(why_no_image(file{}.text("BM").zeros(12).le(0xFFFFFFFF, 4).zeros(40)) ==
          "malformed: BMP: a header of an unknown kind");
    CHECK(why_no_image(file{}.text("BMW makes cars, and this is no image")) ==
          "malformed: BMP: a header of an unknown kind");
}

TEST_CASE("WebP: lossy, lossless and extended") {
    static_assert(image(webp_lossy(640, 480)) == of(media_format::webp, 640, 480));
    static_assert(image(webp_lossless(16384, 1, true)) == of(media_format::webp, 16384, 1, true));
    // the upper bits scale
    CHECK(image(webp_lossy(0xC000 | 640, 0x4000 | 480)) == of(media_format::webp, 640, 480));
    CHECK(image(webp_lossless(640, 480, false)) == of(media_format::webp, 640, 480));
    CHECK(image(webp_extended(0, 1 << 24, 2, {})) == of(media_format::webp, 1 << 24, 2));
    CHECK(image(webp_extended(0x10, 640, 480, {})) == of(media_format::webp, 640, 480, true));
    CHECK(image(webp_extended(0x08, 640, 480,
                              chunk("VP8 ", file{}.zeros(11)).add(chunk("EXIF", tiff(true, 5))))) ==
          of(media_format::webp, 640, 480, false, 5));
    CHECK(
        image(webp_extended(0x08, 640, 480, chunk("EXIF", file{}.text({"Exif\0\0", 6}).add(tiff(false, 7)))))
            ->orientation == 7);
    // announced, but taken away
    CHECK(image(webp_extended(0x08, 640, 480, chunk("VP8 ", {})))->orientation == 1);
}

TEST_CASE("WebP: what is missing or wrong is said") {
    CHECK(why_no_image(webp_lossy(0, 480)) == "malformed: WebP: a frame header without a size");
    CHECK(why_no_image(webp_lossy(640, 0x4000)) == "malformed: WebP: a frame header without a size");
    CHECK(why_no_image(riff("WEBP", chunk("VP8 ", file{}.zeros(10)))) ==
          "malformed: WebP: does not begin with a key frame");
    CHECK(why_no_image(riff("WEBP", chunk("VP8 ", {}))) == "malformed: WebP: does not begin with an image");
    CHECK(why_no_image(riff("WEBP", chunk("ANMF", file{}.zeros(16)))) ==
          "malformed: WebP: does not begin with an image");
    CHECK(why_no_image(riff("WEBP", chunk("VP8L", file{}.zeros(5)))) ==
          "malformed: WebP: a lossless header of an unknown kind");
    CHECK(why_no_image(webp_extended(0x08, 640, 480, file{}.text("VP8 ").le(0xFFFFFFFF, 4))) ==
          "truncated: WebP: ends before its EXIF");
}

TEST_CASE("MP4: the video track has the size, the movie header the length") {
    static_assert(clip(mp4()) == clip_of(media_format::mp4, 5s, 1280, 720));
    static_assert(clip(ftyp("qt  ").add(moov(mvhd(600, 1234), trak(tkhd(1, upright_matrix()), 1280, 720)))) ==
                  clip_of(media_format::mov, 2057ms, 1280, 720));
    const auto track = trak(tkhd(1, upright_matrix()), 1280, 720);
    const auto expected = clip_of(media_format::mp4, 5s, 1280, 720);
    // The movie box stands after the data, or before; sizes may have 64 bits, or go to the end.
    CHECK(clip(ftyp()
                   .add(box("free", {}))
                   .add(box("mdat", file{}.zeros(100)))
                   .add(moov(mvhd(1000, 5000), track))) == expected);
    CHECK(
        clip(
            ftyp().add(file{}.be(1, 4).text("mdat").be(20, 8).zeros(4)).add(moov(mvhd(1000, 5000), track))) ==
        expected);
    CHECK(clip(ftyp().add(file{}.be(0, 4).text("moov").add(mvhd(1000, 5000)).add(track))) == expected);
    CHECK(clip(ftyp().add(moov(mvhd(1000, 5000, true),
                               trak(tkhd(1, upright_matrix(), true, true), 1280, 720)))) == expected);
    // QuickTime's end of a list
    CHECK(clip(ftyp().add(moov(mvhd(1000, 5000), file{track}.zeros(4)))) == expected);
    // unknown: the track's own length
    CHECK(clip(ftyp().add(moov(mvhd(1000, 0xFFFFFFFF), track))) == expected);
    // Sound and pictures that are switched off, as of chapters, are not the clip's.
    const auto sounds = trak(tkhd(2, upright_matrix()), 0, 0, "soun");
    const auto chapter = trak(tkhd(3, upright_matrix(), false), 64, 64);
    CHECK(clip(ftyp().add(moov(mvhd(1000, 5000), file{sounds}.add(chapter).add(track)))) == expected);
}

TEST_CASE("MP4: a clip that was filmed on its side has the size that a viewer sees") {
    static_assert(clip(mp4(quarter_turn())) == clip_of(media_format::mp4, 5s, 720, 1280));
    const auto half_turn = file{}.be(0xFFFF0000, 4).zeros(12).be(0xFFFF0000, 4).zeros(12).be(0x40000000, 4);
    CHECK(clip(mp4(half_turn)) == clip_of(media_format::mp4, 5s, 1280, 720));
}

TEST_CASE("MP4: a movie in fragments is as long as they are together") {
    const auto track = trak(tkhd(7, upright_matrix()), 1280, 720); // its own header says 5 s
    const auto trex = box("trex", file{}.zeros(4).be(7, 4).be(1, 4).be(100, 4).zeros(8));
    const auto init = [&](const file& in_mvex) {
        return ftyp().add(moov(mvhd(1000, 0), file{track}.add(box("mvex", in_mvex))));
    };
    const auto moof = [](std::uint32_t id, const file& tfhd_more, std::uint32_t flags, const file& trun) {
        return box(
            "moof",
            box("traf", box("tfhd", file{}.be(flags, 4).be(id, 4).add(tfhd_more)).add(box("trun", trun))));
    };
    const auto by_default = file{}.be(0x1, 4).be(4, 4).be(0, 4); // 4 samples at 100
    const auto each =
        file{}.be(0x301, 4).be(3, 4).be(0, 4).be(500, 4).be(1, 4).be(700, 4).be(1, 4).be(900, 4).be(1, 4);
    const auto length = [](const file& f) { return clip(f)->duration; };

    CHECK(length(init(box("mehd", file{}.zeros(4).be(60'000, 4)).add(trex))) == 60s);
    CHECK(length(init(box("mehd", file{}.be(0x01000000, 4).be(60'000, 8)).add(trex))) == 60s);
    CHECK(length(init(trex)) == 5s);
    CHECK(length(init(trex).add(moof(7, {}, 0, by_default))) == 5400ms);
    CHECK(length(init(trex)
                     .add(moof(7, {}, 0, by_default))
                     .add(box("mdat", file{}.zeros(9)))
                     .add(moof(7, {}, 0, each))) == 7500ms);
    CHECK(length(init(trex).add(moof(7, file{}.be(200, 4), 0x8, by_default))) == 5800ms);
    CHECK(length(init(trex).add(moof(7, file{}.be(0, 8).be(1, 4).be(200, 4), 0xB, by_default))) == 5800ms);
    CHECK(length(init(trex).add(moof(8, {}, 0, each))) == 5s); // another track's
    // Where a fragment begins counts more than how long the one before it is said to take.
    const auto at = [&](std::uint64_t begin, bool is_long) {
        const auto tfdt = box("tfdt", file{}.u8(is_long).zeros(3).be(begin, is_long ? 8 : 4));
        return box("moof",
                   box("traf", box("tfhd", file{}.zeros(4).be(7, 4)).add(tfdt).add(box("trun", by_default))));
    };
    CHECK(length(init(trex).add(at(5000, false)).add(at(8000, true))) == 8400ms);
    CHECK(why_no_clip(init(trex).add(moof(7, {}, 0, each)).be(1000, 4).text("mdat")) ==
          "truncated: MP4: ends within a fragment");
    // Samples that the box has no room for are not counted.
    CHECK(length(init(trex).add(moof(7, {}, 0, file{}.be(0x100, 4).be(0xFFFFFFFF, 4)))) == 5s);
}

TEST_CASE("MP4: what is missing or wrong is said") {
    const auto track = trak(tkhd(1, upright_matrix()), 1280, 720);
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1000, 5000), trak(tkhd(1, upright_matrix()), 0, 0, "soun")))) ==
          "unknown_format: M4A (sound in MP4), not an MP4 or QuickTime clip");
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1000, 5000), trak(tkhd(1, upright_matrix()), 0, 720)))) ==
          "malformed: MP4: a video track without a size");
    CHECK(why_no_clip(ftyp().add(moov({}, track))) == "malformed: MP4: no movie header in the movie box");
    CHECK(why_no_clip(ftyp().add(moov(mvhd(0, 5000), track))) == "malformed: MP4: invalid duration");
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1, 1ull << 60, true), track))) ==
          "malformed: MP4: invalid duration");
    CHECK(why_no_clip(ftyp().add(box("mdat", file{}.zeros(40)))) ==
          "truncated: MP4: ends before its movie box");
    CHECK(why_no_clip(ftyp().be(7, 4).text("moov").zeros(40)) ==
          "malformed: MP4: a box shorter than its own header");
    CHECK(why_no_clip(ftyp().be(1, 4).text("moov").be(15, 8).zeros(40)) ==
          "malformed: MP4: a box shorter than its own header");
    CHECK(why_no_clip(ftyp().be(1, 4).text("mdat").be(~0ull, 8).zeros(40)) ==
          "truncated: MP4: ends before its movie box");
    CHECK(why_no_clip(ftyp().be(0xFFFFFFFF, 4).text("mdat").zeros(40)) ==
          "truncated: MP4: ends before its movie box");
    // Boxes that reach out of the one they stand in.
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1000, 5000), file{}.be(0xFFFF, 4).text("trak").zeros(20)))) ==
          "malformed: MP4: a box larger than the movie box that contains it");
    CHECK(why_no_clip(
              ftyp().add(moov(mvhd(1000, 5000), box("trak", file{}.be(0xFFFF, 4).text("mdia").zeros(20))))) ==
          "malformed: MP4: no video track");
    // Boxes of a kind in each other mean nothing.
    file deep = box("trak", {});
    for (int i = 0; i < 100; ++i) deep = box("trak", deep);
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1000, 5000), deep))) == "malformed: MP4: no video track");
    CHECK(why_no_clip(ftyp().add(moov(mvhd(1000, 5000), file{deep}.add(track)))) == "understood");
}

TEST_CASE("WAV: the length is that of the data") {
    static_assert(sound(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(600, 600)))) ==
                  sound_of(media_format::wav, 1500ms));
    const auto extensible =
        file{}.le(22, 2).le(24, 2).le(3, 4).le(1, 2).text({"\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71", 14});
    CHECK(sound(riff("WAVE", wav_format(0xFFFE, 100, 1, 24, extensible).add(wav_data(600, 600)))) ==
          sound_of(media_format::wav, 2s));
    CHECK(sound(riff("WAVE", wav_format(3, 50, 1, 32).add(wav_data(600, 600)))) ==
          sound_of(media_format::wav, 3s));
    // Chunks in any order, of odd lengths too.
    CHECK(sound(riff("WAVE", chunk("LIST", file{}.zeros(7))
                                 .add(wav_format(1, 100, 2, 16))
                                 .add(chunk("fact", file{}.zeros(4)))
                                 .add(wav_data(600, 600)))) == sound_of(media_format::wav, 1500ms));
    CHECK(sound(riff("WAVE", wav_data(601, 601).zeros(1).add(wav_format(1, 100, 2, 16)))) ==
          sound_of(media_format::wav, 1503ms));
    // Where samples are coded together, their number counts, if it is stated.
    const auto coded = [](std::uint32_t samples) {
        return sound(riff(
            "WAVE",
            wav_format(17, 100, 1, 16).add(chunk("fact", file{}.le(samples, 4))).add(wav_data(600, 600))));
    };
    CHECK(coded(150) == sound_of(media_format::wav, 1500ms));
    for (const std::uint32_t not_stated : {0u, 0xFFFFFFFFu})
        CHECK(coded(not_stated) == about(sound_of(media_format::wav, 3s)));
    // A stream does not know its length when it begins; a file that was cut has what it has.
    CHECK(sound(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(0xFFFFFFFF, 400)))) ==
          sound_of(media_format::wav, 1s));
    CHECK(sound(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(0, 400)))) ==
          sound_of(media_format::wav, 1s));
    CHECK(sound(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(800, 400)))) ==
          sound_of(media_format::wav, 1s));
    CHECK(sound(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(0, 0)))) ==
          sound_of(media_format::wav, 0s));
}

TEST_CASE("WAV: the stated rate of bytes may lie, what a block has and the rate of samples count") {
    const auto lying = [](std::uint32_t bytes_per_second, unsigned block, unsigned tag = 1,
                          const file& more = {}) {
        const auto format = chunk(
            "fmt ",
            file{}.le(tag, 2).le(2, 2).le(100, 4).le(bytes_per_second, 4).le(block, 2).le(16, 2).add(more));
        return sound(riff("WAVE", file{format}.add(wav_data(600, 600))));
    };
    for (const std::uint32_t lie : {0u, 1u, 176'400u, 0xFFFFFFFFu}) {
        CHECK(lying(lie, 4) == sound_of(media_format::wav, 1500ms));
        CHECK(lying(lie, 0) == sound_of(media_format::wav, 1500ms)); // channels and bits make a block
        // ADPCM without a number of samples: each block has as many as the format says.
        CHECK(lying(lie, 60, 2, file{}.le(32, 2).le(50, 2).zeros(30)) == sound_of(media_format::wav, 5s));
        CHECK(lying(lie, 60, 0x11, file{}.le(2, 2).le(50, 2)) == sound_of(media_format::wav, 5s));
    }
    CHECK(lying(300, 1, 0x55) == about(sound_of(media_format::wav, 2s))); // MP3: an average
    const auto extensible_adpcm = file{}.le(22, 2).zeros(6).le(0x55, 2).zeros(14);
    CHECK(lying(300, 1, 0xFFFE, extensible_adpcm) == about(sound_of(media_format::wav, 2s)));
}

TEST_CASE("WAV: what is missing or wrong is said") {
    CHECK(why_no_sound(riff("WAVE", wav_format(1, 0, 2, 16).add(wav_data(4, 4)))) ==
          "malformed: WAV: a format chunk without a rate");
    CHECK(why_no_sound(riff("WAVE", chunk("fmt ", file{}.zeros(14)).add(wav_data(4, 4)))) ==
          "malformed: WAV: a format chunk that is too short");
    CHECK(why_no_sound(riff("WAVE", wav_format(1, 100, 2, 16))) ==
          "truncated: WAV: ends before its data chunk");
    CHECK(why_no_sound(riff("WAVE", wav_data(0xFFFFFFFF, 60).add(wav_format(1, 100, 2, 16)))) ==
          "truncated: WAV: ends before its format chunk");
    CHECK(why_no_sound(riff("WAVE", file{}.text("LIST").le(0xFFFFFFFF, 4).zeros(60))) ==
          "truncated: WAV: ends before its format chunk");
}

TEST_CASE("MP3: the first frame says how many there are, or the bytes do") {
    static_assert(sound(mp3_frame()) == sound_of(media_format::mp3, 26ms));
    constexpr auto seconds = [](double n) {
        return std::chrono::milliseconds(static_cast<int>(n * 1000 + 0.5));
    };
    constexpr double one_frame = 1152.0 / 44100;
    for (const auto name : {"Xing", "Info"})
        CHECK(sound(mp3_frame(file{}.text(name).be(3, 4).be(1000, 4).be(1, 4))) ==
              sound_of(media_format::mp3, seconds(1000 * one_frame)));
    CHECK(sound(mp3_frame(file{}.text("VBRI").zeros(10).be(1000, 4))) ==
          sound_of(media_format::mp3, seconds(1000 * one_frame)));
    // states bytes alone
    CHECK(sound(mp3_frame(file{}.text("Xing").be(2, 4).be(1000, 4))) == sound_of(media_format::mp3, 26ms));
    CHECK(sound(mp3_frame().add(mp3_frame()).add(mp3_frame())) == sound_of(media_format::mp3, 78ms));
    // Tags are no sound.
    const auto id3v2 = file{}.text("ID3").hex({4, 0, 0}).hex({0, 0, 1, 2}).zeros(130);
    CHECK(sound(file{id3v2}.add(mp3_frame())) == sound_of(media_format::mp3, 26ms));
    CHECK(sound(file{id3v2}.add(id3v2).zeros(70).add(mp3_frame())) == sound_of(media_format::mp3, 26ms));
    CHECK(sound(file{}.text("ID3").hex({4, 0, 0x10, 0, 0, 0, 20}).zeros(30).add(mp3_frame())) ==
          sound_of(media_format::mp3, 26ms));
    CHECK(sound(mp3_frame().add(file{}.text("TAG").zeros(125))) == sound_of(media_format::mp3, 26ms));
}

TEST_CASE("MP3: without a header that counts them, frames of different lengths are counted one by one") {
    const auto frame_of = [](std::uint32_t header, std::size_t bytes) {
        const auto start = file{}.be(header, 4);
        return file{start}.zeros(bytes - start.size);
    };
    // 128 and 32 kbit/s
    const auto loud = frame_of(0xFFFB9000, 417), quiet = frame_of(0xFFFB1000, 104),
               padded = frame_of(0xFFFB1200, 105);
    // By the bit rate of the first frame, 10 quiet ones would be 65 ms.
    file all = loud;
    for (int i = 0; i < 5; ++i) all.add(quiet).add(padded);
    CHECK(sound(all) == sound_of(media_format::mp3, 287ms)); // 11 * 1152 / 44100
    // What another writer puts at the end is no sound, nor is a frame that is cut off.
    CHECK(sound(file{all}.zeros(100)) == sound_of(media_format::mp3, 287ms));
    CHECK(sound(file{all}.be(0xFFFB9000, 4).zeros(50)) == sound_of(media_format::mp3, 287ms));
    const auto ape_end = file{}.text("APETAGEX").le(2000, 4).le(32, 4).le(0, 4).le(0, 4).zeros(8);
    CHECK(sound(file{loud}.add(ape_end)) == sound_of(media_format::mp3, 26ms));
    CHECK(sound(file{loud}.add(ape_end).add(file{}.text("TAG").zeros(125))) ==
          sound_of(media_format::mp3, 26ms));
    // Something in between: the frames after it count, but it is no proof.
    CHECK(sound(file{loud}.add(loud).text("what is this").add(quiet).add(quiet)) ==
          about(sound_of(media_format::mp3, 104ms)));
    // Frames of another rate are of no part of it.
    const auto other = frame_of(0xFFF38000, 208); // 64 kbit/s, 22050 Hz
    CHECK(sound(file{loud}.add(loud).add(other).add(other)) == sound_of(media_format::mp3, 52ms));
    CHECK(sound(file{loud}.add(loud).add(other).add(other).add(quiet).add(quiet)) ==
          about(sound_of(media_format::mp3, 104ms)));
    // A walk has an end; what comes then is taken to be like what came before.
    const endless_source endless({}, loud);
    const auto r = inspect_sound(endless);
    REQUIRE(r.has_value());
    CHECK(r->is_estimate);
    CHECK(endless.reads < 70'000);
    CHECK(r->duration > std::chrono::hours{1000});
}

TEST_CASE(
    "MP3: zero bytes and tags before the first frame, in whatever order, were taken for another format") {
    const auto id3v2 = file{}.text("ID3").hex({4, 0, 0}).hex({0, 0, 0, 20}).zeros(20);
    const auto ape =
        file{}.text("APETAGEX").le(2000, 4).le(40, 4).le(1, 4).le(0xA0000000, 4).zeros(8).zeros(40);
    const auto expected = sound_of(media_format::mp3, 26ms);
    CHECK(sound(file{}.zeros(1).add(mp3_frame())) == expected);
    CHECK(sound(file{}.zeros(700).add(mp3_frame())) == expected);
    CHECK(sound(file{}.zeros(64).add(id3v2).add(mp3_frame())) == expected);
    CHECK(sound(file{ape}.add(mp3_frame())) == expected);
    CHECK(sound(file{}.zeros(5).add(ape).zeros(90).add(id3v2).zeros(3).add(mp3_frame())) == expected);
    CHECK(sound(file{id3v2}.add(ape).add(mp3_frame())) == expected);
    CHECK_FALSE(sound(file{}.zeros(700)));
    CHECK_FALSE(format_of(borrowed_bytes(file{}.zeros(700).text("text").all())));
    const endless_source nothing({}, file{}.u8(0));
    CHECK(why(inspect_sound(nothing)) == "unknown_format: not a WAV or MP3 sound");
    CHECK(nothing.reads < 20'000);
}

TEST_CASE("sound in MP4 is named as what it is, not as a clip") {
    const auto track = trak(tkhd(1, upright_matrix()), 0, 0, "soun");
    const auto whole = [&](std::string_view brand) { return ftyp(brand).add(moov(mvhd(1000, 5000), track)); };
    for (const auto brand : {"M4A ", "M4B ", "isom", "mp42", "qt  "}) {
        CAPTURE(std::string{brand});
        CHECK(why_no_sound(whole(brand)) == "unknown_format: M4A (sound in MP4), not a WAV or MP3 sound");
        CHECK(why_no_clip(whole(brand)) ==
              "unknown_format: M4A (sound in MP4), not an MP4 or QuickTime clip");
        CHECK(why_no_image(whole(brand)) ==
              "unknown_format: M4A (sound in MP4), not a JPEG, PNG, BMP or WebP image");
        CHECK(inspect_sound(whole(brand).all()).error().format == media_format::m4a);
        // Where not all can be read, it is neither that nor a clip that is wrong.
        for (std::size_t n = 0; n < whole(brand).size; ++n) {
            const auto r = inspect_clip(broken_source(whole(brand).all(), n));
            REQUIRE_FALSE(r.has_value());
            CHECK((r.error().problem == inspect_problem::truncated || r.error().format == media_format::m4a));
        }
    }
    static_assert(mime_type(media_format::m4a) == "audio/mp4");
    CHECK(why_no_sound(mp4()) == "unknown_format: not a WAV or MP3 sound");
}

TEST_CASE("MP3: frames of every version") {
    using detail::mp3::read_frame_header;
    static_assert(read_frame_header(mpeg_1_layer_3_128k_44100)->bytes == frame_bytes);
    static_assert(read_frame_header(mpeg_1_layer_3_128k_44100 | 0x200)->bytes == frame_bytes + 1); // padded
    static_assert(read_frame_header(0xFFF38400)->rate == 24000);                                   // MPEG 2
    static_assert(read_frame_header(0xFFF38400)->bytes == 192);
    static_assert(read_frame_header(0xFFE31800)->rate == 8000); // MPEG 2.5
    static_assert(read_frame_header(0xFFE318C0)->is_mono);
    static_assert(!read_frame_header(0xFFFD9000)); // layer II
    static_assert(!read_frame_header(0xFFEB9000)); // no version
    static_assert(!read_frame_header(0xFFFB0000)); // a length that it does not say
    static_assert(!read_frame_header(0xFFFBF000));
    static_assert(!read_frame_header(0xFFFB9C00));
    CHECK(read_frame_header(0xFFF38400)->samples() == 576);
}

TEST_CASE("MP3: what is missing or wrong is said") {
    CHECK(why_no_sound(file{}.text("ID3").hex({4, 0, 0, 0, 0, 0, 0}).zeros(500)) ==
          "truncated: MP3: ends before its first frame");
    CHECK(why_no_sound(file{}.text("ID3").hex({4, 0, 0, 127, 127, 127, 127})) ==
          "truncated: MP3: ends before its first frame");
    CHECK(why_no_sound(mp3_frame().add(mp3_frame()).zeros(100)) == "understood");
    CHECK(why(inspect_sound(endless_source(file{}.text("ID3").zeros(7), file{}.u8(0)))) ==
          "malformed: MP3: no frame where the sound should begin");
    // What looks like a frame, but nothing like it follows.
    CHECK(why_no_sound(mp3_frame().zeros(600)) == "truncated: MP3: ends before its first frame");
}

TEST_CASE("another format is named, and what was expected") {
    static_assert(inspect_image(mp4().all()).error() == inspect_error{inspect_problem::unknown_format,
                                                                      media_format::mp4,
                                                                      "not a JPEG, PNG, BMP or WebP image"});
    CHECK(why_no_clip(jpeg()) == "unknown_format: not an MP4 or QuickTime clip");
    CHECK(why_no_sound(jpeg()) == "unknown_format: not a WAV or MP3 sound");
    CHECK(why_no_image(file{}.text("<!DOCTYPE html>")) ==
          "unknown_format: not a JPEG, PNG, BMP or WebP image");
    CHECK_FALSE(inspect_image(file{}.text("<!DOCTYPE html>").all()).error().format);
    CHECK(why_no_image({}) == "truncated: the file is empty, or could not be read; check its name and size");
    CHECK(why_no_sound({}) == "truncated: the file is empty, or could not be read; check its name and size");
    CHECK(why_no_image(file{}.text("RIFF")) == "truncated: too few bytes to recognize the format");
}

TEST_CASE("a medium that is cut anywhere in its headers is truncated, and one after them is understood") {
    const auto exif = jpeg_of(app1(tiff(true, 6)).add(frame(0xC2, 640, 480)));
    CHECK(bytes_needed(jpeg(), as_image) == jpeg().size - scan().size + 2); // with the marker of the scan
    CHECK(bytes_needed(exif, as_image) == exif.size - scan().size + 2);
    const auto palette =
        png(1, 1, 8, 3, png_chunk("PLTE", file{}.zeros(3)).add(png_chunk("tRNS", file{}.zeros(1))));
    CHECK(bytes_needed(png(), as_image) == png().size - 4);
    CHECK(bytes_needed(palette, as_image) == palette.size - 4);
    CHECK(bytes_needed(core_bmp(1, 1), as_image) == 26);
    CHECK(bytes_needed(bmp(40, 1, 1, 24, 0, 0), as_image) == 54);
    CHECK(bytes_needed(bmp(40, 1, 1, 32, 6, 1), as_image) == 70);
    CHECK(bytes_needed(bmp(124, 1, 1, 32, 3, 1), as_image) == 138);
    CHECK(bytes_needed(webp_lossy(1, 1), as_image) == 30);
    CHECK(bytes_needed(webp_lossless(1, 1, true), as_image) == 25);
    CHECK(bytes_needed(webp_extended(0x10, 1, 1, {}), as_image) == 30);
    CHECK(bytes_needed(mp4(), as_clip) == mp4().size - 12); // without the data
    const auto late = ftyp()
                          .add(box("mdat", file{}.zeros(40)))
                          .add(moov(mvhd(1000, 5000), trak(tkhd(1, upright_matrix()), 1280, 720)));
    CHECK(bytes_needed(late, as_clip) == late.size);
    CHECK(bytes_needed(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(600, 600))), as_sound) == 44);
    CHECK(bytes_needed(mp3_frame(), as_sound) == frame_bytes);
    CHECK(bytes_needed(file{}.text("ID3").hex({4, 0, 0, 0, 0, 0, 20}).zeros(20).add(mp3_frame()), as_sound) ==
          30 + frame_bytes);
}

TEST_CASE("bytes that cannot be read are truncated, and nothing is made up in their place") {
    const auto check = [](const file& f, auto inspect, std::size_t needed) {
        CAPTURE(needed);
        for (std::size_t n = 0; n < needed; ++n) {
            const auto r = inspect(broken_source(f.all(), n));
            CAPTURE(n);
            REQUIRE_FALSE(r.has_value());
            CHECK(r.error().problem == inspect_problem::truncated);
        }
        CHECK(inspect(broken_source(f.all(), f.size)).has_value());
    };
    const auto exif = jpeg_of(app1(tiff(true, 6)).add(frame(0xC2, 640, 480)));
    check(exif, as_image, exif.size - scan().size + 2);
    check(png(), as_image, png().size - 4);
    check(bmp(124, 1, 1, 32, 3, 1), as_image, 70);
    const auto webp = webp_extended(0x08, 640, 480, chunk("EXIF", tiff(true, 5)));
    check(webp, as_image, webp.size - 6);
    check(mp4(), as_clip, mp4().size - 12 - 50); // the codec's part is not read
    check(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(600, 600))), as_sound, 44);
    check(mp3_frame().add(mp3_frame()), as_sound, frame_bytes + 4);
    // Zero bytes before the first frame, of which not all can be read.
    check(file{}.zeros(100).add(mp3_frame()), as_sound, 100 + frame_bytes);
}

TEST_CASE(
    "what begins like a frame of an MP3 is not taken for one while more of its first bytes cannot be read") {
    const auto box = file{}.hex({0xFF, 0xFB, 0xFF, 0xFF}).text("wide").zeros(8);
    const auto zeros_first = file{}.hex({0, 0xFF, 0xFB, 0xFF}).text("wide").zeros(8);
    for (const auto& f : {box, zeros_first}) {
        REQUIRE(wan::format_of(borrowed_bytes(f.all())) == media_format::mov);
        for (std::size_t n = 0; n < 8; ++n) {
            CAPTURE(n);
            CHECK(wan::format_of(broken_source(f.all(), n)) == std::nullopt);
            CHECK(why(inspect_clip(broken_source(f.all(), n))) == cannot_be_read);
        }
    }
    // A short file is not broken.
    CHECK(wan::format_of(borrowed_bytes(file{}.hex({0xFF, 0xFB, 0x90, 0}).all())) == media_format::mp3);
}

TEST_CASE(
    "a source that says it read more than it was asked for overran the piece: its bytes cannot be read") {
    struct braggart final : byte_source {
        explicit braggart(std::span<const std::byte> start) : start_(start) {}
        std::uint64_t size() const noexcept override { return 1 << 20; }
        std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
            for (std::size_t i = 0; i < to.size(); ++i)
                to[i] =
                    offset + i < start_.size() ? start_[static_cast<std::size_t>(offset) + i] : std::byte{0};
            return 4096;
        }
        std::span<const std::byte> start_;
    };
    const auto check = [](const file& f, auto inspect) {
        const auto r = inspect(braggart(f.all()));
        REQUIRE_FALSE(r.has_value());
        CHECK(why(r) == cannot_be_read);
    };
    check(jpeg(), as_image);
    check(png(), as_image);
    check(mp4(), as_clip);
    check(riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(600, 600))), as_sound);
    check(mp3_frame(), as_sound);
}

TEST_CASE("who is told of an error is told what to do: another copy helps against wrong bytes only") {
    const auto said = [](const byte_source& source) { return to_string(inspect_image(source).error()); };
    const auto whole = png();
    CHECK(said(borrowed_bytes(whole.all().first(20))) ==
          "PNG: ends within its header chunk; the file may be damaged or incomplete: export or download it "
          "again");
    CHECK(said(borrowed_bytes(file{}.text("GIF89a and so on").all())) ==
          "not a JPEG, PNG, BMP or WebP image");
    for (const std::size_t readable : {0u, 20u}) // before and after the format is known
        CHECK(said(broken_source(whole.all(), readable)) ==
              "the bytes cannot be read; check that the file was not changed or removed");
}

TEST_CASE("bytes that would never end are given up, a few at a time") {
    const std::string gave_up =
        "malformed: the header was not found within 131072 reads, the library's limit";
    const auto check = [&](const file& start, const file& again, auto inspect) {
        const endless_source source(start, again);
        CHECK(why(inspect(source)) == gave_up);
        CHECK(source.reads <= 150'000);
        CHECK(source.largest <= 64);
    };
    check(file{}.hex({0xFF, 0xD8}), segment(0xFE, {}), as_image);
    check(file{}.hex({0xFF, 0xD8}), file{}.u8(0xFF), as_image);
    check(file{}.hex({0xFF, 0xD8, 0xFF}), file{}.u8(0), as_image);
    check(png_header(1, 1, 8, 2), png_chunk("tEXt", {}), as_image);
    check(file{}.text("RIFF").zeros(4).text("WEBP").add(chunk("VP8X", file{}.u8(8).zeros(9))),
          chunk("VP8 ", {}), as_image);
    check(ftyp(), box("free", {}), as_clip);
    check(ftyp().be(0, 4).text("moov"), box("trak", {}), as_clip);
    check(ftyp().be(1, 4).text("moov").be(1ull << 39, 8).add(mvhd(1000, 0)), box("trak", box("mdia", {})),
          as_clip);
    check(file{}.text("RIFF").zeros(4).text("WAVE"), chunk("LIST", {}), as_sound);
    check({}, file{}.text("ID3").zeros(7), as_sound);
}

TEST_SUITE_END();
