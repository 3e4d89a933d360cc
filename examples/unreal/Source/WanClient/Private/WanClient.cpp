// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "WanClient.h"

#include "Containers/Ticker.h"
#include "WanHttp.h"
#include "WanText.h"

#include "WanIncludesBegin.h"
#include <wan/run/callback.hpp>
#include <wan/wan.hpp>
#include "WanIncludesEnd.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <variant>
#include <vector>

/// The client's state. It outlives a client that is deleted by its own callback.
struct FWanClient::FState : std::enable_shared_from_this<FState>
{
    std::unique_ptr<FWanHttp> Http = std::make_unique<FWanHttp>(); ///< null: the client was destroyed
    std::multimap<wan::time_point, std::function<void()>> Timers;
    FTSTicker::FDelegateHandle Ticker;

    void Tick()
    {
        const auto Now = std::chrono::steady_clock::now();
        while (!Timers.empty() && Timers.begin()->first <= Now) Timers.extract(Timers.begin()).mapped()();
    }

    void Close()
    {
        if (Ticker.IsValid()) FTSTicker::RemoveTicker(Ticker);
        Http.reset();
        // A timer may hold the last reference to others.
        std::exchange(Timers, {}).clear();
    }
};

namespace
{

/// Weak: timers and requests keep a run alive, and the client keeps them.
template <class FState>
struct TLoop
{
    std::weak_ptr<FState> State;

    // As an executor.
    void operator()(const wan::http_request& Request, wan::http_done Done) const
    {
        const auto Client = State.lock();
        if (Client && Client->Http) Client->Http->Begin(Request, MoveTemp(Done));
    }

    // As a timer.
    wan::time_point now() const { return std::chrono::steady_clock::now(); }
    std::chrono::sys_seconds today() const { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
    void call_at(wan::time_point At, std::function<void()> Callback) const
    {
        const auto Client = State.lock();
        if (Client && Client->Http) Client->Timers.emplace(At, MoveTemp(Callback));
    }
};

wan::run_options ToOptions(FWanCallbacks& Callbacks, const wan::policy& Policy)
{
    wan::run_options Options{.policy = Policy};
    if (Callbacks.OnProgress) Options.on_progress = MoveTemp(Callbacks.OnProgress);
    if (Callbacks.SaveToken)
        Options.save_token = [Save = MoveTemp(Callbacks.SaveToken)](const wan::resume_token& Token) -> wan::result<void> {
            if (!Save(WanFromUtf8(to_string(Token)))) return wan::error{.category = wan::error_category::storage, .message = "the token was not saved, so the submit was not sent; check the disk"};
            return {};
        };
    return Options;
}

std::function<void(wan::outcome)> ToDone(FWanCallbacks& Callbacks)
{
    return [OnDone = MoveTemp(Callbacks.OnDone)](wan::outcome End) {
        if (OnDone) OnDone(End);
    };
}

} // namespace

FWanService FWanClient::DashScope(const FString& Key, const FString& BaseUrl)
{
    return std::make_shared<wan::provider>(wan::dashscope::at(WanToUtf8(BaseUrl), WanToUtf8(Key)));
}
FWanService FWanClient::SinanCode(const FString& Key)
{
    return std::make_shared<wan::provider>(wan::sinancode::provider(WanToUtf8(Key)));
}
FWanService FWanClient::YutoAI(const FString& Key, const FString& BaseUrl)
{
    return std::make_shared<wan::provider>(wan::yutoai::at(WanToUtf8(BaseUrl), WanToUtf8(Key)));
}
FWanService FWanClient::JieKou(const FString& Key)
{
    return std::make_shared<wan::provider>(wan::jiekou::provider(WanToUtf8(Key)));
}
FWanService FWanClient::Novita(const FString& Key)
{
    return std::make_shared<wan::provider>(wan::novita::provider(WanToUtf8(Key)));
}
FWanService FWanClient::PPIO(const FString& Key)
{
    return std::make_shared<wan::provider>(wan::ppio::provider(WanToUtf8(Key)));
}

FWanClient::FWanClient(EWanTick Ticked) : State(std::make_shared<FState>())
{
    check(IsInGameThread());
    if (Ticked == EWanTick::ByEngine)
        State->Ticker = FTSTicker::GetCoreTicker().AddTicker(FTickerDelegate::CreateLambda([Self = State.get()](float) {
            const auto Kept = Self->shared_from_this();
            Kept->Tick();
            return true;
        }));
}

FWanClient::~FWanClient()
{
    check(IsInGameThread());
    State->Close();
}

void FWanClient::Tick()
{
    check(IsInGameThread());
    const auto Kept = State;
    Kept->Tick();
}

FWanVideo FWanClient::Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks)
{
    return Start(Service, Request, MoveTemp(Callbacks), wan::policy{});
}

FWanVideo FWanClient::Start(const FWanService& Service, const wan::any_request& Request, FWanCallbacks Callbacks, const wan::policy& Policy)
{
    check(IsInGameThread());
    const TLoop<FState> Loop{State};
    auto Options = ToOptions(Callbacks, Policy);
    auto Run = wan::run_async(*Service, Request, Loop, Loop, MoveTemp(Options), ToDone(Callbacks));
    return {State, std::make_shared<wan::running_task>(MoveTemp(Run))};
}

FWanVideo FWanClient::Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks)
{
    return Resume(Service, Token, Request, MoveTemp(Callbacks), wan::policy{});
}

FWanVideo FWanClient::Resume(const FWanService& Service, const FString& Token, const wan::any_request& Request, FWanCallbacks Callbacks,
                             const wan::policy& Policy)
{
    check(IsInGameThread());
    const TLoop<FState> Loop{State};
    const wan::wall_clock Clock{Loop.today(), Loop.now()};
    auto Options = ToOptions(Callbacks, Policy);

    const auto Read = wan::read_token(WanToUtf8(Token));
    auto Task = Read ? std::visit([&](const auto& Each) { return wan::resume_task(Service, *Read, Each, Clock, Policy); }, Request)
                     : wan::result<wan::task>{Read.error()};
    if (!Task)
    {
        Loop.call_at(Loop.now(), [Done = ToDone(Callbacks), Error = Task.error()] {
            Done({.ending = wan::task_ending::invalid, .error = Error});
        });
        return {};
    }
    auto Run = wan::run_async(*MoveTemp(Task), Loop, Loop, MoveTemp(Options), ToDone(Callbacks));
    return {State, std::make_shared<wan::running_task>(MoveTemp(Run))};
}

FString FWanClient::Describe(const wan::outcome& Outcome)
{
    return WanFromUtf8(to_string(Outcome));
}

std::string FWanClient::ToUtf8(const FString& Text)
{
    return WanToUtf8(Text);
}

FString FWanClient::FromUtf8(const std::string& Text)
{
    return WanFromUtf8(Text);
}

wan::media FWanClient::FromBytes(const TArray<uint8>& Bytes, const FString& FileName)
{
    const auto* const First = reinterpret_cast<const std::byte*>(Bytes.GetData());
    return wan::media::owned(std::vector<std::byte>(First, First + Bytes.Num()), WanToUtf8(FileName));
}

wan::media FWanClient::FromBorrowed(TArrayView<const uint8> Bytes, const FString& FileName)
{
    return wan::media::borrowed(std::as_bytes(std::span{Bytes.GetData(), static_cast<std::size_t>(Bytes.Num())}), WanToUtf8(FileName));
}

wan::media FWanClient::FromSource(std::shared_ptr<const wan::byte_source> Source, const FString& FileName)
{
    return wan::media{MoveTemp(Source), WanToUtf8(FileName)};
}

void FWanVideo::Stop() const
{
    if (Run && !Client.expired()) Run->stop();
}

bool FWanVideo::Cancel() const
{
    return Run && !Client.expired() && Run->cancel().has_value();
}

bool FWanVideo::IsDone() const
{
    return !Run || Client.expired() || Run->is_done();
}
