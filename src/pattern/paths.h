// Object paths of all patterns, each with a small number, and how to walk an object along all of them
// at once. [stix21 9.7]
//
// Paths are kept as a tree of steps for each object type; an object is walked once, and only into
// what some pattern asks for. Paths are never forgotten: there are far fewer than patterns.
// Threads: one at a time; flatten needs a Flattener for each thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pattern/event.h"
#include "pattern/pattern.h"
#include "pattern/value.h"

namespace entente::pattern {

using PathNumber = uint32_t;

// How the values of a path are written: octets after a last name ..._hex or ..._bin. [stix21 9.6.4]
enum class Encoding : uint8_t { kPlain, kHex, kBase64 };

class Paths {
 public:
  Paths();
  ~Paths();

  // The number of a comparison's path, or of its object type alone.
  PathNumber intern(const Pattern& pattern, const Comparison& comparison);
  PathNumber intern_type(const Pattern& pattern, const Comparison& comparison);
  Encoding encoding(PathNumber path) const { return encodings_[path]; }
  uint32_t count() const { return static_cast<uint32_t>(encodings_.size()); }

 private:
  friend class Flattener;
  struct Node {
    std::string name;         // of the last step, if it is a name; of a type's node, the type
    PathNumber path = kNone;  // of a path that ends here
    Encoding encoding = Encoding::kPlain;
    bool is_reference = false;  // the last name ends with _ref or _refs
    std::vector<std::unique_ptr<Node>> names;
    std::unordered_map<std::string_view, Node*> by_name;  // where there are many names
    std::vector<std::pair<uint32_t, std::unique_ptr<Node>>> indexes;
    std::unique_ptr<Node> any;

    Node* find(std::string_view wanted) const;
  };
  Node* type_node(std::string_view type);
  static Node* step_to(Node* from, const Pattern& pattern, const Step& step);
  PathNumber number_of(Node* node);

  std::vector<std::unique_ptr<Node>> types_;
  std::unordered_map<std::string_view, Node*> by_type_;
  std::unordered_map<uint64_t, std::pair<std::string, PathNumber>> by_text_;  // paths as written
  std::vector<Encoding> encodings_;
};

// Walks objects. Keeps what strings with escapes and octets come to.
class Flattener {
 public:
  explicit Flattener(const Paths& paths) : paths_(paths) {}

  // Begins an observation: at most limits::kEventStepsMax steps are taken in it.
  void begin();
  // The values of an object of the observation, sorted by path; valid until the next call of begin.
  // Empty if no pattern begins at its type.
  const std::vector<FlatValue>& flatten(const SeenObject& object, const Observation& seen);

  // Whether patterns begin at objects of this type.
  bool knows(std::string_view type) const { return paths_.by_type_.contains(type); }

  // Observations whose paths were not all walked, for the limit.
  uint64_t cut_short() const { return cut_short_; }
  uint64_t values() const { return values_count_; }

 private:
  void visit(const Paths::Node& node, json::Value value);
  void emit(const Paths::Node& node, json::Value value);
  bool take_step();

  const Paths& paths_;
  const Observation* seen_ = nullptr;
  std::vector<FlatValue> values_;
  std::deque<std::string> kept_;
  std::string scratch_;
  uint32_t steps_left_ = 0;
  bool is_cut_ = false;
  uint64_t cut_short_ = 0, values_count_ = 0;
};

}  // namespace entente::pattern
