// Slow and plain on purpose. length: the rules are read side by side.
#include "oracle.h"

#include <algorithm>
#include <bit>

#include "json/json.h"

namespace entente::law {
namespace {

constexpr int kDepthMax = 4;

bool covers(const Classified& clearance, const Classified& what) {
  return clearance.level >= what.level &&
         std::ranges::includes(clearance.categories, what.categories);
}

void mark(const std::string& id, Marks* marks) {
  for (int level = 0; level < kLevels; ++level) {
    if (id == kTlp2[level] || (kTlp1[level] != nullptr && id == kTlp1[level])) {
      marks->levels.insert(level);
      return;
    }
  }
  marks->markings.push_back(id);
}

// What the rules need of an object: of its head from its bytes, of its parts as they were drawn.
void read_object(const Object& object, OracleEntry* entry) {
  entry->object = object;
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(object.text);
  if (!parser.parse(std::string_view(bytes), &document)) return;
  const json::Value root = document.root();
  const auto text_of = [&](const char* name) {
    const auto value = root.find(name);
    return value ? value->text() : std::string();
  };
  entry->id = text_of("id");
  entry->type = text_of("type");
  entry->creator = text_of("created_by_ref");
  entry->is_20 = !root.find("spec_version") && root.find("created");
  entry->version = text_of("modified");
  if (entry->version.empty()) entry->version = text_of("created");
  if (const auto refs = root.find("object_marking_refs")) {
    for (const json::Value one : refs->elements()) mark(one.text(), &entry->whole);
  }
  for (const std::string& ref : object.parts) mark(ref, &entry->parts.emplace_back());
}

}  // namespace

const std::string& OracleEntry::text_for(const std::string& party) const {
  const auto seen = ever.find(party);
  if (object.editions.empty() || seen == ever.end()) return object.text;
  return object.editions[(object.editions.size() - 1) & ~seen->second];
}

void Oracle::expand_into(const std::string& code, int64_t now_ms, int depth,
                         std::set<std::string>* out) const {
  if (std::ranges::find(parties_, code) != parties_.end()) out->insert(code);
  const auto group = groups_.find(code);
  if (group == groups_.end() || depth > 16) return;
  for (const Member& member : group->second.members) {
    if (member.from_ms <= now_ms && now_ms < member.until_ms)
      expand_into(member.code, now_ms, depth + 1, out);
  }
}

std::set<std::string> Oracle::expand(const std::vector<std::string>& codes, int64_t now_ms) const {
  std::set<std::string> out;
  for (const std::string& code : codes) expand_into(code, now_ms, 0, &out);
  return out;
}

const Oracle::Collection* Oracle::find(const std::string& name, std::string* alias) const {
  for (const auto& [key, collection] : collections_) {
    if (key == name || collection.uuid == name) {
      if (alias != nullptr) *alias = key;
      return &collection;
    }
  }
  return nullptr;
}

bool Oracle::may_read(const std::string& name, const std::string& party, int64_t now_ms) const {
  const Collection* collection = find(name, nullptr);
  return collection != nullptr && expand(collection->read, now_ms).contains(party);
}

bool Oracle::may_write(const std::string& name, const std::string& party, int64_t now_ms) const {
  const Collection* collection = find(name, nullptr);
  return collection != nullptr && expand(collection->write, now_ms).contains(party);
}

std::vector<std::string> Oracle::collections() const {
  std::vector<std::string> out;
  for (const auto& [alias, collection] : collections_) out.push_back(alias);
  return out;
}

std::vector<std::string> Oracle::groups() const {
  std::vector<std::string> out;
  for (const auto& [code, members] : groups_) out.push_back(code);
  return out;
}

bool Oracle::is_member(const std::string& code, const std::string& group) const {
  return std::ranges::any_of(groups_.at(group).members, [&](const Member& m) {
    return m.code == code && m.until_ms == INT64_MAX;
  });
}

bool Oracle::in_group(const std::string& party, const std::string& code, int64_t now_ms,
                      int64_t released_ms, int depth) const {
  const auto group = groups_.find(code);
  if (group == groups_.end() || depth > 16) return false;
  return std::ranges::any_of(group->second.members, [&](const Member& m) {
    // Who left and joined again was a member then and is one now.
    const bool held = std::ranges::any_of(group->second.members, [&](const Member& then) {
      return then.code == m.code && then.from_ms <= released_ms && released_ms < then.until_ms;
    });
    const bool holds = m.from_ms <= now_ms && now_ms < m.until_ms;
    if (!holds || !(held || group->second.is_retroactive)) return false;
    return m.code == party || in_group(party, m.code, now_ms, released_ms, depth + 1);
  });
}

bool Oracle::is_listed(const std::string& party, const std::vector<std::string>& codes,
                       int64_t now_ms, int64_t released_ms) const {
  return std::ranges::any_of(codes, [&](const std::string& code) {
    return code == party || in_group(party, code, now_ms, released_ms, 0);
  });
}

bool Oracle::is_cleared(const std::string& reader, const Classified& what, int64_t now_ms) const {
  return has_policy_ && is_within(reader, what) &&
         std::ranges::any_of(clearances_, [&](const Clearance& one) {
           return one.party == party_of(reader) && one.from_ms <= now_ms && now_ms < one.until_ms &&
                  covers(one.what, what);
         });
}

bool Oracle::is_let_into(const std::string& reader, const std::string& alias) const {
  const auto expert = experts_.find(reader);
  if (expert == experts_.end() || expert->second.collections.empty()) return true;
  return expert->second.collections.contains(alias);
}

bool Oracle::is_within(const std::string& reader, const Classified& what) const {
  const auto expert = experts_.find(reader);
  if (expert == experts_.end() || !expert->second.clearance) return true;
  return has_policy_ && covers(*expert->second.clearance, what);
}

std::vector<std::string> Oracle::readers() const {
  std::vector<std::string> out = parties_;
  out.insert(out.end(), keyed_.begin(), keyed_.end());
  return out;
}

bool Oracle::lets(int level, const std::string& reader, const OracleEntry& entry, const Says& says,
                  int64_t now_ms) const {
  const std::string party = party_of(reader);
  switch (level) {
    case 0:
      return true;
    case 1:
      return entry.community.contains(party);
    case 2: {
      if (!says.lists.empty()) return true;  // as they are looked at anyhow
      if (entry.collection.empty() || !entry.audience.contains(party)) return false;
      auto& now = readers_now_[{entry.collection, now_ms}];
      if (now.empty()) now = expand(collections_.at(entry.collection).read, now_ms);
      return now.contains(party);
    }
    case 3:
      return !says.lists.empty();
    default:
      return !says.lists.empty() && std::ranges::all_of(says.lists, [&](const auto& codes) {
        return std::ranges::find(codes, party) != codes.end();
      });
  }
}

bool Oracle::reads_definition(const std::string& party, const OracleEntry& definition,
                              int64_t now_ms) const {
  if (cut(party, definition, now_ms) != 0u) return false;
  if (!definition.is_withdrawn) return true;
  // Withdrawn before this party could see it, it says nothing to this party.
  const auto since = definition.whole_since.find(party);
  return since != definition.whole_since.end() && since->second < definition.withdrawn_ms;
}

// Definitions that count for objects of the submitter, the one that comes first first.
std::vector<const OracleEntry*> Oracle::definitions(const std::string& submitter,
                                                    const std::string& id) const {
  std::vector<const OracleEntry*> out;
  const auto own = known_.find({submitter, id});
  if (own != known_.end()) {
    for (const size_t one : own->second) out.push_back(&entries_[one]);
  }
  for (const Authority& authority : authorities_) {
    const auto known = known_.find({authority.party, id});
    if (known == known_.end()) continue;
    for (const size_t one : known->second) {
      const bool counts =
          authority.marking.empty() ||
          (authority.marking == id && authority.content == entries_[one].object.text);
      if (counts) out.push_back(&entries_[one]);
    }
  }
  return out;
}

// Whether its markings, theirs and so on end within that many steps.
bool Oracle::ends_within(const OracleEntry& entry, int steps) const {
  const auto ends = [&](const Marks& marks) {
    return std::ranges::all_of(marks.markings, [&](const std::string& id) {
      const auto all = definitions(entry.submitter, id);
      return std::ranges::all_of(
          all, [&](const OracleEntry* one) { return steps > 0 && ends_within(*one, steps - 1); });
    });
  };
  return ends(entry.whole) && std::ranges::all_of(entry.parts, ends);
}

const OracleEntry* Oracle::definition(const std::string& party, const std::string& submitter,
                                      const std::string& id, int64_t now_ms) const {
  for (const OracleEntry* one : definitions(submitter, id)) {
    if (!ends_within(*one, kDepthMax - 1)) {
      is_too_deep_ = true;
    } else if (reads_definition(party, *one, now_ms)) {
      return one;
    }
  }
  return nullptr;
}

// All levels and lists that count; nullopt: something that is no list and no level keeps the party out.
std::optional<Says> Oracle::says(const std::string& party, const OracleEntry& entry,
                                 const Marks& marks, bool is_part, int64_t now_ms) const {
  if (!is_part && entry.object.says.is_exercise) return std::nullopt;
  Says out;
  out.levels = marks.levels;
  if (!is_part && entry.object.says.covers_itself) out.lists = entry.object.says.lists;
  for (const std::string& id : marks.markings) {
    const OracleEntry* found = definition(party, entry.submitter, id, now_ms);
    if (found == nullptr) return std::nullopt;
    const Says& more = found->object.says;
    if (more.is_unknown || more.is_exercise || now_ms < more.embargo_ms) return std::nullopt;
    for (const Classified& what : more.classifications) {
      if (!is_cleared(party, what, now_ms)) return std::nullopt;
    }
    out.levels.insert(more.levels.begin(), more.levels.end());
    out.lists.insert(out.lists.end(), more.lists.begin(), more.lists.end());
  }
  return out;
}

// What a party or its expert reads of its own.
bool Oracle::reads_own(const std::string& reader, const OracleEntry& entry, const Marks& marks,
                       int64_t now_ms) const {
  const auto expert = experts_.find(reader);
  if (expert == experts_.end() || !expert->second.clearance) return true;
  return std::ranges::all_of(marks.markings, [&](const std::string& id) {
    const OracleEntry* found = definition(reader, entry.submitter, id, now_ms);
    return found != nullptr && !found->object.says.is_unknown &&
           std::ranges::all_of(found->object.says.classifications,
                               [&](const Classified& what) { return is_within(reader, what); });
  });
}

bool Oracle::reads(const std::string& reader, const OracleEntry& entry, const Marks& marks,
                   bool is_part, int64_t now_ms) const {
  const std::string party = party_of(reader);
  if (party == entry.submitter) return reads_own(reader, entry, marks, now_ms);
  std::optional<Says> found = says(reader, entry, marks, is_part, now_ms);
  if (!found) return false;
  for (const auto& codes : found->lists) {
    if (!is_listed(party, codes, now_ms, entry.released_ms)) return false;
  }
  const bool says_nothing = found->levels.empty() && found->lists.empty();
  if (says_nothing) {
    if (is_part) return true;
    if (entry.default_level < 0) return false;
    found->levels.insert(entry.default_level);
  }
  if (party == kPublic && found->levels != std::set<int>{0}) return false;
  return std::ranges::all_of(found->levels,
                             [&](int level) { return lets(level, reader, entry, *found, now_ms); });
}

bool Oracle::reads_whole(const std::string& reader, const OracleEntry& entry,
                         int64_t now_ms) const {
  bool out = reads(reader, entry, entry.whole, false, now_ms);
  if (party_of(reader) == entry.submitter) return out;
  for (const Release& one : entry.releases) {
    const bool is_named = is_listed(party_of(reader), one.to, now_ms, one.at_ms);
    if (one.widens) {
      out = out || (is_named && party_of(reader) != kPublic &&
                    says(reader, entry, entry.whole, false, now_ms));
    } else {
      out = out && is_named;
    }
  }
  return out;
}

std::optional<uint32_t> Oracle::cut(const std::string& party, const OracleEntry& entry,
                                    int64_t now_ms) const {
  if (party == entry.submitter) return 0;
  if (!is_let_into(party, entry.collection)) return std::nullopt;
  return reads_whole(party, entry, now_ms) ? cut_parts(party, entry, now_ms) : std::nullopt;
}

std::optional<uint32_t> Oracle::cut_parts(const std::string& party, const OracleEntry& entry,
                                          int64_t now_ms) const {
  uint32_t mask = 0;
  for (size_t part = 0; part < entry.parts.size(); ++part) {
    if (!reads(party, entry, entry.parts[part], true, now_ms)) mask |= 1u << part;
  }
  if (mask == 0) return 0;
  // Where what is left is no object, more is cut: as few parts as will do, the later ones stay.
  std::optional<uint32_t> best;
  for (uint32_t more = mask; more < entry.object.editions.size(); ++more) {
    if ((more & mask) != mask || entry.object.editions[more].empty()) continue;
    if (!best || std::popcount(more) < std::popcount(*best)) best = more;
  }
  return best;
}

const std::string* Oracle::text(const std::string& party, const OracleEntry& entry,
                                int64_t now_ms) const {
  if (entry.is_withdrawn) return nullptr;
  const auto mask = cut(party, entry, now_ms);
  if (!mask) return nullptr;
  const std::string& out = *mask == 0 ? entry.object.text : entry.object.editions[*mask];
  return repeats_taken(party, entry, out, now_ms) ? nullptr : &out;
}

bool Oracle::repeats_taken(const std::string& party, const OracleEntry& entry,
                           const std::string& text, int64_t now_ms) const {
  return std::ranges::any_of(entries_, [&](const OracleEntry& older) {
    const bool may = older.submitter == entry.submitter && older.collection == entry.collection &&
                     older.id == entry.id && older.released_ms < entry.released_ms &&
                     !older.releases.empty() && older.was_seen_by(party) &&
                     !(older.is_withdrawn && older.withdrawn_ms <= entry.released_ms);
    if (!may || reads_whole(party, older, now_ms)) return false;
    const auto mask = cut_parts(party, older, now_ms);
    return mask && (*mask == 0 ? older.object.text : older.object.editions[*mask]) == text;
  });
}

void Oracle::look_at(int64_t now_ms) {
  readers_now_.clear();
  for (OracleEntry& entry : entries_) {
    for (const std::string& party : all_readers_) {
      const auto mask = cut(party, entry, now_ms);
      if (mask == 0u) {
        entry.whole_since.emplace(party, now_ms);
      } else {
        entry.whole_since.erase(party);
      }
      if (mask && !entry.is_withdrawn) entry.ever[party] |= ~*mask;
    }
  }
  for (auto& [alias, collection] : collections_) {
    for (const auto* codes : {&collection.read, &collection.write}) {
      for (const std::string& party : expand(*codes, now_ms)) collection.ever.insert(party);
    }
    // Its key cannot name what is not there.
    for (const auto& [expert, narrowing] : experts_) {
      const bool is_read = expand(collection.read, now_ms).contains(party_of(expert));
      const bool is_named = narrowing.collections.contains(alias);
      if (is_named || (narrowing.collections.empty() && is_read)) collection.ever.insert(expert);
      if (is_named) collection.ever.insert(party_of(expert));
    }
  }
  readers_now_.clear();
}

void Oracle::look(int64_t now_ms) {
  for (auto at = instants_.upper_bound(looked_ms_); at != instants_.end() && *at < now_ms; ++at)
    look_at(*at);
  look_at(now_ms);
  looked_ms_ = now_ms;
}

bool Oracle::change(const Act& act) {
  const auto is_code = [&](const std::string& code) {
    return std::ranges::find(parties_, code) != parties_.end() || groups_.contains(code);
  };
  switch (act.kind) {
    case Kind::kParty:
      if (is_code(act.code)) return false;
      parties_.push_back(act.code);
      all_readers_.push_back(act.code);
      if (!act.narrowing.collections.empty() || act.narrowing.clearance) {
        all_readers_.push_back(act.code + kExpertMark);
        experts_[all_readers_.back()] = act.narrowing;
      }
      identities_[act.identity] = act.code;
      return true;
    case Kind::kExpertKey: {
      const auto expert = experts_.find(act.code + kExpertMark);
      if (expert == experts_.end() || (expert->second.clearance && !has_policy_)) return false;
      const auto is_there = [&](const std::string& alias) { return collections_.contains(alias); };
      return std::ranges::all_of(expert->second.collections, is_there) &&
             keyed_.insert(expert->first).second;
    }
    case Kind::kGroup:
      if (is_code(act.code)) return false;
      groups_[act.code].is_retroactive = act.is_retroactive;
      return true;
    case Kind::kRetroactive:
      if (!groups_.contains(act.group)) return false;
      groups_[act.group].is_retroactive = act.is_retroactive;
      return true;
    case Kind::kMember: {
      if (!is_code(act.code) || !groups_.contains(act.group)) return false;
      auto& members = groups_[act.group].members;
      const bool overlaps = std::ranges::any_of(members, [&](const Member& m) {
        return m.code == act.code && m.from_ms < act.until_ms && act.from_ms < m.until_ms;
      });
      if (overlaps || act.from_ms >= act.until_ms) return false;
      members.push_back({act.code, act.from_ms, act.until_ms});
      return true;
    }
    case Kind::kEndMember: {
      if (!groups_.contains(act.group)) return false;
      for (Member& member : groups_[act.group].members) {
        if (member.code != act.code || member.until_ms != INT64_MAX) continue;
        if (member.from_ms >= act.until_ms) return false;
        member.until_ms = act.until_ms;
        return true;
      }
      return false;
    }
    case Kind::kCollection: {
      if (collections_.contains(act.alias)) return false;
      for (const auto* codes : {&act.read, &act.write}) {
        if (!std::ranges::all_of(*codes, is_code)) return false;
      }
      collections_[act.alias] = {act.uuid, act.read, act.write, act.default_level.value_or(-1), {}};
      return true;
    }
    case Kind::kRevokeKey:
      if (std::ranges::find(parties_, act.party) == parties_.end()) return false;
      return revoked_.insert({act.party, act.role}).second;
    case Kind::kRestart:
      return true;
    default:
      return change_rights(act);
  }
}

bool Oracle::change_rights(const Act& act) {
  const auto is_party = std::ranges::find(parties_, act.code) != parties_.end();
  const auto is_same = [&](const Authority& a) {
    return a.party == act.code && a.marking == act.object_id;
  };
  switch (act.kind) {
    case Kind::kPolicy:
      has_policy_ = true;
      return true;
    case Kind::kClearance:
      if (!is_party || !has_policy_ || act.from_ms >= act.until_ms) return false;
      clearances_.push_back({act.code, act.clearance, act.from_ms, act.until_ms});
      return true;
    case Kind::kEndClearance: {
      bool is_any = false;
      for (Clearance& one : clearances_) {
        if (one.party != act.code || one.until_ms <= act.until_ms) continue;
        one.until_ms = act.until_ms;
        is_any = true;
      }
      return is_any;
    }
    case Kind::kAuthority:
      if (!is_party || std::ranges::any_of(authorities_, is_same)) return false;
      authorities_.push_back({act.code, act.object_id, act.body});
      return true;
    case Kind::kEndAuthority:
      return std::erase_if(authorities_, is_same) > 0;
    default:
      return false;
  }
}

bool Oracle::submit(const Act& act, size_t index, Outcome* outcome) {
  std::string alias;
  const Collection* collection = find(act.collection, &alias);
  const bool is_placed = !act.collection.empty() || act.kind != Kind::kImport;
  outcome->is_done =
      act.role == Role::kContributor && has_key(act.party, act.role) &&
      (!is_placed || (collection != nullptr && may_write(alias, act.party, act.at_ms)));
  if (!outcome->is_done) return true;
  const bool any_wrong =
      std::ranges::any_of(act.objects, [](const Object& o) { return !o.is_valid; });
  const bool keeps = !act.is_dry && !(act.is_strict && any_wrong);
  const auto is_buried = [&](const Object& o) { return recalled_by(o.text) == act.party; };
  if (keeps && act.is_strict && std::ranges::any_of(act.objects, is_buried)) {
    outcome->is_done = false;
    return true;
  }
  for (size_t item = 0; item < act.objects.size(); ++item) {
    const Object& object = act.objects[item];
    if (!object.is_valid || !keeps || is_buried(object)) {
      outcome->fates.push_back(Fate::kRefused);
      continue;
    }
    const bool repeats = std::ranges::any_of(entries_, [&](const OracleEntry& e) {
      return !e.is_withdrawn && e.submitter == act.party && e.collection == alias &&
             e.object.text == object.text;
    });
    OracleEntry entry;
    read_object(object, &entry);
    outcome->fates.push_back(repeats ? Fate::kRepeated : Fate::kAccepted);
    if (repeats) continue;
    entry.act = index;
    entry.item = item;
    entry.submitter = act.party;
    entry.collection = alias;
    entry.released_ms = act.at_ms;
    if (collection != nullptr) {
      entry.default_level = collection->default_level;
      entry.audience = expand(collection->read, act.at_ms);
    }
    entry.community.insert(parties_.begin(), parties_.end());
    outcome->entries.push_back(entries_.size());
    if (entry.type == "marking-definition")
      known_[{act.party, entry.id}].push_back(entries_.size());
    entries_.push_back(std::move(entry));
  }
  return true;
}

// All versions, or those that match: a version is every entry that carries it.
void Oracle::remove(const Act& act, Outcome* outcome) {
  std::string alias;
  const bool is_there = find(act.collection, &alias) != nullptr;
  const bool may = is_there && act.role == Role::kContributor && has_key(act.party, act.role) &&
                   may_read(alias, act.party, act.at_ms) && may_write(alias, act.party, act.at_ms);
  if (!may) return;
  std::vector<size_t> own;
  for (size_t i = 0; i < entries_.size(); ++i) {
    const OracleEntry& e = entries_[i];
    if (e.is_withdrawn || e.submitter != act.party || e.collection != alias ||
        e.id != act.object_id)
      continue;
    if (!act.spec_version.empty() && act.spec_version != (e.is_20 ? "2.0" : "2.1")) continue;
    own.push_back(i);
  }
  if (own.empty()) return;
  std::set<std::pair<std::string, bool>> chosen;
  for (const size_t i : own) {
    const auto key = std::pair(entries_[i].version, entries_[i].is_20);
    if (act.version.empty() || act.version == "all" || act.version == entries_[i].version)
      chosen.insert(key);
  }
  if (act.version == "first" || act.version == "last") {
    // Of two specifications of one version, the first is the one that came last, and the last the one that came first.
    size_t best = own.front();
    for (const size_t i : own) {
      const bool is_first = act.version == "first";
      if (is_first ? entries_[i].version <= entries_[best].version
                   : entries_[i].version > entries_[best].version)
        best = i;
    }
    chosen = {{entries_[best].version, entries_[best].is_20}};
  }
  for (const size_t i : own) {
    if (!chosen.contains({entries_[i].version, entries_[i].is_20})) continue;
    entries_[i].is_withdrawn = true;
    entries_[i].withdrawn_ms = act.at_ms;
    outcome->withdrawn.push_back(i);
  }
  outcome->is_done = !outcome->withdrawn.empty();
}

bool Oracle::is_recallable(const std::string& party, const OracleEntry& entry) const {
  const auto creator = identities_.find(entry.creator);
  return entry.submitter == party && !entry.is_recalled &&
         (creator == identities_.end() || creator->second == party);
}

bool Oracle::has_copies(const OracleEntry& entry) const {
  return std::ranges::any_of(entries_, [&](const OracleEntry& other) {
    return other.submitter != entry.submitter && other.object.text == entry.object.text;
  });
}

std::string Oracle::recalled_by(const std::string& text) const {
  const auto found = buried_.find(text);
  return found == buried_.end() ? "" : found->second;
}

void Oracle::recall(const Act& act, Outcome* outcome) {
  if (act.role != Role::kOfficer || !has_key(act.party, act.role)) return;
  for (size_t i = 0; i < entries_.size(); ++i) {
    OracleEntry& e = entries_[i];
    if (e.id != act.object_id || !is_recallable(act.party, e)) continue;
    if (!e.is_withdrawn) e.withdrawn_ms = act.at_ms;
    e.is_recalled = e.is_withdrawn = true;
    buried_[e.object.text] = act.party;
    std::erase(known_[{act.party, e.id}], i);
    outcome->recalled.push_back(i);
  }
  outcome->is_done = !outcome->recalled.empty();
}

void Oracle::release(const Act& act, Outcome* outcome) {
  if (act.role != Role::kOfficer || !has_key(act.party, act.role)) return;
  if (act.widens && (act.read.empty() || std::ranges::count(act.read, kPublic) > 0)) return;
  for (size_t i = 0; i < entries_.size(); ++i) {
    OracleEntry& e = entries_[i];
    if (e.id != act.object_id || e.submitter != act.party || e.is_withdrawn) continue;
    e.releases.push_back({act.widens, act.read, act.at_ms});
    outcome->released.push_back(i);
  }
  outcome->is_done = !outcome->released.empty();
}

bool Oracle::apply(const Act& act, size_t index, Outcome* outcome) {
  look(act.at_ms);
  for (const int64_t at_ms : {act.from_ms, act.until_ms}) instants_.insert(at_ms);
  for (const Object& object : act.objects) instants_.insert(object.says.embargo_ms);
  bool makes_sense = true;
  switch (act.kind) {
    case Kind::kPost:
    case Kind::kImport:
      makes_sense = submit(act, index, outcome);
      break;
    case Kind::kDelete:
      remove(act, outcome);
      break;
    case Kind::kRecall:
      recall(act, outcome);
      break;
    case Kind::kRelease:
      release(act, outcome);
      break;
    case Kind::kBroken:
      break;
    default:
      makes_sense = change(act);
      outcome->is_done = makes_sense;
      break;
  }
  look(act.at_ms);
  return makes_sense;
}

}  // namespace entente::law
