// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All fuzz targets.
#pragma once

#include "target.hpp"

namespace fuzz {

void run_submit_reply(input in);
void run_task_reply(input in);
void run_list(input in);
void run_upload(input in);
void run_token(input in);
void run_request(input in);
void run_extra_fields(input in);
void run_download(input in);
void run_video(input in);
void run_url(input in);
void run_date(input in);
void run_text(input in);
void run_image(input in);
void run_clip(input in);
void run_sound(input in);
void run_data_url(input in);
void run_recording(input in);
void run_task(input in);
void run_scheduler(input in);

/// A format of images, clips or sounds has a corpus and a dictionary of its own; what reads it is shared.
inline constexpr target targets[] = {
    {"submit_reply", "responses to a submit, of every dialect: an accepted task has a usable id",
     run_submit_reply, 2048},
    {"task_reply", "responses to a query, a result and a cancel: a success has a URL that can be fetched",
     run_task_reply, 2048},
    {"list", "lists of tasks: white space changes nothing, of what is broken nothing is made up", run_list,
     4096},
    {"upload", "upload policies and the store's replies: the form holds its fields and no other", run_upload,
     2048},
    {"token", "resume tokens: what is read is written as it was, without the key", run_token, 1024},
    {"request", "requests as JSON, of every job: written and read again they are equal", run_request, 2048},
    {"extra_fields", "extra fields: merged as a tree of JSON would be", run_extra_fields, 1024},
    {"download", "heads of downloads: no byte lands where it does not belong", run_download, 1024},
    {"video", "downloaded videos: checked in windows as at once", run_video, 2048},
    {"url", "URLs: put together again they are the same, and secrets are not shown", run_url, 512},
    {"date", "HTTP dates and Retry-After: a date that is read is written as it was", run_date, 128},
    {"text", "repair, escapes and redaction of texts: valid UTF-8, and no key", run_text, 1024},
    {"jpeg", "JPEG headers: in windows as at once, and a prefix says nothing else", run_image, 1024},
    {"png", "PNG headers, likewise", run_image, 512},
    {"bmp", "BMP headers, likewise", run_image, 256},
    {"webp", "WebP headers, likewise", run_image, 512},
    {"mp4", "MP4 and QuickTime headers, likewise", run_clip, 2048},
    {"wav", "WAV headers, likewise", run_sound, 512},
    {"mp3", "MP3 headers, likewise", run_sound, 2048},
    {"data_url", "data URLs: what base64 stands for is read as if it were bytes", run_data_url, 1024},
    {"recording", "recordings: what is recorded is replayed, without the key", run_recording, 2048},
    {"task", "a whole task whose peer does whatever the bytes say: never two accepted submits", run_task,
     1024},
    {"scheduler", "many tasks, likewise: the account's limits are kept, and every request is completed",
     run_scheduler, 1024},
};

} // namespace fuzz
