// Members of another type than described are ignored, as unknown members are: a query should not
// fail for what it says besides.
#include "names/query.h"

#include "base/text.h"
#include "names/countries.h"
#include "names/json_records.h"

namespace entente::names {
namespace {

// Calls `use` for a text, or for each text of a list.
template <class Use>
void each_text(const std::optional<json::Value>& value, Use use) {
  if (!value) return;
  if (value->is_string()) use(value->text());
  if (value->is_number()) use(std::string(value->raw()));
  size_t count = 0;
  for (const json::Value one : value->elements()) {
    if (++count > kNamesMax) return;
    if (one.is_string()) use(one.text());
    if (one.is_number()) use(std::string(one.raw()));
    if (!one.is_object()) continue;
    for (const std::string_view key : {"name", "value", "text"}) {
      const auto inner = one.find(key);
      if (inner && inner->is_string()) {
        use(inner->text());
        break;
      }
    }
  }
}

void read_identifiers(json::Value value, Entity* entity) {
  for (const json::Member member : value.members()) {
    const std::string type = member.key.text();
    each_text(member.value,
              [&](std::string text) { entity->identifiers.push_back({type, std::move(text)}); });
  }
  for (const json::Value one : value.elements()) {
    if (one.is_string()) entity->identifiers.push_back({"", one.text()});
    const auto type = one.find("type"), text = one.find("value");
    if (text && text->is_string())
      entity->identifiers.push_back({type && type->is_string() ? type->text() : "", text->text()});
  }
  if (value.is_string()) entity->identifiers.push_back({"", value.text()});
}

}  // namespace

Gender parse_gender(std::string_view text) {
  const std::string word = to_lower_ascii(trim(text));
  if (word == "m" || word == "male" || word == "man") return Gender::kMale;
  if (word == "f" || word == "female" || word == "woman") return Gender::kFemale;
  return Gender::kUnknown;
}

Result<Entity> read_query(json::Value object) {
  if (!object.is_object()) return fail(Code::kInvalid, "a query is a JSON object");
  if (object.find("schema") && object.find("properties")) {
    if (std::optional<Entity> entity = entity_of_ftm(object); entity && !entity->names.empty())
      return std::move(*entity);
    return fail(Code::kInvalid, "an entity without a name");
  }
  Entity entity;
  const auto id = object.find("id"), kind = object.find("kind");
  if (id) entity.id = id->is_string() ? id->text() : std::string(id->raw());
  if (kind && kind->is_string()) entity.kind = parse_kind(kind->text());
  const auto add_name = [&](std::string text) {
    if (!trim(text).empty() && entity.names.size() < kNamesMax)
      entity.names.push_back({std::move(text), NameKind::kPrimary});
  };
  each_text(object.find("names"), add_name);
  each_text(object.find("name"), add_name);
  if (entity.names.empty()) return fail(Code::kInvalid, "a query needs names");
  const auto add_date = [&](const std::string& text) {
    const PartialDate date = parse_partial_date(text);
    if (date.year != 0 && entity.birth_dates.size() < kFactsMax) entity.birth_dates.push_back(date);
  };
  each_text(object.find("birth_date"), add_date);
  each_text(object.find("birth_dates"), add_date);
  const auto add_country = [&](const std::string& text) {
    if (!trim(text).empty() && entity.countries.size() < kFactsMax)
      entity.countries.push_back(country_code(text));
  };
  each_text(object.find("countries"), add_country);
  each_text(object.find("country"), add_country);
  if (const auto identifiers = object.find("identifiers")) read_identifiers(*identifiers, &entity);
  if (const auto gender = object.find("gender"); gender && gender->is_string())
    entity.gender = parse_gender(gender->text());
  return entity;
}

}  // namespace entente::names
