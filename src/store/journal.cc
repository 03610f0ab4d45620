// Wiring: the core, the indexer's and the writer's threads, and what needs no file of its own.
#include "store/journal.h"

#include <condition_variable>
#include <mutex>

#include "store/core.h"
#include "store/indexer.h"
#include "store/journal_impl.h"
#include "store/recover.h"
#include "store/writer.h"

namespace entente::store {

Result<std::unique_ptr<Journal>> Journal::open(Files& files, const std::string& directory,
                                               Options options, Recovery* recovery) {
  CHECK(options.clock != nullptr && options.random != nullptr);
  constexpr size_t kSegmentBytesMin = 1024;
  constexpr size_t kSegmentBytesMax = size_t{2} << 30;
  if (options.segment_bytes != 0 &&
      (options.segment_bytes < kSegmentBytesMin || options.segment_bytes > kSegmentBytesMax)) {
    return fail(Code::kInvalid, "a segment must have 1 KiB to 2 GiB");
  }
  Recovery unread;
  auto impl = std::make_unique<Impl>(files, directory, options);
  TRY(files.make_directory(directory));
  impl->core.lock = TRY(files.lock(impl->core.path("lock")));
  Tail::Resume resume = TRY(recover(impl->core, options.fold, recovery ? *recovery : unread));
  impl->indexer = std::make_unique<Indexer>(impl->core);
  impl->writer = std::make_unique<Writer>(impl->core, *impl->indexer, std::move(resume));
  return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Journal::~Journal() {
  impl_->writer.reset();
  impl_->indexer.reset();
}

void Journal::append(std::unique_ptr<Append> append) { impl_->writer->append(std::move(append)); }

namespace {

struct Outcome {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Result<Committed>> value;
};

// Passes everything on to another Append and keeps its outcome.
class Awaited final : public Append {
 public:
  Awaited(std::unique_ptr<Append> inner, Outcome& outcome)
      : inner_(std::move(inner)), outcome_(outcome) {}
  Result<bool> plan(Plan& plan) override { return inner_->plan(plan); }
  void commit(const Committed& committed) override { inner_->commit(committed); }
  size_t size_bytes() const override { return inner_->size_bytes(); }
  void done(Result<Committed> outcome) override {
    inner_->done(outcome);
    inner_.reset();
    std::lock_guard lock(outcome_.mutex);
    outcome_.value = std::move(outcome);
    outcome_.changed.notify_all();
  }

 private:
  std::unique_ptr<Append> inner_;
  Outcome& outcome_;
};

}  // namespace

Result<Committed> Journal::append_and_wait(std::unique_ptr<Append> append) {
  Outcome outcome;
  this->append(std::make_unique<Awaited>(std::move(append), outcome));
  std::unique_lock lock(outcome.mutex);
  outcome.changed.wait(lock, [&] { return outcome.value.has_value(); });
  return *std::move(outcome.value);
}

Snapshot Journal::snapshot() const { return Snapshot(impl_->core.state()); }

JournalStats Journal::stats() const {
  const auto state = impl_->core.state();
  JournalStats out;
  out.entries = state->end;
  out.bytes = state->sealed_bytes + state->active.bytes;
  out.segments = static_cast<uint32_t>(state->segments());
  out.batches = state->batches;
  out.last_tick_ms = state->last_tick_ms;
  out.writable = impl_->writer->writable();
  out.queued_bytes = impl_->writer->queued_bytes();
  return out;
}

uint64_t Journal::hash(std::string_view bytes) const { return (*impl_->core.hasher)(bytes); }

Result<void> drop_indexes(Files& files, const std::string& directory) {
  const auto held = TRY(files.lock(directory + "/lock"));
  for (const std::string& name : TRY(files.list(directory))) {
    const auto parsed = parse_name(name);
    if (parsed && parsed->index) TRY(files.remove(directory + "/" + name));
  }
  return files.sync_directory(directory);
}

}  // namespace entente::store
