// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/protocol/errors.hpp>
#include <wan/wire_name.hpp>

TEST_SUITE_BEGIN("errors");

TEST_CASE("an error is transient where the same query may get another response later") {
    using enum wan::error_category;
    for (const auto category : {throttled, unavailable, server, transport, protocol})
        CHECK_MESSAGE(wan::is_transient(category), to_wire(category));
    for (const auto category : {invalid_request, invalid_media, content_rejected, authentication, permission,
                                billing, not_found, token, storage, misuse})
        CHECK_MESSAGE(!wan::is_transient(category), to_wire(category));
}
