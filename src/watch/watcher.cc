// Events come first and sightings after them, in one import each for what is shared and for what is not. A sighting that would
// be readable where its indicator is not is refused by the check that all imports go through; it then becomes the party's own.
#include "watch/watcher.h"

#include <algorithm>

#include "exchange/derived.h"
#include "exchange/importer.h"
#include "watch/limits.h"

namespace entente::watch {
namespace {

class Lines final : public exchange::Source {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  Result<std::string_view> next() override { return std::exchange(text_, {}); }

 private:
  std::string_view text_;
};

std::vector<std::string> joined(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::ranges::sort(a);
  const auto repeated = std::ranges::unique(a);
  a.erase(repeated.begin(), repeated.end());
  return a;
}

void add_trouble(ObserveReport* report, uint64_t line, const std::string& what) {
  if (++report->troubles_total <= limits::kTroublesMax) report->troubles.push_back({line, what});
}

pattern::StreamOptions stream_options(const Bounds& bounds,
                                      std::function<void(uint64_t)> forgotten = {}) {
  constexpr int64_t kNsPerSecond = 1'000'000'000;
  return {.lateness_ns = bounds.lateness_seconds * kNsPerSecond,
          .age_ns_max = bounds.remembered_days * 86'400 * kNsPerSecond,
          .candidates_max = bounds.remembered_max,
          .replaces_same_id = true,
          .forgotten = std::move(forgotten)};
}

}  // namespace

Watch::Watcher::Watcher(exchange::Node& node, Random& random, const exchange::Principal& who,
                        const Bounds& bounds)
    : node_(node),
      random_(random),
      who_(who),
      bounds_(bounds),
      stream_(&engine_, stream_options(bounds, [this](uint64_t tag) { forget(tag); })),
      indicators_(&engine_, &stream_, bounds.watched_max) {}

void Watch::Watcher::remember(uint64_t tag, Event event) {
  remembered_bytes_ += event.bytes();
  remembered_.emplace(tag, std::move(event));
  // What is forgotten here can still be named by a match, but not stored with it.
  while (remembered_bytes_ > bounds_.remembered_bytes_max) {
    forget(remembered_.begin()->first);
    ++forgotten_;
  }
}

void Watch::Watcher::forget(uint64_t tag) {
  const auto known = remembered_.find(tag);
  if (known == remembered_.end()) return;
  remembered_bytes_ -= known->second.bytes();
  remembered_.erase(known);
}

void Watch::Watcher::add_match(const Watched& indicator, const Match& match, const Event& last,
                               Stock* stock) {
  // The label of a sighting is the join of those of the indicator and of all events; an event without marks is the
  // party's own, and so is then the sighting.
  std::vector<std::string> markings = indicator.markings;
  bool is_own = last.markings.empty();
  markings = joined(std::move(markings), last.markings);
  for (const pattern::StreamSeen& each : match) {
    const auto known = remembered_.find(each.tag);
    if (each.id == last.id || known == remembered_.end()) continue;
    is_own = is_own || known->second.markings.empty();
    markings = joined(std::move(markings), known->second.markings);
  }
  const bool is_complete = std::ranges::all_of(match, [&](const pattern::StreamSeen& each) {
    return each.id == last.id || remembered_.contains(each.tag);
  });
  if (is_own || !is_complete) markings.clear();
  Sighting& sighting = stock->sightings[{indicator.id, markings}];
  sighting.indicator = indicator.id;
  sighting.markings = markings;
  for (const pattern::StreamSeen& each : match) {
    const auto known = remembered_.find(each.tag);
    if (each.id == last.id || known == remembered_.end()) continue;
    add_seen(&sighting, known->second, 0);
    stock->events.emplace(known->second.id, known->second);
  }
  const bool is_single = engine_.plan(indicator.number) == nullptr;
  add_seen(&sighting, last, is_single ? last.count : 1);
}

void Watch::Watcher::see(const pattern::Observation& seen, const EventSource& source,
                         pattern::Stream* stream, const ObserveOptions& options, Stock* stock,
                         ObserveReport* report) {
  ++report->observations;
  Event event;
  bool is_read = false, is_matched = false;
  const auto read = [&]() -> const Event& {
    if (!is_read) event = source.event(seen);
    is_read = true;
    return event;
  };
  stream->see(seen, [&](uint32_t number, const Match& match) {
    const Watched* const indicator = indicators_.of_pattern(number);
    if (indicator == nullptr || !indicator->is_valid(seen.first.ns, seen.last.ns)) return;
    is_matched = true;
    add_match(*indicator, match, read(), stock);
  });
  report->matched += is_matched ? 1 : 0;
  if (stream->remembers_last() && !remembered_.contains(seen.tag)) remember(seen.tag, read());
  if (is_matched || options.keep_all) stock->events.emplace(read().id, read());
}

Result<ObserveReport> Watch::Watcher::observe(std::string_view body,
                                              const ObserveOptions& options) {
  const exchange::View before_all = node_.view(who_);
  indicators_.follow(before_all);
  // What was kept comes first: what is seen now may go on from it.
  if (!options.dry_run) TRY(backfill(before_all));
  ObserveReport report;
  Stock stock;
  stock.collection = options.collection;
  EventSource source(body, options.mapping, options.markings,
                     options.is_lines ? EventSource::Form::kLines : EventSource::Form::kAny);
  // A dry run has a memory of its own, that goes with it.
  std::vector<uint64_t> tags;
  pattern::Stream trial(&engine_, stream_options(bounds_));
  pattern::Stream* const stream = options.dry_run ? &trial : &stream_;
  const pattern::StreamStats before = stream->stats();
  const uint64_t forgotten_before = forgotten_;
  source.read(
      [&](const pattern::Observation& given) {
        pattern::Observation seen = given;
        seen.tag = next_tag_++;
        if (options.dry_run) tags.push_back(seen.tag);
        see(seen, source, stream, options, &stock, &report);
      },
      [&](uint64_t line, const std::string& what) { add_trouble(&report, line, what); });
  for (const uint64_t tag : tags) forget(tag);
  const pattern::StreamStats after = stream->stats();
  report.incomplete = after.incomplete - before.incomplete;
  report.forgotten = after.dropped - before.dropped + forgotten_ - forgotten_before;
  TRY(store(&stock, options.dry_run, &report));
  return report;
}

// Gives the ids of what would be readable too widely, which are not stored.
Result<std::set<std::string>> Watch::Watcher::import(const std::string& lines,
                                                     release::CollectionNumber collection,
                                                     ObserveReport* report) {
  std::set<std::string> wider;
  if (lines.empty()) return wider;
  exchange::ImportOptions options;
  options.who = who_;
  options.collection = collection;
  exchange::Importer importer(node_, random_, options);
  TRY(importer.run([&]() -> Result<std::unique_ptr<exchange::Source>> {
    return std::make_unique<Lines>(lines);
  }));
  for (const exchange::ImportFinding& finding : importer.report().findings) {
    if (finding.severity != stix::Severity::kError) continue;
    if (finding.code == exchange::kWiderThanSource) {
      wider.insert(finding.id);
    } else {
      add_trouble(report, 0, finding.id + ": " + finding.code + ": " + finding.detail);
    }
  }
  report->refused += importer.report().refused - wider.size();
  return wider;
}

Result<void> Watch::Watcher::store(Stock* stock, bool is_dry, ObserveReport* report) {
  const exchange::View view = node_.view(who_);
  const release::Party* const party = view.state().directory->party(who_.party);
  std::string shared, own;
  for (const auto& [id, event] : stock->events) {
    std::string& lines = event.markings.empty() ? own : shared;
    for (const std::string& object : event.objects) lines += object + "\n";
  }
  report->kept = stock->events.size();
  const auto say = [&](Sighting& sighting, std::string* lines) {
    const std::vector<std::string> observed = sighting.observed;
    if (!fold(view, party->code, &sighting)) return;
    *lines += to_json(sighting, party->identity) + "\n";
    report->sightings.push_back({sighting.indicator, sighting.id, sighting.modified, sighting.count,
                                 observed, sighting.markings.empty()});
  };
  std::map<std::string, Sighting> shared_by_id;
  for (auto& [key, sighting] : stock->sightings) {
    const Sighting plain = sighting;
    say(sighting, sighting.markings.empty() ? &own : &shared);
    if (!sighting.markings.empty()) shared_by_id.emplace(sighting.id, plain);
  }
  if (is_dry) return {};
  const std::set<std::string> wider = TRY(import(shared, stock->collection, report));
  for (const std::string& id : wider) {
    const auto known = shared_by_id.find(id);
    std::erase_if(report->sightings, [&](const Told& told) { return told.sighting == id; });
    if (known == shared_by_id.end()) continue;
    known->second.markings.clear();
    say(known->second, &own);
  }
  TRY(import(own, release::kNoCollection, report));
  std::ranges::sort(report->sightings, {}, [](const Told& told) {
    return std::pair(std::string_view(told.indicator), std::string_view(told.sighting));
  });
  return {};
}

WatchStatus Watch::Watcher::status() {
  indicators_.follow(node_.view(who_));
  WatchStatus out;
  out.watched = indicators_.watched();
  for (const auto& [id, one] : indicators_.all()) {
    if (one.problem.empty()) continue;
    ++out.not_watched;
    if (out.problems.size() < limits::kTroublesMax) out.problems.emplace_back(id, one.problem);
  }
  return out;
}

Result<void> Watch::Watcher::refresh() {
  const exchange::View view = node_.view(who_);
  indicators_.follow(view);
  return backfill(view);
}

// New indicators have an engine of their own for this, so that the kept events meet no others.
Result<void> Watch::Watcher::backfill(const exchange::View& view) {
  const std::vector<std::string> fresh = indicators_.take_fresh();
  if (fresh.empty()) return {};
  const std::vector<std::string> bundles = kept_events(view, bounds_);
  if (bundles.empty()) return {};
  pattern::Engine engine;
  std::map<uint32_t, const Watched*> by_number;
  for (const std::string& id : fresh) {
    const Watched* const one = indicators_.find(id);
    if (one == nullptr) continue;
    if (const auto number = engine.add(one->text, pattern::ParseOptions{one->is_stix20}))
      by_number[*number] = one;
  }
  pattern::Stream stream(&engine, stream_options(bounds_));
  Stock stock;
  ObserveReport report;
  std::map<uint64_t, Event> events;
  std::swap(events, remembered_);  // matches look there for what they are made of
  const size_t bytes = std::exchange(remembered_bytes_, 0);
  for (const std::string& bundle : bundles) {
    const std::string padded = json::padded(bundle);
    EventSource source(std::string_view(padded).substr(0, bundle.size()), nullptr, {});
    source.read(
        [&](const pattern::Observation& given) {
          pattern::Observation seen = given;
          seen.tag = next_tag_++;
          const Event event = source.event(seen);
          stream.see(seen, [&](uint32_t number, const Match& match) {
            const Watched* const indicator = by_number.at(number);
            if (indicator->is_valid(seen.first.ns, seen.last.ns))
              add_match(*indicator, match, event, &stock);
          });
          if (stream.remembers_last()) remember(seen.tag, event);
        },
        [](uint64_t, const std::string&) {});
  }
  std::swap(events, remembered_);
  remembered_bytes_ = bytes;
  stock.events.clear();  // they are stored already
  auto stored = store(&stock, false, &report);
  if (!stored) {
    indicators_.keep_fresh(fresh);
  } else {
    recall(bundles, fresh);
  }
  return stored;
}

// What was kept can be the beginning of what new indicators see from now on.
void Watch::Watcher::recall(const std::vector<std::string>& bundles,
                            const std::vector<std::string>& fresh) {
  const std::set<std::string_view> ids(fresh.begin(), fresh.end());
  const auto is_fresh = [&](uint32_t pattern) {
    const Watched* const one = indicators_.of_pattern(pattern);
    return one != nullptr && ids.contains(one->id);
  };
  for (const std::string& bundle : bundles) {
    const std::string padded = json::padded(bundle);
    EventSource source(std::string_view(padded).substr(0, bundle.size()), nullptr, {});
    source.read(
        [&](const pattern::Observation& given) {
          pattern::Observation seen = given;
          seen.tag = next_tag_++;
          if (stream_.recall(seen, is_fresh)) remember(seen.tag, source.event(seen));
        },
        [](uint64_t, const std::string&) {});
  }
}

}  // namespace entente::watch
