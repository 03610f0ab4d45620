// The answer of `entente owners` in words and in JSON.
#include <fmt/format.h>

#include "base/text.h"
#include "ownership/owners.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

std::string id_of(const Snapshot& snapshot, PartyIndex party) {
  return json_quote(snapshot.graph().parties[party].id);
}

std::string json_of(const Votes& votes) {
  return fmt::format("\"votes\":{},\"controls\":{}{}", ownership::json_of(votes.votes),
                     ownership::json_of(votes.controls),
                     votes.by_right ? ",\"by_right\":true" : "");
}

std::string json_of(const Owner& owner, const Snapshot& snapshot) {
  const Party& party = snapshot.graph().parties[owner.party];
  std::string out = "{\"id\":" + json_quote(party.id);
  if (!party.name.empty()) out += ",\"name\":" + json_quote(party.name);
  if (party.kind != PartyKind::kUnspecified)
    out += fmt::format(",\"kind\":\"{}\"", name_of(party.kind));
  out += fmt::format(",\"capital\":{},{}", ownership::json_of(owner.capital), json_of(owner.votes));
  if (owner.weakest_link) out += ",\"weakest_link\":" + ownership::json_of(*owner.weakest_link);
  if (!owner.is_ultimate) out += ",\"ultimate\":false";
  if (owner.is_nominee) out += ",\"nominee\":true";
  std::string paths, shares;
  for (const OwnerPath& path : owner.paths) {
    paths += (paths.empty() ? "" : ",") + ids_json(snapshot.graph(), path.parties);
    shares += (shares.empty() ? "" : ",") + ownership::json_of(path.capital);
  }
  out += ",\"paths\":[" + paths + "],\"path_capital\":[" + shares + "]";
  if (owner.has_more_paths) out += ",\"more_paths\":true";
  return out + "}";
}

std::string json_of(const Controller& one, const Snapshot& snapshot) {
  return fmt::format("{{\"id\":{},{},\"controlled\":{}}}", id_of(snapshot, one.party),
                     json_of(one.votes), one.is_controlled);
}

std::string json_of(const Concert& concert, const Snapshot& snapshot) {
  return fmt::format("{{\"members\":{},\"capital\":{},{}}}",
                     ids_json(snapshot.graph(), concert.parties),
                     ownership::json_of(concert.capital), json_of(concert.votes));
}

template <class List>
std::string json_list(const List& list, const Snapshot& snapshot) {
  std::string out = "[";
  for (const auto& one : list) out += (out.size() > 1 ? "," : "") + json_of(one, snapshot);
  return out + "]";
}

std::string kind_text(const Owner& owner, const Party& party) {
  std::string out(party.kind == PartyKind::kUnspecified ? "" : name_of(party.kind));
  if (owner.is_nominee) out += out.empty() ? "nominee" : ", nominee";
  return out;
}

}  // namespace

std::string to_json(const Owners& answer, const Snapshot& snapshot, const Findings* reading) {
  std::string out = "{\"of\":" + id_of(snapshot, answer.of);
  out += ",\"at\":" + json_quote(format_day(answer.at));
  out += ",\"owners\":" + json_list(answer.owners, snapshot);
  out += ",\"controllers\":" + json_list(answer.controllers, snapshot);
  if (!answer.concerts.empty()) out += ",\"concerts\":" + json_list(answer.concerts, snapshot);
  out += ",\"undisclosed\":" + ownership::json_of(answer.undisclosed);
  out += ",\"findings\":" + findings_json(answer.findings, reading);
  return out + "}";
}

std::string to_text(const Owners& answer, const Snapshot& snapshot) {
  const auto& parties = snapshot.graph().parties;
  std::string out = fmt::format("{} on {}\n\n", text_of(parties[answer.of]), format_day(answer.at));
  if (answer.owners.empty()) {
    out += "no owners are known\n";
  } else {
    std::vector<std::vector<std::string>> rows{
        {"owner", "kind", "capital", "votes", "controls", "largest path"}};
    for (const Owner& owner : answer.owners) {
      const Party& party = parties[owner.party];
      rows.push_back(
          {text_of(party), kind_text(owner, party), text_of(owner.capital),
           text_of(owner.votes.votes), std::string(text_of(owner.votes.controls)),
           owner.paths.empty() ? "" : path_text(snapshot.graph(), owner.paths.front().parties)});
    }
    out += table_text(rows);
  }
  out += "\nnot disclosed: " + text_of(answer.undisclosed) + " of the capital\n";
  for (const Controller& one : answer.controllers) {
    out += fmt::format("{}{} it, with {} of the votes{}{}\n", text_of(parties[one.party]),
                       one.votes.controls == Certainty::kYes ? " controls" : " may control",
                       text_of(one.votes.votes), one.votes.by_right ? " and by right" : "",
                       one.is_controlled ? "; itself controlled" : "");
  }
  for (const Concert& concert : answer.concerts) {
    std::string names;
    for (const PartyIndex party : concert.parties)
      names += (names.empty() ? "" : " + ") + text_of(parties[party]);
    out += fmt::format("{} together: {} of the capital, {} of the votes, control: {}\n", names,
                       text_of(concert.capital), text_of(concert.votes.votes),
                       text_of(concert.votes.controls));
  }
  for (const Finding& finding : answer.findings)
    out += fmt::format("note: {}: {}\n", finding.place, finding.detail);
  return out;
}

}  // namespace entente::ownership
