// Procedures as their users run them: the contract of silence, act, todo, case and procedure.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "tests/cli/alliance.h"

namespace entente::cli {
namespace {

TEST(Silence, IsAdoptedWhenAllReceivedAndNobodyBroke) {
  const FourParties alliance;
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
  const FourParties alliance;
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
  const FourParties alliance;
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
  const FourParties alliance;
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

TEST(Procedure, ListsPacksAndShowsActsWithTheirVerdicts) {
  const FourParties alliance;
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
  const FourParties alliance;
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
  const FourParties alliance;
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
