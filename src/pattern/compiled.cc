// The arrays stand one behind the other after the head, the widest first, so that each is aligned.
// Texts that need no change are slices of the pattern's own text; the others stand behind it.
#include "pattern/compiled.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "pattern/like.h"
#include "pattern/octets.h"

namespace entente::pattern {
namespace {

static_assert(sizeof(CompiledConstant) == 16 && sizeof(CompiledComparison) == 16 &&
              sizeof(CompiledNode) == 12);

// What is gathered before the size of the block is known; kept between patterns for its memory.
struct Draft {
  std::vector<CompiledConstant> constants;
  std::vector<CompiledComparison> comparisons;
  std::vector<CompiledNode> nodes;
  std::vector<uint32_t> roots;
  std::string more;  // bytes behind the text
  std::string scratch, octets, normalized;
};

class Compiler {
 public:
  Compiler(const Pattern& pattern, Paths* paths, Draft* draft)
      : pattern_(pattern), paths_(*paths), draft_(*draft) {}

  void run() {
    for (const Comparison& comparison : pattern_.comparisons) add(comparison);
    for (const Node& node : pattern_.nodes) {
      if (node.kind == NodeKind::kObservation) draft_.roots.push_back(test(node.first));
    }
  }

 private:
  CompiledConstant bytes(std::string_view text, CompiledKind kind) {
    CompiledConstant out{};
    out.kind = kind;
    const bool is_own = text.data() >= pattern_.text.data() &&
                        text.data() + text.size() <= pattern_.text.data() + pattern_.text.size();
    if (is_own) {
      out.bytes.begin = static_cast<uint32_t>(text.data() - pattern_.text.data());
    } else {
      out.bytes.begin = static_cast<uint32_t>(pattern_.text.size() + draft_.more.size());
      draft_.more += text;
    }
    out.bytes.size = static_cast<uint32_t>(text.size());
    return out;
  }

  CompiledConstant constant(const Comparison& comparison, const Constant& given, bool is_octets) {
    CompiledConstant out{};
    switch (given.kind) {
      case ConstantKind::kBoolean:
        out.kind = CompiledKind::kBoolean;
        out.boolean = given.boolean;
        return out;
      case ConstantKind::kInteger:
        out.kind = CompiledKind::kInteger;
        out.integer = given.integer;
        return out;
      case ConstantKind::kFloat:
        out.kind = CompiledKind::kFloat;
        out.number = given.number;
        return out;
      case ConstantKind::kTimestamp:
        return bytes(pattern_.slice(given.text), CompiledKind::kTimestamp);
      case ConstantKind::kBinary:
      case ConstantKind::kHex:
        draft_.octets = octets_of(pattern_, given);
        return bytes(draft_.octets, CompiledKind::kOctets);
      case ConstantKind::kString:
        break;
    }
    std::string_view text = string_of(pattern_, given, &draft_.scratch);
    if (comparison.op == Operator::kIsSubset || comparison.op == Operator::kIsSuperset)
      return bytes(text, CompiledKind::kNetwork);
    if (is_octets) {
      draft_.octets.clear();
      if (octets_of_text(text, &draft_.octets)) return bytes(draft_.octets, CompiledKind::kOctets);
      out.kind = CompiledKind::kNothing;
      return out;
    }
    if (comparison.op >= Operator::kLike) text = to_nfc(text, &draft_.normalized);
    return bytes(text, CompiledKind::kText);
  }

  void add(const Comparison& comparison) {
    CompiledComparison out{};
    out.path = paths_.intern(pattern_, comparison);
    out.op = comparison.op;
    out.is_negated = comparison.is_negated;
    out.is_octets = paths_.encoding(out.path) != Encoding::kPlain;
    out.constants_begin = static_cast<uint32_t>(draft_.constants.size());
    out.constants_count = comparison.constants_count;
    for (uint32_t i = 0; i < comparison.constants_count; ++i) {
      draft_.constants.push_back(
          constant(comparison, pattern_.constants[comparison.constants_begin + i], out.is_octets));
    }
    if (out.op == Operator::kExists && out.is_negated) {
      // True of objects of the type without the property: the index looks for the type.
      CompiledConstant type{};
      type.kind = CompiledKind::kInteger;
      type.integer = paths_.intern_type(pattern_, comparison);
      draft_.constants.push_back(type);
      out.constants_count = 1;
    }
    draft_.comparisons.push_back(out);
  }

  // A node of the pattern by its number among the compiled ones. Recursion follows parentheses.
  uint32_t test(uint32_t index) {
    const Node& node = pattern_.nodes[index];
    if (node.kind == NodeKind::kComparison) return node.first | Compiled::kComparisonRoot;
    uint32_t first = kNone, last = kNone;
    for (uint32_t child = node.first; child != kNone; child = pattern_.nodes[child].next) {
      const uint32_t inner = test(child);
      const auto number = static_cast<uint32_t>(draft_.nodes.size());
      draft_.nodes.push_back({inner, kNone, NodeKind::kComparison});
      if (first == kNone) first = number;
      if (last != kNone) draft_.nodes[last].next = number;
      last = number;
    }
    draft_.nodes.push_back({first, kNone, node.kind});
    return static_cast<uint32_t>(draft_.nodes.size() - 1);
  }

  const Pattern& pattern_;
  Paths& paths_;
  Draft& draft_;
};

template <class T>
char* put(char* to, const std::vector<T>& values) {
  if (!values.empty()) std::memcpy(to, values.data(), values.size() * sizeof(T));
  return to + values.size() * sizeof(T);
}

}  // namespace

void CompiledFree::operator()(const void* block) const { std::free(const_cast<void*>(block)); }

Compiled::Pointer Compiled::make(const Pattern& pattern, Paths* paths) {
  thread_local Draft draft;
  draft.constants.clear();
  draft.comparisons.clear();
  draft.nodes.clear();
  draft.roots.clear();
  draft.more.clear();
  Compiler(pattern, paths, &draft).run();
  const size_t size = sizeof(Compiled) + draft.constants.size() * sizeof(CompiledConstant) +
                      draft.comparisons.size() * sizeof(CompiledComparison) +
                      draft.nodes.size() * sizeof(CompiledNode) + draft.roots.size() * 4 +
                      pattern.text.size() + draft.more.size();
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  auto* made = new (memory) Compiled();
  made->block_bytes_ = static_cast<uint32_t>(size);
  made->text_size_ = static_cast<uint32_t>(pattern.text.size());
  made->constants_ = static_cast<uint32_t>(draft.constants.size());
  made->comparisons_ = static_cast<uint32_t>(draft.comparisons.size());
  made->nodes_ = static_cast<uint32_t>(draft.nodes.size());
  made->leaves_ = static_cast<uint32_t>(draft.roots.size());
  char* at = static_cast<char*>(memory) + sizeof(Compiled);
  at = put(at, draft.constants);
  at = put(at, draft.comparisons);
  at = put(at, draft.nodes);
  at = put(at, draft.roots);
  std::memcpy(at, pattern.text.data(), pattern.text.size());
  std::memcpy(at + pattern.text.size(), draft.more.data(), draft.more.size());
  return Pointer(made);
}

}  // namespace entente::pattern
