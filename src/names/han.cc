// Each reading is one form. Where a character has several readings in a language, a word gets the
// likeliest combinations as alternatives; the alignment (align.h) picks.
#include "names/han.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"

namespace entente::names {
namespace {

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
  Readings cantonese = readings_of(kCantonese);
  Readings korean = readings_of(kKoreanReadings);
  Readings japanese_surnames = readings_of(kJapaneseSurnames);
  Readings japanese = readings_of(kJapaneseCharacters);
  Readings korean_surnames = readings_of(kKoreanSurnames);
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

// All combinations of the characters' readings, the earlier ones of each first, at most `count`.
std::vector<std::string> combinations(std::u32string_view text, const Readings& table,
                                      size_t count) {
  std::vector<std::string> out{""};
  for (const char32_t c : text) {
    const auto it = table.find(std::u32string(1, c));
    if (it == table.end()) return {};
    std::vector<std::string> next;
    for (size_t rank = 0; rank < it->second.size() && next.size() < count; ++rank) {
      for (size_t i = 0; i < out.size() && next.size() < count; ++i)
        next.push_back(out[i] + it->second[rank]);
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

// Pinyin, Wade-Giles, Hong Kong and Korean spellings of a word of characters.
std::vector<Word> mandarin_words(std::u32string_view text, bool is_surname) {
  std::string plain, old;
  for (const char32_t c : text) {
    const std::string syllable = mandarin(c, is_surname);
    plain += syllable;
    old += wade_giles(syllable);
  }
  std::vector<Word> words;
  words.push_back(word_with(pinyin_sound(plain), Writing::kPinyin, text));
  if (old != plain) words.push_back(word_with(pinyin_sound(old), Writing::kPinyin, text));
  for (const std::string& one : combinations(text, tables().cantonese, 2))
    words.push_back(word_with(latin_sound(one), Writing::kPinyin, text));
  for (const std::string& one : combinations(text, tables().korean, 2))
    words.push_back(word_with(latin_sound(one), Writing::kPinyin, text));
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

size_t japanese_family(std::u32string_view name) {
  for (size_t length = std::min<size_t>(4, name.size()); length >= 1; --length) {
    if (tables().japanese_surnames.contains(std::u32string(name.substr(0, length))) &&
        (length < name.size() || length > 1))
      return length;
  }
  return 0;
}

std::vector<Word> japanese_words(std::u32string_view text, bool is_surname) {
  std::vector<Word> words;
  if (is_surname) {
    const auto it = tables().japanese_surnames.find(std::u32string(text));
    if (it != tables().japanese_surnames.end()) {
      for (const std::string& one : it->second)
        words.push_back(word_with(latin_sound(one), Writing::kKana, text));
    }
  }
  for (const std::string& one : combinations(text, tables().japanese, kAlternativesMax))
    words.push_back(word_with(latin_sound(one), Writing::kKana, text));
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
    add_slot(form, mandarin_words(text.substr(0, family), true));
    text.remove_prefix(family);
  }
  if (!text.empty()) add_slot(form, mandarin_words(text, form.slots == 0));
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
  Form japanese = spelled(parts, texts, is_organization, Reading::kJapanese, spell_japanese);
  if (!japanese.words.empty() && characters <= 6) forms.push_back(std::move(japanese));
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
      const auto it = tables().korean_surnames.find(std::u32string(part));
      if (!is_kana && form.slots == 0 && it != tables().korean_surnames.end()) {
        for (const std::string& one : it->second)
          words.push_back(word_with(latin_sound(one), Writing::kHangul, part));
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
