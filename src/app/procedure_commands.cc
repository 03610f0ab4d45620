// Answers are read off one fold over the party's world (desk/docket.h).
#include "app/procedure_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/input.h"
#include "app/json_text.h"
#include "app/keystore.h"
#include "app/render.h"
#include "app/target.h"
#include "base/text.h"
#include "desk/concerned.h"
#include "desk/docket.h"
#include "desk/filing.h"
#include "desk/outcome.h"
#include "desk/procedure/check.h"
#include "desk/procedure/limits.h"
#include "desk/risk.h"
#include "desk/views.h"
#include "json/escape.h"

namespace entente::app {
namespace {

// The party at its desk, with the keys that it signs with here.
struct Seat {
  std::unique_ptr<Keystore> keys;
  desk::Docket docket;
};

Result<Seat> seat_of(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  auto keys = std::make_unique<Keystore>(desk.node, desk.files, desk.random, desk.directory);
  release::Signer* signer = keys.get();
  return Seat{std::move(keys), desk::Docket(desk.node, desk.random, who, signer, desk.shelf)};
}

Result<std::optional<int64_t>> until_of(const Fields& request) {
  const std::string text = request.text("until");
  if (text.empty()) return std::optional<int64_t>();
  const auto us = parse_instant_us(text);
  if (!us)
    return fail(Code::kInvalid,
                fmt::format("'{}' is no instant such as 2026-03-02T17:00:00Z", text));
  return std::optional(*us / 1000);
}

std::vector<std::string> codes_of(std::string_view text) {
  std::vector<std::string> out;
  std::string code;
  for (const char c : text) {
    if (c == ',' || c == '+' || c == ' ') {
      if (!code.empty()) out.push_back(std::move(code));
      code.clear();
    } else {
      code += c;
    }
  }
  if (!code.empty()) out.push_back(std::move(code));
  return out;
}

Result<std::optional<release::Tlp>> level_of(const Fields& request) {
  const std::string text = request.text("label");
  if (text.empty()) return std::optional<release::Tlp>();
  const auto level = release::tlp_from(text);
  if (!level) return fail(Code::kInvalid, fmt::format("'{}' is no TLP level", text));
  return level;
}

// What openings under any pack have in common.
Result<desk::Opening> opening_of(const Fields& request) {
  desk::Opening opening;
  opening.title = request.text("title");
  opening.format = codes_of(request.text("format"));
  opening.record.text = request.text("text");
  opening.record.until_ms = TRY(until_of(request));
  opening.record.language = request.text("language");
  const auto level = TRY(level_of(request));
  opening.level = level.value_or(release::Tlp::kGreen);
  return opening;
}

// "ROLE=CODE,CODE"
Result<Outcome> procedure_open(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Opening opening = TRY(opening_of(request));
  opening.pack = request.text("name");
  for (const std::string& role : request.list("roles")) {
    const size_t at = role.find('=');
    if (at == std::string::npos || at == 0)
      return fail(Code::kInvalid, fmt::format("'{}' is no ROLE=CODE,...", role));
    for (std::string& code : codes_of(std::string_view(role).substr(at + 1)))
      opening.roles[role.substr(0, at)].push_back(std::move(code));
  }
  if (opening.title.empty()) opening.title = opening.pack;
  const std::string id = TRY(seat.docket.open(std::move(opening)));
  note(desk, request, "procedure-open", id);
  return Outcome{JsonObject().add("id", id).text()};
}

Result<Outcome> silence_start(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  desk::Opening opening = TRY(opening_of(request));
  opening.pack = "silence";
  if (opening.title.empty()) opening.title = "Silence procedure";
  if (opening.format.empty()) return fail(Code::kInvalid, "name the format: --format NAME");
  const std::string id = TRY(docket.open(std::move(opening)));
  note(desk, request, "silence-start", id);
  return Outcome{JsonObject().add("id", id).text()};
}

Result<Outcome> silence_status(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  const auto file = TRY(docket.read(request.text("id")));
  if (file->pack->name != "silence")
    return fail(Code::kInvalid, fmt::format("{} is no silence procedure", request.text("id")));
  note(desk, request, "silence-status", request.text("id"));
  return Outcome{desk::silence_json(*file)};
}

// A list of texts, or one text.
std::vector<std::string> texts_of(json::Value value) {
  if (value.is_string()) return codes_of(value.text());
  std::vector<std::string> out;
  for (const json::Value one : value.elements()) {
    if (one.is_string()) out.push_back(one.text());
  }
  return out;
}

Result<Outcome> case_open(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  std::string filing = request.text("filing");
  if (!trim(filing).starts_with('{')) filing = TRY(desk::filing_from_csv(filing));
  const auto parsed = Fields::parse(filing);
  if (!parsed) return fail(Code::kInvalid, "the filing is not one JSON object");
  desk::Opening opening;
  opening.pack = request.text("name");
  opening.title = parsed->text("title");
  if (opening.title.empty()) opening.title = parsed->text("name");
  if (opening.title.empty()) opening.title = "Case";
  opening.calendar = parsed->text("calendar");
  if (const auto format = parsed->root().find("format")) opening.format = texts_of(*format);
  if (const auto roles = parsed->root().find("roles"); roles && roles->is_object()) {
    for (const json::Member role : roles->members())
      opening.roles[role.key.text()] = texts_of(role.value);
  }
  opening.filing = parsed->root().raw();
  opening.record.text = opening.filing;
  if (const auto until = parsed->root().find("until"); until && until->is_string()) {
    const auto us = parse_instant_us(until->text());
    if (us) opening.record.until_ms = *us / 1000;
  }
  const std::string id = TRY(docket.open(std::move(opening)));
  note(desk, request, "case-open", id);
  return Outcome{JsonObject().add("id", id).text()};
}

Result<Outcome> case_show(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  const auto file = TRY(docket.read(request.text("id")));
  note(desk, request, "case-show", request.text("id"));
  return Outcome{desk::case_json(docket, *file, desk::shipped_places())};
}

Result<Outcome> case_risk(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const auto file = TRY(seat.docket.read(request.text("id")));
  const exchange::Principal who = TRY(party_of(desk, request));
  std::unique_ptr<supervision::Supervision> own;
  if (desk.supervision == nullptr)
    own = std::make_unique<supervision::Supervision>(desk.node, desk.random);
  Outcome out;
  out.json =
      TRY(desk::risk_json(seat.docket, *file, who, own != nullptr ? *own : *desk.supervision));
  note(desk, request, "case-risk", request.text("id"));
  return out;
}

// The reader's own lines of the audit log, and what others' records in its world tell.
Result<Outcome> case_access(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const auto file = TRY(seat.docket.read(request.text("id")));
  AuditQuery query;
  query.party = seat.docket.code();
  query.after = request.text("after");
  if (const std::string since = request.text("since"); !since.empty()) {
    const auto us = parse_instant_us(since);
    if (!us)
      return fail(Code::kInvalid,
                  fmt::format("--since: '{}' is neither a date nor an instant", since));
    query.since_us = *us;
  }
  Outcome out;
  out.json = TRY(desk::access_json(seat.docket, *file, request.text("person"), query,
                                   [&](const AuditQuery& page) { return desk.audit.page(page); }));
  note(desk, request, "case-access", request.text("id"));
  return out;
}

Result<procedure::Record> act_of(const Fields& request) {
  procedure::Record record;
  record.act = request.text("code");
  record.reason = request.text("reason");
  record.text = request.text("text");
  record.until_ms = TRY(until_of(request));
  record.language = request.text("language");
  record.clause = request.text("clause");
  record.target = request.text("target");
  record.objects = request.list("objects");
  TRY(desk::take_members(&record));
  return record;
}

Result<desk::Terms> terms_of(const Fields& request) {
  desk::Terms terms{request.list("to"), {}};
  terms.level = TRY(level_of(request));
  return terms;
}

Outcome outcome_of(const std::string& id, const std::string& act, const desk::Taken& taken,
                   const desk::File& file) {
  const bool counts = taken.verdict == procedure::Verdict::kCounted;
  return Outcome{JsonObject()
                     .add("id", id)
                     .add("record", taken.record)
                     .add("act", act)
                     .add("at", format_time_ms(taken.at_ms))
                     .add("verdict", procedure::name_of(taken.verdict))
                     .add("state", file.pack->states[file.now.state].name)
                     .text(),
                 counts ? kExitDone : kExitFound};
}

Result<Outcome> act(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const procedure::Record record = TRY(act_of(request));
  const std::string id = request.text("id");
  const desk::Terms terms = TRY(terms_of(request));
  const desk::Taken taken = TRY(seat.docket.act(id, record, terms));
  const auto file = TRY(seat.docket.find(id));
  note(desk, request, "act", id);
  return outcome_of(id, record.act, taken, *file);
}

// For a key that is not the node's: what is to be signed; and its recording, signed.
Result<Outcome> act_draft(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const procedure::Record record = TRY(act_of(request));
  const desk::Terms terms = TRY(terms_of(request));
  const desk::Draft draft = TRY(seat.docket.draft(request.text("id"), record, terms));
  return Outcome{JsonObject().add("marking", draft.marking).add("object", draft.object).text()};
}

Result<Outcome> act_take(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const std::string id = request.text("id");
  const desk::Taken taken =
      TRY(seat.docket.take({request.text("marking"), request.text("object")}));
  const auto file = TRY(seat.docket.find(id));
  note(desk, request, "act", id);
  return outcome_of(id, request.text("code"), taken, *file);
}

Result<Outcome> todo(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  if (const auto level = TRY(level_of(request))) docket.look_only_up_to(*level);
  note(desk, request, "todo", {});
  if (request.flag("digest"))
    return Outcome{JsonObject().add("digest", desk::todo_text(docket)).text()};
  return Outcome{desk::todo_json(docket)};
}

Result<Outcome> procedure_list(Desk& desk, const Fields& request) {
  JsonObject out;
  out.add_raw("packs", desk::packs_json());
  if (!request.text("party").empty()) {
    Seat seat = TRY(seat_of(desk, request));
    desk::Docket& docket = seat.docket;
    out.add_raw("procedures", desk::procedures_json(docket));
    note(desk, request, "procedure-list", {});
  }
  return Outcome{out.text()};
}

Result<Outcome> procedure_show(Desk& desk, const Fields& request) {
  const std::string id = request.text("id");
  if (const auto* pack = procedure::Packs::shipped().find(id)) {
    return Outcome{JsonObject()
                       .add("pack", pack->name)
                       .add("text", procedure::Packs::text_of(pack->name))
                       .text()};
  }
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  const auto file = TRY(docket.read(id));
  note(desk, request, "procedure-show", id);
  return Outcome{desk::procedure_json(docket, *file, desk::shipped_places())};
}

// Erases what is the party's own of a procedure whose retention has ended, by recall.
Result<Outcome> procedure_erase(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  const std::string id = request.text("id");
  const auto file = TRY(seat.docket.find(id));
  const auto from_ms = desk::erase_from_ms(*file);
  if (!from_ms)
    return fail(Code::kUnprocessable, "it is not over, or its rule pack names no retention");
  if (seat.docket.now_ms() < *from_ms)
    return fail(Code::kUnprocessable,
                fmt::format("its records are kept until {}", format_time_ms(*from_ms)));
  const exchange::Principal who = TRY(party_of(desk, request));
  uint64_t records = 0;
  for (const std::string& record : desk::own_records(*file, seat.docket.code())) {
    const auto report = TRY(
        desk.node.recall(who, record, "retention ended: " + file->pack->retention->clause.text));
    records += report.records;
    note(desk, request, "procedure-erase", record);
  }
  return Outcome{JsonObject()
                     .add("id", id)
                     .add_number("records", records)
                     .add("kept_until", format_time_ms(*from_ms))
                     .text()};
}

Result<Outcome> procedure_outcome(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  const std::string record = TRY(desk::outcome_record(docket, request.text("id")));
  note(desk, request, "procedure-outcome", request.text("id"));
  return Outcome{record};
}

Result<Outcome> procedure_comments(Desk& desk, const Fields& request) {
  Seat seat = TRY(seat_of(desk, request));
  desk::Docket& docket = seat.docket;
  const auto file = TRY(docket.read(request.text("id")));
  note(desk, request, "procedure-comments", request.text("id"));
  return Outcome{desk::comments_json(*file)};
}

Result<std::string> text_of_file(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) break;
    if (text.size() + piece.size() > procedure::limits::kTextBytesMax)
      return fail(Code::kTooLarge,
                  fmt::format("{}: more than {} bytes", path, procedure::limits::kTextBytesMax));
    text += piece;
  }
  if (json::first_invalid_utf8(text) != text.size())
    return fail(Code::kInvalid, path + " is not a text in UTF-8");
  return text;
}

Result<std::string> request_of(const CommandLine& line, std::string_view command) {
  JsonObject out;
  out.add("command", command);
  const std::pair<std::string_view, const std::string*> texts[] = {
      {"party", &line.party},   {"id", &line.id},         {"code", &line.code},
      {"name", &line.name},     {"format", &line.format}, {"until", &line.until},
      {"title", &line.title},   {"reason", &line.reason}, {"language", &line.language},
      {"clause", &line.clause}, {"target", &line.target}, {"label", &line.label},
      {"person", &line.person}, {"since", &line.since},   {"after", &line.after}};
  for (const auto& [name, text] : texts) {
    if (!text->empty()) out.add(name, *text);
  }
  if (line.digest) out.add_flag("digest", true);
  if (!line.roles.empty()) out.add_list("roles", line.roles);
  if (!line.audience.empty()) out.add_list("to", line.audience);
  if (!line.objects.empty()) out.add_list("objects", line.objects);
  if (line.reason.size() > procedure::limits::kReasonBytesMax)
    return fail(Code::kTooLarge,
                fmt::format("a reason has up to {} bytes", procedure::limits::kReasonBytesMax));
  if (!line.files.empty()) {
    const std::string text = TRY(text_of_file(line.files.front()));
    if (text.empty()) return fail(Code::kInvalid, line.files.front() + " is empty");
    out.add(line.command == "case-open" ? "filing" : "text", text);
  }
  return out.text();
}

// JSON as it is, or for people; of a rule pack its text.
Result<void> print(const CommandLine& line, const std::string& json) {
  const Fields fields = TRY(Fields::parse(json));
  const bool is_text =
      fields.root().size() == 2 && fields.root().find("pack") && fields.root().find("text");
  const bool is_record = line.command == "procedure-outcome";
  const bool is_digest = line.digest && line.command == "todo";
  const std::string out = is_digest                ? fields.text("digest")
                          : line.json || is_record ? json + "\n"
                          : is_text                ? fields.text("text")
                                                   : render(fields.root());
  if (std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0)
    return {};
  return fail(Code::kInternal, "cannot write to standard output");
}

// An act signed here, with a key that no node has: the node says what is to be signed, and takes what was.
Result<Outcome> act_with_key(const CommandLine& line, Target& target) {
  const std::string pem = TRY(text_of_file(line.key_file));
  const SigningKey key = TRY(SigningKey::from_pem(pem));
  const std::string request = TRY(request_of(line, "act-draft"));
  const Outcome draft = TRY(target.run(request));
  const Fields made = TRY(Fields::parse(draft.json));
  const std::string object = TRY(release::sign_object(made.text("object"), key));
  return target.run(JsonObject()
                        .add("command", "act-take")
                        .add("party", line.party)
                        .add("id", line.id)
                        .add("code", line.code)
                        .add("marking", made.text("marking"))
                        .add("object", object)
                        .text());
}

}  // namespace

bool is_procedure_command(const std::string& command) {
  return command == "procedure-check" || command == "verify-outcome" ||
         procedure_command(command) != nullptr;
}

Result<int> perform_procedure(const CommandLine& line) {
  if (line.command == "procedure-check") {
    bool is_ok = false;
    const std::string report = procedure::check_json(TRY(text_of_file(line.files.front())), &is_ok);
    TRY(print(line, report));
    return is_ok ? kExitDone : kExitFound;
  }
  if (line.command == "verify-outcome") {
    bool is_ok = false;
    std::string trusted;
    if (!line.key_file.empty()) trusted = TRY(text_of_file(line.key_file));
    const std::string record = TRY(text_of_file(line.files.front()));
    const std::string report = desk::verify_outcome(record, trusted, &is_ok);
    TRY(print(line, report));
    return is_ok ? kExitDone : kExitFound;
  }
  const std::string request = TRY(request_of(line, line.command));
  Target target = TRY(Target::find(line.data));
  const Outcome outcome =
      TRY(line.key_file.empty() ? target.run(request) : act_with_key(line, target));
  TRY(print(line, outcome.json));
  return outcome.exit_code;
}

Command procedure_command(std::string_view name) {
  if (name == "silence-start") return silence_start;
  if (name == "silence-status") return silence_status;
  if (name == "case-open") return case_open;
  if (name == "case-show") return case_show;
  if (name == "case-risk") return case_risk;
  if (name == "case-access") return case_access;
  if (name == "act") return act;
  if (name == "act-draft") return act_draft;
  if (name == "act-take") return act_take;
  if (name == "todo") return todo;
  if (name == "procedure-list") return procedure_list;
  if (name == "procedure-open") return procedure_open;
  if (name == "procedure-show") return procedure_show;
  if (name == "procedure-outcome") return procedure_outcome;
  if (name == "procedure-erase") return procedure_erase;
  if (name == "procedure-comments") return procedure_comments;
  return nullptr;
}

}  // namespace entente::app
