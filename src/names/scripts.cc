// Cyrillic, Greek, Arabic and Hebrew in the sound alphabet, letter by letter. Vowels that Arabic and
// Hebrew do not write are not guessed: the channel knows that they are missing.
#include <string>

#include "names/sound.h"

namespace entente::names {
namespace {

struct Letter {
  char32_t letter;
  std::string_view symbols;
};

constexpr Letter kCyrillic[] = {
    {U'а', "a"},  {U'б', "b"}, {U'в', "v"}, {U'г', "g"},  {U'д', "d"},  {U'е', "e"},  {U'ё', "yo"},
    {U'ж', "Z"},  {U'з', "z"}, {U'и', "i"}, {U'й', "y"},  {U'к', "k"},  {U'л', "l"},  {U'м', "m"},
    {U'н', "n"},  {U'о', "o"}, {U'п', "p"}, {U'р', "r"},  {U'с', "s"},  {U'т', "t"},  {U'у', "u"},
    {U'ф', "f"},  {U'х', "X"}, {U'ц', "E"}, {U'ч', "C"},  {U'ш', "S"},  {U'щ', "S"},  {U'ъ', ""},
    {U'ы', "y"},  {U'ь', ""},  {U'э', "e"}, {U'ю', "yu"}, {U'я', "ya"}, {U'є', "ye"}, {U'і', "i"},
    {U'ї', "yi"}, {U'ґ', "g"}, {U'ў', "w"}, {U'љ', "ly"}, {U'њ', "ny"}, {U'ћ', "C"},  {U'ђ', "J"},
    {U'џ', "J"},  {U'ј', "y"}, {U'ѓ', "g"}, {U'ќ', "k"},  {U'ѕ', "dz"}, {U'қ', "k"},  {U'ғ', "G"},
    {U'ә', "a"},  {U'ө', "o"}, {U'ұ', "u"}, {U'ү', "u"},  {U'һ', "h"},  {U'ң', "ng"}, {U'ҳ', "h"},
    {U'ҷ', "J"},  {U'ӣ', "i"}, {U'ӯ', "u"}, {U'ҹ', "J"},  {U'ѣ', "e"},  {U'ѐ', "e"},  {U'ѝ', "i"},
    {U'ӱ', "u"},  {U'ӧ', "o"}, {U'ӑ', "a"},
};
constexpr Letter kGreek[] = {
    {U'α', "a"}, {U'β', "v"},  {U'γ', "g"}, {U'δ', "d"}, {U'ε', "e"}, {U'ζ', "z"},
    {U'η', "i"}, {U'θ', "T"},  {U'ι', "i"}, {U'κ', "k"}, {U'λ', "l"}, {U'μ', "m"},
    {U'ν', "n"}, {U'ξ', "ks"}, {U'ο', "o"}, {U'π', "p"}, {U'ρ', "r"}, {U'σ', "s"},
    {U'ς', "s"}, {U'τ', "t"},  {U'υ', "y"}, {U'φ', "f"}, {U'χ', "X"}, {U'ψ', "ps"},
    {U'ω', "o"}, {U'ά', "a"},  {U'έ', "e"}, {U'ή', "i"}, {U'ί', "i"}, {U'ό', "o"},
    {U'ύ', "y"}, {U'ώ', "o"},  {U'ϊ', "i"}, {U'ϋ', "y"}, {U'ΐ', "i"}, {U'ΰ', "y"},
};
constexpr struct {
  std::u32string_view letters;
  std::string_view symbols;
} kGreekPairs[] = {{U"ου", "u"},  {U"ού", "u"},  {U"μπ", "b"}, {U"ντ", "d"}, {U"γκ", "g"},
                   {U"γγ", "ng"}, {U"τσ", "E"},  {U"τζ", "J"}, {U"αι", "e"}, {U"αί", "e"},
                   {U"ει", "i"},  {U"εί", "i"},  {U"οι", "i"}, {U"οί", "i"}, {U"ευ", "ev"},
                   {U"εύ", "ev"}, {U"αυ", "av"}, {U"αύ", "av"}};
constexpr Letter kArabic[] = {
    {U'ا', "a"}, {U'أ', "a"}, {U'إ', "i"}, {U'آ', "a"}, {U'ٱ', "a"}, {U'ب', "b"}, {U'ت', "t"},
    {U'ث', "T"}, {U'ج', "J"}, {U'ح', "h"}, {U'خ', "X"}, {U'د', "d"}, {U'ذ', "z"}, {U'ر', "r"},
    {U'ز', "z"}, {U'س', "s"}, {U'ش', "S"}, {U'ص', "s"}, {U'ض', "d"}, {U'ط', "t"}, {U'ظ', "z"},
    {U'ع', "A"}, {U'غ', "G"}, {U'ف', "f"}, {U'ق', "q"}, {U'ك', "k"}, {U'ک', "k"}, {U'ل', "l"},
    {U'م', "m"}, {U'ن', "n"}, {U'ه', "h"}, {U'ھ', "h"}, {U'ہ', "h"}, {U'و', "w"}, {U'ي', "y"},
    {U'ی', "y"}, {U'ى', "a"}, {U'ې', "y"}, {U'ے', "y"}, {U'ة', "@"}, {U'ۀ', "@"}, {U'ء', ""},
    {U'ؤ', "w"}, {U'ئ', "y"}, {U'پ', "p"}, {U'چ', "C"}, {U'ژ', "Z"}, {U'گ', "g"}, {U'ڤ', "v"},
    {U'ټ', "t"}, {U'ٹ', "t"}, {U'ډ', "d"}, {U'ڈ', "d"}, {U'ړ', "r"}, {U'ڑ', "r"}, {U'ښ', "S"},
    {U'ږ', "Z"}, {U'ڼ', "n"}, {U'ں', "n"}, {U'څ', "E"}, {U'ځ', "z"}, {U'ګ', "g"}, {U'ڭ', "ng"},
    {U'ۋ', "v"}, {U'ۆ', "o"}, {U'ۇ', "u"}, {U'ە', "e"}, {U'ێ', "e"}, {U'ڕ', "r"}, {U'ڵ', "l"},
};
constexpr Letter kHebrew[] = {
    {U'א', "a"}, {U'ב', "b"}, {U'ג', "g"}, {U'ד', "d"}, {U'ה', "h"}, {U'ו', "w"}, {U'ז', "z"},
    {U'ח', "X"}, {U'ט', "t"}, {U'י', "y"}, {U'כ', "k"}, {U'ך', "k"}, {U'ל', "l"}, {U'מ', "m"},
    {U'ם', "m"}, {U'נ', "n"}, {U'ן', "n"}, {U'ס', "s"}, {U'ע', "A"}, {U'פ', "p"}, {U'ף', "p"},
    {U'צ', "E"}, {U'ץ', "E"}, {U'ק', "k"}, {U'ר', "r"}, {U'ש', "S"}, {U'ת', "t"},
};

template <size_t N>
std::string_view look_up(const Letter (&table)[N], char32_t letter) {
  for (const Letter& one : table) {
    if (one.letter == letter) return one.symbols;
  }
  return {};
}

void append(std::string& out, std::string_view symbols) {
  for (const char symbol : symbols) {
    if (out.size() < kSoundMax && (out.empty() || out.back() != symbol)) out += symbol;
  }
}

}  // namespace

std::string cyrillic_sound(std::u32string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    if (word[i] == U'д' && i + 1 < word.size() && word[i + 1] == U'ж') {
      append(out, "J");
      ++i;
    } else if (word[i] == U'к' && i + 1 < word.size() && word[i + 1] == U'с') {
      append(out, "ks");
      ++i;
    } else {
      append(out, look_up(kCyrillic, word[i]));
    }
  }
  return out;
}

std::string greek_sound(std::u32string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size();) {
    bool is_pair = false;
    for (const auto& pair : kGreekPairs) {
      if (word.substr(i, 2) != pair.letters) continue;
      append(out, pair.symbols);
      is_pair = true;
      break;
    }
    if (!is_pair) append(out, look_up(kGreek, word[i]));
    i += is_pair ? 2 : 1;
  }
  return out;
}

std::string arabic_sound(std::u32string_view word) {
  std::string out;
  for (const char32_t letter : word) append(out, look_up(kArabic, letter));
  return out;
}

std::string hebrew_sound(std::u32string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    const bool is_marked = i + 1 < word.size() && (word[i + 1] == U'\'' || word[i + 1] == U'׳');
    if (is_marked && word[i] == U'ג') {
      append(out, "J");
    } else if (is_marked && (word[i] == U'צ' || word[i] == U'ץ')) {
      append(out, "C");
    } else if (is_marked && word[i] == U'ז') {
      append(out, "Z");
    } else {
      append(out, look_up(kHebrew, word[i]));
    }
  }
  return out;
}

}  // namespace entente::names
