// Parameters go to the module as they are: it reads them for the command line too.
#include "api/supervision.h"

#include <algorithm>

namespace entente::api {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = R"({"type":"string"})";
constexpr std::string_view kFlag = R"({"type":"boolean"})";
constexpr std::string_view kNumber = R"({"type":"number"})";
constexpr std::string_view kDate = R"({"type":"string","format":"date"})";

const Parameter kAt{"at", "the day to answer for; without it, today (UTC)", kDate};
const Parameter kSector{"sector", "NACE or NAICS codes or their beginnings, separated by commas",
                        kText};
const Parameter kMember{"member", "countries of what is held or bought, separated by commas",
                        kText};
const Parameter kConcert{"concert", "parties that act as one: A,B;C,D", kText};
const Parameter kActingFor{"acting_for", "suppose that nominees act for others: NOMINEE=PARTY,...",
                           kText};
const Parameter kOneShare{"one_share_one_vote",
                          "true: where only capital or votes are known, the other is the same",
                          kFlag};
const Parameter kConfidence{"min_confidence", "leave out interests of less confidence, from 0 to 1",
                            kNumber};
const Parameter kThreshold{"threshold",
                           "of screen: the least score; of owners: more than so many "
                           "percent of the votes is control",
                           kNumber};

const Parameter kMarking{"marking", "ids of marking definitions, separated by commas", kText};
const Parameter kDryRun{"dry_run", "true: only tell", kFlag};

std::vector<Route> names_routes() {
  return {
      {"POST",
       "/api/v1/screen",
       "screen",
       "Who is meant by a name: one query, or {\"queries\":[...]}, against the parties of the "
       "caller's world",
       {{"limit", "matches of a query at most", R"({"type":"integer","minimum":1})"},
        kThreshold,
        {"explain", "true: what speaks for and against each match", kFlag},
        {"decided", "true: those too whom the caller's party has decided to be others", kFlag}},
       kJson,
       kJson},
      {"POST",
       "/api/v1/decisions",
       "decide",
       "Records whether two ids are one: "
       "{\"parties\":[ID,ID],\"decision\":\"same|not-same|unsure|undo\",\"reason\":...}",
       {{"collection", "id or alias of a collection", kText}, kMarking, kDryRun},
       kJson,
       kJson},
      {"GET",
       "/api/v1/objects/{object}/cluster",
       "cluster",
       "Which ids are decided to be one with this, and what was decided about them",
       {},
       "",
       kJson},
      {"POST",
       "/api/v1/screenings",
       "rescreen",
       "Screens the buyers of the caller's party again, records and tells which answers are other",
       {kThreshold, kDryRun},
       kJson,
       kJson},
  };
}

std::vector<Route> ownership_routes() {
  return {
      {"GET",
       "/api/v1/objects/{object}/owners",
       "owners",
       "Who ultimately owns and who controls a party, by the interests of the caller's world",
       {kAt,
        {"since", "say too who gained or lost control since that day", kDate},
        {"paths", "paths shown of each owner", R"({"type":"integer","minimum":1})"},
        kThreshold,
        {"all", "true: every party on the way too", kFlag},
        {"law", "true: put the thresholds of the law to it", kFlag},
        {"listed", "ids of listed persons, for law", kText},
        kConcert,
        kActingFor,
        kOneShare,
        kConfidence,
        {"format", "what the answer is", R"({"enum":["json","text","dot","svg"]})"}},
       "",
       kJson},
      {"GET",
       "/api/v1/objects/{object}/holdings",
       "holdings",
       "What a party holds, with those who act with it",
       {kAt,
        {"with", "parties that act with it, separated by commas", kText},
        kSector,
        kMember,
        {"min", "only from so many percent of the capital on, or controlled", kNumber},
        {"controlled", "true: only what is controlled, or may be", kFlag},
        kActingFor,
        kOneShare,
        kConfidence,
        {"format", "what the answer is", R"({"enum":["json","text"]})"}},
       "",
       kJson},
      {"GET",
       "/api/v1/rush",
       "rush",
       "Whether connected buyers acquire faster than is usual, by the deals of the caller's world",
       {kSector,
        kMember,
        {"window", "days", R"({"type":"integer","minimum":1})"},
        {"from", "begin of the period", kDate},
        {"to", "end of the period, not included", kDate},
        {"false_alarm", "percent of runs that may raise an alarm for nothing", kNumber},
        {"usual", "what is usual", R"({"enum":["time","market"]})"},
        kAt,
        kConcert,
        kActingFor,
        kOneShare,
        kConfidence,
        {"format", "what the answer is", R"({"enum":["json","text"]})"}},
       "",
       kJson},
  };
}

}  // namespace

std::vector<Route> supervision_routes() {
  std::vector<Route> all = names_routes();
  const std::vector<Route> ownership = ownership_routes();
  all.insert(all.end(), ownership.begin(), ownership.end());
  return all;
}

bool is_supervision_operation(std::string_view operation) {
  constexpr std::string_view kOperations[] = {"screen", "owners",  "holdings", "rush",
                                              "decide", "cluster", "rescreen"};
  return std::ranges::find(kOperations, operation) != std::end(kOperations);
}

Result<std::string> answer_supervision(supervision::Supervision& supervision,
                                       const exchange::Principal& who, const SupervisionCall& call,
                                       const supervision::Parameters& find) {
  if (call.operation == "screen") return supervision.screen(who, call.body, find);
  if (call.operation == "owners") return supervision.owners(who, call.object, find);
  if (call.operation == "holdings") return supervision.holdings(who, call.object, find);
  if (call.operation == "decide") return supervision.decide(who, call.body, find);
  if (call.operation == "cluster") return supervision.cluster(who, call.object);
  if (call.operation == "rescreen") return supervision.rescreen(who, find);
  return supervision.rush(who, find);
}

}  // namespace entente::api
