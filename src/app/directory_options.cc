// The commands that change the directory: their options, what they are for, examples.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/command_options.h"

namespace entente::app {
namespace {

constexpr const char* kDates =
    "A date is a day (its first moment, UTC) or an instant such as 2024-03-07T12:00:00Z.";

void add_date(CLI::App* command, const std::string& option, std::string& into,
              const std::string& what) {
  command->add_option(option, into, what)->type_name("DATE");
}

void add_role(CLI::App* command, CommandLine& line) {
  command
      ->add_option("--role", line.role,
                   "What the key may do: reader, contributor (the default: reads and writes), "
                   "release-officer, expert (reads), operator")
      ->type_name("ROLE");
}

void add_codes(CLI::App* command, const std::string& option, std::vector<std::string>& into,
               const std::string& what) {
  command->add_option(option, into, what)->type_name("CODE ...")->delimiter(',');
}

}  // namespace

void add_parties(CLI::App& app, CommandLine& line) {
  CLI::App* party = app.add_subcommand("party", "Parties: organisations that own and receive");
  party->require_subcommand(1);
  CLI::App* one = add(*party, "add", "party-add", "Add a party and make its first key",
                      "  entente party add AVL --name 'Avalon National CERT'\n"
                      "The key is shown this once.",
                      line);
  one->add_option("CODE", line.code, "Short name, upper case: AVL")->required();
  one->add_option("--name", line.name, "Full name");
  one->add_option("--identity", line.identity, "Its STIX identity; made if absent")
      ->type_name("identity--UUID");
  add_role(one, line);

  one = add(*party, "rename", "party-rename",
            "Give a party another code, another name or both; it stays the same party",
            "  entente party rename AVL --code AVALON --name 'Republic of Avalon'\n"
            "Its former codes go on naming it, in labels and commands, and are never given away.",
            line);
  one->add_option("CODE", line.party, "Code of the party")->required();
  one->add_option("--code", line.code, "New code, upper case");
  one->add_option("--name", line.name, "New full name");

  one = add(*party, "split", "party-split", "From a date on, several parties take a party's place",
            "  entente party split AVL --into NORTH-AVL,SOUTH-AVL --at 2025-01-01\n"
            "The successors are added first, with `party add`. They read what the party would "
            "read; the party\n"
            "itself ends: its keys are refused from the date on. This cannot be taken back.",
            line);
  one->add_option("CODE", line.party, "Code of the party that ends")->required();
  add_codes(one, "--into", line.into, "Two parties or more that take its place");
  one->get_option("--into")->required();
  add_date(one, "--at", line.at, "From then on; without it, from now on");

  one = add(*party, "merge", "party-merge", "From a date on, one party takes the place of others",
            "  entente party merge NORTH-AVL SOUTH-AVL --into AVL-UNITED --at 2030-01-01\n"
            "The successor is added first, with `party add`, or is an old party that goes on. The "
            "others end.\n"
            "This cannot be taken back.",
            line);
  one->add_option("CODE", line.parties, "Codes of the parties that end")->required();
  one->add_option("--into", line.party, "The party that takes their place")
      ->type_name("CODE")
      ->required();
  add_date(one, "--at", line.at, "From then on; without it, from now on");

  add(*party, "list", "party-list", "List all parties, and who took whose place",
      "  entente party list", line);
}

void add_groups(CLI::App& app, CommandLine& line) {
  CLI::App* group = app.add_subcommand("group", "Groups of parties, with dated membership");
  group->require_subcommand(1);
  CLI::App* one =
      add(*group, "add", "group-add", "Add a group",
          "  entente group add NATIONS --name 'National CERTs'\n"
          "  entente group add ARCHIVE --retroactive\n"
          "Who joins an ordinary group gets what is released to it from then on; who joins a "
          "retroactive one\n"
          "gets what was released to it before, too.",
          line);
  one->add_option("CODE", line.code, "Short name, upper case")->required();
  one->add_option("--name", line.name, "Full name");
  one->add_flag("--retroactive", line.retroactive, "Those who join get the back catalogue, too");

  const std::string join_help =
      "Between two dates if need be; from the beginning of time without --from. Dates in the past "
      "are when it\n"
      "was so; members read by it from the moment of this command on, at the earliest.\n";
  for (const char* word : {"join", "member"}) {
    one = add(*group, word, "group-member", "Make a party or a group a member of a group",
              std::string("  entente group ") + word + " NATIONS AVL --from 2024-03-07\n" +
                  "  entente group " + word + " NATIONS BOR --from 2020-01-01 --to 2024-01-01\n" +
                  join_help + kDates,
              line);
    one->add_option("GROUP", line.group, "Code of the group")->required();
    one->add_option("CODE", line.member, "Code of the party or group that joins")->required();
    add_date(one, "--from", line.from, "Member from then on");
    add_date(one, "--to,--until", line.until, "Member until then, not including that moment");
  }

  one = add(*group, "leave", "group-leave", "End a membership",
            std::string("  entente group leave NATIONS BOR --until 2026-07-01\n") +
                "What it read as a member it reads no more from then on. " + kDates,
            line);
  one->add_option("GROUP", line.group, "Code of the group")->required();
  one->add_option("CODE", line.member, "Code of the party or group that leaves")->required();
  add_date(one, "--until,--at", line.until, "Member until then; without it, until now");

  one = add(*group, "retroactive", "group-retroactive",
            "Say whether those who join a group get what was released to it before",
            "  entente group retroactive NATIONS on", line);
  one->add_option("GROUP", line.group, "Code of the group")->required();
  one->add_option("on|off", line.on_off, "on: they do; off: they do not")
      ->required()
      ->check(CLI::IsMember({"on", "off"}));
  add(*group, "list", "group-list", "List all groups with their members and dates",
      "  entente group list", line);
}

void add_collections(CLI::App& app, CommandLine& line) {
  CLI::App* collection =
      app.add_subcommand("collection", "Collections: what parties share, and with whom");
  collection->require_subcommand(1);
  CLI::App* one =
      add(*collection, "add", "collection-add", "Add a collection",
          "  entente collection add threats --read NATIONS HQ --write NATIONS --default tlp:amber",
          line);
  one->add_option("ALIAS", line.alias, "Short name")->required();
  add_codes(one, "--read", line.read, "Parties and groups that may read");
  add_codes(one, "--write", line.write, "Parties and groups that may write");
  one->add_option("--default", line.default_label,
                  "Level of what comes unmarked: tlp:clear, tlp:green, tlp:amber, "
                  "tlp:amber+strict, tlp:red; without it, "
                  "what is unmarked is its sender's alone")
      ->type_name("LABEL");
  one->add_option("--title", line.title, "Title");
  one->add_option("--description", line.description, "Description");

  one = add(*collection, "readers", "collection-readers",
            "Say anew who may read a collection, from now on",
            "  entente collection readers threats --read NATIONS,HQ,LIA\n"
            "  entente collection readers threats --read      # nobody\n"
            "What is TLP:AMBER there stays with those who could read the collection when it came "
            "in and still can.",
            line);
  one->add_option("ALIAS", line.alias, "Its alias or id")->required();
  add_codes(one, "--read", line.read, "All parties and groups that may read");
  one->get_option("--read")->required()->expected(0, -1);
  add(*collection, "list", "collection-list", "List all collections", "  entente collection list",
      line);
}

void add_keys(CLI::App& app, CommandLine& line) {
  CLI::App* key = app.add_subcommand("key", "API keys");
  key->require_subcommand(1);
  CLI::App* one = add(*key, "new", "key-new", "Make a key for a party",
                      "  entente key new AVL --role reader\n"
                      "  entente key new AVL --role expert --only-collections threats,steel\n"
                      "  entente key new AVL --role expert --clearance ACCORD:CLOSED:NORTH\n"
                      "The key is shown this once. Use it as: curl -H 'Authorization: Bearer "
                      "KEY' ...\n"
                      "A key that is made narrower sees less than its party, and does not write.",
                      line);
  one->add_option("CODE", line.code, "Code of the party")->required();
  add_role(one, line);
  one->add_option("--only-collections", line.only_collections,
                  "It sees only what is in these collections")
      ->type_name("ALIAS ...")
      ->delimiter(',');
  one->add_option("--clearance", line.clearances,
                  "It is cleared for this and no more, however far its party is; can be said "
                  "several times")
      ->type_name("POLICY:LEVEL[:CAT,...]")
      ->expected(1)
      ->take_all();
  one->add_option("--exercise", line.exercise, "It sees only what belongs to this exercise")
      ->type_name("NAME");
  add(*key, "list", "key-list", "List all keys by their ids; keys themselves are not kept",
      "  entente key list", line);
  one = add(*key, "revoke", "key-revoke", "Make a key useless",
            "  entente key revoke 0f3a5b7c9d1e2f40", line);
  one->add_option("ID", line.id, "Id of the key, as in: entente key list")->required();
}

void add_clearances(CLI::App& app, CommandLine& line) {
  CLI::App* policy = app.add_subcommand("policy", "Classification policies: levels and categories");
  policy->require_subcommand(1);
  CLI::App* one =
      add(*policy, "add", "policy-add",
          "Add a policy from a JSON file, or put it in the place of "
          "the one of that name",
          "  entente policy add accord.json\n"
          "The file: "
          "{\"name\":\"ACCORD\",\"levels\":[\"OPEN\",\"CLOSED\"],\"categories\":[\"NORTH\"]}, the "
          "most open level first.\n"
          "What is classified under a policy is read by those who are cleared: entente clearance "
          "add",
          line);
  one->add_option("FILE", line.files, "The file; - is standard input")->required()->expected(1);
  add(*policy, "list", "policy-list", "List all policies", "  entente policy list", line);

  CLI::App* clearance = app.add_subcommand("clearance", "Who is cleared for what, until when");
  clearance->require_subcommand(1);
  one = add(*clearance, "add", "clearance-add", "Clear a party for a level of a policy",
            std::string("  entente clearance add AVL ACCORD:CLOSED --from 2026-01-01 --to "
                        "2028-01-01\n"
                        "  entente clearance add BOR ACCORD:CLOSED:NORTH,SOUTH\n"
                        "A clearance covers its level and those below, with the categories it "
                        "names. ") +
                kDates,
            line);
  one->add_option("CODE", line.party, "Code of the party")->required();
  one->add_option("CLEARANCE", line.clearance, "POLICY:LEVEL or POLICY:LEVEL:CATEGORY,...")
      ->type_name("POLICY:LEVEL[:CAT,...]")
      ->required();
  add_date(one, "--from", line.from, "From then on");
  add_date(one, "--to,--until", line.until, "Until then, not including that moment");

  one = add(*clearance, "end", "clearance-end", "End all clearances of a party under a policy",
            std::string("  entente clearance end AVL ACCORD --until 2026-07-01\n") + kDates, line);
  one->add_option("CODE", line.party, "Code of the party")->required();
  one->add_option("POLICY", line.policy, "Name of the policy")->required();
  add_date(one, "--until,--at", line.until, "Cleared until then; without it, until now");
  add(*clearance, "list", "clearance-list", "List all clearances with their dates",
      "  entente clearance list", line);
}

void add_authorities(CLI::App& app, CommandLine& line) {
  CLI::App* authority = app.add_subcommand(
      "authority", "Parties whose marking definitions count for everybody's objects");
  authority->require_subcommand(1);
  CLI::App* one =
      add(*authority, "add", "authority-add",
          "Let a party's marking definition count for everybody's objects",
          "  entente authority add HQ marking-definition--5cd0e29f-4a2b-4c1d-9c5c-0f5a4f6b7a10\n"
          "  entente authority add HQ marking-definition--... --content SHA-256-OF-ITS-BYTES\n"
          "  entente authority add HQ --any\n"
          "Without --content the definition has come in from that party already, and its bytes "
          "as they are in\n"
          "the node are what counts: the same id with other bytes does not.",
          line);
  one->add_option("CODE", line.party, "Code of the party")->required();
  one->add_option("MARKING", line.marking, "Id of the marking definition")
      ->type_name("marking-definition--UUID");
  one->add_option("--content", line.content, "SHA-256 of the definition's bytes, 64 hex digits")
      ->type_name("HEX");
  one->add_flag("--any", line.any, "Any marking definition of that party");

  one = add(*authority, "end", "authority-end", "Take that back, from now on",
            "  entente authority end HQ marking-definition--5cd0e29f-4a2b-4c1d-9c5c-0f5a4f6b7a10\n"
            "  entente authority end HQ --any",
            line);
  one->add_option("CODE", line.party, "Code of the party")->required();
  one->add_option("MARKING", line.marking, "Id of the marking definition")
      ->type_name("marking-definition--UUID");
  one->add_flag("--any", line.any, "What was said with --any");
  add(*authority, "list", "authority-list", "List all authorities", "  entente authority list",
      line);
}

}  // namespace entente::app
