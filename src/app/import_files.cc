// Findings of a chain of files are counted from the begin of the chain; here they are put back into their file.
#include "app/import_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "app/input.h"
#include "app/meter.h"
#include "app/render.h"

namespace entente::app {
namespace {

constexpr size_t kDetailsMax = 1'000;

struct Totals {
  uint64_t objects = 0, accepted = 0, refused = 0, repeated = 0;
  std::map<std::string, uint64_t> codes;
  JsonList details;
  size_t details_count = 0;

  std::string text() const {
    JsonObject findings;
    for (const auto& [code, n] : codes) findings.add_number(code, n);
    JsonObject out;
    out.add_number("objects", objects)
        .add_number("accepted", accepted)
        .add_number("refused", refused);
    out.add_number("repeated", repeated)
        .add_raw("findings", findings.text())
        .add_raw("details", details.text());
    return out.text();
  }
};

// One import: a file, or all of them. `begins` says where each file begins in it.
struct Part {
  std::vector<std::string> files;
  std::vector<uint64_t> begins;
};

std::string text_of(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  return value ? value->text() : std::string();
}

void add_detail(Totals& totals, json::Value finding, const Part& part) {
  if (totals.details_count == kDetailsMax) return;
  ++totals.details_count;
  const auto offset_value = finding.find("offset");
  auto offset = static_cast<uint64_t>(offset_value ? offset_value->integer().value_or(0) : 0);
  size_t file = 0;
  while (file + 1 < part.begins.size() && part.begins[file + 1] <= offset) ++file;
  if (file < part.begins.size()) offset -= std::min(offset, part.begins[file]);
  JsonObject out;
  out.add("file", part.files[file])
      .add("id", text_of(finding, "id"))
      .add("code", text_of(finding, "code"));
  out.add("severity", text_of(finding, "severity")).add("pointer", text_of(finding, "pointer"));
  totals.details.add_raw(
      out.add_number("offset", offset).add("detail", text_of(finding, "detail")).text());
}

Result<void> add_report(Totals& totals, const Outcome& outcome, const Part& part) {
  const Fields report = TRY(Fields::parse(outcome.json));
  totals.objects += report.count("objects");
  totals.accepted += report.count("accepted");
  totals.refused += report.count("refused");
  totals.repeated += report.count("repeated");
  if (const auto codes = report.root().find("findings")) {
    for (const json::Member member : codes->members()) {
      totals.codes[member.key.text()] += static_cast<uint64_t>(member.value.integer().value_or(0));
    }
  }
  if (const auto details = report.root().find("details")) {
    for (const json::Value finding : details->elements()) add_detail(totals, finding, part);
  }
  return {};
}

bool is_regular(const std::string& path, uint64_t* size) {
  struct stat info;
  if (path == "-" || ::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
  *size = static_cast<uint64_t>(info.st_size);
  return true;
}

// Nothing is taken in if one of the files cannot be read.
Result<void> look_at(const std::vector<std::string>& files, bool* all_regular,
                     uint64_t* total_bytes) {
  *all_regular = true;
  if (std::ranges::count(files, "-") > 1)
    return fail(Code::kInvalid, "standard input (-) can be read only once");
  for (const std::string& file : files) {
    uint64_t size = 0;
    if (file != "-" && ::access(file.c_str(), R_OK) != 0) {
      return fail(Code::kNotFound, "cannot read " + file + ": " + std::strerror(errno));
    }
    if (is_regular(file, &size)) {
      TRY(open_input(file, nullptr));
      *total_bytes += size;
    } else {
      *all_regular = false;
    }
  }
  if (!*all_regular) *total_bytes = 0;
  return {};
}

}  // namespace

Result<Outcome> import_files(Target& target, const CommandLine& line) {
  bool all_regular = false;
  uint64_t total_bytes = 0;
  TRY(look_at(line.files, &all_regular, &total_bytes));
  JsonObject request;
  request.add("party", line.party).add("collection", line.collection);
  if (!line.binding.empty()) request.add("binding", TRY(read_text_file(line.binding)));
  request.add_flag("strict", line.strict).add_flag("dry_run", line.dry_run);

  std::vector<Part> parts;
  if (line.strict) {
    parts.push_back({line.files, {}});
  } else {
    for (const std::string& file : line.files) parts.push_back({{file}, {}});
  }
  const SystemClock clock;
  Meter meter("import", Meter::Unit::kBytes, clock);
  ByteCount count{0};
  Totals totals;
  for (Part& part : parts) {
    const uint64_t objects_before = totals.objects;
    const ProgressSink progress = [&](const Progress& now) {
      meter.show(
          {objects_before + now.objects, count.load(std::memory_order_relaxed), total_bytes});
    };
    ImportInput input;
    input.reopens = all_regular;
    input.open = [&]() -> Result<std::unique_ptr<exchange::Source>> {
      part.begins.clear();
      return std::make_unique<Chain>(part.files, &part.begins, &count);
    };
    const Outcome outcome = TRY(target.import(request.text(), input, progress));
    TRY(add_report(totals, outcome, part));
  }
  return Outcome{totals.text(), totals.refused > 0 ? kExitFound : kExitDone};
}

std::string without_details(const Fields& report) {
  JsonObject out;
  for (const json::Member member : report.root().members()) {
    const std::string name = member.key.text();
    if (name != "details") out.add_raw(name, member.value.raw());
  }
  return out.text();
}

std::string describe_import(const Fields& report) {
  std::string out;
  if (const auto details = report.root().find("details")) {
    for (const json::Value finding : details->elements()) {
      const auto offset = finding.find("offset");
      const std::string pointer = text_of(finding, "pointer"), id = text_of(finding, "id");
      out += fmt::format(
          "{}: byte {}: {} {}{}{}: {}\n", printable(text_of(finding, "file")),
          offset ? offset->raw() : "?", text_of(finding, "severity"), text_of(finding, "code"),
          pointer.empty() ? "" : " at " + printable(pointer),
          id.empty() ? "" : " of " + printable(id), printable(text_of(finding, "detail")));
    }
  }
  if (const auto codes = report.root().find("findings"); codes && codes->size() > 0) {
    if (!out.empty()) out += "\n";
    for (const json::Member member : codes->members()) {
      out += fmt::format("{:>10}  {}\n", member.value.raw(), printable(member.key.text()));
    }
    out += "\n";
  }
  out += fmt::format("{} objects: {} accepted, {} repeated, {} refused\n",
                     grouped(report.count("objects")), grouped(report.count("accepted")),
                     grouped(report.count("repeated")), grouped(report.count("refused")));
  return out;
}

}  // namespace entente::app
