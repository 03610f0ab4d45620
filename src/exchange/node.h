// A node: one data directory and all that is done to it. Surfaces hold a Node and nothing below it.
//
//   auto node = TRY(Node::open(options, &recovery));
//   Principal who = TRY(node->authenticate(api_key));
//   View view = node->view(who);              // every read goes through one: the reader's world, now
//   node->submit(std::move(submission), done);   // every write of objects
//   TRY(node->change_directory(json));           // the operator's changes
//
// Threads: every function may be called from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "exchange/ingest.h"
#include "exchange/node_clock.h"
#include "exchange/principal.h"
#include "exchange/state.h"
#include "exchange/view.h"
#include "exchange/worlds.h"
#include "store/files.h"
#include "store/journal.h"

namespace entente::exchange {

struct NodeOptions {
  std::string directory;          // the data directory; the journal is its sub-directory "journal"
  const Clock* clock = nullptr;   // required
  Random* random = nullptr;       // required
  store::Files* files = nullptr;  // required
  size_t segment_bytes = 0;       // 0: the default
  NodeClock::Saved time;          // as saved when the node last ran, if it did
  size_t types_max = 0;           // type names that get a number; 0: limits::kTypesMax
  // Removes copies of content that lie beside the journal (unfinished backups); called while a recall
  // erases.
  std::function<Result<void>()> remove_copies;
  // Whose submissions are not looked at by check_sources, for nodes that replay what another accepted.
  std::function<bool(release::PartyNumber writer)> replays = {};
};

// A new API key: the only time its text exists.
struct NewKey {
  std::string id;
  std::string text;
};

using NextSubmission = std::function<Result<std::unique_ptr<Submission>>()>;

class Node {
 public:
  static Result<std::unique_ptr<Node>> open(const NodeOptions& options, store::Recovery* recovery);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // The node's time: the given clock, guarded.
  const NodeClock& clock() const { return clock_; }
  NodeClock& clock() { return clock_; }
  store::Journal& journal() { return *journal_; }
  std::shared_ptr<const State> state() const;

  // kUnauthenticated for any key that is not valid now, in a time that does not tell why.
  Result<Principal> authenticate(std::string_view api_key) const;
  // The principal of requests without a key: the party PUBLIC, if it was let in and there is one.
  std::optional<Principal> anonymous() const;
  void let_anonymous_in(bool lets) { lets_anonymous_in_ = lets; }
  // The principal that the operator acts as when working for a party.
  Result<Principal> as_party(std::string_view code) const;

  // Checks a change against the directory, journals it and waits until it is durable.
  Result<void> change_directory(const std::string& change_json);
  // `narrowing`: a JSON object with those members of a "key" change that narrow it, if any.
  Result<NewKey> new_key(std::string_view party_code, release::Role role,
                         std::string_view narrowing = "{}");

  View view(const Principal& reader) const;
  // State and snapshot that belong together: for the operator's plane, which shows no party anything.
  std::pair<std::shared_ptr<const State>, store::Snapshot> now() const;

  // Refuses, before it is submitted, what would be more widely readable than what it refers to: every
  // surface that takes objects in calls it. See derived.h.
  void check_sources(Submission& submission, const FindingSink& findings) const;

  // Takes in what was examined. `done` is called once, on the writer's thread, when everything
  // accepted is durable and visible, or with the reason why nothing was kept.
  void submit(std::unique_ptr<Submission> submission,
              std::function<void(Result<SubmitOutcome>)> done);
  Result<SubmitOutcome> submit_and_wait(std::unique_ptr<Submission> submission);

  // Takes in submissions until `next` gives nullptr, as one batch: visible whole or not at all; an
  // error from `next` undoes all of it. `next` runs on the writer's thread, which does nothing else
  // meanwhile; `each` is called there with each submission once its fates are known, and what it
  // counts holds only if the call succeeds.
  Result<void> submit_as_one(NextSubmission next, std::function<void(const Submission&)> each);

  // Takes out of a collection what the principal's party submitted there: all of `positions` that
  // are its own. Positions come from a View of the same principal. Waits until it is durable.
  Result<void> withdraw(const Principal& who, const std::vector<store::Position>& positions);

  // Recalls every version of an object that the principal's party may recall (recall.h says which), and
  // waits until it is erased. kForbidden: the role does not recall, or another party created it; kNotFound:
  // the party neither sees nor submitted such an object; kUnavailable: it left every world, but could
  // not be erased yet (asked again, or started again, the node goes on).
  Result<RecallReport> recall(const Principal& who, std::string_view id, std::string_view reason);
  // Goes on with recalls that began and did not end.
  Result<void> finish_recalls();
  // Does again what a later state of this same node recalled, and this one, brought back from a backup,
  // does not know of: finds the bytes by the tombstones. False: it is known already.
  Result<bool> apply_recall(const Recall& recall);
  // Names this node, through its backups too: a recall of another fits nothing here.
  std::string fingerprint() const;
  // Journals that a backup to that place begins.
  Result<void> note_backup(const std::string& place);
  // What a release officer signs to open (kWiden) or leave to fewer (kNarrow) what the principal's party submitted under
  // that id, as far as its world shows it. kForbidden: not a release officer's role; kNotFound: its party has no such
  // object; kInvalid: a widening to nobody or to the public, or no reason.
  Result<std::string> release_statement(const Principal& who, ReleaseStatement::Kind kind,
                                        std::string_view id, std::vector<std::string> to,
                                        std::string reason) const;
  // Journals a signed statement, which takes effect at once; gives the number of entries. kForbidden and kInvalid as
  // above, and where it is not signed with a key of the party; kNotFound: the party has none of its contents; kConflict:
  // it was journaled before.
  Result<size_t> act(const Principal& who, std::string_view statement);

  // The status document (JSON) of an earlier submission of that party. [taxii21 4.3]
  Result<std::string> status(const Principal& who, std::string_view status_id) const;

 private:
  friend class NodeAppend;  // node.cc: publishes the state with its batch
  explicit Node(const NodeOptions& options) : options_(options), clock_(*options.clock) {}
  Result<void> start(store::Recovery* recovery);
  uint32_t mark_sets_used() const;
  // Runs `work` as one append and waits; it may emit into the state.
  using Work = std::function<Result<void>(store::Plan& plan, State& state)>;
  Result<store::Committed> run(Work work);
  Result<void> erase(const Recall& recall);
  void publish(const State& state);

  NodeOptions options_;
  NodeClock clock_;
  std::atomic<bool> lets_anonymous_in_{false};
  // The writer thread's own: folded as plans commit.
  State next_;
  mutable std::mutex published_mutex_;
  std::shared_ptr<const State> published_;
  mutable Worlds worlds_;
  std::unique_ptr<Ingest> ingest_;
  bool take_in_flight(release::PartyNumber party, size_t bytes);
  void drop_in_flight(release::PartyNumber party, size_t bytes);

  std::mutex in_flight_mutex_;
  std::map<release::PartyNumber, size_t> in_flight_;
  std::mutex recall_mutex_;  // one erasure at a time
  std::mutex
      directory_mutex_;  // one directory change at a time, checked against what it will apply to
  std::unique_ptr<store::Journal> journal_;  // last: its writer thread uses the above
};

}  // namespace entente::exchange
