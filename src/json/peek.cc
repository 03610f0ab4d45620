// One pass that tells strings from the rest and counts brackets. Values that are not wanted are not
// looked into: strings are left by memchr, which is most of what an object is made of.
#include "json/peek.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace entente::json {
namespace {

class Peeker {
 public:
  explicit Peeker(std::string_view bytes) : bytes_(bytes) {}

  bool is_done() const { return at_ >= bytes_.size(); }
  char next() const { return is_done() ? '\0' : bytes_[at_]; }
  void skip() { ++at_; }

  void skip_space() {
    while (next() == ' ' || next() == '\n' || next() == '\r' || next() == '\t') ++at_;
  }

  // At a quote: past the closing one. False if there is none.
  bool skip_string(std::string_view* content, bool* has_escape) {
    const size_t begin = ++at_;
    *has_escape = false;
    while (true) {
      const size_t quote = bytes_.find('"', at_);
      if (quote == std::string_view::npos) return false;
      at_ = quote + 1;
      size_t slashes = 0;
      while (quote - slashes > begin && bytes_[quote - slashes - 1] == '\\') ++slashes;
      *has_escape |= slashes > 0;
      if (slashes % 2 == 0) {
        *content = bytes_.substr(begin, quote - begin);
        *has_escape = *has_escape || content->find('\\') != std::string_view::npos;
        return true;
      }
    }
  }

  // Past one value of any kind, up to the comma or bracket behind it.
  bool skip_value() {
    int64_t depth = 0;
    std::string_view content;
    bool has_escape = false;
    while (!is_done()) {
      const char c = next();
      if (c == '"') {
        if (!skip_string(&content, &has_escape)) return false;
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (depth == 0 && (c == ',' || c == '}')) return true;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
    return false;
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace

bool peek_strings(std::string_view object, std::span<const std::string_view> names,
                  std::span<std::string_view> contents) {
  std::ranges::fill(contents, std::string_view());
  Peeker at(object);
  at.skip_space();
  if (at.next() != '{') return false;
  at.skip();
  size_t missing = names.size();
  while (missing > 0) {
    at.skip_space();
    if (at.next() == '}') return true;
    std::string_view name;
    bool has_escape = false;
    if (at.next() != '"' || !at.skip_string(&name, &has_escape) || has_escape) return false;
    at.skip_space();
    if (at.next() != ':') return false;
    at.skip();
    at.skip_space();
    const auto wanted = std::ranges::find(names, name);
    if (wanted != names.end() && at.next() == '"') {
      std::string_view& content = contents[static_cast<size_t>(wanted - names.begin())];
      if (!at.skip_string(&content, &has_escape) || has_escape) return false;
      --missing;
    } else if (!at.skip_value()) {
      return false;
    }
    at.skip_space();
    if (at.next() == ',') at.skip();
  }
  return true;
}

}  // namespace entente::json
