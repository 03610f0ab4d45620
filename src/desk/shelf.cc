// Emptied as a whole where it grows too large: what is asked next is read again.
#include "desk/shelf.h"

#include "desk/docket.h"

namespace entente::desk {
namespace {

constexpr size_t kRecordBytesMax = size_t{64} << 20;
constexpr size_t kFileBytesMax = size_t{128} << 20;

size_t bytes_of(const procedure::Record& record) {
  size_t objects = 0;
  for (const std::string& id : record.objects) objects += sizeof id + id.size();
  return sizeof record + objects + record.id.size() + record.party.size() + record.act.size() +
         record.about.size() + record.reason.size() + record.text.size();
}

size_t bytes_of(const Written& written) {
  return sizeof written + bytes_of(written.opening.record) + written.opening.filing.size() +
         written.procedure.size();
}

size_t bytes_of(const File& file) {
  size_t out = sizeof file + 2 * bytes_of(file.one.opening) + file.opening.filing.size();
  out += file.one.shared.size() * (sizeof(procedure::Judged) + 2 * sizeof(void*));
  return out + file.now.parties.size() * 64 + file.now.clocks.size() * sizeof(procedure::ClockView);
}

}  // namespace

void Shelf::note_recalls(size_t recalls) {
  const std::lock_guard lock(mutex_);
  if (recalls <= recalls_) return;
  recalls_ = recalls;
  records_.clear();
  acts_.clear();
  files_.clear();
  record_bytes_ = file_bytes_ = 0;
}

void Shelf::find(uint64_t directory, const std::vector<store::Position>& positions,
                 std::vector<std::shared_ptr<const SettledAct>>* out) const {
  const std::lock_guard lock(mutex_);
  if (directory != acts_directory_) return;
  for (size_t i = 0; i < positions.size(); ++i) {
    const auto found = acts_.find(positions[i]);
    if (found != acts_.end()) (*out)[i] = found->second;
  }
}

void Shelf::keep(size_t recalls, uint64_t directory, store::Position position,
                 std::shared_ptr<const SettledAct> act) {
  const size_t bytes = sizeof *act + bytes_of(act->record) + act->procedure.size();
  const std::lock_guard lock(mutex_);
  if (recalls != recalls_) return;
  if (directory != acts_directory_) acts_.clear();
  acts_directory_ = directory;
  make_room(bytes);
  if (acts_.emplace(position, std::move(act)).second) record_bytes_ += bytes;
}

void Shelf::make_room(size_t bytes) {
  if (record_bytes_ + bytes <= kRecordBytesMax) return;
  records_.clear();
  acts_.clear();
  record_bytes_ = 0;
}

std::shared_ptr<const Written> Shelf::record(store::Position position) const {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(position);
  return found == records_.end() ? nullptr : found->second;
}

void Shelf::keep(size_t recalls, store::Position position, std::shared_ptr<const Written> record) {
  const size_t bytes = bytes_of(*record);
  const std::lock_guard lock(mutex_);
  if (recalls != recalls_) return;
  make_room(bytes);
  if (records_.emplace(position, std::move(record)).second) record_bytes_ += bytes;
}

std::shared_ptr<const File> Shelf::file(const std::string& key, const Seen& seen,
                                        int64_t now_ms) const {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(key);
  if (found == files_.end() || found->second.seen != seen) return nullptr;
  const File& file = *found->second.file;
  return file.folded_ms <= now_ms && now_ms < file.good_until_ms ? found->second.file : nullptr;
}

void Shelf::keep(size_t recalls, const std::string& key, Seen seen,
                 std::shared_ptr<const File> file) {
  const size_t bytes = bytes_of(*file) + seen.entries.size() * 16;
  const std::lock_guard lock(mutex_);
  if (recalls != recalls_) return;
  if (const auto old = files_.find(key); old != files_.end()) {
    file_bytes_ -= old->second.bytes;
    files_.erase(old);
  }
  if (file_bytes_ + bytes > kFileBytesMax) {
    files_.clear();
    file_bytes_ = 0;
  }
  file_bytes_ += bytes;
  files_[key] = {std::move(seen), std::move(file), bytes};
}

}  // namespace entente::desk
