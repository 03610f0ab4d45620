// A procedure is found by its id, its acts by their reference to it; both come from the party's view alone.
#include "desk/docket.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "desk/filing.h"
#include "desk/procedure/limits.h"
#include "exchange/explain.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

// The shape of a tag: a language, and subtags. [RFC 5646 2.1]
bool is_language(std::string_view tag) {
  const auto parts = split(tag, '-');
  const auto fits = [](std::string_view part, size_t least, bool letters) {
    return part.size() >= least && part.size() <= 8 && std::ranges::all_of(part, [&](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (!letters && c >= '0' && c <= '9');
           });
  };
  return fits(parts.front(), 2, true) &&
         std::ranges::all_of(parts.begin() + 1, parts.end(),
                             [&](std::string_view part) { return fits(part, 1, false); });
}

}  // namespace

const procedure::Places& shipped_places() {
  static const procedure::Zones kZones;
  static const procedure::Places kPlaces{&procedure::Calendars::shipped(), &kZones};
  return kPlaces;
}

procedure::Roster roster_of(const release::Directory& directory,
                            const std::vector<std::string>& format, int64_t until_ms) {
  std::set<int64_t> instants;
  for (const release::Party& party : directory.parties()) {
    if (party.made_ms <= until_ms) instants.insert(party.made_ms);
    for (const int64_t at_ms : directory.instants_of(party.number)) {
      if (at_ms <= until_ms) instants.insert(at_ms);
    }
  }
  std::vector<std::pair<int64_t, std::vector<std::string>>> spans;
  for (const int64_t at_ms : instants) {
    std::vector<std::string> members;
    for (const release::Party& party : directory.parties()) {
      if (party.made_ms > at_ms || directory.has_ended(party.number, at_ms, at_ms)) continue;
      const bool is_named = std::ranges::any_of(format, [&](const std::string& code) {
        return directory.party_as_known(code, at_ms) == party.number;
      });
      const auto groups = directory.groups_now(party.number, at_ms, at_ms);
      const bool is_member = std::ranges::any_of(groups, [&](std::string_view group) {
        return std::ranges::find(format, group) != format.end();
      });
      if (is_named || is_member) members.push_back(party.code);
    }
    std::ranges::sort(members);
    if (spans.empty() || spans.back().second != members)
      spans.emplace_back(at_ms, std::move(members));
  }
  return procedure::Roster(std::move(spans));
}

Docket::Docket(exchange::Node& node, Random& random, exchange::Principal who,
               release::Signer* signer, Shelf* shelf)
    : node_(node),
      random_(random),
      who_(std::move(who)),
      signer_(signer),
      shelf_(shelf),
      view_(node.view(who_)) {
  if (shelf_ != nullptr) shelf_->note_recalls(recalls());
  const release::Party* party = view_->state().directory->party(who_.party);
  code_ = party->code;
  identity_ = party->identity;
}

void Docket::refresh() {
  boundary_ms_.reset();
  view_.emplace(node_.view(who_));
  if (shelf_ != nullptr) shelf_->note_recalls(recalls());
  rosters_.clear();
}

Result<std::string> Docket::sign(std::string_view object) {
  if (signer_ == nullptr) return fail(Code::kForbidden, "no key to sign with");
  const SigningKey key = TRY(signer_->key_for(who_.party));
  refresh();  // it may be a new key
  return release::sign_object(object, key);
}

Result<void> Docket::submit(const Draft& signed_draft) {
  const std::string envelope =
      "{\"objects\":[" + signed_draft.marking + "," + signed_draft.object + "]}";
  auto submission = std::make_unique<exchange::Submission>();
  submission->who = who_;
  submission->text.reserve(envelope.size() + json::kPaddingBytes);
  submission->text = envelope;
  submission->all_or_nothing = true;
  exchange::Batcher batcher(node_.journal(), random_);
  TRY(batcher.read_envelope(*submission, identity_, nullptr));
  const exchange::SubmitOutcome outcome = TRY(node_.submit_and_wait(std::move(submission)));
  refresh();
  if (outcome.refused == 0) return {};
  for (const exchange::Item& item : outcome.submission->items) {
    if (item.fate == exchange::Fate::kRefused && !item.message.empty())
      return fail(Code::kUnprocessable, "it cannot be recorded: " + item.message);
  }
  return fail(Code::kUnprocessable, "it cannot be recorded");
}

Result<void> Docket::complete(Opening& opening) const {
  const procedure::Pack* pack = procedure::Packs::shipped().find(opening.pack);
  if (pack == nullptr) return fail(Code::kNotFound, fmt::format("no rule pack '{}'", opening.pack));
  opening.pack = pack->name;
  opening.pack_version = pack->version;
  const int64_t now_ms = node_.clock().now_ms();
  const auto& directory = *view_->state().directory;
  for (const auto& [role, parties] : opening.roles) {
    for (const std::string& code : parties) {
      if (directory.party(code) == nullptr)
        return fail(Code::kInvalid, fmt::format("no party '{}'", code));
    }
  }
  for (const std::string& code : opening.format) {
    if (directory.party(code) == nullptr && directory.group(code) == nullptr)
      return fail(Code::kInvalid, fmt::format("no party or group '{}'", code));
  }
  procedure::Record& record = opening.record;
  const procedure::ActRule& rule = pack->acts[pack->opening()];
  if (rule.needs_text && record.text.empty()) return fail(Code::kInvalid, "there is no text");
  if (rule.needs_until && (!record.until_ms || *record.until_ms <= now_ms))
    return fail(Code::kInvalid, "it ends at an instant that is still to come");
  const bool names_groups = std::ranges::any_of(
      opening.format, [&](const std::string& code) { return directory.party(code) == nullptr; });
  if (opening.level == release::Tlp::kRed && names_groups)
    return fail(Code::kInvalid, "tlp:red names parties one by one, and no group");
  if (!record.language.empty() && !is_language(record.language))
    return fail(Code::kInvalid, "a language is a tag such as en or pt-BR");
  record.party = code_;
  record.act = rule.name;
  record.at_ms = now_ms;
  File trial{opening, pack, {}, {}};
  trial.one.opening = record;
  trial.one.calendar = opening.calendar;
  trial.one.roles = opening.roles;
  trial.one.days = filed_days(opening.filing, *pack);
  trial.one.roster = roster_of(directory, opening.format, now_ms);
  const bool asks_format = std::ranges::any_of(pack->roles, [](const procedure::Role& role) {
    return role.kind == procedure::Role::Kind::kFormat;
  });
  if (asks_format && rule.needs_until && trial.one.roster.at(now_ms).empty())
    return fail(Code::kInvalid, "the format has no members now");
  const procedure::Place place = TRY(procedure::place_of(*pack, trial.one, shipped_places()));
  const procedure::Day today = place.zone->local(now_ms).first;
  if (today < pack->valid_from || today > pack->valid_until) {
    return fail(Code::kUnprocessable,
                fmt::format("the rule pack {} is for procedures opened from {}{}{}", pack->name,
                            procedure::format_day(pack->valid_from),
                            pack->valid_until.number == INT32_MAX ? "" : " to ",
                            pack->valid_until.number == INT32_MAX
                                ? std::string()
                                : procedure::format_day(pack->valid_until)));
  }
  const auto begins = TRY(procedure::fold(*pack, trial.one, shipped_places(), now_ms));
  return check_in_time(*pack, begins);
}

// A case whose time limit was over before it began is not opened.
Result<void> Docket::check_in_time(const procedure::Pack& pack,
                                   const procedure::Situation& begins) {
  for (const procedure::ClockView& clock : begins.clocks) {
    const procedure::ClockRule& rule = pack.clocks[clock.clock];
    if (clock.status != procedure::ClockStatus::kEnded || !clock.end_ms) continue;
    return fail(Code::kUnprocessable,
                fmt::format("it comes too late: '{}', {} {}{}, ended at {} [{}]", rule.name,
                            rule.period.count, procedure::name_of(rule.period.unit),
                            rule.from.empty() ? std::string() : " from " + rule.from,
                            format_time_ms(*clock.end_ms), rule.clause.text));
  }
  return {};
}

Result<void> Docket::try_open(Opening opening) const { return complete(opening); }

Result<std::string> Docket::open(Opening opening) {
  TRY(complete(opening));
  opening.record.id = new_id(kProcedureType, random_);
  const std::vector<std::string> codes = audience_of(opening);
  Draft made = draft_of(opening, identity_, {codes, opening.level, members_of(codes)});
  made.object = TRY(sign(made.object));
  TRY(submit(made));
  return opening.record.id;
}

void Docket::look_only_up_to(release::Tlp level) { highest_ = level; }

Result<std::shared_ptr<const File>> Docket::read(std::string_view id) {
  TRY(receive(id, nullptr));
  return find(id);
}

Result<void> Docket::receive(std::string_view id, const std::set<std::string>* records) {
  const auto file = TRY(find(id));
  const std::string& text = file->now.text_id;
  if (signer_ == nullptr || !release::may_write(who_.role) ||
      (records != nullptr && !records->contains(text)) ||
      std::ranges::binary_search(file->now.received(), code_))
    return {};
  const auto rule = std::ranges::find_if(file->pack->acts, &procedure::ActRule::is_receipt);
  if (rule == file->pack->acts.end()) return {};
  procedure::Record receipt;
  receipt.act = rule->name;
  // The same whoever of the party reads first, and however often.
  receipt.id = fmt::format(
      "{}--{}", kActType, uuid_from(sha256({"entente receipt v1\n", id, "\n", text, "\n", code_})));
  TRY(complete(*file, receipt));
  if (TRY(judge(*file, receipt)) != procedure::Verdict::kCounted) return {};
  Draft made = released(*file, receipt, {});
  made.object = TRY(sign(made.object));
  return submit(made);
}

Result<procedure::Verdict> Docket::judge(const File& file, const procedure::Record& act) const {
  procedure::Case trial = file.one;
  trial.records.push_back(act);
  const auto then =
      TRY(procedure::fold(*file.pack, trial, shipped_places(), std::max(now_ms(), act.at_ms)));
  const auto judged =
      std::ranges::find(then.judged, &trial.records.back(), &procedure::Judged::record);
  CHECK(judged != then.judged.end());
  return judged->verdict;
}

Result<procedure::Verdict> Docket::try_act(std::string_view procedure_id,
                                           procedure::Record act) const {
  const auto file = TRY(find(procedure_id));
  act.id = "tried";
  TRY(complete(*file, act));
  return judge(*file, act);
}

// What an act attaches: ids of objects, whether or not the party sees them.
Result<void> Docket::check_attached(const procedure::ActRule& rule, const procedure::Record& act) {
  if (rule.needs_attachment && act.text.empty() && act.objects.empty())
    return fail(Code::kInvalid,
                fmt::format("'{}' needs a text or objects: --file, --object", act.act));
  if (!rule.needs_attachment && !act.objects.empty())
    return fail(Code::kInvalid, fmt::format("'{}' attaches no objects", act.act));
  if (act.objects.size() > procedure::limits::kAttachedObjectsMax)
    return fail(Code::kTooLarge, fmt::format("an act attaches up to {} objects",
                                             procedure::limits::kAttachedObjectsMax));
  for (const std::string& id : act.objects) {
    if (!stix::is_identifier(id))
      return fail(Code::kInvalid, fmt::format("'{}' is no id of a STIX object", id));
  }
  return {};
}

Result<void> Docket::complete(const File& file, procedure::Record& act) const {
  const procedure::Index index = file.pack->act(act.act);
  if (index == procedure::kNoIndex || file.pack->acts[index].opens) {
    std::string names;
    for (const procedure::ActRule& rule : file.pack->acts) {
      if (!rule.opens) names += (names.empty() ? "" : ", ") + rule.name;
    }
    return fail(Code::kInvalid,
                fmt::format("{} has no act '{}': {}", file.pack->name, act.act, names));
  }
  const procedure::ActRule& rule = file.pack->acts[index];
  act.party = code_;
  // Behind all that the party sees of it: acts of one millisecond keep their order.
  act.at_ms = std::max(node_.clock().now_ms(), file.one.opening.at_ms + 1);
  for (const procedure::Record* record : file.one.all())
    act.at_ms = std::max(act.at_ms, record->at_ms + 1);
  act.about = file.now.text_id;
  if (rule.needs_reason && act.reason.empty())
    return fail(Code::kInvalid, fmt::format("'{}' needs a reason: --reason", act.act));
  if (rule.needs_text && act.text.empty())
    return fail(Code::kInvalid, fmt::format("'{}' needs a text: --file", act.act));
  if (rule.needs_until && !act.until_ms)
    return fail(Code::kInvalid, fmt::format("'{}' needs an instant: --until", act.act));
  if (!act.language.empty() && !is_language(act.language))
    return fail(Code::kInvalid, "a language is a tag such as en or pt-BR");
  TRY(check_attached(rule, act));
  if (rule.needs_language && act.language.empty())
    return fail(Code::kInvalid, fmt::format("'{}' needs a language: --language", act.act));
  if (rule.needs_target && act.target.empty())
    return fail(Code::kInvalid,
                fmt::format("'{}' needs the act that it answers: --on RECORD", act.act));
  if (act.until_ms && *act.until_ms <= act.at_ms)
    return fail(Code::kInvalid, "the instant named is over");
  return {};
}

Result<Draft> Docket::draft(std::string_view procedure_id, procedure::Record act,
                            const Terms& terms) {
  refresh();
  const auto file = TRY(find(procedure_id));
  act.id = new_id(kActType, random_);
  TRY(complete(*file, act));
  const procedure::ActRule& rule = file->pack->acts[file->pack->act(act.act)];
  const bool changes = rule.to != procedure::kNoIndex || rule.carries_text || rule.adds_text ||
                       rule.is_receipt || !rule.effects.empty();
  if (changes && !terms.to.empty())
    return fail(Code::kInvalid,
                fmt::format("'{}' changes the procedure: all who take part see it", act.act));
  for (const std::string& code : terms.to) {
    const auto& directory = *view_->state().directory;
    if (directory.party(code) == nullptr && directory.group(code) == nullptr)
      return fail(Code::kInvalid, fmt::format("no party or group '{}'", code));
  }
  return released(*file, act, terms);
}

std::vector<std::string> Docket::members_of(const std::vector<std::string>& codes) const {
  const release::Directory& directory = *view_->state().directory;
  std::vector<std::string> out;
  for (const release::PartyNumber party : directory.expand(codes, now_ms()))
    out.push_back(directory.party(party)->code);
  std::ranges::sort(out);
  return out;
}

Draft Docket::released(const File& file, const procedure::Record& act, const Terms& terms) const {
  Audience audience{audience_of(file.opening), terms.level.value_or(file.opening.level)};
  if (!terms.to.empty()) {
    audience.codes = terms.to;
    audience.codes.push_back(code_);
    std::ranges::sort(audience.codes);
    audience.codes.erase(std::ranges::unique(audience.codes).begin(), audience.codes.end());
  }
  const release::Directory& directory = *view_->state().directory;
  exchange::Explainer explainer(*view_);
  const store::Position text = text_position(file);
  std::vector<std::string> readers;
  bool all_read = true;
  for (const release::PartyNumber party : directory.expand(audience.codes, now_ms())) {
    const std::string& code = directory.party(party)->code;
    const bool reads =
        code == code_ || (explainer.reads(file.position, party) && explainer.reads(text, party));
    if (reads) readers.push_back(code);
    all_read = all_read && reads;
  }
  // To those named one by one RED is open, too.
  if (!all_read || audience.level == release::Tlp::kRed) {
    std::ranges::sort(readers);
    audience.codes = std::move(readers);
  }
  audience.members = members_of(audience.codes);
  return draft_of(file.opening, act, identity_, audience);
}

Result<Taken> Docket::take(const Draft& signed_draft) {
  const ActObject act = TRY(read_act(signed_draft.object, {code_, now_ms(), {}}));
  TRY(find(act.procedure));
  TRY(submit(signed_draft));
  const auto file = TRY(find(act.procedure));
  for (const procedure::Judged& judged : file->now.judged) {
    if (judged.record->id == act.record.id)
      return Taken{act.record.id, judged.record->at_ms, judged.verdict};
  }
  // It is recorded, and the party itself does not see it yet: it counts later.
  return Taken{act.record.id, act.record.at_ms, procedure::Verdict::kCounted};
}

Result<Taken> Docket::act(std::string_view procedure_id, procedure::Record act,
                          const Terms& terms) {
  Draft made = TRY(draft(procedure_id, std::move(act), terms));
  made.object = TRY(sign(made.object));
  return take(made);
}

}  // namespace entente::desk
