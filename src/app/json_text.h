// JSON as the command line writes and reads it: small objects, built by hand and taken apart by name (json/fields.h). Content (STIX) never
// passes through here; its bytes are handed on as they are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/fields.h"

namespace entente::app {

// {"a":"text","n":1}: members in the order in which they are added.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view text);
  JsonObject& add_number(std::string_view name, uint64_t value);
  JsonObject& add_signed(std::string_view name, int64_t value);
  JsonObject& add_flag(std::string_view name, bool value);
  JsonObject& add_list(std::string_view name, const std::vector<std::string>& texts);
  JsonObject& add_raw(std::string_view name, std::string_view json);
  std::string text() const { return "{" + members_ + "}"; }

 private:
  void begin(std::string_view name);
  std::string members_;
};

// ["a","b"] or a list of raw values.
class JsonList {
 public:
  JsonList& add(std::string_view text);
  JsonList& add_raw(std::string_view json);
  std::string text() const { return "[" + elements_ + "]"; }

 private:
  std::string elements_;
};

using json::Fields;

}  // namespace entente::app
