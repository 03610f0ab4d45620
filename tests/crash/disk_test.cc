// A disk that refuses, under a running server: writes that fail or are cut short, a full disk, a sync that fails. Each write
// is then acknowledged and kept, or refused with a clear 503 and absent; readers go on; and where the disk recovers, so
// does the server, without a restart (but after a failed sync, whose pages the kernel has forgotten).
#include <gtest/gtest.h>

#include <cerrno>
#include <set>

#include "base/result.h"
#include "tests/crash/binary.h"
#include "tests/crash/objects.h"
#include "tests/crash/shim_control.h"

namespace entente::testing {
namespace {

// A served node whose disk the test breaks, with a record of what it acknowledged.
class Broken {
 public:
  Broken() : station_({"AVL"}) {
    station_.collection("shared", {"AVL"}, {"AVL"}, "tlp:amber");
    server_ = station_.serve(shim_.environment());
    CHECK(server_->ready() && shim_.loaded());
    wire_ = std::make_unique<Wire>(server_->port());
    post(5);
    EXPECT_EQ(status_, 202);
  }

  Faults& faults() { return shim_.faults(); }
  void heal() { shim_.heal(); }
  int status() const { return status_; }
  const Answer& answer() const { return answer_; }

  // Posts fresh objects and notes what became of them.
  void post(uint32_t count) {
    take(wire_->ask("POST", objects_path("shared"), headers(), envelope_of(next_, count)), 202,
         count);
  }
  // The same through the API's import.
  void import(uint32_t count) {
    const std::vector<Header> plain{{"Authorization", "Bearer " + station_.key("AVL")},
                                    {"Content-Type", "application/json"}};
    take(wire_->ask("POST", "/api/v1/import?strict=true&collection=shared", plain,
                    envelope_of(next_, count)),
         200, count);
  }
  void remove(uint64_t number) {
    const auto answer =
        wire_->ask("DELETE", objects_path("shared") + object_id(number) + "/", headers());
    ASSERT_TRUE(answer);
    answer_ = *answer;
    status_ = answer->status;
    if (status_ == 200) kept_.erase(number);
  }

  void expect_refusal(const std::string& media, const std::string& words) {
    EXPECT_EQ(status_, 503) << answer_.body;
    EXPECT_EQ(answer_.header("Content-Type"), media);
    EXPECT_NE(answer_.body.find(words), std::string::npos) << answer_.body;
    EXPECT_EQ(answer_.body.find(station_.directory()), std::string::npos)
        << "a client learns no paths: " << answer_.body;
    const bool is_taxii = media.starts_with("application/taxii");
    EXPECT_EQ(json_member(answer_.body, is_taxii ? "http_status" : "status"), "503");
  }

  // What is served now is exactly what was acknowledged.
  void expect_served() { expect_kept(server_->port()); }

  // Kills the server and starts it again on a sound disk.
  void restart() {
    wire_.reset();
    server_->kill();
    const Finished done = station_.verify();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    shim_.heal();
    server_ = station_.serve(shim_.environment());
    ASSERT_TRUE(server_->ready()) << server_->errors();
    wire_ = std::make_unique<Wire>(server_->port());
    expect_served();
  }

  Station& station() { return station_; }
  Environment environment() const { return shim_.environment(); }
  void stop() { server_->stop(); }

 private:
  std::vector<Header> headers() const { return taxii_headers(station_.key("AVL")); }

  void take(const std::optional<Answer>& answer, int success, uint32_t count) {
    ASSERT_TRUE(answer) << "the server went away: " << server_->errors();
    answer_ = *answer;
    status_ = answer->status;
    if (status_ == success) {
      for (uint64_t number = next_; number < next_ + count; ++number) kept_.insert(number);
    }
    next_ += count;
  }

  void expect_kept(int port) {
    const Gathered all = gather(port, station_.key("AVL"), "shared", "");
    ASSERT_TRUE(all.complete) << "readers go on";
    std::set<uint64_t> there;
    for (const std::string& object : all.objects) {
      const uint64_t number = number_of(id_of(object)).value_or(0);
      EXPECT_EQ(object, object_text(number));
      there.insert(number);
    }
    EXPECT_EQ(there, kept_);
  }

  Shim shim_;
  Station station_;
  std::unique_ptr<Running> server_;
  std::unique_ptr<Wire> wire_;
  uint64_t next_ = 1;
  std::set<uint64_t> kept_;
  int status_ = 0;
  Answer answer_;
};

constexpr const char* kTaxii = "application/taxii+json;version=2.1";
constexpr const char* kProblem = "application/problem+json";

}  // namespace

TEST(Disk, EachWriteFailsOnce) {
  if (!Shim::usable("Disk")) return;
  Broken node;
  int refused = 0;
  for (int n = 0; n < 12; ++n) {
    SCOPED_TRACE("write " + std::to_string(n) + " fails");
    node.faults().fail_writes_count = 1;
    node.faults().fail_write_errno = EIO;
    node.faults().fail_write_after = n % 3;
    for (int i = 0; i < 3; ++i) {
      node.post(uint32_t(1 + n));
      if (node.status() != 202) {
        ++refused;
        node.expect_refusal(kTaxii, "nothing was stored");
      }
    }
    node.expect_served();
    node.heal();
    node.post(2);
    EXPECT_EQ(node.status(), 202) << "the disk is sound again: " << node.answer().body;
  }
  EXPECT_GT(refused, 0);
  node.restart();
}

TEST(Disk, ShortWrites) {
  if (!Shim::usable("Disk")) return;
  Broken node;
  node.faults().short_first = 1;
  node.faults().fail_write_after = 0;
  node.post(30);
  EXPECT_EQ(node.status(), 202) << "a short write goes on where it stopped";
  node.heal();
  node.faults().short_first = 1;
  node.faults().fail_writes_count = 1;
  node.faults().fail_write_errno = ENOSPC;
  node.faults().fail_write_after = 0;
  node.post(30);
  node.expect_refusal(kTaxii, "disk full");
  node.expect_served();
  node.heal();
  node.post(3);
  EXPECT_EQ(node.status(), 202);
  node.restart();
}

TEST(Disk, FullAndThenNot) {
  if (!Shim::usable("Disk")) return;
  Broken node;
  for (const int64_t bytes : {0, 1, 79, 200, 5'000, 70'000}) {
    SCOPED_TRACE(std::to_string(bytes) + " bytes left");
    node.faults().bytes_left = bytes;
    int posts = 0;
    do node.post(20);
    while (node.status() == 202 && ++posts < 1000);
    node.expect_refusal(kTaxii, "disk full");
    node.faults().bytes_left = 0;
    node.import(3);
    node.expect_refusal(kProblem, "disk full");
    node.remove(1);
    node.expect_refusal(kTaxii, "disk full");
    node.expect_served();
    node.heal();
    node.post(4);
    EXPECT_EQ(node.status(), 202) << "room again, and no restart: " << node.answer().body;
    node.import(4);
    EXPECT_EQ(node.status(), 200) << node.answer().body;
    node.expect_served();
  }
  node.remove(1);
  EXPECT_EQ(node.status(), 200);
  node.restart();
}

TEST(Disk, FullAtTheKill) {
  if (!Shim::usable("Disk")) return;
  Broken node;
  node.faults().bytes_left = 3'000;
  for (int i = 0; i < 20; ++i) node.post(10);
  EXPECT_EQ(node.status(), 503);
  node.restart();
  node.post(5);
  EXPECT_EQ(node.status(), 202);
}

TEST(Disk, ASyncThatFailsStopsWritingUntilARestart) {
  if (!Shim::usable("Disk")) return;
  for (int n = 0; n < 3; ++n) {
    SCOPED_TRACE("sync " + std::to_string(n) + " fails");
    Broken node;
    node.faults().fail_sync_after = n;
    for (int i = 0; i < n; ++i) {
      node.post(5);
      EXPECT_EQ(node.status(), 202);
    }
    node.post(5);
    node.expect_refusal(kTaxii, "nothing was stored");
    node.heal();
    node.expect_served();
    node.post(5);
    node.expect_refusal(kTaxii, "restart");
    node.import(5);
    node.expect_refusal(kProblem, "restart");
    node.expect_served();
    node.restart();
    node.post(5);
    EXPECT_EQ(node.status(), 202);
    node.expect_served();
  }
}

TEST(Disk, AnImportThatFindsNoRoomSaysSo) {
  if (!Shim::usable("Disk")) return;
  Broken node;
  node.stop();
  const std::string file = node.station().beside("import.json");
  write_file(file, envelope_of(500'000, 2'000));
  for (const char* strict : {"--strict", ""}) {
    node.faults().bytes_left = 20'000;
    std::vector<std::string> words{"import",  "--data", node.station().directory(),
                                   "--party", "AVL",    "--collection",
                                   "shared",  "--json", file};
    if (*strict != '\0') words.insert(words.end() - 1, strict);
    const Finished done = run_entente(words, node.environment());
    EXPECT_EQ(done.exit_code, 2) << done.out << done.err;
    EXPECT_NE(done.err.find("disk full"), std::string::npos) << done.err;
    node.heal();
    const Finished checked = node.station().verify();
    EXPECT_EQ(checked.exit_code, 0) << checked.out;
    EXPECT_EQ(node.station().export_world("AVL").out.find(object_id(500'000)), std::string::npos);
  }
}

}  // namespace entente::testing
