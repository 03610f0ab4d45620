#include "exchange/state.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"

namespace entente::exchange {
namespace {

// Copy, change, publish: parts are small and change rarely next to how often they are read. A part that
// this state alone holds has never been shown to anybody (published states hold what they show), and is
// changed where it is: else folding n mark-sets at start would copy n * n / 2 of them.
template <class Part>
Part& own(std::shared_ptr<const Part>& part) {
  if (part.use_count() != 1) part = std::make_shared<Part>(*part);
  return const_cast<Part&>(*part);  // made as a Part that is not const, here or in state.h
}

template <class Part, class Change>
void change(std::shared_ptr<const Part>& part, Change&& apply) {
  apply(own(part));
}

}  // namespace

std::optional<uint16_t> Types::find(std::string_view name) const {
  for (const auto& run : runs_) {
    if (const auto found = run->numbers.find(name); found != run->numbers.end())
      return found->second;
  }
  return std::nullopt;
}

// As a binary counter carries: a name is moved once for each doubling of the table, not once for each name that follows.
uint16_t Types::add(std::string_view name) {
  if (is_full()) return kOther;
  size_t first = runs_.size(), length = 1;
  while (first > 0 && runs_[first - 1]->names.size() <= length)
    length += runs_[--first]->names.size();
  auto joined = std::make_shared<Run>();
  joined->names.reserve(length);
  for (size_t i = first; i < runs_.size(); ++i)
    joined->names.insert(joined->names.end(), runs_[i]->names.begin(), runs_[i]->names.end());
  joined->names.emplace_back(name);
  ++size_;
  const size_t before = size_ - joined->names.size();
  for (size_t i = 0; i < joined->names.size(); ++i)
    joined->numbers.emplace(joined->names[i], static_cast<uint16_t>(before + i + 1));
  runs_.resize(first);
  runs_.push_back(std::move(joined));
  return static_cast<uint16_t>(size_);
}

std::string_view Types::name(uint16_t number) const {
  if (number == kOther) return {};
  size_t index = number - 1u;
  for (const auto& run : runs_) {
    if (index < run->names.size()) return run->names[index];
    index -= run->names.size();
  }
  return {};
}

namespace {

// The fixed part of a kMarkingSeen record; the marking's id and what it says follow.
struct MarkingSeenRecord {
  uint32_t entry = 0;
  uint32_t mark_set = 0;
  release::PartyNumber submitter = 0;
  uint16_t id_bytes = 0;
  Digest content{};
};
static_assert(sizeof(MarkingSeenRecord) == 44);

}  // namespace

std::string encode_marking_seen(release::PartyNumber submitter,
                                const release::KnownMarkings::Seen& seen,
                                std::string_view marking_id) {
  const MarkingSeenRecord record{seen.entry, seen.mark_set, submitter,
                                 static_cast<uint16_t>(marking_id.size()), seen.content};
  return std::string(reinterpret_cast<const char*>(&record), sizeof record)
      .append(marking_id)
      .append(release::encode(seen.says));
}

std::string encode_withdrawal(const std::vector<store::Position>& positions) {
  return {reinterpret_cast<const char*>(positions.data()),
          positions.size() * sizeof(store::Position)};
}

void State::emit(store::Plan& plan, store::ControlKind kind, std::string_view bytes) {
  const bool is_numbered =
      kind != kNodeKey && kind != kMarkingSeen && kind != kRecallDone && kind != kBackupMade;
  std::string record;
  if (is_numbered) {
    const uint64_t ordinal = next_ordinal(kind);
    record.append(reinterpret_cast<const char*>(&ordinal), sizeof ordinal);
  }
  record.append(bytes);
  plan.add_control(kind, 0, record);
  CHECK(fold({kind, 0, record, plan.tick_ms(), plan.next_position()}).has_value());
}

uint64_t State::next_ordinal(store::ControlKind kind) const {
  switch (kind) {
    case kDirectoryChange:
      return directory->generation();
    case kTypeName:
      return types->size();
    case kPartySet:
      return party_sets->size();
    case kMarkSet:
      return mark_sets->size();
    case kWithdrawal:
      return withdrawals;
    case kRecall:
      return recalls->size();
    case kReleaseAct:
      return acts->size();
    default:
      return 0;
  }
}

void State::reserve_mark_sets(uint32_t count) {
  // Nobody but its originator reads what carries an unknown mark-set, and this one has none.
  release::MarkSet lost;
  lost.whole.unknown = true;
  if (mark_sets->size() < count) {
    change(mark_sets, [&](std::vector<release::MarkSet>& sets) { sets.resize(count, lost); });
    change(mark_set_begins, [&](std::vector<store::Position>& begins) { begins.resize(count); });
  }
}

// Numbered records: the ordinal first, then what it numbers. Fills the gap of lost ones where that is safe.
Result<void> State::fold_numbered(const store::Control& control) {
  uint64_t ordinal = 0;
  if (control.bytes.size() < sizeof ordinal)
    return fail(Code::kCorrupt, "a numbered record is cut short");
  std::memcpy(&ordinal, control.bytes.data(), sizeof ordinal);
  const std::string_view bytes = control.bytes.substr(sizeof ordinal);
  const uint64_t expected = next_ordinal(control.kind);
  if (ordinal < expected || ordinal > UINT32_MAX)
    return fail(Code::kCorrupt, "a numbered record stands twice");
  const bool is_missing = ordinal > expected;
  switch (control.kind) {
    case kDirectoryChange: {
      if (is_missing)
        return fail(Code::kCorrupt, "directory changes are lost to damage: restore a backup");
      // A change that fails has changed nothing.
      TRY(own(directory).apply(bytes, control.tick_ms));
      return {};
    }
    case kTypeName:
      if (ordinal >= types->max())
        return fail(Code::kCorrupt, "a type has a number past the limit of types");
      change(types, [&](Types& t) {
        while (t.size() < ordinal) t.add("lost-type-" + std::to_string(t.size()));
        t.add(bytes);
      });
      return {};
    case kPartySet: {
      const release::PartySet set = TRY(release::decode_party_set(bytes));
      change(party_sets, [&](auto& sets) {
        sets.resize(ordinal);
        sets.push_back(set);
      });
      return {};
    }
    case kMarkSet: {
      const release::MarkSet marks = TRY(release::decode_mark_set(bytes));
      reserve_mark_sets(static_cast<uint32_t>(ordinal));
      change(mark_sets, [&](auto& sets) { sets.push_back(marks); });
      change(mark_set_begins, [&](auto& begins) { begins.push_back(control.position); });
      return {};
    }
    case kRecall:
      if (is_missing) return fail(Code::kCorrupt, "recalls are lost to damage: restore a backup");
      return fold_recall(control, bytes);
    case kReleaseAct: {
      if (is_missing)
        return fail(Code::kCorrupt, "release acts are lost to damage: restore a backup");
      ReleaseAct act = TRY(decode_release_act(bytes));
      act.tick_ms = control.tick_ms;
      change(acts, [&](std::vector<ReleaseAct>& all) { all.push_back(std::move(act)); });
      return {};
    }
    default: {
      if (is_missing)
        return fail(Code::kCorrupt, "withdrawals are lost to damage: restore a backup");
      if (bytes.size() % sizeof(store::Position) != 0)
        return fail(Code::kCorrupt, "a withdrawal is cut short");
      std::vector<store::Position> positions(bytes.size() / sizeof(store::Position));
      if (!bytes.empty()) std::memcpy(positions.data(), bytes.data(), bytes.size());
      change(withdrawn, [&](std::vector<Withdrawn>& all) {
        for (const store::Position position : positions) all.push_back({position, control.tick_ms});
      });
      ++withdrawals;
      return {};
    }
  }
}

Result<void> State::fold_recall(const store::Control& control, std::string_view bytes) {
  Recall recall = TRY(decode_recall(bytes));
  recall.ordinal = recalls->size();
  recall.tick_ms = control.tick_ms;
  change(withdrawn, [&](std::vector<Withdrawn>& all) {
    for (const store::Position position : recall.entries)
      all.push_back({position, control.tick_ms});
  });
  change(markings, [&](release::KnownMarkings& known) { known.forget(recall.entries); });
  change(tombstones, [&](Tombstones& all) { all.add(recall.tombstones); });
  change(recalls, [&](std::vector<Recall>& all) { all.push_back(std::move(recall)); });
  return {};
}

Result<void> State::fold_recall_done(std::string_view bytes) {
  uint64_t ordinal = 0;
  if (bytes.size() == sizeof ordinal) std::memcpy(&ordinal, bytes.data(), sizeof ordinal);
  if (bytes.size() != sizeof ordinal || ordinal >= recalls->size())
    return fail(Code::kCorrupt, "a recall ends that never began");
  change(recalls, [&](std::vector<Recall>& all) { all[ordinal].is_done = true; });
  return {};
}

void State::fold_backup(const store::Control& control) {
  change(backups, [&](std::vector<BackupMade>& all) {
    const auto known = std::ranges::find(all, control.bytes, &BackupMade::place);
    if (known != all.end()) {
      known->last_ms = control.tick_ms;
    } else {
      all.push_back({std::string(control.bytes), control.tick_ms, control.tick_ms});
    }
  });
}

Result<void> State::fold(const store::Control& control) {
  tick_ms = control.tick_ms;
  const std::string_view bytes = control.bytes;
  switch (control.kind) {
    case kNodeKey:
      if (bytes.size() != 32) return fail(Code::kCorrupt, "the node's key has another size");
      node_key = bytes;
      return {};
    case kDirectoryChange:
    case kTypeName:
    case kPartySet:
    case kMarkSet:
    case kWithdrawal:
    case kRecall:
    case kReleaseAct:
      return fold_numbered(control);
    case kRecallDone:
      return fold_recall_done(bytes);
    case kBackupMade:
      fold_backup(control);
      return {};
    case kMarkingSeen: {
      if (bytes.empty()) return {};  // its marking was recalled
      MarkingSeenRecord record;
      if (bytes.size() > sizeof record) std::memcpy(&record, bytes.data(), sizeof record);
      if (bytes.size() <= sizeof record || bytes.size() - sizeof record < record.id_bytes)
        return fail(Code::kCorrupt, "a marking record is cut short");
      const std::string_view id = bytes.substr(sizeof record, record.id_bytes);
      const release::Atom says =
          TRY(release::decode_atom(bytes.substr(sizeof record + record.id_bytes)));
      change(markings, [&](release::KnownMarkings& known) {
        known.add(record.submitter, id,
                  {record.entry, record.mark_set, control.tick_ms, record.content, says});
      });
      return {};
    }
    default:
      return {};
  }
}

}  // namespace entente::exchange
