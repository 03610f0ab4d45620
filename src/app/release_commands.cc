// Acts of release officers, and the policy lint as a command: the operator's alone, since it tells of every party's
// objects. A private key that an officer names is used in the officer's own process.
#include "app/release_commands.h"

#include <fmt/format.h>

#include "app/input.h"
#include "app/keystore.h"
#include "app/meter.h"
#include "app/render.h"
#include "exchange/lint.h"
#include "release/signed_object.h"

namespace entente::app {
namespace {

Result<Outcome> check(Desk& desk, const Fields&) {
  const exchange::LintReport report = exchange::lint(desk.node);
  JsonList findings;
  bool is_grave = false;
  for (const exchange::LintFinding& one : report.findings) {
    is_grave |= one.weight != exchange::LintWeight::kNote;
    JsonObject out;
    out.add("code", one.code).add("severity", exchange::name_of(one.weight));
    out.add("about", one.about).add("detail", one.detail).add("advice", one.advice);
    if (one.entries > 0) out.add_number("entries", one.entries).add_list("examples", one.examples);
    findings.add_raw(out.text());
  }
  JsonObject counts;
  for (const auto& [code, count] : report.counts) counts.add_number(code, count);
  desk.audit.add({.party = {},
                  .by = "operator",
                  .action = "release-check",
                  .collection = {},
                  .object = {},
                  .count = report.findings.size(),
                  .status = 200,
                  .request = {}});
  JsonObject out;
  out.add_number("entries", report.entries).add_raw("counts", counts.text());
  return Outcome{out.add_raw("findings", findings.text()).text(),
                 is_grave ? kExitFound : kExitDone};
}

std::string text_of(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  return value ? printable(value->text()) : std::string();
}

Result<std::string> statement_of(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const std::vector<std::string> to = request.list("to");
  const auto& directory = *desk.node.state()->directory;
  for (const std::string& code : to) {
    if (directory.party(code) == nullptr && directory.group(code) == nullptr)
      return fail(Code::kNotFound, fmt::format("no party or group '{}'", code));
  }
  using Kind = exchange::ReleaseStatement::Kind;
  return desk.node.release_statement(who, request.flag("widens") ? Kind::kWiden : Kind::kNarrow,
                                     request.text("id"), to, request.text("reason"));
}

Result<Outcome> take(Desk& desk, const Fields& request, const exchange::Principal& who,
                     const std::string& signed_statement) {
  const size_t entries = TRY(desk.node.act(who, signed_statement));
  const std::string id = request.text("id");
  note(desk, request, request.flag("widens") ? "widen" : "narrow", id);
  return Outcome{JsonObject().add("id", id).add_number("entries", entries).text()};
}

// What is to be signed elsewhere.
Result<Outcome> release_draft(Desk& desk, const Fields& request) {
  return Outcome{JsonObject().add_raw("statement", TRY(statement_of(desk, request))).text()};
}

// What was signed elsewhere.
Result<Outcome> release_take(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  return take(desk, request, who, request.text("statement"));
}

// Signed with the key that the node holds for the party.
Result<Outcome> release_act(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const std::string statement = TRY(statement_of(desk, request));
  Keystore keystore(desk.node, desk.files, desk.random, desk.directory);
  const SigningKey key = TRY(keystore.key_for(who.party));
  return take(desk, request, who, TRY(release::sign_object(statement, key)));
}

}  // namespace

Command release_command(std::string_view name) {
  if (name == "release-check") return check;
  if (name == "release-act") return release_act;
  if (name == "release-draft") return release_draft;
  if (name == "release-take") return release_take;
  return nullptr;
}

Result<Outcome> run_release(Target& target, const CommandLine& line) {
  const auto request_for = [&](const std::string& command) {
    JsonObject request;
    request.add("command", command).add("party", line.party).add("id", line.id);
    if (line.command == "release-widen") request.add_flag("widens", true);
    return request.add("reason", line.reason).add_list("to", line.audience);
  };
  if (line.key_file.empty()) return target.run(request_for("release-act").text());
  const std::string pem = TRY(read_text_file(line.key_file));
  const SigningKey key = TRY(SigningKey::from_pem(pem));
  const Outcome draft = TRY(target.run(request_for("release-draft").text()));
  const Fields made = TRY(Fields::parse(draft.json));
  const auto statement = made.root().find("statement");
  if (!statement) return fail(Code::kInternal, "the node gives nothing to sign");
  return target.run(request_for("release-take")
                        .add("statement", TRY(release::sign_object(statement->raw(), key)))
                        .text());
}

std::string describe_check(const Fields& report) {
  std::string out;
  uint64_t listed = 0;
  if (const auto findings = report.root().find("findings")) {
    for (const json::Value one : findings->elements()) {
      ++listed;
      out += fmt::format("{}: {}", text_of(one, "severity"), text_of(one, "code"));
      if (const std::string about = text_of(one, "about"); !about.empty()) out += " " + about;
      out += ": " + text_of(one, "detail") + "\n";
      if (const auto entries = one.find("entries")) {
        const auto count = static_cast<uint64_t>(entries->integer().value_or(0));
        out += fmt::format("    {} {}:", grouped(count), count == 1 ? "entry" : "entries");
        if (const auto examples = one.find("examples")) {
          for (const json::Value id : examples->elements()) out += " " + printable(id.text());
        }
        out += "\n";
      }
      out += "    " + text_of(one, "advice") + "\n";
    }
  }
  uint64_t total = 0;
  if (const auto counts = report.root().find("counts")) {
    for (const json::Member code : counts->members())
      total += static_cast<uint64_t>(code.value.integer().value_or(0));
  }
  out += fmt::format("{} entries looked at, {} findings", grouped(report.count("entries")),
                     grouped(total));
  if (total > listed) out += fmt::format(", of which {} are listed", grouped(listed));
  return out + "\n";
}

}  // namespace entente::app
