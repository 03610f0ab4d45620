// Index files: everything a sealed segment's readers need, in one immutable file that is mapped and used as it is.
//
// A header, a table of sections with a checksum each, the sections (64-byte aligned dumps of columns, rows and tables).
// It is derived: made from the segment's frames in their order, the same frames always give the same bytes.
//
// What is checked when. At open: the header with the section table, all bounds, and the checksums of the sections that
// decide who sees what (mark-sets, collections, types, submitters, flags, objects, ids, batches): these are read at the
// start anyway. By Journal::verify: every section. So that damage in between cannot lead outside the mapping, readers
// bound every number that they take from the other sections.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/files.h"
#include "store/segment.h"

namespace entente::store {

struct IndexHeader {
  char magic[8] = {};
  uint32_t version = 0;
  uint32_t number = 0;
  uint32_t generation = 0;
  uint32_t first = 0;
  Counts counts;
  uint64_t segment_bytes = 0;  // length of the segment file
  int64_t last_tick_ms = 0;    // of the last batch up to its end
  uint32_t batches_end = 0;    // end of that batch
  uint32_t sections = 0;
};
static_assert(sizeof(IndexHeader) == 64);

class IndexedSegment final : public Segment {
 public:
  const IndexHeader& header() const { return header_; }
  // Positions that entries of this segment follow with the same id hash.
  std::span<const uint32_t> superseded() const { return superseded_; }
  // Rows of the folded control records, in order.
  std::span<const uint32_t> folded() const { return folded_; }
  std::span<const uint64_t> id_hashes() const { return {runs_[0].id_hash, header_.counts.entries}; }

 private:
  friend class IndexReader;
  IndexedSegment(const IndexHeader& header, std::shared_ptr<const Mapping> index,
                 std::shared_ptr<const Mapping> data);

  IndexHeader header_;
  std::shared_ptr<const Mapping> index_;  // shared with nobody: the mapping's own kind of handle
  Run run_;
  std::span<const uint32_t> superseded_;
  std::span<const uint32_t> folded_;
};

// What an index says beyond the segment's rows.
struct IndexFacts {
  Counts counts;
  uint64_t segment_bytes = 0;
  int64_t last_tick_ms = 0;
  Position batches_end = 0;
};

// Writes the index of a segment to `path`, durably: under another name first.
Result<void> write_index(Files& files, const std::string& directory, const std::string& name,
                         const Segment& segment, const IndexFacts& facts);

// Maps an index. `data` maps the segment file, of `segment_bytes`. kCorrupt if anything does not fit.
Result<std::shared_ptr<const IndexedSegment>> open_index(Files& files, const std::string& path,
                                                         uint32_t number, uint32_t generation,
                                                         std::shared_ptr<const Mapping> data);

// Compares an index file with the index that the segment would get now; one line for each section that differs.
Result<std::vector<std::string>> compare_index(Files& files, const std::string& path,
                                               const Segment& segment, const IndexFacts& facts);

// Compares the rows of a segment in memory with those of another, both up to `counts`; one line for each kind that differs.
std::vector<std::string> compare_rows(const Segment& served, const Segment& expected,
                                      const Counts& counts);

}  // namespace entente::store
