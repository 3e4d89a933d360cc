// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What every way to get the library must be able to build: a submit request, encoded by Boost.JSON's linked
// part too.
#include <wan/wan.hpp>

#include <boost/json.hpp>

#include <iostream>

int main() {
    const wan::keyframe_to_video shot{.first_frame_url = "https://example.com/first.png"};
    const auto submit =
        wan::make_submit(wan::dashscope::provider("sk-example", wan::region::singapore), shot);
    if (!submit) {
        std::cerr << to_string(submit.error()) << '\n';
        return 1;
    }
    const auto reply = boost::json::parse(R"({"output": {}})");
    std::cout << submit->url << '\n';
    return reply.is_object() ? 0 : 1;
}
