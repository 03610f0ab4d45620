// Each function says what a sentence of the definition says, and nothing is remembered between two
// questions.
#include "oracle/oracle.h"

#include <algorithm>

namespace entente::oracle {
namespace {

using release::Atom;
using release::Classification;
using release::Reader;

struct Row {
  std::string group, member;
  int64_t from_ms, until_ms;
};
struct ClearanceRow {
  std::string party;
  Classification clearance;
  int64_t from_ms, until_ms;
};
struct Heir {
  std::string predecessor, successor;
  int64_t at_ms;
};

// Everything that was recorded up to some instant.
struct Known {
  std::vector<std::string> parties;          // by their first codes; "" where not yet made
  std::map<std::string, std::string> codes;  // any code of a party -> its first
  std::map<std::string, bool> retroactive;   // of each group
  std::vector<Row> rows;
  std::vector<ClearanceRow> clearances;
  std::map<std::string, Fact> policies;
  std::vector<Heir> heirs;
  std::vector<std::string> readers;  // of the one collection

  std::string first_code(const std::string& code) const {
    const auto found = codes.find(code);
    return found == codes.end() ? code : found->second;
  }
};

void learn(Known& known, const Fact& fact) {
  const std::string subject = known.first_code(fact.subject);
  const std::string other = known.first_code(fact.other);
  if (fact.op == "group" || fact.op == "group-retroactive") known.retroactive[subject] = fact.flag;
  if (fact.op == "rename") known.codes[fact.other] = subject;
  if (fact.op == "member") known.rows.push_back({subject, other, fact.from_ms, fact.until_ms});
  if (fact.op == "member-end") {
    for (Row& row : known.rows) {
      if (row.group == subject && row.member == other && row.from_ms < fact.until_ms &&
          fact.until_ms < row.until_ms) {
        row.until_ms = fact.until_ms;
      }
    }
  }
  if (fact.op == "collection-readers") known.readers = fact.list;
  if (fact.op == "policy") known.policies[fact.subject] = fact;
  if (fact.op == "clearance")
    known.clearances.push_back({subject, fact.clearance, fact.from_ms, fact.until_ms});
  if (fact.op == "clearance-end") {
    for (ClearanceRow& row : known.clearances) {
      if (row.party == subject && row.clearance.policy == fact.clearance.policy)
        row.until_ms = std::min(row.until_ms, fact.until_ms);
    }
  }
  for (const std::string& code : fact.list) {
    if (fact.op == "split") known.heirs.push_back({subject, known.first_code(code), fact.until_ms});
    if (fact.op == "merge") known.heirs.push_back({known.first_code(code), subject, fact.until_ms});
  }
}

Known known_at(const std::vector<Fact>& facts, int64_t at_ms) {
  Known known;
  for (const Fact& fact : facts) {
    const bool is_known = fact.tick_ms <= at_ms;
    if (fact.op == "party") {
      known.parties.push_back(is_known ? fact.subject : "");
      if (is_known) known.codes[fact.subject] = fact.subject;
    }
    if (is_known) learn(known, fact);
  }
  return known;
}

// One question.
struct Question {
  const Known& known;
  const Atom& atom;
  const Reader& reader;
  const std::vector<release::PartySet>& party_sets;
  int64_t released_ms;
  int64_t at_ms;

  bool held(const std::string& group, const std::string& member, int64_t when_ms) const {
    for (const Row& row : known.rows) {
      if (row.group == group && row.member == member && row.from_ms <= when_ms &&
          when_ms < row.until_ms) {
        return true;
      }
    }
    return false;
  }

  bool in_group(const std::string& party, const std::string& group, bool release_counts,
                int depth) const {
    if (depth > 20 || !known.retroactive.contains(group)) return false;
    for (const Row& row : known.rows) {
      if (row.group != group || !held(group, row.member, at_ms)) continue;
      const bool counts =
          !release_counts || known.retroactive.at(group) || held(group, row.member, released_ms);
      if (!counts) continue;
      if (row.member == party || in_group(party, row.member, release_counts, depth + 1))
        return true;
    }
    return false;
  }

  bool is_named(const std::string& party, const std::vector<std::string>& list) const {
    for (const std::string& code : list) {
      const auto found = known.codes.find(code);
      if (found != known.codes.end() && found->second == party) return true;
    }
    return false;
  }

  bool in_list(const std::string& party, const std::vector<std::string>& list,
               bool release_counts) const {
    if (is_named(party, list)) return true;
    for (const std::string& code : list) {
      if (in_group(party, code, release_counts, 0)) return true;
    }
    return false;
  }

  bool reaches(const Classification& clearance, const Classification& needed) const {
    if (clearance.policy != needed.policy || !known.policies.contains(needed.policy)) return false;
    const std::vector<std::string>& levels = known.policies.at(needed.policy).list;
    const std::vector<std::string>& categories =
        known.policies.at(needed.policy).clearance.categories;
    const auto rank = [&](const std::string& level) {
      for (size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] == level) return static_cast<int>(i);
      }
      return -1;
    };
    if (rank(needed.level) < 0 || rank(clearance.level) < rank(needed.level)) return false;
    for (const std::string& category : needed.categories) {
      if (std::ranges::count(clearance.categories, category) == 0) return false;
      if (std::ranges::count(categories, category) == 0) return false;
    }
    return true;
  }

  bool is_within(const Classification& needed) const {
    if (!reader.narrowed_to) return true;
    bool out = false;
    for (const Classification& one : *reader.narrowed_to) out = out || reaches(one, needed);
    return out;
  }

  bool is_cleared(const std::string& party, const Classification& needed) const {
    bool by_party = false;
    for (const ClearanceRow& row : known.clearances) {
      by_party = by_party || (row.party == party && row.from_ms <= at_ms && at_ms < row.until_ms &&
                              reaches(row.clearance, needed));
    }
    return by_party && is_within(needed);
  }

  bool in_set(const std::string& party, uint32_t set) const {
    for (const release::PartyNumber number : party_sets[set]) {
      if (known.parties[number] == party) return true;
    }
    return false;
  }

  bool level_lets(const std::string& party, release::Tlp level) const {
    const bool is_stated = !atom.releasable_to.empty();
    switch (level) {
      case release::Tlp::kClear:
        return true;
      case release::Tlp::kGreen:
        return in_set(party, atom.community);
      case release::Tlp::kAmber:
        return is_stated || (in_set(party, atom.audience) && in_list(party, known.readers, false));
      case release::Tlp::kAmberStrict:
        return is_stated;
      case release::Tlp::kRed:
        for (const auto& list : atom.releasable_to) {
          if (!is_named(party, list)) return false;
        }
        return is_stated;
    }
    return false;
  }

  // A party reads its own. A principal of it who is narrower reads what is understood, of the
  // principal's exercise if there is one, and within the principal's clearances if there are any.
  bool reads_own() const {
    const bool is_narrow = reader.narrowed_to.has_value() || !reader.realm.empty();
    if (is_narrow && atom.unknown) return false;
    if (!reader.realm.empty() && atom.exercises.empty()) return false;
    for (const std::string& name : atom.exercises) {
      if (!reader.realm.empty() && name != reader.realm) return false;
    }
    for (const Classification& needed : atom.classifications) {
      if (!is_within(needed)) return false;
    }
    return true;
  }

  // What is CLEAR and nothing else.
  bool is_for_public() const {
    const bool is_stated = atom.tlp_levels != 0 || !atom.releasable_to.empty();
    return is_stated ? atom.tlp_levels == 1 : atom.default_level == 0;
  }

  bool reads_as(const std::string& party) const {
    if (known.parties[reader.party] == "PUBLIC" && !is_for_public()) return false;
    if (known.parties[atom.originator] == party) return reads_own();
    if (atom.unknown || at_ms < atom.embargo_until_ms) return false;
    if (atom.exercises.empty() && !reader.realm.empty()) return false;
    for (const std::string& name : atom.exercises) {
      if (name != reader.realm) return false;
    }
    for (const Classification& needed : atom.classifications) {
      if (!is_cleared(party, needed)) return false;
    }
    for (const auto& list : atom.releasable_to) {
      if (!in_list(party, list, true)) return false;
    }
    std::vector<release::Tlp> levels;
    for (int level = 0; level < 5; ++level) {
      if ((atom.tlp_levels >> level & 1) != 0) levels.push_back(static_cast<release::Tlp>(level));
    }
    if (levels.empty() && atom.releasable_to.empty()) {
      if (atom.default_level == release::kNoLevel) return false;
      levels.push_back(static_cast<release::Tlp>(atom.default_level));
    }
    for (const release::Tlp level : levels) {
      if (!level_lets(party, level)) return false;
    }
    return true;
  }

  // As itself, or as one in whose place it stands, at any remove.
  bool reads_for(const std::string& party, int depth) const {
    if (depth > 20) return false;
    if (reads_as(party)) return true;
    for (const Heir& heir : known.heirs) {
      if (heir.successor == party && heir.at_ms <= at_ms && reads_for(heir.predecessor, depth + 1))
        return true;
    }
    return false;
  }
};

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string listed(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + quoted(text);
  return out + "]";
}

}  // namespace

std::string to_json(const Fact& fact, size_t number) {
  std::string out = "{\"op\":" + quoted(fact.op);
  const auto text = [&](const char* key, const std::string& value) {
    out += std::string(",\"") + key + "\":" + value;
  };
  const std::string digits = std::to_string(number + 1'000);
  if (fact.op == "party") {
    text("code", quoted(fact.subject));
    text("identity", quoted("identity--00000000-0000-4000-8000-00000000" + digits));
  } else if (fact.op == "group") {
    text("code", quoted(fact.subject));
  } else if (fact.op == "policy") {
    text("name", quoted(fact.subject));
    text("levels", listed(fact.list));
    text("categories", listed(fact.clearance.categories));
  } else if (fact.op == "collection-readers") {
    text("collection", quoted("k"));
    text("read", listed(fact.list));
  } else if (fact.op == "merge") {
    text("parties", listed(fact.list));
    text("into", quoted(fact.subject));
  } else if (fact.op == "member" || fact.op == "member-end" || fact.op == "group-retroactive") {
    text("group", quoted(fact.subject));
    text("member", quoted(fact.other));
  } else {
    text("party", quoted(fact.subject));
  }
  if (fact.op == "rename") text("code", quoted(fact.other));
  if (fact.op == "split") text("into", listed(fact.list));
  if (fact.op.starts_with("group")) text("retroactive", fact.flag ? "true" : "false");
  if (fact.op.starts_with("clearance")) {
    text("policy", quoted(fact.clearance.policy));
    text("level", quoted(fact.clearance.level));
    text("categories", listed(fact.clearance.categories));
  }
  if (fact.op == "split" || fact.op == "merge") text("at", std::to_string(fact.until_ms));
  if (fact.from_ms != INT64_MIN) text("from", std::to_string(fact.from_ms));
  if (fact.until_ms != INT64_MAX) text("until", std::to_string(fact.until_ms));
  return out + "}";
}

bool Oracle::reads(const Atom& atom, const Reader& reader,
                   const std::vector<release::PartySet>& party_sets, int64_t released_ms,
                   int64_t at_ms) const {
  const Known known = known_at(facts_, at_ms);
  const std::string me = reader.party < known.parties.size() ? known.parties[reader.party] : "";
  if (me.empty()) return false;
  for (const Heir& heir : known.heirs) {
    if (heir.predecessor == me && heir.at_ms <= at_ms) return false;
  }
  return Question{known, atom, reader, party_sets, released_ms, at_ms}.reads_for(me, 0);
}

}  // namespace entente::oracle
