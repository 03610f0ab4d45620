// Language versions, what becomes of comments, requests, meetings, commitments, digests: as their users meet them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "http/client.h"
#include "tests/cli/alliance.h"

namespace entente::cli {
namespace {

// The elements of a list, each as written.
std::vector<std::string> elements_of(const app::Fields& fields, std::string_view name) {
  std::vector<std::string> out;
  if (const auto list = fields.root().find(name)) {
    for (const json::Value one : list->elements()) out.emplace_back(one.raw());
  }
  return out;
}

TEST(Consultation, OneLanguageIsAuthentic) {
  const FourParties four;
  const At at("2027-01-02T12:00:00Z");
  const auto start = [&](const char* language) {
    return four.run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                     "2027-01-04T12:00:00Z", "--file", four.draft(), "--language", language});
  };
  EXPECT_EQ(start("not a tag").exit_code, 2);
  const std::string id = json_of(start("en")).text("id");
  const std::string french = four.directory.write("fr.txt", "Les parties conviennent.");
  const auto translate = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"act", id, "translate", "--as", "HQ", "--file", french};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return four.run(arguments).exit_code;
  };
  EXPECT_EQ(translate({}), 2) << "in which language?";
  EXPECT_EQ(translate({"--language", "fr"}), 0);
  const app::Fields status = four.status(id, "AVL");
  EXPECT_EQ(status.text("language"), "en");
  EXPECT_EQ(status.text("text"), "The parties agree.");
  ASSERT_EQ(elements_of(status, "versions").size(), 1U);
  EXPECT_NE(elements_of(status, "versions").front().find("conviennent"), std::string::npos);
  // A corrected text has no translation yet.
  EXPECT_EQ(
      four.run({"act", id, "correct", "--as", "HQ", "--file", four.draft("Corrected.")}).exit_code,
      0);
  EXPECT_TRUE(elements_of(four.status(id, "HQ"), "versions").empty());
}

TEST(Consultation, EveryCommentStandsInTheTableWithWhatBecameOfIt) {
  const FourParties four;
  const At at("2027-01-02T12:00:00Z");
  const std::string id = four.start();
  const auto comment = [&](const char* party, const char* clause, const char* reason) {
    return json_of(four.run({"act", id, "comment", "--as", party, "--clause", clause, "--reason",
                             reason}))
        .text("record");
  };
  const std::string tenth = comment("BOR", "Art. 10", "too long");
  const std::string second = comment("AVL", "Art. 2", "unclear");
  comment("AVL", "Art. 10", "agreed");
  const auto dispose = [&](const char* act, const char* party, const std::string& on) {
    return four.run({"act", id, act, "--as", party, "--on", on, "--reason", "since"}).exit_code;
  };
  EXPECT_EQ(dispose("reject", "AVL", second), 1) << "not its to say";
  EXPECT_EQ(dispose("reject", "HQ", "procedure-act--none"), 1);
  EXPECT_EQ(four.run({"act", id, "accept", "--as", "HQ"}).exit_code, 2) << "which comment?";
  EXPECT_EQ(dispose("note", "HQ", second), 0);
  EXPECT_EQ(dispose("accept-in-part", "HQ", second), 0) << "the last counts";
  const app::Fields table = json_of(four.run({"procedure", "comments", id, "--as", "BOR"}));
  const auto rows = table.root().find("comments");
  ASSERT_TRUE(rows && rows->size() == 3);
  std::string order, what;
  for (const json::Value row : rows->elements()) {
    order += row.find("clause")->text() + " " + row.find("party")->text() + ";";
    what += row.find("disposition")->is_string() ? row.find("disposition")->text() + ";" : "-;";
  }
  EXPECT_EQ(order, "Art. 2 AVL;Art. 10 AVL;Art. 10 BOR;");
  EXPECT_EQ(what, "accept-in-part;-;-;");
}

TEST(Consultation, ARequestIsAnsweredDeclinedOrOverdue) {
  const FourParties four;
  std::string answered, declined, forgotten;
  {
    const At at("2027-01-02T12:00:00Z");
    const auto ask = [&](const char* until) {
      const Ran ran = four.run({"procedure", "open", "--as", "HQ", "--pack", "request", "--role",
                                "addressee=AVL", "--until", until, "--file",
                                four.draft("Which ports?"), "--title", "Ports"});
      EXPECT_EQ(ran.exit_code, 0) << ran.err;
      return json_of(ran).text("id");
    };
    answered = ask("2027-01-04T12:00:00Z");
    declined = ask("2027-01-05T12:00:00Z");
    forgotten = ask("2027-01-06T12:00:00Z");
    EXPECT_EQ(elements_of(four.todo("AVL"), "due").size(), 3U);
    EXPECT_EQ(elements_of(four.todo("HQ"), "waiting").size(), 3U);
    EXPECT_EQ(elements_of(four.todo("BOR"), "due").size(), 0U);
    EXPECT_EQ(four.run({"procedure", "show", answered, "--as", "BOR"}).exit_code, 2);
    EXPECT_EQ(four.run({"act", answered, "acknowledge", "--as", "AVL"}).exit_code, 0);
    EXPECT_EQ(
        four.run({"act", answered, "answer", "--as", "HQ", "--file", four.draft("x")}).exit_code,
        1);
    EXPECT_EQ(four.run({"act", answered, "remind", "--as", "HQ"}).exit_code, 0);
    EXPECT_EQ(four.run({"act", answered, "answer", "--as", "AVL", "--file", four.draft("Two.")})
                  .exit_code,
              0);
    EXPECT_EQ(four.run({"act", declined, "decline", "--as", "AVL"}).exit_code, 2) << "why?";
    EXPECT_EQ(four.run({"act", declined, "decline", "--as", "AVL", "--reason", "no"}).exit_code, 0);
  }
  const At at("2027-01-07T12:00:00Z");
  const auto outcome = [&](const std::string& id) {
    return json_of(four.run({"procedure", "show", id, "--as", "HQ"})).text("phase");
  };
  EXPECT_EQ(outcome(answered), "answered");
  EXPECT_EQ(outcome(declined), "declined");
  EXPECT_EQ(outcome(forgotten), "overdue");
  const app::Fields todo = four.todo("HQ");
  ASSERT_EQ(elements_of(todo, "due").size(), 1U);
  EXPECT_NE(elements_of(todo, "due").front().find("\"act\":\"remind\""), std::string::npos);
}

TEST(Consultation, AnAgendaOmitsWhatItsReaderMayNotKnowOf) {
  const FourParties four;
  std::string id, action;
  {
    const At at("2027-01-02T12:00:00Z");
    id = json_of(four.run({"procedure", "open", "--as", "HQ", "--pack", "meeting", "--format",
                           "NATO", "--until", "2027-01-04T12:00:00Z", "--file",
                           four.draft("We meet."), "--title", "Council"}))
             .text("id");
    const auto point = [&](const char* text, std::vector<std::string> more) {
      std::vector<std::string> arguments{"act", id,       "point",         "--as",
                                         "HQ",  "--file", four.draft(text)};
      arguments.insert(arguments.end(), more.begin(), more.end());
      return four.run(arguments).exit_code;
    };
    EXPECT_EQ(point("Opening", {}), 0);
    EXPECT_EQ(point("The affair of AVL", {"--to", "AVL"}), 0);
    EXPECT_EQ(point("Any other business", {}), 0);
    EXPECT_EQ(point("Nobody", {"--to", "NOBODY"}), 2);
    EXPECT_EQ(
        four.run({"act", id, "cancel", "--as", "HQ", "--reason", "x", "--to", "AVL"}).exit_code, 2)
        << "what changes the state is for all";
    EXPECT_EQ(four.run({"act", id, "attend", "--as", "AVL"}).exit_code, 0);
    EXPECT_EQ(four.run({"act", id, "attend", "--as", "BOR"}).exit_code, 0);
    EXPECT_EQ(four.run({"act", id, "regret", "--as", "BOR"}).exit_code, 0);
  }
  const At at("2027-01-04T13:00:00Z");
  const auto meeting = [&](const char* party) {
    const app::Fields shown = json_of(four.run({"procedure", "show", id, "--as", party}));
    const auto found = shown.root().find("meeting");
    EXPECT_TRUE(found.has_value());
    return *app::Fields::parse(found ? std::string(found->raw()) : "{}");
  };
  EXPECT_EQ(elements_of(meeting("AVL"), "agenda").size(), 3U);
  const app::Fields seen = meeting("BOR");
  const std::vector<std::string> agenda = elements_of(seen, "agenda");
  ASSERT_EQ(agenda.size(), 2U);
  EXPECT_NE(agenda[1].find("\"point\":2,"), std::string::npos) << "no gap tells of the third";
  EXPECT_EQ(seen.text("state"), "running");
  EXPECT_EQ(seen.root().find("attendance")->raw(),
            R"([{"party":"AVL","comes":true},{"party":"BOR","comes":false}])");
  const std::string text = four.draft("AVL writes a paper.");
  EXPECT_EQ(four.run({"act", id, "decide", "--as", "HQ", "--file", text}).exit_code, 0);
  action = json_of(four.run({"act", id, "action", "--as", "HQ", "--file", text, "--until",
                             "2027-02-01T00:00:00Z"}))
               .text("record");
  EXPECT_EQ(four.run({"act", id, "done", "--as", "AVL", "--on", action}).exit_code, 0);
  EXPECT_EQ(four.run({"act", id, "conclude", "--as", "HQ"}).exit_code, 0);
  const app::Fields held = meeting("BOR");
  EXPECT_EQ(held.text("state"), "held");
  EXPECT_EQ(elements_of(held, "decisions").size(), 1U);
  EXPECT_NE(elements_of(held, "actions").front().find("\"done_by\":\"AVL\""), std::string::npos);
}

TEST(Consultation, AnAssessmentIsSeenAsItsMemberAllows) {
  const FourParties four;
  std::string id;
  {
    const At at("2027-01-02T12:00:00Z");
    id = json_of(four.run({"procedure", "open", "--as", "HQ", "--pack", "commitment", "--format",
                           "NATO", "--until", "2027-02-01T00:00:00Z", "--file",
                           four.draft("Two weeks of fuel.")}))
             .text("id");
    EXPECT_EQ(
        four.run({"act", id, "not-met", "--as", "AVL", "--reason", "one", "--to", "HQ"}).exit_code,
        0);
    EXPECT_EQ(four.run({"act", id, "met", "--as", "BOR", "--reason", "three"}).exit_code, 0);
  }
  const At at("2027-02-02T12:00:00Z");
  const auto members = [&](const char* party) {
    const app::Fields shown = json_of(four.run({"procedure", "show", id, "--as", party}));
    std::string out;
    for (const json::Value one : shown.root().find("commitment")->find("members")->elements())
      out += one.find("party")->text() + "=" +
             (one.find("assessment")->is_string() ? one.find("assessment")->text() : "none") +
             (one.find("overdue")->raw() == "true" ? "!" : "") + ";";
    return out;
  };
  EXPECT_EQ(members("HQ"), "AVL=not-met;BOR=met;HQ=none!;");
  EXPECT_EQ(members("BOR"), "AVL=none!;BOR=met;HQ=none!;");
  EXPECT_EQ(elements_of(four.todo("HQ"), "due").size(), 1U) << "overdue";
}

TEST(Consultation, NobodyElseLearnsWhoConsults) {
  const FourParties four;
  std::string first;
  {
    const At at("2027-01-02T12:00:00Z");
    first = four.start();
  }
  const auto exported = [&](const char* code) {
    const At at("2027-01-02T12:30:00Z");
    const Ran ran = entente({"export", "--party", code, "--data", four.data});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  };
  EXPECT_NE(exported("AVL").find("releasable_to"), std::string::npos);
  EXPECT_EQ(exported("LIA").find("releasable_to"), std::string::npos);
  {
    const At at("2027-01-02T13:00:00Z");
    EXPECT_EQ(
        four.run({"group", "member", "NATO", "LIA", "--from", "2027-01-02T12:59:00Z"}).exit_code,
        0);
  }
  // Who has joined reads what begins from then on, under a definition of its own.
  const At at("2027-01-02T13:01:00Z");
  EXPECT_EQ(four.run({"procedure", "show", first, "--as", "LIA"}).exit_code, 2);
  const std::string second = four.start();
  EXPECT_EQ(four.status(second, "LIA").text("text"), "The parties agree.");
}

// AVL knows who stands behind the buyer, and keeps a case of its own; BOR knows neither.
TEST(Consultation, TheRiskViewIsOfWhatItsReaderSees) {
  const FourParties four;
  const At at("2027-02-01T08:00:00Z");
  const auto identity = [](int number, const char* name) {
    return fmt::format(
        R"({{"type":"identity","spec_version":"2.1","id":"identity--00000000-0000-4000-8000-{:012}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"{}","identity_class":"organization"}})",
        number, name);
  };
  const std::string family = identity(1, "Castle Family"), port = identity(2, "Brook Port");
  const std::string interest =
      R"({"type":"ownership-interest","spec_version":"2.1","id":"ownership-interest--00000000-0000-4000-8000-000000000003","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","owner_ref":"identity--00000000-0000-4000-8000-000000000001","owned_ref":"identity--00000000-0000-4000-8000-000000000002","capital":0.6,"extensions":{"extension-definition--63e3e682-03d9-4d24-815a-6b94d4ce3244":{"extension_type":"new-sdo"}}})";
  const std::string objects =
      four.directory.write("owners.jsonl", family + "\n" + port + "\n" + interest + "\n");
  ASSERT_EQ(four.run({"import", "--party", "AVL", objects}).exit_code, 0);
  const auto open = [&](const char* party, const char* format, const char* buyer) {
    const std::string filing = four.directory.write(
        "filing.json",
        fmt::format(
            R"({{"title":"Port","format":[{}],"buyer":{},"sectors":["52.22"],"objects":["identity--00000000-0000-4000-8000-000000000002"]}})",
            format, buyer));
    const Ran ran = four.run({"case", "open", "--as", party, "--pack", "uk-nsi", "--file", filing});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json_of(ran).text("id");
  };
  const std::string shared = open("HQ", R"("NATO")", R"({"name":"Brook Port"})");
  const std::string own = open("AVL", R"("AVL")", R"("brook  port")");
  const auto risk = [&](const std::string& id, const char* party) {
    return json_of(four.run({"case", "risk", id, "--as", party}));
  };
  const app::Fields seen = risk(shared, "AVL");
  EXPECT_NE(seen.root().find("owners")->raw().find("Castle Family"), std::string::npos);
  EXPECT_NE(seen.root().find("cases")->raw().find(own), std::string::npos);
  EXPECT_TRUE(seen.root().find("objects")->raw().find("\"here\":true") != std::string::npos);
  const app::Fields hidden = risk(shared, "BOR");
  EXPECT_EQ(hidden.root().find("owners")->raw(), "null");
  EXPECT_EQ(hidden.root().find("cases")->raw(), "[]") << "AVL has not let BOR see its case";
  EXPECT_TRUE(hidden.root().find("objects")->raw().find("\"here\":false") != std::string::npos);
  EXPECT_EQ(elements_of(hidden, "missing").size(), 2U);
  const std::string silence =
      json_of(four.run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                        "2027-02-04T12:00:00Z", "--file", four.draft()}))
          .text("id");
  // Who sees no case asks of none, and what names no buyer has no such view.
  EXPECT_EQ(four.run({"case", "risk", own, "--as", "BOR"}).exit_code, 2);
  EXPECT_EQ(four.run({"case", "risk", silence, "--as", "HQ"}).exit_code, 2);
}

TEST(Consultation, ADigestRevealsNothingAboveItsLabel) {
  const FourParties four;
  const At at("2027-01-02T12:00:00Z");
  const auto start = [&](const char* title, const char* level) {
    return json_of(four.run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                             "2027-01-04T12:00:00Z", "--file", four.draft(), "--title", title,
                             "--label", level}))
        .text("id");
  };
  const auto digest = [&](const char* level) {
    std::vector<std::string> arguments{"todo", "--as", "AVL", "--digest"};
    if (*level != '\0') arguments.insert(arguments.end(), {"--label", level});
    arguments.insert(arguments.end(), {"--data", four.data});
    return entente(arguments).out;
  };
  const std::string before = digest("tlp:green");
  const std::string open = start("Open affair", "tlp:green");
  const std::string with_one = digest("tlp:green");
  EXPECT_NE(with_one.find("Open affair"), std::string::npos) << with_one;
  const std::string amber = start("Closed affair", "tlp:amber");
  EXPECT_EQ(digest("tlp:green"), with_one);
  EXPECT_EQ(digest("tlp:clear"), before);
  EXPECT_NE(digest("tlp:amber").find("Closed affair"), std::string::npos);
  EXPECT_NE(digest("").find("Closed affair"), std::string::npos);
  EXPECT_EQ(four.run({"todo", "--as", "AVL", "--label", "secret"}).exit_code, 2);
  const Ran red = four.run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                            "2027-01-04T12:00:00Z", "--file", four.draft(), "--label", "tlp:red"});
  EXPECT_EQ(red.exit_code, 2) << "no group is named in red";
}

TEST(Consultation, TheDemonstrationIsHalfWayThroughASilenceAndACase) {
  const Directory directory;
  const At at("2027-03-01T08:00:00Z");
  const std::string data = directory.at("node");
  ASSERT_EQ(entente({"init", "--data", data, "--demo"}).exit_code, 0);
  const auto asked = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", data, "--json"});
    return json_of(entente(arguments));
  };
  const app::Fields list = asked({"procedure", "list", "--as", "LIA"});
  std::string packs;
  for (const json::Value one : list.root().find("procedures")->elements()) {
    packs += one.find("pack")->text() + " ";
    EXPECT_EQ(one.find("outcome")->kind(), json::Kind::kNull);
  }
  EXPECT_TRUE(packs == "silence eu-2019-452 " || packs == "eu-2019-452 silence ") << packs;
  EXPECT_EQ(elements_of(asked({"todo", "--as", "LIA"}), "due").size(), 2U);
  EXPECT_GE(elements_of(asked({"todo", "--as", "BOR"}), "due").size(), 1U);
  EXPECT_GE(elements_of(asked({"todo", "--as", "HQ"}), "waiting").size(), 1U);
}

TEST(Consultation, ACaseFromAFormIsErasedWhenItsRetentionHasEnded) {
  const FourParties four;
  const std::string form = four.directory.write(
      "form.csv", "field,value\ntitle,Port\nformat,AVL\nbuyer.name,\"Meridian, Ltd\"\nshare,51\n");
  std::string id;
  {
    const At at("2027-03-01T10:00:00Z");
    const Ran ran =
        four.run({"case", "open", "--as", "HQ", "--pack", "eu-2019-452", "--file", form});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    id = json_of(ran).text("id");
    const app::Fields shown = json_of(four.run({"case", "show", id, "--as", "AVL"}));
    EXPECT_EQ(shown.root().find("filing")->find("buyer")->find("name")->text(), "Meridian, Ltd");
    EXPECT_EQ(shown.root().find("filing")->find("share")->integer(), 51);
    EXPECT_EQ(shown.root().find("erase_by")->kind(), json::Kind::kNull);
    EXPECT_EQ(four.run({"procedure", "erase", id, "--as", "HQ"}).exit_code, 2) << "not over";
    EXPECT_EQ(four.run({"act", id, "withdraw", "--as", "HQ", "--reason", "r"}).exit_code, 0);
    EXPECT_EQ(four.run({"procedure", "erase", id, "--as", "HQ"}).exit_code, 2) << "kept";
  }
  const At at("2032-03-03T10:00:00Z");
  EXPECT_EQ(elements_of(four.todo("HQ"), "due").size(), 1U);
  EXPECT_EQ(four.run({"procedure", "erase", id, "--as", "AVL"}).exit_code, 0) << "its receipt";
  EXPECT_EQ(four.run({"procedure", "erase", id, "--as", "HQ"}).exit_code, 0);
  EXPECT_EQ(four.run({"case", "show", id, "--as", "AVL"}).exit_code, 2);
  EXPECT_EQ(elements_of(four.todo("HQ"), "due").size(), 0U);
}

TEST(Consultation, TheApiOpensActsAndShows) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up()) << serving.log();
  const auto post = [&](const std::string& path, const std::string& key, const std::string& body,
                        const std::string& query = {}) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.query = query;
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
    request.body = body;
    return serving.send(request);
  };
  const std::string body =
      R"({"pack":"silence","title":"Draft","text":"We agree.","until":"2099-01-01T00:00:00Z","format":["AVL"],"language":"en"})";
  EXPECT_EQ(post("/api/v1/procedures", community.hq_key, body, "dry_run=true").body.flatten(),
            R"({"id":null})");
  EXPECT_EQ(post("/api/v1/procedures", community.hq_key, R"({"pack":"none"})").status, 404);
  const Response opened = post("/api/v1/procedures", community.hq_key, body);
  ASSERT_EQ(opened.status, 200) << opened.body.flatten();
  const std::string id = app::Fields::parse(opened.body.flatten())->text("id");
  const std::string path = "/api/v1/procedures/" + id;
  EXPECT_EQ(
      post(path + "/acts", community.avl_key, R"({"act":"comment","reason":"r","clause":"2"})")
          .status,
      200);
  EXPECT_NE(
      serving.get(path + "/comments", community.hq_key).body.flatten().find(R"("clause":"2")"),
      std::string::npos);
  EXPECT_EQ(serving.get(path + "/comments", community.bor_key).status, 404);
  EXPECT_NE(serving.get("/api/v1/todo", community.avl_key, "digest=true&label=tlp:green")
                .body.flatten()
                .find("Draft"),
            std::string::npos);
  EXPECT_EQ(serving.get("/api/v1/todo", community.avl_key, "label=secret").status, 400);
}

}  // namespace
}  // namespace entente::cli
