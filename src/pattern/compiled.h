// A pattern as the engine keeps it: one block of memory with its text, its comparisons with numbers for
// paths, and its constants ready to compare.
//
// The block is read through spans that point into it. A block never changes. Threads: any, to read.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "pattern/paths.h"
#include "pattern/pattern.h"
#include "pattern/value.h"

namespace entente::pattern {

enum class CompiledKind : uint8_t {
  kBoolean,
  kInteger,
  kFloat,
  kText,       // for =, < and so on: as written; for LIKE and MATCHES: in NFC
  kOctets,     // of b'' and h'', and of strings that are compared with binary properties
  kTimestamp,  // its text
  kNetwork,    // its text
  kNothing     // compares with no value of the path: a string that cannot be octets, for one
};

// A part of the block.
struct CompiledBytes {
  uint32_t begin, size;
};

struct CompiledConstant {
  union {
    int64_t integer;
    double number;
    CompiledBytes bytes;
  };
  CompiledKind kind;
  bool boolean;
};

struct CompiledComparison {
  PathNumber path;
  uint32_t constants_begin, constants_count;
  Operator op;
  bool is_negated;
  bool is_octets;  // the path's values are octets
};

// A test in brackets: comparisons joined by AND and OR. Children are linked as in Node.
struct CompiledNode {
  uint32_t first, next;
  NodeKind kind;
};

struct CompiledFree {
  void operator()(const void* block) const;
};

class Compiled {
 public:
  using Pointer = std::unique_ptr<const Compiled, CompiledFree>;

  // Interns the paths. The pattern has been parsed and its constants checked.
  static Pointer make(const Pattern& pattern, Paths* paths);

  std::string_view text() const { return {bytes(), text_size_}; }
  uint32_t leaves() const { return leaves_; }
  // The root of a leaf's test: index of a node, or with kComparisonRoot of a comparison.
  static constexpr uint32_t kComparisonRoot = 0x80000000U;
  uint32_t root(uint32_t leaf) const { return roots()[leaf]; }
  uint32_t comparisons_count() const { return comparisons_; }
  const CompiledNode& node(uint32_t index) const { return nodes()[index]; }
  const CompiledComparison& comparison(uint32_t index) const { return comparisons()[index]; }
  std::span<const CompiledConstant> constants(const CompiledComparison& comparison) const {
    return {all_constants() + comparison.constants_begin, comparison.constants_count};
  }
  std::string_view bytes_of(const CompiledConstant& constant) const {
    return {bytes() + constant.bytes.begin, constant.bytes.size};
  }
  // Bytes of the block that are not the pattern's text.
  size_t overhead_bytes() const { return block_bytes_ - text_size_; }

 private:
  Compiled() = default;
  const CompiledConstant* all_constants() const {
    return reinterpret_cast<const CompiledConstant*>(this + 1);
  }
  const CompiledComparison* comparisons() const {
    return reinterpret_cast<const CompiledComparison*>(all_constants() + constants_);
  }
  const CompiledNode* nodes() const {
    return reinterpret_cast<const CompiledNode*>(comparisons() + comparisons_);
  }
  const uint32_t* roots() const { return reinterpret_cast<const uint32_t*>(nodes() + nodes_); }
  const char* bytes() const { return reinterpret_cast<const char*>(roots() + leaves_); }

  uint32_t block_bytes_, text_size_;
  uint32_t constants_, comparisons_, nodes_, leaves_;
};

}  // namespace entente::pattern
