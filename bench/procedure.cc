// What procedures cost. Prints lines of name=value; times are of the processor, medians of several rounds.
//
//   bench_procedure fold   --acts N                              one procedure's state from its acts, without a store
//   bench_procedure node   --scratch DIR --acts N --procedures N  the same through a node, and one's day among many
//
// The node's procedures are silence procedures of 31 parties; half of them the asking party has received. "cold" is the
// first question after a start: every record is read and its signature checked; "warm" any later one, "changed" one after
// an act of another in one of them.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <vector>

#include "arguments.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "desk/docket.h"
#include "desk/views.h"
#include "json/json.h"
#include "store/files.h"

namespace entente::bench {
namespace {

constexpr int64_t kStartMs = 1'800'000'000'000;
constexpr int64_t kDayMs = 86'400'000;
constexpr int kParties = 31;
constexpr size_t kEnvelopeObjects = 500;

double cpu_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work>
double timed_ms(const Work& work) {
  const double begin = cpu_ms();
  work();
  return cpu_ms() - begin;
}

template <class Work>
double median_ms(int rounds, const Work& work) {
  std::vector<double> all;
  for (int i = 0; i < rounds; ++i) all.push_back(timed_ms(work));
  std::ranges::sort(all);
  return all[all.size() / 2];
}

std::string code_of(int party) { return fmt::format("P{:02}", party); }

procedure::Record comment(int number, const std::string& party) {
  procedure::Record record;
  record.id = fmt::format("procedure-act--00000000-0000-4000-8000-{:012}", number);
  record.party = party;
  record.act = number % 7 == 0 ? "receive" : "comment";
  record.at_ms = kStartMs + 1000 + number;
  record.reason = "Article 3 goes too far";
  return record;
}

void run_fold(int acts) {
  procedure::Case one;
  one.opening.id = "opening";
  one.opening.party = code_of(0);
  one.opening.at_ms = kStartMs;
  one.opening.until_ms = kStartMs + 10 * kDayMs;
  one.opening.text = "The parties agree.";
  std::vector<std::string> members;
  for (int i = 0; i < kParties; ++i) members.push_back(code_of(i));
  one.roster = procedure::Roster({{0, members}});
  for (int i = 0; i < acts; ++i) one.records.push_back(comment(i, code_of(i % kParties)));
  const procedure::Pack& pack = *procedure::Packs::shipped().find("silence");
  size_t counted = 0;
  const double ms = median_ms(21, [&] {
    const auto now = procedure::fold(pack, one, desk::shipped_places(), kStartMs + kDayMs);
    counted = now->judged.size();
  });
  fmt::print("acts={}\nfold_ms={:.3f}\n", counted, ms);
}

class Keys final : public release::Signer {
 public:
  explicit Keys(Random& random) : random_(random) {}
  const SigningKey& make(release::PartyNumber party) {
    return keys_.emplace(party, SigningKey::generate(random_)).first->second;
  }
  Result<SigningKey> key_for(release::PartyNumber party) override { return keys_.at(party); }

 private:
  Random& random_;
  std::map<release::PartyNumber, SigningKey> keys_;
};

class Bench {
 public:
  explicit Bench(const std::string& scratch) : scratch_(scratch) {
    open();
    change(R"({"op":"group","code":"ALL","name":"All"})");
    for (int i = 0; i < kParties; ++i) {
      change(fmt::format(
          R"({{"op":"party","code":"{}","name":"x","identity":"identity--00000000-0000-4000-8000-{:012}"}})",
          code_of(i), i));
      change(fmt::format(R"({{"op":"member","group":"ALL","member":"{}","from":0}})", code_of(i)));
      const auto number = node_->state()->directory->party(code_of(i))->number;
      change(fmt::format(R"({{"op":"signing-key","party":"{}","public":"{}"}})", code_of(i),
                         to_hex(keys_.make(number).public_key())));
    }
  }

  void open() {
    node_.reset();
    exchange::NodeOptions options;
    options.directory = scratch_ + "/node";
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    auto node = exchange::Node::open(options, &recovery);
    CHECK(node.has_value());
    node_ = std::move(*node);
  }
  void change(const std::string& json) { CHECK(node_->change_directory(json).has_value()); }

  // Objects of one party, signed, in envelopes of some hundred.
  void submit(const std::string& code, const std::vector<desk::Draft>& drafts) {
    const auto who = node_->as_party(code);
    CHECK(who.has_value());
    const auto state = node_->state();
    const std::string identity = state->directory->party(code)->identity;
    const SigningKey key = *keys_.key_for(who->party);
    exchange::Batcher batcher(node_->journal(), random_);
    for (size_t i = 0; i < drafts.size(); i += kEnvelopeObjects) {
      std::string text = "{\"objects\":[" + drafts[i].marking;
      for (size_t n = i; n < std::min(drafts.size(), i + kEnvelopeObjects); ++n)
        text += "," + *release::sign_object(drafts[n].object, key);
      auto submission = std::make_unique<exchange::Submission>();
      submission->who = *who;
      submission->text = json::padded(text + "]}");
      CHECK(batcher.read_envelope(*submission, identity, nullptr).has_value());
      const auto outcome = node_->submit_and_wait(std::move(submission));
      CHECK(outcome.has_value() && outcome->refused == 0);
    }
  }

  desk::Opening opening(int number) const {
    desk::Opening out;
    out.pack = "silence";
    out.pack_version = procedure::Packs::shipped().find("silence")->version;
    out.title = "Draft";
    out.format = {"ALL"};
    out.record.id = fmt::format("procedure--00000000-0000-4000-8000-{:012}", number);
    out.record.party = code_of(0);
    out.record.at_ms = clock_.now_ms();
    out.record.until_ms = kStartMs + 30 * kDayMs + number;
    out.record.text = "The parties agree to warn each other.";
    return out;
  }
  std::string identity(int party) const {
    return node_->state()->directory->party(code_of(party))->identity;
  }
  desk::Docket docket(int party, desk::Shelf* shelf = nullptr) {
    return desk::Docket(*node_, random_, *node_->as_party(code_of(party)), &keys_,
                        shelf != nullptr ? shelf : &shelf_);
  }

  void one_procedure(int acts) {
    const desk::Opening big = opening(0);
    submit(code_of(0), {desk::draft_of(big, identity(0), {{"ALL"}})});
    clock_.advance_ms(kDayMs / 2);
    std::map<int, std::vector<desk::Draft>> by_party;
    for (int i = 0; i < acts; ++i) {
      const int party = i % kParties;
      procedure::Record record = comment(i, code_of(party));
      record.at_ms = clock_.now_ms() + i;
      by_party[party].push_back(desk::draft_of(big, record, identity(party), {{"ALL"}}));
    }
    clock_.advance_ms(acts + 1);
    for (const auto& [party, drafts] : by_party) submit(code_of(party), drafts);
    const auto state = [&] {
      const auto file = docket(1).find(big.record.id);
      CHECK(file.has_value() && (*file)->now.judged.size() == static_cast<size_t>(acts));
    };
    fmt::print("state_cold_ms={:.1f}\n", timed_ms(state));
    fmt::print("state_warm_ms={:.3f}\n", median_ms(11, state));
    std::vector<double> changed;
    for (int i = 0; i < 7; ++i) {
      clock_.advance_ms(1000);
      CHECK(docket(2).act(big.record.id, comment(acts + i, code_of(2))).has_value());
      desk::Docket asks = docket(1);
      changed.push_back(timed_ms([&] { CHECK(asks.find(big.record.id).has_value()); }));
    }
    std::ranges::sort(changed);
    fmt::print("state_changed_ms={:.3f}\n", changed[changed.size() / 2]);
  }

  void many_procedures(int procedures) {
    std::vector<desk::Draft> openings, receipts;
    for (int i = 1; i <= procedures; ++i) {
      const desk::Opening one = opening(i);
      openings.push_back(desk::draft_of(one, identity(0), {{"ALL"}}));
      if (i % 2 == 0) continue;
      procedure::Record receipt;
      receipt.id = fmt::format("procedure-act--00000000-0000-4000-9000-{:012}", i);
      receipt.act = "receive";
      receipt.about = one.record.id;
      receipt.at_ms = one.record.at_ms + 1000;
      receipts.push_back(desk::draft_of(one, receipt, identity(1), {{"ALL"}}));
    }
    submit(code_of(0), openings);
    clock_.advance_ms(2000);
    submit(code_of(1), receipts);
    size_t bytes = 0;
    const auto todo = [&] { bytes = desk::todo_json(docket(1)).size(); };
    fmt::print("todo_cold_ms={:.0f}\n", timed_ms(todo));
    fmt::print("todo_bytes={}\n", bytes);
    fmt::print("todo_warm_ms={:.1f}\n", median_ms(11, todo));
    clock_.advance_ms(1000);
    CHECK(docket(3).act(opening(7).record.id, comment(0, code_of(3))).has_value());
    fmt::print("todo_changed_ms={:.1f}\n", timed_ms(todo));
    // As after a start: nothing in memory but what the file has of signatures.
    const std::string& node_key = node_->state()->node_key;
    const std::string kept = shelf_.checked().text(node_key);
    desk::Shelf fresh;
    fmt::print("todo_remembered_ms={:.0f}\n", timed_ms([&] {
                 CHECK(fresh.checked().read(kept, node_key));
                 bytes = desk::todo_json(docket(1, &fresh)).size();
               }));
    fmt::print("remembered_bytes={}\n", kept.size());
    const auto opener = [&] { bytes = desk::todo_json(docket(0)).size(); };
    fmt::print("todo_opener_first_ms={:.0f}\n", timed_ms(opener));
    fmt::print("todo_opener_warm_ms={:.1f}\n", median_ms(11, opener));
  }

 private:
  const std::string scratch_;
  ManualClock clock_{kStartMs};
  SeededRandom random_{1};
  std::unique_ptr<store::Files> files_ = store::posix_files();
  std::unique_ptr<exchange::Node> node_;
  Keys keys_{random_};
  desk::Shelf shelf_;
};

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  using namespace entente::bench;
  const Arguments arguments(argc, argv, 2, {"scratch", "acts", "procedures"});
  const int acts = static_cast<int>(arguments.number("acts", 10'000));
  if (argc > 1 && std::string_view(argv[1]) == "fold") {
    run_fold(acts);
    return 0;
  }
  Bench bench(arguments.required("scratch"));
  bench.one_procedure(acts);
  bench.many_procedures(static_cast<int>(arguments.number("procedures", 10'000)));
  return 0;
}
