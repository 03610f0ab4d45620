// Text that is written here is read here; what others send in is read with the same care, and what it lacks makes it
// no record.
#include "desk/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "desk/procedure/limits.h"
#include "json/fields.h"
#include "release/release_marking.h"
#include "release/tlp.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

std::string list_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

// One definition for each party and audience, whenever it is made: it tells of no procedure, and nobody else learns who
// consults together. Since it covers itself, whoever joins a group later could not read it: another membership has another.
std::string marking_of(std::string_view identity, const Audience& audience, std::string* id) {
  const std::string codes = list_json(audience.codes);
  *id =
      "marking-definition--" + uuid_from(sha256({"entente procedure marking v2", "\n", identity,
                                                 "\n", codes, "\n", list_json(audience.members)}));
  return fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"{}","created":"2020-01-01T00:00:00.000Z","created_by_ref":"{}","name":"Releasable by name","object_marking_refs":["{}"],"extensions":{{"{}":{{"extension_type":"property-extension","releasable_to":{},"covers_itself":true}}}}}})",
      *id, identity, release::marking_of(release::Tlp::kGreen), release::kReleaseMarkingExtension,
      codes);
}

std::string head(std::string_view type, const procedure::Record& record,
                 std::string_view identity) {
  const std::string at = format_time_ms(record.at_ms);
  return fmt::format(
      R"({{"type":"{}","spec_version":"2.1","id":{},"created_by_ref":"{}","created":"{}","modified":"{}")",
      type, json_quote(record.id), identity, at, at);
}

std::string tail(const procedure::Record& record, std::string_view marking, release::Tlp level) {
  std::string out;
  if (record.until_ms) out += fmt::format(R"(,"until":"{}")", format_time_ms(*record.until_ms));
  if (!record.reason.empty()) out += ",\"reason\":" + json_quote(record.reason);
  if (!record.text.empty()) out += ",\"text\":" + json_quote(record.text);
  if (!record.language.empty()) out += ",\"lang\":" + json_quote(record.language);
  if (!record.clause.empty()) out += ",\"clause\":" + json_quote(record.clause);
  if (!record.target.empty()) out += fmt::format(R"(,"target_ref":{})", json_quote(record.target));
  if (!record.objects.empty()) out += ",\"object_refs\":" + list_json(record.objects);
  return out +
         fmt::format(
             R"(,"object_marking_refs":["{}","{}"],"extensions":{{"{}":{{"extension_type":"new-sdo"}}}}}})",
             release::marking_of(level), marking, kProcedureExtension);
}

// A parsed object whose members are asked for by name.
class Object {
 public:
  static Result<Object> read(std::string_view bytes) {
    Object out;
    out.parts_ = std::make_unique<Parts>();
    out.parts_->text = json::padded(bytes);
    static thread_local json::Parser parser;  // its buffers are dear to make
    if (!parser.parse(std::string_view(out.parts_->text).substr(0, bytes.size()),
                      &out.parts_->document) ||
        !out.root().is_object())
      return fail(Code::kInvalid, "not a JSON object");
    return out;
  }
  json::Value root() const { return parts_->document.root(); }
  std::string text(std::string_view name) const {
    const auto value = root().find(name);
    return value && value->is_string() ? value->text() : std::string();
  }
  // Ids in a list, each once, so many at most; what is no id is left out.
  std::vector<std::string> identifiers(std::string_view name) const {
    std::vector<std::string> out;
    const auto list = root().find(name);
    if (!list) return out;
    for (std::string& id : json::strings_in(*list)) {
      const bool is_new = std::ranges::find(out, id) == out.end();
      if (is_new && stix::is_identifier(id) && out.size() < procedure::limits::kAttachedObjectsMax)
        out.push_back(std::move(id));
    }
    return out;
  }
  std::optional<int64_t> instant_ms(std::string_view name) const {
    const std::string written = text(name);
    const auto at = stix::parse_timestamp(written);
    if (!at) return std::nullopt;
    return at->ms();
  }

 private:
  struct Parts {
    std::string text;
    json::Document document;
  };
  std::unique_ptr<Parts> parts_;
};

procedure::Proof proof_of(const release::SignatureCheck& check, const Submitted& by,
                          int64_t at_ms) {
  switch (release::standing_of(check, by.keys, {at_ms, by.tick_ms})) {
    case release::Standing::kSigned:
      return procedure::Proof::kSigned;
    case release::Standing::kUnsigned:
      return procedure::Proof::kUnsigned;
    case release::Standing::kWrong:
      return procedure::Proof::kWrong;
    case release::Standing::kUnknownKey:
      return procedure::Proof::kUnknownKey;
  }
  return procedure::Proof::kWrong;
}

void read_opening_members(const Object& object, Opening* out) {
  out->title = object.text("name");
  out->pack = object.text("pack");
  out->pack_version = object.text("pack_version");
  out->calendar = object.text("calendar");
  out->level = release::tlp_from(object.text("level")).value_or(release::Tlp::kGreen);
  if (const auto format = object.root().find("format")) out->format = json::strings_in(*format);
  if (const auto roles = object.root().find("roles")) {
    for (const json::Member role : roles->members())
      out->roles[role.key.text()] = json::strings_in(role.value);
  }
  if (const auto filing = object.root().find("filing")) out->filing = filing->raw();
}

}  // namespace

std::vector<std::string> audience_of(const Opening& opening) {
  std::vector<std::string> out = opening.format;
  out.push_back(opening.record.party);
  for (const auto& [role, parties] : opening.roles)
    out.insert(out.end(), parties.begin(), parties.end());
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

Draft draft_of(const Opening& opening, std::string_view identity, const Audience& audience) {
  std::string marking;
  std::string definition = marking_of(identity, audience, &marking);
  std::string out = head(kProcedureType, opening.record, identity);
  out += fmt::format(R"(,"name":{},"pack":{},"pack_version":{},"format":{})",
                     json_quote(opening.title), json_quote(opening.pack),
                     json_quote(opening.pack_version), list_json(opening.format));
  if (!opening.roles.empty()) {
    std::string roles;
    for (const auto& [role, parties] : opening.roles)
      roles += (roles.empty() ? "" : ",") + json_quote(role) + ":" + list_json(parties);
    out += ",\"roles\":{" + roles + "}";
  }
  if (opening.level != release::Tlp::kGreen)
    out += fmt::format(R"(,"level":"{}")", release::name_of(opening.level));
  if (!opening.calendar.empty()) out += ",\"calendar\":" + json_quote(opening.calendar);
  if (!opening.filing.empty()) out += ",\"filing\":" + opening.filing;
  return {std::move(definition), out + tail(opening.record, marking, opening.level)};
}

Draft draft_of(const Opening& opening, const procedure::Record& act, std::string_view identity,
               const Audience& audience) {
  std::string marking;
  std::string definition = marking_of(identity, audience, &marking);
  std::string out = head(kActType, act, identity);
  out += fmt::format(R"(,"procedure_ref":{},"act":{})", json_quote(opening.record.id),
                     json_quote(act.act));
  if (!act.about.empty()) out += fmt::format(R"(,"about_ref":{})", json_quote(act.about));
  return {std::move(definition), out + tail(act, marking, audience.level)};
}

Written read_written(std::string_view bytes, const std::optional<PublicKey>& signed_by) {
  Written out;
  const auto object = Object::read(bytes);
  if (!object) return out;
  const std::string type = object->text("type");
  procedure::Record& record = out.opening.record;
  record.id = object->text("id");
  const auto at_ms = object->instant_ms("created");
  if (record.id.empty() || !at_ms) return out;
  record.at_ms = *at_ms;
  record.reason = object->text("reason");
  record.text = object->text("text");
  record.until_ms = object->instant_ms("until");
  record.language = object->text("lang");
  record.clause = object->text("clause");
  record.target = object->text("target_ref");
  if (type == kProcedureType) {
    read_opening_members(*object, &out.opening);
    if (!out.opening.pack.empty()) out.what = Written::What::kOpening;
  } else if (type == kActType) {
    record.act = object->text("act");
    record.about = object->text("about_ref");
    record.objects = object->identifiers("object_refs");
    out.procedure = object->text("procedure_ref");
    if (!out.procedure.empty() && !record.act.empty()) out.what = Written::What::kAct;
  }
  if (out.what == Written::What::kNothing) return out;
  out.check = signed_by
                  ? release::SignatureCheck{release::SignatureCheck::Found::kRight, *signed_by}
                  : release::check_signature(object->root());
  return out;
}

procedure::Record settled(const procedure::Record& record, const release::SignatureCheck& check,
                          const Submitted& by) {
  procedure::Record out = record;
  out.party = by.party;
  out.at_ms = std::clamp(record.at_ms, by.tick_ms - kSkewMsMax, by.tick_ms);
  out.proof = proof_of(check, by, out.at_ms);
  return out;
}

Result<Opening> read_opening(std::string_view bytes, const Submitted& by) {
  Written written = read_written(bytes);
  if (written.what != Written::What::kOpening)
    return fail(Code::kInvalid, "not a procedure with an id, an instant and a rule pack");
  written.opening.record = settled(written.opening.record, written.check, by);
  return std::move(written.opening);
}

Result<ActObject> read_act(std::string_view bytes, const Submitted& by) {
  Written written = read_written(bytes);
  if (written.what != Written::What::kAct)
    return fail(Code::kInvalid, "not an act with an id and an instant that names its procedure");
  return ActObject{settled(written.opening.record, written.check, by),
                   std::move(written.procedure)};
}

std::string new_id(std::string_view type, Random& random) {
  std::array<uint8_t, 16> bytes{};
  random.fill(bytes);
  return fmt::format("{}--{}", type, uuid_from(bytes));
}

}  // namespace entente::desk
