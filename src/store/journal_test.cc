// The journal against a naive model: random plans, many small segments, snapshots old and new, reopening, indexes dropped.
#include "store/journal.h"

#include "store/test_support.h"

namespace entente::store {
namespace {

TEST(Journal, OpensEmptyAndLocks) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  Recovery recovery;
  auto journal = Journal::open(*files, scratch.path("j"), settings.make(), &recovery);
  ASSERT_TRUE(journal) << journal.error().detail;
  EXPECT_EQ((*journal)->snapshot().end(), 0u);
  EXPECT_EQ((*journal)->snapshot().first_at_tick(0), 0u);
  EXPECT_EQ(recovery.cut_bytes, 0u);
  EXPECT_TRUE(recovery.quarantined.empty());
  const auto second = Journal::open(*files, scratch.path("j"), settings.make(), nullptr);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
}

TEST(Journal, RandomPlansEqualTheModel) {
  for (const size_t segment_bytes : {size_t{0}, size_t{1024}, size_t{8192}}) {
    Scratch scratch;
    Settings settings;
    const auto files = posix_files();
    std::mt19937 draw(static_cast<unsigned>(segment_bytes) + 1);
    Model model;
    for (int round = 0; round < 5; ++round) {
      std::vector<Control> folded;
      std::vector<std::string> folded_bytes;
      Options options = settings.make(segment_bytes);
      options.fold = [&](const Control& control) {
        folded.push_back(control);
        folded_bytes.emplace_back(control.bytes);
      };
      Recovery recovery;
      if (round == 3) {
        ASSERT_TRUE(drop_indexes(*files, scratch.path("j")));
      }
      auto opened = Journal::open(*files, scratch.path("j"), options, &recovery);
      ASSERT_TRUE(opened) << opened.error().detail;
      Journal& journal = **opened;
      EXPECT_EQ(recovery.cut_bytes, 0u);
      EXPECT_TRUE(recovery.quarantined.empty());
      EXPECT_EQ(recovery.rebuilt.empty(), round != 3 || segment_bytes == 0);
      size_t next = 0;
      for (const auto& control : model.controls) {
        if (control.kind >= kFoldedBelow) continue;
        ASSERT_LT(next, folded.size());
        EXPECT_EQ(folded_bytes[next], control.bytes);
        EXPECT_EQ(folded[next].tick_ms, control.tick_ms);
        EXPECT_EQ(folded[next++].position, control.position);
      }
      EXPECT_EQ(next, folded.size());
      compare(journal, journal.snapshot(), model, draw);
      for (int i = 0; i < 25; ++i) {
        play(journal, model, draw);
        if (i % 8 == 0) compare(journal, journal.snapshot(), model, draw);
        if (i % 3 == 0) settings.clock.advance_ms(draw() % 5);
      }
      compare(journal, journal.snapshot(), model, draw);
      const auto stats = journal.stats();
      EXPECT_EQ(stats.entries, model.items.size());
      EXPECT_EQ(stats.batches, model.batches.size());
    }
  }
}

TEST(Journal, ASnapshotNeverChanges) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(2048), nullptr);
  std::mt19937 draw(5);
  Model model;
  std::vector<std::pair<Snapshot, Model>> kept;
  for (int i = 0; i < 40; ++i) {
    play(*journal, model, draw);
    kept.emplace_back(journal->snapshot(), model);
  }
  for (const auto& [snapshot, then] : kept) {
    ASSERT_EQ(snapshot.end(), then.items.size());
    const release::World all = whole_world(snapshot);
    for (unsigned n = 0; n < 60; ++n) {
      const std::string id = "indicator--" + std::to_string(n);
      Position expected = kNone;
      std::vector<Position> referring;
      for (Position p = 0; p < then.items.size(); ++p) {
        if (then.items[p].id == id) expected = p;
        for (const std::string& target : then.items[p].references) {
          if (target == id && (referring.empty() || referring.back() != p)) referring.push_back(p);
        }
      }
      EXPECT_EQ(snapshot.newest(all, journal->hash(id)), expected);
      std::vector<Position> found;
      snapshot.referring(all, journal->hash(id), [&](Position p) {
        found.insert(found.begin(), p);
        return true;
      });
      EXPECT_EQ(found, referring);
    }
    for (Position p = 0; p < then.items.size(); ++p) {
      EXPECT_EQ(snapshot.bytes(all, p), then.items[p].bytes);
    }
    for (const auto& control : then.controls) {
      const auto found = snapshot.find_control(control.kind, journal->hash(control.key));
      ASSERT_TRUE(found);
      EXPECT_LE(found->tick_ms, snapshot.last_tick_ms());
    }
  }
}

TEST(Journal, TicksLeaveRoomForTheBatchBefore) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(), nullptr);
  const auto add_many = [&](uint32_t count) {
    return append(*journal,
                  [&](Plan& plan) -> Result<bool> {
                    for (uint32_t i = 0; i < count; ++i)
                      add(plan, *journal, "x--" + std::to_string(i), "{}");
                    return false;
                  })
        ->tick_ms;
  };
  const int64_t start = settings.clock.now_ms();
  EXPECT_EQ(add_many(limits::kEntriesPerTickMax), start);
  EXPECT_EQ(add_many(limits::kEntriesPerTickMax + 1), start + 1);
  EXPECT_EQ(add_many(1), start + 3);
  journal.reset();
  settings.clock.set_ms(start - 1'000'000);  // set back by the operator
  journal = *Journal::open(*files, scratch.path("j"), settings.make(), nullptr);
  EXPECT_EQ(add_many(1), start + 4);
}

TEST(Journal, AFailedPlanIsUndoneAlone) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(4096), nullptr);
  ASSERT_TRUE(add_one(*journal, "a", "{1}"));
  const std::string big(600, 'y');
  const auto failed = append(*journal, [&](Plan& plan) -> Result<bool> {
    for (int i = 0; i < 40; ++i) add(plan, *journal, "a", big);  // across several segments
    EXPECT_EQ(plan.bytes(20), big);
    return fail(Code::kUnprocessable, "no");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::kUnprocessable);
  EXPECT_EQ(journal->stats().segments, 1u);
  ASSERT_TRUE(add_one(*journal, "a", "{2}"));
  journal.reset();
  Recovery recovery;
  journal = *Journal::open(*files, scratch.path("j"), settings.make(4096), &recovery);
  EXPECT_EQ(recovery.cut_bytes, 0u);
  const Snapshot now = journal->snapshot();
  ASSERT_EQ(now.end(), 2u);
  EXPECT_EQ(now.bytes_for_views(0), "{1}");
  EXPECT_EQ(now.bytes_for_views(1), "{2}");
  EXPECT_EQ(now.entry_for_views(1).previous, 0u);
}

TEST(Journal, LimitsOfAnObjectHold) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(1024), nullptr);
  std::string largest(limits::kObjectBytesMax, 'z');
  std::vector<uint64_t> references(limits::kReferencesMax, 7);
  SeededRandom random(3);
  const Sealed sealed = seal(largest, references, random);
  ASSERT_TRUE(append(*journal, [&](Plan& plan) -> Result<bool> {
    plan.add_object(Entry{}, sealed);
    plan.add_object(Entry{}, sealed);
    return false;
  }));
  ASSERT_TRUE(add_one(*journal, "small", "{}"));
  journal.reset();
  journal = *Journal::open(*files, scratch.path("j"), settings.make(1024), nullptr);
  ASSERT_EQ(journal->snapshot().end(), 3u);
  EXPECT_EQ(journal->snapshot().bytes_for_views(1), largest);
  EXPECT_EQ(journal->snapshot().bytes_for_views(2), "{}");
}

}  // namespace
}  // namespace entente::store
