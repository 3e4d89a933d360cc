// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/http/server.hpp"

namespace sandbox {

/// Serves one connection until either side closes it. `handler` must outlive the context's run.
void start_session(boost::asio::ip::tcp::socket socket, request_handler& handler);

} // namespace sandbox
