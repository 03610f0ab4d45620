// Open addressing in each part. A slot whose list has become empty stays, so that keys behind it are
// still found; growing leaves such slots out.
#include "pattern/chains.h"

namespace entente::pattern {

Chains::Chains() = default;

void Chains::grow(Part* part) {
  std::vector<Slot> old = std::move(part->slots);
  size_t alive = 0;
  for (const Slot& slot : old) alive += slot.head < kEmpty ? 1U : 0U;
  size_t size = 16;
  while (size * 2 < (alive + 1) * 3) size *= 2;  // at most two thirds full, and then some
  if (size * 2 < (alive + 1) * 4) size *= 2;
  part->slots.assign(size, Slot{});
  part->used = 0;
  for (const Slot& slot : old) {
    if (slot.head >= kEmpty) continue;
    size_t at = slot.tag & (size - 1);
    while (part->slots[at].head != kEnd) at = (at + 1) & (size - 1);
    part->slots[at] = slot;
    ++part->used;
  }
}

Chains::Slot* Chains::slot_of(Part* part, uint32_t tag) {
  if (size_t{part->used + 1} * 4 > part->slots.size() * 3) grow(part);
  const auto mask = static_cast<uint32_t>(part->slots.size() - 1);
  uint32_t at = tag & mask;
  while (part->slots[at].head != kEnd && part->slots[at].tag != tag) at = (at + 1) & mask;
  return &part->slots[at];
}

void Chains::add_to(uint32_t* head, uint32_t number) {
  uint32_t made = free_;
  if (made != kEnd) {
    free_ = link(made).next;
  } else {
    made = links_++;
    if (made % kBlockLinks == 0)
      blocks_.push_back(std::make_unique_for_overwrite<Link[]>(kBlockLinks));
  }
  link(made) = {number, *head};
  *head = made;
}

bool Chains::remove_from(uint32_t* head, uint32_t number) {
  for (uint32_t* at = head; *at != kEnd; at = &link(*at).next) {
    if (link(*at).number != number) continue;
    const uint32_t gone = *at;
    *at = link(gone).next;
    link(gone).next = free_;
    free_ = gone;
    return true;
  }
  return false;
}

void Chains::add(uint64_t key, uint32_t number) {
  const uint32_t tag = tag_of(key);
  Part& part = parts_[tag >> 24];
  Slot* slot = slot_of(&part, tag);
  if (slot->head == kEnd) ++part.used;
  slot->tag = tag;
  if (slot->head >= kEmpty) {
    slot->head = number | kInline;
    return;
  }
  uint32_t head = slot->head;
  if (is_inline(head)) {
    head = kEnd;
    add_to(&head, slot->head & ~kInline);
  }
  add_to(&head, number);
  slot->head = head;
}

bool Chains::remove(uint64_t key, uint32_t number) {
  const uint32_t tag = tag_of(key);
  Part& part = parts_[tag >> 24];
  if (part.slots.empty()) return false;
  Slot* slot = slot_of(&part, tag);
  if (slot->head >= kEmpty) return false;
  if (is_inline(slot->head)) {
    if ((slot->head & ~kInline) != number) return false;
    slot->head = kEmpty;
    return true;
  }
  const bool is_removed = remove_from(&slot->head, number);
  if (slot->head == kEnd) slot->head = kEmpty;
  return is_removed;
}

uint32_t Chains::count(uint64_t key, uint32_t max) const {
  uint32_t out = 0;
  for (uint32_t at = first(key); at != kEnd && out < max; at = next(at)) ++out;
  return out;
}

size_t Chains::memory_bytes() const {
  size_t out = blocks_.size() * kBlockLinks * sizeof(Link);
  for (const Part& part : parts_) out += part.slots.capacity() * sizeof(Slot);
  return out;
}

}  // namespace entente::pattern
