// Mappings are read strictly: a member that is not known, a reference to a rule that does not come before, a form
// that does not exist is an error with its place, since a mapping that is silently half-read would lose events.
#include "logs/mapping.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "json/json.h"
#include "logs/limits.h"

namespace entente::logs {
namespace {

struct Named {
  std::string_view name;
  Form form;
};
constexpr std::array kForms = {Named{"as-is", Form::kAsIs},
                               Named{"text", Form::kText},
                               Named{"lower", Form::kLower},
                               Named{"integer", Form::kInteger},
                               Named{"number", Form::kNumber},
                               Named{"boolean", Form::kBoolean},
                               Named{"time", Form::kTime},
                               Named{"address", Form::kAddress},
                               Named{"host", Form::kHost},
                               Named{"hashes", Form::kHashes},
                               Named{"hex", Form::kHex},
                               Named{"name", Form::kName},
                               Named{"directory", Form::kDirectory},
                               Named{"registry-key", Form::kRegistryKey},
                               Named{"registry-parent", Form::kRegistryParent},
                               Named{"mail", Form::kMail}};

bool is_type_name(std::string_view text) {
  return text.size() >= 3 && text.size() <= 250 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace

// Every function returns what it read, or an error that begins with the JSON pointer of the place.
class MappingReader {
 public:
  Result<Mapping> read(json::Value root) {
    TRY(only(root, "", {"type", "version", "name", "description", "under", "absent", "records"}));
    const auto type = root.find("type"), version = root.find("version");
    if (!type || !type->text_is("log-mapping")) return wrong("/type", "is not \"log-mapping\"");
    if (!version || version->integer() != 1) return wrong("/version", "is not 1");
    Mapping out;
    out.name_ = TRY(text(root, "", "name"));
    out.under_ = TRY(texts(root.find("under"), "/under"));
    if (out.under_.empty()) out.under_.emplace_back();
    out.absent_ = TRY(texts(root.find("absent"), "/absent"));
    const auto records = root.find("records");
    if (!records || !records->is_array() || records->size() == 0)
      return wrong("/records", "is no list of records");
    if (records->size() > limits::kRecordsMax)
      return fail(Code::kTooLarge, "/records: more than " + std::to_string(limits::kRecordsMax));
    for (const json::Value each : records->elements()) {
      Record one = TRY(record(each, "/records/" + std::to_string(out.records_.size())));
      out.records_.push_back(std::move(one));
    }
    return out;
  }

 private:
  using Names = std::vector<std::string_view>;

  static std::unexpected<Error> wrong(const std::string& at, std::string_view what) {
    return fail(Code::kInvalid,
                (at.empty() ? std::string("the mapping") : at) + " " + std::string(what));
  }

  static Result<void> only(json::Value value, const std::string& at, const Names& names) {
    if (!value.is_object()) return wrong(at, "is no object");
    if (!value.document().duplicates().empty()) return wrong("", "has two members of one name");
    for (const json::Member member : value.members()) {
      if (!std::ranges::any_of(names, [&](auto name) { return member.key.text_is(name); }))
        return wrong(at + "/" + member.key.text(), "is not known here");
    }
    return {};
  }

  static Result<std::string> text(json::Value object, const std::string& at,
                                  std::string_view name) {
    const auto value = object.find(name);
    const std::string place = at + "/" + std::string(name);
    if (!value || !value->is_string()) return wrong(place, "is no text");
    std::string out = value->text();
    if (out.empty()) return wrong(place, "is empty");
    return out;
  }

  // A text or a list of texts; absent: none.
  static Result<std::vector<std::string>> texts(std::optional<json::Value> value,
                                                const std::string& at) {
    std::vector<std::string> out;
    if (!value) return out;
    if (value->is_string()) {
      out.push_back(value->text());
      return out;
    }
    if (!value->is_array()) return wrong(at, "is neither a text nor a list of texts");
    for (const json::Value each : value->elements()) {
      if (!each.is_string()) return wrong(at, "has an element that is no text");
      out.push_back(each.text());
    }
    return out;
  }

  Result<Record> record(json::Value value, const std::string& at) {
    TRY(only(value, at,
             {"name", "description", "if", "first_observed", "last_observed", "objects"}));
    Record out;
    out.name = TRY(text(value, at, "name"));
    if (const auto conditions = value.find("if")) {
      if (!conditions->is_array()) return wrong(at + "/if", "is no list");
      for (const json::Value each : conditions->elements()) {
        Condition one = TRY(condition(each, at + "/if/" + std::to_string(out.conditions.size())));
        out.conditions.push_back(std::move(one));
      }
    }
    rules_ = nullptr;
    const auto first = value.find("first_observed"), last = value.find("last_observed");
    if (!first) return wrong(at, "has no first_observed");
    out.first = TRY(time(*first, at + "/first_observed"));
    out.has_last = last.has_value();
    if (last) out.last = TRY(time(*last, at + "/last_observed"));
    const auto objects = value.find("objects");
    if (!objects || !objects->is_array() || objects->size() == 0)
      return wrong(at + "/objects", "is no list of objects");
    if (objects->size() > limits::kObjectsMax)
      return fail(Code::kTooLarge,
                  at + "/objects: more than " + std::to_string(limits::kObjectsMax));
    rules_ = &out.objects;
    for (const json::Value each : objects->elements()) {
      ObjectRule one = TRY(object(each, at + "/objects/" + std::to_string(out.objects.size())));
      out.objects.push_back(std::move(one));
    }
    return out;
  }

  Result<Condition> condition(json::Value value, const std::string& at) {
    TRY(only(value, at, {"has", "has_any", "lacks", "field", "is"}));
    Condition out;
    const auto set = [&](std::string_view name, Condition::Kind kind) -> Result<void> {
      const auto given = value.find(name);
      if (!given) return {};
      if (!out.fields.empty()) return wrong(at, "asks more than one thing");
      out.kind = kind;
      out.fields = TRY(field_names(given, at + "/" + std::string(name)));
      return {};
    };
    TRY(set("has", Condition::Kind::kHas));
    TRY(set("has_any", Condition::Kind::kHasAny));
    TRY(set("lacks", Condition::Kind::kLacks));
    TRY(set("field", Condition::Kind::kIs));
    if (out.fields.empty()) return wrong(at, "asks nothing");
    const auto is = value.find("is");
    if (is.has_value() != (out.kind == Condition::Kind::kIs))
      return wrong(at, "has one of \"field\" and \"is\" without the other");
    if (is) out.values = TRY(texts(is, at + "/is"));
    return out;
  }

  // Names of fields.
  static Result<std::vector<std::string>> field_names(std::optional<json::Value> value,
                                                      const std::string& at) {
    std::vector<std::string> out = TRY(texts(value, at));
    for (const std::string& each : out) {
      if (std::ranges::count(each, '.') > limits::kFieldPartsMax)
        return fail(Code::kTooLarge, at + " has a name of too many parts: " + each.substr(0, 80));
    }
    return out;
  }

  Result<Source> time(json::Value value, const std::string& at) {
    Source out = TRY(source(value, at, 0));
    if (out.kind != SourceKind::kField) return wrong(at, "is no field");
    out.form = Form::kTime;
    return out;
  }

  Result<ObjectRule> object(json::Value value, const std::string& at) {
    TRY(only(value, at, {"name", "description", "type", "each", "split", "properties"}));
    ObjectRule out;
    out.name = TRY(text(value, at, "name"));
    if (number_of(out.name)) return wrong(at + "/name", "is that of another object");
    out.type = TRY(text(value, at, "type"));
    if (out.type == "address") {
      out.type_rule = TypeRule::kAddress;
    } else if (out.type == "host") {
      out.type_rule = TypeRule::kHost;
    } else if (!is_type_name(out.type)) {
      return wrong(at + "/type", "is no type of object");
    }
    out.each = TRY(field_names(value.find("each"), at + "/each"));
    if (value.find("split")) {
      if (out.each.empty()) return wrong(at + "/split", "is without \"each\"");
      out.split = TRY(text(value, at, "split"));
    }
    has_item_ = !out.each.empty();
    const auto properties = value.find("properties");
    if (!properties || !properties->is_object()) return wrong(at + "/properties", "is no object");
    out.properties = TRY(source(*properties, at + "/properties", 0));
    if (out.properties.kind != SourceKind::kObject)
      return wrong(at + "/properties", "is no object of properties");
    const auto& names = out.properties.names;
    if (out.type_rule != TypeRule::kFixed && (names.size() != 1 || names[0] != "value"))
      return wrong(at + "/properties", "must be \"value\" alone, as the type depends on it");
    if (std::ranges::any_of(names, [](const auto& n) { return n == "type" || n == "id"; }))
      return wrong(at + "/properties", "must not have type and id, which are made");
    has_item_ = false;
    return out;
  }

  std::optional<uint32_t> number_of(std::string_view name) const {
    for (uint32_t i = 0; rules_ != nullptr && i < rules_->size(); ++i) {
      if ((*rules_)[i].name == name) return i;
    }
    return std::nullopt;
  }

  // A text is a field. Recursion follows the nesting, within kDepthMax.
  Result<Source> source(json::Value value, const std::string& at, uint32_t depth) {
    if (depth >= limits::kDepthMax) return fail(Code::kTooLarge, at + " is nested too deeply");
    Source out;
    if (value.is_string() || value.is_array()) {
      out.fields = TRY(field_names(value, at));
      if (out.fields.empty()) return wrong(at, "names no field");
      return out;
    }
    if (!value.is_object()) return wrong(at, "is neither a field nor an object");
    for (const auto& [name, kind] :
         {std::pair{"$list", SourceKind::kList}, {"$joined", SourceKind::kJoined}}) {
      const auto parts = value.find(name);
      if (!parts) continue;
      TRY(only(value, at, {name}));
      if (!parts->is_array()) return wrong(at + "/" + name, "is no list");
      out.kind = kind;
      for (const json::Value each : parts->elements()) {
        const std::string place = at + "/" + name + "/" + std::to_string(out.parts.size());
        Source part = TRY(source(each, place, depth + 1));
        out.parts.push_back(std::move(part));
      }
      return out;
    }
    if (value.find("$field") || value.find("$item")) return field(value, at);
    if (value.find("$ref") || value.find("$refs")) return reference(value, at);
    if (const auto constant = value.find("$constant")) {
      TRY(only(value, at, {"$constant"}));
      out.kind = SourceKind::kConstant;
      out.constant = constant->raw();
      return out;
    }
    if (const auto url = value.find("$url")) {
      TRY(only(value, at, {"$url"}));
      TRY(only(*url, at + "/$url", {"scheme", "host", "port", "path"}));
      out.kind = SourceKind::kUrl;
      for (const char* const part : {"scheme", "host", "port", "path"}) {
        const auto given = url->find(part);
        Source one;
        if (given) one = TRY(source(*given, at + "/$url/" + part, depth + 1));
        out.parts.push_back(std::move(one));
      }
      return out;
    }
    out.kind = SourceKind::kObject;
    for (const json::Member member : value.members()) {
      const std::string name = member.key.text();
      if (name == "$needs") {
        out.needs = TRY(texts(member.value, at + "/$needs"));
        continue;
      }
      if (name.starts_with('$')) return wrong(at + "/" + name, "is not known");
      Source part = TRY(source(member.value, at + "/" + name, depth + 1));
      out.names.push_back(name);
      out.parts.push_back(std::move(part));
    }
    for (const std::string& need : out.needs) {
      if (std::ranges::find(out.names, need) == out.names.end())
        return wrong(at + "/$needs", "names what is not there: " + need);
    }
    return out;
  }

  Result<Source> field(json::Value value, const std::string& at) {
    TRY(only(value, at, {"$field", "$item", "$as", "$plus"}));
    Source out;
    const auto item = value.find("$item"), as = value.find("$as");
    out.is_item = item.has_value();
    if (item && value.find("$field")) return wrong(at, "has both $field and $item");
    if (item && !has_item_) return wrong(at, "has $item, but no \"each\" makes elements");
    out.fields = TRY(field_names(item ? item : value.find("$field"), at));
    if (out.fields.empty()) return wrong(at, "names no field");
    if (as) {
      const auto known = std::ranges::find_if(
          kForms, [&](const Named& each) { return as->is_string() && as->text_is(each.name); });
      if (known == kForms.end()) return wrong(at + "/$as", "is no form of value");
      out.form = known->form;
    }
    out.plus = TRY(field_names(value.find("$plus"), at + "/$plus"));
    return out;
  }

  Result<Source> reference(json::Value value, const std::string& at) {
    TRY(only(value, at, {"$ref", "$refs"}));
    const auto one = value.find("$ref"), many = value.find("$refs");
    if (one && many) return wrong(at, "has both $ref and $refs");
    Source out;
    out.kind = one ? SourceKind::kRef : SourceKind::kRefs;
    const std::vector<std::string> names = TRY(texts(one ? one : many, at));
    for (const std::string& name : names) {
      const auto number = number_of(name);
      if (!number) return wrong(at, "refers to what is not before it: " + name);
      out.objects.push_back(*number);
    }
    if (out.objects.empty()) return wrong(at, "refers to nothing");
    return out;
  }

  const std::vector<ObjectRule>* rules_ = nullptr;  // those before
  bool has_item_ = false;
};

Result<Mapping> Mapping::parse(std::string_view text) {
  if (text.size() > limits::kMappingBytesMax)
    return fail(Code::kTooLarge,
                "a mapping of more than " + std::to_string(limits::kMappingBytesMax) + " bytes");
  const std::string bytes = json::padded(text);
  json::Parser parser;
  json::Document document;
  const auto parsed = parser.parse(std::string_view(bytes).substr(0, text.size()), &document);
  if (!parsed) {
    return fail(Code::kInvalid, "not JSON at byte " + std::to_string(parsed.error().offset) + ": " +
                                    parsed.error().detail);
  }
  return MappingReader().read(document.root());
}

Result<Mapping> Mapping::shipped(std::string_view name) {
  const std::string_view text = shipped_text(name);
  if (text.empty()) return fail(Code::kNotFound, "no mapping of that name comes with the program");
  return parse(text);
}

}  // namespace entente::logs
