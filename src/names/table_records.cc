// The first row tells the form: OFAC's files have no headings but a shape of their own; else the
// headings are looked up, those of a mapping first.
#include "names/table_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "names/json_records.h"
#include "names/ofac.h"
#include "names/query.h"

namespace entente::names {
namespace {

constexpr size_t kSetEntitiesMax = 2'000'000;

// What a heading means, in lower case without spaces, dots and underscores.
struct Heading {
  std::string_view meaning, words;
};
constexpr Heading kHeadings[] = {
    {"id", "id|uid|entityid|lei|entitynumber|referencenumber|ref|number|no|code"},
    {"name",
     "name|names|fullname|entityname|legalname|companyname|company|caption|title1|entitylegalname|"
     "organisation|organization|person|vesselname"},
    {"alias", "alias|aliases|aka|altnames|alternatenames|alternativenames|othernames|weakalias"},
    {"former", "formername|formernames|previousname|previousnames|fka"},
    {"kind", "kind|type|schema|entitytype|sdntype"},
    {"date", "birthdate|birthdates|dateofbirth|datesofbirth|dob|founded|incorporationdate"},
    {"country",
     "country|countries|nationality|nationalities|citizenship|citizenships|jurisdiction|"
     "entitylegaladdresscountry|entitylegaljurisdiction|flag"},
    {"gender", "gender|sex"},
    {"identifier",
     "lei|imo|imonumber|passport|passportnumber|taxid|vat|registrationnumber|identifiers|ids|"
     "idnumber|swift|mmsi|entityregistrationauthorityregistrationauthorityentityid"}};

std::string plain_heading(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string out;
  for (const char c : to_lower_ascii(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

bool means(std::string_view heading, std::string_view meaning) {
  // GLEIF numbers what it repeats: Entity.OtherEntityNames.OtherEntityName.1
  const bool is_gleif_other = heading.starts_with("entityotherentitynamesotherentityname") ||
                              heading.starts_with("entitytransliteratedotherentitynames");
  if (is_gleif_other) {
    return meaning == "alias" && heading.back() >= '0' && heading.back() <= '9';
  }
  for (const Heading& one : kHeadings) {
    if (one.meaning != meaning) continue;
    for (const std::string_view word : split(one.words, '|')) {
      if (word == heading) return true;
    }
  }
  return false;
}

std::vector<std::string> texts_of(const std::optional<json::Value>& value) {
  std::vector<std::string> out;
  if (!value) return out;
  if (value->is_string()) out.push_back(value->text());
  if (value->is_number()) out.emplace_back(value->raw());
  for (const json::Value one : value->elements()) {
    if (out.size() >= kMappedColumnsMax) break;
    if (one.is_string()) out.push_back(one.text());
    if (one.is_number()) out.emplace_back(one.raw());
  }
  return out;
}

// The values of a field.
std::vector<std::string_view> values_of(std::string_view field, char separator) {
  if (separator == '\0') return {trim(field)};
  std::vector<std::string_view> out;
  for (const std::string_view one : split(field, separator)) {
    if (out.size() >= kNamesMax) break;
    if (!trim(one).empty()) out.push_back(trim(one));
  }
  return out;
}

Kind kind_of(std::string_view text) {
  const std::string word = to_lower_ascii(trim(text));
  if (word == "legalentity" || word == "publicbody" || word == "fund" || word == "firm")
    return Kind::kOrganization;
  if (word == "airplane") return Kind::kAircraft;
  if (word == "ship") return Kind::kVessel;
  return parse_kind(word);
}

}  // namespace

Result<TableMapping> read_mapping(json::Value object) {
  const auto columns = object.find("columns");
  if (!columns || !columns->is_object())
    return fail(Code::kInvalid, "a mapping is {\"columns\":{\"names\":[...],...}}");
  TableMapping mapping;
  const auto take = [&](std::initializer_list<std::string_view> members,
                        std::vector<std::string>* out) {
    for (const std::string_view member : members) {
      for (std::string& text : texts_of(columns->find(member))) out->push_back(std::move(text));
    }
  };
  take({"id"}, &mapping.id);
  take({"name", "names"}, &mapping.names);
  take({"alias", "aliases"}, &mapping.aliases);
  take({"former_name", "former_names"}, &mapping.former);
  take({"kind"}, &mapping.kind);
  take({"birth_date", "birth_dates"}, &mapping.birth_dates);
  take({"country", "countries"}, &mapping.countries);
  take({"gender"}, &mapping.gender);
  if (const auto identifiers = columns->find("identifiers")) {
    for (const json::Member member : identifiers->members()) {
      for (std::string& text : texts_of(member.value))
        mapping.identifiers.emplace_back(member.key.text(), std::move(text));
    }
  }
  if (const auto kind = object.find("kind"); kind && kind->is_string())
    mapping.all_are = kind_of(kind->text());
  if (const auto separator = object.find("separator"); separator && separator->is_string()) {
    const std::string text = separator->text();
    if (text.size() != 1) return fail(Code::kInvalid, "a separator is one character");
    mapping.list_separator = text[0];
  }
  if (const auto headings = object.find("headings"); headings && headings->is_bool())
    mapping.has_headings = headings->kind() == json::Kind::kTrue;
  if (mapping.names.empty()) return fail(Code::kInvalid, "a mapping names a column of names");
  return mapping;
}

Result<void> EntitySet::add(Entity&& entity, bool is_part) {
  if (entities_.size() + part_count_ >= kSetEntitiesMax)
    return fail(Code::kTooLarge, "a list in several files has too many rows");
  if (is_part) {
    std::vector<Entity>& parts = parts_[entity.id];
    parts.push_back(std::move(entity));
    ++part_count_;
  } else {
    entities_.push_back(std::move(entity));
  }
  return {};
}

Result<void> EntitySet::finish(const EntitySink& sink) {
  for (Entity& entity : entities_) {
    const auto it = parts_.find(entity.id);
    if (it != parts_.end()) {
      for (const Entity& part : it->second) {
        for (const Name& name : part.names) add_name(&entity, name.text, name.kind);
        for (const std::string& country : part.countries) add_country(&entity, country);
      }
    }
    TRY(sink(std::move(entity)));
  }
  entities_.clear();
  parts_.clear();
  part_count_ = 0;
  return {};
}

TableReader::TableReader(const EntitySink& sink, EntitySet* set, const TableMapping* mapping,
                         ReadReport* report)
    : sink_(sink), set_(set), mapping_(mapping), report_(report), csv_([this](CsvRow& row) {
        return take(row);
      }) {}

void TableReader::refuse(std::string_view why) {
  ++report_->refused;
  if (report_->problems.size() < kReadProblemsMax)
    report_->problems.push_back(fmt::format("row {}: {}", row_, why));
}

void TableReader::use_headings(const CsvRow& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    const std::string heading = plain_heading(row[i]);
    if (heading.empty()) continue;
    if (id_.empty() && means(heading, "id")) id_.push_back({i, ""});
    if (means(heading, "name")) names_.push_back({i, ""});
    if (means(heading, "alias")) aliases_.push_back({i, ""});
    if (means(heading, "former")) former_.push_back({i, ""});
    if (kind_.empty() && means(heading, "kind")) kind_.push_back({i, ""});
    if (means(heading, "date")) dates_.push_back({i, ""});
    if (means(heading, "country")) countries_.push_back({i, ""});
    if (means(heading, "gender")) gender_.push_back({i, ""});
    if (means(heading, "identifier")) identifiers_.push_back({i, heading});
    if (heading == "entitylegalname" || heading == "entitylegalnamexmllang")
      all_are_ = Kind::kOrganization;
  }
  list_separator_ = ';';
}

void TableReader::use_mapping(const CsvRow& row) {
  const auto find = [&](const std::string& name, const std::string& type,
                        std::vector<Column>* out) {
    if (!mapping_->has_headings) {
      const auto number = parse_decimal(name);
      if (number && *number >= 1 && *number <= kCsvFieldsMax) out->push_back({*number - 1, type});
      return;
    }
    for (size_t i = 0; i < row.size(); ++i) {
      std::string_view heading = trim(row[i]);
      if (heading.starts_with("\xEF\xBB\xBF")) heading.remove_prefix(3);
      if (heading == trim(name)) out->push_back({i, type});
    }
  };
  const auto find_all = [&](const std::vector<std::string>& columns, std::vector<Column>* out) {
    for (const std::string& one : columns) find(one, "", out);
  };
  find_all(mapping_->id, &id_);
  find_all(mapping_->names, &names_);
  find_all(mapping_->aliases, &aliases_);
  find_all(mapping_->former, &former_);
  find_all(mapping_->kind, &kind_);
  find_all(mapping_->birth_dates, &dates_);
  find_all(mapping_->countries, &countries_);
  find_all(mapping_->gender, &gender_);
  for (const auto& [type, column] : mapping_->identifiers) find(column, type, &identifiers_);
  list_separator_ = mapping_->list_separator;
  all_are_ = mapping_->all_are;
}

// Whether the row was only headings.
bool TableReader::recognise(const CsvRow& row) {
  report_->format = "table";
  if (mapping_ != nullptr) {
    use_mapping(row);
    form_ = names_.empty() ? Form::kNone : Form::kMapped;
    return mapping_->has_headings;
  }
  if (const OfacForm ofac = ofac_form_of(row); ofac != OfacForm::kNone) {
    form_ = ofac == OfacForm::kSdn ? Form::kSdn : ofac == OfacForm::kAlt ? Form::kAlt : Form::kAdd;
    report_->format = "ofac-csv";
    return false;
  }
  use_headings(row);
  form_ = names_.empty() ? Form::kNone : Form::kMapped;
  return true;
}

Result<void> TableReader::take_ofac(const CsvRow& row) {
  const bool is_part = form_ != Form::kSdn;
  Entity entity = form_ == Form::kSdn   ? entity_of_sdn_row(row)
                  : form_ == Form::kAlt ? entity_of_alt_row(row)
                                        : entity_of_add_row(row);
  if (entity.id.empty() || (!is_part && entity.names.empty())) {
    refuse("not a row of this list");
    return {};
  }
  if (!is_part) ++report_->entities;
  return set_->add(std::move(entity), is_part);
}

Result<void> TableReader::take_mapped(const CsvRow& row) {
  Entity entity;
  const auto each = [&](const std::vector<Column>& columns, const auto& use) {
    for (const Column& column : columns) {
      if (column.index >= row.size()) continue;
      for (const std::string_view value : values_of(row[column.index], list_separator_))
        if (!value.empty() && value != "-0-") use(value, column);
    }
  };
  const auto add_as = [&](NameKind kind) {
    return [&entity, kind](std::string_view value, const Column&) {
      add_name(&entity, std::string(value), kind);
    };
  };
  for (const Column& column : id_) {
    if (column.index < row.size() && entity.id.empty()) entity.id = trim(row[column.index]);
  }
  // A name may hold the separator of lists (a semicolon); aliases come apart at it.
  for (const Column& column : names_) {
    if (column.index < row.size())
      add_name(&entity, std::string(trim(row[column.index])), NameKind::kPrimary);
  }
  each(aliases_, add_as(NameKind::kAlias));
  each(former_, add_as(NameKind::kFormer));
  entity.kind = all_are_;
  each(kind_, [&](std::string_view value, const Column&) {
    if (const Kind kind = kind_of(value); kind != Kind::kAny) entity.kind = kind;
  });
  each(dates_, [&](std::string_view value, const Column&) { add_birth_date(&entity, value); });
  each(countries_, [&](std::string_view value, const Column&) { add_country(&entity, value); });
  each(gender_,
       [&](std::string_view value, const Column&) { entity.gender = parse_gender(value); });
  each(identifiers_, [&](std::string_view value, const Column& column) {
    add_identifier(&entity, column.type, std::string(value));
  });
  if (entity.names.empty()) {
    refuse("a row without a name");
    return {};
  }
  if (entity.id.empty()) entity.id = fmt::format("row-{}", row_);
  if (entity.id.size() > kEntityIdBytes) entity.id.resize(kEntityIdBytes);
  ++report_->entities;
  return sink_(std::move(entity));
}

Result<void> TableReader::take(CsvRow& row) {
  ++row_;
  if (form_ == Form::kUnknown && recognise(row)) {
    if (form_ == Form::kNone)
      return fail(Code::kInvalid,
                  mapping_ != nullptr
                      ? "the table has none of the mapping's columns of names"
                      : "not a list in a known form: no column of names (docs/names.md)");
    return {};
  }
  if (form_ == Form::kNone)
    return fail(Code::kInvalid, "not a list in a known form (docs/names.md)");
  return form_ == Form::kMapped ? take_mapped(row) : take_ofac(row);
}

}  // namespace entente::names
