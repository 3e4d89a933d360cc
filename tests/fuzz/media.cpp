// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Headers of images, clips and sounds, as memory and as files give them.
#include "media_sources.hpp"
#include "targets.hpp"

#include <wan/media/inspect.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace fuzz {

namespace {

template <class Info>
bool are_equal(const wan::inspected<Info>& a, const wan::inspected<Info>& b) {
    if (a.has_value() != b.has_value()) return false;
    return a ? *a == *b : a.error() == b.error();
}

template <class Info>
std::string_view what(const wan::inspected<Info>& r) {
    return r ? "understood" : r.error().what;
}

/// Where the bytes come from, and how many, must not matter.
template <class Inspect>
void check_windows(std::string_view bytes, Inspect inspect) {
    const auto whole = inspect(std::as_bytes(std::span{bytes}));
    const file_bytes file{bytes, bytes.size()};
    require(are_equal(whole, inspect(file)), "a file says what its bytes in memory say", what(whole));
    require(file.largest() <= 64, "at most 64 bytes are read at a time");
    require(whole || !whole.error().what.empty(), "what cannot be understood has a reason");
}

/// Bytes that cannot be read: what is made up of them would be wrong.
template <class Inspect>
void check_broken(std::string_view bytes, std::size_t readable, Inspect inspect) {
    const auto whole = inspect(wan::borrowed_bytes{std::as_bytes(std::span{bytes})});
    const auto broken = inspect(file_bytes{bytes, readable});
    require(are_equal(whole, broken) ||
                (!broken && broken.error().problem == wan::inspect_problem::truncated),
            "of bytes that cannot be read nothing is made up", what(broken));
}

/// Of an image whose first bytes suffice, fewer say that more are needed, and never something else.
template <class Inspect>
void check_prefix(std::string_view bytes, std::size_t size, Inspect inspect) {
    const auto whole = inspect(wan::borrowed_bytes{std::as_bytes(std::span{bytes})});
    const auto part = inspect(wan::borrowed_bytes{std::as_bytes(std::span{bytes.substr(0, size)})});
    if (!whole) return;
    const bool needs_more = !part && part.error().problem == wan::inspect_problem::truncated;
    require(needs_more || are_equal(whole, part), "a prefix says the same, or that it is one", what(part));
}

/// The first byte says where the file is cut; a seed has a zero there.
struct cut_file {
    std::string_view bytes;
    std::size_t at;

    explicit cut_file(input in) : bytes(in.rest().substr(in.empty() ? 0 : 1)) {
        at = static_cast<std::size_t>(in.byte()) * bytes.size() / 256;
    }
};

constexpr auto as_image = [](const auto& bytes) { return wan::inspect_image(bytes); };
constexpr auto as_clip = [](const auto& bytes) { return wan::inspect_clip(bytes); };
constexpr auto as_sound = [](const auto& bytes) { return wan::inspect_sound(bytes); };

} // namespace

void run_image(input in) {
    const cut_file file{in};
    check_windows(file.bytes, as_image);
    check_broken(file.bytes, file.at, as_image);
    check_prefix(file.bytes, file.at, as_image);
    if (const auto image = as_image(wan::borrowed_bytes{std::as_bytes(std::span{file.bytes})})) {
        require(image->size.width != 0 && image->size.height != 0, "an image has sides");
        require(image->orientation >= 1 && image->orientation <= 8, "EXIF knows eight orientations");
    }
}

void run_clip(input in) {
    const cut_file file{in};
    check_windows(file.bytes, as_clip);
    check_broken(file.bytes, file.at, as_clip);
    if (const auto clip = as_clip(wan::borrowed_bytes{std::as_bytes(std::span{file.bytes})})) {
        require(clip->duration.count() >= 0, "no clip ends before it begins");
        require(clip->size && clip->size->width != 0 && clip->size->height != 0, "a clip has sides");
    }
}

void run_sound(input in) {
    const cut_file file{in};
    check_windows(file.bytes, as_sound);
    check_broken(file.bytes, file.at, as_sound);
    if (const auto sound = as_sound(wan::borrowed_bytes{std::as_bytes(std::span{file.bytes})})) {
        require(sound->duration.count() >= 0, "no sound ends before it begins");
        require(!sound->size, "a sound has no sides");
    }
}

} // namespace fuzz
