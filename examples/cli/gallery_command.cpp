// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "gallery_command.hpp"

#include "cli/fleet/shot_kind.hpp"
#include "cli/gallery/gallery.hpp"
#include "cli/output/report.hpp"
#include "cli/store/shot_rows.hpp"

#include <wan/model/media_kind_of.hpp>
#include <wan/request/any_request.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/json.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cli {

namespace {

/// Returns a frame as the page shows it: a URL as it is, and a file by its absolute path.
std::string frame_of(std::string_view url, const std::string& folder) {
    if (url.starts_with("data:")) return {};
    if (url.starts_with("oss:") || url.find("://") != std::string_view::npos) return std::string{url};
    return (std::filesystem::path{folder} / url).lexically_normal().string();
}

void add_frames(gallery_shot& shot, const wan::any_request& request, const std::string& folder) {
    const auto add = [&](std::string_view field, const wan::media& medium,
                         std::optional<wan::media_kind> kind) {
        const bool is_image = kind.value_or(wan::media_kind_of(field)) == wan::media_kind::image;
        if (!is_image) return;
        auto& frame = field == "last_frame_url" ? shot.last_frame : shot.first_frame;
        if (frame.empty()) frame = frame_of(medium.url(), folder);
    };
    std::visit([&](const auto& r) { wan::for_each_medium(r, add); }, request);
}

gallery_shot shown(const shot_row& row) {
    gallery_shot shot{.id = row.name,
                      .model = row.model,
                      .state = row.state,
                      .reason = row.error,
                      .task_id = row.task_id,
                      .attempts = row.attempts,
                      .video = row.video,
                      .video_url = row.video_url,
                      .url_expires_at = row.video_url_expires_at};
    if (row.cost != 0) shot.cost = gallery_cost{row.cost, row.currency, row.cost_is_lower_bound};
    const auto request = wan::read_request(row.request);
    if (!request) return shot;
    shot.job = to_wire(wan::job_in(*request));
    shot.prompt = prompt_in(*request);
    add_frames(shot, *request, row.folder);
    return shot;
}

} // namespace

wan::result<std::string> write_gallery_of(const std::string& state, const std::string& directory) {
    const auto rows = read_shot_rows(state);
    if (!rows) return rows.error();
    std::vector<gallery_shot> shots;
    shots.reserve(rows->size());
    for (const auto& row : *rows) shots.push_back(shown(row));
    if (auto written = write_gallery(directory, shots); !written) return std::move(written).error();
    return gallery_file(directory);
}

int gallery(const gallery_command_options& options) {
    const auto page = write_gallery_of(options.state, options.out);
    if (!page) return print(refusal(page.error()), options.json, false);
    if (options.json)
        print_json({{"gallery", *page}});
    else
        std::printf("%s\n", page->c_str());
    return 0;
}

} // namespace cli
