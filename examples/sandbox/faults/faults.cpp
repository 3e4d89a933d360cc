// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/faults/faults.hpp"

namespace sandbox {

namespace {

// SplitMix64: standard distributions differ between libraries, but a seed should give the same faults
// everywhere.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

/// Returns a number in [0, 1).
double unit(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

} // namespace

std::string name_of(const call_fault& f) {
    std::string name{row_of(f.what).alone ? std::string_view{} : row_of(f.kind).name};
    if (!name.empty()) name += '-';
    return name.append(row_of(f.what).name);
}

void for_each_fault(const std::function<void(const call_fault&)>& visit) {
    for (const auto& row : fault_table)
        for (const auto& each : call_table)
            if (row.calls.has(each.value)) visit({each.value, row.value});
}

std::optional<call_fault> find_fault(std::string_view name) {
    std::optional<call_fault> found;
    for_each_fault([&](const call_fault& f) {
        if (name_of(f) == name) found = f;
    });
    return found;
}

std::optional<fault> fault_plan::next(call kind, fault_counts* shown) {
    const auto f = rate_ > 0 ? draw(kind) : first_of_chosen(kind, shown);
    if (f) ++injected_[index_of(kind)][index_of(*f)];
    return f;
}

std::optional<fault> fault_plan::draw(call kind) {
    const auto here = mixed(seed_) + 2 * calls_++;
    if (unit(mixed(here)) >= rate_) return std::nullopt;
    const auto all = candidates(kind);
    if (all.empty()) return std::nullopt;
    return all[mixed(here + 1) % all.size()];
}

std::vector<fault> fault_plan::candidates(call kind) const {
    std::vector<fault> all;
    for (const auto& row : fault_table)
        if (row.calls.has(kind) && (chosen_.empty() ? row.drawn : chosen_.has({kind, row.value})))
            all.push_back(row.value);
    return all;
}

std::optional<fault> fault_plan::first_of_chosen(call kind, fault_counts* shown) const {
    for (const auto& row : fault_table) {
        const call_fault f{kind, row.value};
        if (chosen_.has(f) && (shown ? shown->take(f) : row.always.has(kind))) return row.value;
    }
    return std::nullopt;
}

} // namespace sandbox
