// A search has three steps. (1) Each word of the query is expanded to the words of the list that may
// stand for it, with the evidence of each pair. (2) The names that hold such words add up that
// evidence; words that thousands of names hold add to names that are candidates already but make
// none new, once others have made some. (3) Candidates are aligned in full, those with the highest
// bound first, until no bound left exceeds what the last place of the answer already has. What is visited
// and aligned has limits, below: of very many candidates the best may be lost.
//
// A word of the query that nothing near is found for may be two words of the list written together: it is cut wherever both
// halves are words of the list.
//
// Expansions are kept for the words that come again: in a batch most do.
#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "names/expander.h"
#include "names/list_data.h"
#include "names/rarity.h"

namespace entente::names {
namespace {

constexpr size_t kPostingsMax = 60'000;    // visited to open candidates, of one form
constexpr size_t kAlignedMax = 48;         // candidates aligned, of one form
constexpr size_t kLookedAtMax = 1'000;     // candidates of which the bound is asked
constexpr float kGuessedMissing = 1.0F;    // nats that a word without a counterpart counts against
constexpr size_t kCacheWordsMax = 20'000;  // expansions kept
constexpr float kBonusMax = 22.0F;         // what facts can add at most

constexpr size_t kHalfLeast = 3;       // symbols of a word written together with another
constexpr float kFoundDeficit = 2.0F;  // a word that lacks no more was found as it stands

constexpr float kLogOddsLeast = -6.9F;  // a score of 0.001: what is less is no match

Word joined(const Word& a, const Word& b) {
  Word word = a;
  word.sound += b.sound;
  word.meaning = 0;
  word.role = Role::kWord;
  return word;
}

bool can_join(const Word& a, const Word& b) {
  const auto fits = [](Role role) { return role == Role::kWord || role == Role::kParticle; };
  return a.writing == b.writing && fits(a.role) && fits(b.role) &&
         a.sound.size() + b.sound.size() <= kSoundMax;
}

// What is looked up for one slot: its alternatives, and it joined with its neighbour.
struct Lookup {
  Word word;
  Reach reach = Reach::kWide;
};
std::vector<std::vector<Lookup>> lookups_of(const Form& form) {
  std::vector<std::vector<Lookup>> slots(form.slots);
  std::vector<const Word*> first(form.slots, nullptr);
  for (const Word& word : form.words) {
    if (first[word.slot] == nullptr) first[word.slot] = &word;
    // Further ways to read a word must be nearer, as two words in one must.
    const Reach reach = first[word.slot] == &word ? Reach::kWide : Reach::kNear;
    if (is_searched(word.role)) slots[word.slot].push_back({word, reach});
  }
  for (size_t i = 0; i + 1 < form.slots; ++i) {
    if (!can_join(*first[i], *first[i + 1])) continue;
    slots[i].push_back({joined(*first[i], *first[i + 1]), Reach::kNear});
    if (form.slots == 2) slots[i].push_back({joined(*first[i + 1], *first[i]), Reach::kNear});
  }
  return slots;
}

// The words of a form with what the list says of them.
std::vector<Unit> units_of(const NameList& list, const Form& form) {
  std::vector<Unit> units;
  for (const Word& word : form.words)
    units.push_back({word.sound, list.information_of(word), word.meaning, word.writing, word.role,
                     word.slot, static_cast<uint32_t>(units.size()) + 1});
  return units;
}

}  // namespace

class Searcher::Impl {
 public:
  explicit Impl(const NameList& list) : list_(list), data_(*list.data_), expander_(data_) {
    sums_.assign(data_.records.size(), {});
  }

  std::vector<Match> search(const Entity& query, const SearchOptions& options);

 private:
  struct Slot {
    std::vector<const std::vector<Hit>*> hits;
    size_t postings = 0;
    float best = 0;
  };

  // What the slots visited so far say for a record at most.
  struct Sum {
    float total = 0;    // 0 except for those touched
    float in_slot = 0;  // of it, from the slot `slot`: words of one slot do not add up
    uint8_t slot = 0;
    uint8_t slots = 0;  // how many slots found it
  };

  const std::vector<Hit>& expansion_of(const Lookup& lookup);
  const std::vector<Hit>& halves_of(const Word& word, float found);
  void search_form(const Form& form, uint32_t query_name, const Facts& facts, uint32_t limit);
  void add_postings(const Slot& slot, uint8_t number);
  void align_candidates(const Form& form, float more, uint32_t query_name, const Facts& facts,
                        uint32_t limit);
  void align_record(uint32_t record, const UnitForm& query, const Form& form, uint32_t query_name,
                    const Facts& facts);
  float last_place(uint32_t limit) const;

  const NameList& list_;
  const ListData& data_;
  Expander expander_;
  std::vector<Sum> sums_;  // by record
  std::vector<uint32_t> touched_;
  using Guess = std::pair<float, uint32_t>;  // of what a candidate's alignment will say; record
  std::vector<Guess> guesses_;
  std::unordered_map<std::string, std::vector<Hit>> cache_;
  std::vector<Unit> units_;
  std::unordered_map<uint32_t, Match> best_;             // by entity
  std::unordered_map<uint32_t, float> facts_of_entity_;  // what facts say, for this query
  Alignment alignment_;
  PairMemo memo_;
};

const std::vector<Hit>& Searcher::Impl::expansion_of(const Lookup& lookup) {
  const Word& word = lookup.word;
  std::string key = word.sound;
  key += static_cast<char>('0' + static_cast<int>(word.writing));
  key += static_cast<char>('0' + static_cast<int>(word.role));
  key += static_cast<char>('0' + static_cast<int>(lookup.reach));
  key += std::to_string(word.meaning);
  const auto known = cache_.find(key);
  if (known != cache_.end()) return known->second;
  return cache_
      .emplace(std::move(key), expander_.expand(word, list_.information_of(word), lookup.reach))
      .first->second;
}

// The words of the list that a word is made of, two each; none where it was found as it stands.
const std::vector<Hit>& Searcher::Impl::halves_of(const Word& word, float found) {
  static const std::vector<Hit> none;
  if (word.writing != Writing::kLatin || word.role != Role::kWord || word.meaning != 0) return none;
  if (word.sound.size() < 2 * kHalfLeast) return none;
  if (found > list_.information_of(word) - kFoundDeficit) return none;
  const auto [kept, is_new] = cache_.try_emplace(word.sound + " halves");
  if (!is_new) return kept->second;
  const auto find = [&](std::string_view sound) {
    return data_.find(sound, Writing::kLatin, Role::kWord, 0);
  };
  const std::string_view sound = word.sound;
  for (size_t cut = kHalfLeast; cut + kHalfLeast <= sound.size(); ++cut) {
    const int64_t begin = find(sound.substr(0, cut));
    const int64_t end = begin < 0 ? -1 : find(sound.substr(cut));
    if (end < 0) continue;
    for (const int64_t half : {begin, end}) {
      const auto row = static_cast<uint32_t>(half);
      kept->second.push_back({row, data_.words[row].information});
    }
  }
  return kept->second;
}

void Searcher::Impl::add_postings(const Slot& slot, uint8_t number) {
  for (const std::vector<Hit>* hits : slot.hits) {
    for (const Hit& hit : *hits) {
      for (uint32_t i = data_.postings.offsets[hit.word]; i < data_.postings.offsets[hit.word + 1];
           ++i) {
        Sum& sum = sums_[data_.postings.items[i]];
        if (sum.total == 0) touched_.push_back(data_.postings.items[i]);
        if (sum.slot != number) {
          sum.in_slot = 0;
          sum.slot = number;
          ++sum.slots;
        }
        if (hit.weight <= sum.in_slot) continue;
        sum.total += hit.weight - sum.in_slot;
        sum.in_slot = hit.weight;
      }
    }
  }
}

void Searcher::Impl::search_form(const Form& form, uint32_t query_name, const Facts& facts,
                                 uint32_t limit) {
  std::vector<Slot> slots;
  for (const std::vector<Lookup>& lookups : lookups_of(form)) {
    Slot slot;
    const auto add = [&](const std::vector<Hit>& hits) {
      if (hits.empty()) return;
      for (const Hit& hit : hits) {
        slot.best = std::max(slot.best, hit.weight);
        slot.postings += data_.words[hit.word].count;
      }
      slot.hits.push_back(&hits);
    };
    for (const Lookup& lookup : lookups) add(expansion_of(lookup));
    if (!lookups.empty()) add(halves_of(lookups.front().word, slot.best));
    if (!slot.hits.empty()) slots.push_back(std::move(slot));
  }
  std::ranges::sort(slots, {}, &Slot::postings);
  size_t visited = 0;
  uint8_t number = 0;  // of the slots visited
  float more = 0;      // what words may add whose names were not visited
  for (const Slot& slot : slots) {
    if (more > 0 || (visited > 0 && visited + slot.postings > kPostingsMax)) {
      more += slot.best;
      continue;
    }
    visited += slot.postings;
    add_postings(slot, ++number);
  }
  align_candidates(form, more, query_name, facts, limit);
  for (const uint32_t record : touched_) sums_[record] = {};
  touched_.clear();
}

// Log-odds that a candidate must exceed to enter the answer.
float Searcher::Impl::last_place(uint32_t limit) const {
  if (best_.size() < limit) return -1e9F;
  std::vector<double> all;
  for (const auto& [entity, match] : best_) all.push_back(match.log_odds);
  std::ranges::nth_element(all, all.begin() + (limit - 1), std::greater<>());
  return static_cast<float>(all[limit - 1]);
}

void Searcher::Impl::align_candidates(const Form& form, float more, uint32_t query_name,
                                      const Facts& facts, uint32_t limit) {
  const std::vector<Unit> own = units_of(list_, form);
  const UnitForm query{own, form.slots};
  int words = 0;
  for (size_t i = 0; i < own.size(); ++i)
    words += (i == 0 || own[i].slot != own[i - 1].slot) && is_searched(own[i].role) ? 1 : 0;
  memo_.forget();
  for (const Unit& unit : own) more += unit.role == Role::kInitial ? 1.2F : 0.0F;
  const bool has_facts =
      !facts.birth_dates.empty() || !facts.countries.empty() || !facts.identifiers.empty();
  const float bonus = has_facts ? kBonusMax : 0.5F;
  const auto bound_of = [&](uint32_t record) {
    const Kind judged = judged_as(facts.kind, data_.entities[data_.records[record].entity].kind);
    return name_bound(sums_[record].total + more, judged) + bonus +
           static_cast<float>(prior_log_odds(static_cast<double>(data_.entities.size()), judged));
  };
  // The likeliest first: words that nothing was found for count against a name.
  const auto guess_of = [&](uint32_t record) {
    const Sum& sum = sums_[record];
    const auto found = static_cast<int>(sum.slots);
    const int left = std::max(0, words - found),
              right = std::max(0, static_cast<int>(data_.slots[record]) - found);
    return sum.total - kGuessedMissing * static_cast<float>(left + right);
  };
  guesses_.clear();
  for (const uint32_t record : touched_) guesses_.emplace_back(guess_of(record), record);
  // A heap sorts no more of them than are looked at.
  const auto worse = [&](const Guess& a, const Guess& b) {
    return a.first != b.first ? a.first < b.first : a.second > b.second;
  };
  std::ranges::make_heap(guesses_, worse);
  auto end = guesses_.end();
  float last = -1e9F;
  size_t aligned = 0;
  for (size_t i = 0; aligned < kAlignedMax && i < kLookedAtMax && end != guesses_.begin(); ++i) {
    std::ranges::pop_heap(guesses_.begin(), end, worse);
    const uint32_t record = (--end)->second;
    if (aligned % 8 == 0) last = std::max(last_place(limit), kLogOddsLeast);
    if (bound_of(record) < last) continue;
    ++aligned;
    align_record(record, query, form, query_name, facts);
  }
}

void Searcher::Impl::align_record(uint32_t record, const UnitForm& query, const Form& form,
                                  uint32_t query_name, const Facts& facts) {
  const RecordRow& row = data_.records[record];
  units_.clear();
  int slot = -1;
  for (uint32_t i = row.units; i < data_.records[record + 1].units; ++i) {
    if ((data_.units[i] & kSameSlot) == 0) ++slot;
    const VocabularyRow& word = data_.words[data_.units[i] & ~kSameSlot];
    units_.push_back({data_.sound(word), word.information, word.meaning, word.writing, word.role,
                      static_cast<uint8_t>(slot), (data_.units[i] & ~kSameSlot) + 1});
  }
  align(query, {units_, row.slots}, &alignment_, &memo_);
  if (alignment_.pairs_of_words == 0) return;
  auto known = facts_of_entity_.find(row.entity);
  if (known == facts_of_entity_.end())
    known =
        facts_of_entity_.emplace(row.entity, fact_log_odds(facts, list_.facts(row.entity), nullptr))
            .first;
  Match match;
  match.entity = row.entity;
  match.name = row.name;
  match.query_name = query_name;
  const Kind judged = judged_as(facts.kind, data_.entities[row.entity].kind);
  match.log_odds =
      prior_log_odds(static_cast<double>(data_.entities.size()), judged) +
      static_cast<double>(name_log_odds(alignment_, judged) + known->second +
                          reading_log_odds(form.reading) + reading_log_odds(row.reading) +
                          name_kind_log_odds(data_.name_kinds[row.name]));
  const auto [it, is_new] = best_.emplace(row.entity, match);
  if (!is_new && match.log_odds > it->second.log_odds) it->second = match;
}

std::vector<Match> Searcher::Impl::search(const Entity& query, const SearchOptions& options) {
  best_.clear();
  facts_of_entity_.clear();
  if (cache_.size() > kCacheWordsMax) cache_.clear();
  const Facts facts{query.kind, query.gender, query.birth_dates, query.countries,
                    query.identifiers};
  for (uint32_t i = 0; i < query.names.size() && i < kNamesMax; ++i) {
    for (const Form& form : query_forms(query.names[i].text, query.kind))
      search_form(form, i, facts, options.limit);
  }
  std::vector<Match> out;
  for (auto& [entity, match] : best_) {
    match.score = probability(match.log_odds);
    out.push_back(match);
  }
  std::ranges::sort(out, [&](const Match& a, const Match& b) {
    if (a.log_odds != b.log_odds) return a.log_odds > b.log_odds;
    const std::string_view x = list_.entity_id(a.entity), y = list_.entity_id(b.entity);
    return x != y ? x < y : a.entity < b.entity;
  });
  if (out.size() > options.limit) out.resize(options.limit);
  // Equal evidence is ordered by id, and the order shows in the score.
  for (size_t i = 1; i < out.size(); ++i)
    out[i].score = std::min(out[i].score, out[i - 1].score * (1 - 1e-12));
  std::erase_if(out, [&](const Match& match) {
    return match.score < options.threshold || match.log_odds < static_cast<double>(kLogOddsLeast);
  });
  return out;
}

Searcher::Searcher(const NameList& list) : impl_(std::make_unique<Impl>(list)) {}
Searcher::~Searcher() = default;
std::vector<Match> Searcher::search(const Entity& query, const SearchOptions& options) {
  return impl_->search(query, options);
}

}  // namespace entente::names
