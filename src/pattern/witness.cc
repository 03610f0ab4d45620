// Removing must find what adding chose, though the choice depended on what else was there then: it
// looks in every list that the expression may be in. That is slower than adding and never wrong.
//
// Instead of an automaton of literals there is a table of grams: adding to it takes constant time,
// where an automaton is built anew, and the bytes at each position of a value are looked up only if a
// filter has them: a Bloom filter of 2^21 bits with all bits of a key in one word, so that it stays in
// the cache. Grams have eight bytes where literals are that long, which makes them rare. Instead of a radix tree of networks there is a table by length of
// prefix: few lengths are in use on a path, and each costs one look.
#include "pattern/witness.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "pattern/keys.h"
#include "pattern/like.h"
#include "pattern/literals.h"

namespace entente::pattern {
namespace {

constexpr uint32_t kFilterWordsLog2 = 15;
constexpr uint32_t kCountMax = 64;  // lists longer than this are as bad as this
constexpr uint32_t kCostPresence = 1'000'000, kCostRange = 10'000, kCostBoolean = 5'000;

uint8_t lower(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return byte >= 'A' && byte <= 'Z' ? static_cast<uint8_t>(byte + 32) : byte;
}

// How often a character stands in names, paths and addresses, roughly.
uint32_t commonness(uint8_t byte) {
  static constexpr std::string_view kOften = "eatoinsrlc./", kRarely = "jqxz0123456789_=?&%";
  const char c = static_cast<char>(byte);
  if (kOften.find(c) != std::string_view::npos) return 8;
  return kRarely.find(c) != std::string_view::npos || byte >= 0x80 ? 2 : 5;
}

uint32_t gram_bytes(size_t literal_bytes) {
  return literal_bytes >= 8 ? 8U : static_cast<uint32_t>(std::min<size_t>(literal_bytes, 4));
}

uint64_t gram_at(std::string_view text, size_t at, uint32_t bytes) {
  uint64_t out = 0;
  for (uint32_t i = 0; i < bytes; ++i) out = out << 8 | lower(text[at + i]);
  return out;
}

// The word of the filter that a key's bits are in, and the bits. The upper half of a key is for tables.
size_t filter_word(uint64_t key) { return key & ((1U << kFilterWordsLog2) - 1); }
uint64_t filter_mask(uint64_t key) {
  return uint64_t{1} << (key >> 15 & 63) | uint64_t{1} << (key >> 21 & 63) |
         uint64_t{1} << (key >> 27 & 63);
}

Literals literals_of(const Compiled& pattern, const CompiledComparison& comparison) {
  const std::string_view text = pattern.bytes_of(pattern.constants(comparison)[0]);
  return comparison.op == Operator::kLike ? literals_of_like(text) : literals_of_regex(text);
}

// Whether a value is found by hash exactly if it equals the constant.
bool has_key(const CompiledConstant& constant, const CompiledComparison& comparison) {
  switch (constant.kind) {
    case CompiledKind::kBoolean:
    case CompiledKind::kInteger:
    case CompiledKind::kFloat:
      return true;
    case CompiledKind::kText:
      return !comparison.is_octets;
    case CompiledKind::kOctets:
      return comparison.is_octets;
    default:
      return false;
  }
}

double number_of(const CompiledConstant& constant) {
  return constant.kind == CompiledKind::kInteger ? static_cast<double>(constant.integer)
                                                 : constant.number;
}

}  // namespace

WitnessIndex::WitnessIndex() : filter_(size_t{1} << kFilterWordsLog2, 0) {}

WitnessIndex::PathIndex& WitnessIndex::index_of(PathNumber path) {
  if (path >= by_path_.size()) by_path_.resize(path + 1);
  if (by_path_[path] == nullptr) by_path_[path] = std::make_unique<PathIndex>();
  return *by_path_[path];
}

// By what a comparison can be found: that of its form alone, so that adding and removing agree.
WitnessIndex::Way WitnessIndex::way(const Compiled& pattern, const CompiledComparison& comparison) {
  if (comparison.op == Operator::kExists || comparison.is_negated) return Way::kPresence;
  const auto constants = pattern.constants(comparison);
  if (comparison.op == Operator::kEqual || comparison.op == Operator::kIn) {
    Way out = Way::kNever;
    for (const CompiledConstant& constant : constants) {
      if (constant.kind == CompiledKind::kNothing) continue;
      if (!has_key(constant, comparison)) return Way::kPresence;
      out = Way::kKeys;
    }
    return out;
  }
  if (comparison.op == Operator::kLike || comparison.op == Operator::kMatches) {
    if (constants[0].kind == CompiledKind::kNothing) return Way::kNever;
    if (comparison.is_octets) return Way::kPresence;
    return literals_of(pattern, comparison).any_of.empty() ? Way::kPresence : Way::kGrams;
  }
  if (comparison.op == Operator::kIsSubset)
    return parse_network(pattern.bytes_of(constants[0])) ? Way::kNetwork : Way::kNever;
  const bool is_number =
      constants[0].kind == CompiledKind::kInteger || constants[0].kind == CompiledKind::kFloat;
  const bool is_range =
      comparison.op >= Operator::kLess && comparison.op <= Operator::kGreaterOrEqual;
  if (!is_range || !is_number) return Way::kPresence;
  return comparison.op == Operator::kGreater || comparison.op == Operator::kGreaterOrEqual
             ? Way::kAbove
             : Way::kBelow;
}

// How many values and other patterns a comparison would be found with, roughly.
uint32_t WitnessIndex::judge(const Compiled& pattern, const CompiledComparison& comparison) const {
  const auto constants = pattern.constants(comparison);
  uint32_t out = 0;
  switch (way(pattern, comparison)) {
    case Way::kNever:
      return 0;
    case Way::kKeys:
      for (const CompiledConstant& constant : constants) {
        if (constant.kind == CompiledKind::kNothing) continue;
        out +=
            1 + chains_.count(keys::key_of_constant(pattern, constant, comparison.path), kCountMax);
        if (constant.kind == CompiledKind::kBoolean) out += kCostBoolean;
        if (constant.kind == CompiledKind::kInteger) out += 4;
      }
      return out;
    case Way::kGrams:
      for (const std::string& literal : literals_of(pattern, comparison).any_of) {
        static constexpr uint32_t kCostOfLength[] = {0, 2'000, 400, 80, 16, 12, 10, 8, 4};
        out += kCostOfLength[std::min<size_t>(literal.size(), kGramBytesMax)];
      }
      return out;
    case Way::kNetwork: {
      const auto network = parse_network(pattern.bytes_of(constants[0]));
      return 4 + (network->is_v6 ? 128U : 32U) - network->bits;
    }
    case Way::kAbove:
    case Way::kBelow:
      return kCostRange;
    case Way::kPresence:
      break;
  }
  return kCostPresence;
}

// Of AND the cheapest operand is enough, of OR all are needed.
uint32_t WitnessIndex::cost(const Compiled& pattern, uint32_t root) const {
  if ((root & Compiled::kComparisonRoot) != 0)
    return judge(pattern, pattern.comparison(root & ~Compiled::kComparisonRoot));
  const CompiledNode& node = pattern.node(root);
  uint64_t out = node.kind == NodeKind::kAnd ? UINT32_MAX : 0;
  for (uint32_t child = node.first; child != kNone; child = pattern.node(child).next) {
    const uint64_t one = cost(pattern, pattern.node(child).first);
    out = node.kind == NodeKind::kAnd ? std::min(out, one) : out + one;
  }
  return static_cast<uint32_t>(std::min<uint64_t>(out, UINT32_MAX));
}

bool WitnessIndex::add(const Compiled& pattern, uint32_t leaf, ExpressionNumber number) {
  const uint32_t root = pattern.root(leaf);
  const bool is_slow_one = is_slow(pattern, root);
  insert(pattern, root, number);
  return !is_slow_one;
}

// Whether there is no way but presence: of AND for all operands, of OR for one.
bool WitnessIndex::is_slow(const Compiled& pattern, uint32_t root) {
  if ((root & Compiled::kComparisonRoot) != 0)
    return way(pattern, pattern.comparison(root & ~Compiled::kComparisonRoot)) == Way::kPresence;
  const CompiledNode& node = pattern.node(root);
  const bool is_and = node.kind == NodeKind::kAnd;
  for (uint32_t child = node.first; child != kNone; child = pattern.node(child).next) {
    if (is_slow(pattern, pattern.node(child).first) != is_and) return !is_and;
  }
  return is_and;
}

void WitnessIndex::insert(const Compiled& pattern, uint32_t root, ExpressionNumber number) {
  if ((root & Compiled::kComparisonRoot) != 0) {
    insert_comparison(pattern, pattern.comparison(root & ~Compiled::kComparisonRoot), number);
    return;
  }
  const CompiledNode& node = pattern.node(root);
  uint32_t best = kNone, best_cost = UINT32_MAX;
  for (uint32_t child = node.first; child != kNone; child = pattern.node(child).next) {
    const uint32_t inner = pattern.node(child).first;
    if (node.kind == NodeKind::kOr) {
      insert(pattern, inner, number);
      continue;
    }
    const uint32_t one = cost(pattern, inner);
    if (best == kNone || one < best_cost) {
      best = inner;
      best_cost = one;
    }
  }
  if (best != kNone) insert(pattern, best, number);
}

// The gram of a literal that few values will have: one that few patterns have taken, of characters that
// are rare in names and addresses.
uint64_t WitnessIndex::best_gram(PathNumber path, std::string_view literal, uint32_t* bytes) const {
  *bytes = gram_bytes(literal.size());
  uint64_t best = 0;
  uint32_t best_rank = UINT32_MAX;
  for (size_t at = 0; at + *bytes <= literal.size(); ++at) {
    uint32_t rank = 0;
    for (uint32_t i = 0; i < *bytes; ++i) rank += commonness(lower(literal[at + i]));
    if (rank >= best_rank) continue;
    const uint64_t key = keys::key_of_gram(path, gram_at(literal, at, *bytes), *bytes);
    rank += 4 * chains_.count(key, kCountMax);
    if (rank >= best_rank) continue;
    best = key;
    best_rank = rank;
  }
  return best;
}

// Calls `use` with the key of each constant. Long lists wait for memory together, not for each key by itself.
template <class Use>
void WitnessIndex::for_keys(const Compiled& pattern, const CompiledComparison& comparison,
                            Use use) const {
  constexpr size_t kAhead = 16;
  const auto constants = pattern.constants(comparison);
  std::array<uint64_t, kAhead> keys{};
  for (size_t from = 0; from < constants.size(); from += kAhead) {
    size_t count = 0;
    for (const CompiledConstant& constant :
         constants.subspan(from, std::min(kAhead, constants.size() - from))) {
      if (constant.kind == CompiledKind::kNothing) continue;
      keys[count] = keys::key_of_constant(pattern, constant, comparison.path);
      if (constants.size() > 1) chains_.prefetch(keys[count]);
      ++count;
    }
    for (size_t i = 0; i < count; ++i) use(keys[i]);
  }
}

void WitnessIndex::insert_comparison(const Compiled& pattern, const CompiledComparison& comparison,
                                     ExpressionNumber number) {
  const auto constants = pattern.constants(comparison);
  PathIndex& index = index_of(comparison.path);
  switch (way(pattern, comparison)) {
    case Way::kNever:
      return;
    case Way::kKeys:
      for_keys(pattern, comparison, [&](uint64_t key) { chains_.add(key, number); });
      return;
    case Way::kNetwork: {
      const auto network = parse_network(pattern.bytes_of(constants[0]));
      const uint64_t key = keys::key_of_network(comparison.path, *network, network->bits);
      chains_.add(key, number);
      filter_[filter_word(key)] |= filter_mask(key);
      ++(network->is_v6 ? index.v6[network->bits] : index.v4[network->bits]);
      ++index.networks;
      return;
    }
    case Way::kGrams:
      for (const std::string& literal : literals_of(pattern, comparison).any_of) {
        uint32_t bytes = 0;
        const uint64_t key = best_gram(comparison.path, literal, &bytes);
        chains_.add(key, number);
        filter_[filter_word(key)] |= filter_mask(key);
        ++index.grams[bytes];
        ++index.literals;
      }
      return;
    case Way::kAbove:
      index.above.emplace(number_of(constants[0]), number);
      return;
    case Way::kBelow:
      index.below.emplace(number_of(constants[0]), number);
      return;
    case Way::kPresence: {
      const bool is_absence = comparison.op == Operator::kExists && comparison.is_negated;
      PathIndex& own = is_absence ? index_of(static_cast<PathNumber>(constants[0].integer)) : index;
      chains_.add_to(&own.present, number);
      return;
    }
  }
}

bool WitnessIndex::remove(const Compiled& pattern, uint32_t leaf, ExpressionNumber number) {
  erase(pattern, pattern.root(leaf), number);
  return !is_slow(pattern, pattern.root(leaf));
}

void WitnessIndex::erase(const Compiled& pattern, uint32_t root, ExpressionNumber number) {
  if ((root & Compiled::kComparisonRoot) != 0) {
    erase_comparison(pattern, pattern.comparison(root & ~Compiled::kComparisonRoot), number);
    return;
  }
  for (uint32_t child = pattern.node(root).first; child != kNone; child = pattern.node(child).next)
    erase(pattern, pattern.node(child).first, number);
}

void WitnessIndex::erase_comparison(const Compiled& pattern, const CompiledComparison& comparison,
                                    ExpressionNumber number) {
  const auto constants = pattern.constants(comparison);
  PathIndex& index = index_of(comparison.path);
  const auto erase_from = [&](std::multimap<double, ExpressionNumber>* map) {
    const auto [begin, end] = map->equal_range(number_of(constants[0]));
    for (auto at = begin; at != end; ++at) {
      if (at->second != number) continue;
      map->erase(at);
      return;
    }
  };
  switch (way(pattern, comparison)) {
    case Way::kNever:
      return;
    case Way::kKeys:
      for_keys(pattern, comparison, [&](uint64_t key) { chains_.remove(key, number); });
      return;
    case Way::kNetwork: {
      const auto network = parse_network(pattern.bytes_of(constants[0]));
      if (!chains_.remove(keys::key_of_network(comparison.path, *network, network->bits), number))
        return;
      --(network->is_v6 ? index.v6[network->bits] : index.v4[network->bits]);
      --index.networks;
      return;
    }
    case Way::kGrams:
      for (const std::string& literal : literals_of(pattern, comparison).any_of) {
        const uint32_t bytes = gram_bytes(literal.size());
        for (size_t at = 0; at + bytes <= literal.size(); ++at) {
          const uint64_t key =
              keys::key_of_gram(comparison.path, gram_at(literal, at, bytes), bytes);
          if (!chains_.remove(key, number)) continue;
          --index.grams[bytes];
          --index.literals;
          break;
        }
      }
      return;
    case Way::kAbove:
      erase_from(&index.above);
      return;
    case Way::kBelow:
      erase_from(&index.below);
      return;
    case Way::kPresence: {
      const bool is_absence = comparison.op == Operator::kExists && comparison.is_negated;
      PathIndex& own = is_absence ? index_of(static_cast<PathNumber>(constants[0].integer)) : index;
      chains_.remove_from(&own.present, number);
      return;
    }
  }
}

bool WitnessIndex::passes(uint64_t key) const {
  const uint64_t wanted = filter_mask(key);
  return (filter_[filter_word(key)] & wanted) == wanted;
}

void WitnessIndex::collect(uint64_t key, std::vector<ExpressionNumber>* out) const {
  for (uint32_t at = chains_.first(key); at != Chains::kEnd; at = chains_.next(at))
    out->push_back(chains_.number(at));
}

void WitnessIndex::look_up_networks(const FlatValue& value, const PathIndex& index,
                                    std::vector<ExpressionNumber>* out) const {
  const auto network = parse_network(value.text);
  if (!network) return;
  for (uint32_t bits = 0; bits <= network->bits; ++bits) {
    if ((network->is_v6 ? index.v6[bits] : index.v4[bits]) == 0) continue;
    const uint64_t key = keys::key_of_network(value.path, *network, bits);
    if (passes(key)) collect(key, out);
  }
}

void WitnessIndex::scan(const FlatValue& value, const PathIndex& index,
                        std::vector<ExpressionNumber>* out) const {
  if (index.literals == 0) return;
  thread_local std::string normalized;
  const std::string_view text = to_nfc(value.text, &normalized);
  for (const uint32_t bytes : {1U, 2U, 3U, 4U, 8U}) {
    if (index.grams[bytes] == 0 || text.size() < bytes) continue;
    const uint64_t mask = bytes == 8 ? UINT64_MAX : (uint64_t{1} << bytes * 8) - 1;
    uint64_t gram = 0;
    for (size_t at = 0; at < text.size(); ++at) {
      gram = (gram << 8 | lower(text[at])) & mask;
      if (at + 1 < bytes) continue;
      const uint64_t key = keys::key_of_gram(value.path, gram, bytes);
      if (passes(key)) collect(key, out);
    }
  }
}

void WitnessIndex::candidates(const std::vector<FlatValue>& values,
                              std::vector<ExpressionNumber>* out) const {
  constexpr size_t kAhead = 16;  // keys that are fetched before they are needed
  std::array<uint64_t, kAhead> keys{};
  PathNumber last = kNone;
  for (size_t from = 0; from < values.size(); from += kAhead) {
    const size_t count = std::min(kAhead, values.size() - from);
    for (size_t i = 0; i < count; ++i) {
      keys[i] = keys::key_of_value(values[from + i]);
      chains_.prefetch(keys[i]);
    }
    for (size_t i = 0; i < count; ++i) {
      const FlatValue& value = values[from + i];
      if (value.path >= by_path_.size() || by_path_[value.path] == nullptr) continue;
      const PathIndex& index = *by_path_[value.path];
      if (value.path != last) {
        for (uint32_t at = index.present; at != Chains::kEnd; at = chains_.next(at))
          out->push_back(chains_.number(at));
        last = value.path;
      }
      if (value.kind == ValueKind::kOther || value.kind == ValueKind::kUndecodable) continue;
      collect(keys[i], out);
      if (value.kind == ValueKind::kText) {
        scan(value, index, out);
        if (index.networks > 0) look_up_networks(value, index, out);
      } else if (value.kind == ValueKind::kInteger || value.kind == ValueKind::kFloat) {
        const double number =
            value.kind == ValueKind::kInteger ? static_cast<double>(value.integer) : value.number;
        // The bounds themselves too: a large integer may have been rounded to one.
        for (auto at = index.above.begin(); at != index.above.end() && at->first <= number; ++at)
          out->push_back(at->second);
        for (auto at = index.below.lower_bound(number); at != index.below.end(); ++at)
          out->push_back(at->second);
      }
    }
  }
}

size_t WitnessIndex::memory_bytes() const {
  size_t out = chains_.memory_bytes() + filter_.size() * 8;
  for (const auto& index : by_path_) {
    if (index != nullptr)
      out += sizeof(PathIndex) + (index->above.size() + index->below.size()) * 48;
  }
  return out;
}

}  // namespace entente::pattern
