// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Videos from frames, for game code: no UObject, no thread, nothing blocks.
#pragma once

#include "CoreMinimal.h"

#include "Containers/ArrayView.h"

#include "WanIncludesBegin.h"
#include <wan/fwd.hpp>
#include <wan/request/any_request.hpp>
#include "WanIncludesEnd.h"

#include <memory>
#include <string>

/// A service and the key that pays it.
using FWanService = std::shared_ptr<const wan::provider>;

/// Called on the game thread. All of them may use the client and the video, and delete them.
struct FWanCallbacks
{
    /// Keeps the token where a crash does not reach it, and says whether it could. Called before the submit and after each
    /// answer. If it says no before the submit, nothing is sent: what could not be found again must not be paid for. One
    /// call may come after OnDone: the late answer to a submit that was given up.
    TFunction<bool(const FString& Token)> SaveToken;

    /// Before each request and each wait. `<wan/task/step.hpp>` has what it is told.
    TFunction<void(const wan::progress&)> OnProgress;

    /// Once. `<wan/task/outcome.hpp>` has what it is told.
    TFunction<void(const wan::outcome&)> OnDone;
};

/// A video that is being made, or is at its end. Copies mean the same one. Dropping them does not stop it.
class WANCLIENT_API FWanVideo
{
public:
    FWanVideo() = default;

    /// Ends it here; at the service it goes on, and the latest token finds it again.
    void Stop() const;

    /// Asks the service to cancel it. False if that cannot be asked for.
    bool Cancel() const;

    /// Or its client is at its end.
    bool IsDone() const;

private:
    friend class FWanClient;
    FWanVideo(std::weak_ptr<const void> InClient, std::shared_ptr<const wan::running_task> InRun)
        : Client(MoveTemp(InClient)), Run(MoveTemp(InRun))
    {
    }

    std::weak_ptr<const void> Client;
    std::shared_ptr<const wan::running_task> Run;
};

enum class EWanTick : uint8
{
    ByEngine, ///< by the engine's core ticker, also while the game is paused
    ByCaller, ///< by your calls of Tick, and only then
};

/// Makes videos over the engine's HTTP module. Belongs to the game thread. Its end ends all that is under way without a word,
/// like the end of the program: the saved tokens remain.
class WANCLIENT_API FWanClient
{
public:
    // Other modules cannot link against the library's own functions for these: it is compiled into this one.
    static FWanService DashScope(const FString& Key, const FString& BaseUrl = TEXT("https://dashscope-intl.aliyuncs.com/api/v1"));
    static FWanService SinanCode(const FString& Key);
    static FWanService YutoAI(const FString& Key, const FString& BaseUrl);
    static FWanService JieKou(const FString& Key);
    static FWanService Novita(const FString& Key);
    static FWanService PPIO(const FString& Key);

    explicit FWanClient(EWanTick Ticked = EWanTick::ByEngine);
    ~FWanClient();
    FWanClient(const FWanClient&) = delete;
    FWanClient& operator=(const FWanClient&) = delete;

    /// Validates, submits, waits. A refused request is told by OnDone as well. Nothing is called before the next tick.
    FWanVideo Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks);
    FWanVideo Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks,
                    const wan::policy& Policy);

    /// Goes on where the token was saved. The request is submitted if it certainly was not yet.
    FWanVideo Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks);
    FWanVideo Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks,
                     const wan::policy& Policy);

    void Tick();

    /// One line for a log; what the request violates follows, a line each.
    static FString Describe(const wan::outcome& Outcome);

    /// Text as the members of a request have it.
    static std::string ToUtf8(const FString& Text);
    static FString FromUtf8(const std::string& Text);

    /// An image, clip or sound, by the bytes of its file, which are copied.
    static wan::media FromBytes(const TArray<uint8>& Bytes, const FString& FileName = FString());

    /// The same, not copied: they must stay until OnDone, or until the client's end.
    static wan::media FromBorrowed(TArrayView<const uint8> Bytes, const FString& FileName = FString());

    /// The same, read where they are, by a class of yours. `<wan/byte_source.hpp>` says what it must do.
    static wan::media FromSource(std::shared_ptr<const wan::byte_source> Source, const FString& FileName = FString());

private:
    struct FState;
    std::shared_ptr<FState> State;
};
