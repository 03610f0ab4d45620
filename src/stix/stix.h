// What a STIX object says of itself, and everything that is wrong with it. [stix21]
//
//   stix::Examiner examiner;                      // one per thread
//   stix::Examination x;
//   examiner.examine(object_value, &x);           // never fails: what is wrong is in x.findings
//   if (x.accepted) use(x.header);
//
// The examiner reads one object at a time and knows no other: what needs the object's neighbours (a
// bundle's duplicate ids, a versioning rule broken between two versions, a dangling reference) is
// checked by Bundle and by exchange. Findings are data: all of them are collected, each with a
// stable code (docs/findings.md), a JSON pointer and an offset. Threads: an Examiner belongs to one
// thread; results are values that borrow the document they were read from. Cost: about 1 us per 1
// KB object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "stix/finding.h"
#include "stix/timestamp.h"

namespace entente::stix {

enum class SpecVersion : uint8_t { k20, k21 };

enum class ObjectKind : uint8_t { kSdo, kSro, kSco, kMeta, kCustom };

// One entry of granular_markings. [stix21 7.2.3]
struct GranularMarking {
  std::string_view marking_ref;  // empty if it is a `lang` marking
  std::string_view lang;
  std::vector<std::string_view> selectors;
};

// What the rest of the node needs to know of an object. Views point into the parsed bytes (ids,
// types and timestamps cannot contain escapes in an accepted object).
struct Header {
  std::string_view id;
  std::string_view type;
  SpecVersion spec_version = SpecVersion::k21;
  ObjectKind kind = ObjectKind::kCustom;
  // The object's version: `modified`, else `created`, else none (then the version is the time of
  // arrival). [taxii21 3.4.1]
  bool has_version = false;
  Timestamp version;
  bool revoked = false;
  std::string_view created_by_ref;             // empty if absent
  std::vector<std::string_view> marking_refs;  // object_marking_refs
  std::vector<GranularMarking> granular_markings;
  std::vector<std::string_view>
      references;  // every other identifier in a *_ref or *_refs property, anywhere
  // Of a marking-definition: its definition_type (1.0-style) or empty, whether it carries
  // extensions (the marking is then what the extension says), and its `definition` slice (raw JSON)
  // where present.
  std::string_view definition_type;
  bool has_extensions = false;
  std::string_view definition_raw;
};

struct Examination {
  Header header;
  std::vector<Finding> findings;  // in order of offset; at most limits::kFindingsPerObjectMax
  uint32_t findings_total = 0;    // all, the unlisted ones included
  bool accepted = false;          // no finding of severity kError
  void clear();
};

class Examiner {
 public:
  Examiner();
  ~Examiner();
  Examiner(const Examiner&) = delete;
  Examiner& operator=(const Examiner&) = delete;

  // Examines one value that should be a STIX object. *out is overwritten; its buffers are reused.
  void examine(json::Value object, Examination* out);
  // Examines a bundle as a container: its type, id and list, and whether an object is in it twice.
  // The objects themselves are examined one by one by examine(). [stix21 8]
  void examine_bundle(json::Value bundle, Examination* out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The deterministic id of a SCO: UUIDv5 in the STIX namespace over the canonical JSON (RFC 8785) of
// its id contributing properties [stix21 2.9], as "type--uuid". Empty if the type has none or none
// is present.
std::string deterministic_id(json::Value object);

// True if the text is a STIX 2.1 identifier: type name, "--", RFC 9562 UUID. [stix21 2.9]
bool is_identifier(std::string_view text);
// The type part of an identifier.
std::string_view type_of(std::string_view identifier);

}  // namespace entente::stix
