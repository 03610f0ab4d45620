// The walk goes over the members of the object and looks each up in the tree, or over the edges of the
// tree and looks each up in the object, whichever are fewer: objects have a handful of members, and
// trees a handful of edges, but for dictionaries.
#include "pattern/paths.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "pattern/limits.h"
#include "pattern/octets.h"

namespace entente::pattern {
namespace {

constexpr size_t kEdgesOneByOneMax = 8;  // edges that are compared one by one

Encoding encoding_of(std::string_view name) {
  return name.ends_with("_hex")   ? Encoding::kHex
         : name.ends_with("_bin") ? Encoding::kBase64
                                  : Encoding::kPlain;
}

}  // namespace

Paths::Paths() = default;
Paths::~Paths() = default;

Paths::Node* Paths::Node::find(std::string_view wanted) const {
  if (!by_name.empty()) {
    const auto at = by_name.find(wanted);
    return at == by_name.end() ? nullptr : at->second;
  }
  for (const auto& node : names) {
    if (node->name == wanted) return node.get();
  }
  return nullptr;
}

Paths::Node* Paths::type_node(std::string_view type) {
  if (const auto at = by_type_.find(type); at != by_type_.end()) return at->second;
  types_.push_back(std::make_unique<Node>());
  Node* made = types_.back().get();
  made->name = type;
  by_type_.emplace(made->name, made);
  return made;
}

Paths::Node* Paths::step_to(Node* from, const Pattern& pattern, const Step& step) {
  if (step.kind == StepKind::kAny || step.kind == StepKind::kIndex) {
    std::unique_ptr<Node>* slot = &from->any;
    if (step.kind == StepKind::kIndex) {
      auto at = std::find_if(from->indexes.begin(), from->indexes.end(),
                             [&](const auto& each) { return each.first == step.index; });
      if (at == from->indexes.end()) at = from->indexes.insert(at, {step.index, nullptr});
      slot = &at->second;
    }
    if (*slot == nullptr) {
      *slot = std::make_unique<Node>();
      (*slot)->encoding = from->encoding;
      (*slot)->is_reference = from->is_reference;
    }
    return slot->get();
  }
  std::string scratch;
  const std::string_view name = name_of(pattern, step, &scratch);
  if (Node* found = from->find(name)) return found;
  from->names.push_back(std::make_unique<Node>());
  Node* made = from->names.back().get();
  made->name = name;
  made->encoding = encoding_of(name);
  made->is_reference = name.ends_with("_ref") || name.ends_with("_refs");
  if (from->names.size() == kEdgesOneByOneMax + 1) {
    for (const auto& node : from->names) from->by_name.emplace(node->name, node.get());
  } else if (from->names.size() > kEdgesOneByOneMax) {
    from->by_name.emplace(made->name, made);
  }
  return made;
}

PathNumber Paths::number_of(Node* node) {
  if (node->path == kNone) {
    node->path = static_cast<PathNumber>(encodings_.size());
    encodings_.push_back(node->encoding);
  }
  return node->path;
}

PathNumber Paths::intern(const Pattern& pattern, const Comparison& comparison) {
  const std::string_view text = pattern.slice({comparison.type.begin, comparison.path_end});
  const uint64_t hash = hash64(text);
  const auto known = by_text_.find(hash);
  if (known != by_text_.end() && known->second.first == text) return known->second.second;
  Node* node = type_node(pattern.slice(comparison.type));
  for (uint32_t i = 0; i < comparison.steps_count; ++i)
    node = step_to(node, pattern, pattern.steps[comparison.steps_begin + i]);
  const PathNumber number = number_of(node);
  if (known == by_text_.end()) by_text_.emplace(hash, std::pair{std::string(text), number});
  return number;
}

PathNumber Paths::intern_type(const Pattern& pattern, const Comparison& comparison) {
  return number_of(type_node(pattern.slice(comparison.type)));
}

void Flattener::begin() {
  kept_.clear();
  steps_left_ = limits::kEventStepsMax;
  is_cut_ = false;
}

bool Flattener::take_step() {
  if (steps_left_ == 0) {
    if (!is_cut_) ++cut_short_;
    is_cut_ = true;
    return false;
  }
  --steps_left_;
  return true;
}

void Flattener::emit(const Paths::Node& node, json::Value value) {
  FlatValue out;
  out.path = node.path;
  switch (value.kind()) {
    case json::Kind::kNull:
      return;  // STIX has no null: absent
    case json::Kind::kTrue:
    case json::Kind::kFalse:
      out.kind = ValueKind::kBoolean;
      out.boolean = value.kind() == json::Kind::kTrue;
      break;
    case json::Kind::kNumber:
      if (const auto integer = value.integer()) {
        out.kind = ValueKind::kInteger;
        out.integer = *integer;
      } else if (const auto number = value.number()) {
        out.kind = ValueKind::kFloat;
        out.number = *number;
      }
      break;
    case json::Kind::kString: {
      out.kind = ValueKind::kText;
      if (value.is_plain()) {
        const std::string_view raw = value.raw();
        out.text = raw.substr(1, raw.size() - 2);
      } else {
        kept_.push_back(value.text());
        out.text = kept_.back();
      }
      if (node.encoding == Encoding::kPlain) break;
      std::string octets;
      const bool is_decoded = node.encoding == Encoding::kHex ? decode_hex(out.text, &octets)
                                                              : decode_base64(out.text, &octets);
      out.kind = is_decoded ? ValueKind::kOctets : ValueKind::kUndecodable;
      kept_.push_back(std::move(octets));
      out.text = kept_.back();
      break;
    }
    default:
      break;
  }
  values_.push_back(out);
}

void Flattener::visit(const Paths::Node& node, json::Value value) {
  if (node.path != kNone) emit(node, value);
  if (value.is_array()) {
    if (node.indexes.empty() && node.any == nullptr) return;
    uint32_t index = 0;
    for (const json::Value element : value.elements()) {
      if (!take_step()) return;
      if (node.any != nullptr) visit(*node.any, element);
      for (const auto& [wanted, next] : node.indexes) {
        if (wanted == index) visit(*next, element);
      }
      ++index;
    }
    return;
  }
  if (node.names.empty()) return;
  json::Value object = value;
  if (node.is_reference && value.is_string()) {
    const SeenObject* target = seen_->find(value.text(&scratch_));
    if (target == nullptr) return;
    object = target->value;
  }
  if (!object.is_object()) return;
  const std::vector<uint32_t>& duplicates = object.document().duplicates();
  for (const json::Member member : object.members()) {
    if (!take_step()) return;
    // Of several members of one name the first counts.
    if (!duplicates.empty() &&
        std::find(duplicates.begin(), duplicates.end(), member.key.index()) != duplicates.end())
      continue;
    std::string_view name;
    if (member.key.is_plain()) {
      const std::string_view raw = member.key.raw();
      name = raw.substr(1, raw.size() - 2);
    } else {
      name = member.key.text(&scratch_);
    }
    if (const Paths::Node* next = node.find(name)) visit(*next, member.value);
  }
}

const std::vector<FlatValue>& Flattener::flatten(const SeenObject& object,
                                                 const Observation& seen) {
  values_.clear();
  const auto type = paths_.by_type_.find(object.type);
  if (type == paths_.by_type_.end()) return values_;
  seen_ = &seen;
  visit(*type->second, object.value);
  values_count_ += values_.size();
  const auto by_path = [](const FlatValue& a, const FlatValue& b) { return a.path < b.path; };
  if (!std::is_sorted(values_.begin(), values_.end(), by_path))
    std::sort(values_.begin(), values_.end(), by_path);
  return values_;
}

}  // namespace entente::pattern
