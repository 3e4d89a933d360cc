// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "CoreMinimal.h"

class FArchive
{
public:
    virtual ~FArchive() = default;
    virtual FString GetArchiveName() const = 0;
    virtual void Serialize(void* Data, int64 Length) = 0;
    virtual int64 Tell() { return INDEX_NONE; }
    virtual int64 TotalSize() { return INDEX_NONE; }
    virtual void Seek(int64) {}
    bool IsError() const { return bIsError; }
    bool IsLoading() const { return bIsLoading; }
    bool IsSaving() const { return bIsSaving; }

protected:
    void SetError() { bIsError = true; }
    void SetIsLoading(bool bIs) { bIsLoading = bIs; }
    void SetIsSaving(bool bIs) { bIsSaving = bIs; }

private:
    bool bIsError = false;
    bool bIsLoading = false;
    bool bIsSaving = false;
};
