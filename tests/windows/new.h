// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Stands in for Microsoft's header: declares what libc++ needs of it.
#pragma once
#include <vcruntime_exception.h>
namespace std {
struct nothrow_t {
    explicit nothrow_t() = default;
};
extern const nothrow_t nothrow;
enum class align_val_t : decltype(sizeof(0)) {};
using new_handler = void (*)();
new_handler set_new_handler(new_handler) noexcept;
new_handler get_new_handler() noexcept;
} // namespace std
void* operator new(decltype(sizeof(0)));
void* operator new[](decltype(sizeof(0)));
void* operator new(decltype(sizeof(0)), const std::nothrow_t&) noexcept;
void* operator new[](decltype(sizeof(0)), const std::nothrow_t&) noexcept;
void* operator new(decltype(sizeof(0)), std::align_val_t);
void* operator new[](decltype(sizeof(0)), std::align_val_t);
void* operator new(decltype(sizeof(0)), std::align_val_t, const std::nothrow_t&) noexcept;
void operator delete(void*) noexcept;
void operator delete[](void*) noexcept;
void operator delete(void*, const std::nothrow_t&) noexcept;
void operator delete(void*, decltype(sizeof(0))) noexcept;
void operator delete[](void*, decltype(sizeof(0))) noexcept;
void operator delete(void*, std::align_val_t) noexcept;
void operator delete[](void*, std::align_val_t) noexcept;
void operator delete(void*, std::align_val_t, const std::nothrow_t&) noexcept;
void operator delete(void*, decltype(sizeof(0)), std::align_val_t) noexcept;
inline void* operator new(decltype(sizeof(0)), void* at) noexcept { return at; }
inline void* operator new[](decltype(sizeof(0)), void* at) noexcept { return at; }
inline void operator delete(void*, void*) noexcept {}
inline void operator delete[](void*, void*) noexcept {}
