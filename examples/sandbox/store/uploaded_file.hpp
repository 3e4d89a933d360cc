// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace sandbox {

/// A file that exists for as long as this object exists.
class uploaded_file {
public:
    explicit uploaded_file(std::filesystem::path path) : path_(std::move(path)) {}
    ~uploaded_file() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    uploaded_file(const uploaded_file&) = delete;
    uploaded_file& operator=(const uploaded_file&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// By the oss:// URL.
using uploaded_files = std::map<std::string, std::shared_ptr<const uploaded_file>, std::less<>>;

} // namespace sandbox
