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

/// Begins exchanges on the game thread and tells their ends there. Its end takes back those that are under way, and then
/// nothing is told any more.
///
/// What the engine does by itself is made harmless, or told:
/// - `not_sent`: the engine was given no byte of the body, and will be given none; or a medium could not be read before the
///   request was whole. That it calls a failure a connection error is not enough: the connection may have stood before.
/// - A request that it begins again after the body was handed out whole gets no body, and ends as `maybe_sent`.
/// - A redirect that it followed, to another origin, path or query, ends as `maybe_sent`.
/// - A reply is received up to `max_reply_bytes`.
///
/// The bytes of media are read on a thread of the engine's, until the end of the exchange or of this.
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
