// Reading changes nothing: that a text has arrived is said by an act of its own, `receive`.
#include "api/procedures.h"

#include <fmt/format.h>

#include "base/text.h"
#include "desk/docket.h"
#include "desk/procedure/limits.h"
#include "desk/views.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::api {
namespace {

constexpr std::string_view kJson = "application/json";

Result<procedure::Record> record_of(std::string_view body) {
  const std::string text = json::padded(body);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, body.size()), &document) ||
      !document.root().is_object())
    return fail(Code::kInvalid, "the body is not a JSON object");
  procedure::Record record;
  const std::pair<std::string_view, std::string*> texts[] = {
      {"act", &record.act}, {"reason", &record.reason}, {"text", &record.text}};
  for (const auto& [name, into] : texts) {
    const auto value = document.root().find(name);
    if (value && value->is_string()) *into = value->text();
  }
  if (record.reason.size() > procedure::limits::kReasonBytesMax ||
      record.text.size() > procedure::limits::kTextBytesMax)
    return fail(Code::kTooLarge, "the reason or the text is too long");
  if (const auto until = document.root().find("until"); until && until->is_string()) {
    const std::string written = until->text();
    const auto at = stix::parse_timestamp(written);
    if (!at) return fail(Code::kInvalid, "until is a timestamp such as 2026-01-01T00:00:00Z");
    record.until_ms = at->ns / 1'000'000;
  }
  return record;
}

Result<std::string> act(desk::Docket& docket, const exchange::Principal& who,
                        const ProcedureCall& call) {
  if (!release::may_write(who.role))
    return fail(Code::kForbidden, "this key's role does not write");
  const procedure::Record record = TRY(record_of(call.body));
  if (call.dry_run) {
    const auto verdict = TRY(docket.try_act(call.procedure, record));
    return fmt::format(R"({{"id":{},"act":{},"verdict":"{}"}})", json_quote(call.procedure),
                       json_quote(record.act), procedure::name_of(verdict));
  }
  const desk::Taken taken = TRY(docket.act(call.procedure, record));
  return fmt::format(R"({{"id":{},"record":{},"act":{},"at":"{}","verdict":"{}"}})",
                     json_quote(call.procedure), json_quote(taken.record), json_quote(record.act),
                     format_time_ms(taken.at_ms), procedure::name_of(taken.verdict));
}

}  // namespace

std::vector<Route> procedure_routes() {
  return {
      {"GET",
       "/api/v1/todo",
       "todo",
       "What the caller's party is to do by when, and waits for",
       {},
       "",
       kJson},
      {"GET",
       "/api/v1/procedures",
       "procedures",
       "The procedures of the caller's world",
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
       "{\"act\":...,\"reason\":...,\"text\":...,\"until\":...}",
       {{"dry_run", "true: say what it would count as, and record nothing",
         R"({"type":"boolean"})"}},
       kJson,
       kJson},
  };
}

bool is_procedure_operation(std::string_view operation) {
  return operation == "todo" || operation.starts_with("procedure");
}

Result<std::string> answer_procedures(exchange::Node& node, Random& random,
                                      const exchange::Principal& who, const ProcedureCall& call,
                                      release::Signer* signer) {
  desk::Docket docket(node, random, who, signer);
  if (call.operation == "todo") return desk::todo_json(docket);
  if (call.operation == "procedures")
    return "{\"procedures\":" + desk::procedures_json(docket) + "}";
  if (call.operation == "procedureAct") return act(docket, who, call);
  const auto file = TRY(docket.find(call.procedure));
  return desk::procedure_json(*file, desk::shipped_places());
}

}  // namespace entente::api
