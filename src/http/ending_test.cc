// TLS, and how a server ends: gracefully, under load, with handlers that are late.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include "http/http_test_client.h"
#include "http/server.h"

namespace entente::http {
namespace {

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

// A key and a certificate signed by itself, in two files of a folder that goes with them.
struct Certificate {
  std::string folder = "/tmp/entente-tls-XXXXXX";
  std::string certificate, key;

  Certificate() {
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    certificate = folder + "/certificate.pem";
    key = folder + "/key.pem";
    EVP_PKEY* pair = EVP_EC_gen("P-256");
    X509* x509 = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, pair);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(x509, X509_get_subject_name(x509));
    X509_sign(x509, pair, EVP_sha256());
    std::FILE* file = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(file, x509);
    std::fclose(file);
    file = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(x509);
    EVP_PKEY_free(pair);
  }
  ~Certificate() {
    ::unlink(certificate.c_str());
    ::unlink(key.c_str());
    ::rmdir(folder.c_str());
  }
};

// A blocking TLS client of one exchange.
class TlsClient {
 public:
  TlsClient(const std::string& address, int version)
      : raw_(address), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    SSL_CTX_set_security_level(context_, 0);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, raw_.fd());
    while ((status_ = SSL_connect(ssl_)) != 1 && again(status_)) {
    }
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  bool connected() const { return status_ == 1; }
  void send(const std::string& bytes) {
    size_t begin = 0;
    while (begin < bytes.size()) {
      size_t n = 0;
      const int status = SSL_write_ex(ssl_, bytes.data() + begin, bytes.size() - begin, &n);
      if (status != 1 && !again(status)) return;
      if (status == 1) begin += n;
    }
  }
  // All until the server ends; *clean says whether it said so inside of TLS.
  std::string rest(bool* clean) {
    std::string out;
    std::string piece(100'000, '\0');
    while (true) {
      size_t n = 0;
      const int status = SSL_read_ex(ssl_, piece.data(), piece.size(), &n);
      if (status == 1) {
        out.append(piece, 0, n);
      } else if (!again(status)) {
        *clean = SSL_get_shutdown(ssl_) == SSL_RECEIVED_SHUTDOWN;
        return out;
      }
    }
  }

 private:
  bool again(int status) const {
    const int error = SSL_get_error(ssl_, status);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return false;
    pollfd wait{raw_.fd(), static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    return ::poll(&wait, 1, 10'000) == 1;
  }
  RawClient raw_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  int status_ = 0;
};

ServerOptions tls_options(const Certificate& files) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.certificate_file = files.certificate;
  options.private_key_file = files.key;
  return options;
}

TEST(Tls, CarriesLargeBodiesBothWays) {
  const Certificate files;
  std::vector<std::string> parts;
  for (int i = 0; i < 2000; ++i)
    parts.emplace_back(static_cast<size_t>(i), static_cast<char>('a' + i % 26));
  Body page{"page:", {}, nullptr};
  for (const std::string& one : parts) page.slices.push_back(one);
  const std::string expected = page.flatten();
  std::string got;
  auto server = Server::start(tls_options(files), [&](Request request, const Respond& respond) {
    if (request.method == "POST") got = request.body;
    respond(Response{200, {}, page});
  });
  ASSERT_TRUE(server) << server.error().detail;
  EXPECT_TRUE((*server)->url().starts_with("https://127.0.0.1:"));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client((*server)->address(), version);
    ASSERT_TRUE(client.connected());
    const std::string sent(3'000'000, 's');
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + sent);
    client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    bool clean = false;
    const std::string all = client.rest(&clean);
    EXPECT_TRUE(clean);
    EXPECT_EQ(got, sent);
    const size_t first = all.find(expected);
    ASSERT_NE(first, std::string::npos);
    EXPECT_TRUE(all.substr(first + expected.size()).ends_with("\r\n\r\n" + expected));
    got.clear();
  }
}

TEST(Tls, RefusesOldVersionsAndPlainText) {
  const Certificate files;
  std::atomic<int> calls{0};
  auto server = Server::start(tls_options(files), [&](Request, const Respond& respond) {
    ++calls;
    respond({});
  });
  ASSERT_TRUE(server);
  EXPECT_FALSE(TlsClient((*server)->address(), TLS1_1_VERSION).connected());
  RawClient plain((*server)->address());
  const auto refused = plain.ask(get("/"));
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body, "this address speaks TLS: ask again with https://\n");
  RawClient noise((*server)->address());
  EXPECT_EQ(noise.ask("no TLS and no HTTP\r\n\r\n").status, 0);
  EXPECT_EQ(calls, 0);
}

TEST(Stop, LetsRunningRequestsFinishAndClosesIdleOnes) {
  std::mutex mutex;
  std::vector<Respond> waiting;
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.stop_ms = 20'000;
  auto server = Server::start(options, [&](Request request, Respond respond) {
    if (request.path == "/now") return respond({});
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  ASSERT_TRUE(server);
  const std::string address = (*server)->address();
  RawClient idle(address), half(address), running(address);
  EXPECT_EQ(idle.ask(get("/now")).status, 200);
  ASSERT_TRUE(half.send("GET /half HTTP/1.1\r\n"));
  ASSERT_TRUE(running.send(get("/1") + get("/2")));
  for (size_t n = 0; n < 2;) {
    const std::lock_guard lock(mutex);
    n = waiting.size();
  }
  std::thread stopper([&] { (*server)->stop(); });
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(half.at_end());
  EXPECT_FALSE(RawClient(address).connected() && RawClient(address).ask(get("/now")).status == 200);
  waiting[0](Response{201, {}, {}});
  const RawAnswer first = running.answer();
  EXPECT_EQ(first.status, 201);
  waiting[1](Response{202, {}, {}});
  const RawAnswer second = running.answer();
  EXPECT_EQ(second.status, 202);
  EXPECT_EQ(second.headers.at("connection"), "close");
  EXPECT_TRUE(running.at_end());
  stopper.join();
  EXPECT_EQ((*server)->counters().connections_open, 0U);
  (*server)->stop();
}

TEST(Stop, DropsAnswersThatComeTooLate) {
  std::vector<Respond> waiting;
  std::atomic<bool> called{false};
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.stop_ms = 20;
  {
    auto server = Server::start(options, [&](Request, Respond respond) {
      waiting.push_back(std::move(respond));
      called = true;
    });
    ASSERT_TRUE(server);
    RawClient client((*server)->address());
    ASSERT_TRUE(client.send(get("/")));
    while (!called) std::this_thread::yield();
    (*server)->stop();
    EXPECT_EQ(client.answer().status, 0);
    waiting[0](Response{200, {}, {}});
  }
  waiting[0](Response{200, {}, {}});
  waiting.clear();  // the server is gone, and this is safe
}

TEST(Stop, EndsUnderLoadWithoutHalfAnswers) {
  for (int round = 0; round < 5; ++round) {
    std::atomic<bool> ending{false};
    const std::string page(200'000, 'p');
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    auto server = Server::start(options, [&](Request request, Respond respond) {
      auto answer = [&page, respond = std::move(respond)] {
        respond(Response{200, {}, Body{"", {page}, nullptr}});
      };
      if (request.path == "/later") {
        std::thread(std::move(answer)).detach();
      } else {
        answer();
      }
    });
    ASSERT_TRUE(server);
    std::vector<std::thread> clients;
    std::atomic<int> answered{0}, torn{0};
    for (int i = 0; i < 8; ++i) {
      clients.emplace_back([&, i] {
        RawClient client((*server)->address());
        while (client.send(get(i % 2 == 0 ? "/now" : "/later"))) {
          const RawAnswer answer = client.answer();
          if (answer.status == 200) ++answered;
          if (answer.status != 200) {
            if (!answer.head.empty()) ++torn;
            return;
          }
        }
      });
    }
    while (answered < 50) std::this_thread::yield();
    (*server)->stop();
    for (std::thread& one : clients) one.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ((*server)->counters().connections_open, 0U);
  }
}

}  // namespace
}  // namespace entente::http
