// The checker finds what is wrong with packs that were spoilt on purpose, and nothing in those that are shipped.
#include "desk/procedure/check.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace entente::procedure {
namespace {

std::string silence_with(std::string_view what, std::string_view instead) {
  std::string text(Packs::text_of("silence"));
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

CheckReport check(const std::string& text) {
  std::vector<Mistake> mistakes;
  const auto pack = read_pack(text, &mistakes);
  EXPECT_TRUE(pack) << describe(mistakes);
  return pack ? check_pack(*pack) : CheckReport{};
}

const CheckFinding* find(const CheckReport& report, std::string_view code) {
  for (const CheckFinding& one : report.findings) {
    if (one.code == code) return &one;
  }
  return nullptr;
}

TEST(Check, FindsNothingWrongWithWhatIsShipped) {
  EXPECT_GE(Packs::shipped().all().size(), 5U);
  for (const auto& [name, pack] : Packs::shipped().all()) {
    const CheckReport report = check_pack(pack);
    for (const CheckFinding& one : report.findings) {
      ADD_FAILURE() << name << ": " << one.code << ": " << one.detail;
      for (const std::string& step : one.path) ADD_FAILURE() << "  " << step;
    }
    EXPECT_EQ(report.reached.size(), pack.states.size()) << name;
    std::printf("%-14s %8lu situations %9lu transitions, %zu rules unverified\n", name.c_str(),
                static_cast<unsigned long>(report.situations),
                static_cast<unsigned long>(report.transitions), pack.unverified().size());
  }
}

TEST(Check, FindsAnAdoptionWithoutReceiptByAShortestPath) {
  const CheckReport report = check(silence_with("if all member received if none", "if none"));
  const CheckFinding* found = find(report, "requirement");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path,
            (std::vector<std::string>{"opener: start -> open", "silence ends -> adopted"}));
}

TEST(Check, FindsAnObjectionThatDoesNotHinder) {
  const std::string text =
      silence_with("act break by member in open,suspended,broken to broken while",
                   "act break by member in open,suspended,broken while");
  std::vector<Mistake> mistakes;
  std::string spoilt = text;
  const std::string condition = " if none member did break to adopted";
  spoilt.replace(spoilt.find(condition), condition.size(), " to adopted");
  const CheckReport report = check(spoilt);
  ASSERT_NE(find(report, "requirement"), nullptr);
  EXPECT_GE(find(report, "requirement")->path.size(), 4U);
  EXPECT_NE(find(report, "unreachable"), nullptr) << "broken";
}

TEST(Check, FindsDeadEndsAndWhatNeverHappens) {
  const std::string stuck = silence_with("act resume by initiator in suspended to open",
                                         "act resume by initiator in adopted to open");
  EXPECT_NE(find(check(stuck), "impossible"), nullptr);
  std::string text(Packs::text_of("silence"));
  for (const char* cut :
       {"act withdraw by initiator in open,suspended", "act correct by initiator in open,suspended",
        "act resume by initiator in suspended", "act break by member in open,suspended,broken"}) {
    const size_t at = text.find(cut);
    ASSERT_NE(at, std::string::npos);
    std::string line(cut);
    line.replace(line.find(" in "), std::string::npos, " in open");
    text.replace(at, std::string(cut).size(), line);
  }
  const CheckReport report = check(text);
  const CheckFinding* found = find(report, "dead-end");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path,
            (std::vector<std::string>{"opener: start -> open", "opener: suspend -> suspended"}));
}

TEST(Check, SaysThatItStoppedAtItsBound) {
  const Pack& silence = *Packs::shipped().find("silence");
  const CheckReport whole = check_pack(silence);
  EXPECT_EQ(find(check_pack(silence, whole.situations), "bound"), nullptr);
  EXPECT_NE(find(check_pack(silence, whole.situations - 1), "bound"), nullptr);
}

TEST(Pack, ReportsMistakesWithLineAndColumn) {
  const auto mistakes_of = [](const std::string& text) {
    std::vector<Mistake> mistakes;
    EXPECT_FALSE(read_pack(text, &mistakes));
    return describe(mistakes);
  };
  const std::string head =
      "pack x\nschema 1\nversion 1\ntitle \"t\"\nsource \"s\"\nvalid 2020-01-01\n";
  EXPECT_NE(mistakes_of(head + "state open initial\nact go opens by nobody clause \"c\"\n")
                .find("8:17: there is no role 'nobody'"),
            std::string::npos);
  EXPECT_NE(
      mistakes_of(head + "state a initial\nstate a\n").find("8:7: the state 'a' stands twice"),
      std::string::npos);
  EXPECT_NE(mistakes_of(head + "role r opener\nact go opens by r\n").find("names its clause"),
            std::string::npos);
  EXPECT_NE(mistakes_of("schema 2\n").find("1:8: this program reads schema 1"), std::string::npos);
  EXPECT_NE(mistakes_of(head + "clock c 5 moons clause \"c\"\n").find("7:11: a unit is"),
            std::string::npos);
  EXPECT_NE(mistakes_of("valid 2020-02-30\n").find("1:7: "), std::string::npos);
  EXPECT_NE(mistakes_of("").find("a pack has pack"), std::string::npos);
  EXPECT_NE(mistakes_of("\xff").find("not UTF-8"), std::string::npos);
  EXPECT_NE(mistakes_of(std::string(size_t{1} << 21, '#')).find("larger than"), std::string::npos);
}

TEST(Pack, EveryRuleOfAShippedPackNamesItsClause) {
  for (const auto& [name, pack] : Packs::shipped().all()) {
    for (const StateRule& state : pack.states)
      EXPECT_FALSE(state.clause.text.empty()) << name << state.name;
    for (const Role& role : pack.roles) EXPECT_FALSE(role.clause.text.empty()) << name << role.name;
  }
  EXPECT_EQ(Packs::shipped().find("NSI")->name, "uk-nsi");
  EXPECT_EQ(Packs::shipped().find("2019/452")->valid_until, day_of(2028, 1, 16));
  EXPECT_EQ(Packs::shipped().find("2026/1386")->valid_from, day_of(2028, 1, 17));
  EXPECT_EQ(Packs::shipped().find("nothing"), nullptr);
}

}  // namespace
}  // namespace entente::procedure
