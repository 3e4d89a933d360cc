// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The library's HTTP, over the engine's HTTP module.
#pragma once

#include "CoreMinimal.h"
#include "Interfaces/IHttpRequest.h"

#include "WanIncludesBegin.h"
#include <wan/run/callback.hpp>
#include "WanIncludesEnd.h"

#include <map>
#include <memory>

/// Starts exchanges on the game thread and reports their outcomes there. The destructor cancels the exchanges
/// in flight without reporting them.
///
/// Automatic actions of the engine are made harmless, or reported:
/// - `not_sent`: the engine has read no byte of the body and will read none; or a medium could not be read
///   before the request was complete. A connection error alone is not enough: the connection may have been
///   open before.
/// - A request that the engine repeats after it has read the whole body gets no body, and ends as
///   `maybe_sent`.
/// - A redirect that the engine followed, to another origin, path or query, ends as `maybe_sent`.
/// - A response is received up to `max_reply_bytes`.
///
/// The bytes of media are read on a thread of the engine, until the exchange ends or this object is
/// destroyed.
class FWanHttp
{
public:
    FWanHttp() = default;
    ~FWanHttp();
    FWanHttp(const FWanHttp&) = delete;
    FWanHttp& operator=(const FWanHttp&) = delete;

    void Begin(const wan::http_request& Request, wan::http_done Done);

private:
    struct FExchange;

    void End(uint64 Number, wan::http_result Result);

    std::map<uint64, std::shared_ptr<FExchange>> UnderWay;
    uint64 Begun = 0;
};
