// Erasure: the content is gone from every file, everything else stays, the chain verifies, and a failure at any call
// leaves a journal that opens and can be asked again.
#include <filesystem>

#include "store/fault_files.h"
#include "store/test_support.h"

namespace entente::store {
namespace {

const std::string kSecret = "the-secret-that-must-go-0123456789";

// Whether any file of the directory holds the text.
bool on_disk(const std::string& directory, const std::string& text) {
  const auto files = posix_files();
  const auto names = *files->list(directory);
  for (const std::string& name : names) {
    const auto bytes = files->read(directory + "/" + name);
    if (bytes && bytes->find(text) != std::string::npos) return true;
  }
  return false;
}

// Twelve objects over several segments; 3 and 11 are secret, and 3 has a membership (position 12) beside.
std::vector<Position> fill(Journal& journal) {
  for (int i = 0; i < 12; ++i) {
    const bool secret = i == 3 || i == 11;
    EXPECT_TRUE(add_one(journal, "id--" + std::to_string(i % 6),
                        (secret ? kSecret : "open") + std::string(150, '.'),
                        {secret ? "hidden" : "shown"}));
  }
  EXPECT_TRUE(append(journal, [&](Plan& plan) -> Result<bool> {
    Entry entry;
    entry.collection = 4;
    plan.add_membership(entry, 3);
    return false;
  }));
  return {3, 11};
}

void expect_erased(const Journal& journal) {
  const Snapshot now = journal.snapshot();
  const release::World all = whole_world(now);
  ASSERT_EQ(now.end(), 13u);
  for (Position p = 0; p < 12; ++p) {
    const bool secret = p == 3 || p == 11;
    EXPECT_EQ(now.bytes(all, p).empty(), secret) << p;
    EXPECT_EQ((now.entry(all, p).flags & kErased) != 0, secret);
    EXPECT_EQ(now.entry(all, p).content_hash == 0, secret);
    EXPECT_EQ(now.entry(all, p).previous, p >= 6 ? p - 6 : kNone);
  }
  EXPECT_TRUE(now.bytes(all, 12).empty());
  EXPECT_EQ(now.newest(all, journal.hash("id--3")), 12u);
  EXPECT_EQ(now.older(all, 12), 9u);
  size_t hidden = 0;
  size_t shown = 0;
  now.referring(all, journal.hash("hidden"), [&](Position) { return ++hidden; });
  now.referring(all, journal.hash("shown"), [&](Position) { return ++shown; });
  EXPECT_EQ(hidden, 0u);
  EXPECT_EQ(shown, 10u);
}

TEST(Erase, ContentIsGoneAndTheChainStays) {
  for (const size_t segment_bytes : {size_t{1024}, size_t{1} << 20}) {
    Scratch scratch;
    Settings settings;
    const auto files = posix_files();
    const std::string path = scratch.path("j");
    auto journal = *Journal::open(*files, path, settings.make(segment_bytes), nullptr);
    const std::vector<Position> positions = fill(*journal);
    ASSERT_TRUE(on_disk(path, kSecret));
    {
      const Snapshot before = journal->snapshot();
      ASSERT_TRUE(journal->erase(positions));
      EXPECT_TRUE(before.bytes_for_views(3).starts_with(kSecret)) << "a snapshot never changes";
      EXPECT_TRUE(before.bytes_for_views(12).starts_with(kSecret));
    }
    expect_erased(*journal);
    expect_sound(*journal);
    EXPECT_FALSE(on_disk(path, kSecret));
    EXPECT_TRUE(journal->erase(positions)) << "again";
    EXPECT_EQ(journal->erase(std::vector<Position>{99}).error().code, Code::kNotFound);
    for (int round = 0; round < 2; ++round) {
      journal.reset();
      if (round == 1) {
        ASSERT_TRUE(drop_indexes(*files, path));
      }
      Recovery recovery;
      journal = *Journal::open(*files, path, settings.make(segment_bytes), &recovery);
      EXPECT_EQ(recovery.cut_bytes, 0u);
      EXPECT_TRUE(recovery.quarantined.empty());
      expect_erased(*journal);
      expect_sound(*journal);
    }
    ASSERT_TRUE(add_one(*journal, "id--3", "later"));
    expect_sound(*journal);
  }
}

TEST(Erase, ControlRecordsGoAndAreFoundEmpty) {
  for (const size_t segment_bytes : {size_t{1024}, size_t{1} << 20}) {
    Scratch scratch;
    Settings settings;
    const auto files = posix_files();
    const std::string path = scratch.path("j");
    auto journal = *Journal::open(*files, path, settings.make(segment_bytes), nullptr);
    fill(*journal);
    ASSERT_TRUE(append(*journal, [&](Plan& plan) -> Result<bool> {
      plan.add_control(7, 0, kSecret + " folded");
      plan.add_control(200, 42, kSecret + " by key");
      plan.add_control(200, 43, "stays");
      return false;
    }));
    const auto test = [](const Control& control) {
      return control.bytes.find(kSecret) != std::string_view::npos;
    };
    ASSERT_TRUE(journal->erase(std::vector<Position>{3, 11}, test));
    for (int round = 0; round < 2; ++round) {
      expect_erased(*journal);
      expect_sound(*journal);
      EXPECT_FALSE(on_disk(path, kSecret));
      EXPECT_TRUE(journal->snapshot().find_control(200, 42)->bytes.empty());
      EXPECT_EQ(journal->snapshot().find_control(200, 43)->bytes, "stays");
      journal.reset();
      size_t folded = 0;
      Options options = settings.make(segment_bytes);
      options.fold = [&](const Control& control) {
        if (control.kind == 7) folded += control.bytes.empty() ? 1 : 100;
      };
      journal = *Journal::open(*files, path, options, nullptr);
      EXPECT_EQ(folded, 1U);
    }
  }
}

// A byte of the record is changed on the disk before it is erased.
TEST(Erase, DamagedRecordsAndCopiesOfDamageGoToo) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  const std::string path = scratch.path("j");
  auto journal = *Journal::open(*files, path, settings.make(1024), nullptr);
  const std::vector<Position> positions = fill(*journal);
  journal.reset();
  ASSERT_TRUE(drop_indexes(*files, path));
  const auto names = *files->list(path);
  for (const std::string& name : names) {
    std::string bytes = *files->read(path + "/" + name);
    const size_t at = bytes.find(kSecret);
    if (at == std::string::npos) continue;
    bytes[at + kSecret.size() + 4] ^= 1;
    ASSERT_TRUE((*files->open(path + "/" + name))->write_at(0, bytes));
    break;
  }
  Recovery recovery;
  journal = *Journal::open(*files, path, settings.make(1024), &recovery);
  ASSERT_EQ(recovery.quarantined.size(), 1U);
  ASSERT_TRUE(on_disk(path + "/quarantine", kSecret));
  ASSERT_TRUE(journal->erase(positions, {}, kSecret));
  EXPECT_FALSE(on_disk(path, kSecret));
  EXPECT_FALSE(on_disk(path + "/quarantine", kSecret));
  journal.reset();
  journal = *Journal::open(*files, path, settings.make(1024), nullptr);
  EXPECT_FALSE(on_disk(path + "/quarantine", kSecret));
  EXPECT_FALSE(journal->snapshot().bytes_for_views(4).empty());
}

TEST(Erase, FailsAtEveryCallAndCanBeAskedAgain) {
  Settings settings;
  const auto real = posix_files();
  bool fired = true;
  for (uint64_t n = 0; fired; ++n) {
    Scratch scratch;
    const std::string path = scratch.path("j");
    FaultFiles files(*real);
    auto journal = *Journal::open(files, path, settings.make(1024), nullptr);
    const std::vector<Position> positions = fill(*journal);
    journal.reset();
    journal = *Journal::open(files, path, settings.make(1024), nullptr);
    files.fail_call(n, FaultFiles::Fault::kError);
    const bool erased = journal->erase(positions).has_value();
    fired = files.fired();
    files.fail_call(UINT64_MAX, FaultFiles::Fault::kError);
    EXPECT_EQ(journal->snapshot().end(), 13u);
    expect_sound(*journal);
    journal.reset();
    Recovery recovery;
    journal = *Journal::open(*real, path, settings.make(1024), &recovery);
    EXPECT_TRUE(recovery.quarantined.empty());
    expect_sound(*journal);
    ASSERT_TRUE(journal->erase(positions)) << n;
    expect_erased(*journal);
    expect_sound(*journal);
    EXPECT_FALSE(on_disk(path, kSecret)) << n << " " << erased;
  }
}

}  // namespace
}  // namespace entente::store
