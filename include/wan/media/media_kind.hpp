// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The kinds of media.
#pragma once

#include <wan/detail/push_macros.hpp>

namespace wan::inline WAN_ABI {

/// The kind of medium that a member holds.
enum class media_kind {
    image,     ///< may be sent within a request if the provider accepts this
    recording, ///< a clip, a sound or a document; never sent within a request
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
