// The generator asks the oracle what is possible as it goes (who may write where), so that most acts do something; the rest
// are the refusals that the law must hold for as well.
#include "history.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "draw.h"
#include "objects.h"
#include "oracle.h"

namespace entente::law {
namespace {

// Of an object as this test writes them.
std::string id_of(const std::string& text) {
  const size_t begin = text.find(R"("id":")") + 6;
  return text.substr(begin, text.find('"', begin) - begin);
}

class Drawer {
 public:
  explicit Drawer(uint64_t seed) : draw_(Draw::of(seed, 1)), objects_(draw_) {
    history_.seed = seed;
  }

  History run() {
    now_ms_ = kStartMs;
    const uint32_t parties = 2 + draw_.below(4);
    for (uint32_t i = 0; i < parties; ++i) add_party();
    const uint32_t groups = 1 + draw_.below(3);
    for (uint32_t i = 0; i < groups; ++i) add_group();
    for (uint32_t i = 0; i < 2 * groups + 2; ++i) add_member();
    const uint32_t collections = 1 + draw_.below(4);
    for (uint32_t i = 0; i < collections; ++i) add_collection();
    if (draw_.chance(70)) keep(next(Kind::kPolicy));
    for (const std::string& code : oracle_.parties()) add_expert(code);
    const uint32_t acts = 10 + draw_.below(51);
    for (uint32_t i = 0; i < acts; ++i) {
      act();
      if (draw_.chance(30)) look();
    }
    look();
    // Long after, when every membership that was to end has ended.
    history_.moments.push_back({history_.acts.size(), now_ms_ + 1'000'000'000});
    return std::move(history_);
  }

 private:
  void act() {
    switch (draw_.weighted({46, 16, 14, 5, 2, 6, 4, 3, 2, 2, 1, 5, 8, 8, 8})) {
      case 0:
        return submit(next(Kind::kPost));
      case 1:
        return submit(next(Kind::kImport));
      case 2:
        return remove();
      case 3:
        return broken();
      case 4:
        return add_party();
      case 5:
        return add_member();
      case 6:
        return end_member();
      case 7:
        return add_collection();
      case 8:
        return revoke_key();
      case 9:
        return add_group();
      case 10:
        return keep(next(Kind::kRestart));
      case 11:
        return recall();
      case 12:
        return submit_together();
      case 13:
        return release();
      default:
        return change_rights();
    }
  }

  // Of parties to what is classified, of groups over the past, of markings over everybody's objects.
  void change_rights() {
    switch (draw_.weighted({8, 25, 10, 15, 30, 12})) {
      case 0:
        return keep(next(Kind::kPolicy));
      case 1:
        return clear();
      case 2: {
        Act act = next(Kind::kEndClearance);
        act.code = draw_.pick(oracle_.parties());
        act.until_ms = now_ms_ + draw_.between(-3'000, 20'000);
        return keep(std::move(act));
      }
      case 3: {
        Act act = next(Kind::kRetroactive);
        act.group = draw_.pick(oracle_.groups());
        act.is_retroactive = draw_.chance(50);
        return keep(std::move(act));
      }
      case 4:
        return list_authority();
      default:
        break;
    }
    if (authorities_.empty()) return;
    Act act = next(Kind::kEndAuthority);
    std::tie(act.code, act.object_id) = draw_.pick(authorities_);
    keep(std::move(act));
  }

  Classified classified() {
    Classified out;
    out.level = static_cast<int>(draw_.below(kPolicyLevelCount));
    for (const char* category : kCategories) {
      if (draw_.chance(40)) out.categories.insert(category);
    }
    return out;
  }

  void clear() {
    Act act = next(Kind::kClearance);
    act.code = draw_.pick(oracle_.parties());
    act.clearance = classified();
    if (draw_.chance(50)) act.from_ms = now_ms_ + draw_.between(-20'000, 20'000);
    if (draw_.chance(30)) act.until_ms = now_ms_ + draw_.between(20'001, 60'000);
    keep(std::move(act));
  }

  // For any of its markings, or for one by its content, which may be here or not.
  void list_authority() {
    Act act = next(Kind::kAuthority);
    act.code = draw_.pick(oracle_.parties());
    if (!objects_.definitions().empty() && draw_.chance(60)) {
      const Object& definition = draw_.pick(objects_.definitions());
      act.body = definition.text;
      act.object_id = id_of(definition.text);
    }
    authorities_.emplace_back(act.code, act.object_id);
    keep(std::move(act));
  }

  // Every act has its instant: two seconds and more after the one before.
  Act next(Kind kind) {
    now_ms_ += draw_.chance(8) ? draw_.between(60'000, 90'000'000) : draw_.between(2'000, 5'000);
    Act act;
    act.kind = kind;
    act.at_ms = now_ms_;
    return act;
  }

  void keep(Act act) {
    Outcome outcome;
    if (oracle_.apply(act, history_.acts.size(), &outcome)) history_.acts.push_back(std::move(act));
  }

  void look() {
    const int64_t at_ms = now_ms_ + draw_.between(1, 1'500);
    oracle_.look(at_ms);
    history_.moments.push_back({history_.acts.size(), at_ms});
    now_ms_ = at_ms;  // what comes after comes later: a node's time never goes back
  }

  std::string uuid() {
    return fmt::format("{:08x}-0000-4000-8000-{:012x}", draw_.next() >> 32, draw_.next() >> 16);
  }

  void add_party() {
    static const std::vector<std::string> kCodes{"JPN",   "NATO-HQ", "CERT-NZ", "KOR",
                                                 kPublic, "LIAISON", "NOR",     "CAN"};
    if (oracle_.parties().size() >= kCodes.size()) return;
    Act act = next(Kind::kParty);
    act.code = kCodes[oracle_.parties().size()];
    act.identity = "identity--" + uuid();
    identities_.push_back(act.identity);
    if (draw_.chance(60)) act.narrowing = narrowing();
    keep(std::move(act));
    if (!oracle_.collections().empty()) add_expert(oracle_.parties().back());
  }

  Narrowing narrowing() {
    Narrowing out;
    const bool is_cleared = draw_.chance(40);
    if (is_cleared) out.clearance = classified();
    if (!is_cleared || draw_.chance(30)) {
      for (uint32_t n = 1 + draw_.below(2); n > 0; --n)
        out.collections.insert(fmt::format("set-{}", draw_.below(3)));
    }
    return out;
  }

  void add_expert(const std::string& party) {
    Act act = next(Kind::kExpertKey);
    act.code = party;
    keep(std::move(act));
  }

  void add_group() {
    Act act = next(Kind::kGroup);
    act.code = fmt::format("GROUP{}", oracle_.groups().size());
    act.is_retroactive = draw_.chance(30);
    keep(std::move(act));
  }

  // A member now, since long, from soon on, or for a time.
  void add_member() {
    const auto groups = oracle_.groups();
    Act act = next(Kind::kMember);
    act.group = draw_.pick(groups);
    act.code = draw_.chance(75) ? draw_.pick(oracle_.parties()) : draw_.pick(groups);
    // Groups nest one way only, so that none becomes its own member.
    if (act.code.starts_with("GROUP") && act.code <= act.group) return;
    switch (draw_.weighted({40, 20, 20, 20})) {
      case 0:
        break;
      case 1:
        act.from_ms = now_ms_ - draw_.between(0, 100'000);
        break;
      case 2:
        act.from_ms = now_ms_ + draw_.between(1, 60'000);
        break;
      default:
        act.from_ms = now_ms_ - draw_.between(-20'000, 100'000);
        act.until_ms = now_ms_ + draw_.between(20'001, 90'000);
    }
    keep(std::move(act));
  }

  void end_member() {
    const auto groups = oracle_.groups();
    const std::string group = draw_.pick(groups);
    std::vector<std::string> members;
    for (const std::string& code : oracle_.parties()) {
      if (oracle_.is_member(code, group)) members.push_back(code);
    }
    if (members.empty()) return;
    Act act = next(Kind::kEndMember);
    act.group = group;
    act.code = draw_.pick(members);
    act.until_ms = now_ms_ + draw_.between(-3'000, 20'000);
    keep(std::move(act));
  }

  std::vector<std::string> audience() {
    std::vector<std::string> codes = oracle_.parties();
    for (const std::string& group : oracle_.groups()) codes.insert(codes.end(), 2, group);
    std::vector<std::string> out;
    const uint32_t size = 1 + draw_.below(3);
    for (uint32_t i = 0; i < size; ++i) {
      const std::string& code = draw_.pick(codes);
      if (std::ranges::find(out, code) == out.end()) out.push_back(code);
    }
    return out;
  }

  void add_collection() {
    if (oracle_.collections().size() >= 5) return;
    Act act = next(Kind::kCollection);
    act.alias = fmt::format("set-{}", oracle_.collections().size());
    act.uuid = uuid();
    act.read = audience();
    act.write = draw_.chance(50) ? act.read : audience();
    if (draw_.chance(60)) act.default_level = static_cast<int>(draw_.weighted({25, 30, 35, 5, 5}));
    keep(std::move(act));
  }

  void revoke_key() {
    Act act = next(Kind::kRevokeKey);
    act.party = draw_.pick(oracle_.parties());
    act.role = draw_.chance(60) ? Role::kReader : Role::kContributor;
    keep(std::move(act));
  }

  std::string name_of(const std::string& alias) {
    return draw_.chance(50) ? alias : oracle_.uuid_of(alias);
  }

  // Mostly a collection that the party may write; sometimes one that it may not, or that is not there.
  std::string collection_for(const std::string& party) {
    const auto all = oracle_.collections();
    if (draw_.chance(2)) return "set-99";
    std::vector<std::string> writable;
    for (const std::string& alias : all) {
      if (oracle_.may_write(alias, party, now_ms_ + 2'000)) writable.push_back(alias);
    }
    if (writable.empty() || draw_.chance(6)) return name_of(draw_.pick(all));
    return name_of(draw_.pick(writable));
  }

  const std::string& identity_of(const std::string& party) {
    return identities_[static_cast<size_t>(std::ranges::find(oracle_.parties(), party) -
                                           oracle_.parties().begin())];
  }

  void submit_together() {
    Act act = next(Kind::kPost);
    act.together = ++together_;
    const uint32_t posts = 2 + draw_.below(4);
    for (uint32_t i = 0; i < posts; ++i) submit(act);
  }

  void submit(Act act) {
    std::string party = draw_.pick(oracle_.parties());
    if (party == kPublic) return;
    std::string collection = collection_for(party);
    const Kind kind = act.kind;
    act.role = draw_.chance(4) ? Role::kReader : Role::kContributor;
    if (kind == Kind::kImport) {
      if (draw_.chance(35)) collection.clear();
      act.is_strict = draw_.chance(20);
      act.is_dry = draw_.chance(5);
      act.form = static_cast<int>(draw_.below(3));
    }
    const uint32_t size = 1 + draw_.below(6);
    Surroundings around{identity_of(party), identities_, oracle_.parties(), act.at_ms};
    for (std::string& group : oracle_.groups()) around.codes.push_back(std::move(group));
    for (uint32_t i = 0; i < size; ++i) act.objects.push_back(objects_.make(around));
    // What is no object at all ends an import there.
    if (kind == Kind::kImport)
      std::erase_if(act.objects, [](const Object& o) { return !o.text.starts_with('{'); });
    std::erase_if(act.objects, [&](const Object& o) {
      const std::string by = oracle_.recalled_by(o.text);
      return !by.empty() && by != party;
    });
    if (act.objects.empty()) return;
    act.party = std::move(party);
    act.collection = std::move(collection);
    keep(std::move(act));
  }

  // Half of them of what the party has there; the others of what another has, has hidden, or nobody has.
  void remove() {
    Act act = next(Kind::kDelete);
    std::vector<const OracleEntry*> live;
    for (const OracleEntry& entry : oracle_.entries()) {
      if (!entry.is_withdrawn && !entry.collection.empty()) live.push_back(&entry);
    }
    act.role = draw_.chance(4) ? Role::kReader : Role::kContributor;
    if (live.empty() || draw_.chance(20)) {
      act.party = draw_.pick(oracle_.parties());
      act.collection = collection_for(act.party);
      act.object_id = draw_.pick(objects_.ids());
    } else {
      const OracleEntry& entry = *draw_.pick(live);
      act.party = draw_.chance(75) ? entry.submitter : draw_.pick(oracle_.parties());
      act.collection = name_of(entry.collection);
      act.object_id = entry.id;
    }
    const std::string type = type_of(act.object_id);
    if (type != "ipv4-addr" && type != "domain-name" && draw_.chance(50)) {
      static const std::vector<std::string> kWords{"first", "last", "all"};
      act.version = draw_.chance(60) ? draw_.pick(kWords) : draw_.pick(objects_.versions());
      if (draw_.chance(20)) act.spec_version = draw_.chance(50) ? "2.0" : "2.1";
    }
    keep(std::move(act));
  }

  // Mostly of what the party may recall; sometimes as one whose role may not, or of what is another's.
  void recall() {
    Act act = next(Kind::kRecall);
    std::vector<const OracleEntry*> own;
    for (const OracleEntry& entry : oracle_.entries()) {
      if (!entry.is_recalled && !oracle_.has_copies(entry)) own.push_back(&entry);
    }
    if (own.empty()) return;
    const OracleEntry& entry = *draw_.pick(own);
    act.role = draw_.chance(95) ? Role::kOfficer : Role::kContributor;
    act.party = entry.submitter;
    act.object_id = entry.id;
    // Every version goes, so none may have a copy, nor parts (oracle.h).
    for (const OracleEntry& other : oracle_.entries()) {
      if (other.id == entry.id && (oracle_.has_copies(other) || !other.parts.empty())) return;
    }
    keep(std::move(act));
  }

  // Sometimes as one whose role may not, or to nobody.
  void release() {
    if (oracle_.entries().empty()) return;
    Act act = next(Kind::kRelease);
    const OracleEntry& entry = draw_.pick(oracle_.entries());
    act.role = draw_.chance(95) ? Role::kOfficer : Role::kContributor;
    std::tie(act.party, act.object_id) = std::tuple(entry.submitter, entry.id);
    act.widens = draw_.chance(60);
    std::vector<std::string> codes = oracle_.parties();
    std::ranges::copy(oracle_.groups(), std::back_inserter(codes));
    for (uint32_t n = draw_.below(4); n > 0; --n) act.read.push_back(draw_.pick(codes));
    keep(std::move(act));
  }

  void broken() {
    Act act = next(Kind::kBroken);
    act.party = draw_.pick(oracle_.parties());
    act.collection = collection_for(act.party);
    act.is_import = draw_.chance(30);
    static const std::vector<std::string> kBodies{"",
                                                  "{",
                                                  "[]",
                                                  "7",
                                                  R"({"objects":7})",
                                                  R"({"objects":[]})",
                                                  "\xFF",
                                                  R"({"objects":[{"type":"tool"},]})",
                                                  R"({"more":false})"};
    act.body = draw_.pick(kBodies);
    if (act.is_import) act.body = "{";  // what it can read of the others, it takes
    act.content_type = draw_.chance(80) ? "" : "text/plain";
    keep(std::move(act));
  }

  Draw draw_;
  ObjectMaker objects_;
  Oracle oracle_;
  History history_;
  std::vector<std::string> identities_;
  std::vector<std::pair<std::string, std::string>> authorities_;  // party and marking
  int64_t now_ms_ = 0;
  uint32_t together_ = 0;
};

}  // namespace

std::string party_of(const std::string& reader) {
  return reader.ends_with(kExpertMark) ? reader.substr(0, reader.size() - 1) : reader;
}

History draw_history(uint64_t seed) { return Drawer(seed).run(); }

size_t end_of_together(const History& history, size_t first) {
  const uint32_t together = history.acts[first].together;
  size_t end = first + 1;
  while (together != 0 && end < history.acts.size() && history.acts[end].together == together)
    ++end;
  return end;
}

}  // namespace entente::law
