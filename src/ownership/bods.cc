// Interests of a relationship are kept with their record and dates until all statements are read, since a later
// statement ends what an earlier one says.
#include "ownership/bods.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "json/json.h"
#include "ownership/bods_schema.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

std::string text_of(json::Value object, std::string_view name) {
  const auto member = object.find(name);
  return member && member->is_string() ? member->text() : std::string();
}

std::optional<Day> day_of(json::Value object, std::string_view name) {
  return parse_day(text_of(object, name));
}

// What an interest type means here. nullopt: an economic right that carries neither shares nor control.
std::optional<InterestKind> kind_of(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, InterestKind>, 18> kKinds{{
      {"", InterestKind::kShares},
      {"shareholding", InterestKind::kShares},
      {"votingRights", InterestKind::kShares},
      {"unknownInterest", InterestKind::kShares},
      {"unpublishedInterest", InterestKind::kShares},
      {"appointmentOfBoard", InterestKind::kBoard},
      {"controlViaCompanyRulesOrArticles", InterestKind::kContract},
      {"controlByLegalFramework", InterestKind::kContract},
      {"otherInfluenceOrControl", InterestKind::kInfluence},
      {"seniorManagingOfficial", InterestKind::kInfluence},
      {"rightsGrantedByContract", InterestKind::kInfluence},
      {"conditionalRightsGrantedByContract", InterestKind::kInfluence},
      {"boardMember", InterestKind::kInfluence},
      {"boardChair", InterestKind::kInfluence},
      {"settlor", InterestKind::kTrust},
      {"trustee", InterestKind::kTrust},
      {"protector", InterestKind::kTrust},
      {"beneficiaryOfLegalArrangement", InterestKind::kTrust},
  }};
  if (type == "nominee") return InterestKind::kNominee;
  if (type == "nominator") return InterestKind::kNominator;
  for (const auto& [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return std::nullopt;
}

std::optional<Range> share_of(json::Value interest) {
  const auto share = interest.find("share");
  if (!share || share->size() == 0) return std::nullopt;
  const auto number = [&](std::string_view name) -> std::optional<double> {
    const auto member = share->find(name);
    return member ? member->number() : std::nullopt;
  };
  if (const auto exact = number("exact")) return Range{*exact / 100, *exact / 100};
  Range range = kUnknown;
  if (const auto minimum = number("minimum")) range.low = *minimum / 100;
  if (const auto above = number("exclusiveMinimum"))
    range.low = std::max(range.low, *above / 100 + kStrictlyMore);
  if (const auto maximum = number("maximum")) range.high = *maximum / 100;
  if (const auto below = number("exclusiveMaximum"))
    range.high = std::min(range.high, *below / 100);
  range.low = std::min(1.0, range.low);
  if (range.low > range.high) return std::nullopt;
  return range;
}

class Reader {
 public:
  Reader(Graph* graph, Findings* findings) : graph_(graph), findings_(findings) {}

  Result<void> statement(json::Value value, const std::string& place) {
    if (!check_bods_statement(value, place, findings_)) return {};
    if (graph_->parties.size() + 3 > limits::kPartiesMax || interest_count_ > limits::kInterestsMax)
      return fail(Code::kTooLarge, "more parties or interests than a graph holds");
    if (text_of(value, "recordId").size() > limits::kIdBytesMax) {
      findings_->error("id-too-long", place, "recordId is too long");
      return {};
    }
    const json::Value details = *value.find("recordDetails");
    const std::string type = text_of(value, "recordType");
    if (type == "entity") entity(value, details);
    if (type == "person") person(value, details);
    if (type == "relationship") relationship(value, details, place);
    return {};
  }

  // Ends each statement's interests where the next of its record begins.
  void finish() {
    for (auto& [record, claims] : claims_) {
      std::ranges::sort(claims, {}, [](const Claim& one) { return std::pair(one.day, one.order); });
      for (size_t i = 0; i < claims.size(); ++i) {
        const Day until = i + 1 < claims.size() ? claims[i + 1].day : kDayLast;
        for (Interest interest : claims[i].interests) {
          // What a first statement says began before it was said; a later one replaces the former.
          if (i > 0) interest.from = std::max(interest.from, claims[i].day);
          interest.to = std::min(interest.to, until);
          if (interest.from < interest.to) graph_->interests.push_back(interest);
        }
      }
    }
    part_of_states();
  }

 private:
  struct Claim {
    Day day = 0;
    size_t order = 0;  // in the file
    std::vector<Interest> interests;
  };

  void entity(json::Value value, json::Value details) {
    Party& party = graph_->parties[graph_->party(text_of(value, "recordId"))];
    const std::string type = text_of(*details.find("entityType"), "type");
    party.kind = PartyKind::kEntity;
    if (type == "arrangement") party.kind = PartyKind::kTrust;
    if (type == "state" || type == "stateBody") party.kind = PartyKind::kState;
    if (type == "anonymousEntity" || type == "unknownEntity") party.kind = PartyKind::kAnonymous;
    if (const std::string name = text_of(details, "name"); !name.empty()) party.name = name;
    const auto jurisdiction = details.find("jurisdiction");
    if (jurisdiction) set_country(party, text_of(*jurisdiction, "code"));
    if (type == "stateBody") state_bodies_.push_back(graph_->party(text_of(value, "recordId")));
  }

  void person(json::Value value, json::Value details) {
    Party& party = graph_->parties[graph_->party(text_of(value, "recordId"))];
    party.kind = text_of(details, "personType") == "knownPerson" ? PartyKind::kPerson
                                                                 : PartyKind::kAnonymous;
    if (const auto names = details.find("names")) {
      for (const json::Value name : names->elements()) {
        if (party.name.empty() || text_of(name, "type") == "legal")
          party.name = text_of(name, "fullName");
      }
    }
    if (const auto nationalities = details.find("nationalities")) {
      for (const json::Value country : nationalities->elements()) {
        if (party.country.empty()) set_country(party, text_of(country, "code"));
      }
    }
  }

  static void set_country(Party& party, std::string_view code) {
    for (const char c : code.substr(0, 2)) {
      if (c < 'A' || c > 'Z') return;
    }
    if (code.size() >= 2) party.country = code.substr(0, 2);
  }

  // A record's id, or a party of its own for whoever is not specified.
  PartyIndex end_of(json::Value details, std::string_view name, const std::string& record) {
    const json::Value end = *details.find(name);
    if (end.is_string()) return graph_->party(end.text());
    const PartyIndex index = graph_->party(fmt::format("{} of {}", name, record));
    graph_->parties[index].kind = PartyKind::kAnonymous;
    graph_->parties[index].name = fmt::format("not specified ({})", text_of(end, "reason"));
    return index;
  }

  void relationship(json::Value value, json::Value details, const std::string& place) {
    const std::string record = text_of(value, "recordId");
    Claim claim;
    claim.day = *day_of(value, "statementDate");
    const auto interests = details.find("interests");
    if (text_of(value, "recordStatus") != "closed" && interests) {
      Interest ends;
      ends.owner = end_of(details, "interestedParty", record);
      ends.owned = end_of(details, "subject", record);
      const auto components = details.find("componentRecords");
      ends.is_indirect = components && components->size() > 0;
      const auto is_of = [](std::string_view type) {
        return [type](json::Value one) { return text_of(one, "type") == type; };
      };
      bool has_capital = false, has_votes = false;
      for (const json::Value one : interests->elements()) {
        has_capital = has_capital || is_of("shareholding")(one);
        has_votes = has_votes || is_of("votingRights")(one);
      }
      for (const json::Value one : interests->elements()) {
        if (auto read = interest(one, ends, has_capital, has_votes, place)) {
          claim.interests.push_back(*read);
          ++interest_count_;
        }
      }
    }
    claim.order = ++claim_count_;
    claims_[record].push_back(std::move(claim));
  }

  std::optional<Interest> interest(json::Value value, const Interest& ends, bool has_capital,
                                   bool has_votes, const std::string& place) {
    const std::string type = text_of(value, "type");
    const auto kind = kind_of(type);
    if (!kind) {
      findings_->warning("interest-not-counted", place,
                         type + " carries neither shares nor control");
      return std::nullopt;
    }
    Interest out = ends;
    out.kind = *kind;
    out.is_indirect = ends.is_indirect || text_of(value, "directOrIndirect") == "indirect";
    out.from = day_of(value, "startDate").value_or(kDayFirst);
    out.to = day_of(value, "endDate").value_or(kDayLast);
    const auto stated = share_of(value);
    if (value.find("share") && !stated && value.find("share")->size() > 0)
      findings_->warning("share-reversed", place, "its least share is above its greatest");
    const Range share = stated.value_or(kUnknown);
    if (type == "shareholding") {
      out.capital = share;
      out.votes = has_votes ? kNothing : kUnknown;
    } else if (type == "votingRights") {
      out.votes = share;
      out.capital = has_capital ? kNothing : kUnknown;
    } else if (*kind == InterestKind::kShares) {
      out.capital = has_capital ? kNothing : share;
      out.votes = has_votes ? kNothing : kUnknown;
    } else if (type == "beneficiaryOfLegalArrangement" || type == "nominator") {
      out.capital = share;  // it is theirs, in parts that may not be stated
    }
    return out;
  }

  // A state has its bodies whole, whatever the interest is called.
  void part_of_states() {
    std::ranges::sort(state_bodies_);
    for (Interest& interest : graph_->interests) {
      if (std::ranges::binary_search(state_bodies_, interest.owned) &&
          graph_->parties[interest.owner].kind == PartyKind::kState && interest.capital == kNothing)
        interest.capital = interest.votes = {1, 1};
    }
  }

  Graph* graph_;
  Findings* findings_;
  std::map<std::string, std::vector<Claim>> claims_;
  std::vector<PartyIndex> state_bodies_;
  size_t interest_count_ = 0, claim_count_ = 0;
};

}  // namespace

Result<void> read_bods(std::string_view text, Graph* graph, Findings* findings) {
  Reader reader(graph, findings);
  json::Parser parser;
  json::Document document;
  const std::string whole = json::padded(text);
  const auto parsed = parser.parse(std::string_view(whole).substr(0, text.size()), &document);
  if (parsed) {
    if (!document.root().is_array()) {
      findings->error("bods-type", "$", "not a list of statements");
      return {};
    }
    size_t index = 0;
    for (const json::Value value : document.root().elements())
      TRY(reader.statement(value, fmt::format("$[{}]", index++)));
    reader.finish();
    return {};
  }
  // One statement a line; a text that is cut off or damaged is none either.
  uint32_t line = 0;
  for (const std::string_view one : split(text, '\n')) {
    ++line;
    if (trim(one).empty()) continue;
    const std::string padded = json::padded(one);
    if (!parser.parse(std::string_view(padded).substr(0, one.size()), &document))
      return fail(Code::kInvalid, fmt::format("neither a list of statements nor one a line: {}",
                                              parsed.error().detail));
    TRY(reader.statement(document.root(), fmt::format("line {}: $", line)));
  }
  reader.finish();
  return {};
}

}  // namespace entente::ownership
