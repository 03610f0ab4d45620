// Supervision as its users run it: files become objects, objects are screened and computed with in each party's own
// world.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

// AVL's register: a family holds Brook Power through Avon Holding; and a list of persons.
struct Supervised : Community {
  Supervised() { EXPECT_EQ(run({"import", "--party", "AVL", convert(kInterests)}).exit_code, 0); }
  static constexpr std::string_view kInterests =
      "owner,owned,capital,votes,owner_name,owned_name,owner_kind,owned_"
      "country,owned_sector\n"
      "F,H,51,51,Castle Family,Avon Holding,person,AA,64\n"
      "H,P,51,100,Avon Holding,Brook Power,entity,AA,35\n"
      "S,P,49,0,Selby Fund,Brook Power,entity,AA,35\n";

  // A file of objects that the table becomes.
  std::string convert(std::string_view csv, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"ownership", "convert", directory.write("i.csv", csv),
                                       "--source", "Register"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = entente(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return directory.write("objects.jsonl", ran.out);
  }
};

// owner -> capital, least and most.
std::string owners_of(const app::Fields& answer) {
  std::string out;
  for (const json::Value one : answer.root().find("owners")->elements())
    out += one.find("name")->text() + " " + std::string(one.find("capital")->raw()) + " " +
           std::string(one.find("controls")->raw()) + "\n";
  return out;
}

TEST(SupervisionOwners, AreThoseOfThePartysOwnWorld) {
  const Supervised node;
  const app::Fields answer =
      json_of(node.run({"owners", "Brook Power", "--party", "AVL", "--json"}));
  EXPECT_EQ(owners_of(answer),
            "Selby Fund [0.49,0.49] false\nCastle Family [0.2601,0.2601] true\n");
  EXPECT_EQ(answer.root().find("undisclosed")->raw(), "[0.2499,0.2499]");
  // The same table asked as a file gives the same figures.
  const Ran as_file = entente(
      {"owners", "P", "--graph", node.directory.write("g.csv", Supervised::kInterests), "--json"});
  EXPECT_EQ(owners_of(json_of(as_file)), owners_of(answer));
  // BOR sees none of it.
  const Ran hidden = node.run({"owners", "Brook Power", "--party", "BOR"});
  EXPECT_EQ(hidden.exit_code, 2);
  EXPECT_NE(hidden.err.find("no party 'Brook Power'"), std::string::npos) << hidden.err;
}

TEST(SupervisionOwners, AStakeOnAHiddenInterestIsComputedWithoutIt) {
  const Supervised node;
  const std::string all = read_file(node.directory.at("objects.jsonl"));
  // HQ gets all but the interest of the family in the holding.
  std::string shared;
  for (size_t at = 0; at < all.size();) {
    const size_t end = all.find('\n', at);
    const std::string line = all.substr(at, end - at + 1);
    at = end + 1;
    const bool is_family = line.find("ownership-interest") != std::string::npos &&
                           line.find(R"("capital":0.51,"votes":0.51)") != std::string::npos;
    if (!is_family) shared += line;
  }
  ASSERT_LT(shared.size(), all.size());
  EXPECT_EQ(node.run({"import", "--party", "AVL", "--collection", "shared",
                      node.directory.write("s.jsonl", shared)})
                .exit_code,
            0);
  const app::Fields mine = json_of(node.run({"owners", "Brook Power", "--party", "AVL", "--json"}));
  const app::Fields theirs =
      json_of(node.run({"owners", "Brook Power", "--party", "HQ", "--json"}));
  EXPECT_NE(owners_of(mine).find("Castle Family"), std::string::npos);
  EXPECT_EQ(owners_of(theirs), "Avon Holding [0.51,0.51] true\nSelby Fund [0.49,0.49] false\n");
}

TEST(SupervisionHoldings, AreFilteredBySectorAndNamed) {
  const Supervised node;
  const app::Fields answer = json_of(node.run({"holdings", "Castle Family", "--party", "AVL",
                                               "--sector", "35", "--member", "AA", "--json"}));
  const auto held = answer.root().find("holdings");
  ASSERT_TRUE(held && held->size() == 1U);
  const json::Value one = *held->elements().begin();
  EXPECT_EQ(one.find("name")->text(), "Brook Power");
  EXPECT_EQ(one.find("controls")->raw(), "true");
  const Ran table = node.run({"holdings", "Castle Family", "--party", "AVL"});
  EXPECT_NE(table.out.find("26.01 %"), std::string::npos) << table.out;
}

TEST(SupervisionRush, RaisesAnAlarmWhereConnectedBuyersCrowdAWindow) {
  const Supervised node;
  std::string deals = "buyer,target,date,share,sector,member\n";
  for (int i = 0; i < 9; ++i)
    deals += "H,T" + std::to_string(i) + ",2024-06-0" + std::to_string(i + 1) + ",100,35,AA\n";
  for (int i = 0; i < 4; ++i)
    deals += "S,U" + std::to_string(i) + ",20" + std::to_string(20 + i) + "-01-01,100,35,AA\n";
  const std::string objects =
      node.convert(Supervised::kInterests, {"--deals", node.directory.write("d.csv", deals)});
  EXPECT_EQ(node.run({"import", "--party", "AVL", objects}).exit_code, 0);
  const Ran ran =
      node.run({"rush", "--party", "AVL", "--sector", "35", "--window", "30", "--json"});
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_TRUE(json_of(ran).flag("alarm"));
  const Ran none = node.run({"rush", "--party", "AVL", "--sector", "20", "--window", "30"});
  EXPECT_EQ(none.exit_code, 0) << none.out << none.err;
  EXPECT_EQ(node.run({"rush", "--party", "BOR"}).exit_code, 0);
}

TEST(SupervisionScreening, FindsPartiesOfListsThatThePartyImported) {
  const Community node;
  const std::string list =
      node.directory.write("list.csv",
                           "id,name,aliases,type,birth_date,country\n"
                           "1,Marta Vidalgo,Марта Видальго,person,1961-03-14,ES\n"
                           "2,Brook Power Ltd,,organization,,GB\n"
                           "3,Ander Quilmes,,person,1970,ES\n");
  const Ran converted = entente({"names", "convert", list, "--source", "Example list"});
  ASSERT_EQ(converted.exit_code, 0) << converted.err;
  EXPECT_EQ(node.run({"import", "--party", "AVL", node.directory.write("l.jsonl", converted.out)})
                .exit_code,
            0);
  const app::Fields answer = json_of(node.run({"screen", "Видальго Марта", "--party", "AVL",
                                               "--birth-date", "1961", "--explain", "--json"}));
  const auto matches = answer.root().find("matches");
  ASSERT_TRUE(matches && matches->size() >= 1U);
  const json::Value best = *matches->elements().begin();
  EXPECT_TRUE(best.find("entity")->text().starts_with("identity--"));
  EXPECT_EQ(best.find("source")->text(), "Example list");
  EXPECT_EQ(best.find("submitter")->text(), "AVL");
  EXPECT_TRUE(best.find("evidence") && best.find("evidence")->size() > 0);
  EXPECT_GT(*best.find("score")->number(), 0.5);
  // Nobody else has the list.
  EXPECT_EQ(json_of(node.run({"screen", "Marta Vidalgo", "--party", "HQ", "--json"}))
                .root()
                .find("matches")
                ->size(),
            0U);
  // A batch: a line each, in order, and what is no query says so.
  const Ran batch = node.run({"screen", "--party", "AVL", "--queries", "-", "--limit", "1"},
                             "{\"id\":\"q1\",\"names\":[\"Brook Power\"]}\n{\"id\":7}\n"
                             "{\"id\":\"q3\",\"names\":[\"Ander Quilmes\"]}\n");
  EXPECT_EQ(batch.exit_code, 1);
  EXPECT_EQ(std::count(batch.out.begin(), batch.out.end(), '\n'), 3);
  EXPECT_TRUE(batch.out.starts_with("{\"id\":\"q1\",\"matches\":[{")) << batch.out;
  EXPECT_NE(batch.out.find("{\"id\":7,\"matches\":[],\"error\":"), std::string::npos);
}

TEST(SupervisionScreening, ANewerListChangesWhatIsOtherAndRevokesWhatWent) {
  const Community node;
  const std::string head = "id,name,type,country\n1,Marta Vidalgo,person,ES\n";
  const std::string before =
      node.directory.write("before.csv", head + "2,Ander Quilmes,person,ES\n");
  const std::string after =
      node.directory.write("after.csv", head + "3,Ottla Brandeis,person,AT\n");
  const auto import = [&](const std::vector<std::string>& arguments, const char* at) {
    std::vector<std::string> all{"names", "convert"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"--source", "List", "--at", at});
    const Ran ran = entente(all);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(node.run({"import", "--party", "AVL", node.directory.write("l", ran.out)}).exit_code,
              0);
    return static_cast<size_t>(std::count(ran.out.begin(), ran.out.end(), '\n'));
  };
  EXPECT_EQ(import({before}, "2026-01-01T00:00:00Z"), 2U);
  const auto matches = [&](const char* name) {
    const Ran ran = node.run({"screen", name, "--party", "AVL", "--threshold", "0.3", "--json"});
    return json_of(ran).root().find("matches")->size();
  };
  EXPECT_EQ(matches("Ander Quilmes"), 1U);
  EXPECT_EQ(matches("Ottla Brandeis"), 0U);
  EXPECT_EQ(import({after, "--against", before}, "2026-02-01T00:00:00Z"), 2U);
  EXPECT_EQ(matches("Ander Quilmes"), 0U);
  EXPECT_EQ(matches("Ottla Brandeis"), 1U);
  EXPECT_EQ(matches("Marta Vidalgo"), 1U);
}

// Every object of the page about the format is what a node takes in without a finding.
TEST(SupervisionFormat, ExamplesOfThePageAreAccepted) {
  const Community node;
  const std::string page =
      read_file(std::string(ENTENTE_SOURCE_DIR) + "/docs/formats/ownership.md") +
      read_file(std::string(ENTENTE_SOURCE_DIR) + "/docs/formats/decisions.md");
  std::string objects;
  for (size_t at = page.find("\n{\"type\""); at != std::string::npos;
       at = page.find("\n{\"type\"", at + 1))
    objects += page.substr(at + 1, page.find('\n', at + 1) - at);
  EXPECT_GE(std::count(objects.begin(), objects.end(), '\n'), 7);
  const Ran ran = node.run(
      {"import", "--party", "AVL", "--strict", "--json", node.directory.write("e.jsonl", objects)});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  const app::Fields report = json_of(ran);
  EXPECT_EQ(report.count("refused"), 0U);
  EXPECT_EQ(report.root().find("findings")->size(), 0U) << ran.out;
  const app::Fields answer =
      json_of(node.run({"owners", "Brook Power", "--party", "AVL", "--json"}));
  EXPECT_EQ(owners_of(answer), "Castle Family Office [0.25,0.5] true\n");
}

// AVL and HQ share a list of two persons of one name.
struct Namesakes : Community {
  std::string first, second;
  Namesakes() {
    const Ran list = entente({"names", "convert",
                              directory.write("n.csv",
                                              "id,name,type,birth_date\n"
                                              "1,Marta Vidalgo,person,1961-03-14\n"
                                              "2,Marta Vidalgo,person,1981\n"),
                              "--source", "List", "--marking",
                              "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"});
    EXPECT_EQ(run({"import", "--party", "AVL", "--collection", "shared",
                   directory.write("n.jsonl", list.out)})
                  .exit_code,
              0);
    const app::Fields answer = screen("AVL");
    const auto matches = answer.root().find("matches");
    EXPECT_TRUE(matches && matches->size() == 2U);
    for (const json::Value one : matches->elements())
      (first.empty() ? first : second) = one.find("entity")->text();
  }
  app::Fields screen(const std::string& party, std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"screen",      "Marta Vidalgo", "--party", party,
                                 "--threshold", "0.01",          "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return json_of(run(all));
  }
  static size_t matches(const app::Fields& answer) { return answer.root().find("matches")->size(); }
  Ran decide(const std::string& a, const std::string& b, const std::string& decision,
             const std::string& party, std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"decide", a, b, decision, "--party", party, "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
};

TEST(SupervisionDecisions, AreRememberedUndoneAndMadeAgain) {
  const Namesakes node;
  const std::string subject = node.screen("AVL").text("subject");
  ASSERT_TRUE(subject.starts_with("identity--"));
  EXPECT_EQ(node.decide(subject, node.first, "not-same", "AVL", {"--reason", "another"}).exit_code,
            0);
  const app::Fields now = node.screen("AVL");
  EXPECT_EQ(Namesakes::matches(now), 1U);
  const json::Value decided = *now.root().find("decided")->elements().begin();
  EXPECT_EQ(decided.find("entity")->text(), node.first);
  EXPECT_EQ(decided.find("counts")->text(), "not-same");
  EXPECT_EQ(Namesakes::matches(node.screen("AVL", {"--decided"})), 2U);
  // HQ has not decided, and does not see what AVL keeps to itself.
  const app::Fields theirs = node.screen("HQ");
  EXPECT_EQ(Namesakes::matches(theirs), 2U);
  EXPECT_FALSE(theirs.root().find("decided").has_value());
  EXPECT_EQ(node.decide(subject, node.first, "undo", "AVL").exit_code, 0);
  EXPECT_EQ(Namesakes::matches(node.screen("AVL")), 2U);
  EXPECT_EQ(node.decide(subject, node.first, "undo", "AVL").exit_code, 2) << "nothing to undo";
  EXPECT_EQ(node.decide(subject, node.first, "not-same", "AVL").exit_code, 0);
  EXPECT_EQ(Namesakes::matches(node.screen("AVL")), 1U);
  // Nothing is lost: both objects and every version.
  const app::Fields list = json_of(node.run(
      {"list", "--party", "AVL", "--type", "identity-decision", "--versions", "all", "--json"}));
  EXPECT_EQ(list.root().find("objects")->size(), 3U);
}

TEST(SupervisionDecisions, TwoPartiesMayDifferAndEachHasItsOwnClusters) {
  const Namesakes node;
  EXPECT_EQ(node.decide(node.first, node.second, "same", "AVL",
                        {"--collection", "shared", "--marking",
                         "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"})
                .exit_code,
            0);
  const auto cluster = [&](const std::string& party) {
    return json_of(node.run({"cluster", node.first, "--party", party, "--json"}));
  };
  EXPECT_EQ(cluster("AVL").list("members").size(), 2U);
  EXPECT_EQ(cluster("HQ").list("members").size(), 2U) << "what nobody contradicts counts";
  EXPECT_EQ(node.decide(node.second, node.first, "not-same", "HQ").exit_code, 0);
  EXPECT_EQ(cluster("HQ").list("members").size(), 1U);
  EXPECT_EQ(cluster("AVL").list("members").size(), 2U);
  const app::Fields differing = cluster("HQ");
  const json::Value pair = *differing.root().find("pairs")->elements().begin();
  EXPECT_EQ(pair.find("counts")->text(), "not-same");
  EXPECT_EQ(pair.find("differ")->raw(), "true");
  EXPECT_EQ(pair.find("decisions")->size(), 2U);
  EXPECT_EQ(node.run({"cluster", node.first, "--party", "BOR"}).exit_code, 2);
}

TEST(SupervisionWatch, RescreensBuyersWhenAListChanges) {
  const Community node;
  const auto import = [&](const std::string& csv, const char* source,
                          const std::vector<std::string>& more) {
    std::vector<std::string> all{"names", "convert", node.directory.write("c.csv", csv), "--source",
                                 source};
    all.insert(all.end(), more.begin(), more.end());
    const Ran ran = entente(all);
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(
        node.run({"import", "--party", "AVL", node.directory.write("c.jsonl", ran.out)}).exit_code,
        0);
  };
  import("id,name,type\nb1,Ottla Brandeis,person\nb2,Selby Fund,organization\n", "Buyers",
         {"--buyers"});
  const auto watch = [&](std::vector<std::string> more = {}) {
    std::vector<std::string> all{"screen", "--watch", "--party", "AVL", "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return node.run(all);
  };
  const Ran first = watch();
  EXPECT_EQ(first.exit_code, 1) << first.err;
  EXPECT_EQ(json_of(first).count("buyers"), 2U);
  EXPECT_EQ(json_of(first).count("changes"), 2U) << "each is screened for the first time";
  EXPECT_EQ(watch().exit_code, 0) << "nothing has changed";
  EXPECT_EQ(watch({"--threshold", "0.6"}).exit_code, 1) << "a new threshold is kept";
  EXPECT_EQ(watch({"--threshold", "0.6"}).exit_code, 0);
  EXPECT_EQ(watch().exit_code, 0);
  import("id,name,type\n9,Ottla Brandeis,person\n", "List", {});
  const Ran dry = watch({"--dry-run"});
  EXPECT_EQ(dry.exit_code, 1);
  EXPECT_EQ(watch({"--dry-run"}).out, dry.out) << "nothing was recorded";
  const Ran second = watch();
  EXPECT_EQ(second.exit_code, 1);
  const app::Fields told = json_of(second);
  ASSERT_EQ(told.count("changes"), 1U) << second.out;
  const json::Value change = *told.root().find("changed")->elements().begin();
  EXPECT_EQ(change.find("name")->text(), "Ottla Brandeis");
  ASSERT_EQ(change.find("came")->size(), 1U);
  EXPECT_EQ(watch().exit_code, 0);
  // Decided to be another, it goes from the answer.
  const std::string listed = (*change.find("came")->elements().begin()).text();
  EXPECT_EQ(node.run({"decide", change.find("buyer")->text(), listed, "not-same", "--party", "AVL"})
                .exit_code,
            0);
  const app::Fields after = json_of(watch());
  ASSERT_EQ(after.count("changes"), 1U);
  EXPECT_EQ((*after.root().find("changed")->elements().begin()).find("went")->size(), 1U);
}

TEST(SupervisionApi, AnswersAsTheCommandLineDoes) {
  const Supervised node;
  const app::Fields own = json_of(node.run({"owners", "Brook Power", "--party", "AVL", "--json"}));
  const Serving server(node.data);
  ASSERT_TRUE(server.is_up());
  const std::string id = own.text("of");
  const Response got = server.get("/api/v1/objects/" + id + "/owners", node.avl_key);
  EXPECT_EQ(got.status, 200);
  const auto answer = app::Fields::parse(got.body.flatten());
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(owners_of(*answer), owners_of(own));
  EXPECT_EQ(server.get("/api/v1/objects/" + id + "/owners", node.bor_key).status, 404);
  EXPECT_EQ(server.get("/api/v1/objects/" + id + "/owners", node.avl_key, "format=png").status,
            400);
  const Response svg = server.get("/api/v1/objects/" + id + "/owners", node.avl_key, "format=svg");
  EXPECT_NE(svg.body.flatten().find("<svg"), std::string::npos);
  // The same through the operator's socket.
  const app::Fields remote =
      json_of(node.run({"owners", "Brook Power", "--party", "AVL", "--json"}));
  EXPECT_EQ(owners_of(remote), owners_of(own));
}

}  // namespace
}  // namespace entente::cli
