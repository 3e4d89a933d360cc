// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The engine's side of the stand-in: its frames, and what its HTTP is to do in a test.
#pragma once

#include "HttpModule.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace StandIn
{

/// A request as it was given to the engine's HTTP.
struct FSent
{
    std::string Verb, Url;
    std::map<std::string, std::string> Headers;
    float Timeout = 0;
    float ActivityTimeout = 0;
    TSharedPtr<FArchive> Body; ///< null: it has none
    TSharedPtr<FArchive> Reply;
    std::vector<char> Content; ///< what it was given whole
};

/// What a request comes to.
struct FAnswer
{
    bool bHasSucceeded = true;
    int32 Status = 200;
    std::string Body = {};
    std::vector<std::string> Headers = {};
    std::string EffectiveUrl = {}; ///< empty: no redirect was followed
    EHttpFailureReason Reason = EHttpFailureReason::None;
};

/// Takes the place of the network for the requests that begin while it is there. Called on the thread of the engine's HTTP.
struct FScript
{
    explicit FScript(std::function<FAnswer(FSent&)> Answer);
    ~FScript();
    FScript(const FScript&) = delete;
    FScript& operator=(const FScript&) = delete;
};

/// What the engine's HTTP can do; all of it at first.
struct FAbilities
{
    bool bTakesStreams = true;
    bool bGivesStreams = true;
    bool bTellsEffectiveUrl = true;
    bool bBegins = true; ///< ProcessRequest is not refused
};
FAbilities& Abilities();

/// Reads as the engine does, in pieces, from where it stands.
std::string ReadAll(FArchive& From, int64 Piece = 1000);

/// A frame of the engine: ends of requests are told, tickers tick.
void Frame();
int RequestsCanceled();

} // namespace StandIn
