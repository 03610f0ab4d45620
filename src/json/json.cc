// simdjson's first stage finds every token (quotes, brackets, starts of numbers and literals) and
// checks UTF-8 and string ends at several GB/s; the walk over those tokens here checks the grammar
// and writes one Node a value.
//
// Its own second stages were rejected: the DOM refuses integers past 64 bits, which are legal JSON,
// and keeps no slices; on-demand accepts malformed values that nobody looks at. Both accept
// repeated keys. The first stage's interface is internal to simdjson, so this file is bound to the
// version that Debian 12 has.
#include "json/json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/limits.h"
#include "json/escape.h"

namespace entente::json {

static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3 && simdjson::SIMDJSON_VERSION_MINOR == 0,
              "json.cc reads the structural indexes of simdjson 3.0");

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// [RFC 8259 6]: -? int frac? exp?
bool is_number_text(std::string_view text) {
  size_t i = 0;
  const auto digits = [&] {
    const size_t begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - begin;
  };
  if (i < text.size() && text[i] == '-') ++i;
  const size_t integer_begin = i;
  const size_t integer_digits = digits();
  if (integer_digits == 0 || (integer_digits > 1 && text[integer_begin] == '0')) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

uint16_t hash_key(std::string_view key) {
  uint64_t h = key.size() * 0x9E3779B97F4A7C15u;
  uint64_t word = 0;
  if (key.size() >= 8) {
    std::memcpy(&word, key.data(), 8);
    uint64_t last;
    std::memcpy(&last, key.data() + key.size() - 8, 8);
    h ^= last * 0xC2B2AE3D27D4EB4Fu;
  } else {
    std::memcpy(&word, key.data(), key.size());
  }
  h = (h ^ word) * 0x9FB21C651E98DF25u;
  return static_cast<uint16_t>(h >> 48);
}

}  // namespace

struct Parser::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
  std::string scratch;
};

// One pass over the tokens of one document. Keeps an explicit stack: the depth is input.
class Walker {
 public:
  Walker(std::string_view bytes, const uint32_t* tokens, uint32_t token_count, Document* document,
         std::string* scratch)
      : bytes_(bytes),
        tokens_(tokens),
        token_count_(token_count),
        document_(*document),
        scratch_(*scratch) {}

  bool walk();
  ParseError error() const { return error_; }

 private:
  struct Frame {
    uint32_t node;
    uint64_t keys_seen;  // one bit a hash
    bool suspicious;     // two keys share a bit
  };

  char token() const { return bytes_[tokens_[at_]]; }
  bool has_token() const { return at_ < token_count_; }
  bool stop(size_t offset, std::string_view detail) {
    error_ = {offset, std::string(detail)};
    return false;
  }
  bool stop_here(std::string_view detail) {
    return stop(has_token() ? tokens_[at_] : bytes_.size(),
                has_token() ? detail : "the text ends too early");
  }
  // End of the token's text: white space before the next token is not part of it.
  uint32_t token_end() const {
    size_t end = at_ + 1 < token_count_ ? tokens_[at_ + 1] : bytes_.size();
    while (is_space(bytes_[end - 1])) --end;
    return static_cast<uint32_t>(end);
  }
  uint32_t add(Kind kind, uint32_t begin, uint32_t end) {
    Node& node = document_.nodes_.emplace_back();
    node.begin = begin;
    node.end = end;
    node.kind = kind;
    node.next = static_cast<uint32_t>(document_.nodes_.size());
    return node.next - 1;
  }
  bool open(Kind kind);
  void close();
  bool string();
  bool scalar();
  bool key();
  bool value();
  void list_duplicates(const Node& object, uint32_t first_key);
  std::string_view key_text(uint32_t node) { return Value(&document_, node).text(&scratch_); }

  std::string_view bytes_;
  const uint32_t* tokens_;
  uint32_t token_count_;
  uint32_t at_ = 0;
  Document& document_;
  std::string& scratch_;
  Frame stack_[limits::kJsonDepthMax];
  uint32_t depth_ = 0;
  ParseError error_;
};

bool Walker::open(Kind kind) {
  if (depth_ == limits::kJsonDepthMax) return stop_here("nested deeper than the limit");
  const uint32_t node = add(kind, tokens_[at_], 0);
  stack_[depth_++] = {node, 0, false};
  ++at_;
  return true;
}

void Walker::close() {
  const Frame& frame = stack_[--depth_];
  Node& node = document_.nodes_[frame.node];
  node.end = tokens_[at_] + 1;
  node.next = static_cast<uint32_t>(document_.nodes_.size());
  if (frame.suspicious) list_duplicates(node, frame.node + 1);
  ++at_;
}

// Two keys of the object share a hash bit: mostly by chance, so hashes are compared before texts.
void Walker::list_duplicates(const Node& object, uint32_t first_key) {
  std::array<uint16_t, 64> hashes;
  uint32_t count = 0;
  bool same_hash = object.children > hashes.size();
  for (uint32_t at = first_key; !same_hash && at < object.next;
       at = document_.nodes_[at + 1].next) {
    const uint16_t hash = document_.nodes_[at].key_hash;
    for (uint32_t i = 0; i < count; ++i) same_hash |= hashes[i] == hash;
    hashes[count++] = hash;
  }
  if (!same_hash) return;
  // Sorted by text, so that hostile objects cost n log n.
  std::vector<std::pair<std::string, uint32_t>> keys;
  for (uint32_t at = first_key; at < object.next; at = document_.nodes_[at + 1].next) {
    keys.emplace_back(key_text(at), at);
  }
  std::ranges::sort(keys);
  for (size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first == keys[i - 1].first) document_.duplicates_.push_back(keys[i].second);
  }
}

bool Walker::string() {
  const uint32_t begin = tokens_[at_];
  const uint32_t end = token_end();
  if (end - begin < 2 || bytes_[end - 1] != '"') return stop_here("expected a string");
  const uint32_t index = add(Kind::kString, begin, end);
  const std::string_view content = bytes_.substr(begin + 1, end - begin - 2);
  if (std::memchr(content.data(), '\\', content.size()) != nullptr) {
    document_.nodes_[index].escaped = true;
    scratch_.clear();
    const size_t bad = unescape(content, &scratch_);
    if (bad != kNoError)
      return stop(begin + 1 + bad, "not a valid escape, or half of a surrogate pair");
  }
  ++at_;
  return true;
}

bool Walker::scalar() {
  const uint32_t begin = tokens_[at_];
  const uint32_t end = token_end();
  const std::string_view text = bytes_.substr(begin, end - begin);
  Kind kind;
  if (text == "true") {
    kind = Kind::kTrue;
  } else if (text == "false") {
    kind = Kind::kFalse;
  } else if (text == "null") {
    kind = Kind::kNull;
  } else if (is_number_text(text)) {
    kind = Kind::kNumber;
  } else {
    return stop_here("expected a value");
  }
  add(kind, begin, end);
  ++at_;
  return true;
}

bool Walker::key() {
  if (!has_token() || token() != '"') return stop_here("expected a member name in quotes");
  const auto index = static_cast<uint32_t>(document_.nodes_.size());
  if (!string()) return false;
  Node& node = document_.nodes_[index];
  node.key_hash = hash_key(node.escaped ? std::string_view(scratch_)
                                        : bytes_.substr(node.begin + 1, node.end - node.begin - 2));
  Frame& frame = stack_[depth_ - 1];
  const uint64_t bit = uint64_t{1} << (node.key_hash & 63);
  frame.suspicious |= (frame.keys_seen & bit) != 0;
  frame.keys_seen |= bit;
  if (!has_token() || token() != ':') return stop_here("expected ':'");
  ++at_;
  return true;
}

// A scalar whole, or the opening of a container.
bool Walker::value() {
  if (!has_token()) return stop_here("expected a value");
  if (depth_ > 0) ++document_.nodes_[stack_[depth_ - 1].node].children;
  switch (token()) {
    case '{':
      return open(Kind::kObject);
    case '[':
      return open(Kind::kArray);
    case '"':
      return string();
    default:
      return scalar();
  }
}

bool Walker::walk() {
  if (!value()) return false;
  while (depth_ > 0) {
    const Node& container = document_.nodes_[stack_[depth_ - 1].node];
    const bool is_object = container.kind == Kind::kObject;
    const char closing = is_object ? '}' : ']';
    if (!has_token()) return stop_here("");
    if (token() == closing) {
      close();
      continue;
    }
    if (container.children > 0) {
      if (token() != ',')
        return stop_here(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
      ++at_;
    }
    if (is_object && !key()) return false;
    if (!value()) return false;
  }
  return has_token() ? stop_here("text after the end of the value") : true;
}

Parser::Parser() : impl_(std::make_unique<Impl>()) {
  const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
      64 * 1024, 16, impl_->stage);
  CHECK(error == simdjson::SUCCESS);
}

Parser::~Parser() = default;

std::expected<void, ParseError> Parser::parse(std::string_view bytes, Document* document) {
  document->bytes_ = bytes;
  document->nodes_.clear();
  document->duplicates_.clear();
  const auto refuse = [&](size_t offset, std::string detail) {
    document->nodes_.clear();
    document->duplicates_.clear();
    return std::unexpected(ParseError{offset, std::move(detail)});
  };
  if (bytes.size() > simdjson::SIMDJSON_MAXSIZE_BYTES - kPaddingBytes)
    return refuse(0, "larger than 4 GiB");
  if (bytes.size() + 1 > impl_->stage->capacity()) {
    if (impl_->stage->set_capacity(std::bit_ceil(bytes.size() + 1)) != simdjson::SUCCESS) {
      return refuse(0, "no memory to parse it");
    }
  }
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  switch (impl_->stage->stage1(data, bytes.size(), simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS:
      break;
    case simdjson::EMPTY:
      return refuse(0, "no text");
    case simdjson::UTF8_ERROR:
      return refuse(first_invalid_utf8(bytes), "not UTF-8");
    case simdjson::UNCLOSED_STRING:
      return refuse(bytes.size(), "a string is not closed");
    case simdjson::UNESCAPED_CHARS:
      return refuse(first_bare_control(bytes), "a control character in a string");
    default:
      return refuse(0, "not JSON");
  }
  Walker walker(bytes, impl_->stage->structural_indexes.get(), impl_->stage->n_structural_indexes,
                document, &impl_->scratch);
  if (!walker.walk()) {
    const ParseError error = walker.error();
    return refuse(error.offset, error.detail);
  }
  return {};
}

std::string_view Value::text(std::string* scratch) const {
  const Node& node = document_->nodes()[index_];
  if (node.kind != Kind::kString) return {};
  const std::string_view content =
      document_->bytes().substr(node.begin + 1, node.end - node.begin - 2);
  if (!node.escaped) return content;
  scratch->clear();
  unescape(content, scratch);
  return *scratch;
}

std::string Value::text() const {
  std::string scratch;
  return std::string(text(&scratch));
}

bool Value::text_is(std::string_view expected) const {
  std::string scratch;
  return is_string() && text(&scratch) == expected;
}

std::optional<int64_t> Value::integer() const {
  if (!is_number()) return std::nullopt;
  const std::string_view digits = raw();
  int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<double> Value::number() const {
  if (!is_number()) return std::nullopt;
  const std::string_view digits = raw();
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) {
    // Too small is zero; too large has no double. from_chars tells the two apart in nothing but its
    // text.
    const bool is_tiny = digits.find("e-") != digits.npos || digits.find("E-") != digits.npos;
    return is_tiny ? std::optional<double>(0.0) : std::nullopt;
  }
  return value;
}

std::optional<Value> Value::find(std::string_view key) const {
  for (const Member member : members()) {
    const Node& node = document_->nodes()[member.key.index_];
    if (!node.escaped && node.end - node.begin - 2 != key.size()) continue;
    if (member.key.text_is(key)) return member.value;
  }
  return std::nullopt;
}

std::string padded(std::string_view text) {
  std::string out;
  out.reserve(text.size() + kPaddingBytes);
  out.append(text);
  return out;
}

}  // namespace entente::json
