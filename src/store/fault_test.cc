// Faults: every I/O fails once, the disk fills, syncs fail, power is cut, files are cut and bytes flipped everywhere.
// After each: what was acknowledged is there, nothing half-written is, and verify() agrees.
#include <fstream>
#include <set>

#include "store/fault_files.h"
#include "store/frame.h"
#include "store/test_support.h"

namespace entente::store {
namespace {

constexpr size_t kSmall = 2048;

std::string item(int batch, int i) { return std::to_string(batch) + "." + std::to_string(i); }

// A batch of three objects, or of ten larger ones that span segments, and a control record.
Result<Committed> add_batch(Journal& journal, int batch) {
  const int count = batch % 4 == 3 ? 10 : 3;
  return append(journal, [&journal, batch, count](Plan& plan) -> Result<bool> {
    for (int i = 0; i < count; ++i) {
      add(plan, journal, "id--" + std::to_string(i), item(batch, i) + std::string(200, '-'), {"t"});
    }
    plan.add_control(3, journal.hash("batch"), std::to_string(batch));
    return false;
  });
}

// The batches that the journal holds, each of them whole, in order.
std::vector<int> batches_of(const Journal& journal) {
  const Snapshot now = journal.snapshot();
  std::vector<int> out;
  for (Position p = 0; p < now.end();) {
    const BatchInfo info = now.batch_of(p);
    EXPECT_EQ(info.first, p);
    const std::string first(now.bytes_for_views(p));
    const int batch = std::stoi(first);
    EXPECT_EQ(info.end - info.first, batch % 4 == 3 ? 10u : 3u);
    for (int i = 0; p < info.end; ++p, ++i) {
      EXPECT_EQ(now.bytes_for_views(p), item(batch, i) + std::string(200, '-'));
    }
    out.push_back(batch);
  }
  return out;
}

// Ten batches while faults happen; opens again as often as needed. Gives the acknowledged ones.
std::vector<int> run_batches(FaultFiles& files, const std::string& path, Settings& settings,
                             bool* opened_all) {
  std::vector<int> acknowledged;
  *opened_all = true;
  for (int part = 0; part < 2; ++part) {
    auto journal = Journal::open(files, path, settings.make(kSmall), nullptr);
    if (!journal) {
      *opened_all = false;
      continue;
    }
    for (int i = 0; i < 5; ++i) {
      const int batch = part * 5 + i;
      const auto outcome = add_batch(**journal, batch);
      if (outcome) {
        acknowledged.push_back(batch);
      } else {
        EXPECT_EQ(outcome.error().code, Code::kUnavailable);
        EXPECT_NE(outcome.error().detail.find("nothing was stored"), std::string::npos)
            << outcome.error().detail;
      }
      EXPECT_EQ(batches_of(**journal), acknowledged);
      if (!outcome && !(*journal)->stats().writable) break;
    }
  }
  return acknowledged;
}

void fail_every_call(FaultFiles::Fault fault, bool power_cut) {
  Settings settings;
  const auto real = posix_files();
  int runs = 0;
  for (bool fired = true; fired; ++runs) {
    Scratch scratch;
    FaultFiles files(*real);
    files.fail_call(static_cast<uint64_t>(runs), fault);
    bool opened = false;
    const std::vector<int> acknowledged = run_batches(files, scratch.path("j"), settings, &opened);
    fired = files.fired();
    if (power_cut) files.drop_unsynced();
    auto journal = Journal::open(*real, scratch.path("j"), settings.make(kSmall), nullptr);
    ASSERT_TRUE(journal) << "call " << runs << ": " << journal.error().detail;
    EXPECT_EQ(batches_of(**journal), acknowledged) << "call " << runs;
    expect_sound(**journal);
    EXPECT_TRUE(add_batch(**journal, 77));
    if (testing::Test::HasFailure()) {
      FAIL() << "at call " << runs;
    }
  }
  EXPECT_GT(runs, 60);
}

TEST(Faults, EveryCallFailsOnce) { fail_every_call(FaultFiles::Fault::kError, false); }
TEST(Faults, EveryWriteIsShortOnce) { fail_every_call(FaultFiles::Fault::kShortWrite, false); }
TEST(Faults, EveryCallFailsAndThePowerIsCut) { fail_every_call(FaultFiles::Fault::kError, true); }

TEST(Faults, AFullDiskRefusesAndRecovers) {
  Settings settings;
  const auto real = posix_files();
  for (uint64_t room = 0; room < 9000; room += 371) {
    Scratch scratch;
    FaultFiles files(*real);
    auto journal = *Journal::open(files, scratch.path("j"), settings.make(kSmall), nullptr);
    files.limit_bytes(room);
    std::vector<int> acknowledged;
    for (int batch = 0; batch < 12; ++batch) {
      const auto outcome = add_batch(*journal, batch);
      if (outcome) {
        acknowledged.push_back(batch);
      } else {
        EXPECT_EQ(outcome.error().code, Code::kUnavailable);
        EXPECT_NE(outcome.error().detail.find("disk full"), std::string::npos);
      }
      EXPECT_TRUE(journal->stats().writable);
    }
    EXPECT_LT(acknowledged.size(), 12u);
    EXPECT_EQ(batches_of(*journal), acknowledged);
    files.limit_bytes(UINT64_MAX);
    EXPECT_TRUE(add_batch(*journal, 20)) << "room again";
    acknowledged.push_back(20);
    journal.reset();
    journal = *Journal::open(*real, scratch.path("j"), settings.make(kSmall), nullptr);
    EXPECT_EQ(batches_of(*journal), acknowledged);
    expect_sound(*journal);
  }
}

TEST(Faults, AFailedSyncEndsWritingNotReading) {
  Settings settings;
  const auto real = posix_files();
  for (uint64_t n = 0; n < 12; ++n) {
    Scratch scratch;
    FaultFiles files(*real);
    auto journal = *Journal::open(files, scratch.path("j"), settings.make(kSmall), nullptr);
    ASSERT_TRUE(add_batch(*journal, 0));
    files.fail_sync(n);
    std::vector<int> acknowledged{0};
    for (int batch = 1; batch < 6; ++batch) {
      if (add_batch(*journal, batch)) acknowledged.push_back(batch);
    }
    if (!journal->stats().writable) {
      EXPECT_FALSE(add_batch(*journal, 8));
    }
    EXPECT_EQ(batches_of(*journal), acknowledged);
    journal.reset();
    journal = *Journal::open(*real, scratch.path("j"), settings.make(kSmall), nullptr);
    EXPECT_EQ(batches_of(*journal), acknowledged);
    EXPECT_TRUE(add_batch(*journal, 9));
    expect_sound(*journal);
  }
}

TEST(Faults, SyncReturnsBeforeTheAnswer) {
  Scratch scratch;
  Settings settings;
  const auto real = posix_files();
  FaultFiles files(*real);
  auto journal = *Journal::open(files, scratch.path("j"), settings.make(kSmall), nullptr);
  std::mutex mutex;
  std::vector<std::string> events;
  files.set_trace([&](const std::string& what) {
    std::lock_guard lock(mutex);
    if (what.ends_with(".seg") || what.ends_with("done")) events.push_back(what);
  });
  for (int batch = 0; batch < 8; ++batch) {
    {
      std::lock_guard lock(mutex);
      events.clear();
    }
    std::vector<std::string> seen;
    ASSERT_TRUE(journal->append_and_wait(std::make_unique<PlanAppend>(
        [&](Plan& plan) -> Result<bool> {
          for (int i = 0; i < 3 + batch * 2; ++i) {
            add(plan, *journal, "x--" + std::to_string(i), std::string(300, 'a'));
          }
          return false;
        },
        [&](const Result<Committed>&) {
          std::lock_guard lock(mutex);
          seen = events;
        })));
    // Each segment written to before the answer was synced after its last write; the mark comes after the sync.
    std::set<std::string> unsynced;
    ASSERT_FALSE(seen.empty());
    size_t marks = 0;
    for (const std::string& event : seen) {
      const std::string name = event.substr(event.find(' ') + 1);
      if (event.starts_with("write")) unsynced.insert(name);
      if (event.starts_with("sync")) unsynced.erase(name);
    }
    for (const std::string& event : seen) marks += event.starts_with("sync");
    EXPECT_GE(marks, 1u);
    EXPECT_TRUE(seen.back().starts_with("write")) << "the mark";
    EXPECT_TRUE(seen[seen.size() - 2].starts_with("sync")) << "the sync of the commit";
    EXPECT_EQ(unsynced.size(), 1u) << "the segment with the mark";
  }
}

std::string read_all(const std::string& path) { return *posix_files()->read(path); }

void write_all(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST(Faults, TheLastSegmentCutAtEveryByte) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  const std::string path = scratch.path("j");
  std::vector<uint64_t> ends;  // length of the file when batch i was durable
  {
    auto journal = *Journal::open(*files, path, settings.make(), nullptr);
    for (int batch = 0; batch < 3; ++batch) {
      ASSERT_TRUE(add_batch(*journal, batch));
      ends.push_back(journal->stats().bytes);
    }
  }
  const std::string whole = read_all(path + "/00000001.seg");
  for (size_t size = 0; size <= whole.size(); ++size) {
    write_all(path + "/00000001.seg", whole.substr(0, size));
    Recovery recovery;
    auto journal = Journal::open(*files, path, settings.make(), &recovery);
    ASSERT_TRUE(journal) << size << ": " << journal.error().detail;
    std::vector<int> expected;
    for (int batch = 0; batch < 3; ++batch) {
      if (ends[static_cast<size_t>(batch)] <= size) expected.push_back(batch);
    }
    ASSERT_EQ(batches_of(**journal), expected) << size;
    EXPECT_TRUE(recovery.quarantined.empty());
    if (size % 97 == 0) {
      EXPECT_TRUE(add_batch(**journal, 9));
      expect_sound(**journal);
    }
  }
}

TEST(Faults, OneFlippedByteAnywhereIsFoundAndCostsNothingElse) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  const std::string path = scratch.path("j");
  {
    auto journal = *Journal::open(*files, path, settings.make(1 << 16), nullptr);
    for (int batch = 0; batch < 3; ++batch) ASSERT_TRUE(add_batch(*journal, batch));
  }
  const std::string name = path + "/00000001.seg";
  const std::string whole = read_all(name);
  std::mt19937 draw(1);
  for (size_t at = 0; at < whole.size(); at += 1 + draw() % 7) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << draw() % 8));
    write_all(name, flipped);
    Recovery recovery;
    auto journal = Journal::open(*files, path, settings.make(1 << 16), &recovery);
    ASSERT_TRUE(journal) << at << ": " << journal.error().detail;
    EXPECT_TRUE(!recovery.quarantined.empty() || recovery.cut_bytes > 0) << at;
    const Snapshot now = (*journal)->snapshot();
    ASSERT_EQ(now.end(), 9u) << at;
    unsigned damaged = 0;
    for (Position p = 0; p < now.end(); ++p) {
      const BatchInfo batch = now.batch_of(p);
      EXPECT_EQ(batch.first, p / 3 * 3) << at;
      EXPECT_EQ(batch.end, p / 3 * 3 + 3) << at;
      if (now.entry_for_views(p).flags & kDamaged) {
        ++damaged;
        EXPECT_TRUE(now.bytes_for_views(p).empty());
      } else {
        EXPECT_EQ(now.bytes_for_views(p),
                  item(static_cast<int>(p / 3), static_cast<int>(p % 3)) + std::string(200, '-'));
        const Position older = now.entry_for_views(p).previous;
        EXPECT_TRUE(older == kNone || !(now.entry_for_views(older).flags & kDamaged));
      }
    }
    EXPECT_LE(damaged, 1u) << at;
    if (recovery.cut_bytes == 0) {
      EXPECT_FALSE((*journal)->verify({}).problems.empty()) << at;
    }
    EXPECT_TRUE(add_batch(**journal, 5)) << at;
  }
}

TEST(Faults, AFlippedByteInAnIndexIsFound) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  const std::string path = scratch.path("j");
  std::vector<int> all;
  {
    auto journal = *Journal::open(*files, path, settings.make(kSmall), nullptr);
    for (int batch = 0; batch < 6; ++batch) {
      ASSERT_TRUE(add_batch(*journal, batch));
      all.push_back(batch);
    }
  }
  const std::string name = path + "/00000002.idx";
  const std::string whole = read_all(name);
  std::mt19937 draw(2);
  int rebuilt = 0;
  int found = 0;
  for (size_t at = 0; at < whole.size(); at += 1 + draw() % 23) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << draw() % 8));
    write_all(name, flipped);
    Recovery recovery;
    auto journal = Journal::open(*files, path, settings.make(kSmall), &recovery);
    ASSERT_TRUE(journal) << at;
    if (!recovery.rebuilt.empty()) {
      ++rebuilt;
      EXPECT_EQ(read_all(name), whole) << "made anew, byte for byte";
      EXPECT_EQ(batches_of(**journal), all);
    } else {
      const bool reported = !(*journal)->verify({}).problems.empty();
      found += reported;
      // Bytes between sections belong to nothing.
      if (!reported) {
        EXPECT_EQ(whole[at], '\0') << at;
      }
      // Readers stay within bounds, whatever the index says.
      const Snapshot now = (*journal)->snapshot();
      for (Position p = 0; p < now.end(); ++p) (void)now.bytes_for_views(p);
      now.referring(whole_world(now), (*journal)->hash("t"), [](Position) { return true; });
      for (int i = 0; i < 10; ++i) {
        now.newest(whole_world(now), (*journal)->hash("id--" + std::to_string(i)));
      }
    }
  }
  write_all(name, whole);
  EXPECT_GT(rebuilt, 5);
  EXPECT_GT(found, 5);
}

TEST(Faults, ATornBatchIsCutNotKept) {
  // A power cut that lost a page in the middle of the last batch, though its commit frame had reached the disk.
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  const std::string path = scratch.path("j");
  uint64_t before = 0;
  uint64_t after = 0;
  {
    auto journal = *Journal::open(*files, path, settings.make(), nullptr);
    ASSERT_TRUE(add_batch(*journal, 0));
    before = journal->stats().bytes + sizeof(MarkFrame);
    ASSERT_TRUE(add_batch(*journal, 1));
    after = journal->stats().bytes;
  }
  std::string bytes = read_all(path + "/00000001.seg").substr(0, after);  // without the mark
  bytes.replace(before + 300, 64, std::string(64, '\0'));
  write_all(path + "/00000001.seg", bytes);
  Recovery recovery;
  auto journal = *Journal::open(*files, path, settings.make(), &recovery);
  EXPECT_EQ(batches_of(*journal), std::vector<int>{0});
  EXPECT_EQ(recovery.cut_bytes, after - before);
  expect_sound(*journal);
}

TEST(Faults, ACrashInALargeAppendLeavesNothingOfIt) {
  Settings settings;
  const auto real = posix_files();
  for (int steps = 1; steps < 12; ++steps) {
    Scratch scratch;
    FaultFiles files(*real);
    {
      auto journal = *Journal::open(files, scratch.path("j"), settings.make(kSmall), nullptr);
      ASSERT_TRUE(add_batch(*journal, 0));
      int step = 0;
      ASSERT_FALSE(append(*journal, [&](Plan& plan) -> Result<bool> {
        for (int i = 0; i < 5; ++i) add(plan, *journal, "big", std::string(400, 'b'));
        if (++step == steps) files.die();
        return step < 12;
      }));
      EXPECT_EQ(batches_of(*journal), std::vector<int>{0});
    }
    Recovery recovery;
    auto journal = *Journal::open(*real, scratch.path("j"), settings.make(kSmall), &recovery);
    EXPECT_EQ(batches_of(*journal), std::vector<int>{0});
    EXPECT_TRUE(add_batch(*journal, 1));
    expect_sound(*journal);
  }
}

}  // namespace
}  // namespace entente::store
