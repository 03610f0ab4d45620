// The grammar, by recursive descent. Chains of one operator are loops that link siblings, so that
// only parentheses recurse, and those have a limit: the longest real patterns are ORs of a thousand
// comparisons.
//
// Precedence [stix21 9.5.3]: AND before OR, in brackets and outside; FOLLOWEDBY last. A qualifier
// belongs to the observation expression just before it.
#include <algorithm>

#include "json/escape.h"
#include "pattern/cursor.h"
#include "pattern/like.h"
#include "pattern/limits.h"

namespace entente::pattern {
namespace {

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options, Pattern* out)
      : cursor_(text), options_(options), out_(*out) {}

  bool run() {
    cursor_.skip();
    out_.root = observations();
    if (out_.root == kNone) return false;
    cursor_.skip();
    if (!cursor_.has_failed() && cursor_.at_end()) return true;
    return cursor_.fail("AND, OR, FOLLOWEDBY, a qualifier or the end of the pattern");
  }
  ParseError error() const { return cursor_.error(); }

 private:
  uint32_t add(NodeKind kind, uint32_t first) {
    Node node;
    node.kind = kind;
    node.first = first;
    out_.nodes.push_back(node);
    return static_cast<uint32_t>(out_.nodes.size() - 1);
  }

  uint32_t none(std::string_view expected) {
    cursor_.fail(expected);
    return kNone;
  }

  // A row of operands under one operator; of one operand alone, the operand itself.
  struct Row {
    uint32_t first = kNone, last = kNone;
    bool is_single = true;
  };

  // Appends an operand. One of the row's own kind, which stood in parentheses, gives its operands.
  void append(Row* row, uint32_t operand, NodeKind kind) {
    uint32_t first = operand, last = operand;
    if (out_.nodes[operand].kind == kind) {
      first = last = out_.nodes[operand].first;
      while (out_.nodes[last].next != kNone) last = out_.nodes[last].next;
      row->is_single = false;
    }
    if (row->first == kNone) {
      row->first = first;
    } else {
      out_.nodes[row->last].next = first;
      row->is_single = false;
    }
    row->last = last;
  }

  template <size_t N, class Operand>
  uint32_t row_of(const char (&word)[N], NodeKind kind, Operand operand) {
    const uint32_t first = operand();
    if (first == kNone) return kNone;
    cursor_.skip();
    if (!cursor_.keyword(word)) return first;
    Row row;
    append(&row, first, kind);
    do {
      cursor_.skip();
      const uint32_t next = operand();
      if (next == kNone) return kNone;
      append(&row, next, kind);
      cursor_.skip();
    } while (cursor_.keyword(word));
    return add(kind, row.first);
  }

  uint32_t observations() {
    return row_of("FOLLOWEDBY", NodeKind::kFollowedBy, [this] {
      return row_of("OR", NodeKind::kAnyOf, [this] {
        return row_of("AND", NodeKind::kEveryOf, [this] { return observation(); });
      });
    });
  }

  bool enter() {
    if (++depth_ <= limits::kDepthMax) return true;
    return cursor_.fail_at(cursor_.offset(), "more than " + std::to_string(limits::kDepthMax) +
                                                 " parentheses within each other");
  }

  uint32_t observation() {
    uint32_t node = kNone;
    if (cursor_.take('[')) {
      cursor_.skip();
      const uint32_t test = tests();
      if (test == kNone) return kNone;
      cursor_.skip();
      if (!cursor_.take(']')) return none("AND, OR or ]");
      if (!agree_on_types(test)) return kNone;
      node = add(NodeKind::kObservation, test);
    } else if (cursor_.peek() == '(') {
      if (!enter()) return kNone;
      cursor_.take('(');
      cursor_.skip();
      node = observations();
      if (node == kNone) return kNone;
      cursor_.skip();
      if (!cursor_.take(')')) return none("AND, OR, FOLLOWEDBY, a qualifier or )");
      --depth_;
    } else {
      return none("[ or (");
    }
    return qualified(node);
  }

  // The qualifiers behind an observation expression, at most one of each type [stix21 9.5.1].
  uint32_t qualified(uint32_t node) {
    bool seen[3] = {};
    for (;;) {
      cursor_.skip();
      const uint32_t from = cursor_.offset();
      Node made;
      made.first = node;
      if (cursor_.keyword("REPEATS")) {
        made.kind = NodeKind::kRepeats;
        cursor_.skip();
        if (!cursor_.count(limits::kRepeatsMax, &made.quantity, "a positive whole number"))
          return kNone;
        cursor_.skip();
        if (!cursor_.keyword("TIMES")) return none("TIMES");
      } else if (cursor_.keyword("WITHIN")) {
        made.kind = NodeKind::kWithin;
        cursor_.skip();
        if (!cursor_.seconds(&made.text, &made.quantity)) return kNone;
        cursor_.skip();
        if (!cursor_.keyword("SECONDS")) return none("SECONDS");
      } else if (cursor_.keyword("START")) {
        made.kind = NodeKind::kStartStop;
        cursor_.skip();
        if (!cursor_.timestamp(&made.text, options_.allow_stix20)) return kNone;
        cursor_.skip();
        if (!cursor_.keyword("STOP")) return none("STOP");
        cursor_.skip();
        if (!cursor_.timestamp(&made.stop, options_.allow_stix20)) return kNone;
      } else {
        return node;
      }
      bool& is_seen =
          seen[static_cast<size_t>(made.kind) - static_cast<size_t>(NodeKind::kRepeats)];
      if (is_seen) {
        cursor_.fail_at(from, "a second qualifier of the same type");
        return kNone;
      }
      is_seen = true;
      out_.nodes.push_back(made);
      node = static_cast<uint32_t>(out_.nodes.size() - 1);
    }
  }

  uint32_t tests() {
    return row_of("OR", NodeKind::kOr,
                  [this] { return row_of("AND", NodeKind::kAnd, [this] { return test(); }); });
  }

  uint32_t test() {
    if (cursor_.peek() != '(') return comparison();
    if (!enter()) return kNone;
    cursor_.take('(');
    cursor_.skip();
    const uint32_t node = tests();
    if (node == kNone) return kNone;
    cursor_.skip();
    if (!cursor_.take(')')) return none("AND, OR or )");
    --depth_;
    return node;
  }

  uint32_t comparison() {
    if (out_.comparisons.size() >= limits::kComparisonsMax) {
      cursor_.fail_at(cursor_.offset(),
                      "more than " + std::to_string(limits::kComparisonsMax) + " comparisons");
      return kNone;
    }
    Comparison made;
    made.is_negated = cursor_.keyword("NOT");
    if (made.is_negated) cursor_.skip();
    if (cursor_.keyword("EXISTS")) {
      cursor_.skip();
      made.op = Operator::kExists;
      if (!path(&made)) return kNone;
    } else if (made.is_negated) {
      return none("EXISTS");
    } else {
      if (!path(&made)) return kNone;
      cursor_.skip();
      made.is_negated = cursor_.keyword("NOT");
      if (made.is_negated) cursor_.skip();
      if (!operation(&made)) return kNone;
    }
    out_.comparisons.push_back(made);
    return add(NodeKind::kComparison, static_cast<uint32_t>(out_.comparisons.size() - 1));
  }

  // [stix21 9.7]
  bool path(Comparison* made) {
    if (!cursor_.type_name(&made->type)) return false;
    cursor_.skip();
    if (!cursor_.take(':')) return cursor_.fail("a colon after the object type");
    cursor_.skip();
    made->steps_begin = static_cast<uint32_t>(out_.steps.size());
    if (!name_step()) return false;
    for (;;) {
      made->path_end = cursor_.offset();
      cursor_.skip();
      if (cursor_.take('.')) {
        cursor_.skip();
        if (!name_step()) return false;
      } else if (cursor_.take('[')) {
        cursor_.skip();
        Step step;
        step.kind = cursor_.take('*') ? StepKind::kAny : StepKind::kIndex;
        if (step.kind == StepKind::kIndex && !cursor_.index(&step.index)) return false;
        cursor_.skip();
        if (!cursor_.take(']')) return cursor_.fail("]");
        out_.steps.push_back(step);
      } else {
        break;
      }
      if (out_.steps.size() - made->steps_begin > limits::kStepsMax) {
        return cursor_.fail_at(cursor_.offset(), "a path of more than " +
                                                     std::to_string(limits::kStepsMax) + " steps");
      }
    }
    made->steps_count = static_cast<uint32_t>(out_.steps.size()) - made->steps_begin;
    return true;
  }

  bool name_step() {
    Step step;
    const bool is_read = cursor_.peek() == '\'' ? cursor_.quoted(&step.name, &step.is_escaped)
                                                : cursor_.plain_name(&step.name);
    if (is_read) out_.steps.push_back(step);
    return is_read;
  }

  bool read_operator(Operator* op) {
    switch (cursor_.peek()) {
      case '=':
        cursor_.advance(cursor_.peek(1) == '=' ? 2 : 1);
        *op = Operator::kEqual;
        return true;
      case '!':
        if (cursor_.peek(1) != '=') break;
        cursor_.advance(2);
        *op = Operator::kNotEqual;
        return true;
      case '<':
      case '>': {
        const bool is_less = cursor_.peek() == '<';
        const char next = cursor_.peek(1);
        if (is_less && next == '>') {
          *op = Operator::kNotEqual;
        } else if (next == '=') {
          *op = is_less ? Operator::kLessOrEqual : Operator::kGreaterOrEqual;
        } else {
          *op = is_less ? Operator::kLess : Operator::kGreater;
        }
        cursor_.advance(next == '=' || (is_less && next == '>') ? 2 : 1);
        return true;
      }
      default:
        break;
    }
    const bool is_word = cursor_.keyword("IN")           ? (*op = Operator::kIn, true)
                         : cursor_.keyword("LIKE")       ? (*op = Operator::kLike, true)
                         : cursor_.keyword("MATCHES")    ? (*op = Operator::kMatches, true)
                         : cursor_.keyword("ISSUBSET")   ? (*op = Operator::kIsSubset, true)
                         : cursor_.keyword("ISSUPERSET") ? (*op = Operator::kIsSuperset, true)
                                                         : false;
    return is_word || cursor_.fail("a comparison operator");
  }

  bool operation(Comparison* made) {
    if (!read_operator(&made->op)) return false;
    cursor_.skip();
    made->constants_begin = static_cast<uint32_t>(out_.constants.size());
    made->constants_count = 1;
    if (made->op == Operator::kIn) return list(made);
    if (made->op >= Operator::kLike && cursor_.peek() != '\'')
      return cursor_.fail("a string in apostrophes");
    const uint32_t from = cursor_.offset();
    Constant constant;
    if (!cursor_.constant(&constant)) return false;
    const bool is_order = made->op >= Operator::kLess && made->op <= Operator::kGreaterOrEqual;
    if (is_order && constant.kind == ConstantKind::kBoolean)
      return cursor_.fail_at(from, "true and false have no order");
    out_.constants.push_back(constant);
    return true;
  }

  static bool alike(ConstantKind a, ConstantKind b) {
    const auto family = [](ConstantKind kind) {
      if (kind == ConstantKind::kFloat) return ConstantKind::kInteger;
      return kind == ConstantKind::kHex ? ConstantKind::kBinary : kind;
    };
    return family(a) == family(b);
  }

  // IN's list: constants of one type. [stix21 9.6.1]
  bool list(Comparison* made) {
    if (!cursor_.take('(')) return cursor_.fail("( after IN");
    cursor_.skip();
    made->constants_count = 0;
    if (cursor_.take(')')) return true;
    do {
      cursor_.skip();
      const uint32_t from = cursor_.offset();
      Constant constant;
      if (!cursor_.constant(&constant)) return false;
      if (made->constants_count > 0 &&
          !alike(constant.kind, out_.constants[made->constants_begin].kind))
        return cursor_.fail_at(from, "a list holds constants of one type");
      if (out_.constants.size() >= limits::kConstantsMax) {
        return cursor_.fail_at(from,
                               "more than " + std::to_string(limits::kConstantsMax) + " constants");
      }
      out_.constants.push_back(constant);
      ++made->constants_count;
      cursor_.skip();
    } while (cursor_.take(','));
    return cursor_.take(')') || cursor_.fail(", or )");
  }

  // All operands of AND must be satisfiable by one object, so by one type. [stix21 9.5]
  bool agree_on_types(uint32_t test) {
    const size_t count = out_.comparisons.size() - comparisons_checked_;
    const std::string_view first = out_.slice(out_.comparisons[comparisons_checked_].type);
    bool is_one = true;
    for (size_t i = 1; i < count && is_one; ++i)
      is_one = out_.slice(out_.comparisons[comparisons_checked_ + i].type) == first;
    comparisons_checked_ = out_.comparisons.size();
    if (is_one || !types_of(test).empty()) return true;
    return cursor_.has_failed() ||
           cursor_.fail_at(out_.comparisons[comparisons_checked_ - count].type.begin,
                           "no object is of all the types that AND joins here");
  }

  // The types that an object may have to satisfy a test, sorted. Recursion follows parentheses.
  std::vector<std::string_view> types_of(uint32_t index) {
    const Node& node = out_.nodes[index];
    std::vector<std::string_view> types;
    if (node.kind == NodeKind::kComparison) {
      types.push_back(out_.slice(out_.comparisons[node.first].type));
      return types;
    }
    for (uint32_t child = node.first; child != kNone; child = out_.nodes[child].next) {
      const std::vector<std::string_view> more = types_of(child);
      if (more.empty()) return more;
      std::vector<std::string_view> joined;
      if (child == node.first) {
        joined = more;
      } else if (node.kind == NodeKind::kAnd) {
        std::set_intersection(types.begin(), types.end(), more.begin(), more.end(),
                              std::back_inserter(joined));
        if (joined.empty()) return joined;
      } else {
        std::set_union(types.begin(), types.end(), more.begin(), more.end(),
                       std::back_inserter(joined));
      }
      types = std::move(joined);
    }
    return types;
  }

  Cursor cursor_;
  const ParseOptions& options_;
  Pattern& out_;
  uint32_t depth_ = 0;
  size_t comparisons_checked_ = 0;
};

}  // namespace

std::expected<void, ParseError> parse(std::string_view text, const ParseOptions& options,
                                      Pattern* pattern) {
  pattern->text = text;
  pattern->root = kNone;
  pattern->nodes.clear();
  pattern->comparisons.clear();
  pattern->steps.clear();
  pattern->constants.clear();
  if (text.size() > limits::kPatternBytesMax) {
    return std::unexpected(
        ParseError{0, 1, 1, "longer than " + std::to_string(limits::kPatternBytesMax) + " bytes"});
  }
  if (!is_ascii(text)) {
    const size_t bad = json::first_invalid_utf8(text);
    if (bad < text.size()) {
      Cursor cursor(text);
      cursor.fail_at(static_cast<uint32_t>(bad), "not UTF-8");
      return std::unexpected(cursor.error());
    }
  }
  Parser parser(text, options, pattern);
  if (parser.run()) return {};
  return std::unexpected(parser.error());
}

}  // namespace entente::pattern
