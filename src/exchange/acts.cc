#include "exchange/acts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "json/json.h"
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

// False: it is no list of strings.
bool read_list(std::optional<json::Value> list, std::vector<std::string>* out) {
  if (!list || !list->is_array()) return false;
  for (const json::Value one : list->elements()) {
    if (!one.is_string()) return false;
    out->push_back(one.text());
  }
  return true;
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
  const auto text = [&](std::string_view name) {
    const auto member = root.find(name);
    return member && member->is_string() ? member->text() : std::string();
  };
  if (text("type") != kType) return wrong(fmt::format("its type is {}", kType));
  ReleaseStatement out;
  const std::string act = text("act");
  if (act != "widen" && act != "narrow") return wrong("act is widen or narrow");
  out.kind = act == "widen" ? Kind::kWiden : Kind::kNarrow;
  out.by = text("by");
  out.object = text("object");
  out.reason = text("reason");
  if (out.by.empty() || out.object.empty()) return wrong("by and object are missing");
  if (!read_list(root.find("contents"), &out.contents)) return wrong("contents is a list");
  if (!read_list(root.find("to"), &out.to)) return wrong("to is a list of codes");
  const auto made = stix::parse_timestamp(text("made"));
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

Result<ReleaseAct> decode_release_act(std::string_view bytes) {
  const auto corrupt = [] { return fail(Code::kCorrupt, "a release act is malformed"); };
  json::Parser parser;
  json::Document document;
  const std::string text = json::padded(bytes);
  if (!parser.parse(std::string_view(text).substr(0, bytes.size()), &document)) return corrupt();
  const json::Value root = document.root();
  const auto by = root.find("by"), key = root.find("key"), about = root.find("about");
  const auto statement = root.find("statement");
  if (!by || !key || !about || !statement) return corrupt();
  const auto signature = statement->find(release::kSignatureMember);
  const auto signing_key = signature ? signature->find("key") : std::nullopt;
  const auto mark = signature ? signature->find("value") : std::nullopt;
  auto says = decode_release_statement(*statement);
  if (!says || !signing_key || !mark) return corrupt();
  ReleaseAct act;
  act.says = std::move(*says);
  act.says.contents.clear();
  act.signing_key = signing_key->text();
  act.signature = mark->text();
  const auto number = by->integer();
  if (!number || *number < 0 || *number >= release::kNoParty) return corrupt();
  act.by = static_cast<release::PartyNumber>(*number);
  act.key_id = key->text();
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
