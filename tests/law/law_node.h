// One node under test with its surfaces, in a directory and a time of its own.
//
// Threads: one; requests are answered before ask() returns.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/api.h"
#include "app/front_door.h"
#include "base/clock.h"
#include "base/random.h"
#include "exchange/node.h"
#include "history.h"
#include "store/files.h"
#include "taxii/taxii.h"

namespace entente::law {

// A request as a reader makes it; the node puts in the key that it gave out itself.
struct Ask {
  std::string party;
  Role role = Role::kContributor;
  std::string operation;  // of the route it is meant for
  std::string method, path, query;
  std::vector<Header> headers;
  std::string body;
  std::string scheme = "Bearer";  // of Authorization; "none" and "wrong" too
  friend bool operator==(const Ask&, const Ask&) = delete;
};

struct Answer {
  int status = 0;
  std::vector<Header> headers;
  std::string body;
  const std::string* header(std::string_view name) const;
};

// What differs between the two, in words; empty: nothing.
std::string difference(const Answer& whole, const Answer& twin);
std::string describe(const Ask& ask);
std::string describe(const Answer& answer);

class LawNode;

// Stands between reader and surfaces: what a leaky node would add to an answer. May look at everything.
using Leak = std::function<void(LawNode& node, const Ask& ask, Answer& answer)>;

// A directory that goes when it dies; in memory where the machine has such a place.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A seeded Random that can begin anew while nobody draws.
class RestartedRandom final : public Random {
 public:
  explicit RestartedRandom(uint64_t seed) { restart(seed); }
  void restart(uint64_t seed) { source_ = std::make_unique<SeededRandom>(seed); }
  void fill(std::span<uint8_t> out) override { source_->fill(out); }

 private:
  std::unique_ptr<SeededRandom> source_;
};

// Signs for every party with the key that the directory has of it.
class KnownKeys final : public release::Signer {
 public:
  explicit KnownKeys(const std::unique_ptr<exchange::Node>& node) : node_(node) {}
  Result<SigningKey> key_for(release::PartyNumber party) override;

 private:
  const std::unique_ptr<exchange::Node>& node_;
};

class LawNode {
 public:
  // types_max: names of types that get a number; 0: as many as ever.
  LawNode(uint64_t seed, Leak leak, size_t types_max = 0);
  ~LawNode();
  LawNode(const LawNode&) = delete;
  LawNode& operator=(const LawNode&) = delete;

  // A directory act at its instant; a new party gets its keys too. What the node said if it refuses it, else empty.
  std::string change(const Act& act);
  // Leaves an expert's key out: what is drawn next is the same as if it had been given.
  void pass_over(const Act& act);
  Answer ask(Ask ask, int64_t now_ms);
  // Posts that are under way at once and become one batch, planned in this order. Only what is answered by the journal's
  // writer may be among them: an answer that waits for a batch of its own would wait for ever.
  std::vector<Answer> ask_together(std::vector<Ask> asks, int64_t now_ms);
  // What a surface would take out, but said by content: entries of that party with those bytes in that collection.
  bool withdraw(const std::string& party, const std::string& collection,
                const std::vector<std::string>& texts, int64_t now_ms);

  exchange::Node& node() { return *node_; }
  exchange::View view(const std::string& reader) const;
  void set_clock(int64_t now_ms) { clock_.set_ms(now_ms); }

 private:
  void open();
  std::string give_key(const std::string& party, Role role, const std::string& narrowing = "{}");
  void send(Ask ask, Respond respond);

  Folder folder_;
  ManualClock clock_{kStartMs - 1'000'000};
  RestartedRandom random_;
  std::unique_ptr<store::Files> files_;
  std::unique_ptr<exchange::Node> node_;
  KnownKeys signer_{node_};
  std::unique_ptr<taxii::Server> taxii_;
  std::unique_ptr<app::Audit> audit_;
  std::unique_ptr<api::Server> api_;
  std::unique_ptr<app::Log> log_;
  std::unique_ptr<app::Metrics> metrics_;
  std::unique_ptr<app::Quotas> quotas_;
  std::unique_ptr<app::FrontDoor> door_;
  std::map<std::pair<std::string, Role>, exchange::NewKey> keys_;  // experts' by their name
  std::map<std::string, Narrowing> narrowings_;                    // by party
  Leak leak_;
  size_t types_max_;
};

// The request that a post, import, deletion or broken act is; its objects may be fewer than the act's.
Ask ask_of(const Act& act, const std::vector<Object>& objects, const std::string& collection);

}  // namespace entente::law
