// Thin over base/text.h (quoting).
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

}  // namespace entente::app
