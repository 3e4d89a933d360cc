// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Requests as a JSON Schema: for editors, forms and other programs. Like `wan/request/json.hpp`, not in
/// `wan/wan.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/request/job.hpp>

#include <string>

namespace wan::inline WAN_ABI {

/// Returns the JSON Schema (draft 2020-12) of the texts that `read_request` reads for that job, within the
/// limits of a model, in one line. It refuses what `validate` refuses, as far as a schema can judge: types,
/// words, ranges, lengths, counts, members that the model does not take, and what excludes each other. It
/// cannot judge files, whole URLs, how many Chinese characters a prompt has, the paths of `extra`, and the
/// region. Of a job that the model does not do the schema refuses everything.
///
/// `support` says which URLs media may have; without any scheme in it, any text goes: of a program that takes
/// paths of files as well.
WAN_DECL std::string json_schema(job wanted, const model_limits& limits, const media_support& support = {});

/// The same, by the request's type: `json_schema<text_to_video>(limits)`.
template <job_request Request>
std::string json_schema(const model_limits& limits, const media_support& support = {}) {
    return json_schema(job_of<Request>::value, limits, support);
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/validation/impl/json_schema.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
