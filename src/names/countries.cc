// ICU knows the codes and the names in many languages; names that lists use besides are added here.
#include "names/countries.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <unordered_map>

#include "base/text.h"
#include "names/unicode.h"

namespace entente::names {
namespace {

constexpr std::pair<std::string_view, std::string_view> kOtherNames[] = {
    {"russian federation", "RU"},
    {"iran islamic republic of", "IR"},
    {"islamic republic of iran", "IR"},
    {"syrian arab republic", "SY"},
    {"korea north", "KP"},
    {"korea south", "KR"},
    {"dprk", "KP"},
    {"democratic peoples republic of korea", "KP"},
    {"republic of korea", "KR"},
    {"korea republic of", "KR"},
    {"peoples republic of china", "CN"},
    {"uk", "GB"},
    {"great britain", "GB"},
    {"england", "GB"},
    {"usa", "US"},
    {"united states of america", "US"},
    {"uae", "AE"},
    {"burma", "MM"},
    {"cote divoire", "CI"},
    {"ivory coast", "CI"},
    {"congo democratic republic of the", "CD"},
    {"democratic republic of the congo", "CD"},
    {"republic of the congo", "CG"},
    {"palestinian", "PS"},
    {"palestine", "PS"},
    {"turkey", "TR"},
    {"turkiye", "TR"},
    {"czech republic", "CZ"},
    {"macedonia", "MK"},
    {"republic of moldova", "MD"},
    {"moldova", "MD"},
    {"lao peoples democratic republic", "LA"},
    {"viet nam", "VN"},
    {"venezuela bolivarian republic of", "VE"},
    {"tanzania united republic of", "TZ"},
    {"bolivia", "BO"},
    {"su", "SU"},
    {"taiwan", "TW"},
    {"hong kong", "HK"},
    {"macau", "MO"},
    {"kosovo", "XK"},
    {"the gambia", "GM"},
    {"the bahamas", "BS"},
    {"swaziland", "SZ"},
    {"cape verde", "CV"},
    {"afghan", "AF"},
    {"iranian", "IR"},
    {"russian", "RU"},
    {"chinese", "CN"},
    {"iraqi", "IQ"},
    {"syrian", "SY"}};

std::string key_of(std::string_view text) {
  std::string out;
  for (const char32_t c : fold(text, 256)) {
    if (is_mark(c)) continue;
    const std::string_view latin = plain_latin(c);
    if (!latin.empty()) {
      out += latin;
    } else if (is_letter(c)) {
      append_utf8(out, c);
    } else if (c != U'\'' && c != U'’' && !out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

const std::unordered_map<std::string, std::string>& table() {
  static const std::unordered_map<std::string, std::string> made = [] {
    std::unordered_map<std::string, std::string> out;
    const icu::Locale languages[] = {icu::Locale("en"), icu::Locale("fr"), icu::Locale("es"),
                                     icu::Locale("de"), icu::Locale("ru"), icu::Locale("zh"),
                                     icu::Locale("ja"), icu::Locale("ar")};
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      const icu::Locale country("", *code);
      out.emplace(key_of(*code), *code);
      out.emplace(key_of(country.getISO3Country()), *code);
      for (const icu::Locale& language : languages) {
        icu::UnicodeString name;
        country.getDisplayCountry(language, name);
        std::string utf8;
        name.toUTF8String(utf8);
        out.emplace(key_of(utf8), *code);
      }
    }
    for (const auto& [name, code] : kOtherNames) out.emplace(name, code);
    return out;
  }();
  return made;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

}  // namespace

std::string country_code(std::string_view text) {
  text = trim(text);
  const bool is_code = text.size() == 2 && static_cast<unsigned char>(text[0]) < 0x80;
  if (is_code) return upper(text);
  const auto it = table().find(key_of(text));
  if (it != table().end()) return it->second;
  if (text.size() > 3 && text[2] == '-') return upper(text.substr(0, 2));
  return upper(text);
}

}  // namespace entente::names
