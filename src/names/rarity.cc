// The general model: the more sounds a word has, the rarer it is; consonants say more than vowels.
// Words that are very common in names say less than their length would; the table is of orders of
// magnitude, from general knowledge.
#include "names/rarity.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace entente::names {
namespace {

struct Common {
  float information;
  std::string_view words;
};
constexpr Common kCommon[] = {
    {3.4F, "mohammed mohammad muhammad mohamed mohamad ahmed ahmad ali maria"},
    {4.2F,
     "hassan hasan hussein husayn hossein abdullah abdallah ibrahim mahmoud mustafa khan singh "
     "wang li "
     "zhang liu chen kim lee park nguyen john jose juan david michael ivan aleksandr alexander "
     "sergey "
     "vladimir anna tran"},
    {4.8F,
     "yang zhao huang zhou wu xu sun ma zhu hu guo he lin luo zheng liang xie song tang deng han "
     "feng cao "
     "peng zeng xiao tian dong pan yuan yu jiang du su ye lu wei choi jung jeong kang cho jang lim "
     "andrey aleksey dmitry nikolay mikhail igor oleg yuri viktor elena olga natalia garcia "
     "rodriguez "
     "martinez hernandez lopez gonzalez perez sanchez luis carlos antonio manuel francisco pedro "
     "james robert william thomas peter paul mark daniel george richard joseph charles smith "
     "karim khalid omar umar yusuf yousef salih saleh said saeed salim salem amir reza hamid jamal "
     "kumar sato suzuki tanaka takahashi ito watanabe yamamoto nakamura ivanov petrov"},
    {5.4F,
     "ivanova petrova mikhailovich aleksandrovich vladimirovich sergeevich nikolaevich ivanovich "
     "fernando alberto miguel angel javier ricardo eduardo jorge rafael jean pierre philippe hans "
     "karl heinz stefan andreas marco giuseppe giovanni johnson williams brown jones davis miller "
     "wilson anderson martin nasser nasir hamza bilal tariq walid faisal majid rashid aziz rahman "
     "rahim karimi "
     "hosseini ahmadi mohammadi"}};

const std::unordered_map<std::string, float>& common_table() {
  static const std::unordered_map<std::string, float> table = [] {
    std::unordered_map<std::string, float> made;
    for (const Common& row : kCommon) {
      for (const std::string_view word : split(row.words, ' '))
        made.emplace(latin_sound(word), row.information);
    }
    return made;
  }();
  return table;
}

}  // namespace

float general_information(std::string_view sound, Writing writing, Role role, uint16_t meaning) {
  switch (role) {
    case Role::kParticle:
    case Role::kTitle:
      return 0.3F;
    case Role::kLegal:
      return 0.5F;
    case Role::kInitial:
      return 1.0F;
    case Role::kNumber:
      return 4.0F;
    case Role::kWord:
      break;
  }
  if (meaning != 0) return 4.0F;
  if (writing == Writing::kHanText)
    return std::min(9.5F, 1.5F + 2.7F * static_cast<float>(sound.size()) / 3);
  const auto it = common_table().find(std::string(sound));
  if (it != common_table().end()) return it->second;
  float sum = 1.0F;
  for (const char symbol : sound) sum += is_vowel(symbol) ? 0.8F : 1.5F;
  return std::min(sum, 9.5F);
}

float general_information(const Word& word) {
  return general_information(word.sound, word.writing, word.role, word.meaning);
}

float information(float general, uint32_t count, uint64_t names) {
  const double expected =
      std::max<double>(count, 0.5) + kGeneralWeight * std::exp(-static_cast<double>(general));
  return static_cast<float>(std::log((static_cast<double>(names) + kGeneralWeight) / expected));
}

}  // namespace entente::names
