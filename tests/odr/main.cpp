// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Files of one program, compiled with different options, say the same of every layout and of what they make.
#include <cstdio>
#include <string>

std::string report_of_plain();
std::string report_of_other();
std::string report_of_once();
std::string report_of_once_other();
std::string names_in_plain();
std::string names_in_other();
std::string names_in_once();
std::string names_in_once_other();
std::string block_in_plain();
std::string block_in_other();

namespace {

bool failed = false;

void check(bool holds, const char* what) {
    std::printf("%s: %s\n", holds ? "ok" : "FAILED", what);
    failed = failed || !holds;
}

} // namespace

int main() {
    const auto plain = report_of_plain();
    std::fputs(plain.c_str(), stdout);
    check(plain.find("\nthere is a video\n") != std::string::npos, "a video is made");
    check(report_of_other() == plain, "without exceptions, RTTI, asserts and SSE2, in C++23: the same");
    check(report_of_once() == plain, "the library compiled once: the same");
    check(report_of_once_other() == plain, "both, optimized: the same");

    check(names_in_plain() == names_in_other(), "names do not depend on options");
    check(names_in_once() == names_in_once_other(),
          "names do not depend on options where the library is compiled once");
    check(names_in_plain() != names_in_once(), "of the two forms of the library each has names of its own");
    check(names_in_once().find("_compiled_once") != std::string::npos, "and these tell which form it is");
#ifdef __SSE2__
    check(block_in_plain() != block_in_other(), "what differs has another name");
#endif
    return failed ? 1 : 0;
}
