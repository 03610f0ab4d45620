// A procedure is found by its id, its acts by their reference to it; both come from the party's view alone.
#include "desk/docket.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "base/text.h"
#include "desk/procedure/limits.h"

namespace entente::desk {
namespace {

constexpr size_t kClaimsMax = 1000;  // to one id, looked through

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
               release::Signer* signer)
    : node_(node), random_(random), who_(std::move(who)), signer_(signer), view_(node.view(who_)) {
  const release::Party* party = view_->state().directory->party(who_.party);
  code_ = party->code;
  identity_ = party->identity;
}

void Docket::refresh() { view_.emplace(node_.view(who_)); }

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

Result<std::string> Docket::open(Opening opening) {
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
  record.id = new_id(kProcedureType, random_);
  record.party = code_;
  record.act = rule.name;
  record.at_ms = now_ms;
  File trial{opening, pack, {}, {}};
  trial.one.opening = record;
  trial.one.calendar = opening.calendar;
  trial.one.roles = opening.roles;
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
  TRY(procedure::fold(*pack, trial.one, shipped_places(), now_ms));
  Draft made = draft_of(opening, identity_);
  made.object = TRY(sign(made.object));
  TRY(submit(made));
  return record.id;
}

Submitted Docket::submitted(store::Position position) const {
  const release::Directory& directory = *view_->state().directory;
  const release::PartyNumber party = view_->entry(position).submitter;
  return {directory.party(party)->code, view_->snapshot().batch_of(position).tick_ms,
          directory.signing_keys().of(party)};
}

Result<std::unique_ptr<File>> Docket::load(store::Position position) const {
  std::string scratch;
  auto file = std::make_unique<File>();
  file->opening = TRY(read_opening(view_->edition(position, &scratch), submitted(position)));
  file->pack = procedure::Packs::shipped().find(file->opening.pack);
  if (file->pack == nullptr)
    return fail(Code::kUnprocessable,
                fmt::format("its rule pack '{}' is not known here", file->opening.pack));
  file->opening.record.act = file->pack->acts[file->pack->opening()].name;
  file->one.opening = file->opening.record;
  file->one.roles = file->opening.roles;
  file->one.calendar = file->opening.calendar;
  file->one.roster = roster_of(*view_->state().directory, file->opening.format, now_ms());
  add_acts(*file);
  file->now = TRY(procedure::fold(*file->pack, file->one, shipped_places(), now_ms()));
  return file;
}

void Docket::add_acts(File& file) const {
  std::string scratch;
  std::set<std::pair<uint64_t, uint16_t>>
      seen;  // content and submitter: entries of further collections
  view_->referring(file.opening.record.id, [&](store::Position position) {
    if (view_->type(position) != kActType) return true;
    const auto entry = view_->entry(position);
    if (!seen.emplace(entry.content_hash, entry.submitter).second) return true;
    auto act = read_act(view_->edition(position, &scratch), submitted(position));
    if (act && act->procedure == file.opening.record.id)
      file.one.records.push_back(std::move(act->record));
    return file.one.records.size() < procedure::limits::kRecordsMax;
  });
}

Result<std::unique_ptr<File>> Docket::find(std::string_view id) const {
  return load(TRY(opening_of(id)));
}

Result<store::Position> Docket::opening_of(std::string_view id) const {
  // Of several claims to the id the first that its party signed counts.
  std::vector<store::Position> claims;
  view_->versions_of(id, [&](store::Position position) {
    if (view_->type(position) == kProcedureType) claims.push_back(position);
    return claims.size() < kClaimsMax;
  });
  if (claims.empty())
    return fail(Code::kNotFound, fmt::format("no procedure {} in the world of {}", id, code_));
  std::string scratch;
  for (const store::Position position : std::views::reverse(claims)) {
    const auto opening = read_opening(view_->edition(position, &scratch), submitted(position));
    if (opening && opening->record.proof == procedure::Proof::kSigned) return position;
  }
  return fail(Code::kUnprocessable,
              fmt::format("the opening of {} is not signed by the party that sent it", id));
}

Result<std::unique_ptr<File>> Docket::read(std::string_view id) {
  auto file = TRY(find(id));
  for (const procedure::ActRule& rule : file->pack->acts) {
    if (!rule.is_receipt || !release::may_write(who_.role)) continue;
    const auto received = file->now.received();
    if (std::ranges::binary_search(received, code_)) continue;
    procedure::Record receipt;
    receipt.act = rule.name;
    const auto verdict = TRY(try_act(id, receipt));
    if (verdict != procedure::Verdict::kCounted) continue;
    TRY(act(id, receipt));
    file = TRY(find(id));
  }
  return file;
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
  for (const procedure::Record& record : file.one.records)
    act.at_ms = std::max(act.at_ms, record.at_ms + 1);
  act.about = file.now.text_id;
  if (rule.needs_reason && act.reason.empty())
    return fail(Code::kInvalid, fmt::format("'{}' needs a reason: --reason", act.act));
  if (rule.needs_text && act.text.empty())
    return fail(Code::kInvalid, fmt::format("'{}' needs a text: --file", act.act));
  if (rule.needs_until && !act.until_ms)
    return fail(Code::kInvalid, fmt::format("'{}' needs an instant: --until", act.act));
  if (act.until_ms && *act.until_ms <= act.at_ms)
    return fail(Code::kInvalid, "the instant named is over");
  return {};
}

Result<Draft> Docket::draft(std::string_view procedure_id, procedure::Record act) {
  refresh();
  const auto file = TRY(find(procedure_id));
  act.id = new_id(kActType, random_);
  TRY(complete(*file, act));
  return draft_of(file->opening, act, identity_);
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

Result<Taken> Docket::act(std::string_view procedure_id, procedure::Record act) {
  Draft made = TRY(draft(procedure_id, std::move(act)));
  made.object = TRY(sign(made.object));
  return take(made);
}

std::vector<std::unique_ptr<File>> Docket::all() const {
  exchange::Query query;
  query.types = {std::string(kProcedureType)};
  query.chains = exchange::Chains::kAll;
  query.version.emplace().all = true;
  std::set<std::string> ids;
  for (const store::Position position : view_->page(query).positions)
    ids.insert(view_->name(position).id);
  std::vector<std::unique_ptr<File>> out;
  for (const std::string& id : ids) {
    if (auto file = find(id)) out.push_back(std::move(*file));
  }
  return out;
}

}  // namespace entente::desk
