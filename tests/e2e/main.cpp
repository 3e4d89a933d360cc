// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#define DOCTEST_CONFIG_IMPLEMENT
#include <curl/curl.h>
#include <doctest/doctest.h>

int main(int argc, char** argv) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const int code = doctest::Context(argc, argv).run();
    curl_global_cleanup();
    return code;
}
