#include "exchange/view.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "exchange/edition.h"
#include "json/json.h"
#include "json/peek.h"
#include "stix/timestamp.h"

namespace entente::exchange {
namespace {

// The root of an object in the journal, until the next call. Erased and damaged bytes are an object without members.
json::Value parse_again(std::string_view object) {
  thread_local json::Parser parser;
  thread_local json::Document document;
  thread_local std::string bytes;
  bytes.reserve(object.size() + json::kPaddingBytes);
  bytes.assign(object.empty() ? "{}" : object);
  if (!parser.parse(bytes, &document)) {
    bytes = "{}";
    CHECK(parser.parse(bytes, &document).has_value());
  }
  return document.root();
}

// Top-level strings of a stored object, empty where there is none.
template <size_t N>
std::array<std::string, N> strings_of(std::string_view object,
                                      const std::array<std::string_view, N>& names) {
  std::array<std::string, N> out;
  std::array<std::string_view, N> contents;
  if (json::peek_strings(object, names, contents)) {
    for (size_t i = 0; i < N; ++i) out[i] = contents[i];
    return out;
  }
  const json::Value root = parse_again(object);
  for (size_t i = 0; i < N; ++i) {
    const auto value = root.find(names[i]);
    if (value) out[i] = value->text();
  }
  return out;
}

}  // namespace

View::View(const store::Journal& journal, Principal reader, store::Snapshot snapshot,
           std::shared_ptr<const State> state, Worlds& worlds, int64_t now_ms)
    : journal_(journal),
      reader_(std::move(reader)),
      snapshot_(std::move(snapshot)),
      state_(std::move(state)),
      worlds_(worlds),
      now_ms_(now_ms),
      sets_(worlds.world(reader_, snapshot_, *state_, now_ms)),
      world_(reader_.party, sets_->entries, snapshot_.end()) {}

bool View::may_read(const release::Collection& collection) const {
  return reader_.restriction.lets_into(collection.number) &&
         state_->directory->may_read(collection, reader_.party, now_ms_);
}

bool View::may_write(const release::Collection& collection) const {
  return release::may_write(reader_.role) && reader_.restriction.is_none() &&
         state_->directory->may_write(collection, reader_.party, now_ms_);
}

const release::Collection* View::collection(std::string_view id_or_alias) const {
  const release::Collection* found = state_->directory->collection(id_or_alias);
  return found != nullptr && (may_read(*found) || may_write(*found)) ? found : nullptr;
}

std::vector<const release::Collection*> View::collections() const {
  std::vector<const release::Collection*> out;
  for (const release::Collection& one : state_->directory->collections()) {
    if (may_read(one) || may_write(one)) out.push_back(&one);
  }
  std::ranges::sort(out, {}, &release::Collection::alias);
  return out;
}

std::vector<const release::Party*> View::known_parties() const {
  const release::Directory& directory = *state_->directory;
  std::set<release::PartyNumber> known{reader_.party};
  const bool is_public =
      reader_.party == directory.party_as_known(release::kPublicCode, release::kAllKnown);
  for (const release::Collection* one : collections()) {
    if (is_public) break;  // who else takes part is not for everybody
    for (const auto* codes : {&one->read, &one->write}) {
      const release::PartySet set = directory.expand(*codes, now_ms_);
      known.insert(set.begin(), set.end());
    }
  }
  std::vector<const release::Party*> out;
  for (const release::PartyNumber number : known) out.push_back(directory.party(number));
  std::ranges::sort(out, {}, &release::Party::code);
  return out;
}

std::shared_ptr<const Bitmap> View::narrowed(Narrowing narrowing) const {
  return worlds_.narrowed(reader_, narrowing, *sets_, snapshot_, *state_, now_ms_);
}

int64_t View::date_us(store::Position position) const {
  if (!sets_->late_us.empty()) {
    const auto late = sets_->late_us.find(position);
    if (late != sets_->late_us.end()) return late->second;
  }
  const store::BatchInfo batch = snapshot_.batch_of(position);
  return batch.tick_ms * 1000 +
         static_cast<int64_t>(sets_->on_time->count_in(batch.first, position));
}

uint8_t View::cut_of(store::Position position) const {
  if (!sets_->decisions->has_cuts()) return 0;
  const release::MarkSetNumber marks = snapshot_.mark_set_for_views(position);
  if (sets_->decisions->answer(marks) == Decisions::Answer::kYes) return 0;
  const Admission* admission = sets_->decisions->admission(marks, position);
  CHECK(admission != nullptr);
  return admission->cut;
}

std::string_view View::edition(store::Position position, std::string* scratch) const {
  const std::string_view bytes = snapshot_.bytes(world_, position);
  const uint8_t cut = cut_of(position);
  if (cut == 0) return bytes;
  scratch->clear();
  append_edition(snapshot_, position, bytes, cut, scratch);
  return *scratch;
}

bool View::is_revoked(store::Position position) const {
  if ((entry(position).flags & store::kRevoked) == 0) return false;
  if (cut_of(position) == 0) return true;
  std::string scratch;
  const auto revoked = parse_again(edition(position, &scratch)).find("revoked");
  return revoked && revoked->kind() == json::Kind::kTrue;
}

std::string View::type(store::Position position) const {
  const uint16_t number = entry(position).type;
  return number != Types::kOther ? std::string(state_->types->name(number))
                                 : strings_of<1>(snapshot_.bytes(world_, position), {"type"})[0];
}

Bitmap View::unnumbered(release::CollectionNumber collection) const {
  std::vector<uint32_t> found;
  snapshot_.scan_columns_for_views(0, snapshot_.end(), [&](const store::ColumnSpans& run) {
    for (uint32_t i = 0; i < run.count; ++i) {
      if (run.type[i] == Types::kOther) found.push_back(run.first + i);
    }
  });
  Bitmap out;
  out.add_many(found.data(), found.size());
  out.intersect(*narrowed({collection, 0}));
  return out;
}

Named View::name_of(std::string_view bytes, store::Position position) const {
  if ((snapshot_.entry_for_views(position).flags & store::kUnversioned) != 0)
    return {strings_of<1>(bytes, {"id"})[0], format_time_us(date_us(position))};
  auto [id, modified] = strings_of<2>(bytes, {"id", "modified"});
  if (modified.empty()) modified = strings_of<1>(bytes, {"created"})[0];
  return {std::move(id), std::move(modified)};
}

Named View::name(store::Position position) const {
  return name_of(snapshot_.bytes(world_, position), position);
}

// Of an entry whose content is erased.
Named View::recalled_name(store::Position position) const {
  for (const Recall& recall : *state_->recalls) {
    if (!std::ranges::binary_search(recall.entries, position)) continue;
    const int64_t ns = snapshot_.entry_for_views(position).version_ns;
    return {recall.id, format_time_us(stix::Timestamp{ns, {}}.us())};
  }
  return {};
}

// Not through the world: what was withdrawn is in nobody's, but its submitter may be told what it
// once submitted.
Named View::own_name(store::Position position) const {
  if (position >= snapshot_.end() ||
      snapshot_.entry_for_views(position).submitter != reader_.party) {
    return {};
  }
  const std::string_view bytes = snapshot_.bytes_for_views(position);
  return bytes.empty() ? recalled_name(position) : name_of(bytes, position);
}

std::map<std::string, uint64_t, std::less<>> View::count_by_type() const {
  std::vector<uint64_t> counts(state_->types->size() + 1);
  Bitmap::Cursor at(*sets_->entries, 0);
  snapshot_.scan_columns_for_views(0, snapshot_.end(), [&](const store::ColumnSpans& run) {
    for (; !at.done() && at.value() < run.first + run.count; at.next()) {
      ++counts[run.type[at.value() - run.first]];
    }
  });
  std::map<std::string, uint64_t, std::less<>> out;
  for (uint16_t type = 1; type < counts.size(); ++type) {
    if (counts[type] > 0) out[std::string(state_->types->name(type))] += counts[type];
  }
  if (counts[Types::kOther] == 0) return out;
  const Bitmap others = unnumbered(release::kNoCollection);
  for (Bitmap::Cursor other(others, 0); !other.done() && other.value() < snapshot_.end();
       other.next()) {
    const std::string name = type(other.value());
    ++out[name.empty() ? "erased" : name];
  }
  return out;
}

void View::versions_of(std::string_view id,
                       const std::function<bool(store::Position)>& visit) const {
  for (store::Position at = snapshot_.newest(world_, journal_.hash(id)); at != store::kNone;
       at = snapshot_.older(world_, at)) {
    if (!visit(at)) return;
  }
}

void View::referring(std::string_view id, const std::function<bool(store::Position)>& visit) const {
  std::string scratch;
  snapshot_.referring(world_, journal_.hash(id), [&](store::Position position) {
    // The reference may stand in a part that is cut.
    const bool refers = cut_of(position) == 0 || refers_to(edition(position, &scratch), id);
    return !refers || visit(position);
  });
}

}  // namespace entente::exchange
