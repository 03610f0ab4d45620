// What is remembered of signatures: it comes back whole, and anything else than what was written is as nothing.
#include "desk/checked.h"

#include <gtest/gtest.h>

#include "desk/procedure/limits.h"

namespace entente::desk {
namespace {

const std::string kNodeKey(32, 'k');

PublicKey key_of(uint8_t byte) {
  PublicKey key;
  key.fill(byte);
  return key;
}

TEST(CheckedSignatures, ComeBackAsTheyWere) {
  CheckedSignatures checked;
  EXPECT_EQ(checked.find(7, 1000), std::nullopt);
  checked.note(7, 1000, key_of(1));
  checked.note(70'000, 2000, key_of(2));
  checked.note(8, 3000, key_of(1));
  EXPECT_EQ(checked.unsaved(), 3U);
  const std::string text = checked.text(kNodeKey);
  CheckedSignatures again;
  ASSERT_TRUE(again.read(text, kNodeKey));
  EXPECT_EQ(again.find(7, 1000), key_of(1));
  EXPECT_EQ(again.find(70'000, 2000), key_of(2));
  EXPECT_EQ(again.find(8, 3000), key_of(1));
  EXPECT_EQ(again.find(8, 1000), std::nullopt) << "an entry of another journal";
  EXPECT_EQ(again.find(9, 1000), std::nullopt);
  EXPECT_EQ(again.unsaved(), 0U);
  EXPECT_EQ(again.text(kNodeKey), text);
  again.note(9, 4000, key_of(3));
  EXPECT_EQ(again.find(9, 4000), key_of(3));
}

TEST(CheckedSignatures, AreNothingIfAnythingOfThemIsOther) {
  CheckedSignatures written;
  for (uint8_t i = 0; i < 3; ++i) written.note(i, 1000 + i, key_of(i));
  const std::string text = written.text(kNodeKey);
  CheckedSignatures checked;
  checked.note(1, 1, key_of(9));
  for (size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(checked.read(changed, kNodeKey)) << at;
    EXPECT_FALSE(checked.read(text.substr(0, at), kNodeKey)) << at;
  }
  EXPECT_FALSE(checked.read(text + "x", kNodeKey));
  EXPECT_FALSE(checked.read(text, std::string(32, 'j'))) << "of another node";
  EXPECT_EQ(checked.find(1, 1), key_of(9)) << "what was there stays";
  EXPECT_TRUE(checked.read(text, kNodeKey));
}

TEST(CheckedSignatures, AreSoManyAtMost) {
  CheckedSignatures checked;
  constexpr auto kMax = static_cast<store::Position>(procedure::limits::kCheckedMax);
  for (store::Position i = 0; i < kMax; ++i) checked.note(i, 1, key_of(1));
  checked.note(kMax, 1, key_of(1));
  EXPECT_EQ(checked.find(kMax - 1, 1), key_of(1));
  EXPECT_EQ(checked.find(kMax, 1), std::nullopt);
  CheckedSignatures again;
  EXPECT_TRUE(again.read(checked.text(kNodeKey), kNodeKey));
}

}  // namespace
}  // namespace entente::desk
