// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Requests as a JSON Schema, for editors, forms and other programs. Like `wan/request/json.hpp`, this header
/// is not part of `wan/wan.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/request/job.hpp>

#include <string>

namespace wan::inline WAN_ABI {

/// Returns a JSON Schema (draft 2020-12) in one line. It describes the texts that `read_request` accepts for
/// this job, within the limits of a model. It rejects what `validate` rejects, as far as a schema can: types,
/// words, ranges, lengths, counts, members that the model does not accept, and members that exclude each
/// other. It cannot check files, complete URLs, the number of Chinese characters in a prompt, the paths of
/// `extra`, or the region. If the model does not support the job, the schema rejects everything.
///
/// `support` determines the accepted URLs of media. If `support` has no scheme, any text is accepted; this is
/// for programs that also accept file paths.
WAN_DECL std::string json_schema(job wanted, const model_limits& limits, const media_support& support = {});

/// Overload for the request's type: `json_schema<text_to_video>(limits)`.
template <job_request Request>
std::string json_schema(const model_limits& limits, const media_support& support = {}) {
    return json_schema(job_of<Request>::value, limits, support);
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/validation/impl/json_schema.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
