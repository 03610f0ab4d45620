// What the tests of the journal share: an Append made of a function, a scratch directory, and a naive model of a journal
// (vectors and maps, no cleverness) that random plans are played into beside the real one.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/bitmap.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/random.h"
#include "store/journal.h"
#include "store/seal.h"

namespace entente::store {

// A directory that goes when it dies.
class Scratch {
 public:
  Scratch() {
    // In memory, if there is such a place: thousands of syncs would otherwise wait for a disk.
    std::filesystem::path base = "/dev/shm";
    if (::access(base.c_str(), W_OK) != 0) base = std::filesystem::temp_directory_path();
    std::string pattern = (base / "entente-store-XXXXXX").string();
    CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

class PlanAppend final : public Append {
 public:
  using Step = std::function<Result<bool>(Plan&)>;
  explicit PlanAppend(Step step, std::function<void(const Result<Committed>&)> done = {})
      : step_(std::move(step)), done_(std::move(done)) {}
  Result<bool> plan(Plan& plan) override { return step_(plan); }
  void commit(const Committed&) override { committed_ = true; }
  void done(Result<Committed> outcome) override {
    EXPECT_EQ(committed_, outcome.has_value());
    if (done_) done_(outcome);
  }
  size_t size_bytes() const override { return 100; }

 private:
  Step step_;
  std::function<void(const Result<Committed>&)> done_;
  bool committed_ = false;
};

inline Result<Committed> append(Journal& journal, PlanAppend::Step step) {
  return journal.append_and_wait(std::make_unique<PlanAppend>(std::move(step)));
}

// Adds one object of that id and content.
inline Position add(Plan& plan, const Journal& journal, const std::string& id,
                    const std::string& bytes, const std::vector<std::string>& references = {},
                    uint32_t mark_set = 1) {
  static SystemRandom system;
  thread_local BufferedRandom random(system);
  std::vector<uint64_t> targets;
  for (const std::string& reference : references) targets.push_back(journal.hash(reference));
  Entry entry;
  entry.id_hash = journal.hash(id);
  entry.content_hash = journal.hash(bytes);
  entry.version_ns = plan.tick_ms() * 1'000'000;
  entry.mark_set = mark_set;
  entry.type = 3;
  entry.collection = 1;
  entry.submitter = 2;
  return plan.add_object(entry, seal(bytes, targets, random));
}

inline Result<Committed> add_one(Journal& journal, const std::string& id, const std::string& bytes,
                                 const std::vector<std::string>& references = {}) {
  return append(journal, [&](Plan& plan) -> Result<bool> {
    add(plan, journal, id, bytes, references);
    return false;
  });
}

inline release::World whole_world(const Snapshot& snapshot) {
  auto all = std::make_shared<Bitmap>();
  all->add_range(0, snapshot.end());
  return {0, std::move(all), snapshot.end()};
}

struct Settings {
  SystemRandom random;
  ManualClock clock{1'700'000'000'000};
  Options make(size_t segment_bytes = 0) {
    Options options;
    options.clock = &clock;
    options.random = &random;
    options.segment_bytes = segment_bytes;
    return options;
  }
};

// The journal as it should be.
struct Model {
  struct Item {
    std::string id;
    std::string bytes;
    std::vector<std::string> references;
    Position object = kNone;
    Entry entry;
    size_t batch = 0;
  };
  struct KeyedControl {
    ControlKind kind = 0;
    std::string key;
    std::string bytes;
    Position position = 0;
    int64_t tick_ms = 0;
  };
  std::vector<Item> items;
  std::vector<BatchInfo> batches;
  std::vector<KeyedControl> controls;
};

// Plays one append of random adds into the journal and, if it was committed, into the model.
// What verify finds fails the test.
void expect_sound(const Journal& journal);
void play(Journal& journal, Model& model, std::mt19937& draw);

// Compares everything that a snapshot answers with the model.
void compare(const Journal& journal, const Snapshot& snapshot, const Model& model,
             std::mt19937& draw);

}  // namespace entente::store
