// The commands about who owns what: their options, what they are for, examples.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"

namespace entente::app {
namespace {

void add_graph(CLI::App* command, CommandLine& line) {
  OwnershipLine& asked = line.ownership;
  command->add_option("--graph", asked.graphs, "Interests: a file, or several; - is standard input")
      ->type_name("FILE ...");
  command
      ->add_option("--party", line.party,
                   "Instead of files: the interests and deals of this party's world")
      ->type_name("CODE");
  command
      ->add_option("--unit", asked.unit,
                   "How a CSV writes shares without a percent sign: percent or fraction; without "
                   "it, percent if any is above 1")
      ->type_name("UNIT")
      ->check(CLI::IsMember({"percent", "fraction"}));
  command->add_option("--at", asked.at, "The day to answer for; without it, today (UTC)")
      ->type_name("DATE");
  command->add_flag("--one-share-one-vote", asked.one_share_one_vote,
                    "Where only the capital is known, take the votes to be the same, and the "
                    "other way round");
  command
      ->add_option("--min-confidence", asked.confidence_min,
                   "Leave out interests of less confidence, from 0 to 1")
      ->check(CLI::Range(0.0, 1.0));
  command
      ->add_option("--acting-for", asked.acting_for,
                   "Suppose that a nominee acts for another: NOMINEE=PARTY")
      ->type_name("ID=ID");
}

void add_holdings(CLI::App& app, CommandLine& line) {
  OwnershipLine& asked = line.ownership;
  CLI::App* holdings =
      add(app, "holdings", "holdings", "What a party holds, with everyone acting with it",
          "  entente holdings --graph interests.csv --of A\n"
          "  entente holdings A B --graph interests.csv --sector 35 --member AA,BB --json\n"
          "Sectors are NACE or NAICS codes or their beginnings; members are countries of what is "
          "held.",
          line);
  add_graph(holdings, line);
  holdings->add_option("--of,ID", asked.holders, "Ids of the party and of those acting with it")
      ->required();
  holdings->add_option("--sector", asked.sectors, "Only what is in these sectors")
      ->type_name("CODE ...")
      ->delimiter(',');
  holdings->add_option("--member", asked.members, "Only what is in these countries")
      ->type_name("CC ...")
      ->delimiter(',');
  holdings
      ->add_option("--min", asked.capital_min,
                   "Only from so many percent of the capital on, or controlled")
      ->check(CLI::Range(0.0, 100.0));
  holdings->add_flag("--controlled", asked.controlled, "Only what is controlled, or may be");
}

void add_rush(CLI::App& app, CommandLine& line) {
  OwnershipLine& asked = line.ownership;
  CLI::App* rush = add(
      app, "rush", "rush", "Whether connected buyers acquire faster than is usual",
      "  entente rush --deals deals.csv --graph interests.csv --sector 35 --window 90\n"
      "  entente rush --deals deals.csv --member AA,BB --false-alarm 1 --usual market --json\n"
      "The CSV of deals has a header line with buyer,target,date and, as known, share, price, "
      "currency, sector,\n"
      "member. Buyers are connected if one controls the other or somebody controls both, by the "
      "graph.\n"
      "Exit code 1 if there is an alarm.",
      line);
  rush->add_option("--deals", asked.deals, "Deals: a CSV file; - is standard input")
      ->type_name("FILE");
  add_graph(rush, line);
  rush->add_option("--sector", asked.sectors, "Only targets in these sectors")
      ->type_name("CODE ...")
      ->delimiter(',');
  rush->add_option("--member", asked.members, "Only targets in these countries")
      ->type_name("CC ...")
      ->delimiter(',');
  rush->add_option("--window", asked.window_days, "Length of the window in days (default 90)")
      ->type_name("DAYS")
      ->check(CLI::Range(1, 36'500));
  rush->add_option("--from", asked.from, "Begin of the period; without it, the first deal")
      ->type_name("DATE");
  rush->add_option("--to", asked.to, "End of the period, not included; without it, the last deal")
      ->type_name("DATE");
  rush->add_option("--false-alarm", asked.false_alarm,
                   "Percent of runs that may raise an alarm for nothing (default 1)")
      ->check(CLI::Range(0.0, 100.0));
  rush->add_option("--usual", asked.usual,
                   "What is usual: time (default), the group's own rate; or market, its part of "
                   "all deals of the sector")
      ->check(CLI::IsMember({"time", "market"}));
  rush->add_option("--concert", asked.concerts, "Buyers that act as one: ID,ID,...")
      ->type_name("ID,ID");
}

}  // namespace

void add_ownership(CLI::App& app, CommandLine& line) {
  OwnershipLine& asked = line.ownership;
  CLI::App* owners =
      add(app, "owners", "owners", "Who ultimately owns and who controls a party",
          "  entente owners --graph interests.csv --of X --at 2026-01-01\n"
          "  entente owners X --graph interests.csv --json\n"
          "  entente owners X --graph interests.csv --concert A,B   # A and B act as one\n"
          "The CSV has a header line with owner,owned,capital,votes,from,to. Shares are computed "
          "through chains\n"
          "and circles; what is not known is shown as a range. See docs/ownership.md.",
          line);
  add_graph(owners, line);
  owners->add_option("--of,ID", asked.of, "Id of the party in the graph")->required();
  owners->add_option("--paths", asked.paths, "Paths shown of each owner (default 10)")
      ->check(CLI::Range(0, 1000));
  owners
      ->add_option("--threshold", asked.threshold,
                   "Control: more than so many percent of the votes (default 50)")
      ->check(CLI::Range(0.0, 100.0));
  owners->add_flag("--all", asked.all, "Every party on the way too, not the ultimate owners alone");
  owners->add_option("--concert", asked.concerts, "Parties that act as one: ID,ID,...")
      ->type_name("ID,ID");
  owners->add_flag(
      "--law", asked.law,
      "Put the thresholds of the law to it: beneficial owners, the 50 % rule, triggers");
  owners->add_option("--law-file", asked.law_file, "These tests instead of those that come with it")
      ->type_name("FILE");
  owners->add_option("--listed", asked.listed, "Ids of listed (sanctioned) persons, for --law")
      ->type_name("ID ...")
      ->delimiter(',');
  owners
      ->add_option("--since", asked.since, "Say too who has gained or lost control since that day")
      ->type_name("DATE");
  owners->add_option("--format", asked.format, "table (default), json, dot (Graphviz) or svg")
      ->check(CLI::IsMember({"table", "json", "dot", "svg"}));
  add_holdings(app, line);
  add_rush(app, line);
  CLI::App* group = app.add_subcommand("ownership", "Files of interests and deals");
  group->require_subcommand(1);
  CLI::App* convert =
      add(*group, "convert", "ownership-convert",
          "Turn interests and deals into STIX objects for a node to keep",
          "  entente ownership convert interests.csv --source 'Example register' | entente import "
          "--party AVL -\n"
          "  entente ownership convert bods.json --deals deals.csv --source 'Example register' > "
          "objects.jsonl",
          line);
  convert->add_option("FILE", line.files, "Interests, in any form that --graph of owners takes")
      ->required();
  convert->add_option("--deals", asked.deals, "Deals: a CSV file")->type_name("FILE");
  convert
      ->add_option("--unit", asked.unit,
                   "How a CSV writes shares without a percent sign: percent or fraction")
      ->check(CLI::IsMember({"percent", "fraction"}));
  add_stamp(convert, line);
}

}  // namespace entente::app
