// Slow and plain on purpose.
#include "oracle.h"

#include <algorithm>

#include "json/json.h"

namespace entente::law {
namespace {

// What the rules need of an object, from its bytes.
void read_object(const std::string& text, OracleEntry* entry, bool* is_marking, bool* has_limit) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(text);
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
  const auto mark = [&](const std::string& id, std::set<int>& levels) {
    for (int level = 0; level < kLevels; ++level) {
      if (id == kTlp2[level] || (kTlp1[level] != nullptr && id == kTlp1[level])) {
        levels.insert(level);
        return;
      }
    }
    entry->markings.push_back(id);
  };
  if (const auto refs = root.find("object_marking_refs")) {
    for (const json::Value one : refs->elements()) mark(one.text(), entry->levels);
  }
  if (const auto parts = root.find("granular_markings")) {
    for (const json::Value one : parts->elements())
      mark(one.find("marking_ref")->text(), entry->part_levels);
  }
  *is_marking = entry->type == "marking-definition";
  *has_limit = root.find("extensions") || text_of("definition_type") != "statement";
}

}  // namespace

void Oracle::expand_into(const std::string& code, int64_t now_ms, int depth,
                         std::set<std::string>* out) const {
  if (std::ranges::find(parties_, code) != parties_.end()) out->insert(code);
  const auto group = groups_.find(code);
  if (group == groups_.end() || depth > 16) return;
  for (const Member& member : group->second) {
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
  return std::ranges::any_of(groups_.at(group), [&](const Member& m) {
    return m.code == code && m.until_ms == INT64_MAX;
  });
}

bool Oracle::sees(const std::string& party, const OracleEntry& entry, int64_t now_ms) const {
  return !entry.is_withdrawn && sees_at(party, entry, now_ms, 0);
}

bool Oracle::sees_at(const std::string& party, const OracleEntry& entry, int64_t now_ms,
                     int depth) const {
  constexpr int kDepthMax = 4;
  if (party == entry.submitter) return true;
  if (depth > kDepthMax) return false;
  for (const std::string& id : entry.markings) {
    const auto known = known_.find({entry.submitter, id});
    if (known == known_.end() || known->second.has_limit) return false;
    // A marking that was withdrawn before this party could see it says nothing to this party.
    const OracleEntry& marking = entries_[known->second.entry];
    if (marking.is_withdrawn && !marking.ever.contains(party)) return false;
    if (!sees_at(party, marking, now_ms, depth + 1)) return false;
  }
  std::set<int> levels = entry.levels;
  if (levels.empty() && entry.default_level >= 0) levels.insert(entry.default_level);
  if (levels.empty()) return false;
  levels.insert(entry.part_levels.begin(), entry.part_levels.end());
  for (const int level : levels) {
    if (level >= 3) return false;
    if (level == 1 && !entry.community.contains(party)) return false;
    if (level == 2) {
      if (entry.collection.empty() || !entry.audience.contains(party)) return false;
      auto& now = readers_now_[{entry.collection, now_ms}];
      if (now.empty()) now = expand(collections_.at(entry.collection).read, now_ms);
      if (!now.contains(party)) return false;
    }
  }
  return true;
}

void Oracle::look(int64_t now_ms) {
  readers_now_.clear();
  for (OracleEntry& entry : entries_) {
    for (const std::string& party : parties_) {
      if (!entry.ever.contains(party) && sees(party, entry, now_ms)) entry.ever.insert(party);
    }
  }
  for (auto& [alias, collection] : collections_) {
    for (const auto* codes : {&collection.read, &collection.write}) {
      for (const std::string& party : expand(*codes, now_ms)) collection.ever.insert(party);
    }
  }
  readers_now_.clear();
}

bool Oracle::change(const Act& act) {
  const auto is_code = [&](const std::string& code) {
    return std::ranges::find(parties_, code) != parties_.end() || groups_.contains(code);
  };
  switch (act.kind) {
    case Kind::kParty:
      if (is_code(act.code)) return false;
      parties_.push_back(act.code);
      identities_[act.identity] = act.code;
      return true;
    case Kind::kGroup:
      if (is_code(act.code)) return false;
      groups_[act.code];
      return true;
    case Kind::kMember: {
      if (!is_code(act.code) || !groups_.contains(act.group)) return false;
      auto& members = groups_[act.group];
      const bool overlaps = std::ranges::any_of(members, [&](const Member& m) {
        return m.code == act.code && m.from_ms < act.until_ms && act.from_ms < m.until_ms;
      });
      if (overlaps || act.from_ms >= act.until_ms) return false;
      members.push_back({act.code, act.from_ms, act.until_ms});
      return true;
    }
    case Kind::kEndMember: {
      if (!groups_.contains(act.group)) return false;
      for (Member& member : groups_[act.group]) {
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
             e.text == object.text;
    });
    OracleEntry entry;
    bool is_marking = false, has_limit = false;
    read_object(object.text, &entry, &is_marking, &has_limit);
    outcome->fates.push_back(repeats ? Fate::kRepeated : Fate::kAccepted);
    if (repeats) continue;
    entry.act = index;
    entry.item = item;
    entry.submitter = act.party;
    entry.collection = alias;
    entry.text = object.text;
    if (collection != nullptr) {
      entry.default_level = collection->default_level;
      entry.audience = expand(collection->read, act.at_ms);
    }
    entry.community.insert(parties_.begin(), parties_.end());
    outcome->entries.push_back(entries_.size());
    if (is_marking)
      known_.emplace(std::pair(act.party, entry.id), Known{entries_.size(), has_limit});
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
    return other.submitter != entry.submitter && other.text == entry.text;
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
    e.is_recalled = e.is_withdrawn = true;
    buried_[e.text] = act.party;
    known_.erase({act.party, e.id});
    outcome->recalled.push_back(i);
  }
  outcome->is_done = !outcome->recalled.empty();
}

bool Oracle::apply(const Act& act, size_t index, Outcome* outcome) {
  look(act.at_ms);
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
