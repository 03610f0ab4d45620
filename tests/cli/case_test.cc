// Cases as their users meet them: an investment that nobody screened, what is put to a file later, and who has read about a
// person.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "desk/procedure/limits.h"
#include "tests/cli/alliance.h"

namespace entente::cli {
namespace {

constexpr std::string_view kAna = "identity--00000000-0000-4000-8000-000000000001";
constexpr std::string_view kFirm = "identity--00000000-0000-4000-8000-000000000002";
constexpr std::string_view kRui = "identity--00000000-0000-4000-8000-000000000003";

std::string identity_object(std::string_view id, std::string_view name, std::string_view what) {
  return fmt::format(
      R"({{"type":"identity","spec_version":"2.1","id":"{}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"{}","identity_class":"{}"}})",
      id, name, what);
}

std::vector<std::string> raw_elements_of(json::Value object, std::string_view name) {
  std::vector<std::string> out;
  const auto list = object.find(name);
  if (!list) return out;
  for (const json::Value one : list->elements()) out.emplace_back(one.raw());
  return out;
}

Ran open_case(const FourParties& four, const char* as, const char* pack,
              const std::string& filing) {
  return four.run({"case", "open", "--as", as, "--pack", pack, "--file",
                   four.directory.write("filing.json", filing)});
}

// LIA is the Commission, HQ, AVL and BOR are Member States, BOR is where the investment was made.
std::string look_back_filing(std::string_view completed) {
  return fmt::format(
      R"({{"title":"Depot","format":["NATO"],"roles":{{"host":["BOR"],"commission":["LIA"]}}{}}})",
      completed.empty() ? std::string() : fmt::format(R"(,"completed":"{}")", completed));
}

TEST(LookBack, IsRefusedWhereTheRegulationHasNoSuchCase) {
  const FourParties four;
  const At at("2027-06-03T09:00:00Z");
  const auto refusal = [&](const char* as, std::string_view completed) {
    const Ran ran = open_case(four, as, "eu-2019-452-look-back", look_back_filing(completed));
    return ran.exit_code == 0 ? "none" : ran.err;
  };
  // Completed on 2 March 2026, so until 2 June 2027.
  EXPECT_NE(refusal("AVL", "2026-03-02")
                .find("it comes too late: 'look-back', 15 months from "
                      "completed, ended at 2027-06-02T22:00:00.000Z"),
            std::string::npos)
      << refusal("AVL", "2026-03-02");
  EXPECT_EQ(refusal("AVL", "2026-03-03"), "none");
  EXPECT_EQ(refusal("LIA", "2026-03-03"), "none") << "the Commission";
  EXPECT_NE(refusal("BOR", "2026-03-03").find("not by host"), std::string::npos);
  EXPECT_NE(refusal("AVL", "").find("names no day 'completed'"), std::string::npos);
  EXPECT_NE(refusal("AVL", "2026-02-30").find("names no day 'completed'"), std::string::npos);
}

TEST(LookBack, EndsWithWhatTheHostConsidered) {
  const FourParties four;
  std::string id;
  const auto act = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"act", id});
    return four.run(words).exit_code;
  };
  {
    const At at("2027-01-04T09:00:00Z");
    const Ran ran = open_case(four, "AVL", "2019/452 art. 7", look_back_filing("2026-03-02"));
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    id = json_of(ran).text("id");
    EXPECT_EQ(act({"request-information", "--as", "AVL", "--reason", "who pays?"}), 0);
    EXPECT_NE(four.run({"todo", "--as", "BOR"}).out.find("\"act\":\"receive\""), std::string::npos);
    EXPECT_EQ(four.run({"case", "show", id, "--as", "BOR"}).exit_code, 0);
    EXPECT_NE(four.run({"todo", "--as", "BOR"}).out.find("\"act\":\"information\""),
              std::string::npos);
    EXPECT_EQ(act({"information", "--as", "BOR", "--file", four.draft("A fund pays.")}), 0);
  }
  {
    const At at("2027-01-11T09:00:00Z");
    const Ran shown = four.run({"case", "show", id, "--as", "AVL"});
    EXPECT_NE(shown.out.find(R"("end":"2027-02-15T23:00:00.000Z","against":"AVL")"),
              std::string::npos)
        << shown.out;
    EXPECT_NE(shown.out.find(
                  R"("name":"look-back","status":"running","start":"2026-03-01T23:00:00.000Z")"),
              std::string::npos);
    EXPECT_EQ(act({"comment", "--as", "BOR", "--reason", "r"}), 1) << "the host";
    EXPECT_EQ(act({"comment", "--as", "AVL", "--reason", "It holds our depot, too"}), 0);
  }
  const At at("2027-06-03T09:00:00Z");
  EXPECT_NE(four.run({"todo", "--as", "BOR"}).out.find("\"act\":\"conclude\""), std::string::npos);
  EXPECT_EQ(act({"conclude", "--as", "BOR", "--reason", "It was weighed"}), 0);
  EXPECT_EQ(json_of(four.run({"case", "show", id, "--as", "AVL"})).text("outcome"), "considered");
}

TEST(Case, TakesWhatIsAttachedInAnyPhase) {
  const FourParties four;
  const At at("2027-02-01T08:00:00Z");
  const std::string objects =
      four.directory.write("o.jsonl", identity_object(kFirm, "Firm", "organization"));
  ASSERT_EQ(four.run({"import", "--party", "AVL", objects}).exit_code, 0);
  const std::string id =
      json_of(open_case(four, "HQ", "uk-nsi", R"({"title":"Port","format":["AVL","BOR"]})"))
          .text("id");
  const auto attach = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"act", id, "attach"});
    return four.run(words);
  };
  const auto attached = [&](const char* as) {
    const app::Fields shown = json_of(four.run({"case", "show", id, "--as", as}));
    return raw_elements_of(shown.root(), "attachments");
  };
  EXPECT_TRUE(attached("HQ").empty());
  EXPECT_EQ(attach({"--as", "AVL"}).exit_code, 2) << "nothing is attached";
  EXPECT_EQ(attach({"--as", "AVL", "--object", "not-an-id"}).exit_code, 2);
  EXPECT_EQ(attach({"--as", "LIA", "--object", std::string(kFirm)}).exit_code, 2) << "not its case";
  EXPECT_EQ(four.run({"act", id, "advise", "--as", "AVL", "--reason", "r", "--object",
                      std::string(kFirm)})
                .exit_code,
            2)
      << "advice attaches nothing";
  const Ran first =
      attach({"--as", "AVL", "--object", std::string(kFirm), "--reason", "the buyer"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  ASSERT_EQ(attached("HQ").size(), 1U);
  const std::string seen = attached("AVL").front();
  EXPECT_NE(seen.find(R"("by":"AVL")"), std::string::npos) << seen;
  EXPECT_NE(seen.find(R"("at":"2027-02-01T08:)"), std::string::npos) << seen;
  EXPECT_NE(seen.find(fmt::format(R"({{"id":"{}","here":true}})", kFirm)), std::string::npos);
  EXPECT_NE(attached("BOR").front().find("\"here\":false"), std::string::npos);
  // For HQ alone, and in another phase; BOR's list has no gap.
  ASSERT_EQ(four.run({"act", id, "call-in", "--as", "HQ", "--reason", "risk"}).exit_code, 0);
  const Ran letter = attach({"--as", "AVL", "--file", four.draft("A letter."), "--to", "HQ"});
  ASSERT_EQ(letter.exit_code, 0) << letter.err;
  EXPECT_EQ(attached("HQ").size(), 2U);
  EXPECT_NE(attached("HQ").back().find("\"bytes\":9"), std::string::npos);
  EXPECT_EQ(attached("BOR").size(), 1U);
  EXPECT_NE(four.run({"procedure", "show", id, "--as", "HQ"}).out.find("A letter."),
            std::string::npos);
  EXPECT_EQ(four.run({"procedure", "show", id, "--as", "BOR"}).out.find("A letter."),
            std::string::npos);
  EXPECT_EQ(four.run({"act", id, "notify-final", "--as", "HQ", "--reason", "none"}).exit_code, 0);
  EXPECT_EQ(attach({"--as", "AVL", "--object", std::string(kFirm)}).exit_code, 1) << "it is over";
}

TEST(Case, SaysWhoHasReadAboutAPersonToWhoOpenedIt) {
  const FourParties four;
  const At at("2027-02-01T08:00:00Z");
  const std::string objects =
      four.directory.write("o.jsonl", identity_object(kAna, "Ana Lima", "individual") + "\n" +
                                          identity_object(kFirm, "Firm", "organization") + "\n" +
                                          identity_object(kRui, "Rui Costa", "individual"));
  ASSERT_EQ(four.run({"import", "--party", "HQ", objects}).exit_code, 0);
  const std::string id =
      json_of(
          open_case(four, "HQ", "uk-nsi",
                    fmt::format(R"({{"title":"Port","format":["AVL","BOR"],"buyer":{{"id":"{}"}},)"
                                R"("seller":"{}","persons":["Eva Maas"]}})",
                                kFirm, kAna)))
          .text("id");
  const auto access = [&](std::string_view person, const char* as) {
    return four.run({"case", "access", id, "--person", std::string(person), "--as", as});
  };
  EXPECT_EQ(four.run({"case", "show", id, "--as", "AVL"}).exit_code, 0);
  EXPECT_EQ(four.run({"get", std::string(kAna), "--party", "HQ"}).exit_code, 0);
  EXPECT_EQ(four.run({"get", std::string(kFirm), "--party", "HQ"}).exit_code, 0);
  const Ran ran = access("ana  LIMA", "HQ");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const app::Fields shown = json_of(ran);
  EXPECT_EQ(shown.root().find("person")->find("id")->text(), kAna);
  const auto received = raw_elements_of(shown.root(), "received");
  ASSERT_EQ(received.size(), 1U) << "BOR has not fetched it";
  EXPECT_NE(received.front().find(R"("party":"AVL")"), std::string::npos);
  const auto reads = raw_elements_of(*shown.root().find("reads"), "items");
  ASSERT_EQ(reads.size(), 2U) << ran.out;
  EXPECT_NE(reads[0].find("case-open"), std::string::npos);
  EXPECT_NE(reads[1].find(fmt::format(R"("action":"get","object":"{}")", kAna)), std::string::npos);
  // Who asks is on the record from then on.
  const app::Fields again = json_of(access(kAna, "HQ"));
  EXPECT_EQ(raw_elements_of(*again.root().find("reads"), "items").size(), 3U);
  EXPECT_EQ(access("Eva Maas", "HQ").exit_code, 0) << "named in the field for persons";
  EXPECT_EQ(access("Firm", "HQ").exit_code, 2) << "no natural person";
  EXPECT_EQ(access("Ana Lima", "AVL").exit_code, 2) << "HQ answers for the data";
  EXPECT_EQ(access("Ana Lima", "LIA").exit_code, 2) << "not its case";
  // Named later, by an object that is attached.
  EXPECT_EQ(access("Rui Costa", "HQ").exit_code, 2);
  ASSERT_EQ(four.run({"act", id, "attach", "--as", "HQ", "--object", std::string(kRui)}).exit_code,
            0);
  const app::Fields later = json_of(access("Rui Costa", "HQ"));
  EXPECT_EQ(raw_elements_of(later.root(), "named_in").size(), 1U);
  EXPECT_TRUE(raw_elements_of(later.root(), "received").empty()) << "the filing does not name him";
}

TEST(Case, AttachesAndNamesAsManyAsTheLimitsSay) {
  const FourParties four;
  const At at("2027-02-01T08:00:00Z");
  const auto open_with = [&](size_t count) {
    std::string persons;
    for (size_t i = 0; i < count; ++i) persons += fmt::format(R"({}"P {}")", i ? "," : "", i);
    const Ran ran =
        open_case(four, "HQ", "uk-nsi",
                  fmt::format(R"({{"title":"Port","format":["AVL"],"persons":[{}]}})", persons));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json_of(ran).text("id");
  };
  const auto access = [&](const std::string& id, const std::string& person) {
    return four.run({"case", "access", id, "--person", person, "--as", "HQ"}).exit_code;
  };
  const std::string id = open_with(procedure::limits::kPersonsMax);
  EXPECT_EQ(access(id, fmt::format("P {}", procedure::limits::kPersonsMax - 1)), 0);
  EXPECT_EQ(access(open_with(procedure::limits::kPersonsMax + 1), "P 0"), 2);
  const auto attach = [&](size_t count) {
    std::string ids;
    for (size_t i = 0; i < count; ++i)
      ids += fmt::format("{}identity--00000000-0000-4000-8000-{:012}", i ? "," : "", i);
    return four.run({"act", id, "attach", "--as", "AVL", "--object", ids}).exit_code;
  };
  EXPECT_EQ(attach(procedure::limits::kAttachedObjectsMax), 0);
  EXPECT_EQ(attach(procedure::limits::kAttachedObjectsMax + 1), 2);
}

// What was found of signatures outlives the process, and nothing depends on it.
TEST(Case, RemembersWhichSignaturesFit) {
  const FourParties four;
  const At at("2027-01-02T12:00:00Z");
  const std::string file = four.data + "/signatures.view";
  for (int i = 0; i < 5; ++i) four.start();
  four.todo("HQ");
  EXPECT_EQ(::access(file.c_str(), F_OK), -1) << "so few are not worth a file";
  for (int i = 0; i < 30; ++i) four.start();
  const auto todo = [&] { return four.run({"todo", "--as", "AVL"}).out; };
  const std::string first = todo();
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(todo(), first);
  const std::string kept = read_file(file);
  write_file(file, kept.substr(0, kept.size() / 2));
  EXPECT_EQ(todo(), first) << "a damaged file is as none";
  EXPECT_EQ(read_file(file), kept) << "and is made anew";
  ASSERT_EQ(::unlink(file.c_str()), 0);
  EXPECT_EQ(todo(), first);
  EXPECT_EQ(read_file(file), kept);
  ASSERT_EQ(four.run({"backup", "--to", four.directory.at("backup")}).exit_code, 0);
  EXPECT_EQ(::access((four.directory.at("backup") + "/signatures.view").c_str(), F_OK), -1);
}

TEST(Case, TheApiAttachesAndSaysWhoHasRead) {
  const Community community;
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up()) << serving.log();
  const auto post = [&](const std::string& path, const std::string& key, const std::string& body) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
    request.body = body;
    return serving.send(request);
  };
  const Response opened = post(
      "/api/v1/procedures", community.hq_key,
      R"({"pack":"uk-nsi","title":"Port","format":["AVL"],"filing":{"persons":["Eva Maas"]}})");
  ASSERT_EQ(opened.status, 200) << opened.body.flatten();
  const std::string id = app::Fields::parse(opened.body.flatten())->text("id");
  const std::string path = "/api/v1/procedures/" + id;
  const Response attached = post(path + "/acts", community.avl_key,
                                 fmt::format(R"({{"act":"attach","objects":["{}"]}})", kFirm));
  EXPECT_NE(attached.body.flatten().find(R"("verdict":"counted")"), std::string::npos)
      << attached.body.flatten();
  const std::string shown = serving.get(path, community.hq_key).body.flatten();
  EXPECT_NE(shown.find(fmt::format(R"("objects":[{{"id":"{}","here":false}}])", kFirm)),
            std::string::npos)
      << shown;
  EXPECT_NE(shown.find(R"("filing":{"persons":["Eva Maas"]})"), std::string::npos);
  const Response access = serving.get(path + "/access", community.hq_key, "person=Eva%20Maas");
  ASSERT_EQ(access.status, 200) << access.body.flatten();
  const app::Fields told = *app::Fields::parse(access.body.flatten());
  const auto reads = raw_elements_of(*told.root().find("reads"), "items");
  ASSERT_EQ(reads.size(), 1U) << access.body.flatten();
  EXPECT_NE(reads.front().find(fmt::format(R"("action":"procedure","object":"{}")", id)),
            std::string::npos);
  EXPECT_EQ(raw_elements_of(told.root(), "received").size(), 1U) << "AVL, who acted upon it";
  EXPECT_EQ(serving.get(path + "/access", community.avl_key, "person=Eva%20Maas").status, 403);
  EXPECT_EQ(serving.get(path + "/access", community.bor_key, "person=Eva%20Maas").status, 404);
  EXPECT_EQ(serving.get(path + "/access", community.hq_key).status, 400);
}

}  // namespace
}  // namespace entente::cli
