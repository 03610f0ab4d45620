// The contract for scripts, as the commands keep it without a server: what is printed, exit codes, help.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

std::vector<std::string> names_of(json::Value object) {
  std::vector<std::string> names;
  for (const json::Member member : object.members()) names.push_back(member.key.text());
  return names;
}

TEST(Contract, InitMakesAnEmptyNode) {
  const Directory directory;
  const Ran ran = entente({"init", "--data", directory.at("node"), "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out, "{\"parties\":[],\"collections\":[]}\n");
}

TEST(Contract, InitRefusesWhatIsANodeOrNotEmpty) {
  const Directory directory;
  const std::string data = directory.at("node");
  ASSERT_EQ(entente({"init", "--data", data}).exit_code, 0);
  const Ran again = entente({"init", "--data", data, "--json"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_EQ(again.out, "");
  EXPECT_NE(again.err.find("is a node already"), std::string::npos) << again.err;
  const std::string other = directory.at("other");
  ASSERT_EQ(::mkdir(other.c_str(), 0700), 0);
  write_file(other + "/diary.txt", "dear diary");
  EXPECT_EQ(entente({"init", "--data", other}).exit_code, 2);
  EXPECT_EQ(read_file(other + "/diary.txt"), "dear diary");
}

TEST(Contract, DemoHasFourPartiesFourCollectionsAndContent) {
  const Directory directory;
  const std::string data = directory.at("node");
  const app::Fields made = json_of(entente({"init", "--data", data, "--demo", "--json"}));
  const auto parties = made.root().find("parties"), collections = made.root().find("collections");
  ASSERT_TRUE(parties && collections);
  std::vector<std::string> codes;
  for (const json::Value party : parties->elements()) {
    EXPECT_EQ(names_of(party), (std::vector<std::string>{"code", "identity", "key"}));
    codes.push_back(party.find("code")->text());
    EXPECT_TRUE(party.find("identity")->text().starts_with("identity--"));
    EXPECT_GT(party.find("key")->text().size(), 40U);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"HQ", "AVL", "BOR", "LIA"}));
  EXPECT_EQ(collections->size(), 4U);
  for (const json::Value one : collections->elements()) {
    EXPECT_EQ(names_of(one), (std::vector<std::string>{"id", "alias"}));
  }
  std::set<std::string> worlds;
  for (const std::string& code : codes) {
    const Ran world = entente({"export", "--data", data, "--party", code});
    EXPECT_EQ(world.exit_code, 0);
    EXPECT_GT(std::ranges::count(world.out, '\n'), 1'000);
    worlds.insert(world.out);
  }
  EXPECT_EQ(worlds.size(), 4U) << "each party sees a world of its own";
  EXPECT_EQ(entente({"verify", "--data", data, "--json"}).exit_code, 0);
}

TEST(Contract, PartiesKeysGroupsAndCollectionsPrintWhatTheyMade) {
  const Community community;
  const app::Fields party =
      json_of(community.run({"party", "add", "LIA", "--name", "Liaison", "--identity",
                             "identity--a463ffb3-1bd9-4d94-b02d-74e4f1658283", "--json"}));
  EXPECT_EQ(party.text("code"), "LIA");
  EXPECT_EQ(party.text("identity"), "identity--a463ffb3-1bd9-4d94-b02d-74e4f1658283");
  EXPECT_TRUE(party.text("key").starts_with("ent_"));
  const app::Fields key =
      json_of(community.run({"key", "new", "LIA", "--role", "reader", "--json"}));
  EXPECT_EQ(key.text("code"), "LIA");
  EXPECT_NE(key.text("key"), party.text("key"));
  const app::Fields keys = json_of(community.run({"key", "list", "--json"}));
  EXPECT_EQ(keys.root().find("keys")->size(), 5U);
  EXPECT_EQ(keys.root().raw().find(party.text("key").substr(21)), std::string::npos)
      << "no key is shown again";
  EXPECT_EQ(community.run({"key", "revoke", key.text("key_id"), "--json"}).exit_code, 0);
  EXPECT_EQ(community.run({"key", "revoke", "0000000000000000", "--json"}).exit_code, 2);

  EXPECT_EQ(json_of(community.run({"group", "add", "ALL", "--name", "All", "--json"})).text("code"),
            "ALL");
  const app::Fields member =
      json_of(community.run({"group", "member", "ALL", "LIA", "--from", "2024-03-07", "--until",
                             "2025-01-01T00:00:00Z", "--json"}));
  EXPECT_EQ(member.text("from"), "2024-03-07T00:00:00.000Z");
  EXPECT_EQ(member.text("until"), "2025-01-01T00:00:00.000Z");
  EXPECT_EQ(community.run({"group", "member", "ALL", "HQ", "--from", "yesterday"}).exit_code, 2);

  const app::Fields collection =
      json_of(community.run({"collection", "add", "wide", "--read", "ALL", "HQ", "--write", "HQ",
                             "--default", "tlp:green", "--json"}));
  EXPECT_EQ(names_of(collection.root()), (std::vector<std::string>{"id", "alias"}));
  EXPECT_EQ(collection.text("id").size(), 36U);
  EXPECT_EQ(community.run({"collection", "add", "wide", "--read", "HQ", "--write", "HQ"}).exit_code,
            2)
      << "taken";
  EXPECT_EQ(
      community.run({"collection", "add", "odd", "--read", "NOBODY", "--write", "HQ"}).exit_code,
      2);
  EXPECT_EQ(community
                .run({"collection", "add", "odd", "--read", "HQ", "--write", "HQ", "--default",
                      "tlp:mauve"})
                .exit_code,
            2);
}

TEST(Contract, EveryCommandHasHelpWithAnExample) {
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"init"},
                                             {"serve"},
                                             {"import"},
                                             {"export"},
                                             {"get"},
                                             {"list"},
                                             {"party", "add"},
                                             {"party", "list"},
                                             {"party", "rename"},
                                             {"party", "split"},
                                             {"party", "merge"},
                                             {"group", "join"},
                                             {"group", "leave"},
                                             {"group", "retroactive"},
                                             {"collection", "readers"},
                                             {"policy", "add"},
                                             {"policy", "list"},
                                             {"clearance", "add"},
                                             {"clearance", "end"},
                                             {"clearance", "list"},
                                             {"authority", "add"},
                                             {"authority", "end"},
                                             {"authority", "list"},
                                             {"clock"},
                                             {"group", "add"},
                                             {"group", "member"},
                                             {"group", "list"},
                                             {"collection", "add"},
                                             {"collection", "list"},
                                             {"key", "new"},
                                             {"key", "list"},
                                             {"key", "revoke"},
                                             {"verify"},
                                             {"rebuild"},
                                             {"backup"},
                                             {"restore"},
                                             {"stats"}}) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    const Ran ran = entente(arguments);
    EXPECT_EQ(ran.exit_code, 0) << command[0];
    EXPECT_NE(ran.out.find("Examples:\n  entente " + command[0]), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("--data"), std::string::npos) << command[0];
    EXPECT_NE(ran.out.find("--json"), std::string::npos) << command[0];
  }
  EXPECT_NE(entente({"--help"}).out.find("Exit codes"), std::string::npos);
  EXPECT_TRUE(entente({"--version"}).out.starts_with("entente "));
}

TEST(Contract, WrongUseEndsWithTwo) {
  const Directory directory;
  EXPECT_EQ(entente({}).exit_code, 2);
  EXPECT_EQ(entente({"frobnicate"}).exit_code, 2);
  EXPECT_EQ(entente({"import", "--data", directory.at("x")}).exit_code, 2);
  const Ran none = entente({"stats", "--data", directory.at("x")});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("entente init"), std::string::npos)
      << "says how to make one: " << none.err;
  const Community community;
  EXPECT_EQ(community.run({"export", "--party", "NOBODY"}).exit_code, 2);
  EXPECT_EQ(community.run({"export", "--party", "HQ", "--collection", "none"}).exit_code, 2);
  EXPECT_EQ(community.run({"export", "--party", "BOR", "--collection", "shared"}).exit_code, 2)
      << "not BOR's to see";
  EXPECT_EQ(community.run({"key", "new", "HQ", "--role", "king"}).exit_code, 2);
}

TEST(Contract, GetAndListShowAPartysWorld) {
  const Community community;
  const std::string old_form = indicator(1),
                    odd = "{ \"name\":\"x\\u0041\", \"n\": 1.0e3 ," + indicator(2).substr(1);
  ASSERT_EQ(
      community
          .run({"import", "--party", "AVL", "--collection", "shared", "-"}, old_form + "\n" + odd)
          .exit_code,
      0);
  const Ran got = community.run({"get", id_of_indicator(2), "--party", "HQ"});
  EXPECT_EQ(got.exit_code, 0);
  EXPECT_EQ(got.out, odd + "\n");
  EXPECT_EQ(community.run({"get", id_of_indicator(2), "--party", "BOR"}).exit_code, 1)
      << "outside of BOR's world";
  EXPECT_EQ(community.run({"get", id_of_indicator(3), "--party", "HQ"}).exit_code, 1);
  const app::Fields list =
      json_of(community.run({"list", "--party", "HQ", "--limit", "1", "--json"}));
  ASSERT_EQ(list.root().find("objects")->size(), 1U);
  EXPECT_TRUE(list.flag("more"));
  EXPECT_EQ(json_of(community.run({"list", "--party", "HQ", "--type", "malware", "--json"}))
                .root()
                .find("objects")
                ->size(),
            0U);
  EXPECT_EQ(
      json_of(community.run({"list", "--party", "BOR", "--json"})).root().find("objects")->size(),
      0U);
}

TEST(Contract, FilesAreTheirOwnersAlone) {
  const Community community;
  ASSERT_EQ(community.run({"import", "--party", "AVL", "--strict", "-"}, indicator(1)).exit_code,
            0);
  ASSERT_EQ(community.run({"backup", "--to", community.directory.at("backup")}).exit_code, 0);
  for (const std::string& root : {community.data, community.directory.at("backup")}) {
    for (const std::string& path : everything_below(root)) {
      struct stat info;
      ASSERT_EQ(::stat(path.c_str(), &info), 0);
      EXPECT_EQ(info.st_mode & 0777, S_ISDIR(info.st_mode) ? 0700U : 0600U) << path;
    }
  }
}

}  // namespace
}  // namespace entente::cli
