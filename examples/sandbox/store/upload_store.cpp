// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/store/upload_store.hpp"

#include "sandbox/base64.hpp"
#include "sandbox/http/form.hpp"
#include "sandbox/ids.hpp"
#include "sandbox/log.hpp"
#include "sandbox/store/tasks.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view key_id = "LTAI-wan-sandbox";
constexpr std::uint64_t most_megabytes = 100, most_bytes = most_megabytes << 20;

constexpr storage_error malformed{400, "MalformedPOSTRequest",
                                  "The body of your POST request is not well-formed multipart/form-data."};
constexpr storage_error not_one_file{400, "IncorrectNumberOfFilesInPOSTRequest",
                                     "POST requires exactly one file upload per request."};
constexpr storage_error file_is_not_last{400, "InvalidArgument",
                                         "The file must be the last field of the form."};
constexpr storage_error repeated_field{400, "InvalidArgument", "A field occurs twice in the form."};
constexpr storage_error wrong_key_id{403, "InvalidAccessKeyId",
                                     "The OSS Access Key Id you provided does not exist in our records."};
constexpr storage_error wrong_signature{
    403, "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided."};

/// The required fields of a form and their values.
struct condition {
    std::string_view field, value;
    storage_error otherwise;
};

constexpr condition conditions[] = {
    {"OSSAccessKeyId", key_id, wrong_key_id},
    {"x-oss-object-acl",
     "private",
     {403, "AccessDenied",
      "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$x-oss-object-acl\", \"private\"]"}},
    {"x-oss-forbid-overwrite",
     "true",
     {403, "AccessDenied",
      "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$x-oss-forbid-overwrite\", "
      "\"true\"]"}},
};
constexpr storage_error no_policy{403, "AccessDenied",
                                  "Invalid according to Policy: there is no such policy."};
constexpr storage_error key_elsewhere{403, "AccessDenied",
                                      "Invalid according to Policy: Policy Condition failed: "
                                      "[\"starts-with\", \"$key\", upload_dir + \"/\"]"};

std::string new_signature() {
    std::random_device device;
    std::string bytes;
    for (int i = 0; i < 20; ++i) bytes += static_cast<char>(device() & 0xFF);
    return base64_encoded(bytes);
}

std::string policy_text(const std::string& directory, std::chrono::seconds lifetime) {
    const json::object policy{{"expiration", policy_time(std::chrono::system_clock::now() + lifetime)},
                              {"conditions", json::array{json::array{"content-length-range", 0, most_bytes},
                                                         json::array{"starts-with", "$key", directory + "/"},
                                                         json::object{{"x-oss-object-acl", "private"}},
                                                         json::object{{"x-oss-forbid-overwrite", "true"}}}}};
    return base64_encoded(json::serialize(policy));
}

std::string_view value_of(const std::vector<form_field>& form, std::string_view name) {
    const auto found =
        std::find_if(form.begin(), form.end(), [&](const auto& field) { return field.name == name; });
    return found == form.end() ? std::string_view{} : found->value;
}

bool has_repeated_fields(const std::vector<form_field>& form) {
    return std::any_of(form.begin(), form.end(), [&](const auto& field) {
        return value_of(form, field.name).data() != field.value.data();
    });
}

} // namespace

reply storage_reply(const storage_error& why) { return xml_error(why.status, why.code, why.message); }

upload_store::upload_store(setup parts) : parts_(std::move(parts)) {
    std::filesystem::create_directory(parts_.directory);
}

const std::string& upload_store::directory_of(const std::string& account) {
    auto& name = accounts_[account];
    if (name.empty()) name = new_id();
    return name;
}

json::object upload_store::policy_for(std::string_view account, std::string_view model) {
    ++parts_.counts.policies;
    const auto day = china_time(std::chrono::system_clock::now()).substr(0, 10);
    grant given{.account = std::string{account},
                .model = std::string{model},
                .signature = new_signature(),
                .directory =
                    "dashscope-instant/" + directory_of(std::string{account}) + "/" + day + "/" + new_id(),
                .end = clock::now() + parts_.policy_lifetime};
    auto policy = policy_text(given.directory, parts_.policy_lifetime);
    json::object data{{"policy", policy},
                      {"signature", given.signature},
                      {"upload_dir", given.directory},
                      {"upload_host", parts_.host},
                      {"expire_in_seconds", parts_.policy_lifetime.count()},
                      {"max_file_size_mb", most_megabytes},
                      {"capacity_limit_mb", 999999999},
                      {"oss_access_key_id", key_id},
                      {"x_oss_object_acl", "private"},
                      {"x_oss_forbid_overwrite", "true"}};
    grants_.emplace(std::move(policy), std::move(given));
    return data;
}

reply upload_store::refuse(const storage_error& why) {
    ++parts_.counts.uploads_refused;
    log("upload: rejected: " + std::string{why.code} + ": " + std::string{why.message});
    return storage_reply(why);
}

reply upload_store::take(const request& asked) {
    const auto form = parse_form(asked.header("content-type").value_or(""), asked.body);
    if (!form) return refuse(malformed);
    const auto files =
        std::count_if(form->begin(), form->end(), [](const auto& f) { return f.name == "file"; });
    if (files != 1) return refuse(not_one_file);
    if (form->back().name != "file") return refuse(file_is_not_last);
    if (has_repeated_fields(*form)) return refuse(repeated_field);
    return store(*form);
}

reply upload_store::store(const std::vector<form_field>& form) {
    const auto granted = grants_.find(std::string{value_of(form, "policy")});
    if (granted == grants_.end()) return refuse(no_policy);
    const auto& [account, model, signature, directory, end] = granted->second;
    if (value_of(form, "Signature") != signature) return refuse(wrong_signature);
    const auto now = clock::now();
    if (now >= end) return refuse(policy_is_over);
    for (const auto& each : conditions)
        if (value_of(form, each.field) != each.value) return refuse(each.otherwise);
    const auto key = value_of(form, "key");
    const auto inside = directory + "/";
    if (!key.starts_with(inside) || key.size() == inside.size()) return refuse(key_elsewhere);
    const auto content = value_of(form, "file");
    if (content.size() > most_bytes) return refuse(file_too_large);
    std::erase_if(files_, [&](const auto& each) { return each.second.end <= now; });
    auto url = "oss://" + std::string{key};
    if (files_.contains(url)) return refuse(exists_already);

    const auto file = std::make_shared<const uploaded_file>(parts_.directory / new_id());
    errno = 0;
    std::ofstream out(file->path(), std::ios::binary);
    if (!out.write(content.data(), static_cast<std::streamsize>(content.size())).flush()) {
        const auto failed = internal_failure("store the uploaded file", std::strerror(errno));
        return xml_error(500, failed.code, failed.message);
    }
    files_.emplace(std::move(url), stored{file, account, model, now + parts_.file_lifetime});
    ++parts_.counts.uploads;
    log("upload: stored " + std::to_string(content.size()) + " bytes");
    // The default of OSS if the form does not request a status.
    return {.status = value_of(form, "success_action_status") == "200" ? 200U : 204U,
            .content = std::string{}};
}

std::shared_ptr<const uploaded_file> upload_store::find(std::string_view url, std::string_view account,
                                                        std::string_view model) {
    const auto found = files_.find(std::string{url});
    if (found == files_.end()) return nullptr;
    const auto& [file, owner, purpose, end] = found->second;
    return owner == account && purpose == model && clock::now() < end ? file : nullptr;
}

} // namespace sandbox
