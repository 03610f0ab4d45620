// Failures of the disk, and each bound at its value and one past it: what is lost is said, and nothing else is.
#include "watch/community.h"
#include "watch/event.h"

namespace entente::watch {
namespace {

// Whatever call of the disk fails, what is sent again counts once, and no match is lost.
TEST(WatchBounds, CountsOnceWhatIsSentAgainAfterAFailure) {
  ObserveOptions keep;
  keep.keep_all = true;
  bool is_past = false;
  uint64_t failures = 0;
  for (uint64_t n = 0; !is_past; ++n) {
    SCOPED_TRACE("call " + std::to_string(n));
    ASSERT_LT(n, 100U);
    Community c;
    c.share("BOR", indicator(1, named("a.example") + " REPEATS 3 TIMES"));
    EXPECT_EQ(c.status("AVL").watched, 1U);
    is_past = true;
    for (int event = 1; event <= 3; ++event) {
      c.faults().fail_call(n, store::FaultFiles::Fault::kDiskFull);
      const std::string body = seen(event, kA, std::to_string(40 + event));
      bool is_stored = c.try_observe("AVL", body, keep);
      is_past = is_past && !c.faults().fired();
      c.faults().fail_call(UINT64_MAX, store::FaultFiles::Fault::kError);
      for (int again = 0; !is_stored && again < 3; ++again) {
        ++failures;
        if (again == 1) c.open();  // after a sync that failed nothing is written until a restart
        is_stored = c.try_observe("AVL", body, keep);
      }
      ASSERT_TRUE(is_stored) << event;
      const exchange::View view = c.node().view(*c.node().as_party("AVL"));
      int sightings = 0;
      view.referring(indicator_id(1), [&](store::Position) { return ++sightings > 0; });
      EXPECT_EQ(sightings, event < 3 ? 0 : 1) << event;
    }
  }
  EXPECT_GT(failures, 0U);
}

TEST(WatchBounds, WatchesSoManyIndicatorsAndTheOthersWhenThereIsRoom) {
  Bounds bounds;
  bounds.watched_max = 2;
  Community c(bounds);
  c.share("BOR", indicator(1, named("a.example")));
  c.share("BOR", indicator(2, named("a.example")));
  EXPECT_EQ(c.status("AVL").watched, 2U);
  EXPECT_EQ(c.status("AVL").not_watched, 0U);
  c.share("BOR", indicator(3, named("b.example")));
  c.share("BOR", indicator(4, "[domain-name:value = ]"));
  const WatchStatus full = c.status("AVL");
  EXPECT_EQ(full.watched, 2U);
  ASSERT_EQ(full.problems.size(), 2U) << to_json(full);
  EXPECT_EQ(full.problems[0].second,
            "more than 2 indicators: it is watched when others leave room");
  EXPECT_TRUE(c.observe("AVL", seen(1, kB, "40")).sightings.empty());
  c.share("BOR", indicator(1, named("a.example"), 2, R"(,"revoked":true)"));
  EXPECT_EQ(c.observe("AVL", seen(2, kB, "41")).sightings.size(), 1U);
  EXPECT_EQ(c.status("AVL").watched, 2U);
}

TEST(WatchBounds, RemembersSoManyObservations) {
  Bounds bounds;
  bounds.remembered_max = 2;
  for (const bool is_past : {false, true}) {
    Community c(bounds);
    c.share("BOR",
            indicator(1, named("a.example") + " REPEATS 2 TIMES FOLLOWEDBY " + named("b.example")));
    EXPECT_EQ(c.observe("AVL", seen(1, kA, "40")).forgotten, 0U);
    EXPECT_EQ(c.observe("AVL", seen(2, kA, "41")).forgotten, 0U);
    if (is_past) {
      EXPECT_EQ(c.observe("AVL", seen(3, kA, "42")).forgotten, 1U);
    }
    // The last itself takes the place of the oldest: at the bound one is missing, and it is said.
    EXPECT_EQ(c.observe("AVL", seen(4, kB, "50")).forgotten, 1U);
  }
  bounds.remembered_max = 3;
  Community c(bounds);
  c.share("BOR",
          indicator(1, named("a.example") + " REPEATS 2 TIMES FOLLOWEDBY " + named("b.example")));
  c.observe("AVL", seen(1, kA, "40") + seen(2, kA, "41"));
  const ObserveReport whole = c.observe("AVL", seen(4, kB, "50"));
  EXPECT_EQ(whole.forgotten, 0U);
  ASSERT_EQ(whole.sightings.size(), 1U);
  EXPECT_EQ(whole.sightings[0].observed.size(), 3U);
}

TEST(WatchBounds, RemembersSoManyBytes) {
  const std::string pattern = named("a.example") + " FOLLOWEDBY " + named("b.example");
  Bounds bounds;
  size_t kept_bytes = 0;
  {
    Community c(bounds);
    const std::string body = seen(1, kA, "40");
    const std::string bytes = json::padded(body);
    EventSource source(std::string_view(bytes).substr(0, body.size()), nullptr, {});
    source.read([&](const pattern::Observation& one) { kept_bytes = source.event(one).bytes(); },
                [](uint64_t, const std::string&) {});
  }
  for (const bool is_past : {false, true}) {
    bounds.remembered_bytes_max = 2 * kept_bytes - (is_past ? 1 : 0);
    Community c(bounds);
    c.share("BOR", indicator(1, pattern));
    EXPECT_EQ(c.observe("AVL", seen(1, kA, "40")).forgotten, 0U);
    const ObserveReport last = c.observe("AVL", seen(2, kB, "50"));
    // The match is told all the same; what was forgotten is not stored with it.
    ASSERT_EQ(last.sightings.size(), 1U);
    EXPECT_EQ(last.forgotten, is_past ? 1U : 0U);
    EXPECT_EQ(c.reads("AVL", observed_id(1)).size(), 1U);
  }
}

TEST(WatchBounds, LooksBackSoManyDaysAndEvents) {
  for (const int64_t days : {2, 3}) {
    for (const size_t events : {size_t{2}, size_t{1}}) {
      Bounds bounds;
      bounds.backfill_days = 2;
      bounds.backfill_max = events;
      Community c(bounds);
      ObserveOptions keep;
      keep.keep_all = true;
      c.observe("AVL", seen(1, kA, "41"), keep);
      c.observe("AVL", seen(2, kB, "42"), keep);
      c.advance_days(days);
      c.share("BOR", indicator(1, named("a.example")));
      c.share("BOR", indicator(2, named("b.example")));
      c.wait();
      c.watch().refresh();
      const exchange::View view = c.node().view(*c.node().as_party("AVL"));
      int of_first = 0, of_second = 0;
      view.referring(indicator_id(1), [&](store::Position) { return ++of_first > 0; });
      view.referring(indicator_id(2), [&](store::Position) { return ++of_second > 0; });
      EXPECT_EQ(of_first, days == 2 && events == 2 ? 1 : 0) << days << " " << events;
      EXPECT_EQ(of_second, days == 2 ? 1 : 0) << days << " " << events;
    }
  }
}

// After a restart the patterns of those who observed before are compiled before anybody asks.
TEST(WatchBounds, ExpectsThoseWhoObservedBefore) {
  Community c;
  ObserveOptions keep;
  keep.keep_all = true;
  c.observe("AVL", seen(1, kA, "40"), keep);
  c.open();
  c.share("BOR", indicator(1, named("a.example")));
  c.wait();
  c.watch().refresh();
  const auto sightings = [&] {
    int count = 0;
    const exchange::View view = c.node().view(*c.node().as_party("AVL"));
    view.referring(indicator_id(1), [&](store::Position) { return ++count > 0; });
    return count;
  };
  EXPECT_EQ(sightings(), 0);  // nobody is expected yet
  c.watch().expect_observers();
  c.watch().refresh();
  EXPECT_EQ(sightings(), 1);
}

TEST(WatchBounds, BackfillsPatternsWrittenAsInStix20) {
  Community c;
  ObserveOptions keep;
  keep.keep_all = true;
  c.observe("AVL", seen(1, kA, "40"), keep);
  std::string old = indicator(
      1, named("a.example") + " START '2026-05-28T00:00:00Z' STOP '2026-05-29T00:00:00Z'");
  const std::string version = R"("spec_version":"2.1",)";
  old.erase(old.find(version), version.size());
  c.share("BOR", old);
  c.wait();
  c.watch().refresh();
  const exchange::View view = c.node().view(*c.node().as_party("AVL"));
  int count = 0;
  view.referring(indicator_id(1), [&](store::Position) { return ++count > 0; });
  EXPECT_EQ(count, 1);
}

TEST(WatchBounds, TakesLinesOneByOneWhereNothingElseIsAsked) {
  Community c;
  c.share("BOR", indicator(1, named("a.example")));
  std::string body = seen(1, kA, "40");
  body.insert(body.find(','), "\n");
  EXPECT_EQ(c.observe("AVL", body).observations, 1U);
  ObserveOptions lines;
  lines.is_lines = true;
  const ObserveReport report = c.observe("AVL", body, lines);
  EXPECT_EQ(report.observations, 0U);
  EXPECT_EQ(report.troubles_total, 2U);
}

TEST(WatchBounds, RemembersSoManyDays) {
  Bounds bounds;
  bounds.remembered_days = 1;
  bounds.lateness_seconds = 1;
  for (const bool is_past : {false, true}) {
    Community c(bounds);
    c.share("BOR", indicator(1, named("a.example") + " FOLLOWEDBY " + named("b.example")));
    c.observe("AVL", seen(1, kA, "40"));
    std::string later = seen(2, kB, "40");
    for (size_t at = later.find("05-28T20:26:40Z"); at != std::string::npos;
         at = later.find("05-28T20:26:40Z"))
      later.replace(at, 15, is_past ? "05-29T20:26:41Z" : "05-29T20:26:40Z");
    EXPECT_EQ(c.observe("AVL", later).sightings.size(), is_past ? 0U : 1U);
  }
}

}  // namespace
}  // namespace entente::watch
