// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/form.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>

namespace sandbox {

namespace {

constexpr std::size_t most_fields = 64, most_header_bytes = 8 * 1024, longest_boundary = 70;

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Reads a quoted string at the beginning of `text`, and removes it from `text`.
std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        const bool escaped =
            text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
        if (escaped) ++i;
        value += text[i];
    }
    return std::nullopt;
}

/// Returns a parameter of a header's value, as in `form-data; name="file"`.
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
    for (auto at = header.find(';'); at != std::string_view::npos; at = header.find(';')) {
        header.remove_prefix(at + 1);
        const auto sign = header.find_first_of("=;");
        if (sign == std::string_view::npos) return std::nullopt;
        if (header[sign] == ';') continue;
        const auto key = without_blanks(header.substr(0, sign));
        header = without_blanks(header.substr(sign + 1));
        const bool quoted = header.starts_with('"');
        auto value =
            quoted ? take_quoted(header) : std::string{without_blanks(header.substr(0, header.find(';')))};
        if (!value || boost::beast::iequals(key, name)) return value;
    }
    return std::nullopt;
}

bool has_type(std::string_view header, std::string_view type) {
    return boost::beast::iequals(without_blanks(header.substr(0, header.find(';'))), type);
}

struct delimiter {
    std::size_t begin, end; ///< including the line breaks before and after it
    bool last;
};

/// Finds delimiters in a body, without reading each byte of a large file.
class delimiter_finder {
public:
    explicit delimiter_finder(std::string mark)
        : mark_(std::move(mark)), search_(mark_.begin(), mark_.end()) {}
    delimiter_finder(const delimiter_finder&) = delete;
    delimiter_finder& operator=(const delimiter_finder&) = delete;

    /// A boundary that is only a part of its line is content.
    std::optional<delimiter> next(std::string_view body, std::size_t from) const {
        for (auto at = find(body, from); at < body.size(); at = find(body, at + 1)) {
            const auto end = at + mark_.size();
            if (body.substr(end).starts_with("--")) return delimiter{at, end + 2, true};
            const auto line_end = body.find_first_not_of(" \t", end);
            if (line_end != std::string_view::npos && body.substr(line_end).starts_with("\r\n"))
                return delimiter{at, line_end + 2, false};
        }
        return std::nullopt;
    }

private:
    std::size_t find(std::string_view body, std::size_t from) const {
        const auto rest = body.substr(from);
        return from + static_cast<std::size_t>(std::search(rest.begin(), rest.end(), search_) - rest.begin());
    }

    std::string mark_;
    std::boyer_moore_horspool_searcher<std::string::const_iterator> search_;
};

std::optional<std::string> name_in(std::string_view headers) {
    constexpr std::string_view wanted = "content-disposition";
    while (!headers.empty()) {
        const auto line = headers.substr(0, headers.find("\r\n"));
        headers.remove_prefix(std::min(headers.size(), line.size() + 2));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        if (!boost::beast::iequals(line.substr(0, colon), wanted)) continue;
        const auto value = line.substr(colon + 1);
        return has_type(value, "form-data") ? parameter_of(value, "name") : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::vector<form_field>> parse_form(std::string_view content_type, std::string_view body) {
    const auto boundary = parameter_of(content_type, "boundary");
    if (!has_type(content_type, "multipart/form-data") || !boundary || boundary->empty() ||
        boundary->size() > longest_boundary)
        return std::nullopt;
    const auto mark = "--" + *boundary;
    const delimiter_finder delimiters("\r\n" + mark);
    auto before = body.starts_with(mark) ? delimiter_finder(mark).next(body, 0) : delimiters.next(body, 0);

    std::vector<form_field> fields;
    while (before && !before->last && fields.size() < most_fields) {
        const auto headers = body.substr(before->end, most_header_bytes);
        const auto headers_end = headers.find("\r\n\r\n");
        if (headers_end == std::string_view::npos) return std::nullopt;
        auto name = name_in(headers.substr(0, headers_end));
        const auto begin = before->end + headers_end + 4;
        const auto after = delimiters.next(body, begin);
        if (!name || !after) return std::nullopt;
        fields.push_back({*std::move(name), body.substr(begin, after->begin - begin)});
        before = after;
    }
    if (!before || !before->last) return std::nullopt;
    return fields;
}

} // namespace sandbox
