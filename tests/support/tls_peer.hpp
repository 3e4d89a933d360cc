// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A TLS peer on loopback whose certificate, made on the spot, is for 127.0.0.1 and for service.invalid, which
// only a proxy would find, and signed by itself.
#pragma once

#include "support/doctest.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace support {

struct certificate {
    std::shared_ptr<EVP_PKEY> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    std::shared_ptr<X509> x509{X509_new(), X509_free};

    certificate() {
        ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
        X509_set_version(x509.get(), 2);
        X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
        X509_set_pubkey(x509.get(), key.get());
        auto* name = X509_get_subject_name(x509.get());
        const unsigned char text[] = "wan-client test";
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
        X509_set_issuer_name(x509.get(), name);
        extend(NID_subject_alt_name, "IP:127.0.0.1,DNS:service.invalid");
        extend(NID_basic_constraints, "critical,CA:TRUE");
        REQUIRE(X509_sign(x509.get(), key.get(), EVP_sha256()) > 0);
    }

    void write(const std::string& file) const {
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out{std::fopen(file.c_str(), "wb"),
                                                                  &std::fclose};
        REQUIRE(out);
        REQUIRE(PEM_write_X509(out.get(), x509.get()) == 1);
    }

private:
    void extend(int what, const char* value) {
        const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension{
            X509V3_EXT_conf_nid(nullptr, nullptr, what, value), &X509_EXTENSION_free};
        REQUIRE(X509_add_ext(x509.get(), extension.get(), -1) == 1);
    }
};

/// Answers every request with the same bytes and closes.
class tls_peer {
public:
    tls_peer(const certificate& own, std::string answer)
        : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}), answer_(std::move(answer)) {
        REQUIRE(SSL_CTX_use_certificate(tls_.native_handle(), own.x509.get()) == 1);
        REQUIRE(SSL_CTX_use_PrivateKey(tls_.native_handle(), own.key.get()) == 1);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~tls_peer() {
        stopping_ = true;
        boost::system::error_code ignored;
        boost::asio::ip::tcp::socket wake{context_};
        (void)wake.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
    }

    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(acceptor_.local_endpoint().port());
    }
    boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    int requests() const { return requests_; }

private:
    void serve() {
        while (!stopping_) {
            boost::asio::ip::tcp::socket s{context_};
            boost::system::error_code failed;
            (void)acceptor_.accept(s, failed);
            if (!failed && !stopping_) converse(std::move(s));
        }
    }

    void converse(boost::asio::ip::tcp::socket s) {
        boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream{std::move(s), tls_};
        std::string head;
        boost::system::error_code failed;
        (void)stream.handshake(boost::asio::ssl::stream_base::server, failed);
        if (!failed) boost::asio::read_until(stream, boost::asio::dynamic_buffer(head), "\r\n\r\n", failed);
        if (failed) return;
        ++requests_;
        boost::asio::write(stream, boost::asio::buffer(answer_), failed);
        (void)stream.shutdown(failed);
    }

    boost::asio::io_context context_;
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::string answer_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> requests_{0};
    std::thread thread_;
};

} // namespace support
