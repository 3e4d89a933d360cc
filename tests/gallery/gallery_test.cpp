// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The page that shows the shots of a batch.
#include "cli/gallery/gallery.hpp"
#include "cli/gallery/markup.hpp"
#include "gallery/hostile_shots.hpp"
#include "support/doctest.hpp"

#include <wan/utf8.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using cli::gallery_shot;
using namespace std::string_literals;

TEST_SUITE_BEGIN("gallery");

namespace {

/// A folder that is removed at the end.
struct temporary_folder {
    fs::path path;
    temporary_folder() {
        auto name = (fs::temp_directory_path() / "wan-gallery-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = fs::canonical(name);
    }
    ~temporary_folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    /// Returns the path of a new file.
    std::string file(const std::string& name) const {
        const auto made = path / name;
        fs::create_directories(made.parent_path());
        std::ofstream{made} << "x";
        return made.string();
    }
    std::string folder(const std::string& name) const {
        fs::create_directories(path / name);
        return (path / name).string();
    }
};

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++n;
    return n;
}

bool contains(std::string_view text, std::string_view what) {
    return text.find(what) != std::string_view::npos;
}

std::string text_of(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string page_of(const std::vector<gallery_shot>& shots, const std::string& folder = "/nowhere") {
    return cli::gallery_page(folder, shots);
}

std::string page_with(gallery_shot shot, const std::string& folder = "/nowhere") {
    return page_of(std::vector{std::move(shot)}, folder);
}

/// Returns the names of all elements, as a browser would find them in a page whose texts are escaped.
std::vector<std::string> elements_of(std::string_view page) {
    std::vector<std::string> names;
    for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1))
        names.emplace_back(page.substr(at + 1, page.find_first_of(" >\n", at) - at - 1));
    return names;
}

} // namespace

TEST_CASE("text is escaped, and what is not text is replaced") {
    CHECK(cli::escaped("a <b> & \"c\" 'd'") == "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    CHECK(cli::escaped("水 é\n\t") == "水 é\n\t");
    CHECK(cli::escaped("\xFF") == "\uFFFD");
    CHECK(cli::escaped("\xC0\xBC") == "\uFFFD\uFFFD"); // an overlong <
    CHECK(cli::escaped("a\0b\x1B\x7F\xC2\x9B"s) == "a\uFFFDb\uFFFD\uFFFD\uFFFD");
    CHECK(cli::escaped("\xE6\xB0") == "\uFFFD\uFFFD");
    CHECK(cli::escaped("") == "");
}

TEST_CASE("no text of a shot adds an element or leaves an attribute") {
    const gallery_shot harmless{.id = "i",
                                .prompt = "p",
                                .model = "m",
                                .job = "j",
                                .state = "s",
                                .reason = "r",
                                .task_id = "t",
                                .cost = cli::gallery_cost{1, "c"},
                                .first_frame = "f",
                                .last_frame = "l",
                                .video = "v",
                                .video_url = "u"};
    const auto expected = elements_of(page_with(harmless));
    for (const auto& text : hostile::texts) {
        CAPTURE(text);
        const gallery_shot shot{.id = text,
                                .prompt = text,
                                .model = text,
                                .job = text,
                                .state = text,
                                .reason = text,
                                .task_id = text,
                                .cost = cli::gallery_cost{1, text},
                                .first_frame = text,
                                .last_frame = text,
                                .video = text,
                                .video_url = text};
        const auto page = cli::gallery_page("/nowhere", std::vector{shot}, {.title = text});
        CHECK(elements_of(page) == expected);
        CHECK(count(page, "\"") == count(page_with(harmless), "\""));
        CHECK(count(page, "'") == count(page_with(harmless), "'"));
        CHECK(wan::character_count(page));
        CHECK_FALSE(contains(page, std::string_view{"\0", 1}));
    }
}

TEST_CASE("only web addresses become links") {
    for (const auto& url : hostile::urls) {
        CAPTURE(url);
        CHECK_FALSE(cli::is_web_url(url));
        const auto page = page_with({.id = "a",
                                     .state = "failed",
                                     .first_frame = url,
                                     .last_frame = url,
                                     .video = url,
                                     .video_url = url});
        CHECK(count(page, "href=") == 0);
        CHECK(count(page, "src=") == 0);
        CHECK(count(page, "poster=") == 0);
    }
    const auto page = page_with({.id = "a",
                                 .state = "succeeded",
                                 .first_frame = "HTTPS://a.example/f.png?x=1&y='2'",
                                 .video_url = "http://a.example/v.mp4"});
    CHECK(
        contains(page, R"(href="HTTPS://a.example/f.png?x=1&amp;y=&#39;2&#39;" rel="noopener noreferrer")"));
    CHECK(contains(page, R"(href="http://a.example/v.mp4" rel="noopener noreferrer")"));
    CHECK(count(page, "href=") == 2);
    CHECK(count(page, "src=") == 0); // nothing of them is loaded
}

TEST_CASE("files in and beside the directory have relative addresses") {
    const temporary_folder at;
    const auto out = at.folder("out");
    const auto url = [&](const std::string& name) {
        return cli::url_of_file(at.file(name), out).value_or("none");
    };
    CHECK(url("out/a.mp4") == "a.mp4");
    CHECK(url("out/more/a.mp4") == "more/a.mp4");
    CHECK(url("frames/a.png") == "../frames/a.png");
    CHECK(url("out/a b#c?d%20e.mp4") == "a%20b%23c%3Fd%2520e.mp4");
    CHECK(url("out/\"'<>&\\.mp4") == "%22%27%3C%3E%26%5C.mp4");
    CHECK(url("out/-rf.mp4") == "-rf.mp4");
    CHECK(url("out/javascript:x") == "javascript%3Ax");
    CHECK(url("out/é水.mp4") == "%C3%A9%E6%B0%B4.mp4");
    CHECK(url("out/..a.mp4") == "..a.mp4");
    CHECK(cli::url_of_file("/dev/../etc/passwd", out) == "file:///etc/passwd");
    at.file("out/x y.mp4");
    CHECK(cli::url_of_file("file://" + out + "/x%zzy.mp4", out) == std::nullopt);
    CHECK(cli::url_of_file("file://" + out + "/x%20y.mp4", out) == "x%20y.mp4");
    CHECK(cli::url_of_file(out + "/../out/./x y.mp4", out + "/../out/") == "x%20y.mp4");
    CHECK(cli::url_of_file(out, out) == std::nullopt);
    CHECK(cli::url_of_file(out + "/missing", out) == std::nullopt);
    CHECK(cli::url_of_file("", out) == std::nullopt);
    CHECK(cli::url_of_file(out + "/a.mp4\0.png"s, out) == std::nullopt);
}

TEST_CASE("paths may be relative to the current directory, and lead through links") {
    const temporary_folder at;
    at.file("real/out/a.mp4");
    at.file("real/b.png");
    const auto before = fs::current_path();
    fs::current_path(at.path);
    fs::create_directory_symlink("real/out", "link");
    fs::create_symlink(at.path / "real/b.png", at.path / "real/out/c.png");
    CHECK(cli::url_of_file("real/out/a.mp4", "real/out") == "a.mp4");
    CHECK(cli::url_of_file("link/a.mp4", "link") == "a.mp4");
    CHECK(cli::url_of_file("link/../b.png", "link") == "../b.png"); // the parent of real/out
    CHECK(cli::url_of_file("real/out/c.png", "real/out") == "c.png");
    const auto page =
        page_with({.id = "a", .state = "succeeded", .first_frame = "real/b.png", .video = "real/out/a.mp4"},
                  "real/out");
    CHECK(contains(page, R"( src="a.mp4")"));
    CHECK(contains(page, R"( poster="../b.png")"));
    fs::current_path(before);
}

TEST_CASE("a file that does not exist is named") {
    const auto page =
        page_with({.id = "a", .state = "succeeded", .first_frame = "gone.png", .video = "gone.mp4"});
    CHECK(contains(page, "gone.png (not found)"));
    CHECK(contains(page, "gone.mp4 (not found)"));
    CHECK(count(page, "<video") == 0);
}

TEST_CASE("shots are counted by state") {
    std::vector<gallery_shot> shots;
    for (int i = 0; i < 7; ++i)
        shots.push_back({.id = "s", .state = i < 4 ? "failed" : i < 6 ? "waiting" : ""});
    shots.push_back({.id = "s", .state = "succeeded"});
    const auto page = page_of(shots);
    CHECK(contains(page, "<p>8 shots"));
    CHECK(contains(page, "checked><span>all</span> <b>8</b>"));
    CHECK(contains(page, R"(id="f0"><span dir="auto">succeeded</span> <b>1</b>)"));
    CHECK(contains(page, R"(id="f1"><span dir="auto">failed</span> <b>4</b>)"));
    CHECK(contains(page, R"(id="f2"><span dir="auto">unknown</span> <b>1</b>)"));
    CHECK(contains(page, R"(id="f3"><span dir="auto">waiting</span> <b>2</b>)"));
    CHECK(count(page, R"(class="shot s1 bad")") == 4);
    CHECK(count(page, R"(class="shot s3 busy")") == 2);
    CHECK(contains(page, ".filter:has(#f3:checked) ~ main > .shot:not(.s3)"));
    CHECK_FALSE(contains(page, "#f4:checked"));
    CHECK_FALSE(contains(page_with({.id = "s", .state = "failed"}), "<fieldset")); // nothing to choose
    CHECK(contains(page_of(std::vector<gallery_shot>{}), "There are no shots."));
}

TEST_CASE("costs are added by currency") {
    const auto with = [](std::int64_t amount, std::string currency, bool is_lower_bound = false) {
        return gallery_shot{.id = "s",
                            .state = "succeeded",
                            .cost = cli::gallery_cost{amount, std::move(currency), is_lower_bound}};
    };
    const auto page = page_of(
        {with(100'000, "CNY"), with(200'000, "CNY"), with(1'500'000, "USD", true), {.id = "s", .state = ""}});
    CHECK(contains(page, "cost: <bdi>0.30 CNY</bdi> + <bdi>at least 1.50 USD</bdi>"));
    CHECK(count(page, "<dt>Cost</dt>") == 3);
    CHECK_FALSE(contains(page_with({.id = "s", .state = "failed"}), "cost"));
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    CHECK(contains(page_of({with(most, "CNY"), with(most, "CNY")}),
                   "cost: <bdi>at least 9223372036854.775807 CNY"));
}

TEST_CASE("the URL of a video that was not downloaded is shown with its expiry") {
    const std::chrono::sys_seconds noon{std::chrono::seconds{1785844800}};
    gallery_shot shot{.id = "s",
                      .state = "succeeded",
                      .video_url = "https://a.example/v.mp4?key=1",
                      .url_expires_at = noon};
    const auto page = [&](std::chrono::seconds later) {
        return cli::gallery_page("/nowhere", std::vector{shot}, {.written_at = noon + later});
    };
    constexpr auto time = R"(<time datetime="2026-08-04T12:00:00Z">2026-08-04 12:00 UTC</time>)";
    CHECK(contains(page(std::chrono::seconds{-1}), "until "s + time));
    CHECK(contains(page(std::chrono::seconds{0}), "expired at "s + time));
    CHECK(contains(page(std::chrono::seconds{0}), ">https://a.example/v.mp4</a>")); // without the signature
}

TEST_CASE("the policy allows one style, local media, and nothing else") {
    const auto page = page_of(hostile::shots(20, "/nowhere"));
    CHECK(contains(page, "content=\"default-src 'none'; img-src 'self' file:; media-src 'self' file:; "
                         "style-src 'sha256-"));
    CHECK(page.find("Content-Security-Policy") < page.find("<style>"));
    CHECK(count(page, "<style") == 1);
    for (const auto* element :
         {"<script", "<link", "<iframe", "<object", "<embed", "<form", "<base", " style="})
        CHECK(count(page, element) == 0);
}

TEST_CASE("a page of 1,000 shots is small and loads no medium at once") {
    const temporary_folder at;
    const auto shots = hostile::shots(1000, at.path.string());
    for (std::size_t i = 0; i < shots.size(); ++i) {
        const auto& name = hostile::names[i % hostile::names.size()];
        at.file("frames/" + name + "-" + std::to_string(i) + ".png");
        at.file(name + ".mp4");
    }
    const auto page = cli::gallery_page(at.path.string(), shots);
    CHECK(page.size() < 2'500'000);
    CHECK(count(page, "<article") == 1000);
    CHECK(count(page, "<video") > 200);
    CHECK(count(page, "<video") == count(page, R"(preload="none" loading="lazy")"));
    CHECK(count(page, "<img") > 500);
    CHECK(count(page, "<img") == count(page, R"(loading="lazy" decoding="async")"));
    CHECK(count(page, "autoplay") == 0);
    CHECK(contains(page, "content-visibility: auto"));
}

TEST_CASE("a gallery is written with its directory, and replaces an older one") {
    const temporary_folder at;
    const auto out = (at.path / "new" / "out").string();
    REQUIRE(cli::write_gallery(out, std::vector<gallery_shot>{{.id = "first", .state = "waiting"}}));
    CHECK(cli::gallery_file(out) == out + "/index.html");
    REQUIRE(cli::write_gallery(out, std::vector<gallery_shot>{{.id = "second", .state = "failed"}}));
    const auto text = text_of(out + "/index.html");
    CHECK(contains(text, "second"));
    CHECK_FALSE(contains(text, "first</h2>"));
    CHECK(std::distance(fs::directory_iterator{out}, {}) == 1); // no temporary file
}

TEST_CASE("another page is not replaced") {
    const temporary_folder at;
    const auto file = at.file("index.html");
    const auto written = cli::write_gallery(at.path.string(), {});
    REQUIRE_FALSE(written);
    CHECK(written.error().message ==
          file + " already exists and is not a gallery; move it, or choose another directory");
    CHECK(text_of(file) == "x");
}

TEST_CASE("a directory that cannot be written is named, and the old gallery stays") {
    const temporary_folder at;
    const auto file = at.file("file");
    const auto below_file = cli::write_gallery(file + "/out", {});
    REQUIRE_FALSE(below_file);
    CHECK(below_file.error().category == wan::error_category::storage);
    CHECK(below_file.error().message == "cannot create the directory of the gallery " + file +
                                            "/out: Not a directory; choose a writable directory");

    // A directory in place of the temporary file: the write fails also for root.
    const auto out = at.folder("out");
    REQUIRE(cli::write_gallery(out, {}));
    const auto before = text_of(out + "/index.html");
    fs::create_directory(out + "/index.html.tmp" + std::to_string(::getpid()));
    const auto blocked = cli::write_gallery(out, std::vector<gallery_shot>{{.id = "s", .state = "failed"}});
    REQUIRE_FALSE(blocked);
    CHECK(blocked.error().message ==
          "cannot write the gallery " + out + "/index.html: Is a directory; check the disk and permissions");
    CHECK(text_of(out + "/index.html") == before);

    if (::geteuid() == 0) return; // who may write everywhere
    const auto closed = at.folder("closed");
    fs::permissions(closed, fs::perms::owner_read | fs::perms::owner_exec);
    const auto denied = cli::write_gallery(closed, {});
    fs::permissions(closed, fs::perms::owner_all);
    REQUIRE_FALSE(denied);
    CHECK(denied.error().message == "cannot write the gallery " + closed +
                                        "/index.html: Permission denied; check the disk and permissions");
}
