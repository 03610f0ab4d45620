// ICU works on UTF-16 and its transliterators take microseconds a character, so what is asked often
// is put into tables once: Latin letters without diacritics below U+2000 and U+1E00 to U+1EFF, and
// for U+4E00 to U+9FFF the simplified variant and the Mandarin reading. Readings that ICU gives for
// general text but that surnames do not have are put right by whoever knows that it is a surname.
#include "names/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"

namespace entente::names {
namespace {

constexpr char32_t kHanBegin = 0x4E00, kHanEnd = 0xA000;
constexpr size_t kPlainTable = 0x2000;  // covers U+1E00 to U+1EFF too

// Letters that decompose into nothing plain.
std::string_view special_latin(char32_t c) {
  switch (c) {
    case U'ß':
      return "ss";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'ø':
      return "o";
    case U'đ':
    case U'ð':
      return "d";
    case U'þ':
      return "th";
    case U'ł':
      return "l";
    case U'ı':
      return "i";
    case U'ħ':
      return "h";
    case U'ŧ':
      return "t";
    case U'ŋ':
      return "ng";
    case U'ə':
    case U'ǝ':
      return "a";
    case U'ĸ':
      return "k";
    case U'ʒ':
      return "z";
    case U'ƒ':
      return "f";
    case U'ɓ':
      return "b";
    case U'ɗ':
      return "d";
    case U'ƙ':
      return "k";
    case U'ƴ':
      return "y";
    case U'ơ':
      return "o";
    case U'ư':
      return "u";
    case U'ŀ':
      return "l";
    default:
      return {};
  }
}

std::string ascii_letters_of(const icu::UnicodeString& text) {
  std::string out;
  for (int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c);
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

using PlainTable = std::vector<std::string>;

const PlainTable& plain_table() {
  static const PlainTable table = [] {
    PlainTable made(kPlainTable);
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
    CHECK(U_SUCCESS(error));
    for (char32_t c = 'a'; c < kPlainTable; ++c) {
      if (uscript_hasScript(static_cast<UChar32>(c), USCRIPT_LATIN) == 0) continue;
      const std::string_view special = special_latin(c);
      icu::UnicodeString text(static_cast<UChar32>(c));
      made[c] =
          special.empty() ? ascii_letters_of(nfkd->normalize(text, error)) : std::string(special);
    }
    return made;
  }();
  return table;
}

std::unique_ptr<icu::Transliterator> transliterator(const char* id) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(icu::UnicodeString(id), UTRANS_FORWARD, error));
  CHECK(U_SUCCESS(error) && made != nullptr);
  return made;
}

struct HanTable {
  std::vector<char32_t> simplified;
  std::vector<uint16_t> reading;  // index into readings
  std::vector<std::string> readings;
};

const HanTable& han_table() {
  static const HanTable table = [] {
    HanTable made;
    made.readings.emplace_back();
    const auto to_simplified = transliterator("Traditional-Simplified");
    const auto to_latin = transliterator("Han-Latin");
    std::vector<std::pair<std::string, uint16_t>> known;
    for (char32_t c = kHanBegin; c < kHanEnd; ++c) {
      icu::UnicodeString variant(static_cast<UChar32>(c));
      to_simplified->transliterate(variant);
      made.simplified.push_back(static_cast<char32_t>(variant.char32At(0)));
      icu::UnicodeString latin(static_cast<UChar32>(c));
      to_latin->transliterate(latin);
      std::string plain;
      for (int32_t i = 0; i < latin.length(); ++i) {
        const auto unit = static_cast<char32_t>(latin.char32At(i));
        if (unit == 0xFC || (unit >= 0x1D6 && unit <= 0x1DC)) {
          plain += 'v';  // u with diaeresis, as pinyin keyboards have it
        } else {
          plain += plain_latin(unit);
        }
      }
      size_t index = 0;
      while (index < made.readings.size() && made.readings[index] != plain) ++index;
      if (index == made.readings.size()) made.readings.push_back(plain);
      made.reading.push_back(static_cast<uint16_t>(index));
    }
    return made;
  }();
  return table;
}

// Japanese and other variants that ICU leaves alone: pairs of variant and simplified character.
constexpr std::u32string_view kVariants =
    U"沢泽広广竜龙斎斋斉齐齋斋齊齐辺边邉边栄荣単单桜樱浜滨濵滨黒黑恵惠歳岁浅浅氷冰変变検检権权郷乡"
    U"徳德徳德渋涩済济戸户戶户圧压囲围円圆塩盐応应桜樱仮假価价会会絵绘拡扩関关巻卷陥陷勧劝観观帰归"
    U"気气拠据挙举駆驱経经継继茎茎蛍萤軽轻鶏鸡芸艺撃击県县剣剑険险圏圈験验顕显厳严効效鉱矿砕碎雑杂"
    U"蚕蚕賛赞残残糸丝児儿実实写写釈释寿寿収收従从渋涩縦纵粛肃処处緒绪叙叙将将称称焼烧証证奨奖条条"
    U"状状乗乘浄净剰剩畳叠嬢娘譲让醸酿触触嘱嘱図图酔醉穂穗随随髄髓枢枢数数瀬濑声声静静窃窃摂摄専专"
    U"戦战銭钱繊纤践践禅禅双双壮壮捜搜挿插巣巢装装総总騒骚増增蔵藏臓脏属属続续堕堕対对体体帯带滞滞"
    U"滝泷択择沢泽担担団团弾弹遅迟昼昼虫虫鋳铸庁厅聴听鎮镇転转伝传闘斗独独読读届届弐贰悩恼脳脑覇霸"
    U"拝拜廃废売卖麦麦発发髪发抜拔繁繁晩晚蛮蛮秘秘仏佛並并辺边舗铺宝宝豊丰翻翻毎每満满黙默訳译薬药"
    U"与与揺摇様样謡谣来来頼赖乱乱覧览竜龙隆隆虜虏両两猟猎緑绿涙泪塁垒礼礼隷隶齢龄暦历歴历恋恋炉炉"
    U"労劳楼楼録录湾湾亜亚悪恶為为壱一隠隐営营衛卫駅驿駅驿髙高﨑崎嵜崎槙桢槇桢薫薰薗园國国圓圆曾曾"
    U"曽曾"
    U"嶋岛島岛嶌岛峯峰舘馆館馆藪薮籔薮眞真槗桥橋桥柗松葊庵龝秋穐秋桒桑菴庵惣总遙遥堯尧尭尧冨富凉凉"
    U"靑青淸清晧皓祐佑澤泽濱滨渕渊淵渊淺浅壽寿彌弥聰聪聡聪穣穰鉄铁鐵铁実实實实澄澄瑠琉";

struct VariantTable {
  std::vector<std::pair<char32_t, char32_t>> pairs;
};

char32_t variant_of(char32_t c) {
  static const std::vector<char32_t> table = [] {
    std::vector<char32_t> made(kHanEnd - kHanBegin, 0);
    for (size_t i = 0; i + 1 < kVariants.size(); i += 2) {
      if (kVariants[i] >= kHanBegin && kVariants[i] < kHanEnd)
        made[kVariants[i] - kHanBegin] = kVariants[i + 1];
    }
    return made;
  }();
  return table[c - kHanBegin];
}

}  // namespace

std::u32string fold(std::string_view utf8, size_t characters_max) {
  std::u32string out;
  bool is_ascii = true;
  for (const char c : utf8) is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
  if (is_ascii) {
    for (const char c : utf8.substr(0, characters_max))
      out += static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfkc = [] {
    UErrorCode made = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(made);
  }();
  CHECK(nfkc != nullptr);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  const icu::UnicodeString folded = nfkc->normalize(text, error);
  for (int32_t i = 0; i < folded.length() && out.size() < characters_max;) {
    const UChar32 c = folded.char32At(i);
    out += static_cast<char32_t>(c);
    i += U16_LENGTH(c);
  }
  return out;
}

Script script_of(char32_t c) {
  if (c < 0x80)
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Script::kLatin : Script::kNone;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_CYRILLIC:
      return Script::kCyrillic;
    case USCRIPT_GREEK:
      return Script::kGreek;
    case USCRIPT_ARABIC:
      return Script::kArabic;
    case USCRIPT_HEBREW:
      return Script::kHebrew;
    case USCRIPT_HAN:
      return Script::kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kKana;
    case USCRIPT_HANGUL:
      return Script::kHangul;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return c == U'ー' ? Script::kKana : Script::kNone;
    case USCRIPT_UNKNOWN:
      return Script::kNone;
    default:
      return Script::kOther;
  }
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool is_mark(char32_t c) {
  return c >= 0x300 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

int digit_value(char32_t c) { return u_charDigitValue(static_cast<UChar32>(c)); }

std::string_view plain_latin(char32_t c) {
  static const PlainTable& table = plain_table();
  return c < kPlainTable ? std::string_view(table[c]) : std::string_view();
}

char32_t simplified(char32_t c) {
  if (c < kHanBegin || c >= kHanEnd) return c;
  if (const char32_t variant = variant_of(c); variant != 0) return variant;
  return han_table().simplified[c - kHanBegin];
}

std::string_view pinyin(char32_t c) {
  if (c < kHanBegin || c >= kHanEnd) return {};
  const HanTable& table = han_table();
  return table.readings[table.reading[c - kHanBegin]];
}

std::string any_latin(std::u32string_view word) {
  static std::mutex mutex;  // ICU promises nothing about sharing transliterators
  static const auto to_latin = transliterator("Any-Latin");
  icu::UnicodeString text;
  for (const char32_t c : word) text.append(static_cast<UChar32>(c));
  const std::lock_guard lock(mutex);
  to_latin->transliterate(text);
  std::string out;
  for (int32_t i = 0; i < text.length(); ++i) out += plain_latin(text[i]);
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

}  // namespace entente::names
