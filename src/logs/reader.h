// Turns lines of a JSON log into bundles of observed data, by a mapping.
//
//   LogReader reader(mapping);
//   const std::string_view bundle = TRY(reader.read(line));   // "" if the mapping says nothing of such lines
//
// A bundle has one observed-data with number_observed 1 and the objects that it refers to. All ids follow from
// the line and the name of the mapping: the same line makes the same bundle, wherever it is read. Objects have
// the ids that the standard makes of their properties; types without such ids get one of the line.
// [stix21 2.9, 4.14]
//
// Ownership: borrows the mapping; the bundle lives until the next call. Threads: one.
// Cost: about 20 us a line of a connection log.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "logs/mapping.h"

namespace entente::logs {

struct Moment;

class LogReader {
 public:
  explicit LogReader(const Mapping& mapping) : mapping_(mapping) {}

  // `line` is followed by json::kPaddingBytes readable bytes, and so is what is given back, a bundle as one line
  // of JSON. kInvalid for what is no JSON object or has no time where the mapping looks for one; kTooLarge past
  // limits::kLineBytesMax.
  Result<std::string_view> read(std::string_view line);

  // Of the line before: where in it the JSON was wrong, in bytes; 0: not known.
  size_t wrong_at() const { return wrong_at_; }

 private:
  // A value of a field: of the line's JSON, or a piece of a text of it.
  struct Found {
    std::string text;      // of a scalar
    bool is_text = false;  // it was a string
    bool is_there = false;
  };

  bool applies(const Record& record) const;
  // The first that is there; find_one takes objects too.
  std::optional<json::Value> find_one(const std::string& field) const;
  std::optional<json::Value> find(const std::vector<std::string>& fields) const;
  bool scalar(json::Value value, Found* out) const;
  Found value_of(const Source& source) const;
  Result<Moment> moment(const Source& source) const;
  void make_objects(const ObjectRule& rule, size_t number);
  void make_object(const ObjectRule& rule, size_t number);
  bool append(const Source& source, std::string* out);
  bool append_field(const Source& source, std::string* out);
  bool append_list(const Source& source, std::string* out);
  bool append_members(const Source& source, std::string* out);
  bool append_joined(const Source& source, std::string* out);
  bool append_url(const Source& source, std::string* out);
  bool append_refs(const Source& source, std::string* out);
  std::string id_of(const std::string& type, size_t number);

  const Mapping& mapping_;
  json::Parser parser_;
  json::Document line_, object_;
  std::vector<json::Value> roots_;
  // The element that a rule is at.
  std::optional<json::Value> item_;
  std::string item_text_;
  bool is_text_item_ = false;
  std::string uuid_;                           // of the line
  std::vector<std::vector<std::string>> ids_;  // of the objects of each rule
  std::unordered_set<std::string> made_;       // ids
  std::string refs_, objects_, bundle_, scratch_;
  size_t wrong_at_ = 0;
};

}  // namespace entente::logs
