// Kept events are objects like all others: observed-data of the party's own in its own world, put together again with what they
// refer to.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "json/json.h"
#include "stix/timestamp.h"
#include "watch/limits.h"
#include "watch/watcher.h"

namespace entente::watch {
namespace {

constexpr std::string_view kType = "observed-data";
constexpr int64_t kNsPerDay = int64_t{86'400} * 1'000'000'000;

// The newest that the party itself submitted under that id; empty if there is none.
std::string own_object(const exchange::View& view, std::string_view id) {
  std::string out, scratch;
  view.versions_of(id, [&](store::Position position) {
    if (view.entry(position).submitter != view.reader().party) return true;
    out = view.edition(position, &scratch);
    return false;
  });
  return out;
}

std::vector<store::Position> own_entries(const exchange::View& view, size_t entries_max) {
  std::vector<store::Position> out;
  const auto number = view.state().types->find(kType);
  if (!number || *number == exchange::Types::kOther) return out;
  const std::shared_ptr<const Bitmap> bits = view.narrowed({0, *number});
  for (Bitmap::Cursor at(*bits, 0); !at.done() && at.value() < view.world().end(); at.next()) {
    if (view.entry(at.value()).submitter == view.reader().party) out.push_back(at.value());
  }
  if (out.size() > entries_max)
    out.erase(out.begin(), out.end() - static_cast<ptrdiff_t>(entries_max));
  return out;
}

}  // namespace

std::vector<std::string> kept_events(const exchange::View& view, const Bounds& bounds) {
  struct Kept {
    int64_t first_ns;
    std::string bundle;
  };
  std::vector<Kept> found;
  std::set<std::string> ids;
  json::Parser parser;
  json::Document document;
  std::string scratch;
  const int64_t oldest_ns = view.now_ms() * 1'000'000 - bounds.backfill_days * kNsPerDay;
  const std::vector<store::Position> entries = own_entries(view, bounds.backfill_max);
  for (auto at = entries.rbegin(); at != entries.rend(); ++at) {
    const std::string bytes = json::padded(view.edition(*at, &scratch));
    const std::string_view text = bytes;
    if (!parser.parse(text, &document)) continue;
    const json::Value root = document.root();
    const auto id = root.find("id"), first = root.find("first_observed"),
               last = root.find("last_observed"), refs = root.find("object_refs");
    if (!id || !first || !last || !ids.insert(id->text()).second) continue;
    const auto begin = stix::parse_timestamp(first->text()),
               end = stix::parse_timestamp(last->text());
    if (!begin || !end || end->ns < oldest_ns || view.is_revoked(*at)) continue;
    std::string bundle = R"({"type":"bundle","id":"bundle--0","objects":[)" + std::string(text);
    if (refs) {
      for (const json::Value ref : refs->elements()) {
        const std::string object = ref.is_string() ? own_object(view, ref.text()) : std::string();
        if (!object.empty()) bundle += "," + object;
      }
    }
    bundle += "]}";
    std::ranges::replace(bundle, '\n', ' ');
    std::ranges::replace(bundle, '\r', ' ');
    found.push_back({begin->ns, std::move(bundle)});
  }
  std::ranges::stable_sort(found, {}, &Kept::first_ns);
  std::vector<std::string> out;
  for (Kept& each : found) out.push_back(std::move(each.bundle));
  return out;
}

}  // namespace entente::watch
