// Every text is built by hand: odd spacing and key order are part of what is tested, since readers get the sender's bytes.
#include "objects.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "release/signed_object.h"

namespace entente::law {

const char* const kTlp2[kLevels] = {"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
                                    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
                                    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
                                    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
                                    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"};
const char* const kTlp1[kLevels] = {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
                                    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
                                    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
                                    nullptr,
                                    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"};

SigningKey signing_key_of(const std::string& identity) {
  SeededRandom random(hash64(identity));
  return SigningKey::generate(random);
}

std::string type_of(const std::string& id) { return id.substr(0, id.find("--")); }

ObjectMaker::ObjectMaker(Draw& draw) : draw_(draw) {
  for (const char* type : {"indicator",
                           "malware",
                           "tool",
                           "campaign",
                           "identity",
                           "relationship",
                           "sighting",
                           "note",
                           "ipv4-addr",
                           "ipv4-addr",
                           "domain-name",
                           "x-law-thing",
                           "procedure",
                           "procedure-act",
                           "procedure-act",
                           "identity",
                           "identity",
                           "threat-actor",
                           "ownership-interest",
                           "ownership-interest",
                           "ownership-interest",
                           "ownership-deal",
                           "ownership-deal",
                           "identity-decision",
                           "identity-decision",
                           "name-screening"}) {
    if (draw_.chance(70) || ids_.empty()) ids_.push_back(std::string(type) + "--" + uuid());
  }
  for (int i = 0; i < 4; ++i) markings_.push_back("marking-definition--" + uuid());
  for (int i = 0; i < 4; ++i)
    versions_.push_back(fmt::format("2025-0{}-03T04:05:06.{}Z", i + 1, i % 2 ? "7" : "123"));
}

std::string ObjectMaker::uuid() {
  const uint64_t a = draw_.next(), b = draw_.next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", a >> 32, (a >> 16) & 0xFFFF,
                     a & 0xFFF, (b >> 48) & 0xFFF, b & 0xFFFFFFFFFFFF);
}

std::string ObjectMaker::words() {
  static const std::vector<std::string> kWords{"wave",
                                               "heron",
                                               "\\u0041mber",
                                               "\xE6\xB3\xA2",
                                               "\xF0\x9F\x8C\x8A",
                                               "a longer text with spaces"};
  return draw_.pick(kWords);
}

std::string ObjectMaker::level() {
  const size_t at = draw_.weighted({24, 26, 32, 6, 12});
  return kTlp1[at] != nullptr && draw_.chance(40) ? kTlp1[at] : kTlp2[at];
}

// ,"object_marking_refs":[...] and the like, or nothing. Its granular markings mark what cannot be cut.
std::string ObjectMaker::marks(Object* object) {
  const auto quoted = [](const std::string& id) { return "\"" + id + "\""; };
  const auto whole = [](const std::string& refs) {
    return ",\"object_marking_refs\": [" + refs + "]";
  };
  const auto part = [&](const std::string& ref) {
    object->parts = {ref};
    object->editions = {"whole", ""};
    return ",\"granular_markings\":[{\"marking_ref\":\"" + ref + "\",\"selectors\":[\"type\"]}]";
  };
  switch (draw_.weighted({26, 30, 5, 13, 11, 4, 3, 4, 2})) {
    case 0:
      return "";
    case 1:
      return whole(quoted(level()));
    case 2:
      return whole(quoted(level()) + "," + quoted(level()));
    case 3:
      return whole(quoted(own()) + ", " + quoted(level()));
    case 4:
      return whole(quoted(own()));
    case 5:
      return whole(quoted(level())) + part(level());
    case 6:
      return part(draw_.chance(50) ? level() : own());
    case 7:
      return whole(quoted(own()) + "," + quoted(own()) + "," + quoted(level()));
    default:
      return whole("\"marking-definition--" + uuid() + "\"," + quoted(level()));
  }
}

std::string ObjectMaker::head(const std::string& type, const std::string& id,
                              const Surroundings& around) {
  std::string out = fmt::format(R"({{"type":"{}","spec_version":"2.1","id":"{}")", type, id);
  const size_t creator = draw_.weighted({35, 40, 25});
  if (creator == 1) out += fmt::format(R"(,"created_by_ref":"{}")", around.identity);
  if (creator == 2) out += fmt::format(R"(,"created_by_ref":"{}")", draw_.pick(around.identities));
  // Acts are dated when they are done, so that they lie behind what they are about even where that comes late.
  const bool is_dated = type == "procedure-act" && draw_.chance(70);
  const std::string created = is_dated ? later(around) : "2025-01-02T03:04:05.000Z";
  out += fmt::format(R"(,"created":"{}","modified":"{}")", created,
                     is_dated ? created : draw_.pick(versions_));
  if (draw_.chance(5)) out += R"(,"revoked":true)";
  return out;
}

// An instant within the time of histories, or a little before.
std::string ObjectMaker::later(const Surroundings& around) {
  return format_time_ms(around.now_ms + static_cast<int64_t>(draw_.below(40'000)) - 5'000);
}

std::string ObjectMaker::procedure() {
  for (const std::string& id : ids_) {
    if (type_of(id) == "procedure") return id;
  }
  return draw_.pick(ids_);
}

// Mostly of the few that histories make identities of.
std::string ObjectMaker::party() {
  std::vector<std::string> known;
  for (const std::string& id : ids_) {
    if (type_of(id) == "identity" || type_of(id) == "threat-actor") known.push_back(id);
  }
  return known.empty() || draw_.chance(5) ? draw_.pick(ids_) : draw_.pick(known);
}

std::string ObjectMaker::share() {
  static const std::vector<std::string> kShares{"0.3", "0.6", "0.25", "[0.2,0.7]", "1", "7"};
  return kShares[draw_.weighted({25, 30, 15, 15, 12, 3})];
}

// The members of a procedure's opening.
std::string ObjectMaker::opening(const Surroundings& around) {
  static const std::vector<std::string> kPacks{"silence", "meeting", "commitment", "uk-nsi",
                                               "eu-2019-452-look-back"};
  std::string out =
      fmt::format(R"(,"pack":"{}","format":["{}","{}"],"until":"{}","text":"{}")",
                  kPacks[draw_.weighted({35, 15, 10, 25, 15})], draw_.pick(around.codes),
                  draw_.pick(around.codes), later(around), words());
  const std::string buyer = draw_.chance(60) ? party() : words();
  out += fmt::format(
      R"(,"roles":{{"host":["{}"],"commission":["{}"]}},"filing":{{"buyer":"{}","sector":"35","objects":["{}"],"persons":["{}{}"],"completed":"202{}-11-0{}"}})",
      draw_.pick(around.codes), draw_.pick(around.codes), buyer, draw_.pick(ids_), words(),
      draw_.below(3), 4 + draw_.below(2), 1 + draw_.below(9));
  return out;
}

// The members of an act.
std::string ObjectMaker::act(const Surroundings& around) {
  static const std::vector<std::string> kActs{
      "receive", "break",     "comment", "suspend",     "resume",
      "extend",  "translate", "accept",  "point",       "attend",
      "met",     "document",  "receive", "attach",      "attach",
      "attach",  "attach",    "attach",  "information", "request-information"};
  return fmt::format(
      R"(,"procedure_ref":"{}","act":"{}","reason":"{}","until":"{}","text":"{}","lang":"en","clause":"{}","target_ref":"{}","object_refs":["{}","{}"])",
      procedure(), draw_.pick(kActs), words(), later(around), words(), draw_.below(12),
      draw_.pick(ids_), draw_.pick(ids_), party());
}

std::string ObjectMaker::versioned(const std::string& id, const Surroundings& around,
                                   Object* object) {
  const std::string type = type_of(id);
  std::string out = head(type, id, around);
  const std::string name = fmt::format(R"(,"name":"{}{}")", words(), draw_.below(3));
  if (type == "indicator") {
    out +=
        name +
        R"(,"pattern":"[ipv4-addr:value = '198.51.100.7']","pattern_type":"stix","valid_from":"2025-01-01T00:00:00Z")";
  } else if (type == "malware") {
    out += name + R"(,"is_family": false)";
  } else if (type == "relationship") {
    out += fmt::format(R"(,"relationship_type":"related-to","source_ref":"{}","target_ref":"{}")",
                       draw_.pick(ids_), draw_.pick(ids_));
  } else if (type == "sighting") {
    out += fmt::format(R"(,"sighting_of_ref":"{}","count":{})", draw_.pick(ids_), draw_.below(3));
  } else if (type == "note") {
    out += fmt::format(R"(,"content":"{}","object_refs":["{}"])", words(), draw_.pick(ids_));
  } else if (type == "threat-actor") {
    out += name + fmt::format(R"(,"aliases":["{}{}"])", words(), draw_.below(3));
  } else if (type == "ownership-interest") {
    out += fmt::format(R"(,"owner_ref":"{}","owned_ref":"{}")", party(), party());
    if (draw_.chance(80)) out += ",\"capital\":" + share();
    if (draw_.chance(50)) out += ",\"votes\":" + share();
    if (draw_.chance(20)) out += R"(,"interest":"board")";
    if (draw_.chance(20)) out += R"(,"to":"2025-06-01")";
  } else if (type == "ownership-deal") {
    out += fmt::format(R"(,"buyer_ref":"{}","target_ref":"{}","date":"2025-0{}-1{}","sector":"35")",
                       party(), party(), 1 + draw_.below(9), draw_.below(9));
  } else if (type == "identity-decision") {
    static const std::vector<std::string> kVerdicts{"same", "same", "not-same", "unsure"};
    out += fmt::format(R"(,"party_refs":["{}","{}"],"decision":"{}","reason":"{}")", party(),
                       party(), draw_.pick(kVerdicts), words());
  } else if (type == "name-screening") {
    out += fmt::format(R"(,"party_ref":"{}","matches":[{{"entity_ref":"{}","score":0.7}}])",
                       party(), party());
  } else if (type == "procedure") {
    out += name + opening(around);
  } else if (type == "procedure-act") {
    out += act(around);
  } else {
    out += name;
    if (type == "identity" && draw_.chance(30)) out += R"(,"roles":["screened-buyer"])";
    if (type == "identity" && draw_.chance(50)) out += R"(,"identity_class":"individual")";
  }
  out += marks(object) + "}";
  // Most procedures and acts are signed by who sends them first; of the others, nothing counts.
  if (!type.starts_with("procedure") || draw_.chance(10)) return out;
  return *release::sign_object(out, signing_key_of(around.identity));
}

std::string ObjectMaker::observable(const std::string& id, Object* object) {
  const std::string type = type_of(id);
  std::string out = fmt::format(R"({{ "type":"{}","spec_version":"2.1","id":"{}","value":"{}")",
                                type, id, type == "domain-name" ? "law.example" : "198.51.100.7");
  // Of one value several texts exist: the same id with other content.
  if (draw_.chance(50)) out += fmt::format(R"(,"x_seen_by":"{}")", draw_.below(3));
  return out + marks(object) + (draw_.chance(30) ? " }" : "}");
}

// STIX 2.0: no spec_version.
std::string ObjectMaker::old_style(const std::string& id, const std::string& identity,
                                   Object* object) {
  const std::string type = type_of(id);
  std::string out =
      fmt::format(R"({{"type":"{}","id":"{}","created":"2025-01-02T03:04:05.000Z","modified":"{}")",
                  type, id, draw_.pick(versions_));
  if (draw_.chance(40)) out += fmt::format(R"(,"created_by_ref":"{}")", identity);
  out += fmt::format(R"(,"name":"{}","labels":["old"])", words());
  if (type == "indicator")
    out += R"(,"pattern":"[ipv4-addr:value = '198.51.100.7']","valid_from":"2025-01-01T00:00:00Z")";
  return out + marks(object) + "}";
}

std::string ObjectMaker::wrong(const std::string& id) {
  Object ignored;
  const std::string good = observable("ipv4-addr--" + uuid(), &ignored);
  switch (draw_.below(5)) {
    case 0:
      return fmt::format(R"({{"type":"indicator","spec_version":"2.1","id":"{}"}})",
                         "indicator--" + uuid());
    case 1:
      return fmt::format(
          R"({{"type":"nothing","spec_version":"2.1","id":"{}","created":"2025-01-02T03:04:05Z","modified":"2025-01-02T03:04:05Z"}})",
          id);
    case 2:
      return "7";
    case 3:
      return R"({"type":"ipv4-addr","spec_version":"2.1","value":"198.51.100.9"})";
    default:
      return good.substr(0, good.rfind('}')) + R"(,"value":"198.51.100.8"})";
  }
}

// A submitter does not define a marking twice: the first content counts, for all alike, and who does not see
// that one could tell from a second that there is a first.
Object ObjectMaker::once(const std::string& identity, Object object) {
  const std::string key = R"({"type":"marking-definition","spec_version":"2.1","id":")";
  if (!object.text.starts_with(key)) return object;
  const std::string id =
      object.text.substr(key.size(), object.text.find('"', key.size()) - key.size());
  return sent_.try_emplace({identity, id}, std::move(object)).first->second;
}

Object ObjectMaker::make(const Surroundings& around) {
  // The same bytes again, of this party or of another.
  if (!made_.empty() && draw_.chance(18)) return once(around.identity, draw_.pick(made_));
  Object object;
  const std::string id = draw_.pick(ids_);
  const std::string type = type_of(id);
  const bool is_observable = type == "ipv4-addr" || type == "domain-name";
  const bool has_old_form = type == "indicator" || type == "tool" || type == "campaign";
  if (draw_.chance(4)) {
    object.text = wrong(id);
    object.is_valid = false;
  } else if (draw_.chance(22)) {
    object = marking(draw_.pick(markings_), around);
  } else if (draw_.chance(35)) {
    object = parted(id, around);
  } else if (is_observable) {
    object.text = observable(id, &object);
  } else if (has_old_form && draw_.chance(20)) {
    object.text = old_style(id, around.identity, &object);
  } else {
    object.text = versioned(id, around, &object);
  }
  if (!object.editions.empty()) object.editions.front() = object.text;
  object = once(around.identity, std::move(object));
  made_.push_back(object);
  return object;
}

}  // namespace entente::law
