#include "exchange/acts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "json/json.h"

namespace entente::exchange {

std::string encode(const ReleaseAct& act) {
  std::string to, about;
  for (const std::string& code : act.to) to += (to.empty() ? "" : ",") + json_quote(code);
  for (const ReleaseAct::About& one : act.about) {
    fmt::format_to(std::back_inserter(about), "{}[{},{}]", about.empty() ? "" : ",", one.position,
                   one.mark_set);
  }
  return fmt::format(R"({{"act":"{}","by":{},"key":{},"to":[{}],"reason":{},"about":[{}]}})",
                     act.kind == ReleaseAct::Kind::kWiden ? "widen" : "narrow", act.by,
                     json_quote(act.key_id), to, json_quote(act.reason), about);
}

Result<ReleaseAct> decode_release_act(std::string_view bytes) {
  const auto corrupt = [] { return fail(Code::kCorrupt, "a release act is malformed"); };
  json::Parser parser;
  json::Document document;
  const std::string text = json::padded(bytes);
  if (!parser.parse(std::string_view(text).substr(0, bytes.size()), &document)) return corrupt();
  const json::Value root = document.root();
  const auto kind = root.find("act"), by = root.find("by"), key = root.find("key");
  const auto to = root.find("to"), reason = root.find("reason"), about = root.find("about");
  if (!kind || !by || !key || !to || !reason || !about) return corrupt();
  ReleaseAct act;
  if (kind->text_is("widen")) {
    act.kind = ReleaseAct::Kind::kWiden;
  } else if (!kind->text_is("narrow")) {
    return corrupt();
  }
  const auto number = by->integer();
  if (!number || *number < 0 || *number >= release::kNoParty) return corrupt();
  act.by = static_cast<release::PartyNumber>(*number);
  act.key_id = key->text();
  act.reason = reason->text();
  for (const json::Value code : to->elements()) act.to.push_back(code.text());
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
  if (act.kind == ReleaseAct::Kind::kWiden) {
    atom = marked;
    atom.tlp_levels = 0;
    atom.default_level = release::kNoLevel;
  }
  atom.originator = act.by;
  atom.exercises = marked.exercises;
  atom.releasable_to = {act.to};
  release::canonicalise(atom);
  return atom;
}

}  // namespace entente::exchange
