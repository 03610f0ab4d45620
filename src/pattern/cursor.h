// Reads the smallest parts of a pattern: white space, keywords, names and constants. Private to the
// parser. There is no list of tokens: what may come is always known, and is looked for in place.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "pattern/pattern.h"
#include "pattern/scan.h"

namespace entente::pattern {

class Cursor {
 public:
  explicit Cursor(std::string_view text)
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

  uint32_t offset() const { return static_cast<uint32_t>(at_ - begin_); }
  bool at_end() const { return at_ == end_; }
  char peek() const { return at_ == end_ ? '\0' : *at_; }
  char peek(size_t ahead) const {
    return static_cast<size_t>(end_ - at_) > ahead ? at_[ahead] : '\0';
  }
  void advance(size_t bytes) { at_ += bytes; }

  // White space and comments.
  void skip() {
    if (at_ != end_ && *at_ > ' ' && *at_ != '/') return;
    skip_slowly();
  }

  // Takes a character, or says that it was expected.
  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  // Takes a keyword: the word alone, not the beginning of a longer one.
  template <size_t N>
  bool keyword(const char (&word)[N]) {
    constexpr size_t kSize = N - 1;
    if (static_cast<size_t>(end_ - at_) < kSize || std::memcmp(at_, word, kSize) != 0) return false;
    if (is_class(peek(kSize), kTypePart)) return false;
    at_ += kSize;
    return true;
  }

  // Each of these takes what it names, or reports what it expected and gives false.
  bool type_name(Slice* out);
  bool plain_name(Slice* out);
  bool quoted(Slice* content, bool* is_escaped);  // at an apostrophe
  bool index(uint32_t* out);
  bool constant(Constant* out);
  bool timestamp(Slice* out, bool allow_string);
  bool count(uint32_t max, int64_t* out, const char* what);
  bool seconds(Slice* text, int64_t* window_ns);

  // Reports that `expected` does not stand at the cursor; always false. Only the first report counts.
  bool fail(std::string_view expected);
  // Reports something else about `offset`.
  bool fail_at(uint32_t offset, std::string message);

  bool has_failed() const { return !message_.empty(); }
  ParseError error() const;

 private:
  void skip_slowly();
  bool number(Constant* out);
  bool octets(Constant* out);
  std::string found() const;
  std::string_view text() const { return {begin_, static_cast<size_t>(end_ - begin_)}; }
  Slice slice_from(const char* from) const {
    return {static_cast<uint32_t>(from - begin_), static_cast<uint32_t>(at_ - begin_)};
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  uint32_t error_offset_ = 0;
  std::string message_;
};

}  // namespace entente::pattern
