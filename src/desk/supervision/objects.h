// Parties, interests and deals as STIX objects, and back. The form is in docs/formats/ownership.md: two object types
// of one extension, and more about a party in the same extension on its identity.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "names/entity.h"
#include "names/json_records.h"
#include "ownership/deals.h"
#include "ownership/model.h"

namespace entente::supervision {

using names::kSupervisionExtension;
inline constexpr std::string_view kIdentityType = "identity";
inline constexpr std::string_view kInterestType = "ownership-interest";
inline constexpr std::string_view kDealType = "ownership-deal";
inline constexpr std::string_view kScreeningType = "name-screening";
// Of an identity: its submitter screens it again whenever its world changes.
inline constexpr std::string_view kBuyerRole = "screened-buyer";

// What the objects that are made of one file have in common.
struct Stamp {
  std::string source;                 // name of the file's source: part of every id
  std::string created_by;             // identity; empty: none
  std::string modified;               // timestamp
  std::vector<std::string> markings;  // object_marking_refs
  bool is_revoked = false;
  bool are_buyers = false;  // parties that the submitter screens again and again
};

// The same for the same source and the source's id of a party, whenever it is made.
std::string party_id(std::string_view source, std::string_view id);

// The id of that type for what is told apart by the text.
std::string made_id(std::string_view type, std::string_view what);
// ["a","b"]
std::string quoted_list(const std::vector<std::string>& texts);

// STIX objects, one line each without its end.
std::string to_stix(const names::Entity& entity, const Stamp& stamp);
std::string to_stix(const ownership::Party& party, const Stamp& stamp);
// `ordinal` tells interests apart that are alike in parties and kind.
std::string to_stix(const ownership::Interest& interest, const ownership::Graph& graph,
                    uint32_t ordinal, const Stamp& stamp);
std::string to_stix(const ownership::Deal& deal, uint32_t ordinal, const Stamp& stamp);

// What an object says of a party: name, kind, country, sectors; of any type that has a name. Members of another form
// than described are passed over.
void read_party(json::Value object, ownership::Party* party);
// Adds the interest that an object is; a finding if it cannot be used.
void read_interest(json::Value object, ownership::Graph* graph, ownership::Findings* findings);
std::optional<ownership::Deal> read_deal(json::Value object, ownership::Findings* findings);

// "1961-03": what is known of it.
std::string text_of(const names::PartialDate& date);
// A member's text; empty if it is none.
std::string text_of(json::Value object, std::string_view name);

}  // namespace entente::supervision
