// Which editions an object has: each is made, parsed and examined like an object that comes in.
//
// Every subset is tried, 31 at most: about 3 us each, once, at ingest. Comparing findings (their
// code and where they are, list indexes aside) asks no second set of rules of what STIX requires.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "release/redaction.h"
#include "stix/finding.h"

namespace entente::release {
namespace {

// Whether a finding says that what the standard asks for is not there. A deterministic id names
// properties that may be cut, and stays what it was [stix21 2.9]; that it does not fit what is left
// is a hint.
bool is_fault(const stix::Finding& finding) {
  return finding.severity != stix::Severity::kHint &&
         finding.code != stix::kind_of(stix::Problem::kDeterministicUnfounded).code;
}

// Code, place and words, less all digits of the place: indexes shift when something is cut.
std::vector<std::string> faults_of(const stix::Examination& examination) {
  std::vector<std::string> out;
  for (const stix::Finding& finding : examination.findings) {
    if (!is_fault(finding)) continue;
    std::string fault(finding.code);
    for (const char c : finding.pointer) {
      if (c < '0' || c > '9') fault.push_back(c);
    }
    out.push_back(std::move(fault) + " " + finding.detail);
  }
  std::ranges::sort(out);
  return out;
}

bool is_complete(const stix::Examination& examination) {
  return examination.findings_total == examination.findings.size();
}

}  // namespace

// What cannot be compared is not as good.
bool EditionPlanner::is_as_good(const std::string& edition) {
  const std::string text = json::padded(edition);
  const std::string_view bytes(text);
  if (!parser_.parse(bytes, &document_)) return false;
  examiner_.examine(document_.root(), &examination_);
  return examination_.accepted && is_complete(examination_) &&
         std::ranges::includes(faults_of_whole_, faults_of(examination_));
}

Editions EditionPlanner::plan(json::Value object, std::span<const Part> parts) {
  Editions out;
  if (parts.empty() || parts.size() > limits::kGranularPartsMax) return out;
  examiner_.examine(object, &examination_);
  if (!examination_.accepted || !is_complete(examination_)) return out;
  // What a marking means must be the same for all who read it.
  if (examination_.header.type == "marking-definition") return out;
  faults_of_whole_ = faults_of(examination_);
  const uint32_t masks = 1u << parts.size();
  out.edits.resize(masks);
  std::vector<std::string_view> selectors;
  for (uint32_t mask = 1; mask < masks; ++mask) {
    selectors.clear();
    for (size_t part = 0; part < parts.size(); ++part) {
      if ((mask >> part & 1) == 0) continue;
      selectors.insert(selectors.end(), parts[part].selectors.begin(), parts[part].selectors.end());
    }
    Result<Edits> edits = cut(object, selectors);
    if (!edits || !is_as_good(edits->apply(object.raw()))) continue;
    out.valid |= 1u << mask;
    out.edits[mask] = std::move(*edits);
  }
  return out;
}

uint32_t valid_editions(json::Value object, std::span<const Part> parts) {
  return EditionPlanner().plan(object, parts).valid;
}

}  // namespace entente::release
