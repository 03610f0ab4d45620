// Every limit of the wire at its value and one past it, and what slow, broken and too many clients
// get. Time is a clock of the test's own: it is moved past a limit, and the server notices at its
// next tick.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "http/compress.h"
#include "http/http_test_client.h"
#include "http/server.h"

namespace entente::http {
namespace {

constexpr std::string_view kHost = " HTTP/1.1\r\nHost: h\r\n";

std::string get(const std::string& target) { return "GET " + target + std::string(kHost) + "\r\n"; }
std::string post_head(size_t length, const std::string& fields = "") {
  return "POST /p" + std::string(kHost) + fields + "Content-Length: " + std::to_string(length) +
         "\r\n\r\n";
}

// A server whose handler answers 200 with the size of the body, and counts its calls.
class Limits : public testing::Test {
 protected:
  Limits() {
    options_.listen = "127.0.0.1:0";
    options_.clock = &clock_;
    options_.limits.linger_ms_max = 1'000'000;
  }
  ~Limits() override {
    if (server_) server_->stop();
  }

  void start() {
    auto server = Server::start(options_, [this](Request request, const Respond& respond) {
      ++calls_;
      respond(Response{200, {}, Body{std::to_string(request.body.size()), {}, nullptr}});
    });
    ASSERT_TRUE(server) << server.error().detail;
    server_ = std::move(*server);
  }

  // Asks on a new connection; a refusal must end the connection and must not reach the handler.
  int status_of(const std::string& bytes) {
    const int before = calls_;
    RawClient client(server_->address());
    const RawAnswer answer = client.ask(bytes);
    if (answer.status >= 400) {
      EXPECT_EQ(calls_, before) << "the handler was called";
      EXPECT_EQ(answer.headers.at("connection"), "close");
      EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
      EXPECT_NE(answer.body.find("\"status\":" + std::to_string(answer.status)), std::string::npos);
      EXPECT_TRUE(client.at_end());
    }
    return answer.status;
  }

  // Waits until the server has seen what was sent, so that moving the clock hits the state that is
  // meant.
  void wait_received(uint64_t bytes) const {
    while (server_->counters().bytes_received < bytes)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  // Two ticks: enough for the server to look at the clock, and to note the time of what it has just
  // done.
  static void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(120)); }

  ManualClock clock_{1'700'000'000'000};
  ServerOptions options_;
  std::atomic<int> calls_{0};
  std::unique_ptr<Server> server_;
};

TEST_F(Limits, Header) {
  options_.limits.header_bytes_max = 300;
  start();
  const auto with = [](size_t size) {
    const std::string start = "GET /" + std::string(kHost) + "X: ";
    return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
  };
  EXPECT_EQ(status_of(with(300)), 200);
  EXPECT_EQ(status_of(with(301)), 431);
  EXPECT_EQ(status_of(with(100'000)), 431);
  EXPECT_EQ(status_of(with(1000).substr(0, 300)), 431) << "known before its end";
  RawClient client(server_->address());
  ASSERT_TRUE(client.send(with(300) + with(300) + with(301)));
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(client.answer().status, 431);
}

TEST_F(Limits, Target) {
  options_.limits.target_bytes_max = 50;
  options_.limits.header_bytes_max = 300;
  start();
  const auto with = [](size_t size) { return get("/" + std::string(size - 1, 'a')); };
  EXPECT_EQ(status_of(with(50)), 200);
  EXPECT_EQ(status_of(with(51)), 414);
  EXPECT_EQ(status_of(with(5000)), 414);
  EXPECT_EQ(status_of(with(5000).substr(0, 100)), 414) << "known before its end";
}

TEST_F(Limits, Body) {
  options_.limits.body_bytes_max = 1000;
  start();
  EXPECT_EQ(status_of(post_head(1000) + std::string(1000, 'x')), 200);
  EXPECT_EQ(status_of(post_head(1001)), 413) << "said before the body is read";
  EXPECT_EQ(status_of(post_head(1001) + std::string(1001, 'x')), 413);
  EXPECT_EQ(status_of(post_head(1001, "Expect: 100-continue\r\n")), 413);
  const std::string chunked = "POST /" + std::string(kHost) + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(status_of(chunked + "3e8\r\n" + std::string(1000, 'x') + "\r\n0\r\n\r\n"), 200);
  EXPECT_EQ(status_of(chunked + "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n"),
            413);
  EXPECT_EQ(status_of(chunked + ";;;\r\n"), 400);
  EXPECT_EQ(status_of(chunked + "1;" + std::string(limits::kHeaderBytesMax, 'e')), 431)
      << "a line without end";
}

TEST_F(Limits, BodyAfterDecompression) {
  options_.limits.body_bytes_max = 100'000;
  start();
  const auto packed = [](size_t size) {
    const std::string body = gzip_body(Body{std::string(size, 'x'), {}, nullptr});
    return post_head(body.size(), "Content-Encoding: gzip\r\n") + body;
  };
  RawClient client(server_->address());
  EXPECT_EQ(client.ask(packed(100'000)).body, "100000");
  EXPECT_EQ(status_of(packed(100'001)), 413);
  EXPECT_EQ(status_of(packed(80'000'000)), 413) << "a bomb";
  EXPECT_EQ(status_of(post_head(5, "Content-Encoding: gzip\r\n") + "plain"), 400);
  EXPECT_EQ(status_of(post_head(5, "Content-Encoding: br\r\n") + "plain"), 415);
  EXPECT_EQ(status_of(post_head(5, "Content-Encoding: identity\r\n") + "plain"), 200);
}

TEST_F(Limits, MemoryOfAllBodies) {
  options_.limits.bodies_bytes_max = 1000;
  start();
  EXPECT_EQ(status_of(post_head(1000) + std::string(1000, 'x')), 200);
  EXPECT_EQ(status_of(post_head(1001) + std::string(1001, 'x')), 503);
  RawClient holder(server_->address());
  const uint64_t before = server_->counters().bytes_received;
  const std::string most = post_head(900) + std::string(899, 'x');
  ASSERT_TRUE(holder.send(most));
  wait_received(before + most.size());
  EXPECT_EQ(status_of(post_head(200) + std::string(200, 'x')), 503);
  EXPECT_EQ(holder.ask("x").body, "900");
  EXPECT_EQ(status_of(post_head(200) + std::string(200, 'x')), 200) << "given back";
}

TEST_F(Limits, Connections) {
  options_.limits.connections_max = 2;
  start();
  RawClient first(server_->address());
  RawClient second(server_->address());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  EXPECT_EQ(second.ask(get("/")).status, 200);
  RawClient third(server_->address());
  EXPECT_EQ(third.answer().status, 503);
  EXPECT_TRUE(third.at_end());
  EXPECT_EQ(server_->counters().connections_refused, 1U);
  EXPECT_EQ(server_->counters().connections_open, 2U);
  second.close();
  while (server_->counters().connections_open == 2)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(status_of(get("/")), 200);
  EXPECT_EQ(first.ask(get("/")).status, 200);
}

TEST_F(Limits, SlowHeader) {
  start();
  RawClient client(server_->address());
  ASSERT_TRUE(client.send("GET /slow HTTP/1.1\r\n"));
  wait_received(20);
  clock_.advance_ms(limits::kHeaderMsMax);
  ASSERT_TRUE(client.send("X: y\r\n"));
  wait_received(26);
  settle();
  EXPECT_EQ(server_->counters().timeouts, 0U) << "at the limit";
  clock_.advance_ms(1);
  EXPECT_EQ(client.answer().status, 408) << "however often a byte came";
  EXPECT_EQ(server_->counters().timeouts, 1U);
  EXPECT_EQ(calls_, 0);
}

TEST_F(Limits, SilentAndIdleClients) {
  start();
  RawClient silent(server_->address());
  RawClient idle(server_->address());
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  while (server_->counters().connections_open < 2)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  clock_.advance_ms(limits::kHeaderMsMax + 1);
  EXPECT_TRUE(silent.at_end()) << "without a word: it may be a client that connects ahead";
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  settle();
  clock_.advance_ms(limits::kIdleMsMax);
  settle();
  EXPECT_EQ(idle.ask(get("/")).status, 200) << "at the limit";
  settle();
  clock_.advance_ms(limits::kIdleMsMax + 1);
  EXPECT_TRUE(idle.at_end());
}

TEST_F(Limits, StalledBody) {
  start();
  for (const std::string& sent :
       {post_head(10) + "half",
        "POST /" + std::string(kHost) + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"}) {
    const uint64_t before = server_->counters().bytes_received;
    RawClient client(server_->address());
    ASSERT_TRUE(client.send(sent));
    wait_received(before + sent.size());
    clock_.advance_ms(limits::kBodyStallMsMax);
    settle();
    clock_.advance_ms(1);
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.at_end());
  }
  EXPECT_EQ(server_->counters().timeouts, 2U);
  EXPECT_EQ(calls_, 0);
}

TEST_F(Limits, WholeRequest) {
  options_.limits.request_ms_max = 20'000;
  start();
  RawClient client(server_->address());
  const std::string head = post_head(10);
  ASSERT_TRUE(client.send(head));
  wait_received(head.size());
  for (uint64_t i = 1; i <= 2; ++i) {
    clock_.advance_ms(10'000);
    ASSERT_TRUE(client.send("x"));
    wait_received(head.size() + i);
  }
  settle();
  EXPECT_EQ(server_->counters().timeouts, 0U) << "at the limit";
  clock_.advance_ms(1);
  EXPECT_EQ(client.answer().status, 408);
}

TEST_F(Limits, SlowReader) {
  const std::string large(64 << 20, 'x');
  auto server = Server::start(options_, [&](Request, const Respond& respond) {
    respond(Response{200, {}, Body{"", {large}, nullptr}});
  });
  ASSERT_TRUE(server);
  RawClient client((*server)->address());
  ASSERT_TRUE(client.send(get("/")));
  uint64_t sent = 0;
  do {  // until both sockets are full
    sent = (*server)->counters().bytes_sent;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  } while (sent == 0 || (*server)->counters().bytes_sent != sent);
  clock_.advance_ms(limits::kWriteStallMsMax);
  settle();
  EXPECT_EQ((*server)->counters().connections_open, 1U) << "at the limit";
  clock_.advance_ms(1);
  while ((*server)->counters().connections_open != 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ((*server)->counters().timeouts, 1U);
}

TEST_F(Limits, MalformedRequestsNeverReachTheHandler) {
  start();
  const std::string start_line = "POST /p HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& bad : {
           std::string("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 11),
           std::string("GET /\n"),
           std::string("GET / HTTP/1.1\r\n\r\n"),
           start_line + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           start_line + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
           start_line + "A: b\r\n folded\r\n\r\n",
           start_line + "A: b\nC: d\r\n\r\n",
           start_line + std::string("A: b\0c\r\n\r\n", 10),
           start_line + "A : b\r\n\r\n",
           start_line + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
           std::string("GET /#f HTTP/1.1\r\nHost: h\r\n\r\n"),
           std::string("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n"),
       }) {
    EXPECT_EQ(status_of(bad), 400) << bad;
  }
  EXPECT_EQ(status_of(start_line + "Transfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(status_of(start_line + "Content-Length: 1\r\nExpect: tea\r\n\r\n"), 417);
  EXPECT_EQ(status_of("GET / HTTP/3.0\r\nHost: h\r\n\r\n"), 505);
  EXPECT_EQ(calls_, 0);
}

TEST_F(Limits, ARefusalComesAfterTheAnswersBeforeIt) {
  std::mutex mutex;
  std::vector<Respond> waiting;
  auto server = Server::start(options_, [&](Request, Respond respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  ASSERT_TRUE(server);
  RawClient client((*server)->address());
  ASSERT_TRUE(client.send(get("/1") + get("/2") + "BAD\r\n\r\n" + get("/3")));
  for (size_t n = 0; n < 2;) {
    const std::lock_guard lock(mutex);
    n = waiting.size();
  }
  waiting[1](Response{202, {}, {}});
  waiting[0](Response{201, {}, {}});
  EXPECT_EQ(client.answer().status, 201);
  EXPECT_EQ(client.answer().status, 202);
  EXPECT_EQ(client.answer().status, 400);
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(waiting.size(), 2U) << "nothing after a refusal is looked at";
  waiting.clear();
}

TEST_F(Limits, TheHookMakesTheRefusal) {
  options_.limits.target_bytes_max = 20;
  options_.error_body = [](int status, const Request* partial) {
    Response response{status, {{"Content-Type", "application/taxii+json;version=2.1"}}, {}};
    response.body.text = partial == nullptr ? "-" : partial->method + " " + partial->path;
    return response;
  };
  start();
  const auto body_of = [this](const std::string& bytes) {
    RawClient client(server_->address());
    const RawAnswer answer = client.ask(bytes);
    EXPECT_EQ(answer.headers.at("content-type"), "application/taxii+json;version=2.1");
    return answer.body;
  };
  EXPECT_EQ(body_of("POST /taxii2/ HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n"),
            "POST /taxii2/");
  EXPECT_EQ(body_of("GET /taxii2/?a=" + std::string(30, 'b')), "GET /taxii2/");
  EXPECT_EQ(body_of(post_head(size_t{1} << 40)), "POST /p");
  EXPECT_EQ(body_of("\n"), "-");
  RawClient client(server_->address());
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n");
  const RawAnswer head = client.answer(true);
  EXPECT_EQ(head.status, 400);
  EXPECT_EQ(head.headers.at("content-length"), "7");
  EXPECT_TRUE(client.at_end()) << "a refused HEAD has no body";
}

}  // namespace
}  // namespace entente::http
