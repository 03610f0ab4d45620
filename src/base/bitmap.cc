#include "base/bitmap.h"

#include <roaring/roaring.h>

#include "base/result.h"

namespace entente {

struct Bitmap::Impl {
  roaring_bitmap_t* set;
  explicit Impl(roaring_bitmap_t* owned) : set(owned) { CHECK(set != nullptr); }
  ~Impl() { roaring_bitmap_free(set); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
};

struct Bitmap::Cursor::State {
  roaring_uint32_iterator_t iterator;
};

Bitmap::Bitmap() : impl_(std::make_unique<Impl>(roaring_bitmap_create())) {}
Bitmap::~Bitmap() = default;
Bitmap::Bitmap(const Bitmap& other)
    : impl_(std::make_unique<Impl>(roaring_bitmap_copy(other.impl_->set))) {}
Bitmap::Bitmap(Bitmap&& other) noexcept = default;
Bitmap& Bitmap::operator=(const Bitmap& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(roaring_bitmap_copy(other.impl_->set));
  return *this;
}
Bitmap& Bitmap::operator=(Bitmap&& other) noexcept = default;

void Bitmap::add(uint32_t value) { roaring_bitmap_add(impl_->set, value); }
void Bitmap::add_range(uint32_t begin, uint32_t end) {
  roaring_bitmap_add_range(impl_->set, begin, end);
}
void Bitmap::add_many(const uint32_t* values, size_t count) {
  roaring_bitmap_add_many(impl_->set, count, values);
}
void Bitmap::remove(uint32_t value) { roaring_bitmap_remove(impl_->set, value); }
bool Bitmap::contains(uint32_t value) const { return roaring_bitmap_contains(impl_->set, value); }
uint64_t Bitmap::count() const { return roaring_bitmap_get_cardinality(impl_->set); }
bool Bitmap::empty() const { return roaring_bitmap_is_empty(impl_->set); }
uint64_t Bitmap::count_in(uint32_t begin, uint32_t end) const {
  return begin < end ? roaring_bitmap_range_cardinality(impl_->set, begin, end) : 0;
}
bool Bitmap::select(uint32_t rank, uint32_t* value) const {
  return roaring_bitmap_select(impl_->set, rank, value);
}
void Bitmap::unite(const Bitmap& other) { roaring_bitmap_or_inplace(impl_->set, other.impl_->set); }
void Bitmap::intersect(const Bitmap& other) {
  roaring_bitmap_and_inplace(impl_->set, other.impl_->set);
}
void Bitmap::subtract(const Bitmap& other) {
  roaring_bitmap_andnot_inplace(impl_->set, other.impl_->set);
}
void Bitmap::compact() {
  roaring_bitmap_run_optimize(impl_->set);
  roaring_bitmap_shrink_to_fit(impl_->set);
}

Bitmap::Cursor::Cursor(const Bitmap& bitmap, uint32_t from) : state_(std::make_unique<State>()) {
  roaring_init_iterator(bitmap.impl_->set, &state_->iterator);
  if (from != 0) roaring_move_uint32_iterator_equalorlarger(&state_->iterator, from);
  fetch();
}
Bitmap::Cursor::~Cursor() = default;
Bitmap::Cursor::Cursor(Cursor&&) noexcept = default;
void Bitmap::Cursor::fetch() {
  at_ = 0;
  fetched_ = roaring_read_uint32_iterator(&state_->iterator, values_.data(),
                                          static_cast<uint32_t>(values_.size()));
}

}  // namespace entente
