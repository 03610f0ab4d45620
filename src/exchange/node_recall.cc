// A node's recalls: the intent is journaled, the content erased, the end journaled.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "base/text.h"
#include "exchange/node.h"

namespace entente::exchange {
namespace {

// Bytes of a kMarkingSeen record begin with the entry of its marking.
std::optional<uint32_t> entry_of_marking(std::string_view bytes) {
  uint32_t entry = 0;
  if (bytes.size() < sizeof entry) return std::nullopt;
  std::memcpy(&entry, bytes.data(), sizeof entry);
  return entry;
}

Result<void> check_reason(std::string_view reason) {
  if (reason.empty()) return fail(Code::kInvalid, "a recall needs a reason");
  if (reason.size() > limits::kReasonBytesMax) {
    return fail(Code::kTooLarge,
                fmt::format("the reason is longer than {} bytes", limits::kReasonBytesMax));
  }
  return {};
}

RecallReport report_of(const Recall& recall) {
  return {recall.id, recall.seen_records, recall.seen_bytes, recall.tick_ms};
}

}  // namespace

Result<RecallReport> Node::recall(const Principal& who, std::string_view id,
                                  std::string_view reason) {
  if (!release::may_release(who.role))
    return fail(Code::kForbidden, "this key's role does not recall: a release officer's does");
  TRY(check_reason(reason));
  const uint64_t id_hash = journal_->hash(id);
  const View view = this->view(who);
  uint64_t ordinal = UINT64_MAX;
  const auto choose = [&](store::Plan& plan, State& next) -> Result<void> {
    const RecallFound found =
        find_to_recall(plan, {next.directory.get(), next.node_key, who.party, id, id_hash});
    if (found.own.empty()) {
      bool is_seen = found.has_others;
      view.versions_of(id, [&](store::Position) {
        is_seen = true;
        return false;
      });
      if (!is_seen) return fail(Code::kNotFound, "no such object");
      return fail(Code::kForbidden,
                  "another party created this object: only that party recalls it");
    }
    Recall recall{.party = who.party,
                  .by = who.key_id,
                  .id = std::string(id),
                  .reason = std::string(reason),
                  .records = found.records,
                  .entries = found.entries,
                  .tombstones = found.tombstones};
    for (const store::Position record : found.records) {
      const bool is_told = std::ranges::binary_search(found.own, record) ||
                           (record < view.world().end() && view.world().contains(record));
      if (!is_told) continue;
      ++recall.seen_records;
      recall.seen_bytes += plan.bytes(record).size();
    }
    ordinal = next.recalls->size();
    next.emit(plan, kRecall, encode_recall(recall));
    return {};
  };
  const auto chosen = run(choose);
  if (!chosen) {
    // Asked again for one that could not be erased then.
    const auto state = this->state();
    const auto open = std::ranges::find_if(*state->recalls, [&](const Recall& one) {
      return !one.is_done && one.party == who.party && one.id == id;
    });
    if (open == state->recalls->end()) return std::unexpected(chosen.error());
    TRY(finish_recalls());
    return report_of(*open);
  }
  TRY(finish_recalls());
  return report_of((*state()->recalls)[ordinal]);
}

Result<void> Node::finish_recalls() {
  std::lock_guard lock(recall_mutex_);
  const auto state = this->state();
  for (const Recall& recall : *state->recalls) {
    if (recall.is_done) continue;
    if (const auto erased = erase(recall); !erased) {
      return fail(
          Code::kUnavailable,
          fmt::format("recalled, nobody sees it any more; its content could not be erased yet "
                      "({}): ask again",
                      erased.error().detail));
    }
    TRY(run([&](store::Plan& plan, State& next) -> Result<void> {
      next.emit(plan, kRecallDone,
                {reinterpret_cast<const char*>(&recall.ordinal), sizeof recall.ordinal});
      return {};
    }));
  }
  return {};
}

Result<void> Node::erase(const Recall& recall) {
  const auto tells_of_it = [&](const store::Control& control) {
    if (control.kind == kEditions)
      return std::ranges::binary_search(recall.entries, static_cast<uint32_t>(control.key));
    if (control.kind != kMarkingSeen) return false;
    const auto entry = entry_of_marking(control.bytes);
    return entry && std::ranges::binary_search(recall.entries, *entry);
  };
  TRY(journal_->erase(recall.records, tells_of_it, recall.id));
  return options_.remove_copies ? options_.remove_copies() : Result<void>();
}

std::string Node::fingerprint() const {
  return to_hex(keyed_digest("entente node fingerprint v1", {state()->node_key}));
}

Result<bool> Node::apply_recall(const Recall& recall) {
  bool is_known = false;
  TRY(run([&](store::Plan& plan, State& next) -> Result<void> {
    const auto is_same = [&](const Recall& one) {
      return one.party == recall.party && one.id == recall.id &&
             std::ranges::equal(one.tombstones, recall.tombstones, {}, &Tombstone::digest,
                                &Tombstone::digest);
    };
    is_known = std::ranges::any_of(*next.recalls, is_same);
    if (is_known) return {};
    const RecallFound found = find_buried(plan, next.node_key, recall.tombstones);
    Recall again = recall;
    again.records = found.records;
    again.entries = found.entries;
    next.emit(plan, kRecall, encode_recall(again));
    return {};
  }));
  if (is_known) return false;
  TRY(finish_recalls());
  return true;
}

Result<void> Node::note_backup(const std::string& place) {
  TRY(run([&](store::Plan& plan, State& next) -> Result<void> {
    next.emit(plan, kBackupMade, place);
    return {};
  }));
  return {};
}

}  // namespace entente::exchange
