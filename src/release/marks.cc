#include "release/marks.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/limits.h"
#include "base/text.h"

namespace entente::release {
namespace {

// Fixed-size integers in the machine's order: encodings are read by the node that wrote them.
template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

void put_texts(std::string& out, const std::vector<std::string>& texts) {
  put(out, static_cast<uint16_t>(texts.size()));
  for (const std::string& text : texts) {
    put(out, static_cast<uint16_t>(text.size()));
    out.append(text);
  }
}

bool take_texts(std::string_view& bytes, std::vector<std::string>& texts) {
  uint16_t count = 0;
  if (!take(bytes, count)) return false;
  for (uint16_t i = 0; i < count; ++i) {
    uint16_t size = 0;
    if (!take(bytes, size) || bytes.size() < size) return false;
    texts.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return true;
}

// Of a scope's second byte.
constexpr uint8_t kUnknownBit = 1;
constexpr uint8_t kOwnListBit = 2;

void put_scope(std::string& out, const ScopeMarks& scope) {
  put(out, scope.tlp_levels);
  put(out,
      static_cast<uint8_t>((scope.unknown ? kUnknownBit : 0) | (scope.own_list ? kOwnListBit : 0)));
  put_texts(out, scope.markings);
  put_texts(out, scope.exercises);
  if (scope.own_list) put_texts(out, *scope.own_list);
}

bool take_scope(std::string_view& bytes, ScopeMarks& scope) {
  uint8_t bits = 0;
  if (!take(bytes, scope.tlp_levels) || !take(bytes, bits) ||
      (bits & ~(kUnknownBit | kOwnListBit)) != 0)
    return false;
  scope.unknown = (bits & kUnknownBit) != 0;
  if (!take_texts(bytes, scope.markings) || !take_texts(bytes, scope.exercises)) return false;
  return (bits & kOwnListBit) == 0 || take_texts(bytes, scope.own_list.emplace());
}

bool take_gone(std::string_view& bytes, std::vector<uint8_t>& gone) {
  uint8_t count = 0;
  if (!take(bytes, count) || count > 1u << limits::kGranularPartsMax) return false;
  gone.resize(count);
  return std::ranges::all_of(gone, [&](uint8_t& one) { return take(bytes, one); });
}

void take_marking(ScopeMarks& scope, std::string_view id) {
  if (const auto level = tlp_of_marking(id)) {
    scope.tlp_levels = static_cast<uint8_t>(scope.tlp_levels | 1u << static_cast<uint8_t>(*level));
  } else {
    scope.markings.emplace_back(id);
  }
}

void sort_unique(std::vector<std::string>& values) {
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
}

}  // namespace

ScopeMarks whole_of(const stix::Header& header) {
  ScopeMarks whole;
  for (const std::string_view id : header.marking_refs) take_marking(whole, id);
  sort_unique(whole.markings);
  return whole;
}

std::vector<Part> parts_of(const stix::Header& header, std::vector<ScopeMarks>* marks) {
  std::vector<Part> parts;
  std::vector<std::string_view> named;
  marks->clear();
  for (const stix::GranularMarking& granular : header.granular_markings) {
    if (granular.marking_ref.empty()) continue;
    const auto found = std::ranges::find(named, granular.marking_ref);
    const size_t index =
        std::min(static_cast<size_t>(found - named.begin()), size_t{limits::kGranularPartsMax} - 1);
    if (found == named.end()) named.push_back(granular.marking_ref);
    if (index == parts.size()) {
      parts.emplace_back();
      marks->emplace_back();
    }
    take_marking((*marks)[index], granular.marking_ref);
    for (const std::string_view selector : granular.selectors)
      parts[index].selectors.emplace_back(selector);
  }
  for (ScopeMarks& part : *marks) sort_unique(part.markings);
  return parts;
}

std::string encode(const MarkSet& marks) {
  std::string out;
  put(out, marks.originator);
  put(out, marks.collection);
  put(out, marks.default_level);
  put(out, marks.audience);
  put(out, marks.community);
  put(out, marks.editions);
  put(out, static_cast<uint8_t>(marks.gone.size()));
  for (const uint8_t gone : marks.gone) put(out, gone);
  put_scope(out, marks.whole);
  for (const ScopeMarks& part : marks.parts) put_scope(out, part);
  return out;
}

Result<MarkSet> decode_mark_set(std::string_view bytes) {
  MarkSet marks;
  bool is_whole = take(bytes, marks.originator) && take(bytes, marks.collection) &&
                  take(bytes, marks.default_level) && take(bytes, marks.audience) &&
                  take(bytes, marks.community) && take(bytes, marks.editions) &&
                  take_gone(bytes, marks.gone) && take_scope(bytes, marks.whole);
  while (is_whole && !bytes.empty() && marks.parts.size() < limits::kGranularPartsMax)
    is_whole = take_scope(bytes, marks.parts.emplace_back());
  if (!is_whole || !bytes.empty()) return fail(Code::kCorrupt, "a mark-set record is malformed");
  return marks;
}

std::string encode(const PartySet& parties) {
  std::string out;
  for (const PartyNumber party : parties) put(out, party);
  return out;
}

Result<PartySet> decode_party_set(std::string_view bytes) {
  if (bytes.size() % sizeof(PartyNumber) != 0)
    return fail(Code::kCorrupt, "a party set record is cut short");
  PartySet out(bytes.size() / sizeof(PartyNumber));
  if (!bytes.empty()) std::memcpy(out.data(), bytes.data(), bytes.size());
  return out;
}

bool KnownMarkings::add(PartyNumber submitter, std::string_view marking_id, Seen seen) {
  std::vector<Seen>& known = seen_[std::string(marking_id)][submitter];
  if (known.size() >= limits::kDefinitionsMax) return false;
  known.push_back(std::move(seen));
  ++generation_;
  return true;
}

bool KnownMarkings::is_full(PartyNumber submitter, std::string_view marking_id) const {
  return all(submitter, marking_id).size() >= limits::kDefinitionsMax;
}

void KnownMarkings::forget(std::span<const uint32_t> entries) {
  size_t forgotten = 0;
  for (auto& [id, by_submitter] : seen_) {
    for (auto& [submitter, known] : by_submitter) {
      forgotten += std::erase_if(
          known, [&](const Seen& one) { return std::ranges::binary_search(entries, one.entry); });
    }
  }
  if (forgotten > 0) ++generation_;
}

std::span<const KnownMarkings::Seen> KnownMarkings::all(PartyNumber submitter,
                                                        std::string_view marking_id) const {
  const auto of_id = seen_.find(marking_id);
  if (of_id == seen_.end()) return {};
  const auto found = of_id->second.find(submitter);
  return found == of_id->second.end() ? std::span<const Seen>() : found->second;
}

const KnownMarkings::Seen* KnownMarkings::find(PartyNumber submitter,
                                               std::string_view marking_id) const {
  const std::span<const Seen> known = all(submitter, marking_id);
  return known.empty() ? nullptr : &known.front();
}

std::vector<KnownMarkings::Counting> KnownMarkings::counting(PartyNumber originator,
                                                             std::string_view marking_id,
                                                             const Directory& directory) const {
  std::vector<Counting> out;
  for (const Seen& own : all(originator, marking_id)) out.push_back({&own, own.tick_ms});
  for (const Authority& authority : directory.authorities()) {
    const bool is_listed = authority.known.until_ms == INT64_MAX &&
                           (authority.marking == "*" || authority.marking == marking_id);
    if (!is_listed) continue;
    for (const Seen& seen : all(authority.party, marking_id)) {
      const bool counts =
          (authority.content.empty() || authority.content == to_hex(seen.content)) &&
          std::ranges::find(out, &seen, &Counting::seen) == out.end();
      if (counts) out.push_back({&seen, std::max(seen.tick_ms, authority.known.from_ms)});
    }
  }
  return out;
}

std::optional<uint8_t> MarkSet::edition_for(uint32_t mask) const {
  std::optional<uint8_t> out;
  for (uint32_t more = mask; more < uint32_t{1} << parts.size(); ++more) {
    const bool is_less = !out || std::popcount(more) < std::popcount(uint32_t{*out});
    if ((more & mask) == mask && has_edition(more) && is_less) out = static_cast<uint8_t>(more);
  }
  return out;
}

const ScopeMarks& scope_of(const MarkSet& marks, size_t scope) {
  return scope == kWhole ? marks.whole : marks.parts[scope];
}

Atom base_atom(const MarkSet& marks, size_t scope) {
  const ScopeMarks& written = scope_of(marks, scope);
  Atom atom;
  atom.originator = marks.originator;
  atom.collection = marks.collection;
  atom.tlp_levels = written.tlp_levels;
  atom.default_level = scope == kWhole ? marks.default_level : static_cast<uint8_t>(Tlp::kClear);
  atom.audience = marks.audience;
  atom.community = marks.community;
  atom.unknown = written.unknown;
  atom.exercises = written.exercises;
  if (written.own_list) atom.releasable_to.push_back(*written.own_list);
  return atom;
}

void add(Atom& atom, const Atom& says) {
  atom.tlp_levels |= says.tlp_levels;
  atom.pap_levels |= says.pap_levels;
  atom.unknown |= says.unknown;
  atom.embargo_until_ms = std::max(atom.embargo_until_ms, says.embargo_until_ms);
  const auto append = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  append(atom.releasable_to, says.releasable_to);
  append(atom.classifications, says.classifications);
  append(atom.exercises, says.exercises);
}

}  // namespace entente::release
