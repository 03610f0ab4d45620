#include "json/json.h"

#include <gtest/gtest.h>

#include <random>

#include "base/limits.h"
#include "json/escape.h"

namespace entente::json {
namespace {

struct Parsed {
  std::string bytes;
  Document document;
  std::expected<void, ParseError> outcome;
};

std::unique_ptr<Parsed> parse(std::string_view text) {
  static Parser parser;
  auto out = std::make_unique<Parsed>();
  out->bytes = padded(text);
  out->outcome = parser.parse(out->bytes, &out->document);
  return out;
}

// An independent recogniser of RFC 8259, by recursive descent, for short texts of ASCII.
class Recogniser {
 public:
  explicit Recogniser(std::string_view text) : text_(text) {}
  bool accepts() { return value(0) && (space(), at_ == text_.size()); }

 private:
  void space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool eat(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool value(int depth) {
    if (depth > 50) return false;
    space();
    if (eat("true") || eat("false") || eat("null")) return true;
    if (at_ < text_.size() && text_[at_] == '"') return string();
    if (eat("[")) return list(depth, ']', [&] { return value(depth + 1); });
    if (eat("{"))
      return list(depth, '}',
                  [&] { return space(), string() && (space(), eat(":")) && value(depth + 1); });
    return number();
  }
  template <class Item>
  bool list(int, char closing, Item item) {
    space();
    if (eat(std::string_view(&closing, 1))) return true;
    for (;;) {
      if (!item()) return false;
      space();
      if (eat(std::string_view(&closing, 1))) return true;
      if (!eat(",")) return false;
    }
  }
  bool string() {
    if (!eat("\"")) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_] == '\\') {
        ++at_;
        if (at_ == text_.size() ||
            std::string_view("\"\\/bfnrt").find(text_[at_]) == std::string_view::npos) {
          return false;
        }
      }
      ++at_;
    }
    return eat("\"");
  }
  bool digits() {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ > begin;
  }
  bool number() {
    eat("-");
    if (!eat("0") && !digits()) return false;
    if (eat(".") && !digits()) return false;
    if (eat("e") || eat("E")) {
      if (!eat("+")) eat("-");
      return digits();
    }
    return true;
  }
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

TEST(Json, KeepsEverySliceAsWritten) {
  const auto p = parse(
      R"( {"a" : 1.0, "b":[1e3 ,123456789012345678901234567890], "\u0063":"\u0041é\n", "d":{} } )");
  ASSERT_TRUE(p->outcome);
  const Value root = p->document.root();
  EXPECT_EQ(root.size(), 4u);
  EXPECT_EQ(root.find("a")->raw(), "1.0");
  EXPECT_EQ(root.find("b")->raw(), "[1e3 ,123456789012345678901234567890]");
  EXPECT_EQ(root.find("c")->raw(), R"("\u0041é\n")");
  EXPECT_EQ(root.find("c")->text(), "Aé\n");
  EXPECT_EQ(root.find("d")->raw(), "{}");
  EXPECT_FALSE(root.find("e"));
  std::vector<std::string> elements;
  for (const Value element : root.find("b")->elements()) elements.emplace_back(element.raw());
  EXPECT_EQ(elements, (std::vector<std::string>{"1e3", "123456789012345678901234567890"}));
}

TEST(Json, NumbersFitOrSayNo) {
  const auto p = parse(R"([0,-9223372036854775808,9223372036854775808,1.0,1e400,1e-400,-0])");
  ASSERT_TRUE(p->outcome);
  std::vector<std::optional<int64_t>> integers;
  for (const Value v : p->document.root().elements()) integers.push_back(v.integer());
  EXPECT_EQ(integers, (std::vector<std::optional<int64_t>>{0, INT64_MIN, std::nullopt, std::nullopt,
                                                           std::nullopt, std::nullopt, 0}));
  std::vector<std::optional<double>> doubles;
  for (const Value v : p->document.root().elements()) doubles.push_back(v.number());
  EXPECT_EQ(doubles[2], 9223372036854775808.0);
  EXPECT_EQ(doubles[4], std::nullopt);
  EXPECT_EQ(doubles[5], 0.0);
}

TEST(Json, SaysWhereItStops) {
  const struct {
    std::string_view text;
    size_t offset;
  } cases[] = {
      {"", 0},
      {"[1,]", 3},
      {"{\"a\"1}", 4},
      {"[1 2]", 3},
      {"{\"a\":tru}", 5},
      {"[01]", 1},
      {"[1.]", 1},
      {"\"\\x\"", 1},
      {"[\"\\ud800\"]", 2},
      {"[\"\\udc00\"]", 2},
      {"[\"a\xff\"]", 3},
      {"[\"\xc0\xaf\"]", 2},
      {"[\"\xed\xa0\x80\"]", 2},
      {"[\"a\nb\"]", 3},
      {"[\"abc", 5},
      {"{} {}", 3},
      {"[1", 2},
      {"1\"a\"", 0},
      {"\"a\"b", 3},
      {"{,}", 1},
  };
  for (const auto& one : cases) {
    const auto p = parse(one.text);
    ASSERT_FALSE(p->outcome) << one.text;
    EXPECT_EQ(p->outcome.error().offset, one.offset)
        << one.text << ": " << p->outcome.error().detail;
    EXPECT_TRUE(p->document.nodes().empty());
  }
}

TEST(Json, SurrogatePairsAreOneCharacter) {
  const auto p = parse(R"("\uD83D\uDE00")");
  ASSERT_TRUE(p->outcome);
  EXPECT_EQ(p->document.root().text(), "😀");
}

TEST(Json, DepthHasALimit) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse(nested(limits::kJsonDepthMax))->outcome);
  EXPECT_FALSE(parse(nested(limits::kJsonDepthMax + 1))->outcome);
}

TEST(Json, ListsRepeatedKeys) {
  const auto names = [](std::string_view text) {
    const auto p = parse(text);
    std::vector<std::string> out;
    for (const uint32_t node : p->document.duplicates())
      out.push_back(Value(&p->document, node).text());
    return out;
  };
  EXPECT_EQ(names(R"({"a":1,"b":2,"c":{"a":1}})"), std::vector<std::string>{});
  EXPECT_EQ(names(R"({"a":1,"b":2,"a":3})"), std::vector<std::string>{"a"});
  EXPECT_EQ(names(R"({"x":{"id":1,"\u0069d":2}})"), std::vector<std::string>{"id"});
  std::string many = "{";
  for (int i = 0; i < 5'000; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(names(many + "\"k77\":1}"), std::vector<std::string>{"k77"});
  EXPECT_EQ(names(many + "\"k5000\":1}"), std::vector<std::string>{});
}

// All short texts over a telling alphabet, then random longer ones, against the recogniser.
TEST(Json, AcceptsExactlyTheGrammar) {
  const std::string_view alphabet[] = {"{", "}", "[", "]", ",",    ":",    "\"", "a",     "1", "0",
                                       "-", ".", "e", " ", "true", "null", "\\", "\"k\"", "+"};
  constexpr size_t kSymbols = std::size(alphabet);
  std::mt19937 random(11);
  size_t accepted = 0;
  const auto compare = [&](const std::string& text) {
    const bool expected = Recogniser(text).accepts();
    ASSERT_EQ(parse(text)->outcome.has_value(), expected) << text;
    accepted += expected ? 1 : 0;
  };
  for (size_t a = 0; a < kSymbols; ++a) {
    for (size_t b = 0; b < kSymbols; ++b) {
      for (size_t c = 0; c < kSymbols; ++c) {
        compare(std::string(alphabet[a]) + std::string(alphabet[b]) + std::string(alphabet[c]));
      }
    }
  }
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (size_t n = random() % 12; n > 0; --n) text += alphabet[random() % kSymbols];
    compare(text);
  }
  EXPECT_GT(accepted, 500u);
}

}  // namespace entente::json
