// Every slot is tried with every slot of the other side, and two neighbours written together with
// one; then pairs are taken greedily, the best first. Taking the best first is symmetric and, with
// names of a few words, nearly always the optimum.
#include "names/align.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "names/channel.h"
#include "names/phrases.h"

namespace entente::names {
namespace {

constexpr float kJoinedDeficit = 0.4F;
constexpr float kGoodDeficit = 1.0F;
constexpr uint32_t kJoinedKey = 128;  // of the left side's first pair of neighbours
constexpr float kMeaningDeficit = 0.8F;
constexpr float kPatronymic = 0.3F;  // of what another word says that is left over
constexpr float kFullWord = 7.0F;    // information of a word that counts as a whole one
constexpr float kInitialInformation = 1.2F;
// What it costs that a word is read as the second, third, ... of the ways that a slot has: a nat
// for the twelfth.
constexpr float kAlternativeDeficit = 0.4F;

bool says_something(Role role) { return role == Role::kWord || role == Role::kNumber; }

// Characters in common, in order, between two texts of Chinese characters (three bytes each).
float han_deficit(std::string_view a, std::string_view b, float information) {
  if (a == b) return 0;
  const size_t n = a.size() / 3, m = b.size() / 3;
  if (n == 0 || m == 0 || n > 16 || m > 16 || std::max(n, m) < 2) return kDeficitMax;
  std::array<uint8_t, 17> row{};
  for (size_t i = 0; i < n; ++i) {
    uint8_t diagonal = 0;
    for (size_t j = 0; j < m; ++j) {
      const uint8_t up = row[j + 1];
      const bool is_same = a.substr(i * 3, 3) == b.substr(j * 3, 3);
      row[j + 1] = is_same ? static_cast<uint8_t>(diagonal + 1) : std::max(row[j], up);
      diagonal = up;
    }
  }
  const auto longest = static_cast<float>(std::max(n, m));
  const float share = 1 - static_cast<float>(row[m]) / longest;
  return share * (information + 3);
}

struct Tried {
  float deficit = kDeficitMax;
  float information = 0;
  Link link = Link::kSpelling;
};

// The deficit of two words with sounds, remembered.
float remembered(const Unit& a, const Unit& b, float limit, PairMemo* memo) {
  const bool is_kept = memo != nullptr && a.key != 0 && b.key != 0;
  if (is_kept) {
    if (const float* const known = memo->find(a.key, b.key)) return *known;
  }
  const float found = close_deficit(a.sound, a.writing, b.sound, b.writing, limit);
  if (is_kept) memo->keep(a.key, b.key, found);
  return found;
}

Tried try_words(const Unit& a, const Unit& b, PairMemo* memo) {
  Tried tried;
  tried.information = std::min(a.information, b.information);
  if (a.role == Role::kInitial || b.role == Role::kInitial) {
    if (a.role == b.role) {
      tried.deficit = a.sound == b.sound ? 0 : kDeficitMax;
      tried.link = Link::kSame;
    } else if (says_something(a.role) || says_something(b.role)) {
      const bool have_sounds = a.writing != Writing::kHanText && b.writing != Writing::kHanText;
      const bool fits =
          have_sounds && !a.sound.empty() && !b.sound.empty() &&
          deficit(a.sound.substr(0, 1), a.writing, b.sound.substr(0, 1), b.writing, 2.5F) < 2.5F;
      tried.deficit = fits ? 0 : kDeficitMax;
      tried.information = kInitialInformation;
      tried.link = Link::kInitial;
    }
    return tried;
  }
  if (a.meaning != 0 && a.meaning == b.meaning) {
    const bool is_same = a.sound == b.sound && a.writing == b.writing;
    tried.link = is_same ? Link::kSame : Link::kMeaning;
    const auto says_it_all = [](Role role) {
      return role == Role::kNumber || role == Role::kLegal;
    };
    tried.deficit = is_same || says_it_all(a.role) || says_it_all(b.role) ? 0 : kMeaningDeficit;
    return tried;
  }
  if (a.role == Role::kNumber || b.role == Role::kNumber) {
    tried.deficit = a.sound == b.sound ? 0 : kDeficitMax;
    tried.link = Link::kSame;
    return tried;
  }
  if (says_something(a.role) != says_something(b.role)) return tried;
  const bool is_text = a.writing == Writing::kHanText;
  if (is_text != (b.writing == Writing::kHanText)) return tried;
  tried.deficit =
      is_text ? han_deficit(a.sound, b.sound, tried.information)
              : remembered(a, b, deficit_limit(tried.information, a.writing, b.writing), memo);
  if (tried.deficit == 0 && a.sound == b.sound) tried.link = Link::kSame;
  return tried;
}

// Whether a word ends as names made of a father's do (sergeeviC, ivanovna): in a name of three words it
// is left out as often as not.
bool is_patronymic(std::string_view sound) {
  return sound.size() > 5 && (sound.ends_with("viC") || sound.ends_with("vna") ||
                              sound.ends_with("iCna") || sound.ends_with("iniCna"));
}

float rank_deficit(size_t rank) {
  static const std::array<float, kAlternativesMax + 1> table = [] {
    std::array<float, kAlternativesMax + 1> made{};
    for (size_t i = 0; i < made.size(); ++i)
      made[i] = kAlternativeDeficit * std::log(1.0F + static_cast<float>(i));
    return made;
  }();
  return table[std::min(rank, kAlternativesMax)];
}

// Units of each slot: [begin[s], begin[s + 1]).
std::array<uint16_t, kWordsMax + 1> slots_of(const UnitForm& form) {
  std::array<uint16_t, kWordsMax + 1> begin{};
  size_t at = 0;
  for (uint8_t slot = 0; slot <= form.slots; ++slot) {
    while (at < form.units.size() && form.units[at].slot < slot) ++at;
    begin[slot] = static_cast<uint16_t>(at);
  }
  begin[form.slots] = static_cast<uint16_t>(form.units.size());
  return begin;
}

// Two neighbouring words as one.
bool join(const Unit& a, const Unit& b, std::string* sound, Unit* out) {
  if (a.role == Role::kInitial || b.role == Role::kInitial || a.writing != b.writing) return false;
  if (a.role == Role::kLegal || b.role == Role::kLegal || a.role == Role::kTitle ||
      b.role == Role::kTitle)
    return false;
  if (a.writing == Writing::kHanText && (a.sound.size() + b.sound.size() > 48)) return false;
  *sound = a.sound;
  *sound += b.sound;
  if (a.writing != Writing::kHanText && sound->size() > kSoundMax) return false;
  *out = a;
  out->sound = *sound;
  out->role = Role::kWord;
  out->meaning = 0;
  out->information = std::min(a.information + b.information, 12.0F);
  return true;
}

class Aligner {
 public:
  Aligner(const UnitForm& left, const UnitForm& right, PairMemo* memo)
      : memo_(memo),
        left_(left),
        right_(right),
        left_begin_(slots_of(left)),
        right_begin_(slots_of(right)) {}

  void run(Alignment* out) {
    try_pairs();
    if (is_word_left_over()) {
      try_joined(left_, left_begin_, right_, right_begin_, false);
      try_joined(right_, right_begin_, left_, left_begin_, true);
    }
    std::ranges::sort(tried_, [](const Pair& a, const Pair& b) {
      const float x = a.information - a.deficit, y = b.information - b.deficit;
      if (x != y) return x > y;
      // Any order will do as long as swapping the sides does not change what is taken.
      const int ad = std::abs(a.left - a.right), bd = std::abs(b.left - b.right);
      if (ad != bd) return ad < bd;
      if (a.left + a.right != b.left + b.right) return a.left + a.right < b.left + b.right;
      return std::min(a.left, a.right) < std::min(b.left, b.right);
    });
    take(out);
    count_missing(out);
  }

 private:
  // Whether both sides have a word that stands for none of the other well: it may be written
  // together there.
  bool is_word_left_over() const {
    uint32_t left = 0, right = 0;
    for (const Pair& pair : tried_) {
      if (pair.deficit > kGoodDeficit) continue;
      left |= 1U << pair.left;
      right |= 1U << pair.right;
    }
    return left != (1U << left_.slots) - 1U && right != (1U << right_.slots) - 1U;
  }

  void add(const Tried& tried, Pair pair) {
    if (tried.information - tried.deficit <= 0) return;
    pair.link = tried.link;
    pair.information = tried.information;
    pair.deficit = tried.deficit;
    tried_.push_back(pair);
  }

  void try_pairs() {
    for (uint8_t i = 0; i < left_.slots; ++i) {
      for (uint8_t j = 0; j < right_.slots; ++j) {
        Tried best;
        Pair pair{.left = i, .right = j};
        for (size_t a = left_begin_[i]; a < left_begin_[i + 1U]; ++a) {
          for (size_t b = right_begin_[j]; b < right_begin_[j + 1U]; ++b) {
            Tried one = try_words(left_.units[a], right_.units[b], memo_);
            one.deficit += rank_deficit(a - left_begin_[i]) + rank_deficit(b - right_begin_[j]);
            if (one.information - one.deficit <= best.information - best.deficit) continue;
            best = one;
            pair.left_writing = left_.units[a].writing;
            pair.right_writing = right_.units[b].writing;
          }
        }
        add(best, pair);
      }
    }
  }

  void try_joined(const UnitForm& two, const std::array<uint16_t, kWordsMax + 1>& two_begin,
                  const UnitForm& one, const std::array<uint16_t, kWordsMax + 1>& one_begin,
                  bool is_swapped) {
    std::string sound;
    Unit unit;
    for (uint8_t i = 0; i + 1 < two.slots; ++i) {
      const Unit& a = two.units[two_begin[i]];
      const Unit& b = two.units[two_begin[i + 1U]];
      const int orders = two.slots == 2 && one.slots == 1 ? 2 : 1;
      for (int order = 0; order < orders; ++order) {
        if (!join(order == 0 ? a : b, order == 0 ? b : a, &sound, &unit)) continue;
        unit.key = kJoinedKey + 2U * i + static_cast<uint32_t>(order);
        for (uint8_t j = 0; j < one.slots; ++j) {
          for (size_t k = one_begin[j]; k < one_begin[j + 1U]; ++k) {
            const Unit& other = one.units[k];
            if (!says_something(other.role) || other.meaning != 0) continue;
            Tried tried =
                is_swapped ? try_words(other, unit, nullptr) : try_words(unit, other, memo_);
            tried.deficit += kJoinedDeficit;
            tried.link = Link::kJoined;
            Pair pair{.left = i, .left_slots = 2, .right = j, .right_slots = 1};
            pair.left_writing = unit.writing;
            pair.right_writing = other.writing;
            if (is_swapped) {
              std::swap(pair.left, pair.right);
              std::swap(pair.left_slots, pair.right_slots);
              std::swap(pair.left_writing, pair.right_writing);
            }
            add(tried, pair);
          }
        }
      }
    }
  }

  static uint32_t mask(uint8_t first, uint8_t count) { return ((1U << count) - 1U) << first; }

  void take(Alignment* out) {
    out->pairs.clear();
    out->matched = out->deficit = 0;
    out->pairs_of_words = 0;
    out->is_reordered = false;
    for (const Pair& pair : tried_) {
      const uint32_t left = mask(pair.left, pair.left_slots),
                     right = mask(pair.right, pair.right_slots);
      if ((left & left_taken_) != 0 || (right & right_taken_) != 0) continue;
      left_taken_ |= left;
      right_taken_ |= right;
      for (const Pair& other : out->pairs)
        out->is_reordered =
            out->is_reordered || (other.left < pair.left) != (other.right < pair.right);
      out->pairs.push_back(pair);
      out->matched += pair.information;
      out->deficit += pair.deficit;
      const Role role = left_.units[left_begin_[pair.left]].role;
      if (says_something(role)) out->pairs_of_words = static_cast<uint8_t>(out->pairs_of_words + 1);
    }
  }

  static void count_missing(const UnitForm& form, const std::array<uint16_t, kWordsMax + 1>& begin,
                            uint32_t taken, float* information, uint8_t* words, float* weight) {
    *information = *weight = 0;
    *words = 0;
    for (uint8_t slot = 0; slot < form.slots; ++slot) {
      if ((taken >> slot & 1U) != 0) continue;
      float least = 1e9F;
      for (size_t i = begin[slot]; i < begin[slot + 1U]; ++i)
        least = std::min(least, form.units[i].information);
      if (!says_something(form.units[begin[slot]].role)) continue;
      if (form.slots > 2 && is_patronymic(form.units[begin[slot]].sound)) least *= kPatronymic;
      *information += least;
      *weight += std::min(least / kFullWord, 1.0F);
      *words = static_cast<uint8_t>(*words + 1);
    }
  }

  void count_missing(Alignment* out) const {
    count_missing(left_, left_begin_, left_taken_, &out->left_missing, &out->left_missing_words,
                  &out->left_missing_weight);
    count_missing(right_, right_begin_, right_taken_, &out->right_missing,
                  &out->right_missing_words, &out->right_missing_weight);
  }

  PairMemo* memo_;
  const UnitForm& left_;
  const UnitForm& right_;
  std::array<uint16_t, kWordsMax + 1> left_begin_, right_begin_;
  std::vector<Pair> tried_;
  uint32_t left_taken_ = 0, right_taken_ = 0;
};

}  // namespace

float deficit_limit(float information, Writing a, Writing b) {
  // True pairs hardly ever have more: of one writing, of two.
  return std::min(information * 0.85F, a == b ? 5.5F : 9.0F);
}

void align(const UnitForm& left, const UnitForm& right, Alignment* out, PairMemo* memo) {
  Aligner(left, right, memo).run(out);
}

}  // namespace entente::names
