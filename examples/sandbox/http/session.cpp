// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/session.hpp"

#include "sandbox/file_content.hpp"
#include "sandbox/http/long_reply.hpp"
#include "sandbox/http/odd_reply.hpp"
#include "sandbox/ids.hpp"
#include "sandbox/log.hpp"

#include <wan/printable.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace sandbox {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds patience{120};

request head_of(const http::request<http::string_body>& message) {
    request head{.method = std::string{message.method_string()}, .target = std::string{message.target()}};
    for (const auto& field : message) head.headers.emplace_back(field.name_string(), field.value());
    return head;
}

class session : public std::enable_shared_from_this<session> {
public:
    session(asio::ip::tcp::socket socket, request_handler& handler)
        : stream_(std::move(socket)), pause_(stream_.get_executor()), handler_(handler) {}

    void read();

private:
    void read_body();
    void read_half();
    void allow_body();
    void respond();
    void refuse();
    void finish(bool keep);
    void close();
    void reset();
    void wait_for_the_end();

    template <class Body>
    http::response<Body> head(const reply& r) const;
    template <class Message>
    void send(Message message);
    void send(const reply& r, std::string content);
    void send(const reply& r, const file_content& content);
    void send(const reply& r, const filled_content& content);
    void send(const reply& r, no_content nothing);
    void send_oddly(const reply& r, const std::string& content);
    void send_piece();
    void send_later();
    void end_odd_reply();
    void send_filler();

    beast::tcp_stream stream_;
    asio::steady_timer pause_;
    request_handler& handler_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<long_reply> long_reply_;
    std::optional<odd_reply> odd_reply_;
    std::optional<fault> planned_;
    bool keep_ = false;
};

void session::read() {
    parser_.emplace();
    parser_->body_limit(max_request_body);
    stream_.expires_after(patience);
    http::async_read_header(
        stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error == http::error::body_limit) return self->refuse();
            if (error) return self->close();
            self->planned_ = self->handler_.plan(head_of(self->parser_->get()));
            const auto expectation = self->parser_->get()[http::field::expect];
            beast::iequals(expectation, "100-continue") ? self->allow_body() : self->read_body();
        });
}

void session::allow_body() {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(go_on),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          error ? self->close() : self->read_body();
                      });
}

void session::read_body() {
    // A read fills at most the buffer, which starts small.
    constexpr std::uint64_t large = 64 * 1024;
    if (parser_->content_length_remaining().value_or(0) > large) buffer_.reserve(large);
    if (planned_ == fault::broken_off) return read_half();
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
        if (error == http::error::body_limit) return self->refuse();
        error ? self->close() : self->respond();
    });
}

void session::read_half() {
    const auto length = parser_->content_length().value_or(0);
    if (parser_->is_done() || parser_->content_length_remaining().value_or(0) <= length / 2) return reset();
    stream_.expires_after(patience);
    http::async_read_some(stream_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, std::size_t) {
                              error ? self->close() : self->read_half();
                          });
}

void session::respond() {
    keep_ = parser_->get().keep_alive();
    auto asked = head_of(parser_->get());
    asked.body = std::move(parser_->get().body());
    asked.planned = planned_;
    const auto r = handler_.answer(asked);
    std::visit([&](const auto& content) { send(r, content); }, r.content);
}

void session::refuse() {
    log("rejected: the request body is larger than " + std::to_string(max_request_body >> 20) +
        " MiB, the sandbox's limit; send smaller files");
    keep_ = false;
    const auto r = handler_.too_large(head_of(parser_->get()));
    send(r, std::get<std::string>(r.content));
}

template <class Body>
http::response<Body> session::head(const reply& r) const {
    http::response<Body> message{static_cast<http::status>(r.status), parser_->get().version()};
    message.set(http::field::server, "wan-sandbox");
    message.set(http::field::date, http_date(std::chrono::system_clock::now()));
    message.set("X-Wan-Sandbox", "not the model");
    if (!r.content_type.empty()) message.set(http::field::content_type, r.content_type);
    for (const auto& [name, value] : r.headers) message.set(name, value);
    message.keep_alive(keep_);
    return message;
}

template <class Message>
void session::send(Message message) {
    const auto kept = std::make_shared<Message>(std::move(message));
    stream_.expires_after(patience);
    http::async_write(stream_, *kept, [self = shared_from_this(), kept](error_code error, std::size_t) {
        self->finish(!error && self->keep_);
    });
}

void session::send(const reply& r, std::string content) {
    if (r.how != manner::whole) return send_oddly(r, content);
    auto message = head<http::string_body>(r);
    message.body() = std::move(content);
    message.prepare_payload();
    send(std::move(message));
}

void session::send(const reply& r, const file_content& content) {
    auto message = head<http::file_body>(r);
    error_code error;
    message.body().open(content.path.c_str(), beast::file_mode::scan, error);
    if (error) {
        const auto why = "cannot read " + wan::printable(content.path.string(), 200) + ": " + error.message();
        log(why);
        const auto failed = error_reply(500, "InternalError", "The sandbox " + why + "; see its stderr");
        return send(failed, std::get<std::string>(failed.content));
    }
    if (r.how != manner::whole) return send_oddly(r, content_of(content.path));
    message.prepare_payload();
    send(std::move(message));
}

void session::send(const reply& r, const filled_content& content) {
    long_reply_.emplace(head<http::buffer_body>(r), content);
    send_filler();
}

void session::send_filler() {
    long_reply_->next_piece();
    stream_.expires_after(patience);
    http::async_write(stream_, long_reply_->serializer,
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error == http::error::need_buffer) return self->send_filler();
                          self->finish(!error && self->keep_);
                      });
}

void session::send(const reply&, no_content nothing) {
    using ending = no_content::ending;
    if (nothing.end == ending::close) close();
    if (nothing.end == ending::reset) reset();
    if (nothing.end == ending::hang) wait_for_the_end();
}

void session::send_oddly(const reply& r, const std::string& content) {
    if (r.how == manner::short_close) keep_ = false;
    odd_reply_.emplace(r.how, head<http::empty_body>(r), content);
    send_piece();
}

void session::send_piece() {
    constexpr std::size_t pieces = 20;
    auto& [how, bytes, sent] = *odd_reply_;
    const auto step = how == manner::trickle ? bytes.size() / pieces + 1 : bytes.size();
    const auto piece = asio::buffer(bytes) + sent;
    const auto size = (std::min)(step, bytes.size() - sent);
    stream_.expires_after(patience);
    asio::async_write(stream_, asio::buffer(piece, size),
                      [self = shared_from_this()](error_code error, std::size_t written) {
                          if (error) return self->close();
                          self->odd_reply_->sent += written;
                          self->send_later();
                      });
}

// Also before a reset: it would discard bytes that are still being sent.
void session::send_later() {
    stream_.expires_never();
    pause_.expires_after(std::chrono::milliseconds{50});
    pause_.async_wait([self = shared_from_this()](error_code error) {
        if (error) return self->close();
        self->odd_reply_->sent < self->odd_reply_->bytes.size() ? self->send_piece() : self->end_odd_reply();
    });
}

void session::end_odd_reply() {
    const auto how = odd_reply_->how;
    odd_reply_.reset();
    if (how == manner::cut) return reset();
    finish(keep_ && how != manner::long_length);
}

// Reads and discards everything, until the client closes or the time is over.
void session::wait_for_the_end() {
    stream_.expires_after(patience);
    stream_.async_read_some(buffer_.prepare(1),
                            [self = shared_from_this()](error_code, std::size_t) { self->close(); });
}

void session::reset() {
    error_code ignored;
    stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
    stream_.socket().close(ignored);
}

void session::finish(bool keep) {
    long_reply_.reset();
    if (keep)
        read();
    else
        close();
}

void session::close() {
    error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.socket().close(ignored);
}

} // namespace

void start_session(asio::ip::tcp::socket socket, request_handler& handler) {
    std::make_shared<session>(std::move(socket), handler)->read();
}

} // namespace sandbox
