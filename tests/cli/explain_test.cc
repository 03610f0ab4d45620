// preview and why, as a release officer uses them: before the release, after it, and from the wrong side.
#include <gtest/gtest.h>

#include <map>

#include "base/hash.h"
#include "base/signature.h"
#include "base/text.h"
#include "release/signed_object.h"
#include "support.h"

namespace entente::cli {
namespace {

constexpr std::string_view kToBor = "marking-definition--6a1de5a2-3b9e-4f5e-8d6c-000000000001";
constexpr std::string_view kRed = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

// Releasable to BOR by name; the marking itself is CLEAR.
std::string marking_to_bor() {
  return R"({"type":"marking-definition","spec_version":"2.1","id":")" + std::string(kToBor) +
         R"(","created":"2026-01-01T00:00:00.000Z","name":"to BOR","extensions":{"extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d":{"extension_type":"property-extension","releasable_to":["BOR"]}},"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
}

// To BOR but for the description.
std::string object() {
  return indicator(
      1, R"("description":"from a source that must not be named","object_marking_refs":[")" +
             std::string(kToBor) + R"("],"granular_markings":[{"marking_ref":")" +
             std::string(kRed) + R"(","selectors":["description"]}])");
}

// Code to "sees rule cut".
std::map<std::string, std::string> told(json::Value preview) {
  std::map<std::string, std::string> out;
  for (const json::Value one : preview.find("parties")->elements()) {
    std::string cut;
    for (const json::Value pointer : one.find("cut")->elements()) cut += " " + pointer.text();
    out[one.find("code")->text()] = one.find("sees")->text() + " " + one.find("rule")->text() + cut;
  }
  return out;
}

const std::map<std::string, std::string> kExpected{{"AVL", "all originator"},
                                                   {"BOR", "part nobody-named /description"},
                                                   {"HQ", "nothing not-released"}};

}  // namespace

TEST(Preview, SaysBeforeTheReleaseWhatWillBeSoAfterIt) {
  const Community c;
  const std::string file = c.directory.write("draft.json", bundle({marking_to_bor(), object()}));
  const Ran before = c.run({"preview", "--party", "AVL", "--collection", "shared", "--json", file});
  ASSERT_EQ(before.exit_code, 0) << before.err;
  const app::Fields draft = json_of(before);
  auto objects = draft.root().find("objects")->elements().begin();
  ++objects;
  EXPECT_EQ(told(*objects), kExpected);
  EXPECT_EQ(c.run({"export", "--party", "AVL"}).out, "") << "nothing is stored";

  ASSERT_EQ(c.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code, 0);
  const Ran after = c.run({"preview", "--party", "AVL", "--json", id_of_indicator(1)});
  EXPECT_EQ(told(json_of(after).root()), kExpected);
  const Ran one =
      c.run({"preview", "--party", "AVL", "--for", "BOR", "--json", id_of_indicator(1)});
  EXPECT_EQ(told(json_of(one).root()).size(), 1u);
  const std::string seen = c.run({"export", "--party", "BOR"}).out;
  EXPECT_NE(seen.find(id_of_indicator(1)), std::string::npos);
  EXPECT_EQ(seen.find("must not be named"), std::string::npos);
  EXPECT_EQ(seen.find("granular_markings"), std::string::npos) << "nothing left tells of the cut";
  EXPECT_EQ(c.run({"export", "--party", "HQ"}).out.find(id_of_indicator(1)), std::string::npos);
}

TEST(Preview, NamesReferencesThatWouldPointToNothingThere) {
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(2)).exit_code,
      0);
  const std::string note =
      R"({"type":"note","spec_version":"2.1","id":"note--00000000-0000-4000-8000-000000000009","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","content":"x","object_refs":[")" +
      id_of_indicator(2) +
      R"("],"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
  const Ran ran = c.run({"preview", "--party", "AVL", "--json", "--for", "BOR,HQ", "-"}, note);
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const app::Fields fields = json_of(ran);
  std::map<std::string, size_t> dangling;
  for (const json::Value one : fields.root().find("parties")->elements())
    dangling[one.find("code")->text()] = one.find("dangling")->size();
  EXPECT_EQ(dangling, (std::map<std::string, size_t>{{"BOR", 1}, {"HQ", 0}}))
      << "BOR does not read the collection";
}

TEST(Why, GivesTheRuleToWhoSeesTheObjectAndToNobodyElse) {
  const Community c;
  ASSERT_EQ(c.run({"import", "--party", "AVL", "--collection", "shared", "-"},
                  bundle({marking_to_bor(), object()}))
                .exit_code,
            0);
  const auto why = [&](const std::string& party, const std::string& asker) {
    return c.run({"why", party, id_of_indicator(1), "--as", asker, "--json"});
  };
  const app::Fields bor = json_of(why("BOR", "AVL"));
  EXPECT_TRUE(bor.flag("sees"));
  EXPECT_EQ(bor.text("rule"), "released");
  EXPECT_NE(bor.text("sentence").find("/description"), std::string::npos) << bor.text("sentence");
  const app::Fields hq = json_of(why("HQ", "AVL"));
  EXPECT_FALSE(hq.flag("sees"));
  EXPECT_EQ(hq.text("rule"), "not-released");
  // BOR may ask, and learns nothing of the description.
  const app::Fields asked_by_bor = json_of(why("BOR", "BOR"));
  EXPECT_EQ(asked_by_bor.text("rule"), "released");
  EXPECT_EQ(asked_by_bor.text("sentence").find("description"), std::string::npos);
  // HQ may not, and is told the same as of what does not exist.
  const Ran refused = why("BOR", "HQ");
  EXPECT_EQ(refused.exit_code, 2);
  const Ran nowhere = c.run({"why", "BOR", id_of_indicator(7), "--as", "HQ", "--json"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_EQ(why("NOBODY", "AVL").exit_code, 2);
}

TEST(ReleaseAct, OpensAndClosesAndIsTold) {
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(1)).exit_code,
      0);
  const std::string id = id_of_indicator(1);
  const auto sees = [&](const std::string& party) {
    return c.run({"export", "--party", party}).out.find(id) != std::string::npos;
  };
  EXPECT_TRUE(sees("HQ"));
  EXPECT_FALSE(sees("BOR"));
  const auto act = [&](const std::string& kind, const std::string& party, const std::string& to) {
    std::vector<std::string> words{"release", kind,       id,          "--as",
                                   party,     "--reason", "asked for", "--json"};
    if (!to.empty()) words.insert(words.end(), {"--to", to});
    return c.run(words);
  };
  EXPECT_EQ(act("widen", "HQ", "BOR").exit_code, 2) << "not its originator";
  EXPECT_EQ(act("widen", "AVL", "NOBODY").exit_code, 2);
  EXPECT_EQ(act("widen", "AVL", "").exit_code, 2) << "to whom?";
  const Ran widened = act("widen", "AVL", "BOR");
  ASSERT_EQ(widened.exit_code, 0) << widened.err;
  EXPECT_EQ(json_of(widened).count("entries"), 1u);
  EXPECT_TRUE(sees("BOR"));
  EXPECT_TRUE(sees("HQ")) << "what was released stays so";
  const app::Fields why = json_of(c.run({"why", "BOR", id, "--as", "AVL", "--json"}));
  EXPECT_EQ(why.text("rule"), "widened");
  EXPECT_NE(why.text("sentence").find("asked for"), std::string::npos) << why.text("sentence");

  ASSERT_EQ(act("narrow", "AVL", "HQ").exit_code, 0);
  EXPECT_FALSE(sees("BOR"));
  EXPECT_TRUE(sees("HQ"));
  EXPECT_EQ(json_of(c.run({"why", "BOR", id, "--as", "AVL", "--json"})).text("rule"), "narrowed");
  ASSERT_EQ(act("narrow", "AVL", "").exit_code, 0);
  EXPECT_FALSE(sees("HQ"));
  EXPECT_TRUE(sees("AVL")) << "its originator always may";
  EXPECT_EQ(json_of(c.run({"verify", "--json"})).list("problems").size(), 0u);
}

TEST(ReleaseAct, IsSignedWithTheOfficersOwnKey) {
  const At at("2027-01-02T12:00:00Z");
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(1)).exit_code,
      0);
  SystemRandom random;
  const SigningKey mine = SigningKey::generate(random);
  const std::string file = c.directory.write("mine.pem", mine.to_pem());
  const auto act = [&](const std::string& kind) {
    return c.run({"release", kind, id_of_indicator(1), "--as", "AVL", "--to", "BOR", "--reason",
                  "asked for", "--key", file});
  };
  EXPECT_EQ(act("widen").exit_code, 2) << "nobody knows that key";
  const std::string key = to_hex(mine.public_key());
  ASSERT_EQ(c.run({"signing-key", "new", "AVL", "--public", key}).exit_code, 0);
  EXPECT_EQ(act("widen").exit_code, 0);
  const Ran why = c.run({"why", "BOR", id_of_indicator(1), "--as", "AVL"});
  EXPECT_NE(why.out.find(key), std::string::npos) << why.out;
  // Not with a key of the node's, as the party signs elsewhere.
  EXPECT_EQ(
      c.run({"release", "narrow", id_of_indicator(1), "--as", "AVL", "--reason", "r"}).exit_code,
      2);
  EXPECT_EQ(act("narrow").exit_code, 0);
  EXPECT_EQ(act("widen").exit_code, 0);
  EXPECT_EQ(act("widen").exit_code, 0) << "a statement of its own, though the clock stands still";
}

// Over the API: what is to be signed is given without being recorded, and recorded once it is signed.
TEST(ReleaseAct, IsSignedAwayFromTheNode) {
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(1)).exit_code,
      0);
  SystemRandom random;
  const SigningKey mine = SigningKey::generate(random);
  ASSERT_EQ(c.run({"signing-key", "new", "AVL", "--public", to_hex(mine.public_key())}).exit_code,
            0);
  const std::string key =
      json_of(c.run({"key", "new", "AVL", "--role", "release-officer", "--json"})).text("key");
  const Serving server(c.data);
  ASSERT_TRUE(server.is_up());
  const auto post = [&](const std::string& query, const std::string& body) {
    Request request;
    request.method = "POST";
    request.path = "/api/v1/objects/" + id_of_indicator(1) + "/release";
    request.query = query;
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
    request.body = body;
    return server.send(request);
  };
  const auto is_seen = [&] {
    return c.run({"export", "--party", "BOR"}).out.find(id_of_indicator(1)) != std::string::npos;
  };
  const std::string widen = R"({"act":"widen","to":["BOR"],"reason":"asked for"})";
  EXPECT_EQ(post("dry_run=perhaps", widen).status, 400);
  EXPECT_EQ(post("", widen).status, 403) << "the node has no key of theirs";
  const Response made = post("dry_run=true", widen);
  ASSERT_EQ(made.status, 200) << made.body.flatten();
  EXPECT_FALSE(is_seen());
  const auto fields = app::Fields::parse(made.body.flatten());
  ASSERT_TRUE(fields);
  const std::string statement(fields->root().find("statement")->raw());
  EXPECT_EQ(post("", "{\"statement\":" + statement + "}").status, 403);
  EXPECT_FALSE(is_seen());
  const std::string act = "{\"statement\":" + *release::sign_object(statement, mine) + "}";
  EXPECT_EQ(post("", act).body.flatten(), R"({"entries":1})");
  EXPECT_TRUE(is_seen());
  EXPECT_EQ(post("", act).status, 409);
}

// What the originator has released by an act may be referred to as widely.
TEST(ReleaseAct, LetsDerivedObjectsBeAsWide) {
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(1)).exit_code,
      0);
  const std::string note =
      R"({"type":"note","spec_version":"2.1","id":"note--00000000-0000-4000-8000-000000000009","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","content":"x","object_refs":[")" +
      id_of_indicator(1) +
      R"("],"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
  EXPECT_EQ(c.run({"import", "--party", "HQ", "--json", "-"}, note).exit_code, 1);
  ASSERT_EQ(
      c.run({"release", "widen", id_of_indicator(1), "--as", "AVL", "--to", "BOR", "--reason", "r"})
          .exit_code,
      0);
  const Ran ran = c.run({"import", "--party", "HQ", "--json", "-"}, note);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
}

}  // namespace entente::cli
