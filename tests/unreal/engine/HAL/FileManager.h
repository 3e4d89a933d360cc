// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "CoreMinimal.h"

class IFileManager
{
public:
    static IFileManager& Get();
    bool FileExists(const TCHAR* Filename);
    bool Delete(const TCHAR* Filename);
    bool Move(const TCHAR* Destination, const TCHAR* Source);
};
