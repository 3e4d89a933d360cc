// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Writes the first inputs of the fuzz targets: the services' own samples, and the tests' media.
#include "seed_mistakes.hpp"

#include "support/files.hpp"
#include "support/media_files.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::string_literals;
using namespace media_files;

std::string golden(const std::string& name) {
    std::ifstream in{std::string{WAN_SOURCE_DIR "/tests/golden/"} + name + ".json", std::ios::binary};
    if (!in.is_open()) std::fprintf(stderr, "cannot open the golden file %s\n", name.c_str());
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Media begin with the place where they are cut: nowhere, or behind their middle.
std::string medium(const file& f, char cut = '\0') {
    std::string bytes(1, cut);
    for (const auto b : f.all()) bytes.push_back(static_cast<char>(b));
    return bytes;
}

template <class Files>
void add_media(std::vector<seed>& seeds, const char* target, const Files& files) {
    for (const auto& f : files)
        for (const char cut : {'\0', '\x90'}) seeds.push_back({target, medium(f, cut)});
}

/// Dialect, status and headers, as services.hpp reads them.
void add_replies(std::vector<seed>& seeds) {
    enum : char { dashscope, yutoai, sinancode, jiekou };
    struct row {
        const char* file;
        char dialect, status;
    };
    constexpr row rows[] = {
        {"dashscope-submitted", dashscope, 0},        {"dashscope-succeeded-reply", dashscope, 0},
        {"dashscope-failed-reply", dashscope, 0},     {"dashscope-canceled-reply", yutoai, 0},
        {"dashscope-unknown-reply", dashscope, 0},    {"dashscope-results-reply", dashscope, 0},
        {"dashscope-error-reply", dashscope, 6},      {"dashscope-cancel-refused-reply", dashscope, 6},
        {"sinancode-task-reply", sinancode, 0},       {"jiekou-succeeded-reply", jiekou, 0},
        {"jiekou-failed-reply", jiekou, 0},           {"jiekou-error-reply", jiekou, 6},
        {"dashscope-error-reply", dashscope, '\x0f'}, {"dashscope-error-reply", dashscope, '\x13'},
    };
    for (const auto& row : rows) {
        const auto reply = std::string{row.status, '\0', '\0'} + golden(row.file);
        seeds.push_back({"submit_reply", row.dialect + reply});
        seeds.push_back({"task_reply", row.dialect + "\1"s + reply});
        seeds.push_back({"task_reply", row.dialect + "\0"s + reply});
    }
    const auto odd = R"({"code":"fine","data":{"task_id":"task-1","text":"{\"id\":\"t\",\"done\":50}",)"
                     R"("status":"OVER","videos":["/1.mp4"],"query_url":"https://odd.example/v9/q",)"
                     R"("result_url":"https://odd.example/v9/r","seconds":"5","prompt":"p"}})"s;
    seeds.push_back({"submit_reply", "\6\0\0\0"s + odd});
    seeds.push_back(
        {"submit_reply", "\6\x0f\0\0"s + R"({"code":"TooFast","error":{"type":"t"},"message":"m"})"});
    seeds.push_back({"task_reply", "\6\1\0\0\0"s + odd});
    seeds.push_back({"list", "\6\0\0\0"s + R"({"data":[{"task_id":"a","at":"17"},3],"pages":"2"})"});
    const auto list = golden("dashscope-list-reply");
    seeds.push_back({"list", "\0\0\0\0"s + list});
    seeds.push_back({"list", "\0\6\0\0"s + golden("dashscope-error-reply")});
    for (const auto* headers : {"\1"
                                "7\n",
                                "\2Mon, 02 Feb 2026 02:40:00 GMT\n", "\3https://b.example/\n", "\4gzip\n"})
        seeds.push_back({"submit_reply", "\0\x0f\0"s + headers + golden("dashscope-error-reply")});
}

void add_uploads(std::vector<seed>& seeds) {
    const auto policy =
        R"({"data":{"policy":"p","signature":"s","upload_dir":"d/e","upload_host":"https://h.example",)"
        R"("expire_in_seconds":300,"max_file_size_mb":100,"oss_access_key_id":"k","x_oss_object_acl":)"
        R"("private","x_oss_forbid_overwrite":"true"}})"s;
    seeds.push_back({"upload", "\0\0\0\0"s + policy});
    seeds.push_back({"upload", "\0\x0a\0\0<Error><Code>AccessDenied</Code><Message>Policy expired</Message>"s
                               "<RequestId>r</RequestId></Error>"});
    seeds.push_back({"upload", "\0\6\0\0"s + golden("dashscope-error-reply")});
}

void add_texts(std::vector<seed>& seeds) {
    seeds.push_back({"token", R"( {"wan_token":1,"dialect":"dashscope","base_url":)"
                              R"("https://dashscope-intl.aliyuncs.com/api/v1","model":"wan2.2-kf2v-flash",)"
                              R"("state":"waiting","task_id":"task-1","started_at":1770000000,)"
                              R"("clock":"checked","prompt_hash":"6b82d7899bd76b0f"})"});
    seeds.back().bytes.front() = '\0';
    seeds.push_back({"token", "\3"s +
                                  R"({"wan_token":1,"dialect":"jiekou","base_url":"https://api.jiekou.ai",)"
                                  R"("state":"ended","ending":"submit_unknown","unusable_id":".."})"});
    for (const auto* job : {"keyframe_to_video", "image_to_video", "video_continuation"})
        seeds.push_back({"request", "\0"s + R"({"job":")" + job +
                                        R"(","first_frame_url":"https://a.example/1.png","prompt":"p",)"
                                        R"("resolution":"720P","duration":5,"seed":7,"watermark":false,)"
                                        R"("id":"x","extra":{"/parameters/x":{"y":[1,2.5]}}})"});
    seeds.push_back(
        {"request", "\0"s + R"({"job":"keyframe_to_video","first_frame_url":7,"promt":"p","seed":1e2,)"
                            R"("duration":5.5,"prompt":true,"prompt":"q","resolution":"9P","extra":[]})"});
    seeds.push_back({"request", "\0"s + R"([{"job":"image_to_video"}])"});
    seeds.push_back({"extra_fields", "\0/parameters/x\t{\"a\":[1]}\n/input/new\t'text\n"s});
    seeds.push_back({"extra_fields", "\1/a~1b~0c/x\ttrue\n/image\tnull\n"s});
    seeds.push_back({"download", "\1"s + "10\n\"e\"\n\1bytes 10-19/20\n\2\"e\"\n"});
    seeds.push_back({"download", "\0"s + "0\n\n\0"s + "20\n\2\"e\"\nhttps://a.example/v.mp4"});
    seeds.push_back({"download", "\2"s + "20\n\"e\"\n\1bytes */20\n"});
    seeds.push_back(
        {"download", "\6"s + "0\n\n\6\n\6\n\6\n\6\n<Code>AccessDenied</Code><Message>expired</Message>"});
    for (const auto* url :
         {"https://user:pw@[::1]:443/a?b#c", "https://v.example/1.mp4?Expires=1756777047&Signature=s",
          "file:///home/a%20b.png", "data:image/png;base64,iVBORw0KGgo=", "/videos/1.mp4",
          "http://127.0.0.1:8080/api/v1", "https://b.example/1?X-Amz-Date=20250418T104523Z&X-Amz-Expires=60"})
        seeds.push_back({"url", url});
    seeds.push_back({"date", "Sun, 06 Nov 1994 08:49:37 GMT\nSun, 06 Nov 1994 08:49:07 GMT\n"});
    seeds.push_back({"date", "120\n"});
    seeds.push_back(
        {"text", "\x3c{\"a\":\"\\ud83d\\ude00 \\ud800 sk-fuzz-0123456789 \\u0073k-fuzz-01234567"});
    seeds.push_back({"text", "\x3c<Error><Code>A</Code><Message>a &lt;b&gt; &amp;amp;</Message></Error>"});
    seeds.push_back({"recording",
                     "\1{\"method\":\"POST\",\"url\":\"https://a.example/\",\"body\":\"b\",\"status\":200,"
                     "\"headers\":[[\"Date\",\"now\"]],\"reply_bytes\":\"\\u00ff\"}\n"
                     "{\"method\":\"GET\",\"url\":\"u\",\"sent\":\"not_sent\",\"error\":\"e\"}\n"});
    seeds.push_back({"recording",
                     "\0\1v.mp4?Expires=1&Signature=abc%2Fdef&x=2\n{\"token\":\"secret\"}\n\0\0\0"s
                     "{\"signature\":\"ab\\/SECRET\",\"echo\":\"sk-fuzz-0123456789\"}"});
    seeds.push_back({"recording",
                     "\0\1\n--b\rContent-Disposition: form-data; name=\"policy\"\r\rSECRET\r--b--\n\0\0\0"s});
}

/// What the samples do not have: mistakes, odd hosts, values of every type.
void add_oddities(std::vector<seed>& seeds) {
    for (const auto* host : {"0x7f.1", "010.0.0.1", "[::ffff:127.0.0.1]", "[fe80::1]", "[1:2:3:4:5:6:7:8]",
                             "10.1", "x.local", "192.168.1.300", "[fc00::]", "[64:ff9b::1.2.3.4]"})
        seeds.push_back({"url", "http://" + std::string{host} + "/"});
    seeds.push_back({"extra_fields", "\0/parameters/x\tyes\n/parameters/y\tsize\n/input/z\thalf\n"s});
    seeds.push_back({"recording", "\0\1\n--b\rContent-Disposition: form-data; name=\"file\"; "s
                                  "filename=\"6b82d789-first.png\"\n\0\0\0{\"list\":[\"?token=abcdef\"]}"s});
    const auto request = "\0"s + R"({"job":"keyframe_to_video","first_frame_url":"https://a.example/1.png")";
    for (const auto* members :
         {R"("duration":"5","seed":-1,"watermark":"yes","extra":{"/x":true,"/y":2,"/z":1.5})",
          R"("duration":99999999999,"seed":18446744073709551615,"last_frame_url":null)",
          R"("extra":{"/x":1,"/x":2},"prompt":"\ud83d\ude00")"})
        seeds.push_back({"request", request + "," + members + "}"});
    auto unknown_members = request;
    for (int i = 0; i < 120; ++i) unknown_members += ",\"x" + std::to_string(i) + "\":1";
    seeds.push_back({"request", unknown_members + "}"});
    auto long_list = "\0\0\0\0{\"data\":["s;
    for (int i = 0; i < 1000; ++i) long_list += "{},";
    seeds.push_back({"list", long_list + "{}]}"});
    for (const auto* members : {R"("state":"submit_lost","id":"told","task_id":"t")", R"("state":"ready")",
                                R"("state":"waiting","task_id":"t","id":"inferred","inferred_from":"equal")",
                                R"("state":"waiting","task_id":"t","id":"inferred","inferred_from":"odd")"})
        seeds.push_back({"token", "\0"s +
                                      R"({"wan_token":1,"dialect":"dashscope","base_url":)"
                                      R"("https://dashscope-intl.aliyuncs.com/api/v1",)" +
                                      members + "}"});
    seeds.push_back({"video", "\0\x89PNG\r\n\x1A\n, no video at all"s});
    seeds.push_back({"task_reply", "\0\0\0\0\0"s + R"({"output":{"task_id":"a","task_status":"CANCELED"}})"});
}

void add_images(std::vector<seed>& seeds) {
    const auto size = frame(0xC0, 640, 480);
    const file jpegs[] = {jpeg(), jpeg_of(app1(tiff(true, 6)).add(size)),
                          jpeg_of(app1(tiff(false, 8)).add(size)),
                          jpeg_of(segment(0xFE, {}).zeros(9).hex({0xFF, 0}).add(frame(0xC2, 7, 9)))};
    const file pngs[] = {
        png(), png(1, 1, 8, 3, png_chunk("PLTE", file{}.zeros(3)).add(png_chunk("tRNS", file{}.zeros(1)))),
        png(1, 1, 8, 2, png_chunk("eXIf", tiff(false, 8)))};
    const file bmps[] = {bmp(40, 640, 480, 24, 0, 0), bmp(56, 1, 1, 32, 3, 0xFF000000),
                         bmp(40, 1, 1, 32, 6, 0xFF000000), core_bmp(640, 480)};
    const file webps[] = {
        webp_lossy(640, 480), webp_lossless(16384, 1, true), webp_extended(0x10, 640, 480, {}),
        webp_extended(0x08, 640, 480, chunk("VP8 ", file{}.zeros(11)).add(chunk("EXIF", tiff(true, 5))))};
    add_media(seeds, "jpeg", jpegs);
    add_media(seeds, "png", pngs);
    add_media(seeds, "bmp", bmps);
    add_media(seeds, "webp", webps);
    for (const auto& f : {png(), jpeg(), webp_lossy(640, 480)})
        seeds.push_back({"data_url", "\7data:image/png;base64," + support::base64(medium(f).substr(1))});
}

void add_clips(std::vector<seed>& seeds) {
    const auto track = trak(tkhd(7, upright_matrix()), 1280, 720);
    const auto trex = box("trex", file{}.zeros(4).be(7, 4).be(1, 4).be(100, 4).zeros(8));
    const auto mehd = box("mehd", file{}.zeros(4).be(60'000, 4));
    const auto init = [&](const file& in_mvex) {
        return ftyp().add(moov(mvhd(1000, 0), file{track}.add(box("mvex", in_mvex))));
    };
    const auto moof = [](const file& in_traf) {
        return box("moof", box("traf", box("tfhd", file{}.be(8, 4).be(7, 4).be(200, 4)).add(in_traf)));
    };
    const auto by_default = box("trun", file{}.be(0x1, 4).be(4, 4).be(0, 4));
    const auto each =
        box("trun", file{}.be(0x301, 4).be(2, 4).be(0, 4).be(500, 4).be(1, 4).be(700, 4).be(1, 4));
    const auto tfdt = box("tfdt", file{}.u8(1).zeros(3).be(5000, 8));
    const auto sounds = trak(tkhd(2, upright_matrix()), 0, 0, "soun");
    const auto chunks = [](std::string_view type, int width, std::uint64_t offset) {
        const auto table = box(type, file{}.zeros(4).be(1, 4).be(offset, width));
        const auto media = box("mdia", box("minf", box("stbl", file{stsd(64, 48)}.add(table))));
        const auto mdhd = box("mdhd", file{}.zeros(12).be(1000, 4).be(5000, 4).zeros(4));
        return ftyp().add(
            moov(mvhd(1000, 5000), file{trak(tkhd(1, upright_matrix()), 64, 48)}.add(
                                       box("trak", file{tkhd(2, upright_matrix())}.add(mdhd).add(media)))));
    };
    const file clips[] = {
        mp4().zeros(3),
        mp4().hex({0, 0, 1}),
        mp4().be(4, 4).text("free"),
        mp4().be(40, 4).text("free"),
        ftyp().add(box("mdat", file{}.zeros(4))),
        chunks("stco", 4, 16),
        chunks("stco", 4, 1 << 20),
        chunks("co64", 8, 1 << 20),
        init(trex),
        mp4(),
        mp4(quarter_turn()),
        ftyp("qt  ").add(moov(mvhd(600, 1234, true), trak(tkhd(1, upright_matrix(), true, true), 64, 48))),
        ftyp().add(file{}.be(1, 4).text("mdat").be(20, 8).zeros(4)).add(moov(mvhd(1000, 5000), track)),
        ftyp().add(moov(mvhd(1000, 5000), file{sounds}.add(track))),
        ftyp().add(moov(mvhd(1000, 5000), sounds)),
        ftyp("M4A ").add(moov(mvhd(1000, 5000), sounds)),
        ftyp().add(moov(mvhd(1000, 0xFFFFFFFF), track)),
        init(file{mehd}.add(trex)),
        init(trex).add(moof(by_default)).add(box("mdat", file{}.zeros(9))).add(moof(each)),
        init(trex).add(moof(file{tfdt}.add(by_default)))};
    add_media(seeds, "mp4", clips);
    add_media(seeds, "video", clips);
    seeds.push_back({"video", "\0<html>not found</html>"s});
}

void add_sounds(std::vector<seed>& seeds) {
    const auto id3v2 = file{}.text("ID3").hex({4, 0, 0}).hex({0, 0, 0, 20}).zeros(20);
    const auto ape =
        file{}.text("APETAGEX").le(2000, 4).le(40, 4).le(1, 4).le(0xA0000000, 4).zeros(8).zeros(40);
    const auto ape_end = [](std::uint32_t length, std::uint32_t flags) {
        return file{}.zeros(8).text("APETAGEX").le(2000, 4).le(length, 4).le(1, 4).le(flags, 4).zeros(8);
    };
    const auto extensible =
        file{}.le(22, 2).le(24, 2).le(3, 4).le(1, 2).text({"\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71", 14});
    const file wavs[] = {
        riff("WAVE", wav_format(1, 100, 2, 16).add(wav_data(60, 60))),
        riff("WAVE", wav_format(0xFFFE, 100, 1, 24, extensible).add(wav_data(60, 60))),
        riff("WAVE", wav_format(17, 100, 1, 16).add(chunk("fact", file{}.le(150, 4))).add(wav_data(60, 60))),
        riff("WAVE", wav_format(2, 100, 2, 16, file{}.le(32, 2).le(50, 2).zeros(30)).add(wav_data(0, 60))),
        riff("WAVE", wav_format(0x55, 100, 1, 16).add(wav_data(0xFFFFFFFF, 60)))};
    const file mp3s[] = {mp3_frame(),
                         mp3_frame(file{}.text("Xing").be(3, 4).be(1000, 4).be(1, 4)),
                         mp3_frame(file{}.text("VBRI").zeros(10).be(1000, 4)),
                         file{id3v2}.add(mp3_frame()),
                         file{}.zeros(5).add(ape).zeros(9).add(id3v2).add(mp3_frame()),
                         mp3_frame().add(mp3_frame()).add(file{}.text("TAG").zeros(125)),
                         mp3_frame().add(mp3_frame()).add(ape_end(40, 0)),
                         mp3_frame().add(ape_end(40, 0xA0000000)).add(file{}.text("TAG").zeros(125)),
                         mp3_frame().add(ape_end(4000, 0)),
                         mp3_frame().zeros(100).add(mp3_frame()).add(mp3_frame()),
                         mp3_frame().zeros(100),
                         mp3_frame(file{}.text("Xing").be(3, 4).be(0xFFFFFFFF, 4).be(1, 4)),
                         file{id3v2}.be(mpeg_1_layer_3_128k_44100, 4).zeros(8),
                         file{id3v2}.text("no sound"),
                         file{id3v2}.be(0xFFFBF000, 4).add(mp3_frame())};
    add_media(seeds, "wav", wavs);
    add_media(seeds, "mp3", mp3s);
}

void add_tasks(std::vector<seed>& seeds) {
    seeds.push_back({"task", "\0"s});                                                     // all goes well
    seeds.push_back({"task", "\0\0\1\1\0\1\0\1"s + "\0\x1d\0"s + "\0\1\0\0\1\0\0\0\0"s}); // lost, and found
    seeds.push_back({"task", "\0\0\1\0\0\1\1\1\1"s + "\0\0\0\0\0\0\0\3\0"s});             // two uploads
    const auto limits = "\0\0\0\0\1\0\1\0"s; // of DashScope's account, and of its lane
    for (const auto& shots : {"\0\0\0"s, "\3"s, "\1\1\1\1\0\0\0\0\1"s, "\2\0\0\0\0\0\0\0\1"s})
        for (const auto& answers : {"\0"s, "\0\0\0\0\5\1\0\0\1"s, "\xf2\0\xf3\1\xf4\0\xf0\0\0\0\xf1"s})
            seeds.push_back({"scheduler", limits + shots + answers});
    seeds.push_back({"task", "\3\0\0\0\0\0\1"s + "\0\0\0\xf1\2\0\xf2\1\0\xf3"s}); // canceled, resumed
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2 || std::string_view{argv[1]} == "--help") {
        std::puts("Usage: wan-fuzz-seeds FOLDER\n\n"
                  "Writes the first inputs of all fuzz targets to FOLDER/TARGET/seed-NUMBER.\n\n"
                  "Exit codes: 0 written; 1 a file could not be written; 2 wrong usage.");
        return argc == 2 ? 0 : 2;
    }
    std::vector<seed> seeds;
    for (const auto add : {add_replies, add_uploads, add_texts, add_oddities, add_images, add_clips,
                           add_sounds, add_tasks, mistakes::add})
        add(seeds);
    std::map<std::string, int> numbers;
    for (const auto& seed : seeds) {
        const auto folder = std::filesystem::path{argv[1]} / seed.target;
        std::filesystem::create_directories(folder);
        std::ofstream out{folder / ("seed-" + std::to_string(++numbers[seed.target])), std::ios::binary};
        if (!(out << seed.bytes).flush()) {
            std::fprintf(stderr, "cannot write to %s\n", folder.c_str());
            return 1;
        }
    }
    std::printf("%zu seeds\n", seeds.size());
    return 0;
}
