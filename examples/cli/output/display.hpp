// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Progress on stderr: live on a terminal, otherwise one line per change.
#pragma once

#include <wan/task/step.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

class display {
public:
    explicit display(bool quiet);
    ~display() { end_live_line(); }
    display(const display&) = delete;
    display& operator=(const display&) = delete;

    void update(const wan::progress& now);
    void downloading(std::uint64_t bytes, std::uint64_t total);
    /// Returns whether the progress is due to be shown: about ten times a second on a terminal, otherwise
    /// every ten seconds.
    bool is_due() const;
    /// Returns whether there is a live line.
    bool is_live() const noexcept { return live_; }
    /// Shows a live line; without a terminal, prints a separate line.
    void show(std::string_view line);
    /// Redraws the live line; call it often.
    void tick();
    /// Prints a separate line.
    void say(std::string_view text);
    /// Erases the live line, so that no outdated status stays on the screen.
    void end_live_line();

private:
    double elapsed() const;
    void draw(std::string_view text);

    bool quiet_;
    bool live_;
    bool drawn_ = false;
    wan::time_point started_;
    wan::time_point drawn_at_ = {};
    wan::time_point wake_at_ = {};
    bool is_waiting_ = false;
    std::string what_;
};

} // namespace cli
