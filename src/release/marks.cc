#include "release/marks.h"

#include <algorithm>
#include <cstring>

namespace entente::release {
namespace {

// Fixed-size integers in the machine's order: encodings are read by the node that wrote them.
template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

bool level_lets(Tlp level, const MarkSet& marks, PartyNumber reader, const Deciding& deciding) {
  switch (level) {
    case Tlp::kClear:
      return true;
    case Tlp::kGreen:
      return contains((*deciding.audiences)[marks.community], reader);
    case Tlp::kAmber: {
      const Collection* collection = deciding.directory->collection(marks.collection);
      return collection != nullptr && contains((*deciding.audiences)[marks.audience], reader) &&
             deciding.directory->may_read(*collection, reader, deciding.now_ms);
    }
    // Only who is named in the label itself, and no label names anybody but its originator yet.
    case Tlp::kAmberStrict:
    case Tlp::kRed:
      return false;
  }
  return false;
}

}  // namespace

std::string encode(const MarkSet& marks) {
  std::string out;
  put(out, marks.originator);
  put(out, marks.collection);
  put(out, marks.tlp_levels);
  put(out, marks.default_level);
  put(out, static_cast<uint8_t>(marks.unknown));
  put(out, marks.audience);
  put(out, marks.community);
  for (const std::string& id : marks.other_markings) {
    put(out, static_cast<uint16_t>(id.size()));
    out.append(id);
  }
  return out;
}

Result<MarkSet> decode_mark_set(std::string_view bytes) {
  MarkSet marks;
  uint8_t unknown = 0;
  if (!take(bytes, marks.originator) || !take(bytes, marks.collection) ||
      !take(bytes, marks.tlp_levels) || !take(bytes, marks.default_level) ||
      !take(bytes, unknown) || !take(bytes, marks.audience) || !take(bytes, marks.community)) {
    return fail(Code::kCorrupt, "a mark-set record is cut short");
  }
  marks.unknown = unknown != 0;
  while (!bytes.empty()) {
    uint16_t size = 0;
    if (!take(bytes, size) || bytes.size() < size)
      return fail(Code::kCorrupt, "a mark-set record is cut short");
    marks.other_markings.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return marks;
}

std::string encode(const PartySet& parties) {
  std::string out;
  for (const PartyNumber party : parties) put(out, party);
  return out;
}

Result<PartySet> decode_party_set(std::string_view bytes) {
  if (bytes.size() % sizeof(PartyNumber) != 0)
    return fail(Code::kCorrupt, "a party set record is cut short");
  PartySet out(bytes.size() / sizeof(PartyNumber));
  if (!bytes.empty()) std::memcpy(out.data(), bytes.data(), bytes.size());
  return out;
}

bool KnownMarkings::add(PartyNumber submitter, std::string_view marking_id, Seen seen) {
  const bool is_new = seen_.emplace(std::pair(submitter, std::string(marking_id)), seen).second;
  generation_ += is_new ? 1 : 0;
  return is_new;
}

const KnownMarkings::Seen* KnownMarkings::find(PartyNumber submitter,
                                               std::string_view marking_id) const {
  const auto found = seen_.find(std::pair(submitter, std::string(marking_id)));
  return found == seen_.end() ? nullptr : &found->second;
}

std::optional<Opening> may_read(const MarkSet& marks, PartyNumber reader, const Deciding& deciding,
                                int depth) {
  constexpr int kDepthMax = 4;
  if (reader == marks.originator) return Opening{};
  if (marks.unknown || depth > kDepthMax) return std::nullopt;
  Opening opening;
  for (const std::string& id : marks.other_markings) {
    const KnownMarkings::Seen* seen = deciding.markings->find(marks.originator, id);
    if (seen == nullptr || seen->has_limit || seen->mark_set >= deciding.mark_sets->size())
      return std::nullopt;
    const auto of_marking =
        may_read((*deciding.mark_sets)[seen->mark_set], reader, deciding, depth + 1);
    if (!of_marking) return std::nullopt;
    if (deciding.withdrawn_ms != nullptr) {
      // A marking that was gone before this reader could have seen it marks nothing for this reader.
      const auto gone = deciding.withdrawn_ms->find(seen->entry);
      const int64_t shown_ms =
          std::max({seen->tick_ms, of_marking->tick_ms, deciding.reader_since_ms});
      if (gone != deciding.withdrawn_ms->end() && gone->second <= shown_ms) return std::nullopt;
    }
    if (seen->position > opening.position) opening = {seen->position, seen->tick_ms};
    if (of_marking->position > opening.position) opening = *of_marking;
  }
  uint8_t levels = marks.tlp_levels;
  if (levels == 0 && marks.default_level != MarkSet::kNoDefault) {
    levels = static_cast<uint8_t>(1u << marks.default_level);
  }
  if (levels == 0) return std::nullopt;
  for (uint8_t level = 0; level <= static_cast<uint8_t>(Tlp::kRed); ++level) {
    if ((levels >> level & 1) != 0 &&
        !level_lets(static_cast<Tlp>(level), marks, reader, deciding)) {
      return std::nullopt;
    }
  }
  return opening;
}

}  // namespace entente::release
