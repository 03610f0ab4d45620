// Readers beside the writer: what a snapshot shows is whole and does not change, whatever is appended, rolled, indexed and
// undone meanwhile. Meant for the thread sanitizer; it checks answers too.
#include <atomic>
#include <thread>

#include "store/test_support.h"

namespace entente::store {
namespace {

constexpr unsigned kIds = 40;

std::string id_of(unsigned n) { return "id--" + std::to_string(n); }

// Reads everything that the writer touches and checks that it hangs together.
void read_once(const Journal& journal, std::mt19937& draw) {
  const Snapshot now = journal.snapshot();
  if (now.end() == 0) return;
  const release::World all = whole_world(now);
  const std::string id = id_of(static_cast<unsigned>(draw() % kIds));
  uint32_t steps = 0;
  Position last = now.end();
  for (Position p = now.newest(all, journal.hash(id)); p != kNone && steps < 50;
       p = now.older(all, p), ++steps) {
    ASSERT_LT(p, last);
    ASSERT_EQ(now.entry(all, p).id_hash, journal.hash(id));
    ASSERT_TRUE(now.bytes(all, p).starts_with(id + " "));
    if (last != now.end()) {
      ASSERT_TRUE(now.may_have_newer(p));
    }
    last = p;
  }
  last = now.end();
  steps = 0;
  now.referring(all, journal.hash("target"), [&](Position p) {
    EXPECT_LT(p, last);
    last = p;
    return ++steps < 50;
  });
  const Position some = static_cast<Position>(draw() % now.end());
  const BatchInfo batch = now.batch_of(some);
  ASSERT_TRUE(batch.first <= some && some < batch.end && batch.end <= now.end());
  ASSERT_EQ(now.first_at_tick(batch.tick_ms), batch.first);
  uint64_t counted = 0;
  now.scan_columns_for_views(some, now.end(), [&](const ColumnSpans& spans) {
    for (uint32_t i = 0; i < spans.count; ++i) counted += spans.mark_set[i];
  });
  ASSERT_EQ(counted, now.end() - some);
  const auto control = now.find_control(200, journal.hash("count"));
  ASSERT_TRUE(control);
  ASSERT_EQ(std::stoul(std::string(control->bytes)), now.end());
}

TEST(Threads, ReadersSeeWholeBatchesOnly) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(32 * 1024), nullptr);
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 draw(t);
      while (!stop) read_once(*journal, draw);
    });
  }
  threads.emplace_back([&] {
    while (!stop) {
      for (const std::string& text : journal->verify({}).problems) ADD_FAILURE() << text;
    }
  });
  for (unsigned t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 draw(100 + t);
      for (int round = 0; round < 150; ++round) {
        const bool fails = draw() % 6 == 0;
        const auto outcome = append(*journal, [&](Plan& plan) -> Result<bool> {
          for (unsigned i = 0; i < 1 + draw() % 20; ++i) {
            const std::string id = id_of(static_cast<unsigned>(draw() % kIds));
            add(plan, *journal, id, id + " " + std::string(draw() % 200, 'x'), {"target"});
          }
          plan.add_control(200, journal->hash("count"), std::to_string(plan.next_position()));
          if (fails) return fail(Code::kConflict, "drawn");
          return false;
        });
        ASSERT_EQ(outcome.has_value(), !fails);
      }
    });
  }
  threads[3].join();
  threads[4].join();
  stop = true;
  for (size_t i = 0; i < 3; ++i) threads[i].join();
  EXPECT_GT(journal->stats().segments, 5u);
}

TEST(Threads, AQueueThatIsFullRefuses) {
  Scratch scratch;
  Settings settings;
  const auto files = posix_files();
  auto journal = *Journal::open(*files, scratch.path("j"), settings.make(), nullptr);
  class Heavy final : public Append {
   public:
    Heavy(size_t bytes, std::atomic<int>& refused) : bytes_(bytes), refused_(refused) {}
    Result<bool> plan(Plan&) override { return false; }
    void commit(const Committed&) override {}
    void done(Result<Committed> outcome) override {
      if (!outcome) {
        EXPECT_EQ(outcome.error().code, Code::kUnavailable);
        ++refused_;
      }
    }
    size_t size_bytes() const override { return bytes_; }

   private:
    size_t bytes_;
    std::atomic<int>& refused_;
  };
  std::atomic<int> refused{0};
  EXPECT_TRUE(
      journal->append_and_wait(std::make_unique<Heavy>(limits::kWriteQueueBytesMax, refused)));
  EXPECT_EQ(refused, 0);
  while (journal->stats().queued_bytes > 0) std::this_thread::yield();
  EXPECT_FALSE(
      journal->append_and_wait(std::make_unique<Heavy>(limits::kWriteQueueBytesMax + 1, refused)));
  EXPECT_EQ(refused, 1);
}

}  // namespace
}  // namespace entente::store
