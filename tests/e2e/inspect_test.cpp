// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// `wan inspect`: what a file is, which models take it, and why others do not.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("inspect");

using support::png;
using support::wan_cli;
using support::wav;

namespace {

void write(const std::string& file, std::string_view bytes) {
    std::ofstream{file, std::ios::binary} << bytes;
}

/// What `model` says of the only file, for the first service that offers it.
boost::json::object verdict(const support::finished& said, std::string_view model) {
    const auto all = boost::json::parse(said.out);
    for (const auto& v : all.at(0).at("models").as_array())
        if (v.at("model").as_string() == model) return v.as_object();
    FAIL(model << " says nothing");
    return {};
}

} // namespace

TEST_CASE("a file is shown with its size and with the models that take it") {
    const std::string frame = WAN_SOURCE_DIR "/examples/frames/first.png";
    const auto said = wan_cli({"inspect", frame});
    CHECK(said.code == 0);
    CHECK(said.err.empty());
    CHECK(said.out.find("image/png, 750x1000, ") != std::string::npos);
    CHECK(said.out.find("\n  accepted\n") != std::string::npos);
    CHECK(said.out.find("not accepted") == std::string::npos);

    const auto json = wan_cli({"inspect", "--json", frame});
    CHECK(json.code == 0);
    const auto file = boost::json::parse(json.out).at(0);
    CHECK(file.at("format") == "png");
    CHECK(file.at("width") == 750);
    CHECK(file.at("height") == 1000);
    const auto kf2v = verdict(json, "wan2.2-kf2v-flash");
    CHECK(kf2v.at("accepted") == true);
    CHECK(kf2v.at("members") == "first_frame_url last_frame_url");
}

TEST_CASE("a model that does not take a file says why") {
    const support::temporary_folder folder;
    write(folder / "alpha.png", png({768, 512}, support::png_colour::rgba));
    const auto alpha = verdict(wan_cli({"inspect", "--json", folder / "alpha.png"}), "wan2.7-i2v");
    CHECK(alpha.at("accepted") == false);
    CHECK(alpha.at("reasons").at(0) ==
          "image/png with an alpha channel; remove it, for example with ImageMagick: `convert IN -background "
          "white -alpha remove -alpha off PNG24:OUT`; expected images without an alpha channel");

    write(folder / "wide.png", png({5120, 512}));
    const auto wide = wan_cli({"inspect", "--json", folder / "wide.png"});
    CHECK(verdict(wide, "wan2.7-i2v").at("reasons").at(0) ==
          "5120x512 pixels, 10:1; expected ratios from 1:8 to 8:1");
    CHECK(verdict(wide, "wan2.2-kf2v-flash").at("accepted") == true);
    CHECK(verdict(wide, "wan2.2-kf2v-flash").at("warnings").at(0) ==
          "5120x512 pixels; expected sides of 360 to 2000 pixels, according to some documents");

    write(folder / "huge.png", png({10240, 512}));
    CHECK(verdict(wan_cli({"inspect", "--json", folder / "huge.png"}), "wan2.2-kf2v-flash")
              .at("reasons")
              .at(0) == "10240x512 pixels; expected sides of 240 to 8000 pixels");

    write(folder / "long.wav", wav(31'000));
    const auto sound = wan_cli({"inspect", "--json", folder / "long.wav"});
    CHECK(sound.code == 0);
    CHECK(boost::json::parse(sound.out).at(0).at("seconds").as_double() == doctest::Approx(31));
    CHECK(verdict(sound, "wan2.7-i2v").at("reasons").at(0) == "31 seconds; expected 2 to 30 seconds");
}

TEST_CASE("a file that is not understood, or cannot be read, does not hide the others") {
    const support::temporary_folder folder;
    write(folder / "page.html", "<!DOCTYPE html><title>404</title>");
    write(folder / "cut.png", png({768, 512}).substr(0, 20));
    write(folder / "good.wav", wav(5000));
    const auto not_understood =
        wan_cli({"inspect", folder / "page.html", folder / "cut.png", folder / "good.wav"});
    CHECK(not_understood.code == 1);
    CHECK(not_understood.err.find("page.html: unknown format") != std::string::npos);
    CHECK(not_understood.err.find("cut.png: PNG: ends within its header chunk; the file may be damaged") !=
          std::string::npos);
    CHECK(not_understood.out.find("good.wav: audio/wav, 5.000 s, 40044 bytes") != std::string::npos);

    const auto unreadable =
        wan_cli({"inspect", "--json", folder / "nothing.png", folder / "good.wav", folder / ""});
    CHECK(unreadable.code == 2);
    const auto all = boost::json::parse(unreadable.out);
    CHECK(all.at(0).at("error") == "No such file or directory; give a readable file");
    CHECK(all.at(1).at("format") == "wav");
    CHECK(all.at(2).at("error") == "not a regular file; give a readable file");

    CHECK(wan_cli({"inspect"}).code == 2);
    CHECK(wan_cli({"inspect", "--help"}).code == 0);
}

TEST_CASE("a clip that is cut is told, also where its headers are whole") {
    const support::temporary_folder folder;
    const auto clip =
        support::mp4({1280, 720}, 5000) + support::big_endian(1008) + "mdat" + std::string(1000, 'v');
    write(folder / "whole.mp4", clip);
    CHECK(wan_cli({"inspect", folder / "whole.mp4"}).code == 0);
    write(folder / "cut.mp4", clip.substr(0, clip.size() - 1));
    const auto cut = wan_cli({"inspect", folder / "cut.mp4"});
    CHECK(cut.code == 1);
    CHECK_MESSAGE(cut.err.find("cut.mp4: the video is incomplete or damaged, it has " +
                               std::to_string(clip.size() - 1) +
                               " bytes: MP4: ends within a box; download it again") != std::string::npos,
                  cut.err);
}

TEST_SUITE_END();
