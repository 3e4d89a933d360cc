// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "WanHttp.h"

#include "HttpModule.h"
#include "Interfaces/IHttpResponse.h"
#include "Serialization/Archive.h"
#include "WanText.h"

#include "WanIncludesBegin.h"
#include <wan/http/body.hpp>
#include <wan/http/url.hpp>
#include "WanIncludesEnd.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace
{

/// The body, read by the engine on its own thread. An aborted body is padded with zeros, so that it is
/// neither valid JSON nor a valid form.
class FRequestBody final : public FArchive
{
public:
    explicit FRequestBody(const wan::http_body& InBody) : Body(InBody), Reader(Body), Size(static_cast<int64>(Body.size()))
    {
        SetIsLoading(true);
    }

    virtual FString GetArchiveName() const override { return TEXT("WanRequestBody"); }
    virtual int64 TotalSize() override { return Size; }

    virtual int64 Tell() override
    {
        const std::lock_guard Lock{Mutex};
        return Position;
    }

    virtual void Seek(int64 To) override
    {
        const std::lock_guard Lock{Mutex};
        if (To < Position)
        {
            Reader.rewind();
            Position = 0;
        }
        std::array<char, 4096> Skipped;
        while (Position < To && Pull(Skipped.data(), (std::min)(To - Position, static_cast<int64>(Skipped.size()))) > 0)
        {
        }
    }

    virtual void Serialize(void* To, int64 Length) override
    {
        if (Length <= 0) return;
        const std::lock_guard Lock{Mutex};
        if (bIsWhole && Position < Size) bIsRepeated = true;
        char* const Bytes = static_cast<char*>(To);
        const int64 Filled = bIsRepeated ? 0 : Pull(Bytes, Length);
        std::memset(Bytes + Filled, 0, static_cast<std::size_t>(Length - Filled));
        if (Filled > 0) bIsBegun = true;
        if (Filled < Length) SetError();
        if (Filled > 0 && Position == Size) bIsWhole = true;
    }

    /// The outcome of sending the body.
    struct FEnd
    {
        bool bIsBegun = false;    ///< the engine has read a byte of it
        bool bIsBroken = false;   ///< a medium could not be read before the engine had read everything
        bool bIsRepeated = false; ///< the engine read it again after it had read everything
        uint64 BrokenAt = 0;      ///< where the body could not be read
    };

    /// From now on, returns only zeros and reads no medium.
    FEnd Close()
    {
        const std::lock_guard Lock{Mutex};
        bIsClosed = true;
        return {bIsBegun, bIsBroken && !bIsWhole, bIsRepeated, BrokenAt};
    }

private:
    /// Returns the number of bytes read.
    int64 Pull(char* To, int64 Length)
    {
        if (bIsClosed || bIsBroken) return 0;
        const auto Read = Reader.read({To, static_cast<std::size_t>(Length)});
        if (!Read)
        {
            bIsBroken = true;
            BrokenAt = Read.error().position;
        }
        const int64 Filled = Read ? static_cast<int64>(*Read) : 0;
        Position += Filled;
        return Filled;
    }

    std::mutex Mutex; ///< protects all mutable members
    const wan::http_body Body;
    wan::http_body_reader Reader;
    const int64 Size;
    int64 Position = 0;
    bool bIsBegun = false;
    bool bIsWhole = false;
    bool bIsRepeated = false;
    bool bIsBroken = false;
    uint64 BrokenAt = 0;
    bool bIsClosed = false;
};

/// The response body, written by the engine on its own thread. An error ends the request.
class FReplyBody final : public FArchive
{
public:
    explicit FReplyBody(std::size_t InLimit) : Limit(InLimit) { SetIsSaving(true); }

    virtual FString GetArchiveName() const override { return TEXT("WanReplyBody"); }
    virtual int64 TotalSize() override { return static_cast<int64>(Bytes.size()); }
    virtual int64 Tell() override { return static_cast<int64>(Bytes.size()); }

    virtual void Serialize(void* From, int64 Length) override
    {
        if (Length <= 0) return;
        if (static_cast<uint64>(Length) > Limit - Bytes.size())
        {
            bIsTooLong = true;
            SetError();
            return;
        }
        Bytes.append(static_cast<const char*>(From), static_cast<std::size_t>(Length));
    }

    bool IsTooLong() const { return bIsTooLong; }
    std::string Take() { return std::exchange(Bytes, {}); }

private:
    const std::size_t Limit;
    std::string Bytes;
    std::atomic<bool> bIsTooLong{false};
};

wan::transport_error Broken(uint64 Position)
{
    return {wan::delivery::not_sent, wan::to_string(wan::unreadable_body{Position})};
}

float ToSeconds(std::chrono::milliseconds Time)
{
    return std::chrono::duration<float>((std::max)(Time, std::chrono::milliseconds{1})).count();
}

std::string ToText(EHttpFailureReason Reason, const std::string& Url, std::chrono::milliseconds Timeout)
{
    const auto Parts = wan::parse_url(Url);
    const std::string Host{Parts ? Parts->host : "the provider"};
    switch (Reason)
    {
    case EHttpFailureReason::ConnectionError: return "the connection to " + Host + " failed; check the network";
    case EHttpFailureReason::Cancelled: return "the request was canceled";
    case EHttpFailureReason::TimedOut: return "no response within " + std::to_string(Timeout.count()) + " ms, the request's timeout; check the network, or set a longer timeout";
    default: return "the request to " + Host + " failed; check the network";
    }
}

std::vector<wan::http_header> HeadersOf(const IHttpResponse& Response)
{
    std::vector<wan::http_header> Headers;
    for (const FString& Line : Response.GetAllHeaders())
    {
        const std::string Text = WanToUtf8(Line);
        const auto Colon = Text.find(':');
        if (Colon == std::string::npos) continue;
        const auto Value = Text.find_first_not_of(" \t", Colon + 1);
        Headers.push_back({Text.substr(0, Colon), Value == std::string::npos ? std::string{} : Text.substr(Value)});
    }
    return Headers;
}

/// Returns path and query as a server decodes them.
std::string Decoded(std::string_view Rest)
{
    const auto Digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1; };
    Rest = Rest.substr(0, Rest.find('#'));
    std::string Text = Rest.starts_with('/') ? "" : "/";
    for (std::size_t i = 0; i < Rest.size(); ++i)
    {
        const bool bIsCoded = Rest[i] == '%' && i + 2 < Rest.size() && Digit(Rest[i + 1]) >= 0 && Digit(Rest[i + 2]) >= 0;
        Text.push_back(bIsCoded ? static_cast<char>(Digit(Rest[i + 1]) * 16 + Digit(Rest[i + 2])) : Rest[i]);
        if (bIsCoded) i += 2;
    }
    return Text;
}

/// Returns whether both are the same address; the platform may spell it differently.
bool IsSame(const std::string& Asked, const std::string& Effective)
{
    if (Asked == Effective) return true;
    return wan::is_same_origin(Asked, Effective) && Decoded(wan::parse_url(Asked)->rest) == Decoded(wan::parse_url(Effective)->rest);
}

} // namespace

struct FWanHttp::FExchange
{
    wan::http_done Done;
    FHttpRequestPtr Request;
    TSharedPtr<FRequestBody, ESPMode::ThreadSafe> Body; ///< null: no body, or the engine does not accept a stream
    TSharedPtr<FReplyBody, ESPMode::ThreadSafe> Reply;  ///< null: the engine does not support a stream
    std::size_t MaxReplyBytes = 0;
    std::chrono::milliseconds Timeout{};

    wan::transport_error TooLong() const
    {
        return {wan::delivery::maybe_sent, "the response is larger than " + std::to_string(MaxReplyBytes) + " bytes, the limit of the request; check the base URL, or raise policy::max_reply_bytes"};
    }

    FRequestBody::FEnd Close() const { return Body.IsValid() ? Body->Close() : FRequestBody::FEnd{.bIsBegun = true}; }

    wan::http_result Result(const FHttpResponsePtr& Response, bool bHasSucceeded) const
    {
        const auto Sent = Close();
        if (Sent.bIsBroken) return Broken(Sent.BrokenAt);
        if (Sent.bIsRepeated)
            return wan::transport_error{wan::delivery::maybe_sent, "the engine started the request a second time; see the engine's log"};
        if (Reply.IsValid() && Reply->IsTooLong()) return TooLong();
        if (!bHasSucceeded || !Response.IsValid() || Response->GetResponseCode() <= 0)
            return wan::transport_error{Sent.bIsBegun ? wan::delivery::maybe_sent : wan::delivery::not_sent,
                                        ToText(Request->GetFailureReason(), WanToUtf8(Request->GetURL()), Timeout)};
        // Not every platform reports it, and the response may name a task that is paid for.
        const std::string Effective = WanToUtf8(Response->GetEffectiveURL());
        if (!Effective.empty() && !IsSame(WanToUtf8(Request->GetURL()), Effective))
            return wan::transport_error{wan::delivery::maybe_sent, "the engine followed a redirect; check the base URL"};

        wan::http_response Answer{.status = static_cast<unsigned>(Response->GetResponseCode()), .headers = HeadersOf(*Response)};
        if (Reply.IsValid())
        {
            Answer.body = Reply->Take();
            return Answer;
        }
        const TArray<uint8>& Content = Response->GetContent();
        if (static_cast<std::size_t>(Content.Num()) > MaxReplyBytes) return TooLong();
        Answer.body.assign(reinterpret_cast<const char*>(Content.GetData()), static_cast<std::size_t>(Content.Num()));
        return Answer;
    }
};

FWanHttp::~FWanHttp()
{
    for (auto& [Number, Exchange] : std::exchange(UnderWay, {}))
    {
        Exchange->Request->OnProcessRequestComplete().Unbind();
        Exchange->Request->CancelRequest();
        (void)Exchange->Close();
    }
}

void FWanHttp::Begin(const wan::http_request& What, wan::http_done Done)
{
    check(IsInGameThread());
    const FHttpRequestRef Request = FHttpModule::Get().CreateRequest();
    const auto Exchange = std::make_shared<FExchange>();
    Exchange->Done = MoveTemp(Done);
    Exchange->Request = Request;
    Exchange->MaxReplyBytes = What.max_reply_bytes;
    Exchange->Timeout = What.timeout;
    const uint64 Number = ++Begun;
    UnderWay.emplace(Number, Exchange);

    Request->SetURL(WanFromUtf8(What.url));
    Request->SetVerb(What.method == wan::http_method::post ? TEXT("POST") : TEXT("GET"));
    for (const auto& Header : What.headers) Request->SetHeader(WanFromUtf8(Header.name), WanFromUtf8(Header.value));
    // If a reused connection turns out to be closed, the engine's HTTP library would repeat the request.
    Request->SetHeader(TEXT("Connection"), TEXT("close"));
    Request->SetTimeout(ToSeconds(What.timeout));
    Request->SetActivityTimeout(ToSeconds(What.timeout)); // a provider may be silent for that long

    if (!What.body.empty())
    {
        const auto Body = MakeShared<FRequestBody, ESPMode::ThreadSafe>(What.body);
        if (Request->SetContentFromStream(Body))
        {
            Exchange->Body = Body;
        }
        else
        {
            const auto Whole = What.body.flatten();
            if (!Whole) return End(Number, Broken(Whole.error().position));
            TArray<uint8> Content;
            Content.Append(reinterpret_cast<const uint8*>(Whole->data()), static_cast<int32>(Whole->size()));
            Request->SetContent(MoveTemp(Content));
        }
    }
    const auto Reply = MakeShared<FReplyBody, ESPMode::ThreadSafe>(What.max_reply_bytes);
    if (Request->SetResponseBodyReceiveStream(Reply)) Exchange->Reply = Reply;

    Request->OnProcessRequestComplete().BindLambda([this, Number](FHttpRequestPtr, FHttpResponsePtr Response, bool bHasSucceeded) {
        const auto Found = UnderWay.find(Number);
        if (Found != UnderWay.end()) End(Number, Found->second->Result(Response, bHasSucceeded));
    });
    if (Request->ProcessRequest()) return;
    Request->OnProcessRequestComplete().Unbind();
    const bool bIsBegun = Exchange->Body.IsValid() && Exchange->Close().bIsBegun;
    End(Number, wan::transport_error{bIsBegun ? wan::delivery::maybe_sent : wan::delivery::not_sent, "the engine did not start the request; see the engine's log"});
}

/// Reports the first outcome only. Nothing may follow: the callback may delete this object.
void FWanHttp::End(uint64 Number, wan::http_result Result)
{
    const auto Found = UnderWay.find(Number);
    if (Found == UnderWay.end()) return;
    const auto Exchange = Found->second;
    UnderWay.erase(Found);
    Exchange->Done(MoveTemp(Result));
}
