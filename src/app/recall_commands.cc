// Commands that take objects back, and the audit log as a party sees it.
#include <fmt/format.h>

#include "app/commands.h"
#include "base/text.h"

namespace entente::app {
namespace {

// Backups that were begun before an instant: they may hold what was recalled then.
std::string backups_before(const exchange::State& state, int64_t at_ms) {
  JsonList out;
  for (const exchange::BackupMade& one : *state.backups) {
    if (one.first_ms > at_ms) continue;
    out.add_raw(JsonObject()
                    .add("place", one.place)
                    .add("first", format_time_ms(one.first_ms))
                    .add("last", format_time_ms(one.last_ms))
                    .text());
  }
  return out.text();
}

Result<Outcome> recall(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const std::string id = request.text("id");
  const auto report = desk.node.recall(who, id, request.text("reason"));
  AuditLine line;
  const std::string party = request.text("party");
  line.party = party;
  line.by = "operator";
  line.action = "recall";
  line.object = id;
  if (report) line.count = report->records;
  line.status = report ? 200 : http_status_of(report.error().code);
  desk.audit.add(line);
  TRY(report);
  return Outcome{JsonObject()
                     .add("id", report->id)
                     .add_number("records", report->records)
                     .add_number("erased_bytes", report->erased_bytes)
                     .add("at", format_time_ms(report->tick_ms))
                     .add_raw("backups", backups_before(*desk.node.state(), report->tick_ms))
                     .text()};
}

// With "record", what restore --accept takes.
Result<Outcome> recalls(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const exchange::Recall& one : *state->recalls) {
    const release::Party* party = state->directory->party(one.party);
    list.add_raw(JsonObject()
                     .add("id", one.id)
                     .add("party", party != nullptr ? party->code : std::string())
                     .add("at", format_time_ms(one.tick_ms))
                     .add("reason", one.reason)
                     .add_number("records", one.records.size())
                     .add_flag("erased", one.is_done)
                     .add_raw("record", exchange::encode_recall(one))
                     .text());
  }
  return Outcome{
      JsonObject().add("node", desk.node.fingerprint()).add_raw("recalls", list.text()).text()};
}

Result<Outcome> audit(Desk& desk, const Fields& request) {
  TRY(party_of(desk, request));
  AuditQuery query;
  query.party = request.text("party");
  query.after = request.text("after");
  if (const std::string since = request.text("since"); !since.empty()) {
    const auto us = parse_instant_us(since);
    if (!us)
      return fail(Code::kInvalid,
                  fmt::format("--since: '{}' is neither a date nor an instant", since));
    query.since_us = *us;
  }
  const std::string page = TRY(desk.audit.page(query));
  return Outcome{page};
}

}  // namespace

Command recall_command(std::string_view name) {
  if (name == "recall") return recall;
  if (name == "recalls") return recalls;
  if (name == "audit") return audit;
  return nullptr;
}

}  // namespace entente::app
