#include "stix/test_support.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace entente::stix::testing {
namespace {

std::vector<std::string> lines_of(const Examination& x) {
  std::vector<std::string> lines;
  for (const Finding& finding : x.findings) {
    lines.push_back(std::string(finding.code) +
                    (finding.pointer.empty() ? "" : " " + finding.pointer));
  }
  return lines;
}

std::string with(std::string head, std::string_view members) {
  if (!members.empty()) head.append(",").append(members);
  return head + "}";
}

}  // namespace

std::string sco(std::string_view type, std::string_view members) {
  const std::string t(type);
  return with("{\"type\":\"" + t + "\",\"id\":\"" + t + "--" + std::string(kUuid) + "\"", members);
}

std::string sdo(std::string_view type, std::string_view members) {
  const std::string t(type);
  return with(
      "{\"type\":\"" + t + "\",\"spec_version\":\"2.1\",\"id\":\"" + t + "--" + std::string(kUuid) +
          "\",\"created\":\"2024-03-07T10:00:00.000Z\",\"modified\":\"2024-03-07T10:00:00.000Z\"",
      members);
}

Examined::Examined(std::string_view text) : text_(json::padded(text)) {
  json::Parser parser;
  const auto parsed = parser.parse(text_, &document_);
  if (!parsed) {
    ADD_FAILURE() << parsed.error().detail << " at " << parsed.error().offset << ": " << text;
    return;
  }
  Examiner examiner;
  examiner.examine(document_.root(), &x_);
}

std::vector<std::string> Examined::bundle_findings(std::string_view text) {
  const std::string padded = json::padded(text);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(padded, &document)) << text;
  Examiner examiner;
  Examination x;
  examiner.examine_bundle(document.root(), &x);
  return lines_of(x);
}

std::vector<std::string> Examined::lines() const { return lines_of(x_); }

void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.object);
    const Examined examined(one.object);
    std::vector<std::string> wanted;
    if (!one.findings.empty()) {
      for (const std::string_view line : split(one.findings, ';')) wanted.emplace_back(trim(line));
    }
    EXPECT_EQ(examined.lines(), wanted);
    bool has_error = false;
    for (const Finding& finding : examined->findings) {
      has_error |= finding.severity == Severity::kError;
      EXPECT_LE(finding.detail.size(), kDetailBytesMax);
      EXPECT_LT(finding.offset, one.object.size());
    }
    EXPECT_EQ(examined->accepted, !has_error);
    EXPECT_EQ(examined->findings_total, examined->findings.size());
  }
}

}  // namespace entente::stix::testing
