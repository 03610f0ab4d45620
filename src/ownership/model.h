// Who holds what in whom: the plain values that readers make and the engine takes.
//
// A share is a fraction from 0 to 1, never a percentage. What is known of it is a Range; what is
// not known is [0, 1] here and becomes [0, what the others leave] in a Snapshot: nothing is guessed.
// An interest holds from the day `from` up to, not including, the day `to`.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace entente::ownership {

using PartyIndex = uint32_t;
inline constexpr PartyIndex kNoParty = UINT32_MAX;

using Day = int32_t;  // since 1970-01-01
inline constexpr Day kDayFirst = std::numeric_limits<Day>::min();
inline constexpr Day kDayLast = std::numeric_limits<Day>::max();

struct Range {
  double low = 0, high = 0;
  bool operator==(const Range&) const = default;
};
inline constexpr Range kNothing{0, 0};
inline constexpr Range kUnknown{0, 1};

// Sums of shares that were written in decimal are compared with this much room, so that three
// thirds are a whole: "more than half" is more than 0.5 + kShareEpsilon.
inline constexpr double kShareEpsilon = 1e-9;
// Shares that add up to no more than this above a whole were rounded when they were written down, and are taken
// as they stand; more than that is a contradiction.
inline constexpr double kRoundingMax = 0.005;

enum class PartyKind : uint8_t {
  kUnspecified,  // not said
  kPerson,
  kEntity,
  kState,      // a state or one of its bodies
  kTrust,      // an arrangement without personality of its own
  kAnonymous,  // somebody, but the source does not say who
};
std::string_view name_of(PartyKind kind);

// What an interest rests on, beside the shares of capital and votes that it carries.
enum class InterestKind : uint8_t {
  kShares,         // shares, votes or both
  kBoard,          // appoints or removes most of the board: controls
  kContract,       // controls by contract, by the articles or by law
  kGolden,         // vetoes: may control, according to what it can veto
  kTrust,          // trustee, settlor, protector, beneficiary: may control
  kInfluence,      // any other influence, a senior manager, a member of the board: may control
  kNominee,        // holds for another
  kNominator,      // is the one for whom a nominee holds: may control the nominee
  kConsolidation,  // parent in the accounts: controls, share not stated
};
std::string_view name_of(InterestKind kind);
std::optional<InterestKind> interest_kind_from(std::string_view name);

// Whether an interest of that kind makes its owner the controller of what is owned, whatever votes
// it carries.
enum class Control : uint8_t { kNone, kPossible, kCertain };
Control control_of(InterestKind kind);

struct Party {
  std::string id;
  std::string name;                  // may be empty
  std::string country;               // ISO 3166-1 alpha-2, upper case; may be empty
  std::vector<std::string> sectors;  // NACE or NAICS codes; may be empty
  PartyKind kind = PartyKind::kUnspecified;
};

struct Interest {
  PartyIndex owner = kNoParty;
  PartyIndex owned = kNoParty;
  Range capital = kNothing;
  Range votes = kNothing;
  Day from = kDayFirst;
  Day to = kDayLast;
  InterestKind kind = InterestKind::kShares;
  float confidence = 1;      // from 0 to 1, as its source says
  uint32_t source = 0;       // index into Graph::sources
  uint32_t line = 0;         // line or record of the source, from 1; 0: not known
  bool is_indirect = false;  // the source says that it is held through others; not computed with
};

// All interests at all times. Ids are found by hash; indexes never change.
class Graph {
 public:
  // The party of that id, made if there is none yet.
  PartyIndex party(std::string_view id);
  std::optional<PartyIndex> find(std::string_view id) const;
  // The number of a source's name, made if there is none yet.
  uint32_t source(std::string_view name);

  std::vector<Party> parties;
  std::vector<Interest> interests;
  std::vector<std::string> sources{""};

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const;
  };
  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> by_id_, by_source_;
};

// What is wrong with an input. Records with an error were left out; warnings were taken in.
struct Finding {
  enum class Weight : uint8_t { kWarning, kError };
  Weight weight = Weight::kError;
  std::string code;    // stable: "share-out-of-range"
  std::string place;   // JSON path, "line 12" or a party's id
  std::string detail;  // for people
};

struct Findings {
  std::vector<Finding> list;  // the first limits::kFindingsMax
  uint64_t errors = 0, warnings = 0;
  void error(std::string code, std::string place, std::string detail);
  void warning(std::string code, std::string place, std::string detail);
};

// "2024", "2024-02" or "2024-02-29", or a timestamp that begins so. Of a period that is not one day
// `first` gives its first day, else the day after its last. [ISO 8601-1 4.3]
enum class PeriodEdge : uint8_t { kFirst, kAfter };
std::optional<Day> parse_day(std::string_view text, PeriodEdge edge = PeriodEdge::kFirst);
std::string format_day(Day day);  // "2024-02-29"; "" for the first and last of all
Day day_of_ms(int64_t ms_since_1970);

}  // namespace entente::ownership
