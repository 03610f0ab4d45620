// A party's sensors through the program: events of a log and by the API of a running server become sightings.
#include <gtest/gtest.h>

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
