// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the stand-in's headers declare, over libcurl: HTTP on a thread of its own, ends told on the game's.
#include "executors/curl_multi.hpp"

#include "engine.hpp"

#include "Containers/Ticker.h"
#include "HAL/FileManager.h"
#include "Interfaces/IHttpResponse.h"
#include "Misc/FileHelper.h"
#include "Misc/Paths.h"

#include <wan/byte_source.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <system_error>
#include <thread>

#include <unistd.h>

namespace StandIn
{

void Failed(const char* What, const char* File, int Line)
{
    std::fprintf(stderr, "%s:%d: %s\n", File, Line, What);
    std::abort();
}

void Log(const char* Category, const TCHAR*, const TCHAR* Text)
{
    std::printf("%s: %s\n", Category, Narrowed(Text).c_str());
}

std::u16string Widened(const char* Text)
{
    std::u16string Wide;
    for (const std::string Bytes = Text; const char& c : Bytes)
    {
        const auto Byte = static_cast<unsigned char>(c);
        if ((Byte & 0xC0) == 0x80) continue; // taken with its first byte
        const std::size_t At = static_cast<std::size_t>(&c - Bytes.data());
        const int More = Byte < 0x80 ? 0 : Byte < 0xE0 ? 1 : Byte < 0xF0 ? 2 : 3;
        char32_t Point = More == 0 ? Byte : Byte & (0x3Fu >> More);
        for (int i = 1; i <= More; ++i) Point = Point << 6 | (static_cast<unsigned char>(Bytes[At + static_cast<std::size_t>(i)]) & 0x3Fu);
        if (Point >= 0x10000) Wide.push_back(static_cast<char16_t>(0xD7C0u + (Point >> 10)));
        Wide.push_back(static_cast<char16_t>(Point < 0x10000 ? Point : 0xDC00u + (Point & 0x3FFu)));
    }
    return Wide;
}

std::string Narrowed(const TCHAR* Text)
{
    std::string Bytes;
    for (; *Text != 0; ++Text)
    {
        char32_t Point = *Text;
        if (Point >= 0xD800 && Point < 0xDC00) Point = 0x10000u + ((Point - 0xD800u) << 10) + (*++Text - 0xDC00u);
        const int More = Point < 0x80 ? 0 : Point < 0x800 ? 1 : Point < 0x10000 ? 2 : 3;
        constexpr unsigned Marks[] = {0, 0xC0, 0xE0, 0xF0};
        Bytes.push_back(static_cast<char>(Marks[More] | (Point >> (6 * More))));
        for (int i = More - 1; i >= 0; --i) Bytes.push_back(static_cast<char>(0x80u | ((Point >> (6 * i)) & 0x3Fu)));
    }
    return Bytes;
}

namespace
{

const std::thread::id game_thread = std::this_thread::get_id();
std::function<FAnswer(FSent&)> script;
FAbilities abilities;
std::atomic<int> canceled{0};

/// The archive that the plugin gave. Like an HTTP that does not look for its errors.
class FStreamSource final : public wan::byte_source
{
public:
    explicit FStreamSource(TSharedPtr<FArchive> InStream) : Stream(std::move(InStream)) {}

    std::uint64_t size() const noexcept override { return static_cast<std::uint64_t>(Stream->TotalSize()); }
    std::size_t read(std::uint64_t Offset, std::span<std::byte> To) const noexcept override
    {
        const auto At = static_cast<int64>(Offset);
        const auto Count = std::min(static_cast<int64>(To.size()), Stream->TotalSize() - At);
        if (Count <= 0) return 0;
        if (Stream->Tell() != At) Stream->Seek(At);
        Stream->Serialize(To.data(), Count);
        return static_cast<std::size_t>(Count);
    }

private:
    TSharedPtr<FArchive> Stream;
};

class FHttpResponse final : public IHttpResponse
{
public:
    FString Url, EffectiveUrl;
    int32 Status = 0;
    TArray<FString> Headers;
    TArray<uint8> Content;

    FString GetURL() const override { return Url; }
    const FString& GetEffectiveURL() const override { return EffectiveUrl; }
    EHttpFailureReason GetFailureReason() const override { return EHttpFailureReason::None; }
    TArray<FString> GetAllHeaders() const override { return Headers; }
    const TArray<uint8>& GetContent() const override { return Content; }
    int32 GetResponseCode() const override { return Status; }
};

class FHttpRequest;

/// The thread of the engine's HTTP.
class FHttpThread
{
public:
    FHttpThread() : Thread([this] { Run(); }) {}
    ~FHttpThread()
    {
        bStops = true;
        Thread.join();
    }

    void Begin(std::shared_ptr<FHttpRequest> Request)
    {
        const std::lock_guard Lock{Mutex};
        Begun.push_back(std::move(Request));
    }
    void OnGameThread(std::function<void()> Call)
    {
        const std::lock_guard Lock{Mutex};
        Calls.push_back(std::move(Call));
    }
    void Frame()
    {
        std::deque<std::function<void()>> Due;
        {
            const std::lock_guard Lock{Mutex};
            Due.swap(Calls);
        }
        for (auto& Call : Due) Call();
    }

private:
    void Run();

    std::mutex Mutex;
    std::deque<std::shared_ptr<FHttpRequest>> Begun;
    std::deque<std::function<void()>> Calls;
    std::atomic<bool> bStops{false};
    std::thread Thread;
};

FHttpThread& HttpThread()
{
    static FHttpThread Thread;
    return Thread;
}

class FHttpRequest final : public IHttpRequest, public std::enable_shared_from_this<FHttpRequest>
{
public:
    FString GetURL() const override { return Url; }
    const FString& GetEffectiveURL() const override { return Url; }
    EHttpFailureReason GetFailureReason() const override { return Reason; }
    TArray<FString> GetAllHeaders() const override { return {}; }
    const TArray<uint8>& GetContent() const override { return Content; }

    void SetVerb(const FString& To) override { Sent.Verb = Narrowed(*To); }
    void SetURL(const FString& To) override
    {
        Url = To;
        Sent.Url = Narrowed(*To);
    }
    void SetContent(TArray<uint8>&& To) override
    {
        Content = std::move(To);
        Sent.Content.assign(Content.begin(), Content.end());
    }
    bool SetContentFromStream(TSharedRef<FArchive> Stream) override
    {
        if (abilities.bTakesStreams) Sent.Body = Stream;
        return abilities.bTakesStreams;
    }
    bool SetResponseBodyReceiveStream(TSharedRef<FArchive> Stream) override
    {
        if (abilities.bGivesStreams) Sent.Reply = Stream;
        return abilities.bGivesStreams;
    }
    void SetHeader(const FString& Name, const FString& Value) override { Sent.Headers[Narrowed(*Name)] = Narrowed(*Value); }
    void SetTimeout(float Seconds) override { Sent.Timeout = Seconds; }
    void SetActivityTimeout(float Seconds) override { Sent.ActivityTimeout = Seconds; }
    FHttpRequestCompleteDelegate& OnProcessRequestComplete() override { return Complete; }

    bool ProcessRequest() override
    {
        Scripted = script;
        if (abilities.bBegins)
            HttpThread().Begin(shared_from_this());
        else // told as well, later
            HttpThread().OnGameThread([Self = shared_from_this()] { Self->Tell({.bHasSucceeded = false, .Reason = EHttpFailureReason::Other}); });
        return abilities.bBegins;
    }

    void CancelRequest() override
    {
        ++canceled;
        bIsCanceled = true;
    }

    // On the thread of HTTP.

    void CarryOut(wan::executors::curl_multi& Http)
    {
        if (bIsCanceled) return End({.bHasSucceeded = false, .Reason = EHttpFailureReason::Cancelled});
        if (Scripted) return End(Scripted(Sent));
        wan::http_request Request{.method = Sent.Verb == "POST" ? wan::http_method::post : wan::http_method::get, .url = Sent.Url};
        for (const auto& [Name, Value] : Sent.Headers) Request.headers.push_back({Name, Value});
        Request.timeout = std::chrono::milliseconds{static_cast<long>(Sent.Timeout * 1000)};
        Request.max_reply_bytes = std::size_t{64} << 20;
        if (Sent.Body.IsValid())
            Request.body.append(std::make_shared<FStreamSource>(Sent.Body), wan::body_encoding::none);
        else
            Request.body = std::string{Sent.Content.begin(), Sent.Content.end()};
        Http(std::move(Request), [Self = shared_from_this()](wan::http_result Result) { Self->End(Answer(std::move(Result))); });
    }

private:
    static FAnswer Answer(wan::http_result Result)
    {
        if (!Result)
        {
            const bool bLeft = Result.error().sent == wan::delivery::maybe_sent;
            return {.bHasSucceeded = false, .Reason = bLeft ? EHttpFailureReason::Other : EHttpFailureReason::ConnectionError};
        }
        FAnswer Told{.Status = static_cast<int32>(Result->status), .Body = std::move(Result->body)};
        for (const auto& Header : Result->headers) Told.Headers.push_back(Header.name + ": " + Header.value);
        return Told;
    }

    void End(FAnswer Told)
    {
        constexpr std::size_t Piece = 1000;
        for (std::size_t At = 0; Sent.Reply.IsValid() && At < Told.Body.size() && Told.bHasSucceeded; At += Piece)
        {
            auto Bytes = Told.Body.substr(At, Piece);
            Sent.Reply->Serialize(Bytes.data(), static_cast<int64>(Bytes.size()));
            if (Sent.Reply->IsError()) Told = {.bHasSucceeded = false, .Reason = EHttpFailureReason::Other};
        }
        HttpThread().OnGameThread([Self = shared_from_this(), Told = std::move(Told)] { Self->Tell(Told); });
    }

    // On the game's.

    void Tell(const FAnswer& Told)
    {
        Reason = Told.Reason;
        FHttpResponsePtr Response;
        if (Told.bHasSucceeded)
        {
            auto Made = std::make_shared<FHttpResponse>();
            Made->Url = Url;
            if (abilities.bTellsEffectiveUrl) Made->EffectiveUrl = Told.EffectiveUrl.empty() ? Url : FString(Widened(Told.EffectiveUrl.c_str()).c_str());
            Made->Status = Told.Status;
            for (const auto& Line : Told.Headers) Made->Headers.Add(FString(Widened(Line.c_str()).c_str()));
            if (!Sent.Reply.IsValid())
                Made->Content.Append(reinterpret_cast<const uint8*>(Told.Body.data()), static_cast<int32>(Told.Body.size()));
            Response = TSharedRef<IHttpResponse>(std::move(Made));
        }
        Complete.ExecuteIfBound(TSharedRef<IHttpRequest>(shared_from_this()), Response, Told.bHasSucceeded);
    }

    FString Url;
    TArray<uint8> Content;
    FSent Sent;
    std::function<FAnswer(FSent&)> Scripted;
    FHttpRequestCompleteDelegate Complete;
    EHttpFailureReason Reason = EHttpFailureReason::None;
    std::atomic<bool> bIsCanceled{false};
};

void FHttpThread::Run()
{
    wan::executors::curl_multi Http;
    while (!bStops)
    {
        std::deque<std::shared_ptr<FHttpRequest>> New;
        {
            const std::lock_guard Lock{Mutex};
            New.swap(Begun);
        }
        for (auto& Request : New) Request->CarryOut(Http);
        if (!Http.poll(std::chrono::milliseconds{5})) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

} // namespace

FScript::FScript(std::function<FAnswer(FSent&)> Answer)
{
    script = std::move(Answer);
}
FScript::~FScript()
{
    script = nullptr;
}

FAbilities& Abilities()
{
    return abilities;
}

std::string ReadAll(FArchive& From, int64 Piece)
{
    std::string All;
    while (From.Tell() < From.TotalSize())
    {
        std::string Bytes(static_cast<std::size_t>(std::min(Piece, From.TotalSize() - From.Tell())), '?');
        const auto Before = From.Tell();
        From.Serialize(Bytes.data(), static_cast<int64>(Bytes.size()));
        All += Bytes;
        if (From.Tell() == Before) break;
    }
    return All;
}

void Frame()
{
    HttpThread().Frame();
    FTSTicker::GetCoreTicker().Tick(0.002f);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
}

int RequestsCanceled()
{
    return canceled;
}

} // namespace StandIn

bool IsInGameThread()
{
    return std::this_thread::get_id() == StandIn::game_thread;
}

struct FTSTicker::FElement
{
    FTickerDelegate Delegate;
    bool bIsRemoved = false;
};

FTSTicker& FTSTicker::GetCoreTicker()
{
    static FTSTicker Core;
    return Core;
}

FTSTicker::FDelegateHandle FTSTicker::AddTicker(const FTickerDelegate& Delegate, float)
{
    Elements.push_back(std::make_shared<FElement>(FElement{Delegate}));
    FDelegateHandle Handle;
    Handle.Element = Elements.back();
    return Handle;
}

void FTSTicker::RemoveTicker(FDelegateHandle Handle)
{
    if (const auto Element = Handle.Element.lock()) Element->bIsRemoved = true;
}

void FTSTicker::Tick(float DeltaTime)
{
    for (const auto& Element : std::vector{Elements})
        if (!Element->bIsRemoved && !Element->Delegate.Execute(DeltaTime)) Element->bIsRemoved = true;
    std::erase_if(Elements, [](const auto& Element) { return Element->bIsRemoved; });
}

FHttpModule& FHttpModule::Get()
{
    static FHttpModule Module;
    return Module;
}

TSharedRef<IHttpRequest> FHttpModule::CreateRequest()
{
    return TSharedRef<IHttpRequest>(std::make_shared<StandIn::FHttpRequest>());
}

bool FFileHelper::SaveStringToFile(const FString& Text, const TCHAR* Filename)
{
    std::ofstream Out{StandIn::Narrowed(Filename), std::ios::binary};
    Out << StandIn::Narrowed(*Text);
    return Out.good();
}

bool FFileHelper::LoadFileToString(FString& Text, const TCHAR* Filename)
{
    if (!std::filesystem::is_regular_file(StandIn::Narrowed(Filename))) return false;
    std::ifstream In{StandIn::Narrowed(Filename), std::ios::binary};
    if (!In) return false;
    Text = FString(StandIn::Widened(std::string{std::istreambuf_iterator<char>{In}, {}}.c_str()).c_str());
    return true;
}

FString FPaths::ProjectSavedDir()
{
    struct FFolder
    {
        std::filesystem::path Path = std::filesystem::temp_directory_path() / ("wan-unreal-" + std::to_string(::getpid()));

        FFolder() { std::filesystem::create_directories(Path); }
        ~FFolder()
        {
            std::error_code Failure;
            std::filesystem::remove_all(Path, Failure);
        }
    };
    static const FFolder Folder;
    return FString(StandIn::Widened((Folder.Path.string() + "/").c_str()).c_str());
}

IFileManager& IFileManager::Get()
{
    static IFileManager Manager;
    return Manager;
}

bool IFileManager::FileExists(const TCHAR* Filename)
{
    std::error_code Failure;
    return std::filesystem::exists(StandIn::Narrowed(Filename), Failure);
}

bool IFileManager::Delete(const TCHAR* Filename)
{
    std::error_code Failure;
    return std::filesystem::remove(StandIn::Narrowed(Filename), Failure);
}

bool IFileManager::Move(const TCHAR* Destination, const TCHAR* Source)
{
    std::error_code Failure;
    std::filesystem::rename(StandIn::Narrowed(Source), StandIn::Narrowed(Destination), Failure);
    return !Failure;
}
