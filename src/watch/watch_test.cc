// A party's sensors against the indicators of its world: what matches becomes one sighting that grows, labelled no wider than
// indicator and event, and what the party may not see changes nothing.
#include "watch/watch.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/clock.h"
#include "base/random.h"
#include "exchange/importer.h"
#include "exchange/node.h"
#include "json/json.h"
#include "store/files.h"
#include "watch/limits.h"

namespace entente::watch {
namespace {

const std::string kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const std::string kAmber = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

std::string identity(int n) {
  return "identity--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}
std::string indicator_id(int n) {
  return "indicator--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}
std::string observed_id(int n) {
  return "observed-data--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}

std::string indicator(int n, const std::string& pattern, int version = 1,
                      const std::string& more = "") {
  return R"({"type":"indicator","spec_version":"2.1","id":")" + indicator_id(n) +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-0)" +
         std::to_string(version) +
         R"(T00:00:00.000Z","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","pattern":")" +
         pattern + "\"" + more + "}";
}

std::string named(const std::string& domain) { return "[domain-name:value = '" + domain + "']"; }

struct Domain {
  std::string value, id;
};
const Domain kA{"a.example", "domain-name--1ca06c19-00ae-5ba3-81dd-1f6fc4cba4e4"},
    kB{"b.example", "domain-name--aae86a26-a0d7-5e19-bb67-9ff3c0e6f0a5"};

// An observed-data of one domain.
std::string seen(int n, const Domain& domain, const std::string& second,
                 const std::string& more = "") {
  const std::string time = "2026-05-28T20:26:" + second + "Z";
  return R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[{"type":"observed-data",)"
         R"("spec_version":"2.1","id":")" +
         observed_id(n) +
         R"(","created":"2026-05-28T20:26:40.000Z","modified":"2026-05-28T20:26:40.000Z",)" +
         R"("first_observed":")" + time + R"(","last_observed":")" + time +
         R"(","number_observed":1,"object_refs":[")" + domain.id + "\"]" + more +
         R"(},{"type":"domain-name","spec_version":"2.1","id":")" + domain.id + R"(","value":")" +
         domain.value + "\"}]}\n";
}

class Lines final : public exchange::Source {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  Result<std::string_view> next() override { return std::exchange(text_, {}); }

 private:
  std::string_view text_;
};

// A node with the parties AVL, BOR and LIA; all of them share "shared", and BOR and LIA share "narrow".
class Community {
 public:
  Community() : files_(store::posix_files()) {
    char name[] = "/tmp/entente-watch-XXXXXX";
    directory_ = ::mkdtemp(name);
    open();
    change(R"({"op":"party","code":"AVL","name":"Avalon","identity":")" + identity(1) + "\"}");
    change(R"({"op":"party","code":"BOR","name":"Borealia","identity":")" + identity(2) + "\"}");
    change(R"({"op":"party","code":"LIA","name":"Lia","identity":")" + identity(3) + "\"}");
    change(
        R"({"op":"collection","alias":"shared","id":"6f8c1f5e-0000-4000-8000-000000000000","title":"S","read":["AVL","BOR","LIA"],"write":["AVL","BOR","LIA"],"default":"tlp:amber"})");
    change(
        R"({"op":"collection","alias":"narrow","id":"6f8c1f5e-0000-4000-8000-000000000001","title":"N","read":["BOR","LIA"],"write":["BOR","LIA"],"default":"tlp:amber"})");
  }
  ~Community() {
    watch_.reset();
    node_.reset();
    std::filesystem::remove_all(directory_);
  }
  Community(const Community&) = delete;
  Community& operator=(const Community&) = delete;

  void open() {
    watch_.reset();
    node_.reset();
    exchange::NodeOptions options;
    options.directory = directory_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    auto opened = exchange::Node::open(options, &recovery);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    node_ = std::move(*opened);
    watch_ = std::make_unique<Watch>(*node_, random_);
  }
  void change(const std::string& json) {
    clock_.advance_ms(10);
    const auto changed = node_->change_directory(json);
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
  }
  void wait() { clock_.advance_ms(10); }
  void share(const std::string& code, const std::string& object,
             const std::string& collection = "shared") {
    clock_.advance_ms(10);
    exchange::ImportOptions options;
    options.who = *node_->as_party(code);
    options.collection = number(code, collection);
    exchange::Importer importer(*node_, random_, options);
    EXPECT_TRUE(importer.run([&]() -> Result<std::unique_ptr<exchange::Source>> {
      return std::make_unique<Lines>(object);
    }));
    EXPECT_EQ(importer.report().accepted, 1U) << exchange::to_json(importer.report(), true);
  }
  release::CollectionNumber number(const std::string& code, const std::string& alias) {
    const auto* const found = node_->view(*node_->as_party(code)).collection(alias);
    return found == nullptr ? release::kNoCollection : found->number;
  }
  ObserveReport observe(const std::string& code, const std::string& body,
                        const ObserveOptions& options = {}) {
    clock_.advance_ms(10);
    const std::string bytes = json::padded(body);
    const auto report = watch_->observe(*node_->as_party(code),
                                        std::string_view(bytes).substr(0, body.size()), options);
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : ObserveReport();
  }
  // What the party reads of an id, newest first.
  std::vector<std::string> reads(const std::string& code, const std::string& id) {
    const exchange::View view = node_->view(*node_->as_party(code));
    std::vector<std::string> out;
    view.versions_of(id, [&](store::Position position) {
      std::string scratch;
      out.emplace_back(view.edition(position, &scratch));
      return true;
    });
    return out;
  }
  Watch& watch() { return *watch_; }
  exchange::Node& node() { return *node_; }
  WatchStatus status(const std::string& code) {
    const auto status = watch_->status(*node_->as_party(code));
    EXPECT_TRUE(status);
    return status ? *status : WatchStatus();
  }

 private:
  ManualClock clock_{1'780'000'000'000};  // 2026-05-28T20:26:40Z
  SeededRandom random_{7};
  std::unique_ptr<store::Files> files_;
  std::string directory_;
  std::unique_ptr<exchange::Node> node_;
  std::unique_ptr<Watch> watch_;
};

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

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
  ASSERT_TRUE(
      c.node().act(bor, exchange::ReleaseAct::Kind::kNarrow, indicator_id(1), {"BOR"}, "r"));
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
