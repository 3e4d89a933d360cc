// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/lease.hpp"

#include <wan/http/body.hpp>

#include <ctime>

namespace cli {

namespace {

/// One space, as long as the lease holds.
class last_byte final : public wan::byte_source {
public:
    explicit last_byte(std::shared_ptr<const lease> held) noexcept : held_(std::move(held)) {}

    std::uint64_t size() const noexcept override { return 1; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        if (offset != 0 || to.empty() || !held_->holds()) return 0;
        to[0] = std::byte{' '};
        return 1;
    }

private:
    std::shared_ptr<const lease> held_;
};

} // namespace

lease::milliseconds lease::now() noexcept {
    timespec t{};
    ::clock_gettime(CLOCK_BOOTTIME, &t);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds{t.tv_sec} +
                                                    std::chrono::nanoseconds{t.tv_nsec});
}

void guard(wan::http_request& submit, std::shared_ptr<const lease> held) {
    submit.body.append(std::make_shared<last_byte>(std::move(held)), wan::body_encoding::none);
}

} // namespace cli
