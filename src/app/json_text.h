// JSON as the command line writes and reads it: small objects, built by hand and taken apart by name. Content (STIX) never
// passes through here; its bytes are handed on as they are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"

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

// An owned JSON object, read by member name. A member of another kind than asked for counts as absent.
class Fields {
 public:
  // kInvalid unless the text is one JSON object.
  static Result<Fields> parse(std::string_view text);

  json::Value root() const { return parts_->document.root(); }
  std::string text(std::string_view name) const;  // "" if absent
  std::optional<int64_t> integer(std::string_view name) const;
  uint64_t count(std::string_view name) const;                 // 0 if absent or negative
  bool flag(std::string_view name) const;                      // false if absent
  std::vector<std::string> list(std::string_view name) const;  // of its strings

 private:
  struct Parts {
    std::string bytes;
    json::Document document;
  };
  std::unique_ptr<Parts> parts_;  // the document points into the bytes
};

}  // namespace entente::app
