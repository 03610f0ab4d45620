// The list grows by appending to flat arrays; finish() sorts what was appended into the lists of
// the index by counting, in two passes.
//
// Facts are kept as text, "D1961-03-14", "CRU", "Ilei=...", each ended by a line break: they are
// looked at for the few candidates alone.
#include "names/list.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "base/text.h"
#include "names/list_data.h"
#include "names/rarity.h"

namespace entente::names {
namespace {

uint64_t word_hash(std::string_view sound, Writing writing, Role role, uint16_t meaning) {
  return hash64(sound, static_cast<uint64_t>(writing) | static_cast<uint64_t>(role) << 8 |
                           static_cast<uint64_t>(meaning) << 16);
}

void append_clean(std::string& out, std::string_view text) {
  for (const char c : text) out += c == '\0' || c == '\n' ? ' ' : c;
}

template <class Each>
Grouped group(size_t groups, Each each) {
  Grouped out;
  out.offsets.assign(groups + 1, 0);
  each([&](uint32_t key, uint32_t) { ++out.offsets[key + 1]; });
  for (size_t i = 1; i <= groups; ++i) out.offsets[i] += out.offsets[i - 1];
  out.items.resize(out.offsets[groups]);
  std::vector<uint32_t> next(out.offsets.begin(), out.offsets.end() - 1);
  each([&](uint32_t key, uint32_t item) { out.items[next[key]++] = item; });
  return out;
}

}  // namespace

bool is_searched(Role role) { return role == Role::kWord || role == Role::kNumber; }

namespace {

constexpr size_t kIndexSkeletons = 5, kQuerySkeletons = 8;
constexpr size_t kErrorSkeletons = 2;      // of a word whose consonants may be wrong
constexpr size_t kErrorClassesMin = 4;     // a shorter skeleton with one left out says too little
constexpr uint32_t kLeftOut = 0x5BD1E995;  // tells keys with a class left out from whole ones
constexpr uint32_t kRangeShift = 16;

// The key of each skeleton that lacks one class.
template <class Use>
void each_left_out(const std::vector<std::string>& skeletons, Use use) {
  for (size_t k = 0; k < skeletons.size() && k < kErrorSkeletons; ++k) {
    const std::string& one = skeletons[k];
    if (one.size() < kErrorClassesMin) continue;
    for (size_t i = 0; i < one.size(); ++i) use(skeleton_key(one.substr(0, i) + one.substr(i + 1)));
  }
}

}  // namespace

void word_keys(std::string_view sound, Writing writing, uint16_t meaning, KeysFor purpose,
               std::vector<uint32_t>& keys) {
  keys.clear();
  const bool is_text = writing == Writing::kHanText;
  if (purpose == KeysFor::kQueryErrors && is_text) return;
  if (meaning != 0 && purpose != KeysFor::kQueryErrors) keys.push_back(0x80000000U | meaning);
  if (is_text) {
    keys.push_back(static_cast<uint32_t>(hash64(sound, 1)));
    for (size_t i = 0; i + 6 <= sound.size() && sound.size() > 6; i += 3)
      keys.push_back(static_cast<uint32_t>(hash64(sound.substr(i, 6), 1)));
  } else {
    thread_local std::vector<std::string> skeletons;
    skeleton_strings(sound, writing, purpose == KeysFor::kIndex ? kIndexSkeletons : kQuerySkeletons,
                     skeletons);
    if (purpose == KeysFor::kQueryErrors) {
      for (const std::string& one : skeletons) {
        if (one.size() + 1 >= kErrorClassesMin) keys.push_back(skeleton_key(one) ^ kLeftOut);
      }
      each_left_out(skeletons, [&](uint32_t key) {
        keys.push_back(key);
        keys.push_back(key ^ kLeftOut);
      });
    } else {
      for (const std::string& one : skeletons) keys.push_back(skeleton_key(one));
      if (purpose == KeysFor::kIndex)
        each_left_out(skeletons, [&](uint32_t key) { keys.push_back(key ^ kLeftOut); });
    }
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::pair<uint32_t, uint32_t> ListData::bucket(uint32_t key) const {
  const uint32_t* const begin = bucket_keys.data() + key_ranges[key >> kRangeShift];
  const uint32_t* const end = bucket_keys.data() + key_ranges[(key >> kRangeShift) + 1];
  const uint32_t* const found = std::lower_bound(begin, end, key);
  if (found == end || *found != key) return {0, 0};
  const auto at = static_cast<size_t>(found - bucket_keys.data());
  return {buckets.offsets[at], buckets.offsets[at + 1]};
}

int64_t ListData::find(std::string_view sound_text, Writing writing, Role role,
                       uint16_t meaning) const {
  if (word_table.empty()) return -1;
  const size_t mask = word_table.size() - 1;
  for (size_t at = word_hash(sound_text, writing, role, meaning) & mask; word_table[at] != 0;
       at = (at + 1) & mask) {
    const VocabularyRow& row = words[word_table[at] - 1];
    if (row.writing == writing && row.role == role && row.meaning == meaning &&
        sound(row) == sound_text)
      return word_table[at] - 1;
  }
  return -1;
}

uint32_t ListData::intern(const Word& word) {
  if (words.size() * 2 >= word_table.size()) {
    word_table.assign(std::max<size_t>(1024, word_table.size() * 2), 0);
    const size_t mask = word_table.size() - 1;
    for (uint32_t i = 0; i < words.size(); ++i) {
      size_t at =
          word_hash(sound(words[i]), words[i].writing, words[i].role, words[i].meaning) & mask;
      while (word_table[at] != 0) at = (at + 1) & mask;
      word_table[at] = i + 1;
    }
  }
  const std::string_view own = std::string_view(word.sound).substr(0, 255);
  if (const int64_t known = find(own, word.writing, word.role, word.meaning); known >= 0)
    return static_cast<uint32_t>(known);
  const size_t mask = word_table.size() - 1;
  size_t at = word_hash(own, word.writing, word.role, word.meaning) & mask;
  while (word_table[at] != 0) at = (at + 1) & mask;
  VocabularyRow row;
  row.begin = static_cast<uint32_t>(sounds.size());
  row.length = static_cast<uint8_t>(own.size());
  row.writing = word.writing;
  row.role = word.role;
  row.meaning = word.meaning;
  sounds += own;
  words.push_back(row);
  word_table[at] = static_cast<uint32_t>(words.size());
  return static_cast<uint32_t>(words.size() - 1);
}

ListBuilder::ListBuilder() : data_(std::make_unique<ListData>()) {}
ListBuilder::~ListBuilder() = default;

Result<void> ListBuilder::add(const Entity& entity) {
  ListData& data = *data_;
  if (data.entities.size() >= kListEntitiesMax)
    return fail(Code::kTooLarge, "the list has too many entities");
  if (data.text.size() >= kListTextBytesMax)
    return fail(Code::kTooLarge, "the list has too much text");
  const auto number = static_cast<uint32_t>(data.entities.size());
  EntityRow row;
  row.kind = entity.kind;
  row.gender = entity.gender;
  row.id = static_cast<uint32_t>(data.text.size());
  append_clean(data.text, std::string_view(entity.id).substr(0, kEntityIdBytes));
  data.text += '\0';
  row.facts = static_cast<uint32_t>(data.text.size());
  for (size_t i = 0; i < entity.birth_dates.size() && i < kFactsMax; ++i)
    data.text += "D" + date_text(entity.birth_dates[i]) + "\n";
  for (size_t i = 0; i < entity.countries.size() && i < kFactsMax; ++i) {
    data.text += 'C';
    append_clean(data.text, std::string_view(entity.countries[i]).substr(0, kFactBytes));
    data.text += '\n';
  }
  for (size_t i = 0; i < entity.identifiers.size() && i < kFactsMax; ++i) {
    data.text += 'I';
    for (const char c : std::string_view(entity.identifiers[i].type).substr(0, kFactBytes))
      data.text += c == '=' || c == '\0' || c == '\n' ? ' ' : c;
    data.text += '=';
    append_clean(data.text, std::string_view(entity.identifiers[i].value).substr(0, kFactBytes));
    data.text += '\n';
  }
  data.text += '\0';
  row.first_name = static_cast<uint32_t>(data.names.size());
  for (size_t i = 0; i < entity.names.size() && i < kNamesMax; ++i) {
    const Name& name = entity.names[i];
    const auto name_number = static_cast<uint32_t>(data.names.size());
    data.names.push_back(static_cast<uint32_t>(data.text.size()));
    data.name_kinds.push_back(name.kind);
    append_clean(data.text, std::string_view(name.text).substr(0, kNameBytes));
    data.text += '\0';
    for (const Form& form : list_forms(name.text, entity.kind)) {
      data.records.push_back({number, name_number, static_cast<uint32_t>(data.units.size()),
                              form.slots, form.reading});
      int last_slot = -1;
      for (const Word& word : form.words) {
        data.units.push_back(data.intern(word) | (word.slot == last_slot ? kSameSlot : 0));
        last_slot = word.slot;
      }
    }
  }
  data.entities.push_back(row);
  return {};
}

namespace {

WordHead head_of(std::string_view sound, Writing writing, Role role) {
  WordHead head;
  head.writing = writing;
  head.is_number = role == Role::kNumber;
  head.symbols.fill(kNoSymbol);
  if (writing == Writing::kHanText) return head;
  head.is_cut = sound.size() > head.symbols.size();
  for (size_t i = 0; i < sound.size() && i < head.symbols.size(); ++i)
    head.symbols[i] = symbol_index(sound[i]);
  return head;
}

// Numbers the words anew, so that those that sound alike are neighbours: a bucket's words then share
// cache lines.
void sort_words(ListData& data) {
  std::vector<std::pair<uint64_t, uint32_t>> order;
  std::vector<std::string> skeletons;
  for (uint32_t i = 0; i < data.words.size(); ++i) {
    const VocabularyRow& row = data.words[i];
    uint32_t key = 0;
    if (row.writing != Writing::kHanText) {
      skeleton_strings(data.sound(row), row.writing, 1, skeletons);
      key = skeleton_key(skeletons.front());
    }
    order.emplace_back(uint64_t{key} << 8 | row.length, i);
  }
  std::ranges::sort(order);
  std::vector<uint32_t> number(order.size());
  std::vector<VocabularyRow> words(order.size());
  std::string sounds;
  sounds.reserve(data.sounds.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    number[order[i].second] = i;
    words[i] = data.words[order[i].second];
    const std::string_view sound = data.sound(words[i]);
    words[i].begin = static_cast<uint32_t>(sounds.size());
    sounds += sound;
  }
  data.words = std::move(words);
  data.sounds = std::move(sounds);
  for (uint32_t& unit : data.units) unit = number[unit & ~kSameSlot] | (unit & kSameSlot);
  for (uint32_t& place : data.word_table) {
    if (place != 0) place = number[place - 1] + 1;
  }
}

void make_buckets(ListData& data) {
  std::vector<std::pair<uint32_t, uint32_t>> keyed;
  std::vector<uint32_t> keys;
  for (uint32_t i = 0; i < data.words.size(); ++i) {
    if (!is_searched(data.words[i].role)) continue;
    word_keys(data.sound(data.words[i]), data.words[i].writing, data.words[i].meaning,
              KeysFor::kIndex, keys);
    for (const uint32_t key : keys) keyed.emplace_back(key, i);
  }
  std::ranges::sort(keyed);
  data.buckets.items.reserve(keyed.size());
  for (const auto& [key, word] : keyed) {
    if (data.bucket_keys.empty() || data.bucket_keys.back() != key) {
      data.bucket_keys.push_back(key);
      data.buckets.offsets.push_back(static_cast<uint32_t>(data.buckets.items.size()));
    }
    data.buckets.items.push_back(word);
  }
  data.buckets.offsets.push_back(static_cast<uint32_t>(data.buckets.items.size()));
  data.key_ranges.assign((size_t{1} << (32 - kRangeShift)) + 1, 0);
  for (const uint32_t key : data.bucket_keys) ++data.key_ranges[(key >> kRangeShift) + 1];
  for (size_t i = 1; i < data.key_ranges.size(); ++i) data.key_ranges[i] += data.key_ranges[i - 1];
}

}  // namespace

NameList ListBuilder::finish() {
  ListData& data = *data_;
  const auto record_count = static_cast<uint32_t>(data.records.size());
  data.records.push_back({0, 0, static_cast<uint32_t>(data.units.size()), 0, Reading::kAsWritten});
  sort_words(data);
  for (const RecordRow& row : data.records) data.slots.push_back(row.slots);
  const auto each_unit = [&](const auto& see) {
    for (uint32_t record = 0; record < record_count; ++record) {
      for (uint32_t i = data.records[record].units; i < data.records[record + 1].units; ++i)
        see(data.units[i] & ~kSameSlot, record);
    }
  };
  data.postings = group(data.words.size(), each_unit);
  data.heads.reserve(data.words.size());
  for (uint32_t i = 0; i < data.words.size(); ++i) {
    VocabularyRow& row = data.words[i];
    row.count = data.postings.offsets[i + 1] - data.postings.offsets[i];
    row.information =
        information(general_information(data.sound(row), row.writing, row.role, row.meaning),
                    row.count, data.names.size());
    data.heads.push_back(head_of(data.sound(row), row.writing, row.role));
  }
  make_buckets(data);
  NameList list(std::move(data_));
  data_ = std::make_unique<ListData>();
  return list;
}

NameList::NameList(std::unique_ptr<ListData> data) : data_(std::move(data)) {}
NameList::NameList(NameList&&) noexcept = default;
NameList& NameList::operator=(NameList&&) noexcept = default;
NameList::~NameList() = default;

size_t NameList::entities() const { return data_->entities.size(); }
size_t NameList::names() const { return data_->names.size(); }
size_t NameList::words() const { return data_->words.size(); }
std::string_view NameList::entity_id(uint32_t entity) const {
  return data_->text.c_str() + data_->entities[entity].id;
}
std::string_view NameList::name_text(uint32_t name) const {
  return data_->text.c_str() + data_->names[name];
}
std::string_view NameList::caption(uint32_t entity) const {
  const uint32_t first = data_->entities[entity].first_name;
  const uint32_t end = entity + 1 < data_->entities.size()
                           ? data_->entities[entity + 1].first_name
                           : static_cast<uint32_t>(data_->names.size());
  return first < end ? name_text(first) : entity_id(entity);
}
Kind NameList::kind(uint32_t entity) const { return data_->entities[entity].kind; }

Facts NameList::facts(uint32_t entity) const {
  Facts facts;
  facts.kind = data_->entities[entity].kind;
  facts.gender = data_->entities[entity].gender;
  for (const std::string_view line :
       split(data_->text.c_str() + data_->entities[entity].facts, '\n')) {
    if (line.empty()) continue;
    const std::string_view rest = line.substr(1);
    const size_t equals = rest.find('=');
    if (line[0] == 'D') facts.birth_dates.push_back(parse_partial_date(rest));
    if (line[0] == 'C') facts.countries.emplace_back(rest);
    if (line[0] == 'I' && equals != std::string_view::npos)
      facts.identifiers.push_back(
          {std::string(rest.substr(0, equals)), std::string(rest.substr(equals + 1))});
  }
  return facts;
}

std::string NameList::listed(uint32_t entity) const {
  const ListData& data = *data_;
  const EntityRow& row = data.entities[entity];
  const bool is_last = entity + 1 == data.entities.size();
  const size_t end = is_last ? data.text.size() : data.entities[entity + 1].id;
  const size_t names_end = is_last ? data.names.size() : data.entities[entity + 1].first_name;
  std::string out = data.text.substr(row.id, end - row.id);
  out += static_cast<char>('0' + static_cast<int>(row.kind));
  out += static_cast<char>('0' + static_cast<int>(row.gender));
  for (size_t i = row.first_name; i < names_end; ++i)
    out += static_cast<char>('0' + static_cast<int>(data.name_kinds[i]));
  return out;
}

size_t NameList::bytes() const {
  const ListData& data = *data_;
  const auto of = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
  return data.text.capacity() + data.sounds.capacity() + of(data.entities) + of(data.names) +
         of(data.name_kinds) + of(data.records) + of(data.units) + of(data.words) +
         of(data.word_table) + of(data.slots) + of(data.heads) + of(data.key_ranges) +
         of(data.postings.offsets) + of(data.postings.items) + of(data.bucket_keys) +
         of(data.buckets.offsets) + of(data.buckets.items);
}

float NameList::information_of(const Word& word) const {
  const float general = general_information(word);
  uint32_t count = 0;
  for (const Role role : {Role::kWord, word.role}) {
    for (const uint16_t meaning : {uint16_t{0}, word.meaning}) {
      const int64_t found = data_->find(word.sound, word.writing, role, meaning);
      if (found >= 0) count = std::max(count, data_->words[static_cast<size_t>(found)].count);
    }
  }
  return information(general, count, data_->names.size());
}

}  // namespace entente::names
