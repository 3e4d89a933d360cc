// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Upload policies, the forms that are made of them, and what the store says.
#include "media_sources.hpp"
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/body.hpp>
#include <wan/http/url.hpp>
#include <wan/protocol/upload.hpp>
#include <wan/provider/dialect.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

namespace {

using form_fields = std::vector<std::pair<std::string, std::string>>;

/// The fields of a form as a server reads it that knows the boundary alone (RFC 7578).
form_fields fields_of(std::string_view body, std::string_view boundary) {
    form_fields fields;
    const auto separator = "--" + std::string{boundary};
    require(body.starts_with(separator), "a form begins with its boundary");
    while (true) {
        body.remove_prefix(separator.size());
        if (body == "--\r\n") return fields;
        require(body.starts_with("\r\n"), "a boundary ends its line");
        const auto end = body.find("\r\n" + separator);
        require(end != std::string_view::npos, "a form ends with its boundary");
        const auto part = body.substr(2, end - 2);
        const auto head = part.find("\r\n\r\n");
        require(head != std::string_view::npos, "a field has a head");
        constexpr std::string_view disposition = "Content-Disposition: form-data; name=\"";
        require(part.starts_with(disposition), "a field has a name");
        const auto name =
            part.substr(disposition.size(), part.find('"', disposition.size()) - disposition.size());
        fields.emplace_back(name, part.substr(head + 4));
        body.remove_prefix(end + 2);
    }
}

std::string pulled(const wan::http_body& body, std::size_t window) {
    wan::http_body_reader reader{body};
    std::string all;
    std::vector<char> part(window);
    for (auto n = reader.read(part); n && *n != 0; n = reader.read(part)) all.append(part.data(), *n);
    return all;
}

void check_form(const wan::upload_policy& policy, const wan::http_request& request, std::string_view file) {
    require(request.url == policy.host, "a file goes where the policy says");
    const auto whole = request.body.flatten();
    require(whole && whole->size() == request.body.size(), "a body has the size that it announces");
    for (const auto window : {std::size_t{1}, std::size_t{7}, std::size_t{4096}})
        require(pulled(request.body, window) == *whole, "a body in windows is the body at once");
    const auto* type = wan::find_header(request.headers, "Content-Type");
    require(type != nullptr && type->find("boundary=") != type->npos, "a form names its boundary");
    const auto boundary = type->substr(type->find("boundary=") + 9);
    // The fuzzer chose the policy's values, from which the boundary follows; who makes a file does not know
    // them.
    if (file.find(boundary) != file.npos) return;
    const auto fields = fields_of(*whole, boundary);
    require(fields.size() == policy.form.size() + 1, "a form has the policy's fields, and the file");
    for (std::size_t i = 0; i < policy.form.size(); ++i)
        require(fields[i].first == policy.form[i].name &&
                    fields[i].second ==
                        (policy.form[i].is_place ? policy.directory + "/name.png" : policy.form[i].value),
                "a field is what the policy says");
    require(fields.back().first == "file" && fields.back().second == file, "the file comes last, as it is");
}

void check_policy(const wan::provider& provider, const wan::upload_policy& policy, std::string_view file) {
    const auto host = wan::parse_url(policy.host);
    require(host && host->userinfo.empty() && wan::detail::equal_ignoring_case(host->scheme, "https"),
            "a file travels encrypted", policy.host);
    const auto bytes = std::make_shared<file_bytes>(file, file.size());
    const auto request = wan::make_upload(policy, {.bytes = bytes, .name = "name.png", .type = "image/png"});
    require(request.has_value(), "a policy that was granted can be used", policy.host);
    check_form(policy, *request, file);
    const auto is_secret = [](const wan::http_header& h) { return has_key(h.value); };
    require(std::none_of(request->headers.begin(), request->headers.end(), is_secret),
            "the key does not go to the store");
    (void)wan::uploaded_url(provider, policy, "name.png");
}

/// A form is refused rather than sent with a field that could become another one.
void check_any_policy(std::string_view text) {
    const auto line = std::string{text.substr(0, text.find('\n'))};
    const auto bytes = std::make_shared<file_bytes>(text, text.size());
    const wan::upload_policy policies[] = {
        {.host = line, .directory = "d", .form = {{"policy", "p"}}},
        {.host = "https://h.example", .directory = line, .form = {{"key", "", true}}},
        {.host = "https://h.example", .directory = "d", .form = {{line, "v"}}},
        {.host = "https://h.example", .directory = "d", .form = {{"policy", line}}},
    };
    for (const auto& policy : policies) {
        const auto request =
            wan::make_upload(policy, {.bytes = bytes, .name = "name.png", .type = "image/png"});
        if (request)
            check_form(policy, *request, text);
        else
            require(!request.error().violations.empty(), "a form that is refused has a reason", line);
    }
}

void check_request(const wan::provider& provider, std::string_view model) {
    const auto request = wan::make_upload_policy(provider, model);
    require(request.has_value() == provider.dialect->upload.offered(),
            "files are stored where the dialect stores them");
    require(!request || wan::is_same_origin(provider.base_url, request->url),
            "the key goes to its own origin");
}

} // namespace

void run_upload(input in) {
    static const auto dashscope = wan::dashscope::provider(key, wan::region::singapore);
    const auto& provider = in.flag() ? provider_of(in) : dashscope;
    check_request(provider, in.rest().substr(0, 40));
    check_any_policy(in.rest());
    const auto response = response_of(in);
    const auto granted = wan::parse_upload_policy(provider, response);
    require((granted.verdict == wan::upload_verdict::done) == !granted.error,
            "what is not granted has a reason");
    if (granted.verdict == wan::upload_verdict::done)
        check_policy(provider, granted.policy, std::string_view{response->body}.substr(0, 64));
    const auto stored = wan::parse_upload(response);
    require((stored.verdict == wan::upload_verdict::done) == !stored.error,
            "what is not stored has a reason");
    require(!stored.error || wan::detail::is_utf8(to_string(*stored.error)), "the store's words are text");
}

} // namespace fuzz
