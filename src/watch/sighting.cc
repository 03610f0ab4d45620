// Marks are part of a sighting's id: what may be shared and what may not never fold into each other, so that neither closes
// the other nor opens it.
#include "watch/sighting.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "json/json.h"
#include "stix/deterministic_id.h"
#include "stix/timestamp.h"
#include "watch/limits.h"

namespace entente::watch {
namespace {

// Version 5 UUIDs of sightings are made in this namespace.
constexpr uint8_t kNamespace[16] = {0x0d, 0x6a, 0x4b, 0x1e, 0x77, 0xc2, 0x4e, 0x35,
                                    0xa9, 0x18, 0x5f, 0xe0, 0xb3, 0x42, 0x9c, 0x6d};
constexpr uint64_t kCountMax = 999'999'999;  // [stix21 5.2]

bool is_before(std::string_view a, std::string_view b) {
  const auto x = stix::parse_timestamp(a), y = stix::parse_timestamp(b);
  return x && y && stix::compare(*x, *y) < 0;
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    append_json_quoted(out, text);
  }
  return out + "]";
}

// The newest version that the party itself sent.
struct Before {
  std::string bytes;
  json::Document document;
  int64_t modified_ns = INT64_MIN;
  bool is_revoked = false;
};

bool find_before(const exchange::View& view, std::string_view id, Before* out) {
  std::string scratch, newest;
  view.versions_of(id, [&](store::Position position) {
    const store::Entry entry = view.entry(position);
    if (entry.submitter != view.reader().party) return true;
    const auto version = stix::parse_timestamp(view.name(position).version);
    if (!version || version->ns <= out->modified_ns) return true;
    out->modified_ns = version->ns;
    out->is_revoked = view.is_revoked(position);
    newest = view.edition(position, &scratch);
    return true;
  });
  if (newest.empty()) return false;
  out->bytes = json::padded(newest);
  json::Parser parser;
  return parser.parse(std::string_view(out->bytes).substr(0, newest.size()), &out->document)
      .has_value();
}

}  // namespace

std::string id_of(std::string_view party, const Sighting& sighting) {
  std::string name = std::string(party) + "\n" + sighting.indicator;
  for (const std::string& marking : sighting.markings) name += "\n" + marking;
  return "sighting--" + stix::uuid_v5(kNamespace, name);
}

void add_seen(Sighting* sighting, const Event& event, uint64_t count) {
  const auto [known, is_new] = sighting->places.emplace(event.id, sighting->observed.size());
  if (is_new) {
    sighting->observed.push_back(event.id);
    sighting->counts.push_back(count);
  } else {
    sighting->counts[known->second] = std::max(sighting->counts[known->second], count);
  }
  if (sighting->first_seen.empty() || is_before(event.first, sighting->first_seen))
    sighting->first_seen = event.first;
  if (sighting->last_seen.empty() || is_before(sighting->last_seen, event.last))
    sighting->last_seen = event.last;
}

bool fold(const exchange::View& view, std::string_view party_code, Sighting* sighting) {
  Sighting& now = *sighting;
  now.id = id_of(party_code, now);
  Before before;
  int64_t now_ms = view.now_ms();
  std::vector<std::string> named;
  uint64_t count = 0;
  if (find_before(view, now.id, &before)) {
    if (before.is_revoked) {
      now.is_muted = true;
      return false;
    }
    const json::Value said = before.document.root();
    const auto text = [&](std::string_view name) {
      const auto value = said.find(name);
      return value && value->is_string() ? value->text() : std::string();
    };
    now.created = text("created");
    const std::string first = text("first_seen"), last = text("last_seen");
    if (is_before(first, now.first_seen)) now.first_seen = first;
    if (is_before(now.last_seen, last)) now.last_seen = last;
    const auto total = said.find("count");
    count = static_cast<uint64_t>(std::max<int64_t>(0, total ? total->integer().value_or(0) : 0));
    if (const auto refs = said.find("observed_data_refs")) {
      for (const json::Value ref : refs->elements()) named.push_back(ref.text());
    }
    now_ms = std::max(now_ms, before.modified_ns / 1'000'000 + 1);
  }
  bool is_new = false;
  const std::unordered_set<std::string> named_before(named.begin(), named.end());
  for (size_t i = 0; i < now.observed.size(); ++i) {
    if (named_before.contains(now.observed[i])) continue;
    named.push_back(now.observed[i]);
    count += now.counts[i];
    is_new = true;
  }
  if (!is_new) return false;
  if (named.size() > limits::kObservedRefsMax)
    named.erase(named.begin(), named.end() - static_cast<ptrdiff_t>(limits::kObservedRefsMax));
  now.observed = std::move(named);
  now.count = std::min(count, kCountMax);
  now.modified = format_time_ms(now_ms);
  if (now.created.empty()) now.created = now.modified;
  return true;
}

std::string to_json(const Sighting& sighting, std::string_view created_by) {
  std::string out = fmt::format(
      R"({{"type":"sighting","spec_version":"2.1","id":"{}","created_by_ref":"{}","created":"{}","modified":"{}",)",
      sighting.id, created_by, sighting.created, sighting.modified);
  out += fmt::format(
      R"("first_seen":"{}","last_seen":"{}","count":{},"sighting_of_ref":{},"observed_data_refs":{})",
      sighting.first_seen, sighting.last_seen, sighting.count, json_quote(sighting.indicator),
      list_of(sighting.observed));
  if (!sighting.markings.empty()) out += ",\"object_marking_refs\":" + list_of(sighting.markings);
  return out + "}";
}

}  // namespace entente::watch
