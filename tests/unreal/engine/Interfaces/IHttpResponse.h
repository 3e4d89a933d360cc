// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "Interfaces/IHttpBase.h"

class IHttpResponse : public IHttpBase
{
public:
    virtual int32 GetResponseCode() const = 0;
};
