#include "taxii/taxii.h"

#include <gtest/gtest.h>

#include "json/json.h"
#include "support/community.h"

namespace entente::taxii {
namespace {

using testing::Community;

std::string uuid(int n) {
  std::string digits = std::to_string(n);
  return "11111111-1111-4111-8111-" + std::string(12 - digits.size(), '0') + digits;
}

// A tool with a version (a minute of 2024) and marks.
std::string tool(int n, int minute = 0, const std::string& marks = "",
                 const std::string& more = "") {
  const std::string at =
      "2024-01-01T00:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) + ":00.000Z";
  return R"({"type":"tool","spec_version":"2.1","id":"tool--)" + uuid(n) +
         R"(","created":"2024-01-01T00:00:00.000Z","modified":")" + at + R"(","name":"t")" +
         (marks.empty() ? "" : R"(,"object_marking_refs":[")" + marks + "\"]") + more + "}";
}

constexpr const char* kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
constexpr const char* kRed = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

std::string id_of(int n) { return "tool--" + uuid(n); }

std::string header(const Response& response, std::string_view name) {
  for (const Header& one : response.headers) {
    if (one.name == name) return one.value;
  }
  return "";
}

// The numbers at the ends of the ids in an envelope, manifest or list, in order.
std::vector<int> numbers(const Response& response) {
  std::vector<int> out;
  const std::string text = response.body.flatten();
  for (size_t at = text.find("\"id\":\"tool--"); at != std::string::npos;
       at = text.find("\"id\":\"tool--", at + 1)) {
    out.push_back(std::stoi(text.substr(at + 6 + 6 + 24, 12)));
  }
  return out;
}

std::string next_of(const Response& response) {
  const std::string text = response.body.flatten();
  const size_t at = text.find("\"next\":\"");
  if (at == std::string::npos) return "";
  return text.substr(at + 8, text.find('"', at + 8) - at - 8);
}

}  // namespace

TEST(Taxii, DiscoveryAndApiRoot) {
  Community c;
  const Response discovery = c.ask("AVL", "GET", "/taxii2/");
  EXPECT_EQ(discovery.status, 200);
  EXPECT_EQ(header(discovery, "Content-Type"), "application/taxii+json;version=2.1");
  EXPECT_NE(discovery.body.text.find(R"("api_roots":["/taxii2/entente/"])"), std::string::npos);
  EXPECT_NE(c.ask("AVL", "GET", "/taxii2/entente/").body.text.find("max_content_length"),
            std::string::npos);
}

TEST(Taxii, WhoHasNoKeyGetsAChallenge) {
  Community c;
  const Response none = c.ask("", "GET", "/taxii2/");
  EXPECT_EQ(none.status, 401);
  EXPECT_FALSE(header(none, "WWW-Authenticate").empty());
  EXPECT_EQ(header(none, "Content-Type"), "application/taxii+json;version=2.1");
  EXPECT_EQ(
      c.ask("", "GET", "/taxii2/", "", {{"Authorization", "Bearer ent_0000000000000000_x"}}).status,
      401);
  EXPECT_EQ(c.ask("", "GET", "/taxii2/", "", {{"Authorization", "Token " + c.key("AVL")}}).status,
            200);
  EXPECT_EQ(
      c.ask("", "GET", "/taxii2/", "", {{"Authorization", "Bearer " + c.key("AVL") + "x"}}).status,
      401);
}

TEST(Taxii, EachPartySeesItsWorldByteForByte) {
  Community c;
  const std::string odd =
      R"({ "type" : "tool","spec_version":"2.1", "id":"tool--)" + uuid(9) +
      R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"A\n外交","x_n":[1.0,1e3,123456789012345678901234567890] })";
  EXPECT_EQ(c.post("AVL", "shared", tool(1) + "," + tool(2, 0, kRed) + "," + odd).status, 202);
  const Response own = c.ask("AVL", "GET", Community::path("shared"));
  EXPECT_EQ(numbers(own), (std::vector<int>{1, 2, 9}));
  EXPECT_EQ(own.body.flatten(),
            "{\"objects\":[" + tool(1) + "," + tool(2, 0, kRed) + "," + odd + "]}");
  const Response other = c.ask("BOR", "GET", Community::path("shared"));
  EXPECT_EQ(other.body.flatten(), "{\"objects\":[" + tool(1) + "," + odd + "]}");
  EXPECT_EQ(c.ask("LIA", "GET", Community::path("inner")).status, 404);
  EXPECT_EQ(c.ask("BOR", "GET", Community::path("drop")).status, 403);
}

TEST(Taxii, PagesByCursorAndByDateGiveTheSame) {
  Community c;
  for (int n = 0; n < 25; ++n)
    c.post(n % 2 == 0 ? "AVL" : "BOR", "shared", tool(n) + "," + tool(100 + n, 0, kRed));
  std::vector<int> by_cursor, by_date;
  std::string target = Community::path("shared") + "?limit=3";
  for (int pages = 0; pages < 50; ++pages) {
    const Response page = c.ask("LIA", "GET", target);
    for (const int n : numbers(page)) by_cursor.push_back(n);
    if (next_of(page).empty()) break;
    target = Community::path("shared") + "?limit=" + std::to_string(2 + pages % 3) +
             "&next=" + next_of(page);
  }
  target = Community::path("shared") + "?limit=4";
  for (int pages = 0; pages < 50; ++pages) {
    const Response page = c.ask("LIA", "GET", target);
    for (const int n : numbers(page)) by_date.push_back(n);
    if (page.body.flatten().find("\"more\":true") == std::string::npos) break;
    target = Community::path("shared") +
             "?limit=4&added_after=" + header(page, "X-TAXII-Date-Added-Last");
  }
  EXPECT_EQ(by_cursor.size(), 25u);
  EXPECT_EQ(by_cursor, by_date);
}

// Sets by collection and type are made from the reader's own members where these are few, from all entries where they
// are many; both grow with the store.
TEST(Taxii, TypesAndCollectionsAreFoundAmongMuchThatIsHidden) {
  Community c;
  std::vector<int> shared, inner;
  const auto send = [&](int first) {
    for (int batch = 0; batch < 8; ++batch) {
      std::string hidden;
      for (int n = 0; n < 100; ++n)
        hidden += (n == 0 ? "" : ",") + tool(first + batch * 100 + n, 0, kRed);
      ASSERT_EQ(c.post("AVL", batch % 2 == 0 ? "shared" : "inner", hidden).status, 202);
    }
    const std::string other =
        R"({"type":"malware","is_family":false,"spec_version":"2.1","id":"malware--)" +
        uuid(first) +
        R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z"})";
    ASSERT_EQ(c.post("AVL", "shared", tool(first + 900, 0, kClear) + "," + other).status, 202);
    ASSERT_EQ(c.post("AVL", "inner", tool(first + 901, 0, kClear)).status, 202);
    shared.push_back(first + 900);
    inner.push_back(first + 901);
  };
  for (int round = 1; round <= 2; ++round) {
    send(round * 1'000);
    for (const char* reader : {"BOR", "AVL"}) {
      const auto tools = [&](const char* collection) {
        std::vector<int> out = numbers(
            c.ask(reader, "GET", Community::path(collection) + "?match[type]=tool&limit=10000"));
        std::erase_if(out, [](int n) { return n % 1'000 < 900; });
        return out;
      };
      EXPECT_EQ(tools("shared"), shared) << reader;
      EXPECT_EQ(tools("inner"), inner) << reader;
    }
    const Response others = c.ask("BOR", "GET", Community::path("shared") + "?match[type]=malware");
    EXPECT_TRUE(numbers(others).empty());
    const Response all =
        c.ask("BOR", "GET", Community::path("shared") + "?match[type]=malware,tool");
    EXPECT_EQ(numbers(all), shared);
    EXPECT_NE(all.body.flatten().find("malware--" + uuid(round * 1'000)), std::string::npos);
    EXPECT_EQ(numbers(c.ask("AVL", "GET", Community::path("shared") + "?match[type]=tool")).size(),
              401U * static_cast<size_t>(round));
  }
}

TEST(Taxii, AnInstantBetweenBatchesFindsWhatCameAfterIt) {
  Community c;
  c.post("AVL", "shared", tool(1));
  c.clock.advance_ms(5'000'000);
  c.post("AVL", "shared", tool(2));
  for (const char* instant : {"2023-11-14T22:13:25Z", "2023-11-14T23:30:00.000001Z"}) {
    const Response news =
        c.ask("BOR", "GET", Community::path("shared") + "?added_after=" + instant);
    EXPECT_EQ(numbers(news), std::vector<int>{2}) << instant;
  }
}

TEST(Taxii, CursorsWorkForTheirReaderAndQueryAlone) {
  Community c;
  for (int n = 0; n < 4; ++n) c.post("AVL", "shared", tool(n));
  const std::string next = next_of(c.ask("BOR", "GET", Community::path("shared") + "?limit=1"));
  ASSERT_FALSE(next.empty());
  EXPECT_EQ(c.ask("BOR", "GET", Community::path("shared") + "?limit=2&next=" + next).status, 200);
  EXPECT_EQ(c.ask("LIA", "GET", Community::path("shared") + "?next=" + next).status, 400);
  EXPECT_EQ(
      c.ask("BOR", "GET", Community::path("shared") + "?match[type]=tool&next=" + next).status,
      400);
  EXPECT_EQ(c.ask("BOR", "GET", Community::path("shared") + "?next=AAAA" + next.substr(4)).status,
            400);
}

TEST(Taxii, VersionsFirstLastAllAndExact) {
  Community c;
  c.post("AVL", "shared", tool(1, 1) + "," + tool(2, 1));
  c.post("AVL", "shared", tool(1, 3));
  c.post("AVL", "shared", tool(1, 2));
  const auto count = [&](const std::string& filter) {
    return numbers(c.ask("BOR", "GET", Community::path("shared") + filter)).size();
  };
  EXPECT_EQ(count(""), 2u);
  EXPECT_EQ(count("?match[version]=all"), 4u);
  EXPECT_EQ(count("?match[version]=first,last"), 3u);
  EXPECT_EQ(count("?match[version]=2024-01-01T00:02:00Z"), 1u);
  EXPECT_EQ(count("?match[id]=" + id_of(1)), 1u);
  const Response last = c.ask("BOR", "GET", Community::path("shared") + id_of(1) + "/");
  EXPECT_NE(last.body.flatten().find("00:03:00"), std::string::npos)
      << "the newest by modified, not by arrival";
  const Response versions =
      c.ask("BOR", "GET", Community::path("shared") + id_of(1) + "/versions/");
  EXPECT_EQ(
      versions.body.text,
      R"({"versions":["2024-01-01T00:01:00.000Z","2024-01-01T00:03:00.000Z","2024-01-01T00:02:00.000Z"]})");
}

TEST(Taxii, NobodyCanOverwriteAnothersObject) {
  Community c;
  const std::string own =
      tool(1, 1, kClear, R"(,"created_by_ref":")" + Community::identity(0) + "\"");
  const std::string forged =
      tool(1, 5, kClear, R"(,"revoked":true,"created_by_ref":")" + Community::identity(0) + "\"");
  c.post("BOR", "shared", forged);
  EXPECT_EQ(c.ask("LIA", "GET", Community::path("shared")).body.flatten(),
            "{\"objects\":[" + forged + "]}");
  c.post("AVL", "shared", own);
  EXPECT_EQ(c.ask("LIA", "GET", Community::path("shared")).body.flatten(),
            "{\"objects\":[" + own + "]}");
}

TEST(Taxii, PostGivesAStatusWithAResultForEach) {
  Community c;
  const Response posted =
      c.post("AVL", "shared", tool(1) + R"(,{"type":"tool","id":"nonsense"},)" + tool(1));
  EXPECT_EQ(posted.status, 202);
  json::Parser parser;
  json::Document document;
  const std::string body = json::padded(posted.body.text);
  ASSERT_TRUE(parser.parse(body, &document)) << body;
  const json::Value status = document.root();
  EXPECT_EQ(status.find("total_count")->integer(), 3);
  EXPECT_EQ(status.find("success_count")->integer(), 2);
  EXPECT_EQ(status.find("failure_count")->integer(), 1);
  const std::string where = "/taxii2/entente/status/" + status.find("id")->text() + "/";
  EXPECT_EQ(c.ask("AVL", "GET", where).body.text, posted.body.text);
  EXPECT_EQ(c.ask("BOR", "GET", where).status, 404);
  EXPECT_EQ(numbers(c.ask("AVL", "GET", Community::path("shared"))), std::vector<int>{1});
  EXPECT_EQ(c.ask("AVL", "POST", Community::path("shared"), "{\"objects\":[").status, 422);
  EXPECT_EQ(c.ask("AVL", "POST", Community::path("shared"), "{}").status, 422);
  EXPECT_EQ(c.ask("AVL", "POST", Community::path("shared"), "{}", {{"Content-Type", "text/plain"}})
                .status,
            415);
  EXPECT_EQ(c.ask("AVL", "GET", "/taxii2/", "", {{"Accept", "application/taxii+json;version=2.0"}})
                .status,
            406);
}

TEST(Taxii, DeleteWithdrawsOnesOwnForEverybody) {
  Community c;
  c.post("AVL", "shared", tool(1, 1) + "," + tool(1, 2) + "," + tool(2));
  const std::string one = Community::path("shared") + id_of(1) + "/";
  EXPECT_EQ(c.ask("BOR", "DELETE", one).status, 403);
  EXPECT_EQ(c.ask("BOR", "DELETE", Community::path("shared") + id_of(7) + "/").status, 404);
  EXPECT_EQ(c.ask("AVL", "DELETE", one + "?match[version]=2024-01-01T00:02:00.000Z").status, 200);
  EXPECT_EQ(c.ask("BOR", "GET", one + "?match[version]=2024-01-01T00:02:00.000Z").status, 404);
  EXPECT_EQ(c.ask("BOR", "GET", one).status, 200);
  EXPECT_EQ(c.ask("AVL", "DELETE", one).status, 200);
  EXPECT_EQ(c.ask("AVL", "DELETE", one).status, 404);
  EXPECT_EQ(numbers(c.ask("BOR", "GET", Community::path("shared"))), std::vector<int>{2});
  c.close();
  c.open();
  EXPECT_EQ(numbers(c.ask("BOR", "GET", Community::path("shared"))), std::vector<int>{2})
      << "after a restart too";
  c.post("AVL", "shared", tool(1, 2));
  EXPECT_EQ(numbers(c.ask("BOR", "GET", Community::path("shared"))), (std::vector<int>{2, 1}))
      << "posted anew";
}

TEST(Taxii, WhatItsMarkingOpensLateEntersWithADateOfItsOwn) {
  Community c;
  const std::string marking =
      R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--)" + uuid(5) +
      R"(","created":"2024-01-01T00:00:00.000Z","definition_type":"statement","definition":{"statement":"s"}})";
  c.post("AVL", "shared", tool(1, 0, "marking-definition--" + uuid(5)) + "," + tool(2));
  const Response before = c.ask("BOR", "GET", Community::path("shared"));
  EXPECT_EQ(numbers(before), std::vector<int>{2});
  c.post("AVL", "shared", tool(3));
  c.post("AVL", "shared", marking);
  c.post("AVL", "shared", tool(4));
  EXPECT_EQ(numbers(c.ask("BOR", "GET", Community::path("shared"))),
            (std::vector<int>{2, 3, 1, 4}));
  const Response news = c.ask(
      "BOR", "GET",
      Community::path("shared") + "?added_after=" + header(before, "X-TAXII-Date-Added-Last"));
  EXPECT_EQ(numbers(news), (std::vector<int>{3, 1, 4}))
      << "a client that polls by date misses nothing";
  EXPECT_EQ(numbers(c.ask("AVL", "GET", Community::path("shared"))),
            (std::vector<int>{1, 2, 3, 4}));
}

}  // namespace entente::taxii
