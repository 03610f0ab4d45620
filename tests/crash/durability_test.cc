// Shows that fdatasync of the journal returned before each acknowledgement was handed to the kernel. A kill cannot show it:
// what a killed process wrote is in the page cache, synced or not.
//
// The calls come from a library loaded into the server. Two rules are checked on the trace. With one client: when an
// answer that acknowledges a write is sent, every write of the journal before it has been followed by a sync that
// returned (but for the mark that repeats a commit already durable, which nobody waits for). With several: each
// acknowledged object's place in its file was written before the begin of a sync that returned before the answer. The
// rules are functions over a trace, tested on made-up traces that break them.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "store/frame.h"
#include "tests/crash/binary.h"
#include "tests/crash/objects.h"
#include "tests/crash/shim_control.h"

namespace entente::testing {
namespace {

bool is_acknowledgement(const Call& call) {
  return call.event == Event::kSend && (call.status == 202 || call.status == 200) &&
         call.request.starts_with("ack-");
}

struct Pending {
  size_t at = 0;  // in the trace
  uint64_t size = 0;
};

// What breaks the rule for one client, in words.
std::vector<std::string> unsynced_at_answers(const std::vector<Call>& trace) {
  std::vector<std::string> out;
  std::map<uint64_t, std::vector<Pending>> unsynced;
  std::map<uint64_t, size_t> sync_begin;
  for (size_t at = 0; at < trace.size(); ++at) {
    const Call& call = trace[at];
    if (call.event == Event::kWrite || call.event == Event::kTruncate)
      unsynced[call.file].push_back({at, call.size});
    if (call.event == Event::kSyncBegin) sync_begin[call.file] = at;
    if (call.event == Event::kSyncEnd) {
      std::erase_if(unsynced[call.file],
                    [&](const Pending& one) { return one.at < sync_begin[call.file]; });
    }
    if (!is_acknowledgement(call)) continue;
    for (const auto& [file, writes] : unsynced) {
      for (const Pending& one : writes) {
        if (one.size == sizeof(store::MarkFrame)) continue;
        out.push_back(call.request + " was answered while call " + std::to_string(one.at) + " of " +
                      std::to_string(one.size) + " bytes was not synced");
      }
    }
  }
  return out;
}

// A place in a journal file that must be durable before an answer is sent.
struct Place {
  uint64_t file = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
  std::string request;
};

std::string order_of(const std::vector<Call>& trace, const Place& place) {
  std::optional<size_t> written, begun, synced;
  for (size_t at = 0; at < trace.size(); ++at) {
    const Call& call = trace[at];
    const bool is_file = call.file == place.file;
    if (is_file && call.event == Event::kWrite && call.offset < place.offset + place.size &&
        call.offset + call.size > place.offset) {
      written = at;
      begun = synced = std::nullopt;
    }
    if (is_file && call.event == Event::kSyncBegin && written && !synced) begun = at;
    if (is_file && call.event == Event::kSyncEnd && begun) synced = at;
    if (call.event == Event::kSend && call.request == place.request) {
      if (!written) return place.request + " was answered before it was written";
      if (!synced) return place.request + " was answered before it was synced";
      return "";
    }
  }
  return place.request + " was never answered";
}

std::vector<Header> named(std::vector<Header> headers, const std::string& request) {
  headers.push_back({"X-Request-Id", request});
  return headers;
}

// Where each object stands, by its text: the journal's files are read as bytes.
std::map<uint64_t, std::string> journal_files(const std::string& directory) {
  std::map<uint64_t, std::string> out;
  for (const std::string& name : list_directory(directory)) {
    struct stat info;
    if (stat((directory + "/" + name).c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
      out[info.st_ino] = read_file(directory + "/" + name);
    }
  }
  return out;
}

std::optional<Place> place_of(const std::map<uint64_t, std::string>& files,
                              const std::string& text) {
  for (const auto& [file, bytes] : files) {
    const size_t at = bytes.find(text);
    if (at != std::string::npos) return Place{file, at, text.size(), ""};
  }
  return std::nullopt;
}

}  // namespace

TEST(DurabilityRules, AnAnswerBeforeTheSyncIsSeen) {
  const Call write{Event::kWrite, 7, 100, 500, 0, ""},
      mark{Event::kWrite, 7, 600, sizeof(store::MarkFrame), 0, ""};
  const Call begin{Event::kSyncBegin, 7, 0, 0, 0, ""}, end{Event::kSyncEnd, 7, 0, 0, 0, ""};
  const Call failed{Event::kSyncFailed, 7, 0, 0, 0, ""}, send{Event::kSend, 0, 0, 0, 202, "ack-1"};
  const Call refusal{Event::kSend, 0, 0, 0, 503, "ack-1"};
  const Place place{7, 200, 50, "ack-1"};
  EXPECT_TRUE(unsynced_at_answers({write, begin, end, mark, send}).empty());
  EXPECT_EQ(order_of({write, begin, end, mark, send}, place), "");
  EXPECT_TRUE(unsynced_at_answers({write, refusal}).empty()) << "a refusal acknowledges nothing";
  for (const std::vector<Call>& wrong : {std::vector<Call>{write, send, begin, end},
                                         {write, begin, send, end},
                                         {begin, write, end, send},
                                         {write, begin, failed, send},
                                         {write, send}}) {
    EXPECT_EQ(unsynced_at_answers(wrong).size(), 1u);
    EXPECT_NE(order_of(wrong, place), "");
  }
}

TEST(Durability, EveryAcknowledgementFollowsItsSync) {
  if (!Shim::usable("Durability")) return;
  Station station({"AVL"});
  station.collection("shared", {"AVL"}, {"AVL"}, "tlp:amber");
  Shim shim;
  auto server = station.serve(shim.environment());
  ASSERT_TRUE(server->ready()) << server->errors();
  ASSERT_TRUE(shim.loaded());
  const auto headers = taxii_headers(station.key("AVL"));
  Wire wire(server->port());
  std::vector<std::string> requests;
  for (uint64_t i = 0; i < 40; ++i) {
    requests.push_back("ack-post-" + std::to_string(i));
    const auto posted = wire.ask("POST", objects_path("shared"), named(headers, requests.back()),
                                 envelope_of(1 + i * 100, uint32_t(1 + i * 2)));
    ASSERT_TRUE(posted && posted->status == 202) << (posted ? posted->body : "no answer");
    if (i % 4 == 0) {
      requests.push_back("ack-delete-" + std::to_string(i));
      const auto gone = wire.ask("DELETE", objects_path("shared") + object_id(1 + i * 100) + "/",
                                 named(headers, requests.back()));
      ASSERT_TRUE(gone && gone->status == 200);
    }
    if (i % 8 == 0) {
      requests.push_back("ack-import-" + std::to_string(i));
      std::vector<Header> plain{{"Authorization", "Bearer " + station.key("AVL")},
                                {"Content-Type", "application/json"}};
      const auto imported =
          wire.ask("POST", "/api/v1/import?collection=shared", named(plain, requests.back()),
                   envelope_of(1'000'000 + i * 100, 5));
      ASSERT_TRUE(imported && imported->status == 200) << (imported ? imported->body : "no answer");
      EXPECT_EQ(json_member(imported->body, "accepted"), "5");
    }
  }
  server->stop();
  const std::vector<Call> trace = shim.trace();
  std::set<std::string> answered;
  for (const Call& call : trace) {
    if (is_acknowledgement(call)) answered.insert(call.request);
  }
  EXPECT_EQ(answered.size(), requests.size()) << "the trace has every answer";
  for (const std::string& problem : unsynced_at_answers(trace)) ADD_FAILURE() << problem;
  EXPECT_GE(shim.faults().syncs.load(), requests.size())
      << "with one client, each write has a sync of its own";
}

TEST(Durability, WithManyWritersEachObjectIsSyncedBeforeItsAnswer) {
  if (!Shim::usable("Durability")) return;
  Station station({"AVL"});
  station.collection("shared", {"AVL"}, {"AVL"}, "tlp:amber");
  Shim shim;
  auto server = station.serve(shim.environment());
  ASSERT_TRUE(server->ready()) << server->errors();
  constexpr uint64_t kEach = 1'000'000;
  std::mutex mutex;
  std::map<std::string, std::pair<uint64_t, uint32_t>> sent;  // by request: its numbers
  std::vector<std::thread> writers;
  for (uint64_t writer = 1; writer <= 4; ++writer) {
    writers.emplace_back([&, writer] {
      Wire wire(server->port());
      for (uint32_t i = 0; i < 30; ++i) {
        const std::string request = "ack-" + std::to_string(writer) + "-" + std::to_string(i);
        const uint64_t first = writer * kEach + i * 100;
        const auto answer = wire.ask("POST", objects_path("shared"),
                                     named(taxii_headers(station.key("AVL")), request),
                                     envelope_of(first, 1 + i % 7));
        std::lock_guard lock(mutex);
        if (answer && answer->status == 202) sent[request] = {first, 1 + i % 7};
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  server->stop();
  EXPECT_EQ(sent.size(), 120u);
  const std::vector<Call> trace = shim.trace();
  const auto files = journal_files(station.journal());
  size_t checked = 0;
  for (const auto& [request, numbers] : sent) {
    for (uint64_t number = numbers.first; number < numbers.first + numbers.second; ++number) {
      auto place = place_of(files, object_text(number));
      ASSERT_TRUE(place) << "object " << number << " stands in no file of the journal";
      place->request = request;
      EXPECT_EQ(order_of(trace, *place), "");
      ++checked;
    }
  }
  printf("%zu objects of %zu envelopes, %llu syncs\n", checked, sent.size(),
         static_cast<unsigned long long>(shim.faults().syncs.load()));
}

}  // namespace entente::testing
