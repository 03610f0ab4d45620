// Reads the files, puts the question to src/ownership, prints what it says.
#include "app/ownership_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/input.h"
#include "app/render.h"
#include "base/clock.h"
#include "base/text.h"
#include "ownership/changes.h"
#include "ownership/holdings.h"
#include "ownership/legal.h"
#include "ownership/owners.h"
#include "ownership/picture.h"
#include "ownership/read_graph.h"
#include "ownership/report.h"
#include "ownership/rush.h"

namespace entente::app {
namespace {

using namespace ownership;

constexpr size_t kGraphBytesMax = size_t{4} << 30;

Result<std::string> read_whole(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const auto piece = source->next();
    if (!piece) return fail(piece.error().code, fmt::format("{}: {}", path, piece.error().detail));
    if (piece->empty()) return text;
    if (text.size() + piece->size() > kGraphBytesMax)
      return fail(Code::kTooLarge, fmt::format("{}: more than {} bytes", path, kGraphBytesMax));
    text += *piece;
  }
}

Result<void> read_graphs(const OwnershipLine& asked, Graph* graph, Findings* findings) {
  ShareUnit unit = ShareUnit::kGuess;
  if (asked.unit == "percent") unit = ShareUnit::kPercent;
  if (asked.unit == "fraction") unit = ShareUnit::kFraction;
  for (const std::string& path : asked.graphs) {
    const std::string text = TRY(read_whole(path));
    const auto read = ownership::read_graph(text, unit, graph, findings);
    if (!read) return fail(read.error().code, path + ": " + read.error().detail);
  }
  return {};
}

Result<Day> day_of(const std::string& text, const std::string& option) {
  const auto day = parse_day(text);
  if (!day)
    return fail(Code::kInvalid, option + " '" + text + "' is not a date such as 2026-01-31");
  return *day;
}

Result<PartyIndex> party_of_id(const Graph& graph, std::string_view id) {
  const auto found = graph.find(id);
  if (!found) return fail(Code::kNotFound, fmt::format("no party '{}' in the graph", id));
  return *found;
}

Result<SnapshotOptions> snapshot_options(const OwnershipLine& asked, const Graph& graph) {
  SnapshotOptions options;
  options.one_share_one_vote = asked.one_share_one_vote;
  options.confidence_min = asked.confidence_min;
  for (const std::string& pair : asked.acting_for) {
    const size_t middle = pair.find('=');
    if (middle == std::string::npos)
      return fail(Code::kInvalid, "--acting-for takes NOMINEE=PARTY, not '" + pair + "'");
    const PartyIndex nominee = TRY(party_of_id(graph, pair.substr(0, middle)));
    const PartyIndex nominator = TRY(party_of_id(graph, pair.substr(middle + 1)));
    options.acting_for.emplace_back(nominee, nominator);
  }
  return options;
}

Result<std::vector<PartyIndex>> parties_of(const Graph& graph, std::string_view ids) {
  std::vector<PartyIndex> out;
  for (const std::string_view id : split(ids, ',')) {
    const PartyIndex party = TRY(party_of_id(graph, trim(id)));
    out.push_back(party);
  }
  return out;
}

Result<void> print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    return fail(Code::kInternal, "cannot write to standard output");
  return {};
}

void print_findings(const Findings& findings) {
  constexpr size_t kShownMax = 20;
  for (size_t i = 0; i < findings.list.size() && i < kShownMax; ++i) {
    const Finding& one = findings.list[i];
    std::fprintf(stderr, "entente: %s: %s%s\n", printable(one.place).c_str(),
                 printable(one.detail).c_str(),
                 one.weight == Finding::Weight::kError ? " (left out)" : "");
  }
  const uint64_t all = findings.errors + findings.warnings;
  if (all > kShownMax)
    std::fprintf(stderr, "entente: and %llu more\n",
                 static_cast<unsigned long long>(all - kShownMax));
}

// What every question starts from.
struct Case {
  Graph graph;
  Findings findings;
  Day at = 0;
};

Result<void> open_case(const OwnershipLine& asked, Case* the_case) {
  TRY(read_graphs(asked, &the_case->graph, &the_case->findings));
  the_case->at = day_of_ms(SystemClock().now_ms());
  if (!asked.at.empty()) the_case->at = TRY(day_of(asked.at, "--at"));
  return {};
}

// The party, made if no interest names it, which is then a finding.
PartyIndex named_party(Case& the_case, const std::string& id) {
  if (!the_case.graph.find(id))
    the_case.findings.error("party-unknown", id, "no interest of the graph names this party");
  return the_case.graph.party(id);
}

Result<int> finish(const CommandLine& line, const Case& the_case, const std::string& text) {
  TRY(print(text));
  if (!line.json) print_findings(the_case.findings);
  return the_case.findings.errors > 0 ? kExitFound : kExitDone;
}

Result<std::vector<LegalTest>> legal_tests(const OwnershipLine& asked) {
  if (asked.law_file.empty()) return read_legal_tests(built_in_legal_tests());
  const std::string text = TRY(read_whole(asked.law_file));
  return read_legal_tests(text);
}

std::string gained_text(const ControlGained& gained, const Graph& graph, const std::string& since) {
  std::string out;
  for (const PartyIndex party : gained.gained)
    out += text_of(graph.parties[party]) + " has gained control since " + since + "\n";
  for (const PartyIndex party : gained.lost)
    out += text_of(graph.parties[party]) + " has lost control since " + since + "\n";
  return out.empty() ? "nobody has gained or lost control since " + since + "\n" : out;
}

Result<int> perform_owners(const CommandLine& line) {
  const OwnershipLine& asked = line.ownership;
  Case the_case;
  TRY(open_case(asked, &the_case));
  const PartyIndex target = named_party(the_case, asked.of);
  const Graph& graph = the_case.graph;
  OwnersOptions options;
  options.paths_max = asked.paths;
  options.all = asked.all;
  options.control.threshold = asked.threshold / 100;
  for (const std::string& concert : asked.concerts)
    options.concerts.push_back(TRY(parties_of(graph, concert)));
  LegalQuestion question;
  for (const std::string& id : asked.listed) {
    if (const auto listed = graph.find(id)) question.listed.push_back(*listed);
  }
  const SnapshotOptions how = TRY(snapshot_options(asked, graph));
  const Snapshot snapshot(graph, the_case.at, how);
  Scratch scratch;
  const Owners answer = owners_of(snapshot, target, options, &scratch);
  ChangesOptions supposing;
  supposing.control = options.control;
  const std::vector<Change> changes = changes_of_control(snapshot, target, supposing, &scratch);
  std::vector<LegalTest> tests;
  if (asked.law || !asked.law_file.empty()) tests = TRY(legal_tests(asked));
  const std::vector<LegalVerdict> verdicts = test_law(snapshot, target, tests, question, &scratch);
  if (asked.format == "dot") return finish(line, the_case, to_dot(answer, snapshot));
  if (asked.format == "svg") return finish(line, the_case, to_svg(answer, snapshot));
  std::optional<ControlGained> gained;
  if (!asked.since.empty()) {
    const Day since = TRY(day_of(asked.since, "--since"));
    const Snapshot earlier(graph, since, how);
    gained = control_gained(owners_of(earlier, target, options, &scratch), answer);
  }
  if (!line.json && asked.format != "json") {
    std::string text = to_text(answer, snapshot);
    if (gained) text += "\n" + gained_text(*gained, graph, asked.since);
    if (!changes.empty()) text += "\n" + to_text(changes, graph);
    if (!verdicts.empty()) text += "\n" + to_text(verdicts, graph);
    return finish(line, the_case, text);
  }
  std::string json = to_json(answer, snapshot, &the_case.findings);
  json.pop_back();
  json += ",\"changes\":" + to_json(changes, graph);
  if (!tests.empty()) json += ",\"law\":" + to_json(verdicts, graph);
  if (gained) {
    json += ",\"gained\":" + ids_json(graph, gained->gained) +
            ",\"lost\":" + ids_json(graph, gained->lost);
  }
  return finish(line, the_case, json + "}\n");
}

Result<int> perform_holdings(const CommandLine& line) {
  const OwnershipLine& asked = line.ownership;
  Case the_case;
  TRY(open_case(asked, &the_case));
  std::vector<PartyIndex> owners;
  for (const std::string& id : asked.holders) owners.push_back(named_party(the_case, id));
  HoldingsOptions options;
  options.sectors = asked.sectors;
  options.countries = asked.members;
  options.capital_min = asked.capital_min / 100;
  options.controlled_only = asked.controlled;
  const SnapshotOptions how = TRY(snapshot_options(asked, the_case.graph));
  const Snapshot snapshot(the_case.graph, the_case.at, how);
  Scratch scratch;
  const Holdings answer = holdings_of(snapshot, owners, options, &scratch);
  return finish(
      line, the_case,
      line.json ? to_json(answer, snapshot, &the_case.findings) + "\n" : to_text(answer, snapshot));
}

Result<int> perform_rush(const CommandLine& line) {
  const OwnershipLine& asked = line.ownership;
  Case the_case;
  TRY(open_case(asked, &the_case));
  const std::string text = TRY(read_whole(asked.deals));
  const std::vector<Deal> deals = TRY(read_deals(text, &the_case.findings));
  RushOptions options;
  options.sectors = asked.sectors;
  options.members = asked.members;
  options.window_days = asked.window_days;
  options.false_alarm = asked.false_alarm / 100;
  if (asked.usual == "market") options.usual = RushOptions::Usual::kMarket;
  if (!asked.from.empty()) options.from = TRY(day_of(asked.from, "--from"));
  if (!asked.to.empty()) options.to = TRY(day_of(asked.to, "--to"));
  // Buyers that no interest names may still act in concert.
  for (const Deal& deal : deals) the_case.graph.party(deal.buyer);
  std::vector<std::vector<PartyIndex>> concerts;
  for (const std::string& concert : asked.concerts)
    concerts.push_back(TRY(parties_of(the_case.graph, concert)));
  const SnapshotOptions how = TRY(snapshot_options(asked, the_case.graph));
  const Snapshot snapshot(the_case.graph, the_case.at, how);
  Scratch scratch;
  const std::vector<uint32_t> groups = connected_buyers(deals, snapshot, concerts, &scratch);
  const RushAnswer answer = TRY(find_rushes(deals, groups, options));
  const int code = TRY(finish(
      line, the_case, line.json ? to_json(answer, &the_case.findings) + "\n" : to_text(answer)));
  const auto is_alarm = [](const Rush& rush) { return rush.is_alarm; };
  return std::ranges::any_of(answer.rushes, is_alarm) ? kExitFound : code;
}

}  // namespace

bool is_ownership_command(const std::string& command) {
  return command == "owners" || command == "holdings" || command == "rush";
}

Result<int> perform_ownership(const CommandLine& line) {
  if (line.command != "rush" && line.ownership.graphs.empty())
    return fail(Code::kInvalid, "name interests (--graph FILE) or a party (--party CODE)");
  if (line.command == "rush" && line.ownership.deals.empty())
    return fail(Code::kInvalid, "name deals (--deals FILE) or a party (--party CODE)");
  if (line.command == "owners") return perform_owners(line);
  return line.command == "holdings" ? perform_holdings(line) : perform_rush(line);
}

}  // namespace entente::app
