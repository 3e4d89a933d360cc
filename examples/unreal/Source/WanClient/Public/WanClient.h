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

/// A provider and its API key.
using FWanService = std::shared_ptr<const wan::provider>;

/// Callbacks on the game thread. Each of them may use the client and the video, and delete them.
struct FWanCallbacks
{
    /// Stores the token durably and returns whether it succeeded. Called before the submit and after each
    /// response. If it returns false before the submit, nothing is sent: the task could not be found again
    /// after a crash. One call may follow OnDone: for the late response to an abandoned submit.
    TFunction<bool(const FString& Token)> SaveToken;

    /// Called before each request and each wait. See `<wan/task/step.hpp>` for its argument.
    TFunction<void(const wan::progress&)> OnProgress;

    /// Called once. See `<wan/task/outcome.hpp>` for its argument.
    TFunction<void(const wan::outcome&)> OnDone;
};

/// A video that is being made, or is finished. Copies refer to the same video. Destroying them does not stop
/// it.
class WANCLIENT_API FWanVideo
{
public:
    FWanVideo() = default;

    /// Stops waiting; the task continues at the provider, and the latest token resumes it.
    void Stop() const;

    /// Requests the cancellation of the task. Returns false if that is not possible.
    bool Cancel() const;

    /// Returns whether the video is finished, or its client was destroyed.
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
    ByCaller, ///< only by your calls of Tick
};

/// Makes videos over the engine's HTTP module. Use it only on the game thread. The destructor stops all
/// running videos without calling back, like the end of the program: the saved tokens remain.
class WANCLIENT_API FWanClient
{
public:
    // Other modules cannot link against the library's own functions, because the library is compiled into
    // this module.
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

    /// Validates, submits and waits. OnDone also reports an invalid request. Nothing is called before the
    /// next tick.
    FWanVideo Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks);
    FWanVideo Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks,
                    const wan::policy& Policy);

    /// Continues from a saved token. Submits the request only if it certainly was not submitted before.
    FWanVideo Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks);
    FWanVideo Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks,
                     const wan::policy& Policy);

    void Tick();

    /// Returns one line for a log, followed by one line for each violation of the request.
    static FString Describe(const wan::outcome& Outcome);

    /// Converts text to UTF-8, as the members of a request require.
    static std::string ToUtf8(const FString& Text);
    static FString FromUtf8(const std::string& Text);

    /// Returns an image, clip or sound with a copy of the bytes of its file.
    static wan::media FromBytes(const TArray<uint8>& Bytes, const FString& FileName = FString());

    /// Likewise, without a copy: the bytes must stay valid until OnDone, or until the client is destroyed.
    static wan::media FromBorrowed(TArrayView<const uint8> Bytes, const FString& FileName = FString());

    /// Likewise, read by your own class. See `<wan/byte_source.hpp>` for its requirements.
    static wan::media FromSource(std::shared_ptr<const wan::byte_source> Source, const FString& FileName = FString());

private:
    struct FState;
    std::shared_ptr<FState> State;
};
