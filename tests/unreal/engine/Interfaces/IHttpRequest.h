// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include "Interfaces/IHttpBase.h"
#include "Serialization/Archive.h"

class IHttpRequest;
class IHttpResponse;

using FHttpRequestPtr = TSharedPtr<IHttpRequest, ESPMode::ThreadSafe>;
using FHttpRequestRef = TSharedRef<IHttpRequest, ESPMode::ThreadSafe>;
using FHttpResponsePtr = TSharedPtr<IHttpResponse, ESPMode::ThreadSafe>;
using FHttpRequestCompleteDelegate = TDelegate<void(FHttpRequestPtr, FHttpResponsePtr, bool)>;

class IHttpRequest : public IHttpBase
{
public:
    virtual void SetVerb(const FString& Verb) = 0;
    virtual void SetURL(const FString& URL) = 0;
    virtual void SetContent(TArray<uint8>&& Content) = 0;
    virtual bool SetContentFromStream(TSharedRef<FArchive, ESPMode::ThreadSafe> Stream) = 0;
    virtual bool SetResponseBodyReceiveStream(TSharedRef<FArchive> Stream) = 0;
    virtual void SetHeader(const FString& Name, const FString& Value) = 0;
    virtual void SetTimeout(float Seconds) = 0;
    virtual void SetActivityTimeout(float Seconds) = 0;
    virtual bool ProcessRequest() = 0;
    virtual void CancelRequest() = 0;
    virtual FHttpRequestCompleteDelegate& OnProcessRequestComplete() = 0;
};
