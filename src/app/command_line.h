// What was asked on the command line, as values. command_line.cc and directory_options.cc alone know CLI11.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/ownership_commands.h"
#include "app/settings.h"

namespace entente::app {

// Of screen and compare.
struct Screening {
  std::vector<std::string> names, lists, against, birth_dates, countries, identifiers;
  std::string queries, kind, mapping;
  uint32_t limit = 10;
  double threshold = 0;
  bool explain = false, decided = false;
  bool watch = false, are_buyers = false;
};

struct CommandLine {
  std::string command;   // "init", "serve", "import", ..., "party-add", "key-new"
  std::string data;      // the data directory
  bool json = false;     // else for people
  bool details = false;  // of import: every finding in the JSON too
  bool demo = false;
  bool strict = false, dry_run = false;
  std::vector<std::string> files;  // of import; "-": standard input
  std::string party, collection, format, versions, added_after;
  std::vector<std::string> types;
  std::optional<uint64_t> limit;
  std::string id;                     // of an object, or of a key; of preview: or a file
  std::vector<std::string> audience;  // of preview: only these parties
  std::string code, name, identity, role;
  std::string group, member, from, until;
  std::string alias, title, description, default_label;
  std::vector<std::string> read, write;
  std::string spif, binding;  // of labels; files
  std::string bindings;       // of export: directory
  bool retroactive = false;
  std::string on_off, at, policy, clearance, marking, content, exercise;
  bool any = false;                                       // of authority: all markings
  std::vector<std::string> parties, into;                 // of splits and mergers
  std::vector<std::string> only_collections, clearances;  // what narrows a key
  std::string to, restore_from, recalls_file, reason, since, after;
  bool accept = false;                // of restore
  std::string patterns, events;       // of match; files
  std::string map;                    // of log lines: name or file
  bool aliases = false;               // of patterns
  std::vector<std::string> markings;  // of observe
  bool keep_all = false;
  bool stix20 = false;  // of patterns
  bool stats = false, follow = false, explain = false;
  bool reload = false;
  std::optional<double> lateness_s, idle_s, age_s;
  std::optional<uint64_t> remember;
  bool insecure_plaintext = false, log_json = false;
  std::string key_file;  // of act, release: a private key; of verify outcome: keys that are trusted
  std::string label;     // of todo: above which nothing is shown
  bool digest = false;   // of todo
  std::string language, clause, target;  // of acts
  std::vector<std::string> objects;      // of acts: ids that they attach
  std::string person;                    // of case access: id or name
  std::vector<std::string> roles;        // of openings: ROLE=CODE,...
  OwnershipLine ownership;               // options of owners and its like
  Settings settings;                     // options of serve alone
  Screening screening;                   // options of screen and compare
};

// Reads the arguments. If the process is to end at once (help, version, an error), prints what there is to say and gives the
// exit code instead.
struct Parsed {
  CommandLine line;
  std::optional<int> exit_code;
};
Parsed parse_command_line(int argc, char** argv);

}  // namespace entente::app
