// The options of the commands about patterns, and about what a node does with them.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include "app/command_options.h"
#include "app/pattern_commands.h"
#include "app/watch_commands.h"

namespace entente::app {

namespace {

void add_follow(CLI::App& match, CommandLine& line) {
  match.add_flag(
      "--follow", line.follow,
      "Print each match as soon as its last event has come; events are JSON Lines, and a "
      "file is followed as it grows and is rotated");
  match
      .add_option("--lateness", line.lateness_s,
                  "With --follow: how late an event may come after later ones (default 3600)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 1e9));
  match
      .add_option("--remember", line.remember,
                  "With --follow: how many observations are remembered for patterns of several "
                  "(default 1000000)")
      ->type_name("N")
      ->check(CLI::Range(uint64_t{1}, uint64_t{100'000'000}));
  match
      .add_option("--age", line.age_s,
                  "With --follow: how long they are remembered where no WITHIN says less (default "
                  "30 days)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 1e9));
  match
      .add_option("--idle", line.idle_s,
                  "With --follow: end when a file has not grown for so long (default: never)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 1e9));
  match.add_flag("--reload", line.reload,
                 "With --follow: take the patterns anew whenever their file changes");
}

void add_match(CLI::App& app, CommandLine& line) {
  CLI::App* match = add(
      app, "match", "match", "Match STIX patterns against observed data; needs no node",
      "  entente match --patterns indicators.jsonl --events observed.json\n"
      "  zcat sensor.jsonl.gz | entente match --patterns patterns.txt --events -\n"
      "Patterns: one a line, or JSON Lines of indicators. Events: a bundle, or JSON Lines of "
      "bundles, "
      "with\nobserved-data and the objects that it refers to. Prints a JSON line for each pattern "
      "that "
      "matches, with\nthe observed-data of its matches; malformed patterns are named on standard "
      "error and left out.",
      line);
  match->add_option("--patterns", line.patterns, "Patterns; - is standard input")
      ->type_name("FILE")
      ->required();
  match->add_option("--events", line.events, "Events; - is standard input")
      ->type_name("FILE")
      ->required();
  match
      ->add_option("--map", line.map,
                   "Events are lines of a JSON log: zeek, suricata, sysmon, or a mapping file")
      ->type_name("NAME|FILE");
  match->add_flag("--aliases", line.aliases,
                  "Take names of properties as some feeds misspell them: hashes.SHA256 for "
                  "hashes.'SHA-256'");
  match->add_flag("--stix20", line.stix20,
                  "Take START and STOP with plain strings, as STIX 2.0 did");

  match->add_flag("--stats", line.stats,
                  "Print on standard error what it took: counts, and milliseconds of each phase");
  match->add_flag("--explain", line.explain,
                  "Print a line for every valid pattern, with why it matches or where it failed");
  add_follow(*match, line);
}

}  // namespace

void add_patterns(CLI::App& app, CommandLine& line) {
  add_match(app, line);
  CLI::App* pattern = app.add_subcommand("pattern", "STIX patterns");
  pattern->require_subcommand(1);
  CLI::App* mapping = add(*pattern, "mapping", "pattern-mapping",
                          "Print a log mapping that comes with the program, or check a file",
                          "  entente pattern mapping zeek > mine.json\n"
                          "  entente pattern mapping mine.json\n"
                          "Without a name, lists those that come with the program.",
                          line);
  mapping->add_option("name", line.map, "zeek, suricata, sysmon, or a file")
      ->type_name("NAME|FILE");

  CLI::App* check =
      add(*pattern, "check", "pattern-check",
          "Check patterns, one a line from standard input, and print them canonically",
          "  entente pattern check < patterns.txt\n"
          "Prints a JSON line for each: {\"valid\":true,\"canonical\":\"...\"} or\n"
          "{\"valid\":false,\"column\":N,\"message\":\"...\"}; columns from 1, in "
          "characters.",
          line);
  check->add_flag("--aliases", line.aliases,
                  "Take names of properties as some feeds misspell them, and print them right");
  check->add_flag("--stix20", line.stix20,
                  "Take START and STOP with plain strings, as STIX 2.0 did");

  CLI::App* duplicates =
      add(*pattern, "duplicates", "pattern-duplicates",
          "Find indicators that have the same pattern, however it is written",
          "  entente pattern duplicates indicators.jsonl\n"
          "Patterns: one a line, or JSON Lines of indicators; - is standard input. Prints a JSON "
          "line for each set:\n"
          "{\"canonical\":\"...\",\"patterns\":[0,7],\"ids\":[\"indicator--...\",null]}; lines "
          "from 0.",
          line);
  duplicates->add_option("FILE", line.patterns, "Patterns; - is standard input")->required();
  duplicates->add_flag("--aliases", line.aliases,
                       "Take names of properties as some feeds misspell them");
  duplicates->add_flag("--stix20", line.stix20,
                       "Take START and STOP with plain strings, as STIX 2.0 did");
}

void add_watching(CLI::App& app, CommandLine& line) {
  CLI::App* const observe =
      add(app, "observe", "observe",
          "Match what a party's sensors see against the indicators of its world",
          "  tail -F conn.log | entente observe --party AVL --map zeek -\n"
          "  entente observe --party AVL --keep --json observed.jsonl\n"
          "Events: a bundle, JSON Lines of bundles, or lines of a log. Prints a JSON line for each "
          "piece that was\n"
          "sent, with the sightings that it made. Events that match nothing are not stored unless "
          "--keep.",
          line);
  observe->add_option("--party", line.party, "The party whose sensors these are")
      ->type_name("CODE")
      ->required();
  observe
      ->add_option("--collection", line.collection,
                   "Where what has marks goes; what has none is the party's own")
      ->type_name("ALIAS");
  observe
      ->add_option("--marking", line.markings,
                   "Marks of events that say nothing of marks; may be repeated")
      ->type_name("ID");
  observe
      ->add_option("--map", line.map,
                   "Events are lines of a JSON log: zeek, suricata, sysmon, or a mapping file")
      ->type_name("NAME|FILE");
  observe->add_flag("--keep", line.keep_all,
                    "Store events that match nothing too: new indicators are run over them");
  observe->add_flag("--dry-run", line.dry_run, "Only tell");
  observe->add_option("FILE", line.files, "Files; - is standard input")->required();

  CLI::App* const watch = add(app, "watch", "watch",
                              "How many indicators are watched for a party, and why others are not",
                              "  entente watch --party AVL --json\n", line);
  watch->add_option("--party", line.party, "The party")->type_name("CODE")->required();
}

}  // namespace entente::app
