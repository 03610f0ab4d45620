// Files become objects that a node keeps: printed, one a line, for `entente import`. A list is read record by record; with
// an older version of it beside it, only hashes of that are in memory, and what went is found by reading it again.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <unordered_map>

#include "app/input.h"
#include "app/names_answers.h"
#include "app/render.h"
#include "app/supervision_commands.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/text.h"
#include "desk/supervision/objects.h"
#include "names/reader.h"
#include "names/table_records.h"
#include "ownership/deals.h"
#include "ownership/read_graph.h"
#include "stix/stix.h"
#include "stix/timestamp.h"

namespace entente::app {
namespace {

constexpr size_t kGraphBytesMax = size_t{4} << 30;

Result<supervision::Stamp> stamp_of(const CommandLine& line) {
  supervision::Stamp stamp;
  stamp.source = line.name;
  stamp.created_by = line.identity;
  stamp.markings = line.markings;
  stamp.are_buyers = line.screening.are_buyers;
  if (!line.identity.empty() && !stix::is_identifier(line.identity))
    return fail(Code::kInvalid, "--identity is the id of an identity");
  for (const std::string& one : line.markings) {
    if (!stix::is_identifier(one)) return fail(Code::kInvalid, "--marking is the id of a marking");
  }
  stamp.modified = format_time_ms(SystemClock().now_ms());
  if (line.at.empty()) return stamp;
  if (!stix::parse_timestamp(line.at))
    return fail(Code::kInvalid, "--at is an instant such as 2026-01-31T00:00:00Z");
  stamp.modified = line.at;
  return stamp;
}

Result<void> each_entity(const std::vector<std::string>& paths, bool* is_clean,
                         const names::EntitySink& sink) {
  names::EntitySet set;
  for (const std::string& path : paths) {
    const auto source = TRY(open_input(path, nullptr));
    const auto report = names::read_list([&] { return source->next(); }, sink, &set, nullptr);
    if (!report) return fail(report.error().code, path + ": " + report.error().detail);
    for (const std::string& problem : report->problems)
      std::fprintf(stderr, "entente: %s: %s\n", printable(path).c_str(),
                   printable(problem).c_str());
    if (report->refused > 0) *is_clean = false;
  }
  return set.finish(sink);
}

Result<std::string> whole_file(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) return text;
    if (text.size() + piece.size() > kGraphBytesMax)
      return fail(Code::kTooLarge, fmt::format("{}: more than {} bytes", path, kGraphBytesMax));
    text += piece;
  }
}

}  // namespace

Result<int> run_names_convert(const CommandLine& line) {
  const supervision::Stamp stamp = TRY(stamp_of(line));
  bool is_clean = true;
  std::unordered_map<std::string, uint64_t> before;  // id to hash; 0: is in the newer list too
  TRY(each_entity(line.screening.against, &is_clean, [&](names::Entity&& one) -> Result<void> {
    before[one.id] = hash64(supervision::to_stix(one, stamp), 0) | 1;
    return {};
  }));
  TRY(each_entity(line.files, &is_clean, [&](names::Entity&& one) -> Result<void> {
    const std::string object = supervision::to_stix(one, stamp);
    const auto old = before.find(one.id);
    const bool is_same = old != before.end() && old->second == (hash64(object, 0) | 1);
    if (old != before.end()) old->second = 0;
    return is_same ? Result<void>() : print(object + "\n");
  }));
  supervision::Stamp gone = stamp;
  gone.is_revoked = true;
  TRY(each_entity(line.screening.against, &is_clean, [&](names::Entity&& one) -> Result<void> {
    const auto old = before.find(one.id);
    if (old == before.end() || old->second == 0) return {};
    old->second = 0;
    return print(supervision::to_stix(one, gone) + "\n");
  }));
  std::fflush(stdout);
  return is_clean ? kExitDone : kExitFound;
}

Result<int> run_ownership_convert(const CommandLine& line) {
  const supervision::Stamp stamp = TRY(stamp_of(line));
  const OwnershipLine& asked = line.ownership;
  ownership::Graph graph;
  ownership::Findings findings;
  ownership::ShareUnit unit = ownership::ShareUnit::kGuess;
  if (asked.unit == "percent") unit = ownership::ShareUnit::kPercent;
  if (asked.unit == "fraction") unit = ownership::ShareUnit::kFraction;
  for (const std::string& path : line.files) {
    const std::string text = TRY(whole_file(path));
    const auto read = ownership::read_graph(text, unit, &graph, &findings);
    if (!read) return fail(read.error().code, path + ": " + read.error().detail);
  }
  std::vector<ownership::Deal> deals;
  if (!asked.deals.empty()) {
    const std::string text = TRY(whole_file(asked.deals));
    deals = TRY(ownership::read_deals(text, &findings));
    for (const ownership::Deal& deal : deals) {
      graph.party(deal.buyer);
      graph.party(deal.target);
    }
  }
  for (const ownership::Party& party : graph.parties)
    TRY(print(supervision::to_stix(party, stamp) + "\n"));
  std::map<std::tuple<uint32_t, uint32_t, ownership::InterestKind>, uint32_t> ordinals;
  for (const ownership::Interest& one : graph.interests) {
    const uint32_t ordinal = ordinals[{one.owner, one.owned, one.kind}]++;
    TRY(print(supervision::to_stix(one, graph, ordinal, stamp) + "\n"));
  }
  std::map<std::tuple<std::string, std::string, ownership::Day>, uint32_t> same;
  for (const ownership::Deal& deal : deals)
    TRY(print(supervision::to_stix(deal, same[{deal.buyer, deal.target, deal.day}]++, stamp) +
              "\n"));
  std::fflush(stdout);
  for (const ownership::Finding& one : findings.list)
    std::fprintf(stderr, "entente: %s: %s\n", printable(one.place).c_str(),
                 printable(one.detail).c_str());
  return findings.errors > 0 ? kExitFound : kExitDone;
}

}  // namespace entente::app
