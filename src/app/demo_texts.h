// The phrases of the demonstration data, each in five languages side by side, so that a
// language-content object can carry true translations. "{}" stands for a name.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace entente::app {

enum class Language : size_t { kEnglish, kTraditional, kSimplified, kJapanese, kKorean };
inline constexpr size_t kLanguageCount = 5;

// As in the `lang` property. [RFC 5646]
std::string_view tag_of(Language language);

// One text in every language, in the order of Language.
using Phrase = std::array<std::string_view, kLanguageCount>;

enum class Topic {
  kActor,
  kIntrusionSet,
  kCampaign,
  kMalware,
  kInfrastructure,
  kVulnerability,
  kIndicator,
  kIncident,
  kReportTitle,
  kReport,
  kNote,
  kOpinion,
  kGrouping,
  kSubject,
  kBody,
  kNarrative,
  kPurchaseTitle,
  kPurchase,
  kLaunchTitle,
  kLaunch,
};

// The variants of a topic; never empty.
std::span<const Phrase> phrases_of(Topic topic);

// A code name made of two words: "Silent Heron". There are kNameCount of them.
inline constexpr size_t kNameCount = 144;
std::string name_in(Language language, size_t index);

// The phrase in that language with the name in its place.
std::string fill(const Phrase& phrase, Language language, std::string_view name);

}  // namespace entente::app
