// Changes that the directory refuses are drawn too, and then told to nobody.
#include "oracle/draw.h"

#include "base/result.h"

namespace entente::oracle {
namespace {

constexpr int64_t kParties = 7;
constexpr int64_t kGroups = 5;
constexpr int64_t kPartySets = 4;
constexpr size_t kChanges = 30;
constexpr size_t kAtoms = 40;
constexpr size_t kReaders = 9;
constexpr const char* kLevels[] = {"LOW", "MID", "TOP"};

}  // namespace

// One of them stands for readers without a key.
std::string Draw::party_code(int64_t number) {
  return number + 2 == kParties ? "PUBLIC" : "P" + std::to_string(number);
}

std::string Draw::party() { return party_code(below(kParties)); }
std::string Draw::group() { return "G" + std::to_string(below(kGroups)); }

std::string Draw::any() {
  if (one_in(12)) return one_in(2) ? "R" + std::to_string(below(3)) : "NOBODY";
  return one_in(2) ? party() : group();
}

std::vector<std::string> Draw::some(bool of_parties) {
  std::vector<std::string> out;
  for (int64_t left = below(4); left >= 0; --left) out.push_back(of_parties ? party() : any());
  return out;
}

release::Classification Draw::classification() {
  release::Classification out{one_in(8) ? "Q" : "P", kLevels[below(3)], {}};
  for (const char* category : {"a", "b"}) {
    if (one_in(3)) out.categories.emplace_back(category);
  }
  return out;
}

Fact Draw::change() {
  Fact out;
  const int64_t kind = below(40);
  if (kind < 18) {
    out.op = "member";
    out.subject = group();
    out.other = one_in(3) ? group() : party();
    out.from_ms = below(kGridMs);
    if (one_in(2)) out.until_ms = out.from_ms + 1 + below(kGridMs / 2);
  } else if (kind < 24) {
    out.op = "member-end";
    out.subject = group();
    out.other = one_in(3) ? group() : party();
    out.until_ms = below(kGridMs);
  } else if (kind < 26) {
    out.op = "group-retroactive";
    out.subject = group();
    out.flag = one_in(2);
  } else if (kind < 28) {
    out.op = "collection-readers";
    for (const std::string& code : some(false)) {
      if (code != "NOBODY" && code[0] != 'R') out.list.push_back(code);
    }
  } else if (kind < 33) {
    out.op = "clearance";
    out.subject = party();
    out.clearance = classification();
    if (one_in(3)) out.from_ms = below(kGridMs);
    if (one_in(3)) out.until_ms = below(kGridMs);
  } else if (kind < 35) {
    out.op = "clearance-end";
    out.subject = party();
    out.clearance.policy = "P";
    out.until_ms = below(kGridMs);
  } else if (kind < 36) {
    out.op = "policy";
    out.subject = "P";
    out.list = one_in(2) ? std::vector<std::string>{"LOW", "TOP", "MID"}
                         : std::vector<std::string>{"LOW", "MID", "TOP"};
    out.clearance.categories =
        one_in(2) ? std::vector<std::string>{"a"} : std::vector<std::string>{"a", "b"};
  } else if (kind < 38) {
    out.op = "rename";
    out.subject = party();
    out.other = "R" + std::to_string(below(3));
  } else {
    out.op = one_in(2) ? "split" : "merge";
    out.subject = party();
    out.list = some(true);
    out.until_ms = below(kGridMs);
  }
  return out;
}

release::Atom Draw::atom() {
  release::Atom out;
  out.originator = static_cast<release::PartyNumber>(below(kParties));
  out.collection = 1;
  out.audience = static_cast<uint32_t>(below(kPartySets));
  out.community = static_cast<uint32_t>(below(kPartySets));
  for (int64_t left = one_in(4) ? 0 : 1 + (one_in(5) ? 1 : 0); left > 0; --left)
    out.tlp_levels |= static_cast<uint8_t>(1u << below(5));
  if (one_in(2)) out.default_level = static_cast<uint8_t>(below(5));
  out.unknown = one_in(20);
  if (one_in(5)) out.embargo_until_ms = below(kGridMs);
  if (!one_in(3)) {
    for (int64_t left = one_in(4) ? 2 : 1; left > 0; --left)
      out.releasable_to.push_back(one_in(25) ? std::vector<std::string>() : some(false));
  }
  if (one_in(5)) out.classifications.push_back(classification());
  if (one_in(20)) out.classifications.push_back(classification());
  if (one_in(8)) out.exercises.emplace_back(one_in(2) ? "X" : "Y");
  if (one_in(30)) out.exercises.emplace_back("X");
  canonicalise(out);
  return out;
}

release::Reader Draw::reader() {
  release::Reader out;
  out.party = static_cast<release::PartyNumber>(below(kParties));
  if (one_in(5)) out.realm = "X";
  if (one_in(4)) {
    out.narrowed_to.emplace();
    if (!one_in(4)) out.narrowed_to->push_back(classification());
  }
  return out;
}

Drawn Draw::world() {
  Drawn out;
  size_t parties = 0;
  const auto take = [&](Fact fact, int64_t tick_ms) {
    fact.tick_ms = tick_ms;
    if (!out.directory.apply(to_json(fact, parties), tick_ms)) return false;
    parties += fact.op == "party" ? 1 : 0;
    out.oracle.add(std::move(fact));
    return true;
  };
  const auto make = [&](const char* op, const std::string& subject, bool flag, int64_t tick_ms) {
    Fact fact;
    fact.op = op;
    fact.subject = subject;
    fact.flag = flag;
    fact.list = {"LOW", "MID", "TOP"};
    fact.clearance.categories = {"a", "b"};
    if (fact.op != "policy") fact.list.clear();
    CHECK(take(fact, tick_ms));
  };
  make("policy", "P", false, INT64_MIN);
  for (int64_t n = 0; n < kGroups; ++n)
    make("group", "G" + std::to_string(n), one_in(3), INT64_MIN);
  for (int64_t n = 0; n < kParties; ++n)
    make("party", party_code(n), false, n < kParties - 1 ? INT64_MIN : 1);
  CHECK(out.directory.apply(
      R"({"op":"collection","alias":"k","id":"6f8c1f5e-0000-4000-8000-000000000001","read":[],"write":[]})",
      INT64_MIN));
  int64_t tick_ms = 1;
  for (size_t n = 0; n < kChanges; ++n) {
    if (n > kChanges / 4) tick_ms += below(4);
    take(change(), tick_ms);
  }
  for (int64_t n = 0; n < kPartySets; ++n) {
    release::PartySet set;
    for (int64_t p = 0; p < kParties; ++p) {
      if (!one_in(3)) set.push_back(static_cast<release::PartyNumber>(p));
    }
    out.party_sets.push_back(std::move(set));
  }
  for (size_t n = 0; n < kAtoms; ++n) out.atoms.push_back(atom());
  for (size_t n = 0; n < kReaders; ++n) out.readers.push_back(reader());
  return out;
}

}  // namespace entente::oracle
