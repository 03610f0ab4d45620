// The rules are release::decide's, asked scope by scope; what is added here is what a decision needs besides
// the atom: that markings are there and can be read, and that what is left after the cuts is an
// edition. decisions.cc decides the same for all mark-sets at once.
#include "exchange/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "exchange/edition.h"
#include "json/json.h"
#include "release/redaction.h"
#include "stix/stix.h"

namespace entente::exchange {
namespace {

constexpr size_t kDanglingMax = 100;

// Numbers of party sets past those of the state: of what is not stored.
constexpr uint32_t kAudienceAhead = 0, kCommunityAhead = 1;

// An object as it can be read, on this thread.
struct Read {
  json::Parser parser;
  json::Document document;
  stix::Examiner examiner;
  stix::Examination examination;
  std::string text;

  // Of text that has room behind it.
  bool read(std::string_view object) {
    if (!parser.parse(object, &document)) return false;
    examiner.examine(document.root(), &examination);
    return true;
  }
  bool read_copy(std::string_view object) {
    text = json::padded(object);
    return read(std::string_view(text).substr(0, object.size()));
  }
};

Read& reading() {
  thread_local Read instance;
  return instance;
}

void read_marks(const Read& read, release::MarkSet* marks, std::vector<release::Part>* parts) {
  marks->whole = release::whole_of(read.examination.header);
  *parts = release::parts_of(read.examination.header, &marks->parts);
  marks->editions = parts->empty() ? 1 : release::valid_editions(read.document.root(), *parts);
}

}  // namespace

std::string_view name_of(Explanation::Sees sees) {
  switch (sees) {
    case Explanation::Sees::kNothing:
      return "nothing";
    case Explanation::Sees::kPart:
      return "part";
    case Explanation::Sees::kAll:
      return "all";
  }
  return "nothing";
}

Explainer::Explainer(const View& asker) : asker_(asker), party_sets_(*asker.state().party_sets) {}

Result<Subject> Explainer::stored(store::Position position) const {
  std::string scratch;
  const std::string_view bytes = asker_.edition(position, &scratch);
  if (bytes.empty()) return fail(Code::kNotFound, "its content is gone");
  Subject subject;
  subject.text = json::padded(bytes);
  subject.size = bytes.size();
  Read& read = reading();
  if (!read.read(subject.bytes())) return fail(Code::kNotFound, "its content is damaged");
  subject.id = read.examination.header.id;
  subject.marks = (*asker_.state().mark_sets)[asker_.entry(position).mark_set];
  read_marks(read, &subject.marks, &subject.parts);
  subject.released_ms = asker_.snapshot().batch_of(position).tick_ms;
  return subject;
}

std::vector<Subject> Explainer::submitted(const Submission& submission) {
  const auto& directory = *asker_.state().directory;
  const release::Collection* collection = directory.collection(submission.collection);
  const auto ahead = static_cast<uint32_t>(asker_.state().party_sets->size());
  party_sets_.resize(ahead);
  party_sets_.push_back(collection == nullptr
                            ? release::PartySet()
                            : directory.expand(collection->read, asker_.now_ms()));
  party_sets_.push_back(directory.everybody());
  std::vector<Subject> out;
  for (const Item& item : submission.items) {
    if (item.fate == Fate::kRefused) continue;
    Subject& subject = out.emplace_back();
    subject.text = json::padded(item.bytes);
    subject.size = item.bytes.size();
    subject.id = item.id;
    subject.released_ms = asker_.now_ms();
    subject.marks.originator = submission.who.party;
    subject.marks.collection = submission.collection;
    if (collection != nullptr && collection->default_tlp)
      subject.marks.default_level = static_cast<uint8_t>(*collection->default_tlp);
    subject.marks.audience = ahead + kAudienceAhead;
    subject.marks.community = ahead + kCommunityAhead;
    Read& read = reading();
    if (read.read(subject.bytes())) read_marks(read, &subject.marks, &subject.parts);
    own_objects_.emplace_back(subject.id, subject.marks);
    if (!item.is_marking) continue;
    const ItemDetail& detail = submission.details[item.detail];
    const auto number = static_cast<uint32_t>(own_marks_.size());
    own_marks_.push_back(subject.marks);
    own_markings_.add(submission.who.party, item.id,
                      {store::kNone, number, asker_.now_ms(), detail.content, detail.says});
  }
  return out;
}

// A marking that the asker may not read is one that is not there.
release::KnownMarkings::Counting Explainer::counting(release::PartyNumber originator,
                                                     std::string_view marking_id) const {
  const State& state = asker_.state();
  const auto stored = state.markings->counting(originator, marking_id, *state.directory);
  int64_t since_ms = INT64_MIN;
  if (stored.seen != nullptr && asker_.decisions().reads_marking(stored, state, &since_ms))
    return stored;
  const auto* own = own_markings_.find(originator, marking_id);
  if (own == nullptr) return {};
  return {own, own->tick_ms};
}

bool Explainer::reads_whole(const release::MarkSet& marks, int64_t released_ms,
                            release::PartyNumber party, int depth) const {
  if (!tell(marks, release::kWhole, released_ms, party, depth).reads) return false;
  for (size_t part = 0; part < marks.parts.size(); ++part) {
    if (!tell(marks, part, released_ms, party, depth).reads) return false;
  }
  return true;
}

Explainer::Told Explainer::tell(const release::MarkSet& marks, size_t scope, int64_t released_ms,
                                release::PartyNumber party, int depth) const {
  release::Atom atom = release::base_atom(marks, scope);
  std::string missing;
  std::vector<release::KnownMarkings::Counting> markings;
  for (const std::string& id : release::scope_of(marks, scope).markings) {
    const auto found = counting(marks.originator, id);
    if (found.seen == nullptr || depth >= kMarkingDepthMax) {
      atom.unknown = true;
      missing = id;
      continue;
    }
    release::add(atom, found.seen->says);
    markings.push_back(found);
  }
  release::canonicalise(atom);
  const release::Reader reader{party, {}, {}};
  const int64_t now_ms = std::max(asker_.now_ms(), asker_.state().tick_ms);
  const release::Context context{asker_.state().directory.get(), &party_sets_, now_ms, now_ms,
                                 released_ms};
  const release::Verdict verdict = release::decide(atom, reader, context);
  Told told{verdict.reads, std::string(release::name_of(verdict.rule)),
            release::sentence(verdict, atom, reader, context)};
  const std::string code = asker_.state().directory->party(party)->code;
  if (verdict.rule == release::Rule::kNotUnderstood && !missing.empty()) {
    told.sentence = fmt::format(
        "{} does not read it: it is marked {}, of which there is no definition by its originator "
        "or an "
        "authority.",
        code, missing);
  }
  if (!verdict.reads || verdict.rule == release::Rule::kOriginator) return told;
  for (const auto& marking : markings) {
    const bool is_own = marking.seen->entry == store::kNone;
    const release::MarkSet& its = is_own ? own_marks_[marking.seen->mark_set]
                                         : (*asker_.state().mark_sets)[marking.seen->mark_set];
    if (reads_whole(its, marking.seen->tick_ms, party, depth + 1)) continue;
    return {false, "marking-unread",
            fmt::format("{} does not read it: it is marked by a definition that {} may not read.",
                        code, code)};
  }
  return told;
}

Explanation Explainer::explain(const Subject& subject, release::PartyNumber party) const {
  using Sees = Explanation::Sees;
  Explanation out;
  Told whole = tell(subject.marks, release::kWhole, subject.released_ms, party, 0);
  out.rule = std::move(whole.rule);
  out.sentence = std::move(whole.sentence);
  if (!whole.reads) return out;
  uint32_t cut = 0;
  std::vector<std::string_view> selectors;
  Told of_part;
  for (size_t part = 0; part < subject.parts.size(); ++part) {
    Told told = tell(subject.marks, part, subject.released_ms, party, 0);
    if (told.reads) continue;
    if (cut == 0) of_part = std::move(told);
    cut |= 1u << part;
    for (const std::string& selector : subject.parts[part].selectors) selectors.push_back(selector);
  }
  const std::string code = asker_.state().directory->party(party)->code;
  if (!subject.marks.has_edition(cut)) {
    out.rule = "no-edition";
    out.sentence = fmt::format(
        "{} does not read it: a part may not be read, and what is left without it is no STIX "
        "object. Of the part: {}",
        code, of_part.sentence);
    return out;
  }
  std::string edition(subject.bytes());
  if (cut != 0) {
    Read& read = reading();
    if (!read.read(subject.bytes())) return out;
    out.cut =
        release::pointers_cut(read.document.root(), selectors).value_or(std::vector<std::string>());
    const auto edits = release::cut(read.document.root(), selectors);
    if (edits) edition = edits->apply(subject.bytes());
    out.cut_rule = std::move(of_part.rule);
    out.sentence =
        fmt::format("{} But of {}: {}", out.sentence, fmt::join(out.cut, ", "), of_part.sentence);
  }
  out.sees = cut == 0 ? Sees::kAll : Sees::kPart;
  look_for_references(subject, party, edition, &out);
  return out;
}

// Whether the party reads something of that id that the asker sees too.
bool Explainer::finds(std::string_view id, release::PartyNumber party) const {
  for (const auto& [own_id, marks] : own_objects_) {
    if (own_id == id && tell(marks, release::kWhole, asker_.now_ms(), party, 0).reads) return true;
  }
  bool is_found = false;
  asker_.versions_of(id, [&](store::Position position) {
    const release::MarkSet& marks = (*asker_.state().mark_sets)[asker_.entry(position).mark_set];
    const int64_t released_ms = asker_.snapshot().batch_of(position).tick_ms;
    is_found = tell(marks, release::kWhole, released_ms, party, 0).reads;
    return !is_found;
  });
  return is_found;
}

void Explainer::look_for_references(const Subject& subject, release::PartyNumber party,
                                    std::string_view edition, Explanation* out) const {
  std::vector<std::string> references;
  {
    Read& read = reading();
    if (!read.read_copy(edition)) return;
    for (const std::string_view id : read.examination.header.references)
      references.emplace_back(id);
  }
  std::ranges::sort(references);
  const auto repeated = std::ranges::unique(references);
  references.erase(repeated.begin(), repeated.end());
  for (const std::string& id : references) {
    if (out->dangling.size() >= kDanglingMax) return;
    if (id != subject.id && !finds(id, party)) out->dangling.push_back(id);
  }
}

namespace {

std::string json_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

Result<store::Position> newest_of(const View& asker, std::string_view id) {
  store::Position newest = store::kNone;
  asker.versions_of(id, [&](store::Position position) {
    newest = position;
    return false;
  });
  if (newest == store::kNone) return fail(Code::kNotFound, "no such object");
  return newest;
}

}  // namespace

Result<std::unique_ptr<Submission>> read_for_preview(Batcher& batcher, const View& asker,
                                                     release::CollectionNumber collection,
                                                     std::string_view text) {
  auto submission = std::make_unique<Submission>();
  submission->who = asker.reader();
  submission->collection = collection;
  submission->text = json::padded(text);
  const std::string& identity = asker.state().directory->party(asker.reader().party)->identity;
  Read& read = reading();
  const std::string_view bytes = std::string_view(submission->text).substr(0, text.size());
  if (const auto parsed = read.parser.parse(bytes, &read.document); !parsed) {
    return fail(Code::kInvalid, fmt::format("not JSON: {} at byte {}", parsed.error().detail,
                                            parsed.error().offset));
  }
  const bool is_list = read.document.root().find("objects").has_value();
  if (!is_list) {
    batcher.read_object(*submission, bytes, identity, {});
    return submission;
  }
  submission->text.resize(text.size());
  submission->text.reserve(text.size() + json::kPaddingBytes);
  TRY(batcher.read_envelope(*submission, identity, {}));
  return submission;
}

std::string preview_json(const Explainer& explainer, const Subject& subject,
                         const Parties& parties) {
  std::string out = fmt::format(R"({{"id":{},"parties":[)", json_quote(subject.id));
  bool is_first = true;
  for (const release::Party* party : parties) {
    const Explanation told = explainer.explain(subject, party->number);
    fmt::format_to(std::back_inserter(out),
                   R"({}{{"code":{},"sees":"{}","cut":{},"rule":{},"sentence":{},"dangling":{}}})",
                   is_first ? "" : ",", json_quote(party->code), name_of(told.sees),
                   json_list(told.cut),
                   json_quote(told.cut_rule.empty() ? told.rule : told.cut_rule),
                   json_quote(told.sentence), json_list(told.dangling));
    is_first = false;
  }
  return out + "]}";
}

std::string preview_json(Explainer& explainer, const Submission& submission,
                         const Parties& parties) {
  const std::vector<Subject> subjects = explainer.submitted(submission);
  std::string out;
  size_t next = 0;
  for (const Item& item : submission.items) {
    if (!out.empty()) out += ",";
    if (item.fate == Fate::kRefused) {
      out += fmt::format(R"({{"id":{},"refused":{},"parties":[]}})", json_quote(item.id),
                         json_quote(item.message));
    } else {
      out += preview_json(explainer, subjects[next++], parties);
    }
  }
  return submission.items.size() == 1 ? out : "{\"objects\":[" + out + "]}";
}

Result<std::string> preview_json(const View& asker, std::string_view id, const Parties& parties) {
  const store::Position position = TRY(newest_of(asker, id));
  const Explainer explainer(asker);
  const Subject subject = TRY(explainer.stored(position));
  return preview_json(explainer, subject, parties);
}

Result<std::string> why_json(const View& asker, std::string_view id, const release::Party& party) {
  const Explainer explainer(asker);
  std::optional<Explanation> told;
  asker.versions_of(id, [&](store::Position position) {
    const auto subject = explainer.stored(position);
    if (!subject) return true;
    Explanation one = explainer.explain(*subject, party.number);
    const bool sees = one.sees != Explanation::Sees::kNothing;
    if (!told || sees) told = std::move(one);
    return !sees;
  });
  if (!told) return fail(Code::kNotFound, "no such object");
  return fmt::format(R"({{"sees":{},"rule":{},"sentence":{}}})",
                     told->sees != Explanation::Sees::kNothing, json_quote(told->rule),
                     json_quote(told->sentence));
}

}  // namespace entente::exchange
