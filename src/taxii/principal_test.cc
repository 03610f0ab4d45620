// Principals who see less than their party: experts with a list of collections, with a clearance of their
// own, players of an exercise; and readers without a key.
#include <gtest/gtest.h>

#include "release/release_marking.h"
#include "support/community.h"

namespace entente::taxii {
namespace {

using testing::Community;

std::string indicator(int n, std::string_view marking = {}) {
  std::string out =
      R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-)" +
      std::string("0000000000") + (n < 10 ? "0" : "") + std::to_string(n) +
      R"(","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","pattern":"[url:value = 'x']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z")";
  if (!marking.empty()) out += R"(,"object_marking_refs":[")" + std::string(marking) + "\"]";
  return out + "}";
}

std::string id_of(int n) {
  return "indicator--00000000-0000-4000-8000-0000000000" + std::string(n < 10 ? "0" : "") +
         std::to_string(n);
}

constexpr const char* kSecret = "marking-definition--00000000-0000-4000-8000-0000000000a1";
constexpr const char* kPlayed = "marking-definition--00000000-0000-4000-8000-0000000000a2";
constexpr const char* kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

// A release marking of ours that says one thing.
std::string marking(const char* id, const std::string& says) {
  return std::string(R"({"type":"marking-definition","spec_version":"2.1","id":")") + id +
         R"(","created":"2026-01-01T00:00:00Z","extensions":{")" +
         std::string(release::kReleaseMarkingExtension) +
         R"(":{"extension_type":"property-extension",)" + says + "}}}";
}

std::string get(Community& c, const std::string& as, const std::string& collection) {
  const Response answer = c.ask(as, "GET", Community::path(collection));
  return std::to_string(answer.status) + " " + answer.body.flatten();
}

bool has(const std::string& answer, int n) { return answer.find(id_of(n)) != std::string::npos; }

std::string expert(Community& c, const std::string& narrowing) {
  const auto key = c.node().new_key("AVL", release::Role::kExpert, narrowing);
  EXPECT_TRUE(key) << (key ? "" : key.error().detail);
  return key ? key->text : "";
}

}  // namespace

TEST(Principal, AnExpertSeesOnlyTheCollectionsOfItsKey) {
  Community whole(7), twin(7);
  std::string answers[2];
  for (Community* c : {&whole, &twin}) {
    c->clock.advance_ms(10);
    c->use_key("EXPERT", expert(*c, R"({"collections":["shared"]})"));
    EXPECT_EQ(c->post("AVL", "shared", indicator(1)).status, 202);
    if (c == &whole) {
      EXPECT_EQ(c->post("AVL", "inner", indicator(2)).status, 202);
    } else {
      c->clock.advance_ms(10);
    }
    EXPECT_EQ(c->post("BOR", "shared", indicator(3)).status, 202);
    std::string& all = answers[c == &whole ? 0 : 1];
    all = get(*c, "EXPERT", "shared") + get(*c, "EXPERT", "inner") + get(*c, "EXPERT", "drop") +
          c->ask("EXPERT", "GET", "/taxii2/entente/collections/").body.flatten();
    EXPECT_TRUE(has(all, 1) && has(all, 3)) << all;
  }
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(get(whole, "EXPERT", "inner"), get(whole, "EXPERT", "nowhere"));
  EXPECT_EQ(answers[0].find("inner"), std::string::npos) << answers[0];
  EXPECT_TRUE(has(get(whole, "AVL", "inner"), 2)) << "its party sees it";
  EXPECT_EQ(whole.post("EXPERT", "shared", indicator(4)).status, 403);
}

TEST(Principal, AClearanceOfItsOwnNarrowsEvenWhatIsItsPartys) {
  Community c;
  c.change(R"({"op":"policy","name":"P","levels":["LOW","HIGH"],"categories":[]})");
  c.change(R"({"op":"clearance","party":"BOR","policy":"P","level":"HIGH"})");
  c.use_key("LOW", expert(c, R"({"clearances":[{"policy":"P","level":"LOW"}]})"));
  c.use_key("HIGH", expert(c, R"({"clearances":[{"policy":"P","level":"HIGH"}]})"));
  const std::string secret =
      marking(kSecret, R"("classification":{"policy":"P","level":"HIGH"},"tlp":"amber")");
  ASSERT_EQ(
      c.post("AVL", "shared", secret + "," + indicator(1, kSecret) + "," + indicator(2)).status,
      202);
  EXPECT_TRUE(has(get(c, "AVL", "shared"), 1));
  EXPECT_TRUE(has(get(c, "BOR", "shared"), 1));
  EXPECT_TRUE(has(get(c, "HIGH", "shared"), 1));
  EXPECT_FALSE(has(get(c, "LOW", "shared"), 1));
  EXPECT_TRUE(has(get(c, "LOW", "shared"), 2));
}

TEST(Principal, APlayerSeesItsExerciseAlone) {
  Community c;
  c.use_key("PLAYER", expert(c, R"({"exercise":"LOCKED-HARBOUR"})"));
  const std::string played = marking(kPlayed, R"("exercise":"LOCKED-HARBOUR","tlp":"clear")");
  ASSERT_EQ(c.post("BOR", "shared", indicator(1, kClear)).status, 202);
  ASSERT_EQ(c.post("BOR", "shared", played + "," + indicator(2, kPlayed)).status, 202);
  EXPECT_FALSE(has(get(c, "PLAYER", "shared"), 1));
  EXPECT_TRUE(has(get(c, "AVL", "shared"), 1));
  EXPECT_FALSE(has(get(c, "AVL", "shared"), 2)) << "live readers do not see what is played";
}

TEST(Principal, ReadersWithoutAKeyAreLetInOnlyByTheOperator) {
  Community c;
  c.change(R"({"op":"party","name":"x","code":"PUBLIC","identity":")" + Community::identity(9) +
           "\"}");
  c.collection("open", R"(["PUBLIC","AVL"])", R"(["AVL"])", "tlp:amber");
  ASSERT_EQ(c.post("AVL", "open", indicator(1, kClear) + "," + indicator(2)).status, 202);
  EXPECT_EQ(c.ask("", "GET", Community::path("open")).status, 401);
  c.node().let_anonymous_in(true);
  const std::string seen = get(c, "", "open");
  EXPECT_TRUE(has(seen, 1)) << seen;
  EXPECT_FALSE(has(seen, 2)) << "AMBER is not for the public, whoever reads the collection";
  EXPECT_EQ(get(c, "", "shared"), get(c, "", "nowhere"));
  EXPECT_EQ(
      c.ask("", "POST", Community::path("open"), "{\"objects\":[" + indicator(3) + "]}").status,
      403);
  Response wrong = c.ask("", "GET", Community::path("open"), "",
                         {{"Authorization", "Bearer ent_0000000000000000_x"}});
  EXPECT_EQ(wrong.status, 401) << "a wrong key is no anonymous reader";
}

}  // namespace entente::taxii
