// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "CoreMinimal.h"

using FTickerDelegate = TDelegate<bool(float DeltaTime)>;

class FTSTicker
{
public:
    struct FElement;
    class FDelegateHandle
    {
    public:
        bool IsValid() const { return !Element.expired(); }
        std::weak_ptr<FElement> Element;
    };

    static FTSTicker& GetCoreTicker();
    FDelegateHandle AddTicker(const FTickerDelegate& Delegate, float Delay = 0.0f);
    static void RemoveTicker(FDelegateHandle Handle);
    void Tick(float DeltaTime);

private:
    std::vector<std::shared_ptr<FElement>> Elements;
};
