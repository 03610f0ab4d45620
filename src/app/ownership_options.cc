// The commands about who owns what: their options, what they are for, examples.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"

namespace entente::app {
namespace {

void add_graph(CLI::App* command, OwnershipLine& asked) {
  command->add_option("--graph", asked.graphs, "Interests: a file, or several; - is standard input")
      ->type_name("FILE ...")
      ->required();
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
  add_graph(owners, asked);
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
}

}  // namespace entente::app
