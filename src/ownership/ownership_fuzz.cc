// Any bytes as a graph and as deals: reading ends; whatever is read is consistent, can be asked about every party,
// and its answers keep their bounds.
#include <cstdint>
#include <string_view>

#include "ownership/all_owners.h"
#include "ownership/holdings.h"
#include "ownership/legal.h"
#include "ownership/picture.h"
#include "ownership/read_graph.h"
#include "ownership/rush.h"

namespace {

using namespace entente;
using namespace entente::ownership;

constexpr double kRoom = 1e-6;

void check_range(const Range& range) {
  CHECK(range.low >= 0 && range.low <= range.high && range.high <= 1 + kRoom);
}

void check_party(const Snapshot& snapshot, PartyIndex party, Scratch* scratch) {
  const Owners answer = owners_of(snapshot, party, {}, scratch);
  for (const Owner& owner : answer.owners) {
    check_range(owner.capital);
    check_range(owner.votes.votes);
    for (const OwnerPath& path : owner.paths)
      CHECK(path.parties.front() == owner.party && path.parties.back() == party);
  }
  check_range(answer.undisclosed);
  CHECK(to_json(answer, snapshot).starts_with("{"));
  CHECK(to_svg(answer, snapshot).ends_with("</svg>\n"));
  for (const HeldParty& held : holdings_of(snapshot, {party}, {}, scratch).held)
    check_range(held.capital);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kAskedMax = 24;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Findings findings;
  Graph graph;
  if (read_graph(bytes, ShareUnit::kGuess, &graph, &findings)) {
    for (const Interest& interest : graph.interests) {
      CHECK(interest.owner < graph.parties.size() && interest.owned < graph.parties.size());
      check_range(interest.capital);
      check_range(interest.votes);
    }
    const Snapshot snapshot(graph, 19'000);
    Scratch scratch;
    for (PartyIndex party = 0; party < graph.parties.size() && party < kAskedMax; ++party)
      check_party(snapshot, party, &scratch);
    const AllOwners all(snapshot, 0.01);
    for (PartyIndex party = 0; party < graph.parties.size(); ++party)
      CHECK(all.traced(party) <= 1 + kRoom);
  }
  if (const auto deals = read_deals(bytes, &findings)) {
    std::vector<uint32_t> groups(deals->size(), 0);
    if (const auto answer = find_rushes(*deals, groups, {})) CHECK(!to_json(*answer).empty());
  }
  if (const auto tests = read_legal_tests(bytes)) CHECK(tests->size() <= bytes.size());
  return 0;
}
