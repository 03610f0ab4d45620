// What is screened and what it is screened against: persons, organisations, vessels, aircraft and
// places, with their names in any script and what else is known of them. Plain values.
//
// Limits of what one of them may carry stand here; readers cut or refuse what is past them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

inline constexpr size_t kNamesMax = 512;         // of one entity; further ones are left out
inline constexpr size_t kNameBytes = 1'024;      // of one name; a longer one is cut
inline constexpr size_t kFactsMax = 256;         // dates, countries or identifiers of one entity
inline constexpr size_t kFactBytes = 256;        // of an identifier or a country
inline constexpr size_t kEntityIdBytes = 1'024;  // of an entity's id

enum class Kind : uint8_t { kAny, kPerson, kOrganization, kVessel, kAircraft, kPlace };

// How a list means a name. A weak alias is one that fits many (OFAC: "weak a.k.a.").
enum class NameKind : uint8_t { kPrimary, kAlias, kFormer, kWeak };

enum class Gender : uint8_t { kUnknown, kFemale, kMale };

struct Name {
  std::string text;  // UTF-8, as written
  NameKind kind = NameKind::kPrimary;
};

// A date of which the day, or the month and the day, may be unknown (0).
struct PartialDate {
  int16_t year = 0;
  uint8_t month = 0;
  uint8_t day = 0;
  bool operator==(const PartialDate&) const = default;
};

// "1961", "1961-03", "1961-03-14", with a time behind it or not; "14 Mar 1961", "circa 1961"; a year of
// 0 if it is none of these.
PartialDate parse_partial_date(std::string_view text);
// "1961", "1961-03" or "1961-03-14".
std::string date_text(const PartialDate& date);

struct Identifier {
  std::string type;   // "lei", "imo", "passport", ...: as the source calls it; may be empty
  std::string value;  // as written
};

struct Entity {
  std::string id;
  Kind kind = Kind::kAny;
  Gender gender = Gender::kUnknown;
  std::vector<Name> names;
  std::vector<PartialDate> birth_dates;  // of an organisation: when it was founded
  std::vector<std::string> countries;    // ISO 3166-1 alpha-2, upper case
  std::vector<Identifier> identifiers;
};

std::string_view name_of(Kind kind);
// "person", "organization" ("organisation", "company"), "vessel", "aircraft", "place"; else kAny.
Kind parse_kind(std::string_view text);

}  // namespace entente::names
