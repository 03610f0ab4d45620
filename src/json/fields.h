// Small JSON objects of our own forms (requests, statements, settings), read by member name; a member of another kind than asked
// for counts as absent.
//
//   const Fields fields = TRY(Fields::parse(body));
//   const std::string act = fields.text("act");
//   const std::vector<std::string> to = fields.list("to");
//
// Threads: a value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"

namespace entente::json {

// The text of a member that is a string, else "".
std::string member_text(Value object, std::string_view name);
// The strings among a list's elements; none if it is no list.
std::vector<std::string> strings_in(Value list);

// An owned object.
class Fields {
 public:
  // kInvalid unless the text is one JSON object.
  static Result<Fields> parse(std::string_view text);

  Value root() const { return parts_->document.root(); }
  std::string text(std::string_view name) const { return member_text(root(), name); }
  std::optional<int64_t> integer(std::string_view name) const;
  uint64_t count(std::string_view name) const;                 // 0 if absent or negative
  bool flag(std::string_view name) const;                      // false if absent
  std::vector<std::string> list(std::string_view name) const;  // of its strings

 private:
  struct Parts {
    std::string bytes;
    Document document;
  };
  std::unique_ptr<Parts> parts_;  // the document points into the bytes
};

}  // namespace entente::json
