// One region ahead of the askers; the largest paths by Dijkstra's algorithm from all of them at once.
#include "ownership/holdings.h"

#include <fmt/format.h>

#include <algorithm>
#include <queue>
#include <tuple>

#include "base/text.h"
#include "ownership/capital.h"
#include "ownership/paths.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

std::string plain_code(std::string_view code) {
  std::string out;
  for (const char c : to_lower_ascii(code)) {
    if (c != '.' && c != ' ' && c != '-') out += c;
  }
  return out;
}

// By node: the node before it on the largest path, and kNoParty for the askers.
std::vector<uint32_t> largest_paths(const Region& region) {
  std::vector<double> best(region.size(), 0.0);
  std::vector<uint32_t> before(region.size(), kNoParty);
  std::priority_queue<std::pair<double, uint32_t>> open;
  for (uint32_t node = 0; node < region.size() && region.is_ultimate(node); ++node) {
    best[node] = 1;
    open.emplace(1, node);
  }
  while (!open.empty()) {
    const auto [size, node] = open.top();
    open.pop();
    if (size < best[node]) continue;
    for (const Region::Edge& edge : region.holdings_of(node)) {
      const double through = size * path_weight(*edge.stake);
      if (through <= best[edge.node]) continue;
      best[edge.node] = through;
      before[edge.node] = node;
      open.emplace(through, edge.node);
    }
  }
  return before;
}

bool is_wanted(const Party& party, const HoldingsOptions& options) {
  const auto is_country = [&](const std::string& country) {
    return equal_ignoring_case(country, party.country);
  };
  if (!options.countries.empty() && std::ranges::none_of(options.countries, is_country))
    return false;
  return options.sectors.empty() ||
         std::ranges::any_of(party.sectors, [&](const std::string& code) {
           return std::ranges::any_of(options.sectors, [&](const std::string& sector) {
             return is_within_sector(code, sector);
           });
         });
}

}  // namespace

bool is_within_sector(std::string_view code, std::string_view sector) {
  const std::string inner = plain_code(code), outer = plain_code(sector);
  if (outer.empty()) return false;
  if (inner.starts_with(outer)) return true;
  // NACE codes are written with their section's letter and without it.
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (is_letter(inner.empty() ? ' ' : inner.front()) && !is_letter(outer.front()))
    return std::string_view(inner).substr(1).starts_with(outer);
  return false;
}

Holdings holdings_of(const Snapshot& snapshot, const std::vector<PartyIndex>& owners,
                     const HoldingsOptions& options, Scratch* scratch) {
  const Region region = Region::ahead(snapshot, owners, scratch);
  const std::vector<Range> capital = Capital(region).held_by_ultimate();
  ControlSearch control(region, options.control);
  std::vector<uint32_t> askers;
  for (uint32_t node = 0; node < region.size() && region.is_ultimate(node); ++node)
    askers.push_back(node);
  control.votes(askers);
  const std::vector<uint32_t> before = largest_paths(region);
  Holdings answer;
  answer.of = owners;
  answer.at = snapshot.at();
  const auto& parties = snapshot.graph().parties;
  for (auto node = static_cast<uint32_t>(askers.size()); node < region.size(); ++node) {
    HeldParty held{
        region.party(node), capital[node], control.votes_in(node), control.controls(node), {}};
    const bool is_nothing = held.capital.high <= 0 && held.votes.high <= 0;
    if (held.controls == Certainty::kNo &&
        (is_nothing || options.controlled_only || held.capital.high < options.capital_min))
      continue;
    if (!is_wanted(parties[held.party], options)) continue;
    for (uint32_t step = node; step != kNoParty; step = before[step])
      held.path.push_back(region.party(step));
    std::ranges::reverse(held.path);
    answer.held.push_back(std::move(held));
  }
  std::ranges::sort(answer.held, [&](const HeldParty& a, const HeldParty& b) {
    const auto key = [&](const HeldParty& one) {
      return std::tuple(-one.capital.low, -one.capital.high,
                        std::string_view(parties[one.party].id));
    };
    return key(a) < key(b);
  });
  return answer;
}

std::string to_json(const Holdings& answer, const Snapshot& snapshot, const Findings* reading) {
  std::string out = "{\"of\":" + ids_json(snapshot.graph(), answer.of);
  out += ",\"at\":" + json_quote(format_day(answer.at)) + ",\"holdings\":[";
  bool is_first = true;
  for (const HeldParty& held : answer.held) {
    const Party& party = snapshot.graph().parties[held.party];
    out += fmt::format("{}{{\"id\":{}", is_first ? "" : ",", json_quote(party.id));
    is_first = false;
    if (!party.name.empty()) out += ",\"name\":" + json_quote(party.name);
    if (!party.country.empty()) out += ",\"country\":" + json_quote(party.country);
    if (!party.sectors.empty()) {
      std::string list;
      for (const std::string& code : party.sectors)
        list += (list.empty() ? "" : ",") + json_quote(code);
      out += ",\"sectors\":[" + list + "]";
    }
    out += fmt::format(",\"capital\":{},\"votes\":{},\"controls\":{},\"paths\":[{}]}}",
                       json_of(held.capital), json_of(held.votes), json_of(held.controls),
                       ids_json(snapshot.graph(), held.path));
  }
  return out + "],\"findings\":" + findings_json(snapshot.findings().list, reading) + "}";
}

std::string to_text(const Holdings& answer, const Snapshot& snapshot) {
  const auto& parties = snapshot.graph().parties;
  std::string out;
  for (const PartyIndex party : answer.of)
    out += (out.empty() ? "" : " + ") + text_of(parties[party]);
  out += " on " + format_day(answer.at) + "\n\n";
  if (answer.held.empty()) return out + "nothing held that was asked for\n";
  std::vector<std::vector<std::string>> rows{
      {"held", "country", "sector", "capital", "votes", "controls", "largest path"}};
  for (const HeldParty& held : answer.held) {
    const Party& party = parties[held.party];
    std::string sectors;
    for (const std::string& code : party.sectors) sectors += (sectors.empty() ? "" : " ") + code;
    rows.push_back({text_of(party), party.country, sectors, text_of(held.capital),
                    text_of(held.votes), std::string(text_of(held.controls)),
                    path_text(snapshot.graph(), held.path)});
  }
  return out + table_text(rows);
}

}  // namespace entente::ownership
