// The options of the commands about procedures.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"
#include "app/procedure_commands.h"

namespace entente::app {
namespace {

void add_as(CLI::App* command, CommandLine& line) {
  command->add_option("--as", line.party, "The party that acts or asks")
      ->type_name("CODE")
      ->required();
}

void add_id(CLI::App* command, CommandLine& line) {
  command->add_option("ID", line.id, "Id of the procedure")->required();
}

void add_label(CLI::App* command, CommandLine& line) {
  command->add_option("--label", line.label, "TLP level of its objects (tlp:green)")
      ->type_name("LEVEL");
}

void add_language(CLI::App* command, CommandLine& line) {
  command->add_option("--language", line.language, "Language of the text, such as en or fr")
      ->type_name("TAG");
}

void add_silence(CLI::App& app, CommandLine& line) {
  CLI::App* silence = app.add_subcommand("silence", "Silence procedures");
  silence->require_subcommand(1);
  CLI::App* start = add(
      *silence, "start", "silence-start", "Circulate a draft under a silence procedure",
      "  entente silence start --as HQ --format NATO --until 2026-03-02T17:00:00Z --file "
      "draft.txt\n"
      "  entente silence start --as HQ --format NATO,JPN --until 2026-03-02T17:00:00Z --file -\n"
      "It is adopted at that instant if every member of the format has received the text and none "
      "has broken silence.",
      line);
  add_as(start, line);
  start->add_option("--format", line.format, "Groups and parties, separated by commas")
      ->type_name("NAME")
      ->required();
  start->add_option("--until", line.until, "The closing instant (RFC 3339)")
      ->type_name("INSTANT")
      ->required();
  start->add_option("--file", line.files, "The draft; - is standard input")
      ->type_name("FILE")
      ->expected(1)
      ->required();
  start->add_option("--title", line.title, "What it is about")->type_name("TEXT");
  add_language(start, line);
  add_label(start, line);
  CLI::App* status = add(
      *silence, "status", "silence-status",
      "Show how a silence procedure stands; records that its text has reached the party",
      "  entente silence status procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL", line);
  add_id(status, line);
  add_as(status, line);
}

// Of a case; apart, since it is for one party alone.
void add_case_access(CLI::App& one, CommandLine& line) {
  CLI::App* access = add(
      one, "access", "case-access",
      "Show who has read what about a person whom a case concerns; for the party that opened it",
      "  entente case access procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --person 'Ana Lima' "
      "--as AVL\n"
      "It shows the party's own lines of the audit log, and the receipts of others in its world.",
      line);
  add_id(access, line);
  access->add_option("--person", line.person, "STIX id, or name, of the person")
      ->type_name("ID|NAME")
      ->required();
  access->add_option("--since", line.since, "Lines from then on: a date, or an instant (RFC 3339)")
      ->type_name("DATE");
  access->add_option("--after", line.after, "Where the next page begins: `next` of the page before")
      ->type_name("CURSOR");
  add_as(access, line);
}

void add_case(CLI::App& app, CommandLine& line) {
  CLI::App* one = app.add_subcommand("case", "Screening cases");
  one->require_subcommand(1);
  CLI::App* open = add(
      *one, "open", "case-open", "Open a case under a rule pack",
      "  entente case open --as AVL --pack eu-2019-452 --file filing.json\n"
      "The filing is a JSON object, or a form in CSV (field,value); of it, these are read: title, "
      "format (groups and parties "
      "that take part),\nroles (the parties of the pack's roles) and calendar. The rest is kept "
      "as it is.",
      line);
  add_as(open, line);
  open->add_option("--pack", line.name, "Rule pack: see entente procedure list")
      ->type_name("NAME")
      ->required();
  open->add_option("--file", line.files, "The filing, JSON or CSV; - is standard input")
      ->type_name("FILE")
      ->expected(1)
      ->required();
  CLI::App* show =
      add(*one, "show", "case-show", "Show parties, phase and clocks of a case",
          "  entente case show procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL", line);
  add_id(show, line);
  add_as(show, line);
  CLI::App* risk = add(
      *one, "risk", "case-risk",
      "Show what the party's world knows of the buyer of a case, and which cases it sees about it",
      "  entente case risk procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL --json > "
      "risk.json",
      line);
  add_id(risk, line);
  add_as(risk, line);
  add_case_access(*one, line);
}

void add_open(CLI::App& procedure, CommandLine& line) {
  CLI::App* open = add(
      procedure, "open", "procedure-open", "Open a procedure under a rule pack",
      "  entente procedure open --as HQ --pack request --role addressee=AVL --until "
      "2027-03-05T12:00:00Z --file question.txt\n"
      "  entente procedure open --as HQ --pack meeting --format NATO --until 2027-03-08T09:00:00Z "
      "--file invitation.txt\n"
      "  entente procedure open --as HQ --pack commitment --format NATO --until "
      "2027-12-31T00:00:00Z --file requirement.txt",
      line);
  add_as(open, line);
  open->add_option("--pack", line.name, "Rule pack: see entente procedure list")
      ->type_name("NAME")
      ->required();
  open->add_option("--format", line.format, "Groups and parties that take part, with commas")
      ->type_name("NAME");
  open->add_option("--role", line.roles, "Parties of a role of the pack; can be said several times")
      ->type_name("ROLE=CODE,...")
      ->expected(1)
      ->take_all();
  open->add_option("--until", line.until, "The instant that a clock of the pack ends at (RFC 3339)")
      ->type_name("INSTANT");
  open->add_option("--file", line.files, "The text; - is standard input")
      ->type_name("FILE")
      ->expected(1);
  open->add_option("--title", line.title, "What it is about")->type_name("TEXT");
  add_language(open, line);
  add_label(open, line);
}

void add_act(CLI::App& app, CommandLine& line) {
  CLI::App* act =
      add(app, "act", "act", "Act in a procedure",
          "  entente act procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f break --as AVL "
          "--reason 'Article 3 goes too far'\n"
          "  entente act procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f attach --as AVL --file "
          "letter.txt --to HQ\n"
          "Every act is kept. Exit code 1 if it does not count: the verdict says why.",
          line);
  add_id(act, line);
  act->add_option("ACT", line.code, "What is done: see entente procedure show PACK")->required();
  add_as(act, line);
  act->add_option("--file", line.files, "A text that goes with it; - is standard input")
      ->type_name("FILE")
      ->expected(1);
  act->add_option("--reason", line.reason, "Why")->type_name("TEXT");
  act->add_option("--clause", line.clause, "The clause of the text that it speaks of")
      ->type_name("TEXT");
  act->add_option("--on", line.target, "The act that it answers, by its record")->type_name("ID");
  act->add_option("--object", line.objects, "Id of an object that 'attach' puts to a case")
      ->type_name("ID ...")
      ->delimiter(',');
  act->add_option("--to", line.audience,
                  "Released to these parties and groups alone; of acts that change no state")
      ->type_name("CODE ...")
      ->delimiter(',');
  add_language(act, line);
  add_label(act, line);
  add_key_file(*act, line);
  act->add_option("--until", line.until, "An instant, of acts that name one (RFC 3339)")
      ->type_name("INSTANT");
}

void add_todo(CLI::App& app, CommandLine& line) {
  CLI::App* todo =
      add(app, "todo", "todo", "Show what a party is to do by when, and what it waits for",
          "  entente todo --as AVL --json\n"
          "  entente todo --as AVL --digest --label tlp:green | mail -s 'to do' desk@avl.example",
          line);
  add_as(todo, line);
  todo->add_flag("--digest", line.digest, "As plain text, one line each");
  todo->add_option("--label", line.label,
                   "Reveal nothing that is marked higher than this TLP level, classified, or of an "
                   "exercise")
      ->type_name("LEVEL");
}

}  // namespace

void add_key_file(CLI::App& command, CommandLine& line) {
  command
      .add_option(
          "--key", line.key_file,
          "Sign with this private key (PEM) instead of the one that the node holds; it does "
          "not leave this process")
      ->type_name("FILE");
}

void add_signing_keys(CLI::App& app, CommandLine& line) {
  CLI::App* keys = app.add_subcommand("signing-key", "Keys that parties sign their acts with");
  keys->require_subcommand(1);
  CLI::App* one = add(
      *keys, "new", "signing-key-new", "Give a party a key to sign with",
      "  entente signing-key new AVL\n"
      "  openssl genpkey -algorithm ed25519 -out mine.pem\n"
      "  entente signing-key new AVL --public \"$(openssl pkey -in mine.pem -pubout)\" --name 'J. "
      "Doe'\n"
      "Without --public the node makes the key and keeps it, in DATA/keystore; a party's first is "
      "made with its first act.",
      line);
  one->add_option("CODE", line.code, "Code of the party")->required();
  one->add_option("--public", line.content, "The public half of a key that is kept elsewhere")
      ->type_name("HEX|PEM");
  one->add_option("--name", line.name, "Whose key it is")->type_name("TEXT");
  one = add(*keys, "rotate", "signing-key-rotate",
            "Make a new key for a party and end those that the node holds",
            "  entente signing-key rotate AVL\n"
            "What they signed goes on being signed.",
            line);
  one->add_option("CODE", line.code, "Code of the party")->required();
  one = add(*keys, "end", "signing-key-end", "Let a key sign nothing more",
            "  entente signing-key end 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4"
            "660c",
            line);
  one->add_option("KEY", line.id, "The key, as in: entente signing-key list")->required();
  one =
      add(*keys, "list", "signing-key-list", "List keys and since when each counts",
          "  entente signing-key list\n  entente signing-key list AVL --json > trusted.json", line);
  one->add_option("CODE", line.code, "Of this party alone");
}

void add_procedures(CLI::App& app, CommandLine& line) {
  CLI::App* procedure = app.add_subcommand("procedure", "Procedures and their rule packs");
  procedure->require_subcommand(1);
  CLI::App* list = add(*procedure, "list", "procedure-list",
                       "List the rule packs, and the procedures of a party's world",
                       "  entente procedure list\n  entente procedure list --as AVL --json", line);
  list->add_option("--as", line.party, "The party whose procedures to list")->type_name("CODE");
  CLI::App* show =
      add(*procedure, "show", "procedure-show",
          "Show every act of a procedure with its verdict, or the text of a rule pack",
          "  entente procedure show procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL\n"
          "  entente procedure show silence",
          line);
  show->add_option("ID", line.id, "Id of the procedure, or name of a rule pack")->required();
  show->add_option("--as", line.party, "The party that asks")->type_name("CODE");

  CLI::App* outcome =
      add(*procedure, "outcome", "procedure-outcome",
          "Print the outcome of a procedure as a record that anybody can verify",
          "  entente procedure outcome procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as HQ "
          "> outcome.json\n"
          "  entente verify outcome outcome.json",
          line);
  add_id(outcome, line);
  add_as(outcome, line);
  CLI::App* erase =
      add(*procedure, "erase", "procedure-erase",
          "Erase what is a party's own of a procedure whose retention has ended",
          "  entente procedure erase procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as AVL\n"
          "By recall: it goes everywhere it went. entente todo says when.",
          line);
  add_id(erase, line);
  add_as(erase, line);
  CLI::App* comments = add(
      *procedure, "comments", "procedure-comments", "Print every comment that came in one table",
      "  entente procedure comments procedure--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as HQ", line);
  add_id(comments, line);
  add_as(comments, line);

  CLI::App* check = add(
      *procedure, "check", "procedure-check",
      "Check a rule pack: walk every path that it allows; needs no node",
      "  entente procedure show silence > mine.pack && entente procedure check mine.pack\n"
      "Lists mistakes with line and column, and what is wrong on some path, with a shortest one. "
      "Exit code 1 if anything is.",
      line);
  check->add_option("FILE", line.files, "The rule pack; - is standard input")
      ->required()
      ->expected(1);

  add_open(*procedure, line);
  add_act(app, line);
  add_todo(app, line);
  add_silence(app, line);
  add_case(app, line);
}

}  // namespace entente::app
