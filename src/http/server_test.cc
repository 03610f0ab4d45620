// The wire from outside, over loopback and Unix sockets: requests, framing, order, compression,
// TLS, the end. What limits and timeouts do is in limits_test.cc.
#include "http/server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "http/compress.h"
#include "http/http_test_client.h"
#include "json/json.h"

namespace entente::http {
namespace {

constexpr std::string_view kHost = " HTTP/1.1\r\nHost: h\r\n";

std::string get(const std::string& target, const std::string& fields = "") {
  return "GET " + target + std::string(kHost) + fields + "\r\n";
}
std::string post(const std::string& target, const std::string& body,
                 const std::string& fields = "") {
  return "POST " + target + std::string(kHost) + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Answers with "METHOD path?query", a header of its own, and the body behind it.
void echo(Request request, const Respond& respond) {
  EXPECT_GE(request.body.capacity(), request.body.size() + json::kPaddingBytes);
  Response response;
  response.headers = {{"Content-Type", "text/plain"}, {"X-Id", request.id}};
  response.body.text =
      request.method + " " + request.path + "?" + request.query + "|" + request.body;
  respond(std::move(response));
}

std::unique_ptr<Server> serve(Handler handler, ServerOptions options = {}) {
  if (options.listen.empty()) options.listen = "127.0.0.1:0";
  auto server = Server::start(options, std::move(handler));
  EXPECT_TRUE(server) << server.error().detail;
  return std::move(*server);
}

// A folder that goes with its contents.
struct Folder {
  std::string path = "/tmp/entente-http-XXXXXX";
  std::vector<std::string> files;
  Folder() { EXPECT_NE(mkdtemp(path.data()), nullptr); }
  std::string file(const std::string& name) {
    files.push_back(path + "/" + name);
    return files.back();
  }
  ~Folder() {
    for (const std::string& one : files) ::unlink(one.c_str());
    ::rmdir(path.c_str());
  }
};

TEST(Server, AnswersAndKeepsTheConnection) {
  const auto server = serve(echo);
  EXPECT_EQ(server->url(), "http://" + server->address());
  RawClient client(server->address());
  for (int i = 0; i < 3; ++i) {
    const RawAnswer answer = client.ask(get("/a?b=" + std::to_string(i)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "GET /a?b=" + std::to_string(i) + "|");
    EXPECT_EQ(answer.headers.at("server"), "entente");
    EXPECT_EQ(answer.headers.at("content-type"), "text/plain");
    EXPECT_TRUE(answer.headers.at("date").ends_with(" GMT"));
    EXPECT_FALSE(answer.headers.contains("connection"));
    EXPECT_FALSE(answer.headers.contains("x-request-id"))
        << "only a client that sends one gets one";
    EXPECT_EQ(answer.headers.at("x-id").size(), 16U);
  }
  EXPECT_EQ(client.ask("GET /c" + std::string(kHost) + "Connection: close\r\n\r\n")
                .headers.at("connection"),
            "close");
  EXPECT_TRUE(client.at_end());
  const ServerCounters counters = server->counters();
  EXPECT_EQ(counters.requests_total, 4U);
  EXPECT_EQ(counters.connections_total, 1U);
  EXPECT_GT(counters.bytes_received, 100U);
  EXPECT_GT(counters.bytes_sent, 400U);
}

TEST(Server, EchoesAGoodRequestIdAlone) {
  const auto server = serve(echo);
  RawClient client(server->address());
  const RawAnswer good = client.ask(get("/", "X-Request-Id: a-1.b_2\r\n"));
  EXPECT_EQ(good.headers.at("x-request-id"), "a-1.b_2");
  EXPECT_EQ(good.headers.at("x-id"), "a-1.b_2");
  const RawAnswer bad = client.ask(get("/", "X-Request-Id: a b\r\n"));
  EXPECT_FALSE(bad.headers.contains("x-request-id"));
  EXPECT_NE(bad.headers.at("x-id"), client.ask(get("/")).headers.at("x-id"));
}

TEST(Server, SpeaksHttp10) {
  const auto server = serve(echo);
  RawClient once(server->address());
  EXPECT_EQ(once.ask("GET / HTTP/1.0\r\n\r\n").headers.at("connection"), "close");
  EXPECT_TRUE(once.at_end());
  RawClient kept(server->address());
  EXPECT_EQ(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers.at("connection"),
            "keep-alive");
  EXPECT_EQ(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").status, 200);
}

TEST(Server, AnswersHeadWithTheLengthOfTheGet) {
  const auto server = serve([](Request, const Respond& respond) {
    respond(Response{200, {}, Body{std::string(5000, 'x'), {}, nullptr}});
  });
  RawClient client(server->address());
  const RawAnswer head = client.ask("HEAD /" + std::string(kHost) + "\r\n", true);
  EXPECT_EQ(head.headers.at("content-length"), "5000");
  const RawAnswer packed =
      client.ask("HEAD /" + std::string(kHost) + "Accept-Encoding: gzip\r\n\r\n", true);
  const RawAnswer got = client.ask(get("/", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(got.body.size(), std::stoul(packed.headers.at("content-length")));
  EXPECT_EQ(client.ask(get("/")).body.size(), 5000U) << "the stream is still in step";
}

TEST(Server, LeavesOutTheBodyOf204And304) {
  const auto server = serve([](Request request, const Respond& respond) {
    respond(Response{request.path == "/a" ? 204 : 304, {}, Body{"not sent", {}, nullptr}});
  });
  RawClient client(server->address());
  const RawAnswer none = client.ask(get("/a"));
  EXPECT_EQ(none.status, 204);
  EXPECT_FALSE(none.headers.contains("content-length"));
  EXPECT_EQ(client.ask(get("/b")).status, 304);
  EXPECT_EQ(client.ask(get("/a")).status, 204);
}

TEST(Server, KeepsTheOrderOfAPipelineThoughHandlersDoNot) {
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::pair<Request, Respond>> waiting;
  bool done = false;
  size_t most = 0;
  std::thread worker([&] {
    std::mt19937 shuffle(7);
    std::unique_lock lock(mutex);
    while (!done) {
      arrived.wait_for(lock, std::chrono::milliseconds(5));
      most = std::max(most, waiting.size());
      auto batch = std::exchange(waiting, {});
      std::shuffle(batch.begin(), batch.end(), shuffle);
      lock.unlock();
      for (auto& [request, respond] : batch) echo(std::move(request), respond);
      lock.lock();
    }
  });
  ServerOptions options;
  options.limits.pipelined_max = 16;
  const auto server = serve(
      [&](Request request, Respond respond) {
        const std::lock_guard lock(mutex);
        waiting.emplace_back(std::move(request), std::move(respond));
      },
      options);
  RawClient client(server->address());
  std::string all;
  for (int i = 0; i < 100; ++i)
    all += i % 3 == 0 ? post("/" + std::to_string(i), "body") : get("/" + std::to_string(i));
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 100; ++i) {
    const RawAnswer answer = client.answer();
    EXPECT_EQ(answer.body, (i % 3 == 0 ? "POST /" : "GET /") + std::to_string(i) +
                               (i % 3 == 0 ? "?|body" : "?|"));
  }
  {
    const std::lock_guard lock(mutex);
    done = true;
  }
  worker.join();
  EXPECT_LE(most, 16U) << "work of one connection is bounded";
  EXPECT_GT(most, 1U) << "and still goes on side by side";
}

TEST(Server, TakesBodiesOfAnyFraming) {
  const auto server = serve(echo);
  RawClient client(server->address());
  EXPECT_EQ(client.ask(post("/", "")).body, "POST /?|");
  std::string large(9'000'000, 'x');
  for (size_t i = 0; i < large.size(); i += 97) large[i] = static_cast<char>('a' + i % 23);
  EXPECT_EQ(client.ask(post("/", large)).body, "POST /?|" + large);
  const std::string chunked = "POST /" + std::string(kHost) + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(client.ask(chunked + "3\r\nabc\r\n2;e=1\r\nde\r\n0\r\nX: y\r\n\r\n").body,
            "POST /?|abcde");
  std::string pieces = chunked;
  for (int i = 0; i < 2000; ++i)
    pieces += "3e8\r\n" + large.substr(static_cast<size_t>(i) * 1000, 1000) + "\r\n";
  EXPECT_EQ(client.ask(pieces + "0\r\n\r\n").body, "POST /?|" + large.substr(0, 2'000'000));
  EXPECT_EQ(client.ask(get("/after")).body, "GET /after?|");
}

TEST(Server, TakesRequestsThatComeByteByByte) {
  const auto server = serve(echo);
  RawClient client(server->address());
  const std::string all = "\r\n" + post("/a", "hello") + "POST /b" + std::string(kHost) +
                          "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + get("/c");
  for (const char c : all) ASSERT_TRUE(client.send(std::string_view(&c, 1)));
  EXPECT_EQ(client.answer().body, "POST /a?|hello");
  EXPECT_EQ(client.answer().body, "POST /b?|hello");
  EXPECT_EQ(client.answer().body, "GET /c?|");
}

TEST(Server, SaysContinueWhenAskedInItsPlaceInThePipeline) {
  const auto server = serve(echo);
  RawClient client(server->address());
  const std::string head =
      "POST /x" + std::string(kHost) + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n";
  ASSERT_TRUE(client.send(get("/first") + head));
  EXPECT_EQ(client.answer().body, "GET /first?|");
  EXPECT_EQ(client.answer().status, 100);
  EXPECT_EQ(client.ask("body").body, "POST /x?|body");
  EXPECT_EQ(client.ask(head + "body").status, 200) << "no 100 if the body has come already";
}

TEST(Server, SendsAThousandSlicesUnchanged) {
  std::mt19937 random(11);
  auto owner = std::make_shared<std::vector<std::string>>();
  Body page{"{\"objects\":[", {}, owner};
  for (int i = 0; i < 3000; ++i)
    owner->emplace_back(random() % 900, static_cast<char>('a' + i % 26));
  for (const std::string& one : *owner) page.slices.push_back(one);
  const std::string expected = page.flatten();
  std::weak_ptr<const void> watched = owner;
  owner.reset();
  auto held = std::make_shared<Body>(std::move(page));
  const auto server =
      serve([held](Request, const Respond& respond) { respond(Response{200, {}, *held}); });
  RawClient client(server->address());
  ASSERT_TRUE(client.send(get("/1") + get("/2")));
  EXPECT_EQ(client.answer().body, expected);
  EXPECT_EQ(client.answer().body, expected);
  const RawAnswer packed = client.ask(get("/3", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(inflate_body(Coding::kGzip, packed.body, 10'000'000).value(), expected);
}

TEST(Server, LetsGoOfAPageOnceItIsSent) {
  std::weak_ptr<const void> watched;
  const auto server = serve([&](Request, const Respond& respond) {
    auto owner = std::make_shared<const std::string>("page");
    watched = owner;
    respond(Response{200, {}, Body{"", {*owner}, owner}});
  });
  RawClient client(server->address());
  EXPECT_EQ(client.ask(get("/")).body, "page");
  ASSERT_TRUE(client.send("BAD"));
  client.close();
  server->stop();
  EXPECT_TRUE(watched.expired());
}

TEST(Server, CompressesFromItsThresholdForThoseWhoAsk) {
  const auto server = serve([](Request request, const Respond& respond) {
    const size_t size = request.path == "/small" ? 1023 : 1024;
    Response response{200, {}, Body{std::string(size, 'x'), {}, nullptr}};
    if (request.path == "/image") response.headers = {{"Content-Type", "image/png"}};
    if (request.path == "/packed") response.headers = {{"Content-Encoding", "zstd"}};
    respond(std::move(response));
  });
  RawClient client(server->address());
  const std::string asks = "Accept-Encoding: br, gzip;q=0.1\r\n";
  const RawAnswer packed = client.ask(get("/", asks));
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(inflate_body(Coding::kGzip, packed.body, 1024).value(), std::string(1024, 'x'));
  const RawAnswer plain = client.ask(get("/", "Accept-Encoding: gzip;q=0\r\n"));
  EXPECT_EQ(plain.body.size(), 1024U);
  EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(client.ask(get("/small", asks)).body.size(), 1023U);
  EXPECT_EQ(client.ask(get("/image", asks)).body.size(), 1024U);
  EXPECT_EQ(client.ask(get("/packed", asks)).headers.at("content-encoding"), "zstd");
}

TEST(Server, AnswersForHandlersThatThrowOrForget) {
  const auto server = serve([](Request request, Respond respond) {
    if (request.path == "/throw") throw std::runtime_error("planted");
    if (request.path == "/twice") respond(Response{201, {}, {}});
    if (request.path == "/twice") respond(Response{202, {}, {}});
  });
  RawClient client(server->address());
  EXPECT_EQ(client.ask(get("/throw")).status, 500);
  EXPECT_EQ(client.ask(get("/forget")).status, 500);
  EXPECT_EQ(client.ask(get("/twice")).status, 201);
  EXPECT_EQ(client.ask(get("/forget")).status, 500) << "the second answer was dropped";
}

TEST(Server, SendsNoHeaderThatWouldBreakTheFraming) {
  const auto server = serve([](Request, const Respond& respond) {
    respond(Response{
        200,
        {{"A", "b\r\nInjected: yes"}, {"B c", "d"}, {"Content-Length", "99"}, {"Good", "yes"}},
        Body{"ok", {}, nullptr}});
  });
  RawClient client(server->address());
  const RawAnswer answer = client.ask(get("/"));
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(answer.headers.at("good"), "yes");
  EXPECT_EQ(answer.head.find("Injected"), std::string::npos);
  EXPECT_EQ(answer.head.find("99"), std::string::npos);
}

TEST(Server, AnswersAClientThatHasStoppedSending) {
  const auto server = serve([](Request request, Respond respond) {
    std::thread([request = std::move(request), respond = std::move(respond)]() mutable {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      echo(std::move(request), respond);
    }).detach();
  });
  RawClient client(server->address());
  ASSERT_TRUE(client.send(get("/a") + get("/b")));
  client.end_writing();
  EXPECT_EQ(client.answer().body, "GET /a?|");
  EXPECT_EQ(client.answer().body, "GET /b?|");
  EXPECT_TRUE(client.at_end());
}

TEST(Server, ListensOnAUnixSocketForItsOwnerAlone) {
  Folder folder;
  const std::string path = folder.file("socket");
  ServerOptions options;
  options.listen = "unix:" + path;
  {
    const auto server = serve(
        [](Request request, const Respond& respond) {
          EXPECT_EQ(request.peer, "unix:uid=" + std::to_string(getuid()));
          respond(Response{200, {}, Body{std::string(5000, 'x'), {}, nullptr}});
        },
        options);
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    RawClient client("unix:" + path);
    const RawAnswer answer = client.ask(get("/", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(answer.body.size(), 5000U) << "never compressed";
    EXPECT_FALSE(answer.headers.contains("vary"));
    const auto second = Server::start(options, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::kConflict);
  }
  EXPECT_NE(::access(path.c_str(), F_OK), 0) << "removed at the end";
}

TEST(Server, RemovesAStaleSocketAndNothingElse) {
  Folder folder;
  const std::string path = folder.file("socket");
  auto dead = listen_on("unix:" + path);
  ASSERT_TRUE(dead);
  ::close(dead->fd);
  ServerOptions options;
  options.listen = "unix:" + path;
  {
    const auto server = serve(echo, options);
  }
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  ::close(file);
  EXPECT_EQ(Server::start(options, echo).error().code, Code::kConflict);
  EXPECT_EQ(::access(path.c_str(), F_OK), 0);
}

TEST(Server, RefusesToStartOnWhatItCannotUse) {
  const auto code_of = [](const std::string& listen, const std::string& certificate,
                          const std::string& key) {
    ServerOptions options;
    options.listen = listen;
    options.certificate_file = certificate;
    options.private_key_file = key;
    const auto server = Server::start(options, echo);
    return server ? Code::kInternal : server.error().code;
  };
  for (const char* bad :
       {"", "127.0.0.1", "127.0.0.1:70000", "example:1", "[::1:1", "unix:", "1.2.3:4"}) {
    EXPECT_EQ(code_of(bad, "", ""), Code::kInvalid) << bad;
  }
  EXPECT_EQ(code_of("unix:" + std::string(200, 'a'), "", ""), Code::kInvalid);
  EXPECT_EQ(code_of("127.0.0.1:0", "/nowhere", ""), Code::kInvalid);
  EXPECT_EQ(code_of("127.0.0.1:0", "/nowhere", "/nowhere"), Code::kInvalid);
  const auto server = serve(echo);
  EXPECT_EQ(code_of(server->address(), "", ""), Code::kConflict);
}

}  // namespace
}  // namespace entente::http
