// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Stands in for Microsoft's header: declares what libc++ needs of it.
#pragma once
#if _HAS_EXCEPTIONS // otherwise libc++ has its own
namespace std {
class exception {
public:
    exception() noexcept;
    explicit exception(const char*) noexcept;
    exception(const exception&) noexcept;
    exception& operator=(const exception&) noexcept;
    virtual ~exception() noexcept;
    virtual const char* what() const noexcept;
};
class bad_exception : public exception {
public:
    bad_exception() noexcept;
};
class bad_alloc : public exception {
public:
    bad_alloc() noexcept;
};
class bad_array_new_length : public bad_alloc {
public:
    bad_array_new_length() noexcept;
};
} // namespace std
#endif
