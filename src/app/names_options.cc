// Options of the commands that compare names.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"

namespace entente::app {

void add_screening(CLI::App& app, CommandLine& line) {
  Screening& screening = line.screening;
  CLI::App* screen =
      add(app, "screen", "screen",
          "Find who is meant by a name, in lists of persons and organisations, in any script",
          "  entente screen 'Marta Vidal' --list list.jsonl --birth-date 1961-03 --country ES "
          "--explain\n"
          "  entente screen --list list.jsonl other.csv --queries queries.jsonl --json --limit 5\n"
          "  entente screen --list new.xml --against old.xml --queries buyers.csv --threshold 0.5\n"
          "Lists: FollowTheMoney JSON Lines and others (docs/names.md), plain, gzip or zstd. A "
          "query a line:\n"
          "{\"id\":\"q1\",\"kind\":\"person\",\"names\":[\"...\"],\"birth_date\":\"1961\","
          "\"countries\":[\"ES\"]}. Scores are "
          "probabilities.",
          line);
  screen->add_option("NAME", screening.names, "Names of the one that is looked for");
  screen->add_option("--list", screening.lists, "Lists to search")->type_name("FILE")->required();
  screen
      ->add_option("--against", screening.against,
                   "The list as it was: show what changed, or with --queries which answers did")
      ->type_name("FILE");
  screen
      ->add_option("--mapping", screening.mapping,
                   "What the columns of tables mean, JSON (docs/names.md)")
      ->type_name("FILE");
  screen
      ->add_option("--queries", screening.queries,
                   "Queries, JSON Lines or a table; - is standard input")
      ->type_name("FILE");
  screen->add_option("--limit", screening.limit, "Matches of a query, at most (default 10)")
      ->check(CLI::Range(1U, 1000U));
  screen->add_option("--threshold", screening.threshold, "Only matches of at least this score")
      ->check(CLI::Range(0.0, 1.0));
  screen->add_option("--kind", screening.kind,
                     "person, organization, vessel, aircraft or any (default)");
  screen->add_option("--birth-date", screening.birth_dates, "YYYY, YYYY-MM or YYYY-MM-DD")
      ->type_name("DATE");
  screen->add_option("--country", screening.countries, "Country, code or name")
      ->type_name("COUNTRY");
  screen
      ->add_option("--identifier", screening.identifiers, "A number of it, as TYPE=VALUE or VALUE")
      ->type_name("ID");
  screen->add_flag("--explain", screening.explain, "Say what speaks for and against each match");
  CLI::App* compare =
      add(app, "compare", "compare", "Say how probable it is that two entities are one",
          "  entente compare --json < pairs.jsonl\n"
          "A pair a line: {\"left\":{\"names\":[...]},\"right\":{\"names\":[...]}}, each side as a "
          "query "
          "of screen.",
          line);
  compare->add_option("FILE", line.files, "Pairs, JSON Lines; - is standard input (default)");
  compare->add_flag("--explain", screening.explain,
                    "Add a paragraph that says what speaks for and against");
}

}  // namespace entente::app
