// Writing and opening index files.
//
// One list of sections (for_each_section) serves writing and comparing, and one (IndexReader::read) opening. Sections are
// gathered one at a time, so writing an index needs a few MiB whatever the segment's size.
#include "store/index.h"

#include <array>
#include <bit>
#include <cstring>

#include "store/core.h"

namespace entente::store {
namespace {

constexpr char kIndexMagic[8] = {'E', 'N', 'T', 'I', 'D', 'X', '\r', '\n'};
constexpr uint32_t kIndexVersion = 1;
constexpr uint64_t kAlignment = 64;

enum class SectionId : uint32_t {
  kIdHash,
  kVersion,
  kContentHash,
  kObject,
  kPrevious,
  kMarkSet,
  kOffset,
  kLength,
  kType,
  kCollection,
  kSubmitter,
  kFlags,
  kIds,
  kReferences,
  kTargets,
  kControls,
  kKeys,
  kFolded,
  kSuperseded,
  kBatches,
  kCount,
};
constexpr std::array<const char*, size_t(SectionId::kCount)> kNames = {
    "id hashes",  "versions",      "content hashes",  "objects",    "previous",
    "mark sets",  "offsets",       "lengths",         "types",      "collections",
    "submitters", "flags",         "id table",        "references", "reference table",
    "controls",   "control table", "folded controls", "superseded", "batches"};

// Checked whenever an index is opened, since they decide who sees what.
constexpr bool checked_at_open(SectionId id) {
  switch (id) {
    case SectionId::kIdHash:
    case SectionId::kObject:
    case SectionId::kMarkSet:
    case SectionId::kType:
    case SectionId::kCollection:
    case SectionId::kSubmitter:
    case SectionId::kFlags:
    case SectionId::kControls:
    case SectionId::kKeys:
    case SectionId::kFolded:
    case SectionId::kSuperseded:
    case SectionId::kBatches:
      return true;
    default:
      return false;
  }
}

struct Section {
  uint64_t offset = 0;
  uint64_t count = 0;
  uint64_t checksum = 0;
  uint32_t id = 0;
  uint32_t element_bytes = 0;
};
static_assert(sizeof(Section) == 32);

struct Head {
  IndexHeader header;
  std::array<Section, size_t(SectionId::kCount)> sections;
  uint64_t checksum = 0;  // of what is before it
};

std::string_view checked_part(const Head& head) {
  return {reinterpret_cast<const char*>(&head), offsetof(Head, checksum)};
}

using Visit =
    std::function<Result<void>(SectionId id, uint32_t element_bytes, const std::string& bytes)>;

template <class T>
Result<void> column(const Segment& segment, uint32_t entries, SectionId id, const T* Run::* member,
                    const Visit& visit) {
  std::string bytes;
  bytes.reserve(size_t{entries} * sizeof(T));
  for (uint64_t local = 0; local < entries; local += segment.run_entries()) {
    const size_t n = std::min<uint64_t>(segment.run_entries(), entries - local);
    const T* values = segment.run(static_cast<uint32_t>(local)).*member;
    bytes.append(reinterpret_cast<const char*>(values), n * sizeof(T));
  }
  return visit(id, sizeof(T), bytes);
}

template <class T>
Result<void> values(SectionId id, const std::vector<T>& items, const Visit& visit) {
  return visit(id, sizeof(T),
               std::string(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T)));
}

Result<void> table(SectionId id, const Table& slots, const Visit& visit) {
  return visit(id, 8,
               std::string(reinterpret_cast<const char*>(slots.slots()), slots.slot_count() * 8));
}

Result<void> columns(const Segment& segment, uint32_t n, const Visit& visit) {
  TRY(column(segment, n, SectionId::kIdHash, &Run::id_hash, visit));
  TRY(column(segment, n, SectionId::kVersion, &Run::version_ns, visit));
  TRY(column(segment, n, SectionId::kContentHash, &Run::content_hash, visit));
  TRY(column(segment, n, SectionId::kObject, &Run::object, visit));
  TRY(column(segment, n, SectionId::kPrevious, &Run::previous, visit));
  TRY(column(segment, n, SectionId::kMarkSet, &Run::mark_set, visit));
  TRY(column(segment, n, SectionId::kOffset, &Run::offset, visit));
  TRY(column(segment, n, SectionId::kLength, &Run::length, visit));
  TRY(column(segment, n, SectionId::kType, &Run::type, visit));
  TRY(column(segment, n, SectionId::kCollection, &Run::collection, visit));
  TRY(column(segment, n, SectionId::kSubmitter, &Run::submitter, visit));
  return column(segment, n, SectionId::kFlags, &Run::flags, visit);
}

Result<void> for_each_table(const Segment& segment, const Visit& visit) {
  TRY(table(SectionId::kIds, segment.ids(), visit));
  TRY(table(SectionId::kTargets, segment.targets(), visit));
  return table(SectionId::kKeys, segment.keys(), visit);
}

// All but the tables, which nobody may read whole while the writer adds to them.
Result<void> for_each_rows(const Segment& segment, const Counts& counts, const Visit& visit) {
  TRY(columns(segment, counts.entries, visit));
  std::vector<ReferenceRow> references;
  references.reserve(counts.references);
  for (uint32_t i = 0; i < counts.references; ++i) references.push_back(segment.reference(i));
  TRY(values(SectionId::kReferences, references, visit));
  std::vector<ControlRow> controls;
  std::vector<uint32_t> folded;
  controls.reserve(counts.controls);
  for (uint32_t i = 0; i < counts.controls; ++i) {
    controls.push_back(segment.control_row(i));
    if (controls.back().kind < kFoldedBelow) folded.push_back(i);
  }
  TRY(values(SectionId::kControls, controls, visit));
  TRY(values(SectionId::kFolded, folded, visit));
  std::vector<uint32_t> superseded;
  for (uint32_t i = 0; i < counts.entries; ++i) {
    if (segment.previous(i) != kNone) superseded.push_back(segment.previous(i));
  }
  TRY(values(SectionId::kSuperseded, superseded, visit));
  std::vector<BatchInfo> batches;
  batches.reserve(counts.batches);
  for (uint32_t i = 0; i < counts.batches; ++i) batches.push_back(segment.batch(i));
  return values(SectionId::kBatches, batches, visit);
}

Result<void> for_each_section(const Segment& segment, const Counts& counts, const Visit& visit) {
  TRY(for_each_rows(segment, counts, visit));
  return for_each_table(segment, visit);
}

Head make_head(const Segment& segment, const IndexFacts& facts) {
  Head head{};
  IndexHeader& header = head.header;
  std::memcpy(header.magic, kIndexMagic, sizeof kIndexMagic);
  header.version = kIndexVersion;
  header.number = segment.number();
  header.generation = segment.generation();
  header.first = segment.first();
  header.counts = facts.counts;
  header.segment_bytes = facts.segment_bytes;
  header.last_tick_ms = facts.last_tick_ms;
  header.batches_end = facts.batches_end;
  header.sections = static_cast<uint32_t>(SectionId::kCount);
  return head;
}

}  // namespace

IndexedSegment::IndexedSegment(const IndexHeader& header, std::shared_ptr<const Mapping> index,
                               std::shared_ptr<const Mapping> data)
    : Segment(header.number, header.generation, header.first, 32, std::move(data)),
      header_(header),
      index_(std::move(index)) {
  runs_ = &run_;
  bounds_ = header.counts;
}

// Turns a checked head into views of the mapping.
class IndexReader {
 public:
  IndexReader(const Head& head, std::shared_ptr<const Mapping> index,
              std::shared_ptr<const Mapping> data)
      : head_(head),
        base_(index->data()),
        size_(index->size()),
        segment_(new IndexedSegment(head.header, std::move(index), std::move(data))) {}

  Result<std::shared_ptr<const IndexedSegment>> read() {
    const Counts& n = head_.header.counts;
    Run& run = segment_->run_;
    bool good = true;
    const auto get = [&](SectionId id, auto*& out, std::optional<uint64_t> count) {
      using T = std::remove_cvref_t<decltype(*out)>;
      const Section& section = head_.sections[size_t(id)];
      const bool fits = section.id == uint32_t(id) && section.element_bytes == sizeof(T) &&
                        section.offset % kAlignment == 0 && section.offset <= size_ &&
                        section.count <= (size_ - section.offset) / sizeof(T) &&
                        (!count || *count == section.count);
      good = good && fits;
      if (!fits) return;
      out = reinterpret_cast<const T*>(base_ + section.offset);
      if (checked_at_open(id) &&
          hash64({base_ + section.offset, section.count * sizeof(T)}) != section.checksum) {
        good = false;
      }
    };
    get(SectionId::kIdHash, run.id_hash, n.entries);
    get(SectionId::kVersion, run.version_ns, n.entries);
    get(SectionId::kContentHash, run.content_hash, n.entries);
    get(SectionId::kObject, run.object, n.entries);
    get(SectionId::kPrevious, run.previous, n.entries);
    get(SectionId::kMarkSet, run.mark_set, n.entries);
    get(SectionId::kOffset, run.offset, n.entries);
    get(SectionId::kLength, run.length, n.entries);
    get(SectionId::kType, run.type, n.entries);
    get(SectionId::kCollection, run.collection, n.entries);
    get(SectionId::kSubmitter, run.submitter, n.entries);
    get(SectionId::kFlags, run.flags, n.entries);
    const ReferenceRow* references = nullptr;
    const ControlRow* controls = nullptr;
    const BatchInfo* batches = nullptr;
    const uint32_t* folded = nullptr;
    const uint32_t* superseded = nullptr;
    get(SectionId::kReferences, references, n.references);
    get(SectionId::kControls, controls, n.controls);
    get(SectionId::kBatches, batches, n.batches);
    get(SectionId::kFolded, folded, std::nullopt);
    get(SectionId::kSuperseded, superseded, std::nullopt);
    std::array<const uint64_t*, 3> slots{};
    constexpr SectionId kTables[] = {SectionId::kIds, SectionId::kTargets, SectionId::kKeys};
    for (size_t i = 0; i < 3; ++i) {
      get(kTables[i], slots[i], std::nullopt);
      good = good && std::has_single_bit(head_.sections[size_t(kTables[i])].count);
    }
    if (!good) return fail(Code::kCorrupt, "index section damaged");
    segment_->references_ = Rows<ReferenceRow>(references);
    segment_->controls_ = Rows<ControlRow>(controls);
    segment_->batches_ = Rows<BatchInfo>(batches);
    segment_->folded_ = {folded, head_.sections[size_t(SectionId::kFolded)].count};
    segment_->superseded_ = {superseded, head_.sections[size_t(SectionId::kSuperseded)].count};
    segment_->ids_ = table(SectionId::kIds, slots[0]);
    segment_->targets_ = table(SectionId::kTargets, slots[1]);
    segment_->keys_ = table(SectionId::kKeys, slots[2]);
    return std::shared_ptr<const IndexedSegment>(std::move(segment_));
  }

 private:
  std::unique_ptr<Table> table(SectionId id, const uint64_t* slots) const {
    return std::make_unique<Table>(slots, head_.sections[size_t(id)].count);
  }

  const Head& head_;
  const char* base_;
  size_t size_;
  std::unique_ptr<IndexedSegment> segment_;
};

Result<void> write_index(Files& files, const std::string& directory, const std::string& name,
                         const Segment& segment, const IndexFacts& facts) {
  const std::string path = directory + "/" + name;
  const std::string temporary = path + ".tmp";
  auto file = TRY(files.open(temporary));
  TRY(file->truncate(0));
  Head head = make_head(segment, facts);
  uint64_t offset = (sizeof(Head) + kAlignment - 1) / kAlignment * kAlignment;
  const auto visit = [&](SectionId id, uint32_t element_bytes,
                         const std::string& bytes) -> Result<void> {
    Section& section = head.sections[size_t(id)];
    section.id = uint32_t(id);
    section.offset = offset;
    section.element_bytes = element_bytes;
    section.count = bytes.size() / element_bytes;
    section.checksum = hash64(bytes);
    TRY(file->write_at(offset, bytes));
    offset = (offset + bytes.size() + kAlignment - 1) / kAlignment * kAlignment;
    return {};
  };
  TRY(for_each_section(segment, facts.counts, visit));
  head.checksum = hash64(checked_part(head));
  TRY(file->write_at(0, raw(head)));
  TRY(file->truncate(offset));
  TRY(file->sync());
  file.reset();
  TRY(files.rename(temporary, path));
  return files.sync_directory(directory);
}

namespace {

struct Opened {
  std::shared_ptr<const Mapping> mapping;
  Head head;
};

Result<Opened> open_head(Files& files, const std::string& path) {
  if (!files.exists(path)) return fail(Code::kNotFound, path + " is missing");
  uint64_t size = 0;
  {
    const auto file = TRY(files.open(path));
    size = TRY(file->size());
  }
  if (size < sizeof(Head)) return fail(Code::kCorrupt, path + " is too short");
  Opened out;
  out.mapping = TRY(files.map(path, size, Access::kClustered));
  std::memcpy(&out.head, out.mapping->data(), sizeof(Head));
  const IndexHeader& header = out.head.header;
  if (std::memcmp(header.magic, kIndexMagic, sizeof kIndexMagic) != 0 ||
      header.version != kIndexVersion ||
      header.sections != static_cast<uint32_t>(SectionId::kCount) ||
      out.head.checksum != hash64(checked_part(out.head))) {
    return fail(Code::kCorrupt, path + ": its header is damaged");
  }
  return out;
}

}  // namespace

Result<std::shared_ptr<const IndexedSegment>> open_index(Files& files, const std::string& path,
                                                         uint32_t number, uint32_t generation,
                                                         std::shared_ptr<const Mapping> data) {
  Opened opened = TRY(open_head(files, path));
  const IndexHeader& header = opened.head.header;
  if (header.number != number || header.generation != generation ||
      header.segment_bytes != data->size()) {
    return fail(Code::kCorrupt, path + " belongs to another segment");
  }
  return IndexReader(opened.head, std::move(opened.mapping), std::move(data)).read();
}

Result<std::vector<std::string>> compare_index(Files& files, const std::string& path,
                                               const Segment& segment, const IndexFacts& facts) {
  const Opened opened = TRY(open_head(files, path));
  std::vector<std::string> problems;
  const Head expected = make_head(segment, facts);
  if (std::memcmp(&expected.header, &opened.head.header, sizeof(IndexHeader)) != 0) {
    problems.push_back(path + ": header differs from the records");
  }
  const std::string_view mapped{opened.mapping->data(), opened.mapping->size()};
  const auto visit = [&](SectionId id, uint32_t element_bytes,
                         const std::string& bytes) -> Result<void> {
    const Section& section = opened.head.sections[size_t(id)];
    const bool in_bounds = section.offset <= mapped.size() &&
                           section.count <= (mapped.size() - section.offset) / element_bytes;
    if (!in_bounds || mapped.substr(section.offset, section.count * element_bytes) != bytes) {
      problems.push_back(path + ": " + kNames[size_t(id)] + " differ from the records");
    }
    return {};
  };
  TRY(for_each_section(segment, facts.counts, visit));
  return problems;
}

std::vector<std::string> compare_rows(const Segment& served, const Segment& expected,
                                      const Counts& counts) {
  std::array<uint64_t, size_t(SectionId::kCount)> sums{};
  std::vector<std::string> problems;
  (void)for_each_rows(expected, counts,
                      [&](SectionId id, uint32_t, const std::string& bytes) -> Result<void> {
                        sums[size_t(id)] = hash64(bytes);
                        return {};
                      });
  (void)for_each_rows(
      served, counts, [&](SectionId id, uint32_t, const std::string& bytes) -> Result<void> {
        if (sums[size_t(id)] != hash64(bytes)) {
          problems.push_back(segment_name(served.number(), served.generation()) + ": " +
                             kNames[size_t(id)] + " in memory differ from the records");
        }
        return {};
      });
  return problems;
}

}  // namespace entente::store
