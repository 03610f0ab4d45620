// The schema as tables: a shape lists the members of one kind of object; a member has a type and at most one
// further rule. What depends on other members (subtypes by type, annotations by motivation) is
// code, at the end. Recursion follows the tables, whose depth is fixed.
#include "ownership/bods_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "base/text.h"

namespace entente::ownership {
namespace {

enum class Type : uint8_t { kText, kFlag, kNumber, kObject };
enum class Form : uint8_t { kAny, kDate, kDateOrTime, kYearOrDate, kUri, kVersion };

struct Shape;

struct MemberRule {
  std::string_view name;
  Type type = Type::kText;  // of each element, if is_list
  bool is_required = false;
  std::string_view codes = {};  // words, of which a text must be one
  Form form = Form::kAny;
  size_t length_min = 0, length_max = 0;  // 0: any
  const Shape* shape = nullptr;           // of an object
  bool is_list = false;
};

struct Shape {
  std::span<const MemberRule> members;
};

constexpr std::string_view kReasons =
    "noBeneficialOwners subjectUnableToConfirmOrIdentifyBeneficialOwner "
    "interestedPartyHasNotProvidedInformation subjectExemptFromDisclosure "
    "interestedPartyExemptFromDisclosure unknown informationUnknownToPublisher";
constexpr std::string_view kInterestTypes =
    "shareholding votingRights appointmentOfBoard otherInfluenceOrControl seniorManagingOfficial "
    "settlor trustee protector beneficiaryOfLegalArrangement rightsToSurplusAssetsOnDissolution "
    "rightsToProfitOrIncome rightsGrantedByContract conditionalRightsGrantedByContract "
    "controlViaCompanyRulesOrArticles controlByLegalFramework boardMember boardChair "
    "unknownInterest unpublishedInterest enjoymentAndUseOfAssets rightToProfitOrIncomeFromAssets "
    "nominee nominator";

constexpr MemberRule kCountryMembers[] = {{.name = "name", .is_required = true},
                                          {.name = "code", .length_min = 2, .length_max = 2}};
constexpr Shape kCountry{kCountryMembers};
constexpr MemberRule kJurisdictionMembers[] = {{.name = "name", .is_required = true},
                                               {.name = "code", .length_min = 2, .length_max = 6}};
constexpr Shape kJurisdiction{kJurisdictionMembers};
constexpr MemberRule kIdentifierMembers[] = {{.name = "id"},
                                             {.name = "scheme"},
                                             {.name = "schemeName"},
                                             {.name = "uri", .form = Form::kUri}};
constexpr Shape kIdentifier{kIdentifierMembers};
constexpr MemberRule kUnspecifiedMembers[] = {
    {.name = "reason", .is_required = true, .codes = kReasons}, {.name = "description"}};
constexpr Shape kUnspecified{kUnspecifiedMembers};
constexpr MemberRule kAgentMembers[] = {{.name = "name"}, {.name = "uri", .form = Form::kUri}};
constexpr Shape kAgent{kAgentMembers};
constexpr MemberRule kSourceMembers[] = {
    {.name = "type",
     .codes = "selfDeclaration officialRegister thirdParty primaryResearch verified",
     .is_list = true},
    {.name = "description"},
    {.name = "url", .form = Form::kUri},
    {.name = "retrievedAt", .form = Form::kDateOrTime},
    {.name = "assertedBy", .type = Type::kObject, .shape = &kAgent, .is_list = true}};
constexpr Shape kSource{kSourceMembers};

#define ADDRESS_SHAPE(shape_name, kinds)                               \
  constexpr MemberRule shape_name##Members[] = {                       \
      {.name = "type", .codes = (kinds)},                              \
      {.name = "address"},                                             \
      {.name = "postCode"},                                            \
      {.name = "country", .type = Type::kObject, .shape = &kCountry}}; \
  constexpr Shape shape_name { shape_name##Members }
ADDRESS_SHAPE(kEntityAddress, "registered business alternative");
ADDRESS_SHAPE(kPersonAddress, "residence service alternative");
ADDRESS_SHAPE(kBirthAddress, "placeOfBirth");
#undef ADDRESS_SHAPE

constexpr MemberRule kEntityTypeMembers[] = {
    {.name = "type",
     .is_required = true,
     .codes =
         "registeredEntity legalEntity arrangement anonymousEntity unknownEntity state stateBody"},
    {.name = "subtype"},  // see check_subtype
    {.name = "details"}};
constexpr Shape kEntityType{kEntityTypeMembers};
constexpr MemberRule kSecurityMembers[] = {{.name = "idScheme", .codes = "isin figi cusip cins"},
                                           {.name = "id"},
                                           {.name = "ticker", .is_required = true}};
constexpr Shape kSecurity{kSecurityMembers};
constexpr MemberRule kListingMembers[] = {
    {.name = "marketIdentifierCode"},
    {.name = "operatingMarketIdentifierCode"},
    {.name = "stockExchangeJurisdiction", .is_required = true, .length_min = 2, .length_max = 6},
    {.name = "stockExchangeName", .is_required = true},
    {.name = "security", .type = Type::kObject, .is_required = true, .shape = &kSecurity}};
constexpr Shape kListing{kListingMembers};
constexpr MemberRule kPublicListingMembers[] = {
    {.name = "hasPublicListing", .type = Type::kFlag, .is_required = true},
    {.name = "companyFilingsURLs", .form = Form::kUri, .is_list = true},
    {.name = "securitiesListings", .type = Type::kObject, .shape = &kListing, .is_list = true}};
constexpr Shape kPublicListing{kPublicListingMembers};
constexpr MemberRule kStatuteMembers[] = {{.name = "name"}, {.name = "date", .form = Form::kDate}};
constexpr Shape kStatute{kStatuteMembers};
constexpr MemberRule kEntityMembers[] = {
    {.name = "isComponent", .type = Type::kFlag, .is_required = true},
    {.name = "entityType", .type = Type::kObject, .is_required = true, .shape = &kEntityType},
    {.name = "unspecifiedEntityDetails", .type = Type::kObject, .shape = &kUnspecified},
    {.name = "name"},
    {.name = "alternateNames", .is_list = true},
    {.name = "jurisdiction", .type = Type::kObject, .shape = &kJurisdiction},
    {.name = "identifiers", .type = Type::kObject, .shape = &kIdentifier, .is_list = true},
    {.name = "foundingDate", .form = Form::kDate},
    {.name = "dissolutionDate", .form = Form::kDate},
    {.name = "addresses", .type = Type::kObject, .shape = &kEntityAddress, .is_list = true},
    {.name = "uri", .form = Form::kUri},
    {.name = "publicListing", .type = Type::kObject, .shape = &kPublicListing},
    {.name = "formedByStatute", .type = Type::kObject, .shape = &kStatute}};
constexpr Shape kEntity{kEntityMembers};

constexpr MemberRule kNameMembers[] = {
    {.name = "type", .codes = "legal translation transliteration former alternative birth"},
    {.name = "fullName", .is_required = true},
    {.name = "familyName"},
    {.name = "givenName"},
    {.name = "patronymicName"}};
constexpr Shape kName{kNameMembers};
constexpr MemberRule kExposureDetailMembers[] = {
    {.name = "reason"},
    {.name = "missingInfoReason"},
    {.name = "jurisdiction", .type = Type::kObject, .shape = &kJurisdiction},
    {.name = "startDate", .form = Form::kDate},
    {.name = "endDate", .form = Form::kDate},
    {.name = "source", .type = Type::kObject, .shape = &kSource}};
constexpr Shape kExposureDetail{kExposureDetailMembers};
constexpr MemberRule kExposureMembers[] = {
    {.name = "status", .is_required = true, .codes = "isPep isNotPep unknown"},
    {.name = "details", .type = Type::kObject, .shape = &kExposureDetail, .is_list = true}};
constexpr Shape kExposure{kExposureMembers};
constexpr MemberRule kPersonMembers[] = {
    {.name = "isComponent", .type = Type::kFlag, .is_required = true},
    {.name = "personType",
     .is_required = true,
     .codes = "anonymousPerson unknownPerson knownPerson"},
    {.name = "unspecifiedPersonDetails", .type = Type::kObject, .shape = &kUnspecified},
    {.name = "names", .type = Type::kObject, .shape = &kName, .is_list = true},
    {.name = "identifiers", .type = Type::kObject, .shape = &kIdentifier, .is_list = true},
    {.name = "nationalities", .type = Type::kObject, .shape = &kCountry, .is_list = true},
    {.name = "placeOfBirth", .type = Type::kObject, .shape = &kBirthAddress},
    {.name = "birthDate", .form = Form::kYearOrDate},
    {.name = "deathDate", .form = Form::kYearOrDate},
    {.name = "taxResidencies", .type = Type::kObject, .shape = &kCountry, .is_list = true},
    {.name = "addresses", .type = Type::kObject, .shape = &kPersonAddress, .is_list = true},
    {.name = "politicalExposure", .type = Type::kObject, .shape = &kExposure}};
constexpr Shape kPerson{kPersonMembers};

constexpr MemberRule kShareMembers[] = {{.name = "exact", .type = Type::kNumber},
                                        {.name = "maximum", .type = Type::kNumber},
                                        {.name = "minimum", .type = Type::kNumber},
                                        {.name = "exclusiveMinimum", .type = Type::kNumber},
                                        {.name = "exclusiveMaximum", .type = Type::kNumber}};
constexpr Shape kShare{kShareMembers};
constexpr MemberRule kInterestMembers[] = {
    {.name = "type", .codes = kInterestTypes},
    {.name = "directOrIndirect", .codes = "direct indirect unknown"},
    {.name = "beneficialOwnershipOrControl", .type = Type::kFlag},
    {.name = "details"},
    {.name = "share", .type = Type::kObject, .shape = &kShare},
    {.name = "startDate", .form = Form::kDate},
    {.name = "endDate", .form = Form::kDate}};
constexpr Shape kInterest{kInterestMembers};
constexpr MemberRule kRelationshipMembers[] = {
    {.name = "isComponent", .type = Type::kFlag, .is_required = true},
    {.name = "componentRecords", .is_list = true},
    {.name = "interests", .type = Type::kObject, .shape = &kInterest, .is_list = true}};
constexpr Shape kRelationship{kRelationshipMembers};

constexpr MemberRule kAnnotationMembers[] = {
    {.name = "statementPointerTarget", .is_required = true},
    {.name = "creationDate", .form = Form::kDateOrTime},
    {.name = "createdBy", .type = Type::kObject, .shape = &kAgent},
    {.name = "motivation",
     .is_required = true,
     .codes = "commenting correcting identifying linking transformation"},
    {.name = "description"},
    {.name = "transformedContent"},
    {.name = "url", .form = Form::kUri}};
constexpr Shape kAnnotation{kAnnotationMembers};
constexpr MemberRule kPublisherMembers[] = {{.name = "name"}, {.name = "url", .form = Form::kUri}};
constexpr Shape kPublisher{kPublisherMembers};
constexpr MemberRule kPublicationMembers[] = {
    {.name = "publicationDate", .is_required = true, .form = Form::kDateOrTime},
    {.name = "bodsVersion", .is_required = true, .form = Form::kVersion},
    {.name = "license", .form = Form::kUri},
    {.name = "publisher", .type = Type::kObject, .is_required = true, .shape = &kPublisher}};
constexpr Shape kPublication{kPublicationMembers};
constexpr MemberRule kStatementMembers[] = {
    {.name = "statementId", .is_required = true, .length_min = 32, .length_max = 64},
    {.name = "statementDate", .is_required = true, .form = Form::kDateOrTime},
    {.name = "annotations", .type = Type::kObject, .shape = &kAnnotation, .is_list = true},
    {.name = "publicationDetails", .type = Type::kObject, .shape = &kPublication},
    {.name = "source", .type = Type::kObject, .shape = &kSource},
    {.name = "declaration"},
    {.name = "declarationSubject", .is_required = true},
    {.name = "recordId", .is_required = true},
    {.name = "recordType", .is_required = true, .codes = "entity person relationship"},
    {.name = "recordStatus", .codes = "new updated closed"},
    {.name = "recordDetails", .type = Type::kObject, .is_required = true}};
constexpr Shape kStatement{kStatementMembers};

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_date(std::string_view text) {
  constexpr size_t kDateSize = 10;
  return text.size() == kDateSize && parse_day(text).has_value();
}

// [RFC 3339 5.6]
bool is_date_time(std::string_view text) {
  constexpr size_t kShortest = 20;  // 2024-02-29T12:00:00Z
  if (text.size() < kShortest || !is_date(text.substr(0, 10))) return false;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return false;
  if (!is_digits(text.substr(11, 2)) || text[13] != ':' || !is_digits(text.substr(14, 2)) ||
      text[16] != ':' || !is_digits(text.substr(17, 2)))
    return false;
  if (text.substr(11, 2) > "23" || text.substr(14, 2) > "59" || text.substr(17, 2) > "60")
    return false;
  text.remove_prefix(19);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const size_t digits = std::min(text.size(), text.find_first_not_of("0123456789"));
    if (digits == 0) return false;
    text.remove_prefix(digits);
  }
  if (text == "Z" || text == "z") return true;
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && is_digits(text.substr(1, 2)) &&
         text[3] == ':' && is_digits(text.substr(4, 2));
}

// A scheme, a colon, and no white space or bracket. [RFC 3986 3]
bool is_uri(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!is_letter(text[0])) return false;
  const auto is_scheme = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  if (!std::ranges::all_of(text.substr(0, colon), is_scheme)) return false;
  return std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' ||
           c == '}' || c == '\\' || c == '^' || c == '`' || c == '|';
  });
}

size_t code_points(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Checker {
 public:
  explicit Checker(Findings* findings) : findings_(findings) {}

  uint64_t breaches() const { return breaches_; }

  void breach(std::string_view code, const std::string& place, std::string detail) {
    ++breaches_;
    findings_->error("bods-" + std::string(code), place, std::move(detail));
  }

  void object(json::Value value, const Shape& shape, const std::string& place) {
    for (const MemberRule& rule : shape.members) {
      const auto member = value.find(rule.name);
      const std::string at = fmt::format("{}.{}", place, rule.name);
      if (!member) {
        if (rule.is_required) breach("required", place, fmt::format("{} is missing", rule.name));
      } else if (!rule.is_list) {
        single(*member, rule, at);
      } else if (!member->is_array()) {
        breach("type", at, "not a list");
      } else {
        size_t index = 0;
        for (const json::Value element : member->elements())
          single(element, rule, fmt::format("{}[{}]", at, index++));
      }
    }
    if (shape.members.data() == kIdentifier.members.data() && !value.find("scheme") &&
        !value.find("schemeName"))
      breach("anyOf", place, "neither scheme nor schemeName");
    if (shape.members.data() == kPublisher.members.data() && !value.find("name") &&
        !value.find("url"))
      breach("anyOf", place, "neither name nor url");
  }

  void single(json::Value value, const MemberRule& rule, const std::string& place) {
    switch (rule.type) {
      case Type::kText:
        if (!value.is_string()) return breach("type", place, "not a text");
        return text(value.text(), rule, place);
      case Type::kFlag:
        if (!value.is_bool()) breach("type", place, "neither true nor false");
        return;
      case Type::kNumber:
        return percentage(value, place);
      case Type::kObject:
        if (!value.is_object()) return breach("type", place, "not an object");
        if (rule.shape != nullptr) object(value, *rule.shape, place);
        return;
    }
  }

 private:
  void text(const std::string& text, const MemberRule& rule, const std::string& place) {
    if (!rule.codes.empty()) {
      const auto codes = split(rule.codes, ' ');
      if (std::ranges::find(codes, text) == codes.end())
        breach("enum", place, fmt::format("'{}' is not a code of it", text));
    }
    const size_t length = code_points(text);
    if (rule.length_min > 0 && length < rule.length_min)
      breach("minLength", place, fmt::format("shorter than {}", rule.length_min));
    if (rule.length_max > 0 && length > rule.length_max)
      breach("maxLength", place, fmt::format("longer than {}", rule.length_max));
    form(text, rule.form, place);
  }

  void form(const std::string& text, Form wanted, const std::string& place) {
    switch (wanted) {
      case Form::kAny:
        return;
      case Form::kDate:
        if (!is_date(text)) breach("format", place, "not a date");
        return;
      case Form::kDateOrTime:
        if (!is_date(text) && !is_date_time(text))
          breach("anyOf", place, "neither a date nor a time");
        return;
      case Form::kYearOrDate:
        if (text.size() > 10 || !parse_day(text)) breach("anyOf", place, "no year, month or date");
        return;
      case Form::kUri:
        if (!is_uri(text)) breach("format", place, "not a URI");
        return;
      case Form::kVersion: {
        const size_t dot = text.find('.');
        if (dot == std::string::npos || !is_digits(text.substr(0, dot)) ||
            !is_digits(text.substr(dot + 1)))
          breach("pattern", place, "not a version such as 0.4");
        return;
      }
    }
  }

  void percentage(json::Value value, const std::string& place) {
    if (!value.is_number()) return breach("type", place, "not a number");
    const auto number = value.number();
    if (!number || *number > 100) {
      breach("maximum", place, "more than 100");
    } else if (*number < 0) {
      breach("minimum", place, "less than 0");
    }
  }

  Findings* findings_;
  uint64_t breaches_ = 0;
};

bool has_text(json::Value object, std::string_view name, std::string_view expected) {
  const auto member = object.find(name);
  return member && member->is_string() && member->text_is(expected);
}

void check_subtype(json::Value details, const std::string& place, Checker* checker) {
  const auto entity_type = details.find("entityType");
  if (!entity_type || !entity_type->is_object()) return;
  const auto subtype = entity_type->find("subtype");
  if (!subtype || !subtype->is_string()) return;
  std::string_view codes = "governmentDepartment stateAgency other trust nomination";
  if (has_text(*entity_type, "type", "arrangement")) codes = "trust nomination other";
  if (has_text(*entity_type, "type", "legalEntity")) codes = "trust other";
  if (has_text(*entity_type, "type", "stateBody")) codes = "governmentDepartment stateAgency other";
  for (const std::string_view type :
       {"registeredEntity", "state", "anonymousEntity", "unknownEntity"}) {
    if (has_text(*entity_type, "type", type)) codes = "other";
  }
  const MemberRule rule{.name = "subtype", .codes = codes};
  checker->single(*subtype, rule, place + ".entityType.subtype");
}

void check_ends(json::Value details, const std::string& place, Checker* checker) {
  for (const std::string_view name : {"subject", "interestedParty"}) {
    const auto end = details.find(name);
    if (!end) {
      checker->breach("required", place, fmt::format("{} is missing", name));
    } else if (end->is_object()) {
      checker->object(*end, kUnspecified, fmt::format("{}.{}", place, name));
    } else if (!end->is_string()) {
      checker->breach("oneOf", fmt::format("{}.{}", place, name),
                      "neither a record's id nor a reason");
    }
  }
  const auto is_component = details.find("isComponent");
  const auto components = details.find("componentRecords");
  if (is_component && is_component->kind() == json::Kind::kTrue && components &&
      components->is_array() && components->size() > 0)
    checker->breach("const", place + ".componentRecords", "a component has no components");
}

void check_annotations(json::Value statement, const std::string& place, Checker* checker) {
  const auto annotations = statement.find("annotations");
  if (!annotations) return;
  size_t index = 0;
  for (const json::Value annotation : annotations->elements()) {
    const std::string at = fmt::format("{}.annotations[{}]", place, index++);
    if (!annotation.is_object()) continue;
    if (has_text(annotation, "motivation", "linking") && !annotation.find("url"))
      checker->breach("required", at, "url is missing");
    const auto content = annotation.find("transformedContent");
    if (content && content->is_string() && !content->text_is("") && annotation.find("motivation") &&
        !has_text(annotation, "motivation", "transformation"))
      checker->breach("const", at + ".transformedContent", "only of transformations");
  }
}

}  // namespace

bool check_bods_statement(json::Value statement, const std::string& place, Findings* findings) {
  Checker checker(findings);
  if (!statement.is_object()) {
    checker.breach("type", place, "not an object");
    return false;
  }
  checker.object(statement, kStatement, place);
  check_annotations(statement, place, &checker);
  const auto details = statement.find("recordDetails");
  if (details && details->is_object()) {
    const std::string at = place + ".recordDetails";
    if (has_text(statement, "recordType", "entity")) {
      checker.object(*details, kEntity, at);
      check_subtype(*details, at, &checker);
    } else if (has_text(statement, "recordType", "person")) {
      checker.object(*details, kPerson, at);
    } else if (has_text(statement, "recordType", "relationship")) {
      checker.object(*details, kRelationship, at);
      check_ends(*details, at, &checker);
    }
  }
  return checker.breaches() == 0;
}

}  // namespace entente::ownership
