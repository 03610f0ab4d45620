// Marking definitions: statements, release markings of every kind, and some that nobody is to understand. What each says
// is kept as it was meant: no text is read again. [docs/formats/release-marking.md]
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "objects.h"

namespace entente::law {
namespace {

constexpr const char* kExtension = "extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d";

std::string extension(const std::string& members) {
  return fmt::format(R"(,"extensions":{{"{}":{{"extension_type":"property-extension"{}}}}})",
                     kExtension, members);
}

}  // namespace

const char* const kPolicyLevels[kPolicyLevelCount] = {"OPEN", "CLOSED", "SEALED"};
const char* const kCategories[2] = {"CRANES", "PILOTS"};

std::string ObjectMaker::statement(Says* says) {
  if (draw_.chance(85)) {
    return fmt::format(R"(,"definition_type":"statement","definition":{{"statement":"terms {}"}})",
                       draw_.below(3));
  }
  says->is_unknown = true;
  return R"(,"definition_type":"x-terms","definition":{"x_terms":"only on Sundays"})";
}

std::string ObjectMaker::release(const Surroundings& around, Says* says) {
  static const char* const kNames[] = {"clear", "green", "amber", "amber+strict", "red"};
  std::string out;
  const bool has_list = draw_.chance(65);
  if (draw_.chance(has_list ? 50 : 75)) {
    const auto at = draw_.weighted({15, 20, 30, 20, 15});
    says->levels.insert(static_cast<int>(at));
    out += fmt::format(R"(,"tlp":"{}")", kNames[at]);
  }
  if (has_list) {
    auto& codes = says->lists.emplace_back();
    const auto count = draw_.weighted({8, 40, 30, 22});
    for (size_t i = 0; i < count; ++i)
      codes.push_back(draw_.chance(8) ? "NOBODY-KNOWN" : draw_.pick(around.codes));
    std::string list;
    for (const std::string& code : codes) list += (list.empty() ? "\"" : ",\"") + code + "\"";
    out += R"(,"releasable_to":[)" + list + "]";
    says->covers_itself = draw_.chance(25);
    if (says->covers_itself) out += R"(,"covers_itself":true)";
  }
  if (draw_.chance(18)) {
    Classified& classified = says->classifications.emplace_back();
    classified.level = static_cast<int>(draw_.below(kPolicyLevelCount));
    if (draw_.chance(30)) classified.categories.insert(kCategories[draw_.below(2)]);
    out += fmt::format(R"(,"classification":{{"policy":"{}","level":"{}")", kPolicy,
                       kPolicyLevels[classified.level]);
    if (!classified.categories.empty())
      out += fmt::format(R"(,"categories":["{}"])", *classified.categories.begin());
    out += "}";
  }
  if (draw_.chance(22)) {
    static const std::vector<int64_t> kWithin{-500'000, -1,     900,        4'000,
                                              15'000,   60'000, 400'000'000};
    says->embargo_ms = around.now_ms + draw_.pick(kWithin) + draw_.between(0, 500);
    // A part of a millisecond is over when the millisecond is.
    const bool is_finer = draw_.chance(25);
    out += fmt::format(R"(,"embargo_until":"{}")",
                       format_time_us(says->embargo_ms * 1000 - (is_finer ? 7 : 0)));
  }
  if (draw_.chance(4)) {
    says->is_exercise = true;
    out += R"(,"exercise":"LOCKED-HARBOUR")";
  }
  if (out.empty() || draw_.chance(10)) out += R"(,"pap":"amber")";
  return extension(out);
}

std::string ObjectMaker::misshapen(Says* says) {
  says->is_unknown = true;
  static const std::vector<std::string> kMembers{R"(,"tlp":"white-ish")",
                                                 R"(,"tlp":"clear","until":"soon")",
                                                 R"(,"releasable_to":"NATO-HQ")",
                                                 R"(,"releasable_to":[7],"tlp":"clear")",
                                                 R"(,"embargo_until":"tomorrow","tlp":"clear")",
                                                 R"(,"classification":{"level":"OPEN"})",
                                                 R"(,"tlp":"clear","exercise":"")",
                                                 R"(,"tlp":"clear","pap":"mauve")"};
  if (draw_.chance(70)) return extension(draw_.pick(kMembers));
  return R"(,"extensions":{"extension-definition--71736db5-10db-43d3-b0e3-65cf81601fe1":)"
         R"({"extension_type":"property-extension","only_on":"Sundays"}})";
}

Object ObjectMaker::marking(const std::string& id, const Surroundings& around) {
  Object object;
  object.text = fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"{}","created":"2025-01-02T03:04:05.000Z")",
      id);
  switch (draw_.weighted({30, 60, 10})) {
    case 0:
      object.text += statement(&object.says);
      break;
    case 1:
      object.text += release(around, &object.says);
      break;
    default:
      object.text += misshapen(&object.says);
  }
  const std::string whole = object.text;
  // A marking is mostly open to those who are to read under it.
  Object marked = object;
  const std::string refs = draw_.chance(60) ? fmt::format(R"(,"object_marking_refs":["{}"])",
                                                          kTlp2[draw_.weighted({50, 25, 25})])
                                            : marks(&marked);
  // None may mark itself.
  if (refs.find(id) == std::string::npos) {
    object = marked;
    object.text = whole + refs;
    object.text += "}";
    // It has no edition but the whole.
    for (std::string& edition : object.editions) edition.clear();
    if (!object.editions.empty()) object.editions.front() = object.text;
    // A part of the marking itself: whoever does not see it does not see the marking.
    if (object.parts.empty() && draw_.chance(12)) {
      const std::string ref = some_level_or_own();
      const std::string name = fmt::format(R"(,"name":"terms of {}")", draw_.below(9));
      const std::string rest = object.text.substr(whole.size());
      if (ref != id) {
        object.parts = {ref};
        object.text = whole + name + rest.substr(0, rest.size() - 1) +
                      R"(,"granular_markings":[{"marking_ref":")" + ref +
                      R"(","selectors":["name"]}]})";
        object.editions = {object.text, ""};
      }
    }
  } else {
    object.text += "}";
  }
  definitions_.push_back(object);
  return object;
}

}  // namespace entente::law
