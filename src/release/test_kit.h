// What the tests of labels share: a directory made from a few words, and questions to it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "release/label.h"
#include "release/resolved.h"

namespace entente::release::testing {

// Milliseconds of a day at midnight UTC.
constexpr int64_t day(int year, unsigned month, unsigned dom) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const auto yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = (153 * (month + (month > 2 ? -3u : 9u)) + 2) / 5 + dom - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return (static_cast<int64_t>(era) * 146097 + static_cast<int64_t>(doe) - 719468) * 86'400'000;
}

struct Kit {
  Directory directory;
  std::vector<PartySet> party_sets{{}};
  int parties = 0;

  // Applies a change that must apply.
  void apply(const std::string& change, int64_t tick_ms = INT64_MIN) {
    const auto outcome = directory.apply(change, tick_ms);
    EXPECT_TRUE(outcome) << change << ": " << (outcome ? "" : outcome.error().detail);
  }
  Code refusal(const std::string& change, int64_t tick_ms = INT64_MIN) {
    const uint64_t before = directory.generation();
    const auto outcome = directory.apply(change, tick_ms);
    EXPECT_FALSE(outcome) << change;
    EXPECT_EQ(directory.generation(), before);
    return outcome ? Code::kInternal : outcome.error().code;
  }
  PartyNumber party(std::string_view code, int64_t tick_ms = INT64_MIN) {
    std::string digits = std::to_string(parties);
    digits.insert(0, 12 - digits.size(), '0');
    apply(R"({"op":"party","name":"x","code":")" + std::string(code) +
              R"(","identity":"identity--00000000-0000-4000-8000-)" + digits + "\"}",
          tick_ms);
    return static_cast<PartyNumber>(parties++);
  }
  void group(std::string_view code, bool retroactive = false, int64_t tick_ms = INT64_MIN) {
    apply(R"({"op":"group","name":"x","code":")" + std::string(code) + R"(","retroactive":)" +
              (retroactive ? "true" : "false") + "}",
          tick_ms);
  }
  void member(std::string_view group, std::string_view member, int64_t from_ms,
              int64_t until_ms = INT64_MAX, int64_t tick_ms = INT64_MIN) {
    std::string change = R"({"op":"member","group":")" + std::string(group) + R"(","member":")" +
                         std::string(member) + R"(","from":)" + std::to_string(from_ms);
    if (until_ms != INT64_MAX) change += R"(,"until":)" + std::to_string(until_ms);
    apply(change + "}", tick_ms);
  }
  uint32_t party_set(PartySet set) {
    party_sets.push_back(std::move(set));
    return static_cast<uint32_t>(party_sets.size() - 1);
  }

  Context context(int64_t now_ms, int64_t released_ms) const {
    return {&directory, &party_sets, now_ms, now_ms, released_ms};
  }
  // The verdict, after the fast form has said the same.
  Verdict ask(const Atom& atom, const Reader& reader, int64_t now_ms, int64_t released_ms) const {
    AtomTable atoms;
    const AtomNumber number = atoms.add(atom);
    const Resolved resolved(atoms, directory, party_sets, reader, now_ms);
    const Verdict verdict = decide(atom, reader, context(now_ms, released_ms));
    EXPECT_EQ(resolved.reads(number, released_ms, now_ms), verdict.reads)
        << name_of(verdict.rule) << " at " << now_ms << " released " << released_ms;
    return verdict;
  }
  Rule rule(const Atom& atom, PartyNumber party, int64_t now_ms = 1'000,
            int64_t released_ms = 500) const {
    return ask(atom, {party, "", std::nullopt}, now_ms, released_ms).rule;
  }
  bool reads(const Atom& atom, PartyNumber party, int64_t now_ms = 1'000,
             int64_t released_ms = 500) const {
    return ask(atom, {party, "", std::nullopt}, now_ms, released_ms).reads;
  }
};

inline Atom atom_of(PartyNumber originator, std::initializer_list<Tlp> levels = {}) {
  Atom atom;
  atom.originator = originator;
  for (const Tlp level : levels)
    atom.tlp_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(level));
  return atom;
}

}  // namespace entente::release::testing
