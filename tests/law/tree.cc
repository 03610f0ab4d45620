// Each edition is written from the tree anew; nothing is taken out of a text.
#include "tree.h"

#include <algorithm>

namespace entente::law {
namespace {

void find_paths(const Node& node, std::vector<size_t>* path,
                std::vector<std::vector<size_t>>* out) {
  for (size_t i = 0; i < node.children.size(); ++i) {
    path->push_back(i);
    if (!node.children[i].is_fixed) out->push_back(*path);
    find_paths(node.children[i], path, out);
    path->pop_back();
  }
}

bool lacks_needed(const Node& node, uint32_t cut) {
  return std::ranges::any_of(node.children, [&](const Node& child) {
    return child.is_gone(cut) ? child.is_needed : lacks_needed(child, cut);
  });
}

void write_value(const Node& node, uint32_t cut, const std::string& last, std::string* out) {
  if (node.kind == Node::Kind::kLeaf) {
    *out += node.raw;
    return;
  }
  const bool is_list = node.kind == Node::Kind::kList;
  *out += is_list ? '[' : '{';
  bool is_first = true;
  for (const Node& child : node.children) {
    if (child.is_gone(cut)) continue;
    if (!is_first) *out += ',';
    is_first = false;
    if (child.is_spaced) *out += ' ';
    if (!child.key.empty()) *out += "\"" + child.key + "\":";
    write_value(child, cut, "", out);
  }
  *out += last;
  *out += is_list ? ']' : '}';
}

}  // namespace

// A container goes with the last of what is in it, if all of that goes.
bool Node::is_gone(uint32_t cut) const {
  if ((parts & cut) != 0) return true;
  return !children.empty() &&
         std::ranges::all_of(children, [&](const Node& child) { return child.is_gone(cut); });
}

Node& Tree::at(const std::vector<size_t>& path) {
  Node* node = &root;
  for (const size_t index : path) node = &node->children[index];
  return *node;
}

std::vector<std::vector<size_t>> Tree::paths() const {
  std::vector<std::vector<size_t>> out;
  std::vector<size_t> path;
  find_paths(root, &path, &out);
  return out;
}

// Indexes count what is left.
std::string Tree::selector(const std::vector<size_t>& path, uint32_t cut) const {
  std::string out;
  const Node* node = &root;
  for (const size_t index : path) {
    const Node& child = node->children[index];
    if (child.is_gone(cut)) return "";
    if (!out.empty()) out += '.';
    if (node->kind == Node::Kind::kList) {
      const auto before = std::count_if(node->children.begin(),
                                        node->children.begin() + static_cast<ptrdiff_t>(index),
                                        [&](const Node& one) { return !one.is_gone(cut); });
      out += "[" + std::to_string(before) + "]";
    } else {
      out += child.key;
    }
    node = &child;
  }
  return out;
}

std::string Tree::write(uint32_t cut) const {
  if (lacks_needed(root, cut)) return "";
  std::string markings;
  for (size_t i = 0; i < granular.size(); ++i) {
    std::string selectors;
    for (const auto& path : granular[i].selected) {
      const std::string text = selector(path, cut);
      if (!text.empty()) selectors += (selectors.empty() ? "\"" : ",\"") + text + "\"";
    }
    if (selectors.empty()) continue;
    markings += (markings.empty() ? "" : ",") + ("{\"marking_ref\":\"" + granular[i].marking) +
                "\",\"selectors\":[" + selectors + "]}";
  }
  std::string out;
  write_value(root, cut, markings.empty() ? "" : ",\"granular_markings\":[" + markings + "]", &out);
  return out;
}

Object Tree::object() const {
  Object object;
  for (const Granular& one : granular) {
    if (std::ranges::find(object.parts, one.marking) == object.parts.end())
      object.parts.push_back(one.marking);
  }
  for (uint32_t cut = 0; cut < 1u << object.parts.size(); ++cut)
    object.editions.push_back(write(cut));
  object.text = object.editions.front();
  return object;
}

}  // namespace entente::law
