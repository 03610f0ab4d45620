// Requests are drawn while the whole node answers, so that cursors and dates that it gave can be asked with; the twin is
// then asked the same, word for word.
// length: one generator beside the other for every route, and the table that names them all.
#include "probes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "json/json.h"
#include "objects.h"
#include "stix/timestamp.h"

namespace entente::law {
namespace {

constexpr size_t kPagesMax = 12;
constexpr size_t kWordsMax = 200;
const std::string kUnknownId = "tool--00000000-0000-4000-8000-000000000001";

class Prober {
 public:
  Prober(Draw& draw, Lore& lore) : draw_(draw), lore_(lore) {}

  // Values, each mostly of those that mean something.
  std::string collection() {
    if (draw_.chance(3) || lore_.collections.empty())
      return draw_.chance(50) ? "nowhere" : "00000000-0000-4000-8000-000000000000";
    return draw_.pick(lore_.collections);
  }
  std::string id() {
    if (draw_.chance(5) || lore_.ids.empty()) return draw_.chance(80) ? kUnknownId : "nonsense";
    return draw_.pick(lore_.ids);
  }
  std::string procedure() {
    std::vector<std::string> known;
    for (const std::string& one : lore_.ids) {
      if (one.starts_with("procedure--")) known.push_back(one);
    }
    return known.empty() ? kUnknownId : draw_.pick(known);
  }
  std::string party_object() {
    std::vector<std::string> known;
    for (const std::string& one : lore_.ids) {
      if (one.starts_with("identity--") || one.starts_with("threat-actor--")) known.push_back(one);
    }
    return known.empty() ? kUnknownId : draw_.pick(known);
  }
  static std::string uri_encoded(std::string text) {
    for (size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at))
      text.replace(at, 1, "%20");
    return text;
  }
  static bool is_of_supervision(std::string_view name) {
    static constexpr std::string_view kNames =
        " threshold explain at paths all law listed concert acting_for one_share_one_vote "
        "min_confidence "
        "format with sector member min controlled window from to false_alarm usual decided record ";
    return kNames.find(" " + std::string(name) + " ") != std::string_view::npos;
  }
  std::string type() {
    return draw_.chance(8) ? (draw_.chance(80) ? "grouping" : "Not A Type")
                           : draw_.pick(lore_.types);
  }
  std::string date() {
    if (draw_.chance(4)) return draw_.chance(50) ? "yesterday" : "2024-01-01";
    static const std::vector<int64_t> kAside{
        0, 0, 0, 1, -1, 2, 7, 500, 999, 1'000, -1'000, 3'000, 40'000, 1'500'000, -700'000};
    return format_time_us((lore_.dates_us.empty() ? kStartMs * 1000 : draw_.pick(lore_.dates_us)) +
                          draw_.pick(kAside));
  }
  std::string version() {
    static const std::vector<std::string> kWords{"all",       "first",     "last",  "first,last",
                                                 "last,last", "all,first", "first,"};
    if (draw_.chance(60)) return kWords[draw_.weighted({35, 20, 20, 15, 3, 4, 3})];
    if (draw_.chance(30)) return date();
    return draw_.chance(50) ? draw_.pick(lore_.versions) : "first," + draw_.pick(lore_.versions);
  }
  std::string party() {
    return draw_.chance(4) || lore_.parties.empty() ? "NOBODY" : draw_.pick(lore_.parties);
  }
  std::string list(const std::function<std::string()>& one) {
    std::string out = one();
    while (draw_.chance(40)) out += "," + one();
    return out;
  }
  std::string limit() {
    static const std::vector<std::string> kWords{"1", "2", "3", "10001", "0", "x"};
    return kWords[draw_.weighted({30, 30, 30, 4, 3, 3})];
  }
  std::string cursor() {
    return draw_.chance(10) || lore_.cursors.empty() ? "AAAA" : draw_.pick(lore_.cursors);
  }
  std::string spec() {
    static const std::vector<std::string> kWords{"2.0", "2.1", "2.0,2.1", "3.0", "two"};
    return kWords[draw_.weighted({30, 30, 30, 5, 5})];
  }
  const std::string& text() { return draw_.pick(lore_.texts); }

  void add(Ask& ask, std::string_view name, const std::string& value) {
    ask.query += (ask.query.empty() ? "" : "&") + std::string(name) + "=" + value;
  }
  // Each of the parameters that the route takes, or not; now and then one that it does not.
  void add_parameters(Ask& ask, const Route& route) {
    for (const Parameter& parameter : route.query) {
      const std::string_view name = parameter.name;
      if (name == "limit") {
        if (draw_.chance(45)) add(ask, name, limit());
      } else if (name == "since") {
        if (draw_.chance(50)) add(ask, name, date());
      } else if (name == "added_after") {
        if (draw_.chance(30)) add(ask, name, date());
      } else if (name == "next" || name == "cursor") {
        if (draw_.chance(6)) add(ask, name, cursor());
      } else if (name == "match[id]") {
        if (draw_.chance(25)) add(ask, name, list([this] { return id(); }));
      } else if (name == "match[type]" || name == "type") {
        if (draw_.chance(25)) add(ask, name, list([this] { return type(); }));
      } else if (name == "match[version]") {
        if (draw_.chance(55)) add(ask, name, version());
      } else if (name == "match[spec_version]") {
        if (draw_.chance(30)) add(ask, name, spec());
      } else if (name == "versions") {
        if (draw_.chance(50)) add(ask, name, draw_.chance(90) ? "all" : "some");
      } else if (name == "collection") {
        if (draw_.chance(40)) add(ask, name, collection());
      } else if (name == "party") {
        if (draw_.chance(97)) add(ask, name, party());
      } else if (name == "for") {
        if (draw_.chance(40)) add(ask, name, list([this] { return party(); }));
      } else if (name == "label") {
        if (draw_.chance(50)) add(ask, name, draw_.chance(50) ? "tlp:green" : "tlp:amber");
      } else if (name == "person") {
        static const std::vector<std::string> kPersons{"wave1", "Heron 2", "Ana Lima"};
        if (draw_.chance(95))
          add(ask, name, draw_.chance(60) ? party_object() : uri_encoded(draw_.pick(kPersons)));
      } else if (name == "digest") {
        if (draw_.chance(50)) add(ask, name, "true");
      } else if (name == "strict" || name == "dry_run" || name == "keep" || name == "map" ||
                 name == "marking" || is_of_supervision(name)) {
        // Their generators say.
      } else {
        CHECK(false);  // a parameter that this table does not know: give it a value here
      }
    }
    if (draw_.chance(2)) add(ask, "unheard-of", "1");
    if (draw_.chance(1)) ask.query += "&limit=%4";
  }
  void fill_path(Ask& ask, const Route& route) {
    for (const std::string_view part : split(route.pattern, '/')) {
      if (part.empty()) continue;
      ask.path += '/';
      if (part == "{collection}") {
        ask.path += collection();
      } else if (part == "{object}") {
        const bool is_about_party = route.pattern.ends_with("/owners") ||
                                    route.pattern.ends_with("/holdings") ||
                                    route.pattern.ends_with("/cluster");
        ask.path += is_about_party && draw_.chance(90) ? party_object() : id();
      } else if (part == "{procedure}") {
        ask.path += draw_.chance(5) ? id() : procedure();
      } else if (part == "{status}") {
        ask.path += draw_.chance(10) || lore_.statuses.empty()
                        ? "00000000-0000-4000-8000-000000000000"
                        : draw_.pick(lore_.statuses);
      } else {
        CHECK(!part.starts_with('{'));
        ask.path += part;
      }
    }
    if (route.pattern.ends_with('/') != draw_.chance(5)) ask.path += '/';
  }
  void add_headers(Ask& ask) {
    static const std::vector<std::string> kAccepts{
        "application/taxii+json;version=2.1", "application/json", "*/*",
        "application/taxii+json;version=2.0", "text/html;q=0.9"};
    if (draw_.chance(25)) ask.headers.push_back({"Accept", draw_.pick(kAccepts)});
    static const std::vector<std::string> kSchemes{"Bearer", "Basic", "Token", "none", "wrong"};
    ask.scheme = kSchemes[draw_.weighted({70, 12, 12, 3, 3})];
    if (ask.method == "GET" && draw_.chance(8)) ask.method = "HEAD";
    if (draw_.chance(1)) ask.method = "PATCH";
  }

  Draw& draw_;
  Lore& lore_;
};

using Generator = void (*)(Prober& p, const Route& route, Ask& ask);

void read(Prober& p, const Route& route, Ask& ask) { p.add_parameters(ask, route); }

// Posts that store nothing: what stores something is an act of the history, and its answer is compared there.
void refused_post(Prober& p, const Route&, Ask& ask) {
  const bool is_typed = p.draw_.chance(70);
  ask.headers.push_back(
      {"Content-Type", is_typed ? std::string(taxii::kContentType) : "application/json"});
  if (is_typed && ask.role == Role::kContributor) {
    static const std::vector<std::string> kBodies{"", "{", "[]", R"({"objects":[]})"};
    ask.body = p.draw_.pick(kBodies);
  } else {
    ask.body = "{\"objects\":[" + p.text() + "]}";
  }
}

// A deletion of what is not the reader's own: seen, hidden or nowhere.
void refused_delete(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  const size_t slash = ask.path.rfind("/objects/") + 9;
  const std::string id = ask.path.substr(slash, ask.path.find('/', slash) - slash);
  if (p.lore_.own_ids.contains(id)) ask.path.replace(slash, id.size(), kUnknownId);
}

// A recall of what is not the reader's own. What is its own is recalled by acts of the history.
void refused_recall(Prober& p, const Route&, Ask& ask) {
  const size_t slash = ask.path.rfind("/objects/") + 9;
  const std::string id = ask.path.substr(slash, ask.path.find('/', slash) - slash);
  if (p.draw_.chance(80)) ask.role = Role::kOfficer;
  if (ask.role == Role::kOfficer && p.lore_.own_ids.contains(id))
    ask.path.replace(slash, id.size(), kUnknownId);
  ask.headers.push_back({"Content-Type", "application/json"});
  static const std::vector<std::string> kBodies{R"({"reason":"too much is said"})",
                                                R"({"reason":""})", "{"};
  ask.body = kBodies[p.draw_.weighted({90, 5, 5})];
}

void dry_import(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  p.add(ask, "dry_run", "true");
  if (p.draw_.chance(20)) p.add(ask, "strict", p.draw_.chance(90) ? "true" : "perhaps");
  ask.headers.push_back({"Content-Type", "application/json"});
  ask.body = "[" + p.text() + "," + p.text() + "]";
}

// Observed data that indicators of the histories match, and that none does; kept and remembered is nothing.
void dry_observe(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  p.add(ask, "dry_run", "true");
  if (p.draw_.chance(20)) p.add(ask, "keep", p.draw_.chance(90) ? "all" : "some");
  if (p.draw_.chance(30)) {
    p.add(ask, "marking",
          p.draw_.chance(90) ? "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb" : "x");
  }
  ask.headers.push_back({"Content-Type", "application/json"});
  if (p.draw_.chance(20)) {
    p.add(ask, "map", p.draw_.chance(90) ? "zeek" : "other");
    ask.body = R"({"ts":1772359200.5,"id.orig_h":"198.51.100.7","id.resp_h":"192.0.2.1",)"
               R"("proto":"tcp","conn_state":"S0"})";
    return;
  }
  const std::string value = p.draw_.chance(80) ? "198.51.100.7" : "192.0.2.1";
  const std::string day = p.draw_.chance(80) ? "2026-03-01" : "2020-03-01";
  ask.body = R"({"type":"bundle","id":"bundle--0","objects":[{"type":"observed-data","id":)"
             R"("observed-data--00000000-0000-4000-8000-000000000001","first_observed":")" +
             day + R"(T00:00:00Z","last_observed":")" + day +
             R"(T00:00:01Z","number_observed":3,"object_refs":["i"]},)"
             R"({"type":"ipv4-addr","id":"i","value":")" +
             value + "\"}]}\n" + (p.draw_.chance(10) ? p.text() : std::string());
}

// Acts that change nobody's world: about what is the reader's own, a release to the reader itself.
void idle_act(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  ask.headers.push_back({"Content-Type", "application/json"});
  const size_t slash = ask.path.rfind("/objects/") + 9;
  const std::string id = ask.path.substr(slash, ask.path.find('/', slash) - slash);
  if (p.draw_.chance(80)) ask.role = Role::kOfficer;
  if (p.draw_.chance(50) && !p.lore_.own_ids.empty())
    ask.path.replace(slash, id.size(), *p.lore_.own_ids.begin());
  ask.body =
      p.draw_.chance(10) ? "{" : R"({"act":"widen","to":[")" + ask.party + R"("],"reason":"r"})";
}

// Acts that are only tried.
void tried_act(Prober& p, const Route&, Ask& ask) {
  p.add(ask, "dry_run", "true");
  ask.headers.push_back({"Content-Type", "application/json"});
  static const std::vector<std::string> kBodies{R"({"act":"receive"})",
                                                R"({"act":"break","reason":"r"})",
                                                R"({"act":"comment","reason":"r"})",
                                                R"({"act":"withdraw"})",
                                                R"({"act":"break"})",
                                                R"({"act":"dance"})",
                                                "{",
                                                R"({"act":"attach","text":"t"})"};
  ask.body = kBodies[p.draw_.weighted({30, 20, 15, 15, 5, 5, 5, 15})];
  if (p.draw_.chance(10)) ask.body = R"({"act":"attach","objects":[")" + p.id() + "\"]}";
}

// Names of parties that histories make, others, and parties by their ids.
void screening(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  if (p.draw_.chance(40)) p.add(ask, "explain", p.draw_.chance(90) ? "true" : "much");
  if (p.draw_.chance(20)) p.add(ask, "threshold", p.draw_.chance(90) ? "0.5" : "2");
  if (p.draw_.chance(20)) p.add(ask, "decided", "true");
  ask.headers.push_back({"Content-Type", "application/json"});
  static const std::vector<std::string> kNames{
      "wave1", "heron 2", "Amber0", "\xE6\xB3\xA2", "a longer text with spaces", "Nobody"};
  const auto query = [&] {
    return p.draw_.chance(30) ? R"({"object":")" + p.party_object() + "\"}"
                              : R"({"id":"q","names":[")" + p.draw_.pick(kNames) + "\"]}";
  };
  ask.body = p.draw_.chance(5)    ? "{"
             : p.draw_.chance(60) ? query()
                                  : "{\"queries\":[" + query() + "," + query() + ",7]}";
}

// Decisions that are only tried.
void tried_decision(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  p.add(ask, "dry_run", "true");
  ask.headers.push_back({"Content-Type", "application/json"});
  static const std::vector<std::string> kVerdicts{"same", "not-same", "unsure", "undo", "maybe"};
  ask.body = fmt::format(R"({{"parties":["{}","{}"],"decision":"{}","reason":"r"}})",
                         p.party_object(), p.party_object(), p.draw_.pick(kVerdicts));
  if (p.draw_.chance(5)) ask.body = "{";
}

void tried_rescreening(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  p.add(ask, "dry_run", "true");
  if (p.draw_.chance(30)) p.add(ask, "threshold", p.draw_.chance(80) ? "0.1" : "x");
}

// Of the parameters about ownership, those that the route takes, now and then.
void ownership_question(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  const std::string party = p.party_object(), other = p.party_object();
  const std::pair<std::string_view, std::string> kValues[] = {
      {"at", p.draw_.chance(95) ? "2025-03-01" : "soon"},
      {"threshold", "25"},
      {"all", "true"},
      {"law", "true"},
      {"listed", party},
      {"concert", party + "," + other},
      {"acting_for", party + "=" + other},
      {"one_share_one_vote", "true"},
      {"min_confidence", "0.5"},
      {"format", p.draw_.chance(50) ? "text" : "svg"},
      {"with", party},
      {"sector", "35"},
      {"member", "AA,BB"},
      {"min", "10"},
      {"controlled", "true"},
      {"window", "30"},
      {"from", "2024-01-01"},
      {"false_alarm", "50"},
      {"usual", "market"}};
  for (const auto& [name, value] : kValues) {
    const bool is_taken =
        std::ranges::find(route.query, name, &Parameter::name) != route.query.end();
    if (is_taken && p.draw_.chance(12)) p.add(ask, name, value);
  }
}

// Openings that are only tried.
void tried_opening(Prober& p, const Route&, Ask& ask) {
  p.add(ask, "dry_run", "true");
  ask.headers.push_back({"Content-Type", "application/json"});
  static const std::vector<std::string> kPacks{"silence", "request", "meeting",
                                               "uk-nsi",  "none",    "eu-2019-452-look-back"};
  ask.body = fmt::format(
      R"({{"pack":"{}","title":"t","text":"x","until":"2099-01-01T00:00:00Z","format":["{}","{}"],"roles":{{"addressee":["{}"],"host":["{}"],"commission":["{}"]}},"filing":{{"completed":"202{}-01-31"}}}})",
      p.draw_.pick(kPacks), p.party(), ask.party, p.party(), p.party(), p.party(),
      p.draw_.below(8));
}

void preview(Prober& p, const Route& route, Ask& ask) {
  p.add_parameters(ask, route);
  ask.headers.push_back({"Content-Type", "application/json"});
  ask.body = p.draw_.chance(50) ? p.text() : "{\"objects\":[" + p.text() + "," + p.text() + "]}";
}

const std::map<std::string_view, Generator>& generators() {
  static const std::map<std::string_view, Generator> kGenerators{
      {"taxiiDiscovery", read},
      {"taxiiApiRoot", read},
      {"taxiiStatus", read},
      {"taxiiCollections", read},
      {"taxiiCollection", read},
      {"taxiiManifest", read},
      {"taxiiObjects", read},
      {"taxiiAddObjects", refused_post},
      {"taxiiObject", read},
      {"taxiiDeleteObject", refused_delete},
      {"taxiiVersions", read},
      {"openapi", read},
      {"me", read},
      {"stats", read},
      {"parties", read},
      {"collections", read},
      {"collection", read},
      {"objects", read},
      {"object", read},
      {"objectVersions", read},
      {"objectReferences", read},
      {"objectPreview", read},
      {"objectWhy", read},
      {"objectRelease", idle_act},
      {"preview", preview},
      {"recall", refused_recall},
      {"audit", read},
      {"import", dry_import},
      {"todo", read},
      {"procedures", read},
      {"procedure", read},
      {"procedureAct", tried_act},
      {"procedureOpen", tried_opening},
      {"procedureComments", read},
      {"procedureRisk", read},
      {"procedureAccess", read},
      {"observe", dry_observe},
      {"observeStream", dry_observe},
      {"watch", read},
      {"screen", screening},
      {"owners", ownership_question},
      {"holdings", ownership_question},
      {"rush", ownership_question},
      {"decide", tried_decision},
      {"cluster", read},
      {"rescreen", tried_rescreening},
  };
  return kGenerators;
}

// The values of "name":"..." in a body.
std::vector<std::string> values_of(const std::string& body, std::string_view name) {
  std::vector<std::string> out;
  const std::string key = "\"" + std::string(name) + "\":\"";
  for (size_t at = body.find(key); at != std::string::npos; at = body.find(key, at + 1)) {
    const size_t begin = at + key.size();
    out.push_back(body.substr(begin, body.find('"', begin) - begin));
  }
  return out;
}

template <class T>
void keep(std::vector<T>& words, T word) {
  if (std::ranges::find(words, word) != words.end()) return;
  if (words.size() >= kWordsMax) words.erase(words.begin(), words.begin() + kWordsMax / 2);
  words.push_back(std::move(word));
}

// The query with another cursor.
std::string continued(const std::string& query, std::string_view name, const std::string& cursor) {
  std::string out;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty() || part.starts_with(std::string(name) + "=")) continue;
    out += std::string(part) + "&";
  }
  return out + std::string(name) + "=" + cursor;
}

}  // namespace

Lore lore_of(const History& history) {
  Lore lore;
  std::set<std::string> ids, types, versions;
  for (const Act& act : history.acts) {
    if (!act.alias.empty()) {
      lore.collections.push_back(act.alias);
      lore.collections.push_back(act.uuid);
    }
    if (act.kind == Kind::kParty) lore.parties.push_back(act.code);
    lore.dates_us.push_back(act.at_ms * 1000);
    for (const Object& object : act.objects) {
      if (object.is_valid) {
        ids.insert(values_of(object.text, "id").front());
        for (const std::string& version : values_of(object.text, "modified"))
          versions.insert(version);
      }
      lore.texts.push_back(object.text);
    }
  }
  for (const std::string& id : ids) types.insert(type_of(id));
  lore.ids.assign(ids.begin(), ids.end());
  lore.types.assign(types.begin(), types.end());
  lore.types.push_back("tool");
  lore.versions.assign(versions.begin(), versions.end());
  lore.versions.push_back("2025-01-02T03:04:05.000Z");
  if (lore.texts.empty()) lore.texts.push_back("7");
  return lore;
}

void learn(const Answer& answer, Lore* lore) {
  if (answer.status >= 300) return;
  for (const char* name : {"date_added", "version"}) {
    for (const std::string& date : values_of(answer.body, name)) {
      if (const auto at = stix::parse_timestamp(date)) keep(lore->dates_us, at->ns / 1000);
    }
  }
  for (std::string& cursor : values_of(answer.body, "next")) keep(lore->cursors, std::move(cursor));
  if (answer.status == 202) keep(lore->statuses, values_of(answer.body, "id").front());
}

std::vector<const Route*> all_routes() {
  std::vector<const Route*> out;
  for (const auto* routes : {&taxii::Server::routes(), &api::Server::routes()}) {
    for (const Route& route : *routes) out.push_back(&route);
  }
  return out;
}

std::vector<std::string> routes_without_generator() {
  std::vector<std::string> out;
  for (const Route* route : all_routes()) {
    if (!generators().contains(route->operation)) out.emplace_back(route->operation);
  }
  return out;
}

void probe(const std::string& party, Role role, uint32_t rounds, Draw& draw, Lore* lore,
           const std::function<Answer(const Ask&)>& answer, std::vector<Exchange>* out) {
  Prober prober(draw, *lore);
  for (const Route* route : all_routes()) {
    // What has no parameters says the same each time.
    const bool is_plain =
        route->query.empty() && route->pattern.find('{') == std::string_view::npos;
    for (uint32_t round = 0; round < (is_plain ? 1 : rounds); ++round) {
      Ask ask;
      ask.party = party;
      ask.role = role;
      ask.operation = route->operation;
      ask.method = route->method;
      prober.fill_path(ask, *route);
      generators().at(route->operation)(prober, *route, ask);
      prober.add_headers(ask);
      if (role == Role::kExpert) ask.role = role;
      // Who shows no key is the public, if there is one.
      if (party == kPublic && draw.chance(50)) {
        ask.scheme = "none";
      } else if (ask.scheme == "none" && std::ranges::count(lore->parties, kPublic) > 0) {
        ask.scheme = "wrong";
      }
      for (size_t page = 0; page < kPagesMax; ++page) {
        Answer got = answer(ask);
        learn(got, lore);
        const std::vector<std::string> next =
            got.status == 200 ? values_of(got.body, "next") : std::vector<std::string>();
        out->push_back({ask, std::move(got)});
        if (next.empty()) break;
        const bool is_taxii = ask.path.starts_with("/taxii2/");
        ask.query = continued(ask.query, is_taxii ? "next" : "cursor", next.front());
      }
    }
  }
}

}  // namespace entente::law
