// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/files/ledger.hpp"

#include "cli/files/hash.hpp"
#include "cli/output/report.hpp"

#include <wan/http/url.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <cctype>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace cli {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& o, std::string_view name) {
    const auto* value = o.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

shot_end read_end(const json::object& o) {
    shot_end end{
        .ending = wan::from_wire<wan::task_ending>(text_of(o, "state")).value_or(wan::task_ending::stopped),
        .status = text_of(o, "status"),
        .error = {}};
    const auto* error = o.if_contains("error");
    if (error == nullptr || !error->is_object()) return end;
    const auto& e = error->get_object();
    end.error = wan::error{.category = wan::from_wire<wan::error_category>(text_of(e, "category"))
                                           .value_or(wan::error_category::protocol),
                           .message = text_of(e, "message"),
                           .code = text_of(e, "code")};
    boost::system::error_code none;
    if (const auto* status = e.if_contains("http_status"); status != nullptr && status->is_number())
        end.error->http_status = status->to_number<unsigned>(none);
    return end;
}

std::string hash_of_account(std::string_view address, const wan::provider& who) {
    // Only 32 bits: enough to distinguish keys, too few to recover one.
    return hexadecimal(hash_of(std::string{address} + " " + std::string{who.key.reveal()}) & 0xFFFFFFFF);
}

} // namespace

std::string normalized_url(std::string_view text) {
    const auto url = wan::parse_url(text);
    if (!url) return std::string{text};
    const auto in_lower_case = [](std::string_view part) {
        std::string lower;
        for (const char c : part)
            lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        return lower;
    };
    const auto scheme = in_lower_case(url->scheme);
    const bool is_default =
        (scheme == "https" && url->port == "443") || (scheme == "http" && url->port == "80");
    auto rest = url->rest;
    while (rest.ends_with('/')) rest.remove_suffix(1);
    std::string all = scheme + "://" + (wan::is_loopback(url->host) ? "127.0.0.1" : in_lower_case(url->host));
    if (!url->port.empty() && !is_default) all.append(":").append(url->port);
    return all.append(rest);
}

std::string account_of(const wan::provider& who) {
    return hash_of_account(normalized_url(who.base_url), who);
}
std::string account_as_written(const wan::provider& who) { return hash_of_account(who.base_url, who); }

ledger::~ledger() {
    if (fd_ >= 0) ::close(fd_);
}

wan::result<void> ledger::open(const std::string& directory, const wan::provider& who, bool is_same_account) {
    std::error_code failed;
    std::filesystem::create_directories(directory, failed);
    if (failed)
        return wan::error{.category = wan::error_category::storage,
                          .message = "--state: cannot create the directory " + directory + ": " +
                                     failed.message() + "; choose a writable directory"};
    file_ = directory + "/ledger.jsonl";
    if (auto locked = lock_.acquire(file_); !locked) return locked;
    if (auto good = read(); !good) return good;
    fd_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd_ < 0) return storage_error("cannot write", file_, check_disk);
    sync_directory_of(file_);
    sync_directory_of(directory);
    const auto account = account_of(who);
    if (!account_.empty() && account_ != account && account_ != account_as_written(who) && !is_same_account)
        return wan::error{.category = wan::error_category::token,
                          .message = file_ +
                                     " was written with another API key or address, and one account's list "
                                     "does not show another's tasks; use the former ones, or another "
                                     "--state; for two keys of one account, add --same-account"};
    account_of_this_run_ = account;
    return {};
}

wan::result<void> ledger::read() {
    std::ifstream in{file_, std::ios::binary};
    if (!in) return {};
    std::string all{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) return storage_error("cannot read", file_, check_disk);
    const auto whole = all.rfind('\n') + 1; // 0 if there is none
    if (whole != all.size() && ::truncate(file_.c_str(), static_cast<off_t>(whole)) != 0)
        return storage_error("cannot remove the incomplete last line of", file_, check_disk);
    all.resize(whole);
    std::size_t number = 0;
    for (std::size_t at = 0; at < all.size();) {
        ++number;
        const auto end = all.find('\n', at);
        const std::string_view line{all.data() + at, end - at};
        at = end + 1;
        const auto bad = [&](const std::string& why) {
            return wan::error{.category = wan::error_category::token,
                              .message = file_ + ", line " + std::to_string(number) + ": " + why};
        };
        const auto damaged = [&](const std::string& why) {
            return bad("damaged: " + why +
                       "; restore the ledger, or remove this line (its shot may then be paid for twice)");
        };
        boost::system::error_code ec;
        const auto parsed = json::parse({line.data(), line.size()}, ec);
        if (ec || !parsed.is_object()) return damaged("not a JSON object");
        const auto& o = parsed.get_object();
        if (auto account = text_of(o, "account"); !account.empty()) {
            account_ = std::move(account);
            continue;
        }
        const auto id = text_of(o, "id");
        if (id.empty()) return damaged("no id");
        auto& e = entries_[id];
        if (const auto* token = o.if_contains("token")) {
            auto read = wan::read_token(json::serialize(*token));
            if (!read) return bad(read.error().message);
            keep(e, text_of(o, "request"), *std::move(read));
        }
        if (const auto* bytes = o.if_contains("bytes"); bytes != nullptr && bytes->is_number())
            e.bytes = bytes->to_number<std::uint64_t>(ec);
        if (const auto* ended = o.if_contains("end"); ended != nullptr && ended->is_object())
            e.end = read_end(ended->get_object());
    }
    return {};
}

void ledger::keep(entry& e, std::string fingerprint, wan::resume_token token) {
    if (!token.task_id.empty()) task_ids_.insert(token.task_id);
    // The shot is submitted again, although its previous submit is still unconfirmed.
    const bool begins = e.token && e.token->ending == wan::task_ending::submit_unknown &&
                        token.state == wan::task_state::submitting;
    if (begins) given_up_.push_back(*e.token);
    if (fingerprint != e.fingerprint || begins) e.bytes.reset();
    e.fingerprint = std::move(fingerprint);
    e.token = std::move(token);
}

wan::result<void> ledger::append(const std::string& line) {
    if (is_broken_)
        return wan::error{.category = wan::error_category::storage,
                          .message = "cannot write " + file_ +
                                     ": its last line is incomplete; check the disk and its free space, and "
                                     "run the command again: it removes that line"};
    const auto size = ::lseek(fd_, 0, SEEK_END);
    if (write_all(fd_, line + "\n") && ::fdatasync(fd_) == 0) return {};
    auto failed = storage_error("cannot write", file_, check_disk);
    // An incomplete line would damage the next one.
    is_broken_ = size < 0 || ::ftruncate(fd_, size) != 0;
    return failed;
}

wan::result<void> ledger::record(const std::string& id, const std::string& fingerprint,
                                 const wan::resume_token& token) {
    const auto text = wan::to_string(token);
    auto& e = entries_[id];
    if (e.token && e.fingerprint == fingerprint && wan::to_string(*e.token) == text) return {};
    if (account_ != account_of_this_run_) { // the first record of this run
        if (auto written = append(R"({"account":")" + account_of_this_run_ + "\"}"); !written) return written;
        account_ = account_of_this_run_;
    }
    auto written = append(R"({"id":)" + json::serialize(json::string{id}) + R"(,"request":")" + fingerprint +
                          R"(","token":)" + text + "}");
    if (written) keep(e, fingerprint, token);
    return written;
}

wan::result<void> ledger::record_video(const std::string& id, std::uint64_t bytes) {
    entries_[id].bytes = bytes;
    return append(R"({"id":)" + json::serialize(json::string{id}) + R"(,"bytes":)" + std::to_string(bytes) +
                  "}");
}

wan::result<void> ledger::record_end(const std::string& id, const wan::outcome& outcome) {
    entries_[id].end = shot_end{outcome.ending, outcome.status, outcome.error};
    json::object end{{"state", std::string{to_wire(outcome.ending)}}};
    if (!outcome.status.empty()) end["status"] = outcome.status;
    if (outcome.error) end["error"] = to_json(*outcome.error);
    return append(json::serialize(json::object{{"id", id}, {"end", std::move(end)}}));
}

const ledger::entry* ledger::find(const std::string& id) const {
    const auto found = entries_.find(id);
    return found != entries_.end() ? &found->second : nullptr;
}

} // namespace cli
