// The running server: ready line, what it answers to whom, its end, its socket, log and audit.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "http/client.h"
#include "http/stream.h"
#include "tests/cli/support.h"

namespace entente::cli {
namespace {

std::string header_of(const Response& response, std::string_view name) {
  for (const Header& header : response.headers) {
    if (equal_ignoring_case(header.name, name)) return header.value;
  }
  return "";
}

Response operator_get(const Community& community, const std::string& path) {
  Request request;
  request.method = "GET";
  request.path = path;
  auto response = http::call("unix:" + community.data + "/operator.sock", request);
  if (response) return std::move(*response);
  Response none;
  none.status = 0;
  return none;
}

TEST(Serve, SaysReadyAnswersAndEndsWithZero) {
  const Community community;
  for (const int number : {SIGTERM, SIGINT}) {
    Serving serving(community.data);
    ASSERT_TRUE(serving.is_up()) << serving.log();
    EXPECT_TRUE(serving.ready_line().starts_with("ready http://127.0.0.1:"));
    EXPECT_EQ(serving.get("/healthz").body.text, "{\"status\":\"ok\"}");
    EXPECT_EQ(serving.get("/").status, 200);
    EXPECT_EQ(serving.get("/taxii2/").status, 401);
    EXPECT_EQ(serving.get("/taxii2/", community.hq_key).status, 200);
    EXPECT_EQ(serving.get("/api/v1/me", community.avl_key).status, 200);
    serving.signal(number);
    EXPECT_EQ(serving.wait(), 0);
  }
}

TEST(Serve, ErrorsAreInTheWordsOfTheSurface) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  EXPECT_TRUE(header_of(serving.get("/taxii2/none/"), "Content-Type")
                  .starts_with("application/taxii+json"));
  EXPECT_EQ(header_of(serving.get("/api/none"), "Content-Type"), "application/problem+json");
  const Response none = serving.get("/none");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(header_of(none, "Content-Type"), "application/problem+json");
  EXPECT_EQ(serving.get("/metrics").status, 404) << "the operator's alone";
  EXPECT_EQ(serving.get("/operator/v1/run").status, 404);
  // What the wire itself refuses.
  Request request;
  request.method = "POST";
  request.path = "/taxii2/entente/collections/shared/objects/";
  request.headers = {{"Content-Encoding", "br"}};
  request.body = "x";
  const Response refused = serving.send(request);
  EXPECT_EQ(refused.status, 415);
  EXPECT_TRUE(header_of(refused, "Content-Type").starts_with("application/taxii+json"));
}

// Asks until it is told to wait; the status of the first few answers does not depend on how fast that is.
Response ask_until_refused(const Serving& serving, const std::string& path,
                           const std::string& key) {
  Response response;
  for (int i = 0; i < 500; ++i) {
    response = serving.get(path, key);
    if (response.status != 200) break;
  }
  return response;
}

TEST(Serve, AQuotaIsOnePartysAlone) {
  const Community community;
  write_file(community.data + "/entente.toml",
             "[quotas]\nrequests_per_second = 1\nrequests_burst = 3\n");
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up()) << serving.log();
  for (int i = 0; i < 3; ++i) ASSERT_EQ(serving.get("/taxii2/", community.hq_key).status, 200) << i;
  const Response taxii = ask_until_refused(serving, "/taxii2/", community.hq_key);
  EXPECT_EQ(taxii.status, 429);
  EXPECT_TRUE(header_of(taxii, "Content-Type").starts_with("application/taxii+json"));
  EXPECT_EQ(header_of(taxii, "Retry-After"), "1");
  EXPECT_NE(taxii.body.text.find("\"http_status\":\"429\""), std::string::npos) << taxii.body.text;
  const Response api = ask_until_refused(serving, "/api/v1/me", community.hq_key);
  EXPECT_EQ(api.status, 429);
  EXPECT_EQ(header_of(api, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header_of(api, "Retry-After"), "1");

  EXPECT_EQ(serving.get("/taxii2/", community.avl_key).status, 200) << "another party";
  EXPECT_EQ(serving.get("/taxii2/").status, 401) << "nobody";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(serving.get("/healthz").status, 200);
  const std::string metrics = operator_get(community, "/metrics").body.text;
  EXPECT_NE(metrics.find("entente_quota_refusals_total{quota=\"requests\"} 2\n"), std::string::npos)
      << metrics;
}

TEST(Serve, AQuotaOfBytesStopsWritesAndNotReads) {
  const Community community;
  write_file(community.data + "/entente.toml",
             "[quotas]\nwrite_bytes_per_second = 1\nwrite_bytes_burst = 10\n");
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up()) << serving.log();
  Request request;
  request.method = "POST";
  request.path = "/api/v1/import";
  request.headers = {{"Authorization", "Bearer " + community.hq_key},
                     {"Content-Type", "application/json"}};
  request.body = bundle({indicator(1)});
  EXPECT_EQ(serving.send(request).status, 200) << "ten bytes were left";
  const Response refused = serving.send(request);
  EXPECT_EQ(refused.status, 429);
  const auto wait = parse_decimal(header_of(refused, "Retry-After"));
  ASSERT_TRUE(wait) << header_of(refused, "Retry-After");
  EXPECT_GT(*wait, 100U);
  EXPECT_LE(*wait, request.body.size() - 10 + 1);
  EXPECT_EQ(serving.get("/api/v1/me", community.hq_key).status, 200);
  request.headers[0].value = "Bearer " + community.avl_key;
  EXPECT_EQ(serving.send(request).status, 200) << "another party";
}

TEST(Serve, EndsEvenIfAnImportNeverDoes) {
  const Community community;
  Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  // A request to import whose body never comes.
  const auto fd = http::connect_to("unix:" + community.data + "/operator.sock", 5'000);
  ASSERT_TRUE(fd);
  const std::string head =
      "POST /operator/v1/stream/events/import HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\nEntente-Request: " +
      to_base64url(R"({"party":"AVL"})") + "\r\n\r\n5\r\n[    \r\n";
  ASSERT_EQ(::write(*fd, head.data(), head.size()), static_cast<ssize_t>(head.size()));
  const Response idle = serving.get("/healthz");
  EXPECT_EQ(idle.status, 200);
  serving.signal(SIGTERM);
  EXPECT_EQ(serving.wait(), 0);
  ::close(*fd);
  EXPECT_EQ(community.run({"verify"}).exit_code, 0);
}

TEST(Serve, IsTheOnlyProcessOnItsDirectory) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  Serving second(community.data);
  EXPECT_FALSE(second.is_up());
  EXPECT_EQ(second.wait(), 2);
  EXPECT_NE(second.log().find("in use"), std::string::npos) << second.log();
  EXPECT_EQ(serving.get("/healthz").status, 200) << "the first goes on";
  EXPECT_EQ(community.run({"rebuild"}).exit_code, 2);
  // Commands go through it.
  EXPECT_EQ(json_of(community.run({"key", "new", "HQ", "--role", "reader", "--json"})).text("code"),
            "HQ");
  EXPECT_EQ(community.run({"verify", "--json"}).exit_code, 0);
  EXPECT_EQ(json_of(community.run({"stats", "--json"})).count("parties"), 3U);
  EXPECT_EQ(community.run({"get", "indicator--x", "--party", "HQ"}).exit_code, 1);
  EXPECT_EQ(community.run({"export", "--party", "NOBODY"}).exit_code, 2);
}

TEST(Serve, RefusesOpenAddressesWithoutTls) {
  const Community community;
  Serving open(community.data, {"--listen", "0.0.0.0:0"});
  EXPECT_FALSE(open.is_up());
  EXPECT_EQ(open.wait(), 2);
  EXPECT_NE(open.log().find("--insecure-plaintext"), std::string::npos);
  const Serving allowed(community.data, {"--listen", "0.0.0.0:0", "--insecure-plaintext"});
  EXPECT_TRUE(allowed.is_up()) << allowed.log();
}

TEST(Serve, ReadsItsSettingsFromTheDirectory) {
  const Community community;
  write_file(community.data + "/entente.toml",
             "title = \"House of Tests\"\nlog_json = true\n[limits]\nbody_bytes_max = 100\n");
  Serving serving(community.data);
  ASSERT_TRUE(serving.is_up()) << serving.log();
  EXPECT_NE(serving.get("/taxii2/", community.hq_key).body.text.find("House of Tests"),
            std::string::npos);
  Request request;
  request.method = "POST";
  request.path = "/taxii2/entente/collections/shared/objects/";
  request.body = std::string(101, ' ');
  EXPECT_EQ(serving.send(request).status, 413);
  request.body.pop_back();
  EXPECT_EQ(serving.send(request).status, 401);
  serving.signal(SIGTERM);
  EXPECT_EQ(serving.wait(), 0);
  const std::string log = serving.log();
  for (const std::string_view line : split(log, '\n')) {
    if (line.empty()) continue;
    const auto fields = app::Fields::parse(line);
    ASSERT_TRUE(fields) << line;
    EXPECT_FALSE(fields->text("event").empty());
  }
  write_file(community.data + "/entente.toml", "tilte = \"x\"\n");
  Serving wrong(community.data);
  EXPECT_EQ(wrong.wait(), 2);
  EXPECT_NE(wrong.log().find("entente.toml:1: tilte"), std::string::npos) << wrong.log();
}

TEST(Serve, OperatorSeesMetricsOnASocketOfItsOwn) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  struct stat info;
  ASSERT_EQ(::stat((community.data + "/operator.sock").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(operator_get(community, "/healthz").body.text, "{\"status\":\"ok\"}");
  const std::string query = "limit=1";
  ASSERT_EQ(serving
                .get("/taxii2/entente/collections/" + community.collection_id + "/objects/",
                     community.hq_key, query)
                .status,
            200);
  ASSERT_EQ(serving.get("/nowhere").status, 404);
  const Response metrics = operator_get(community, "/metrics");
  EXPECT_EQ(metrics.status, 200);
  const std::string& text = metrics.body.text;
  EXPECT_NE(text.find("entente_requests_total{surface=\"taxii\",operation=\"taxiiObjects\",method="
                      "\"GET\",status=\"2xx\"} 1\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("operation=\"none\",method=\"none\",status=\"4xx\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("entente_parties 3\n"), std::string::npos);
  EXPECT_NE(text.find("entente_journal_writable 1\n"), std::string::npos);
  for (const std::string_view line : split(text, '\n')) {
    EXPECT_TRUE(line.empty() || line.starts_with("# ") || line.starts_with("entente_")) << line;
  }
}

TEST(Serve, NothingSecretIsWrittenAnywhere) {
  const Community community;
  const std::string bad_key = "ent_0000000000000000_thisIsNoKeyButNobodyShouldSeeIt";
  Serving serving(community.data, {"--log-level", "debug"});
  ASSERT_TRUE(serving.is_up());
  const std::string objects =
      "/taxii2/entente/collections/" + community.collection_id + "/objects/";
  ASSERT_EQ(serving.get(objects, community.hq_key, "match[type]=querysecret").status, 200);
  ASSERT_EQ(serving.get(objects, bad_key).status, 401);
  ASSERT_EQ(serving.get("/pathsecret/" + community.hq_key, community.hq_key).status, 404);
  Request post;
  post.method = "POST";
  post.path = objects;
  post.headers = {{"Authorization", "Bearer " + community.hq_key},
                  {"Content-Type", "application/taxii+json;version=2.1"},
                  {"Accept", "application/taxii+json;version=2.1"}};
  post.body = "{\"objects\":[" + indicator(1, "\"name\":\"bodysecret\"") + "]}";
  ASSERT_EQ(serving.send(post).status, 202);
  serving.signal(SIGTERM);
  ASSERT_EQ(serving.wait(), 0);
  std::string written = serving.log();
  written += read_file(community.data + "/audit/AUDIT-000001.jsonl");
  EXPECT_NE(written.find("taxiiAddObjects"), std::string::npos);
  for (const std::string& secret :
       {community.hq_key, community.hq_key.substr(21), community.avl_key.substr(21),
        bad_key.substr(21), std::string("querysecret"), std::string("pathsecret"),
        std::string("bodysecret")}) {
    EXPECT_EQ(written.find(secret), std::string::npos) << secret;
  }
}

TEST(Serve, AuditSaysWhoReadAndWroteWhat) {
  const Community community;
  Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  const std::string collection = "/taxii2/entente/collections/" + community.collection_id;
  Request post;
  post.method = "POST";
  post.path = collection + "/objects/";
  post.headers = {{"Authorization", "Bearer " + community.avl_key},
                  {"Content-Type", "application/taxii+json;version=2.1"},
                  {"X-Request-Id", "post-1"}};
  post.body = "{\"objects\":[" + indicator(1) + "," + indicator(2) + "]}";
  ASSERT_EQ(serving.send(post).status, 202);
  ASSERT_EQ(serving.get(collection + "/objects/", community.hq_key).status, 200);
  ASSERT_EQ(
      serving.get(collection + "/objects/" + id_of_indicator(2) + "/", community.hq_key).status,
      200);
  ASSERT_EQ(serving.get(collection + "/objects/").status, 401);
  ASSERT_EQ(community.run({"get", id_of_indicator(1), "--party", "BOR"}).exit_code, 1);
  serving.signal(SIGTERM);
  ASSERT_EQ(serving.wait(), 0);
  const std::string audit = read_file(community.data + "/audit/AUDIT-000001.jsonl");
  EXPECT_NE(
      audit.find("\"party\":\"AVL\",\"by\":\"" + community.avl_key.substr(4, 16) +
                 "\",\"action\":\"taxiiAddObjects\",\"collection\":\"" + community.collection_id +
                 "\",\"count\":2,\"status\":202,\"request\":\"post-1\""),
      std::string::npos)
      << audit;
  EXPECT_NE(audit.find("\"action\":\"taxiiObjects\",\"collection\":\"" + community.collection_id +
                       "\",\"count\":2,\"status\":200"),
            std::string::npos);
  EXPECT_NE(audit.find("\"object\":\"" + id_of_indicator(2) + "\",\"count\":1,\"status\":200"),
            std::string::npos)
      << audit;
  EXPECT_NE(audit.find("\"party\":\"BOR\",\"by\":\"operator\",\"action\":\"get\""),
            std::string::npos);
  EXPECT_EQ(audit.find("\"status\":401"), std::string::npos)
      << "nobody's request has no party to chain it to";
}

TEST(Serve, RevokedKeysOpenNothing) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  ASSERT_EQ(serving.get("/taxii2/", community.hq_key).status, 200);
  ASSERT_EQ(community.run({"key", "revoke", community.hq_key.substr(4, 16)}).exit_code, 0);
  EXPECT_EQ(serving.get("/taxii2/", community.hq_key).status, 401);
  EXPECT_EQ(serving.get("/taxii2/", community.avl_key).status, 200);
}

}  // namespace
}  // namespace entente::cli
