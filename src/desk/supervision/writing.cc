// An import that refuses one object keeps none: what is said in several objects is said whole.
#include "desk/supervision/writing.h"

#include <algorithm>

#include "base/text.h"
#include "desk/supervision/objects.h"
#include "exchange/importer.h"
#include "stix/timestamp.h"

namespace entente::supervision {
namespace {

class OneText final : public exchange::Source {
 public:
  explicit OneText(std::string_view text) : text_(text) {}
  Result<std::string_view> next() override { return std::exchange(text_, {}); }

 private:
  std::string_view text_;
};

}  // namespace

Before find_before(const exchange::View& view, std::string_view id) {
  Before out;
  int64_t newest_ns = INT64_MIN;
  std::string scratch, bytes;
  view.versions_of(id, [&](store::Position position) {
    if (view.entry(position).submitter != view.reader().party) return true;
    const auto version = stix::parse_timestamp(view.name(position).version);
    if (!version || (out.is_there && version->ns <= newest_ns)) return true;
    newest_ns = version->ns;
    out.is_there = true;
    out.is_revoked = view.is_revoked(position);
    bytes = view.edition(position, &scratch);
    return true;
  });
  if (!out.is_there) return out;
  out.text = json::padded(bytes);
  out.size = bytes.size();
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(out.text).substr(0, out.size), &document)) return out;
  out.created = text_of(document.root(), "created");
  out.modified = text_of(document.root(), "modified");
  if (const auto marks = document.root().find("object_marking_refs")) {
    for (const json::Value mark : marks->elements()) {
      if (mark.is_string()) out.markings.push_back(mark.text());
    }
  }
  return out;
}

std::string next_modified(const exchange::View& view, const Before& before) {
  int64_t now_ms = view.now_ms();
  if (const auto last = stix::parse_timestamp(before.modified))
    now_ms = std::max(now_ms, last->ns / 1'000'000 + 1);
  return format_time_ms(now_ms);
}

Result<void> check_may_write(const exchange::Principal& who) {
  if (!release::may_write(who.role))
    return fail(Code::kForbidden, "this key's role does not write");
  if (!who.restriction.is_none())
    return fail(Code::kForbidden, "this key is narrower than its party, and speaks not for it");
  return {};
}

Result<void> record(exchange::Node& node, Random& random, const exchange::Principal& who,
                    release::CollectionNumber collection, const std::string& lines) {
  exchange::ImportOptions options;
  options.who = who;
  options.collection = collection;
  options.strict = true;
  exchange::Importer importer(node, random, options);
  TRY(importer.run([&]() -> Result<std::unique_ptr<exchange::Source>> {
    return std::make_unique<OneText>(lines);
  }));
  if (importer.report().refused == 0) return {};
  for (const exchange::ImportFinding& finding : importer.report().findings) {
    if (finding.severity == stix::Severity::kError)
      return fail(Code::kUnprocessable, "it cannot be recorded: " + finding.detail);
  }
  return fail(Code::kUnprocessable, "it cannot be recorded");
}

}  // namespace entente::supervision
