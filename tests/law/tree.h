// An object as a tree, written out again without some of its parts: naively, node by node, which is how the law test knows
// what is left of an object for a reader from whom parts are withheld, without the engine. [docs/formats/editions.md]
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history.h"

namespace entente::law {

struct Node {
  std::string key;  // of a member; empty: an element of a list
  std::string raw;  // of a leaf: its JSON text
  enum class Kind : uint8_t { kLeaf, kList, kObject } kind = Kind::kLeaf;
  std::vector<Node> children;
  // Without it there is no edition: what STIX requires, and what is never cut.
  bool is_needed = false;
  bool is_spaced = false;  // white space before its key
  bool is_fixed = false;   // no selector is drawn for it

  // Set when parts are drawn: bit n: part n selects it.
  uint32_t parts = 0;
  // White space is the sender's: only the root's members have any.
  bool is_gone(uint32_t cut) const;
};

// One granular marking: the marking and where its selectors lead, as indexes of children from the root.
struct Granular {
  std::string marking;
  std::vector<std::vector<size_t>> selected;
};

struct Tree {
  Node root;
  std::vector<Granular> granular;

  // Fills text, parts and editions.
  Object object() const;
  Node& at(const std::vector<size_t>& path);
  // Leads to every node for which a selector may be drawn.
  std::vector<std::vector<size_t>> paths() const;

 private:
  std::string write(uint32_t cut) const;                                      // empty: no edition
  std::string selector(const std::vector<size_t>& path, uint32_t cut) const;  // empty: gone
};

}  // namespace entente::law
