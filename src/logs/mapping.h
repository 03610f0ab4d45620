// How lines of a log become observed data: a mapping from the fields of a JSON log line to properties of
// cyber-observable objects. A mapping is data; docs/formats/log-mapping.md describes its text.
//
//   const Mapping mapping = TRY(Mapping::parse(text));
//   LogReader reader(mapping);                          // reader.h
//
// Values: a Mapping never changes once it is made. Threads: any, to read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace entente::logs {

// What is made of the value of a field.
enum class Form : uint8_t {
  kAsIs,            // the number, string or boolean as it is written
  kText,            // a string, of numbers too
  kLower,           // a string in lower case
  kInteger,         // a number without fraction, out of a string too; 0x... is hexadecimal
  kNumber,          // a number, out of a string too
  kBoolean,         // true and false, out of a string too
  kTime,            // a STIX timestamp: seconds or milliseconds since 1970, or date and time
  kAddress,         // an IPv4 or IPv6 address in its usual form; else absent
  kHost,            // an address or a domain name
  kHashes,          // "SHA1=..,MD5=..": an object
  kHex,             // hexadecimal digits without what stands between them
  kName,            // what is behind the last slash or backslash
  kDirectory,       // what is before it
  kRegistryKey,     // with the hive written in full
  kRegistryParent,  // the same of what is before the last backslash
  kMail,            // an address of mail, without angle brackets
};

// Where a value comes from.
enum class SourceKind : uint8_t { kField, kConstant, kRef, kRefs, kList, kObject, kJoined, kUrl };

struct Source {
  SourceKind kind = SourceKind::kField;
  Form form = Form::kAsIs;
  bool is_item = false;             // fields are those of the element, not of the line
  std::vector<std::string> fields;  // of kField: the first that is there counts
  std::vector<std::string> plus;    // of a time: seconds to add, if they are there
  std::string constant;             // of kConstant: JSON
  std::vector<uint32_t> objects;    // of kRef and kRefs: rules before this one
  std::vector<std::string> names;   // of kObject: of the parts
  std::vector<Source> parts;        // of kObject, kList, kJoined; of kUrl: scheme, host, port, path
  std::vector<std::string> needs;   // of kObject: absent without these
};

struct Condition {
  enum class Kind : uint8_t { kHas, kHasAny, kLacks, kIs };
  Kind kind = Kind::kHas;
  std::vector<std::string> fields;
  std::vector<std::string> values;  // of kIs: as text
};

// What kind of object a rule makes.
enum class TypeRule : uint8_t { kFixed, kAddress, kHost };

struct ObjectRule {
  std::string name;
  TypeRule type_rule = TypeRule::kFixed;
  std::string type;               // of kFixed
  std::vector<std::string> each;  // one object for each element of this field; empty: one
  std::string split;              // between elements of a text
  Source properties;              // of kObject
};

// A kind of log line.
struct Record {
  std::string name;
  std::vector<Condition> conditions;  // all of them
  Source first, last;                 // times; last may be without fields: as first
  bool has_last = false;
  std::vector<ObjectRule> objects;
};

class Mapping {
 public:
  // kInvalid, with the JSON pointer of what is wrong; kTooLarge past a limit.
  static Result<Mapping> parse(std::string_view text);
  // A mapping that comes with the program: "zeek", "suricata", "sysmon". kNotFound.
  static Result<Mapping> shipped(std::string_view name);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& under() const { return under_; }
  const std::vector<std::string>& absent() const { return absent_; }
  const std::vector<Record>& records() const { return records_; }

 private:
  friend class MappingReader;
  std::string name_;
  std::vector<std::string> under_;   // where fields are looked for; "" is the line itself
  std::vector<std::string> absent_;  // texts that say that there is no value
  std::vector<Record> records_;
};

// The names of the shipped mappings, and their texts. Empty if there is none of that name.
std::vector<std::string_view> shipped_names();
std::string_view shipped_text(std::string_view name);

}  // namespace entente::logs
