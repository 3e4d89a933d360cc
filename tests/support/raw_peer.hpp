// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A peer on loopback that answers each connection with given bytes, whatever is asked.
#pragma once

#include <boost/asio.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace support {

class raw_peer {
public:
    using socket = boost::asio::ip::tcp::socket;
    using behaviour = std::function<void(socket&, const std::string& request_head)>;

    static constexpr const char* begin_of_client_hello = "\x16\x03";

    /// Behaves so once `head_end` has come.
    explicit raw_peer(behaviour behave, std::string head_end = "\r\n\r\n")
        : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}), behave_(std::move(behave)),
          head_end_(std::move(head_end)), acceptor_thread_([this] { serve(); }) {}
    ~raw_peer() {
        stopping_ = true;
        boost::system::error_code ignored;
        socket wake{context_};
        (void)wake.connect(acceptor_.local_endpoint(), ignored);
        acceptor_thread_.join();
        for (auto& t : connections_) t.join();
    }

    /// Answers every request with these bytes and closes.
    static behaviour answering(std::string bytes) {
        return [bytes = std::move(bytes)](socket& s, const std::string&) { send(s, bytes); };
    }
    static void send(socket& s, const std::string& bytes) {
        boost::system::error_code ignored;
        boost::asio::write(s, boost::asio::buffer(bytes), ignored);
    }

    /// Says nothing until the other side has had enough.
    static void hold(socket& s) {
        std::string rest(1 << 16, '\0'); // of the request, perhaps
        boost::system::error_code failed;
        while (!failed) (void)s.read_some(boost::asio::buffer(rest), failed);
    }
    static behaviour holding() {
        return [](socket& s, const std::string&) { hold(s); };
    }

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    int requests() const { return requests_; }
    std::string last_head() const {
        const std::lock_guard lock{mutex_};
        return last_head_;
    }

private:
    void serve() {
        while (!stopping_) {
            socket s{context_};
            boost::system::error_code failed;
            (void)acceptor_.accept(s, failed);
            if (!failed && !stopping_)
                connections_.emplace_back([this, s = std::move(s)]() mutable { converse(s); });
        }
    }

    void converse(socket& s) {
        std::string head;
        boost::system::error_code failed;
        boost::asio::read_until(s, boost::asio::dynamic_buffer(head), head_end_, failed);
        if (failed) return;
        {
            const std::lock_guard lock{mutex_};
            last_head_ = head;
        }
        ++requests_;
        behave_(s, head);
        // Closing while the rest of a request is unread would reset the connection and take the answer back.
        (void)s.shutdown(socket::shutdown_send, failed);
        hold(s);
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    behaviour behave_;
    std::string head_end_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> requests_{0};
    mutable std::mutex mutex_;
    std::string last_head_;
    std::vector<std::thread> connections_; ///< of the acceptor's thread, until that is joined
    std::thread acceptor_thread_;
};

/// An address whose TCP handshake does not end: a listener that nobody accepts from, with its queue full.
class unfinished_handshake {
public:
    unfinished_handshake() : acceptor_(context_) {
        const boost::asio::ip::tcp::endpoint loopback{boost::asio::ip::address_v4::loopback(), 0};
        acceptor_.open(loopback.protocol());
        acceptor_.bind(loopback);
        acceptor_.listen(0);
        for (auto& filler : fillers_)
            filler.async_connect(acceptor_.local_endpoint(), [](boost::system::error_code) {});
    }

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket fillers_[4] = {opened(), opened(), opened(), opened()};

    boost::asio::ip::tcp::socket opened() { return {context_, boost::asio::ip::tcp::v4()}; }
};

} // namespace support
