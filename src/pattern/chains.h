// A hash table from keys to lists of numbers below 2^31, for a million of them: 8 bytes a key, and 8 a
// number where a list has several.
//
// Keys are known by 32 bits of their hash alone, so that two may share a list: whoever reads a list
// verifies what it finds. The table grows in 256 parts, each by itself, so that no growth takes longer
// than some tens of microseconds. Threads: one at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace entente::pattern {

class Chains {
 public:
  static constexpr uint32_t kEnd = UINT32_MAX;

  Chains();

  // Puts a number at the front of a key's list.
  void add(uint64_t key, uint32_t number);
  // Takes it out, once; false if it is not there.
  bool remove(uint64_t key, uint32_t number);
  // How many numbers are in the list, counted up to `max`.
  uint32_t count(uint64_t key, uint32_t max) const;

  // for (uint32_t at = chains.first(key); at != Chains::kEnd; at = chains.next(at)) chains.number(at);
  uint32_t first(uint64_t key) const {
    const uint32_t tag = tag_of(key);
    const Part& part = parts_[tag >> 24];
    if (part.slots.empty()) return kEnd;
    const auto mask = static_cast<uint32_t>(part.slots.size() - 1);
    for (uint32_t at = tag & mask;; at = (at + 1) & mask) {
      const Slot& slot = part.slots[at];
      if (slot.head == kEnd) return kEnd;
      if (slot.tag == tag) return slot.head == kEmpty ? kEnd : slot.head;
    }
  }
  uint32_t next(uint32_t at) const { return is_inline(at) ? kEnd : link(at).next; }
  uint32_t number(uint32_t at) const { return is_inline(at) ? at & ~kInline : link(at).number; }
  void prefetch(uint64_t key) const {
    const uint32_t tag = tag_of(key);
    const Part& part = parts_[tag >> 24];
    if (!part.slots.empty())
      __builtin_prefetch(&part.slots[tag & static_cast<uint32_t>(part.slots.size() - 1)]);
  }

  // A list of its own, outside of the table; kEnd is the empty one.
  void add_to(uint32_t* head, uint32_t number);
  bool remove_from(uint32_t* head, uint32_t number);

  size_t memory_bytes() const;

 private:
  static constexpr uint32_t kEmpty = UINT32_MAX - 1;  // of a slot whose list has become empty
  static constexpr uint32_t kBlockLinks = 1U << 15;
  static constexpr uint32_t kInline =
      0x80000000U;  // a list of one number stands in the slot itself
  static bool is_inline(uint32_t at) { return at >= kInline; }
  struct Slot {
    uint32_t tag = 0;
    uint32_t head = kEnd;
  };
  struct Part {
    std::vector<Slot> slots;
    uint32_t used = 0;
  };
  struct Link {
    uint32_t number;
    uint32_t next;
  };

  static uint32_t tag_of(uint64_t key) { return static_cast<uint32_t>(key >> 32); }
  const Link& link(uint32_t at) const { return blocks_[at / kBlockLinks][at % kBlockLinks]; }
  Link& link(uint32_t at) { return blocks_[at / kBlockLinks][at % kBlockLinks]; }
  Slot* slot_of(Part* part, uint32_t tag);
  static void grow(Part* part);

  std::array<Part, 256> parts_;
  std::vector<std::unique_ptr<Link[]>> blocks_;
  uint32_t links_ = 0;    // ever made
  uint32_t free_ = kEnd;  // list of links to use again
};

}  // namespace entente::pattern
