// Each reading is one form. Where a character has several readings in a language, a word gets the
// likeliest combinations as alternatives; the alignment (align.h) picks.
#include "names/han.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "names/readings.h"

namespace entente::names {
namespace {

constexpr size_t kSpelledCharacters = 3;  // a longer word is spelled in Mandarin alone

// Lines "key reading reading ..." as a table.
using Readings = std::unordered_map<std::u32string, std::vector<std::string>>;
Readings readings_of(std::string_view text) {
  Readings out;
  for (const std::string_view line : split(text, '\n')) {
    const std::vector<std::string_view> fields = split(line, ' ');
    if (fields.size() < 2) continue;
    std::u32string key;
    for (const char32_t c : fold(fields[0], 16)) key += simplified(c);
    for (size_t i = 1; i < fields.size(); ++i) {
      std::vector<std::string>& list = out[key];
      if (std::ranges::find(list, fields[i]) == list.end()) list.emplace_back(fields[i]);
    }
  }
  return out;
}

struct Tables {
  Readings surnames = readings_of(kSurnameReadings);
  Readings southern = readings_of(kSouthernSurnames);
  Readings japanese_surnames = readings_of(kJapaneseSurnames);
  Readings japanese = readings_of(kJapaneseCharacters);
  Readings korean_surnames = readings_of(kKoreanSurnames);
  ReadingTable unihan_cantonese{kUnihanCantonese}, unihan_korean{kUnihanKorean},
      unihan_japanese{kUnihanJapanese}, ipa_family{kIpaFamilyNames}, ipa_given{kIpaGivenNames},
      ipa_organizations{kIpaOrganizations};
};
const Tables& tables() {
  static const Tables made;
  return made;
}

std::u32string simple(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) {
    // The mark that repeats the character before it.
    out += c == U'々' && !out.empty() ? out.back() : simplified(c);
  }
  return out;
}

Word word_with(std::string sound, Writing writing, std::u32string_view surface) {
  Word word;
  word.sound = std::move(sound);
  if (writing != Writing::kHanText && word.sound.size() > kSoundMax) word.sound.resize(kSoundMax);
  word.writing = writing;
  word.surface = to_utf8(surface);
  return word;
}

void add_slot(Form& form, std::vector<Word> words) {
  if (form.slots == kWordsMax) return;
  std::erase_if(words, [](const Word& word) { return word.sound.empty(); });
  if (words.empty()) return;
  if (words.size() > kAlternativesMax) words.resize(kAlternativesMax);
  for (Word& word : words) {
    word.slot = form.slots;
    form.words.push_back(std::move(word));
  }
  ++form.slots;
}

// What a character may be read as: in the project's table, else in the character database.
std::vector<std::string> japanese_readings(char32_t c) {
  const auto it = tables().japanese.find(std::u32string(1, c));
  if (it != tables().japanese.end()) return it->second;
  const auto known = tables().unihan_japanese.find(to_utf8(std::u32string_view(&c, 1)));
  return {known.begin(), known.end()};
}

// A reading behind another: chi and tsu before a hard sound are swallowed (nichi-shin: nisshin), and h
// is often voiced (mitsu-hishi: mitsubishi).
void append_reading(std::string& out, std::string_view reading, bool is_voiced) {
  const char first = reading.empty() ? '\0' : reading.front();
  const bool is_hard = first == 'k' || first == 's' || first == 't' || first == 'p';
  if (is_hard && out.size() > 3 && (out.ends_with("chi") || out.ends_with("tsu"))) {
    out.resize(out.size() - 3);
  }
  if (is_voiced && (first == 'h' || first == 'f')) {
    out += 'b';
    reading.remove_prefix(1);
  }
  out += reading;
}

// All combinations of the characters' readings, the earlier ones of each first, at most `count`.
std::vector<std::string> combinations(std::u32string_view text, size_t count) {
  std::vector<std::string> out{""};
  for (const char32_t c : text) {
    const std::vector<std::string> readings = japanese_readings(c);
    if (readings.empty()) return {};
    std::vector<std::string> next;
    const auto add = [&](const std::string& head, const std::string& reading, bool is_voiced) {
      if (next.size() >= count) return;
      std::string one = head;
      append_reading(one, reading, is_voiced);
      next.push_back(std::move(one));
    };
    for (size_t rank = 0; rank < readings.size() && next.size() < count; ++rank) {
      const bool may_voice =
          c != text.front() && (readings[rank].front() == 'h' || readings[rank].front() == 'f');
      for (size_t i = 0; i < out.size(); ++i) {
        add(out[i], readings[rank], false);
        if (may_voice) add(out[i], readings[rank], true);
      }
    }
    out = std::move(next);
  }
  return out;
}

std::string mandarin(char32_t c, bool is_surname) {
  if (is_surname) {
    const auto it = tables().surnames.find(std::u32string(1, c));
    if (it != tables().surnames.end()) return it->second.front();
  }
  return std::string(pinyin(c));
}

void add_word(std::vector<Word>& words, std::string sound, Writing writing,
              std::u32string_view text) {
  if (sound.empty()) return;
  for (const Word& word : words) {
    if (word.sound == sound && word.writing == writing) return;
  }
  words.push_back(word_with(std::move(sound), writing, text));
}

// As Hong Kong spells it: each character as usual, then each in its other spelling.
void add_cantonese(std::vector<Word>& words, std::u32string_view text) {
  std::array<std::string, 3> spelled;
  for (const char32_t c : text) {
    const auto readings = tables().unihan_cantonese.find(to_utf8(std::u32string_view(&c, 1)));
    if (readings.empty()) return;
    const std::vector<std::string> ways = hong_kong_spellings(readings.front());
    for (size_t i = 0; i < spelled.size(); ++i) spelled[i] += ways[std::min(i, ways.size() - 1)];
  }
  const size_t count = text.size() == 1 ? spelled.size() : 2;
  for (size_t i = 0; i < count; ++i)
    add_word(words, latin_sound(spelled[i]), Writing::kPinyin, text);
}

// In Korean; family names also as they are usually spelled.
void add_korean(std::vector<Word>& words, std::u32string_view text, bool is_surname) {
  std::array<std::u32string, 2> read;
  for (const char32_t c : text) {
    const auto readings = tables().unihan_korean.find(to_utf8(std::u32string_view(&c, 1)));
    if (readings.empty()) return;
    for (size_t i = 0; i < read.size(); ++i)
      read[i] += fold(readings[std::min(i, readings.size() - 1)], 4);
  }
  for (const std::u32string& one : read) add_word(words, hangul_sound(one), Writing::kHangul, text);
  if (!is_surname) {
    for (std::string& one : korean_spellings(read[0]))
      add_word(words, std::move(one), Writing::kHangul, text);
    return;
  }
  for (const std::u32string& one : read) {
    const auto it = tables().korean_surnames.find(one);
    if (it == tables().korean_surnames.end()) continue;
    for (size_t i = 0; i < it->second.size() && i < 3; ++i)
      add_word(words, latin_sound(it->second[i]), Writing::kHangul, text);
  }
}

// How a word of characters is spelled: pinyin and Wade-Giles; names of persons also in Cantonese,
// Southern Min, Vietnamese and Korean.
enum class Spelled : uint8_t { kFamily, kGiven, kCompany };
std::vector<Word> chinese_words(std::u32string_view text, Spelled as) {
  std::string plain, old;
  for (const char32_t c : text) {
    const std::string syllable = mandarin(c, as == Spelled::kFamily);
    plain += syllable;
    old += wade_giles(syllable);
  }
  std::vector<Word> words;
  add_word(words, pinyin_sound(plain), Writing::kPinyin, text);
  add_word(words, pinyin_sound(old), Writing::kPinyin, text);
  if (text.size() > kSpelledCharacters || as == Spelled::kCompany) return words;
  add_cantonese(words, text);
  if (as == Spelled::kFamily) {
    const auto it = tables().southern.find(std::u32string(text));
    for (size_t i = 0; it != tables().southern.end() && i < it->second.size() && i < 4; ++i)
      add_word(words, latin_sound(it->second[i]), Writing::kPinyin, text);
  }
  add_korean(words, text, as == Spelled::kFamily);
  return words;
}

bool is_chinese_surname(char32_t c) {
  return kChineseSurnames.find(c) != std::u32string_view::npos;
}

// Characters of the family name of a Chinese name; 0 if it has none that is known.
size_t chinese_family(std::u32string_view name) {
  if (name.size() >= 3) {
    for (size_t i = 0; i + 1 < kCompoundSurnames.size(); i += 2) {
      if (kCompoundSurnames.substr(i, 2) == name.substr(0, 2)) return 2;
    }
  }
  return name.size() >= 2 && name.size() <= 3 && is_chinese_surname(name[0]) ? 1 : 0;
}

// Characters of the family name of a Japanese name: where both parts are known names, else the longest
// known family name; 0 if none is known.
size_t japanese_family(std::u32string_view name) {
  size_t longest = 0;
  for (size_t length = std::min<size_t>(4, name.size()); length >= 1; --length) {
    const std::u32string_view head = name.substr(0, length);
    const bool is_known = tables().japanese_surnames.contains(std::u32string(head)) ||
                          tables().ipa_family.contains(to_utf8(head));
    if (!is_known || (length == name.size() && length == 1)) continue;
    if (length < name.size() && tables().ipa_given.contains(to_utf8(name.substr(length))))
      return length;
    longest = std::max(longest, length);
  }
  return longest;
}

// What is not in any list of names is read by its characters, in fewer ways.
constexpr size_t kGuessedReadings = 6;

std::vector<Word> japanese_words(std::u32string_view text, bool is_surname) {
  std::vector<Word> words;
  if (is_surname) {
    const auto it = tables().japanese_surnames.find(std::u32string(text));
    if (it != tables().japanese_surnames.end()) {
      for (const std::string& one : it->second)
        add_word(words, latin_sound(one), Writing::kKana, text);
    }
  }
  const ReadingTable& known = is_surname ? tables().ipa_family : tables().ipa_given;
  for (const std::string_view one : known.find(to_utf8(text)))
    add_word(words, latin_sound(one), Writing::kKana, text);
  if (is_surname) {
    for (const std::string_view one : tables().ipa_organizations.find(to_utf8(text)))
      add_word(words, latin_sound(one), Writing::kKana, text);
  }
  const size_t guesses = words.empty() ? kAlternativesMax : kGuessedReadings;
  for (const std::string& one : combinations(text, guesses))
    add_word(words, latin_sound(one), Writing::kKana, text);
  return words;
}

std::string foreign_sound(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) out += foreign_syllable(c, pinyin(c));
  return out;
}

// A piece of characters cut into lexicon words and what is between them.
struct Piece {
  std::u32string_view text;
  Meaning meaning;
};
std::vector<Piece> pieces_of(std::u32string_view text) {
  std::vector<Piece> out;
  size_t pending = 0;
  for (size_t i = 0; i < text.size();) {
    Meaning meaning;
    // "And" between two words, each of two characters at least.
    const bool is_and = pending >= 2 && i + 2 < text.size() &&
                        (text[i] == U'和' || text[i] == U'与' || text[i] == U'及');
    if (is_and) {
      out.push_back({text.substr(i - pending, pending), {}});
      out.push_back({text.substr(i, 1), meaning_of("and")});
      pending = 0;
      ++i;
      continue;
    }
    const size_t length = leading_word(text.substr(i), &meaning);
    if (length < 2 && !(length == 1 && i > 0 && i + 1 == text.size() && text.size() > 3)) {
      ++i;
      ++pending;
      continue;
    }
    if (pending > 0) out.push_back({text.substr(i - pending, pending), {}});
    pending = 0;
    out.push_back({text.substr(i, length), meaning});
    i += length;
  }
  if (pending > 0) out.push_back({text.substr(text.size() - pending), {}});
  return out;
}

bool looks_like_organization(const std::vector<HanPart>& parts, Kind kind) {
  if (kind == Kind::kOrganization || kind == Kind::kVessel || kind == Kind::kAircraft ||
      kind == Kind::kPlace)
    return true;
  if (kind == Kind::kPerson) return false;
  for (const HanPart& part : parts) {
    const std::u32string text = simple(part.han);
    for (const Piece& piece : pieces_of(text)) {
      if (piece.meaning.role == Role::kLegal) return true;
    }
    if (parts.size() == 1 && text.size() > 5) return true;
    if (text.size() == 5 && pieces_of(text).size() > 1) return true;
  }
  return false;
}

// Words of one part in one reading.
using Speller = void (*)(Form& form, std::u32string_view text, bool is_alone);

void spell_characters(Form& form, std::u32string_view text, bool is_alone) {
  const size_t family = is_alone ? std::max(chinese_family(text), japanese_family(text)) : 0;
  const size_t cut = family == 0 && is_alone && text.size() == 4 ? 2 : family;
  if (cut > 0 && cut < text.size()) {
    add_slot(form,
             {word_with(to_utf8(text.substr(0, cut)), Writing::kHanText, text.substr(0, cut))});
    text.remove_prefix(cut);
  }
  add_slot(form, {word_with(to_utf8(text), Writing::kHanText, text)});
}

void spell_mandarin(Form& form, std::u32string_view text, bool is_alone) {
  if (is_alone && text.size() >= 2 && text.size() <= 4) {
    const size_t family = std::max<size_t>(1, chinese_family(text));
    add_slot(form, chinese_words(text.substr(0, family), Spelled::kFamily));
    text.remove_prefix(family);
    if (!text.empty()) add_slot(form, chinese_words(text, Spelled::kGiven));
    return;
  }
  const bool is_family = form.slots == 0 && text.size() == 1;
  if (!text.empty())
    add_slot(form, chinese_words(text, is_family ? Spelled::kFamily : Spelled::kGiven));
}

// A piece of a company's name: what it begins with may be a family name or a known company.
void spell_japanese_piece(Form& form, std::u32string_view text, bool) {
  for (size_t length = std::min<size_t>(4, text.size()); length >= 2; --length) {
    const std::string head = to_utf8(text.substr(0, length));
    if (length < text.size() && !tables().ipa_family.contains(head) &&
        !tables().ipa_organizations.contains(head) &&
        !tables().japanese_surnames.contains(std::u32string(text.substr(0, length))))
      continue;
    add_slot(form, japanese_words(text.substr(0, length), true));
    text.remove_prefix(length);
    break;
  }
  if (!text.empty() && text.size() <= 4) add_slot(form, japanese_words(text, form.slots == 0));
}

void spell_japanese(Form& form, std::u32string_view text, bool is_alone) {
  if (is_alone && text.size() >= 2) {
    size_t family = japanese_family(text);
    if (family == 0) family = text.size() <= 2 ? 1 : 2;
    if (family < text.size()) {
      add_slot(form, japanese_words(text.substr(0, family), true));
      text.remove_prefix(family);
    }
  }
  add_slot(form, japanese_words(text, form.slots == 0));
}

void spell_foreign(Form& form, std::u32string_view text, bool) {
  add_slot(form, {word_with(foreign_sound(text), Writing::kForeignHan, text)});
}

Form spelled(const std::vector<HanPart>& parts, const std::vector<std::u32string>& texts,
             bool is_organization, Reading reading, Speller speller) {
  Form form;
  form.reading = reading;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (texts[i].empty()) {
      for (const Word& word : parts[i].words) add_slot(form, {word});
    } else if (is_organization) {
      for (const Piece& piece : pieces_of(texts[i])) {
        if (piece.meaning.number == 0) {
          speller(form, piece.text, false);
          continue;
        }
        Word word = word_with(to_utf8(piece.text), Writing::kHanText, piece.text);
        word.meaning = piece.meaning.number;
        word.role = piece.meaning.role;
        add_slot(form, {std::move(word)});
      }
    } else {
      const bool is_followed = i + 1 < parts.size();
      speller(form, texts[i],
              i == 0 &&
                  (!is_followed || (texts.size() == 2 && parts[1].is_joined && texts[1].empty())));
    }
  }
  return form;
}

}  // namespace

namespace {

constexpr size_t kCompanyCharacters = 24;

// Whether a company's name has a word that only Chinese companies' have.
bool is_chinese_company(const std::vector<std::u32string>& texts) {
  for (const std::u32string& text : texts) {
    for (const std::u32string_view word : {U"公司", U"集团", U"厂", U"有限"}) {
      if (text.find(word) != std::u32string::npos) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Form> read_han(const std::vector<HanPart>& parts, Kind kind) {
  std::vector<std::u32string> texts;
  size_t characters = 0, runs = 0;
  bool has_other = false;
  for (const HanPart& part : parts) {
    texts.push_back(simple(part.han));
    characters += texts.back().size();
    runs += texts.back().empty() ? 0 : 1;
    has_other = has_other || texts.back().empty();
  }
  const bool is_organization = looks_like_organization(parts, kind);
  std::vector<Form> forms;
  forms.push_back(spelled(parts, texts, is_organization, Reading::kCharacters, spell_characters));
  if (runs == 1 && (characters <= 4 || is_organization))
    forms.push_back(spelled(parts, texts, is_organization, Reading::kMandarin, spell_mandarin));
  if (runs > 1 && characters <= 4)
    forms.push_back(spelled(parts, texts, is_organization, Reading::kMandarin, spell_mandarin));
  if (is_organization ? !is_chinese_company(texts) && characters <= kCompanyCharacters
                      : characters <= 6) {
    Form japanese = spelled(parts, texts, is_organization, Reading::kJapanese,
                            is_organization ? spell_japanese_piece : spell_japanese);
    if (!japanese.words.empty()) forms.push_back(std::move(japanese));
  }
  if (characters >= 2 && (!has_other || is_organization || runs > 1))
    forms.push_back(spelled(parts, texts, is_organization, Reading::kForeign, spell_foreign));
  return forms;
}

void add_splits(std::u32string_view text, Script script, std::vector<Form>& forms) {
  const auto split_at = [&](size_t cut) {
    Form form;
    form.reading = Reading::kSplit;
    for (const std::u32string_view part : {text.substr(0, cut), text.substr(cut)}) {
      const bool is_kana = script == Script::kKana;
      std::vector<Word> words{word_with(is_kana ? kana_sound(part) : hangul_sound(part),
                                        is_kana ? Writing::kKana : Writing::kHangul, part)};
      for (std::string& one : korean_spellings(is_kana ? std::u32string_view() : part))
        add_word(words, std::move(one), Writing::kHangul, part);
      const auto it = tables().korean_surnames.find(std::u32string(part));
      if (!is_kana && form.slots == 0 && it != tables().korean_surnames.end()) {
        for (const std::string& one : it->second)
          add_word(words, latin_sound(one), Writing::kHangul, part);
      }
      add_slot(form, std::move(words));
    }
    forms.push_back(std::move(form));
  };
  if (script == Script::kHangul && text.size() >= 2 && text.size() <= 5) {
    if (text.size() <= 4) split_at(1);
    for (size_t i = 0; text.size() >= 3 && i + 1 < kKoreanDoubleSurnames.size(); i += 2) {
      if (text.starts_with(kKoreanDoubleSurnames.substr(i, 2))) split_at(2);
    }
  }
  if (script == Script::kKana && text.size() >= 4 && text.size() <= 12) {
    for (const size_t cut : {size_t{2}, size_t{3}, size_t{4}}) {
      if (cut + 1 < text.size()) split_at(cut);
    }
  }
}

}  // namespace entente::names
