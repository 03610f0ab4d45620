// preview and why: who sees what of an object, and by which rule. The operator may ask about every party of the node; what is
// answered is what the asking party may know (exchange/preview.h).
#include <fmt/format.h>

#include <algorithm>

#include "app/commands.h"
#include "exchange/preview.h"

namespace entente::app {
namespace {

Result<const release::Party*> party_named(const exchange::View& view, const std::string& code) {
  const release::Party* party = view.state().directory->party(code);
  if (party == nullptr) {
    return fail(Code::kNotFound, fmt::format("no party '{}': see entente party list", code));
  }
  return party;
}

Result<exchange::Parties> parties_for(const exchange::View& view, const Fields& request) {
  exchange::Parties out;
  for (const std::string& code : request.list("for")) out.push_back(TRY(party_named(view, code)));
  if (!out.empty()) return out;
  for (const release::Party& party : view.state().directory->parties()) out.push_back(&party);
  std::ranges::sort(out, {}, &release::Party::code);
  return out;
}

Result<Outcome> preview(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const exchange::Parties parties = TRY(parties_for(view, request));
  const std::string id = request.text("id");
  if (!id.empty()) {
    auto told = TRY(exchange::preview_json(view, id, parties));
    note(desk, request, "preview", id);
    return Outcome{std::move(told)};
  }
  const release::Collection* collection = TRY(collection_of(view, request));
  exchange::Batcher batcher(desk.node.journal(), desk.random);
  const auto number = collection == nullptr ? release::kNoCollection : collection->number;
  const auto submission =
      TRY(exchange::read_for_preview(batcher, view, number, request.text("text")));
  exchange::Explainer explainer(view);
  const bool has_refused = std::ranges::any_of(submission->items, [](const exchange::Item& item) {
    return item.fate == exchange::Fate::kRefused;
  });
  note(desk, request, "preview", {});
  return Outcome{exchange::preview_json(explainer, *submission, parties),
                 has_refused ? kExitFound : kExitDone};
}

Result<Outcome> why(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const release::Party* party = TRY(party_named(view, request.text("code")));
  const std::string id = request.text("id");
  auto told = exchange::why_json(view, id, *party);
  if (!told) {
    return fail(told.error().code, fmt::format("{} sees no object {}: only who sees it may ask",
                                               request.text("party"), id));
  }
  note(desk, request, "why", id);
  return Outcome{std::move(*told)};
}

}  // namespace

Command explain_command(std::string_view name) {
  if (name == "preview") return preview;
  if (name == "why") return why;
  return nullptr;
}

}  // namespace entente::app
