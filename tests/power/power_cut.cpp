// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A library to preload into a program: it cuts the power at one of the program's syncs. Linux.
//
// It models a disk with a cache for the files of WAN_CUT_FOLDER:
// - What is in the folder at the start is on the disk.
// - A sync of a file writes the file's contents to the disk, but not its name. A sync of a folder writes the
//   names in it, but not the contents of its files.
// - What was not synced may be on the disk or not. WAN_CUT_KEEPS says how much of it is: "nothing", "some" or
//   "all". With "some", an append is there up to some byte, each overwritten sector is there or not, and each
//   folder has its old names or its new ones.
//
// At sync number WAN_CUT_AT, before it has an effect, the library writes the folder as it is on the disk to
// WAN_CUT_IMAGE and kills the process. If the program ends before, it does the same at the end, and writes
// the number of syncs to WAN_CUT_IMAGE.syncs.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace {

constexpr std::size_t sector = 512;

std::string variable(const char* name) {
    const auto* value = std::getenv(name);
    return value != nullptr ? value : "";
}

unsigned long number(const char* name) { return std::strtoul(variable(name).c_str(), nullptr, 10); }

/// The names in a folder, with the inodes of what they name.
using names = std::map<std::string, ino_t>;

/// The contents of a file, or the names in a folder.
struct contents {
    std::string bytes;
    names entries;
};

struct node {
    int fd = -1; ///< never closed: so no other file gets the inode, and no lock on the file is released
    bool is_folder = false;
    contents on_disk;
};

class cached_disk {
public:
    static cached_disk& get() {
        static auto& one = *new cached_disk; // a sync may come after the destructors
        return one;
    }

    /// Called before a sync. Returns what the sync writes to the disk.
    contents begin(int fd) {
        if (++syncs_ == at_) cut();
        const std::lock_guard lock{mutex_};
        return now(at(fd));
    }
    void end(int fd, contents synced) {
        const std::lock_guard lock{mutex_};
        at(fd).on_disk = std::move(synced);
    }
    /// Returns whether the descriptor is of a file or folder within the folder.
    bool has(int fd) const {
        if (folder_.empty()) return false;
        std::error_code failed;
        const auto name =
            std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd), failed).string();
        return !failed && name.starts_with(folder_) &&
               (name.size() == folder_.size() || name[folder_.size()] == '/');
    }
    /// Called when the program ends.
    void finish() {
        if (folder_.empty()) return;
        write(nodes_.at(root_), image_);
        std::ofstream{image_ + ".syncs"} << syncs_;
    }

private:
    cached_disk()
        : folder_(variable("WAN_CUT_FOLDER")), image_(variable("WAN_CUT_IMAGE")),
          keeps_(variable("WAN_CUT_KEEPS")), at_(number("WAN_CUT_AT")),
          random_(static_cast<unsigned>(number("WAN_CUT_SEED"))) {
        if (folder_.empty()) return;
        folder_ = std::filesystem::canonical(folder_).string();
        const int fd = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        root_ = add(fd);
        write_all_below(nodes_.at(root_));
    }

    void write_all_below(node& of) {
        of.on_disk = now(of);
        for (const auto& [name, inode] : of.on_disk.entries) write_all_below(nodes_.at(inode));
    }

    /// Adds a file or folder, and keeps the descriptor if it is a new one.
    ino_t add(int fd) {
        struct stat status{};
        if (::fstat(fd, &status) != 0) std::abort();
        auto& added = nodes_[status.st_ino];
        if (added.fd < 0) {
            added.fd = fd;
            added.is_folder = S_ISDIR(status.st_mode);
        }
        return status.st_ino;
    }
    node& at(int fd) {
        struct stat status{};
        if (::fstat(fd, &status) != 0) std::abort();
        const auto known = nodes_.find(status.st_ino);
        return known != nodes_.end() ? known->second : nodes_.at(add(::fcntl(fd, F_DUPFD_CLOEXEC, 0)));
    }

    /// Returns what the program sees.
    contents now(const node& of) {
        contents all;
        if (of.is_folder)
            all.entries = names_in(of.fd);
        else
            all.bytes = bytes_of(of.fd);
        return all;
    }
    names names_in(int folder) {
        names all;
        auto* const list = ::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (list == nullptr) return all; // removed
        while (const auto* entry = ::readdir(list)) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..") continue;
            const int fd = ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
            if (fd >= 0) all.emplace(name, add(fd));
        }
        ::closedir(list);
        return all;
    }
    static std::string bytes_of(int fd) {
        // The file may be open only for writing. Closing this descriptor would release the process's locks.
        static std::map<int, int> readable;
        auto& from = readable.try_emplace(fd, -1).first->second;
        if (from < 0) from = ::open(("/proc/self/fd/" + std::to_string(fd)).c_str(), O_RDONLY | O_CLOEXEC);
        std::string all;
        char piece[1 << 16];
        for (ssize_t n = 0; (n = ::pread(from, piece, sizeof piece, static_cast<off_t>(all.size()))) > 0;)
            all.append(piece, static_cast<std::size_t>(n));
        return all;
    }

    [[noreturn]] void cut() {
        // The disk is slow: what other threads do meanwhile comes first.
        std::this_thread::sleep_for(std::chrono::milliseconds{30});
        const std::lock_guard lock{mutex_}; // no other sync ends any more
        write(nodes_.at(root_), image_);
        ::kill(::getpid(), SIGKILL);
        for (;;) ::pause();
    }

    void write(const node& of, const std::string& to) {
        const auto kept = left_of(of);
        if (!of.is_folder) {
            std::ofstream{to, std::ios::binary} << kept.bytes;
            return;
        }
        std::filesystem::create_directory(to);
        for (const auto& [name, inode] : kept.entries) write(nodes_.at(inode), to + "/" + name);
    }
    contents left_of(const node& of) {
        if (keeps_ == "nothing") return of.on_disk;
        auto written = now(of);
        if (keeps_ == "all") return written;
        if (of.is_folder) return random(1) == 0 ? of.on_disk : written;
        return {some_of(of.on_disk.bytes, written.bytes), {}};
    }
    std::string some_of(const std::string& old, const std::string& written) {
        // A file that was shortened may still be as long as before.
        auto size = old.size() + random(written.size() > old.size() ? written.size() - old.size() : 0);
        if (written.size() < old.size() && random(1) == 0) size = written.size();
        auto some = written.substr(0, size);
        if (some.size() < size) some += old.substr(some.size(), size - some.size());
        for (std::size_t i = 0; i < old.size() && i < size; i += sector)
            if (const auto n = std::min({sector, size - i, old.size() - i}); random(1) == 0)
                some.replace(i, n, old, i, n);
        return some;
    }
    std::size_t random(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>{0, most}(random_);
    }

    std::string folder_, image_, keeps_;
    unsigned long at_ = 0;
    std::atomic<unsigned long> syncs_ = 0;
    std::mt19937 random_;
    std::mutex mutex_;
    std::map<ino_t, node> nodes_;
    ino_t root_ = 0;
};

[[gnu::constructor]] void begin() { (void)cached_disk::get(); }
[[gnu::destructor]] void end() { cached_disk::get().finish(); }

int sync_with(const char* function, int fd) {
    const auto next = reinterpret_cast<int (*)(int)>(::dlsym(RTLD_NEXT, function));
    auto& disk = cached_disk::get();
    if (!disk.has(fd)) return next(fd);
    // What is written during the sync may be lost.
    auto synced = disk.begin(fd);
    const int failed = next(fd);
    if (failed == 0) disk.end(fd, std::move(synced));
    return failed;
}

} // namespace

extern "C" {

[[gnu::visibility("default")]] int fsync(int fd) { return sync_with("fsync", fd); }
[[gnu::visibility("default")]] int fdatasync(int fd) { return sync_with("fdatasync", fd); }

// They write everything to the disk, which is not modeled.
[[gnu::visibility("default")]] void sync() noexcept { std::abort(); }
[[gnu::visibility("default")]] int syncfs(int) noexcept { std::abort(); }

} // extern "C"
