// `serve` over TLS, as a client out there uses it: with a certificate made for the test and checked by the client.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "base/text.h"
#include "tests/cli/support.h"

namespace entente::cli {
namespace {

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* value) const {
    kFree(value);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Connection = std::unique_ptr<BIO, Freed<BIO_free_all>>;

// A key and a certificate for 127.0.0.1 that signs itself, as PEM files.
struct Identity {
  Directory directory;
  std::string certificate = directory.at("certificate.pem"), key = directory.at("key.pem");

  Identity() {
    const Key pair(EVP_EC_gen("P-256"));
    const Certificate made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), pair.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("node.example"), -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    X509_EXTENSION* address =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(made.get(), address, -1);
    X509_EXTENSION_free(address);
    EXPECT_NE(X509_sign(made.get(), pair.get(), EVP_sha256()), 0);
    std::FILE* file = std::fopen(certificate.c_str(), "we");
    EXPECT_EQ(PEM_write_X509(file, made.get()), 1);
    std::fclose(file);
    file = std::fopen(key.c_str(), "we");
    EXPECT_EQ(PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
    std::fclose(file);
  }
};

struct Got {
  int status = 0;  // 0: no answer
  std::string head, body;
};

// One request over TLS, its answer read to the end. nullopt: the client does not trust the server, or cannot reach it.
std::optional<Got> ask(const std::string& address, const std::string& trusted,
                       const std::string& request) {
  const Context context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  EXPECT_EQ(SSL_CTX_load_verify_file(context.get(), trusted.c_str()), 1);
  const Connection connection(BIO_new_ssl_connect(context.get()));
  SSL* ssl = nullptr;
  BIO_get_ssl(connection.get(), &ssl);
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), "127.0.0.1");
  BIO_set_conn_hostname(connection.get(), address.c_str());
  if (BIO_do_handshake(connection.get()) != 1) return std::nullopt;
  if (BIO_write(connection.get(), request.data(), static_cast<int>(request.size())) !=
      static_cast<int>(request.size()))
    return Got{};
  std::string text;
  std::array<char, 4096> piece{};
  for (int n = 0; (n = BIO_read(connection.get(), piece.data(), piece.size())) > 0;)
    text.append(piece.data(), static_cast<size_t>(n));
  const size_t end = text.find("\r\n\r\n");
  if (!text.starts_with("HTTP/1.1 ") || end == std::string::npos) return Got{};
  return Got{std::atoi(text.substr(9, 3).c_str()), text.substr(0, end), text.substr(end + 4)};
}

std::string get(const std::string& path, const std::string& key) {
  return "GET " + path + " HTTP/1.1\r\nHost: node\r\nConnection: close\r\n" +
         (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n") + "\r\n";
}

struct Secure {
  Community community;
  Identity identity;
  Serving serving{community.data, {"--tls-cert", identity.certificate, "--tls-key", identity.key}};

  std::optional<Got> get(const std::string& path, const std::string& key = {}) const {
    return ask(serving.address(), identity.certificate, cli::get(path, key));
  }
};

TEST(ServeOverTls, ShowsDiscoveryAndAPageToAKey) {
  const Secure secure;
  ASSERT_TRUE(secure.serving.is_up()) << secure.serving.log();
  EXPECT_TRUE(secure.serving.ready_line().starts_with("ready https://127.0.0.1:"))
      << secure.serving.ready_line();
  const auto discovery = secure.get("/taxii2/", secure.community.hq_key);
  ASSERT_TRUE(discovery);
  EXPECT_EQ(discovery->status, 200) << discovery->head;
  EXPECT_NE(discovery->body.find("\"api_roots\""), std::string::npos) << discovery->body;

  const std::string object = indicator(1), body = "{\"objects\":[" + object + "]}";
  const std::string path =
      "/taxii2/entente/collections/" + secure.community.collection_id + "/objects/";
  const std::string media = "application/taxii+json;version=2.1";
  const auto posted =
      ask(secure.serving.address(), secure.identity.certificate,
          "POST " + path + " HTTP/1.1\r\nHost: node\r\nConnection: close\r\n" +
              "Authorization: Bearer " + secure.community.hq_key + "\r\nContent-Type: " + media +
              "\r\nAccept: " + media + "\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 202) << posted->head << posted->body;
  const auto page = secure.get(path, secure.community.avl_key);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_NE(page->body.find(object), std::string::npos) << page->body;
  EXPECT_EQ(secure.get(path, secure.community.bor_key)->status, 404) << "not its collection";
}

TEST(ServeOverTls, RefusesAWrongKeyAndNone) {
  const Secure secure;
  ASSERT_TRUE(secure.serving.is_up()) << secure.serving.log();
  std::string wrong = secure.community.hq_key;
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  for (const std::string& key : {std::string(), wrong, std::string("ent_0123456789abcdef_x")}) {
    const auto got = secure.get("/taxii2/", key);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 401) << key.size();
    EXPECT_NE(to_lower_ascii(got->head).find("\r\nwww-authenticate: "), std::string::npos)
        << got->head;
  }
}

// Whoever speaks plain HTTP to it is told that and no more, whatever key was sent in clear; the server goes on.
TEST(ServeOverTls, RefusesPlainHttp) {
  const Secure secure;
  ASSERT_TRUE(secure.serving.is_up()) << secure.serving.log();
  for (const std::string& key : {std::string(), secure.community.hq_key}) {
    const Response response = secure.serving.get("/taxii2/", key);
    EXPECT_EQ(response.status, 400);
    EXPECT_NE(response.body.text.find("https://"), std::string::npos) << response.body.text;
    EXPECT_EQ(response.body.text.find("api_roots"), std::string::npos);
  }
  const auto health = secure.get("/healthz");
  ASSERT_TRUE(health);
  EXPECT_EQ(health->status, 200);
}

// That the tests above trust the server for its certificate, not for anything else.
TEST(ServeOverTls, ShowsItsOwnCertificate) {
  const Secure secure;
  ASSERT_TRUE(secure.serving.is_up()) << secure.serving.log();
  const Identity another;
  EXPECT_FALSE(ask(secure.serving.address(), another.certificate, get("/healthz", "")));
  EXPECT_TRUE(ask(secure.serving.address(), secure.identity.certificate, get("/healthz", "")));
}

TEST(ServeOverTls, DoesNotStartWithoutBothFilesAndAKeyThatFits) {
  const Community community;
  const Identity identity, another;
  const std::string broken = identity.directory.write("broken.pem", "no certificate\n");
  const std::vector<std::vector<std::string>> wrong{
      {"--tls-cert", identity.certificate},
      {"--tls-cert", broken, "--tls-key", identity.key},
      {"--tls-cert", identity.certificate, "--tls-key", another.key},
      {"--tls-cert", identity.certificate, "--tls-key", identity.directory.at("none.pem")}};
  for (const auto& files : wrong) {
    std::vector<std::string> arguments{"serve", "--listen", "127.0.0.1:0"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    const Ran ran = community.run(arguments);
    EXPECT_EQ(ran.exit_code, 2) << files.back();
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err, "");
  }
}

}  // namespace
}  // namespace entente::cli
