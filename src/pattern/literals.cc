// The expression is read from left to right. A run of literal characters grows until something else
// comes; a quantifier takes its character off the run. Groups are stepped over, what they hold is not
// looked at. Case-blind expressions are cut at k and s, which other alphabets' letters fold to, and at
// what is not ASCII.
#include "pattern/literals.h"

#include <algorithm>
#include <cstdint>

namespace entente::pattern {
namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Literals read() {
    Literals out;
    if (text_.starts_with("(?i)")) {
      is_blind_ = true;
      at_ = 4;
    }
    while (at_ < text_.size() && is_understood_) step();
    end_alternative();
    if (!is_understood_) return out;
    out.is_plain = is_plain_;
    if (has_all_) out.any_of = std::move(found_);
    return out;
  }

 private:
  void step() {
    const char c = text_[at_];
    switch (c) {
      case '\\':
        escape();
        return;
      case '[':
        end_run();
        if (!skip_plain_class()) {
          skip_class();
          is_plain_ = false;
        }
        can_repeat_ = true;
        return;
      case '(':
        end_run();
        skip_group();
        is_plain_ = false;
        return;
      case ')':
        is_understood_ = false;
        return;
      case '|':
        end_alternative();
        ++at_;
        return;
      case '.':
      case '^':
      case '$':
        end_run();
        ++at_;
        can_repeat_ = c == '.';
        return;
      case '*':
      case '?':
      case '+':
        if (!can_repeat_) is_plain_ = false;
        can_repeat_ = false;
        if (c != '+') drop_last();
        end_run();
        ++at_;
        return;
      case '{':
        is_plain_ = false;
        if (is_quantifier()) {
          drop_last();
          end_run();
          at_ = text_.find('}', at_) + 1;
          return;
        }
        [[fallthrough]];
      default:
        add(c);
        ++at_;
    }
  }

  // \. is a full stop; \d and its like are classes; what takes arguments is stepped over.
  void escape() {
    if (at_ + 1 >= text_.size()) {
      is_understood_ = false;
      return;
    }
    const char c = text_[at_ + 1];
    at_ += 2;
    if (!is_alnum(c)) {
      add(c);
      return;
    }
    end_run();
    static constexpr std::string_view kClasses = "dDwWsSbB";
    if (kClasses.find(c) != std::string_view::npos) {
      can_repeat_ = c != 'b' && c != 'B';
      return;
    }
    is_plain_ = false;
    static constexpr std::string_view kSingle = "hHvVRXAzZGtnrfea";
    if (kSingle.find(c) != std::string_view::npos) return;
    if (c == 'x' && at_ < text_.size() && text_[at_] != '{') {
      for (int i = 0; i < 2 && at_ < text_.size() && is_alnum(text_[at_]); ++i) ++at_;
      return;
    }
    if ((c == 'x' || c == 'p' || c == 'P') && at_ < text_.size()) {
      const size_t close = text_[at_] == '{' ? text_.find('}', at_) : at_;
      is_understood_ = close != std::string_view::npos;
      at_ = close + 1;
      return;
    }
    is_understood_ = false;
  }

  // A class of the plainest kind, [^/] or [0-9a-f]: false, and nothing done, for any other.
  bool skip_plain_class() {
    static constexpr std::string_view kSafe = "_./@,~%#&=+; ";
    size_t i = at_ + 1;
    if (i < text_.size() && text_[i] == '^') ++i;
    const size_t from = i;
    while (i < text_.size() && text_[i] != ']') {
      const char c = text_[i];
      if (!is_alnum(c) && kSafe.find(c) == std::string_view::npos) return false;
      if (i + 2 < text_.size() && text_[i + 1] == '-') {
        const std::string_view range = text_.substr(i, 3);
        const bool is_whole =
            range == "a-z" || range == "A-Z" || range == "0-9" || range == "a-f" || range == "A-F";
        if (!is_whole) return false;
        i += 2;
      }
      ++i;
    }
    if (i >= text_.size() || i == from) return false;
    at_ = i + 1;
    return true;
  }

  // From [ to its ]; a ] that comes first is a member, and [:alpha:] stands within.
  void skip_class() {
    ++at_;
    if (at_ < text_.size() && text_[at_] == '^') ++at_;
    if (at_ < text_.size() && text_[at_] == ']') ++at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\') {
        if (at_ + 1 < text_.size() && (text_[at_ + 1] == 'Q' || text_[at_ + 1] == 'E'))
          is_understood_ = false;
        ++at_;
      } else if (c == '[' && at_ + 1 < text_.size() &&
                 (text_[at_ + 1] == ':' || text_[at_ + 1] == '.' || text_[at_ + 1] == '=')) {
        is_understood_ = false;
      } else if (c == ']') {
        ++at_;
        return;
      }
    }
    is_understood_ = false;
  }

  // From ( to its ), groups within it included.
  void skip_group() {
    size_t depth = 0;
    while (at_ < text_.size() && is_understood_) {
      const char c = text_[at_];
      if (c == '(') {
        ++depth;
        ++at_;
        group_head();
      } else if (c == ')') {
        ++at_;
        if (--depth == 0) return;
      } else if (c == '[') {
        skip_class();
      } else if (c == '\\') {
        if (at_ + 1 < text_.size() && (text_[at_ + 1] == 'Q' || text_[at_ + 1] == 'E'))
          is_understood_ = false;
        at_ += 2;
      } else {
        ++at_;
      }
    }
    is_understood_ = false;
  }

  // Of groups with a question mark only the plainest are understood: options may change how all the
  // rest is read.
  void group_head() {
    if (at_ >= text_.size()) return;
    if (text_[at_] == '*') is_understood_ = false;
    if (text_[at_] != '?') return;
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const char d = at_ + 2 < text_.size() ? text_[at_ + 2] : '\0';
    const bool is_look_behind = c == '<' && (d == '=' || d == '!');
    if (c != ':' && c != '=' && c != '!' && c != '>' && !is_look_behind) is_understood_ = false;
  }

  // {2}, {2,}, {2,3} and, since later versions have it, {,3}.
  bool is_quantifier() const {
    size_t i = at_ + 1;
    const size_t from = i;
    while (i < text_.size() && (is_digit(text_[i]) || text_[i] == ',' || text_[i] == ' ')) ++i;
    return i > from && i < text_.size() && text_[i] == '}';
  }

  void add(char c) {
    can_repeat_ = true;
    const bool is_ascii = static_cast<uint8_t>(c) < 0x80;
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (is_blind_ && (!is_ascii || lower == 'k' || lower == 's')) {
      end_run();
      return;
    }
    run_ += c;
  }

  // Takes the last character off the run, all of its bytes.
  void drop_last() {
    while (!run_.empty() && (static_cast<uint8_t>(run_.back()) & 0xC0) == 0x80) run_.pop_back();
    if (!run_.empty()) run_.pop_back();
  }

  void end_run() {
    if (run_.size() > best_.size()) best_ = run_;
    run_.clear();
  }

  void end_alternative() {
    end_run();
    if (best_.empty()) has_all_ = false;
    found_.push_back(std::move(best_));
    best_.clear();
    can_repeat_ = false;
  }

  std::string_view text_;
  size_t at_ = 0;
  bool is_blind_ = false, is_understood_ = true, is_plain_ = true, has_all_ = true;
  bool can_repeat_ = false;
  std::string run_, best_;
  std::vector<std::string> found_;
};

}  // namespace

Literals literals_of_like(std::string_view pattern) {
  std::string_view best;
  while (!pattern.empty()) {
    const size_t end = std::min(pattern.find_first_of("%_"), pattern.size());
    if (end > best.size()) best = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
  }
  Literals out;
  out.is_plain = true;
  if (!best.empty()) out.any_of.emplace_back(best);
  return out;
}

Literals literals_of_regex(std::string_view expression) { return Reader(expression).read(); }

}  // namespace entente::pattern
