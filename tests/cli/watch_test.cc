// A party's sensors through the program: events of a log and by the API of a running server become sightings.
#include <gtest/gtest.h>

#include "http/http_test_client.h"
#include "tests/cli/support.h"

namespace entente::cli {
namespace {

const std::string kLine =
    R"({"ts":1772359200.5,"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.7","proto":"tcp","conn_state":"S0"})";
const std::string kIndicator =
    R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-000000000001",)"
    R"("created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern_type":"stix",)"
    R"("valid_from":"2026-01-01T00:00:00Z","pattern":"[network-traffic:dst_ref.value ISSUBSET '198.51.100.0/24']"})";

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CliObserve, TurnsLinesOfALogIntoSightings) {
  const Community c;
  ASSERT_EQ(c.run({"import", "--party", "HQ", "--collection", "shared", "-"}, kIndicator).exit_code,
            0);
  EXPECT_TRUE(
      says(c.run({"watch", "--party", "AVL", "--json"}).out, "\"watched\":1,\"not_watched\":0"));
  const std::string log = c.directory.write("conn.log", kLine + "\nnonsense\n");
  const Ran dry = c.run({"observe", "--party", "AVL", "--map", "zeek", "--dry-run", log});
  EXPECT_EQ(dry.exit_code, 1);
  EXPECT_TRUE(says(dry.err, "conn.log:2:1: not JSON")) << dry.err;
  EXPECT_TRUE(says(dry.out, "\"matched\":1,")) << dry.out;
  const Ran ran = c.run({"observe", "--party", "AVL", "--map", "zeek", log});
  EXPECT_TRUE(says(ran.out, "\"observations\":1,\"matched\":1,\"kept\":1,\"refused\":0"))
      << ran.out;
  EXPECT_TRUE(says(ran.out, "\"count\":1,\"own\":true")) << ran.out;
  // The same again says nothing new; nobody else learns of it.
  EXPECT_TRUE(
      says(c.run({"observe", "--party", "AVL", "--map", "zeek", log}).out, "\"sightings\":[]"));
  EXPECT_TRUE(
      says(c.run({"list", "--party", "AVL", "--type", "sighting", "--json"}).out, "sighting--"));
  EXPECT_FALSE(
      says(c.run({"list", "--party", "HQ", "--type", "sighting", "--json"}).out, "sighting--"));
  EXPECT_EQ(c.run({"observe", "--party", "AVL", "--map", "none", log}).exit_code, 2);
}

TEST(CliObserve, TakesABundleOverSeveralLines) {
  const Community c;
  c.run({"import", "--party", "HQ", "--collection", "shared", "-"}, kIndicator);
  const std::string bundle =
      "{\"type\":\"bundle\",\n\"id\":\"bundle--1\",\"objects\":[\n"
      R"({"type":"observed-data","id":"observed-data--1","first_observed":"2026-03-01T00:00:00Z",)"
      "\n"
      R"("last_observed":"2026-03-01T00:00:00Z","number_observed":1,"object_refs":["n"]},)"
      R"({"type":"network-traffic","id":"n","dst_ref":"i"}]})";
  const Ran ran = c.run({"observe", "--party", "AVL", "--dry-run", "-"}, bundle + "\n");
  EXPECT_TRUE(says(ran.out, "\"observations\":1,")) << ran.out << ran.err;
}

// A stream of lines that is open both ways.
class Sensor {
 public:
  Sensor(const Serving& server, const std::string& target, const std::string& key)
      : client_(server.address()) {
    EXPECT_TRUE(client_.send("POST " + target + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
                             key + "\r\nTransfer-Encoding: chunked\r\n\r\n"));
  }
  void send(const std::string& text) const {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", text.size());
    EXPECT_TRUE(client_.send(size + text + "\r\n"));
  }
  // What has come when `text` has, or the other side has closed.
  const std::string& until(const std::string& text) {
    while (!says(got_, text)) {
      pollfd wait{client_.fd(), POLLIN, 0};
      char piece[4096];
      if (::poll(&wait, 1, 30'000) != 1) break;
      const ssize_t n = ::recv(client_.fd(), piece, sizeof piece, 0);
      if (n <= 0) break;
      got_.append(piece, static_cast<size_t>(n));
    }
    return got_;
  }

 private:
  http::RawClient client_;
  std::string got_;
};

TEST(ServeObserve, AnswersStreamsAsLinesCome) {
  const Community c;
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  ASSERT_EQ(c.run({"import", "--party", "HQ", "--collection", "shared", "-"}, kIndicator).exit_code,
            0);
  const std::string target = "/api/v1/observations/stream?map=zeek";
  Sensor sensor(server, target, c.avl_key);
  sensor.send(kLine + "\n" + kLine.substr(0, 20));
  EXPECT_TRUE(says(sensor.until("\"from\":1,\"to\":1,"), "200 OK")) << sensor.until("\n");
  EXPECT_TRUE(says(sensor.until("\"troubles\":0"), "\"matched\":1,"));
  // The rest of the second line, which is the same event again, and a third that is wrong.
  sensor.send(kLine.substr(20) + "\nnonsense\n");
  EXPECT_TRUE(says(sensor.until("\"from\":2,\"to\":3,"), "application/jsonl"));
  EXPECT_TRUE(says(sensor.until("\"line\":3,"), "\"troubles\":1"));
  // The last line needs no line feed.
  sensor.send(kLine);
  sensor.send("");
  EXPECT_TRUE(says(sensor.until("\"from\":4,\"to\":4,"), "\"from\":4,\"to\":4,"));
  EXPECT_TRUE(sensor.until("\r\n0\r\n\r\n").ends_with("\r\n0\r\n\r\n"));
}

TEST(ServeObserve, TellsThoseWhoAskToSendTheirStreams) {
  const Community c;
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  Sensor sensor(server, "/api/v1/observations/stream", c.avl_key + "\r\nExpect: 100-continue");
  EXPECT_TRUE(sensor.until("\r\n\r\n").starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
  sensor.send("\n");
  EXPECT_TRUE(says(sensor.until("\"to\":1,"), "100 Continue\r\n\r\nHTTP/1.1 200 "));
  Sensor refused(server, "/api/v1/observations/stream?map=tea",
                 c.avl_key + "\r\nExpect: 100-continue");
  EXPECT_TRUE(refused.until("}").starts_with("HTTP/1.1 400 "));
}

TEST(ServeObserve, TakesLinesOfStreamsUpToALimit) {
  const Community c;
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  constexpr size_t kMax = size_t{8} << 20U;
  for (const size_t bytes : {kMax, kMax + 1}) {
    Sensor sensor(server, "/api/v1/observations/stream", c.avl_key);
    sensor.send("\n" + std::string(bytes, ' '));
    const bool is_past = bytes > kMax;
    EXPECT_TRUE(says(sensor.until("\"from\":1,\"to\":1,"), "\"observations\":0"));
    if (!is_past) sensor.send("\n");
    const std::string wanted =
        is_past ? R"({"from":2,"error":{"code":"too-large")" : R"({"from":2,"to":2,)";
    EXPECT_TRUE(says(sensor.until(wanted), wanted));
  }
}

TEST(ServeObserve, RefusesStreamsLikeOtherRequests) {
  const Community c;
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  const std::string path = "/api/v1/observations/stream";
  EXPECT_TRUE(says(Sensor(server, path, "nobody").until("}"), " 401 "));
  EXPECT_TRUE(says(Sensor(server, path + "?map=tea", c.avl_key).until("}"), " 400 "));
  EXPECT_TRUE(says(Sensor(server, path + "s", c.avl_key).until("}"), " 404 "));
  EXPECT_EQ(server.get(path, c.avl_key).status, 405);
  Sensor open[4] = {{server, path, c.avl_key},
                    {server, path, c.avl_key},
                    {server, path, c.avl_key},
                    {server, path, c.avl_key}};
  for (Sensor& each : open) EXPECT_TRUE(says(each.until(" 200 "), " 200 "));
  EXPECT_TRUE(says(Sensor(server, path, c.avl_key).until("}"), " 429 "));
  // Others are not concerned.
  EXPECT_TRUE(says(Sensor(server, path, c.hq_key).until(" 200 "), " 200 "));
}

TEST(ServeObserve, AnswersSensors) {
  const Community c;
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  ASSERT_EQ(c.run({"import", "--party", "HQ", "--collection", "shared", "-"}, kIndicator).exit_code,
            0);
  Request request;
  request.method = "POST";
  request.path = "/api/v1/observations";
  request.query = "map=zeek";
  request.headers = {{"Authorization", "Bearer " + c.avl_key},
                     {"Content-Type", "application/json"}};
  request.body = kLine + "\n";
  const Response answer = server.send(request);
  EXPECT_EQ(answer.status, 200) << answer.body.flatten();
  EXPECT_TRUE(says(answer.body.flatten(), "\"matched\":1,")) << answer.body.flatten();
  // Through the operator's socket it is the same watch.
  const Ran again = c.run({"observe", "--party", "AVL", "--map", "zeek", "-"}, kLine + "\n");
  EXPECT_TRUE(says(again.out, "\"sightings\":[]")) << again.out;
  EXPECT_TRUE(says(server.get("/api/v1/watch", c.avl_key).body.flatten(), "\"watched\":1"));
  request.query = "map=tea";
  EXPECT_EQ(server.send(request).status, 400);
  request.query = "marking=x";
  EXPECT_EQ(server.send(request).status, 400);
  request.query = "collection=nowhere";
  EXPECT_EQ(server.send(request).status, 404);
}

}  // namespace
}  // namespace entente::cli
