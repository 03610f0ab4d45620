#include "base/bitmap.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace entente {

TEST(Bitmap, AgreesWithASet) {
  std::mt19937 random(7);
  Bitmap bitmap;
  std::set<uint32_t> set;
  for (int i = 0; i < 20'000; ++i) {
    const uint32_t value = static_cast<uint32_t>(random() % 200'000);
    if (random() % 4 == 0) {
      bitmap.remove(value);
      set.erase(value);
    } else {
      bitmap.add(value);
      set.insert(value);
    }
  }
  EXPECT_EQ(bitmap.count(), set.size());
  const std::vector<uint32_t> sorted(set.begin(), set.end());
  for (uint32_t from : {0u, 1u, 65'536u, 199'999u, 300'000u}) {
    auto expected = set.lower_bound(from);
    for (Bitmap::Cursor at(bitmap, from); !at.done(); at.next(), ++expected) {
      ASSERT_EQ(at.value(), *expected);
    }
    EXPECT_TRUE(expected == set.end());
  }
  uint32_t value = 0;
  ASSERT_TRUE(bitmap.select(100, &value));
  EXPECT_EQ(value, sorted[100]);
  EXPECT_FALSE(bitmap.select(static_cast<uint32_t>(sorted.size()), &value));
  EXPECT_EQ(bitmap.count_in(sorted[10], sorted[30]), 20u);
}

}  // namespace entente
