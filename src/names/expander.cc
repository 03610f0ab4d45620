// Candidates gather by writing, and a group of sixteen is aligned as soon as it is full. Words that
// have no sounds, the same meaning or more symbols than a head holds are weighed one by one.
#include "names/expander.h"

#include <algorithm>

#include "names/channel.h"

namespace entente::names {
namespace {

constexpr float kNearDeficit = 0.7F, kNearDeficitOfTwo = 1.5F;  // within a writing, of two
constexpr float kJoinedLimit = 3.0F;
constexpr uint32_t kAhead = 12;      // words that are fetched before they are seen
constexpr float kPartOfText = 0.4F;  // of the information, where two texts share two characters
// Of what a pair may lack (deficit_limit), the share that a pair may lack that opens candidates: what
// is left of a worse one says too little.
constexpr float kOpeningShare = 0.7F;

float opening_limit(float information, Writing a, Writing b, Reach reach) {
  const float limit = kOpeningShare * deficit_limit(information, a, b);
  return reach == Reach::kNear ? std::min(limit, kJoinedLimit) : limit;
}

}  // namespace

Expander::Expander(const ListData& data) : data_(data) {
  seen_.assign(data.words.size(), 0);
  groups_.resize(kWritings);
}

void Expander::add(uint32_t candidate, float deficit) {
  const VocabularyRow& row = data_.words[candidate];
  const float information = std::min(own_, row.information);
  if (deficit > opening_limit(information, word_->writing, row.writing, reach_)) return;
  if (information - deficit > 0) hits_.push_back({candidate, information - deficit});
}

void Expander::align(Group& group, Writing writing) {
  if (group.count == 0) return;
  if (group.number != number_) group.table.prepare(word_->sound, word_->writing, writing);
  group.number = number_;
  std::array<const WordHead*, kLanes> heads;
  for (size_t i = 0; i < group.count; ++i) heads[i] = &data_.heads[group.words[i]];
  std::array<uint8_t, kLanes> steps;
  group.table.align(std::span(heads).first(group.count), &steps);
  const float limit = opening_limit(own_, word_->writing, writing, reach_);
  for (size_t i = 0; i < group.count; ++i) {
    const float deficit = static_cast<float>(steps[i]) * kLaneStep;
    if (deficit <= limit) add(group.words[i], deficit);
  }
  group.count = 0;
}

void Expander::see(uint32_t candidate) {
  const WordHead& head = data_.heads[candidate];
  if (word_->meaning != 0 && data_.words[candidate].meaning == word_->meaning) {
    add(candidate, 0);
    return;
  }
  if (word_->role == Role::kNumber || head.is_number) return;
  if (head.writing == Writing::kHanText || word_->writing == Writing::kHanText) {
    if (head.writing != word_->writing) return;
    const VocabularyRow& row = data_.words[candidate];
    const float information = std::min(own_, row.information);
    const bool is_same = word_->sound == data_.sound(row);
    hits_.push_back({candidate, is_same ? information : information * kPartOfText});
    return;
  }
  if (head.is_cut) {
    const VocabularyRow& row = data_.words[candidate];
    add(candidate, deficit(word_->sound, word_->writing, data_.sound(row), row.writing,
                           opening_limit(own_, word_->writing, row.writing, reach_)));
    return;
  }
  Group& group = groups_[static_cast<size_t>(head.writing)];
  group.words[group.count++] = candidate;
  if (group.count == kLanes) align(group, head.writing);
}

void Expander::look_up() {
  for (const uint32_t key : keys_) {
    const auto [begin, end] = data_.bucket(key);
    const uint32_t* const items = data_.buckets.items.data();
    for (uint32_t i = begin; i < end; ++i) {
      const uint32_t candidate = items[i];
      if (i + kAhead < end) {
        __builtin_prefetch(&seen_[items[i + kAhead]]);
        __builtin_prefetch(&data_.heads[items[i + kAhead]]);
      }
      if (seen_[candidate] == number_) continue;
      seen_[candidate] = number_;
      see(candidate);
    }
  }
  for (size_t i = 0; i < groups_.size(); ++i) align(groups_[i], static_cast<Writing>(i));
}

std::vector<Hit> Expander::expand(const Word& word, float own_information, Reach reach) {
  ++number_;
  word_ = &word;
  own_ = own_information;
  reach_ = reach;
  hits_.clear();
  word_keys(word.sound, word.writing, word.meaning, KeysFor::kQuery, keys_);
  look_up();
  // Words with an error in a consonant are looked for where nothing near was found.
  const bool is_near = std::ranges::any_of(hits_, [&](const Hit& hit) {
    const VocabularyRow& row = data_.words[hit.word];
    const float near = row.writing == word.writing ? kNearDeficit : kNearDeficitOfTwo;
    return hit.weight > std::min(own_, row.information) - near;
  });
  if (!is_near && reach == Reach::kWide) {
    word_keys(word.sound, word.writing, word.meaning, KeysFor::kQueryErrors, keys_);
    look_up();
  }
  const auto better = [](const Hit& a, const Hit& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
  };
  const size_t count = std::min(hits_.size(), kHitsMax);
  std::ranges::partial_sort(hits_, hits_.begin() + static_cast<std::ptrdiff_t>(count), better);
  return {hits_.begin(), hits_.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace entente::names
