// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads a catalog from a file. Its rows precede those of the library.
#pragma once

#include <wan/error.hpp>
#include <wan/model/catalog_json.hpp>
#include <wan/model/model_catalog.hpp>
#include <wan/printable.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>

/// Fails if the file cannot be read, or with all mistakes in it.
inline wan::result<std::shared_ptr<const wan::model_catalog>>
load_catalog(const std::string& file, std::span<const wan::model_limits> built_in) {
    errno = 0;
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in || in.bad())
        return wan::error{.category = wan::error_category::storage,
                          .message = "--catalog: cannot read " + wan::printable(file, 1000) +
                                     (errno != 0 ? std::string{": "} + std::strerror(errno) : "") +
                                     "; give a readable file"};
    auto read = wan::read_catalog(text);
    if (!read) {
        auto why = std::move(read).error();
        why.message = "--catalog " + wan::printable(file, 1000) + ": " + why.message;
        return why;
    }
    read->add_missing(built_in);
    return std::make_shared<const wan::model_catalog>(*std::move(read));
}
