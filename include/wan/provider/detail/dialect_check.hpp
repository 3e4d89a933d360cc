// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Finds mistakes of a dialect before a request is sent.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/model/detail/row_mistakes.hpp>
#include <wan/printable.hpp>
#include <wan/provider/detail/provider_report.hpp>
#include <wan/provider/dialect.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Appended to a base URL, any other text would change the host that gets the key.
constexpr bool is_path_of_route(std::string_view path) noexcept {
    return path.starts_with('/') || path.starts_with('?');
}

constexpr bool is_json_pointer(std::string_view pointer) noexcept {
    return pointer.empty() || pointer.starts_with('/');
}

/// Reports mistakes of a table that would only be seen after a submit was paid for.
class dialect_check {
public:
    dialect_check(provider_report& report, const dialect& d) noexcept : report_(report), d_(d) {}

    void check() const {
        if (d_.name.empty()) required("name", "a name that never changes, because resume tokens contain it");
        check_routes();
        check_task_route("query", d_.query);
        check_task_route("result", d_.result);
        check_task_route("cancel", d_.cancel);
        if (!d_.query.offered()) required("query.path", "the path of the request for a task's status");
        check_path("list", d_.list.path);
        check_path("upload", d_.upload.path);
        check_pointers();
        check_models();
    }

private:
    void required(std::string_view member, std::string_view what) const {
        report_.add("dialect", rule::required, std::string{member}.append(" is missing"), std::string{what});
    }

    void check_routes() const {
        const auto check_job = [&](std::string_view job, const auto& offered) {
            for (const auto& route : offered.routes) check_path(job, route.path);
        };
#define WAN_JOB(name) check_job(#name, d_.jobs.name);
        WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
    }

    void check_path(std::string_view route, std::string_view path) const {
        if (path.empty() || is_path_of_route(path)) return;
        report_.add("dialect", rule::url, std::string{route}.append(".path is ").append(quoted(path)),
                    "a path that begins with /, because it is appended to the base URL");
    }

    void check_task_route(std::string_view name, const task_route& route) const {
        if (route.path.empty()) return;
        check_path(name, route.path);
        constexpr std::string_view id = "{task_id}";
        if (route.path.find(id) == std::string_view::npos && route.body.find(id) == std::string_view::npos)
            report_.add("dialect", rule::url,
                        std::string{name}.append(".path is ").append(quoted(route.path)),
                        "a path or a body that contains {task_id}");
    }

    void check_pointer(std::string_view member, std::string_view pointer) const {
        if (is_json_pointer(pointer)) return;
        report_.add("dialect", rule::type,
                    std::string{member}.append(" has the pointer ").append(quoted(pointer)),
                    "a JSON pointer, which begins with /");
    }

    void check_pointers() const {
        bool has_id = false;
        for (const auto& row : d_.reply) {
            has_id = has_id || row.text == &reply::task_id;
            check_pointer("reply", row.pointer);
            check_pointer("reply", row.within);
        }
        if (!has_id) required("a row of reply for task_id", "{&wan::reply::task_id, \"/POINTER\"}");
        for (const auto& row : d_.list.task) check_pointer("list.task", row.pointer);
        for (const auto& row : d_.upload.form) check_pointer("upload.form", row.pointer);
        for (const auto pointer : {d_.list.tasks, d_.list.pages}) check_pointer("list", pointer);
        for (const auto pointer :
             {d_.upload.host, d_.upload.directory, d_.upload.expires_in_seconds, d_.upload.max_megabytes})
            check_pointer("upload", pointer);
    }

    void check_models() const {
        for (const auto& row : d_.models)
            report_row_mistakes(row, [&](std::string_view member, rule broken, const std::string& given,
                                         std::string_view allowed) {
                const auto name = row.model.empty() ? std::string{"a row without a name"} : quoted(row.model);
                report_.add("dialect", broken,
                            "models: " + name + ": " + std::string{member} +
                                (given.empty() ? " is missing" : " is " + given),
                            std::string{allowed});
            });
    }

    provider_report& report_;
    const dialect& d_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
