// Who reads a procedure is shown its text: that this has arrived is recorded before the answer.
#include "api/procedures.h"

#include <fmt/format.h>

#include "base/text.h"
#include "desk/concerned.h"
#include "desk/docket.h"
#include "desk/outcome.h"
#include "desk/procedure/limits.h"
#include "desk/risk.h"
#include "desk/views.h"
#include "json/fields.h"
#include "stix/stix.h"

namespace entente::api {
namespace {

constexpr std::string_view kJson = "application/json";

Result<std::optional<release::Tlp>> level_of(const json::Fields& body) {
  const std::string written = body.text("label");
  if (written.empty()) return std::optional<release::Tlp>();
  const auto level = release::tlp_from(written);
  if (!level) return fail(Code::kInvalid, "label is a TLP level such as tlp:green");
  return level;
}

Result<procedure::Record> record_of(const json::Fields& body) {
  procedure::Record record;
  const std::pair<std::string_view, std::string*> texts[] = {
      {"act", &record.act},           {"reason", &record.reason}, {"text", &record.text},
      {"language", &record.language}, {"clause", &record.clause}, {"on", &record.target}};
  for (const auto& [name, into] : texts) *into = body.text(name);
  record.objects = body.list("objects");
  if (record.reason.size() > procedure::limits::kReasonBytesMax ||
      record.text.size() > procedure::limits::kTextBytesMax)
    return fail(Code::kTooLarge, "the reason or the text is too long");
  if (const std::string written = body.text("until"); !written.empty()) {
    const auto at = stix::parse_timestamp(written);
    if (!at) return fail(Code::kInvalid, "until is a timestamp such as 2026-01-01T00:00:00Z");
    record.until_ms = at->ns / 1'000'000;
  }
  return record;
}

Result<std::string> open(desk::Docket& docket, const exchange::Principal& who,
                         const ProcedureCall& call) {
  if (!release::may_write(who.role))
    return fail(Code::kForbidden, "this key's role does not write");
  const json::Fields body = TRY(json::Fields::parse(call.body));
  desk::Opening opening;
  opening.record = TRY(record_of(body));
  opening.pack = body.text("pack");
  opening.title = body.text("title");
  opening.calendar = body.text("calendar");
  opening.format = body.list("format");
  const auto level = TRY(level_of(body));
  opening.level = level.value_or(release::Tlp::kGreen);
  if (const auto roles = body.root().find("roles")) {
    for (const json::Member role : roles->members())
      opening.roles[role.key.text()] = json::strings_in(role.value);
  }
  if (const auto filing = body.root().find("filing"); filing && filing->is_object()) {
    opening.filing = filing->raw();
    if (opening.record.text.empty()) opening.record.text = opening.filing;
  }
  if (call.dry_run) {
    TRY(docket.try_open(opening));
    return std::string(R"({"id":null})");
  }
  const std::string id = TRY(docket.open(std::move(opening)));
  return fmt::format(R"({{"id":{}}})", json_quote(id));
}

Result<std::string> act(desk::Docket& docket, const exchange::Principal& who,
                        const ProcedureCall& call) {
  if (!release::may_write(who.role))
    return fail(Code::kForbidden, "this key's role does not write");
  const json::Fields body = TRY(json::Fields::parse(call.body));
  const procedure::Record record = TRY(record_of(body));
  desk::Terms terms{body.list("to"), {}};
  terms.level = TRY(level_of(body));
  if (call.dry_run) {
    const auto verdict = TRY(docket.try_act(call.procedure, record));
    return fmt::format(R"({{"id":{},"act":{},"verdict":"{}"}})", json_quote(call.procedure),
                       json_quote(record.act), procedure::name_of(verdict));
  }
  const desk::Taken taken = TRY(docket.act(call.procedure, record, terms));
  return fmt::format(R"({{"id":{},"record":{},"act":{},"at":"{}","verdict":"{}"}})",
                     json_quote(call.procedure), json_quote(taken.record), json_quote(record.act),
                     format_time_ms(taken.at_ms), procedure::name_of(taken.verdict));
}

std::vector<Route> case_routes() {
  return {
      {"GET",
       "/api/v1/procedures/{procedure}/risk",
       "procedureRisk",
       "What the caller's world knows of the buyer of a case: who it is like, who owns it, what it "
       "holds, whether it is in a rush, which other cases are about it",
       {},
       "",
       kJson},
      {"GET",
       "/api/v1/procedures/{procedure}/access",
       "procedureAccess",
       "Who has read what about a person whom a case concerns, as far as the party that opened it "
       "can know",
       {{"person", "STIX id, or name, of the person", R"({"type":"string"})"},
        {"since", "lines of this instant or later", R"({"type":"string","format":"date-time"})"},
        {"limit", "lines of one page at most", R"({"type":"integer","minimum":1})"},
        {"cursor", "where the next page begins, as the page before said", R"({"type":"string"})"}},
       "",
       kJson},
  };
}

}  // namespace

std::vector<Route> procedure_routes() {
  std::vector<Route> all = {
      {"GET",
       "/api/v1/todo",
       "todo",
       "What the caller's party is to do by when, and waits for",
       {{"label", "reveal nothing that is marked higher than this TLP level",
         R"({"type":"string"})"},
        {"digest", "true: as {\"digest\":text}, one line each", R"({"type":"boolean"})"}},
       "",
       kJson},
      {"GET",
       "/api/v1/procedures",
       "procedures",
       "The procedures of the caller's world",
       {},
       "",
       kJson},
      {"POST",
       "/api/v1/procedures",
       "procedureOpen",
       "Opens a procedure: "
       "{\"pack\":...,\"title\":...,\"format\":[...],\"roles\":{...},\"text\":...,"
       "\"until\":...,\"language\":...,\"label\":...,\"calendar\":...,\"filing\":{...}}",
       {{"dry_run", "true: say whether it could begin, and record nothing",
         R"({"type":"boolean"})"}},
       kJson,
       kJson},
      {"GET",
       "/api/v1/procedures/{procedure}/comments",
       "procedureComments",
       "Every comment that came in one table: clause, reason, text, what became of it",
       {},
       "",
       kJson},
      {"GET",
       "/api/v1/procedures/{procedure}",
       "procedure",
       "One procedure: parties, phase, clocks, text, every act with its verdict",
       {},
       "",
       kJson},
      {"POST",
       "/api/v1/procedures/{procedure}/acts",
       "procedureAct",
       "Records an act of the caller's party: "
       "{\"act\":...,\"reason\":...,\"text\":...,\"until\":...,\"language\":...,\"clause\":...,"
       "\"on\":...,\"objects\":[...],"
       "\"to\":[...],\"label\":...}",
       {{"dry_run", "true: say what it would count as, and record nothing",
         R"({"type":"boolean"})"}},
       kJson,
       kJson},
  };
  const std::vector<Route> of_cases = case_routes();
  all.insert(all.end(), of_cases.begin(), of_cases.end());
  return all;
}

bool is_procedure_operation(std::string_view operation) {
  return operation == "todo" || operation.starts_with("procedure");
}

Result<std::string> answer_procedures(exchange::Node& node, Random& random,
                                      const exchange::Principal& who, const ProcedureCall& call,
                                      const ProcedureTools& tools) {
  desk::Docket docket(node, random, who, tools.signer, tools.shelf);
  if (call.operation == "todo") {
    if (!call.label.empty()) {
      const auto level = release::tlp_from(call.label);
      if (!level) return fail(Code::kInvalid, "label is a TLP level such as tlp:green");
      docket.look_only_up_to(*level);
    }
    if (call.digest) return "{\"digest\":" + json_quote(desk::todo_text(docket)) + "}";
    return desk::todo_json(docket);
  }
  if (call.operation == "procedureOpen") return open(docket, who, call);
  if (call.operation == "procedures")
    return "{\"procedures\":" + desk::procedures_json(docket) + "}";
  if (call.operation == "procedureAct") return act(docket, who, call);
  auto file = TRY(docket.find(call.procedure));
  // Who is shown the text has received it, and is shown that, too.
  if (tools.served) {
    const store::Position text = docket.text_position(*file);
    tools.served(docket.view(), {&text, 1});
    docket.refresh();
    file = TRY(docket.find(call.procedure));
  }
  if (call.operation == "procedureRisk") {
    if (tools.supervision == nullptr) return fail(Code::kNotFound, "nothing is supervised here");
    return desk::risk_json(docket, *file, who, *tools.supervision);
  }
  if (call.operation == "procedureAccess")
    return desk::access_json(docket, *file, call.person, call.lines, tools.audit);
  if (call.operation == "procedureComments") return desk::comments_json(*file);
  return desk::procedure_json(docket, *file, desk::shipped_places());
}

}  // namespace entente::api
