// Random objects, random selectors, against a naive oracle with a tree of its own: it marks what
// goes, takes out what is left empty, writes each selector anew from where its target now stands,
// and prints what is left with the spacing that the sender gave each piece. Bytes must be equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "json/json.h"
#include "release/redaction.h"

namespace entente::release {
namespace {

struct Item;
using Items = std::vector<std::unique_ptr<Item>>;

// A value and how it is written. Of a member also its name.
struct Item {
  char kind = 's';     // 's'calar, 'o'bject, 'l'ist, or 'r' for a selector, written from its target
  std::string scalar;  // as written
  std::string name;    // what the name means
  std::string key;     // how it is written, without quotes
  std::string before, after, colon;  // spacing around the child and around its colon
  std::string empty;                 // within an empty container
  Items items;
  Item* target = nullptr;
  bool is_addressable = true;
  bool is_gone = false;
  bool is_list_of_selectors = false;
};

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  size_t below(size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random_); }
  bool one_in(size_t n) { return below(n) == 0; }

  // An object with an id, some content and granular markings of `parts` kinds.
  std::unique_ptr<Item> object(size_t parts) {
    dense_ = one_in(3);
    auto root = content(0);
    root->kind = 'o';
    while (root->items.empty()) add_member(*root, content(1));
    insert(*root, scalar_member("type", "\"x-thing\""));
    insert(*root, scalar_member("id", "\"x-thing--1\""));
    Items markings;
    for (size_t part = 0; part < parts; ++part) {
      for (size_t n = below(2) + 1; n > 0; --n) markings.push_back(marking(*root, part));
    }
    if (one_in(2)) markings.push_back(marking(*root, SIZE_MAX));
    auto list = std::make_unique<Item>();
    list->kind = 'l';
    list->items = std::move(markings);
    name(*list, "granular_markings");
    std::shuffle(list->items.begin(), list->items.end(), random_);
    insert(*root, std::move(list));
    return root;
  }

 private:
  std::string spacing() {
    static constexpr std::string_view kSpacings[] = {"", "", "", " ", "  ", "\n  ", "\t", "\r\n"};
    return dense_ ? "" : std::string(kSpacings[below(std::size(kSpacings))]);
  }
  std::unique_ptr<Item> spaced(std::unique_ptr<Item> item) {
    item->before = spacing();
    item->after = spacing();
    item->colon = spacing() + ":" + spacing();
    item->empty = spacing();
    return item;
  }
  void name(Item& item, std::string_view text) {
    item.name = text;
    item.key = text;
    spaced_name(item);
  }
  void spaced_name(Item& item) {
    item.before = spacing();
    item.after = spacing();
    item.colon = spacing() + ":" + spacing();
  }
  std::unique_ptr<Item> scalar_member(std::string_view text, std::string_view value) {
    auto item = std::make_unique<Item>();
    item->scalar = value;
    name(*item, text);
    return item;
  }
  void insert(Item& root, std::unique_ptr<Item> item) {
    const auto at = static_cast<std::ptrdiff_t>(below(root.items.size() + 1));
    root.items.insert(root.items.begin() + at, std::move(item));
  }
  void add_member(Item& object, std::unique_ptr<Item> item) {
    static constexpr struct {
      std::string_view name, key;
      bool is_addressable;
    } kNames[] = {{"a", "a", true},
                  {"a", "\\u0061", true},
                  {"labels", "labels", true},
                  {"SHA-256", "SHA-256", true},
                  {"x y", "x y", true},
                  {"é", "\\u00e9", true},
                  {"日本", "日本", true},
                  {"/~", "\\/~", true},
                  {"id", "id", true},
                  {"0]", "0]", true},
                  {"a.b", "a.b", false},
                  {"[0]", "[0]", false},
                  {"", "", false},
                  {"\"", "\\\"", false}};
    const auto& chosen = kNames[below(std::size(kNames))];
    for (const auto& other : object.items) {
      if (other->name == chosen.name) return;  // no repeated names: no accepted object has them
    }
    item->name = chosen.name;
    item->key = chosen.key;
    item->is_addressable = chosen.is_addressable;
    object.items.push_back(std::move(item));
  }
  std::unique_ptr<Item> content(size_t depth) {
    static constexpr std::string_view kScalars[] = {"1",
                                                    "-0.50e3",
                                                    "true",
                                                    "null",
                                                    "\"\"",
                                                    "\"text\"",
                                                    "\"\\u0041,]}\\\"\"",
                                                    "\"granular\"",
                                                    "123456789012345678901234567890"};
    auto item = std::make_unique<Item>();
    item->scalar = kScalars[below(std::size(kScalars))];
    if (depth < 5 && (depth == 0 || one_in(2))) {
      item->kind = depth == 0 || one_in(2) ? 'o' : 'l';
      const size_t count = one_in(12) ? 0 : one_in(20) ? 14 : below(5) + 1;
      for (size_t i = 0; i < count; ++i) {
        if (item->kind == 'o') {
          add_member(*item, content(depth + 1));
        } else {
          item->items.push_back(content(depth + 1));
        }
      }
    }
    return spaced(std::move(item));
  }
  // Something below the root that a selector can name; never the root's id or type.
  Item* somewhere(Item& root) {
    while (true) {
      Item* at = &root;
      do {
        Item* next = at->items[below(at->items.size())].get();
        const bool is_protected = at == &root && (next->name == "id" || next->name == "type");
        if (!next->is_addressable || is_protected) {
          at = nullptr;
          break;
        }
        at = next;
      } while (!at->items.empty() && !one_in(3));
      if (at != nullptr) return at;
      if (++tries_ > 200) return nullptr;
    }
  }
  std::unique_ptr<Item> marking(Item& root, size_t part) {
    auto entry = std::make_unique<Item>();
    entry->kind = 'o';
    const std::string reference =
        part == SIZE_MAX ? "\"fr\"" : "\"part-" + std::to_string(part) + "\"";
    entry->items.push_back(scalar_member(part == SIZE_MAX ? "lang" : "marking_ref", reference));
    auto list = std::make_unique<Item>();
    list->kind = 'l';
    list->is_list_of_selectors = true;
    name(*list, "selectors");
    for (size_t n = below(4) + 1; n > 0; --n) {
      auto selector = std::make_unique<Item>();
      selector->kind = 'r';
      selector->target = somewhere(root);
      if (selector->target == nullptr) break;
      list->items.push_back(spaced(std::move(selector)));
    }
    insert(*entry, std::move(list));
    return spaced(std::move(entry));
  }

  std::mt19937 random_;
  bool dense_ = false;
  size_t tries_ = 0;
};

// The oracle.
bool path_to(const Item& at, const Item* target, std::string* path) {
  size_t index = 0;
  for (const auto& item : at.items) {
    if (item->is_gone) continue;
    const size_t size = path->size();
    if (!path->empty()) path->push_back('.');
    *path += at.kind == 'l' ? "[" + std::to_string(index) + "]" : item->name;
    if (item.get() == target || path_to(*item, target, path)) return true;
    path->resize(size);
    ++index;
  }
  return false;
}

std::string path_of(const Item& root, const Item* target) {
  std::string path;
  return path_to(root, target, &path) ? path : "";
}

// Takes out what only holds what is gone.
bool wither(Item& item) {
  if (item.items.empty()) return item.is_gone;
  bool is_empty = true;
  for (const auto& child : item.items) is_empty &= wither(*child);
  item.is_gone |= is_empty;
  return item.is_gone;
}

void for_each_marking(Item& root, const std::function<void(Item&, Item&)>& use) {
  for (const auto& member : root.items) {
    if (member->name != "granular_markings") continue;
    for (const auto& entry : member->items) {
      for (const auto& part : entry->items) {
        if (part->is_list_of_selectors) use(*entry, *part);
      }
    }
  }
}

void print(const Item& root, const Item& item, std::string* out) {
  if (item.kind == 's') {
    *out += item.scalar;
    return;
  }
  if (item.kind == 'r') {
    *out += "\"" + path_of(root, item.target) + "\"";
    return;
  }
  *out += item.kind == 'o' ? "{" : "[";
  bool is_first = true;
  for (size_t i = 0; i < item.items.size(); ++i) {
    const Item& child = *item.items[i];
    if (child.is_gone) continue;
    // A comma that stays is the one before what stays; the brackets keep the spacing next to them.
    if (is_first) {
      *out += item.items.front()->before;
    } else {
      *out += item.items[i - 1]->after + "," + child.before;
    }
    is_first = false;
    if (item.kind == 'o') *out += "\"" + child.key + "\"" + child.colon;
    print(root, child, out);
  }
  *out += item.items.empty() ? item.empty : item.items.back()->after;
  *out += item.kind == 'o' ? "}" : "]";
}

std::string print(const Item& root) {
  std::string out;
  print(root, root, &out);
  return out;
}

void revive(Item& item) {
  item.is_gone = false;
  for (const auto& child : item.items) revive(*child);
}

// The targets that the markings of these parts select.
std::vector<Item*> targets_of(Item& root, uint32_t mask) {
  std::vector<Item*> targets;
  for_each_marking(root, [&](Item& entry, Item& list) {
    for (const auto& member : entry.items) {
      if (member->name != "marking_ref") continue;
      const size_t part = static_cast<size_t>(member->scalar[6] - '0');
      if ((mask >> part & 1) == 0) continue;
      for (const auto& selector : list.items) targets.push_back(selector->target);
    }
  });
  return targets;
}

std::string oracle(Item& root, uint32_t mask) {
  revive(root);
  for (Item* target : targets_of(root, mask)) target->is_gone = true;
  for (const auto& member : root.items) {
    if (member->name != "granular_markings") wither(*member);
  }
  for_each_marking(root, [&](Item& entry, Item& list) {
    bool is_empty = true;
    for (const auto& selector : list.items) {
      selector->is_gone = path_of(root, selector->target).empty();
      is_empty &= selector->is_gone;
    }
    entry.is_gone = is_empty;
  });
  for (const auto& member : root.items) {
    if (member->name == "granular_markings") wither(*member);
  }
  std::string out = print(root);
  revive(root);
  return out;
}

struct Parsed {
  explicit Parsed(std::string_view bytes) : text(json::padded(bytes)) {
    json::Parser parser;
    ok = parser.parse(text, &document).has_value();
  }
  std::string text;
  json::Document document;
  bool ok = false;
};

// The selectors of these parts, as a document's own markings have them.
std::vector<std::string> selectors_in(const json::Document& document, uint32_t mask) {
  std::vector<std::string> out;
  const auto list = document.root().find("granular_markings");
  if (!list) return out;
  for (const json::Value entry : list->elements()) {
    const auto reference = entry.find("marking_ref");
    if (!reference || (mask >> (reference->text()[5] - '0') & 1) == 0) continue;
    for (const json::Value selector : entry.find("selectors")->elements())
      out.push_back(selector.text());
  }
  return out;
}

// The edition of a text without the parts, or "none".
std::string edition(const std::string& text, uint32_t mask) {
  const Parsed parsed(text);
  if (!parsed.ok) return "not JSON";
  const std::vector<std::string> selectors = selectors_in(parsed.document, mask);
  const auto edits = cut(parsed.document.root(),
                         std::vector<std::string_view>(selectors.begin(), selectors.end()));
  return edits ? edits->apply(text) : "none";
}

bool is_usable(Item& root) {
  bool usable = true;
  for_each_marking(root, [&](Item&, Item& list) { usable &= !list.items.empty(); });
  return usable;
}

constexpr uint32_t kCases = 3'000;

TEST(RedactionProperty, EqualsTheOracleInEveryByte) {
  uint32_t compared = 0;
  uint32_t cut_in_fact = 0;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    Generator generator(seed);
    const size_t parts = generator.below(4) + 1;
    const auto root = generator.object(parts);
    if (!is_usable(*root)) continue;
    const std::string text = print(*root);
    for (uint32_t mask = 0; mask < 1u << parts; ++mask) {
      const std::string expected = oracle(*root, mask);
      ASSERT_EQ(edition(text, mask), expected) << "seed " << seed << " mask " << mask << "\n"
                                               << text;
      ++compared;
      cut_in_fact += expected != text;
    }
  }
  // Most seeds give a usable object, and most masks cut something.
  EXPECT_GT(compared, 5 * kCases);
  EXPECT_GT(cut_in_fact, compared / 2);
}

// What one reader gets of what another was given is what it would have got from the whole: so an
// edition that is passed on tells nothing of how it was made.
TEST(RedactionProperty, CutsInAnyOrder) {
  uint32_t compared = 0;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    Generator generator(seed + 1'000'000);
    const auto root = generator.object(3);
    if (!is_usable(*root)) continue;
    const std::string text = print(*root);
    for (uint32_t first = 1; first < 8; ++first) {
      const uint32_t second = static_cast<uint32_t>(generator.below(8));
      const std::string both = edition(text, first | second);
      ASSERT_EQ(edition(edition(text, first), second), both)
          << "seed " << seed << " " << first << " then " << second << "\n"
          << text;
      ++compared;
    }
  }
  EXPECT_GT(compared, 5 * kCases);
}

// The twin: an object that never had what is cut, printed by the oracle from a tree without it, has
// nothing left to cut and the same bytes.
TEST(RedactionProperty, LeavesNothingOfAPart) {
  for (uint32_t seed = 0; seed < kCases / 4; ++seed) {
    Generator generator(seed + 2'000'000);
    const auto root = generator.object(2);
    if (!is_usable(*root)) continue;
    const std::string left = edition(print(*root), 0b01);
    const Parsed parsed(left);
    ASSERT_TRUE(parsed.ok) << left;
    EXPECT_EQ(left.find("part-0"), left.npos) << left;
    EXPECT_TRUE(selectors_in(parsed.document, 0b01).empty());
    for (const std::string& selector : selectors_in(parsed.document, 0b10)) {
      EXPECT_TRUE(cut(parsed.document.root(), std::vector<std::string_view>{selector})) << selector;
    }
  }
}

}  // namespace
}  // namespace entente::release
