// Cutting parts out of an object for a reader who may not have them: on the bytes. [DESIGN: ideas 2
// and 5; section 4] [stix21 7.2.3]
//
//   Result<Edits> edits = cut(object, selectors);      // fails: that reader has no edition
//   edits->append_to(object.raw(), &page);             // the edition, no copy between
//
// Outside the cuts every byte is the sender's, white space too. What would be left empty goes as
// well, upwards, since STIX knows no empty list; granular_markings keep only what still selects
// something, with list indexes counted anew, so that nothing left tells of what is gone. Which
// parts can be cut at all (is what is left still STIX?) is said by EditionPlanner, once, when an
// object comes in; its answer has a short encoding to be kept beside the object.
//
// Threads: Edits are values; cut() is a pure function; an EditionPlanner belongs to one thread.
// Cost: about 1 us to plan a cut of a 1 KB object that is parsed; applying known edits is one
// memcpy per piece. docs/formats/editions.md has the encoding and the rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::release {

// The bytes [begin, end) of an object's slice give way to nothing, or to a number.
struct Edit {
  static constexpr uint32_t kNothing = UINT32_MAX;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t number = kNothing;
  friend bool operator==(const Edit&, const Edit&) = default;
};

// Edits of one object, in order of offset, none overlapping another.
class Edits {
 public:
  Edits() = default;
  // `list` is sorted and does not overlap.
  explicit Edits(std::vector<Edit> list) : list_(std::move(list)) {}

  bool empty() const { return list_.empty(); }
  void clear() { list_.clear(); }
  std::span<const Edit> list() const { return list_; }

  // Bytes of the edition of an object of that many bytes.
  size_t bytes_after(size_t object_bytes) const;
  // The edition of the object whose slice `bytes` is.
  std::string apply(std::string_view bytes) const;
  // Appends it to *out.
  void append_to(std::string_view bytes, std::string* out) const;
  // Writes it to `out`, which has room for bytes_after(bytes.size()); returns the end of what was
  // written.
  char* write(std::string_view bytes, char* out) const;

  // A few bytes for each edit; and back into *out, whose buffer is reused. Fails on anything that
  // encode does not write, and on edits past the object's end (Code::kCorrupt).
  std::string encode() const;
  static Result<void> decode(std::string_view encoded, size_t object_bytes, Edits* out);

  friend bool operator==(const Edits&, const Edits&) = default;

 private:
  std::vector<Edit> list_;
};

// The edits that take out of an object everything the selectors select. Repeated member names: a
// selector cuts every one. Fails with Code::kUnprocessable where there can be no such edition: a
// selector covers id, type, spec_version, created_by_ref, created, modified, object_marking_refs or
// granular_markings, selects nothing or is malformed, or the granular markings cannot be read (no
// accepted object has such).
Result<Edits> cut(json::Value object, std::span<const std::string_view> selectors);

// JSON pointers [RFC 6901] to what cut() would take out, in order of offset, granular markings
// aside: a value that goes whole is named once. Fails like cut().
Result<std::vector<std::string>> pointers_cut(json::Value object,
                                              std::span<const std::string_view> selectors);

// What one set of equal granular marking references selects, as written in the object.
struct Part {
  std::vector<std::string> selectors;
};

// The editions of an object, by which of its parts are cut: bit n of a mask is part n.
struct Editions {
  uint32_t valid = 1;        // bit m: there is an edition with the parts of mask m cut
  std::vector<Edits> edits;  // index: mask; empty where there is no edition
};

class EditionPlanner {
 public:
  // Finds the editions: those in which what is left is as good STIX as the object was, that is,
  // brings no error and no warning that the object did not have. A deterministic id whose
  // contributing properties are cut is no fault. Past limits::kGranularPartsMax parts, and of a marking
  // definition, there is the whole object and nothing else.
  Editions plan(json::Value object, std::span<const Part> parts);

 private:
  bool is_as_good(const std::string& edition);

  json::Parser parser_;
  stix::Examiner examiner_;
  json::Document document_;
  stix::Examination examination_;
  std::vector<std::string> faults_of_whole_;  // sorted
};

// The mask of valid editions alone.
uint32_t valid_editions(json::Value object, std::span<const Part> parts);

// For each mask of an edition, the parts of which nothing is left in it: those of the mask, and those whose
// selections lie within theirs. Empty: the former alone, for every mask.
std::vector<uint8_t> gone_parts(const Editions& editions);

// A compact form of the editions.
std::string encode(const Editions& editions);
// The edits for one mask out of it, into *out: what is to be kept beside an object, and read for
// each page. kNotFound: no such edition; kCorrupt: encode wrote something else.
Result<void> find_edition(std::string_view encoded, uint32_t mask, size_t object_bytes, Edits* out);

}  // namespace entente::release
