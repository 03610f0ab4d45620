#include "json/splitter.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/limits.h"

namespace entente::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The bytes outside strings that open or close something.
constexpr std::array<bool, 256> kMeansSomething = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '{', '}', '[', ']'}) table[static_cast<uint8_t>(c)] = true;
  return table;
}();

}  // namespace

bool Splitter::lose(std::string_view what) {
  trouble_(what, offset_);
  mode_ = Mode::kLost;
  return false;
}

void Splitter::begin(Mode mode, char c) {
  mode_ = mode;
  begin_ = offset_;
  buffer_.clear();
  buffer_.push_back(c);
  depth_ = 1;
  too_long_ = false;
  key_.clear();
  key_open_ = after_colon_ = false;
  expects_key_ = true;
}

void Splitter::end_value() {
  if (too_long_) {
    trouble_("an object is larger than the limit", begin_);
  } else {
    sink_(buffer_, begin_);
  }
  buffer_.clear();
  mode_ = outer_;
}

void Splitter::keep(char c) {
  if (buffer_.size() < limits::kObjectBytesMax) {
    buffer_.push_back(c);
  } else {
    too_long_ = true;
  }
}

// Between values: of the stream, or of a list.
bool Splitter::between(char c) {
  if (is_space(c) || c == ',') return true;
  if (mode_ == Mode::kList && c == ']') {
    mode_ = list_in_bundle_ ? Mode::kRest : Mode::kTop;
    outer_ = Mode::kTop;
    depth_ = 1;
    return true;
  }
  if (c == '{') {
    outer_ = mode_;
    begin(mode_ == Mode::kTop ? Mode::kObject : Mode::kElement, c);
    return true;
  }
  if (mode_ == Mode::kTop && c == '[') {
    mode_ = Mode::kList;
    list_in_bundle_ = false;
    return true;
  }
  if ((c == '\xEF' || c == '\xBB' || c == '\xBF') && offset_ < 3) return true;  // a byte order mark
  // No object: a whole element or line that its reader will refuse, so that only it is lost.
  outer_ = mode_;
  begin(c == '[' ? Mode::kElement : Mode::kScalar, c);
  in_string_ = c == '"';
  return true;
}

// In what is neither object nor list, up to what ends it.
bool Splitter::scalar(char c) {
  const bool ends = !in_string_ && (outer_ == Mode::kList ? c == ',' || c == ']' : c == '\n');
  if (ends) {
    end_value();
    return between(c);
  }
  if (in_string_ && escaped_) {
    escaped_ = false;
  } else if (in_string_ && c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = !in_string_;
  } else if (c == '\n' && outer_ == Mode::kTop) {  // no string goes over a line
    in_string_ = false;
    end_value();
    return true;
  }
  keep(c);
  return true;
}

// Whether this '[' opens the list of a bundle.
bool Splitter::at_bundle_list(char c) const {
  return mode_ == Mode::kObject && c == '[' && depth_ == 1 && after_colon_ && key_ == "objects";
}

// Inside a value: follows strings and brackets; at depth 1 of a top-level object also member names.
bool Splitter::inside(char c) {
  if (mode_ != Mode::kRest) keep(c);
  if (in_string_) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      key_open_ = false;
      return true;
    }
    if (key_open_ && key_.size() < 16) key_.push_back(c);
    return true;
  }
  switch (c) {
    case '"':
      in_string_ = true;
      if (depth_ == 1 && expects_key_) {
        key_.clear();
        key_open_ = true;
        expects_key_ = after_colon_ = false;
      }
      return true;
    case ':':
      if (depth_ == 1) after_colon_ = true;
      return true;
    case ',':
      if (depth_ == 1) {
        expects_key_ = true;
        after_colon_ = false;
      }
      return true;
    case '[':
      if (at_bundle_list(c)) {
        buffer_.clear();
        mode_ = outer_ = Mode::kList;
        list_in_bundle_ = true;
        return true;
      }
      ++depth_;
      return true;
    case '{':
      ++depth_;
      return true;
    case '}':
    case ']':
      if (--depth_ > 0) return true;
      if (mode_ == Mode::kRest) {
        mode_ = Mode::kTop;
      } else {
        end_value();
      }
      return true;
    default:
      return true;
  }
}

bool Splitter::step(char c) {
  if (mode_ == Mode::kScalar) return scalar(c);
  return mode_ == Mode::kTop || mode_ == Mode::kList ? between(c) : inside(c);
}

// Bytes at the start of `rest` that mean nothing to an element: the plain part of a string, or what
// is between its strings and brackets.
size_t Splitter::plain_bytes(std::string_view rest) const {
  if (!in_string_) {
    size_t at = 0;
    while (at < rest.size() && !kMeansSomething[static_cast<uint8_t>(rest[at])]) ++at;
    return at;
  }
  const void* quote = std::memchr(rest.data(), '"', rest.size());
  const size_t end = quote == nullptr
                         ? rest.size()
                         : static_cast<size_t>(static_cast<const char*>(quote) - rest.data());
  const void* escape = std::memchr(rest.data(), '\\', end);
  return escape == nullptr ? end
                           : static_cast<size_t>(static_cast<const char*>(escape) - rest.data());
}

bool Splitter::feed(std::string_view chunk) {
  if (mode_ == Mode::kLost) return false;
  for (size_t i = 0; i < chunk.size();) {
    // Most bytes are inside the strings and scalars of an element: taken whole.
    if (mode_ == Mode::kElement && !escaped_) {
      const std::string_view rest = chunk.substr(i);
      const size_t plain = plain_bytes(rest);
      if (plain > 0) {
        const size_t room =
            limits::kObjectBytesMax - std::min(limits::kObjectBytesMax, buffer_.size());
        buffer_.append(rest.substr(0, std::min(plain, room)));
        too_long_ |= plain > room;
        offset_ += plain;
        i += plain;
        continue;
      }
    }
    if (!step(chunk[i])) return false;
    ++offset_;
    ++i;
  }
  return true;
}

void Splitter::finish() {
  if (mode_ == Mode::kScalar && outer_ == Mode::kTop) end_value();
  if (mode_ == Mode::kLost || mode_ == Mode::kTop) return;
  lose("the text ends too early");
}

}  // namespace entente::json
