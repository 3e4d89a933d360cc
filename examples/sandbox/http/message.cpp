// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/message.hpp"

#include "sandbox/ids.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/json/serialize.hpp>

namespace sandbox {

// Some clients request with a trailing slash and some without: SDKs and documents differ.
std::string_view request::path() const {
    auto path = std::string_view{target}.substr(0, target.find('?'));
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

std::string_view request::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view{target}.substr(mark + 1);
}

std::optional<std::string_view> request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (boost::beast::iequals(key, name)) return value;
    return std::nullopt;
}

reply json_reply(unsigned status, boost::json::object members) {
    members["sandbox"] = disclaimer;
    reply made{
        .status = status, .content_type = "application/json", .content = boost::json::serialize(members)};
    if (const auto* const id = members.if_contains("request_id"); id && id->is_string())
        made.headers.emplace_back("x-request-id", id->get_string());
    return made;
}

reply error_reply(unsigned status, std::string_view code, std::string_view message) {
    return json_reply(status, {{"code", code}, {"message", message}, {"request_id", new_id()}});
}

reply xml_error(unsigned status, std::string_view code, std::string_view message) {
    std::string body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>";
    body.append(code).append("</Code>\n  <Message>").append(message);
    body.append("</Message>\n  <RequestId>")
        .append(new_id())
        .append("</RequestId>\n  <HostId>wan-sandbox</HostId>\n  <Sandbox>");
    body.append(disclaimer).append("</Sandbox>\n</Error>\n");
    return {.status = status, .content_type = "application/xml", .content = std::move(body)};
}

} // namespace sandbox
