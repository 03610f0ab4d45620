// Numbers are given on the writer's thread, in the order of the journal, so that a node that
// replays it gives the same. Everything that costs (parsing, examining, SHA-256) is done before, on
// the caller's thread.
#include "exchange/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "exchange/status.h"
#include "release/marks.h"
#include "release/release_marking.h"

namespace entente::exchange {
namespace {

// What an object is found by must stand plainly in its bytes. Where an error is about such a value written with escapes,
// "malformed" would send its reader looking for the wrong thing.
void explain_escapes(json::Value object, std::vector<stix::Finding>& findings) {
  for (const std::string_view name : {"type", "id", "created", "modified"}) {
    const auto value = object.find(name);
    if (!value || !value->is_string() || value->is_plain()) continue;
    for (stix::Finding& finding : findings) {
      if (finding.severity != stix::Severity::kError || finding.offset != value->offset()) continue;
      finding.detail = fmt::format(
          "the value of \"{}\" is written with escapes; it must be written without", name);
    }
  }
}

}  // namespace

Batcher::Batcher(const store::Journal& journal, Random& random)
    : journal_(journal), random_(random) {}
Batcher::~Batcher() = default;

Result<void> Batcher::read_envelope(Submission& submission, std::string_view party_identity,
                                    const FindingSink& findings) {
  if (const auto parsed = parser_.parse(submission.text, &document_); !parsed) {
    return fail(Code::kInvalid, "the body is not JSON: " + parsed.error().detail + " at byte " +
                                    std::to_string(parsed.error().offset));
  }
  const json::Value root = document_.root();
  if (!root.is_object()) return fail(Code::kUnprocessable, "the body is not a JSON object");
  const auto objects = root.find("objects");
  if (!objects) return fail(Code::kUnprocessable, "the body has no \"objects\"");
  if (!objects->is_array()) return fail(Code::kUnprocessable, "\"objects\" is not a list");
  if (objects->size() == 0) return fail(Code::kUnprocessable, "\"objects\" is empty");
  if (objects->size() > limits::kEnvelopeObjectsMax) {
    return fail(Code::kTooLarge, "more than " + std::to_string(limits::kEnvelopeObjectsMax) +
                                     " objects in one envelope");
  }
  submission.items.reserve(submission.items.size() + objects->size());
  for (const json::Value object : objects->elements())
    add(submission, object, party_identity, findings);
  return {};
}

void Batcher::read_object(Submission& submission, std::string_view text,
                          std::string_view party_identity, const FindingSink& findings) {
  if (const auto parsed = parser_.parse(text, &document_); !parsed) {
    Item& item = submission.items.emplace_back();
    item.bytes = text;
    item.message = "json-malformed: " + parsed.error().detail;
    if (findings) {
      findings(submission.items.size() - 1, {"json-malformed", stix::Severity::kError, "",
                                             parsed.error().offset, parsed.error().detail});
    }
    return;
  }
  add(submission, document_.root(), party_identity, findings);
}

ItemDetail& Batcher::detail_of(Submission& submission, Item& item) {
  if (item.detail == UINT32_MAX) {
    item.detail = static_cast<uint32_t>(submission.details.size());
    submission.details.emplace_back();
  }
  return submission.details[item.detail];
}

// Adds what is bound to the object, or refuses it.
void Batcher::bind(Submission& submission, Item& item, WrittenMarks& marks,
                   const FindingSink& findings) {
  if (!submission.bound) return;
  const auto tell = [&](std::string_view code, stix::Severity severity, std::string detail) {
    if (severity == stix::Severity::kError) {
      item.fate = Fate::kRefused;
      item.message = std::string(code) + ": " + detail;
    }
    const auto index = static_cast<size_t>(&item - submission.items.data());
    if (findings) findings(index, {code, severity, "", 0, std::move(detail)});
  };
  const auto found = submission.bound->by_id.find(item.id);
  if (found == submission.bound->by_id.end()) {
    tell("label-missing", stix::Severity::kError, "the binding names no label for this object");
    return;
  }
  const BoundMarkings::Bound& bound = found->second;
  if (bound.content && *bound.content != sha256({item.bytes})) {
    tell("label-content", stix::Severity::kError, "the binding's digest is of other bytes");
    return;
  }
  if (!bound.unmapped.empty()) tell("label-unmapped", stix::Severity::kWarning, bound.unmapped);
  auto& markings = marks.whole.markings;
  markings.insert(markings.end(), bound.markings.begin(), bound.markings.end());
  std::ranges::sort(markings);
  markings.erase(std::ranges::unique(markings).begin(), markings.end());
}

uint32_t Batcher::marks_of(Submission& submission, const stix::Header& header, json::Value object,
                           Item& item, const FindingSink& findings) {
  WrittenMarks marks;
  marks.whole = release::whole_of(header);
  if (item.is_marking) {
    marks.whole.exercises = submission.details[item.detail].says.exercises;
    marks.whole.own_list = submission.details[item.detail].own_list;
  }
  bind(submission, item, marks, findings);
  if (!header.granular_markings.empty()) {
    const std::vector<release::Part> parts = release::parts_of(header, &marks.parts);
    if (!parts.empty()) {
      const release::Editions editions = planner_.plan(object, parts);
      marks.editions = editions.valid;
      marks.gone = release::gone_parts(editions);
      detail_of(submission, item).editions = release::encode(editions);
    }
  }

  constexpr size_t kLookBack = 16;
  auto& all = submission.marks;
  const size_t first = all.size() > kLookBack ? all.size() - kLookBack : 0;
  for (size_t i = all.size(); i > first; --i) {
    if (all[i - 1] == marks) return static_cast<uint32_t>(i - 1);
  }
  all.push_back(std::move(marks));
  return static_cast<uint32_t>(all.size() - 1);
}

void Batcher::add(Submission& submission, json::Value value, std::string_view party_identity,
                  const FindingSink& findings) {
  examiner_.examine(value, &examination_);
  if (!examination_.accepted && value.is_object()) explain_escapes(value, examination_.findings);
  const stix::Header& header = examination_.header;
  const size_t index = submission.items.size();
  Item& item = submission.items.emplace_back();
  item.bytes = value.raw();
  item.id = header.id;
  if (header.has_version) item.version_text = header.version.text;
  if (findings) {
    for (const stix::Finding& finding : examination_.findings) findings(index, finding);
  }
  if (!examination_.accepted) {
    // What it calls itself, so that its sender knows which one was refused.
    const auto id = value.find("id");
    if (item.id.empty() && id && id->is_string() && id->is_plain()) {
      item.id = id->raw().substr(1, id->raw().size() - 2).substr(0, limits::kIdBytesMax);
    }
    const auto error =
        std::ranges::find(examination_.findings, stix::Severity::kError, &stix::Finding::severity);
    CHECK(error != examination_.findings.end());
    item.message = std::string(error->code) + ": " + error->detail;
    if (!error->pointer.empty()) item.message += " at " + error->pointer;
    return;
  }
  item.fate = Fate::kAccepted;
  item.type = header.type;
  item.id_hash = journal_.hash(header.id);
  item.content_hash = journal_.hash(item.bytes);
  item.version_ns = header.has_version ? header.version.ns : 0;
  if (!header.has_version) item.flags |= store::kUnversioned;
  if (header.revoked) item.flags |= store::kRevoked;
  if (header.spec_version == stix::SpecVersion::k20) item.flags |= store::kSpec20;
  if (!header.created_by_ref.empty() && header.created_by_ref == party_identity)
    item.flags |= store::kAttested;
  if (header.type == "marking-definition" && !release::tlp_of_marking(header.id)) {
    item.is_marking = true;
    ItemDetail& detail = detail_of(submission, item);
    detail.content = sha256({item.bytes});
    release::ReleaseMarking marking = release::read_release_marking(value);
    release::add(detail.says, marking);
    release::canonicalise(detail.says);
    detail.own_list = std::move(marking.own_list);
  }
  item.marks = marks_of(submission, header, value, item, findings);
  item.first_reference = static_cast<uint32_t>(submission.references.size());
  for (const std::string_view target : header.references)
    submission.references.push_back(journal_.hash(target));
  item.reference_count = static_cast<uint32_t>(header.references.size());
  item.sealed = store::seal(
      item.bytes,
      std::span(submission.references).subspan(item.first_reference, item.reference_count),
      random_);
}

// What one plan keeps while it runs.
struct Ingest::Context {
  store::Position first = 0;        // of this plan
  std::vector<const Item*> items;   // by position - first
  std::vector<uint32_t> mark_sets;  // by Item::marks; UINT32_MAX: not yet
  const release::Collection* collection = nullptr;
  uint32_t audience = 0, community = 0;
  std::string_view last_type;
  uint16_t last_type_number = 0;
};

uint16_t Ingest::type_number(store::Plan& plan, std::string_view name) {
  if (const auto known = state_.types->find(name)) return *known;
  if (state_.types->is_full()) return Types::kOther;
  state_.emit(plan, kTypeName, name);
  return *state_.types->find(name);
}

uint32_t Ingest::party_set(store::Plan& plan, const release::PartySet& parties) {
  std::string bytes = release::encode(parties);
  if (const auto known = party_set_numbers_.find(bytes); known != party_set_numbers_.end())
    return known->second;
  const auto number = static_cast<uint32_t>(state_.party_sets->size());
  state_.emit(plan, kPartySet, bytes);
  party_set_numbers_.emplace(std::move(bytes), number);
  return number;
}

uint32_t Ingest::mark_set(store::Plan& plan, const release::MarkSet& marks) {
  std::string bytes = release::encode(marks);
  if (const auto known = mark_set_numbers_.find(bytes); known != mark_set_numbers_.end())
    return known->second;
  const auto number = static_cast<uint32_t>(state_.mark_sets->size());
  state_.emit(plan, kMarkSet, bytes);
  mark_set_numbers_.emplace(std::move(bytes), number);
  return number;
}

void Ingest::rebuild_numbers() {
  mark_set_numbers_.clear();
  party_set_numbers_.clear();
  for (uint32_t i = 0; i < state_.mark_sets->size(); ++i) {
    mark_set_numbers_.emplace(release::encode((*state_.mark_sets)[i]), i);
  }
  for (uint32_t i = 0; i < state_.party_sets->size(); ++i) {
    party_set_numbers_.emplace(release::encode((*state_.party_sets)[i]), i);
  }
  withdrawn_.clear();
  withdrawn_seen_ = 0;
}

void Ingest::undo(const State& before) {
  state_ = before;
  rebuild_numbers();
}

// The record that the item repeats, of the same submitter, version and bytes: the entry in the
// submission's collection if there is one, else any entry of the record.
store::Position Ingest::find_same(const store::Plan& plan, const Submission& submission,
                                  const Context& context, const Item& item,
                                  bool* in_collection) const {
  store::Position record = store::kNone;
  *in_collection = false;
  for (store::Position at = plan.find(item.id_hash); at != store::kNone;) {
    const store::Entry entry = plan.entry(at);
    const bool may_be_same =
        entry.submitter == submission.who.party && entry.content_hash == item.content_hash;
    if (may_be_same) {
      const std::string_view bytes = entry.object >= context.first
                                         ? context.items[entry.object - context.first]->bytes
                                         : plan.bytes(entry.object);
      if (bytes == item.bytes) {
        const bool is_withdrawn = at < withdrawn_.size() && withdrawn_[at];
        if (entry.collection == submission.collection && !is_withdrawn) {
          *in_collection = true;
          return at;
        }
        record = entry.object;
      }
    }
    at = entry.previous;
  }
  return record;
}

// The number of what an item's marks mean in this collection today; made once for all items that
// share them.
uint32_t Ingest::marks_number(store::Plan& plan, const Submission& submission, Context& context,
                              uint32_t index) {
  uint32_t& number = context.mark_sets[index];
  if (number != UINT32_MAX) return number;
  const WrittenMarks& written = submission.marks[index];
  release::MarkSet marks;
  marks.originator = submission.who.party;
  marks.collection = submission.collection;
  if (context.collection != nullptr && context.collection->default_tlp) {
    marks.default_level = static_cast<uint8_t>(*context.collection->default_tlp);
  }
  marks.whole = written.whole;
  marks.parts = written.parts;
  marks.editions = written.editions;
  marks.gone = written.gone;
  marks.audience = context.audience;
  marks.community = context.community;
  number = mark_set(plan, marks);
  return number;
}

void Ingest::plan_markings(store::Plan& plan, const Submission& submission) {
  for (const Item& item : submission.items) {
    if (!item.is_marking || item.fate != Fate::kAccepted) continue;
    if (state_.markings->is_full(submission.who.party, item.id)) continue;
    const ItemDetail& detail = submission.details[item.detail];
    const release::KnownMarkings::Seen seen{item.position, plan.entry(item.position).mark_set,
                                            plan.tick_ms(), detail.content, detail.says};
    state_.emit(plan, kMarkingSeen, encode_marking_seen(submission.who.party, seen, item.id));
  }
}

void Ingest::plan_item(store::Plan& plan, Submission& submission, Context& context, Item& item) {
  if (item.fate == Fate::kRefused) return;
  if (state_.tombstones->refuse(state_.node_key, item.id_hash, item.bytes, submission.who.party)) {
    item.fate = Fate::kRefused;
    item.late_code = "recalled";
    item.message = "recalled: these bytes were recalled and are not taken in again";
    return;
  }
  bool in_collection = false;
  const store::Position same = find_same(plan, submission, context, item, &in_collection);
  const bool is_wider =
      in_collection && submission.bound &&
      plan.entry(same).mark_set != marks_number(plan, submission, context, item.marks);
  if (is_wider) {
    item.fate = Fate::kRefused;
    item.message = "label-late: the object is in the collection already, under other marks";
    return;
  }
  if (in_collection) {
    item.fate = Fate::kRepeated;
    item.position = same;
    return;
  }
  if (context.last_type.empty() || context.last_type != item.type) {
    context.last_type = item.type;
    context.last_type_number = type_number(plan, item.type);
  }
  store::Entry entry;
  entry.id_hash = item.id_hash;
  entry.content_hash = item.content_hash;
  entry.version_ns =
      (item.flags & store::kUnversioned) != 0 ? plan.tick_ms() * 1'000'000 : item.version_ns;
  entry.mark_set = marks_number(plan, submission, context, item.marks);
  entry.type = context.last_type_number;
  entry.collection = submission.collection;
  entry.submitter = submission.who.party;
  entry.flags = item.flags;
  item.sealed.references =
      std::span(submission.references).subspan(item.first_reference, item.reference_count);
  item.position =
      same == store::kNone ? plan.add_object(entry, item.sealed) : plan.add_membership(entry, same);
  context.items.push_back(&item);
  if (same == store::kNone && item.detail != UINT32_MAX) {
    const ItemDetail& detail = submission.details[item.detail];
    if (!detail.editions.empty()) plan.add_control(kEditions, item.position, detail.editions);
  }
}

void Ingest::plan(store::Plan& plan, Submission& submission) {
  if (mark_set_numbers_.size() != state_.mark_sets->size()) rebuild_numbers();
  for (; withdrawn_seen_ < state_.withdrawn->size(); ++withdrawn_seen_) {
    const store::Position position = (*state_.withdrawn)[withdrawn_seen_].position;
    if (withdrawn_.size() <= position) withdrawn_.resize(size_t{position} + 1);
    withdrawn_[position] = true;
  }
  Context context;
  context.first = plan.next_position();
  context.mark_sets.assign(submission.marks.size(), UINT32_MAX);
  context.collection = state_.directory->collection(submission.collection);
  if (context.collection != nullptr) {
    context.audience =
        party_set(plan, state_.directory->expand(context.collection->read, plan.tick_ms()));
  } else {
    context.audience = party_set(plan, {});
  }
  context.community = party_set(plan, state_.directory->everybody());

  constexpr size_t kAhead = 16;
  std::vector<Item>& items = submission.items;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i + kAhead < items.size()) plan.expect(items[i + kAhead].id_hash);
    plan_item(plan, submission, context, items[i]);
  }
  plan_markings(plan, submission);
  if (submission.wants_status) {
    const std::string record = encode_status(submission);
    plan.add_control(kStatus, journal_.hash(submission.status_id), record);
  }
}

}  // namespace entente::exchange
