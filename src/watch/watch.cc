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

}  // namespace

Watch::Watch(exchange::Node& node, Random& random) : node_(node), random_(random) {}
Watch::~Watch() = default;

std::shared_ptr<Watch::Watcher> Watch::watcher(const exchange::Principal& who) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<Watcher>& found = watchers_[who.party];
  if (found == nullptr) {
    // The party's, whichever of its keys came first.
    const exchange::Principal party{who.party, release::Role::kContributor, {}, {}};
    found = std::make_shared<Watcher>(node_, random_, party);
  }
  return found;
}

Result<ObserveReport> Watch::observe(const exchange::Principal& who, std::string_view body,
                                     const ObserveOptions& options) {
  TRY(check_may_observe(node_.view(who), who, options));
  const std::shared_ptr<Watcher> own = watcher(who);
  const std::lock_guard<std::mutex> lock(own->mutex());
  return own->observe(body, options);
}

Result<WatchStatus> Watch::status(const exchange::Principal& who) {
  TRY(check_whole(who));
  const std::shared_ptr<Watcher> own = watcher(who);
  const std::lock_guard<std::mutex> lock(own->mutex());
  return own->status();
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
      R"({{"observations":{},"matched":{},"kept":{},"refused":{},"incomplete":{},)",
      report.observations, report.matched, report.kept, report.refused, report.incomplete);
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
