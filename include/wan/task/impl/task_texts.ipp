// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/task/detail/task_texts.hpp>

#include <cstring>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL std::unique_ptr<char[]> task_texts::copy(const char* block) {
    if (block == nullptr) return nullptr;
    const auto size = begin_of(block, count);
    std::unique_ptr<char[]> made{new char[size]};
    std::memcpy(made.get(), block, size);
    return made;
}

WAN_DECL void task_texts::set(kind which, std::string_view text) {
    text = text.substr(0, max_text); // so that the positions fit
    const auto before = (*this)[which];
    if (block_ == nullptr && text.empty()) return;
    const auto size = static_cast<position>(text.size()), old_size = static_cast<position>(before.size());
    const auto begin = begin_of(block_.get(), which);
    const auto behind = begin + old_size, end = begin_of(block_.get(), count);
    if (auto* const block = block_.get(); block != nullptr && size <= old_size) {
        if (size != 0) std::memmove(block + begin, text.data(), size);
        std::memmove(block + begin + size, block + behind, end - behind);
        for (unsigned i = which; i < count; ++i)
            set_end(block, i, begin_of(block, i + 1) - (old_size - size));
        return;
    }
    std::unique_ptr<char[]> made{new char[end + (size - old_size)]};
    auto* const block = made.get();
    for (unsigned i = 0; i < count; ++i)
        set_end(block, i, begin_of(block_.get(), i + 1) + (i < which ? 0 : size - old_size));
    std::memcpy(block + begin, text.data(), size);
    if (block_ != nullptr) {
        std::memcpy(block + header, block_.get() + header, begin - header);
        std::memcpy(block + begin + size, block_.get() + behind, end - behind);
    }
    block_ = std::move(made);
}

} // namespace wan::inline WAN_ABI::detail
