// What release control costs: deciding, a world after a change, pages with cuts, a large directory. Prints
// lines of name=value. bench/run release runs each part.
//
//   bench_release decide [--rounds N]                              no store: labels alone
//   bench_release world  --scratch DIR --objects N --mark-sets N   a membership changes, a world is made anew
//   bench_release page   --scratch DIR --rounds N                  1,000 objects, one in ten cut for one reader
//   bench_release fill   --scratch DIR --parties N --mark-sets N   a store for:
//   bench_release open   --scratch DIR                             start, memory, a world for every party
//
// All in one process, without HTTP. Parties are made up; groups have ten members each, since 2020.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <future>
#include <vector>

#include "arguments.h"
#include "base/clock.h"
#include "base/random.h"
#include "exchange/node.h"
#include "json/json.h"
#include "release/label.h"
#include "release/release_marking.h"
#include "release/resolved.h"
#include "store/files.h"
#include "taxii/taxii.h"

namespace entente::bench {
namespace {

constexpr int64_t k2020Ms = 1'577'836'800'000;
constexpr const char* kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";

class Timer {
 public:
  double ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_)
        .count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

uint32_t below(Random& random, uint32_t end) {
  std::array<uint8_t, 4> bytes{};
  random.fill(bytes);
  uint32_t value = 0;
  for (const uint8_t byte : bytes) value = value << 8 | byte;
  return value % end;
}

std::string uuid(uint64_t kind, uint64_t number) {
  return fmt::format("{:08x}-0000-4000-8000-{:012x}", kind, number);
}
std::string party_code(uint32_t number) { return fmt::format("P{}", number); }
std::string group_code(uint32_t number) { return fmt::format("G{}", number); }

std::vector<std::string> directory_changes(uint32_t parties, uint32_t groups, Random& random) {
  std::vector<std::string> out;
  for (uint32_t i = 0; i < parties; ++i) {
    out.push_back(
        fmt::format(R"({{"op":"party","code":"P{}","name":"Party {}","identity":"identity--{}"}})",
                    i, i, uuid(1, i)));
  }
  for (uint32_t g = 0; g < groups; ++g) {
    out.push_back(fmt::format(R"({{"op":"group","code":"G{}","name":"Group {}"}})", g, g));
    const uint32_t first = below(random, parties);
    for (uint32_t m = 0; m < 10; ++m) {
      out.push_back(fmt::format(R"({{"op":"member","group":"G{}","member":"P{}","from":{}}})", g,
                                (first + m * 7) % parties, k2020Ms));
    }
  }
  return out;
}

// One to three groups and a party.
std::vector<std::string> some_codes(uint32_t parties, uint32_t groups, Random& random) {
  std::vector<std::string> out{party_code(below(random, parties))};
  for (uint32_t n = 1 + below(random, 3); n > 0; --n)
    out.push_back(group_code(below(random, groups)));
  return out;
}

int decide(const Arguments& arguments) {
  SeededRandom random(1);
  constexpr uint32_t kParties = 200, kGroups = 50, kAtoms = 10'000;
  release::Directory directory;
  for (const std::string& change : directory_changes(kParties, kGroups, random)) {
    if (!directory.apply(change, k2020Ms)) die("the directory refuses " + change);
  }
  if (!directory.apply(R"({"op":"policy","name":"P","levels":["LOW","HIGH"],"categories":[]})",
                       k2020Ms) ||
      !directory.apply(
          R"({"op":"clearance","party":"P7","policy":"P","level":"LOW","categories":[]})", k2020Ms))
    die("the directory refuses a policy");
  const std::vector<release::PartySet> party_sets{{}, directory.everybody()};
  release::AtomTable atoms;
  while (atoms.size() < kAtoms) {
    release::Atom atom;
    atom.originator = static_cast<release::PartyNumber>(below(random, kParties));
    atom.tlp_levels = static_cast<uint8_t>(1u << below(random, 5));
    atom.audience = below(random, 2);
    atom.community = 1;
    if (below(random, 4) != 0) atom.releasable_to.push_back(some_codes(kParties, kGroups, random));
    if (below(random, 4) == 0)
      atom.classifications.push_back({"P", below(random, 2) == 0 ? "LOW" : "HIGH", {}});
    if (below(random, 8) == 0) atom.embargo_until_ms = k2020Ms + below(random, 1'000'000);
    atoms.add(std::move(atom));
  }
  const int64_t now_ms = k2020Ms + 500'000;
  Timer resolving;
  const release::Resolved resolved(atoms, directory, party_sets, {7, {}, {}}, now_ms);
  const double resolve_us = resolving.ms() * 1000;
  struct Question {
    release::AtomNumber atom;
    int64_t released_ms;
  };
  std::vector<Question> questions(1 << 16);
  for (Question& one : questions) one = {below(random, kAtoms), k2020Ms + below(random, 400'000)};
  // Passes over the questions, in five spans of time.
  const uint64_t passes = std::max<uint64_t>(arguments.number("rounds", 2'000) / 5, 1);
  std::vector<double> rates;
  uint64_t read = 0;
  for (int round = 0; round < 5; ++round) {
    Timer timer;
    for (uint64_t i = 0; i < passes; ++i) {
      for (const Question& one : questions)
        read += resolved.reads(one.atom, one.released_ms, now_ms) ? 1 : 0;
    }
    rates.push_back(static_cast<double>(passes * questions.size()) / timer.ms() * 1000);
  }
  fmt::print("decisions_per_s={:.0f}\nread_share={:.3f}\nresolve_us={:.0f}\n", median(rates),
             static_cast<double>(read) / static_cast<double>(5 * passes * questions.size()),
             resolve_us);
  return 0;
}

struct BenchNode {
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<store::Files> files = store::posix_files();
  std::unique_ptr<exchange::Node> node;
  exchange::Principal who;

  explicit BenchNode(const std::string& directory) {
    exchange::NodeOptions options;
    options.directory = directory;
    options.clock = &clock;
    options.random = &random;
    options.files = files.get();
    store::Recovery recovery;
    auto opened = exchange::Node::open(options, &recovery);
    if (!opened) die(opened.error().detail);
    node = std::move(*opened);
  }
  void change(const std::string& json) {
    if (const auto done = node->change_directory(json); !done) die(done.error().detail);
  }
  void submit(const std::string& objects, exchange::Batcher& batcher) {
    auto submission = std::make_unique<exchange::Submission>();
    submission->who = who;
    submission->collection = 1;
    submission->text.reserve(objects.size() + 64 + json::kPaddingBytes);
    submission->text = "{\"objects\":[" + objects + "]}";
    if (const auto read = batcher.read_envelope(*submission, {}, nullptr); !read)
      die(read.error().detail);
    if (last_.valid()) last_.wait();
    auto promise = std::make_shared<std::promise<void>>();
    last_ = promise->get_future();
    node->submit(std::move(submission), [promise](Result<exchange::SubmitOutcome> outcome) {
      if (!outcome || outcome->refused > 0) die("objects were refused");
      promise->set_value();
    });
  }
  void finish() { last_.wait(); }

 private:
  std::future<void> last_;
};

std::string marking(uint32_t number, const std::vector<std::string>& codes, std::string_view tlp) {
  return fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--{}","created":"2026-01-01T00:00:00.000Z","object_marking_refs":["{}"],"extensions":{{"{}":{{"extension_type":"property-extension","tlp":"{}","releasable_to":["{}"]}}}}}})",
      uuid(2, number), kGreen, release::kReleaseMarkingExtension, tlp, fmt::join(codes, "\",\""));
}

// Parties, groups, a collection; markings, and objects under them: each marking once, then at random.
void fill(BenchNode& bench, uint32_t parties, uint32_t mark_sets, uint32_t objects) {
  SeededRandom random(2);
  const uint32_t groups = std::max(parties / 4, 2u);
  for (const std::string& change : directory_changes(parties, groups, random)) bench.change(change);
  bench.change(R"({"op":"collection","alias":"all","id":")" + uuid(3, 1) +
               R"(","read":["P0","P1"],"write":["P0"],"default":"tlp:amber"})");
  bench.who = *bench.node->as_party("P0");
  exchange::Batcher batcher(bench.node->journal(), bench.random);
  constexpr uint32_t kBatch = 5'000;
  std::string text;
  uint32_t count = 0;
  const auto add = [&](const std::string& object) {
    text += (text.empty() ? "" : ",") + object;
    if (++count % kBatch != 0) return;
    bench.submit(text, batcher);
    text.clear();
  };
  for (uint32_t i = 0; i < mark_sets; ++i)
    add(marking(i, some_codes(parties, groups, random), "amber+strict"));
  for (uint32_t i = 0; i < objects; ++i) {
    const uint32_t number = i < mark_sets ? i : below(random, mark_sets);
    add(fmt::format(
        R"({{"type":"mutex","spec_version":"2.1","id":"mutex--{}","name":"m","object_marking_refs":["marking-definition--{}"]}})",
        uuid(4, i), uuid(2, number)));
  }
  if (!text.empty()) bench.submit(text, batcher);
  bench.finish();
}

int world(const Arguments& arguments) {
  const auto objects = static_cast<uint32_t>(arguments.number("objects", 500'000));
  const auto mark_sets = static_cast<uint32_t>(arguments.number("mark-sets", 10'000));
  BenchNode bench(arguments.required("scratch"));
  Timer filling;
  fill(bench, 100, mark_sets, objects);
  fmt::print("entries={}\nmark_sets={}\nfill_s={:.1f}\n", bench.node->journal().stats().entries,
             bench.node->state()->mark_sets->size(), filling.ms() / 1000);
  const exchange::Principal reader = *bench.node->as_party("P7");
  bench.node->view(reader);
  std::vector<double> times;
  uint64_t shown = 0;
  for (uint32_t i = 0; i < 10; ++i) {
    // In turn out of a group and into another, as of now.
    const int64_t now_ms = bench.clock.now_ms();
    bench.change(fmt::format(R"({{"op":"group","code":"H{}","name":"x"}})", i));
    bench.change(
        fmt::format(R"({{"op":"member","group":"H{}","member":"P7","from":{}}})", i, now_ms));
    bench.change(
        fmt::format(R"({{"op":"member","group":"G{}","member":"H{}","from":{}}})", i, i, now_ms));
    Timer timer;
    const exchange::View view = bench.node->view(reader);
    times.push_back(timer.ms());
    shown = view.entry_count();
  }
  fmt::print("world_ms={:.1f}\nworld_ms_max={:.1f}\nshown={}\n", median(times),
             std::ranges::max(times), shown);
  return 0;
}

size_t ask(taxii::Server& server, const std::string& key) {
  Request request;
  request.method = "GET";
  request.path = "/taxii2/entente/collections/all/objects/";
  request.query = "limit=1000";
  request.headers.push_back({"Authorization", "Bearer " + key});
  size_t size = 0;
  server.handle(std::move(request), [&](Response response) {
    if (response.status != 200) die("a page was refused: " + response.body.flatten());
    size = response.body.flatten().size();
  });
  return size;
}

int page(const Arguments& arguments) {
  BenchNode bench(arguments.required("scratch"));
  SeededRandom random(3);
  for (const std::string& change : directory_changes(3, 0, random)) bench.change(change);
  bench.change(R"({"op":"collection","alias":"all","id":")" + uuid(3, 1) +
               R"(","read":["P0","P1","P2"],"write":["P0"],"default":"tlp:amber"})");
  bench.who = *bench.node->as_party("P0");
  exchange::Batcher batcher(bench.node->journal(), bench.random);
  std::string text = marking(0, {"P1"}, "red");
  for (uint32_t i = 0; i < 999; ++i) {
    text += fmt::format(
        R"(,{{"type":"indicator","spec_version":"2.1","id":"indicator--{}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"Indicator {}","description":"{}","pattern":"[ipv4-addr:value = '203.0.113.7']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","confidence":70,"labels":["{}"]{}}})",
        uuid(5, i), i, std::string(300, 'd'), std::string(200, 'l'),
        i % 10 != 0
            ? ""
            : fmt::format(
                  R"(,"granular_markings":[{{"marking_ref":"marking-definition--{}","selectors":["description","confidence"]}}])",
                  uuid(2, 0)));
  }
  bench.submit(text, batcher);
  bench.finish();
  taxii::Server server(*bench.node, bench.random, "bench");
  const std::string whole_key = bench.node->new_key("P1", release::Role::kReader)->text;
  const std::string cut_key = bench.node->new_key("P2", release::Role::kReader)->text;
  constexpr int kPages = 200;
  std::vector<double> whole, cut;
  size_t whole_bytes = 0, cut_bytes = 0;
  for (uint64_t round = 0; round < arguments.number("rounds", 15); ++round) {
    const auto run = [&](const std::string& key, std::vector<double>& times, size_t& bytes) {
      Timer timer;
      for (int i = 0; i < kPages; ++i) bytes = ask(server, key);
      times.push_back(timer.ms() / kPages);
    };
    run(whole_key, whole, whole_bytes);
    run(cut_key, cut, cut_bytes);
  }
  fmt::print("whole_us={:.0f}\ncut_us={:.0f}\nwhole_bytes={}\ncut_bytes={}\nspeed={:.3f}\n",
             median(whole) * 1000, median(cut) * 1000, whole_bytes, cut_bytes,
             median(whole) / median(cut));
  return 0;
}

double anonymous_mb() {
  std::ifstream status("/proc/self/status");
  std::string word;
  double kb = 0;
  while (status >> word) {
    if (word == "RssAnon:") status >> kb;
  }
  return kb / 1024;
}

int open(const Arguments& arguments) {
  const double before_mb = anonymous_mb();
  Timer timer;
  BenchNode bench(arguments.required("scratch"));
  const double open_ms = timer.ms();
  const auto state = bench.node->state();
  fmt::print("parties={}\nmark_sets={}\nopen_ms={:.0f}\nopen_mb={:.1f}\nprogram_mb={:.1f}\n",
             state->directory->parties().size(), state->mark_sets->size(), open_ms, anonymous_mb(),
             before_mb);
  Timer worlds;
  uint64_t shown = 0;
  for (const release::Party& party : state->directory->parties())
    shown += bench.node->view({party.number, release::Role::kReader, {}}).entry_count();
  fmt::print("worlds_ms={:.0f}\nworlds_mb={:.1f}\nshown={}\n", worlds.ms(), anonymous_mb(), shown);
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  using namespace entente::bench;
  const std::string_view mode = argc > 1 ? argv[1] : "";
  const Arguments arguments(argc, argv, 2,
                            {"scratch", "objects", "mark-sets", "parties", "rounds"});
  if (mode == "decide") return decide(arguments);
  if (mode == "world") return world(arguments);
  if (mode == "page") return page(arguments);
  if (mode == "open") return open(arguments);
  if (mode == "fill") {
    BenchNode bench(arguments.required("scratch"));
    fill(bench, static_cast<uint32_t>(arguments.number("parties", 1'000)),
         static_cast<uint32_t>(arguments.number("mark-sets", 10'000)), 20'000);
    return 0;
  }
  die("bench_release decide|world|page|fill|open: see the head of release.cc");
}
