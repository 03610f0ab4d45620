// What an explanation says, in the languages of those who file it: terms with a place for each thing that they name.
//
// Threads: read-only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

enum class Language : uint8_t {
  kEnglish,
  kChineseSimplified,
  kChineseTraditional,
  kJapanese,
  kKorean,
  kRussian,
  kArabic,
  kHebrew,
  kGreek,
};
inline constexpr size_t kLanguages = 9;
// "en", "zh-Hans", ... [BCP 47]
std::string_view tag_of(Language language);

enum class Term : uint8_t {
  // How two words are one.
  kSameWord,
  kInitial,
  kJoined,
  kBothMean,  // text: the word
  kSameMeaning,
  kSameSounds,
  kSimilarSounds,
  kTwoWritingsSame,  // parts: both writings
  kTwoWritingsSimilar,
  // Writings, in the order of Writing.
  kLatin,
  kCyrillic,
  kArabic,
  kHebrew,
  kJapanese,
  kKorean,
  kMandarin,
  kForeignChinese,
  kGreek,
  kOtherWriting,
  kCharacters,
  // Of names as a whole.
  kWholeName,
  kWithoutCounterpart,  // text: how many
  kOtherOrder,
  kReadInChineseOrKorean,
  kReadInJapanese,
  kReadAsForeign,
  kCutInTwo,
  kComparedByCharacters,
  // Of facts.
  kSameDate,
  kDayAndMonthSwapped,
  kSameMonth,
  kSameYear,
  kYearsApart,
  kDifferentDates,
  kSameCountry,
  kNoCountryInCommon,
  kSameIdentifier,
  kDifferentIdentifiers,
  kSameGender,
  kDifferentGender,
  kDifferentKinds,
  // What the lines are about.
  kAboutWords,
  kAboutBirthDate,
  kAboutCountry,
  kAboutIdentifier,
  kAboutGender,
  kAboutKind,
  // Sentences.
  kVerdict,  // two names and a figure
  kFor,
  kAgainst,
  kPair,  // two words and how they are one
  kFigures,
};
inline constexpr size_t kTerms = static_cast<size_t>(Term::kFigures) + 1;

// A term and what stands in its places: other terms, then words.
struct Saying {
  Term term = Term::kSameWord;
  std::vector<Term> parts;
  std::vector<std::string> texts;
};

std::string said(const Saying& saying, Language language);
// Several, as a list in a sentence.
std::string said(const std::vector<Saying>& sayings, Language language);

}  // namespace entente::names
