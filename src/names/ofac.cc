// Remarks are sentences ended by semicolons, each with its own first word: "DOB 18 Mar 1961",
// "nationality Norvika", "Passport X123 (Norvika)", "Vessel Registration Identification IMO 1234567".
#include "names/ofac.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "names/json_records.h"

namespace entente::names {
namespace {

constexpr size_t kSdnFields = 12, kAltFields = 5, kAddFields = 6;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 10 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A field without its spaces; empty where it is null.
std::string_view field(const CsvRow& row, size_t index) {
  if (index >= row.size()) return {};
  const std::string_view text = trim(row[index]);
  return text == "-0-" ? std::string_view() : text;
}

bool is_alias_type(std::string_view text) {
  return text == "aka" || text == "fka" || text == "nka";
}

struct Number {
  std::string_view begins, type;
};
constexpr std::array<Number, 9> kNumbers = {{{"Passport ", "passport"},
                                             {"National ID No. ", "national-id"},
                                             {"Identification Number ", "identification"},
                                             {"Tax ID No. ", "tax"},
                                             {"Registration Number ", "registration"},
                                             {"Registration ID ", "registration"},
                                             {"Vessel Registration Identification IMO ", "imo"},
                                             {"SWIFT/BIC ", "swift"},
                                             {"MMSI ", "mmsi"}}};

void read_remark(std::string_view text, Entity* entity) {
  text = trim(text);
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  if (text.starts_with("alt. ")) text.remove_prefix(5);
  const auto rest_of = [&](std::string_view begin) { return trim(text.substr(begin.size())); };
  if (text.starts_with("DOB ")) add_birth_date(entity, rest_of("DOB "));
  if (text.starts_with("nationality ")) add_country(entity, rest_of("nationality "));
  if (text.starts_with("citizen ")) add_country(entity, rest_of("citizen "));
  if (text.starts_with("Gender ")) {
    const std::string_view gender = rest_of("Gender ");
    entity->gender = gender == "Male"     ? Gender::kMale
                     : gender == "Female" ? Gender::kFemale
                                          : Gender::kUnknown;
  }
  for (const Number& one : kNumbers) {
    if (!text.starts_with(one.begins)) continue;
    std::string_view value = rest_of(one.begins);
    value = trim(value.substr(0, value.find('(')));
    value = value.substr(0, value.find(' '));
    add_identifier(entity, one.type, std::string(value));
  }
  for (const std::string_view begin : {"a.k.a. '", "f.k.a. '"}) {
    if (!text.starts_with(begin)) continue;
    const std::string_view name = text.substr(begin.size());
    add_name(entity, std::string(name.substr(0, name.find('\''))),
             begin[0] == 'f' ? NameKind::kFormer : NameKind::kWeak);
  }
}

}  // namespace

OfacForm ofac_form_of(const CsvRow& row) {
  if (row.size() < kAltFields - 1 || !is_number(trim(row[0]))) return OfacForm::kNone;
  if (row.size() <= kAltFields && is_number(trim(row[1])) && is_alias_type(trim(row[2])))
    return OfacForm::kAlt;
  if (row.size() == kAddFields && is_number(trim(row[1]))) return OfacForm::kAdd;
  const bool has_null =
      std::ranges::any_of(row, [](const std::string& one) { return trim(one) == "-0-"; });
  if (row.size() >= kSdnFields - 1 && row.size() <= kSdnFields && (has_null || !row[1].empty()))
    return OfacForm::kSdn;
  return OfacForm::kNone;
}

Entity entity_of_sdn_row(const CsvRow& row) {
  Entity entity;
  if (!is_number(field(row, 0))) return entity;
  entity.id = field(row, 0);
  add_name(&entity, std::string(field(row, 1)), NameKind::kPrimary);
  const std::string_view type = field(row, 2);
  entity.kind = type == "individual" ? Kind::kPerson
                : type == "vessel"   ? Kind::kVessel
                : type == "aircraft" ? Kind::kAircraft
                                     : Kind::kOrganization;
  if (const std::string_view flag = field(row, 9); !flag.empty()) add_country(&entity, flag);
  if (const std::string_view sign = field(row, 5); !sign.empty())
    add_identifier(&entity, "call-sign", std::string(sign));
  for (const std::string_view remark : split(field(row, 11), ';')) read_remark(remark, &entity);
  return entity;
}

Entity entity_of_alt_row(const CsvRow& row) {
  Entity entity;
  if (!is_number(field(row, 0))) return entity;
  entity.id = field(row, 0);
  const NameKind kind = field(row, 2) == "fka" ? NameKind::kFormer : NameKind::kAlias;
  add_name(&entity, std::string(field(row, 3)), kind);
  return entity;
}

Entity entity_of_add_row(const CsvRow& row) {
  Entity entity;
  if (!is_number(field(row, 0))) return entity;
  entity.id = field(row, 0);
  if (const std::string_view country = field(row, 4); !country.empty())
    add_country(&entity, country);
  return entity;
}

}  // namespace entente::names
