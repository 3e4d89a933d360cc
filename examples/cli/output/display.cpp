// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/output/display.hpp"

#include <wan/printable.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

namespace {

auto now() { return std::chrono::steady_clock::now(); }

std::string fixed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string describe(const wan::progress& p) {
    using enum wan::task_state;
    std::string text = p.state == uploading     ? "uploading"
                       : p.state == submitting  ? "submitting"
                       : p.state == backing_off ? "not accepted yet, will submit again"
                       : p.state == submit_lost || p.state == listing || p.state == identifying
                           ? "submit unconfirmed, searching the provider's list for the task"
                       : p.state == canceling ? "canceling"
                       : p.status.empty()     ? "submitted"
                                              : wan::printable(p.status);
    // Some providers report 0 until they are done.
    if (p.percent && *p.percent > 0) text.append("  ").append(fixed(*p.percent)).append(" %");
    if (p.eta && *p.eta > 0) text.append("  ").append(fixed(*p.eta)).append(" s left");
    if (!p.task_id.empty()) text.append("  task ").append(wan::printable(p.task_id));
    if (p.trouble != nullptr) {
        text.append("  (").append(to_wire(p.trouble->category));
        if (!p.trouble->code.empty()) text.append(" ").append(wan::printable(p.trouble->code, 100));
        if (p.trouble->http_status != 0)
            text.append(", HTTP ").append(std::to_string(p.trouble->http_status));
        text.append(": ").append(wan::printable(p.trouble->message, 100)).append(")");
    }
    return text;
}

std::size_t columns() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : 80;
}

} // namespace

display::display(bool quiet) : quiet_(quiet), live_(!quiet && isatty(STDERR_FILENO) != 0), started_(now()) {}

double display::elapsed() const { return std::chrono::duration<double>(now() - started_).count(); }

void display::update(const wan::progress& p) {
    wake_at_ = p.wake_at;
    is_waiting_ = !wan::is_in_flight(p.state);
    auto what = describe(p);
    const bool changed = what != what_;
    what_ = std::move(what);
    if (live_)
        tick();
    else if (changed && !quiet_)
        std::fprintf(stderr, "%6s s  %s\n", fixed(elapsed()).c_str(), what_.c_str());
}

void display::downloading(std::uint64_t bytes, std::uint64_t total) {
    is_waiting_ = false;
    what_ = "downloading " + std::to_string(bytes) + (total != 0 ? " of " + std::to_string(total) : "") +
            " bytes";
    if (live_) tick();
}

bool display::is_due() const {
    return !quiet_ &&
           now() - drawn_at_ >= (live_ ? std::chrono::milliseconds{100} : std::chrono::seconds{10});
}

void display::show(std::string_view line) {
    const auto text = fixed(elapsed()) + " s  " + std::string{line};
    if (live_) return draw(text);
    drawn_at_ = now();
    say(text);
}

void display::tick() {
    if (!live_ || what_.empty() || now() - drawn_at_ < std::chrono::milliseconds{80}) return;
    std::string line = fixed(elapsed()) + " s  " + what_;
    if (is_waiting_ && wake_at_ > now())
        line += "  next query in " + fixed(std::chrono::duration<double>(wake_at_ - now()).count()) + " s";
    draw(line);
}

void display::draw(std::string_view text) {
    drawn_at_ = now();
    drawn_ = true;
    text = text.substr(0, columns() - 1); // a wrapped line cannot be overwritten
    std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(text.size()), text.data());
    std::fflush(stderr);
}

void display::say(std::string_view text) {
    end_live_line();
    std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

void display::end_live_line() {
    if (drawn_) std::fputs("\r\033[K", stderr);
    drawn_ = false;
}

} // namespace cli
