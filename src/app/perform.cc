// One branch for each kind of command; the rest is asking a Target and printing what it says.
#include "app/perform.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/commands.h"
#include "app/import_files.h"
#include "app/init.h"
#include "app/input.h"
#include "app/meter.h"
#include "app/names_commands.h"
#include "app/ownership_commands.h"
#include "app/pattern_commands.h"
#include "app/procedure_commands.h"
#include "app/release_commands.h"
#include "app/render.h"
#include "app/serve.h"
#include "app/supervision_commands.h"
#include "app/target.h"
#include "app/upkeep.h"
#include "app/watch_commands.h"
#include "base/limits.h"
#include "stix/stix.h"

namespace entente::app {
namespace {

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return fail(Code::kInternal,
                std::string("cannot write to standard output: ") + std::strerror(errno));
  }
  return {};
}

Result<void> write_text_file(const std::string& path, std::string_view text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Code::kInvalid, "cannot write " + path + ": " + std::strerror(errno));
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n <= 0) break;
    text.remove_prefix(static_cast<size_t>(n));
  }
  const bool is_written = text.empty() && ::close(fd) == 0;
  if (is_written) return {};
  return fail(Code::kInvalid, "cannot write " + path + ": " + std::strerror(errno));
}

// The request of a small command: every argument that was given.
std::string request_of(const CommandLine& line) {
  JsonObject out;
  out.add("command", line.command);
  const std::pair<std::string_view, const std::string*> texts[] = {
      {"party", &line.party},
      {"collection", &line.collection},
      {"versions", &line.versions},
      {"format", &line.format},
      {"added_after", &line.added_after},
      {"id", &line.id},
      {"code", &line.code},
      {"name", &line.name},
      {"identity", &line.identity},
      {"role", &line.role},
      {"group", &line.group},
      {"member", &line.member},
      {"from", &line.from},
      {"until", &line.until},
      {"alias", &line.alias},
      {"policy", &line.policy},
      {"title", &line.title},
      {"description", &line.description},
      {"default", &line.default_label},
      {"reason", &line.reason},
      {"since", &line.since},
      {"after", &line.after},
      {"at", &line.at},
      {"clearance", &line.clearance},
      {"marking", &line.marking},
      {"content", &line.content},
      {"exercise", &line.exercise},
      {"switch", &line.on_off}};
  for (const auto& [name, text] : texts) {
    if (!text->empty()) out.add(name, *text);
  }
  const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {
      {"type", &line.types},
      {"parties", &line.parties},
      {"into", &line.into},
      {"only_collections", &line.only_collections},
      {"clearances", &line.clearances}};
  for (const auto& [name, list] : lists) {
    if (!list->empty()) out.add_list(name, *list);
  }
  if (line.command == "collection-add")
    out.add_list("read", line.read).add_list("write", line.write);
  if (line.command == "collection-readers") out.add_list("read", line.read);
  if (line.retroactive) out.add_flag("retroactive", true);
  if (line.any) out.add_flag("any", true);
  if (line.limit) out.add_number("limit", *line.limit);
  return out.text();
}

// With what stands in files that the command is about: the server may not be able to read them.
Result<std::string> request_with_files(const CommandLine& line) {
  std::string request = request_of(line);
  JsonObject more;
  if (line.command == "label-table" && !line.files.empty())
    more.add("text", TRY(read_text_file(line.files.front())));
  if (line.command == "policy-add") {
    const std::string text = TRY(read_text_file(line.files.front()));
    const auto policy = Fields::parse(text);
    if (!policy) return fail(Code::kInvalid, line.files.front() + " is not one JSON object");
    more.add_raw("file", policy->root().raw());
  }
  if (line.command == "label-read") {
    more.add("xml", TRY(read_text_file(line.files.front())));
    if (!line.spif.empty()) more.add("spif", TRY(read_text_file(line.spif)));
  }
  const std::string added = more.text();
  if (added.size() > 2) request.replace(request.size() - 1, 1, "," + added.substr(1));
  return request;
}

Result<int> show(const CommandLine& line, const Outcome& outcome) {
  if (line.json) {
    TRY(print(outcome.json + "\n"));
    return outcome.exit_code;
  }
  const Fields fields = TRY(Fields::parse(outcome.json));
  TRY(print(render(fields.root())));
  return outcome.exit_code;
}

Result<int> show_import(const CommandLine& line, const Outcome& outcome) {
  const Fields report = TRY(Fields::parse(outcome.json));
  if (!line.json) {
    TRY(print(describe_import(report)));
  } else {
    TRY(print((line.details ? outcome.json : without_details(report)) + "\n"));
  }
  return outcome.exit_code;
}

// The text of a file that is small enough to be asked about.
Result<std::string> text_of_file(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) return text;
    if (text.size() + piece.size() > limits::kPreviewBytesMax) {
      return fail(Code::kTooLarge,
                  fmt::format("{}: more than {} bytes", path, limits::kPreviewBytesMax));
    }
    text += piece;
  }
}

Result<Outcome> preview(Target& target, const CommandLine& line) {
  JsonObject request;
  request.add("command", "preview").add("party", line.party).add_list("for", line.audience);
  if (!line.collection.empty()) request.add("collection", line.collection);
  if (stix::is_identifier(line.id)) {
    request.add("id", line.id);
  } else {
    request.add("text", TRY(text_of_file(line.id)));
  }
  return target.run(request.text());
}

// Objects as they came, for whoever did not ask for a JSON object around them.
Result<int> show_get(const CommandLine& line, const Outcome& outcome) {
  if (line.json) return show(line, outcome);
  const Fields fields = TRY(Fields::parse(outcome.json));
  const auto objects = fields.root().find("objects");
  if (objects) {
    for (const json::Value object : objects->elements())
      TRY(print(std::string(object.raw()) + "\n"));
  }
  if (outcome.exit_code == kExitFound)
    std::fprintf(stderr, "entente: no such object in that party's world\n");
  return outcome.exit_code;
}

// Labels of what was exported, page by page: binding-000001.xml and so on.
Result<void> export_bindings(Target& target, const CommandLine& line) {
  if (::mkdir(line.bindings.c_str(), 0700) != 0 && errno != EEXIST)
    return fail(Code::kInvalid, "cannot make " + line.bindings + ": " + std::strerror(errno));
  int64_t after = INT64_MIN;
  uint64_t unlabelled = 0;
  for (uint32_t number = 1;;) {
    JsonObject request;
    request.add("command", "label-bindings").add("party", line.party).add("policy", line.policy);
    if (!line.collection.empty()) request.add("collection", line.collection);
    if (!line.types.empty()) request.add_list("type", line.types);
    if (after != INT64_MIN) request.add_signed("after", after);
    const Outcome outcome = TRY(target.run(request.text()));
    const Fields page = TRY(Fields::parse(outcome.json));
    if (const std::string xml = page.text("xml"); !xml.empty())
      TRY(write_text_file(fmt::format("{}/binding-{:06}.xml", line.bindings, number++), xml));
    if (const auto list = page.root().find("unlabelled")) {
      for (const json::Value one : list->elements()) {
        ++unlabelled;
        const auto id = one.find("id"), detail = one.find("detail");
        if (id && detail)
          std::fprintf(stderr, "entente: no label for %s: %s\n", printable(id->text()).c_str(),
                       printable(detail->text()).c_str());
      }
    }
    if (!page.flag("more")) break;
    after = page.integer("after").value_or(INT64_MAX);
  }
  if (unlabelled == 0) return {};
  return fail(Code::kUnprocessable, fmt::format("{} objects have no label", unlabelled));
}

Result<int> export_objects(Target& target, const CommandLine& asked) {
  CommandLine line = asked;
  // A binding names an object by its id, once: that of its last version.
  if (!line.bindings.empty() && line.versions.empty()) line.versions = "last";
  if (!line.bindings.empty() && line.versions != "last")
    return fail(Code::kInvalid, "--bindings are of the last versions: --versions last");
  const SystemClock clock;
  Meter meter("export", Meter::Unit::kBytes, clock);
  uint64_t bytes = 0;
  const bool shows =
      ::isatty(STDOUT_FILENO) == 0;  // else the objects themselves are on the terminal
  TRY(target.export_objects(
      request_of(line), [](uint64_t) {},
      [&](std::string_view piece) -> Result<void> {
        bytes += piece.size();
        if (shows) meter.show({0, bytes, 0});
        return print(piece);
      }));
  if (!line.bindings.empty()) TRY(export_bindings(target, line));
  return kExitDone;
}

std::string absolute(const std::string& path) {
  if (path.starts_with('/')) return path;
  char* here = ::getcwd(nullptr, 0);
  const std::string out = here == nullptr ? path : std::string(here) + "/" + path;
  std::free(here);
  return out;
}

Result<int> backup(Target& target, const CommandLine& line) {
  const SystemClock clock;
  if (line.to != "-") {
    const std::string request = JsonObject().add("to", absolute(line.to)).text();
    Outcome outcome;
    {
      Meter meter("backup", Meter::Unit::kBytes, clock);
      outcome = TRY(target.backup(request, [&](const Progress& now) { meter.show(now); }));
    }
    return show(line, outcome);
  }
  if (::isatty(STDOUT_FILENO) == 1)
    return fail(Code::kInvalid, "a backup is not for a terminal: send it to a file");
  Meter meter("backup", Meter::Unit::kBytes, clock);
  uint64_t bytes = 0;
  TRY(target.backup_stream([&](std::string_view piece) -> Result<void> {
    bytes += piece.size();
    meter.show({0, bytes, 0});
    return print(piece);
  }));
  return kExitDone;
}

Result<int> verify(const CommandLine& line) {
  auto target = Target::find(line.data);
  if (!target) {
    if (target.error().code != Code::kCorrupt) return std::unexpected(target.error());
    // So damaged that it does not open: that is what was to be found out.
    JsonObject out;
    out.add_number("records", 0)
        .add_number("audit_lines", 0)
        .add_list("problems", {target.error().detail});
    return show(line, {out.text(), kExitFound});
  }
  const SystemClock clock;
  Outcome outcome;
  {
    Meter meter("verify", Meter::Unit::kRecords, clock);
    outcome = TRY(target->verify([&](const Progress& now) { meter.show(now); }));
  }
  return show(line, outcome);
}

Result<int> serve(const CommandLine& line) {
  Settings settings = line.settings;
  if (line.insecure_plaintext) settings.insecure_plaintext = true;
  if (line.log_json) settings.log_json = true;
  TRY(read_settings_environment(&settings));
  TRY(read_settings_file(line.data + "/entente.toml", &settings));
  TRY(run_serve(line.data, settings));
  return kExitDone;
}

Result<int> restore(const CommandLine& line) {
  if (line.restore_from.empty() && !line.accept)
    return fail(Code::kInvalid,
                "name the backup: --from DIR|FILE|-, or --accept what was restored");
  if (!line.recalls_file.empty() && !line.accept)
    return fail(Code::kInvalid, "--recalls goes with --accept");
  if (!line.accept) return show(line, TRY(run_restore(line.restore_from, line.data)));
  if (!line.restore_from.empty()) {
    const Outcome restored = TRY(run_restore(line.restore_from, line.data));
    if (restored.exit_code != kExitDone) return show(line, restored);
  }
  return show(line, TRY(run_accept(line.data, line.recalls_file)));
}

// Page by page, so that a long log needs no memory.
Result<int> print_audit(Target& target, CommandLine line) {
  for (;;) {
    const Outcome page = TRY(target.run(request_of(line)));
    const Fields fields = TRY(Fields::parse(page.json));
    const auto items = fields.root().find("items");
    if (!items) return fail(Code::kCorrupt, "the audit log is not readable");
    for (const json::Value item : items->elements()) TRY(print(std::string(item.raw()) + "\n"));
    line.after = fields.text("next");
    if (line.after.empty()) return kExitDone;
  }
}

Result<int> check_audit(const CommandLine& line) {
  std::string text;
  for (const std::string& path : line.files) {
    const auto source = TRY(open_input(path, nullptr));
    for (;;) {
      const std::string_view piece = TRY(source->next());
      if (piece.empty()) break;
      if (text.size() + piece.size() > limits::kAuditVerifyBytesMax)
        return fail(Code::kTooLarge, "the audit files are too large to be checked at once");
      text += piece;
    }
    text += '\n';
  }
  const AuditReport report = verify_audit_text(text);
  JsonObject out;
  out.add_number("lines", report.lines).add_list("problems", report.problems);
  return show(line, {out.text(), report.problems.empty() ? kExitDone : kExitFound});
}

Result<int> perform_any(const CommandLine& line) {
  if (line.command == "serve") return serve(line);
  if (line.command == "verify") return verify(line);
  if (line.command == "init") {
    return show(line, TRY(run_init(line.data, line.demo ? Filling::kDemo : Filling::kEmpty)));
  }
  if (line.command == "restore") return restore(line);
  if (line.command == "verify-audit") return check_audit(line);
  if (line.command == "screen")
    return line.party.empty() ? run_screen(line) : run_screen_in_world(line);
  if (line.command == "decide") return run_decide(line);
  if (line.command == "names-convert") return run_names_convert(line);
  if (line.command == "ownership-convert") return run_ownership_convert(line);
  if (line.command == "compare") return run_compare(line);
  if (line.command == "rebuild") return show(line, TRY(run_rebuild(line.data)));
  if (is_ownership_command(line.command))
    return line.party.empty() ? perform_ownership(line) : run_ownership_in_world(line);
  if (is_procedure_command(line.command)) return perform_procedure(line);
  if (line.command == "match") return run_match(line);
  if (line.command == "pattern-check") return run_pattern_check(line);
  if (line.command == "pattern-duplicates") return run_pattern_duplicates(line);
  if (line.command == "pattern-mapping") return run_pattern_mapping(line);
  Target target = TRY(Target::find(line.data));
  if (line.command == "import") return show_import(line, TRY(import_files(target, line)));
  if (line.command == "observe") return run_observe(target, line);
  if (line.command == "export") return export_objects(target, line);
  if (line.command == "backup") return backup(target, line);
  if (line.command == "preview") return show(line, TRY(preview(target, line)));
  if (line.command == "audit") return print_audit(target, line);
  if (line.command == "release-widen" || line.command == "release-narrow")
    return show(line, TRY(run_release(target, line)));
  const std::string request = TRY(request_with_files(line));
  const Outcome outcome = TRY(target.run(request));
  if (line.command == "label-write" && !line.json) {
    const Fields fields = TRY(Fields::parse(outcome.json));
    TRY(print(fields.text("xml")));
    return outcome.exit_code;
  }
  if (line.command == "get") return show_get(line, outcome);
  if (line.command == "release-check" && !line.json) {
    const Fields report = TRY(Fields::parse(outcome.json));
    TRY(print(describe_check(report)));
    return outcome.exit_code;
  }
  return show(line, outcome);
}

}  // namespace

int perform(const CommandLine& line) {
  const Result<int> outcome = perform_any(line);
  if (outcome) return *outcome;
  std::fprintf(stderr, "entente: %s\n", printable(outcome.error().detail).c_str());
  return kExitFailed;
}

}  // namespace entente::app
