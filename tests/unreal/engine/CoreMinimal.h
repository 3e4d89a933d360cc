// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in for the engine's header of this name, for tests: written by us from the public API reference, not the engine's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using uint8 = std::uint8_t;
using int32 = std::int32_t;
using uint32 = std::uint32_t;
using int64 = long long;
using uint64 = unsigned long long;
using TCHAR = char16_t;
using ANSICHAR = char;

namespace StandIn
{
/// Prints, and ends the program.
[[noreturn]] void Failed(const char* What, const char* File, int Line);
void Log(const char* Category, const TCHAR* Format, const TCHAR* Text);
inline void Log(const char* Category, const TCHAR* Format) { Log(Category, Format, u""); }
std::u16string Widened(const char* Text);
std::string Narrowed(const TCHAR* Text);
} // namespace StandIn

// The engine's macros that other libraries may meet.
#define TEXT(text) u##text
#define PI (3.1415926535897932f)
#define FORCEINLINE inline
#define LIKELY(expression) (!!(expression))
#define UNLIKELY(expression) (!!(expression))
#define INDEX_NONE (-1)
#define check(expression)                                                                                              \
    {                                                                                                                  \
        if (UNLIKELY(!(expression))) StandIn::Failed(#expression, __FILE__, __LINE__);                                 \
    }
#define checkf(expression, format, ...) check(expression)
#define checkSlow(expression) check(expression)
#define checkNoEntry() check(false)
#define verify(expression) check(expression)
#define verifyf(expression, format, ...) check(expression)
#define ensure(expression) (LIKELY(!!(expression)))
#define ensureMsgf(expression, format, ...) ensure(expression)
#define UE_LOG(category, verbosity, format, ...)                                                                       \
    {                                                                                                                  \
        StandIn::Log(#category, format __VA_OPT__(, ) __VA_ARGS__);                                                    \
        if (StandIn::ELog::verbosity == StandIn::ELog::Fatal) StandIn::Failed("Fatal", __FILE__, __LINE__);            \
    }
#define DEFINE_LOG_CATEGORY_STATIC(category, verbosity, compiled)
#define THIRD_PARTY_INCLUDES_START _Pragma("GCC diagnostic push")
#define THIRD_PARTY_INCLUDES_END _Pragma("GCC diagnostic pop")
#define UTF8_TO_TCHAR(text) FUTF8ToTCHAR(text).Get()

namespace StandIn
{
enum class ELog { Fatal, Error, Warning, Display, Log, Verbose };
}

bool IsInGameThread();

template <class T>
constexpr std::remove_reference_t<T>&& MoveTemp(T&& Value) noexcept
{
    static_assert(std::is_lvalue_reference_v<T> && !std::is_const_v<std::remove_reference_t<T>>, "nothing to move");
    return static_cast<std::remove_reference_t<T>&&>(Value);
}

template <class Signature>
using TFunction = std::function<Signature>;

class FUTF8ToTCHAR
{
public:
    explicit FUTF8ToTCHAR(const ANSICHAR* From) : Text(StandIn::Widened(From)) {}
    const TCHAR* Get() const { return Text.c_str(); }
    int32 Length() const { return static_cast<int32>(Text.size()); }

private:
    std::u16string Text;
};

class FTCHARToUTF8
{
public:
    explicit FTCHARToUTF8(const TCHAR* From) : Text(StandIn::Narrowed(From)) {}
    const ANSICHAR* Get() const { return Text.c_str(); }
    int32 Length() const { return static_cast<int32>(Text.size()); }

private:
    std::string Text;
};

namespace ESearchCase
{
enum Type { CaseSensitive, IgnoreCase };
}

class FString
{
public:
    FString() = default;
    FString(const TCHAR* From) : Text(From) {}
    const TCHAR* operator*() const { return Text.c_str(); }
    int32 Len() const { return static_cast<int32>(Text.size()); }
    bool IsEmpty() const { return Text.empty(); }
    bool Equals(const FString& Other, ESearchCase::Type Case = ESearchCase::CaseSensitive) const
    {
        if (Case == ESearchCase::CaseSensitive) return Text == Other.Text;
        return StandIn::Narrowed(**this) == StandIn::Narrowed(*Other);
    }
    friend FString operator+(const FString& A, const FString& B)
    {
        FString Both = A;
        Both.Text += B.Text;
        return Both;
    }

private:
    std::u16string Text;
};

template <class T>
class TArray
{
public:
    int32 Num() const { return static_cast<int32>(Items.size()); }
    T* GetData() { return Items.data(); }
    const T* GetData() const { return Items.data(); }
    void Add(T Item) { Items.push_back(std::move(Item)); }
    void Append(const T* From, int32 Count) { Items.insert(Items.end(), From, From + Count); }
    auto begin() const { return Items.begin(); }
    auto end() const { return Items.end(); }

private:
    std::vector<T> Items;
};

enum class ESPMode : uint8 { NotThreadSafe = 0, ThreadSafe = 1 };

template <class T, ESPMode Mode = ESPMode::ThreadSafe>
class TSharedRef
{
public:
    explicit TSharedRef(std::shared_ptr<T> From) : Held(std::move(From)) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    TSharedRef(const TSharedRef<U, Mode>& From) : Held(From.Shared()) {}
    T* operator->() const { return Held.get(); }
    T& operator*() const { return *Held; }
    T& Get() const { return *Held; }
    const std::shared_ptr<T>& Shared() const { return Held; }

private:
    std::shared_ptr<T> Held;
};

template <class T, ESPMode Mode = ESPMode::ThreadSafe>
class TSharedPtr
{
public:
    TSharedPtr() = default;
    TSharedPtr(std::nullptr_t) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    TSharedPtr(const TSharedRef<U, Mode>& From) : Held(From.Shared()) {}
    bool IsValid() const { return Held != nullptr; }
    T* Get() const { return Held.get(); }
    T* operator->() const { return Held.get(); }
    T& operator*() const { return *Held; }
    const std::shared_ptr<T>& Shared() const { return Held; }

private:
    std::shared_ptr<T> Held;
};

template <class T, ESPMode Mode = ESPMode::ThreadSafe, class... Arguments>
TSharedRef<T, Mode> MakeShared(Arguments&&... From)
{
    return TSharedRef<T, Mode>(std::make_shared<T>(std::forward<Arguments>(From)...));
}

template <class Signature>
class TDelegate;

template <class Result, class... Arguments>
class TDelegate<Result(Arguments...)>
{
public:
    template <class Callable>
    static TDelegate CreateLambda(Callable From)
    {
        TDelegate Made;
        Made.BindLambda(std::move(From));
        return Made;
    }
    template <class Callable>
    void BindLambda(Callable From) { Bound = std::move(From); }
    void Unbind() { Bound = nullptr; }
    bool IsBound() const { return Bound != nullptr; }
    Result Execute(Arguments... With) const { return Bound(With...); }
    bool ExecuteIfBound(Arguments... With) const
    {
        if (Bound) Bound(With...);
        return IsBound();
    }

private:
    std::function<Result(Arguments...)> Bound;
};
