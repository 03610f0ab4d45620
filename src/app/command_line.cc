// One function for each command or family of commands: its options, what they are for, examples. Those of the directory are
// in directory_options.cc.
#include "app/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"
#include "app/commands.h"
#include "app/pattern_commands.h"
#include "app/procedure_commands.h"
#include "app/watch_commands.h"

#ifndef ENTENTE_VERSION
#define ENTENTE_VERSION "unknown"
#endif

namespace entente::app {
namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 done, but something was refused, is missing or is wrong; 2 could not "
    "run.\n"
    "A running server is used if there is one on the data directory; else the command opens it "
    "itself.\n"
    "Help on one command: entente COMMAND --help";

void add_party(CLI::App* command, CommandLine& line) {
  command->add_option("--party", line.party, "Whose world: code of a party")
      ->type_name("CODE")
      ->required();
}

void add_collection(CLI::App* command, CommandLine& line, const std::string& what) {
  command->add_option("--collection", line.collection, what)->type_name("ID|ALIAS");
}

void add_init(CLI::App& app, CommandLine& line) {
  CLI::App* init = add(
      app, "init", "init", "Make a new node in a data directory",
      "  entente init --data ./data\n"
      "  entente init --data ./data --demo --json   # fictional parties, keys and 2,000 objects",
      line);
  init->add_flag("--demo", line.demo,
                 "Fill it with a fictional community and its objects; prints each party's key");
}

void add_serve(CLI::App& app, CommandLine& line) {
  CLI::App* serve = add(
      app, "serve", "serve", "Serve a node over TAXII 2.1 and HTTP until SIGTERM or Ctrl-C",
      "  entente serve --data ./data\n"
      "  entente serve --data ./data --listen 127.0.0.1:0    # any free port; see the line "
      "'ready'\n"
      "  entente serve --data ./data --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem\n"
      "Prints 'ready http://ADDRESS' once it answers; logs to standard error. Settings may stand "
      "in\n"
      "DIR/entente.toml too; flags win, then the environment (ENTENTE_LISTEN, ...), then the file.",
      line);
  Settings& settings = line.settings;
  serve
      ->add_option("--listen", settings.listen,
                   "Address (default 127.0.0.1:8420); port 0 takes any free one")
      ->type_name("HOST:PORT");
  serve
      ->add_option("--tls-cert", settings.tls_certificate,
                   "Certificate chain, PEM; with --tls-key turns TLS on")
      ->type_name("FILE");
  serve->add_option("--tls-key", settings.tls_key, "Private key, PEM")->type_name("FILE");
  serve->add_flag(
      "--insecure-plaintext", line.insecure_plaintext,
      "Serve an address that other machines can reach without TLS: keys then travel in clear");
  serve->add_flag("--log-json", line.log_json, "Log as JSON Lines");
  serve->add_option("--log-level", settings.log_level, "debug, info (default), warning or error")
      ->type_name("LEVEL");
  serve->add_option("--title", settings.title, "Name of the node, as clients see it")
      ->type_name("TEXT");
  serve->add_option("--threads", settings.threads, "Threads that serve connections (default 2)")
      ->type_name("N");
}

void add_import(CLI::App& app, CommandLine& line) {
  CLI::App* import = add(app, "import", "import", "Take in STIX objects as a party",
                         "  entente import --party AVL --collection alliance feed.json\n"
                         "  entente import --party AVL --dry-run --json old.jsonl.zst new.json.gz\n"
                         "  curl -s https://feed.example/bundle | entente import --party AVL -\n"
                         "Files are bundles, lists, JSON Lines or single objects; plain, gzip or "
                         "zstd. Exit code 1 if any\n"
                         "object was refused; the others are kept, unless --strict.",
                         line);
  add_party(import, line);
  add_collection(
      import, line,
      "Where to put them; without it, in no collection: seen by the party alone unless marked");
  import->add_flag("--strict", line.strict,
                   "All or nothing: one refused object keeps everything out");
  import->add_flag("--dry-run", line.dry_run, "Examine and report, store nothing");
  import->add_flag("--details", line.details,
                   "With --json: list every finding, not just their counts");
  import
      ->add_option(
          "--binding", line.binding,
          "Detached binding (STANAG 4778) whose labels mark the objects; each object needs one")
      ->type_name("FILE");
  import->add_option("FILE", line.files, "Files; - is standard input")->required();
}

void add_content(CLI::App& app, CommandLine& line) {
  CLI::App* exported = add(
      app, "export", "export", "Print a party's world, or a collection of it",
      "  entente export --party LIA > lia.jsonl\n"
      "  entente export --party HQ --collection alliance --format bundle --versions last\n"
      "Objects come byte for byte as they came in, one a line; one that was itself written over\n"
      "several lines keeps its line breaks, and `entente import` takes it back so.",
      line);
  add_party(exported, line);
  add_collection(exported, line, "Only this collection");
  exported->add_option("--format", line.format,
                       "jsonl (default): one object after the other; bundle: one STIX bundle");
  exported->add_option("--type", line.types, "Only objects of these types")
      ->delimiter(',')
      ->type_name("TYPE");
  exported->add_option("--versions", line.versions,
                       "all (default): every version and claim; last: what TAXII shows");

  exported
      ->add_option(
          "--bindings", line.bindings,
          "Write labels (STANAG 4774) of the objects as detached bindings into this directory")
      ->type_name("DIR");
  exported->add_option("--policy", line.policy, "With --bindings: policy of the labels")
      ->type_name("NAME");

  CLI::App* get = add(app, "get", "get", "Print one object as a party sees it",
                      "  entente get indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --party AVL\n"
                      "Exit code 1 if there is none in that party's world.",
                      line);
  get->add_option("ID", line.id, "STIX id")->required();
  add_party(get, line);
  add_collection(get, line, "Only in this collection");
  get->add_option("--versions", line.versions, "last (default), or all: every version and claim");

  CLI::App* list =
      add(app, "list", "list", "List objects of a party's world, without their content",
          "  entente list --party AVL --type indicator,malware --added-after 2026-01-01\n"
          "  entente list --party AVL --limit 1000 --json",
          line);
  add_party(list, line);
  add_collection(list, line, "Only this collection");
  list->add_option("--type", line.types, "Only objects of these types")
      ->delimiter(',')
      ->type_name("TYPE");
  list->add_option("--added-after", line.added_after,
                   "Only what entered that world later: a date, or an instant (RFC 3339)");
  list->add_option("--limit", line.limit, "At most so many (default 100)")
      ->check(CLI::Range(1U, UINT32_MAX));
  list->add_option("--versions", line.versions, "last (default) or all");
}

void add_explanations(CLI::App& app, CommandLine& line) {
  CLI::App* preview = add(
      app, "preview", "preview", "Show who sees what of an object, before it is released or after",
      "  entente preview --party AVL --collection alliance draft.json\n"
      "  entente preview --party AVL --for BOR --json "
      "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f\n"
      "A file is one object or a bundle, plain or compressed; nothing of it is stored. For each "
      "party: "
      "all, part or\n"
      "nothing, what is cut, the rule that decides, and which references it would not find.",
      line);
  add_party(preview, line);
  add_collection(preview, line, "Where the file's objects would go");
  preview->add_option("--for", line.audience, "Only these parties")
      ->type_name("CODE[,CODE...]")
      ->allow_extra_args(false)
      ->delimiter(',');
  preview
      ->add_option("FILE|ID", line.id, "A file, - for standard input, or the id of a stored object")
      ->required();

  CLI::App* why = add(app, "why", "why", "Say why a party has an object, or why not",
                      "  entente why BOR indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL\n"
                      "Only a party that sees the object may ask.",
                      line);
  why->add_option("PARTY", line.code, "The party in question")->required();
  why->add_option("ID", line.id, "STIX id of the object")->required();
  why->add_option("--as", line.party, "The party that asks")->type_name("CODE")->required();
}

void add_release(CLI::App& app, CommandLine& line) {
  CLI::App* release = app.add_subcommand("release", "Release: who may read what");
  release->require_subcommand(1);
  const auto add_act = [&](const char* name, const char* command, const char* what,
                           const char* example) {
    CLI::App* act = add(*release, name, command, what, example, line);
    act->add_option("ID", line.id, "STIX id of an object that the party submitted")->required();
    act->add_option("--as", line.party, "The party whose object it is")
        ->type_name("CODE")
        ->required();
    act->add_option("--to", line.audience, "Parties and groups")
        ->type_name("CODE[,CODE...]")
        ->allow_extra_args(false)
        ->delimiter(',');
    act->add_option("--reason", line.reason, "Why; kept, and shown by why")
        ->type_name("TEXT")
        ->required();
    add_key_file(*act, line);
  };
  add_act(
      "widen", "release-widen", "Let more parties read an object, from now on",
      "  entente release widen indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL --to LIA"
      " --reason 'asked for on the phone'\n"
      "What is already released stays so; embargo, clearance and exercise still hold. A later "
      "version is released by its own marks.");
  add_act(
      "narrow", "release-narrow", "Leave an object to fewer parties, from now on",
      "  entente release narrow indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL --to HQ"
      " --reason 'source at risk'\n"
      "Without --to it is left to its originator alone. What others have fetched they have: see "
      "recall.");
  add(*release, "check", "release-check",
      "List marks, groups, collections and keys that do not do what they seem meant to do",
      "  entente release check\n  entente release check --json\n"
      "Exit code 1 if there is an error or a warning. The codes are in docs/release-check.md.",
      line);
}

void add_labels(CLI::App& app, CommandLine& line) {
  CLI::App* label = app.add_subcommand("label", "Confidentiality labels (STANAG 4774)");
  label->require_subcommand(1);
  CLI::App* one = add(*label, "table", "label-table",
                      "Set the table of what labels mean here, or show its policies",
                      "  entente label table labels.json\n  entente label table\n"
                      "The form of the table is in docs/formats/stanag.md.",
                      line);
  one->add_option("FILE", line.files, "The table, JSON")->expected(0, 1);
  one = add(*label, "write", "label-write", "Print the label of an object as a party sees it",
            "  entente label write report--2d7f9a5c-4b1e-4c83-b6a9-8e0f5d2c7a66 --party AVL\n"
            "Fails where a label cannot say what the marks say; none is ever wider.",
            line);
  one->add_option("ID", line.id, "STIX id")->required();
  add_party(one, line);
  one->add_option("--policy", line.policy, "Policy of the label; needed if the table has several")
      ->type_name("NAME");
  one = add(*label, "read", "label-read", "Say what a label means here",
            "  entente label read label.xml\n  entente label read label.xml --spif policy.xml\n"
            "Exit code 1 if it does not map, or if the policy file does not allow it.",
            line);
  one->add_option("FILE", line.files, "The label, XML")->required()->expected(1);
  one->add_option("--spif", line.spif, "Check it against this policy file (XMLSPIF)")
      ->type_name("FILE");
}

void add_upkeep(CLI::App& app, CommandLine& line) {
  CLI::App* verify = add(app, "verify", "verify", "Check every checksum, chain and index of a node",
                         "  entente verify --data ./data\n  entente verify audit avl.jsonl\n"
                         "Exit code 1 if anything is wrong.",
                         line);
  CLI::App* audit =
      add(*verify, "audit", "verify-audit", "Check a party's audit lines, apart from any node",
          "  entente audit --party AVL > avl.jsonl && entente verify audit avl.jsonl\n"
          "  curl -s .../api/v1/audit -o avl.json && entente verify audit avl.json",
          line);
  audit->add_option("FILE", line.files, "Files, the oldest first; - is standard input")->required();
  CLI::App* outcome = add(
      *verify, "outcome", "verify-outcome", "Check the outcome of a procedure, apart from any node",
      "  entente procedure outcome procedure--... --as HQ > outcome.json && entente verify "
      "outcome outcome.json",
      line);
  outcome->add_option("FILE", line.files, "The record; - is standard input")
      ->required()
      ->expected(1);
  outcome
      ->add_option("--keys", line.key_file,
                   "The parties' keys as got from them: what entente signing-key list --json "
                   "prints")
      ->type_name("FILE");
  add(app, "rebuild", "rebuild", "Make all indexes anew from the journal (no server may run)",
      "  entente rebuild", line);
  CLI::App* backup = add(app, "backup", "backup", "Copy a node while it runs",
                         "  entente backup --to /mnt/backup/node      # again: copies what is new\n"
                         "  entente backup --to - | zstd > node.tar.zst",
                         line);
  backup
      ->add_option("--to", line.to,
                   "Directory, or - for a tar stream on standard output; the stream is made from a "
                   "copy, for which the data directory needs as much free room as its journal")
      ->type_name("DIR|-")
      ->required();
  CLI::App* restore =
      add(app, "restore", "restore", "Make a node from a backup",
          "  entente restore --from /mnt/backup/node --data ./restored\n"
          "  entente restore --from node.tar.zst --data ./restored\n"
          "  ssh host cat node.tar.zst | entente restore --from - --data ./restored\n"
          "  entente restore --accept --recalls recalls.json --data ./restored\n"
          "A restored node is not served until it is accepted: it may hold what was recalled after "
          "the backup.",
          line);
  restore
      ->add_option("--from", line.restore_from,
                   "Directory or tar file of a backup, or - for standard input")
      ->type_name("DIR|FILE|-");
  restore->add_flag("--accept", line.accept,
                    "Let a restored node serve: say so once it is known what was recalled since");
  restore
      ->add_option("--recalls", line.recalls_file,
                   "With --accept: what 'entente recalls --json' printed on the node as it was "
                   "last; applied first")
      ->type_name("FILE");
  CLI::App* stats = add(app, "stats", "stats", "What a node holds",
                        "  entente stats\n  entente stats --party AVL --json", line);
  stats->add_option("--party", line.party, "Count what this party sees, too")->type_name("CODE");
}

void add_recall(CLI::App& app, CommandLine& line) {
  CLI::App* recall = add(
      app, "recall", "recall", "Take an object back: erase every version of it from this node",
      "  entente recall report--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL --reason 'names a "
      "source'\n"
      "Only the party that created it recalls it; of what names no creator, each submitter its "
      "own. "
      "The same\n"
      "bytes are not taken in again. Backups made before are listed: they still hold it.",
      line);
  recall->add_option("ID", line.id, "STIX id")->required();
  recall->add_option("--as", line.party, "The party that recalls")->type_name("CODE")->required();
  recall->add_option("--reason", line.reason, "Why; kept and shown")->type_name("TEXT")->required();
  add(app, "recalls", "recalls", "List what was recalled",
      "  entente recalls --json > recalls.json    # for restore --accept --recalls", line);
  CLI::App* audit = add(app, "audit", "audit", "Print what a party's principals did, one line each",
                        "  entente audit --party AVL --since 2026-01-01 > avl.jsonl\n"
                        "  entente verify audit avl.jsonl\n"
                        "The lines are those of GET /api/v1/audit, byte for byte.",
                        line);
  add_party(audit, line);
  audit->add_option("--since", line.since, "From then on: a date, or an instant (RFC 3339)")
      ->type_name("DATE");
}

}  // namespace

CLI::App* add(CLI::App& parent, const std::string& word, const std::string& name,
              const std::string& what, const std::string& examples, CommandLine& line) {
  CLI::App* command = parent.add_subcommand(word, what);
  command->footer("Examples:\n" + examples);
  command->add_option("--data", line.data, "Data directory of the node")
      ->envname("ENTENTE_DATA")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_flag("--json", line.json, "Print JSON, for scripts");
  // A command's own commands come first.
  command->callback([&line, name] {
    if (line.command.empty()) line.command = name;
  });
  return command;
}

void add_clock(CLI::App& app, CommandLine& line) {
  CLI::App* clock = add(
      app, "clock", "clock", "Show the node's time, and what it holds of the machine's clock",
      "  entente clock\n"
      "  entente clock accept\n"
      "  ENTENTE_NOW=2023-05-04T00:00:00Z entente clock    # for tests: any command, at that time\n"
      "Who may read what depends on the time (embargoes, memberships), so the node's time never "
      "goes back, and\n"
      "a machine's clock that leaps more than a day ahead of the time that has passed is not "
      "believed: the node\n"
      "goes on at its own pace until you say 'accept' or the clock is put right. Accept it only "
      "if it is right:\n"
      "time cannot be turned back. A running server keeps its own time, whatever ENTENTE_NOW says.",
      line);
  clock->add_option("accept", line.on_off, "accept: believe the machine's clock as it is now")
      ->check(CLI::IsMember({"accept"}));
}

static void add_all(CLI::App& app, CommandLine& line) {
  add_init(app, line);
  add_serve(app, line);
  add_import(app, line);
  add_watching(app, line);
  add_content(app, line);
  add_explanations(app, line);
  add_parties(app, line);
  add_groups(app, line);
  add_collections(app, line);
  add_keys(app, line);
  add_signing_keys(app, line);
  add_release(app, line);
  add_labels(app, line);
  add_clearances(app, line);
  add_authorities(app, line);
  add_clock(app, line);
  add_patterns(app, line);
  add_upkeep(app, line);
  add_recall(app, line);
  add_ownership(app, line);
  add_screening(app, line);
  add_procedures(app, line);
}

Parsed parse_command_line(int argc, char** argv) {
  Parsed parsed;
  CommandLine& line = parsed.line;
  line.data = "./data";
  CLI::App app(
      "entente: exchange what you know with those you choose. A node takes in STIX 2.1, keeps it, "
      "and shows each\n"
      "party exactly what was released to it, over TAXII 2.1 and an API.",
      "entente");
  app.set_version_flag("--version", "entente " ENTENTE_VERSION);
  app.require_subcommand(1);
  app.footer(kExitCodes);
  // What scripts run again and again is not kept waiting for the options of all other commands.
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "match" || first == "pattern") {
    add_patterns(app, line);
  } else {
    add_all(app, line);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);  // prints help, version or what is wrong
    parsed.exit_code = code == 0 ? kExitDone : kExitFailed;
  }
  while (line.data.size() > 1 && line.data.ends_with('/')) line.data.pop_back();
  return parsed;
}

}  // namespace entente::app
