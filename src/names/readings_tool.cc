// names_readings UNIHAN NAMES ORGANIZATIONS: writes readings_data.cc on standard output, from what two packages of
// the system say: Unihan_Readings.txt of the Unicode character database, and the names of the IPA
// dictionary (Noun.name.csv and Noun.org.csv, in EUC-JP). Runs while the project is built; none of that data is in
// its tree. A file that is absent gives empty tables: then only the project's own readings are known.
//
// Each table is one text of lines "key reading reading ...", sorted by key; keys are folded as
// analyse.h folds names.
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "names/sound.h"
#include "names/unicode.h"

namespace {

using entente::names::append_utf8;
using entente::names::simplified;

constexpr size_t kReadingsMax = 4;      // of a character in one language
constexpr size_t kNameReadingsMax = 6;  // of a name
constexpr int32_t kOrganizationCharacters = 4;
constexpr size_t kChunkBytes = 12'000;  // of a string literal
constexpr char32_t kHanBegin = 0x4E00, kHanEnd = 0xA000;

using Table = std::map<std::string, std::vector<std::string>>;

void add(Table& table, const std::string& key, const std::string& reading, size_t most) {
  std::vector<std::string>& list = table[key];
  if (reading.empty() || list.size() >= most) return;
  if (std::find(list.begin(), list.end(), reading) == list.end()) list.push_back(reading);
}

std::string read_all(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

// "YOU" -> "yo": long vowels are written short.
std::string short_vowels(std::string_view text) {
  std::string out;
  for (const char c : entente::to_lower_ascii(text)) {
    if (c < 'a' || c > 'z') continue;
    if (!out.empty() &&
        ((c == 'u' && (out.back() == 'o' || out.back() == 'u')) || (c == 'o' && out.back() == 'o')))
      continue;
    out += c;
  }
  return out;
}

struct Characters {
  Table cantonese, korean, japanese;
};

Characters read_unihan(const std::string& text) {
  Characters out;
  Table kun;
  for (const std::string_view line : entente::split(text, '\n')) {
    const std::vector<std::string_view> fields = entente::split(line, '\t');
    if (fields.size() < 3 || !fields[0].starts_with("U+")) continue;
    const auto code =
        static_cast<char32_t>(std::stoul(std::string(fields[0].substr(2)), nullptr, 16));
    if (code < kHanBegin || code >= kHanEnd) continue;
    std::string key;
    append_utf8(key, simplified(code));
    for (const std::string_view value : entente::split(fields[2], ' ')) {
      if (fields[1] == "kCantonese") {
        std::string syllable(value);
        while (!syllable.empty() && syllable.back() >= '0' && syllable.back() <= '9')
          syllable.pop_back();
        add(out.cantonese, key, syllable, 2);
      } else if (fields[1] == "kHangul") {
        const std::string syllable(value.substr(0, value.find(':')));
        // A reading that names have comes before those that words have.
        std::vector<std::string>& list = out.korean[key];
        const bool is_of_names = value.find('N') != std::string_view::npos;
        if (std::find(list.begin(), list.end(), syllable) == list.end())
          list.insert(is_of_names ? list.begin() : list.end(), syllable);
      } else if (fields[1] == "kJapaneseOn") {
        add(out.japanese, key, short_vowels(value), kReadingsMax);
      } else if (fields[1] == "kJapaneseKun") {
        add(kun, key, short_vowels(value), kReadingsMax);
      }
    }
  }
  for (auto& [key, list] : out.korean) list.resize(std::min<size_t>(list.size(), 3));
  for (const auto& [key, list] : kun) {
    for (const std::string& one : list) add(out.japanese, key, one, kReadingsMax + 2);
  }
  return out;
}

// Katakana in Hepburn spelling, long vowels short.
std::string romaji(const icu::UnicodeString& katakana) {
  std::u32string text;
  for (int32_t i = 0; i < katakana.length(); ++i) text += static_cast<char32_t>(katakana[i]);
  std::string out;
  for (const char symbol : entente::names::kana_sound(text)) {
    switch (symbol) {
      case 'S':
        out += "sh";
        break;
      case 'C':
        out += "ch";
        break;
      case 'J':
        out += "j";
        break;
      case 'E':
        out += "ts";
        break;
      case 'U':
        out += 'u';
        break;
      case 'O':
        out += 'o';
        break;
      default:
        out += symbol;
    }
  }
  return out;
}

struct Named {
  Table family, given, organizations;
};

Named read_names(const std::string& bytes) {
  struct Row {
    int cost = 0;
    std::string key, reading;
    bool is_family = false, is_given = false, is_organization = false;
  };
  std::vector<Row> rows;
  for (const std::string_view line : entente::split(bytes, '\n')) {
    const icu::UnicodeString text(line.data(), static_cast<int32_t>(line.size()), "EUC-JP");
    std::vector<icu::UnicodeString> fields(1);
    for (int32_t i = 0; i < text.length(); ++i) {
      if (text[i] == u',') {
        fields.emplace_back();
      } else {
        fields.back() += text[i];
      }
    }
    if (fields.size() < 12) continue;
    Row row;
    bool is_han = true;
    for (int32_t i = 0; i < fields[0].length(); ++i) {
      const auto c = static_cast<char32_t>(fields[0][i]);
      is_han = is_han && ((c >= kHanBegin && c < kHanEnd) || c == U'々');
      if (c == U'々' && i > 0) {
        append_utf8(row.key, simplified(static_cast<char32_t>(fields[0][i - 1])));
      } else {
        append_utf8(row.key, simplified(c));
      }
    }
    if (!is_han || row.key.empty()) continue;
    std::string cost;
    fields[3].toUTF8String(cost);
    std::from_chars(cost.data(), cost.data() + cost.size(), row.cost);
    row.reading = romaji(fields[11]);
    row.is_organization = fields[6] == icu::UnicodeString(u"組織");
    row.is_family = !row.is_organization && fields[7] != icu::UnicodeString(u"名");
    row.is_given = !row.is_organization && fields[7] != icu::UnicodeString(u"姓");
    if (row.is_organization && fields[0].length() > kOrganizationCharacters) continue;
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, {}, &Row::cost);
  Named out;
  for (const Row& row : rows) {
    if (row.is_family) add(out.family, row.key, row.reading, kNameReadingsMax);
    if (row.is_given) add(out.given, row.key, row.reading, kNameReadingsMax);
    if (row.is_organization) add(out.organizations, row.key, row.reading, 2);
  }
  return out;
}

void print(const char* name, const Table& table) {
  std::printf("const std::string_view %s =\n    \"", name);
  size_t size = 0;
  for (const auto& [key, list] : table) {
    if (list.empty()) continue;
    std::string line = key;
    for (const std::string& one : list) line += " " + one;
    std::printf("%s\\n", line.c_str());
    size += line.size();
    if (size > kChunkBytes) {
      std::printf("\"\n    \"");
      size = 0;
    }
  }
  std::printf("\";\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const Characters characters = read_unihan(read_all(argv[1]));
  const Named named = read_names(read_all(argv[2]) + "\n" + read_all(argv[3]));
  std::printf(
      "// Made by names_readings while building.\n#include \"names/readings.h\"\n\n"
      "namespace entente::names {\n\n");
  print("kUnihanCantonese", characters.cantonese);
  print("kUnihanKorean", characters.korean);
  print("kUnihanJapanese", characters.japanese);
  print("kIpaFamilyNames", named.family);
  print("kIpaGivenNames", named.given);
  print("kIpaOrganizations", named.organizations);
  std::printf("\n}  // namespace entente::names\n");
  return 0;
}
