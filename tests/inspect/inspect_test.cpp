// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the headers say is what real decoders say, of files that real encoders made.
#include <wan/media/inspect.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace wan;
namespace fs = std::filesystem;

TEST_SUITE_BEGIN("inspect");

namespace {

using octets = std::vector<std::byte>;

const fs::path folder = WAN_INSPECT_FOLDER;

octets read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE_MESSAGE(in, path.string());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    octets bytes(text.size());
    std::transform(text.begin(), text.end(), bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
    return bytes;
}

void write_file(const fs::path& path, const octets& bytes) {
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    REQUIRE_MESSAGE(out.flush(), path.string());
}

octets bytes_of(std::string_view text) {
    octets bytes;
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
    return bytes;
}

void insert(octets& bytes, std::size_t at, const octets& more) {
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
}

octets big_endian(std::uint32_t number, int count) {
    octets bytes;
    for (int i = count - 1; i >= 0; --i) bytes.push_back(static_cast<std::byte>(number >> (8 * i) & 0xFF));
    return bytes;
}

octets tiff(bool little, int orientation) {
    auto bytes = little ? bytes_of({"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0", 26})
                        : bytes_of({"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", 26});
    bytes[little ? 18 : 19] = static_cast<std::byte>(orientation);
    return bytes;
}

std::uint32_t crc32(const octets& bytes, std::size_t from) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (auto i = from; i < bytes.size(); ++i) {
        crc ^= std::to_integer<std::uint32_t>(bytes[i]);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

/// What the encoders cannot be told to write.
void make_variants() {
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const bool little : {true, false}) {
            auto jpeg = read_file(folder / (little ? "640x480-progressive.jpg" : "33x31-baseline.jpg"));
            const auto exif = tiff(little, orientation);
            octets app1 = bytes_of("\xFF\xE1");
            insert(app1, app1.size(), big_endian(static_cast<std::uint32_t>(exif.size()) + 8, 2));
            insert(app1, app1.size(), bytes_of({"Exif\0\0", 6}));
            insert(app1, app1.size(), exif);
            insert(jpeg, 2, app1);
            write_file(folder / ((little ? "orientation-little-" : "orientation-big-") +
                                 std::to_string(orientation) + ".jpg"),
                       jpeg);
        }
        auto png = read_file(folder / "33x31-rgb.png");
        auto chunk = bytes_of("eXIf");
        insert(chunk, 4, tiff(true, orientation));
        const auto length = static_cast<std::uint32_t>(chunk.size()) - 4;
        insert(chunk, chunk.size(), big_endian(crc32(chunk, 0), 4));
        insert(chunk, 0, big_endian(length, 4));
        insert(png, 33, chunk);
        write_file(folder / ("orientation-" + std::to_string(orientation) + ".png"), png);

        write_file(folder / "exif", tiff(false, orientation));
        const auto name = "orientation-" + std::to_string(orientation) + ".webp";
        REQUIRE(std::system(("cd '" + folder.string() + "' && webpmux -set exif exif 33x31-lossy.webp -o " +
                             name + " 2>webpmux.txt")
                                .c_str()) == 0);
    }
    for (const auto* name : {"16x16-three.bmp", "640x480-newest.bmp", "100x255-alpha.bmp"}) {
        auto bmp = read_file(folder / name);
        std::int32_t height = 0;
        for (int i = 3; i >= 0; --i)
            height = height << 8 | std::to_integer<std::int32_t>(bmp[static_cast<std::size_t>(22 + i)]);
        auto upside_down = big_endian(static_cast<std::uint32_t>(-height), 4);
        std::reverse_copy(upside_down.begin(), upside_down.end(), bmp.begin() + 22);
        write_file(folder / ("from-top-" + std::string(name)), bmp);
    }
    for (const auto& [degrees, a, b] : {std::tuple{90, 0, 1}, std::tuple{180, -1, 0}, std::tuple{270, 0, -1}})
        for (const std::string name : {"faststart.mp4", "h264.mp4", "plain.mov"}) {
            auto clip = read_file(folder / name);
            const auto tkhd = bytes_of("tkhd");
            // the video's is the first
            const auto found = std::search(clip.begin(), clip.end(), tkhd.begin(), tkhd.end());
            REQUIRE(found != clip.end());
            const auto set = [&](std::ptrdiff_t at, int number) {
                const auto bytes = big_endian(static_cast<std::uint32_t>(number * 65536), 4);
                std::copy(bytes.begin(), bytes.end(), found + 44 + at);
            };
            set(0, a), set(4, b), set(12, -b), set(16, a);
            write_file(folder / ("turned-" + std::to_string(degrees) + "-" + name), clip);
        }
}

bool run(const std::string& verb) {
    return std::system(
               ("sh '" WAN_SOURCE_DIR "/tests/inspect/files.sh' " + verb + " '" + folder.string() + "'")
                   .c_str()) == 0;
}

/// Makes the files once for all tests.
void need_files() {
    static const bool made = [] {
        fs::remove_all(folder);
        fs::create_directories(folder);
        REQUIRE_MESSAGE(run("make"), "needs ImageMagick, FFmpeg and the WebP tools");
        make_variants();
        return run("ask");
    }();
    REQUIRE(made);
}

int orientation_of(const std::string& name) {
    static const std::vector<std::string> names = {"Undefined",   "TopLeft",     "TopRight",
                                                   "BottomRight", "BottomLeft",  "LeftTop",
                                                   "RightTop",    "RightBottom", "LeftBottom"};
    const auto found = std::find(names.begin(), names.end(), name);
    REQUIRE_MESSAGE(found != names.end(), name);
    return (std::max)(1, static_cast<int>(found - names.begin()));
}

/// What ffprobe says: "streams.stream.0.width=320".
std::map<std::string, std::string> answers_of_ffprobe(const fs::path& file) {
    std::ifstream in(file.string() + ".ffprobe");
    std::map<std::string, std::string> answers;
    for (std::string line; std::getline(in, line);) {
        const auto equals = line.find('=');
        auto value = line.substr(equals + 1);
        std::erase(value, '"');
        const auto name = line.substr(0, equals);
        answers.emplace(name.substr(name.rfind('.') + 1), value); // the first of its name
    }
    return answers;
}

std::vector<fs::path> files_of(std::initializer_list<std::string_view> extensions) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (std::find(extensions.begin(), extensions.end(), entry.path().extension().string()) !=
            extensions.end())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

template <class Info>
std::string why(const inspected<Info>& r) {
    return r ? "understood" : std::string(r.error().what);
}

void check_duration(std::chrono::milliseconds found, const std::string& seconds) {
    const auto expected = std::stod(seconds) * 1000;
    CAPTURE(expected);
    CAPTURE(found.count());
    CHECK(std::abs(static_cast<double>(found.count()) - expected) <= (std::max)(50.0, expected / 100));
}

/// What a part of the file says, or an empty text.
std::string summary(std::span<const std::byte> bytes) {
    const auto text = [](const auto& r, const auto& size, int orientation, long long duration) {
        return std::string(to_wire(r->format)) + ' ' + std::to_string(size.width) + 'x' +
               std::to_string(size.height) + ' ' + std::to_string(orientation) + ' ' +
               std::to_string(duration);
    };
    if (const auto r = inspect_image(bytes)) return text(r, r->size, r->orientation * 2 + r->has_alpha, 0);
    if (const auto r = inspect_clip(bytes))
        return text(r, r->size.value_or(frame_size{}), 0, r->duration.count());
    // the length follows from the number of bytes
    if (const auto r = inspect_sound(bytes)) return text(r, frame_size{}, 0, 0);
    return {};
}

const std::initializer_list<std::string_view> samples = {"640x480-baseline.jpg",
                                                         "640x480-progressive.jpg",
                                                         "orientation-little-6.jpg",
                                                         "33x31-palette-alpha.png",
                                                         "33x31-interlaced.png",
                                                         "orientation-3.png",
                                                         "100x255-alpha.bmp",
                                                         "16x16-two.bmp",
                                                         "64x48-lossy.webp",
                                                         "64x48-lossless.webp",
                                                         "64x48-alpha.webp",
                                                         "orientation-5.webp",
                                                         "plain.mp4",
                                                         "faststart.mp4",
                                                         "fragments.mp4",
                                                         "plain.mov",
                                                         "s16.wav",
                                                         "surround.wav",
                                                         "cbr.mp3",
                                                         "vbr.mp3"};

} // namespace

TEST_CASE("images are as ImageMagick sees them") {
    need_files();
    std::ifstream answers(folder / "images.txt");
    int images = 0, with_alpha = 0, turned = 0;
    for (std::string line; std::getline(answers, line); ++images) {
        std::istringstream words(line);
        std::string name, alpha, orientation;
        frame_size size;
        words >> name >> size.width >> size.height >> alpha >> orientation;
        REQUIRE_FALSE(words.fail());
        CAPTURE(line);
        const auto bytes = read_file(folder / name);
        const auto found = inspect_image(std::span(bytes));
        REQUIRE_MESSAGE(found.has_value(), why(found));
        CHECK(found->size == size);
        CHECK(found->has_alpha == (alpha != "False" && alpha != "Undefined" && alpha != "Off"));
        // ImageMagick does not read it in every format; the name says it then.
        const auto expected =
            name.starts_with("orientation-") ? name[name.find('.') - 1] - '0' : orientation_of(orientation);
        if (name.ends_with(".jpg")) CHECK(expected == orientation_of(orientation));
        CHECK(found->orientation == expected);
        CHECK(to_wire(found->format).substr(0, 2) == fs::path(name).extension().string().substr(1, 2));
        with_alpha += found->has_alpha;
        turned += found->orientation > 1;
    }
    MESSAGE(images << " images, " << with_alpha << " with alpha, " << turned << " turned");
    CHECK(images >= 400);
    CHECK(with_alpha >= 80);
    CHECK(turned >= 28);
}

TEST_CASE("clips are as FFmpeg sees them") {
    need_files();
    int clips = 0;
    for (const auto& file : files_of({".mp4", ".mov", ".m4a"})) {
        CAPTURE(file.filename().string());
        const auto bytes = read_file(file);
        const auto found = inspect_clip(std::span(bytes));
        if (file.filename().string().starts_with("sound-only")) {
            CHECK(why(found) == "M4A (sound in MP4), not an MP4 or QuickTime clip");
            CHECK(why(inspect_sound(std::span(bytes))) == "M4A (sound in MP4), not a WAV or MP3 sound");
            continue;
        }
        REQUIRE_MESSAGE(found.has_value(), why(found));
        ++clips;
        const auto answers = answers_of_ffprobe(file);
        frame_size size{static_cast<std::uint32_t>(std::stoul(answers.at("width"))),
                        static_cast<std::uint32_t>(std::stoul(answers.at("height")))};
        const bool is_turned = answers.contains("rotation") && std::stoi(answers.at("rotation")) % 180 != 0;
        CHECK(is_turned == (file.string().find("turned-90") != std::string::npos ||
                            file.string().find("turned-270") != std::string::npos));
        if (is_turned) std::swap(size.width, size.height);
        CHECK(found->size == size);
        CHECK((found->format == media_format::mov) == (file.extension() == ".mov"));
        check_duration(found->duration, answers.at("duration"));
    }
    CHECK(clips >= 20);
}

TEST_CASE("sounds are as FFmpeg hears them") {
    need_files();
    int sounds = 0;
    for (const auto& file : files_of({".wav", ".mp3"})) {
        CAPTURE(file.filename().string());
        const auto bytes = read_file(file);
        const auto found = inspect_sound(std::span(bytes));
        REQUIRE_MESSAGE(found.has_value(), why(found));
        ++sounds;
        CHECK((found->format == media_format::mp3) == (file.extension() == ".mp3"));
        CHECK_FALSE(found->size);
        // Without a header FFmpeg estimates, by the rate of the first frames: what was encoded counts, and
        // the encoder's own delay.
        const bool is_uncounted = file.filename() == "vbr-no-xing.mp3";
        check_duration(found->duration, is_uncounted ? "7.41" : answers_of_ffprobe(file).at("duration"));
    }
    CHECK(sounds >= 40);
}

TEST_CASE("a file that is cut says nothing, or what the whole one says") {
    need_files();
    constexpr std::size_t most = 1500;
    for (const auto name : samples) {
        CAPTURE(name);
        const auto bytes = read_file(folder / name);
        const auto whole = summary(bytes);
        REQUIRE_FALSE(whole.empty());
        std::size_t silent = 0, other = 0;
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            if (n == most && bytes.size() > 2 * most) n = bytes.size() - most; // the beginning and the end
            // a sanitizer sees what reads beyond it
            const octets part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
            const auto said = summary(part);
            silent += said.empty();
            if (said.empty() || said == whole) continue;
            CAPTURE(n);
            CAPTURE(said);
            // Nothing tells that another fragment would follow.
            CHECK(name == "fragments.mp4");
            ++other;
        }
        CHECK(silent > 20);
        CHECK(other < 10);
    }
}

TEST_CASE("a file with damaged bytes is no trouble") {
    need_files();
    std::mt19937 random(1);
    int understood = 0, refused = 0;
    for (const auto name : samples) {
        CAPTURE(name);
        const auto whole = read_file(folder / name);
        for (int i = 0; i < 300; ++i) {
            auto bytes = whole;
            // Where the headers are: at the beginning, or at the end.
            const auto header = (std::min<std::size_t>)(bytes.size(), 1500);
            const auto begin = i % 2 == 0 ? 0 : bytes.size() - header;
            for (int changes = 1 + i % 4; changes > 0; --changes)
                bytes[begin + random() % header] =
                    i % 3 == 0 ? std::byte{0xFF} : static_cast<std::byte>(random() & 0xFF);
            const auto r = inspect_image(std::span(bytes));
            if (r)
                CHECK((r->size.width != 0 && r->size.height != 0 && r->orientation >= 1 &&
                       r->orientation <= 8));
            const auto c = inspect_clip(std::span(bytes));
            if (c)
                CHECK((c->duration.count() >= 0 && c->size && c->size->width != 0 && c->size->height != 0));
            const auto s = inspect_sound(std::span(bytes));
            if (s) CHECK(s->duration.count() >= 0);
            ++(r || c || s ? understood : refused);
        }
    }
    MESSAGE(understood << " understood, " << refused << " refused");
    CHECK(understood > 0);
    CHECK(refused > 0);
}

TEST_SUITE_END();
