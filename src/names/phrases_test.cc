#include "names/phrases.h"

#include <gtest/gtest.h>

#include <string>

#include "names/analyse.h"

namespace entente::names {
namespace {

std::string sound(std::string_view word, Reading reading = Reading::kAsWritten) {
  for (const Form& form : analyse(word, Kind::kPerson)) {
    if (form.reading == reading && form.slots == 1) return form.words.front().sound;
  }
  return {};
}

}  // namespace

TEST(Phrases, ChunksAreTakenWhereTheySayMoreThanTheirSymbols) {
  const Channel channel = untrained_channel();
  const Phrase phrases[] = {{"bO", "ber", 5.0F}, {"@", "er", -5.0F}};
  const Phrases some(phrases), none{{}};
  // b for b, a lost vowel for e, nothing for r; or one chunk.
  EXPECT_LT(none.align(channel, "bO", "ber"), 5.0F);
  EXPECT_EQ(some.align(channel, "bO", "ber"), 5.0F);
  EXPECT_EQ(some.align(channel, "bObO", "berber"), 10.0F);
  EXPECT_EQ(some.align(channel, "@", "er"), none.align(channel, "@", "er"));
  EXPECT_EQ(some.align(channel, "", ""), 0.0F);
  const std::string longest(kSoundMax, 'b');
  EXPECT_EQ(some.align(channel, longest, longest), none.align(channel, longest, longest));
}

TEST(Phrases, EveryLearnedWritingHasSome) {
  for (const Writing writing : {Writing::kCyrillic, Writing::kArabic, Writing::kHebrew,
                                Writing::kKana, Writing::kHangul, Writing::kForeignHan})
    EXPECT_FALSE(phrases_of(writing).is_empty()) << static_cast<int>(writing);
  EXPECT_TRUE(phrases_of(Writing::kLatin).is_empty());
}

TEST(Phrases, AWordAsItIsSpelledElsewhereFallsLessShort) {
  struct Spelled {
    const char* native;
    Writing writing;
    const char* latin;
  };
  for (const auto& [native, writing, latin] :
       {Spelled{"슈나이더", Writing::kHangul, "schneider"},
        Spelled{"シュナイダー", Writing::kKana, "schneider"},
        Spelled{"Бьёркман", Writing::kCyrillic, "bjorkman"}}) {
    const std::string a = sound(native), b = sound(latin);
    const float plain = deficit(a, writing, b, Writing::kLatin, kDeficitMax);
    const float close = close_deficit(a, writing, b, Writing::kLatin, kDeficitMax);
    EXPECT_LT(close, plain) << native;
    EXPECT_EQ(close, close_deficit(b, Writing::kLatin, a, writing, kDeficitMax)) << native;
    const std::string other = sound("kowalczyk");
    EXPECT_GT(close_deficit(a, writing, other, Writing::kLatin, kDeficitMax), close + 3) << native;
  }
  // Where nothing is learned, the tables alone decide.
  EXPECT_EQ(close_deficit("anna", Writing::kLatin, "ana", Writing::kLatin, 9),
            deficit("anna", Writing::kLatin, "ana", Writing::kLatin, 9));
  EXPECT_EQ(close_deficit("pak", Writing::kHangul, "zukoski", Writing::kLatin, 2), kDeficitMax);
}

}  // namespace entente::names
