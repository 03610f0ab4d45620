// Canonical text and normal form share one walk: they differ in how operands are ordered and in how
// constants are written.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "pattern/octets.h"
#include "pattern/pattern.h"
#include "pattern/scan.h"
#include "stix/timestamp.h"

namespace entente::pattern {
namespace {

constexpr std::string_view kKeywords[] = {
    "AND", "OR",    "NOT",  "FOLLOWEDBY", "LIKE",   "MATCHES", "ISSUPERSET", "ISSUBSET", "EXISTS",
    "IN",  "START", "STOP", "SECONDS",    "WITHIN", "REPEATS", "TIMES",      "true",     "false"};

enum class Form : uint8_t { kCanonical, kNormal };

bool is_plain_name(std::string_view name) {
  if (name.empty() || !is_class(name[0], kNameStart)) return false;
  for (const char c : name) {
    if (!is_class(c, kNamePart)) return false;
  }
  return !is_keyword(name);
}

// How tightly an operator binds; operands that bind less need parentheses.
int rank_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::kOr:
    case NodeKind::kAnyOf:
      return 1;
    case NodeKind::kAnd:
    case NodeKind::kEveryOf:
      return 2;
    case NodeKind::kFollowedBy:
      return 0;
    default:
      return 3;
  }
}

class Printer {
 public:
  Printer(const Pattern& pattern, Form form) : pattern_(pattern), form_(form) {}

  std::string node(uint32_t index) {
    const Node& node = pattern_.nodes[index];
    switch (node.kind) {
      case NodeKind::kComparison:
        return comparison(pattern_.comparisons[node.first]);
      case NodeKind::kObservation:
        return "[" + this->node(node.first) + "]";
      case NodeKind::kRepeats:
      case NodeKind::kWithin:
      case NodeKind::kStartStop:
        return qualified(index);
      default:
        return row(node);
    }
  }

  std::string comparison(const Comparison& made) {
    std::string out;
    if (made.op == Operator::kExists) {
      if (made.is_negated) out += "NOT ";
      out += "EXISTS ";
      append_path(&out, made);
      return out;
    }
    append_path(&out, made);
    out += made.is_negated ? " NOT " : " ";
    const bool is_single =
        form_ == Form::kNormal && made.op == Operator::kIn && made.constants_count == 1;
    out += name_of(is_single ? Operator::kEqual : made.op);
    out += ' ';
    if (made.op != Operator::kIn || is_single)
      return out + constant(pattern_.constants[made.constants_begin]);
    std::vector<std::string> list;
    for (uint32_t i = 0; i < made.constants_count; ++i)
      list.push_back(constant(pattern_.constants[made.constants_begin + i]));
    if (form_ == Form::kNormal) {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    out += '(';
    for (size_t i = 0; i < list.size(); ++i) out += (i == 0 ? "" : ", ") + list[i];
    return out + ")";
  }

 private:
  static std::string_view word_of(NodeKind kind) {
    const bool is_and = kind == NodeKind::kAnd || kind == NodeKind::kEveryOf;
    return is_and ? " AND " : kind == NodeKind::kFollowedBy ? " FOLLOWEDBY " : " OR ";
  }

  std::string row(const Node& node) {
    std::vector<std::string> operands;
    for (uint32_t child = node.first; child != kNone; child = pattern_.nodes[child].next) {
      std::string text = this->node(child);
      const bool is_looser = rank_of(pattern_.nodes[child].kind) < rank_of(node.kind);
      operands.push_back(is_looser ? "(" + text + ")" : std::move(text));
    }
    if (form_ == Form::kNormal && node.kind != NodeKind::kFollowedBy) {
      std::sort(operands.begin(), operands.end());
      // Observations joined by AND are different ones, so that repetition counts there.
      if (node.kind != NodeKind::kEveryOf)
        operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
    }
    std::string out;
    for (const std::string& operand : operands) {
      if (!out.empty()) out += word_of(node.kind);
      out += operand;
    }
    return operands.size() == 1 || form_ == Form::kCanonical ? out : "(" + out + ")";
  }

  // A qualifier and what it qualifies. Two of one type need parentheses between them.
  std::string qualified(uint32_t index) {
    const Node& node = pattern_.nodes[index];
    std::string inner = this->node(node.first);
    bool needs_parentheses = rank_of(pattern_.nodes[node.first].kind) < 3;
    for (uint32_t at = node.first; pattern_.nodes[at].kind >= NodeKind::kRepeats;
         at = pattern_.nodes[at].first) {
      if (pattern_.nodes[at].kind == node.kind) needs_parentheses = true;
    }
    if (needs_parentheses) inner = "(" + inner + ")";
    if (node.kind == NodeKind::kRepeats) {
      // A thing once is the thing.
      if (form_ == Form::kNormal && node.quantity == 1) return inner;
      return inner + " REPEATS " + std::to_string(node.quantity) + " TIMES";
    }
    if (node.kind == NodeKind::kWithin) {
      const std::string number = form_ == Form::kNormal ? std::to_string(node.quantity) + "ns"
                                                        : decimal(pattern_.slice(node.text));
      return inner + " WITHIN " + number + " SECONDS";
    }
    return inner + " START t'" + time(pattern_.slice(node.text)) + "' STOP t'" +
           time(pattern_.slice(node.stop)) + "'";
  }

  std::string time(std::string_view text) {
    std::string out(text);
    if (form_ == Form::kCanonical || out.find('.') == std::string::npos) return out;
    out.pop_back();
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out + "Z";
  }

  // A number without a plus, with a digit before the point.
  static std::string decimal(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::string out;
    if (text.starts_with('-')) {
      out = "-";
      text.remove_prefix(1);
    }
    const size_t point = text.find('.');
    if (point != std::string_view::npos) {
      while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
    }
    if (text.starts_with('.')) out += '0';
    out += text;
    return out == "-0" ? "0" : out;
  }

  void append_path(std::string* out, const Comparison& made) {
    *out += pattern_.slice(made.type);
    for (uint32_t i = 0; i < made.steps_count; ++i) {
      const Step& step = pattern_.steps[made.steps_begin + i];
      if (step.kind == StepKind::kAny) {
        *out += "[*]";
      } else if (step.kind == StepKind::kIndex) {
        *out += "[" + std::to_string(step.index) + "]";
      } else {
        *out += i == 0 ? ':' : '.';
        const std::string_view name = pattern_.slice(step.name);
        if (is_plain_name(name)) {
          *out += name;
        } else {
          *out += '\'';
          *out += name;
          *out += '\'';
        }
      }
    }
  }

  std::string constant(const Constant& made) {
    const std::string text(pattern_.slice(made.text));
    switch (made.kind) {
      case ConstantKind::kBoolean:
        return text;
      case ConstantKind::kString:
        return "'" + text + "'";
      case ConstantKind::kTimestamp:
        return "t'" + time(text) + "'";
      case ConstantKind::kInteger:
        return std::to_string(made.integer);
      case ConstantKind::kFloat: {
        if (form_ == Form::kCanonical) return decimal(text);
        char buffer[400];
        const auto end =
            std::to_chars(buffer, buffer + sizeof buffer, made.number == 0 ? 0.0 : made.number,
                          std::chars_format::fixed);
        return {buffer, end.ptr};
      }
      case ConstantKind::kHex:
        return "h'" + to_lower_ascii(text) + "'";
      case ConstantKind::kBinary: {
        if (form_ == Form::kNormal) {
          const std::string octets = octets_of(pattern_, made);
          return "h'" + to_hex({reinterpret_cast<const uint8_t*>(octets.data()), octets.size()}) +
                 "'";
        }
        std::string out = "b'";
        for (const char c : text) {
          if (c != '\n' && c != '\r') out += c;
        }
        return out + "'";
      }
    }
    return {};
  }

  const Pattern& pattern_;
  Form form_;
};

std::string_view unescaped(std::string_view text, std::string* scratch) {
  scratch->clear();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    *scratch += text[i];
  }
  return *scratch;
}

}  // namespace

bool is_keyword(std::string_view word) {
  return std::find(std::begin(kKeywords), std::end(kKeywords), word) != std::end(kKeywords);
}

std::string_view name_of(Operator op) {
  static constexpr std::string_view kNames[] = {
      "=", "!=", "<", "<=", ">", ">=", "IN", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET", "EXISTS"};
  return kNames[static_cast<size_t>(op)];
}

std::string print(const Pattern& pattern) {
  return pattern.root == kNone ? std::string()
                               : Printer(pattern, Form::kCanonical).node(pattern.root);
}

std::string print_comparison(const Pattern& pattern, const Comparison& comparison) {
  return Printer(pattern, Form::kCanonical).comparison(comparison);
}

std::string normal_form(const Pattern& pattern) {
  return pattern.root == kNone ? std::string() : Printer(pattern, Form::kNormal).node(pattern.root);
}

std::string_view name_of(const Pattern& pattern, const Step& step, std::string* scratch) {
  const std::string_view text = pattern.slice(step.name);
  return step.is_escaped ? unescaped(text, scratch) : text;
}

std::string_view string_of(const Pattern& pattern, const Constant& constant, std::string* scratch) {
  const std::string_view text = pattern.slice(constant.text);
  return constant.is_escaped ? unescaped(text, scratch) : text;
}

std::string octets_of(const Pattern& pattern, const Constant& constant) {
  const std::string_view text = pattern.slice(constant.text);
  std::string out;
  if (constant.kind == ConstantKind::kHex) {
    decode_hex(text, &out);
  } else {
    decode_base64(text, &out);
  }
  return out;
}

}  // namespace entente::pattern
