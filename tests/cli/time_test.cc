// Directory and time from end to end: an alliance that grows, as an operator does it with commands under a clock that the
// test sets, and as its members then see it.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

constexpr const char* kOld = "marking-definition--0ac02a7b-3c0f-4b7e-8a53-6a1c0a3f1f01";
constexpr const char* kBack = "marking-definition--0ac02a7b-3c0f-4b7e-8a53-6a1c0a3f1f02";
constexpr const char* kLater = "marking-definition--0ac02a7b-3c0f-4b7e-8a53-6a1c0a3f1f03";

std::string marking(const char* id, const std::string& says) {
  return std::string(R"({"type":"marking-definition","spec_version":"2.1","id":")") + id +
         R"(","created":"2023-01-01T00:00:00.000Z","extensions":{)"
         R"("extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d":{)"
         R"("extension_type":"property-extension",)" +
         says + "}}}";
}

std::string marked(int number, const char* marking) {
  return indicator(number, std::string(R"("object_marking_refs":[")") + marking + "\"]");
}

struct Alliance {
  Directory directory;
  std::string data = directory.at("data");

  Ran run(std::vector<std::string> arguments, std::string_view input = {}) const {
    arguments.insert(arguments.end(), {"--data", data});
    return entente(arguments, input);
  }
  void done(std::vector<std::string> arguments, std::string_view input = {}) const {
    const std::string first = arguments[0] + " " + arguments[1];
    const Ran ran = run(std::move(arguments), input);
    EXPECT_EQ(ran.exit_code, 0) << first << ": " << ran.err;
  }
  void release(const std::vector<std::string>& objects) const {
    done({"import", "--party", "HQ", "--collection", "alliance", "-"}, bundle(objects));
  }
  bool sees(const std::string& party, int number) const {
    const Ran ran = run({"get", id_of_indicator(number), "--party", party});
    EXPECT_NE(ran.exit_code, 2) << ran.err;
    return ran.exit_code == 0;
  }
  size_t members(const std::string& group, const std::string& on) const {
    const app::Fields all = json_of(run({"group", "list", "--json"}));
    size_t count = 0;
    for (const json::Value one : all.root().find("groups")->elements()) {
      if (one.find("code")->text() != group) continue;
      for (const json::Value member : one.find("members")->elements()) {
        const auto from = member.find("from"), until = member.find("until");
        count += (!from || from->text() <= on) && (!until || on < until->text()) ? 1 : 0;
      }
    }
    return count;
  }
};

}  // namespace

TEST(Time, AnAllianceGrows) {
  const Alliance node;
  const At now("2023-05-04T00:00:00Z");
  node.done({"init", "--json"});
  node.done({"group", "add", "NATO"});
  const Serving serving(node.data);
  ASSERT_TRUE(serving.is_up());
  for (int n = 1; n <= 31; ++n) {
    const std::string code = "N" + std::to_string(n);
    node.done({"party", "add", code});
    node.done({"group", "join", "NATO", code, "--from", n == 31 ? "2023-04-04" : "2020-03-27"});
  }
  EXPECT_EQ(node.members("NATO", "2023-05-04T00:00:00.000Z"), 31U);
  node.done({"party", "add", "SWE"});
  node.done({"group", "join", "NATO", "SWE", "--from", "2024-03-07"});
  EXPECT_EQ(node.members("NATO", "2024-03-06T23:59:59.999Z"), 31U);
  EXPECT_EQ(node.members("NATO", "2024-03-07T00:00:00.000Z"), 32U);
}

TEST(Time, MembersReadByDateAndEmbargoesEnd) {
  const Alliance node;
  const std::string clear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
  const auto open = [&](std::string definition) {
    definition.insert(definition.size() - 1, R"(,"object_marking_refs":[")" + clear + "\"]");
    return definition;
  };
  {
    const At now("2023-05-04T00:00:00Z");
    node.done({"init", "--json"});
    for (const char* code : {"HQ", "FIN", "SWE"}) node.done({"party", "add", code});
    node.done({"group", "add", "NATO"});
    node.done({"group", "add", "ARCHIVE", "--retroactive"});
    node.done({"group", "join", "NATO", "FIN", "--from", "2023-04-04"});
    node.done({"group", "join", "ARCHIVE", "FIN", "--from", "2023-04-04"});
    node.done({"collection", "add", "alliance", "--read", "FIN", "SWE", "--write", "HQ"});
    node.release({open(marking(kOld, R"("tlp":"amber","releasable_to":["NATO"])")),
                  open(marking(kBack, R"("tlp":"amber","releasable_to":["ARCHIVE"])")),
                  open(marking(kLater, R"("tlp":"clear","embargo_until":"2024-06-01T00:00:00Z")")),
                  marked(1, kOld), marked(2, kBack), marked(3, kLater)});
    EXPECT_TRUE(node.sees("FIN", 1) && node.sees("FIN", 2));
    EXPECT_FALSE(node.sees("SWE", 1) || node.sees("SWE", 2) || node.sees("FIN", 3));
    node.done({"group", "join", "NATO", "SWE", "--from", "2024-03-07"});
    node.done({"group", "join", "ARCHIVE", "SWE", "--from", "2024-03-07"});
  }
  {
    const At now("2024-03-06T23:00:00Z");
    EXPECT_FALSE(node.sees("SWE", 1) || node.sees("SWE", 2));
  }
  {
    const At now("2024-03-08T00:00:00Z");
    node.release({marked(4, kOld)});
    EXPECT_TRUE(node.sees("SWE", 4)) << "released after it joined";
    EXPECT_FALSE(node.sees("SWE", 1)) << "released before";
    EXPECT_TRUE(node.sees("SWE", 2)) << "the back catalogue of a retroactive group";
    EXPECT_FALSE(node.sees("SWE", 3)) << "embargo";
    const app::Fields clock = json_of(node.run({"clock", "--json"}));
    EXPECT_TRUE(clock.text("now").starts_with("2024-03-08T00:00:")) << clock.text("now");
    EXPECT_FALSE(clock.flag("held"));
  }
  {
    const At now("2024-06-01T00:00:00Z");
    EXPECT_TRUE(node.sees("SWE", 3) && node.sees("FIN", 3));
  }
  {
    const At back("2024-05-01T00:00:00Z");  // set back, it closes nothing again
    EXPECT_TRUE(node.sees("SWE", 3));
    const app::Fields clock = json_of(node.run({"clock", "--json"}));
    EXPECT_TRUE(clock.text("now").starts_with("2024-06-01T00:0")) << clock.text("now");
    EXPECT_EQ(node.run({"clock", "accept"}).exit_code, 2);
  }
  const At now("2025-01-01T00:00:00Z");
  node.done({"group", "leave", "NATO", "FIN"});
  EXPECT_FALSE(node.sees("FIN", 1));
  EXPECT_TRUE(node.sees("FIN", 2));
  // Another code, two heirs, one heir of those.
  node.done({"party", "rename", "FIN", "--code", "SUOMI"});
  EXPECT_TRUE(node.sees("FIN", 2) && node.sees("SUOMI", 2));
  for (const char* code : {"EAST", "WEST", "WHOLE"}) node.done({"party", "add", code});
  EXPECT_FALSE(node.sees("EAST", 2));
  node.done({"party", "split", "SUOMI", "--into", "EAST,WEST"});
  EXPECT_TRUE(node.sees("EAST", 2) && node.sees("WEST", 2));
  EXPECT_FALSE(node.sees("SUOMI", 2));
  node.done({"party", "merge", "EAST", "WEST", "--into", "WHOLE"});
  EXPECT_TRUE(node.sees("WHOLE", 2));
  EXPECT_FALSE(node.sees("EAST", 2));
  const std::string parties = node.run({"party", "list"}).out;
  EXPECT_NE(parties.find("EAST WEST"), std::string::npos) << parties;
}

TEST(Time, AServerTakesItsTimeAtTheStartAndKeepsIt) {
  const Alliance node;
  const At now("2023-05-04T00:00:00Z");
  node.done({"init", "--json"});
  const Serving serving(node.data);
  ASSERT_TRUE(serving.is_up());
  node.done({"party", "add", "HQ"});
  const At other("2031-01-01T00:00:00Z");
  const app::Fields clock = json_of(node.run({"clock", "--json"}));
  EXPECT_TRUE(clock.text("now").starts_with("2023-05-04T00:0")) << clock.text("now");
  EXPECT_TRUE(clock.text("last_tick").starts_with("2023-05-04T00:0"));
}

TEST(Time, NoInstantIsNoTime) {
  const Alliance node;
  const At now("yesterday");
  const Ran ran = node.run({"init", "--json"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.err.find("ENTENTE_NOW"), std::string::npos) << ran.err;
}

TEST(Time, PoliciesClearancesAuthoritiesAndNarrowKeys) {
  const Alliance node;
  node.done({"init", "--json"});
  node.done({"party", "add", "HQ"});
  node.done({"party", "add", "AVL"});
  node.done({"collection", "add", "alliance", "--read", "AVL", "--write", "HQ"});
  const std::string policy = node.directory.write(
      "policy.json", R"({"name":"ACCORD","levels":["OPEN","CLOSED"],"categories":["NORTH"]})");
  node.done({"policy", "add", policy});
  EXPECT_NE(node.run({"policy", "list"}).out.find("OPEN CLOSED"), std::string::npos);
  EXPECT_EQ(node.run({"clearance", "add", "AVL", "ACCORD"}).exit_code, 2);
  const Ran level = node.run({"clearance", "add", "AVL", "ACCORD:SHUT"});
  EXPECT_NE(level.err.find("OPEN, CLOSED"), std::string::npos) << level.err;
  node.done({"clearance", "add", "AVL", "ACCORD:CLOSED:NORTH", "--to", "2100-01-01"});
  EXPECT_NE(node.run({"clearance", "list"}).out.find("2100-01-01"), std::string::npos);
  node.done({"clearance", "end", "AVL", "ACCORD"});
  EXPECT_EQ(node.run({"clearance", "list"}).out.find("2100-01-01"), std::string::npos);

  EXPECT_EQ(node.run({"authority", "add", "HQ", kOld}).exit_code, 2) << "it is not there yet";
  node.release({marking(kOld, R"("tlp":"amber")")});
  const app::Fields pinned = json_of(node.run({"authority", "add", "HQ", kOld, "--json"}));
  EXPECT_EQ(pinned.text("content").size(), 64U);
  node.done({"authority", "end", "HQ", kOld});
  EXPECT_NE(node.run({"authority", "list"}).out.find("ended"), std::string::npos);

  node.done({"collection", "readers", "alliance", "--read", "HQ", "AVL"});
  const app::Fields nobody =
      json_of(node.run({"collection", "readers", "alliance", "--json", "--read"}));
  EXPECT_EQ(nobody.root().find("read")->size(), 0U);
  node.done({"group", "add", "G"});
  node.done({"group", "retroactive", "G", "on"});
  EXPECT_NE(node.run({"group", "list", "--json"}).out.find("\"retroactive\":true"),
            std::string::npos);

  const app::Fields key =
      json_of(node.run({"key", "new", "AVL", "--role", "expert", "--only-collections", "alliance",
                        "--clearance", "ACCORD:OPEN", "--exercise", "LOCKED-HARBOUR", "--json"}));
  EXPECT_EQ(key.text("role"), "expert");
  EXPECT_EQ(key.list("only_collections"), std::vector<std::string>{"alliance"});
  EXPECT_EQ(key.list("clearances"), std::vector<std::string>{"ACCORD:OPEN"});
  EXPECT_EQ(key.text("exercise"), "LOCKED-HARBOUR");
  const Ran writer = node.run({"key", "new", "AVL", "--role", "contributor", "--exercise", "X"});
  EXPECT_EQ(writer.exit_code, 2);
  EXPECT_NE(writer.err.find("reader or expert"), std::string::npos) << writer.err;
}

}  // namespace entente::cli
