// screen and compare as scripts use them: the shape of each line, and what is said of bad input. All names are made up.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

const char* const kList =
    R"({"id":"e1","schema":"Person","properties":{"name":["Dmitri Voronetsky"],"birthDate":["1961-03-14"],"nationality":["ru"]}})"
    "\n"
    R"({"id":"e2","schema":"Company","properties":{"name":["Norvika Shipbuilding JSC"],"jurisdiction":["ru"]}})"
    "\n";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

double score_of(json::Value match) { return match.find("score")->number().value_or(-1); }

TEST(Screen, AnswersEachQueryWithALineInItsOrder) {
  const Directory directory;
  const std::string list = directory.write("list.jsonl", kList);
  const std::string queries = directory.write(
      "queries.jsonl",
      R"({"id":"q1","kind":"person","names":["Дмитрий Воронецкий"],"birth_date":"1961","countries":["RU"]})"
      "\n"
      R"({"id":"q2","kind":"organization","names":["Норвика"]})"
      "\n"
      R"({"id":"q3","kind":"any","names":["Pedro Almagro"]})"
      "\n");
  const Ran ran = entente({"screen", "--list", list, "--queries", queries, "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 3U);
  const auto first = app::Fields::parse(lines[0]);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->text("id"), "q1");
  const auto matches = first->root().find("matches");
  ASSERT_TRUE(matches.has_value() && matches->size() >= 1);
  const json::Value match = *matches->elements().begin();
  EXPECT_EQ(match.find("entity")->text(), "e1");
  EXPECT_EQ(match.find("name")->text(), "Dmitri Voronetsky");
  EXPECT_GT(score_of(match), 0.5);
  EXPECT_LT(score_of(match), 1.0);
  const auto second = app::Fields::parse(lines[1]);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ((*second->root().find("matches")->elements().begin()).find("entity")->text(), "e2");
}

TEST(Screen, ThresholdAndLimitHold) {
  const Directory directory;
  const std::string list = directory.write("list.jsonl", std::string(kList) + kList);
  const std::string queries =
      directory.write("q.jsonl", R"({"id":"q1","names":["Dmitri Voronetsky"]})"
                                 "\n");
  const Ran one =
      entente({"screen", "--list", list, "--queries", queries, "--json", "--limit", "1"});
  EXPECT_EQ(app::Fields::parse(lines_of(one.out).at(0))->root().find("matches")->size(), 1U);
  const Ran none =
      entente({"screen", "--list", list, "--queries", queries, "--json", "--threshold", "1"});
  EXPECT_EQ(lines_of(none.out).at(0), R"({"id":"q1","matches":[]})");
}

TEST(Screen, BadQueriesAreAnsweredAndCounted) {
  const Directory directory;
  const std::string list = directory.write("list.jsonl", kList);
  const std::string queries = directory.write(
      "q.jsonl", "{\"id\":\"q1\"}\nnonsense\n{\"id\":\"q3\",\"names\":[\"Norvika\"]}\n");
  const Ran ran = entente({"screen", "--list", list, "--queries", queries, "--json"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(lines_of(ran.out).size(), 3U);
  EXPECT_EQ(entente({"screen", "--list", directory.at("absent"), "--queries", queries, "--json"})
                .exit_code,
            2);
  EXPECT_EQ(entente({"screen", "--list", list}).exit_code, 2);
}

TEST(Compare, ScoresAPairALineAndSaysWhy) {
  const Ran ran = entente(
      {"compare", "--json"},
      R"({"left":{"kind":"person","names":["Dmitri Voronetsky"]},"right":{"kind":"person","names":["Дмитрий Воронецкий"]}})"
      "\n"
      R"({"left":{"names":["Dmitri Voronetsky"]},"right":{"names":["Pedro Almagro"]}})"
      "\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 2U);
  const auto same = app::Fields::parse(lines[0]), other = app::Fields::parse(lines[1]);
  ASSERT_TRUE(same.has_value() && other.has_value());
  EXPECT_GT(score_of(same->root()), 0.5);
  EXPECT_LT(score_of(other->root()), 0.1);
  EXPECT_GT(same->root().find("evidence")->size(), 0U);
  EXPECT_EQ(entente({"compare", "--json"}, "{\"left\":{}}\n").exit_code, 1);
}

TEST(Screen, TellsWhatANewerListChanges) {
  const Directory directory;
  const std::string before =
      directory.write("before.csv", "id,name,aliases\n1,Marta Vidalgo,\n2,Norvika Works,\n");
  const std::string now =
      directory.write("now.csv", "id,name,aliases\n1,Marta Vidalgo,La Loba\n3,Jan Kowalczuk,\n");
  const Ran delta = entente({"screen", "--list", now, "--against", before});
  EXPECT_EQ(delta.exit_code, 1) << delta.err;
  const auto changes = lines_of(delta.out);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0], R"({"change":"came","entity":"3","name":"Jan Kowalczuk"})");
  EXPECT_EQ(changes[1], R"({"change":"went","entity":"2","name":"Norvika Works"})");
  EXPECT_EQ(changes[2], R"({"change":"changed","entity":"1","name":"Marta Vidalgo"})");
  EXPECT_EQ(entente({"screen", "--list", now, "--against", now}).exit_code, 0);
  // Earlier screenings, as a table: only what would be answered otherwise is shown.
  const std::string queries = directory.write(
      "queries.csv", "id,name\nq1,Kowalczuk Jan\nq2,Marta Vidalgo\nq3,Norvika Works\n");
  const Ran answers = entente(
      {"screen", "--list", now, "--against", before, "--queries", queries, "--threshold", "0.3"});
  EXPECT_EQ(answers.exit_code, 1) << answers.err;
  const auto lines = lines_of(answers.out);
  ASSERT_EQ(lines.size(), 2U) << answers.out;
  const auto came = app::Fields::parse(lines[0]), went = app::Fields::parse(lines[1]);
  ASSERT_TRUE(came.has_value() && went.has_value());
  EXPECT_EQ(came->text("id"), "q1");
  EXPECT_EQ((*came->root().find("came")->elements().begin()).find("entity")->text(), "3");
  EXPECT_EQ(came->root().find("went")->size(), 0U);
  EXPECT_EQ(went->text("id"), "q3");
  EXPECT_EQ((*went->root().find("went")->elements().begin()).find("entity")->text(), "2");
  EXPECT_EQ(entente({"screen", "Jan", "--list", now, "--against", before}).exit_code, 2);
}

TEST(Screen, ReadsATableThroughAMapping) {
  const Directory directory;
  const std::string list =
      directory.write("list.csv", "Akte;Firma;Sitz\nA-7;Norvika Stahl AB;Schweden\n");
  const std::string mapping = directory.write(
      "mapping.json",
      R"({"columns":{"id":"Akte","names":"Firma","countries":"Sitz"},"kind":"organization"})");
  const Ran ran =
      entente({"screen", "Norvika Steel", "--list", list, "--mapping", mapping, "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto answer = app::Fields::parse(lines_of(ran.out).at(0));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ((*answer->root().find("matches")->elements().begin()).find("entity")->text(), "A-7");
  const std::string wrong = directory.write("wrong.json", R"({"columns":{"names":"Name"}})");
  EXPECT_EQ(entente({"screen", "x", "--list", list, "--mapping", wrong}).exit_code, 2);
  const std::string broken = directory.write("broken.json", "{");
  EXPECT_EQ(entente({"screen", "x", "--list", list, "--mapping", broken}).exit_code, 2);
}

}  // namespace
}  // namespace entente::cli
