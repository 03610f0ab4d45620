// Thin over base/text.h (quoting) and json/json.h (parsing).
#include "app/json_text.h"

#include "base/text.h"

namespace entente::app {

void JsonObject::begin(std::string_view name) {
  if (!members_.empty()) members_ += ',';
  append_json_quoted(members_, name);
  members_ += ':';
}

JsonObject& JsonObject::add(std::string_view name, std::string_view text) {
  begin(name);
  append_json_quoted(members_, text);
  return *this;
}

JsonObject& JsonObject::add_number(std::string_view name, uint64_t value) {
  begin(name);
  members_ += std::to_string(value);
  return *this;
}

JsonObject& JsonObject::add_signed(std::string_view name, int64_t value) {
  begin(name);
  members_ += std::to_string(value);
  return *this;
}

JsonObject& JsonObject::add_flag(std::string_view name, bool value) {
  begin(name);
  members_ += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::add_list(std::string_view name, const std::vector<std::string>& texts) {
  JsonList list;
  for (const std::string& text : texts) list.add(text);
  return add_raw(name, list.text());
}

JsonObject& JsonObject::add_raw(std::string_view name, std::string_view json) {
  begin(name);
  members_ += json;
  return *this;
}

JsonList& JsonList::add(std::string_view text) {
  if (!elements_.empty()) elements_ += ',';
  append_json_quoted(elements_, text);
  return *this;
}

JsonList& JsonList::add_raw(std::string_view json) {
  if (!elements_.empty()) elements_ += ',';
  elements_ += json;
  return *this;
}

Result<Fields> Fields::parse(std::string_view text) {
  Fields out;
  out.parts_ = std::make_unique<Parts>();
  out.parts_->bytes = json::padded(text);
  json::Parser parser;
  const auto parsed = parser.parse(std::string_view(out.parts_->bytes).substr(0, text.size()),
                                   &out.parts_->document);
  if (!parsed) return fail(Code::kInvalid, "not JSON: " + parsed.error().detail);
  if (!out.root().is_object()) return fail(Code::kInvalid, "not a JSON object");
  return out;
}

std::string Fields::text(std::string_view name) const {
  const auto value = root().find(name);
  return value && value->is_string() ? value->text() : std::string();
}

std::optional<int64_t> Fields::integer(std::string_view name) const {
  const auto value = root().find(name);
  return value ? value->integer() : std::nullopt;
}

uint64_t Fields::count(std::string_view name) const {
  const int64_t value = integer(name).value_or(0);
  return value < 0 ? 0 : static_cast<uint64_t>(value);
}

bool Fields::flag(std::string_view name) const {
  const auto value = root().find(name);
  return value && value->kind() == json::Kind::kTrue;
}

std::vector<std::string> Fields::list(std::string_view name) const {
  std::vector<std::string> out;
  const auto value = root().find(name);
  if (!value) return out;
  for (const json::Value element : value->elements()) {
    if (element.is_string()) out.push_back(element.text());
  }
  return out;
}

}  // namespace entente::app
