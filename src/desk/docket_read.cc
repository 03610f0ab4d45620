// The reading half of a docket: entries are looked up in the view, what they say comes from the shelf if it is there, and
// files are folded unless the shelf has them as the party sees them now.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "desk/docket.h"
#include "desk/filing.h"
#include "desk/procedure/limits.h"
#include "exchange/type_filter.h"

namespace entente::desk {
namespace {

constexpr size_t kClaimsMax = 1000;  // to one id, looked through

}  // namespace

std::optional<int64_t> erase_from_ms(const File& file) {
  if (file.now.outcome.empty() || !file.pack->retention) return std::nullopt;
  const auto place = procedure::place_of(*file.pack, file.one, shipped_places());
  if (!place) return std::nullopt;
  const auto end =
      procedure::end_of(file.pack->retention->period, *place, {file.now.since_ms, {}, {}});
  return end ? *end : std::nullopt;
}

std::vector<std::string> own_records(const File& file, std::string_view code) {
  std::vector<std::string> out;
  for (const procedure::Record* record : file.one.all()) {
    if (record->party == code) out.push_back(record->id);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  if (file.one.opening.party == code) out.push_back(file.one.opening.id);
  return out;
}

// By what the party sees of it: parts that are cut, and definitions that it may not read, say nothing.
bool Docket::is_low_enough(store::Position position) const {
  if (!highest_) return true;
  const exchange::State& state = view_->state();
  const store::Entry entry = view_->entry(position);
  if (entry.mark_set >= state.mark_sets->size()) return false;
  const release::MarkSet& marks = (*state.mark_sets)[entry.mark_set];
  const auto is_low = [&](size_t scope) {
    release::Atom atom = release::base_atom(marks, scope);
    for (const std::string& id : release::scope_of(marks, scope).markings) {
      const auto counting = state.markings->counting(entry.submitter, id, *state.directory);
      const auto decides = std::ranges::find_if(counting, [&](const auto& one) {
        int64_t since_ms = INT64_MIN;
        return view_->decisions().reads_marking(one, state, &since_ms);
      });
      if (decides == counting.end()) return false;
      release::add(atom, decides->seen->says);
    }
    const unsigned levels = release::deciding_levels(atom);
    return !atom.unknown && atom.classifications.empty() && atom.exercises.empty() && levels != 0 &&
           levels >> (static_cast<unsigned>(*highest_) + 1) == 0;
  };
  const uint8_t gone = marks.gone_parts(view_->cut_of(position));
  bool all_low = is_low(release::kWhole);
  for (size_t part = 0; part < marks.parts.size(); ++part)
    all_low = all_low && ((gone >> part & 1) != 0 || is_low(part));
  return all_low;
}

std::shared_ptr<const Written> Docket::written(store::Position position) const {
  const bool is_whole = shelf_ != nullptr && view_->cut_of(position) == 0;
  if (is_whole) {
    if (auto kept = shelf_->record(position)) return kept;
  }
  const int64_t tick_ms = view_->snapshot().batch_of(position).tick_ms;
  const auto signed_by = is_whole ? shelf_->checked().find(position, tick_ms) : std::nullopt;
  std::string scratch;
  auto out =
      std::make_shared<const Written>(read_written(view_->edition(position, &scratch), signed_by));
  if (!is_whole) return out;
  if (!signed_by && out->check.found == release::SignatureCheck::Found::kRight)
    shelf_->checked().note(position, tick_ms, out->check.key);
  shelf_->keep(recalls(), position, out);
  return out;
}

const procedure::Roster& Docket::roster(const std::vector<std::string>& format) const {
  const auto found = rosters_.find(format);
  if (found != rosters_.end()) return found->second;
  return rosters_.emplace(format, roster_of(*view_->state().directory, format, now_ms()))
      .first->second;
}

int64_t Docket::next_boundary_ms() const {
  if (!boundary_ms_) {
    const auto later = view_->state().directory->boundaries_between(now_ms(), INT64_MAX);
    boundary_ms_ = later.empty() ? INT64_MAX : later.front();
  }
  return *boundary_ms_;
}

Docket::Entries Docket::entries_of(std::string_view id) const {
  Entries out;
  view_->versions_of(id, [&](store::Position position) {
    if (view_->type(position) == kProcedureType && is_low_enough(position))
      out.claims.push_back(position);
    return out.claims.size() < kClaimsMax;
  });
  std::ranges::reverse(out.claims);
  view_->referring(id, [&](store::Position position) {
    if (view_->type(position) == kActType && is_low_enough(position)) out.acts.push_back(position);
    return out.acts.size() < procedure::limits::kRecordsMax;
  });
  return out;
}

Result<store::Position> Docket::opening_of(std::string_view id) const {
  return opening_among(entries_of(id).claims, id);
}

// Of several claims to the id the first that its party signed counts.
Result<store::Position> Docket::opening_among(const std::vector<store::Position>& claims,
                                              std::string_view id) const {
  if (claims.empty())
    return fail(Code::kNotFound, fmt::format("no procedure {} in the world of {}", id, code_));
  for (const store::Position position : claims) {
    const auto one = written(position);
    const Submitted by = submitted(position);
    if (one->what == Written::What::kOpening &&
        settled(one->opening.record, one->check, by).proof == procedure::Proof::kSigned)
      return position;
  }
  return fail(Code::kUnprocessable,
              fmt::format("the opening of {} is not signed by the party that sent it", id));
}

Result<std::shared_ptr<const File>> Docket::load(std::string_view id,
                                                 const Entries& entries) const {
  auto file = std::make_shared<File>();
  file->position = TRY(opening_among(entries.claims, id));
  const auto opening = written(file->position);
  file->opening = opening->opening;
  file->opening.record =
      settled(opening->opening.record, opening->check, submitted(file->position));
  file->pack = procedure::Packs::shipped().find(file->opening.pack);
  if (file->pack == nullptr)
    return fail(Code::kUnprocessable,
                fmt::format("its rule pack '{}' is not known here", file->opening.pack));
  file->opening.record.act = file->pack->acts[file->pack->opening()].name;
  file->one.opening = file->opening.record;
  file->one.roles = file->opening.roles;
  file->one.calendar = file->opening.calendar;
  file->one.days = filed_days(file->opening.filing, *file->pack);
  file->one.roster = roster(file->opening.format);
  file->one.shared = acts_of(id, entries.acts);
  file->now = TRY(procedure::fold(*file->pack, file->one, shipped_places(), now_ms()));
  file->folded_ms = now_ms();
  file->good_until_ms = file->now.next_change_ms.value_or(INT64_MAX);
  // A membership may begin or end.
  file->good_until_ms = std::min(file->good_until_ms, next_boundary_ms());
  for (const auto& record : file->one.shared) {
    if (record->at_ms > now_ms())
      file->good_until_ms = std::min(file->good_until_ms, record->at_ms);
  }
  file->due = procedure::due_of(*file->pack, file->one, file->now, code_, now_ms());
  file->waiting = procedure::waiting_of(*file->pack, file->one, file->now, code_, now_ms());
  return file;
}

std::vector<std::shared_ptr<const procedure::Record>> Docket::acts_of(
    std::string_view id, const std::vector<store::Position>& positions) const {
  const uint64_t generation = view_->state().directory->generation();
  std::vector<std::shared_ptr<const SettledAct>> acts(positions.size());
  if (shelf_ != nullptr) shelf_->find(generation, positions, &acts);
  std::vector<std::shared_ptr<const procedure::Record>> out;
  out.reserve(acts.size());
  // Entries of further collections say the same again.
  const auto hash = [](const SettledAct::Source& source) { return source.content; };
  std::unordered_set<SettledAct::Source, decltype(hash)> seen(2 * acts.size(), hash);
  for (size_t i = 0; i < acts.size(); ++i) {
    if (!acts[i]) {
      const store::Position position = positions[i];
      const auto entry = view_->entry(position);
      const auto act = written(position);
      auto made = std::make_shared<SettledAct>();
      made->source = {entry.content_hash, entry.submitter};
      if (act->what == Written::What::kAct) made->procedure = act->procedure;
      made->record = settled(act->opening.record, act->check, submitted(position));
      acts[i] = std::move(made);
      if (shelf_ != nullptr && view_->cut_of(position) == 0)
        shelf_->keep(recalls(), generation, position, acts[i]);
    }
    if (!seen.insert(acts[i]->source).second || acts[i]->procedure != id) continue;
    out.emplace_back(acts[i], &acts[i]->record);
  }
  return out;
}

Result<std::shared_ptr<const File>> Docket::find(std::string_view id) const {
  const Entries entries = entries_of(id);
  if (shelf_ == nullptr || !who_.restriction.is_none()) return load(id, entries);
  Shelf::Seen seen{view_->state().directory->generation(), {}};
  seen.entries.reserve(entries.claims.size() + entries.acts.size());
  for (const auto* positions : {&entries.claims, &entries.acts}) {
    for (const store::Position position : *positions)
      seen.entries.emplace_back(position, view_->cut_of(position));
  }
  const std::string key = code_ + " " + std::string(id);
  if (auto kept = shelf_->file(key, seen, now_ms())) return kept;
  auto file = TRY(load(id, entries));
  shelf_->keep(recalls(), key, std::move(seen), file);
  return file;
}

std::vector<std::shared_ptr<const File>> Docket::all() const {
  const exchange::TypeFilter filter(*view_, {std::string(kProcedureType)});
  const auto candidates = filter.candidates(release::kNoCollection);
  std::vector<std::string> ids;
  for (Bitmap::Cursor at(*candidates, 0); !at.done() && at.value() < view_->world().end();
       at.next()) {
    if (!view_->world().contains(at.value()) || !is_low_enough(at.value()) ||
        (!filter.is_exact() && !filter.lets(at.value())))
      continue;
    const auto opening = written(at.value());
    if (opening->what == Written::What::kOpening) ids.push_back(opening->opening.record.id);
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  std::vector<std::shared_ptr<const File>> out;
  for (const std::string& id : ids) {
    if (auto file = find(id)) out.push_back(std::move(*file));
  }
  return out;
}

Submitted Docket::submitted(store::Position position) const {
  const release::Directory& directory = *view_->state().directory;
  const release::PartyNumber party = view_->entry(position).submitter;
  return {directory.party(party)->code, view_->snapshot().batch_of(position).tick_ms,
          directory.signing_keys().of(party)};
}

store::Position Docket::text_position(const File& file) const {
  store::Position out = file.position;
  view_->versions_of(file.now.text_id, [&](store::Position position) {
    out = position;
    return true;
  });
  return out;
}

}  // namespace entente::desk
