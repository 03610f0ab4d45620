// The writer thread: takes what waits in the queue, lets each plan add its records, makes the group durable with one
// sync, publishes it, and answers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/core.h"
#include "store/indexer.h"
#include "store/tail.h"

namespace entente::store {

// Newest positions of the ids of the batch that is being made. For the writer thread alone.
class Staging {
 public:
  Staging() : slots_(kFirstSlots) {}
  Position find(uint64_t id_hash) const;
  void set(uint64_t id_hash, Position position);
  void clear();

 private:
  struct Slot {
    uint64_t id_hash = 0;
    Position position = kNone;
    uint32_t batch = 0;  // slots of other batches are empty
  };
  static constexpr size_t kFirstSlots = 4096;
  static constexpr size_t kKeptSlots = 1 << 17;
  Slot& slot_of(uint64_t id_hash);
  std::vector<Slot> slots_;
  size_t used_ = 0;
  uint32_t batch_ = 1;
};

// append() and the figures are thread-safe.
class Writer {
 public:
  Writer(Core& core, Indexer& indexer, Tail::Resume resume);
  // Does what is queued first.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void append(std::unique_ptr<Append> append);
  // Seals the active segment, if it holds anything, and waits until that is published.
  Result<void> seal_active();
  uint64_t queued_bytes() const { return queued_bytes_.load(); }
  bool writable() const { return writable_.load(); }

 private:
  class View;
  struct Item {
    std::unique_ptr<Append> append;
    size_t bytes = 0;
    Result<void> outcome{};  // of its plan: one that failed by itself is not committed
    std::promise<Result<void>>* sealed = nullptr;  // instead of an append: seal the active segment
  };

  void run();
  bool take(Item& item);
  void make_group();
  Result<void> seal_now();
  void run_plan(Item& item, View& view);
  void undo_plan(const Tail::Savepoint& savepoint, Position first);
  void finish_group();
  void abort_group();
  void publish();
  void enter(const GrowingSegment& segment);
  void answer(const Result<Committed>& outcome);
  int64_t next_tick() const;

  Core& core_;
  Indexer& indexer_;
  Tail tail_;
  Staging staging_;
  std::shared_ptr<const Snapshot::State> base_;  // what was published when the group began
  std::vector<Item> group_;
  uint32_t last_batch_entries_ = 0;

  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<Item> queue_;
  bool stopping_ = false;
  std::atomic<uint64_t> queued_bytes_{0};
  std::atomic<bool> writable_{true};
  std::thread thread_;
};

}  // namespace entente::store
