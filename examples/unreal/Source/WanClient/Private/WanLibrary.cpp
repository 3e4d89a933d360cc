// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The library, compiled once, and the functions that Boost calls instead of throwing. No engine header may
// precede it.
#include <wan/src.hpp>

#include "CoreMinimal.h"

#include <cstdlib>
#include <exception>

DEFINE_LOG_CATEGORY_STATIC(LogWanClient, Log, All);

namespace boost {

void throw_exception(const std::exception& Exception)
{
    // Fatal does not return.
    UE_LOG(LogWanClient, Fatal, TEXT("%s"), UTF8_TO_TCHAR(Exception.what()));
    std::abort();
}

void throw_exception(const std::exception& Exception, const boost::source_location&)
{
    throw_exception(Exception);
}

} // namespace boost
