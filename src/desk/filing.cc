// The tree is built in the order of the lines, so that the filing reads as the form did.
#include "desk/filing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "base/text.h"
#include "json/json.h"

namespace entente::desk {
namespace {

constexpr size_t kLinesMax = 10'000;
constexpr size_t kDepthMax = 6;  // names of a field, between dots
constexpr size_t kFieldBytesMax = 200;

struct Field {
  std::string name;
  std::vector<std::string> values;
  std::vector<std::unique_ptr<Field>> fields;  // else
};

// The cells of one record, and what is left; nullopt: a quote that does not end.
std::optional<std::vector<std::string>> take_record(std::string_view& text) {
  std::vector<std::string> cells(1);
  size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && cells.back().empty()) {
      for (++at;; ++at) {
        if (at >= text.size()) return std::nullopt;
        if (text[at] != '"') {
          cells.back() += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          cells.back() += text[++at];
        } else {
          break;
        }
      }
      ++at;
    } else if (c == ',') {
      cells.emplace_back();
      ++at;
    } else if (c == '\n') {
      ++at;
      break;
    } else {
      if (c != '\r') cells.back() += c;
      ++at;
    }
  }
  text.remove_prefix(at);
  return cells;
}

bool is_list(std::string_view name) {
  constexpr std::array<std::string_view, 6> kLists{"format", "sectors",      "instruments",
                                                   "assets", "technologies", "states_touched"};
  return std::ranges::find(kLists, name) != kLists.end();
}

// As a number if the field is one and the text reads as one.
std::string value_json(std::string_view name, const std::string& value) {
  const bool wants_number = name == "share" || name == "voting" || name == "amount";
  if (wants_number) {
    const std::string text = json::padded(value);
    json::Parser parser;
    json::Document document;
    if (parser.parse(std::string_view(text).substr(0, value.size()), &document) &&
        document.root().is_number())
      return std::string(document.root().raw());
  }
  return json_quote(value);
}

std::string json_of_field(const Field& field) {
  std::string out;
  if (!field.fields.empty() || field.values.empty()) {
    for (const auto& one : field.fields)
      out += (out.empty() ? "" : ",") + json_quote(one->name) + ":" + json_of_field(*one);
    return "{" + out + "}";
  }
  if (field.values.size() == 1 && !is_list(field.name))
    return value_json(field.name, field.values.front());
  for (const std::string& value : field.values)
    out += (out.empty() ? "" : ",") + value_json(field.name, value);
  return "[" + out + "]";
}

Field& child_of(Field& parent, std::string_view name) {
  const auto found = std::ranges::find_if(
      parent.fields, [&](const std::unique_ptr<Field>& one) { return one->name == name; });
  if (found != parent.fields.end()) return **found;
  parent.fields.push_back(std::make_unique<Field>());
  parent.fields.back()->name = std::string(name);
  return *parent.fields.back();
}

}  // namespace

Result<std::string> filing_from_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Field root;
  for (size_t line = 1; !text.empty(); ++line) {
    const auto wrong = [&](std::string_view what) {
      return fail(Code::kInvalid, fmt::format("record {} of the form: {}", line, what));
    };
    if (line > kLinesMax)
      return fail(Code::kTooLarge, fmt::format("a form has up to {} records", kLinesMax));
    const auto cells = take_record(text);
    if (!cells) return wrong("a quote does not end");
    if (cells->size() == 1 && trim(cells->front()).empty()) continue;
    if (cells->size() != 2) return wrong("it is not field,value");
    const std::string_view name = trim(cells->front());
    if (line == 1 && name == "field" && cells->back() == "value") continue;  // a heading
    const auto parts = split(name, '.');
    if (name.size() > kFieldBytesMax || parts.size() > kDepthMax ||
        std::ranges::any_of(parts, [](std::string_view part) { return part.empty(); }))
      return wrong("no name of a field");
    Field* at = &root;
    for (const std::string_view part : parts) {
      if (!at->values.empty()) return wrong("a field is a value or has fields, not both");
      at = &child_of(*at, part);
    }
    if (!at->fields.empty()) return wrong("a field is a value or has fields, not both");
    at->values.push_back(cells->back());
  }
  if (root.fields.empty()) return fail(Code::kInvalid, "the form is empty");
  return json_of_field(root);
}

std::map<std::string, procedure::Day> filed_days(std::string_view filing,
                                                 const procedure::Pack& pack) {
  std::map<std::string, procedure::Day> out;
  const bool is_asked = std::ranges::any_of(
      pack.clocks, [](const procedure::ClockRule& clock) { return !clock.from.empty(); });
  if (!is_asked || filing.empty()) return out;
  const std::string text = json::padded(filing);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, filing.size()), &document)) return out;
  for (const procedure::ClockRule& clock : pack.clocks) {
    const auto value =
        clock.from.empty() ? std::nullopt : document.root().find(std::string_view(clock.from));
    if (!value || !value->is_string()) continue;
    if (const auto day = procedure::parse_day(value->text())) out[clock.from] = *day;
  }
  return out;
}

}  // namespace entente::desk
