// What the tests of this module share: objects made from a few words, and findings as lines of
// text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "stix/stix.h"

namespace entente::stix::testing {

inline constexpr std::string_view kUuid = "0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";

// `"type":T,"id":"T--UUID"` and the members given, in braces.
std::string sco(std::string_view type, std::string_view members);
// The same with spec_version, created and modified.
std::string sdo(std::string_view type, std::string_view members);

// One object, parsed and examined. The header's views live as long as this does.
class Examined {
 public:
  explicit Examined(std::string_view text);
  // Not a member of a bundle, but a bundle itself.
  static std::vector<std::string> bundle_findings(std::string_view text);

  const Examination& operator*() const { return x_; }
  const Examination* operator->() const { return &x_; }
  json::Value root() const { return document_.root(); }
  // "code pointer", one a finding, in order.
  std::vector<std::string> lines() const;

 private:
  std::string text_;
  json::Document document_;
  Examination x_;
};

// A row of a table of cases: an object and its findings, separated by semicolons.
struct Case {
  std::string object;
  std::string_view findings;
};

// Expects of every row its findings, and that it is accepted unless one of them is an error.
void expect_all(const std::vector<Case>& cases);

}  // namespace entente::stix::testing
