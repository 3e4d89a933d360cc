// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every limit of the models for texts, references and editing, of Wan 3 and of HappyHorse, as the documents
// state it: the largest allowed value passes, the next one is refused.
#include "support/doctest.hpp"
#include "support/media_files.hpp"

#include <wan/byte_source.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/json.hpp>
#include <wan/request/reference_to_video.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("documented limits");

namespace {

using texts = std::vector<std::string>;

/// The members that errors and warnings name, of a request as JSON.
struct findings {
    texts errors, warnings;
};

wan::any_request read(const std::string& members) {
    const auto request = wan::read_request("{" + members + "}");
    REQUIRE_MESSAGE(request, members);
    return *request;
}

findings check(const wan::any_request& request) {
    findings found;
    std::visit(
        [&](const auto& r) {
            // A region is a matter of its own.
            const auto who = wan::dashscope::at("https://dashscope.example.com/api/v1", "k");
            for (const auto& v : wan::validate(who, r))
                (is_error(v) ? found.errors : found.warnings).push_back(v.field);
        },
        request);
    return found;
}

findings check(const std::string& members) { return check(read(members)); }

const std::string image = R"("https://example.com/a.png")", clip = R"("https://example.com/a.mp4")";
const std::string text_job = R"("job":"text_to_video","prompt":"a")";
const std::string image_job = R"("job":"image_to_video","image_url":)" + image;
const std::string keyframe_job = R"("job":"keyframe_to_video","first_frame_url":)" + image;
const std::string edit_job = R"("job":"video_edit","prompt":"a","video_url":)" + clip;

std::string references(const std::vector<std::pair<std::string, int>>& counts) {
    std::string list;
    for (const auto& [type, count] : counts)
        for (int n = 0; n < count; ++n)
            list.append(list.empty() ? "" : ",")
                .append(R"({"type":")")
                .append(type)
                .append(R"(","url":)")
                .append(image)
                .append("}");
    return R"("references":[)" + list + "]";
}
const std::string reference_job =
    R"("job":"reference_to_video","prompt":"a",)" + references({{"reference_image", 1}});

/// The base without its prompt, and with that one.
std::string with_prompt(const std::string& base, const std::string& prompt) {
    auto members = base;
    if (const auto at = members.find(R"(,"prompt":"a")"); at != std::string::npos) members.erase(at, 13);
    return members + R"(,"prompt":")" + prompt + "\"";
}

std::string chinese(int count) {
    std::string text;
    for (; count > 0; --count) text += "\xE9\x9B\xA8";
    return text;
}

std::vector<int> seconds(int from, int to, int step = 1, int also = 1000) {
    std::vector<int> all;
    for (int s = from; s <= to; s += step) all.push_back(s);
    if (also < 1000) all.push_back(also);
    return all;
}

struct documented {
    std::string model, base;
    int prompt, chinese;        ///< characters; 0: no other limit
    int negative;               ///< characters; 0: the model lacks it
    texts tiers;                ///< disputed ones are warnings
    texts ratios;               ///< empty: the model lacks it
    std::vector<int> durations; ///< empty: the model lacks it
    std::int64_t least_seed;
    texts others; ///< of the members below, those that the model takes
};

const std::string other_members[] = {R"("audio":true)",
                                     R"("audio_url":"https://example.com/a.mp3")",
                                     R"("shot_type":"multi")",
                                     R"("template":"rose")",
                                     R"("enable_thinking":true)",
                                     R"("audio_setting":"auto")",
                                     R"("audio_setting":"origin")",
                                     R"("prompt_extend":false)",
                                     R"("watermark":true)",
                                     R"("driving_audio_url":"https://example.com/a.mp3")"};

/// `name` of `"name":value`.
std::string name_of(const std::string& member) { return member.substr(1, member.find('"', 1) - 1); }

const texts hd{"720P", "1080P"}, all_tiers{"480P", "720P", "1080P"};
const texts five{"16:9", "9:16", "1:1", "4:3", "3:4"};
const texts six{"adaptive", "16:9", "4:3", "1:1", "3:4", "9:16"};
const texts nine{"16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"};
const texts plain{"prompt_extend", "watermark"};
const texts with_sound{"audio_url", "prompt_extend", "watermark"};
const texts with_shots_alone{"shot_type", "prompt_extend", "watermark"};
const texts with_shots_and_audio{"audio", "shot_type", "prompt_extend", "watermark"};
const texts with_shots{"audio_url", "shot_type", "prompt_extend", "watermark"};
const texts of_wan3{"audio", "enable_thinking", "prompt_extend", "watermark"};

const documented models[] = {
    // Wan 3
    {"wan3.0-video", text_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video", image_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video", keyframe_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video", reference_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video-prime", text_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video-prime", image_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video-prime", keyframe_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    {"wan3.0-video-prime", reference_job, 20'000, 0, 500, all_tiers, six, seconds(2, 30, 1, -1), -1, of_wan3},
    // from a text
    {"wan2.7-t2v", text_job, 5000, 0, 500, hd, five, seconds(2, 15), 0, with_sound},
    {"wan2.7-t2v-2026-06-12", text_job, 5000, 0, 500, hd, five, seconds(2, 15), 0, with_sound},
    {"wan2.7-t2v-2026-04-25", text_job, 5000, 0, 500, hd, five, seconds(2, 15), 0, with_sound},
    {"wan2.6-t2v", text_job, 1500, 0, 500, hd, five, seconds(2, 15), 0, with_shots},
    {"wan2.6-t2v-us", text_job, 1500, 0, 500, hd, five, seconds(5, 15, 5), 0, with_shots},
    {"wan2.5-t2v-preview", text_job, 1500, 0, 500, all_tiers, five, seconds(5, 10, 5), 0, with_sound},
    {"wan2.2-t2v-plus", text_job, 800, 0, 500, {"480P", "1080P"}, five, {5}, 0, plain},
    {"wan2.1-t2v-turbo", text_job, 800, 0, 500, {"480P", "720P"}, five, {5}, 0, plain},
    {"wanx2.1-t2v-turbo", text_job, 800, 0, 500, {"480P", "720P"}, five, {5}, 0, plain},
    {"wan2.1-t2v-plus", text_job, 800, 0, 500, {"720P"}, five, {5}, 0, plain},
    {"wanx2.1-t2v-plus", text_job, 800, 0, 500, {"720P"}, five, {5}, 0, plain},
    // of references
    {"wan2.7-r2v", reference_job, 5000, 0, 500, hd, five, seconds(2, 15), 0, plain},
    {"wan2.7-r2v-2026-06-12", reference_job, 5000, 0, 500, hd, five, seconds(2, 15), 0, plain},
    {"wan2.6-r2v", reference_job, 1500, 0, 500, hd, five, seconds(2, 10), 0, with_shots_alone},
    {"wan2.6-r2v-flash", reference_job, 1500, 0, 500, hd, five, seconds(2, 10), 0, with_shots_and_audio},
    {"wan2.1-vace-plus", reference_job, 800, 0, 500, {"720P"}, five, {5}, 0, plain},
    {"wanx2.1-vace-plus", reference_job, 800, 0, 500, {"720P"}, five, {5}, 0, plain},
    // of a video
    {"wan2.7-videoedit",
     edit_job,
     5000,
     0,
     500,
     hd,
     five,
     seconds(2, 10, 1, 0),
     0,
     {"audio_setting", "prompt_extend", "watermark"}},
    {"happyhorse-1.0-video-edit", edit_job, 5000, 2500, 0, hd, {}, {}, 0, {"audio_setting", "watermark"}},
    // HappyHorse
    {"happyhorse-1.1-t2v", text_job, 5000, 2500, 0, hd, nine, seconds(3, 15), 0, {"watermark"}},
    {"happyhorse-1.0-t2v", text_job, 5000, 2500, 0, hd, five, seconds(3, 15), 0, {"watermark"}},
    {"happyhorse-1.1-i2v", image_job, 5000, 2500, 0, hd, {}, seconds(3, 15), 0, {"watermark"}},
    {"happyhorse-1.0-i2v", image_job, 5000, 2500, 0, hd, {}, seconds(3, 15), 0, {"watermark"}},
    {"happyhorse-1.1-r2v", reference_job, 5000, 2500, 0, hd, nine, seconds(3, 15), 0, {"watermark"}},
    {"happyhorse-1.0-r2v", reference_job, 5000, 2500, 0, hd, five, seconds(3, 15), 0, {"watermark"}},
};

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// Bytes that begin with a header, and as many as it is said.
class large_file final : public wan::byte_source {
public:
    large_file(std::string_view header, std::uint64_t size) : header_(header), size_(size) {}
    std::uint64_t size() const noexcept override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        const auto n =
            static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), offset < size_ ? size_ - offset : 0));
        for (std::size_t i = 0; i < n; ++i)
            to[i] = offset + i < header_.size()
                        ? static_cast<std::byte>(header_[static_cast<std::size_t>(offset) + i])
                        : std::byte{0};
        return n;
    }

private:
    std::string header_;
    std::uint64_t size_;
};

std::string text_of(const media_files::file& file) {
    return {reinterpret_cast<const char*>(file.bytes.data()), file.size};
}

struct made {
    std::string header;
    std::string name;
    std::uint64_t size = 0; ///< 0: the header's
};

made picture(unsigned width, unsigned height, std::uint64_t size = 0) {
    return {text_of(media_files::png(width, height)), "a.png", size};
}
made film(std::uint64_t milliseconds, unsigned width = 1280, unsigned height = 720, std::uint64_t size = 0) {
    using namespace media_files;
    const auto end = size == 0 ? 12 : size;
    const auto head = file{}.add(ftyp()).add(
        moov(mvhd(1000, milliseconds), trak(tkhd(1, upright_matrix()), width, height)));
    return {text_of(head) + text_of(file{}.be(end - (size == 0 ? 0 : head.size), 4).text("mdat").zeros(4)),
            "a.mp4", size};
}
made sound(std::uint64_t milliseconds, std::uint64_t size = 0) {
    using namespace media_files;
    const auto bytes = static_cast<std::uint32_t>(milliseconds * 16); // 8,000 samples of 2 bytes a second
    const auto format = wav_format(1, 8000, 1, 16);
    const auto head = file{}
                          .text("RIFF")
                          .le(4 + format.size + 8 + bytes, 4)
                          .text("WAVE")
                          .add(format)
                          .text("data")
                          .le(bytes, 4);
    return {text_of(head), "a.wav", std::max<std::uint64_t>(size, head.size + bytes)};
}

/// The request with those bytes in the place of that medium.
findings check_with(wan::any_request request, const std::string& field, const made& file) {
    bool is_there = false;
    std::visit(
        [&](auto& r) {
            wan::for_each_medium(r, [&](std::string_view name, wan::media& medium, auto) {
                if (name != field) return;
                is_there = true;
                medium = wan::media(std::make_shared<large_file>(
                                        file.header, file.size == 0 ? file.header.size() : file.size),
                                    file.name);
            });
        },
        request);
    REQUIRE_MESSAGE(is_there, field);
    return check(request);
}

constexpr std::uint64_t megabytes(std::uint64_t n) { return n << 20; }

} // namespace

TEST_CASE("texts, tiers, ratios, lengths and switches") {
    for (const auto& row : models) {
        CAPTURE(row.model);
        CAPTURE(row.base);
        const auto base = row.base + R"(,"model":")" + row.model + "\"";
        const auto refused = [&](const std::string& more) { return check(base + "," + more).errors; };
        CHECK(check(base).errors == texts{});

        const auto of_prompt = [&](const std::string& prompt) {
            return check(with_prompt(base, prompt)).errors;
        };
        CHECK(of_prompt(std::string(static_cast<std::size_t>(row.prompt), 'x')) == texts{});
        CHECK(of_prompt(std::string(static_cast<std::size_t>(row.prompt) + 1, 'x')) == texts{"prompt"});
        const auto most = row.chinese == 0 ? row.prompt : row.chinese;
        CHECK(of_prompt(chinese(most)) == texts{});
        CHECK(of_prompt(chinese(most + 1)) == texts{"prompt"});

        const auto negative = [&](int count) {
            return refused(R"("negative_prompt":")" + std::string(static_cast<std::size_t>(count), 'x') +
                           "\"");
        };
        CHECK((negative(row.negative == 0 ? 1 : row.negative) == texts{}) == (row.negative != 0));
        CHECK(negative(row.negative + 1) == texts{"negative_prompt"});

        // A value that is disputed is a warning.
        const auto takes = [&](const std::string& name, const std::string& value,
                               const std::string& more = {}) {
            const auto found = check(base + ",\"" + name + "\":\"" + value + "\"" + more);
            return found.errors == texts{} && !contains(found.warnings, name);
        };
        for (const std::string tier : {"480P", "720P", "1080P"}) {
            CAPTURE(tier);
            CHECK(takes("resolution", tier) == contains(row.tiers, tier));
        }
        for (const std::string ratio :
             {"adaptive", "16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9", "2:1"}) {
            CAPTURE(ratio);
            // At the tier that has them all.
            CHECK(takes("ratio", ratio, R"(,"resolution":")" + row.tiers.back() + "\"") ==
                  contains(row.ratios, ratio));
        }
        for (int length = -3; length < 70; ++length) {
            CAPTURE(length);
            CHECK((refused(R"("duration":)" + std::to_string(length)) == texts{}) ==
                  contains(row.durations, length));
        }
        CHECK(refused(R"("seed":2147483647)") == texts{});
        CHECK(refused(R"("seed":2147483648)") == texts{"seed"});
        CHECK(refused(R"("seed":)" + std::to_string(row.least_seed)) == texts{});
        CHECK(refused(R"("seed":)" + std::to_string(row.least_seed - 1)) == texts{"seed"});

        for (const auto& member : other_members) {
            CAPTURE(member);
            const auto name = name_of(member);
            if (!wan::read_request("{" + base + "," + member + "}")) // the job lacks it
                CHECK_FALSE(contains(row.others, name));
            else
                CHECK(refused(member) == (contains(row.others, name) ? texts{} : texts{name}));
        }
        CHECK(wan::read_request("{" + base + R"(,"audio_setting":"loud"})").has_value() ==
              (row.base == edit_job));
    }
}

TEST_CASE("Wan 3 leaves the prompt out where there is a frame, and wants one where there is nothing") {
    CHECK(check(image_job + R"(,"model":"wan3.0-video")").errors == texts{});
    CHECK(check(R"("job":"text_to_video","model":"wan3.0-video")").errors == texts{"prompt"});
}

TEST_CASE("where documents disagree, a value is a warning") {
    struct {
        std::string model, base, member;
    } const rows[] = {
        {"wan3.0-video", text_job, R"("ratio":"21:9")"},
        {"wan3.0-video-prime", reference_job, R"("ratio":"21:9")"},
        {"wan3.0-video", text_job, R"("negative_prompt":"a")"},
        {"happyhorse-1.1-t2v", text_job, R"("resolution":"480P")"},
        {"happyhorse-1.1-i2v", image_job, R"("resolution":"480P")"},
        {"happyhorse-1.1-r2v", reference_job, R"("resolution":"480P")"},
        {"wan2.7-videoedit", edit_job, R"("audio_setting":"no_audio")"},
        {"wan2.1-vace-plus", reference_job, R"("negative_prompt":"a")"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        CAPTURE(row.member);
        const auto found = check(row.base + R"(,"model":")" + row.model + "\"," + row.member);
        CHECK(found.errors == texts{});
        CHECK(contains(found.warnings, name_of(row.member)));
    }
    const auto virginia = wan::dashscope::provider("k", wan::region::virginia);
    auto request = std::get<wan::reference_to_video>(
        read(reference_job + R"(,"model":"wan2.6-r2v","resolution":"720P")"));
    for (const auto& v : wan::validate(virginia, request)) {
        CHECK(v.field == "model");
        CHECK_FALSE(is_error(v));
    }
}

TEST_CASE("how many references") {
    struct {
        std::string model, base, type;
        int least, most;
    } const rows[] = {
        {"wan3.0-video", "", "reference_image", 0, 10},
        {"wan3.0-video", "", "reference_video", 0, 5},
        {"wan3.0-video", "", "reference_audio", 0, 5},
        {"wan3.0-video", "", "file", 0, 1},
        {"wan3.0-video", "", "link", 0, 1},
        {"wan2.7-r2v", "", "reference_image", 1, 5},
        {"wan2.7-r2v", "", "reference_video", 1, 5},
        {"wan2.7-r2v", "", "reference_audio", 0, 0},
        {"wan2.7-r2v", "", "file", 0, 0},
        {"wan2.7-r2v", "", "link", 0, 0},
        {"wan2.6-r2v", "", "reference_image", 1, 5},
        {"wan2.6-r2v", "", "reference_video", 1, 3},
        {"wan2.6-r2v", "", "reference_audio", 0, 0},
        {"wan2.6-r2v-flash", "", "reference_image", 1, 5},
        {"wan2.6-r2v-flash", "", "reference_video", 1, 3},
        {"wan2.1-vace-plus", "", "reference_image", 1, 3},
        {"wanx2.1-vace-plus", "", "reference_video", 0, 0},
        {"happyhorse-1.1-r2v", "", "reference_image", 1, 9},
        {"happyhorse-1.1-r2v", "", "reference_video", 0, 0},
        {"happyhorse-1.0-r2v", "", "reference_image", 1, 9},
        {"wan2.7-videoedit", edit_job, "reference_image", 0, 4},
        {"wan2.7-videoedit", edit_job, "reference_video", 0, 0},
        {"happyhorse-1.0-video-edit", edit_job, "reference_image", 0, 5},
        {"happyhorse-1.0-video-edit", edit_job, "reference_audio", 0, 0},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        CAPTURE(row.type);
        const auto base = (row.base.empty() ? R"("job":"reference_to_video","prompt":"a")" : row.base) +
                          R"(,"model":")" + row.model + "\"";
        const auto refused = [&](int count) {
            return check(base + "," + references({{row.type, count}})).errors;
        };
        if (row.most > 0) CHECK(refused(row.most) == texts{});
        CHECK_FALSE(refused(row.most + 1).empty());
        if (row.least > 0) CHECK(refused(row.least - 1) == texts{"references"});
    }
    const auto of = [](const std::string& model, const std::vector<std::pair<std::string, int>>& counts,
                       const std::string& more = {}) {
        return check(R"("job":"reference_to_video","prompt":"a","model":")" + model + "\"," +
                     references(counts) + more)
            .errors;
    };
    // Each kind by itself.
    CHECK(of("wan3.0-video", {{"reference_image", 10}, {"reference_video", 5}, {"reference_audio", 5}}) ==
          texts{});
    CHECK(of("wan3.0-video", {{"file", 1}, {"link", 1}}) != texts{});
    // Images and videos together.
    CHECK(of("wan2.7-r2v", {{"reference_image", 3}, {"reference_video", 2}}) == texts{});
    CHECK(of("wan2.7-r2v", {{"reference_image", 3}, {"reference_video", 3}}) == texts{"references"});
    CHECK(of("wan2.6-r2v", {{"reference_image", 2}, {"reference_video", 3}}) == texts{});
    CHECK(of("wan2.6-r2v", {{"reference_image", 3}, {"reference_video", 3}}) == texts{"references"});
    // With a video 10 seconds at most.
    CHECK(of("wan2.7-r2v", {{"reference_video", 1}}, R"(,"duration":10)") == texts{});
    CHECK(of("wan2.7-r2v", {{"reference_video", 1}}, R"(,"duration":11)") == texts{"duration"});
    // Frames exclude references of Wan 3.
    const auto frame = R"(,"first_frame_url":)" + image;
    CHECK(of("wan2.7-r2v", {{"reference_image", 1}}, frame) == texts{});
    for (const auto* type : {"reference_image", "reference_video", "reference_audio", "file", "link"})
        CHECK(of("wan3.0-video", {{type, 1}}, frame) == texts{"first_frame_url"});
    for (const auto* model : {"wan2.6-r2v", "wan2.1-vace-plus", "happyhorse-1.1-r2v"})
        CHECK(of(model, {{"reference_image", 1}}, frame) == texts{"first_frame_url"});
}

TEST_CASE("voices and descriptions of references") {
    const auto refused = [](const std::string& model, const std::string& member) {
        return check(R"("job":"reference_to_video","prompt":"a","model":")" + model +
                     R"(","references":[{"type":"reference_image","url":)" + image + "," + member + "}]")
            .errors;
    };
    const std::string voice = R"("reference_voice":"https://example.com/a.mp3")",
                      description = R"("reference_description":"a woman")";
    CHECK(refused("wan2.7-r2v", voice) == texts{});
    CHECK(refused("wan2.7-r2v", description) == texts{});
    for (const auto* model : {"wan3.0-video", "wan2.6-r2v", "happyhorse-1.1-r2v"}) {
        CHECK(refused(model, voice) == texts{"references[0].reference_voice"});
        CHECK(refused(model, description) == texts{"references[0].reference_description"});
    }
}

TEST_CASE("images") {
    struct {
        std::string model, base, field;
        unsigned least, most; ///< pixels; 0: not documented
        unsigned ratio;       ///< tenths; 0: not documented
        std::uint64_t megabytes;
        bool takes_bmp;
    } const rows[] = {
        {"wan3.0-video", image_job, "image_url", 240, 8000, 80, 20, true},
        {"wan3.0-video", keyframe_job, "first_frame_url", 240, 8000, 80, 20, true},
        {"wan3.0-video", keyframe_job + R"(,"last_frame_url":)" + image, "last_frame_url", 240, 8000, 80, 20,
         true},
        {"wan3.0-video-prime", reference_job, "references[0].url", 240, 8000, 80, 20, true},
        {"wan2.7-r2v", reference_job, "references[0].url", 240, 8000, 80, 20, true},
        {"wan2.7-r2v", reference_job + R"(,"first_frame_url":)" + image, "first_frame_url", 240, 8000, 80, 20,
         true},
        {"wan2.6-r2v", reference_job, "references[0].url", 360, 2000, 0, 10, true},
        {"wan2.6-r2v-flash", reference_job, "references[0].url", 360, 2000, 0, 10, true},
        {"wan2.1-vace-plus", reference_job, "references[0].url", 360, 2000, 0, 10, true},
        {"wan2.7-videoedit", edit_job + "," + references({{"reference_image", 1}}), "references[0].url", 240,
         8000, 80, 20, true},
        {"happyhorse-1.1-i2v", image_job, "image_url", 300, 0, 25, 20, false},
        {"happyhorse-1.0-i2v", image_job, "image_url", 300, 0, 25, 20, false},
        {"happyhorse-1.1-r2v", reference_job, "references[0].url", 400, 0, 0, 20, true},
        {"happyhorse-1.0-r2v", reference_job, "references[0].url", 400, 0, 0, 20, true},
        {"happyhorse-1.0-video-edit", edit_job + "," + references({{"reference_image", 1}}),
         "references[0].url", 0, 0, 0, 20, true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        CAPTURE(row.field);
        const auto request = read(row.base + R"(,"model":")" + row.model + "\"");
        const auto refused = [&](const made& file) { return check_with(request, row.field, file).errors; };
        const texts only{row.field};
        CHECK(refused(picture(1000, 1000, megabytes(row.megabytes))) == texts{});
        CHECK(refused(picture(1000, 1000, megabytes(row.megabytes) + 1)) == only);
        if (row.least != 0) {
            CHECK(refused(picture(row.least, row.least)) == texts{});
            CHECK(refused(picture(row.least - 1, row.least)) == only);
        }
        if (row.most != 0) {
            CHECK(refused(picture(row.most, row.most)) == texts{});
            CHECK(refused(picture(row.most, row.most + 1)) == only);
        }
        if (row.ratio != 0) {
            CHECK(refused(picture(row.least * 2 * row.ratio / 10, row.least * 2)) == texts{});
            CHECK(refused(picture(row.least * 2, row.least * 2 * row.ratio / 10 + 1)) == only);
        }
        CHECK(refused({text_of(media_files::jpeg(1000, 1000)), "a.jpg"}) == texts{});
        CHECK(refused({text_of(media_files::webp_lossy(1000, 1000)), "a.webp"}) == texts{});
        CHECK(refused({text_of(media_files::png(1000, 1000, 8, 6)), "a.png"}) == only); // alpha
        CHECK(refused({text_of(media_files::bmp(40, 1000, 1000, 24, 0, 0)), "a.bmp"}) ==
              (row.takes_bmp ? texts{} : only));
        CHECK(refused(film(5000)) == only);
    }
}

TEST_CASE("clips and sounds") {
    const auto with = [](const std::string& type) {
        return R"("job":"reference_to_video","prompt":"a",)" + references({{type, 1}});
    };
    const auto voiced =
        R"("job":"reference_to_video","prompt":"a","references":[{"type":"reference_image","url":)" + image +
        R"(,"reference_voice":)" + clip + "}]";
    const auto text_and_sound = text_job + R"(,"audio_url":)" + clip;
    struct {
        std::string model, base, field;
        int least, most; ///< seconds
        std::uint64_t megabytes;
        unsigned narrowest, widest; ///< pixels; 0: a sound
        unsigned ratio;             ///< 0: not documented
    } const rows[] = {
        {"wan3.0-video", with("reference_video"), "references[0].url", 1, 15, 100, 240, 4096, 8},
        {"wan3.0-video", with("reference_audio"), "references[0].url", 1, 15, 15, 0, 0, 0},
        {"wan2.7-r2v", with("reference_video"), "references[0].url", 1, 30, 100, 240, 4096, 0},
        {"wan2.7-r2v", voiced, "references[0].reference_voice", 1, 10, 15, 0, 0, 0},
        {"wan2.6-r2v", with("reference_video"), "references[0].url", 3, 30, 100, 0, 1, 0},
        {"wan2.7-videoedit", edit_job, "video_url", 2, 10, 100, 240, 4096, 0},
        {"happyhorse-1.0-video-edit", edit_job, "video_url", 3, 60, 100, 360, 4096, 0},
        {"wan2.7-t2v", text_and_sound, "audio_url", 2, 30, 15, 0, 0, 0},
        {"wan2.6-t2v", text_and_sound, "audio_url", 3, 30, 15, 0, 0, 0},
        {"wan2.6-t2v-us", text_and_sound, "audio_url", 3, 30, 15, 0, 0, 0},
        {"wan2.5-t2v-preview", text_and_sound, "audio_url", 3, 30, 15, 0, 0, 0},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        CAPTURE(row.field);
        const auto request = read(row.base + R"(,"model":")" + row.model + "\"");
        const auto refused = [&](const made& file) { return check_with(request, row.field, file).errors; };
        const texts only{row.field};
        const bool is_clip = row.widest != 0;
        const auto of = [&](int milliseconds, std::uint64_t size = 0) {
            const auto length = static_cast<std::uint64_t>(milliseconds);
            return is_clip ? film(length, 1280, 720, size) : sound(length, size);
        };
        const auto least = row.least * 1000;
        CHECK(refused(of(least)) == texts{});
        CHECK(refused(of(least - 10)) == only);
        CHECK(refused(of(row.most * 1000)) == texts{});
        CHECK_FALSE(refused(of(row.most * 1000 + 10)).empty());
        CHECK(refused(of(least, megabytes(row.megabytes))) == texts{});
        CHECK(refused(of(least, megabytes(row.megabytes) + 1)) == only);
        CHECK(refused(picture(1000, 1000)) == only);
        CHECK(refused(is_clip ? sound(5000) : film(5000)) == only);
        if (row.narrowest == 0) continue;
        const auto sized = [&](unsigned width, unsigned height) {
            return refused(film(static_cast<std::uint64_t>(row.least) * 1000, width, height));
        };
        CHECK(sized(row.narrowest, row.narrowest) == texts{});
        CHECK(sized(row.narrowest - 1, row.narrowest) == only);
        CHECK(sized(row.widest, row.widest) == texts{});
        CHECK(sized(row.widest, row.widest + 1) == only);
        if (row.ratio == 0) continue;
        CHECK(sized(row.narrowest * row.ratio, row.narrowest) == texts{});
        CHECK(sized(row.narrowest * row.ratio + 1, row.narrowest) == only);
    }
}

TEST_CASE("how long the references of Wan 3 are together, and with the video") {
    const auto refused = [](const std::string& type, int first, int second, int length) {
        const auto name = type == "reference_video" ? &film : nullptr;
        const auto file = [&](int milliseconds) {
            const auto n = static_cast<std::uint64_t>(milliseconds);
            return name ? film(n) : sound(n);
        };
        auto request = read(R"("job":"reference_to_video","prompt":"a","model":"wan3.0-video","duration":)" +
                            std::to_string(length) + "," + references({{type, 2}}));
        std::visit(
            [&](auto& r) {
                int milliseconds = first;
                wan::for_each_medium(r, [&](std::string_view, wan::media& medium, auto) {
                    const auto made = file(std::exchange(milliseconds, second));
                    medium = wan::media(std::make_shared<large_file>(
                                            made.header, made.size == 0 ? made.header.size() : made.size),
                                        made.name);
                });
            },
            request);
        return check(request).errors;
    };
    for (const auto* type : {"reference_video", "reference_audio"}) {
        CHECK(refused(type, 7000, 8000, 5) == texts{});
        CHECK(refused(type, 7000, 8010, 5) == texts{"references"});
    }
    CHECK(refused("reference_video", 7000, 8000, 15) == texts{});
    CHECK(refused("reference_video", 7000, 8000, 16) == texts{"duration"});
    CHECK(refused("reference_audio", 7000, 8000, 30) == texts{});
}

TEST_CASE("documents of Wan 3") {
    const auto request = read(R"("job":"reference_to_video","prompt":"a","model":"wan3.0-video",)" +
                              references({{"file", 1}}));
    const auto refused = [&](const std::string& name, std::uint64_t size) {
        return check_with(request, "references[0].url", {"a", name, size}).errors;
    };
    for (const auto* name : {"a.docx", "a.xlsx", "a.pptx", "a.pdf", "a.txt", "a.md", "A.PDF"}) {
        CAPTURE(std::string{name});
        CHECK(refused(name, megabytes(100)) == texts{});
        CHECK(refused(name, megabytes(100) + 1) == texts{"references[0].url"});
    }
    CHECK(refused("a.doc", 10) == texts{"references[0].url"});
}

TEST_CASE("of a model that no row knows everything is a warning") {
    const std::string bases[] = {text_job,     image_job,
                                 keyframe_job, reference_job,
                                 edit_job,     R"("job":"video_continuation","first_clip_url":)" + clip};
    const std::string members[] = {
        R"("duration":31)",          R"("duration":-2)",
        R"("ratio":"2:1")",          R"("seed":2147483648)",
        R"("audio_setting":"loud")", R"("negative_prompt":")" + std::string(501, 'x') + "\""};
    for (const auto& job : bases) {
        CAPTURE(job);
        const auto base = job + R"(,"model":"wan9.0-video")";
        const auto known = check(base);
        CHECK(known.errors == texts{});
        CHECK(contains(known.warnings, std::string{"model"}));
        for (const auto& member : members) {
            CAPTURE(member);
            if (!wan::read_request("{" + base + "," + member + "}")) continue; // the job lacks it
            const auto found = check(base + "," + member);
            CHECK(found.errors == texts{});
            CHECK(contains(found.warnings, name_of(member)));
        }
        const auto found = check(with_prompt(base, std::string(20'001, 'x')));
        CHECK(found.errors == texts{});
        CHECK(contains(found.warnings, std::string{"prompt"}));
    }
}

TEST_SUITE_END();
