// One byte of a closed node's files is flipped, in every region of every kind of file: `entente verify` must say so and
// name the file, and the node must still open and serve all that does not stand in the damaged place.
//
// The node is filled in this process, so that its segments can be small and there are several sealed ones; the program then
// works on copies of it.
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <random>
#include <set>

#include "base/clock.h"
#include "base/random.h"
#include "exchange/node.h"
#include "json/json.h"
#include "store/files.h"
#include "taxii/taxii.h"
#include "tests/crash/binary.h"
#include "tests/crash/objects.h"

namespace entente::testing {
namespace {

constexpr size_t kSegmentBytes = 64 * 1024;
constexpr uint64_t kEnvelopes = 60;
constexpr uint32_t kEnvelopeObjects = 10;
constexpr uint64_t kMarkBytes = 80;

// Fills the node with objects 1 to kEnvelopes * kEnvelopeObjects, in small segments.
void fill(const Station& station) {
  SystemClock clock;
  SeededRandom random(1);
  const auto files = store::posix_files();
  exchange::NodeOptions options;
  options.directory = station.directory();
  options.clock = &clock;
  options.random = &random;
  options.files = files.get();
  options.segment_bytes = kSegmentBytes;
  store::Recovery recovery;
  auto node = exchange::Node::open(options, &recovery);
  ASSERT_TRUE(node.has_value()) << node.error().detail;
  taxii::Server server(**node, random, "test");
  for (uint64_t i = 0; i < kEnvelopes; ++i) {
    Request request;
    request.method = "POST";
    request.path = objects_path("shared");
    request.headers = taxii_headers(station.key("AVL"));
    request.body = json::padded(envelope_of(1 + i * kEnvelopeObjects, kEnvelopeObjects));
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Response> answer;
    server.handle(std::move(request), [&](Response response) {
      std::lock_guard lock(mutex);
      answer = std::move(response);
      changed.notify_all();
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return answer.has_value(); });
    ASSERT_EQ(answer->status, 202) << answer->body.flatten();
  }
}

struct Flip {
  std::string file;  // in the journal's directory
  uint64_t offset = 0;
};

class Damage : public ::testing::Test {
 protected:
  Damage() : station_({"AVL"}), random_(printed_seed("Damage")) {
    station_.collection("shared", {"AVL"}, {"AVL"}, "tlp:amber");
    fill(station_);
    for (const std::string& name : list_directory(station_.journal())) {
      if (!std::filesystem::is_regular_file(station_.journal() + "/" + name)) continue;
      const std::string bytes = read_file(station_.journal() + "/" + name);
      if (!bytes.empty()) files_[name] = bytes;
    }
    const Finished before = station_.verify();
    EXPECT_EQ(before.exit_code, 0) << before.out << before.err;
  }

  // The ends, fixed places of the header, and random ones in each eighth.
  std::vector<Flip> places(const std::string& name, int in_each_eighth) {
    const uint64_t size = files_.at(name).size();
    std::set<uint64_t> offsets{0, 20, 50, 90, size - 90, size - 60, size - 1};
    for (uint64_t eighth = 0; eighth < 8; ++eighth) {
      for (int i = 0; i < in_each_eighth; ++i)
        offsets.insert(size * eighth / 8 + random_() % (size / 8 + 1));
    }
    std::vector<Flip> out;
    for (const uint64_t offset : offsets) {
      if (offset < size) out.push_back({name, offset});
    }
    return out;
  }

  // Copies the node, flips one byte there and gives the copy's directory.
  std::string damaged(const Flip& flip) {
    const std::string copy = station_.beside("copy");
    copy_directory(station_.directory(), copy);
    std::string bytes = files_.at(flip.file);
    bytes[flip.offset] = static_cast<char>(bytes[flip.offset] ^ 0x41);
    write_file(copy + "/journal/" + flip.file, bytes);
    return copy;
  }

  static int verify_code(const std::string& directory) {
    return run_entente({"verify", "--data", directory, "--json"}).exit_code;
  }

  void expect_reported(const std::string& directory, const Flip& flip) {
    const Finished done = run_entente({"verify", "--data", directory, "--json"});
    EXPECT_EQ(done.exit_code, 1) << done.out << done.err;
    const std::string said = json_member(done.out, "problems") + done.err;
    EXPECT_NE(said.find(flip.file), std::string::npos)
        << "names the place: " << done.out << done.err;
  }

  // What the node at that place exports, against what was put into it.
  struct Exported {
    std::set<uint64_t> missing;  // numbers whose object is not there as it was
    int wrong = 0;               // lines that are no object of the test
  };
  Exported export_of(const std::string& directory) {
    const Finished done = run_entente({"export", "--data", directory, "--party", "AVL"});
    EXPECT_EQ(done.exit_code, 0) << "the node opens: " << done.err;
    Exported out;
    for (uint64_t number = 1; number <= kEnvelopes * kEnvelopeObjects; ++number)
      out.missing.insert(number);
    size_t begin = 0;
    for (size_t end; (end = done.out.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const std::string line = done.out.substr(begin, end - begin);
      const auto number = number_of(id_of(line));
      const bool is_right = number && line == object_text(*number);
      if (is_right) out.missing.erase(*number);
      out.wrong += !is_right;
    }
    return out;
  }

  // Its exit code is 1 if it found damage that no rebuilding mends.
  void rebuild(const std::string& directory, int code) {
    const Finished done = run_entente({"rebuild", "--data", directory, "--json"});
    EXPECT_EQ(done.exit_code, code) << done.out << done.err;
  }

  std::string last_segment() const {
    std::string last;
    for (const auto& [name, bytes] : files_) {
      if (is_segment(bytes)) last = name;
    }
    return last;
  }

  // Whether what stands before the first object of the file is hit: the node's own records, or the file's header.
  bool is_before_objects(const Flip& flip) const {
    return flip.offset < files_.at(flip.file).find("\"type\":") || flip.offset < 112;
  }

  static bool is_segment(const std::string& bytes) {
    return bytes.find("7e57ab1e") != std::string::npos;
  }

  Station station_;
  std::mt19937_64 random_;
  std::map<std::string, std::string> files_;
};

}  // namespace

TEST_F(Damage, InSegmentsTakesOneObjectAtMost) {
  int segments = 0, flips = 0, lost = 0, served = 0;
  for (const auto& [name, bytes] : files_) {
    if (!is_segment(bytes)) continue;
    ++segments;
    for (const Flip& flip : places(name, segments % 3 == 1 ? 1 : 0)) {
      if (segments == 1 && is_before_objects(flip))
        continue;  // the directory's records: the test below
      SCOPED_TRACE(flip.file + " at " + std::to_string(flip.offset) + " of " +
                   std::to_string(bytes.size()));
      // The mark after the last commit of all is not waited for: a damaged one is a torn write, which the next start cuts.
      const bool is_torn = name == last_segment() && flip.offset + kMarkBytes >= bytes.size();
      const std::string copy = damaged(flip);
      if (!is_torn) expect_reported(copy, flip);
      // A sealed segment is served as its index says it is; what the damage hit may come out damaged, and nothing else.
      const Exported at_once = export_of(copy);
      EXPECT_LE(at_once.missing.size(), 1u) << "lost more than what stood there";
      EXPECT_LE(at_once.wrong, 1);
      served += at_once.wrong;
      rebuild(copy, is_torn ? 0 : 1);
      const Exported after = export_of(copy);
      EXPECT_EQ(after.wrong, 0) << "damage is served after a rebuild";
      EXPECT_LE(after.missing.size(), 1u) << "lost more than what stood there";
      for (const uint64_t number : after.missing) {
        // Its frame begins before its bytes, with some 120 bytes and its references.
        const size_t at = bytes.find(object_text(number));
        EXPECT_TRUE(at != std::string::npos && flip.offset + 200 >= at &&
                    flip.offset <= at + object_text(number).size() + 8)
            << number << " stands elsewhere";
      }
      ++flips;
      lost += static_cast<int>(after.missing.size());
    }
  }
  printf("%d segments, %d flips, %d took an object, %d were served before the rebuild\n", segments,
         flips, lost, served);
  EXPECT_GE(segments, 3) << "sealed segments and an active one";
  EXPECT_GT(lost, 0) << "no flip hit an object: the test looks at the wrong places";
}

TEST_F(Damage, InIndexesTakesNothing) {
  int indexes = 0, flips = 0, unseen = 0;
  for (const auto& [name, bytes] : files_) {
    if (is_segment(bytes) || bytes.size() < 1000) continue;
    if (indexes == 2) break;
    ++indexes;
    for (const Flip& flip : places(name, 1)) {
      SCOPED_TRACE(flip.file + " at " + std::to_string(flip.offset) + " of " +
                   std::to_string(bytes.size()));
      const std::string copy = damaged(flip);
      // Sections are aligned: zeros between them carry nothing and are not covered by any checksum.
      const bool may_be_padding =
          bytes[flip.offset] == 0 && verify_code(copy) == 0 && export_of(copy).missing.empty();
      unseen += may_be_padding;
      if (!may_be_padding) expect_reported(damaged(flip), flip);
      rebuild(copy, 0);
      const Exported after = export_of(copy);
      EXPECT_TRUE(after.missing.empty() && after.wrong == 0) << "an index is made anew";
      const Finished again = run_entente({"verify", "--data", copy, "--json"});
      EXPECT_EQ(again.exit_code, 0) << "and is sound then: " << again.out;
      ++flips;
    }
  }
  printf("%d indexes, %d flips, %d between sections\n", indexes, flips, unseen);
  EXPECT_LE(unseen, flips / 4) << "more than alignment leaves unchecked";
  EXPECT_GT(indexes, 0);
}

// Who may read is decided by the directory: with a part of it lost the node stays closed rather than open to the wrong
// readers, and says why. What it can do without, or finds whole elsewhere, keeps it from nothing.
TEST_F(Damage, InTheDirectorysRecordsOpensNothingWrongly) {
  int closed = 0, served = 0, hidden = 0;
  for (const auto& [name, bytes] : files_) {
    if (!is_segment(bytes)) continue;
    const uint64_t objects = bytes.find("\"type\":");
    for (uint64_t offset = 0; offset < objects; offset += 1 + objects / 12) {
      const Flip flip{name, offset};
      SCOPED_TRACE(flip.file + " at " + std::to_string(flip.offset) + " of " +
                   std::to_string(bytes.size()));
      const std::string copy = damaged(flip);
      const Finished done = run_entente({"verify", "--data", copy, "--json"});
      EXPECT_EQ(done.exit_code, 1) << done.out << done.err;
      EXPECT_NE(json_member(done.out, "problems"), "[]") << done.out;
      const Running server(copy, Environment{}, std::vector<std::string>{});
      if (!server.ready()) {
        EXPECT_NE(server.errors().find("lost to damage"), std::string::npos) << server.errors();
        ++closed;
        continue;
      }
      ++served;
      expect_reported(copy, flip);
      // What a lost mark-set covered is shown to nobody; nothing is shown that was not put in.
      const Exported shown = export_of(copy);
      EXPECT_EQ(shown.wrong, 0);
      hidden += shown.missing.size() > 1;
    }
    break;
  }
  printf("%d flips kept the node closed, %d did not, %d of these hid a mark-set\n", closed, served,
         hidden);
  EXPECT_GT(closed, 0) << "no flip hit a change of the directory";
}

TEST_F(Damage, ASmallFileIsReportedOrMadeAnew) {
  for (const auto& [name, bytes] : files_) {
    if (is_segment(bytes) || bytes.size() >= 1000) continue;
    for (const uint64_t offset : {uint64_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      const Flip flip{name, offset};
      SCOPED_TRACE(flip.file + " at " + std::to_string(flip.offset) + " of " +
                   std::to_string(bytes.size()));
      const std::string copy = damaged(flip);
      expect_reported(copy, flip);
      EXPECT_TRUE(export_of(copy).missing.empty()) << "what the segments also hold is not lost";
    }
  }
}

}  // namespace entente::testing
