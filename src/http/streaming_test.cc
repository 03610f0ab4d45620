// Streams and the client, against each other and against raw sockets.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "http/client.h"
#include "http/http_test_client.h"
#include "http/server.h"

namespace entente::http {
namespace {

// A server on a Unix socket; "/stream/..." goes to `handler`, all else is echoed.
struct Fixture {
  std::string folder = "/tmp/entente-stream-XXXXXX";
  std::string address;
  std::unique_ptr<Server> server;

  explicit Fixture(StreamHandler handler, ServerOptions options = {}) {
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    address = "unix:" + folder + "/socket";
    options.listen = address;
    options.stream_prefixes = {"/stream/"};
    options.stream_handler = std::move(handler);
    auto started = Server::start(options, [](Request request, const Respond& respond) {
      Response response{200, {{"X-Method", request.method}}, {}};
      response.body.text = request.path + "?" + request.query + "|" + request.body;
      respond(std::move(response));
    });
    EXPECT_TRUE(started) << started.error().detail;
    server = std::move(*started);
  }
  ~Fixture() {
    server.reset();
    ::rmdir(folder.c_str());
  }
};

Request request_of(const std::string& method, const std::string& path,
                   const std::string& body = "") {
  Request request;
  request.method = method;
  request.path = path;
  request.body = body;
  return request;
}

// Sends back what it gets, at once, piece by piece.
Result<void> echo(const Request& request, BodyReader& body, ResponseWriter& writer) {
  TRY(writer.start(200, {{"X-Path", request.path}}));
  while (true) {
    const std::string_view piece = TRY(body.next());
    if (piece.empty()) return {};
    TRY(writer.write(piece));
  }
}

TEST(Client, CallsAndGetsAnswersOfAnyStatus) {
  const Fixture fixture(echo);
  Request request = request_of("POST", "/a", "body");
  request.query = "b=c";
  const auto answer = call(fixture.address, request);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body.text, "/a?b=c|body");
  const auto head = call(fixture.address, request_of("HEAD", "/a"));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->body.text, "");
  request.headers = {{"Content-Encoding", "br"}};
  EXPECT_EQ(call(fixture.address, request)->status, 415);
  ClientOptions small;
  small.body_bytes_max = 4;
  EXPECT_EQ(call(fixture.address, request_of("GET", "/ab"), small).error().code, Code::kTooLarge);
  small.body_bytes_max = 5;
  EXPECT_TRUE(call(fixture.address, request_of("GET", "/ab"), small)) << "/ab?|";
}

TEST(Client, SaysWhyItCannot) {
  const Fixture fixture(echo);
  EXPECT_EQ(call("unix:" + fixture.folder + "/none", request_of("GET", "/")).error().code,
            Code::kUnavailable);
  EXPECT_EQ(call("nonsense", request_of("GET", "/")).error().code, Code::kInvalid);
  EXPECT_EQ(call(fixture.address, request_of("GET", "/a b")).error().code, Code::kInvalid);
  Request split = request_of("GET", "/");
  split.headers = {{"A", "b\r\nC: d"}};
  EXPECT_EQ(call(fixture.address, split).error().code, Code::kInvalid);
}

TEST(Streams, CarryMuchMoreThanTheSocketsHoldBothWaysAtOnce) {
  ServerOptions options;
  options.limits.body_bytes_max = 1000;  // not theirs
  const Fixture fixture(echo, options);
  constexpr size_t kTotal = 200 << 20;
  std::string piece(300'000, 'x');
  size_t given = 0, taken = 0;
  bool same = true;
  const Source source = [&]() -> Result<std::string_view> {
    const size_t n = std::min(piece.size(), kTotal - given);
    for (size_t i = 0; i < n; i += 1000)
      piece[i] = static_cast<char>('a' + (given + i) / 1000 % 26);
    given += n;
    return std::string_view(piece).substr(0, n);
  };
  const Sink sink = [&](std::string_view got) -> Result<void> {
    for (size_t i = (1000 - taken % 1000) % 1000; i < got.size(); i += 1000) {
      same = same && got[i] == static_cast<char>('a' + (taken + i) / 1000 % 26);
    }
    taken += got.size();
    return {};
  };
  int status = 0;
  const auto answer = stream(fixture.address, request_of("POST", "/stream/x"), source, sink, {},
                             [&](const Response& head) { status = head.status; });
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(status, 200);
  EXPECT_EQ(*std::find_if(answer->headers.begin(), answer->headers.end(),
                          [](const Header& one) { return one.name == "X-Path"; })
                 ->value.c_str(),
            '/');
  EXPECT_EQ(taken, kTotal);
  EXPECT_TRUE(same);
}

TEST(Streams, TakeSizedBodiesAndStandBehindAnswersBeforeThem) {
  const Fixture fixture(echo);
  EXPECT_EQ(call(fixture.address, request_of("POST", "/stream/", "hello"))->body.text, "hello");
  EXPECT_EQ(call(fixture.address, request_of("GET", "/stream/"))->body.text, "");
  RawClient client(fixture.address);
  ASSERT_TRUE(
      client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\nPOST /stream/ HTTP/1.1\r\nHost: h\r\n"
                  "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
  EXPECT_EQ(client.answer().body, "/first?|");
  EXPECT_EQ(client.answer().status, 100) << "told before the answer begins";
  EXPECT_EQ(client.answer().status, 200);
  RawClient old(fixture.address);
  ASSERT_TRUE(old.send("POST /stream/ HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc"));
  const RawAnswer answer = old.answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.headers.contains("transfer-encoding"));
}

TEST(Streams, SayWhatWentWrongOrBreakTheAnswer) {
  const Fixture fixture(
      [](const Request& request, BodyReader&, ResponseWriter& writer) -> Result<void> {
        if (request.path == "/stream/silent") return {};
        if (request.path == "/stream/late") {
          TRY(writer.start(200, {}));
          TRY(writer.write("half"));
        }
        if (request.path == "/stream/throw") throw std::runtime_error("planted");
        return fail(Code::kConflict, "planted");
      });
  EXPECT_EQ(call(fixture.address, request_of("GET", "/stream/early"))->status, 409);
  EXPECT_EQ(call(fixture.address, request_of("GET", "/stream/silent"))->status, 500);
  EXPECT_EQ(call(fixture.address, request_of("GET", "/stream/throw"))->status, 500);
  EXPECT_EQ(call(fixture.address, request_of("GET", "/stream/late")).error().code,
            Code::kUnavailable);
  const Source endless = [piece = std::string(100'000, 'x')]() -> Result<std::string_view> {
    return piece;
  };
  const Sink sink = [](std::string_view) -> Result<void> { return {}; };
  const auto refused = stream(fixture.address, request_of("POST", "/stream/early"), endless, sink);
  ASSERT_TRUE(refused) << "the answer comes though the body never ends";
  EXPECT_EQ(refused->status, 409);
  const Source broken = []() -> Result<std::string_view> {
    return fail(Code::kCorrupt, "planted");
  };
  EXPECT_EQ(stream(fixture.address, request_of("POST", "/stream/early"), broken, sink).error().code,
            Code::kCorrupt);
}

TEST(Streams, AreBoundedInNumber) {
  std::mutex mutex;
  std::condition_variable changed;
  int running = 0, most = 0;
  bool go = false;
  ServerOptions options;
  options.limits.streams_max = 2;
  options.limits.streams_waiting_max = 1;
  const Fixture fixture(
      [&](const Request&, BodyReader&, ResponseWriter& writer) -> Result<void> {
        std::unique_lock lock(mutex);
        most = std::max(most, ++running);
        changed.notify_all();
        changed.wait(lock, [&] { return go; });
        --running;
        lock.unlock();
        return writer.start(200, {});
      },
      options);
  const std::string bytes = "GET /stream/ HTTP/1.1\r\nHost: h\r\n\r\n";
  RawClient first(fixture.address), second(fixture.address), third(fixture.address);
  first.send(bytes);
  second.send(bytes);
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return running == 2; });
  }
  third.send(bytes);
  int refused = 0;
  while (refused == 0) {  // until the third waits, a fourth would take its place
    RawClient fourth(fixture.address);
    if (fixture.server->counters().requests_total < 3) continue;
    refused = fourth.ask(bytes).status;
  }
  EXPECT_EQ(refused, 503);
  {
    const std::lock_guard lock(mutex);
    go = true;
    changed.notify_all();
  }
  for (RawClient* one : {&first, &second, &third}) EXPECT_EQ(one->answer().status, 200);
  EXPECT_EQ(most, 2);
}

TEST(Streams, EndWithTheServer) {
  std::atomic<bool> reading{false}, ended{false};
  ServerOptions options;
  options.stop_ms = 50;
  const Fixture fixture(
      [&](const Request&, BodyReader& body, ResponseWriter&) -> Result<void> {
        reading = true;
        while (true) {
          const auto piece = body.next();
          if (!piece) {
            ended = piece.error().code == Code::kUnavailable;
            return std::unexpected(piece.error());
          }
        }
      },
      options);
  RawClient client(fixture.address);
  client.send("POST /stream/ HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
  while (!reading) std::this_thread::yield();
  fixture.server->stop();
  EXPECT_TRUE(ended);
  EXPECT_EQ(fixture.server->counters().connections_open, 0U);
}

}  // namespace
}  // namespace entente::http
