// Walks the tree and writes it out, with a die at every place where JSON leaves a choice. A character of a string is written
// as itself, as its short escape, or as \uXXXX, of which one beyond the first plane takes two.
#include "tests/bytes/rewriter.h"

#include <algorithm>
#include <vector>

#include "base/result.h"
#include "json/json.h"

namespace entente::testing {
namespace {

constexpr const char* kWordBytes =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";

class Rewriter {
 public:
  Rewriter(const Spelling& spelling, std::mt19937_64& random)
      : spelling_(spelling), random_(random) {}

  void write(json::Value value, std::string& out) {
    switch (value.kind()) {
      case json::Kind::kObject:
        return write_object(value, out);
      case json::Kind::kArray:
        return write_array(value, out);
      case json::Kind::kString:
        return write_value(value.text(), out);
      default:
        out += value.raw();
    }
  }

 private:
  bool one_in(uint64_t n) { return random_() % n == 0; }

  void gap(std::string& out) {
    if (!spelling_.spaces || !one_in(3)) return;
    for (uint64_t n = 1 + random_() % 3; n > 0; --n) out += " \t\n\r"[random_() % 4];
  }

  // Identifiers, type names, versions and timestamps stay plain unless asked for.
  void write_value(const std::string& text, std::string& out) {
    const bool is_word = !text.empty() && text.find_first_not_of(kWordBytes) == std::string::npos;
    write_string(text, spelling_.escapes && (!is_word || spelling_.escaped_words), out);
  }

  void write_object(json::Value value, std::string& out) {
    std::vector<json::Member> members;
    for (const json::Member member : value.members()) members.push_back(member);
    if (spelling_.order) std::shuffle(members.begin(), members.end(), random_);
    out += '{';
    gap(out);
    for (size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out += ',';
      gap(out);
      write_string(members[i].key.text(), spelling_.escapes && spelling_.escaped_keys && one_in(4),
                   out);
      gap(out);
      out += ':';
      gap(out);
      write(members[i].value, out);
      gap(out);
    }
    out += '}';
  }

  void write_array(json::Value value, std::string& out) {
    out += '[';
    gap(out);
    bool is_first = true;
    for (const json::Value element : value.elements()) {
      if (!is_first) out += ',';
      is_first = false;
      gap(out);
      write(element, out);
      gap(out);
    }
    out += ']';
  }

  void write_unit(uint32_t unit, std::string& out) {
    const char* digits = !spelling_.escapes || one_in(2) ? "0123456789abcdef" : "0123456789ABCDEF";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[unit >> shift & 15];
  }

  void write_escape(uint32_t code, std::string& out) {
    if (code < 0x10000) return write_unit(code, out);
    write_unit(0xd800 + ((code - 0x10000) >> 10), out);
    write_unit(0xdc00 + ((code - 0x10000) & 0x3ff), out);
  }

  // The short escape of a character, 0 if it has none.
  static char short_escape(uint32_t code) {
    switch (code) {
      case '"':
        return '"';
      case '\\':
        return '\\';
      case '/':
        return '/';
      case '\b':
        return 'b';
      case '\f':
        return 'f';
      case '\n':
        return 'n';
      case '\r':
        return 'r';
      case '\t':
        return 't';
      default:
        return 0;
    }
  }

  void write_string(const std::string& text, bool escapes, std::string& out) {
    out += '"';
    for (size_t at = 0; at < text.size();) {
      const auto lead = static_cast<uint8_t>(text[at]);
      const size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      uint32_t code = size == 1 ? lead : lead & (0x7fu >> size);
      for (size_t i = 1; i < size; ++i)
        code = code << 6 | (static_cast<uint8_t>(text[at + i]) & 0x3fu);
      const bool must = code < 0x20 || code == '"' || code == '\\';
      const char brief = short_escape(code);
      const bool chosen = escapes && one_in(8);
      if (brief != 0 && (must || chosen) && (!escapes || one_in(2))) {
        out += '\\';
        out += brief;
      } else if (must || chosen) {
        write_escape(code, out);
      } else {
        out.append(text, at, size);
      }
      at += size;
    }
    out += '"';
  }

  const Spelling& spelling_;
  std::mt19937_64& random_;
};

}  // namespace

std::string respelled(const std::string& text, const Spelling& spelling, std::mt19937_64& random) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(text);
  CHECK(parser.parse(bytes, &document).has_value());
  std::string out;
  Rewriter(spelling, random).write(document.root(), out);
  return out;
}

}  // namespace entente::testing
