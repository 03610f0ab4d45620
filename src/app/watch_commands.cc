// Events go to the node in pieces of whole lines as they come, so that a pipe from a sensor is matched at once. Lines of logs are
// mapped here: the node takes bundles, and a mapping of one's own need not be where the server can read it.
#include "app/watch_commands.h"

#include <cstdio>
#include <memory>

#include "app/input.h"
#include "app/pattern_input.h"
#include "base/limits.h"
#include "base/text.h"
#include "watch/watch.h"

namespace entente::app {
namespace {

constexpr size_t kPieceBytes = size_t{1} << 20;  // sent at once

Result<Outcome> observe(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  watch::ObserveOptions options;
  options.keep_all = request.flag("keep_all");
  options.dry_run = request.flag("dry_run");
  options.markings = request.list("markings");
  const auto* const collection = TRY(collection_of(desk.node.view(who), request));
  if (collection != nullptr) options.collection = collection->number;
  const std::string text = request.text("text");
  const std::string bytes = json::padded(text);
  std::unique_ptr<watch::Watch> own;
  if (desk.watch == nullptr) own = std::make_unique<watch::Watch>(desk.node, desk.random);
  watch::Watch& watch = desk.watch != nullptr ? *desk.watch : *own;
  const auto report = watch.observe(who, bytes, options);
  AuditLine line;
  const std::string party = request.text("party");
  line.party = party;
  line.by = "operator";
  line.action = options.dry_run ? "observe-dry-run" : "observe";
  line.status = report ? 200 : http_status_of(report.error().code);
  if (report) line.count = report->sightings.size();
  desk.audit.add(line);
  TRY(report);
  const bool is_clean = report->troubles_total == 0 && report->refused == 0;
  return Outcome{to_json(*report), is_clean ? kExitDone : kExitFound};
}

Result<Outcome> watching(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  std::unique_ptr<watch::Watch> own;
  if (desk.watch == nullptr) own = std::make_unique<watch::Watch>(desk.node, desk.random);
  watch::Watch& watch = desk.watch != nullptr ? *desk.watch : *own;
  const auto status = TRY(watch.status(who));
  return Outcome{to_json(status)};
}

// Sends what has been gathered.
class Sender {
 public:
  Sender(Target* target, const CommandLine& line) : target_(*target), line_(line) {}

  Result<void> send(std::string_view text) {
    if (trim(text).empty()) return {};
    JsonObject request;
    request.add("command", "observe").add("party", line_.party).add("text", text);
    if (!line_.collection.empty()) request.add("collection", line_.collection);
    if (!line_.markings.empty()) request.add_list("markings", line_.markings);
    if (line_.keep_all) request.add_flag("keep_all", true);
    if (line_.dry_run) request.add_flag("dry_run", true);
    const Outcome outcome = TRY(target_.run(request.text()));
    is_clean_ = is_clean_ && outcome.exit_code == kExitDone;
    TRY(printer_.add(outcome.json));
    return printer_.flush();
  }
  void complain() { is_clean_ = false; }
  int exit_code() const { return is_clean_ ? kExitDone : kExitFound; }

 private:
  Target& target_;
  const CommandLine& line_;
  LinePrinter printer_;
  bool is_clean_ = true;
};

// Lines of a file, as bundles.
class Gatherer {
 public:
  Gatherer(const std::string& path, const logs::Mapping* mapping, Sender* sender)
      : path_(path), sender_(*sender) {
    if (mapping != nullptr) log_ = std::make_unique<logs::LogReader>(*mapping);
  }

  Result<void> add(std::string_view piece) {
    rest_ += piece;
    size_t end = rest_.rfind('\n') + 1;
    if (log_ == nullptr && is_first_ && !is_lines(end))
      end = 0;  // perhaps one bundle over several lines
    if (end == 0 && rest_.size() > limits::kEnvelopeBytesMax / 2)
      return fail(Code::kTooLarge, path_ + ": a bundle is too long");
    return take(end);
  }
  Result<void> finish() {
    TRY(take(rest_.size()));
    return sender_.send(std::exchange(gathered_, {}));
  }

 private:
  // Whether the first line is a JSON text of its own.
  bool is_lines(size_t end) const {
    const std::string bytes = json::padded(rest_.substr(0, std::min(rest_.find('\n'), end)));
    json::Parser parser;
    json::Document document;
    return end > 0 && parser.parse(bytes, &document).has_value();
  }

  Result<void> take(size_t end) {
    if (end == 0) return {};
    is_first_ = false;
    std::string lines = rest_.substr(0, end);
    rest_.erase(0, end);
    if (log_ == nullptr) {
      gathered_ += lines;
    } else {
      const size_t size = lines.size();
      lines.append(json::kPaddingBytes, ' ');
      for (std::string_view all = std::string_view(lines).substr(0, size); !all.empty();)
        map(take_line(&all));
    }
    // What has come is sent, whether much or little: the next may be long in coming.
    while (!gathered_.empty()) {
      size_t cut = gathered_.size() <= kPieceBytes ? gathered_.size()
                                                   : gathered_.rfind('\n', kPieceBytes) + 1;
      if (cut == 0) cut = std::min(gathered_.find('\n'), gathered_.size() - 1) + 1;
      TRY(sender_.send(std::string_view(gathered_).substr(0, cut)));
      gathered_.erase(0, cut);
    }
    return {};
  }

  void map(std::string_view line) {
    ++line_;
    if (trim(line).empty()) return;
    const auto bundle = log_->read(line);
    if (bundle) {
      gathered_ += bundle->empty() ? std::string() : std::string(*bundle) + "\n";
      return;
    }
    sender_.complain();
    report_place(path_, line_, static_cast<uint32_t>(log_->wrong_at() + 1), bundle.error().detail);
  }

  const std::string& path_;
  Sender& sender_;
  std::unique_ptr<logs::LogReader> log_;
  std::string rest_, gathered_;
  uint64_t line_ = 0;
  bool is_first_ = true;
};

}  // namespace

Command watch_command(std::string_view name) {
  if (name == "observe") return observe;
  if (name == "watch") return watching;
  return nullptr;
}

Result<int> run_observe(Target& target, const CommandLine& line) {
  const auto mapping = TRY(open_mapping(line.map));
  Sender sender(&target, line);
  for (const std::string& path : line.files) {
    const auto source = TRY(open_input(path, nullptr));
    Gatherer gatherer(path, mapping.get(), &sender);
    for (;;) {
      const std::string_view piece = TRY(source->next());
      if (piece.empty()) break;
      TRY(gatherer.add(piece));
    }
    TRY(gatherer.finish());
  }
  return sender.exit_code();
}

}  // namespace entente::app
