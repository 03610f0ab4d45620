// Reads the table of labels and words (docs/formats/stanag.md) and refuses one that could lose or
// widen.
//
// What makes there and back safe is that every step has one inverse: within a policy no two values
// stand for the same word, no word stands in two tags, and no two classifications give the same
// words. With a tag for TLP, words of one level can carry any TLP level, so there a level of ours
// belongs to one classification alone; without such a tag two classifications may share a level of
// ours if their TLP levels differ.
#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "json/json.h"
#include "release/stanag_map.h"

namespace entente::release {

struct LabelTableReader {
  using Policy = LabelTable::Policy;
  using Level = LabelTable::Level;
  using Tag = LabelTable::Tag;
  using Meaning = LabelTable::Meaning;

  static std::unexpected<Error> bad(std::string detail) {
    return fail(Code::kInvalid, "table of labels: " + std::move(detail));
  }

  // An object with members of these names only, none twice (the document has no duplicates at all).
  static Result<void> check_members(json::Value value,
                                    std::initializer_list<std::string_view> known) {
    if (!value.is_object())
      return bad("an object is missing at byte " + std::to_string(value.offset()));
    for (const json::Member member : value.members()) {
      const std::string name = member.key.text();
      if (std::find(known.begin(), known.end(), name) == known.end())
        return bad("unknown member " + name);
    }
    return {};
  }

  static Result<std::string> text_of(json::Value value, std::string_view what) {
    if (!value.is_string()) return bad(std::string(what) + " is no string");
    std::string text = value.text();
    if (text.empty() || text.size() > limits::kNameBytesMax)
      return bad(std::string(what) + " is empty or too long");
    return text;
  }

  static Result<std::string> member_text(json::Value object, std::string_view name) {
    const std::optional<json::Value> value = object.find(name);
    if (!value) return bad(std::string(name) + " is missing");
    return text_of(*value, name);
  }

  static Result<std::string> optional_text(json::Value object, std::string_view name) {
    const std::optional<json::Value> value = object.find(name);
    if (!value) return std::string();
    return text_of(*value, name);
  }

  static Result<bool> optional_bool(json::Value object, std::string_view name) {
    const std::optional<json::Value> value = object.find(name);
    if (!value) return false;
    if (!value->is_bool()) return bad(std::string(name) + " is neither true nor false");
    return value->kind() == json::Kind::kTrue;
  }

  static Result<json::Value> array(json::Value object, std::string_view name, size_t elements_max) {
    const std::optional<json::Value> value = object.find(name);
    if (!value || !value->is_array()) return bad(std::string(name) + " is no array");
    if (value->size() > elements_max)
      return fail(Code::kTooLarge, "table of labels: too many " + std::string(name));
    return *value;
  }

  static Result<Tlp> tlp_word(std::string_view text) {
    for (const Tlp level : {Tlp::kClear, Tlp::kGreen, Tlp::kAmber, Tlp::kAmberStrict, Tlp::kRed}) {
      const std::string_view name = name_of(level);
      if (equal_ignoring_case(text, name) ||
          equal_ignoring_case(
              text, name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1)))
        return level;
    }
    return bad("no TLP level: " + std::string(text));
  }

  static Result<Level> level_of(json::Value value) {
    TRY(check_members(value, {"label", "tlp", "level"}));
    Level out;
    out.label = TRY(member_text(value, "label"));
    const std::string tlp = TRY(member_text(value, "tlp"));
    out.tlp = TRY(tlp_word(tlp));
    std::string level = TRY(optional_text(value, "level"));
    if (!level.empty()) out.level = std::move(level);
    return out;
  }

  static Result<void> read_levels(json::Value value, Policy* policy) {
    const json::Value levels = TRY(array(value, "classifications", limits::kLabelCategoriesMax));
    for (const json::Value each : levels.elements()) policy->levels.push_back(TRY(level_of(each)));
    if (policy->levels.empty()) return bad(policy->name + " has no classification");
    std::set<std::string> labels;
    for (const Level& level : policy->levels) {
      if (!labels.insert(to_lower_ascii(level.label)).second) return bad("twice: " + level.label);
      if (level.level && policy->classification_policy.empty())
        return bad(level.label + ": a level without classification_policy");
    }
    return {};
  }

  static Result<Meaning> meaning_of(std::string_view text, CategoryType type) {
    if (text == "audience" && type == CategoryType::kPermissive) return Meaning::kAudience;
    if (text == "tlp" && type == CategoryType::kRestrictive) return Meaning::kTlp;
    if (text == "category" && type == CategoryType::kRestrictive) return Meaning::kCategory;
    if (text == "nothing" && type == CategoryType::kInformative) return Meaning::kNothing;
    return bad("a tag of type " + std::string(name_of(type)) + " cannot mean " + std::string(text));
  }

  static Result<Tag> tag_of(json::Value value) {
    TRY(check_members(value, {"tag", "id", "type", "means", "values"}));
    Tag out;
    out.name = TRY(member_text(value, "tag"));
    const std::string id = TRY(optional_text(value, "id"));
    if (!id.empty()) out.uri = "urn:oid:" + id;
    const std::string type = TRY(member_text(value, "type"));
    const std::optional<CategoryType> known = category_type_from(type);
    if (!known) return bad("no type of categories: " + type);
    out.type = *known;
    const std::string means = TRY(member_text(value, "means"));
    out.meaning = TRY(meaning_of(means, out.type));
    const std::optional<json::Value> values = value.find("values");
    if (out.meaning == Meaning::kNothing) {
      if (values) return bad(out.name + ": values of what means nothing");
      return out;
    }
    if (!values || !values->is_object() || values->size() == 0)
      return bad(out.name + " has no values");
    if (values->size() > limits::kLabelValuesMax)
      return fail(Code::kTooLarge, "table of labels: too many values");
    for (const json::Member member : values->members()) {
      std::string theirs = TRY(text_of(member.key, "a value"));
      std::string ours = TRY(text_of(member.value, "what a value stands for"));
      if (out.meaning == Meaning::kTlp) ours = std::string(name_of(TRY(tlp_word(ours))));
      out.values.emplace_back(std::move(theirs), std::move(ours));
    }
    return out;
  }

  // Every word of ours in one place alone, every value of a tag there once.
  static Result<void> check_inverse(const Policy& policy, bool together) {
    std::set<std::string> tags;
    std::set<std::pair<Meaning, std::string>> words;
    size_t audiences = 0, tlps = 0;
    for (const Tag& tag : policy.tags) {
      if (!tags.insert(to_lower_ascii(tag.name)).second) return bad("a tag twice: " + tag.name);
      audiences += tag.meaning == Meaning::kAudience ? 1 : 0;
      tlps += tag.meaning == Meaning::kTlp ? 1 : 0;
      std::set<std::string> values;
      for (const auto& [theirs, ours] : tag.values) {
        if (!values.insert(to_lower_ascii(theirs)).second) return bad("a value twice: " + theirs);
        if (!words.emplace(tag.meaning, ours).second) return bad("two values stand for " + ours);
      }
    }
    if (audiences > 1 && !together)
      return bad(policy.name + ": several audience tags without \"audience_tags\":\"together\"");
    if (tlps > 1) return bad(policy.name + ": several tags of TLP");
    std::set<std::pair<std::string, int>> levels;
    for (const Level& level : policy.levels) {
      const int tlp = tlps == 0 ? static_cast<int>(level.tlp) : -1;
      if (!levels.emplace(level.level.value_or(""), tlp).second)
        return bad("two classifications give the same words: " + level.label);
    }
    return {};
  }

  static Result<Policy> policy_from(json::Value value) {
    TRY(check_members(value, {"name", "id", "classification_policy", "audience_required",
                              "audience_tags", "classifications", "tags", "privacy_marks"}));
    Policy out;
    out.name = TRY(member_text(value, "name"));
    out.uri = "urn:oid:" + TRY(member_text(value, "id"));
    out.classification_policy = TRY(optional_text(value, "classification_policy"));
    out.audience_required = TRY(optional_bool(value, "audience_required"));
    const std::string audience_tags = TRY(optional_text(value, "audience_tags"));
    if (!audience_tags.empty() && audience_tags != "together")
      return bad("audience_tags is not \"together\"");
    TRY(read_levels(value, &out));
    if (value.find("tags")) {
      const json::Value tags = TRY(array(value, "tags", limits::kLabelCategoriesMax));
      for (const json::Value each : tags.elements()) out.tags.push_back(TRY(tag_of(each)));
    }
    if (value.find("privacy_marks")) {
      const json::Value marks = TRY(array(value, "privacy_marks", limits::kLabelValuesMax));
      for (const json::Value each : marks.elements())
        out.privacy_marks.push_back(TRY(text_of(each, "a privacy mark")));
    }
    TRY(check_inverse(out, !audience_tags.empty()));
    return out;
  }

  static Result<LabelTable> table(json::Value root) {
    TRY(check_members(root, {"type", "version", "description", "policies"}));
    const std::string type = TRY(member_text(root, "type"));
    const std::optional<json::Value> version = root.find("version");
    if (type != "label-table" || !version || version->integer() != 1)
      return bad("not a label-table of version 1");
    const json::Value policies = TRY(array(root, "policies", limits::kLabelCategoriesMax));
    LabelTable out;
    std::set<std::string> names;
    for (const json::Value each : policies.elements()) {
      out.policies_.push_back(TRY(policy_from(each)));
      if (!names.insert(to_lower_ascii(out.policies_.back().name)).second)
        return bad("a policy twice");
    }
    return out;
  }
};

Result<LabelTable> LabelTable::read(std::string_view json) {
  if (json.size() > limits::kXmlBytesMax)
    return fail(Code::kTooLarge, "a table of labels past the limit");
  const std::string bytes = json::padded(json);
  json::Parser parser;
  json::Document document;
  if (const auto parsed = parser.parse(std::string_view(bytes).substr(0, json.size()), &document);
      !parsed)
    return LabelTableReader::bad("byte " + std::to_string(parsed.error().offset) + ": " +
                                 parsed.error().detail);
  if (!document.duplicates().empty())
    return LabelTableReader::bad("a member stands twice in one object");
  return LabelTableReader::table(document.root());
}

}  // namespace entente::release
