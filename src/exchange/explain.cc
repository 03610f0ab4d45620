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
  const release::ScopeMarks of_itself = std::move(marks->whole);
  marks->whole = release::whole_of(read.examination.header);
  marks->whole.exercises = of_itself.exercises;
  marks->whole.own_list = of_itself.own_list;
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

Explainer::Explainer(const View& asker) : asker_(asker), party_sets_(*asker.state().party_sets) {
  for (const ReleaseAct& act : *asker.state().acts) {
    for (const ReleaseAct::About& about : act.about) acts_[about.position].push_back(&act);
  }
}

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
  subject.position = position;
  return subject;
}

void Explainer::prepare(const Submission& submission) {
  read_markings_.clear();
  const auto& directory = *asker_.state().directory;
  const release::Collection* collection = directory.collection(submission.collection);
  party_sets_.resize(asker_.state().party_sets->size());
  party_sets_.push_back(collection == nullptr
                            ? release::PartySet()
                            : directory.expand(collection->read, asker_.now_ms()));
  party_sets_.push_back(directory.everybody());
  for (const Item& item : submission.items) {
    if (item.fate == Fate::kRefused || !item.is_marking) continue;
    const ItemDetail& detail = submission.details[item.detail];
    own_marks_.push_back(marks_now(submission, item.marks));
    own_markings_.add(submission.who.party, item.id,
                      {store::kNone, static_cast<uint32_t>(own_marks_.size() - 1), asker_.now_ms(),
                       detail.content, detail.says});
  }
}

release::MarkSet Explainer::marks_now(const Submission& submission, uint32_t index) const {
  const auto ahead = static_cast<uint32_t>(asker_.state().party_sets->size());
  const release::Collection* collection =
      asker_.state().directory->collection(submission.collection);
  release::MarkSet marks;
  marks.originator = submission.who.party;
  marks.collection = submission.collection;
  if (collection != nullptr && collection->default_tlp)
    marks.default_level = static_cast<uint8_t>(*collection->default_tlp);
  marks.audience = ahead + kAudienceAhead;
  marks.community = ahead + kCommunityAhead;
  const WrittenMarks& written = submission.marks[index];
  marks.whole = written.whole;
  marks.parts = written.parts;
  marks.editions = written.editions;
  marks.gone = written.gone;
  return marks;
}

std::vector<Subject> Explainer::submitted(const Submission& submission) {
  prepare(submission);
  std::vector<Subject> out;
  for (const Item& item : submission.items) {
    if (item.fate == Fate::kRefused) continue;
    Subject& subject = out.emplace_back();
    subject.text = json::padded(item.bytes);
    subject.size = item.bytes.size();
    subject.id = item.id;
    subject.released_ms = asker_.now_ms();
    subject.marks = marks_now(submission, item.marks);
    Read& read = reading();
    if (read.read(subject.bytes())) read_marks(read, &subject.marks, &subject.parts);
    own_objects_.emplace_back(subject.id, subject.marks);
  }
  return out;
}

std::vector<const release::KnownMarkings::Seen*> Explainer::definitions(
    release::PartyNumber originator, std::string_view marking_id) const {
  const State& state = asker_.state();
  std::vector<const release::KnownMarkings::Seen*> out;
  for (const auto& stored : state.markings->counting(originator, marking_id, *state.directory)) {
    int64_t since_ms = INT64_MIN;
    if (asker_.decisions().reads_marking(stored, state, &since_ms)) out.push_back(stored.seen);
  }
  // What is not stored yet would come in behind what its submitter has sent.
  const auto behind = std::ranges::find_if(out, [&](const auto* one) {
    return (*state.mark_sets)[one->mark_set].originator != originator;
  });
  std::vector<const release::KnownMarkings::Seen*> own;
  for (const auto& one : own_markings_.all(originator, marking_id)) own.push_back(&one);
  out.insert(behind, own.begin(), own.end());
  return out;
}

bool Explainer::reads_marking(const release::KnownMarkings::Seen& marking,
                              release::PartyNumber party, int depth) const {
  const auto key = std::tuple(&marking, party, depth);
  const auto known = read_markings_.find(key);
  if (known != read_markings_.end()) return known->second;
  return read_markings_[key] = find_reads_marking(marking, party, depth);
}

bool Explainer::find_reads_marking(const release::KnownMarkings::Seen& marking,
                                   release::PartyNumber party, int depth) const {
  const bool is_own = marking.entry == store::kNone;
  const release::MarkSet& marks =
      is_own ? own_marks_[marking.mark_set] : (*asker_.state().mark_sets)[marking.mark_set];
  Told whole = tell(marks, release::kWhole, marking.tick_ms, party, depth);
  if (!is_own) whole = after_acts(std::move(whole), marking.entry, marks, party, depth);
  if (!whole.reads) return false;
  for (size_t part = 0; part < marks.parts.size(); ++part) {
    if (!tell(marks, part, marking.tick_ms, party, depth).reads) return false;
  }
  return true;
}

Explainer::Marked Explainer::marked(const release::MarkSet& marks, size_t scope,
                                    release::PartyNumber party, int depth) const {
  Marked out;
  out.atom = release::base_atom(marks, scope);
  for (const std::string& id : release::scope_of(marks, scope).markings) {
    const auto found = definitions(marks.originator, id);
    if (found.empty() || depth >= kMarkingDepthMax) {
      out.atom.unknown = true;
      out.missing = id;
      continue;
    }
    const auto first = std::ranges::find_if(
        found, [&](const auto* one) { return reads_marking(*one, party, depth + 1); });
    out.is_unread |= first == found.end();
    release::add(out.atom, (first == found.end() ? found.front() : *first)->says);
  }
  release::canonicalise(out.atom);
  return out;
}

release::Context Explainer::context(int64_t released_ms) const {
  const int64_t now_ms = std::max(asker_.now_ms(), asker_.state().tick_ms);
  return {asker_.state().directory.get(), &party_sets_, now_ms, now_ms, released_ms};
}

Explainer::Told Explainer::tell(const release::MarkSet& marks, size_t scope, int64_t released_ms,
                                release::PartyNumber party, int depth) const {
  const Marked marked = this->marked(marks, scope, party, depth);
  const release::Reader reader{party, {}, {}};
  release::Context context = this->context(released_ms);
  const release::Collection* in = asker_.state().directory->collection(marks.collection);
  context.tells_collection = in != nullptr && asker_.collection(in->alias) != nullptr;
  const release::Verdict verdict = release::decide(marked.atom, reader, context);
  Told told{verdict.reads, std::string(release::name_of(verdict.rule)),
            release::sentence(verdict, marked.atom, reader, context)};
  const std::string code = asker_.state().directory->party(party)->code;
  if (verdict.rule == release::Rule::kNotUnderstood && !marked.missing.empty()) {
    told.sentence = fmt::format(
        "{} does not read it: it is marked {}, of which there is no definition by its originator "
        "or an authority.",
        code, marked.missing);
  }
  const bool is_done = !verdict.reads || verdict.rule == release::Rule::kOriginator;
  if (is_done || !marked.is_unread) return told;
  return {false, "marking-unread",
          fmt::format("{} does not read it: it is marked by a definition that {} may not read.",
                      code, code)};
}

Explainer::Told Explainer::tell_entry(store::Position position, release::PartyNumber party,
                                      int depth) const {
  const release::MarkSet& marks = (*asker_.state().mark_sets)[asker_.entry(position).mark_set];
  const int64_t released_ms = asker_.snapshot().batch_of(position).tick_ms;
  return after_acts(tell(marks, release::kWhole, released_ms, party, depth), position, marks, party,
                    depth);
}

Explainer::Told Explainer::after_acts(Told told, store::Position position,
                                      const release::MarkSet& marks, release::PartyNumber party,
                                      int depth) const {
  const auto acts = acts_.find(position);
  if (acts == acts_.end() || told.rule == release::name_of(release::Rule::kOriginator)) return told;
  const Marked marked = this->marked(marks, release::kWhole, party, depth);
  const release::Directory& directory = *asker_.state().directory;
  for (const ReleaseAct* act : acts->second) {
    const release::Verdict verdict =
        release::decide(atom_of(*act, marked.atom), {party, {}, {}}, context(act->tick_ms));
    const std::string to =
        act->says.to.empty() ? "nobody else" : fmt::format("{}", fmt::join(act->says.to, ", "));
    const auto sentence = [&](std::string_view reads, std::string_view did) {
      const std::string mark =
          act->signing_key.empty() ? "not signed" : "signed with " + act->signing_key;
      return fmt::format("{} {} it: on {} {} {} {}: {} ({})", directory.party(party)->code, reads,
                         format_time_ms(act->tick_ms), directory.party(act->by)->code, did, to,
                         act->says.reason, mark);
    };
    if (act->says.kind == ReleaseStatement::Kind::kNarrow) {
      if (told.reads && !verdict.reads)
        told = {false, "narrowed", sentence("does not read", "left it to")};
    } else if (!told.reads && verdict.reads && !marked.is_unread) {
      told = {true, "widened", sentence("reads", "released it to")};
    }
  }
  return told;
}

Explanation Explainer::explain(const Subject& subject, release::PartyNumber party) const {
  using Sees = Explanation::Sees;
  Explanation out;
  Told whole = tell(subject.marks, release::kWhole, subject.released_ms, party, 0);
  if (subject.position != store::kNone)
    whole = after_acts(std::move(whole), subject.position, subject.marks, party, 0);
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
  }
  const std::string code = asker_.state().directory->party(party)->code;
  const auto edition_cut = subject.marks.edition_for(cut);
  if (!edition_cut) {
    out.rule = "no-edition";
    out.sentence = fmt::format(
        "{} does not read it: a part may not be read, and what is left without it is no STIX "
        "object. Of the part: {}",
        code, of_part.sentence);
    return out;
  }
  std::string edition(subject.bytes());
  if (cut != 0) {
    for (size_t part = 0; part < subject.parts.size(); ++part) {
      if ((*edition_cut >> part & 1) == 0) continue;
      for (const std::string& one : subject.parts[part].selectors) selectors.push_back(one);
    }
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
    is_found = reads(position, party);
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

}  // namespace entente::exchange
