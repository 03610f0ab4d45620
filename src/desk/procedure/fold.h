// The state of a procedure: a pure fold over the records that somebody may see.
//
//   Case one{.opening = ..., .records = ...};
//   Situation now = TRY(fold(pack, one, places, now_ms));
//
// The same records give the same situation, whatever their order and however often each comes. Every record is kept
// with its verdict: what came late, twice, after the end, or from one who may not, changes nothing and is shown.
// A record counts at its own instant, never at that of its arrival. Of the records of one party under one id the first
// (by instant, then by content) counts.
//
// Instants are half-open: a clock that ends at T has ended at T; what is done at T is too late.
//
// Threads: pure functions. Cost: sorting, and some 100 ns a record.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/procedure/clock.h"
#include "desk/procedure/machine.h"
#include "desk/procedure/pack.h"

namespace entente::procedure {

// What the signature of a record is worth: who reads records finds out.
enum class Proof : uint8_t { kSigned, kUnsigned, kWrong, kUnknownKey };

// One act as its party recorded it.
struct Record {
  std::string id;
  std::string party;  // code of who submitted it
  std::string act;
  int64_t at_ms = 0;
  std::string about;  // id of the record whose text it is about; empty: the current one
  std::string reason;
  std::string text;  // of an act that carries or adds one
  std::optional<int64_t> until_ms;
  std::string language;                   // of the text [RFC 5646]; empty: not said
  std::string clause;                     // of the text, that it speaks of
  std::string target;                     // id of the act that it answers: a comment, an action
  std::vector<std::string> objects = {};  // ids that it attaches
  Proof proof = Proof::kSigned;
};

// Who was of the format when: from each instant on, the members, sorted. Before the first: nobody.
class Roster {
 public:
  using Span = std::pair<int64_t, std::vector<std::string>>;
  Roster() = default;
  // `from` rises strictly.
  explicit Roster(std::vector<Span> spans)
      : spans_(std::make_shared<const std::vector<Span>>(std::move(spans))) {}
  const std::vector<std::string>& at(int64_t at_ms) const;
  const std::vector<Span>& spans() const { return *spans_; }

 private:
  // Copies share them: they never change, and many procedures have the same.
  std::shared_ptr<const std::vector<Span>> spans_ = std::make_shared<const std::vector<Span>>();
};

// How a procedure was opened, and what was done since, as far as it may be seen.
struct Case {
  Record opening;
  std::map<std::string, std::vector<std::string>> roles;  // parties of the pack's named roles
  std::string calendar;             // instead of the opener's code, where the pack says "opener"
  std::map<std::string, Day> days;  // that the filing names, of those that clocks run from
  Roster roster;
  std::vector<Record> records;  // without the opening
  // More of them, which whoever keeps records shares between cases: none of them changes.
  std::vector<std::shared_ptr<const Record>> shared;

  std::vector<const Record*> all() const;  // of both, without the opening
};

struct Judged {
  const Record* record = nullptr;  // into the case
  Verdict verdict = Verdict::kCounted;
};

// One clock as it went; of a clock against a role, one for each party that it has run against.
struct ClockView {
  Index clock = 0;
  std::string party;  // empty: it runs against nobody in particular
  ClockStatus status = ClockStatus::kIdle;
  ClockRun run;
  std::optional<int64_t> end_ms;  // nullopt: it stands still
  bool has_started = true;        // false: the party has not received what starts it
};

struct Transition {
  int64_t at_ms = 0;
  Index from = 0, to = 0;
  std::string by;      // party; empty: a clock
  std::string record;  // id; empty: a clock
  Index clock = kNoIndex;
  const Clause* clause = nullptr;  // of the pack
};

struct Situation {
  Index state = 0;
  int64_t since_ms = 0;
  std::string outcome;  // empty: none yet
  std::string text_id;  // of the record that carries the current text
  int64_t text_ms = 0;
  uint32_t text_version = 1;
  Facts facts;
  std::vector<std::string> parties;  // by number in facts
  std::vector<ClockView> clocks;     // every one that was started
  std::vector<Judged> judged;        // in order of instant
  std::vector<Transition> transitions;
  std::optional<int64_t> next_change_ms;  // when time alone changes something

  const ClockView* clock(Index index, std::string_view party = {}) const;
  // Codes of who received the current text, sorted.
  std::vector<std::string> received() const;
  // Codes of whose act of that name counted, in order of instant.
  std::vector<std::string> did(std::string_view act) const;
};

// Where clocks run: calendars and zones by code, both borrowed.
struct Places {
  const Calendars* calendars = nullptr;
  const Zones* zones = nullptr;
};

// kUnprocessable: a clock counts days that its calendar does not have, or there is no such calendar, or no such day in the
// filing as a clock runs from, or who opened it may not; kTooLarge: past limits::kRecordsMax. The situation borrows the pack and the case.
Result<Situation> fold(const Pack& pack, const Case& one, const Places& places, int64_t now_ms);

// Where the clocks of a case run.
Result<Place> place_of(const Pack& pack, const Case& one, const Places& places);

// What a party is to do in a situation, and by when; nullopt: nothing. `waiting`: the roles of the pack that wait.
struct Due {
  Index act = 0;
  std::optional<int64_t> by_ms;
};
std::optional<Due> due_of(const Pack& pack, const Case& one, const Situation& now,
                          std::string_view party, int64_t now_ms);
// What others are to do that the party waits for: by act, of whom, until when.
struct Waiting {
  Index act = 0;
  std::vector<std::string> from;
  std::optional<int64_t> by_ms;
};
std::vector<Waiting> waiting_of(const Pack& pack, const Case& one, const Situation& now,
                                std::string_view party, int64_t now_ms);

}  // namespace entente::procedure
