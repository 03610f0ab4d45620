// Plans run one after the other on the journal's writer thread and fold what they emit into `next_`
// at once, so that the next plan sees it. Readers see it when its batch is published: commit()
// makes an immutable copy, marked with the tick of its batch, and a view takes the copy whose tick
// is its snapshot's. A failed group goes back to what was published.
#include "exchange/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "base/limits.h"
#include "base/text.h"
#include "exchange/derived.h"
#include "exchange/status.h"

namespace entente::exchange {

// An append of this node: keeps the node's state and the journal's batches together.
class NodeAppend : public store::Append {
 public:
  explicit NodeAppend(Node& node) : node_(node) {}

  Result<bool> plan(store::Plan& plan) final {
    const State before = node_.next_;
    is_planned_ = true;
    Result<bool> outcome = work(plan);
    if (!outcome) node_.ingest_->undo(before);
    return outcome;
  }

  void commit(const store::Committed& committed) final {
    node_.next_.tick_ms = committed.tick_ms;
    node_.publish(node_.next_);
  }

  void done(Result<store::Committed> outcome) final {
    // One that never was planned is refused on its caller's thread, where nothing of the writer's
    // may be touched.
    if (is_planned_ && !outcome && outcome.error().code == Code::kUnavailable)
      node_.ingest_->undo(*node_.state());
    finish(std::move(outcome));
  }

 protected:
  // Adds to the batch; true if there is more to add.
  virtual Result<bool> work(store::Plan& plan) = 0;
  virtual void finish(Result<store::Committed> outcome) = 0;
  State& next() { return node_.next_; }
  Node& node_;

 private:
  bool is_planned_ = false;
};

namespace {

constexpr std::string_view kKeyPrefix = "ent_";
constexpr size_t kKeyIdBytes = 8, kKeySecretBytes = 32;

// Keys are 256 random bits: a fast digest of them is as safe as a slow one, and a table of digests
// tells nothing.
Digest digest_of_secret(std::string_view secret) {
  return keyed_digest("entente api key digest v1", {secret});
}

class ControlAppend final : public NodeAppend {
 public:
  ControlAppend(Node& node, store::ControlKind kind, std::string bytes)
      : NodeAppend(node), kind_(kind), bytes_(std::move(bytes)) {}
  size_t size_bytes() const override { return bytes_.size(); }

 protected:
  Result<bool> work(store::Plan& plan) override {
    next().emit(plan, kind_, bytes_);
    return false;
  }
  void finish(Result<store::Committed>) override {}

 private:
  store::ControlKind kind_;
  std::string bytes_;
};

class WorkAppend final : public NodeAppend {
 public:
  WorkAppend(Node& node, std::function<Result<void>(store::Plan&, State&)> work)
      : NodeAppend(node), work_(std::move(work)) {}
  size_t size_bytes() const override { return sizeof *this; }

 protected:
  Result<bool> work(store::Plan& plan) override {
    TRY(work_(plan, next()));
    return false;
  }
  void finish(Result<store::Committed>) override {}

 private:
  std::function<Result<void>(store::Plan&, State&)> work_;
};

class SubmitAppend final : public NodeAppend {
 public:
  SubmitAppend(Node& node, Ingest& ingest, std::unique_ptr<Submission> submission,
               std::function<void(Result<SubmitOutcome>)> done)
      : NodeAppend(node),
        ingest_(ingest),
        submission_(std::move(submission)),
        done_(std::move(done)) {}

  size_t size_bytes() const override { return submission_->text.size(); }

 protected:
  Result<bool> work(store::Plan& plan) override {
    ingest_.plan(plan, *submission_);
    return false;
  }
  void finish(Result<store::Committed> outcome) override {
    if (!outcome) {
      done_(std::unexpected(outcome.error()));
      return;
    }
    SubmitOutcome out;
    for (const Item& item : submission_->items) {
      out.accepted += item.fate == Fate::kAccepted ? 1 : 0;
      out.repeated += item.fate == Fate::kRepeated ? 1 : 0;
      out.refused += item.fate == Fate::kRefused ? 1 : 0;
    }
    out.submission = std::move(submission_);
    done_(std::move(out));
  }

 private:
  Ingest& ingest_;
  std::unique_ptr<Submission> submission_;
  std::function<void(Result<SubmitOutcome>)> done_;
};

class StreamAppend final : public NodeAppend {
 public:
  StreamAppend(Node& node, Ingest& ingest, NextSubmission next,
               std::function<void(const Submission&)> each)
      : NodeAppend(node), ingest_(ingest), next_(std::move(next)), each_(std::move(each)) {}

  size_t size_bytes() const override { return limits::kImportBatchBytes; }

 protected:
  Result<bool> work(store::Plan& plan) override {
    const std::unique_ptr<Submission> submission = TRY(next_());
    if (!submission) return false;
    ingest_.plan(plan, *submission);
    for (const Item& item : submission->items) {
      if (!item.late_code.empty())
        return fail(Code::kForbidden, fmt::format("{}: {}", item.id, item.message));
    }
    each_(*submission);
    return true;
  }
  void finish(Result<store::Committed>) override {}

 private:
  Ingest& ingest_;
  NextSubmission next_;
  std::function<void(const Submission&)> each_;
};

}  // namespace

Result<std::unique_ptr<Node>> Node::open(const NodeOptions& options, store::Recovery* recovery) {
  CHECK(options.clock != nullptr && options.random != nullptr && options.files != nullptr);
  std::unique_ptr<Node> node(new Node(options));
  TRY(node->start(recovery));
  return node;
}

Node::~Node() = default;

Result<void> Node::start(store::Recovery* recovery) {
  if (options_.types_max != 0) next_.types = std::make_shared<Types>(options_.types_max);
  clock_.resume(options_.time);
  store::Options options;
  options.clock = &clock_;
  options.random = options_.random;
  options.segment_bytes = options_.segment_bytes;
  Result<void> folded;
  options.fold = [&](const store::Control& control) {
    if (folded) folded = next_.fold(control);
  };
  journal_ = TRY(
      store::Journal::open(*options_.files, options_.directory + "/journal", options, recovery));
  if (!folded) {
    for (const std::string& place : recovery->quarantined)
      folded.error().detail += "; damaged: " + place;
    return folded;
  }
  if (!recovery->quarantined.empty()) next_.reserve_mark_sets(mark_sets_used());
  ingest_ = std::make_unique<Ingest>(*journal_, next_);
  next_.tick_ms = journal_->snapshot().last_tick_ms();
  clock_.not_before(next_.tick_ms);
  publish(next_);
  if (next_.node_key.empty()) {
    std::string key(32, '\0');
    options_.random->fill({reinterpret_cast<uint8_t*>(key.data()), key.size()});
    TRY(journal_->append_and_wait(std::make_unique<ControlAppend>(*this, kNodeKey, key)));
  }
  // What cannot be erased now (a full disk) is out of every world, and `verify` names it.
  (void)finish_recalls();
  return {};
}

Result<store::Committed> Node::run(Work work) {
  return journal_->append_and_wait(std::make_unique<WorkAppend>(*this, std::move(work)));
}

// One past the highest mark-set number that an entry carries.
uint32_t Node::mark_sets_used() const {
  uint32_t used = 0;
  const store::Snapshot snapshot = journal_->snapshot();
  snapshot.scan_columns_for_views(0, snapshot.end(), [&](const store::ColumnSpans& run) {
    for (uint32_t i = 0; i < run.count; ++i) used = std::max(used, run.mark_set[i] + 1);
  });
  return used;
}

std::shared_ptr<const State> Node::state() const {
  std::lock_guard lock(published_mutex_);
  return published_;
}

// A reader between the commit of a batch and its publication needs the state before it, and none
// older.
void Node::publish(const State& state) {
  auto fresh = std::make_shared<State>(state);
  std::lock_guard lock(published_mutex_);
  fresh->previous = nullptr;
  if (published_ && published_->tick_ms == fresh->tick_ms) {
    fresh->previous = published_->previous;
  } else if (published_) {
    auto before = std::make_shared<State>(*published_);
    before->previous = nullptr;
    fresh->previous = std::move(before);
  }
  published_ = std::move(fresh);
}

std::pair<std::shared_ptr<const State>, store::Snapshot> Node::now() const {
  for (;;) {
    std::shared_ptr<const State> state = this->state();
    store::Snapshot snapshot = journal_->snapshot();
    const int64_t tick_ms = snapshot.last_tick_ms();
    if (state->tick_ms != tick_ms && state->previous && state->previous->tick_ms == tick_ms)
      state = state->previous;
    // Else a batch was published in between.
    if (state->tick_ms == tick_ms) return {std::move(state), std::move(snapshot)};
  }
}

View Node::view(const Principal& reader) const {
  auto [state, snapshot] = now();
  return View(*journal_, reader, std::move(snapshot), std::move(state), worlds_, clock_.now_ms());
}

Result<Principal> Node::authenticate(std::string_view api_key) const {
  const auto refuse = [] { return fail(Code::kUnauthenticated, "no valid API key"); };
  const auto parts = split(api_key, '_');
  const bool has_form =
      parts.size() >= 3 && api_key.starts_with(kKeyPrefix) && parts[1].size() == 2 * kKeyIdBytes;
  if (!has_form) return refuse();
  const std::string_view secret = api_key.substr(kKeyPrefix.size() + 2 * kKeyIdBytes + 1);
  const auto state = this->state();
  const release::Key* key = state->directory->key(parts[1]);
  const Digest digest = digest_of_secret(secret);
  const bool matches =
      key != nullptr && equal_in_constant_time(as_text(digest), as_text(key->digest));
  if (!matches || clock_.now_ms() >= key->revoked_ms) return refuse();
  return Principal{key->party, key->role, key->id, key->restriction};
}

std::optional<Principal> Node::anonymous() const {
  if (!lets_anonymous_in_) return std::nullopt;
  const auto state = this->state();
  const release::Party* everyone = state->directory->party(release::kPublicCode);
  if (everyone == nullptr) return std::nullopt;
  return Principal{everyone->number, release::Role::kReader, {}};
}

Result<Principal> Node::as_party(std::string_view code) const {
  const auto state = this->state();
  const release::Party* party = state->directory->party(code);
  if (party == nullptr) return fail(Code::kNotFound, fmt::format("no party '{}'", code));
  return Principal{party->number, release::Role::kOperator, {}};
}

Result<void> Node::change_directory(const std::string& change_json) {
  std::lock_guard lock(directory_mutex_);
  release::Directory trial = *state()->directory;
  TRY(trial.apply(change_json, std::max(clock_.now_ms(), state()->tick_ms)));
  TRY(journal_->append_and_wait(
      std::make_unique<ControlAppend>(*this, kDirectoryChange, change_json)));
  return {};
}

Result<NewKey> Node::new_key(std::string_view party_code, release::Role role,
                             std::string_view narrowing) {
  CHECK(narrowing.size() >= 2 && narrowing.front() == '{' && narrowing.back() == '}');
  const std::string_view members = narrowing.substr(1, narrowing.size() - 2);
  std::string bytes(kKeyIdBytes + kKeySecretBytes, '\0');
  options_.random->fill({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  NewKey key;
  key.id = to_hex({reinterpret_cast<const uint8_t*>(bytes.data()), kKeyIdBytes});
  const std::string secret = to_base64url(std::string_view(bytes).substr(kKeyIdBytes));
  key.text = fmt::format("{}{}_{}", kKeyPrefix, key.id, secret);
  TRY(change_directory(
      fmt::format(R"({{"op":"key","id":"{}","party":{},"role":"{}","digest":"{}","at":{}{}{}}})",
                  key.id, json_quote(party_code), name_of(role), to_hex(digest_of_secret(secret)),
                  clock_.now_ms(), members.empty() ? "" : ",", members)));
  return key;
}

void Node::check_sources(Submission& submission, const FindingSink& findings) const {
  if (options_.replays && options_.replays(submission.who.party)) return;
  refuse_wider(view(submission.who), submission, findings);
}

void Node::submit(std::unique_ptr<Submission> submission,
                  std::function<void(Result<SubmitOutcome>)> done) {
  const bool is_refused =
      submission->all_or_nothing && std::ranges::any_of(submission->items, [](const Item& item) {
        return item.fate == Fate::kRefused;
      });
  if (is_refused) {
    SubmitOutcome out;
    for (Item& item : submission->items) {
      if (item.fate != Fate::kRefused) item.message = "kept back: another object was refused";
      item.fate = Fate::kRefused;
    }
    out.refused = static_cast<uint32_t>(submission->items.size());
    out.submission = std::move(submission);
    done(std::move(out));
    return;
  }
  const release::PartyNumber party = submission->who.party;
  const size_t bytes = submission->text.size();
  if (!take_in_flight(party, bytes)) {
    done(fail(Code::kTooMany,
              "too much of this party is being stored already; wait for earlier answers"));
    return;
  }
  auto finish = [this, party, bytes, done = std::move(done)](Result<SubmitOutcome> outcome) {
    drop_in_flight(party, bytes);
    done(std::move(outcome));
  };
  journal_->append(
      std::make_unique<SubmitAppend>(*this, *ingest_, std::move(submission), std::move(finish)));
}

bool Node::take_in_flight(release::PartyNumber party, size_t bytes) {
  std::lock_guard lock(in_flight_mutex_);
  size_t& used = in_flight_[party];
  if (used > 0 && used + bytes > limits::kPartyInFlightBytesMax) return false;
  used += bytes;
  return true;
}

void Node::drop_in_flight(release::PartyNumber party, size_t bytes) {
  std::lock_guard lock(in_flight_mutex_);
  in_flight_[party] -= bytes;
}

Result<void> Node::submit_as_one(NextSubmission next, std::function<void(const Submission&)> each) {
  TRY(journal_->append_and_wait(
      std::make_unique<StreamAppend>(*this, *ingest_, std::move(next), std::move(each))));
  return {};
}

Result<SubmitOutcome> Node::submit_and_wait(std::unique_ptr<Submission> submission) {
  std::promise<Result<SubmitOutcome>> promise;
  submit(std::move(submission),
         [&](Result<SubmitOutcome> outcome) { promise.set_value(std::move(outcome)); });
  return promise.get_future().get();
}

Result<void> Node::withdraw(const Principal& who, const std::vector<store::Position>& positions) {
  const View view = this->view(who);
  std::vector<store::Position> own;
  for (const store::Position position : positions) {
    if (view.world().contains(position) && view.entry(position).submitter == who.party)
      own.push_back(position);
  }
  if (own.size() != positions.size())
    return fail(Code::kForbidden, "only its submitter withdraws an object");
  TRY(journal_->append_and_wait(
      std::make_unique<ControlAppend>(*this, kWithdrawal, encode_withdrawal(own))));
  return {};
}

Result<std::string> Node::status(const Principal& who, std::string_view status_id) const {
  // What the party sent may be more than a narrower principal of it sees.
  if (!who.restriction.is_none()) return fail(Code::kNotFound, "no such status");
  const View view = this->view(who);
  const auto record = view.snapshot().find_control(kStatus, journal_->hash(status_id));
  if (!record) return fail(Code::kNotFound, "no such status");
  return status_document(status_id, record->bytes, view);
}

}  // namespace entente::exchange
