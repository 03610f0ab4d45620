// Options of the commands that compare names.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"

namespace entente::app {

static void add_names(CLI::App& app, CommandLine& line);
static void add_decisions(CLI::App& app, CommandLine& line);
static void add_world(CLI::App* screen, CommandLine& line);

void add_screening(CLI::App& app, CommandLine& line) {
  Screening& screening = line.screening;
  CLI::App* screen =
      add(app, "screen", "screen",
          "Find who is meant by a name, in lists of persons and organisations, in any script",
          "  entente screen 'Marta Vidal' --list list.jsonl --birth-date 1961-03 --country ES "
          "--explain\n"
          "  entente screen --list list.jsonl other.csv --queries queries.jsonl --json --limit 5\n"
          "  entente screen 'Marta Vidal' --party AVL\n"
          "  entente screen --list new.xml --against old.xml --queries buyers.csv --threshold 0.5\n"
          "Lists: FollowTheMoney JSON Lines and others (docs/names.md), plain, gzip or zstd. A "
          "query a line:\n"
          "{\"id\":\"q1\",\"kind\":\"person\",\"names\":[\"...\"],\"birth_date\":\"1961\","
          "\"countries\":[\"ES\"]}. Scores are "
          "probabilities.",
          line);
  screen->add_option("NAME", screening.names, "Names of the one that is looked for");
  screen->add_option("--list", screening.lists, "Lists to search")->type_name("FILE");
  add_world(screen, line);
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

  add_names(app, line);
  add_decisions(app, line);
}

static void add_world(CLI::App* screen, CommandLine& line) {
  screen
      ->add_option("--party", line.party,
                   "Instead of lists: the parties of this party's world, as the node shows it")
      ->type_name("CODE");
  screen->add_flag("--decided", line.screening.decided,
                   "With --party: those too whom the party has decided to be others");
  screen->add_flag("--watch", line.screening.watch,
                   "With --party: screen the party's own buyers again, record and tell which "
                   "answers are other; exit code 1 if any is");
  screen->add_flag("--dry-run", line.dry_run, "With --watch: only tell");
}

static void add_decisions(CLI::App& app, CommandLine& line) {
  CLI::App* decide =
      add(app, "decide", "decide", "Record whether two parties are one",
          "  entente decide identity--... identity--... not-same --party AVL --reason 'born twenty "
          "years apart'\n"
          "  entente decide identity--... identity--... undo --party AVL\n"
          "Later screenings remember it. The party's own alone unless it is marked or goes into a "
          "collection.",
          line);
  decide->add_option("ID", line.id, "Id of an object, or the subject of a screening")->required();
  decide->add_option("OTHER", line.member, "Another")->required();
  decide->add_option("DECISION", line.code, "same, not-same, unsure or undo")
      ->required()
      ->check(CLI::IsMember({"same", "not-same", "unsure", "undo"}));
  decide->add_option("--party", line.party, "Who decides")->type_name("CODE")->required();
  decide->add_option("--reason", line.reason, "Why")->type_name("TEXT");
  decide->add_option("--collection", line.collection, "Where others find it")->type_name("ALIAS");
  decide->add_option("--marking", line.markings, "Its marks; may be repeated")->type_name("ID");
  decide->add_flag("--dry-run", line.dry_run, "Record nothing");
  CLI::App* cluster =
      add(app, "cluster", "cluster", "Which ids are decided to be one, and what was decided",
          "  entente cluster identity--... --party AVL --json", line);
  cluster->add_option("ID", line.id, "Id of a party")->required();
  cluster->add_option("--party", line.party, "Whose world")->type_name("CODE")->required();
}

static void add_names(CLI::App& app, CommandLine& line) {
  Screening& screening = line.screening;
  CLI::App* names = app.add_subcommand("names", "Lists of persons and organisations");
  names->require_subcommand(1);
  CLI::App* convert = add(
      *names, "convert", "names-convert", "Turn lists into STIX objects for a node to keep",
      "  entente names convert list.xml --source 'Example list' | entente import --party AVL -\n"
      "  entente names convert new.xml --against old.xml --source 'Example list' | entente "
      "import --party AVL -\n"
      "With --against: new versions of what changed, what came, and revocations of what went.",
      line);
  convert->add_option("FILE", line.files, "Lists, as screen takes them")->required();
  convert->add_option("--against", screening.against, "The list as it was")->type_name("FILE");
  convert->add_flag("--buyers", screening.are_buyers,
                    "They are buyers, whom the party that imports them screens again and again");
  add_stamp(convert, line);
}

void add_stamp(CLI::App* convert, CommandLine& line) {
  convert
      ->add_option("--source", line.name,
                   "What the source is called: the same name gives the same ids again")
      ->type_name("NAME")
      ->required();
  convert->add_option("--marking", line.markings, "Marks of every object; may be repeated")
      ->type_name("ID");
  convert->add_option("--identity", line.identity, "created_by_ref of every object")
      ->type_name("ID");
  convert->add_option("--at", line.at, "`modified` of every object; without it, now")
      ->type_name("INSTANT");
}

}  // namespace entente::app
