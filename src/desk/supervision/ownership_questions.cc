// The engine answers on a snapshot of the world's graph; the names of parties that an answer mentions are added to its JSON.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/supervision.h"
#include "ownership/changes.h"
#include "ownership/holdings.h"
#include "ownership/legal.h"
#include "ownership/limits.h"
#include "ownership/owners.h"
#include "ownership/picture.h"
#include "ownership/report.h"
#include "ownership/rush.h"

namespace entente::supervision {
namespace {

using namespace ownership;

constexpr double kPercent = 100;

Result<std::string> choice_of(const Parameters& find, std::string_view name,
                              std::initializer_list<std::string_view> known) {
  const std::string* const text = find(name);
  if (text == nullptr) return std::string(*known.begin());
  std::string names;
  for (const std::string_view one : known) {
    if (*text == one) return *text;
    names += (names.empty() ? "" : ", ") + std::string(one);
  }
  return fail(Code::kInvalid, fmt::format("{} is one of {}", name, names));
}

Result<Day> day_of(const Parameters& find, std::string_view name, Day absent) {
  const std::string* const text = find(name);
  if (text == nullptr) return absent;
  const auto day = parse_day(*text);
  if (day) return *day;
  return fail(Code::kInvalid, fmt::format("{} is a date such as 2026-01-31", name));
}

// One question at work, on the graph of a world.
class Case {
 public:
  Case(const exchange::View& view, std::shared_ptr<const WorldGraph> world)
      : view_(view), world_(std::move(world)) {}

  const Graph& graph() const { return world_->graph; }
  const WorldGraph& world() const { return *world_; }

  // By id, else by name, where only one has it.
  Result<PartyIndex> party(std::string_view text) const {
    if (const auto known = graph().find(text)) return *known;
    std::optional<PartyIndex> found;
    for (PartyIndex i = 0; i < graph().parties.size() && !text.empty(); ++i) {
      if (graph().parties[i].name != text) continue;
      if (found)
        return fail(Code::kConflict,
                    fmt::format("several parties are called '{}': name one by its id", text));
      found = i;
    }
    if (found) return *found;
    return fail(Code::kNotFound, fmt::format("no party '{}' in the graph", text));
  }

  // The same of the party that is asked about. One of which no interest tells is a graph of its own.
  Result<PartyIndex> target(std::string_view text) {
    auto found = party(text);
    if (found || found.error().code != Code::kNotFound) return found;
    exchange::Query query;
    query.ids = {std::string(text)};
    const exchange::Page page = view_.page(query);
    auto alone = std::make_shared<WorldGraph>();
    each_object(view_, page.positions, [&](store::Position, json::Value object) {
      if (!text_of(object, "name").empty())
        read_party(object, &alone->graph.parties[alone->graph.party(text)]);
    });
    if (!alone->graph.find(text)) return found;
    world_ = std::move(alone);
    return party(text);
  }

  Result<std::vector<PartyIndex>> parties(const std::vector<std::string>& texts) const {
    std::vector<PartyIndex> out;
    for (const std::string& one : texts) {
      const PartyIndex party = TRY(this->party(one));
      out.push_back(party);
    }
    return out;
  }

  // "A,B;C,D"
  Result<std::vector<std::vector<PartyIndex>>> concerts(const Parameters& find) const {
    std::vector<std::vector<PartyIndex>> out;
    const std::string* const text = find("concert");
    if (text == nullptr) return out;
    for (const std::string_view group : split(*text, ';')) {
      const std::string members(group);
      const auto names = TRY(list_of([&](std::string_view) { return &members; }, "concert"));
      auto parties = TRY(this->parties(names));
      out.push_back(std::move(parties));
      if (out.size() > limits::kValuesMax) return fail(Code::kInvalid, "too many concerts");
    }
    return out;
  }

  Result<SnapshotOptions> snapshot_options(const Parameters& find) const {
    SnapshotOptions options;
    options.one_share_one_vote = TRY(flag_of(find, "one_share_one_vote"));
    options.confidence_min = TRY(number_of(find, "min_confidence", 0, 0, 1));
    for (const std::string& pair : TRY(list_of(find, "acting_for"))) {
      const size_t middle = pair.find('=');
      if (middle == std::string::npos)
        return fail(Code::kInvalid, "acting_for takes NOMINEE=PARTY");
      const PartyIndex nominee = TRY(party(pair.substr(0, middle)));
      const PartyIndex nominator = TRY(party(pair.substr(middle + 1)));
      options.acting_for.emplace_back(nominee, nominator);
    }
    return options;
  }

  Result<Day> at(const Parameters& find) const {
    return day_of(find, "at", day_of_ms(view_.now_ms()));
  }

  // Adds "names": what the parties are called that the answer mentions by id.
  std::string with_names(std::string answer) const {
    const std::string text = json::padded(answer);
    json::Parser parser;
    json::Document document;
    CHECK(parser.parse(std::string_view(text).substr(0, answer.size()), &document));
    std::set<std::string> ids;
    for (const json::Node& node : document.nodes()) {
      if (node.kind != json::Kind::kString) continue;
      const std::string_view plain =
          document.bytes().substr(node.begin + 1, node.end - node.begin - 2);
      if (graph().find(plain)) ids.insert(std::string(plain));
    }
    std::string names;
    for (const std::string& id : ids) {
      const Party& party = graph().parties[*graph().find(id)];
      if (party.name.empty()) continue;
      names += (names.empty() ? "" : ",") + json_quote(id) + ":" + json_quote(party.name);
    }
    answer.pop_back();
    return answer + ",\"names\":{" + names + "}}";
  }

 private:
  const exchange::View& view_;
  std::shared_ptr<const WorldGraph> world_;
};

std::string as_member(std::string_view name, std::string_view text) {
  return fmt::format("{{\"{}\":{}}}", name, json_quote(text));
}

struct OwnersAnswer {
  Owners owners;
  std::vector<Change> changes;
  std::vector<LegalTest> tests;
  std::vector<LegalVerdict> verdicts;
  std::optional<ControlGained> gained;
};

std::string json_of(const OwnersAnswer& answer, const Snapshot& snapshot, const Case& the_case) {
  std::string json = to_json(answer.owners, snapshot, &the_case.world().findings);
  json.pop_back();
  json += ",\"changes\":" + to_json(answer.changes, the_case.graph());
  if (!answer.tests.empty()) json += ",\"law\":" + to_json(answer.verdicts, the_case.graph());
  if (answer.gained) {
    json += ",\"gained\":" + ids_json(the_case.graph(), answer.gained->gained) +
            ",\"lost\":" + ids_json(the_case.graph(), answer.gained->lost);
  }
  return the_case.with_names(json + "}");
}

std::string text_of_answer(const OwnersAnswer& answer, const Snapshot& snapshot) {
  const Graph& graph = snapshot.graph();
  std::string text = to_text(answer.owners, snapshot);
  if (answer.gained) {
    text += '\n';
    for (const PartyIndex party : answer.gained->gained)
      text += ownership::text_of(graph.parties[party]) + " has gained control\n";
    for (const PartyIndex party : answer.gained->lost)
      text += ownership::text_of(graph.parties[party]) + " has lost control\n";
    if (answer.gained->gained.empty() && answer.gained->lost.empty())
      text += "nobody has gained or lost control\n";
  }
  if (!answer.changes.empty()) text += "\n" + to_text(answer.changes, graph);
  if (!answer.verdicts.empty()) text += "\n" + to_text(answer.verdicts, graph);
  return text;
}

}  // namespace

Result<std::string> Supervision::owners(const exchange::Principal& who, std::string_view party,
                                        const Parameters& find) {
  const std::string format = TRY(choice_of(find, "format", {"json", "text", "dot", "svg"}));
  const exchange::View view = node_.view(who);
  Case the_case(view, TRY(graph(view)));
  const PartyIndex target = TRY(the_case.target(party));
  OwnersOptions options;
  const int64_t paths =
      TRY(whole_of(find, "paths", ownership::limits::kPathsDefault, limits::kPathsMax));
  options.paths_max = static_cast<size_t>(paths);
  options.all = TRY(flag_of(find, "all"));
  const double threshold = TRY(number_of(find, "threshold", kPercent / 2, 0, kPercent));
  options.control.threshold = threshold / kPercent;
  options.concerts = TRY(the_case.concerts(find));
  LegalQuestion question;
  for (const std::string& id : TRY(list_of(find, "listed"))) {
    if (const auto listed = the_case.graph().find(id)) question.listed.push_back(*listed);
  }
  const Day at = TRY(the_case.at(find));
  const SnapshotOptions how = TRY(the_case.snapshot_options(find));
  const bool asks_law = TRY(flag_of(find, "law"));
  OwnersAnswer answer;
  if (asks_law) answer.tests = TRY(read_legal_tests(built_in_legal_tests()));
  const Day since = TRY(day_of(find, "since", at));
  const Snapshot snapshot(the_case.graph(), at, how);
  Scratch scratch;
  answer.owners = owners_of(snapshot, target, options, &scratch);
  if (format == "dot") return as_member("dot", to_dot(answer.owners, snapshot));
  if (format == "svg") return as_member("svg", to_svg(answer.owners, snapshot));
  ChangesOptions supposing;
  supposing.control = options.control;
  answer.changes = changes_of_control(snapshot, target, supposing, &scratch);
  answer.verdicts = test_law(snapshot, target, answer.tests, question, &scratch);
  if (find("since") != nullptr) {
    const Snapshot earlier(the_case.graph(), since, how);
    answer.gained = control_gained(owners_of(earlier, target, options, &scratch), answer.owners);
  }
  if (format == "text") return as_member("text", text_of_answer(answer, snapshot));
  return json_of(answer, snapshot, the_case);
}

Result<std::string> Supervision::holdings(const exchange::Principal& who, std::string_view party,
                                          const Parameters& find) {
  const std::string format = TRY(choice_of(find, "format", {"json", "text"}));
  const exchange::View view = node_.view(who);
  Case the_case(view, TRY(graph(view)));
  const PartyIndex first = TRY(the_case.target(party));
  const auto with = TRY(list_of(find, "with"));
  std::vector<PartyIndex> holders = TRY(the_case.parties(with));
  holders.insert(holders.begin(), first);
  HoldingsOptions options;
  options.sectors = TRY(list_of(find, "sector"));
  options.countries = TRY(list_of(find, "member"));
  const double least = TRY(number_of(find, "min", 0, 0, kPercent));
  options.capital_min = least / kPercent;
  options.controlled_only = TRY(flag_of(find, "controlled"));
  const Day at = TRY(the_case.at(find));
  const SnapshotOptions how = TRY(the_case.snapshot_options(find));
  const Snapshot snapshot(the_case.graph(), at, how);
  Scratch scratch;
  const Holdings answer = holdings_of(snapshot, holders, options, &scratch);
  if (format == "text") return as_member("text", to_text(answer, snapshot));
  return the_case.with_names(to_json(answer, snapshot, &the_case.world().findings));
}

Result<std::string> Supervision::rush(const exchange::Principal& who, const Parameters& find) {
  const std::string format = TRY(choice_of(find, "format", {"json", "text"}));
  const exchange::View view = node_.view(who);
  const Case the_case(view, TRY(graph(view)));
  RushOptions options;
  options.sectors = TRY(list_of(find, "sector"));
  options.members = TRY(list_of(find, "member"));
  const int64_t window = TRY(whole_of(find, "window", options.window_days, limits::kWindowDaysMax));
  options.window_days = static_cast<int32_t>(window);
  const double alarm = TRY(number_of(find, "false_alarm", 1, 0, kPercent));
  options.false_alarm = alarm / kPercent;
  const std::string usual = TRY(choice_of(find, "usual", {"time", "market"}));
  if (usual == "market") options.usual = RushOptions::Usual::kMarket;
  options.from = TRY(day_of(find, "from", options.from));
  options.to = TRY(day_of(find, "to", options.to));
  const auto concerts = TRY(the_case.concerts(find));
  const Day at = TRY(the_case.at(find));
  const SnapshotOptions how = TRY(the_case.snapshot_options(find));
  const Snapshot snapshot(the_case.graph(), at, how);
  Scratch scratch;
  const std::vector<Deal>& deals = the_case.world().deals;
  const std::vector<uint32_t> groups = connected_buyers(deals, snapshot, concerts, &scratch);
  const RushAnswer answer = TRY(find_rushes(deals, groups, options));
  const bool is_alarm = std::ranges::any_of(answer.rushes, &Rush::is_alarm);
  if (format == "text")
    return fmt::format("{{\"alarm\":{},\"text\":{}}}", is_alarm, json_quote(to_text(answer)));
  const std::string json = to_json(answer, &the_case.world().findings);
  return the_case.with_names(fmt::format("{{\"alarm\":{},{}", is_alarm, json.substr(1)));
}

}  // namespace entente::supervision
