// Skeleton keys: the classes of a word's consonants (lips P, tongue T, throat K, hiss S, nose N,
// liquid L). Where a symbol may be of two classes or silent, the word gets a key for each, up to a
// bound; the likeliest first.
#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.h"
#include "names/sound.h"

namespace entente::names {
namespace {

constexpr size_t kSkeletonMax = 6;

// Classes that a symbol may have, likeliest first; '-' is silent.
std::string_view classes_of(char before, char symbol, char next, Writing writing) {
  const bool is_soft = next == 'e' || next == 'i' || next == 'y';
  const bool is_coda = next == 0 || !is_vowel(next);
  switch (symbol) {
    case 'b':
      // Lamb, Plumb.
      return writing == Writing::kLatin && before == 'm' && next == 0 ? "P-" : "P";
    case 'p':
    case 'f':
      return writing == Writing::kForeignHan && symbol == 'f' ? "P-" : "P";
    case 'v':
      return "P";
    case 'w':
      return writing == Writing::kForeignHan ? "P-" : "-P";
    case 't':
    case 'd':
      return "T";
    case 'T':
      return "TS";
    case 'k':
    case 'q':
      return writing == Writing::kForeignHan && symbol == 'q' ? "SK" : "K";
    case 'g':
      if (writing == Writing::kCyrillic) return "K-";
      return writing == Writing::kLatin && is_soft ? "KS" : "K";
    case 'c':
      return is_soft ? "SK" : "K";
    case 'C':
      return writing == Writing::kKana ? "ST" : writing == Writing::kLatin ? "SK" : "S";
    case 'j':
      return writing == Writing::kLatin ? "S-" : writing == Writing::kForeignHan ? "SK" : "S";
    case 'J':
      return writing == Writing::kKana ? "ST" : writing == Writing::kArabic ? "SK" : "S";
    case 'E':
      return writing == Writing::kKana ? "ST" : "S";
    case 'z':
      return writing == Writing::kArabic ? "ST" : "S";
    case 's':
    case 'S':
    case 'Z':
      return "S";
    case 'X':
      return writing == Writing::kCyrillic ? "-K" : "K-";
    case 'h':
      return writing == Writing::kForeignHan ? "-K" : "-";
    case 'G':
      return "K-";
    case 'm':
    case 'n':
      return "N";
    case 'l':
      return "L";
    case 'r':
      return writing == Writing::kLatin && is_coda ? "L-" : "L";
    case 'R':
      return "L-";
    default:
      return "-";
  }
}

}  // namespace

void skeleton_strings(std::string_view sound, Writing writing, size_t strings_max,
                      std::vector<std::string>& out) {
  out.assign(1, std::string());
  std::vector<char> last{0};  // class just before, 0 behind a vowel
  for (size_t i = 0; i < sound.size(); ++i) {
    const char next = i + 1 < sound.size() ? sound[i + 1] : 0;
    const std::string_view classes =
        classes_of(i > 0 ? sound[i - 1] : '\0', sound[i], next, writing);
    const size_t before = out.size();
    for (size_t k = 0; k < before; ++k) {
      for (size_t option = classes.size(); option-- > 0;) {
        if (option > 0 && out.size() >= strings_max) continue;
        std::string& target = option > 0 ? out.emplace_back(out[k]) : out[k];
        if (option > 0) last.push_back(last[k]);
        char& previous = option > 0 ? last.back() : last[k];
        const char one = classes[option];
        if (one == '-') {
          if (is_vowel(sound[i])) previous = 0;
          continue;
        }
        if (previous != one && target.size() < kSkeletonMax) target += one;
        previous = one;
      }
    }
  }
  // The first is made of the likeliest classes and stays the first.
  for (size_t i = 1; i < out.size();) {
    if (std::find(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(i), out[i]) !=
        out.begin() + static_cast<std::ptrdiff_t>(i)) {
      out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

uint32_t skeleton_key(std::string_view skeleton) {
  return static_cast<uint32_t>(hash64(skeleton, 0x6E616D65));
}

}  // namespace entente::names
