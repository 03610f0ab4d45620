// What `entente init --demo` fills a new node with: four fictional parties, four collections and
// about two thousand STIX 2.1 objects of every type of the standard, in English, Traditional and
// Simplified Chinese, Japanese and Korean, under every TLP level. Nothing in it is about real
// persons, organisations or countries: addresses and names are those that standards reserve for
// documentation.
//
//   DemoIdentities identities;                                  // one identity id for each of
//   demo_parties() for (DemoObject& object : make_demo_objects(identities, seed, 2'000))
//   submit(object);
//
// Everything is a function of its arguments: the same seed and identities give the same bytes in
// the same order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::app {

struct DemoParty {
  std::string_view code;
  std::string_view name;
};

struct DemoCollection {
  std::string_view alias;
  std::string_view title;
  std::vector<std::string_view> read;   // party codes
  std::vector<std::string_view> write;  // party codes
  std::string_view label;               // default for what comes unmarked: "tlp:amber"
};

inline constexpr size_t kDemoPartyCount = 4;

// An alliance headquarters, two nations, a liaison office: HQ, AVL, BOR, LIA.
const std::array<DemoParty, kDemoPartyCount>& demo_parties();
const std::vector<DemoCollection>& demo_collections();

// The STIX identity ("identity--" and a UUID) that each party is bound to, in the order of
// demo_parties().
using DemoIdentities = std::array<std::string, kDemoPartyCount>;

// One object as `party` submits it to `collection`. Objects come in an order in which each may be
// stored: what one refers to stands before it, an older version before a newer one.
struct DemoObject {
  std::string party;
  std::string collection;
  std::string json;
};

// At least `count_min` objects, and never fewer than show every type, language and TLP level.
std::vector<DemoObject> make_demo_objects(const DemoIdentities& identities, uint64_t seed,
                                          size_t count_min);

}  // namespace entente::app
