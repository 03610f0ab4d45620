// The table: the page's example, what closes, what a table may not be, and that no way there and
// back widens, by an oracle that knows readers one by one and labels by their own rules.
#include "release/stanag_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "release/stanag_test_support.h"

namespace entente::release {
namespace {

using Strings = std::vector<std::string>;

LabelTable page_table() {
  auto table = LabelTable::read(example_of_the_page("table"));
  EXPECT_TRUE(table.has_value()) << table.error().detail;
  return std::move(*table);
}

ConfidentialityLabel page_label() {
  auto label = read_confidentiality_label(example_of_the_page("label"));
  EXPECT_TRUE(label.has_value()) << label.error().detail;
  return std::move(*label);
}

const LabelIssue kIssue{"2026-09-26T12:00:00Z", "2031-09-26T00:00:00Z", std::nullopt};

// --- The oracle of readers: one reader, by identity, memberships, community and audience. [DESIGN
// 4]
struct OneReader {
  std::string code;
  std::set<std::string> groups;
  bool in_community = false;
  bool in_audience = false;
};

bool may_read(const ReleaseWords& words, const OneReader& reader) {
  const auto& list = words.releasable_to;
  const bool named = list && std::count(list->begin(), list->end(), reader.code) != 0;
  bool listed = named;
  for (const std::string& group : reader.groups)
    listed = listed || (list && std::count(list->begin(), list->end(), group) != 0);
  if (list && !listed) return false;
  if (!words.tlp) return listed;
  if (*words.tlp == Tlp::kClear) return true;
  if (*words.tlp == Tlp::kGreen) return reader.in_community;
  if (*words.tlp == Tlp::kAmber) return listed || reader.in_audience;
  return *words.tlp == Tlp::kAmberStrict ? listed : named;
}

// Every reader there can be beside four codes, any of which may be a party or a group.
std::vector<OneReader> all_readers() {
  const Strings codes = {"A", "B", "C", "D"};
  std::vector<OneReader> out;
  for (const char* code : {"A", "B", "C", "D", "Z"}) {
    for (unsigned groups = 0; groups < 16; ++groups) {
      for (int place = 0; place < 3; ++place) {
        OneReader reader{code, {}, place > 0, place > 1};
        for (unsigned i = 0; i < 4; ++i) {
          if ((groups >> i & 1u) != 0 && codes[i] != code) reader.groups.insert(codes[i]);
        }
        out.push_back(std::move(reader));
      }
    }
  }
  return out;
}

bool widens(const ReleaseWords& later, const ReleaseWords& earlier,
            const std::vector<OneReader>& readers) {
  return std::any_of(readers.begin(), readers.end(), [&](const OneReader& reader) {
    return may_read(later, reader) && !may_read(earlier, reader);
  });
}

// Every combination of a level (or none) and a list (or none) of at most four codes.
std::vector<ReleaseWords> all_words() {
  std::vector<ReleaseWords> out;
  for (int tlp = -1; tlp < 5; ++tlp) {
    for (int list = -1; list < 16; ++list) {
      ReleaseWords words;
      if (tlp >= 0) words.tlp = static_cast<Tlp>(tlp);
      if (list >= 0) words.releasable_to.emplace();
      for (int i = 0; i < 4 && list >= 0; ++i) {
        if ((list >> i & 1) != 0)
          words.releasable_to->push_back(std::string(1, static_cast<char>('A' + i)));
      }
      out.push_back(std::move(words));
    }
  }
  return out;
}

// --- A table over these codes, with everything that tables can have.
constexpr std::string_view kTable = R"({"type":"label-table","version":1,"policies":[
 {"name":"T","id":"2.25.1","classification_policy":"OURS","classifications":[
   {"label":"OPEN","tlp":"CLEAR"},{"label":"LOW","tlp":"GREEN","level":"low"},{"label":"HIGH","tlp":"AMBER+STRICT","level":"high"}],
  "privacy_marks":["harmless"],
  "tags":[{"tag":"Rel","id":"2.25.1.1","type":"PERMISSIVE","means":"audience","values":{"aa":"A","bb":"B","cc":"C","dd":"D"}},
   {"tag":"TLP","type":"RESTRICTIVE","means":"tlp","values":{"g":"GREEN","a":"AMBER","s":"AMBER+STRICT","r":"RED"}},
   {"tag":"Cat","type":"RESTRICTIVE","means":"category","values":{"k1":"one","k2":"two"}},
   {"tag":"Info","type":"INFORMATIVE","means":"nothing"}]},
 {"name":"N","id":"2.25.2","audience_required":true,"audience_tags":"together","classifications":[
   {"label":"CLEAR","tlp":"CLEAR"},{"label":"GREEN","tlp":"GREEN"},{"label":"RED","tlp":"RED"}],
  "tags":[{"tag":"Own","type":"PERMISSIVE","means":"audience","values":{"aa":"A"}},
   {"tag":"Rel","type":"PERMISSIVE","means":"audience","values":{"bb":"B","cc":"C"}}]}]})";

LabelTable table_of(std::string_view json) {
  auto table = LabelTable::read(json);
  EXPECT_TRUE(table.has_value()) << table.error().detail;
  return std::move(*table);
}

Strings some_of(Dice* dice, const Strings& from, size_t one_in_empty) {
  Strings out;
  for (const std::string& each : from) {
    if (dice->coin()) out.push_back(each);
  }
  if (out.empty() && dice->below(one_in_empty) != 0) out.push_back(from[dice->below(from.size())]);
  return out;
}

// A label that is often in the table, and now and then not.
ConfidentialityLabel likely_label(Dice* dice) {
  ConfidentialityLabel out;
  const bool first = dice->coin();
  out.information.policy_name = dice->below(30) == 0 ? "X" : first ? "T" : "n";
  if (dice->coin()) out.information.policy_uri = first ? "urn:oid:2.25.1" : "urn:oid:2.25.2";
  const Strings classifications =
      first ? Strings{"OPEN", "LOW", "HIGH"} : Strings{"CLEAR", "GREEN", "RED"};
  out.information.classification = classifications[dice->below(3)];
  const auto add = [&](CategoryType type, const char* tag, const Strings& values) {
    if (dice->coin())
      out.information.categories.push_back({type, tag, "", some_of(dice, values, 20)});
  };
  add(CategoryType::kPermissive, "rel", {"aa", "bb", "cc", "dd"});
  if (!first) add(CategoryType::kPermissive, "Own", {"aa"});
  if (first) add(CategoryType::kRestrictive, "TLP", {"g", "a", "s", "r"});
  if (first) add(CategoryType::kRestrictive, "Cat", {"k1", "K2"});
  if (first) add(CategoryType::kInformative, "Info", {"x"});
  if (dice->below(20) == 0) out.information.privacy_mark = dice->coin() ? "harmless" : "harmful";
  out.creation_date_time = kIssue.creation_date_time;
  return out;
}

// --- The oracle of labels: is `later` no more open than `earlier` by what STANAG 4774 says of the
// types?
std::set<std::string> values_of(const ConfidentialityLabel& label, CategoryType type,
                                std::string_view tag) {
  std::set<std::string> out;
  for (const LabelCategory& category : label.information.categories) {
    std::string name = category.tag_name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (category.type != type || name != tag) continue;
    for (std::string value : category.values) {
      std::transform(value.begin(), value.end(), value.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      out.insert(value);
    }
  }
  return out;
}

bool label_is_within(const ConfidentialityLabel& later, const ConfidentialityLabel& earlier) {
  if (later.information.classification != earlier.information.classification) return false;
  for (const char* tag : {"cat"}) {
    const auto now = values_of(later, CategoryType::kRestrictive, tag),
               before = values_of(earlier, CategoryType::kRestrictive, tag);
    if (!std::includes(now.begin(), now.end(), before.begin(), before.end())) return false;
  }
  // The highest of the TLP values holds: "g" < "a" < "s" < "r".
  const auto highest = [](const ConfidentialityLabel& label) {
    size_t out = 0;
    for (const std::string& value : values_of(label, CategoryType::kRestrictive, "tlp"))
      out = std::max(out, std::string("gasr").find(value) + 1);
    return out;
  };
  if (highest(later) < highest(earlier)) return false;
  for (const char* tag : {"rel", "own"}) {
    const auto now = values_of(later, CategoryType::kPermissive, tag),
               before = values_of(earlier, CategoryType::kPermissive, tag);
    if (now != before) return false;
  }
  return true;
}

}  // namespace

TEST(StanagMap, MapsTheExamplesOfThePage) {
  const Mapped words = page_table().to_words(page_label());
  EXPECT_TRUE(words.maps) << (words.unmapped.empty() ? "" : words.unmapped[0]);
  EXPECT_EQ(words.tlp, Tlp::kAmberStrict);
  EXPECT_EQ(words.releasable_to, (Strings{"JPN", "NATO"}));
  EXPECT_EQ(words.classification, "RESTRICTED");
  EXPECT_EQ(words.classification_policy, "NATO");
  const Relabelled back = page_table().to_label(words, "NATO", kIssue);
  ASSERT_TRUE(back.maps);
  EXPECT_EQ(back.label.information.classification, "RESTRICTED");
  EXPECT_EQ(back.label.information.policy_uri, "urn:oid:1.3.26.1.3.1");
  EXPECT_TRUE(write_confidentiality_label(back.label).has_value());
}

TEST(StanagMap, CarriesEveryTlpLevelByThePolicyForIt) {
  const LabelTable table = page_table();
  for (int level = 0; level < 5; ++level) {
    ReleaseWords words;
    words.tlp = static_cast<Tlp>(level);
    words.releasable_to = Strings{"JPN", "NZL"};
    const Relabelled label = table.to_label(words, "example tlp", kIssue);
    ASSERT_TRUE(label.maps) << level;
    EXPECT_EQ(static_cast<const ReleaseWords&>(table.to_words(label.label)), words);
  }
}

TEST(StanagMap, OnePartThatIsNotInTheTableCloses) {
  const LabelTable table = page_table();
  const auto closed = [&](auto change) -> std::string {
    ConfidentialityLabel label = page_label();
    change(&label);
    const Mapped words = table.to_words(label);
    if (words.maps) return "maps";
    EXPECT_EQ(words.tlp, Tlp::kRed);
    EXPECT_EQ(words.releasable_to, Strings{}) << "whoever forgets to look at maps is closed too";
    EXPECT_FALSE(words.classification.has_value());
    return words.unmapped.size() == 1 ? words.unmapped[0] : "several";
  };
  using Label = ConfidentialityLabel;
  EXPECT_EQ(closed([](Label*) {}), "maps");
  EXPECT_EQ(closed([](Label* l) { l->information.policy_name = "OTAN"; }), "policy OTAN");
  EXPECT_EQ(closed([](Label* l) { l->information.policy_uri = "urn:oid:1.2"; }),
            "policy NATO: another identifier than the table's");
  EXPECT_EQ(closed([](Label* l) { l->information.classification = "COSMIC"; }),
            "classification COSMIC");
  EXPECT_EQ(closed([](Label* l) { l->information.categories[1].values.push_back("XXX"); }),
            "PERMISSIVE category Releasable To: XXX");
  EXPECT_EQ(closed([](Label* l) { l->information.categories[1].values.clear(); }),
            "PERMISSIVE category Releasable To: without a value");
  EXPECT_EQ(
      closed([](Label* l) { l->information.categories[1].type = CategoryType::kInformative; }),
      "INFORMATIVE category Releasable To");
  EXPECT_EQ(closed([](Label* l) { l->information.categories[1].tag_name = "Only"; }),
            "PERMISSIVE category Only");
  EXPECT_EQ(closed([](Label* l) { l->information.categories[0].uri = "urn:oid:1.2"; }),
            "PERMISSIVE category Context: another identifier than the table's");
  EXPECT_EQ(
      closed([](Label* l) { l->information.categories.push_back(l->information.categories[1]); }),
      "PERMISSIVE category Releasable To: stands twice");
  EXPECT_EQ(closed([](Label* l) {
              l->information.categories.push_back({CategoryType::kInformative, "Gossip", "", {}});
            }),
            "INFORMATIVE category Gossip");
  EXPECT_EQ(closed([](Label* l) { l->information.categories.clear(); }),
            "no audience, which the policy requires");
  EXPECT_EQ(closed([](Label* l) { l->information.privacy_mark = "EYES"; }), "privacy mark EYES");
  EXPECT_EQ(closed([](Label* l) { l->not_understood = {"{urn:o}x"}; }), "{urn:o}x");
  EXPECT_EQ(closed([](Label* l) { l->kind = LabelKind::kMetadata; }),
            "a label of metadata, not of the data");
  EXPECT_EQ(closed([](Label* l) { l->succession.emplace().date_time = "2030-01-01T00:00:00Z"; }),
            "a succession on 2030-01-01T00:00:00Z");
  EXPECT_EQ(closed([](Label* l) {
              l->information.categories.push_back(
                  {CategoryType::kInformative, "administrative", "", {"x"}});
            }),
            "maps");
  EXPECT_EQ(closed([](Label* l) { l->kind = LabelKind::kAlternative; }), "maps");
}

TEST(StanagMap, TheHighestTlpHolds) {
  const LabelTable table = table_of(kTable);
  const auto tlp = [&](const char* classification, Strings values) {
    ConfidentialityLabel label;
    label.information = {"T",
                         "",
                         classification,
                         std::nullopt,
                         {{CategoryType::kRestrictive, "TLP", "", std::move(values)}}};
    return table.to_words(label).tlp;
  };
  EXPECT_EQ(tlp("OPEN", {"g"}), Tlp::kGreen);
  EXPECT_EQ(tlp("OPEN", {"a", "r", "g"}), Tlp::kRed);
  EXPECT_EQ(tlp("HIGH", {"g"}), Tlp::kAmberStrict) << "the classification's own level is the least";
}

TEST(StanagMap, AnAlternativeCountsOnlyIfTheFirstPolicyIsUnknown) {
  const LabelTable table = table_of(kTable);
  LabelBinding binding;
  binding.label.information = {"FOREIGN", "", "X", std::nullopt, {}};
  ConfidentialityLabel alternative;
  alternative.kind = LabelKind::kAlternative;
  alternative.information = {"T", "", "LOW", std::nullopt, {}};
  binding.alternatives = {alternative};
  EXPECT_TRUE(table.to_words(binding).maps);
  EXPECT_EQ(table.to_words(binding).classification, "low");
  binding.label.information.policy_name = "N";
  EXPECT_FALSE(table.to_words(binding).maps)
      << "a known policy whose label does not map stays closed";
  binding.label.information.policy_name = "FOREIGN";
  binding.alternatives.clear();
  EXPECT_FALSE(table.to_words(binding).maps);
}

TEST(StanagMap, WordsThatAPolicyCannotSayGiveNoLabel) {
  const LabelTable table = table_of(kTable);
  const auto gives = [&](const ReleaseWords& words, std::string_view policy) {
    const Relabelled label = table.to_label(words, policy, kIssue);
    EXPECT_EQ(label.maps, label.unmapped.empty());
    EXPECT_EQ(write_confidentiality_label(label.label).has_value(), label.maps)
        << "what does not map cannot be written";
    return label.maps;
  };
  ReleaseWords words{Tlp::kAmber, Strings{"A"}, "OURS", "low", {"one"}};
  EXPECT_TRUE(gives(words, "T"));
  EXPECT_FALSE(gives(words, "X"));
  EXPECT_FALSE(gives(words, "N")) << "no classification there";
  words.categories = {"three"};
  EXPECT_FALSE(gives(words, "T"));
  words.categories.clear();
  words.releasable_to = Strings{"A", "E"};
  EXPECT_FALSE(gives(words, "T"));
  words.releasable_to = Strings{};
  EXPECT_FALSE(gives(words, "T"))
      << "nobody: a permissive list without a value would say so to no tool";
  words.releasable_to.reset();
  EXPECT_TRUE(gives(words, "T"));
  words.tlp.reset();
  EXPECT_FALSE(gives(words, "T")) << "unmarked is not open";
  words = {Tlp::kClear, Strings{"A"}, "OURS", "high", {}};
  EXPECT_TRUE(gives(words, "T")) << "AMBER+STRICT to A lets the same read";
  words.tlp = Tlp::kGreen;
  EXPECT_FALSE(gives(words, "T")) << "A may be outside the community";
  words = {Tlp::kAmber, Strings{"A"}, "", std::nullopt, {}};
  EXPECT_TRUE(gives(words, "N"));
  EXPECT_EQ(table.to_label(words, "N", kIssue).label.information.classification, "RED")
      << "CLEAR to A lets the same read, but lowers the level";
  words.tlp = Tlp::kGreen;
  EXPECT_EQ(table.to_label(words, "N", kIssue).label.information.classification, "GREEN");
}

TEST(StanagMap, WithinIsExact) {
  const std::vector<OneReader> readers = all_readers();
  const std::vector<ReleaseWords> words = all_words();
  size_t within = 0;
  for (const ReleaseWords& later : words) {
    for (const ReleaseWords& earlier : words) {
      const bool lower = earlier.tlp && (!later.tlp || *later.tlp < *earlier.tlp);
      const bool expected = !lower && !widens(later, earlier, readers);
      ASSERT_EQ(is_within(later, earlier), expected)
          << static_cast<int>(later.tlp.value_or(static_cast<Tlp>(9))) << " after "
          << static_cast<int>(earlier.tlp.value_or(static_cast<Tlp>(9)));
      within += expected ? 1 : 0;
    }
  }
  EXPECT_GT(within, words.size());
  EXPECT_LT(within, words.size() * words.size() / 2);
}

TEST(StanagMap, ClassificationAndCategoriesOnlyGrow) {
  const ReleaseWords plain{Tlp::kClear, std::nullopt, "", std::nullopt, {}};
  const ReleaseWords low{Tlp::kClear, std::nullopt, "P", "low", {}};
  const ReleaseWords high{Tlp::kClear, std::nullopt, "P", "high", {}};
  const ReleaseWords elsewhere{Tlp::kClear, std::nullopt, "Q", "low", {}};
  const ReleaseWords one{Tlp::kClear, std::nullopt, "P", "low", {"one"}};
  EXPECT_TRUE(is_within(low, plain));
  EXPECT_FALSE(is_within(plain, low));
  EXPECT_FALSE(is_within(high, low))
      << "which of two levels is higher is for the policy, not known here";
  EXPECT_FALSE(is_within(elsewhere, low));
  EXPECT_TRUE(is_within(one, low));
  EXPECT_FALSE(is_within(low, one));
}

TEST(StanagMap, NoLabelWidensThereAndBack) {
  const LabelTable table = table_of(kTable);
  const std::vector<OneReader> readers = all_readers();
  Dice dice(47744778);
  size_t mapped = 0, returned = 0;
  for (int i = 0; i < 20000; ++i) {
    const ConfidentialityLabel label = likely_label(&dice);
    const Mapped words = table.to_words(label);
    if (!words.maps) {
      ASSERT_FALSE(std::any_of(readers.begin(), readers.end(),
                               [&](const OneReader& reader) { return may_read(words, reader); }));
      continue;
    }
    ++mapped;
    const Relabelled back = table.to_label(words, label.information.policy_name, kIssue);
    if (!back.maps) continue;
    ++returned;
    ASSERT_TRUE(label_is_within(back.label, label))
        << *write_confidentiality_label(label) << *write_confidentiality_label(back.label);
    const Mapped again = table.to_words(back.label);
    ASSERT_TRUE(again.maps);
    ASSERT_FALSE(widens(again, words, readers));
    ASSERT_EQ(static_cast<const ReleaseWords&>(again), static_cast<const ReleaseWords&>(words));
  }
  EXPECT_GT(mapped, 5000u);
  EXPECT_GT(returned, mapped * 9 / 10);
}

TEST(StanagMap, NoWordsWidenThereAndBack) {
  const LabelTable table = table_of(kTable);
  const std::vector<OneReader> readers = all_readers();
  size_t labels = 0;
  for (ReleaseWords words : all_words()) {
    for (const char* level : {"", "low", "high"}) {
      words.classification = *level == 0 ? std::nullopt : std::optional<std::string>(level);
      words.classification_policy = *level == 0 ? "" : "OURS";
      for (const Strings& categories : {Strings{}, Strings{"one"}, Strings{"one", "two"}}) {
        words.categories = categories;
        for (const char* policy : {"T", "N"}) {
          const Relabelled label = table.to_label(words, policy, kIssue);
          if (!label.maps) continue;
          ++labels;
          const Mapped back = table.to_words(label.label);
          ASSERT_TRUE(back.maps);
          ASSERT_FALSE(widens(back, words, readers));
          ASSERT_EQ(back.classification, words.classification);
          ASSERT_EQ(back.categories, words.categories);
        }
      }
    }
  }
  EXPECT_GT(labels, 300u);
}

TEST(StanagMap, RefusesTablesThatLoseOrAreNone) {
  const auto refused = [](std::string_view from, std::string_view to) {
    std::string json(kTable);
    EXPECT_NE(json.find(from), std::string::npos) << from;
    json.replace(json.find(from), from.size(), to);
    return !LabelTable::read(json).has_value();
  };
  EXPECT_FALSE(refused("\"version\":1", "\"version\":1"));
  EXPECT_TRUE(refused("\"version\":1", "\"version\":2"));
  EXPECT_TRUE(refused("\"version\":1", "\"version\":1,\"more\":1"));
  EXPECT_TRUE(refused("\"version\":1", "\"version\":1,\"version\":1"));
  EXPECT_TRUE(refused("label-table", "table"));
  EXPECT_TRUE(refused("\"bb\":\"B\"", "\"bb\":\"A\"")) << "two values of one word";
  EXPECT_TRUE(refused("\"bb\":\"B\"", "\"AA\":\"B\"")) << "one value of two words";
  EXPECT_TRUE(refused("\"level\":\"high\"", "\"level\":\"low\""))
      << "two classifications of the same words";
  EXPECT_TRUE(refused(",\"level\":\"high\"", ""));
  EXPECT_TRUE(refused("\"tlp\":\"RED\"", "\"tlp\":\"GREEN\""));
  EXPECT_TRUE(refused("\"label\":\"HIGH\"", "\"label\":\"low\""));
  EXPECT_TRUE(refused("\"classification_policy\":\"OURS\",", ""));
  EXPECT_TRUE(refused("\"audience_tags\":\"together\",", ""));
  EXPECT_TRUE(refused("\"audience_tags\":\"together\"", "\"audience_tags\":\"apart\""));
  EXPECT_TRUE(refused("\"name\":\"N\"", "\"name\":\"t\""));
  EXPECT_TRUE(refused("\"tag\":\"Cat\"", "\"tag\":\"tlp\""));
  EXPECT_TRUE(
      refused("\"PERMISSIVE\",\"means\":\"audience\"", "\"RESTRICTIVE\",\"means\":\"audience\""));
  EXPECT_TRUE(refused("\"means\":\"category\"", "\"means\":\"nothing\""));
  EXPECT_TRUE(refused("\"means\":\"category\"", "\"means\":\"tlp\""));
  EXPECT_TRUE(refused("\"means\":\"nothing\"", "\"means\":\"nothing\",\"values\":{\"a\":\"b\"}"));
  EXPECT_TRUE(refused("\"k1\":\"one\"", "\"k1\":1"));
  EXPECT_TRUE(refused("\"s\":\"AMBER+STRICT\"", "\"s\":\"AMBER-STRICT\""));
  EXPECT_TRUE(refused("\"audience_required\":true", "\"audience_required\":1"));
  for (const char* json :
       {"", "{", "[]", "{}", "{\"type\":\"label-table\",\"version\":1,\"policies\":[{}]}"})
    EXPECT_FALSE(LabelTable::read(json).has_value()) << json;
}

}  // namespace entente::release
