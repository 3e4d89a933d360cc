// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "CoreMinimal.h"

#include <string>

inline std::string WanToUtf8(const FString& Text)
{
    const FTCHARToUTF8 Converted(*Text);
    return std::string(reinterpret_cast<const char*>(Converted.Get()), static_cast<std::size_t>(Converted.Length()));
}

inline FString WanFromUtf8(const std::string& Text)
{
    return FString(UTF8_TO_TCHAR(Text.c_str()));
}
