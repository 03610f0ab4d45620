// First runs of one script are found; then each run becomes words by the rules of its script; then
// words that the lexicon knows, alone or several together, are marked.
//
// Chinese characters: names of organisations are cut where lexicon words stand; what is left
// between them, and names of persons, is read by han.h.
#include "names/analyse.h"

#include <algorithm>

#include "names/han.h"
#include "names/unicode.h"

namespace entente::names {
namespace {

struct Run {
  std::u32string text;
  Script script = Script::kLatin;
  bool is_joined = false;  // nothing but a change of script stands before it
};

bool is_apostrophe(char32_t c) {
  switch (c) {
    case U'\'':
    case U'’':
    case U'‘':
    case U'ʼ':
    case U'ʻ':
    case U'`':
    case U'´':
    case U'ʿ':
    case U'ʾ':
    case U'′':
    case U'״':
    case U'׳':
    case U'＇':
      return true;
    default:
      return false;
  }
}

// Hebrew marks letters with geresh, which changes their sound; elsewhere apostrophes are dropped.
std::vector<Run> runs_of(const std::u32string& text) {
  std::vector<Run> runs;
  bool is_open = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (is_mark(c)) continue;
    if (is_apostrophe(c)) {
      if (is_open && !runs.empty() && runs.back().script == Script::kHebrew)
        runs.back().text += U'\'';
      continue;
    }
    if (!is_letter(c) && c != U'ー' && c != U'々' && c != U'㈜') {
      is_open = false;
      continue;
    }
    Script script = script_of(c);
    if (c == U'々') script = Script::kHan;
    const bool is_digit = digit_value(c) >= 0;
    if (script == Script::kNone && is_open && !is_digit) script = runs.back().script;
    if (script == Script::kNone) script = Script::kLatin;
    if (!is_open || script != runs.back().script) runs.push_back({{}, script, is_open});
    runs.back().text += is_digit ? U'0' + static_cast<char32_t>(digit_value(c)) : c;
    is_open = true;
  }
  return runs;
}

// "L.L.C." and "S A" came apart: single Latin letters in a row that are a legal form when joined.
void join_letters(std::vector<Run>& runs) {
  for (size_t begin = 0; begin < runs.size(); ++begin) {
    size_t end = begin;
    std::u32string joined;
    while (end < runs.size() && runs[end].text.size() == 1 &&
           runs[end].script == runs[begin].script &&
           (runs[end].script == Script::kLatin || runs[end].script == Script::kCyrillic))
      joined += runs[end++].text;
    if (end - begin < 2) continue;
    const Meaning meaning = meaning_of(to_utf8(joined));
    if (meaning.role != Role::kLegal) continue;
    runs[begin].text = joined;
    runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
               runs.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

std::string plain_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    const std::string_view latin = plain_latin(c);
    if (!latin.empty()) {
      out += latin;
    } else if (c >= U'0' && c <= U'9') {
      out += static_cast<char>(c);
    } else {
      append_utf8(out, simplified(c));
    }
  }
  return out;
}

Writing writing_of(Script script) {
  switch (script) {
    case Script::kCyrillic:
      return Writing::kCyrillic;
    case Script::kGreek:
      return Writing::kGreek;
    case Script::kArabic:
      return Writing::kArabic;
    case Script::kHebrew:
      return Writing::kHebrew;
    case Script::kKana:
      return Writing::kKana;
    case Script::kHangul:
      return Writing::kHangul;
    case Script::kOther:
      return Writing::kOther;
    default:
      return Writing::kLatin;
  }
}

std::string sound_of(std::u32string_view text, Script script) {
  switch (script) {
    case Script::kCyrillic:
      return cyrillic_sound(text);
    case Script::kGreek:
      return greek_sound(text);
    case Script::kArabic:
      return arabic_sound(text);
    case Script::kHebrew:
      return hebrew_sound(text);
    case Script::kKana:
      return kana_sound(text);
    case Script::kHangul:
      return hangul_sound(text);
    case Script::kOther:
      return latin_sound(any_latin(text));
    default:
      break;
  }
  std::string plain;
  for (const char32_t c : text) {
    if (c >= U'0' && c <= U'9') {
      plain += static_cast<char>(c);
    } else {
      plain += plain_latin(c);
    }
  }
  return latin_sound(plain);
}

Word word_of(std::u32string_view text, Script script) {
  Word word;
  word.sound = sound_of(text, script);
  word.writing = writing_of(script);
  word.surface = to_utf8(text);
  const bool is_number =
      std::ranges::all_of(text, [](char32_t c) { return c >= U'0' && c <= U'9'; });
  if (is_number) {
    word.role = Role::kNumber;
  } else if (text.size() == 1 && (script == Script::kLatin || script == Script::kCyrillic)) {
    word.role = Role::kInitial;
  }
  return word;
}

bool push(Form& form, Word word) {
  if (word.sound.empty() || form.slots == kWordsMax) return false;
  word.slot = form.slots++;
  form.words.push_back(std::move(word));
  return true;
}

// "ال" before an Arabic word is the article, written on its own elsewhere.
void push_arabic(Form& form, std::u32string_view text) {
  if (text.size() > 4 && text.starts_with(U"ال")) {
    Word article = word_of(U"ال", Script::kArabic);
    article.role = Role::kParticle;
    push(form, std::move(article));
    text.remove_prefix(2);
  }
  push(form, word_of(text, Script::kArabic));
}

// Writes of unspaced scripts: lexicon words are cut out wherever they stand.
void push_unspaced(Form& form, const Run& run, Kind kind) {
  if (kind == Kind::kPerson) {
    push(form, word_of(run.text, run.script));
    return;
  }
  std::u32string_view rest = run.text;
  std::u32string pending;
  const auto flush = [&] {
    if (!pending.empty()) push(form, word_of(pending, run.script));
    pending.clear();
  };
  while (!rest.empty()) {
    Meaning meaning;
    const size_t length = leading_word(rest, &meaning);
    const bool is_whole = length == rest.size() && pending.empty();
    if (length >= 2 || is_whole) {
      flush();
      Word word = word_of(rest.substr(0, length), run.script);
      word.meaning = meaning.number;
      word.role = meaning.role;
      push(form, std::move(word));
      rest.remove_prefix(length);
    } else {
      pending += rest.front();
      rest.remove_prefix(1);
    }
  }
  flush();
}

// Marks the words of a spaced script that the lexicon knows; several together become one.
void push_spaced(Form& form, const std::vector<Run>& runs, size_t* index, Kind kind) {
  const size_t limit = std::min(lexicon_words_max(), runs.size() - *index);
  std::vector<std::string> heads;
  std::string key;
  for (size_t i = 0; i < limit; ++i) {
    const Script script = runs[*index + i].script;
    if (script == Script::kHan || script == Script::kKana || script == Script::kHangul) break;
    key += (i == 0 ? "" : " ") + plain_of(runs[*index + i].text);
    heads.push_back(key);
  }
  for (size_t count = heads.size(); count > 0; --count) {
    const Meaning meaning = meaning_of(heads[count - 1]);
    if (meaning.number == 0) continue;
    const bool is_for_person = meaning.role == Role::kTitle || meaning.role == Role::kParticle ||
                               meaning.role == Role::kNumber;
    if (kind == Kind::kPerson && !is_for_person) continue;
    if (kind == Kind::kPerson && meaning.role == Role::kTitle && runs.size() <= count) continue;
    std::u32string text;
    for (size_t i = 0; i < count; ++i) text += runs[*index + i].text;
    const Script script = runs[*index].script;
    Word word = word_of(text, script);
    word.meaning = meaning.number;
    word.role = meaning.role;
    word.surface.clear();
    for (size_t i = 0; i < count; ++i)
      word.surface += (i == 0 ? "" : " ") + to_utf8(runs[*index + i].text);
    push(form, std::move(word));
    *index += count;
    return;
  }
  const Run& run = runs[(*index)++];
  if (run.script == Script::kArabic) {
    push_arabic(form, run.text);
    return;
  }
  Word word = word_of(run.text, run.script);
  if (word.role != Role::kWord || run.script != Script::kLatin) {
    push(form, std::move(word));
    return;
  }
  Word japanese = word;
  japanese.sound = short_romaji(plain_of(run.text));
  if (push(form, std::move(word)) && !japanese.sound.empty()) {
    japanese.slot = static_cast<uint8_t>(form.slots - 1);
    form.words.push_back(std::move(japanese));
  }
}

// A name of which nothing but particles, titles and legal forms is left is made of words after all.
void keep_something(Form& form) {
  const bool has_word = std::ranges::any_of(form.words, [](const Word& word) {
    return word.role == Role::kWord || word.role == Role::kNumber;
  });
  if (has_word) return;
  for (Word& word : form.words) {
    if (word.role != Role::kInitial || form.words.size() == 1) word.role = Role::kWord;
  }
}

}  // namespace

std::vector<Form> analyse(std::string_view name, Kind kind) {
  std::vector<Run> runs = runs_of(fold(name.substr(0, kNameBytes), kNameCharactersMax));
  join_letters(runs);
  std::vector<Form> forms;
  const bool has_han =
      std::ranges::any_of(runs, [](const Run& run) { return run.script == Script::kHan; });
  const bool has_unspaced = std::ranges::any_of(runs, [](const Run& run) {
    return run.script == Script::kKana || run.script == Script::kHangul;
  });
  if (has_han) {
    std::vector<HanPart> parts;
    for (Run& run : runs) {
      std::vector<Word> words;
      if (run.script != Script::kHan) {
        Form one;
        if (run.script == Script::kKana || run.script == Script::kHangul) {
          push_unspaced(one, run, kind);
        } else {
          size_t index = 0;
          push_spaced(one, {run}, &index, kind);
        }
        words = std::move(one.words);
      }
      parts.push_back({run.script == Script::kHan ? run.text : std::u32string(), std::move(words),
                       run.is_joined});
    }
    forms = read_han(parts, kind);
  } else {
    Form form;
    for (size_t i = 0; i < runs.size();) {
      if (runs[i].script == Script::kKana || runs[i].script == Script::kHangul) {
        push_unspaced(form, runs[i++], kind);
      } else {
        push_spaced(form, runs, &i, kind);
      }
    }
    forms.push_back(std::move(form));
    if (has_unspaced && runs.size() == 1 && kind != Kind::kOrganization)
      add_splits(runs.front().text, runs.front().script, forms);
  }
  std::erase_if(forms, [](const Form& form) { return form.words.empty(); });
  for (Form& form : forms) keep_something(form);
  return forms;
}

}  // namespace entente::names
