// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Example of game code: a video from two frames that continues after the game was closed. Not part of the
// plugin.
#pragma once

#include "CoreMinimal.h"
#include "HAL/FileManager.h"
#include "Misc/FileHelper.h"
#include "Misc/Paths.h"
#include "WanClient.h"

#include "WanIncludesBegin.h"
#include <wan/task/outcome.hpp>
#include "WanIncludesEnd.h"

DEFINE_LOG_CATEGORY_STATIC(LogShot, Log, All);

class FShotMaker
{
public:
    FShotMaker(FWanService InService, TFunction<void(const FString& VideoUrl)> InOnVideo)
        : Service(MoveTemp(InService)), OnVideo(MoveTemp(InOnVideo))
    {
    }

    void Make(const TArray<uint8>& FirstPng, const TArray<uint8>& LastPng, const FString& Prompt)
    {
        const wan::keyframe_to_video Shot{
            .first_frame_url = FWanClient::FromBytes(FirstPng),
            .last_frame_url = FWanClient::FromBytes(LastPng),
            .prompt = FWanClient::ToUtf8(Prompt),
            .resolution = wan::resolution::p480,
        };
        FWanCallbacks Callbacks;
        Callbacks.SaveToken = [this](const FString& Token) {
            bHasSaved = true;
            const FString NewFile = TokenFile + TEXT(".new"); // a crash in between leaves the old one whole
            return FFileHelper::SaveStringToFile(Token, *NewFile) && IFileManager::Get().Move(*TokenFile, *NewFile);
        };
        Callbacks.OnDone = [this](const wan::outcome& End) {
            UE_LOG(LogShot, Display, TEXT("%s"), *FWanClient::Describe(End));
            if (IsOver(End)) Forget();
            if (End.succeeded()) OnVideo(FWanClient::FromUtf8(End.video->url)); // downloads it, then calls Forget
        };
        bHasSaved = false;
        FString Token; // saved by an earlier run of this shot
        if (FFileHelper::LoadFileToString(Token, *TokenFile))
        {
            Video = Client.Resume(Service, Token, Shot, MoveTemp(Callbacks));
        }
        else if (IFileManager::Get().FileExists(*TokenFile))
        {
            UE_LOG(LogShot, Error, TEXT("cannot read %s: its video may be paid for, so no other one is started"), *TokenFile);
        }
        else
        {
            Video = Client.Start(Service, Shot, MoveTemp(Callbacks));
        }
    }

    bool IsDone() const { return Video.IsDone(); }

    /// Call it when the video was downloaded or is abandoned: the next Make submits, and pays for, another
    /// one.
    void Forget() { IFileManager::Get().Delete(*TokenFile); }

private:
    /// Returns whether there is no task and there will be no video, so that the token can be deleted.
    bool IsOver(const wan::outcome& End) const
    {
        switch (End.ending)
        {
        case wan::task_ending::failed:
        case wan::task_ending::canceled:
        case wan::task_ending::expired: return true;
        case wan::task_ending::rejected: return bHasSaved;
        default: return false;
        }
    }

    const FString TokenFile = FPaths::ProjectSavedDir() + TEXT("Shot.token");
    FWanService Service;
    TFunction<void(const FString& VideoUrl)> OnVideo;
    FWanClient Client;
    FWanVideo Video;
    bool bHasSaved = false; ///< since Make
};
