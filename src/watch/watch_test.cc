// A party's sensors against the indicators of its world: what matches becomes one sighting that grows, labelled no wider than
// indicator and event, and what the party may not see changes nothing.
#include "watch/watch.h"

#include "watch/community.h"

namespace entente::watch {
namespace {

TEST(Watch, MakesASightingThatIsThePartysOwn) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  const ObserveReport report = c.observe("AVL", seen(1, kA, "40") + seen(2, kB, "41"));
  EXPECT_EQ(to_json(report).substr(0, 65),
            R"({"observations":2,"matched":1,"kept":1,"refused":0,"incomplete":0)");
  ASSERT_EQ(report.sightings.size(), 1U);
  EXPECT_TRUE(report.sightings[0].is_own);
  const auto own = c.reads("AVL", report.sightings[0].sighting);
  ASSERT_EQ(own.size(), 1U);
  EXPECT_TRUE(says(own[0], R"("count":1,"sighting_of_ref":")" + indicator_id(1) +
                               R"(","observed_data_refs":[")" + observed_id(1) + "\"]"))
      << own[0];
  EXPECT_TRUE(says(own[0], R"("created_by_ref":")" + identity(1)));
  EXPECT_TRUE(
      says(own[0], R"("first_seen":"2026-05-28T20:26:40Z","last_seen":"2026-05-28T20:26:40Z")"));
  EXPECT_EQ(c.reads("AVL", observed_id(1)).size(), 1U);
  EXPECT_EQ(c.reads("AVL", kA.id).size(), 1U);
  // What did not match is not kept, and nobody else sees anything.
  EXPECT_TRUE(c.reads("AVL", observed_id(2)).empty());
  for (const std::string& id : {report.sightings[0].sighting, observed_id(1), kA.id})
    EXPECT_TRUE(c.reads("BOR", id).empty());
}

TEST(Watch, FoldsRepeatedMatches) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  const std::string id = c.observe("AVL", seen(1, kA, "40")).sightings.at(0).sighting;
  // What comes twice counts once.
  EXPECT_TRUE(c.observe("AVL", seen(1, kA, "40")).sightings.empty());
  const ObserveReport more = c.observe("AVL", seen(2, kA, "30") + seen(3, kA, "50"));
  ASSERT_EQ(more.sightings.size(), 1U);
  EXPECT_EQ(more.sightings[0].sighting, id);
  EXPECT_EQ(more.sightings[0].count, 3U);
  const auto versions = c.reads("AVL", id);
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_TRUE(
      says(versions[0],
           R"("first_seen":"2026-05-28T20:26:30Z","last_seen":"2026-05-28T20:26:50Z","count":3)"))
      << versions[0];
  // Through a restart, too.
  c.open();
  EXPECT_EQ(c.observe("AVL", seen(4, kA, "51")).sightings.at(0).count, 4U);
}

TEST(Watch, SharesAsFarAsIndicatorAndEventLet) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  c.share("BOR",
          indicator(2, named("b.example"), 1, R"(,"object_marking_refs":[")" + kAmber + "\"]"),
          "narrow");
  ObserveOptions options;
  options.collection = c.number("LIA", "shared");
  options.markings = {kGreen};
  const ObserveReport report = c.observe("LIA", seen(1, kA, "40") + seen(2, kB, "41"), options);
  ASSERT_EQ(report.sightings.size(), 2U) << to_json(report);
  // The first indicator is known to all who may read the sighting.
  EXPECT_FALSE(report.sightings[0].is_own) << to_json(report);
  EXPECT_EQ(c.reads("AVL", report.sightings[0].sighting).size(), 1U);
  EXPECT_EQ(c.reads("AVL", observed_id(1)).size(), 1U);
  // The second is not: Avalon would have learnt of it.
  EXPECT_TRUE(report.sightings[1].is_own) << to_json(report);
  EXPECT_EQ(c.reads("LIA", report.sightings[1].sighting).size(), 1U);
  EXPECT_TRUE(c.reads("AVL", report.sightings[1].sighting).empty());
  // Own events and shared ones never fold into each other.
  const ObserveReport own = c.observe("LIA", seen(3, kA, "42"));
  EXPECT_NE(own.sightings.at(0).sighting, report.sightings[0].sighting);
  EXPECT_TRUE(c.reads("AVL", own.sightings.at(0).sighting).empty());
}

TEST(Watch, AnswersFromThePartysWorldAlone) {
  Community with, without;
  with.share("BOR", indicator(1, named("a.example")), "narrow");
  without.wait();
  for (Community* c : {&with, &without})
    c->share("BOR", indicator(2, "[domain-name:value LIKE 'a%']"));
  const std::string body = seen(1, kA, "40") + seen(2, kB, "41");
  EXPECT_EQ(to_json(with.observe("AVL", body)), to_json(without.observe("AVL", body)));
  EXPECT_EQ(to_json(with.status("AVL")), to_json(without.status("AVL")));
  EXPECT_EQ(with.observe("LIA", body).sightings.size(), 2U);
}

TEST(Watch, FollowsIndicatorsAsTheyChange) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  EXPECT_EQ(c.status("AVL").watched, 1U);
  c.share("BOR", indicator(1, named("b.example"), 2));
  EXPECT_TRUE(c.observe("AVL", seen(1, kA, "40")).sightings.empty());
  EXPECT_EQ(c.observe("AVL", seen(2, kB, "40")).sightings.size(), 1U);
  c.share("BOR", indicator(1, named("b.example"), 3, R"(,"revoked":true)"));
  EXPECT_TRUE(c.observe("AVL", seen(3, kB, "41")).sightings.empty());
  c.share("BOR", indicator(2, "[domain-name:value = ]"));
  c.share("BOR", indicator(3, "alert tcp", 1)
                     .replace(0, 1, "{")
                     .replace(indicator(3, "alert tcp", 1).find("\"pattern_type\":\"stix\""), 21,
                              "\"pattern_type\":\"snort\""));
  const WatchStatus status = c.status("AVL");
  EXPECT_EQ(status.watched, 0U);
  EXPECT_EQ(status.not_watched, 3U) << to_json(status);
  // Another's claim to the same id watches nothing that its creator has revoked.
  EXPECT_TRUE(c.observe("AVL", seen(4, kB, "42")).sightings.empty());
}

TEST(Watch, TakesIndicatorsOutOfItsWorldWithIt) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  EXPECT_EQ(c.status("AVL").watched, 1U);
  c.wait();
  const exchange::Principal bor = *c.node().as_party("BOR");
  c.narrow("BOR", indicator_id(1));
  EXPECT_EQ(c.status("AVL").watched, 0U);
  EXPECT_TRUE(c.observe("AVL", seen(1, kA, "40")).sightings.empty());
}

TEST(Watch, HeedsTheTimeOfIndicators) {
  Community c;
  c.share("BOR", indicator(1, named("a.example"), 1, R"(,"valid_until":"2026-05-28T20:26:45Z")"));
  EXPECT_TRUE(c.observe("AVL", seen(1, kA, "45")).sightings.empty());
  EXPECT_EQ(c.observe("AVL", seen(2, kA, "44")).sightings.size(), 1U);
}

TEST(Watch, BindsObservationsOfSeveralRequests) {
  Community c;
  c.share("BOR", indicator(1, "(" + named("a.example") + " FOLLOWEDBY " + named("b.example") +
                                  ") WITHIN 60 SECONDS"));
  EXPECT_EQ(c.observe("AVL", seen(1, kA, "40")).kept, 0U);
  const ObserveReport report = c.observe("AVL", seen(2, kB, "50"));
  ASSERT_EQ(report.sightings.size(), 1U);
  EXPECT_EQ(report.sightings[0].count, 1U);
  EXPECT_EQ(report.sightings[0].observed,
            std::vector<std::string>({observed_id(1), observed_id(2)}));
  // The first, which was only remembered, is kept now that it matched.
  EXPECT_EQ(c.reads("AVL", observed_id(1)).size(), 1U);
}

TEST(Watch, RunsNewIndicatorsOverKeptEvents) {
  Community c;
  ObserveOptions keep;
  keep.keep_all = true;
  EXPECT_EQ(c.observe("AVL", seen(1, kA, "40") + seen(2, kB, "50"), keep).kept, 2U);
  c.share("BOR", indicator(1, named("a.example") + " FOLLOWEDBY " + named("b.example")));
  c.share("BOR", indicator(2, named("b.example"), 1, R"(,"valid_until":"2026-05-28T20:26:45Z")"));
  c.wait();
  c.watch().refresh();
  const exchange::View view = c.node().view(*c.node().as_party("AVL"));
  int count = 0;
  view.referring(indicator_id(1), [&](store::Position) { return ++count > 0; });
  view.referring(indicator_id(2), [&](store::Position) { return ++count > 0; });
  EXPECT_EQ(count, 1);
  // Once is enough.
  c.wait();
  c.watch().refresh();
  EXPECT_EQ(c.node().view(*c.node().as_party("AVL")).entry_count(), view.entry_count());
}

// Kept events begin what is seen later, whether the indicator came after them or the node was started anew.
TEST(Watch, GoesOnFromKeptEvents) {
  for (const bool is_restarted : {false, true}) {
    SCOPED_TRACE(is_restarted);
    Community c;
    ObserveOptions keep;
    keep.keep_all = true;
    c.observe("AVL", seen(1, kA, "40"), keep);
    c.share("BOR", indicator(1, named("a.example") + " FOLLOWEDBY " + named("b.example")));
    c.share("BOR", indicator(2, named("a.example") + " REPEATS 2 TIMES"));
    c.wait();
    c.watch().refresh();
    // Neither looking back again nor being sent again makes two of one.
    if (is_restarted) {
      c.open();
    } else {
      c.wait();
      c.watch().refresh();
    }
    EXPECT_TRUE(c.observe("AVL", seen(1, kA, "40"), keep).sightings.empty());
    const ObserveReport report = c.observe("AVL", seen(2, kB, "50"));
    ASSERT_EQ(report.sightings.size(), 1U);
    EXPECT_EQ(report.sightings[0].observed,
              std::vector<std::string>({observed_id(1), observed_id(2)}));
    const ObserveReport repeated = c.observe("AVL", seen(3, kA, "45"));
    ASSERT_EQ(repeated.sightings.size(), 2U) << to_json(repeated);
    EXPECT_EQ(repeated.sightings[1].observed,
              std::vector<std::string>({observed_id(1), observed_id(3)}));
  }
}

TEST(Watch, OnlyTellsWhenAsked) {
  Community c;
  c.share("BOR", indicator(1, named("a.example") + " FOLLOWEDBY " + named("b.example")));
  ObserveOptions dry;
  dry.dry_run = true;
  const uint64_t before = c.node().view(*c.node().as_party("AVL")).entry_count();
  EXPECT_EQ(c.observe("AVL", seen(1, kA, "40") + seen(2, kB, "50"), dry).sightings.size(), 1U);
  EXPECT_EQ(c.node().view(*c.node().as_party("AVL")).entry_count(), before);
  // Nor is anything remembered.
  EXPECT_TRUE(c.observe("AVL", seen(3, kB, "51")).sightings.empty());
}

TEST(Watch, IsSilentOnceTheSightingIsRevoked) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  const Told told = c.observe("AVL", seen(1, kA, "40")).sightings.at(0);
  std::string revoked = c.reads("AVL", told.sighting).at(0);
  const size_t at = revoked.find(told.modified, revoked.find("\"modified\""));
  revoked.replace(at, told.modified.size(), "2026-06-01T00:00:00.000Z");
  revoked.insert(revoked.size() - 1, R"(,"revoked":true)");
  c.share("AVL", revoked, "");
  EXPECT_TRUE(c.observe("AVL", seen(2, kA, "41")).sightings.empty());
}

TEST(Watch, RefusesNarrowKeysAndReaders) {
  Community c;
  const std::string bytes = json::padded("{}");
  const std::string_view body = std::string_view(bytes).substr(0, 2);
  exchange::Principal who = *c.node().as_party("AVL");
  who.role = release::Role::kReader;
  EXPECT_EQ(c.watch().observe(who, body, {}).error().code, Code::kForbidden);
  who.role = release::Role::kContributor;
  who.restriction.exercise = "drill";
  EXPECT_EQ(c.watch().observe(who, body, {}).error().code, Code::kForbidden);
  EXPECT_EQ(c.watch().status(who).error().code, Code::kForbidden);
  who.restriction = {};
  ObserveOptions options;
  options.markings.assign(limits::kMarkingsMax, kGreen);
  EXPECT_TRUE(c.watch().observe(who, body, options));
  options.markings.push_back(kGreen);
  EXPECT_EQ(c.watch().observe(who, body, options).error().code, Code::kInvalid);
}

TEST(Watch, ListsSoManyTroublesAndNamesSoManyObservations) {
  Community c;
  std::string wrong;
  for (size_t i = 0; i < limits::kTroublesMax; ++i) wrong += "x\n";
  EXPECT_EQ(c.observe("AVL", wrong).troubles.size(), limits::kTroublesMax);
  const ObserveReport more = c.observe("AVL", wrong + "x\n");
  EXPECT_EQ(more.troubles.size(), limits::kTroublesMax);
  EXPECT_EQ(more.troubles_total, limits::kTroublesMax + 1);

  c.share("BOR", indicator(1, named("a.example")));
  const auto refs_of = [&](const std::string& sighting) {
    const std::string text = c.reads("AVL", sighting).at(0);
    size_t count = 0;
    for (size_t at = text.find("observed-data--"); at != std::string::npos;
         at = text.find("observed-data--", at + 1))
      ++count;
    return count;
  };
  std::string events;
  for (size_t i = 0; i < limits::kObservedRefsMax; ++i) {
    std::string one = seen(1, kA, "40");
    const std::string number = std::to_string(10'000 + i);
    for (size_t at = one.find(observed_id(1)); at != std::string::npos;
         at = one.find(observed_id(1)))
      one.replace(at, observed_id(1).size(), observed_id(1).substr(0, 46) + number);
    events += one;
  }
  const Told full = c.observe("AVL", events).sightings.at(0);
  EXPECT_EQ(full.count, limits::kObservedRefsMax);
  EXPECT_EQ(refs_of(full.sighting), limits::kObservedRefsMax);
  const Told past = c.observe("AVL", seen(2, kA, "41")).sightings.at(0);
  EXPECT_EQ(past.count, limits::kObservedRefsMax + 1);
  EXPECT_EQ(refs_of(past.sighting), limits::kObservedRefsMax);
}

TEST(Watch, TellsOfLinesThatAreWrong) {
  Community c;
  const ObserveReport report = c.observe("AVL", seen(1, kA, "40") + "nonsense\n{}\n");
  EXPECT_EQ(report.observations, 1U);
  EXPECT_EQ(report.troubles_total, 2U);
  EXPECT_EQ(report.troubles.at(0).line, 2U);
  EXPECT_EQ(report.troubles.at(1).line, 3U);
}

}  // namespace
}  // namespace entente::watch
