#include "exchange/acts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "json/fields.h"
#include "release/signed_object.h"
#include "stix/timestamp.h"

namespace entente::exchange {
namespace {

using Kind = ReleaseStatement::Kind;

constexpr std::string_view kType = "release-act";

std::string list_of(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + json_quote(text);
  return "[" + out + "]";
}

}  // namespace

std::string encode(const ReleaseStatement& statement) {
  return fmt::format(
      R"({{"type":"{}","act":"{}","by":{},"object":{},"contents":{},"to":{},"reason":{},"made":"{}"}})",
      kType, statement.kind == Kind::kWiden ? "widen" : "narrow", json_quote(statement.by),
      json_quote(statement.object), list_of(statement.contents), list_of(statement.to),
      json_quote(statement.reason), format_time_ms(statement.made_ms));
}

Result<ReleaseStatement> decode_release_statement(json::Value root) {
  const auto wrong = [](std::string_view what) {
    return fail(Code::kInvalid, fmt::format("a statement of release: {}", what));
  };
  if (json::member_text(root, "type") != kType) return wrong(fmt::format("its type is {}", kType));
  ReleaseStatement out;
  const std::string act = json::member_text(root, "act");
  if (act != "widen" && act != "narrow") return wrong("act is widen or narrow");
  out.kind = act == "widen" ? Kind::kWiden : Kind::kNarrow;
  out.by = json::member_text(root, "by");
  out.object = json::member_text(root, "object");
  out.reason = json::member_text(root, "reason");
  if (out.by.empty() || out.object.empty()) return wrong("by and object are missing");
  const auto contents = root.find("contents"), to = root.find("to");
  if (!contents || !contents->is_array()) return wrong("contents is a list");
  if (!to || !to->is_array()) return wrong("to is a list of codes");
  out.contents = json::strings_in(*contents);
  out.to = json::strings_in(*to);
  if (out.to.size() != to->size()) return wrong("to is a list of codes");
  const auto made = stix::parse_timestamp(json::member_text(root, "made"));
  if (!made) return wrong("made is an instant such as 2026-03-02T17:00:00.000Z");
  out.made_ms = made->ns / 1'000'000;
  return out;
}

std::string encode(const ReleaseAct& act, std::string_view statement) {
  std::string about;
  for (const ReleaseAct::About& one : act.about) {
    fmt::format_to(std::back_inserter(about), "{}[{},{}]", about.empty() ? "" : ",", one.position,
                   one.mark_set);
  }
  return fmt::format(R"({{"by":{},"key":{},"about":[{}],"statement":{}}})", act.by,
                     json_quote(act.key_id), about, statement);
}

namespace {

// Acts of before statements were signed: {"act":...,"to":[...],"reason":...,"by":N,...}. They count as they did.
Result<ReleaseStatement> decode_unsigned(json::Value root) {
  ReleaseStatement out;
  const std::string act = json::member_text(root, "act");
  const auto to = root.find("to");
  if ((act != "widen" && act != "narrow") || !to || !to->is_array())
    return fail(Code::kCorrupt, "a release act is malformed");
  out.kind = act == "widen" ? Kind::kWiden : Kind::kNarrow;
  out.to = json::strings_in(*to);
  out.reason = json::member_text(root, "reason");
  return out;
}

}  // namespace

Result<ReleaseAct> decode_release_act(std::string_view bytes) {
  const auto corrupt = [] { return fail(Code::kCorrupt, "a release act is malformed"); };
  const auto fields = json::Fields::parse(bytes);
  if (!fields) return corrupt();
  const json::Value root = fields->root();
  const auto statement = root.find("statement"), about = root.find("about");
  auto says = statement ? decode_release_statement(*statement) : decode_unsigned(root);
  if (!says || !about) return corrupt();
  ReleaseAct act;
  act.says = std::move(*says);
  act.says.contents.clear();
  if (const auto signature =
          statement ? statement->find(release::kSignatureMember) : std::nullopt) {
    act.signing_key = json::member_text(*signature, "key");
    act.signature = json::member_text(*signature, "value");
  }
  if (statement && (act.signing_key.empty() || act.signature.empty())) return corrupt();
  const auto number = fields->integer("by");
  if (!number || *number < 0 || *number >= release::kNoParty) return corrupt();
  act.by = static_cast<release::PartyNumber>(*number);
  act.key_id = fields->text("key");
  for (const json::Value one : about->elements()) {
    if (one.size() != 2) return corrupt();
    auto value = one.elements().begin();
    const auto position = (*value).integer();
    ++value;
    const auto mark_set = (*value).integer();
    if (!position || !mark_set || *position < 0 || *mark_set < 0 || *position > UINT32_MAX ||
        *mark_set > UINT32_MAX) {
      return corrupt();
    }
    act.about.push_back(
        {static_cast<store::Position>(*position), static_cast<release::MarkSetNumber>(*mark_set)});
  }
  return act;
}

release::Atom atom_of(const ReleaseAct& act, const release::Atom& marked) {
  release::Atom atom;
  if (act.says.kind == Kind::kWiden) {
    atom = marked;
    atom.tlp_levels = 0;
    atom.default_level = release::kNoLevel;
  } else {
    // A narrowing says who, and nothing of how widely: what was for the public stays so where the list has it.
    atom.tlp_levels = 1U << static_cast<unsigned>(release::Tlp::kClear);
  }
  atom.originator = act.by;
  atom.exercises = marked.exercises;
  atom.releasable_to = {act.says.to};
  release::canonicalise(atom);
  return atom;
}

}  // namespace entente::exchange
