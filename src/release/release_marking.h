// What a marking definition says about who may read: TLP by its fixed ids, statements, our own release
// marking, and what of foreign markings (PAP, FIRST IEP 2.0, ACS 3.0) plainly maps. The form is in
// docs/formats/release-marking.md.
//
//   const ReleaseMarking marking = read_release_marking(definition);
//   add(atom, marking);       // fails closed: what is not understood makes the atom unknown
//
// All findings are listed, not the first; one is enough for "not understood". Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "release/label.h"

namespace entente::release {

// The extension-definition of our release marking. Fixed for ever.
inline constexpr std::string_view kReleaseMarkingExtension =
    "extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d";
// Of others. [OASIS common objects]
inline constexpr std::string_view kPapExtension =
    "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
inline constexpr std::string_view kIepExtension =
    "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a";
inline constexpr std::string_view kAcsExtension =
    "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce";
// The policy that ACS classifications are under.
inline constexpr std::string_view kAcsPolicy = "ACS-3.0";

// The Permissible Actions Protocol: what may be done, never who may read.
enum class Pap : uint8_t { kClear, kGreen, kAmber, kRed };
std::string_view name_of(Pap level);

struct ReleaseMarking {
  struct Reason {
    std::string pointer;  // JSON pointer into the marking definition
    std::string detail;
  };
  // Why it is not understood; empty: it is.
  std::vector<Reason> reasons;
  uint8_t tlp_levels = 0;  // bit n is Tlp n
  uint8_t pap_levels = 0;  // bit n is Pap n
  std::vector<std::vector<std::string>> releasable_to;
  std::vector<Classification> classifications;
  int64_t embargo_until_ms = kNoEmbargo;
  std::vector<std::string> exercises;
  // Whom alone the definition itself lets read it, if it covers itself; what of that is not understood names nobody.
  std::optional<std::vector<std::string>> own_list;

  bool is_understood() const { return reasons.empty(); }
  // Whether it limits who may read. What is not understood does.
  bool has_limit() const;
};

ReleaseMarking read_release_marking(json::Value marking_definition);

// Adds what the marking says to an atom: every limit counts. The atom is to be made canonical when all
// are in; past a limit of number the atom becomes unknown.
void add(Atom& atom, const ReleaseMarking& marking);
void add(Atom& atom, Tlp level);

}  // namespace entente::release
