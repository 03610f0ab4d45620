// What a NameList holds. Private to list.cc and searcher.cc.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "names/list.h"

namespace entente::names {

// A distinct word of the list.
struct VocabularyRow {
  uint32_t begin = 0;  // of its sound in `sounds`
  uint32_t count = 0;  // names that hold it
  float information = 0;
  uint16_t meaning = 0;
  uint8_t length = 0;
  Writing writing = Writing::kLatin;
  Role role = Role::kWord;
};

// The symbols of a word, for a first look at it.
inline constexpr uint8_t kNoSymbol = 63;  // no symbol has this index
struct WordHead {
  std::array<uint8_t, 13> symbols;  // symbol_index of each; kNoSymbol behind the end
  Writing writing = Writing::kLatin;
  bool is_cut = false;  // the word has more symbols
  bool is_number = false;
};
static_assert(sizeof(WordHead) == 16);

// One form of one name.
struct RecordRow {
  uint32_t entity = 0;
  uint32_t name = 0;
  uint32_t units = 0;  // where its units begin; they end where those of the next record begin
  uint8_t slots = 0;
  Reading reading = Reading::kAsWritten;
};

struct EntityRow {
  uint32_t id = 0;     // offset in `text`, ended by NUL
  uint32_t facts = 0;  // likewise
  uint32_t first_name = 0;
  Kind kind = Kind::kAny;
  Gender gender = Gender::kUnknown;
};

inline constexpr uint32_t kSameSlot = 1U << 31;  // of a unit: another alternative of its slot

// Lists by key: items[offsets[k]] to items[offsets[k + 1]].
struct Grouped {
  std::vector<uint32_t> offsets;
  std::vector<uint32_t> items;
};

struct ListData {
  std::string text;  // ids, facts and names
  std::string sounds;
  std::vector<EntityRow> entities;
  std::vector<uint32_t> names;  // offset in text, ended by NUL
  std::vector<NameKind> name_kinds;
  std::vector<RecordRow> records;     // one more at the end
  std::vector<uint8_t> slots;         // of each record, as in its row
  std::vector<uint32_t> units;        // word number, and kSameSlot
  std::vector<VocabularyRow> words;   // finished: neighbours sound alike
  std::vector<WordHead> heads;        // of each word
  std::vector<uint32_t> word_table;   // open addressing: word number + 1
  Grouped postings;                   // word -> records
  std::vector<uint32_t> bucket_keys;  // sorted
  std::vector<uint32_t> key_ranges;   // where keys begin that share their highest bits
  Grouped buckets;                    // position of a key -> words

  std::string_view sound(const VocabularyRow& row) const {
    return std::string_view(sounds).substr(row.begin, row.length);
  }
  // The word's number, or -1.
  int64_t find(std::string_view sound, Writing writing, Role role, uint16_t meaning) const;
  uint32_t intern(const Word& word);
  // Where the words of a key stand in buckets.items.
  std::pair<uint32_t, uint32_t> bucket(uint32_t key) const;
};

// The keys of a word: under which it is listed, by which it is looked for, and by which words are
// looked for that have one consonant less, more or another.
enum class KeysFor : uint8_t { kIndex, kQuery, kQueryErrors };
void word_keys(std::string_view sound, Writing writing, uint16_t meaning, KeysFor purpose,
               std::vector<uint32_t>& keys);
// Whether names are found by such a word.
bool is_searched(Role role);

}  // namespace entente::names
