// A party's watcher is made when it first asks; who may ask is settled here, before anything is looked at.
#include "watch/watch.h"

#include <fmt/format.h>

#include "base/text.h"
#include "watch/limits.h"
#include "watch/watcher.h"

namespace entente::watch {
namespace {

// A narrower principal of a party may not see what the party's watch says.
Result<void> check_whole(const exchange::Principal& who) {
  if (who.restriction.is_none()) return {};
  return fail(Code::kForbidden,
              "this key is narrower than its party, and what is watched is the party's");
}

Result<void> check_may_observe(const exchange::View& view, const exchange::Principal& who,
                               const ObserveOptions& options) {
  TRY(check_whole(who));
  if (!release::may_write(who.role))
    return fail(Code::kForbidden, "this key's role does not write");
  if (options.markings.size() > limits::kMarkingsMax)
    return fail(Code::kInvalid, fmt::format("more than {} markings", limits::kMarkingsMax));
  const release::Collection* const into = view.state().directory->collection(options.collection);
  if (into != nullptr && !view.may_write(*into))
    return fail(Code::kForbidden, "this collection is not yours to write");
  return {};
}

// Whether the party itself submitted one of the entries of the type, as far as is looked.
bool has_own(const exchange::View& view, std::string_view type) {
  constexpr uint32_t kLooksMax = 100'000;
  const auto number = view.state().types->find(type);
  if (!number || *number == exchange::Types::kOther) return false;
  const std::shared_ptr<const Bitmap> bits = view.narrowed({0, *number});
  uint32_t looks = 0;
  for (Bitmap::Cursor at(*bits, 0); !at.done() && at.value() < view.world().end(); at.next()) {
    if (view.entry(at.value()).submitter == view.reader().party) return true;
    if (++looks >= kLooksMax) return false;
  }
  return false;
}

}  // namespace

Watch::Watch(exchange::Node& node, Random& random, const Bounds& bounds)
    : node_(node), random_(random), bounds_(bounds) {}
Watch::~Watch() = default;

std::shared_ptr<Watch::Watcher> Watch::watcher(release::PartyNumber party) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<Watcher>& found = watchers_[party];
  if (found == nullptr) {
    // The party's, whichever of its keys came first.
    const exchange::Principal who{party, release::Role::kContributor, {}, {}};
    found = std::make_shared<Watcher>(node_, random_, who, bounds_);
  }
  return found;
}

Result<ObserveReport> Watch::observe(const exchange::Principal& who, std::string_view body,
                                     const ObserveOptions& options) {
  TRY(check_may_observe(node_.view(who), who, options));
  const std::shared_ptr<Watcher> own = watcher(who.party);
  const std::lock_guard<std::mutex> lock(own->mutex());
  return own->observe(body, options);
}

Result<WatchStatus> Watch::status(const exchange::Principal& who) {
  TRY(check_whole(who));
  const std::shared_ptr<Watcher> own = watcher(who.party);
  const std::lock_guard<std::mutex> lock(own->mutex());
  return own->status();
}

void Watch::expect_observers() {
  const auto state = node_.state();
  for (const release::Party& party : state->directory->parties()) {
    const exchange::View view =
        node_.view(exchange::Principal{party.number, release::Role::kContributor, {}, {}});
    if (has_own(view, "observed-data")) (void)watcher(party.number);
  }
}

void Watch::refresh() {
  std::vector<std::shared_ptr<Watcher>> all;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& [party, one] : watchers_) all.push_back(one);
  }
  for (const auto& one : all) {
    const std::lock_guard<std::mutex> lock(one->mutex());
    // What cannot be stored now is tried again.
    (void)one->refresh();
  }
}

std::string to_json(const ObserveReport& report) {
  std::string out = fmt::format(
      R"({{"observations":{},"matched":{},"kept":{},"refused":{},"incomplete":{},"forgotten":{},)",
      report.observations, report.matched, report.kept, report.refused, report.incomplete,
      report.forgotten);
  out += "\"sightings\":[";
  for (const Told& told : report.sightings) {
    out += out.back() == '[' ? "" : ",";
    out += fmt::format(
        R"({{"indicator":{},"sighting":"{}","modified":"{}","count":{},"own":{},"observed_data":[)",
        json_quote(told.indicator), told.sighting, told.modified, told.count, told.is_own);
    for (const std::string& id : told.observed) {
      out += out.back() == '[' ? "" : ",";
      append_json_quoted(out, id);
    }
    out += "]}";
  }
  out += fmt::format("],\"troubles\":{},\"details\":[", report.troubles_total);
  for (const auto& [line, what] : report.troubles) {
    out += out.back() == '[' ? "" : ",";
    out += fmt::format(R"({{"line":{},"detail":{}}})", line, json_quote(what));
  }
  return out + "]}";
}

std::string to_json(const WatchStatus& status) {
  std::string out = fmt::format(R"({{"watched":{},"not_watched":{},"problems":[)", status.watched,
                                status.not_watched);
  for (const auto& [id, why] : status.problems) {
    out += out.back() == '[' ? "" : ",";
    out += fmt::format(R"({{"indicator":{},"why":{}}})", json_quote(id), json_quote(why));
  }
  return out + "]}";
}

}  // namespace entente::watch
