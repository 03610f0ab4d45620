// Procedures as their users run them: the contract of silence, act, todo, case and procedure.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/hash.h"
#include "base/signature.h"
#include "base/text.h"
#include "tests/cli/support.h"

namespace entente::cli {
namespace {

// The time of every command run while it lives.
class At {
 public:
  explicit At(const char* instant) { ::setenv("ENTENTE_NOW", instant, 1); }
  ~At() { ::unsetenv("ENTENTE_NOW"); }
  At(const At&) = delete;
  At& operator=(const At&) = delete;
};

// HQ, AVL and BOR are the format NATO; LIA is beside it.
struct Alliance {
  Directory directory;
  std::string data = directory.at("node");
  Alliance() {
    const At at("2027-01-01T10:00:00Z");
    EXPECT_EQ(run({"init"}).exit_code, 0);
    for (const char* code : {"HQ", "AVL", "BOR", "LIA"})
      EXPECT_EQ(run({"party", "add", code, "--name", code}).exit_code, 0);
    EXPECT_EQ(run({"group", "add", "NATO", "--name", "x"}).exit_code, 0);
    for (const char* code : {"HQ", "AVL", "BOR"})
      EXPECT_EQ(run({"group", "member", "NATO", code, "--from", "2020-01-01"}).exit_code, 0);
  }
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", data, "--json"});
    return entente(arguments);
  }
  std::string draft(std::string_view text = "The parties agree.") const {
    return directory.write("draft.txt", text);
  }
  std::string start() const {
    const Ran ran = run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                         "2027-01-04T12:00:00Z", "--file", draft()});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json_of(ran).text("id");
  }
  app::Fields status(const std::string& id, const std::string& code) const {
    return json_of(run({"silence", "status", id, "--as", code}));
  }
  app::Fields todo(const std::string& code) const { return json_of(run({"todo", "--as", code})); }
};

TEST(Silence, IsAdoptedWhenAllReceivedAndNobodyBroke) {
  const Alliance alliance;
  std::string id;
  {
    const At at("2027-01-02T12:00:00Z");
    id = alliance.start();
    ASSERT_TRUE(id.starts_with("procedure--"));
    const app::Fields due = alliance.todo("AVL");
    const auto list = due.root().find("due");
    ASSERT_TRUE(list && list->size() == 1);
    const json::Value item = *list->elements().begin();
    EXPECT_EQ(item.find("id")->text(), id);
    EXPECT_EQ(item.find("act")->text(), "receive");
    EXPECT_EQ(item.find("by")->text(), "2027-01-04T12:00:00.000Z");
    EXPECT_NEAR(static_cast<double>(*item.find("left_s")->integer()), 172'800, 60);
    const app::Fields mine = alliance.todo("HQ");
    EXPECT_EQ(mine.root().find("due")->size(), 0U);
    EXPECT_EQ(mine.root().find("waiting")->size(), 1U);
    EXPECT_EQ(alliance.todo("LIA").root().find("due")->size(), 0U);
    EXPECT_EQ(alliance.status(id, "AVL").list("received"), (std::vector<std::string>{"AVL", "HQ"}));
    EXPECT_EQ(alliance.status(id, "AVL").text("text"), "The parties agree.");
    EXPECT_EQ(alliance.run({"act", id, "receive", "--as", "BOR"}).exit_code, 0);
    const app::Fields open = alliance.status(id, "HQ");
    EXPECT_EQ(open.text("state"), "open");
    EXPECT_EQ(open.text("closes"), "2027-01-04T12:00:00.000Z");
    EXPECT_EQ(open.list("received"), (std::vector<std::string>{"AVL", "BOR", "HQ"}));
    EXPECT_EQ(open.root().find("outcome")->kind(), json::Kind::kNull);
    EXPECT_EQ(alliance.run({"silence", "status", id, "--as", "LIA"}).exit_code, 2);
    EXPECT_EQ(alliance.run({"act", id, "break", "--as", "LIA", "--reason", "x"}).exit_code, 2);
  }
  const At at("2027-01-04T12:00:00Z");
  EXPECT_EQ(alliance.status(id, "BOR").text("outcome"), "adopted");
  const Ran late = alliance.run({"act", id, "break", "--as", "BOR", "--reason", "too late"});
  EXPECT_EQ(late.exit_code, 1);
  EXPECT_EQ(json_of(late).text("verdict"), "after-the-end");
  EXPECT_EQ(alliance.status(id, "BOR").text("outcome"), "adopted");
  EXPECT_EQ(alliance.todo("AVL").root().find("due")->size(), 0U);
}

TEST(Silence, LapsesWithoutAReceiptAndIsBrokenByAReason) {
  const Alliance alliance;
  std::string lapses, breaks;
  {
    const At at("2027-01-02T12:00:00Z");
    lapses = alliance.start();
    breaks = alliance.start();
    EXPECT_NE(lapses, breaks);
    alliance.status(lapses, "AVL");
    EXPECT_EQ(alliance.run({"act", breaks, "break", "--as", "AVL"}).exit_code, 2) << "no reason";
    EXPECT_EQ(alliance.run({"act", breaks, "dance", "--as", "AVL"}).exit_code, 2);
    EXPECT_EQ(alliance.run({"act", breaks, "withdraw", "--as", "AVL"}).exit_code, 1);
    EXPECT_EQ(alliance.run({"act", breaks, "break", "--as", "AVL", "--reason", "no"}).exit_code, 0);
    const app::Fields broken = alliance.status(breaks, "HQ");
    EXPECT_EQ(broken.text("outcome"), "broken");
    EXPECT_EQ(broken.list("broken_by"), std::vector<std::string>{"AVL"});
  }
  const At at("2027-01-05T12:00:00Z");
  EXPECT_EQ(alliance.status(lapses, "HQ").text("outcome"), "lapsed");
  EXPECT_EQ(alliance.status(breaks, "HQ").text("outcome"), "broken");
}

TEST(Silence, TakesActsOfOneMomentInTheOrderInWhichTheyAreDone) {
  const Alliance alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(alliance.run({"act", id, "suspend", "--as", "HQ", "--reason", "r"}).exit_code, 0);
    EXPECT_EQ(alliance.status(id, "HQ").text("state"), "suspended");
    EXPECT_EQ(alliance.run({"act", id, "resume", "--as", "HQ"}).exit_code, 0);
  }
  const std::string text = alliance.draft("Corrected.");
  EXPECT_EQ(alliance.run({"act", id, "correct", "--as", "HQ", "--file", text}).exit_code, 0);
  EXPECT_EQ(alliance.status(id, "HQ").list("received"), std::vector<std::string>{"HQ"});
  EXPECT_EQ(alliance
                .run({"act", id, "extend", "--as", "HQ", "--reason", "r", "--until",
                      "2027-02-01T00:00:00Z"})
                .exit_code,
            0);
  EXPECT_EQ(alliance.status(id, "HQ").text("closes"), "2027-02-01T00:00:00.000Z");
  EXPECT_EQ(alliance.run({"act", id, "withdraw", "--as", "HQ"}).exit_code, 0);
  EXPECT_EQ(alliance.status(id, "AVL").text("outcome"), "withdrawn");
}

TEST(Silence, RefusesWhatCannotBegin) {
  const Alliance alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string draft = alliance.draft();
  const auto start = [&](const char* as, const char* format, const char* until,
                         const std::string& file) {
    return alliance
        .run({"silence", "start", "--as", as, "--format", format, "--until", until, "--file", file})
        .exit_code;
  };
  EXPECT_EQ(start("HQ", "NATO", "2027-01-02T11:00:00Z", draft), 2) << "it is over";
  EXPECT_EQ(start("HQ", "NATO", "tomorrow", draft), 2);
  EXPECT_EQ(start("HQ", "NOBODY", "2027-01-04T11:00:00Z", draft), 2);
  EXPECT_EQ(start("XX", "NATO", "2027-01-04T11:00:00Z", draft), 2);
  EXPECT_EQ(start("HQ", "NATO", "2027-01-04T11:00:00Z", draft + ".none"), 2);
  EXPECT_EQ(start("HQ", "NATO", "2027-01-04T11:00:00Z", alliance.directory.write("e", "")), 2);
  EXPECT_EQ(start("HQ", "NATO", "2027-01-04T11:00:00Z", alliance.directory.write("b", "\xff\xfe")),
            2);
  EXPECT_EQ(start("HQ", "NATO+LIA", "2027-01-04T11:00:00Z", draft), 0);
  EXPECT_EQ(alliance.todo("LIA").root().find("due")->size(), 1U);
}

// The verdict of the only act of a procedure, as a party sees it.
std::string verdict_of(const Alliance& alliance, const std::string& id, size_t wanted = 0) {
  const app::Fields shown = json_of(alliance.run({"procedure", "show", id, "--as", "HQ"}));
  size_t at = 0;
  for (const json::Value act : shown.root().find("acts")->elements())
    if (at++ == wanted) return act.find("verdict")->text();
  return "no such act";
}

TEST(Signing, KeysAreFilesThatRotateAndOldActsStaySigned) {
  const Alliance alliance;
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
  const Alliance alliance;
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
  const Alliance alliance;
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
  const Alliance alliance;
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

TEST(Procedure, ListsPacksAndShowsActsWithTheirVerdicts) {
  const Alliance alliance;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = alliance.start();
  alliance.run({"act", id, "suspend", "--as", "AVL", "--reason", "r"});
  const app::Fields shown = json_of(alliance.run({"procedure", "show", id, "--as", "HQ"}));
  const auto acts = shown.root().find("acts");
  ASSERT_TRUE(acts && acts->size() == 1);
  EXPECT_EQ((*acts->elements().begin()).find("verdict")->text(), "not-entitled");
  const app::Fields list = json_of(alliance.run({"procedure", "list", "--as", "HQ"}));
  EXPECT_EQ(list.root().find("procedures")->size(), 1U);
  EXPECT_GE(list.root().find("packs")->size(), 1U);
  EXPECT_NE(
      json_of(alliance.run({"procedure", "show", "silence"})).text("text").find("pack silence"),
      std::string::npos);
}

TEST(Procedure, ChecksAPackThatAReaderChanged) {
  const Alliance alliance;
  std::string text = json_of(alliance.run({"procedure", "show", "silence"})).text("text");
  const auto check = [&] {
    return entente({"procedure", "check", alliance.directory.write("mine.pack", text), "--json"});
  };
  EXPECT_EQ(check().exit_code, 0);
  const std::string condition = "if all member received if none";
  text.replace(text.find(condition), condition.size(), "if none");
  const Ran ran = check();
  EXPECT_EQ(ran.exit_code, 1);
  const app::Fields report = json_of(ran);
  EXPECT_FALSE(report.flag("ok"));
  const auto findings = report.root().find("findings");
  ASSERT_TRUE(findings && findings->size() >= 1);
  EXPECT_EQ((*findings->elements().begin()).find("path")->raw(),
            R"(["opener: start -> open","silence ends -> adopted"])");
  text = "pack x\nnonsense\n";
  const app::Fields wrong = json_of(check());
  EXPECT_EQ((*wrong.root().find("mistakes")->elements().begin()).find("line")->integer(), 2);
}

// The clock of that name (and party) of a case as shown.
std::string end_of(const app::Fields& shown, std::string_view name, std::string_view against = {}) {
  const auto clocks = shown.root().find("clocks");
  if (!clocks) return "no clocks";
  for (const json::Value clock : clocks->elements()) {
    const auto party = clock.find("against");
    if (clock.find("name")->text_is(name) &&
        (against.empty() || (party && party->text_is(against))))
      return clock.find("end")->text();
  }
  return "no such clock";
}

TEST(Case, RunsUnderTheLawOfItsDay) {
  const Alliance alliance;
  const std::string filing = alliance.directory.write(
      "filing.json",
      R"({"title":"Port","format":["NATO"],"roles":{"commission":["LIA"]},"share":51})");
  const auto open = [&](const char* pack) {
    return alliance.run({"case", "open", "--as", "HQ", "--pack", pack, "--file", filing});
  };
  std::string old_case, nsi;
  {
    const At at("2028-01-14T10:00:00Z");
    EXPECT_EQ(open("eu-2026-1386").exit_code, 2) << "not applicable yet";
    EXPECT_EQ(open("nothing").exit_code, 2);
    const Ran ran = open("eu-2019-452");
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    old_case = json_of(ran).text("id");
    nsi = json_of(open("uk-nsi")).text("id");
    const app::Fields shown = json_of(alliance.run({"case", "show", old_case, "--as", "HQ"}));
    EXPECT_EQ(shown.text("phase"), "consultation");
    EXPECT_EQ(shown.root().find("parties")->size(), 4U);
    EXPECT_EQ(end_of(shown, "comments", "AVL"), "") << "AVL has not received it";
    // 14 January + 35 days is Friday 18 February 2028.
    EXPECT_EQ(end_of(shown, "comments", "HQ"), "2028-02-18T23:00:00.000Z");
    EXPECT_EQ(shown.root().find("filing")->find("share")->integer(), 51);
  }
  {
    const At at("2028-01-17T10:00:00Z");
    EXPECT_EQ(open("eu-2019-452").exit_code, 2) << "repealed";
    const std::string id = json_of(open("2026/1386")).text("id");
    // 14 days of January, 29 of February, Thursday 2 March.
    EXPECT_EQ(end_of(json_of(alliance.run({"case", "show", id, "--as", "HQ"})), "review"),
              "2028-03-02T23:00:00.000Z");
    const app::Fields seen = json_of(alliance.run({"case", "show", old_case, "--as", "AVL"}));
    // Its own clock, from its own receipt: 17 January + 35 days is Monday 21 February 2028.
    EXPECT_EQ(end_of(seen, "comments", "AVL"), "2028-02-21T23:00:00.000Z");
    EXPECT_EQ(end_of(seen, "comments", "HQ"), "2028-02-18T23:00:00.000Z");
    EXPECT_EQ(alliance.run({"act", old_case, "intend", "--as", "AVL"}).exit_code, 0);
  }
  const At at("2028-01-18T10:00:00Z");
  EXPECT_EQ(alliance.run({"act", nsi, "call-in", "--as", "HQ", "--reason", "risk"}).exit_code, 0);
  EXPECT_EQ(
      alliance.run({"act", nsi, "ask-and-stop", "--as", "HQ", "--reason", "who pays?"}).exit_code,
      0);
  const app::Fields stopped = json_of(alliance.run({"case", "show", nsi, "--as", "HQ"}));
  EXPECT_EQ(stopped.text("phase"), "assessment");
  EXPECT_EQ(end_of(stopped, "assessment"), "");
  EXPECT_EQ(alliance.run({"act", nsi, "answered", "--as", "HQ"}).exit_code, 0);
  // The day of the stop is not counted: Wednesday 19 January is the first of thirty working days.
  EXPECT_EQ(end_of(json_of(alliance.run({"case", "show", nsi, "--as", "HQ"})), "assessment"),
            "2028-03-01T00:00:00.000Z");
}

// The commands of docs/walkthrough.md, run as they stand.
TEST(Walkthrough, RunsAsItIsWritten) {
  const std::string page = read_file(std::string(ENTENTE_SOURCE_DIR) + "/docs/walkthrough.md");
  std::string script = "set -e\n";
  size_t blocks = 0;
  for (size_t at = page.find("```sh\n"); at != std::string::npos;
       at = page.find("```sh\n", at + 1)) {
    const size_t begin = at + 6, end = page.find("```", begin);
    ASSERT_NE(end, std::string::npos);
    script += page.substr(begin, end - begin);
    ++blocks;
  }
  EXPECT_GE(blocks, 7U);
  const Directory directory;
  const std::string binary(ENTENTE_BINARY);
  // A negated command does not end a script of its own accord.
  for (size_t at = script.find("\n! "); at != std::string::npos; at = script.find("\n! ", at + 1)) {
    const size_t end = script.find('\n', at + 1);
    script.replace(at, end - at,
                   "\nif " + script.substr(at + 3, end - at - 3) + "; then exit 9; fi");
  }
  const std::string path = directory.write("walk.sh", script);
  const std::string command = "WORK=" + directory.at("") +
                              " PATH=" + binary.substr(0, binary.rfind('/')) + ":$PATH bash -x " +
                              path + " >" + directory.at("log") + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << read_file(directory.at("log"));
}

}  // namespace
}  // namespace entente::cli
