#include "api/api.h"
#include "api/procedures.h"
#include "api/supervision.h"

namespace entente::api {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kJsonLines = "application/jsonl";
constexpr std::string_view kText = R"({"type":"string"})";

const Parameter kCollection{"collection", "id or alias of a collection", kText};
const Parameter kType{"type", "type names, separated by commas", kText};
const Parameter kAddedAfter{"added_after", "only what was added after this instant",
                            R"({"type":"string","format":"date-time"})"};
const Parameter kSince{"since", "only what was done at this instant or later",
                       R"({"type":"string","format":"date-time"})"};
const Parameter kVersions{"versions", "last (the default) or all", R"({"enum":["last","all"]})"};
const Parameter kLimit{"limit", "objects of one page at most", R"({"type":"integer","minimum":1})"};
const Parameter kFor{
    "for", "codes of parties, separated by commas; without it, all that the caller meets", kText};
const Parameter kParty{"party", "code of a party", kText};
const Parameter kCursor{"cursor", "where the next page begins, as the page before said", kText};

std::vector<Route> object_routes() {
  return {
      {"GET",
       "/api/v1/objects",
       "objects",
       "Objects of the caller's world, with who says so and since when",
       {kCollection, kType, kAddedAfter, kVersions, kLimit, kCursor},
       "",
       kJson},
      {"GET",
       "/api/v1/objects/{object}",
       "object",
       "Every claim to one id, the newest version of each",
       {kCollection},
       "",
       kJson},
      {"GET",
       "/api/v1/objects/{object}/versions",
       "objectVersions",
       "Every version of one id, without the objects",
       {kCollection, kLimit, kCursor},
       "",
       kJson},
      {"GET",
       "/api/v1/objects/{object}/references",
       "objectReferences",
       "What refers to an id, the newest first",
       {kLimit},
       "",
       kJson},
      {"GET",
       "/api/v1/objects/{object}/preview",
       "objectPreview",
       "Who sees what of an object, party by party, and by which rule",
       {kFor},
       "",
       kJson},
      {"POST",
       "/api/v1/objects/{object}/release",
       "objectRelease",
       "Opens an object of the caller's party to more parties, or leaves it to fewer, by a "
       "statement "
       "that is signed; for release officers",
       {{"dry_run", "true: give the statement that is to be signed, and record nothing",
         R"({"type":"boolean"})"}},
       kJson,
       kJson},
      {"GET",
       "/api/v1/objects/{object}/why",
       "objectWhy",
       "Why a party has an object or has it not: one sentence",
       {kParty},
       "",
       kJson},
  };
}

std::vector<Route> other_routes() {
  return {
      {"GET", "/api/v1/openapi.json", "openapi", "This description", {}, "", kJson, false},
      {"GET", "/api/v1/me", "me", "Who the key belongs to", {}, "", kJson},
      {"GET",
       "/api/v1/stats",
       "stats",
       "What is in the caller's world, by collection and type",
       {},
       "",
       kJson},
      {"GET",
       "/api/v1/parties",
       "parties",
       "The parties that share a collection with the caller",
       {},
       "",
       kJson},
      {"GET", "/api/v1/collections", "collections", "The caller's collections", {}, "", kJson},
      {"GET", "/api/v1/collections/{collection}", "collection", "One collection", {}, "", kJson},
      {"POST",
       "/api/v1/preview",
       "preview",
       "Who would see what of an object, or of a bundle's, if it were released now; stores nothing",
       {kCollection, kFor},
       kJson,
       kJson},
      {"POST",
       "/api/v1/objects/{object}/recall",
       "recall",
       "Erases every version of what the caller's party created; for release officers",
       {},
       kJson,
       kJson},
      {"GET",
       "/api/v1/audit",
       "audit",
       "What the caller's party did, in order, chained by hashes: entente verify audit checks it",
       {kSince, kLimit, kCursor},
       "",
       kJson},
      {"POST",
       "/api/v1/import",
       "import",
       "Takes in a bundle, a list, JSON Lines or one object, and tells every finding",
       {kCollection,
        {"strict", "true: all or nothing", R"({"type":"boolean"})"},
        {"dry_run", "true: examine only", R"({"type":"boolean"})"}},
       kJson,
       kJson},
  };
}

std::vector<Route> watch_routes() {
  const std::vector<Parameter> observed{
      kCollection,
      {"marking", "ids of marking definitions, for what says nothing of marks", kText},
      {"map", "the body is lines of a log of this kind",
       R"({"enum":["zeek","suricata","sysmon"]})"},
      {"keep", "what is stored: matched (the default) or all", R"({"enum":["matched","all"]})"},
      {"dry_run", "true: only tell", R"({"type":"boolean"})"}};
  return {
      {"POST", "/api/v1/observations", "observe",
       "Matches observed data, a bundle, JSON Lines of bundles or lines of a log, against the "
       "indicators of the caller's world; matches become sightings",
       observed, kJson, kJson},
      {"POST", Server::kObserveStreamPath, "observeStream",
       "The same without end: each piece of lines is answered by a line as it comes", observed,
       kJsonLines, kJsonLines},
      {"GET",
       "/api/v1/watch",
       "watch",
       "How many indicators are watched for the caller's party, and why others are not",
       {},
       "",
       kJson},
  };
}

}  // namespace

const std::vector<Route>& Server::routes() {
  static const std::vector<Route> kRoutes = [] {
    std::vector<Route> all = other_routes();
    const std::vector<Route> objects = object_routes();
    all.insert(all.end(), objects.begin(), objects.end());
    const std::vector<Route> procedures = procedure_routes();
    all.insert(all.end(), procedures.begin(), procedures.end());
    const std::vector<Route> supervision = supervision_routes();
    all.insert(all.end(), supervision.begin(), supervision.end());
    const std::vector<Route> watch = watch_routes();
    all.insert(all.end(), watch.begin(), watch.end());
    return all;
  }();
  return kRoutes;
}

bool Server::owns(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

}  // namespace entente::api
