// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/json/detail/current_pointer.hpp>
#include <wan/json/pick.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/string_view.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::json::detail {

inline result<void> read(std::string_view text, std::span<const pick> picks, const rows* each);

/// Follows the parser through the text and fills the targets of the picks.
class picker {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    static constexpr std::string_view of_numbers = "0123456789.eE+-"; ///< the characters of a number

    using error_code = boost::system::error_code;
    using view = boost::json::string_view;

    picker(std::span<const pick> picks, const rows* each) noexcept : all_{picks}, rows_(each) {
        if (rows_ != nullptr) row_.picks = rows_->picks.first((std::min)(rows_->picks.size(), max_picks));
    }

    /// Discards incomplete values of a damaged text: a string without an end, and a number at the end of the
    /// text. That number may have been longer.
    void drop_unfinished(bool ends_in_number) noexcept {
        if (inside_ && text_ != nullptr && has_text_) text_->clear();
        if (!ends_in_number || last_number_ == nullptr) return;
        if (last_number_->text != nullptr) last_number_->text->clear();
        if (last_number_->number != nullptr) last_number_->number->reset();
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) { return open(false); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code&) { return open(true); }
    bool on_array_end(std::size_t, error_code&) { return close(); }

    bool on_key_part(view part, std::size_t, error_code&) {
        if (!inside_) begin_key();
        here_.append_escaped({part.data(), part.size()});
        return true;
    }
    bool on_key(view part, std::size_t size, error_code& ec) {
        on_key_part(part, size, ec);
        inside_ = false;
        return true;
    }

    bool on_string_part(view part, std::size_t, error_code&) {
        if (!inside_) begin_string();
        if (text_ == nullptr || part.empty()) return true;
        if (!std::exchange(has_text_, true)) text_->clear();
        text_->append(part.data(), part.size());
        return true;
    }
    bool on_string(view part, std::size_t size, error_code& ec) {
        on_string_part(part, size, ec);
        end_string();
        return true;
    }

    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t value, view, error_code&) { return integer(value); }
    bool on_uint64(std::uint64_t value, view, error_code&) { return integer(value); }
    bool on_double(double value, view, error_code&) {
        begin_value();
        if (const auto* p = match(); p != nullptr && p->number != nullptr && std::isfinite(value)) {
            *p->number = value;
            found(*p);
            last_number_ = p;
        }
        return true;
    }
    bool on_bool(bool, error_code&) { return skip(); }
    bool on_null(error_code&) { return skip(); }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }

private:
    /// The picks at one level; `found` has a bit for each pick, which is set once the value was found.
    struct selection {
        std::span<const pick> picks = {};
        std::uint64_t found = 0;
    };

    bool begins_row(bool is_array) const noexcept {
        return rows_ != nullptr && row_depth_ == 0 && !is_array && here_.is_kept() &&
               here_.is_in_array(rows_->array);
    }

    bool open(bool is_array) {
        begin_value();
        if (is_array && rows_ != nullptr && here_.is_kept() && here_.text() == rows_->array)
            *rows_->is_there = true;
        if (begins_row(is_array)) {
            row_depth_ = here_.depth() + 1;
            row_start_ = here_.text().size();
            row_.found = 0;
        }
        begin_only_element(is_array);
        here_.open(is_array);
        return true;
    }
    bool close() {
        if (row_depth_ != 0 && row_depth_ == here_.depth()) {
            row_depth_ = 0;
            ++rows_reported_;
            rows_->on_row(rows_->context);
        } else if (rows_ != nullptr && row_depth_ == 0 && here_.is_in_array(rows_->array)) {
            if (rows_->others != nullptr) *rows_->others = here_.elements() - rows_reported_;
        }
        end_only_element();
        here_.close();
        return true;
    }
    bool skip() {
        begin_value();
        return true;
    }

    /// Arrays of one string are rare; most texts are read without this function doing anything.
    void begin_only_element(bool is_array) {
        if (!is_array || only_ != nullptr) return;
        const auto* p = match();
        if (p == nullptr || !p->takes_only_element || p->text == nullptr) return;
        only_ = p;
        only_depth_ = here_.depth() + 1;
        only_text_.clear();
    }
    void end_only_element() {
        if (only_ == nullptr || only_depth_ != here_.depth()) return;
        if (here_.elements() == 1 && !only_text_.empty()) {
            *only_->text = std::move(only_text_);
            found(*only_);
        }
        only_ = nullptr;
    }
    bool is_only_element() const noexcept {
        return only_ != nullptr && only_depth_ == here_.depth() && here_.elements() == 1;
    }

    void begin_key() {
        last_number_ = nullptr;
        inside_ = true;
        text_ = nullptr;
        here_.begin_key();
    }

    void begin_value() {
        last_number_ = nullptr;
        here_.begin_value();
    }

    static bool same_target(const pick& a, const pick& b) noexcept {
        return a.text == b.text && a.number == b.number;
    }

    const pick* match() {
        if (!here_.is_kept()) return nullptr;
        const auto here = here_.text().substr(row_depth_ != 0 ? row_start_ : 0);
        const auto& [picks, found] = selected();
        for (std::size_t i = 0; i < picks.size(); ++i) {
            if (picks[i].pointer != here) continue;
            for (std::size_t j = 0; j < i; ++j)
                if ((found >> j & 1) != 0 && same_target(picks[i], picks[j])) return nullptr;
            return &picks[i];
        }
        return nullptr;
    }

    selection& selected() noexcept { return row_depth_ != 0 ? row_ : all_; }

    void found(const pick& p) noexcept {
        selected().found |= std::uint64_t{1} << (&p - selected().picks.data());
    }

    void begin_string() {
        inside_ = true;
        has_text_ = false;
        begin_value();
        pick_ = match();
        text_ = pick_ == nullptr         ? (is_only_element() ? &only_text_ : nullptr)
                : pick_->text != nullptr ? pick_->text
                                         : &digits_;
    }

    void end_string() {
        inside_ = false;
        if (text_ == nullptr || !has_text_ || pick_ == nullptr) return;
        if (pick_->text != nullptr) return found(*pick_);
        // This does not use from_chars: before version 20, libc++ supports it only for integers.
        if (digits_.find_first_not_of(of_numbers) != std::string::npos) return;
        std::optional<double> value;
        const pick whole{.pointer = "", .number = &value};
        if (!detail::read(digits_, {&whole, 1}, nullptr) || !value || !std::isfinite(*value)) return;
        *pick_->number = value;
        found(*pick_);
    }

    template <class Int>
    bool integer(Int value) {
        begin_value();
        const auto* p = match();
        if (p == nullptr) return true;
        if (p->number != nullptr) *p->number = static_cast<double>(value);
        if (p->text != nullptr) *p->text = std::to_string(value);
        found(*p);
        last_number_ = p;
        return true;
    }

    selection all_;
    const rows* rows_;
    selection row_ = {};
    std::size_t row_depth_ = 0; ///< depth of the row that is being read; 0 outside rows
    std::size_t row_start_ = 0; ///< length of the pointer to the row
    std::size_t rows_reported_ = 0;
    const pick* pick_ = nullptr;
    /// The pick of the current array, if the pick accepts an array's only element.
    const pick* only_ = nullptr;
    std::size_t only_depth_ = 0;  ///< depth within that array
    std::string only_text_;       ///< the array's first element
    std::string* text_ = nullptr; ///< the target of the string that is being read
    bool has_text_ = false;       ///< true if part of the string was already stored in the target
    std::string digits_;
    const pick* last_number_ = nullptr; ///< the preceding value, if it is a number
    current_pointer here_;
    bool inside_ = false; ///< true within a key or string that arrives in parts
};

inline result<void> read(std::string_view text, std::span<const pick> picks, const rows* each) {
    text = wan::detail::without_bom(text);
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::basic_parser<picker> parser{options, picks.first((std::min)(picks.size(), max_picks)), each};
    boost::system::error_code ec;
    const auto parsed = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && parsed < text.size()) ec = boost::json::error::extra_data;
    if (!ec) return {};
    parser.handler().drop_unfinished(!text.empty() &&
                                     picker::of_numbers.find(text.back()) != std::string_view::npos);
    return error{.category = error_category::protocol,
                 .message = "invalid JSON (" + ec.message() + " at byte " + std::to_string(parsed) + ")"};
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
