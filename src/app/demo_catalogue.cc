// The catalogue: ways of attack, measures, tools, sectors, places, actors. The headquarters
// publishes what is common knowledge to the collection `open`; actors and intrusion sets are for
// the alliance.
#include <array>

#include "app/demo_builder.h"

namespace entente::app {
namespace {

struct Entry {
  std::string_view name;
  std::string_view about;
  std::string_view word;  // of the vocabulary that fits the type
};

constexpr Entry kAttackPatterns[] = {
    {"Tailored mail", "A message written for one reader carries a document that loads code.",
     "delivery"},
    {"Stolen session", "A copied session token opens a service without a password.",
     "exploitation"},
    {"Unattended router", "A device without updates becomes a relay.", "reconnaissance"},
    {"Supplier update", "The update of a small supplier is replaced at its source.", "delivery"},
    {"Two-day sleep", "Code waits until logs of its arrival are gone.", "installation"},
    {"Documents in pictures", "Files leave the network inside images.", "actions-on-objectives"},
    {"Mailbox copy", "A forwarding rule copies a mailbox message by message.",
     "actions-on-objectives"},
    {"Forged letter", "A letter of an authority is imitated and spread.", "delivery"},
    {"Accounts in step", "Accounts that look independent publish the same text at the same time.",
     "delivery"},
    {"Borrowed certificate", "Code is signed with a certificate that belongs to somebody else.",
     "weaponization"},
};

constexpr Entry kMeasures[] = {
    {"Turn forwarding rules off", "Refuse rules that send mail outside, and list those that exist.",
     ""},
    {"Replace old routers", "Take devices without updates out of service.", ""},
    {"Bind sessions to devices", "A token that moves to another device loses its value.", ""},
    {"Answer forged letters early", "Publish the original and the differences within hours.", ""},
    {"Pin suppliers' keys", "Install updates only if a known key has signed them.", ""},
    {"Look for sleepers", "Search start-up entries that are older than their log.", ""},
};

constexpr Entry kTools[] = {
    {"portlist", "Lists open ports; used by administrators and by others.",
     "vulnerability-scanning"},
    {"farshell", "Remote shell of administrators.", "remote-access"},
    {"mailpump", "Copies mailboxes over the standard protocol.", "information-gathering"},
    {"hashturn", "Tries passwords against stored digests.", "credential-exploitation"},
};

constexpr Entry kSectors[] = {
    {"Ports", "Operators of sea ports", "transportation"},
    {"Power grids", "Operators of grids", "energy"},
    {"Ministries", "Ministries and their agencies", "government"},
    {"Research", "Institutes and universities", "education"},
    {"Semiconductors", "Makers of chips and of the machines for them", "technology"},
    {"Newsrooms", "Newspapers, radio, agencies", "communications"},
};

struct Place {
  std::string_view name;
  std::string_view latitude;
  std::string_view longitude;
};

constexpr Place kPlaces[] = {
    {"Avalon Bay", "48.25", "-31.5"},    {"Borealis Point", "71.0", "-12.25"},
    {"Isle of Accord", "36.5", "-42.0"}, {"Liaison Quay", "22.75", "157.5"},
    {"Northern Range", "69.5", "-20.0"}, {"Southern Shoal", "-38.25", "142.0"},
};

constexpr std::string_view kTlpExtension =
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

void add_tlp_definitions(DemoBuilder& builder) {
  for (const DemoTlp& tlp : demo_tlp()) {
    std::string upper;
    for (const char c : tlp.level)
      upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    Members fields;
    fields.text("type", "marking-definition").text("spec_version", "2.1").text("id", tlp.id);
    fields.text("created",
                tlp.is_first_edition ? "2017-01-20T00:00:00.000Z" : "2022-10-01T00:00:00.000Z");
    fields.text("name", "TLP:" + upper);
    if (tlp.is_first_edition) {
      fields.text("definition_type", "tlp")
          .raw("definition", Members().text("tlp", tlp.level).object());
    } else {
      const Members level =
          Members().text("extension_type", "property-extension").text("tlp_2_0", tlp.level);
      fields.raw("extensions", Members().raw(kTlpExtension, level.object()).object());
    }
    builder.add_raw(fields.object());
  }
}

std::string add_statement(DemoBuilder& builder) {
  Members fields;
  fields.text("name", "Fiction").text("definition_type", "statement");
  fields.raw("definition",
             Members().text("statement", "Demonstration data: nothing in it is real.").object());
  return builder
      .add({.type = "marking-definition", .fields = fields, .id = {}, .in_language = false})
      .id;
}

std::string add_extension(DemoBuilder& builder) {
  Members fields;
  fields.text("name", "Handling").text("description", "Adds who handles an object and until when.");
  fields.text("schema", "https://accord.example/schemas/handling.json").text("version", "1.0.0");
  fields.list("extension_types", {"property-extension"});
  return builder
      .add({.type = "extension-definition", .fields = fields, .id = {}, .in_language = false})
      .id;
}

// Each party says who it is and makes the statement that it marks with.
void add_parties(DemoBuilder& builder, DemoCatalogue* out) {
  const Scene scene = builder.scene();
  for (size_t party = 0; party < kDemoPartyCount; ++party) {
    Scene own = scene;
    own.party = party;
    own.collection = party == 0 ? "open" : "alliance";
    builder.enter(own);
    Members fields;
    fields.text("name", demo_parties()[party].name).text("identity_class", "organization");
    fields.list("sectors", {"government"});
    fields.text("contact_information", "desk@" +
                                           std::string(party == 0   ? "accord"
                                                       : party == 3 ? "liaison"
                                                                    : "cert") +
                                           ".example");
    builder.add({.type = "identity", .fields = fields, .id = builder.identity(party)});
    out->statements.push_back(add_statement(builder));
  }
  builder.enter(scene);
}

void add_common_knowledge(DemoBuilder& builder, DemoCatalogue* out) {
  for (const Entry& entry : kAttackPatterns) {
    Members fields;
    fields.text("name", entry.name).text("description", entry.about);
    const Members phase = Members()
                              .text("kill_chain_name", "lockheed-martin-cyber-kill-chain")
                              .text("phase_name", entry.word);
    fields.raw("kill_chain_phases", "[" + phase.object() + "]");
    out->attack_patterns.push_back(
        builder.add({.type = "attack-pattern", .fields = fields, .id = {}}).id);
  }
  for (const Entry& entry : kMeasures) {
    const Members fields = Members().text("name", entry.name).text("description", entry.about);
    out->measures.push_back(
        builder.add({.type = "course-of-action", .fields = fields, .id = {}}).id);
    builder.relate(out->measures.back(), "mitigates", builder.any_of(out->attack_patterns));
  }
  for (const Entry& entry : kTools) {
    Members fields;
    fields.text("name", entry.name)
        .text("description", entry.about)
        .list("tool_types", {std::string(entry.word)});
    fields.text("tool_version", "2." + std::to_string(builder.below(9)));
    out->tools.push_back(
        builder.add({.type = "tool", .fields = fields, .id = {}, .versions = 2}).id);
  }
  for (const Entry& entry : kSectors) {
    Members fields;
    fields.text("name", entry.name)
        .text("description", entry.about)
        .text("identity_class", "class");
    fields.list("sectors", {std::string(entry.word)});
    out->sectors.push_back(builder.add({.type = "identity", .fields = fields, .id = {}}).id);
  }
  for (const Place& place : kPlaces) {
    Members fields;
    fields.text("name", place.name)
        .raw("latitude", place.latitude)
        .raw("longitude", place.longitude);
    out->locations.push_back(builder.add({.type = "location", .fields = fields, .id = {}}).id);
  }
  for (const std::string_view name : {"Accord Desktop", "Harbour Gateway", "Quiet Mail"}) {
    Members fields;
    fields.text("name", name)
        .text("vendor", "Example Works")
        .text("version", "11." + std::to_string(builder.below(9)));
    out->software.push_back(builder.observe("software", fields.list("languages", {"en", "ja"})));
  }
}

void add_actors(DemoBuilder& builder, DemoCatalogue* out) {
  for (size_t i = 0; i < 6; ++i) {
    Scene scene = builder.scene();
    scene.language = static_cast<Language>(i % kLanguageCount);
    builder.enter(scene);
    const size_t number = builder.below(kNameCount);
    const std::string name = name_in(scene.language, number);
    Members actor;
    actor.text("name", name).text("description", builder.say(Topic::kActor, name));
    actor.list("threat_actor_types",
               {std::string(builder.any_of({"crime-syndicate", "spy", "hacker"}))});
    actor.list("aliases", {name_in(Language::kEnglish, number + 1)}).list("roles", {"agent"});
    actor.text("sophistication", builder.any_of({"intermediate", "advanced", "expert"}));
    actor.text("resource_level", "organization").text("primary_motivation", "organizational-gain");
    out->actors.push_back(builder.add({.type = "threat-actor", .fields = actor, .id = {}}).id);
    Members set;
    set.text("name", name + " " + std::to_string(i + 1))
        .text("description", builder.say(Topic::kIntrusionSet, name));
    set.text("first_seen", "2023-03-01T00:00:00Z").list("goals", {"access", "resale"});
    set.text("resource_level", "team").text("primary_motivation", "personal-gain");
    out->intrusion_sets.push_back(
        builder.add({.type = "intrusion-set", .fields = set, .id = {}}).id);
    builder.relate(out->intrusion_sets.back(), "attributed-to", out->actors.back());
    builder.relate(out->actors.back(), "located-at", builder.any_of(out->locations));
  }
}

}  // namespace

DemoCatalogue add_catalogue(DemoBuilder& builder) {
  DemoCatalogue catalogue;
  const std::string clear(demo_tlp()[0].id), green(demo_tlp()[1].id);
  builder.enter({.party = 0, .collection = "open", .marks = {}});
  add_tlp_definitions(builder);
  builder.enter({.party = 0, .collection = "open", .marks = {clear}});
  add_parties(builder, &catalogue);
  catalogue.extension = add_extension(builder);
  add_common_knowledge(builder, &catalogue);
  builder.enter({.party = 0, .collection = "alliance", .marks = {green}});
  add_actors(builder, &catalogue);
  return catalogue;
}

}  // namespace entente::app
