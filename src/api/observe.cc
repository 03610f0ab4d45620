// Mappings are those that come with the program: a sensor with a log of its own maps it on its side (entente observe --map).
#include "api/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::api {
namespace {

constexpr size_t kStreamLineBytesMax = size_t{8}
                                       << 20U;  // a line of a stream, kept until its end comes

Result<bool> choice(const FindParameter& find, std::string_view name, std::string_view no,
                    std::string_view yes) {
  const std::string* const value = find(name);
  if (value == nullptr || *value == no) return false;
  if (*value == yes) return true;
  return fail(Code::kInvalid,
              std::string(name) + " is " + std::string(yes) + " or " + std::string(no));
}

// What the parameters ask for; `mapping` is where the options' own mapping lives.
Result<watch::ObserveOptions> read_options(const exchange::Node& node,
                                           const exchange::Principal& who,
                                           const FindParameter& find,
                                           std::optional<logs::Mapping>* mapping) {
  watch::ObserveOptions options;
  options.keep_all = TRY(choice(find, "keep", "matched", "all"));
  options.dry_run = TRY(choice(find, "dry_run", "false", "true"));
  if (const std::string* const markings = find("marking")) {
    for (const std::string_view one : split(*markings, ',')) {
      if (!stix::is_identifier(one) || stix::type_of(one) != "marking-definition")
        return fail(Code::kInvalid, "marking is a list of ids of marking definitions");
      options.markings.emplace_back(one);
    }
    std::ranges::sort(options.markings);
  }
  if (const std::string* const collection = find("collection")) {
    const exchange::View view = node.view(who);
    const release::Collection* const found = view.collection(*collection);
    if (found == nullptr) return fail(Code::kNotFound, "no such collection");
    options.collection = found->number;
  }
  if (const std::string* const name = find("map")) {
    auto shipped = logs::Mapping::shipped(*name);
    if (!shipped) return fail(Code::kInvalid, "map is zeek, suricata or sysmon");
    *mapping = std::move(*shipped);
    options.mapping = &**mapping;
  }
  return options;
}

// Whole lines out of pieces.
class WholeLines {
 public:
  // What has come up to the last line feed, or at the end all of it; empty: nothing yet.
  std::string take(std::string_view piece) {
    const size_t feed = piece.rfind('\n');
    const size_t whole = piece.empty()                    ? rest_.size()
                         : feed == std::string_view::npos ? 0
                                                          : rest_.size() + feed + 1;
    rest_ += piece;
    std::string out = rest_.substr(0, whole);
    rest_.erase(0, whole);
    return out;
  }
  size_t waiting_bytes() const { return rest_.size(); }

 private:
  std::string rest_;
};

uint64_t lines_in(std::string_view text) {
  const auto feeds = static_cast<uint64_t>(std::ranges::count(text, '\n'));
  return feeds + (text.ends_with('\n') || text.empty() ? 0 : 1);
}

std::string error_line(uint64_t line, const Error& error) {
  return fmt::format(R"({{"from":{},"error":{{"code":{},"detail":{}}}}})", line,
                     json_quote(name_of(error.code)), json_quote(error.detail)) +
         "\n";
}

}  // namespace

Result<std::string> observe(watch::Watch& watch, const exchange::Node& node,
                            const exchange::Principal& who, const FindParameter& find,
                            std::string_view body) {
  std::optional<logs::Mapping> mapping;
  const watch::ObserveOptions options = TRY(read_options(node, who, find, &mapping));
  const auto report = TRY(watch.observe(who, body, options));
  return to_json(report);
}

Result<void> observe_stream(watch::Watch& watch, const exchange::Node& node,
                            const std::function<Result<exchange::Principal>()>& again,
                            const FindParameter& find, const Pieces& pieces) {
  std::optional<logs::Mapping> mapping;
  const exchange::Principal first = TRY(again());
  watch::ObserveOptions options = TRY(read_options(node, first, find, &mapping));
  options.is_lines = true;
  const std::string nothing = json::padded("");
  TRY(watch.observe(first, std::string_view(nothing).substr(0, 0), options));
  TRY(pieces.start(200, {{"Content-Type", "application/jsonl"}}));
  WholeLines lines;
  uint64_t line = 1;
  for (bool more = true; more;) {
    const auto piece = pieces.next();
    if (!piece) {
      // Unless the client itself has gone, it is told.
      TRY(pieces.write(error_line(line, piece.error())));
      return {};
    }
    more = !piece->empty();
    std::string text = lines.take(*piece);
    if (lines.waiting_bytes() > kStreamLineBytesMax) {
      const Error error{Code::kTooLarge,
                        fmt::format("a line of more than {} bytes", kStreamLineBytesMax)};
      return pieces.write(error_line(line, error));
    }
    if (text.empty()) continue;
    const auto who = again();
    const size_t size = text.size();
    const uint64_t next = line + lines_in(text);
    text.append(json::kPaddingBytes, ' ');
    auto report = who ? watch.observe(*who, std::string_view(text).substr(0, size), options)
                      : Result<watch::ObserveReport>(std::unexpected(who.error()));
    if (!report) return pieces.write(error_line(line, report.error()));
    for (auto& trouble : report->troubles) trouble.line += trouble.line == 0 ? 0 : line - 1;
    TRY(pieces.write(fmt::format(R"({{"from":{},"to":{},{})", line, next - 1,
                                 std::string_view(to_json(*report)).substr(1)) +
                     "\n"));
    line = next;
  }
  return {};
}

}  // namespace entente::api
