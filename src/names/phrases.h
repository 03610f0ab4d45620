// Chunks of sounds that stand for chunks: what the tables of channel.h, which take symbol by symbol, cannot say (that a final
// "er" is one carried vowel in Hangul, that "tion" is written with an s in Kana).
//
// For a writing against Latin: up to three symbols and up to three Latin ones with ln(p(both) / (p(one) p(other))), learned
// from alignments (phrases_data.cc, made by `bench_names phrases`). The best alignment takes chunks wherever they say more than
// their symbols one by one.
//
// Threads: read-only after the first call. Cost: some 10 ns for each pair of symbols.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "names/channel.h"

namespace entente::names {

inline constexpr size_t kChunkMax = 3;

struct Phrase {
  std::string_view native, latin;  // 1 to kChunkMax symbols each
  float log_odds = 0;
};

// The phrases of one writing.
class Phrases {
 public:
  explicit Phrases(std::span<const Phrase> phrases);
  bool is_empty() const { return pairs_.empty(); }

  // The log-odds of the best alignment of two words, symbols by the channel, chunks by these phrases. Words of up to
  // kSoundMax symbols.
  float align(const Channel& channel, std::string_view native, std::string_view latin) const;

 private:
  // From a key that is not 0 to a value; a power of two of places, at most half of them taken.
  template <class Value>
  class FlatMap {
   public:
    void reserve(size_t count);
    Value* insert(uint32_t key);
    const Value* find(uint32_t key) const {
      if (places_.empty()) return nullptr;
      for (size_t at = place_of(key);; at = (at + 1) & (places_.size() - 1)) {
        if (places_[at].key == key) return &places_[at].value;
        if (places_[at].key == 0) return nullptr;
      }
    }
    bool empty() const { return places_.empty(); }

   private:
    struct Place {
      uint32_t key = 0;
      Value value{};
    };
    size_t place_of(uint32_t key) const { return (key * 0x9E3779B1U >> 7) & (places_.size() - 1); }
    std::vector<Place> places_;
  };

  // Numbers of the chunks that end behind each symbol of a word, by length; 0: no phrase has it.
  using Ends = uint16_t[kSoundMax + 1][kChunkMax];
  static void find_chunks(const FlatMap<uint16_t>& chunks, std::string_view word, Ends& ends);

  FlatMap<uint16_t> natives_, latins_;
  FlatMap<float> pairs_;  // by native number << 16 | Latin number
};

// The learned phrases of a writing; empty for those that have none.
const Phrases& phrases_of(Writing writing);

// As deficit (channel.h), with phrases: never more than that gives.
float close_deficit(std::string_view a, Writing a_writing, std::string_view b, Writing b_writing,
                    float limit);

// One block a writing: a line "= N", then lines of "native latin value native latin value ...", values as in kChannelTables.
extern const std::string_view kPhraseText;

// For training: replaces the phrases of a writing in this process.
void replace_phrases(Writing writing, std::span<const Phrase> phrases);

}  // namespace entente::names
