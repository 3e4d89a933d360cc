// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Stands in for Microsoft's header: declares what libc++ needs of it.
#pragma once
#include <vcruntime_exception.h>
class type_info {
public:
    type_info(const type_info&) = delete;
    type_info& operator=(const type_info&) = delete;
    virtual ~type_info() noexcept;
    unsigned long long hash_code() const noexcept;
    bool operator==(const type_info&) const noexcept;
    bool before(const type_info&) const noexcept;
    const char* name() const noexcept;
    const char* raw_name() const noexcept;
};
namespace std {
using ::type_info;
#if _HAS_EXCEPTIONS // otherwise libc++ has its own
class bad_cast : public exception {
public:
    bad_cast() noexcept;
    static bad_cast __construct_from_string_literal(const char*) noexcept;
};
class bad_typeid : public exception {
public:
    bad_typeid() noexcept;
};
#endif
} // namespace std
