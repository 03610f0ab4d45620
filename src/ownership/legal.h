// Thresholds of the law as dated data, put to one party.
//
//   const std::vector<LegalTest> tests = TRY(read_legal_tests(built_in_legal_tests()));
//   const auto verdicts = test_law(snapshot, target, tests, {.listed = ...}, &scratch);
//
// A test says whose holdings count, what is measured, how it reaches through chains, and from which share on
// it is met; from when to when it was the law, where, and by which clause. Figures that are not known make a
// verdict "possible". A verdict is arithmetic on the interests given, not legal advice: exceptions, and
// facts that no table holds, are for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ownership/control.h"
#include "ownership/region.h"

namespace entente::ownership {

struct LegalTest {
  // Whose holdings count.
  enum class Who : uint8_t {
    kAnyone,   // each ultimate owner
    kPersons,  // each natural person
    kStates,   // states and their bodies
    kListed,   // the parties that the caller lists: sanctioned persons
    kForeign,  // each ultimate owner of another country than the party tested
    kOutside,  // each ultimate owner from outside the European Economic Area
  };
  // How far a holding counts through others.
  enum class Route : uint8_t {
    kIntegrated,  // shares multiplied along chains, chains added up
    kMajority,    // whole, through whatever the holder has more than half of the votes in
    kCascade,     // whole, through whatever meets this very test
  };
  std::string id, title, source;
  std::vector<std::string> countries;  // of the party tested; empty: any
  Day from = kDayFirst, to = kDayLast;
  Who who = Who::kAnyone;
  Route route = Route::kMajority;
  Measure measure = Measure::kEither;
  double threshold = 0;
  bool at_least = false;     // else more than the threshold
  bool together = false;     // all who count are added up
  bool or_controls = false;  // control, of any kind, meets it too
};

// A JSON list of objects; see docs/ownership.md. kInvalid says which and why.
Result<std::vector<LegalTest>> read_legal_tests(std::string_view json);
// The tests that come with the program, as such a list.
std::string_view built_in_legal_tests();

struct LegalQuestion {
  std::vector<PartyIndex> listed;
};

struct LegalHolder {
  std::vector<PartyIndex> parties;  // one, or all that count together
  Range capital, votes;             // as the test's route counts them
  Certainty met = Certainty::kNo;
};

struct LegalVerdict {
  const LegalTest* test = nullptr;
  Certainty met = Certainty::kNo;
  std::vector<LegalHolder> holders;  // those who meet it, or may; largest first
};

// Verdicts of the tests that are in force on the snapshot's day and for the target's country. Borrows the tests.
std::vector<LegalVerdict> test_law(const Snapshot& snapshot, PartyIndex target,
                                   const std::vector<LegalTest>& tests,
                                   const LegalQuestion& question, Scratch* scratch);

std::string to_json(const std::vector<LegalVerdict>& verdicts, const Graph& graph);
std::string to_text(const std::vector<LegalVerdict>& verdicts, const Graph& graph);

}  // namespace entente::ownership
