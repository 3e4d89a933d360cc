// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Fetching the finished video.
#include "support/doctest.hpp"
#include "support/files.hpp"

#include <wan/video/download.hpp>
#include <wan/video/url_expiry.hpp>
#include <wan/video/video_check.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("download");

using wan::error_category;
using headers = std::vector<wan::http_header>;
using bytes = std::optional<std::uint64_t>;

namespace {

constexpr std::string_view url =
    "https://bucket.oss-cn-wulanchabu.aliyuncs.com/1d/a.mp4?Expires=1756777047&Signature=a%2Fb";

std::string header(const wan::result<wan::http_request>& request, std::string_view name) {
    REQUIRE(request);
    const auto* const value = wan::find_header(request->headers, name);
    return value != nullptr ? *value : "none";
}

constexpr const char* one = "\"one\"";

/// What follows bytes is asked for with the ETag of the file that they are of.
wan::result<wan::download_head> parsed(unsigned status, const headers& with, std::uint64_t from) {
    return wan::parse_download_head(status, with, from, from != 0 ? one : "");
}

wan::download_head head(unsigned status, const headers& with, std::uint64_t from = 0) {
    const auto got = parsed(status, with, from);
    REQUIRE_MESSAGE(got, to_string(got.error()));
    return *got;
}

wan::error failure(unsigned status, const headers& with = {}, std::uint64_t from = 0) {
    const auto got = parsed(status, with, from);
    REQUIRE_FALSE(got);
    CHECK(got.error().http_status == status);
    return got.error();
}

bool says(const wan::error& e, std::string_view what) { return e.message.find(what) != std::string::npos; }

std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}

constexpr std::string_view mp4{"\0\0\0\x20"
                               "ftypisom\0\0\2\0",
                               16};

std::optional<std::int64_t> expiry(const std::string& query) {
    const auto end = wan::expires_at("https://x/a.mp4" + query);
    return end ? std::optional{end->time_since_epoch().count()} : std::nullopt;
}

} // namespace

TEST_CASE("a download asks for the whole file, and carries no key") {
    const auto request = wan::make_download(url);
    REQUIRE(request);
    CHECK(request->method == wan::http_method::get);
    CHECK(request->url == url);
    CHECK(request->body.empty());
    CHECK(request->timeout >= std::chrono::minutes{30});
    REQUIRE(request->headers.size() == 1);
    CHECK(header(request, "Accept-Encoding") == "identity");
    CHECK(header(wan::make_download(url, 0, "\"abc\""), "If-Range") == "none");
}

TEST_CASE("a download goes on where it broke off, if the file is still the same") {
    const auto rest = wan::make_download(url, 1000, "\"abc\"");
    CHECK(header(rest, "Range") == "bytes=1000-");
    CHECK(header(rest, "If-Range") == "\"abc\"");
    CHECK(header(wan::make_download(url, std::uint64_t{5} << 32, "\"abc\""), "Range") ==
          "bytes=21474836480-");
}

TEST_CASE("without a strong ETag a download begins anew: nothing says that the rest is of the same file") {
    for (const char* etag :
         {"", "abc", "abc\"", "\"abc", "xabc\"", "W/\"abc\"", "\"", "\"a\"b\"", "\"a\r\nX: y\"", "\"a b\""}) {
        CAPTURE(std::string{etag});
        CHECK(header(wan::make_download(url, 1000, etag), "If-Range") == "none");
        CHECK(header(wan::make_download(url, 1000, etag), "Range") == "none");
        CHECK_FALSE(wan::parse_download_head(206, {{"Content-Range", "bytes 1000-1999/2000"}}, 1000, etag));
        CHECK_FALSE(wan::parse_download_head(416, {{"Content-Range", "bytes */1000"}}, 1000, etag));
        CHECK(head(200, {{"ETag", etag}}).etag.empty());
    }
    CHECK(head(200, {{"etag", "\"D41D8CD9-2\""}}).etag == "\"D41D8CD9-2\"");
}

TEST_CASE("a URL that is no place for a video is refused") {
    for (const char* bad : {"", "/a.mp4", "ftp://x/a.mp4", "file:///etc/passwd", "oss://bucket/a.mp4",
                            "https://", "https://x/a b.mp4", "https://x/a.mp4\r\nX: y",
                            "https://me:secret@x/a.mp4", "https://x:port/a.mp4"}) {
        CAPTURE(std::string{bad});
        const auto request = wan::make_download(bad);
        REQUIRE_FALSE(request);
        CHECK(request.error().category == error_category::invalid_request);
        CHECK_FALSE(says(request.error(), "secret"));
    }
    CHECK(wan::make_download("https://x/a b.mp4?Signature=secret").error().message ==
          "the video's URL is invalid, or contains spaces or control characters: \"https://x/a b.mp4?***\"; "
          "query the task for it again");
    CHECK(wan::make_download("HTTP://127.0.0.1:80/a.mp4"));
}

TEST_CASE("200: the whole file comes, also where only its rest was asked for") {
    const auto whole = head(200, {{"content-length", "5000"}, {"ETag", "\"abc\""}}, 1000);
    CHECK(whole.offset == 0);
    CHECK(whole.size == bytes{5000});
    CHECK(whole.etag == "\"abc\"");
    CHECK_FALSE(whole.is_complete());
    CHECK(head(200, {}).size == bytes{});
    CHECK(head(200, {{"Content-Length", "9"}, {"Transfer-Encoding", "chunked"}}).size == bytes{});
    for (const char* bad : {"-1", "+5", "5 5", "0x10", "many", "18446744073709551616"})
        CHECK(failure(200, {{"Content-Length", bad}}).category == error_category::protocol);
}

TEST_CASE("206: the rest comes, from the byte that was asked for") {
    const auto rest = head(
        206, {{"Content-Range", "bytes 1000-4999/5000"}, {"Content-Length", "4000"}, {"ETag", one}}, 1000);
    CHECK(rest.offset == 1000);
    CHECK(rest.size == bytes{5000});
    CHECK_FALSE(rest.is_complete());
    CHECK(head(206, {{"Content-Range", "Bytes 1000-1999/*"}, {"ETag", one}}, 1000).size == bytes{});
    CHECK(says(failure(206, {{"Content-Range", "bytes 0-4999/5000"}}, 1000),
               "begins at byte 0; byte 1000 was requested"));
    CHECK(says(failure(206, {{"Content-Range", "bytes 1001-4999/5000"}}, 1000), "begins at byte 1001"));
    for (const char* bad :
         {"", "bytes", "bytes */5000", "bytes 1000-/5000", "bytes 1000-999/5000", "bytes 1000-5000/5000",
          "bytes 1000-4999", "bytes 1000-4999/", "bytes 1000-4999/x", "bytes=1000-4999/5000",
          "bytes 1000 - 4999/5000", "items 1000-4999/5000"})
        CHECK_MESSAGE(failure(206, {{"Content-Range", bad}}, 1000).category == error_category::protocol, bad);
    CHECK(failure(206, {{"Content-Type", "multipart/byteranges; boundary=x"}}, 1000).category ==
          error_category::protocol);
}

TEST_CASE("206: a part of another file is refused, also where the server ignores If-Range") {
    const auto rest = [](const char* etag) {
        return headers{{"Content-Range", "bytes 1000-1999/2000"}, {"ETag", etag}};
    };
    CHECK(head(206, rest(one), 1000).offset == 1000);
    CHECK(says(failure(206, rest("\"new\""), 1000), "the file has changed: its ETag is \"\"new\"\""));
    // RFC 9110, 15.3.7.3: weak ones do not tell files apart.
    for (const char* other : {"W/\"one\"", "one", "\"one", "\"one\x1b\""})
        CHECK_MESSAGE(failure(206, rest(other), 1000).category == error_category::protocol, other);
    CHECK_FALSE(says(failure(206, rest("\"one\x1b\""), 1000), "\x1b"));
}

TEST_CASE("206: a part that ends early is a part, and not all of the file") {
    const auto part = head(206, {{"Content-Range", "bytes 1000-1099/2000"}, {"ETag", one}}, 1000);
    CHECK(part.offset == 1000);
    CHECK(part.size == bytes{2000});
    CHECK_FALSE(part.is_complete());
    CHECK(wan::check_video(as_bytes(mp4), 1100, part.size).error().category == error_category::transport);
}

TEST_CASE("206 to a request for the whole file: only all of it is an answer") {
    CHECK(says(failure(206, {{"Content-Range", "bytes 0-99/2000"}}),
               "all of it was requested; download it again"));
    CHECK(failure(206, {{"Content-Range", "bytes 0-99/*"}}).category == error_category::protocol);
    CHECK(head(206, {{"Content-Range", "bytes 0-1999/2000"}}).size == bytes{2000});
}

TEST_CASE("200 with no bytes is not a complete video") {
    CHECK_FALSE(head(200, {{"Content-Length", "0"}}).is_complete());
    CHECK_FALSE(wan::check_video({}, 0, 0));
}

TEST_CASE("416: nothing is missing if the file is as long as what is there") {
    const auto complete =
        head(416, {{"Content-Range", "bytes */5000"}, {"Content-Length", "300"}, {"ETag", "\"abc\""}}, 5000);
    CHECK(complete.is_complete());
    CHECK(complete.size == bytes{5000});
    CHECK(says(failure(416, {{"Content-Range", "bytes */4000"}}, 5000), "the file has 4000 bytes"));
    CHECK(says(failure(416, {{"Content-Range", "bytes */6000"}}, 5000), "the file has 6000 bytes"));
    CHECK(says(failure(416, {}, 5000), "does not report the size"));
    CHECK(says(failure(416, {{"Content-Range", "bytes */*"}}, 5000), "does not report the size"));
    CHECK(says(failure(416, {{"Content-Range", "bytes 0-1/5000"}}, 5000), "does not report the size"));
}

TEST_CASE("what is packed on the way is not taken: its bytes are not the file's") {
    CHECK(failure(200, {{"Content-Encoding", "gzip"}}).message ==
          "unexpected Content-Encoding \"gzip\"; \"identity\" was requested; turn off compression in the "
          "proxy, if there is one");
    CHECK(failure(206, {{"Content-Encoding", "br"}, {"Content-Range", "bytes 5-9/10"}}, 5).category ==
          error_category::protocol);
    CHECK(head(200, {{"Content-Encoding", "Identity"}}).offset == 0);
}

TEST_CASE("an expired URL is told from a broken server") {
    const auto expired = failure(403);
    CHECK(expired.category == error_category::permission);
    CHECK(says(expired, "has expired"));
    CHECK(says(expired, "may return a new URL"));
    CHECK(failure(401).category == error_category::permission);
    CHECK(failure(404).category == error_category::not_found);
    CHECK(failure(410).category == error_category::not_found);
    CHECK(failure(429).category == error_category::throttled);
    CHECK(failure(408).category == error_category::unavailable);
    CHECK(failure(503).category == error_category::unavailable);
    CHECK(failure(500).category == error_category::server);
    CHECK(failure(502).category == error_category::server);
    for (const unsigned strange : {0u, 100u, 204u, 299u, 400u, 418u, 600u, 999u}) {
        CHECK(failure(strange).category == error_category::protocol);
        CHECK(says(failure(strange),
                   "neither a video nor a known error; querying the task may return a new URL"));
    }
}

TEST_CASE("what the store says in XML is told with the error") {
    const auto explained = wan::explain_download_error(
        failure(400), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>InvalidArgument</Code>\n"
                      "  <Message>Only one auth mechanism allowed &amp; no more</Message>\n  "
                      "<RequestId>66D1</RequestId></Error>");
    CHECK(explained.category == error_category::protocol);
    CHECK(explained.code == "InvalidArgument");
    CHECK(explained.request_id == "66D1");
    CHECK(says(explained, "; the video server reports: Only one auth mechanism allowed & no more"));
    CHECK(wan::explain_download_error(failure(403), "<Error><Code>AccessDenied</Code></Error>").code ==
          "AccessDenied");
    CHECK(says(wan::explain_download_error(failure(404), "<Error><Message>\x1b[31mgone</Message></Error>"),
               "; the video server reports: \\x1b[31mgone"));
    for (const char* other : {"", "<html>", "{\"code\":\"x\"}", "<Code>cut"})
        CHECK(wan::explain_download_error(failure(404), other).message == failure(404).message);
}

TEST_CASE("a redirect is an error that names the host, not the signature") {
    const auto moved = failure(302, {{"Location", "https://cdn.example:444/a.mp4?Signature=secret"}});
    CHECK(moved.category == error_category::protocol);
    CHECK(says(moved, "https://cdn.example; redirects are not followed: use the URL in Location"));
    CHECK_FALSE(says(moved, "secret"));
    CHECK(says(failure(307, {{"Location", "/b.mp4"}}), "the same host"));
    CHECK(says(failure(304), "without a Location; query the task for a new URL"));
}

TEST_CASE("an MP4 is known by its first bytes") {
    CHECK(wan::is_mp4(as_bytes(mp4)));
    CHECK(wan::is_mp4(as_bytes(mp4.substr(0, 8))));
    CHECK_FALSE(wan::is_mp4(as_bytes(mp4.substr(0, 7))));
    CHECK_FALSE(wan::is_mp4(as_bytes("ftypftyx")));
    CHECK_FALSE(wan::is_mp4({}));
}

TEST_CASE("a file is the video if it is an MP4 and whole") {
    CHECK(wan::check_video(as_bytes(mp4), 5000, 5000));
    CHECK(wan::check_video(as_bytes(mp4), 5000)); // the server did not say how long it is
    const auto cut = wan::check_video(as_bytes(mp4), 4000, 5000);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().category == error_category::transport);
    CHECK(cut.error().message == "the video ends after 4000 of 5000 bytes; download the rest");
    CHECK_FALSE(wan::check_video(as_bytes(mp4), 4999, 5000));
    const auto long_one = wan::check_video(as_bytes(mp4), 6000, 5000);
    REQUIRE_FALSE(long_one);
    CHECK(says(long_one.error(), "longer than announced: 6000 of 5000 bytes; download it again"));
    CHECK(wan::check_video(as_bytes(mp4.substr(0, 3)), 3, 5000).error().category ==
          error_category::transport);
}

TEST_CASE("what came instead of a video is named and shown, short and harmless") {
    const auto instead = [](std::string_view what) {
        const auto checked = wan::check_video(as_bytes(what), what.size(), what.size());
        REQUIRE_FALSE(checked);
        CHECK(checked.error().category == error_category::protocol);
        return checked.error().message;
    };
    CHECK(instead("<!DOCTYPE html><html>Please log in</html>") ==
          "the download is not an MP4 but an HTML page: \"<!DOCTYPE html><html>Please log in</html>\"; query "
          "the task for a new URL");
    CHECK(instead("\xEF\xBB\xBF\r\n <HTML><body>") ==
          "the download is not an MP4 but an HTML page: \"<HTML><body>\"; query the task for a new URL");
    CHECK(instead("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>")
              .find("but an XML document: ") != std::string::npos);
    CHECK(instead("{\"code\":\"x\"}") ==
          "the download is not an MP4 but a JSON text: \"{\"code\":\"x\"}\"; query the task for a new URL");
    CHECK(instead("<html>\x1b[31m").find("\\x1b[31m") != std::string::npos);
    CHECK(instead(std::string("<html>").append(5000, 'x')).size() < 300);
    CHECK(instead("") == "the download is not an MP4: it has 0 bytes; query the task for a new URL");
    CHECK(instead("<a>") == "the download is not an MP4: it has 3 bytes; query the task for a new URL");
}

TEST_CASE("what is no MP4 and no page is kept with a warning if all of it came, and else not") {
    constexpr std::string_view other = "\x89PNG\r\n\x1a\nabc";
    const auto kept = wan::check_video(as_bytes(other), other.size(), other.size());
    REQUIRE(kept);
    CHECK_FALSE(kept->is_mp4);
    CHECK(kept->warning == "the download is not an MP4; it begins: \"\\x89PNG\\x0d\\x0a\\x1a\\x0aabc\"; it "
                           "is kept because it is complete: check that it plays");
    // nobody says how long it is
    CHECK(wan::check_video(as_bytes(other), other.size()).error().category == error_category::protocol);
    CHECK(wan::check_video(as_bytes(other), other.size(), 5000).error().category ==
          error_category::transport);
    CHECK(wan::check_video(as_bytes(other), other.size(), 5).error().category == error_category::protocol);
}

namespace {

wan::result<wan::video_check> checked(const std::string& file, bytes expected = {}) {
    const auto all = as_bytes(file);
    return wan::check_video(wan::borrowed_bytes{all}, expected);
}

std::string box(std::string_view type, const std::string& content) {
    return support::big_endian(static_cast<std::uint32_t>(8 + content.size())).append(type).append(content);
}

/// With a table of chunks.
std::string movie_box(std::uint32_t chunk_at) {
    const auto table =
        box("stco", std::string(4, '\0') + support::big_endian(1) + support::big_endian(chunk_at));
    return box("moov", box("trak", box("mdia", box("minf", box("stbl", table)))));
}

} // namespace

TEST_CASE("a video is whole if its MP4 is, whatever was said of its length") {
    const auto begin = box("ftyp", "isom0000"), data = box("mdat", std::string(1000, 'v'));
    const auto chunk_behind = static_cast<std::uint32_t>(begin.size() + movie_box(0).size() + 8);
    for (const auto& whole :
         {begin + data + movie_box(24), begin + movie_box(chunk_behind) + data,
          begin + data + movie_box(24) + std::string(4, '\0'),
          begin + movie_box(chunk_behind) + support::big_endian(0) + "mdat" + std::string(1000, 'v')}) {
        REQUIRE(checked(whole));
        CHECK(checked(whole)->warning == "");
        CHECK(checked(whole, whole.size()));
        for (std::size_t cut = 8; cut < whole.size(); ++cut) {
            const auto part = whole.substr(0, cut);
            // Of data that go to the end of the file, and of zeros behind it, nothing tells how many there
            // are.
            if (checked(part) &&
                (whole.find(std::string(4, '\0') + "mdat") != std::string::npos || cut >= whole.size() - 4))
                continue;
            CAPTURE(cut);
            REQUIRE_FALSE(checked(part));
            CHECK(checked(part).error().category == error_category::transport);
            CHECK_FALSE(checked(part, part.size())); // though the transport says that nothing is missing
        }
    }
    CHECK(says(checked(begin + data).error(), "ends before its movie box"));
    CHECK(says(checked(begin + data + movie_box(24) + box("free", "").substr(0, 7)).error(),
               "ends within a box header"));
    CHECK(says(checked(begin + movie_box(chunk_behind)).error(), "ends before the last of its frames"));
    CHECK(says(checked(begin + support::big_endian(5) + "mdat" + movie_box(0)).error(),
               "a box shorter than its own header"));
}

TEST_CASE("QuickTime has the same boxes, and a movie in fragments has at least one") {
    const auto data = box("mdat", std::string(1000, 'v'));
    const auto quicktime = box("wide", "") + data + movie_box(16);
    CHECK(checked(quicktime)->is_mp4);
    CHECK(checked(quicktime.substr(0, 500)).error().category == error_category::transport);
    CHECK_FALSE(checked(quicktime.substr(0, 500), 500));
    const auto init = box("ftyp", "isom0000") + box("moov", box("mvex", ""));
    CHECK(says(checked(init).error(), "ends before its first fragment"));
    CHECK(checked(init + box("moof", "") + data));
    CHECK_FALSE(checked(init + box("moof", "") + data.substr(0, 900)));
}

TEST_CASE("the second half of another file is seen by the first bytes alone") {
    std::string file{"\0\0\0\x18"
                     "ftypmp42",
                     12};
    file.resize(1000, 'o');
    file.append(1000, 'N');
    CHECK_FALSE(checked(file, file.size()));
    CHECK_FALSE(wan::check_video(as_bytes(file).first(64), file.size(), file.size()));
}

TEST_CASE("a file that cannot be read again is not taken for a whole one") {
    struct broken final : wan::byte_source {
        std::string text = box("ftyp", "isom0000") + box("mdat", std::string(1000, 'v')) + movie_box(24);
        std::uint64_t size() const noexcept override { return text.size(); }
        std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
            return offset > 500 ? 0 : wan::borrowed_bytes{as_bytes(text)}.read(offset, to);
        }
    };
    const broken source;
    CHECK(wan::check_video(source).error().category == error_category::storage);
}

TEST_CASE("when a signed URL stops working stands in its parameters") {
    constexpr std::int64_t noon = 1776513600; // 2026-04-18 12:00:00 UTC
    CHECK(expiry("?Expires=1776513600&OSSAccessKeyId=x&Signature=y") == noon);
    CHECK(
        expiry("?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-date=20260418T110000Z&x-oss-expires=3600") ==
        noon);
    CHECK(expiry("?X-Amz-Expires=3600&X-Amz-Date=20260418T110000Z&X-Amz-Signature=x#end") == noon);
    CHECK(expiry("?X-Tos-Date=20260418T110000Z&X-Tos-Expires=3600") == noon);
    CHECK(expiry("?X-TOS-DATE=20260418T110000Z&x-tos-eXpires=3600") == noon);
    CHECK(expiry("?%45xpires=%31776513600") == noon);
    // whichever comes first
    CHECK(expiry("?X-Amz-Date=20260418T110000Z&X-Amz-Expires=3600&Expires=1776513601") == noon);
}

TEST_CASE("parameters that say no time say nothing") {
    for (const char* none : {"",
                             "?",
                             "?Expires",
                             "?Expires=",
                             "?Expires=0",
                             "?Expires=-1",
                             "?Expires=1776513600x",
                             "?Expires=99999999999999",
                             "?Expires=%3",
                             "?Expires=%zz",
                             "?a=Expires=1776513600",
                             "?MyExpires=1776513600",
                             "#?Expires=1776513600",
                             "?X-Amz-Expires=3600",
                             "?X-Amz-Date=20260418T110000Z",
                             "?X-Amz-Date=20260418T110000&X-Amz-Expires=3600",
                             "?X-Amz-Date=20261318T110000Z&X-Amz-Expires=3600",
                             "?X-Amz-Date=20260418T250000Z&X-Amz-Expires=3600",
                             "?X-Amz-Date=2026-418T110000Z&X-Amz-Expires=3600",
                             "?X-Amz-Date=20260418T110000Z&X-Tos-Expires=3600"})
        CHECK_MESSAGE(!expiry(none), none);
    CHECK_FALSE(wan::expires_at(""));
}

TEST_CASE("a whole MP4 was refused because the transport named another length: its boxes decide") {
    const std::string moov{"\0\0\0\x08moov", 8}, mdat{"\0\0\0\x0cmdat1234", 12};
    const std::string ftyp{"\0\0\0\x14"
                           "ftypmp42\0\0\0\0isom",
                           20};
    const std::string whole = ftyp + moov + mdat;
    const wan::borrowed_bytes video{as_bytes(whole)};
    for (const std::optional<std::uint64_t> expected :
         {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{40}, std::optional<std::uint64_t>{50},
          std::optional<std::uint64_t>{30}})
        CHECK(wan::check_video(video, expected));
    const std::string cut = whole.substr(0, whole.size() - 2);
    const wan::borrowed_bytes rest{as_bytes(cut)};
    CHECK_FALSE(wan::check_video(rest, 40));
    CHECK_FALSE(wan::check_video(rest, {}));
}
