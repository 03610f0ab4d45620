// The endpoint table of TAXII 2.1. [taxii21 3.1, 4, 5]
#include "taxii/taxii.h"

namespace entente::taxii {
namespace {

constexpr std::string_view kText = R"({"type":"string"})";

const Parameter kAddedAfter{"added_after", "only what was added after this instant",
                            R"({"type":"string","format":"date-time"})"};
const Parameter kLimit{"limit", "objects of one page at most", R"({"type":"integer","minimum":1})"};
const Parameter kNext{"next", "where the next page begins, as the page before said", kText};
const Parameter kMatchId{"match[id]", "STIX ids, separated by commas", kText};
const Parameter kMatchType{"match[type]", "type names, separated by commas", kText};
const Parameter kMatchVersion{
    "match[version]", "all, or any of first, last and instants, separated by commas", kText};
const Parameter kMatchSpec{"match[spec_version]", "2.0, 2.1 or both", kText};

const std::vector<Parameter> kPageFilters{kAddedAfter, kLimit,     kNext,        kMatchId,
                                          kMatchType,  kMatchSpec, kMatchVersion};

std::vector<Route> make_routes() {
  constexpr std::string_view kObjects = "/taxii2/entente/collections/{collection}/objects/";
  constexpr std::string_view kObject = "/taxii2/entente/collections/{collection}/objects/{object}/";
  return {
      {"GET", "/taxii2/", "taxiiDiscovery", "What this server offers", {}, "", kMediaType},
      {"GET", "/taxii2/entente/", "taxiiApiRoot", "The API root", {}, "", kMediaType},
      {"GET",
       "/taxii2/entente/status/{status}/",
       "taxiiStatus",
       "What became of an earlier POST",
       {},
       "",
       kMediaType},
      {"GET",
       "/taxii2/entente/collections/",
       "taxiiCollections",
       "The caller's collections",
       {},
       "",
       kMediaType},
      {"GET",
       "/taxii2/entente/collections/{collection}/",
       "taxiiCollection",
       "One collection",
       {},
       "",
       kMediaType},
      {"GET", "/taxii2/entente/collections/{collection}/manifest/", "taxiiManifest",
       "Ids, dates and versions", kPageFilters, "", kMediaType},
      {"GET", kObjects, "taxiiObjects", "Objects of a collection", kPageFilters, "", kMediaType},
      {"POST",
       kObjects,
       "taxiiAddObjects",
       "Adds objects to a collection",
       {},
       kMediaType,
       kMediaType},
      {"GET",
       kObject,
       "taxiiObject",
       "One object",
       {kAddedAfter, kLimit, kNext, kMatchSpec, kMatchVersion},
       "",
       kMediaType},
      {"DELETE",
       kObject,
       "taxiiDeleteObject",
       "Withdraws what the caller's party submitted",
       {kMatchSpec, kMatchVersion},
       "",
       ""},
      {"GET",
       "/taxii2/entente/collections/{collection}/objects/{object}/versions/",
       "taxiiVersions",
       "Versions of one object",
       {kAddedAfter, kLimit, kNext, kMatchSpec},
       "",
       kMediaType},
  };
}

}  // namespace

const std::vector<Route>& Server::routes() {
  static const std::vector<Route> kRoutes = make_routes();
  return kRoutes;
}

bool Server::owns(std::string_view path) {
  return path == "/taxii2" || path.starts_with("/taxii2/");
}

}  // namespace entente::taxii
