// Instants are counted from now, so that the procedures are under way whenever the demonstration is made.
#include "app/demo_procedures.h"

#include "app/json_text.h"
#include "base/text.h"

namespace entente::app {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kEu2026FromMs = 1'831'676'400'000;  // 17 January 2028 in Brussels

constexpr std::string_view kDraft =
    "Draft decision on early warning\n"
    "\n"
    "1. The parties warn each other of an attack on a network that serves several of them within\n"
    "   one working day of its discovery.\n"
    "2. A warning names what was seen, not who was attacked.\n"
    "3. Each party names one office that can be reached at any hour.\n";

constexpr std::string_view kFiling =
    R"({"title":"Meridian Holding / Avon Port","format":["BOR","LIA"],"calendar":"EU",)"
    R"("buyer":{"name":"Meridian Holding","country":"QZ","controlled_by":["State Fund of Qazvar"]},)"
    R"("target":{"name":"Avon Port","country":"AVL"},"share":51,"price":{"amount":240000000,"currency":"EUR"},)"
    R"("instruments":["shares"],"sectors":["ports","energy storage"],)"
    R"("assets":[{"name":"Container terminal 2","critical":true},{"name":"Fuel depot","critical":true}],)"
    R"("technologies":[],"states_touched":["AVL","BOR"]})";

Result<Fields> run_as(Desk& desk, JsonObject& request) {
  const Fields fields = TRY(Fields::parse(request.text()));
  const Outcome outcome = TRY(run_command(desk, fields));
  return Fields::parse(outcome.json);
}

Result<void> act_as(Desk& desk, std::string_view party, const std::string& id, std::string_view act,
                    std::string_view reason, std::string_view clause = {}) {
  JsonObject request;
  request.add("command", "act").add("party", party).add("id", id).add("code", act);
  if (!reason.empty()) request.add("reason", reason);
  if (!clause.empty()) request.add("clause", clause);
  TRY(run_as(desk, request));
  return {};
}

Result<void> begin_silence(Desk& desk) {
  JsonObject start;
  start.add("command", "silence-start")
      .add("party", "HQ")
      .add("format", "ACCORD")
      .add("title", "Early warning")
      .add("language", "en")
      .add("until", format_time_ms(desk.node.clock().now_ms() + 3 * kDayMs))
      .add("text", kDraft);
  const Fields started = TRY(run_as(desk, start));
  const std::string id = started.text("id");
  JsonObject status;
  status.add("command", "silence-status").add("party", "AVL").add("id", id);
  TRY(run_as(desk, status));
  TRY(act_as(desk, "BOR", id, "comment", "Offices have holidays", "1"));
  return act_as(desk, "BOR", id, "request-time", "Our parliament meets on Friday");
}

Result<void> begin_case(Desk& desk) {
  const bool is_new_law = desk.node.clock().now_ms() >= kEu2026FromMs;
  JsonObject open;
  open.add("command", "case-open")
      .add("party", "AVL")
      .add("name", is_new_law ? "eu-2026-1386" : "eu-2019-452")
      .add("filing", kFiling);
  const Fields opened = TRY(run_as(desk, open));
  const std::string id = opened.text("id");
  JsonObject show;
  show.add("command", "case-show").add("party", "BOR").add("id", id);
  TRY(run_as(desk, show));
  return is_new_law ? Result<void>() : act_as(desk, "BOR", id, "intend", {});
}

}  // namespace

Result<void> begin_demo_procedures(Desk& desk) {
  TRY(begin_silence(desk));
  const Result<void> begun = begin_case(desk);
  return begun || begun.error().code == Code::kUnprocessable ? Result<void>() : begun;
}

}  // namespace entente::app
