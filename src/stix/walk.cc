// Findings: how they are made, kept within their number, ordered, and given their pointers.
//
// A finding is cheap until the end of the walk: a code, a node, a short text in a string that an
// earlier object already paid for. Pointers are written in one descent over all findings in node
// order.
#include "stix/walk.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace entente::stix {
namespace {

constexpr size_t kSpareMax = 4 * limits::kFindingsPerObjectMax;

// Cuts at most at `size` bytes, never inside a UTF-8 sequence.
void append_clipped(std::string_view part, size_t size, std::string* out) {
  if (out->size() >= size) return;
  size_t room = size - out->size();
  if (part.size() > room) {
    while (room > 0 && (static_cast<unsigned char>(part[room]) & 0xC0) == 0x80) --room;
    part = part.substr(0, room);
  }
  out->append(part);
}

// [RFC 6901 3]
void append_escaped(std::string_view name, std::string* pointer) {
  pointer->push_back('/');
  for (const char c : name) {
    if (c == '~') {
      pointer->append("~0");
    } else if (c == '/') {
      pointer->append("~1");
    } else {
      pointer->push_back(c);
    }
  }
}

}  // namespace

void PointerWriter::begin(const json::Document& document, uint32_t root) {
  document_ = &document;
  levels_.clear();
  path_.clear();
  levels_.push_back({root, root + 1, 0, 0});
}

void PointerWriter::write(uint32_t target, std::string* pointer) {
  while (levels_.size() > 1 && document_->nodes()[levels_.back().container].next <= target) {
    path_.resize(levels_.back().path_size);
    levels_.pop_back();
  }
  while (target > levels_.back().container) {
    Level& level = levels_.back();
    const bool is_object = document_->nodes()[level.container].kind == json::Kind::kObject;
    const uint32_t child = advance(&level, is_object, target);
    const uint32_t value = is_object ? child + 1 : child;
    const size_t path_size = path_.size();
    append_name(level, is_object, child);
    if (target <= value) {
      *pointer = path_;
      path_.resize(path_size);
      return;
    }
    levels_.push_back({value, value + 1, 0, path_size});
  }
  *pointer = path_;
}

uint32_t PointerWriter::advance(Level* level, bool is_object, uint32_t target) const {
  while (true) {
    const uint32_t next = document_->nodes()[is_object ? level->child + 1 : level->child].next;
    if (target < next) return level->child;
    level->child = next;
    ++level->element;
  }
}

void PointerWriter::append_name(const Level& level, bool is_object, uint32_t child) {
  if (is_object) {
    append_escaped(json::Value(document_, child).text(&scratch_), &path_);
  } else {
    path_.push_back('/');
    path_.append(std::to_string(level.element));
  }
}

Finding* Walk::new_finding(Severity severity) {
  std::vector<Finding>& findings = out_->findings;
  if (findings.size() < limits::kFindingsPerObjectMax) {
    if (spare_.empty()) {
      findings.emplace_back();
    } else {
      findings.push_back(std::move(spare_.back()));
      spare_.pop_back();
    }
    finding_nodes_.push_back(0);
    return &findings.back();
  }
  // The list is full. An error, which decides the object's fate, takes the place of something less.
  if (severity != Severity::kError || errors_listed_ == findings.size()) return nullptr;
  for (size_t i = findings.size(); i-- > 0;) {
    if (findings[i].severity == Severity::kError) continue;
    std::swap(findings[i], findings.back());
    std::swap(finding_nodes_[i], finding_nodes_.back());
    return &findings.back();
  }
  return nullptr;
}

void Walk::note(Problem problem, json::Value at, Parts parts) {
  const ProblemKind& kind = kind_of(problem);
  ++out_->findings_total;
  if (kind.severity == Severity::kError) refused_ = true;
  Finding* finding = new_finding(kind.severity);
  if (finding == nullptr) return;
  if (kind.severity == Severity::kError) ++errors_listed_;
  finding->code = kind.code;
  finding->severity = kind.severity;
  finding->offset = at.offset();
  finding->detail.clear();
  for (const std::string_view part : parts) append_clipped(part, kDetailBytesMax, &finding->detail);
  finding_nodes_.back() = at.index();
}

void Walk::begin(json::Value object, Examination* out) {
  out_ = out;
  for (Finding& finding : out->findings) {
    if (spare_.size() < kSpareMax) spare_.push_back(std::move(finding));
  }
  out->clear();
  document_ = &object.document();
  nodes_ = document_->nodes().data();
  bytes_ = document_->bytes().data();
  root_ = object;
  type_ = Known::kCustom;
  compiled_ = &schema_.of(Known::kCustom);
  light_ = refused_ = has_created_ = has_modified_ = false;
  toplevel_extension_ = new_type_extension_ = false;
  selectors_ = selector_steps_ = errors_listed_ = 0;
  custom_keys_.clear();
  finding_nodes_.clear();
}

void Walk::write_pointers() {
  std::vector<Finding>& findings = out_->findings;
  if (findings.empty()) return;
  if (!std::ranges::is_sorted(finding_nodes_)) {
    std::vector<std::pair<uint32_t, size_t>> order;  // by node, then as they came
    for (size_t i = 0; i < findings.size(); ++i) order.emplace_back(finding_nodes_[i], i);
    std::ranges::sort(order);
    std::vector<Finding> sorted;
    std::vector<uint32_t> nodes;
    for (const auto& [node, i] : order) {
      sorted.push_back(std::move(findings[i]));
      nodes.push_back(node);
    }
    findings = std::move(sorted);
    finding_nodes_ = std::move(nodes);
  }
  pointers_.begin(*document_, root_.index());
  for (size_t i = 0; i < findings.size(); ++i)
    pointers_.write(finding_nodes_[i], &findings[i].pointer);
}

void Walk::finish() {
  write_pointers();
  out_->accepted = !refused_;
}

}  // namespace entente::stix
