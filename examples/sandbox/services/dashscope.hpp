// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/services/service.hpp"
#include "sandbox/store/upload_store.hpp"

#include <chrono>

namespace sandbox {

/// DashScope's asynchronous video API, below any prefix.
class dashscope : public service {
public:
    dashscope(setup parts, upload_store& files);

    std::optional<reply> answer(const request& asked) override;

private:
    reply take(const boost::json::object& body, bool on_keyframe_path, bool resolves_uploads);
    reply policy_of(std::string_view account, std::string_view query);
    void resolve_uploads(read_request& read);
    reply list_of(std::string_view account, std::string_view query) const;

    std::optional<refusal> refused(const request& asked) const override;
    reply error(const refusal& why) const override;
    boost::json::object submitted(const task* t) const override;
    reply unknown_task(std::string_view id) const override;
    reply canceled() const override;
    boost::json::object status_of(std::string_view id, std::string_view word) const override;
    boost::json::object describe(const task& t) const override;
    std::chrono::hours clock_error() const;
    void describe_success(const task& t, boost::json::object& output) const;

    upload_store& files_;
};

} // namespace sandbox
