// Everything is drawn from short lists, so that values, paths and literals meet often, and so that what
// is nearly equal (1 and 1.0, "a" and "a\n") is drawn as well.
#include "pattern/draw.h"

namespace entente::pattern {
namespace {

using Words = std::vector<std::string_view>;

std::string pick(const Draw& draw, const Words& words) {
  return std::string(words[draw(static_cast<uint32_t>(words.size()))]);
}

const Words kNames = {"x",       "y",       "z[*]",         "z[0]",         "z[*].p",
                      "d.'k-1'", "r_ref.x", "rs_refs[*].y", "rs_refs[1].x", "h_hex",
                      "b_bin",   "d",       "r_ref",        "r_ref.r_ref.y"};
const Words kTexts = {"a",       "ab",       "abc",       "b",          "ABC",
                      "ac",      "\xc3\xb2", "o\xcc\x80", "",           "a\\nb",
                      "abcabcd", "10.1.2.3", "::1",       "10.0.0.0/8", "2020-01-01T00:00:00Z",
                      "61",      "xabcx",    "YQ=="};
const Words kNumbers = {"0", "1", "1.0", "1.5", "-2", "7"};

std::string constant(const Draw& draw) {
  switch (draw(6)) {
    case 0:
      return pick(draw, kNumbers);
    case 1:
      return pick(draw, {"true", "false"});
    case 2:
      return pick(draw, {"h'61'", "h'6162'", "b'YQ=='", "t'2020-01-01T00:00:00Z'",
                         "t'2019-01-01T00:00:00Z'"});
    default: {
      std::string text = pick(draw, kTexts);
      if (text == "a\\nb") text = "a\nb";
      return "'" + text + "'";
    }
  }
}

std::string list(const Draw& draw) {
  const bool is_text = draw(2) == 0;
  std::string out = "(";
  for (uint32_t i = 0, count = draw(4); i < count; ++i) {
    out += i == 0 ? "" : ", ";
    out += is_text ? "'" + pick(draw, {"a", "b", "abc", "ac"}) + "'" : pick(draw, kNumbers);
  }
  return out + ")";
}

std::string comparison(const Draw& draw, std::string_view type) {
  const std::string path = std::string(type) + ":" + pick(draw, kNames);
  const std::string negation = draw(5) == 0 ? " NOT " : " ";
  switch (draw(10)) {
    case 0:
      return (draw(2) == 0 ? "EXISTS " : "NOT EXISTS ") + path;
    case 1:
      return path + negation + "IN " + list(draw);
    case 2:
      return path + negation + "LIKE '" +
             pick(draw, {"a%", "%b", "_b%", "abc", "%", "", "%bc%", "\xc3\xb2", "a_b", "%bcab%"}) +
             "'";
    case 3:
      return path + negation + "MATCHES '" +
             pick(draw, {"a", "^ab?$", "b|c", "(?i)ABC", "[ab]c", "a.b", "(a|b)c+", "^$", "abca?",
                         "\\\\d\\\\.\\\\d", "(?i)k", "x(abc)x", "bc{1,2}", "(?:a)bc|xab"}) +
             "'";
    case 4:
      return path + negation + pick(draw, {"ISSUBSET", "ISSUPERSET"}) + " '" +
             pick(draw, {"10.0.0.0/8", "10.1.2.3", "10.1.0.0/16", "::/0", "::1", "0.0.0.0/0"}) +
             "'";
    case 5:
    case 6: {
      std::string bound = constant(draw);
      if (bound == "true" || bound == "false") bound = "1";
      return path + negation + pick(draw, {"<", "<=", ">", ">="}) + " " + bound;
    }
    default:
      return path + negation + (draw(4) == 0 ? "!= " : "= ") + constant(draw);
  }
}

std::string tests(const Draw& draw, std::string_view type, uint32_t depth) {
  if (depth == 0 || draw(3) == 0) return comparison(draw, type);
  const std::string word = draw(2) == 0 ? " AND " : " OR ";
  std::string out = tests(draw, type, depth - 1);
  for (uint32_t i = 0, count = 1 + draw(2); i < count; ++i)
    out += word + tests(draw, type, depth - 1);
  return "(" + out + ")";
}

std::string time_text(const Draw& draw) {
  return "2020-01-01T00:00:0" + std::to_string(draw(4)) + pick(draw, {"Z", ".5Z", ".000Z"});
}

// `slots`: how many observations a match binds at most; REPEATS stays small for the oracle's sake.
std::string observations(const Draw& draw, uint32_t* leaves, uint32_t* slots) {
  std::string out;
  if (*leaves <= 1 || draw(3) == 0) {
    if (*leaves > 0) --*leaves;
    *slots = 1;
    out = draw_observation(draw);
  } else {
    const std::string word = pick(draw, {" AND ", " OR ", " FOLLOWEDBY "});
    out = "(" + observations(draw, leaves, slots);
    for (uint32_t i = 0, count = 1 + draw(2); i < count && *leaves > 0; ++i) {
      uint32_t more = 0;
      out += word + observations(draw, leaves, &more);
      *slots += more;
    }
    out += ")";
  }
  const uint32_t qualifier = draw(8);
  const bool can_repeat = *slots <= 2;
  if (can_repeat && (qualifier == 0 || qualifier == 3)) *slots *= 2;
  if (qualifier == 0 && can_repeat) return out + " REPEATS 2 TIMES";
  if (qualifier == 1) return out + " WITHIN " + pick(draw, {"1", "0.5", "2", "2.5"}) + " SECONDS";
  if (qualifier == 2)
    return out + " START t'" + time_text(draw) + "' STOP t'" + time_text(draw) + "'";
  if (qualifier == 3 && can_repeat)
    return out + " REPEATS 2 TIMES WITHIN " + pick(draw, {"1", "2"}) + " SECONDS";
  return out;
}

std::string json_text(std::string_view text) {
  return text == "a\\nb" ? "\"a\\nb\"" : "\"" + std::string(text) + "\"";
}

std::string json_value(const Draw& draw, uint32_t depth) {
  switch (draw(depth == 0 ? 8 : 10)) {
    case 0:
    case 1:
      return pick(draw, kNumbers);
    case 2:
      return pick(draw, {"true", "false", "null"});
    case 8: {
      std::string out = "[";
      for (uint32_t i = 0, count = draw(3); i < count; ++i)
        out += (i == 0 ? "" : ",") + json_value(draw, depth - 1);
      return out + "]";
    }
    case 9:
      return "[{\"p\":" + json_value(draw, 0) + "},{\"p\":" + json_value(draw, 0) + "}]";
    default:
      return json_text(kTexts[draw(static_cast<uint32_t>(kTexts.size()))]);
  }
}

std::string object(const Draw& draw, const std::string& id, uint32_t objects) {
  const auto reference = [&] { return "\"o--" + std::to_string(draw(objects + 1)) + "\""; };
  std::string out = "{\"id\":\"" + id + "\",\"type\":\"" + pick(draw, {"a", "a", "b"}) + "\"";
  if (draw(3) != 0) out += ",\"x\":" + json_value(draw, 1);
  if (draw(3) != 0) out += ",\"y\":" + json_value(draw, 1);
  if (draw(2) != 0) out += ",\"z\":" + json_value(draw, 2);
  if (draw(3) == 0) out += ",\"d\":{\"k-1\":" + json_value(draw, 0) + "}";
  if (draw(2) == 0) out += ",\"r_ref\":" + reference();
  if (draw(3) == 0) out += ",\"rs_refs\":[" + reference() + "," + reference() + "]";
  if (draw(4) == 0)
    out += ",\"h_hex\":" + pick(draw, {"\"61\"", "\"6162\"", "\"6g\"", "5", "[\"61\"]"});
  if (draw(4) == 0) out += ",\"b_bin\":" + pick(draw, {"\"YQ==\"", "\"YWI=\"", "\"Y\"", "\"\""});
  return out + "}";
}

}  // namespace

std::string draw_observation(const Draw& draw) {
  std::string out = tests(draw, draw(4) == 0 ? "b" : "a", 2);
  if (draw(5) == 0) out += " OR " + tests(draw, "b", 1);
  return "[" + out + "]";
}

std::string draw_pattern(const Draw& draw, uint32_t leaves_max) {
  uint32_t leaves = 1 + draw(leaves_max), slots = 0;
  return observations(draw, &leaves, &slots);
}

std::string draw_bundle(const Draw& draw, uint32_t events_max) {
  std::string out = R"({"type":"bundle","id":"bundle--1","objects":[)";
  const uint32_t objects = 1 + draw(5);
  for (uint32_t i = 0; i < objects; ++i)
    out += object(draw, "o--" + std::to_string(i), objects) + ",";
  for (uint32_t i = 0, count = 1 + draw(events_max); i < count; ++i) {
    std::string first = time_text(draw), last = draw(3) == 0 ? time_text(draw) : first;
    if (last.substr(0, 19) < first.substr(0, 19)) last = first;
    if (last.substr(0, 19) == first.substr(0, 19)) last = first;
    std::string refs;
    for (uint32_t k = 0; k < objects; ++k) {
      if (draw(2) == 0) refs += (refs.empty() ? "" : ",") + ("\"o--" + std::to_string(k) + "\"");
    }
    out += (i == 0 ? "" : ",") + std::string(R"({"type":"observed-data","id":"observed-data--)") +
           std::to_string(i) + R"(","first_observed":")" + first + R"(","last_observed":")" + last +
           R"(","number_observed":)" + std::to_string(1 + draw(4) / 3) + R"(,"object_refs":[)" +
           refs + "]}";
  }
  return out + "]}";
}

}  // namespace entente::pattern
