// JSON is parsed object by object, so that a large file needs little more than itself.
#include "ownership/flat_record.h"

#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "json/json.h"
#include "json/splitter.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

// Depth is bounded by the parser.
void flatten(json::Value value, const std::string& path, std::vector<Leaf>* leaves) {
  if (value.is_object()) {
    for (const json::Member member : value.members())
      flatten(member.value, path.empty() ? member.key.text() : path + "/" + member.key.text(),
              leaves);
  } else if (value.is_array()) {
    for (const json::Value element : value.elements()) flatten(element, path, leaves);
  } else if (leaves->size() < limits::kLeavesMax) {
    leaves->push_back({path, value.is_string() ? value.text() : std::string(value.raw())});
  }
}

}  // namespace

std::string_view leaf_text(std::span<const Leaf> record, std::string_view tail) {
  for (const Leaf& leaf : record) {
    const std::string_view path = leaf.path;
    if (!path.ends_with(tail)) continue;
    if (path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/') return leaf.text;
  }
  return {};
}

Result<void> for_each_json_record(std::string_view text, const RecordSink& sink) {
  json::Parser parser;
  json::Document document;
  std::optional<Error> error;
  const auto take = [&](std::string_view object, uint64_t offset) {
    if (error) return;
    const std::string padded = json::padded(object);
    const auto parsed = parser.parse(std::string_view(padded).substr(0, object.size()), &document);
    if (!parsed) {
      error = Error{Code::kInvalid, fmt::format("byte {}: {}", offset, parsed.error().detail)};
      return;
    }
    std::vector<Leaf> leaves;
    flatten(document.root(), "", &leaves);
    if (const auto taken = sink("", leaves); !taken) error = taken.error();
  };
  const auto trouble = [&](std::string_view what, uint64_t offset) {
    if (!error) error = Error{Code::kInvalid, fmt::format("byte {}: {}", offset, what)};
  };
  json::Splitter splitter(take, trouble);
  splitter.feed(text);
  splitter.finish();
  if (error) return std::unexpected(*error);
  return {};
}

}  // namespace entente::ownership
