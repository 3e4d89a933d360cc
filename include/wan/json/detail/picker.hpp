// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/json/detail/current_place.hpp>
#include <wan/json/detail/pointer_table.hpp>
#include <wan/json/pick.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/string_view.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::json::detail {

inline result<void> read(std::string_view text, std::span<const pick> picks, const rows* each = nullptr);

/// Follows the parser through the text and fills the targets of the wanted values.
class picker {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    static constexpr std::string_view of_numbers = "0123456789.eE+-"; ///< the characters of a number

    using error_code = boost::system::error_code;
    using view = boost::json::string_view;

    /// `of_rows`: the targets within each row, whose array has the node `array`.
    picker(const targets& all, const rows* each, const targets& of_rows, pointer_index::node array) noexcept
        : now_{all}, of_rows_(of_rows), rows_(each), array_(array) {}

    /// Discards incomplete values of a damaged text: a string without an end, and a number at the end of the
    /// text. That number may have been longer.
    void drop_unfinished(bool ends_in_number) noexcept {
        if (inside_ && text_ != nullptr && has_text_) text_->clear();
        if (!ends_in_number || !has_last_number_) return;
        if (last_number_.text != nullptr) last_number_.text->clear();
        if (last_number_.number != nullptr) last_number_.number->reset();
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) { return open(false); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code&) { return open(true); }
    bool on_array_end(std::size_t, error_code&) { return close(); }

    bool on_key_part(view part, std::size_t, error_code&) {
        if (!inside_) begin_key();
        place_.add_to_key({part.data(), part.size()});
        inside_ = true;
        return true;
    }
    bool on_key(view part, std::size_t, error_code&) {
        if (!inside_) begin_key();
        place_.end_key({part.data(), part.size()}, !inside_, tree());
        inside_ = false;
        return true;
    }

    bool on_string_part(view part, std::size_t, error_code&) {
        if (!inside_) begin_string();
        append_to_text(part);
        return true;
    }
    bool on_string(view part, std::size_t, error_code&) {
        if (!inside_) begin_string();
        append_to_text(part);
        end_string();
        return true;
    }

    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t value, view, error_code&) { return integer(value); }
    bool on_uint64(std::uint64_t value, view, error_code&) { return integer(value); }
    bool on_double(double value, view, error_code&) {
        begin_value();
        const auto row = match();
        if (row == pointer_table::no_row || !std::isfinite(value)) return true;
        if (const auto to = target(row); to.number != nullptr) {
            *to.number = value;
            found(row);
            keep_last_number(to);
        }
        return true;
    }
    bool on_bool(bool, error_code&) { return skip(); }
    bool on_null(error_code&) { return skip(); }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }

private:
    /// The wanted values; `found` has a bit for each value that was found.
    struct selection {
        targets to;
        std::uint64_t found = 0;
    };

    bool is_in_rows_array() const noexcept {
        return rows_ != nullptr && row_depth_ == 0 && place_.is_in_array(array_);
    }

    bool open(bool is_array) {
        begin_value();
        auto node = place_.here();
        if (rows_ != nullptr && row_depth_ == 0) {
            if (is_array && node == array_ && array_ != pointer_index::none) *rows_->is_there = true;
            if (!is_array && is_in_rows_array()) {
                row_depth_ = place_.depth() + 1;
                whole_ = std::exchange(now_, {of_rows_});
                node = pointer_index::root;
            }
        }
        if (is_array) begin_only_element();
        place_.open(is_array, node);
        return true;
    }
    bool close() {
        if (row_depth_ != 0 && row_depth_ == place_.depth()) {
            row_depth_ = 0;
            now_ = whole_;
            ++rows_reported_;
            rows_->on_row(rows_->context);
        } else if (is_in_rows_array() && rows_->others != nullptr) {
            *rows_->others = place_.elements() - rows_reported_;
        }
        if (only_row_ != pointer_table::no_row) end_only_element();
        place_.close();
        return true;
    }
    bool skip() {
        begin_value();
        return true;
    }

    /// Arrays of one string are rare; most texts are read without this function doing anything.
    void begin_only_element() {
        if (only_row_ != pointer_table::no_row) return;
        const auto row = match();
        if (row == pointer_table::no_row) return;
        const auto to = target(row);
        if (!to.takes_only_element || to.text == nullptr) return;
        only_row_ = row;
        only_depth_ = place_.depth() + 1;
        only_text_.clear();
    }
    void end_only_element() {
        if (only_depth_ != place_.depth()) return;
        if (place_.elements() == 1 && !only_text_.empty()) {
            *target(only_row_).text = std::move(only_text_);
            found(only_row_);
        }
        only_row_ = pointer_table::no_row;
    }
    bool is_only_element() const noexcept {
        return only_row_ != pointer_table::no_row && only_depth_ == place_.depth() && place_.elements() == 1;
    }

    void begin_key() noexcept {
        has_last_number_ = false;
        text_ = nullptr;
        place_.begin_key();
    }
    void begin_value() noexcept {
        has_last_number_ = false;
        place_.begin_value(tree());
    }

    /// Returns the row of the current value, unless an earlier row has found a value for its target.
    std::uint8_t match() const noexcept {
        if (place_.here() == pointer_index::none) return pointer_table::no_row;
        const auto row = tree().row(place_.here());
        const bool is_late = row != pointer_table::no_row && (now_.to.table->earlier(row) & now_.found) != 0;
        return is_late ? pointer_table::no_row : row;
    }

    const pointer_index& tree() const noexcept { return now_.to.table->tree(); }
    targets::target target(std::uint8_t row) const { return now_.to.of(now_.to.context, row); }
    void found(std::uint8_t row) noexcept { now_.found |= std::uint64_t{1} << row; }
    void keep_last_number(const targets::target& to) noexcept {
        last_number_ = to;
        has_last_number_ = true;
    }

    void begin_string() {
        inside_ = true;
        has_text_ = false;
        begin_value();
        text_row_ = match();
        text_ = nullptr;
        if (text_row_ != pointer_table::no_row) {
            const auto to = target(text_row_);
            text_ = to.text != nullptr ? to.text : &digits_;
            text_number_ = to.number;
        } else if (is_only_element()) {
            text_ = &only_text_;
        }
    }
    void append_to_text(view part) {
        if (text_ == nullptr || part.empty()) return;
        if (std::exchange(has_text_, true))
            text_->append(part.data(), part.size());
        else
            *text_ = std::string{part.data(), part.size()};
    }
    void end_string() {
        inside_ = false;
        if (text_ == nullptr || !has_text_ || text_row_ == pointer_table::no_row) return;
        if (text_ != &digits_) return found(text_row_);
        // This does not use from_chars: before version 20, libc++ supports it only for integers.
        if (digits_.find_first_not_of(of_numbers) != std::string::npos) return;
        std::optional<double> value;
        const pick whole{.pointer = "", .number = &value};
        if (!detail::read(digits_, {&whole, 1}) || !value || !std::isfinite(*value)) return;
        *text_number_ = value;
        found(text_row_);
    }

    template <class Int>
    bool integer(Int value) {
        begin_value();
        const auto row = match();
        if (row == pointer_table::no_row) return true;
        const auto to = target(row);
        if (to.number != nullptr) *to.number = static_cast<double>(value);
        if (to.text != nullptr) *to.text = std::to_string(value);
        found(row);
        keep_last_number(to);
        return true;
    }

    selection now_;
    selection whole_; ///< of the whole text, while a row is read
    targets of_rows_;
    const rows* rows_;
    pointer_index::node array_;
    current_place place_;
    std::size_t row_depth_ = 0; ///< depth of the row that is being read; 0 outside rows
    std::size_t rows_reported_ = 0;
    std::uint8_t text_row_ = pointer_table::no_row;
    /// The row of the current array, if the row accepts an array's only element.
    std::uint8_t only_row_ = pointer_table::no_row;
    std::size_t only_depth_ = 0;  ///< depth within that array
    std::string only_text_;       ///< the array's first element
    std::string* text_ = nullptr; ///< the target of the string that is being read
    bool has_text_ = false;       ///< true if part of the string was already stored in the target
    bool inside_ = false;         ///< true within a key or string that arrives in parts
    bool has_last_number_ = false;
    targets::target last_number_;                  ///< the preceding value, if it is a number
    std::optional<double>* text_number_ = nullptr; ///< the target of a number within a string
    std::string digits_;
};

inline result<void> parse(std::string_view text, const targets& all, const rows* each = nullptr,
                          const targets& of_rows = {}, pointer_index::node array = pointer_index::none) {
    text = wan::detail::without_bom(text);
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::basic_parser<picker> parser{options, all, each, of_rows, array};
    boost::system::error_code ec;
    const auto parsed = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && parsed < text.size()) ec = boost::json::error::extra_data;
    if (!ec) return {};
    parser.handler().drop_unfinished(!text.empty() &&
                                     picker::of_numbers.find(text.back()) != std::string_view::npos);
    return error{.category = error_category::protocol,
                 .message = "invalid JSON (" + ec.message() + " at byte " + std::to_string(parsed) + ")"};
}

inline result<void> read(std::string_view text, std::span<const pick> picks, const rows* each) {
    auto table = table_of(picks);
    const targets all{&table, target_of_pick, picks.data()};
    if (each == nullptr) return parse(text, all);
    const auto of_rows = table_of(each->picks);
    const auto array = table.add(each->array);
    return parse(text, all, each, {&of_rows, target_of_pick, each->picks.data()}, array);
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
