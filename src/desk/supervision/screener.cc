// What is left out is made up for by asking for as many more, so that a decision never empties an answer.
#include "desk/supervision/screener.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "desk/supervision/objects.h"
#include "names/query.h"
#include "stix/stix.h"

namespace entente::supervision {
namespace {

// Names and dates in a fixed order: countries and numbers are found out later, and change.
std::string subject_of(const names::Entity& query) {
  std::vector<std::string> texts;
  for (const names::Name& name : query.names) texts.push_back("n" + name.text);
  for (const names::PartialDate& date : query.birth_dates) texts.push_back("d" + text_of(date));
  std::ranges::sort(texts);
  std::string all(names::name_of(query.kind));
  for (const std::string& text : texts) all += "\n" + text;
  return made_id(kIdentityType, "query\n" + all);
}

}  // namespace

Asked asked_about(names::Entity party) {
  Asked out;
  out.subject = party.id;
  out.query = std::move(party);
  out.is_object = true;
  return out;
}

Result<Asked> read_asked(const exchange::View& view, json::Value value) {
  const std::string object = text_of(value, "object");
  Asked out;
  if (object.empty()) {
    out.query = TRY(names::read_query(value));
    out.subject = stix::is_identifier(out.query.id) ? out.query.id : subject_of(out.query);
  } else {
    exchange::Query query;
    query.ids = {object};
    const exchange::Page page = view.page(query);
    names::Entity party;
    if (!page.positions.empty()) party = entity_at(view, page.positions.front());
    if (party.names.empty()) return fail(Code::kNotFound, "no party of that id: " + object);
    out = asked_about(std::move(party));
    out.id_json = json_quote(object);
  }
  if (const auto id = value.find("id")) out.id_json = id->raw();
  return out;
}

std::vector<Hit> Screener::find(const Asked& asked, const names::SearchOptions& how, bool all) {
  const size_t others = all ? 0 : decisions_.counterparts(asked.subject).size();
  names::SearchOptions search = how;
  search.limit = static_cast<uint32_t>(
      std::min<size_t>(names::kMatchesMax, how.limit + others + (asked.is_object ? 1 : 0)));
  std::vector<Hit> out;
  for (const names::Match& match : searcher_->search(asked.query, search)) {
    const std::string entity(names_.list().entity_id(match.entity));
    if (entity == asked.subject || out.size() >= how.limit) continue;
    const Pair pair = pair_of(entity, asked.subject);
    const Decision* const own = decisions_.own(pair);
    if (!all && own != nullptr && own->verdict == Verdict::kNotSame) continue;
    out.push_back({match, entity, decisions_.verdict(pair)});
  }
  return out;
}

}  // namespace entente::supervision
