// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Progress for the person who waits, on stderr: live on a terminal, one line per change elsewhere.
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
    /// Whether what goes on should be told: about ten times a second on a terminal, every ten seconds
    /// elsewhere.
    bool is_due() const;
    /// A live line; a line of its own where there is no terminal.
    void show(std::string_view line);
    /// Redraws the live line; call it often.
    void tick();
    /// A line of its own.
    void say(std::string_view text);
    /// What comes next starts on a new line.
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
