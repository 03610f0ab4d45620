// The stories: an intrusion, an influence operation, a purchase under screening, a launch without
// notice. Relations are those that the standard names for their two ends. [stix21 Appendix B]
#include <string>

#include "app/demo_builder.h"

namespace entente::app {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string granular(std::string_view tlp, std::string_view selector) {
  return "[" +
         Members().text("marking_ref", tlp).list("selectors", {std::string(selector)}).object() +
         "]";
}

std::string reference(DemoBuilder& builder, size_t number) {
  Members fields = Members()
                       .text("source_name", "accord-desk")
                       .text("description", builder.say(Topic::kGrouping, "accord"));
  return "[" + fields.text("external_id", "ACC-2024-" + std::to_string(1'000 + number)).object() +
         "]";
}

// The campaign's name and description in two further languages. [stix21 7.1]
void translate(DemoBuilder& builder, const Added& object, const Phrase& phrase, size_t name_index) {
  Members contents;
  const size_t own = static_cast<size_t>(builder.scene().language);
  for (const size_t step : {size_t{1}, size_t{3}}) {
    const Language other = static_cast<Language>((own + step) % kLanguageCount);
    const std::string name = name_in(other, name_index);
    contents.raw(
        tag_of(other),
        Members().text("name", name).text("description", fill(phrase, other, name)).object());
  }
  Members fields = Members().text("object_ref", object.id).text("object_modified", object.modified);
  builder.add({.type = "language-content",
               .fields = fields.raw("contents", contents.object()),
               .id = {},
               .in_language = false});
}

std::string add_indicator(DemoBuilder& builder, std::string_view name, const std::string& pattern,
                          bool revoked) {
  Members fields;
  fields.text("name", builder.say(Topic::kIndicator, name))
      .list("indicator_types", {"malicious-activity"});
  fields.text("pattern", pattern).text("pattern_type", "stix").text("pattern_version", "2.1");
  fields.text("valid_from", builder.time_after(0))
      .text("valid_until", builder.time_after(60 * 24 * 90));
  fields.raw("kill_chain_phases",
             R"([{"kill_chain_name":"lockheed-martin-cyber-kill-chain","phase_name":"delivery"}])");
  return builder
      .add({.type = "indicator",
            .fields = fields,
            .id = {},
            .versions = revoked ? 2U : 1U,
            .revoked = revoked})
      .id;
}

Ids add_indicators(DemoBuilder& builder, const DemoTraces& traces, std::string_view name,
                   size_t number) {
  const std::string address = "[ipv4-addr:value = " + quoted(traces.address_text) + "]";
  const std::string domain = "[domain-name:value = " + quoted(traces.domain_name) + "]";
  const std::string patterns[] = {
      address + " FOLLOWEDBY " + domain + " WITHIN 600 SECONDS",
      "[file:hashes.'SHA-256' = " + quoted(traces.file_hash) + "]",
      "[url:value = " + quoted(traces.url_text) + " OR domain-name:value LIKE " +
          quoted("%." + traces.domain_name) + "]",
      "[email-message:subject = " + quoted(traces.subject) +
          " AND email-message:is_multipart = true]",
      "([network-traffic:dst_port = 80 AND network-traffic:dst_ref.value = " +
          quoted(traces.domain_name) +
          "] AND [ipv4-addr:value ISSUBSET '198.18.0.0/15']) REPEATS 3 TIMES",
      "[windows-registry-key:key MATCHES " +
          quoted("^HKEY_LOCAL_MACHINE\\\\Software\\\\Example\\\\[0-9a-f]{6}$") + "]",
  };
  Ids indicators;
  for (size_t i = 0; i < 4; ++i) {
    const size_t which = (number + i) % std::size(patterns);
    indicators.push_back(add_indicator(builder, name, patterns[which], i == 0 && number % 3 == 0));
  }
  return indicators;
}

struct Weapon {
  Added malware;
  std::string infrastructure, vulnerability;
};

Weapon add_weapon(DemoBuilder& builder, const DemoCatalogue& catalogue, const DemoTraces& traces,
                  std::string_view name, size_t number) {
  Weapon weapon;
  Members malware =
      Members().text("name", name).text("description", builder.say(Topic::kMalware, name));
  malware.list(
      "malware_types",
      {std::string(builder.any_of({"backdoor", "dropper", "remote-access-trojan", "spyware"}))});
  malware.raw("is_family", "false")
      .list("sample_refs", {traces.file})
      .list("implementation_languages", {"c", "go"});
  malware.list("operating_system_refs", {catalogue.software[0]})
      .list("architecture_execution_envs", {"x86-64"});
  malware.text("first_seen", builder.time_after(-9'000)).text("last_seen", builder.time_after(-60));
  const std::string hidden = number % 2 == 0 ? granular(demo_tlp()[4].id, "sample_refs") : "";
  weapon.malware =
      builder.add({.type = "malware", .fields = malware, .id = {}, .granular = hidden});

  Members analysis = Members()
                         .text("product", "accord-sandbox")
                         .text("version", "3.1")
                         .text("result", "malicious");
  analysis.text("host_vm_ref", catalogue.software[1])
      .text("operating_system_ref", catalogue.software[0]);
  analysis.text("analysis_started", builder.time_after(-90))
      .text("analysis_ended", builder.time_after(-80));
  analysis.text("sample_ref", traces.file).list("analysis_sco_refs", {traces.mutex, traces.key});
  const std::string id =
      builder.add({.type = "malware-analysis", .fields = analysis, .id = {}, .in_language = false})
          .id;
  builder.relate(id, number % 2 == 0 ? "dynamic-analysis-of" : "static-analysis-of",
                 weapon.malware.id);

  Members infrastructure =
      Members().text("name", name).text("description", builder.say(Topic::kInfrastructure, name));
  infrastructure.list(
      "infrastructure_types",
      {std::string(builder.any_of({"command-and-control", "phishing", "staging"}))});
  weapon.infrastructure =
      builder.add({.type = "infrastructure", .fields = infrastructure, .id = {}}).id;
  builder.relate(weapon.infrastructure, "consists-of", traces.address);
  builder.relate(weapon.malware.id, "communicates-with", traces.domain);

  Members vulnerability = Members().text("name", "ACC-2024-" + std::to_string(1'000 + number));
  vulnerability.text("description", builder.say(Topic::kVulnerability, name))
      .raw("external_references", reference(builder, number));
  weapon.vulnerability = builder
                             .add({.type = "vulnerability",
                                   .fields = vulnerability,
                                   .id = {},
                                   .versions = 1 + unsigned(number % 3)})
                             .id;
  builder.relate(weapon.malware.id, "exploits", weapon.vulnerability);
  return weapon;
}

std::string add_sighting(DemoBuilder& builder, const DemoCatalogue& catalogue,
                         const std::string& indicator, const Ids& seen) {
  Members observed = Members()
                         .text("first_observed", builder.time_after(-300))
                         .text("last_observed", builder.time_after(-240));
  observed.number("number_observed", static_cast<int64_t>(1 + builder.below(40)))
      .list("object_refs", seen);
  const std::string data =
      builder.add({.type = "observed-data", .fields = observed, .id = {}, .in_language = false}).id;
  builder.relate(indicator, "based-on", data);
  Members sighting = Members()
                         .text("first_seen", builder.time_after(-300))
                         .text("last_seen", builder.time_after(-240));
  sighting.number("count", static_cast<int64_t>(1 + builder.below(40)))
      .text("sighting_of_ref", indicator);
  sighting.list("observed_data_refs", {data})
      .list("where_sighted_refs", {builder.own_identity(), builder.any_of(catalogue.locations)});
  return builder
      .add({.type = "sighting",
            .fields = sighting.raw("summary", "false"),
            .id = {},
            .in_language = false})
      .id;
}

// What an office writes about a story: report, working set, note, opinion.
void add_papers(DemoBuilder& builder, const DemoCatalogue& catalogue, std::string_view name,
                std::string_view title, std::string_view about, std::string_view report_type,
                const Ids& objects, size_t number) {
  Members report = Members()
                       .text("name", title)
                       .text("description", about)
                       .list("report_types", {std::string(report_type)});
  report.text("published", builder.time_after(120)).list("object_refs", objects);
  report.raw("external_references", reference(builder, number));
  const Members handling = Members()
                               .text("extension_type", "property-extension")
                               .text("handled_by", "desk 3")
                               .text("handled_until", builder.time_after(60 * 24 * 45));
  report.raw("extensions", Members().raw(catalogue.extension, handling.object()).object());
  const std::string hidden = number % 4 == 0 ? granular(demo_tlp()[3].id, "description") : "";
  const std::string id = builder
                             .add({.type = "report",
                                   .fields = report,
                                   .id = {},
                                   .granular = hidden,
                                   .versions = 1 + unsigned(number % 2)})
                             .id;

  Members grouping = Members()
                         .text("name", builder.say(Topic::kGrouping, name))
                         .text("context", "suspicious-activity");
  builder.add({.type = "grouping", .fields = grouping.list("object_refs", objects), .id = {}});
  Members note = Members().text("abstract", name).text("content", builder.say(Topic::kNote, name));
  builder.add({.type = "note",
               .fields = note.list("authors", {"Desk 3"}).list("object_refs", {id}),
               .id = {}});
  Members opinion = Members().text("explanation", builder.say(Topic::kOpinion, name));
  opinion.text("opinion", builder.any_of({"disagree", "neutral", "agree", "strongly-agree"}))
      .list("object_refs", {id});
  builder.add({.type = "opinion", .fields = opinion, .id = {}});
}

Added add_campaign(DemoBuilder& builder, const DemoCatalogue& catalogue, const Phrase& phrase,
                   size_t name_index, unsigned versions) {
  const Language language = builder.scene().language;
  const std::string name = name_in(language, name_index);
  Members fields = Members().text("name", name).text("description", fill(phrase, language, name));
  fields.list("aliases", {name_in(Language::kEnglish, name_index + 7),
                          name_in(Language::kJapanese, name_index + 7)});
  fields.text("first_seen", builder.time_after(-20'000))
      .text("last_seen", builder.time_after(-30))
      .text("objective", "access");
  const Added campaign =
      builder.add({.type = "campaign", .fields = fields, .id = {}, .versions = versions});
  translate(builder, campaign, phrase, name_index);
  builder.relate(campaign.id, "attributed-to", builder.any_of(catalogue.intrusion_sets));
  builder.relate(campaign.id, "targets", builder.any_of(catalogue.sectors));
  builder.relate(campaign.id, "targets", builder.any_of(catalogue.locations));
  builder.relate(campaign.id, "uses", builder.any_of(catalogue.attack_patterns));
  return campaign;
}

}  // namespace

void add_intrusion(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number) {
  const size_t name_index = builder.below(kNameCount);
  const std::string name = name_in(builder.scene().language, name_index);
  const DemoTraces traces = add_traces(builder, name);
  const Added campaign = add_campaign(builder, catalogue, builder.phrase(Topic::kCampaign),
                                      name_index, 1 + unsigned(number % 3));
  const Weapon weapon = add_weapon(builder, catalogue, traces, name, number);
  builder.relate(campaign.id, "uses", weapon.malware.id);
  builder.relate(campaign.id, "uses", weapon.infrastructure);
  builder.relate(campaign.id, "uses", builder.any_of(catalogue.tools));
  const Ids indicators = add_indicators(builder, traces, name, number);
  for (const std::string& indicator : indicators)
    builder.relate(indicator, "indicates", weapon.malware.id);
  builder.relate(builder.any_of(catalogue.measures), "mitigates", weapon.vulnerability);
  const std::string sighting = add_sighting(builder, catalogue, indicators[0], traces.all());
  const Members incident =
      Members().text("name", name).text("description", builder.say(Topic::kIncident, name));
  const std::string loss = builder.add({.type = "incident", .fields = incident, .id = {}}).id;
  builder.relate(loss, "related-to", campaign.id);
  Ids objects = indicators;
  objects.insert(objects.end(), {campaign.id, weapon.malware.id, weapon.infrastructure,
                                 weapon.vulnerability, sighting, loss});
  add_papers(builder, catalogue, name, builder.say(Topic::kReportTitle, name),
             builder.say(Topic::kReport, name), "campaign", objects, number);
}

void add_influence(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number) {
  const size_t name_index = builder.below(kNameCount);
  const std::string name = name_in(builder.scene().language, name_index);
  const Added campaign = add_campaign(builder, catalogue, builder.phrase(Topic::kNarrative),
                                      name_index, 1 + unsigned(number % 2));
  Ids accounts;
  for (size_t i = 0; i < 5; ++i) {
    Members account = Members().text("user_id", builder.hex(10));
    account.text("account_login", "reader" + builder.hex(5)).text("display_name", name);
    accounts.push_back(builder.observe(
        "user-account", account.text("account_created", builder.time_after(-9'999))));
  }
  const std::string letter = "https://letters.example/" + builder.hex(8);
  accounts.push_back(builder.observe("url", Members().text("value", letter)));
  const std::string indicator =
      add_indicator(builder, name, "[url:value = " + quoted(letter) + "]", number % 2 == 0);
  builder.relate(indicator, "indicates", campaign.id);
  const std::string sighting = add_sighting(builder, catalogue, indicator, accounts);
  add_papers(builder, catalogue, name, builder.say(Topic::kReportTitle, name),
             builder.say(Topic::kReport, name), "campaign", {campaign.id, indicator, sighting},
             number);
}

void add_purchase(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number) {
  const std::string name = name_in(builder.scene().language, builder.below(kNameCount));
  Ids companies;
  for (const std::string_view suffix : {" Holding", " Trade", " Terminals"}) {
    Members company =
        Members().text("name", name + std::string(suffix)).text("identity_class", "organization");
    companies.push_back(builder
                            .add({.type = "identity",
                                  .fields = company.list("sectors", {"transportation"}),
                                  .id = {}})
                            .id);
    builder.relate(companies.back(), "located-at", builder.any_of(catalogue.locations));
  }
  builder.relate(companies[0], "related-to", companies[1]);
  builder.relate(companies[1], "related-to", companies[2]);
  add_papers(builder, catalogue, name, builder.say(Topic::kPurchaseTitle, name),
             builder.say(Topic::kPurchase, name), "identity", companies, number);
}

void add_launch(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number) {
  const std::string name = name_in(builder.scene().language, builder.below(kNameCount));
  Members place =
      Members().text("name", name).number("latitude", static_cast<int64_t>(builder.below(60)));
  place.number("longitude", static_cast<int64_t>(builder.below(170))).number("precision", 20'000);
  const std::string area = builder.add({.type = "location", .fields = place, .id = {}}).id;
  const std::string title = builder.say(Topic::kLaunchTitle, name);
  const Members fields =
      Members().text("name", title).text("description", builder.say(Topic::kLaunch, name));
  const std::string launch =
      builder.add({.type = "incident", .fields = fields, .id = {}, .versions = 3}).id;
  builder.relate(launch, "related-to", area);
  add_papers(builder, catalogue, name, title, builder.say(Topic::kLaunch, name), "threat-report",
             {launch, area}, number);
}

}  // namespace entente::app
