// Objects whose granular markings cut something: whole properties, elements of lists, members of dictionaries and of
// extensions, references, labels, names, `revoked`; and some that select what cannot be cut.
#include <fmt/format.h>

#include <algorithm>

#include "desk/supervision/objects.h"
#include "objects.h"

namespace entente::law {
namespace {

Node leaf(std::string key, std::string raw) {
  Node node;
  node.key = std::move(key);
  node.raw = std::move(raw);
  return node;
}

Node text(std::string key, const std::string& value) {
  return leaf(std::move(key), "\"" + value + "\"");
}

Node needed(Node node) {
  node.is_needed = true;
  return node;
}

Node container(std::string key, Node::Kind kind, std::vector<Node> children) {
  Node node;
  node.key = std::move(key);
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

Node list(std::string key, std::vector<Node> elements) {
  return container(std::move(key), Node::Kind::kList, std::move(elements));
}

Node object(std::string key, std::vector<Node> members) {
  return container(std::move(key), Node::Kind::kObject, std::move(members));
}

}  // namespace

std::string ObjectMaker::some_level_or_own() { return draw_.chance(45) ? level() : own(); }

void ObjectMaker::add_contents(Tree* tree, const std::string& type) {
  auto& out = tree->root.children;
  const auto any_id = [&] { return "\"" + draw_.pick(ids_) + "\""; };
  if (draw_.chance(20)) out.push_back(leaf("revoked", "true"));
  if (type == "indicator") {
    out.push_back(needed(leaf("pattern", R"("[ipv4-addr:value = '198.51.100.7']")")));
    out.push_back(needed(text("pattern_type", "stix")));
    out.push_back(needed(text("valid_from", "2025-01-01T00:00:00Z")));
  } else if (type == "malware") {
    out.push_back(needed(leaf("is_family", "false")));
  } else if (type == "relationship") {
    out.push_back(needed(text("relationship_type", "related-to")));
    out.push_back(needed(leaf("source_ref", any_id())));
    out.push_back(needed(leaf("target_ref", any_id())));
  } else if (type == "sighting") {
    out.push_back(needed(leaf("sighting_of_ref", any_id())));
    if (draw_.chance(60)) out.push_back(leaf("count", std::to_string(draw_.below(9))));
  } else if (type == "note") {
    out.push_back(needed(text("content", words())));
    std::vector<Node> refs;
    for (uint32_t i = 0; i < 1 + draw_.below(3); ++i) refs.push_back(leaf("", any_id()));
    out.push_back(needed(list("object_refs", std::move(refs))));
  } else if (type == "ipv4-addr" || type == "domain-name") {
    out.push_back(needed(text("value", type == "domain-name" ? "law.example" : "198.51.100.7")));
  }
  add_ownership(tree, type);
  const bool needs_name =
      type == "tool" || type == "campaign" || type == "identity" || type == "threat-actor";
  const bool has_name = type == "indicator" || type == "malware" || type == "x-law-thing";
  if (needs_name) out.push_back(needed(text("name", words())));
  if (has_name && draw_.chance(70)) out.push_back(text("name", words()));
  if ((has_name || needs_name) && draw_.chance(60))
    out.push_back(text("description", fmt::format("{} {}", words(), draw_.below(4))));
  const bool is_observable = type == "ipv4-addr" || type == "domain-name";
  if (!is_observable && draw_.chance(60)) {
    std::vector<Node> labels;
    for (uint32_t i = 0; i < 1 + draw_.below(4); ++i)
      labels.push_back(text("", fmt::format("label-{}-{}", i, draw_.below(3))));
    out.push_back(list("labels", std::move(labels)));
  }
  if (!is_observable && draw_.chance(40)) {
    std::vector<Node> references;
    for (uint32_t i = 0; i < 1 + draw_.below(2); ++i) {
      // A reference that has nothing but its source is none.
      Node number = text("external_id", std::to_string(draw_.below(9)));
      number.is_fixed = true;
      references.push_back(
          object("", {needed(text("source_name", words())), text("description", words()), number}));
    }
    out.push_back(list("external_references", std::move(references)));
  }
  if (draw_.chance(50)) out.push_back(leaf("x_peer_ref", any_id()));
  if (draw_.chance(50)) {
    std::vector<Node> numbers;
    for (uint32_t i = 0; i < 1 + draw_.below(3); ++i)
      numbers.push_back(leaf("", std::to_string(draw_.below(99))));
    std::vector<Node> members{text("alpha", words()), list("numbers", std::move(numbers))};
    if (draw_.chance(50)) members.push_back(object("inner", {leaf("peer_ref", any_id())}));
    out.push_back(object("x_map", std::move(members)));
  }
  add_extensions(tree, type);
}

void ObjectMaker::add_ownership(Tree* tree, const std::string& type) {
  auto& out = tree->root.children;
  if (type == "ownership-interest") {
    out.push_back(leaf("owner_ref", "\"" + party() + "\""));
    out.push_back(leaf("owned_ref", "\"" + party() + "\""));
    out.push_back(leaf("capital", share()));
    if (draw_.chance(60)) out.push_back(leaf("votes", share()));
  } else if (type == "identity-decision") {
    out.push_back(
        list("party_refs", {leaf("", "\"" + party() + "\""), leaf("", "\"" + party() + "\"")}));
    out.push_back(text("decision", draw_.chance(60) ? "same" : "not-same"));
    out.push_back(text("reason", words()));
  } else if (type == "ownership-deal") {
    out.push_back(leaf("buyer_ref", "\"" + party() + "\""));
    out.push_back(leaf("target_ref", "\"" + party() + "\""));
    out.push_back(text("date", fmt::format("2025-0{}-03", 1 + draw_.below(9))));
  }
}

void ObjectMaker::add_extensions(Tree* tree, const std::string& type) {
  auto& out = tree->root.children;
  if (type == "identity" && draw_.chance(60)) {
    const std::string also = fmt::format("{}{}", words(), draw_.below(3));
    out.push_back(
        object("extensions",
               {object(std::string(supervision::kSupervisionExtension),
                       {needed(text("extension_type", "property-extension")),
                        text("party_kind", draw_.chance(50) ? "person" : "organization"),
                        list("names", {object("", {text("name", also), text("kind", "alias")})}),
                        list("countries", {text("", "AA"), text("", "BB")}),
                        list("sectors", {text("", "35.11")})})}));
  } else if (draw_.chance(35)) {
    out.push_back(object("extensions",
                         {object("extension-definition--71736db5-10db-43d3-b0e3-65cf81601fe1",
                                 {needed(text("extension_type", "property-extension")),
                                  leaf("rank", std::to_string(draw_.below(9))),
                                  list("tags", {text("", words()),
                                                text("", fmt::format("t{}", draw_.below(3)))})})}));
  }
}

// One to three markings, of one to three selectors each; several may select the same.
void ObjectMaker::add_parts(Tree* tree) {
  std::vector<std::vector<size_t>> all = tree->paths();
  // What a selector of the engine can lead to and be cut, or else fails: the head is its own case below.
  static constexpr const char* kHead[] = {
      "type", "spec_version", "id", "created", "modified", "created_by_ref", "object_marking_refs"};
  std::vector<std::vector<size_t>> head, good, bad;
  for (const auto& path : all) {
    const Node& top = tree->root.children[path.front()];
    const bool is_head = std::ranges::find(kHead, top.key) != std::end(kHead);
    (is_head ? head : tree->at(path).is_needed ? bad : good).push_back(path);
  }
  const uint32_t count = 1 + static_cast<uint32_t>(draw_.weighted({50, 35, 15}));
  std::vector<std::string> markings;
  for (uint32_t i = 0; i < count; ++i) {
    Granular granular;
    granular.marking = some_level_or_own();
    auto found = std::ranges::find(markings, granular.marking);
    const auto part = static_cast<uint32_t>(found - markings.begin());
    if (found == markings.end()) markings.push_back(granular.marking);
    for (uint32_t k = 0; k < 1 + draw_.below(3); ++k) {
      const size_t from = draw_.weighted({90, 5, 5});
      const auto& choices = from == 1 && !bad.empty()   ? bad
                            : from == 2 || good.empty() ? head
                                                        : good;
      const auto& path = draw_.pick(choices);
      if (std::ranges::find(granular.selected, path) != granular.selected.end()) continue;
      granular.selected.push_back(path);
      tree->at(path).parts |= 1u << part;
    }
    tree->granular.push_back(std::move(granular));
  }
}

// The same to whoever does not see the parts.
bool ObjectMaker::change_what_is_cut(Tree* tree) {
  bool is_changed = false;
  for (const auto& path : tree->paths()) {
    bool is_cut = false;
    for (size_t steps = 1; steps <= path.size(); ++steps)
      is_cut = is_cut ||
               tree->at({path.begin(), path.begin() + static_cast<ptrdiff_t>(steps)}).parts != 0;
    Node& node = tree->at(path);
    const bool is_plain = node.kind == Node::Kind::kLeaf && node.raw.starts_with('"') &&
                          node.key != "extension_type" && node.raw.find("--") == std::string::npos;
    if (!is_cut || !is_plain || node.is_needed) continue;
    node.raw = fmt::format("\"another {}\"", draw_.below(50));
    is_changed = true;
  }
  return is_changed;
}

Object ObjectMaker::parted(const std::string& id, const Surroundings& around) {
  if (!trees_.empty() && draw_.chance(20)) {
    Tree again = draw_.pick(trees_);
    if (change_what_is_cut(&again)) return again.object();
  }
  const std::string type = type_of(id);
  Tree tree;
  tree.root.kind = Node::Kind::kObject;
  auto& out = tree.root.children;
  out = {needed(text("type", type)), needed(text("spec_version", "2.1")), needed(text("id", id))};
  if (type != "ipv4-addr" && type != "domain-name") {
    const size_t creator = draw_.weighted({35, 40, 25});
    if (creator == 1) out.push_back(needed(text("created_by_ref", around.identity)));
    if (creator == 2) out.push_back(needed(text("created_by_ref", draw_.pick(around.identities))));
    out.push_back(needed(text("created", "2025-01-02T03:04:05.000Z")));
    out.push_back(needed(text("modified", draw_.pick(versions_))));
  }
  add_contents(&tree, type);
  if (draw_.chance(80)) {
    std::vector<Node> refs;
    static const char* const kOpen[] = {kTlp2[0], kTlp2[1], kTlp1[0], kTlp1[1]};
    refs.push_back(
        needed(text("", draw_.chance(60) ? kOpen[draw_.below(4)] : some_level_or_own())));
    out.push_back(needed(list("object_marking_refs", std::move(refs))));
  }
  for (size_t i = 1; i < out.size(); ++i) out[i].is_spaced = draw_.chance(20);
  add_parts(&tree);
  trees_.push_back(tree);
  return tree.object();
}

}  // namespace entente::law
