// The forms under which names are listed and looked for, and what a way of reading costs.
#include <algorithm>

#include "names/list.h"
#include "names/unicode.h"

namespace entente::names {
namespace {

bool equal(const Form& a, const Form& b) {
  if (a.reading != b.reading || a.words.size() != b.words.size()) return false;
  for (size_t i = 0; i < a.words.size(); ++i) {
    if (a.words[i].sound != b.words[i].sound || a.words[i].role != b.words[i].role ||
        a.words[i].meaning != b.words[i].meaning || a.words[i].slot != b.words[i].slot)
      return false;
  }
  return true;
}

// Latin words that may be Chinese get their other spelling as an alternative.
void respell(Form& form) {
  std::vector<Word> words;
  for (const Word& word : form.words) {
    words.push_back(word);
    if (word.writing != Writing::kLatin || word.role != Role::kWord || word.meaning != 0) continue;
    for (const std::string& other : respelled_chinese(word.surface)) {
      Word more = word;
      more.sound = latin_sound(other);
      if (more.sound != word.sound) words.push_back(std::move(more));
    }
  }
  form.words = std::move(words);
}

}  // namespace

std::vector<Form> list_forms(std::string_view name, Kind kind) {
  if (kind != Kind::kAny) return analyse(name, kind);
  std::vector<Form> forms = analyse(name, Kind::kPerson);
  for (Form& other : analyse(name, Kind::kOrganization)) {
    const bool is_known =
        std::ranges::any_of(forms, [&](const Form& form) { return equal(form, other); });
    if (!is_known) forms.push_back(std::move(other));
  }
  return forms;
}

std::vector<Form> query_forms(std::string_view name, Kind kind) {
  std::vector<Form> forms = list_forms(name, kind);
  if (kind == Kind::kAny || kind == Kind::kPerson) {
    for (Form& form : forms) respell(form);
  }
  return forms;
}

float reading_log_odds(Reading reading) {
  switch (reading) {
    case Reading::kMandarin:
    case Reading::kJapanese:
    case Reading::kForeign:
      return -0.5F;
    case Reading::kSplit:
      return -0.2F;
    case Reading::kAsWritten:
    case Reading::kCharacters:
      break;
  }
  return 0;
}

float name_kind_log_odds(NameKind kind) {
  switch (kind) {
    case NameKind::kPrimary:
      return 0;
    case NameKind::kAlias:
      return -0.1F;
    case NameKind::kFormer:
      return -0.2F;
    case NameKind::kWeak:
      break;
  }
  return -1.0F;
}

}  // namespace entente::names
