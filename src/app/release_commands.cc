// The policy lint as a command: the operator's alone, since it tells of every party's objects.
#include "app/release_commands.h"

#include <fmt/format.h>

#include "app/meter.h"
#include "app/render.h"
#include "exchange/lint.h"

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

}  // namespace

Command release_command(std::string_view name) { return name == "release-check" ? check : nullptr; }

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
