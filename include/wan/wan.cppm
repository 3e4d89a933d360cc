// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Everything, as a module: `import wan;`. The macros of <wan/version.hpp> are no part of a module.
/// The list is written by tests/matrix/module_names.py.
module;

#include <wan/fwd.hpp>
#include <wan/json/layout.hpp>
#include <wan/json/merge.hpp>
#include <wan/json/read.hpp>
#include <wan/media/inspect.hpp>
#include <wan/model/catalog.hpp>
#include <wan/model/catalog_json.hpp>
#include <wan/request/description_of.hpp>
#include <wan/request/json.hpp>
#include <wan/run/callback.hpp>
#include <wan/run/coroutine.hpp>
#include <wan/validation/json_schema.hpp>
#include <wan/wan.hpp>

export module wan;

export namespace wan {

using wan::account_limits;
using wan::adopt;
using wan::agrees;
using wan::all_models;
using wan::any_request;
using wan::api_key;
using wan::arrival_of;
using wan::arrival_span;
using wan::async_http_executor;
using wan::awaitable_http_executor;
using wan::awaitable_timer;
using wan::backoff;
using wan::base64_decoded_size;
using wan::base64_encoder;
using wan::base64_size;
using wan::billed_video;
using wan::billed_video_of;
using wan::body_encoding;
using wan::borrowed_bytes;
using wan::byte_source;
using wan::callback_timer;
using wan::cancel_reply;
using wan::cancel_verdict;
using wan::candidate;
using wan::character_count;
using wan::check_medium;
using wan::check_video;
using wan::choice_limit;
using wan::classify;
using wan::clock_tolerance;
using wan::clock_trust;
using wan::cost_estimate;
using wan::creation;
using wan::dashscope_models;
using wan::date_of;
using wan::delivery;
using wan::describe_error;
using wan::description_of;
using wan::dialect;
using wan::document_limit;
using wan::download_head;
using wan::duration_limit;
using wan::encode_base64;
using wan::error;
using wan::error_category;
using wan::error_word;
using wan::estimate_cost;
using wan::expires_at;
using wan::explain_download_error;
using wan::extra_field;
using wan::extra_member;
using wan::find_header;
using wan::find_model;
using wan::find_status;
using wan::find_transition;
using wan::first_character_size;
using wan::flag_limit;
using wan::for_each_medium;
using wan::format_of;
using wan::frame_size;
using wan::from_wire;
using wan::general_limits;
using wan::generation_time;
using wan::has_error;
using wan::has_prompt;
using wan::header_rule;
using wan::http_body;
using wan::http_body_reader;
using wan::http_done;
using wan::http_executor;
using wan::http_header;
using wan::http_method;
using wan::http_request;
using wan::http_response;
using wan::http_result;
using wan::id_trust;
using wan::image_info;
using wan::image_limit;
using wan::inspect_clip;
using wan::inspect_error;
using wan::inspect_image;
using wan::inspect_problem;
using wan::inspect_sound;
using wan::inspected;
using wan::is_error;
using wan::is_file_url;
using wan::is_in_flight;
using wan::is_loopback;
using wan::is_mp4;
using wan::is_relative_path;
using wan::is_same_origin;
using wan::is_submit_open;
using wan::is_terminal;
using wan::is_transient;
using wan::jiekou_models;
using wan::job;
using wan::job_in;
using wan::job_of;
using wan::job_request;
using wan::job_routes;
using wan::json_schema;
using wan::json_text;
using wan::known_tasks;
using wan::lane_limits;
using wan::late_ending;
using wan::late_transition;
using wan::late_transitions;
using wan::limits_for;
using wan::limits_of;
using wan::list_filter;
using wan::list_path;
using wan::list_route;
using wan::listed_task;
using wan::make_cancel;
using wan::make_download;
using wan::make_list;
using wan::make_query;
using wan::make_result_query;
using wan::make_submit;
using wan::make_task;
using wan::make_upload;
using wan::make_upload_policy;
using wan::masked;
using wan::max_listed_tasks;
using wan::may_carry_key;
using wan::media;
using wan::media_format;
using wan::media_kind;
using wan::media_kind_of;
using wan::media_route;
using wan::media_route_of;
using wan::media_support;
using wan::media_support_of;
using wan::media_transfer;
using wan::member_name;
using wan::members_of;
using wan::milliseconds;
using wan::mime_type;
using wan::model_catalog;
using wan::model_chooses;
using wan::model_limits;
using wan::model_of;
using wan::models_of;
using wan::next_state;
using wan::no_limit;
using wan::no_wall_clock;
using wan::offered_jobs;
using wan::outcome;
using wan::parse_cancel;
using wan::parse_download_head;
using wan::parse_list;
using wan::parse_query;
using wan::parse_resolution;
using wan::parse_result;
using wan::parse_submit;
using wan::parse_upload;
using wan::parse_upload_policy;
using wan::parse_url;
using wan::path_of_file_url;
using wan::percent_decoded;
using wan::percent_encoded;
using wan::policy;
using wan::predict_output;
using wan::predict_output_size;
using wan::predicted_output;
using wan::price_row;
using wan::printable;
using wan::progress;
using wan::prompt_match;
using wan::provider;
using wan::query_parameter;
using wan::query_reply;
using wan::query_verdict;
using wan::quoted;
using wan::range_limit;
using wan::rate_limit;
using wan::read_catalog;
using wan::read_reply;
using wan::read_request;
using wan::read_token;
using wan::reading;
using wan::receipt;
using wan::recording_info;
using wan::recording_limit;
using wan::redact_key;
using wan::reference;
using wan::reference_limit;
using wan::reference_type;
using wan::refusal;
using wan::refuses;
using wan::region;
using wan::reply;
using wan::reply_path;
using wan::reply_table;
using wan::request_kind;
using wan::resolution;
using wan::resolution_limit;
using wan::result;
using wan::resume_task;
using wan::resume_token;
using wan::retry_after;
using wan::route_for;
using wan::routes_of;
using wan::rule;
using wan::run;
using wan::run_as;
using wan::run_async;
using wan::run_options;
using wan::running_task;
using wan::scheduler;
using wan::scheduler_action;
using wan::set_of;
using wan::severity;
using wan::shot_type;
using wan::shot_type_limit;
using wan::sibling_tasks;
using wan::sinancode_models;
using wan::status_or_running;
using wan::status_word;
using wan::steady_timer;
using wan::step;
using wan::step_kind;
using wan::strictness;
using wan::submit_reply;
using wan::submit_route;
using wan::submit_verdict;
using wan::target_pixels;
using wan::task;
using wan::task_ending;
using wan::task_event;
using wan::task_handle;
using wan::task_list;
using wan::task_route;
using wan::task_state;
using wan::task_status;
using wan::task_transition;
using wan::task_transitions;
using wan::template_limit;
using wan::text_limit;
using wan::throw_exception_from_error;
using wan::time_point;
using wan::to_json;
using wan::to_string;
using wan::to_wire;
using wan::token_saver;
using wan::transport_error;
using wan::unreadable_body;
using wan::upload_event;
using wan::upload_field;
using wan::upload_file;
using wan::upload_policy;
using wan::upload_policy_reply;
using wan::upload_reply;
using wan::upload_route;
using wan::upload_state;
using wan::upload_transition;
using wan::upload_transitions;
using wan::upload_verdict;
using wan::uploaded_url;
using wan::upright_size;
using wan::url_scheme;
using wan::url_view;
using wan::validate;
using wan::validation_target;
using wan::video;
using wan::video_check;
using wan::video_of;
using wan::video_shape;
using wan::violation;
using wan::wall_clock;
using wan::wire_name;
using wan::wire_names;
using wan::wire_spelling;
using wan::wire_table;

#define WAN_JOB(name) using wan::name;
WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB

} // namespace wan

export namespace wan::dashscope {

using wan::dashscope::api;
using wan::dashscope::at;
using wan::dashscope::provider;
using wan::dashscope::region_at;

} // namespace wan::dashscope

export namespace wan::jiekou {

using wan::jiekou::api;
using wan::jiekou::at;
using wan::jiekou::provider;

} // namespace wan::jiekou

export namespace wan::json {

using wan::json::array;
using wan::json::as_text;
using wan::json::combined;
using wan::json::constant;
using wan::json::converted;
using wan::json::covers;
using wan::json::escaped;
using wan::json::fixed;
using wan::json::fixed_string;
using wan::json::implied;
using wan::json::kept_place;
using wan::json::layout;
using wan::json::layout_of;
using wan::json::max_depth;
using wan::json::max_nodes;
using wan::json::max_picks;
using wan::json::media_urls;
using wan::json::medium_slot;
using wan::json::member_list;
using wan::json::merge;
using wan::json::numbered_urls;
using wan::json::object;
using wan::json::pick;
using wan::json::place;
using wan::json::place_all;
using wan::json::read;
using wan::json::refused;
using wan::json::renamed;
using wan::json::request_layout;
using wan::json::resolved_model;
using wan::json::rows;
using wan::json::text_for_each;
using wan::json::typed_media;
using wan::json::typed_medium;

} // namespace wan::json

export namespace wan::novita {

using wan::novita::api;
using wan::novita::at;
using wan::novita::provider;

} // namespace wan::novita

export namespace wan::ppio {

using wan::ppio::api;
using wan::ppio::at;
using wan::ppio::provider;

} // namespace wan::ppio

export namespace wan::sinancode {

using wan::sinancode::api;
using wan::sinancode::at;
using wan::sinancode::provider;

} // namespace wan::sinancode

export namespace wan::yutoai {

using wan::yutoai::api;
using wan::yutoai::at;

} // namespace wan::yutoai
