// Kana and Hangul in the sound alphabet.
//
// Kana: long vowels are written once, u behind a consonant and o behind t and d are marked (U, O)
// because foreign words lose them again; the small tsu doubles a consonant and is left out. Hangul:
// syllables are taken apart arithmetically [Unicode 3.12]; eu is a carried vowel (@).
#include <array>
#include <string>
#include <utility>

#include "names/sound.h"

namespace entente::names {
namespace {

struct Mora {
  char32_t kana;  // katakana
  std::string_view symbols;
};
constexpr Mora kMorae[] = {
    {U'ア', "a"},  {U'イ', "i"},  {U'ウ', "u"},  {U'エ', "e"},  {U'オ', "o"},  {U'カ', "ka"},
    {U'キ', "ki"}, {U'ク', "kU"}, {U'ケ', "ke"}, {U'コ', "ko"}, {U'ガ', "ga"}, {U'ギ', "gi"},
    {U'グ', "gU"}, {U'ゲ', "ge"}, {U'ゴ', "go"}, {U'サ', "sa"}, {U'シ', "Si"}, {U'ス', "sU"},
    {U'セ', "se"}, {U'ソ', "so"}, {U'ザ', "za"}, {U'ジ', "Ji"}, {U'ズ', "zU"}, {U'ゼ', "ze"},
    {U'ゾ', "zo"}, {U'タ', "ta"}, {U'チ', "Ci"}, {U'ツ', "EU"}, {U'テ', "te"}, {U'ト', "tO"},
    {U'ダ', "da"}, {U'ヂ', "Ji"}, {U'ヅ', "zU"}, {U'デ', "de"}, {U'ド', "dO"}, {U'ナ', "na"},
    {U'ニ', "ni"}, {U'ヌ', "nU"}, {U'ネ', "ne"}, {U'ノ', "no"}, {U'ハ', "ha"}, {U'ヒ', "hi"},
    {U'フ', "fU"}, {U'ヘ', "he"}, {U'ホ', "ho"}, {U'バ', "ba"}, {U'ビ', "bi"}, {U'ブ', "bU"},
    {U'ベ', "be"}, {U'ボ', "bo"}, {U'パ', "pa"}, {U'ピ', "pi"}, {U'プ', "pU"}, {U'ペ', "pe"},
    {U'ポ', "po"}, {U'マ', "ma"}, {U'ミ', "mi"}, {U'ム', "mU"}, {U'メ', "me"}, {U'モ', "mo"},
    {U'ヤ', "ya"}, {U'ユ', "yu"}, {U'ヨ', "yo"}, {U'ラ', "ra"}, {U'リ', "ri"}, {U'ル', "rU"},
    {U'レ', "re"}, {U'ロ', "ro"}, {U'ワ', "wa"}, {U'ヰ', "i"},  {U'ヱ', "e"},  {U'ヲ', "o"},
    {U'ン', "n"},  {U'ヴ', "vU"}, {U'ヷ', "va"}, {U'ヺ', "vo"},
};

char32_t katakana(char32_t c) { return c >= U'ぁ' && c <= U'ゖ' ? c + (U'ア' - U'あ') : c; }

// The vowel of a small kana that changes the one before it; 0 if it is none.
char small_vowel(char32_t c) {
  switch (c) {
    case U'ァ':
      return 'a';
    case U'ィ':
      return 'i';
    case U'ゥ':
      return 'u';
    case U'ェ':
      return 'e';
    case U'ォ':
      return 'o';
    default:
      return 0;
  }
}
std::string_view small_glide(char32_t c) {
  switch (c) {
    case U'ャ':
      return "ya";
    case U'ュ':
      return "yu";
    case U'ョ':
      return "yo";
    case U'ヮ':
      return "wa";
    default:
      return {};
  }
}

char plain_vowel(char symbol) { return symbol == 'U' ? 'u' : symbol == 'O' ? 'o' : symbol; }

// Whether a vowel only makes the one before it long.
bool lengthens(char32_t c, const std::string& out) {
  if (out.empty()) return false;
  const char last = plain_vowel(out.back());
  if (c == U'ー') return true;
  if (c == U'ウ') return last == 'o' || last == 'u';
  if (c == U'オ') return last == 'o';
  if (c == U'ア') return last == 'a';
  return c == U'イ' && last == 'i';
}

constexpr std::string_view kLeads[] = {"g", "k", "n", "d", "t", "r", "m", "b", "p", "s",
                                       "s", "",  "j", "j", "C", "k", "t", "p", "h"};
constexpr std::string_view kVowels[] = {"a",  "e",  "ya", "ye", "O",  "e",  "yO",
                                        "ye", "o",  "wa", "we", "we", "yo", "u",
                                        "wO", "we", "wi", "yu", "@",  "@i", "i"};
constexpr std::string_view kTails[] = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                       "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                       "t", "ng", "t", "t", "k", "t", "p", "t"};
// Revised romanisation, McCune-Reischauer, by ear.
constexpr std::string_view kRevisedLeads[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                              "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
constexpr std::string_view kMcCuneLeads[] = {"k",  "kk", "n", "t",  "tt", "r",  "m",
                                             "p",  "pp", "s", "ss", "",   "ch", "tch",
                                             "ch", "k",  "t", "p",  "h"};
constexpr std::string_view kVoicedLeads[] = {"g",  "kk", "n", "d",   "tt", "r", "m", "b", "pp", "s",
                                             "ss", "",   "j", "tch", "ch", "k", "t", "p", "h"};
constexpr std::string_view kRevisedVowels[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo",
                                               "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                               "wo", "we", "wi", "yu",  "eu", "ui", "i"};
constexpr std::string_view kMcCuneVowels[] = {"a",  "ae", "ya", "yae", "o",  "e",  "yo",
                                              "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                              "wo", "we", "wi", "yu",  "u",  "ui", "i"};
constexpr std::string_view kEarVowels[] = {"a",  "ae", "ya", "yae", "u",  "e",   "you",
                                           "ye", "o",  "wa", "wae", "oe", "yo",  "oo",
                                           "wo", "we", "wi", "yoo", "eu", "eui", "i"};
constexpr char32_t kHangulBegin = 0xAC00, kHangulEnd = 0xD7A4;

void append(std::string& out, std::string_view symbols) {
  for (const char symbol : symbols) {
    if (out.size() < kSoundMax && (out.empty() || out.back() != symbol)) out += symbol;
  }
}

}  // namespace

std::string kana_sound(std::u32string_view word) {
  std::string out;
  char32_t before = 0;
  for (const char32_t letter : word) {
    const char32_t c = katakana(letter);
    const bool is_doubled = std::exchange(before, c) == U'ッ';
    if (const char vowel = small_vowel(c); vowel != 0 && !out.empty()) {
      if (is_vowel(out.back())) out.pop_back();
      if (!out.empty() && out.back() == 'E' && vowel == 'i') out.back() = 't';  // ツィ
      append(out, std::string_view(&vowel, 1));
      continue;
    }
    if (const std::string_view glide = small_glide(c); !glide.empty() && !out.empty()) {
      if (is_vowel(out.back())) out.pop_back();
      const bool is_soft =
          !out.empty() && (out.back() == 'S' || out.back() == 'C' || out.back() == 'J');
      append(out, is_soft ? glide.substr(1) : glide);
      continue;
    }
    if (lengthens(c, out)) continue;
    for (const Mora& mora : kMorae) {
      if (mora.kana != c) continue;
      // Bach is written ba-ch-ha.
      const bool is_rough = is_doubled && mora.symbols.front() == 'h';
      if (is_rough) append(out, "X");
      append(out, mora.symbols.substr(is_rough ? 1 : 0));
      break;
    }
  }
  return out;
}

std::vector<std::string> korean_spellings(std::u32string_view word) {
  std::string revised, mccune, by_ear;
  bool is_voiced = false;  // after a vowel or n, m, ng, l
  for (const char32_t c : word) {
    if (c < kHangulBegin || c >= kHangulEnd) return {};
    const uint32_t index = c - kHangulBegin;
    const size_t lead = index / 588, vowel = index % 588 / 28;
    const std::string_view tail = kTails[index % 28];
    revised += kRevisedLeads[lead];
    mccune += is_voiced ? kVoicedLeads[lead] : kMcCuneLeads[lead];
    by_ear += kRevisedLeads[lead];
    // U and wo by themselves are woo and won.
    if (lead == 11 && vowel == 13) by_ear += 'w';
    revised += kRevisedVowels[vowel];
    mccune += kMcCuneVowels[vowel];
    by_ear += vowel == 14 ? std::string_view("wo") : kEarVowels[vowel];
    for (std::string* const one : {&revised, &mccune, &by_ear}) *one += tail;
    is_voiced = tail.empty() || tail == "n" || tail == "m" || tail == "ng" || tail == "l";
  }
  return {latin_sound(revised), latin_sound(mccune), latin_sound(by_ear)};
}

std::string hangul_sound(std::u32string_view word) {
  std::string out;
  for (const char32_t c : word) {
    if (c < kHangulBegin || c >= kHangulEnd) continue;
    const uint32_t index = c - kHangulBegin;
    append(out, kLeads[index / 588]);
    append(out, kVowels[index % 588 / 28]);
    append(out, kTails[index % 28]);
  }
  return out;
}

}  // namespace entente::names
