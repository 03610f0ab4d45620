// A server is killed at a random moment under concurrent writes, again and again, and what it acknowledged is looked for.
//
// Each writer posts envelopes of objects that can be made again from their numbers, and now and then takes one out again. An
// envelope answered 202 is acknowledged; one without an answer is in doubt: afterwards it must be there whole or not at all.
// After each kill the data directory is verified off line, served again and read by a client that polls by date, so that
// each round reads only what is new; a full read stands at the end.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/crash/binary.h"
#include "tests/crash/objects.h"

namespace entente::testing {
namespace {

constexpr int kWriters = 4;
constexpr uint32_t kEnvelopeObjectsMax = 50;
constexpr uint64_t kNumbersPerWriter = 1'000'000'000;

struct Envelope {
  uint64_t first = 0;
  uint32_t count = 0;
  bool acknowledged = false;
};

// What the writers of one round did.
struct Ledger {
  std::mutex mutex;
  std::vector<Envelope> envelopes;
  std::set<uint64_t> removed;          // DELETE answered 200
  std::set<uint64_t> perhaps_removed;  // DELETE without an answer
  std::vector<std::string> refusals;   // answers that were neither 202 nor 200
};

void sleep_us(uint64_t us) { std::this_thread::sleep_for(std::chrono::microseconds(us)); }

// Writes until the server is gone. Numbers of this writer go on from *next over all rounds.
void write_until_gone(int port, const std::string& key, uint64_t seed, uint64_t* next,
                      Ledger& ledger) {
  std::mt19937_64 random(seed);
  Wire wire(port);
  while (wire.connected()) {
    Envelope envelope{*next, uint32_t(1 + random() % kEnvelopeObjectsMax), false};
    *next += envelope.count;
    const auto answer = wire.ask("POST", objects_path("shared"), taxii_headers(key),
                                 envelope_of(envelope.first, envelope.count));
    envelope.acknowledged = answer && answer->status == 202;
    {
      std::lock_guard lock(ledger.mutex);
      ledger.envelopes.push_back(envelope);
      if (answer && answer->status != 202) ledger.refusals.push_back(answer->body);
      const std::string count = answer ? json_member(answer->body, "success_count") : "";
      if (envelope.acknowledged && count != std::to_string(envelope.count))
        ledger.refusals.push_back(answer->body);
    }
    if (!answer) return;
    if (envelope.acknowledged && random() % 8 == 0) {
      const uint64_t number = envelope.first + random() % envelope.count;
      const auto gone =
          wire.ask("DELETE", objects_path("shared") + object_id(number) + "/", taxii_headers(key));
      std::lock_guard lock(ledger.mutex);
      if (!gone) {
        ledger.perhaps_removed.insert(number);
        return;
      }
      if (gone->status == 200) ledger.removed.insert(number);
      if (gone->status != 200) ledger.refusals.push_back(gone->body);
    }
    if (random() % 4 == 0) sleep_us(random() % 3000);
  }
}

class KillRun {
 public:
  KillRun(uint64_t seed, int rounds) : random_(seed), rounds_(rounds), station_({"AVL", "BOR"}) {
    station_.collection("shared", {"AVL", "BOR"}, {"AVL"}, "tlp:amber");
    for (int i = 0; i < kWriters; ++i) next_.push_back(uint64_t(i + 1) * kNumbersPerWriter);
  }

  void run() {
    auto server = station_.serve();
    ASSERT_TRUE(server->ready()) << server->errors();
    for (int round = 0; round < rounds_ && !::testing::Test::HasFailure(); ++round) {
      SCOPED_TRACE("round " + std::to_string(round));
      Ledger ledger;
      write_and_kill(*server, ledger);
      check_off_line();
      server = station_.serve();
      ASSERT_TRUE(server->ready()) << server->errors();
      check_round(server->port(), ledger);
    }
    check_all(server->port());
    EXPECT_EQ(server->stop().exit_code, 0);
    printf(
        "%d kills, %llu envelopes acknowledged, %llu in doubt (%llu of them kept), %llu objects, "
        "%llu withdrawn\n",
        rounds_, acknowledged_, doubtful_, kept_, static_cast<unsigned long long>(alive_.size()),
        withdrawn_);
    EXPECT_GT(acknowledged_, 0u);
  }

 private:
  void write_and_kill(Running& server, Ledger& ledger) {
    std::vector<std::thread> writers;
    for (size_t i = 0; i < kWriters; ++i) {
      writers.emplace_back(write_until_gone, server.port(), station_.key("AVL"), random_(),
                           &next_[i], std::ref(ledger));
    }
    sleep_us(1'000 + random_() % 120'000);
    server.kill();
    for (std::thread& writer : writers) writer.join();
    for (const std::string& refusal : ledger.refusals) ADD_FAILURE() << "refused: " << refusal;
  }

  void check_off_line() {
    const Finished done = station_.verify();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(json_member(done.out, "problems"), "[]") << done.out;
  }

  void check_round(int port, const Ledger& ledger) {
    const Gathered news = gather(port, station_.key("BOR"), "shared", last_date_);
    ASSERT_TRUE(news.complete);
    std::set<uint64_t> present;
    for (size_t i = 0; i < news.objects.size(); ++i) {
      EXPECT_LT(last_date_, news.dates[i]) << "dates rise strictly";
      last_date_ = news.dates[i];
      const auto number = number_of(id_of(news.objects[i]));
      ASSERT_TRUE(number) << news.objects[i];
      EXPECT_EQ(news.objects[i], object_text(*number));
      EXPECT_TRUE(present.insert(*number).second) << *number << " came twice";
      EXPECT_TRUE(alive_.insert(*number).second) << *number << " came in an earlier round already";
    }
    for (const Envelope& envelope : ledger.envelopes) check_envelope(envelope, ledger, present);
    EXPECT_TRUE(present.empty()) << present.size() << " objects that nobody sent in this round";
    withdrawn_ += ledger.removed.size();
  }

  void check_envelope(const Envelope& envelope, const Ledger& ledger, std::set<uint64_t>& present) {
    uint32_t there = 0, withdrawn = 0;
    for (uint64_t number = envelope.first; number < envelope.first + envelope.count; ++number) {
      const bool is_there = present.erase(number) > 0;
      there += is_there;
      EXPECT_FALSE(is_there && ledger.removed.contains(number))
          << number << " was withdrawn and came back";
      if (!is_there && (ledger.removed.contains(number) || ledger.perhaps_removed.contains(number)))
        ++withdrawn;
    }
    if (envelope.acknowledged) {
      ++acknowledged_;
      EXPECT_EQ(there + withdrawn, envelope.count)
          << "acknowledged and lost, from " << envelope.first;
    } else {
      ++doubtful_;
      kept_ += there > 0;
      EXPECT_TRUE(there == 0 || there == envelope.count)
          << there << " of " << envelope.count << " from " << envelope.first
          << ": half an envelope";
    }
  }

  void check_all(int port) {
    const Gathered all = gather(port, station_.key("AVL"), "shared", "", 10'000);
    ASSERT_TRUE(all.complete);
    EXPECT_EQ(all.objects.size(), alive_.size());
    for (size_t i = 1; i < all.dates.size(); ++i) EXPECT_LT(all.dates[i - 1], all.dates[i]);
    for (const std::string& object : all.objects) {
      const uint64_t number = number_of(id_of(object)).value_or(0);
      EXPECT_TRUE(alive_.contains(number));
      EXPECT_EQ(object, object_text(number));
    }
  }

  std::mt19937_64 random_;
  const int rounds_;
  Station station_;
  std::vector<uint64_t> next_;
  std::string last_date_;
  std::set<uint64_t> alive_;
  unsigned long long acknowledged_ = 0, doubtful_ = 0, kept_ = 0, withdrawn_ = 0;
};

// Kills `entente import --strict` (with or without a server that does the work) at random moments.
class StrictRun {
 public:
  explicit StrictRun(uint64_t seed) : random_(seed), station_({"AVL"}) {
    station_.collection("shared", {"AVL"}, {"AVL"}, "tlp:amber");
  }

  void run(int rounds, uint32_t objects) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(import(objects, false).exit_code, 0);
    const auto whole_us = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
    int kept = 0;
    for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
      const bool with_server = round % 2 == 1;
      SCOPED_TRACE("round " + std::to_string(round) +
                   (with_server ? ", through a server" : ", alone"));
      const uint64_t first = next_;
      import(objects, with_server, 1 + random_() % uint64_t(whole_us.count() * 5 / 4));
      const Finished checked = station_.verify();
      EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
      kept += check_all_or_nothing(first, objects);
    }
    printf("%d strict imports of %u objects killed, %d of them kept whole\n", rounds, objects,
           kept);
  }

 private:
  // Imports fresh objects; with a delay, kills whoever does the work after it.
  Finished import(uint32_t objects, bool with_server, uint64_t kill_after_us = 0) {
    const std::string file = station_.beside("import.json");
    write_file(file,
               "{\"type\":\"bundle\",\"id\":\"bundle--7e57ab1e-0000-4000-8000-000000000000\"," +
                   envelope_of(next_, objects).substr(1));
    next_ += objects;
    std::unique_ptr<Running> server;
    if (with_server) server = station_.serve();
    if (server && !server->ready()) ADD_FAILURE() << server->errors();
    Child child({"import", "--data", station_.directory(), "--party", "AVL", "--collection",
                 "shared", "--strict", "--json", file});
    if (kill_after_us > 0) {
      sleep_us(kill_after_us);
      if (server) {
        server->kill();
      } else {
        child.signal(SIGKILL);
      }
    }
    return child.wait();
  }

  // 1 if the objects from `first` are all there, 0 if none is; anything between fails.
  int check_all_or_nothing(uint64_t first, uint32_t count) {
    auto server = station_.serve();
    if (!server->ready()) ADD_FAILURE() << server->errors();
    const Gathered news = gather(server->port(), station_.key("AVL"), "shared", last_date_, 10'000);
    EXPECT_TRUE(news.complete);
    uint32_t there = 0;
    for (const std::string& object : news.objects) {
      const uint64_t number = number_of(id_of(object)).value_or(0);
      EXPECT_EQ(object, object_text(number));
      there += number >= first && number < first + count;
    }
    last_date_ = news.last_date;
    EXPECT_TRUE(there == 0 || there == count)
        << there << " of " << count << ": a strict import that is half there";
    EXPECT_EQ(server->stop().exit_code, 0);
    return there > 0 ? 1 : 0;
  }

  std::mt19937_64 random_;
  Station station_;
  uint64_t next_ = 1;
  std::string last_date_;
};

}  // namespace

TEST(Kill, TenTimesUnderConcurrentWrites) { KillRun(printed_seed("Kill"), 10).run(); }

TEST(Kill, StrictImportsAreAllOrNothing) { StrictRun(printed_seed("Kill.Strict")).run(4, 8'000); }

TEST(KillSlow, TwoHundredTimesUnderConcurrentWrites) {
  KillRun(printed_seed("KillSlow"), 200).run();
}

TEST(KillSlow, StrictImportsAreAllOrNothing) {
  StrictRun(printed_seed("KillSlow.Strict")).run(40, 30'000);
}

}  // namespace entente::testing
