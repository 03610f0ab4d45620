// Backups: hot, incremental, complete or refused; what is restored answers and verifies as the original did.
#include "store/backup.h"

#include <filesystem>
#include <set>
#include <thread>

#include "store/fault_files.h"
#include "store/test_support.h"

namespace entente::store {
namespace {

TEST(Backup, RestoresWhatWasThere) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  std::mt19937 draw(11);
  Model model;
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(4096), nullptr);
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 30; ++i) play(*journal, model, draw);
    ASSERT_TRUE(journal->backup(scratch.path("b")));
    const std::string to = scratch.path("r" + std::to_string(round));
    const auto restored = restore(*files, scratch.path("b"), to);
    ASSERT_TRUE(restored) << restored.error().detail;
    Recovery recovery;
    auto copy = *Journal::open(*files, to, settings.make(4096), &recovery);
    EXPECT_EQ(recovery.cut_bytes, 0u);
    EXPECT_TRUE(recovery.quarantined.empty());
    compare(*copy, copy->snapshot(), model, draw);
    expect_sound(*copy);
    Model copied = model;
    play(*copy, copied, draw);
    compare(*copy, copy->snapshot(), copied, draw);
  }
}

TEST(Backup, CopiesSealedSegmentsOnce) {
  Scratch scratch;
  Settings settings;
  const auto real = posix_files();
  FaultFiles files(*real);
  auto journal = *Journal::open(files, scratch.path("j"), settings.make(4096), nullptr);
  const auto fill = [&] {
    for (int i = 0; i < 40; ++i) {
      ASSERT_TRUE(add_one(*journal, "a--" + std::to_string(i), std::string(300, 'c')));
    }
  };
  fill();
  journal.reset();  // waits for the indexes
  journal = *Journal::open(files, scratch.path("j"), settings.make(4096), nullptr);
  ASSERT_TRUE(journal->backup(scratch.path("b")));
  fill();
  std::set<std::string> written;
  files.set_trace([&](const std::string& what) {
    if (what.starts_with("write ") && what.find('@') != std::string::npos) written.insert(what);
  });
  ASSERT_TRUE(journal->backup(scratch.path("b")));
  files.set_trace({});
  EXPECT_FALSE(written.empty());
  for (const std::string& what : written) {
    EXPECT_EQ(what.find("00000001.seg"), std::string::npos) << what;
    EXPECT_EQ(what.find("00000001.idx"), std::string::npos) << what;
  }
  // Only what the manifest lists stays: one copy of each file.
  std::set<std::string> stems;
  const auto names = *real->list(scratch.path("b"));
  for (const std::string& name : names) {
    EXPECT_TRUE(stems.insert(name.substr(0, name.find('@'))).second) << name;
  }
}

TEST(Backup, RunsWhileTheJournalIsWrittenTo) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(16384), nullptr);
  std::atomic<bool> stop{false};
  std::thread writing([&] {
    for (int i = 0; !stop; ++i) {
      ASSERT_TRUE(add_one(*journal, "w--" + std::to_string(i % 50), std::to_string(i)));
    }
  });
  for (int i = 0; i < 5; ++i) {
    const Position before = journal->snapshot().end();
    ASSERT_TRUE(journal->backup(scratch.path("b")));
    const std::string to = scratch.path("r" + std::to_string(i));
    ASSERT_TRUE(restore(*files, scratch.path("b"), to));
    auto copy = *Journal::open(*files, to, settings.make(16384), nullptr);
    const Snapshot now = copy->snapshot();
    EXPECT_GE(now.end(), before);
    for (Position p = 0; p < now.end(); ++p) EXPECT_EQ(now.bytes_for_views(p), std::to_string(p));
    expect_sound(*copy);
  }
  stop = true;
  writing.join();
}

TEST(Backup, RefusesWhatItWouldHarm) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(), nullptr);
  auto other = *Journal::open(*files, scratch.path("k"), settings.make(), nullptr);
  ASSERT_TRUE(add_one(*journal, "a", "{}"));
  ASSERT_TRUE(journal->backup(scratch.path("b")));
  EXPECT_EQ(other->backup(scratch.path("b")).error().code, Code::kConflict);
  EXPECT_EQ(journal->backup(scratch.path("k")).error().code, Code::kConflict);
  EXPECT_EQ(restore(*files, scratch.path("b"), scratch.path("j")).error().code, Code::kConflict);
  EXPECT_EQ(restore(*files, scratch.path("nothing"), scratch.path("n")).error().code,
            Code::kCorrupt);
}

TEST(Backup, AnyDamagedByteIsFoundByRestore) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  {
    auto journal = *Journal::open(*files, scratch.path("j"), settings.make(1024), nullptr);
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(add_one(*journal, "a", std::string(200, 'd')));
    ASSERT_TRUE(journal->backup(scratch.path("b")));
  }
  int n = 0;
  const auto names = *files->list(scratch.path("b"));
  for (const std::string& name : names) {
    const std::string path = scratch.path("b") + "/" + name;
    const std::string whole = *files->read(path);
    for (size_t at = 0; at < whole.size(); at += 61) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ 4);
      auto file = *files->open(path);
      ASSERT_TRUE(file->write_at(0, flipped));
      const auto restored =
          restore(*files, scratch.path("b"), scratch.path("r" + std::to_string(n++)));
      ASSERT_FALSE(restored) << name << " at " << at;
      EXPECT_EQ(restored.error().code, Code::kCorrupt);
      ASSERT_TRUE(file->write_at(0, whole));
    }
  }
  EXPECT_TRUE(restore(*files, scratch.path("b"), scratch.path("good")));
}

TEST(Backup, AFailureLeavesTheEarlierBackupWhole) {
  Settings settings;
  const auto real = posix_files();
  bool fired = true;
  for (uint64_t n = 0; fired; ++n) {
    Scratch scratch;
    FaultFiles files(*real);
    auto journal = *Journal::open(files, scratch.path("j"), settings.make(2048), nullptr);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(add_one(*journal, "a", std::string(200, 'd')));
    ASSERT_TRUE(journal->backup(scratch.path("b")));
    for (int i = 0; i < 15; ++i) ASSERT_TRUE(add_one(*journal, "a", std::string(200, 'e')));
    journal.reset();
    journal = *Journal::open(files, scratch.path("j"), settings.make(2048), nullptr);
    files.fail_call(n, FaultFiles::Fault::kDiskFull);
    const bool backed_up = journal->backup(scratch.path("b")).has_value();
    fired = files.fired();
    files.fail_call(UINT64_MAX, FaultFiles::Fault::kError);
    const auto restored = restore(*real, scratch.path("b"), scratch.path("r"));
    ASSERT_TRUE(restored) << n << ": " << restored.error().detail;
    auto copy = *Journal::open(*real, scratch.path("r"), settings.make(2048), nullptr);
    const Position end = copy->snapshot().end();
    EXPECT_TRUE(end == 20 || (end == 5 && !backed_up)) << n << ": " << end;
    expect_sound(*copy);
    const auto again = journal->backup(scratch.path("b"));
    ASSERT_TRUE(again) << n << ": " << again.error().detail;
  }
}

}  // namespace
}  // namespace entente::store
