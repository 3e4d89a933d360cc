// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "CoreMinimal.h"

enum class EHttpFailureReason : uint8 { None = 0, ConnectionError, Cancelled, TimedOut, Other };

class IHttpBase
{
public:
    virtual ~IHttpBase() = default;
    virtual FString GetURL() const = 0;
    virtual const FString& GetEffectiveURL() const = 0;
    virtual EHttpFailureReason GetFailureReason() const = 0;
    virtual TArray<FString> GetAllHeaders() const = 0;
    virtual const TArray<uint8>& GetContent() const = 0;
};
