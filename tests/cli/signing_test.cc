// Signed acts and receipts, as their users meet them.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/signature.h"
#include "base/text.h"
#include "tests/cli/alliance.h"

namespace entente::cli {
namespace {

// The verdict of the only act of a procedure, as a party sees it.
std::string verdict_of(const FourParties& alliance, const std::string& id, size_t wanted = 0) {
  const app::Fields shown = json_of(alliance.run({"procedure", "show", id, "--as", "HQ"}));
  size_t at = 0;
  for (const json::Value act : shown.root().find("acts")->elements())
    if (at++ == wanted) return act.find("verdict")->text();
  return "no such act";
}

TEST(Signing, KeysAreFilesThatRotateAndOldActsStaySigned) {
  const FourParties alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  const auto keys = [&] { return json_of(alliance.run({"signing-key", "list", "HQ"})); };
  const app::Fields first = keys();
  ASSERT_EQ(first.root().find("keys")->size(), 1U);
  const std::string key = (*first.root().find("keys")->elements().begin()).find("key")->text();
  struct stat status{};
  ASSERT_EQ(::stat((alliance.data + "/keystore/" + key + ".pem").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(alliance.run({"signing-key", "rotate", "HQ"}).exit_code, 0);
  EXPECT_EQ(keys().root().find("keys")->size(), 2U);
  EXPECT_EQ(alliance.run({"act", id, "withdraw", "--as", "HQ"}).exit_code, 0) << "the new key";
  EXPECT_EQ(alliance.status(id, "AVL").text("outcome"), "withdrawn") << "the old one's opening";
  EXPECT_EQ(alliance.run({"signing-key", "end", key}).exit_code, 2) << "ended already";
  // Keys that are elsewhere: the node does not sign for them.
  EXPECT_EQ(alliance.run({"signing-key", "new", "LIA", "--public", std::string(64, '7')}).exit_code,
            0);
  EXPECT_EQ(alliance
                .run({"silence", "start", "--as", "LIA", "--format", "NATO", "--until",
                      "2027-01-04T12:00:00Z", "--file", alliance.draft()})
                .exit_code,
            2);
}

TEST(Signing, AnOfficerSignsWithAKeyThatNoNodeHas) {
  const FourParties alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  SystemRandom random;
  const SigningKey mine = SigningKey::generate(random), other = SigningKey::generate(random);
  const std::string file = alliance.directory.write("mine.pem", mine.to_pem());
  const auto act = [&](const std::string& with) {
    return alliance.run({"act", id, "comment", "--as", "AVL", "--reason", "r", "--key", with});
  };
  const Ran before = act(file);
  EXPECT_EQ(before.exit_code, 1);
  EXPECT_EQ(json_of(before).text("verdict"), "unknown-key");
  EXPECT_EQ(alliance
                .run({"signing-key", "new", "AVL", "--public", to_hex(mine.public_key()), "--name",
                      "An officer"})
                .exit_code,
            0);
  EXPECT_EQ(act(file).exit_code, 0);
  EXPECT_EQ(act(alliance.directory.write("other.pem", other.to_pem())).exit_code, 1);
  EXPECT_EQ(act(alliance.directory.write("none.pem", "nothing")).exit_code, 2);
}

TEST(Signing, WhatItsPartyDidNotSignIsKeptAndDoesNotCount) {
  const FourParties alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  EXPECT_EQ(alliance.run({"act", id, "comment", "--as", "AVL", "--reason", "one"}).exit_code, 0);
  EXPECT_EQ(verdict_of(alliance, id), "counted");
  const std::string dump = alliance.directory.at("dump.json");
  const Ran exported = alliance.run({"export", "--party", "AVL", "--type", "procedure-act"});
  std::string text = exported.out;
  ASSERT_NE(text.find("\"reason\":\"one\""), std::string::npos) << exported.err << text;
  const auto import = [&](const char* party, const std::string& objects) {
    return alliance.run({"import", alliance.directory.write("in.json", objects), "--party", party});
  };
  const std::string mark = "\"reason\":\"one\"";
  std::string forged = text;
  forged.replace(forged.find(mark), mark.size(), "\"reason\":\"two\"");
  const size_t at_id = forged.find("procedure-act--");
  forged[at_id + 20] = forged[at_id + 20] == 'a' ? 'b' : 'a';
  EXPECT_EQ(import("AVL", forged).exit_code, 0);
  EXPECT_EQ(verdict_of(alliance, id, 0) == "counted" ? verdict_of(alliance, id, 1)
                                                     : verdict_of(alliance, id, 0),
            "wrong-signature");
  // Another's marking closes it to BOR alone, who sees that it is not its act.
  EXPECT_EQ(import("BOR", text).exit_code, 0);
  const app::Fields shown = json_of(alliance.run({"procedure", "show", id, "--as", "BOR"}));
  std::string verdicts;
  for (const json::Value act : shown.root().find("acts")->elements())
    verdicts += act.find("party")->text() + " " + act.find("verdict")->text() + ";";
  EXPECT_NE(verdicts.find("BOR unknown-key;"), std::string::npos) << verdicts;
}

TEST(Signing, AnOutcomeIsVerifiedWithTheKeysOfThoseWhoActed) {
  const FourParties alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  EXPECT_EQ(alliance.run({"act", id, "break", "--as", "AVL", "--reason", "no"}).exit_code, 0);
  const std::string record = alliance.run({"procedure", "outcome", id, "--as", "HQ"}).out;
  const auto verify = [&](const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"verify", "outcome", alliance.directory.write("o", text),
                                       "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return entente(arguments);
  };
  const Ran good = verify(record);
  EXPECT_EQ(good.exit_code, 0) << good.out;
  EXPECT_EQ(json_of(good).text("issued_by"), "HQ");
  EXPECT_EQ(json_of(good).root().find("keys")->size(), 2U);
  const std::string trusted =
      alliance.directory.write("trusted", alliance.run({"signing-key", "list"}).out);
  EXPECT_EQ(verify(record, {"--keys", trusted}).exit_code, 0);
  const std::string only_hq =
      alliance.directory.write("hq", alliance.run({"signing-key", "list", "HQ"}).out);
  EXPECT_EQ(verify(record, {"--keys", only_hq}).exit_code, 1) << "AVL's is not known";
  // An act that was changed, with the digest made anew, is no act of AVL's, and the issuer's signature is gone.
  std::string forged = record;
  forged.replace(forged.find("\"act\":\"break\""), 13, "\"act\":\"reserve\"");
  const size_t begin = forged.find("{\"form\""), end = forged.find(",\"sha256\"");
  const std::string digest = to_hex(sha256({std::string_view(forged).substr(begin, end - begin)}));
  forged.replace(forged.find("\"sha256\":\"") + 10, 64, digest);
  const Ran bad = verify(forged);
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_EQ(json_of(bad).list("problems").size(), 3U) << bad.out;
  for (const char* text : {"", "{}", "[]", "{\"record\":{}}", "nonsense"})
    EXPECT_EQ(verify(text).exit_code, 1) << text;
}

TEST(Receipts, AreWrittenByWhateverWayTheTextGoesOut) {
  const Community community;
  const std::string far = "2099-01-01T00:00:00Z";
  const std::string draft = community.directory.write("draft", "The parties agree.");
  const auto start = [&] {
    return json_of(community.run({"silence", "start", "--as", "HQ", "--format", "AVL,BOR",
                                  "--until", far, "--file", draft, "--json"}))
        .text("id");
  };
  // As the opener sees it: its own reading changes nothing of others' receipts.
  const auto received = [&](const std::string& id) {
    return json_of(community.run({"silence", "status", id, "--as", "HQ", "--json"}))
        .list("received");
  };
  const std::vector<std::string> only_hq{"HQ"}, avl{"AVL", "HQ"}, both{"AVL", "BOR", "HQ"};
  const std::string exported = start(), got = start(), taxii = start(), api = start();
  EXPECT_EQ(community.run({"get", got, "--party", "AVL"}).exit_code, 0);
  EXPECT_EQ(received(got), avl);
  EXPECT_EQ(community.run({"list", "--party", "AVL"}).exit_code, 0);
  EXPECT_EQ(received(api), only_hq) << "a list shows no text";
  EXPECT_EQ(community.run({"export", "--party", "BOR", "--type", "procedure"}).exit_code, 0);
  EXPECT_EQ(received(got), both);
  EXPECT_EQ(received(exported), (std::vector<std::string>{"BOR", "HQ"}));
  // Into a collection, for TAXII.
  const Ran object = community.run({"get", taxii, "--party", "HQ", "--json"});
  const std::string objects = object.out;
  EXPECT_EQ(
      community.run({"import", "-", "--party", "HQ", "--collection", "shared"}, objects).exit_code,
      0);
  {
    const Serving serving(community.data);
    ASSERT_TRUE(serving.is_up()) << serving.log();
    const std::string collection = "/taxii2/entente/collections/shared/";
    EXPECT_EQ(serving.get(collection + "manifest/", community.avl_key).status, 200);
    EXPECT_EQ(received(taxii), (std::vector<std::string>{"BOR", "HQ"})) << "no text in a manifest";
    const Response page = serving.get(collection + "objects/", community.avl_key);
    EXPECT_NE(page.body.flatten().find("The parties agree."), std::string::npos);
    EXPECT_EQ(received(taxii), both);
    EXPECT_EQ(serving.get("/api/v1/objects/" + api + "/versions", community.avl_key).status, 200);
    EXPECT_EQ(received(api), (std::vector<std::string>{"BOR", "HQ"}));
    EXPECT_EQ(serving.get("/api/v1/objects/" + api, community.avl_key).status, 200);
    EXPECT_EQ(received(api), both);
    EXPECT_EQ(serving.get("/api/v1/procedures/" + exported, community.avl_key).status, 200);
    EXPECT_EQ(received(exported), both);
    // One receipt, however often; and of a new text another.
    EXPECT_EQ(serving.get("/api/v1/objects/" + api, community.avl_key).status, 200);
  }
  const app::Fields shown =
      json_of(community.run({"procedure", "show", api, "--as", "HQ", "--json"}));
  EXPECT_EQ(shown.root().find("acts")->size(), 2U);
  EXPECT_EQ(community.run({"act", api, "correct", "--as", "HQ", "--file", draft}).exit_code, 0);
  EXPECT_EQ(received(api), only_hq);
  EXPECT_EQ(community.run({"get", api, "--party", "AVL"}).exit_code, 0);
  EXPECT_EQ(received(api), only_hq) << "that is the text that was replaced";
  EXPECT_EQ(community.run({"export", "--party", "AVL", "--type", "procedure-act"}).exit_code, 0);
  EXPECT_EQ(received(api), avl);
}

// Who may not read a text is told of no receipt of it.
TEST(Receipts, TellOnlyThoseWhoMayKnowOfTheText) {
  const FourParties alliance;
  std::string id;
  {
    const At at("2027-01-02T12:00:00Z");
    id = alliance.start();
  }
  {
    // LIA joins afterwards: what was released before is not released to it.
    const At at("2027-01-02T18:00:00Z");
    EXPECT_EQ(alliance.run({"group", "member", "NATO", "LIA", "--from", "2027-01-02T18:00:00Z"})
                  .exit_code,
              0);
  }
  const At at("2027-01-03T12:00:00Z");
  EXPECT_EQ(alliance.run({"get", id, "--party", "AVL"}).exit_code, 0);
  EXPECT_EQ(alliance.run({"act", id, "comment", "--as", "AVL", "--reason", "r"}).exit_code, 0);
  const auto acts = [&](const char* party) {
    return json_of(alliance.run({"list", "--party", party, "--type", "procedure-act"}))
        .root()
        .find("objects")
        ->size();
  };
  EXPECT_EQ(acts("BOR"), 2U);
  EXPECT_EQ(acts("LIA"), 0U);
}

}  // namespace
}  // namespace entente::cli
