// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "CoreMinimal.h"

template <class T>
class TArrayView
{
public:
    TArrayView(const TArray<std::remove_const_t<T>>& Of) : Data(Of.GetData()), Count(Of.Num()) {}
    TArrayView(T* InData, int32 InCount) : Data(InData), Count(InCount) {}
    T* GetData() const { return Data; }
    int32 Num() const { return Count; }

private:
    T* Data;
    int32 Count;
};
