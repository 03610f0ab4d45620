// Text that is written here is read here; what others send in is read with the same care, and what it lacks makes it
// no record.
#include "desk/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "desk/procedure/limits.h"
#include "json/json.h"
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

// One definition for each party and audience, whenever it is made: it tells of no procedure.
std::string marking_of(std::string_view identity, const std::vector<std::string>& audience,
                       std::string* id) {
  const std::string codes = list_json(audience);
  *id = "marking-definition--" +
        uuid_from(sha256({"entente procedure marking v1", "\n", identity, "\n", codes}));
  return fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"{}","created":"2020-01-01T00:00:00.000Z","created_by_ref":"{}","name":"Releasable by name","object_marking_refs":["{}"],"extensions":{{"{}":{{"extension_type":"property-extension","releasable_to":{}}}}}}})",
      *id, identity, release::marking_of(release::Tlp::kGreen), release::kReleaseMarkingExtension,
      codes);
}

std::string head(std::string_view type, const procedure::Record& record,
                 std::string_view identity) {
  const std::string at = format_time_ms(record.at_ms);
  return fmt::format(
      R"({{"type":"{}","spec_version":"2.1","id":"{}","created_by_ref":"{}","created":"{}","modified":"{}")",
      type, record.id, identity, at, at);
}

std::string tail(const procedure::Record& record, std::string_view marking) {
  std::string out;
  if (record.until_ms) out += fmt::format(R"(,"until":"{}")", format_time_ms(*record.until_ms));
  if (!record.reason.empty()) out += ",\"reason\":" + json_quote(record.reason);
  if (!record.text.empty()) out += ",\"text\":" + json_quote(record.text);
  return out +
         fmt::format(
             R"(,"object_marking_refs":["{}"],"extensions":{{"{}":{{"extension_type":"new-sdo"}}}}}})",
             marking, kProcedureExtension);
}

// A parsed object whose members are asked for by name.
class Object {
 public:
  static Result<Object> read(std::string_view bytes) {
    Object out;
    out.parts_ = std::make_unique<Parts>();
    out.parts_->text = json::padded(bytes);
    json::Parser parser;
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
  std::optional<int64_t> instant_ms(std::string_view name) const {
    const std::string written = text(name);
    const auto at = stix::parse_timestamp(written);
    if (!at) return std::nullopt;
    return at->ns >= 0 ? at->ns / 1'000'000 : (at->ns - 999'999) / 1'000'000;
  }

 private:
  struct Parts {
    std::string text;
    json::Document document;
  };
  std::unique_ptr<Parts> parts_;
};

std::vector<std::string> texts_of(json::Value list) {
  std::vector<std::string> out;
  for (const json::Value one : list.elements()) {
    if (one.is_string()) out.push_back(one.text());
  }
  return out;
}

procedure::Proof proof_of(json::Value root, const Submitted& by, int64_t at_ms) {
  switch (release::standing_of(release::check_signature(root), by.keys, {at_ms, by.tick_ms})) {
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

Result<procedure::Record> record_of(const Object& object, const Submitted& by) {
  procedure::Record record;
  record.id = object.text("id");
  record.party = by.party;
  const auto at_ms = object.instant_ms("created");
  if (record.id.empty() || !at_ms) return fail(Code::kInvalid, "no id, or no instant");
  record.at_ms = std::clamp(*at_ms, by.tick_ms - kSkewMsMax, by.tick_ms);
  record.proof = proof_of(object.root(), by, record.at_ms);
  record.reason = object.text("reason");
  record.text = object.text("text");
  record.until_ms = object.instant_ms("until");
  return record;
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

Draft draft_of(const Opening& opening, std::string_view identity) {
  std::string marking;
  std::string definition = marking_of(identity, audience_of(opening), &marking);
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
  if (!opening.calendar.empty()) out += ",\"calendar\":" + json_quote(opening.calendar);
  if (!opening.filing.empty()) out += ",\"filing\":" + opening.filing;
  return {std::move(definition), out + tail(opening.record, marking)};
}

Draft draft_of(const Opening& opening, const procedure::Record& act, std::string_view identity) {
  std::string marking;
  std::string definition = marking_of(identity, audience_of(opening), &marking);
  std::string out = head(kActType, act, identity);
  out += fmt::format(R"(,"procedure_ref":"{}","act":{})", opening.record.id, json_quote(act.act));
  if (!act.about.empty()) out += fmt::format(R"(,"about_ref":"{}")", act.about);
  return {std::move(definition), out + tail(act, marking)};
}

Result<Opening> read_opening(std::string_view bytes, const Submitted& by) {
  const Object object = TRY(Object::read(bytes));
  if (object.text("type") != kProcedureType) return fail(Code::kInvalid, "not a procedure");
  Opening out;
  out.record = TRY(record_of(object, by));
  out.title = object.text("name");
  out.pack = object.text("pack");
  out.pack_version = object.text("pack_version");
  out.calendar = object.text("calendar");
  if (const auto format = object.root().find("format")) out.format = texts_of(*format);
  if (const auto roles = object.root().find("roles")) {
    for (const json::Member role : roles->members())
      out.roles[role.key.text()] = texts_of(role.value);
  }
  if (const auto filing = object.root().find("filing")) out.filing = filing->raw();
  if (out.pack.empty()) return fail(Code::kInvalid, "it names no rule pack");
  return out;
}

Result<ActObject> read_act(std::string_view bytes, const Submitted& by) {
  const Object object = TRY(Object::read(bytes));
  if (object.text("type") != kActType) return fail(Code::kInvalid, "not an act of a procedure");
  ActObject out;
  out.record = TRY(record_of(object, by));
  out.record.act = object.text("act");
  out.record.about = object.text("about_ref");
  out.procedure = object.text("procedure_ref");
  if (out.procedure.empty() || out.record.act.empty())
    return fail(Code::kInvalid, "it says neither what is done nor in which procedure");
  return out;
}

std::string new_id(std::string_view type, Random& random) {
  std::array<uint8_t, 16> bytes{};
  random.fill(bytes);
  return fmt::format("{}--{}", type, uuid_from(bytes));
}

}  // namespace entente::desk
