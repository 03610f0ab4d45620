// A history: what an operator and several parties do to a node, one act after the other, each at an instant of its own.
//
// Everything is drawn beforehand and is plain data, so that a history can be played into several nodes, printed, and
// made shorter act by act.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace entente::law {

// Who asks: a party's principal of one role. Each party gets a key of each role when it is made, of its expert later.
enum class Role : uint8_t { kReader, kContributor, kOfficer, kExpert };

// A classification under the one policy of histories, kPolicy.
struct Classified {
  int level = 0;  // index into kPolicyLevels
  std::set<std::string> categories;
};

// What an expert's key is narrowed to: never both absent.
struct Narrowing {
  std::set<std::string> collections;  // aliases; empty: all of its party's
  std::optional<Classified> clearance;
};

// What a marking definition says, as it was meant when it was drawn.
struct Says {
  bool is_unknown = false;  // it is not to be understood
  std::set<int> levels;
  std::vector<std::vector<std::string>> lists;  // releasable_to
  std::vector<Classified> classifications;
  int64_t embargo_ms = INT64_MIN;
  bool covers_itself = false;  // its list limits who reads the definition, too
  bool is_exercise = false;    // of an exercise: readers of histories are in none
};

// An object as it is sent, and whether a node takes it.
struct Object {
  std::string text;
  bool is_valid = true;
  // Markings of its granular parts, and what is left of it for each set of parts that are cut (bit n: part n); empty:
  // nothing may be. The first is the text. Without parts both lists are empty.
  std::vector<std::string> parts;
  std::vector<std::string> editions;
  Says says;  // of a marking definition
};

enum class Kind : uint8_t {
  kParty,        // code, identity, narrowing
  kExpertKey,    // of `code`: it makes sense when there are all collections to which it is narrowed
  kGroup,        // code, is_retroactive
  kRetroactive,  // `group` is so or not from now on
  kMember,       // code joins `group` from `from_ms` until `until_ms`
  kEndMember,    // code leaves `group` at `until_ms`
  kCollection,   // alias, uuid, read, write, default_level
  kPolicy,       // the policy of classifications
  kClearance,    // of code: `clearance`, from `from_ms` until `until_ms`
  kEndClearance,  // of code at `until_ms`
  kAuthority,  // code's marking definition `object_id` with the content `body` counts for all; any of its markings if empty
  kEndAuthority,  // of code for `object_id`
  kRevokeKey,     // of `party` and `role`
  kPost,          // TAXII: objects into `collection`
  kImport,        // API: objects into `collection` or none
  kDelete,        // TAXII: `object_id` from `collection`, with `query`
  kRecall,        // API: `object_id`, as a release officer
  kRelease,       // API: `object_id` is opened to `read`, or narrowed to them, as a release officer
  kRestart,       // the node is closed and opened again: its views are made anew
  kBroken,        // TAXII or API: `body` as it is, into `collection`
};

struct Act {
  Kind kind{};
  int64_t at_ms = 0;
  // Posts next to each other with the same number are under way at once and share one batch; 0: this one is alone.
  uint32_t together = 0;
  // Directory.
  std::string code, group, identity, uuid, alias;
  int64_t from_ms = INT64_MIN, until_ms = INT64_MAX;
  std::vector<std::string> read, write;
  std::optional<int> default_level;
  bool is_retroactive = false;
  bool widens = false;  // of kRelease
  Classified clearance;
  Narrowing narrowing;
  // Requests.
  std::string party;
  Role role = Role::kContributor;
  std::string collection;  // alias or UUID as the party writes it; empty: none
  std::vector<Object> objects;
  bool is_strict = false, is_dry = false;  // of imports
  int form = 0;                            // of imports: bundle, list or lines
  std::string object_id;
  std::string version, spec_version;  // match[...] of a deletion; empty: absent
  std::string body, content_type;
  bool is_import = false;  // of kBroken: to the API, else to TAXII
};

// A moment between two acts at which readers ask.
struct Moment {
  size_t after = 0;  // acts done by then
  int64_t at_ms = 0;
};

struct History {
  uint64_t seed = 0;
  std::vector<Act> acts;
  std::vector<Moment> moments;  // rising
};

History draw_history(uint64_t seed);

// Experts are called by the code of their party and this behind it.
inline constexpr char kExpertMark = '!';
// The party of a reader: a party itself or its expert.
std::string party_of(const std::string& reader);

// One past the last of the acts that are under way together with acts[first].
size_t end_of_together(const History& history, size_t first);

// For people: one line an act.
std::string describe(const Act& act);
std::string describe(const History& history);

// What the generator, the oracle and the probes call things.
inline constexpr int64_t kStartMs = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
// The ids of TLP markings, by level from CLEAR to RED: of TLP 2.0 and, where there is one, of TLP 1.0.
inline constexpr int kLevels = 5;
extern const char* const kTlp2[kLevels];
extern const char* const kTlp1[kLevels];  // AMBER+STRICT has none: nullptr
// Its readers need no key.
inline constexpr const char* kPublic = "PUBLIC";
inline constexpr const char* kPolicy = "HARBOUR";
inline constexpr int kPolicyLevelCount = 3;
extern const char* const kPolicyLevels[kPolicyLevelCount];
extern const char* const kCategories[2];

}  // namespace entente::law
