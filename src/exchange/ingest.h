// From bytes to journal entries: examine and seal on the caller's thread, number and append on the
// writer's.
//
//   Batcher batcher(journal_hash...);                // one per thread
//   auto submission = batcher.read_envelope(...);    // parse, examine, seal: the expensive part
//   node.submit(std::move(submission), done);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "exchange/principal.h"
#include "exchange/state.h"
#include "json/json.h"
#include "release/directory.h"
#include "release/marks.h"
#include "release/redaction.h"
#include "stix/stix.h"
#include "store/journal.h"
#include "store/seal.h"

namespace entente::exchange {

enum class Fate : uint8_t { kAccepted, kRepeated, kRefused };

// One object of a submission, in the order in which it came.
struct Item {
  std::string_view bytes;         // within Submission::text
  std::string_view id;            // as far as it could be read; may be empty
  std::string_view version_text;  // empty: none in the object
  Fate fate = Fate::kRefused;
  std::string message;         // why it was refused
  std::string_view late_code;  // static; of what the writer's thread refused: no finding says it
  store::Position position = store::kNone;  // of the entry, unless refused
  // Of accepted ones:
  std::string_view type;
  uint64_t id_hash = 0;
  uint64_t content_hash = 0;
  int64_t version_ns = 0;
  uint16_t flags = 0;
  uint32_t first_reference = 0;  // into Submission::references
  uint32_t reference_count = 0;
  uint32_t marks = 0;  // index into Submission::marks
  store::Sealed sealed;
  bool is_marking = false;       // a marking-definition other than the fixed TLP ones
  uint32_t detail = UINT32_MAX;  // index into Submission::details, of the few that have some
};

// The marks of an object as written: what is the same for many objects is kept once.
struct WrittenMarks {
  release::ScopeMarks whole;
  std::vector<release::ScopeMarks> parts;  // of granular markings
  uint32_t editions = 1;                   // as in release::MarkSet
  std::vector<uint8_t> gone;
  friend bool operator==(const WrittenMarks&, const WrittenMarks&) = default;
};

// What only few objects have.
struct ItemDetail {
  Digest content{};                                  // of a marking
  release::Atom says;                                // of a marking
  std::optional<std::vector<std::string>> own_list;  // of a marking that covers itself
  std::string editions;  // of an object with parts: release::encode(Editions)
};

// Labels that came beside the objects, as detached bindings do: by the id of each object the marking
// definitions that mark the whole of it as if it named them itself. An object that has none is refused, and so is one that
// is here already under other marks: none is to be kept wider than its label.
struct BoundMarkings {
  struct Bound {
    std::vector<std::string> markings;  // sorted, distinct
    std::optional<Digest> content;      // SHA-256 of the object's bytes
    std::string unmapped;               // why the label is for nobody; empty: it is not
  };
  std::map<std::string, Bound, std::less<>> by_id;
};

struct Submission {
  Principal who;
  release::CollectionNumber collection = release::kNoCollection;
  std::string text;  // what the items point into
  std::vector<Item> items;
  uint64_t first_object = 0;  // of an import: ordinal of the first item in its stream
  std::vector<uint64_t> references;
  std::vector<WrittenMarks> marks;
  std::vector<ItemDetail> details;
  std::shared_ptr<const BoundMarkings> bound;  // null: objects say all of it themselves
  bool all_or_nothing = false;                 // refuse everything if one item is refused
  // Of a TAXII request: journal a status document, and give its id.
  bool wants_status = false;
  std::string status_id;
  std::string request_timestamp;
};

struct SubmitOutcome {
  std::unique_ptr<Submission> submission;  // items with their fates
  uint32_t accepted = 0;
  uint32_t repeated = 0;
  uint32_t refused = 0;
};

// Receives what was found wrong in each object; `item` is its index in the submission.
using FindingSink = std::function<void(size_t item, const stix::Finding& finding)>;

// Reads objects into a submission. Belongs to one thread; keeps its buffers.
class Batcher {
 public:
  Batcher(const store::Journal& journal, Random& random);
  ~Batcher();

  // Adds every object of a TAXII envelope or STIX bundle, {"objects":[...]}; other keys are
  // ignored. [taxii21 3.7] `submission->text` holds the JSON, with room for the parser. Fails,
  // having added nothing, if it is no such thing.
  Result<void> read_envelope(Submission& submission, std::string_view party_identity,
                             const FindingSink& findings);
  // Adds one object from `text` (with room for the parser behind it), which the caller keeps inside
  // submission.text.
  void read_object(Submission& submission, std::string_view text, std::string_view party_identity,
                   const FindingSink& findings);

 private:
  void add(Submission& submission, json::Value value, std::string_view party_identity,
           const FindingSink& findings);
  uint32_t marks_of(Submission& submission, const stix::Header& header, json::Value object,
                    Item& item, const FindingSink& findings);
  static void bind(Submission& submission, Item& item, WrittenMarks& marks,
                   const FindingSink& findings);
  static ItemDetail& detail_of(Submission& submission, Item& item);

  const store::Journal& journal_;
  store::BufferedRandom random_;
  json::Parser parser_;
  json::Document document_;
  stix::Examiner examiner_;
  stix::Examination examination_;
  release::EditionPlanner planner_;
};

// The writer thread's side: numbers for types and mark-sets, and which of the items are new.
class Ingest {
 public:
  Ingest(const store::Journal& journal, State& state) : journal_(journal), state_(state) {}
  // Plans the whole submission. State changes show at once to later plans; undo() takes them back.
  void plan(store::Plan& plan, Submission& submission);
  void undo(const State& before);

 private:
  struct Context;
  uint16_t type_number(store::Plan& plan, std::string_view name);
  uint32_t party_set(store::Plan& plan, const release::PartySet& parties);
  uint32_t mark_set(store::Plan& plan, const release::MarkSet& marks);
  uint32_t marks_number(store::Plan& plan, const Submission& submission, Context& context,
                        uint32_t index);
  void plan_markings(store::Plan& plan, const Submission& submission);
  void plan_item(store::Plan& plan, Submission& submission, Context& context, Item& item);
  store::Position find_same(const store::Plan& plan, const Submission& submission,
                            const Context& context, const Item& item, bool* in_collection) const;
  void rebuild_numbers();

  const store::Journal& journal_;
  State& state_;
  // Reverse tables of state_, so that known combinations cost one lookup.
  std::unordered_map<std::string, uint32_t> mark_set_numbers_;
  std::unordered_map<std::string, uint32_t> party_set_numbers_;
  std::vector<bool> withdrawn_;
  size_t withdrawn_seen_ = 0;
};

}  // namespace entente::exchange
