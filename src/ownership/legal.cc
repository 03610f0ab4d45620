// Each test is a search for control with the test's own measure and threshold, or an integrated share.
#include "ownership/legal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "json/json.h"
#include "ownership/capital.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

constexpr std::string_view kMembersOfTheUnion =
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE";
// What belongs to the European Economic Area besides.
constexpr std::string_view kOthersOfTheArea = "IS LI NO";
constexpr size_t kTestsMax = 1'000;

template <class T, size_t N>
std::optional<T> named(const std::array<std::pair<std::string_view, T>, N>& names,
                       std::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, LegalTest::Who>, 6> kWho{
    {{"anyone", LegalTest::Who::kAnyone},
     {"persons", LegalTest::Who::kPersons},
     {"states", LegalTest::Who::kStates},
     {"listed", LegalTest::Who::kListed},
     {"foreign", LegalTest::Who::kForeign},
     {"outside-eea", LegalTest::Who::kOutside}}};
constexpr std::array<std::pair<std::string_view, LegalTest::Route>, 3> kRoutes{
    {{"integrated", LegalTest::Route::kIntegrated},
     {"majority", LegalTest::Route::kMajority},
     {"cascade", LegalTest::Route::kCascade}}};
constexpr std::array<std::pair<std::string_view, Measure>, 3> kMeasures{
    {{"capital", Measure::kCapital}, {"votes", Measure::kVotes}, {"either", Measure::kEither}}};

std::string text_member(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->is_string() ? value->text() : std::string();
}

Result<Day> day_member(json::Value object, std::string_view name, Day otherwise) {
  const auto value = object.find(name);
  if (!value) return otherwise;
  const auto day = value->is_string() ? parse_day(value->text()) : std::nullopt;
  if (!day) return fail(Code::kInvalid, fmt::format("{} is not a date", name));
  return *day;
}

Result<void> read_threshold(json::Value object, LegalTest* test) {
  const auto more = object.find("more_than"), least = object.find("at_least");
  if (more.has_value() == least.has_value())
    return fail(Code::kInvalid, "it takes more_than or at_least, a percentage");
  const auto percent = (more ? more : least)->number();
  if (!percent || *percent < 0 || *percent > 100)
    return fail(Code::kInvalid, "its threshold is not a percentage");
  test->threshold = *percent / 100;
  test->at_least = least.has_value();
  return {};
}

Result<LegalTest> read_test(json::Value object) {
  LegalTest test;
  test.id = text_member(object, "id");
  test.title = text_member(object, "title");
  test.source = text_member(object, "source");
  if (test.id.empty() || test.title.empty() || test.source.empty())
    return fail(Code::kInvalid, "it needs an id, a title and a source");
  if (const auto countries = object.find("countries")) {
    for (const json::Value country : countries->elements()) {
      if (!country.is_string()) return fail(Code::kInvalid, "countries are codes");
      if (country.text_is("EU")) {
        for (const std::string_view member : split(kMembersOfTheUnion, ' '))
          test.countries.emplace_back(member);
      } else {
        test.countries.push_back(country.text());
      }
    }
  }
  test.from = TRY(day_member(object, "from", kDayFirst));
  test.to = TRY(day_member(object, "to", kDayLast));
  const auto who = named(kWho, text_member(object, "who"));
  const auto route = named(kRoutes, text_member(object, "route"));
  const auto measure = named(kMeasures, text_member(object, "measure"));
  if (!who || !route || !measure) return fail(Code::kInvalid, "who, route or measure is unknown");
  test.who = *who;
  test.route = *route;
  test.measure = *measure;
  TRY(read_threshold(object, &test));
  const auto is_true = [&](std::string_view name) {
    const auto value = object.find(name);
    return value && value->kind() == json::Kind::kTrue;
  };
  test.together = is_true("together");
  test.or_controls = is_true("or_controls");
  return test;
}

bool is_in(std::string_view countries, std::string_view country) {
  return std::ranges::any_of(split(countries, ' '), [&](std::string_view one) {
    return equal_ignoring_case(one, country);
  });
}

class Court {
 public:
  Court(const Snapshot& snapshot, PartyIndex target, const LegalQuestion& question,
        Scratch* scratch)
      : graph_(snapshot.graph()),
        target_(graph_.parties[target]),
        region_(Region::behind(snapshot, target, scratch)),
        capital_(region_),
        listed_(region_.size(), 0) {
    for (uint32_t node = 1; node < region_.size(); ++node)
      listed_[node] =
          std::ranges::find(question.listed, region_.party(node)) != question.listed.end();
  }

  LegalVerdict judge(const LegalTest& test) const {
    LegalVerdict verdict;
    verdict.test = &test;
    Bench bench(test, region_);
    std::vector<uint32_t> sure, all;
    for (uint32_t node = 1; node < region_.size(); ++node) {
      const Certainty counts = counts_for(test, node);
      if (counts != Certainty::kNo) all.push_back(node);
      if (counts == Certainty::kYes) sure.push_back(node);
      if (counts != Certainty::kNo && !test.together) {
        const uint32_t one[] = {node};
        add(measure(bench, one), counts, one, &verdict);
      }
    }
    if (test.together && !all.empty()) {
      LegalHolder holder = measure(bench, all);
      if (sure.size() < all.size() && holder.met == Certainty::kYes)
        holder.met = sure.empty() ? Certainty::kPossible
                                  : std::max(measure(bench, sure).met, Certainty::kPossible);
      add(holder, Certainty::kYes, all, &verdict);
    }
    std::ranges::sort(verdict.holders, [](const LegalHolder& a, const LegalHolder& b) {
      if (a.met != b.met) return a.met > b.met;
      const double held_a = std::max(a.capital.low, a.votes.low);
      const double held_b = std::max(b.capital.low, b.votes.low);
      return held_a != held_b ? held_a > held_b : a.parties < b.parties;
    });
    return verdict;
  }

 private:
  Certainty counts_for(const LegalTest& test, uint32_t node) const {
    const Party& party = graph_.parties[region_.party(node)];
    const bool is_vague =
        party.kind == PartyKind::kUnspecified || party.kind == PartyKind::kAnonymous;
    const auto yes_if = [](bool is) { return is ? Certainty::kYes : Certainty::kNo; };
    switch (test.who) {
      case LegalTest::Who::kAnyone:
        return yes_if(region_.is_ultimate(node));
      case LegalTest::Who::kPersons:
        if (is_vague && region_.is_ultimate(node)) return Certainty::kPossible;
        return yes_if(party.kind == PartyKind::kPerson);
      case LegalTest::Who::kStates:
        return yes_if(party.kind == PartyKind::kState);
      case LegalTest::Who::kListed:
        return yes_if(listed_[node] != 0);
      case LegalTest::Who::kForeign:
        if (!region_.is_ultimate(node)) return Certainty::kNo;
        if (party.country.empty()) return Certainty::kPossible;
        return yes_if(!equal_ignoring_case(party.country, target_.country));
      case LegalTest::Who::kOutside:
        if (!region_.is_ultimate(node)) return Certainty::kNo;
        if (party.country.empty()) return Certainty::kPossible;
        return yes_if(!is_in(kMembersOfTheUnion, party.country) &&
                      !is_in(kOthersOfTheArea, party.country));
    }
    return Certainty::kNo;
  }

  // The searches that one test needs, made once.
  struct Bench {
    const LegalTest& test;
    ControlSearch reach, control;
    Bench(const LegalTest& test_, const Region& region)
        : test(test_), reach(region, options_of(test_)), control(region) {}
    static ControlOptions options_of(const LegalTest& test) {
      if (test.route != LegalTest::Route::kCascade) return {};
      return {test.threshold, test.at_least, test.measure, test.or_controls};
    }
  };

  LegalHolder measure(Bench& bench, std::span<const uint32_t> nodes) const {
    const LegalTest& test = bench.test;
    const Votes votes = bench.reach.votes(nodes);
    LegalHolder holder;
    holder.votes = votes.votes;
    holder.capital = test.route == LegalTest::Route::kIntegrated ? capital_.share(nodes)
                                                                 : bench.reach.capital_in(0);
    const auto passes = [&](Range share) {
      const auto is_enough = [&](double held) {
        return test.at_least ? held >= test.threshold - kShareEpsilon
                             : held > test.threshold + kShareEpsilon;
      };
      if (is_enough(share.low)) return Certainty::kYes;
      return is_enough(share.high) ? Certainty::kPossible : Certainty::kNo;
    };
    if (test.measure != Measure::kVotes) holder.met = passes(holder.capital);
    if (test.measure != Measure::kCapital) holder.met = std::max(holder.met, passes(holder.votes));
    if (test.or_controls) holder.met = std::max(holder.met, bench.control.votes(nodes).controls);
    return holder;
  }

  void add(LegalHolder holder, Certainty counts, std::span<const uint32_t> nodes,
           LegalVerdict* verdict) const {
    holder.met = std::min(holder.met, counts);
    if (holder.met == Certainty::kNo) return;
    for (const uint32_t node : nodes) holder.parties.push_back(region_.party(node));
    verdict->met = std::max(verdict->met, holder.met);
    verdict->holders.push_back(std::move(holder));
  }

  const Graph& graph_;
  const Party& target_;
  Region region_;
  Capital capital_;
  std::vector<uint8_t> listed_;
};

bool is_in_force(const LegalTest& test, Day at, const std::string& country) {
  if (at < test.from || at >= test.to) return false;
  const auto is_country = [&](const std::string& one) { return equal_ignoring_case(one, country); };
  return test.countries.empty() || std::ranges::any_of(test.countries, is_country);
}

}  // namespace

Result<std::vector<LegalTest>> read_legal_tests(std::string_view json) {
  const std::string text = json::padded(json);
  json::Parser parser;
  json::Document document;
  const auto parsed = parser.parse(std::string_view(text).substr(0, json.size()), &document);
  if (!parsed) return fail(Code::kInvalid, "legal tests: " + parsed.error().detail);
  if (!document.root().is_array()) return fail(Code::kInvalid, "legal tests: not a list");
  if (document.root().size() > kTestsMax)
    return fail(Code::kTooLarge, fmt::format("more than {} legal tests", kTestsMax));
  std::vector<LegalTest> tests;
  for (const json::Value object : document.root().elements()) {
    auto test = read_test(object);
    if (!test) {
      return fail(Code::kInvalid, fmt::format("legal test {} ({}): {}", tests.size() + 1,
                                              text_member(object, "id"), test.error().detail));
    }
    tests.push_back(std::move(*test));
  }
  return tests;
}

std::vector<LegalVerdict> test_law(const Snapshot& snapshot, PartyIndex target,
                                   const std::vector<LegalTest>& tests,
                                   const LegalQuestion& question, Scratch* scratch) {
  const Court court(snapshot, target, question, scratch);
  const std::string& country = snapshot.graph().parties[target].country;
  std::vector<LegalVerdict> verdicts;
  for (const LegalTest& test : tests) {
    if (is_in_force(test, snapshot.at(), country)) verdicts.push_back(court.judge(test));
  }
  return verdicts;
}

std::string to_json(const std::vector<LegalVerdict>& verdicts, const Graph& graph) {
  std::string out = "[";
  for (const LegalVerdict& verdict : verdicts) {
    std::string holders;
    for (const LegalHolder& holder : verdict.holders) {
      holders += fmt::format("{}{{\"ids\":{},\"capital\":{},\"votes\":{},\"met\":{}}}",
                             holders.empty() ? "" : ",", ids_json(graph, holder.parties),
                             json_of(holder.capital), json_of(holder.votes), json_of(holder.met));
    }
    out += fmt::format("{}{{\"id\":{},\"title\":{},\"source\":{},\"met\":{},\"by\":[{}]}}",
                       out.size() > 1 ? "," : "", json_quote(verdict.test->id),
                       json_quote(verdict.test->title), json_quote(verdict.test->source),
                       json_of(verdict.met), holders);
  }
  return out + "]";
}

std::string to_text(const std::vector<LegalVerdict>& verdicts, const Graph& graph) {
  std::vector<std::vector<std::string>> rows{{"test", "met", "by", "source"}};
  for (const LegalVerdict& verdict : verdicts) {
    std::string holders;
    for (const LegalHolder& holder : verdict.holders) {
      std::string names;
      for (const PartyIndex party : holder.parties)
        names += (names.empty() ? "" : " + ") + text_of(graph.parties[party]);
      holders += (holders.empty() ? "" : "; ") + names;
      if (holder.met == Certainty::kPossible) holders += " (possible)";
    }
    rows.push_back(
        {verdict.test->title, std::string(text_of(verdict.met)), holders, verdict.test->source});
  }
  return table_text(rows);
}

}  // namespace entente::ownership
