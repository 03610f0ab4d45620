// The top level of an object: its type decides the table, its common properties feed the header.
//
// One pass over the members after a short look ahead for type and spec_version, which decide how
// the rest is read. An object of STIX 2.0 goes through the same pass with a table of the common
// properties only.
#include <algorithm>

#include "base/limits.h"
#include "stix/deterministic_id.h"
#include "stix/identifier.h"
#include "stix/stix.h"
#include "stix/walk.h"

namespace entente::stix {
namespace {

constexpr std::string_view kReserved[] = {"severity", "username", "phone_number", "action"};

// Types that STIX 2.0 has: without spec_version they are of 2.0.
constexpr Types kTypes20 =
    types(Known::kAttackPattern, Known::kCampaign, Known::kCourseOfAction, Known::kIdentity,
          Known::kIndicator, Known::kIntrusionSet, Known::kMalware, Known::kObservedData,
          Known::kReport, Known::kThreatActor, Known::kTool, Known::kVulnerability,
          Known::kRelationship, Known::kSighting, Known::kMarkingDefinition);

}  // namespace

struct Examiner::Impl {
  Walk walk;
};

Examiner::Examiner() : impl_(std::make_unique<Impl>()) {}
Examiner::~Examiner() = default;
void Examiner::examine(json::Value object, Examination* out) { impl_->walk.examine(object, out); }
void Examiner::examine_bundle(json::Value bundle, Examination* out) {
  impl_->walk.examine_bundle(bundle, out);
}

void Examination::clear() {
  header.id = header.type = header.created_by_ref = header.definition_type =
      header.definition_raw = {};
  header.spec_version = SpecVersion::k21;
  header.kind = ObjectKind::kCustom;
  header.has_version = header.revoked = header.has_extensions = false;
  header.version = {};
  header.marking_refs.clear();
  header.granular_markings.clear();
  header.references.clear();
  findings.clear();
  findings_total = 0;
  accepted = false;
}

void Walk::examine(json::Value object, Examination* out) {
  begin(object, out);
  if (!object.is_object()) {
    note(Problem::kNotAnObject, object, {"expected an object"});
    return finish();
  }
  if (object.raw().size() > limits::kObjectBytesMax) {
    note(Problem::kObjectTooLarge, object,
         {"an object may have ", std::to_string(limits::kObjectBytesMax), " bytes"});
    return finish();
  }
  if (!document_->duplicates().empty()) repeats(object);
  prescan(object);
  Frame frame(object, *compiled_);
  members(&frame);
  requirements(frame);
  if (!light_) {
    rules(frame);
    if (compiled_->check != nullptr) compiled_->check(*this, frame);
    custom_members();
    if (type_ == Known::kCustom) custom_kind(frame);
    if (!compiled_->contributing.empty() || header().kind == ObjectKind::kSco) deterministic(frame);
  } else if (type_ == Known::kMarkingDefinition) {
    schema_.of(type_).check(*this, frame);
  }
  finish();
}

// Finds the type and which version of STIX the object is of. [stix21 3.2] [taxii21 3.4.1]
void Walk::prescan(json::Value object) {
  std::optional<json::Value> type;
  std::optional<json::Value> version;
  bool has_created = false;
  for (const json::Member member : object.members()) {
    const std::string_view key = text(member.key);
    if (key == "type") {
      type = member.value;
    } else if (key == "spec_version") {
      version = member.value;
    } else if (key == "created") {
      has_created = true;
    }
    if (type && version) break;
  }
  if (type && type->is_string() && type->is_plain()) {
    header().type = text(*type);
    type_ = schema_.type_named(header().type);
  } else if (!type || !type->is_string()) {
    note(Problem::kTypeMissing, type ? *type : object, {"an object needs a type"});
  }
  const bool is_sco = (types(type_) & kScos) != 0;
  bool is_20 = false;
  if (version) {
    is_20 = version->text_is("2.0");
  } else if (type_ == Known::kCustom) {
    is_20 = has_created;
  } else {
    is_20 = !is_sco;
    if (is_20 && (types(type_) & kTypes20) == 0 && type_ != Known::kBundle) {
      note(Problem::kSpecVersionMissing, object, {"STIX 2.0 has no type ", header().type});
    }
  }
  light_ = is_20;
  header().spec_version = is_20 ? SpecVersion::k20 : SpecVersion::k21;
  compiled_ = is_20 ? &schema_.light() : &schema_.of(type_);
  header().kind = schema_.of(type_).kind;
}

void Walk::members(Frame* frame) {
  const bool is_top = frame->object.index() == root_.index();
  const NameIndex& index = frame->schema->index;
  for (const json::Member member : frame->object.members()) {
    const uint16_t number = index.find(text(member.key));
    if (number == NameIndex::kNone) {
      if (!is_top) {
        custom_name(member.key);
      } else if (!light_) {
        custom_keys_.push_back(member.key.index());
      }
      content_member(member);
      continue;
    }
    const Property& property = frame->schema->properties[number];
    frame->seen |= uint64_t{1} << number;
    frame->at[number] = member.value.index();
    if ((property.flags & (kNotApplicable | kDeprecated)) != 0) {
      note((property.flags & kDeprecated) != 0 ? Problem::kPropertyDeprecated
                                               : Problem::kPropertyNotApplicable,
           member.key,
           {property.name,
            (property.flags & kDeprecated) != 0 ? " is deprecated" : " does not belong here"});
    }
    if (property.form >= Form::kTypeName && property.form <= Form::kExtensions) {
      header_form(property, member.value);
    } else {
      value(property, member.value);
    }
  }
}

void Walk::header_form(const Property& property, json::Value value) {
  switch (property.form) {
    case Form::kTypeName:
      return type_name(value);
    case Form::kId:
      return id(value);
    case Form::kSpecVersion:
      return spec_version(value);
    case Form::kCreated:
      return version(value, &created_, &has_created_);
    case Form::kModified:
      return version(value, &modified_, &has_modified_);
    case Form::kRevoked:
      header().revoked = value.kind() == json::Kind::kTrue;
      if (!value.is_bool()) note(Problem::kPropertyType, value, {"revoked is true or false"});
      return;
    case Form::kCreator: {
      const std::string_view creator = text(value);
      UuidShape shape;
      const auto known = identified(creator, &shape);
      if (!known || !is_plain_string(value)) {
        return note(Problem::kReferenceMalformed, value, {"created_by_ref is an identifier"});
      }
      header().created_by_ref = creator;
      if (*known != Known::kIdentity) {
        note(Problem::kReferenceTarget, value,
             {"created_by_ref names an identity, not ", type_of(creator)});
      }
      return;
    }
    case Form::kMarkingRefs:
      return marking_refs(value);
    case Form::kGranularMarkings:
      return granular_markings(value);
    default:
      return extensions(value);
  }
}

// [stix21 3.1] [stix21 11.2]
void Walk::type_name(json::Value value) {
  if (kind(value) != json::Kind::kString) return;  // noted as absent
  const std::string_view name = text(value);
  if (type_ != Known::kCustom && type_ != Known::kBundle) return;
  if (!is_plain_string(value) || !is_type_name(name)) {
    return note(Problem::kTypeMalformed, value, {"not a type name: ", name});
  }
  if (type_ == Known::kBundle)
    note(Problem::kTypeMalformed, value, {"a bundle is not an object of a bundle"});
  if (name.size() < 3 || name.size() > 250)
    note(Problem::kTypeDiscouraged, value, {"a type name has 3 to 250 bytes"});
}

// [stix21 2.9]
void Walk::id(json::Value value) {
  if (kind(value) != json::Kind::kString)
    return note(Problem::kIdMissing, value, {"an id is a string"});
  const std::string_view name = text(value);
  if (name.size() > limits::kIdBytesMax) {
    return note(Problem::kIdTooLong, value,
                {"an id may have ", std::to_string(limits::kIdBytesMax), " bytes"});
  }
  UuidShape shape;
  if (!is_plain_string(value) || !identified(name, &shape)) {
    return note(Problem::kIdMalformed, value, {"expected type--UUID, not ", name});
  }
  header().id = name;
  if (!header().type.empty() && type_of(name) != header().type) {
    note(Problem::kIdTypeMismatch, value, {"the type is ", header().type});
  }
  if (!shape.is_usual) note(Problem::kUuidUnusual, value, {uuid_of(name)});
}

void Walk::spec_version(json::Value value) {
  const std::string_view version = text(value);
  if (version != "2.1" && version != "2.0") {
    note(Problem::kSpecVersionUnknown, value, {"spec_version is 2.1, not ", value.raw()});
  }
}

// [stix21 2.16] [stix21 3.2]
void Walk::version(json::Value value, Timestamp* into, bool* has) {
  const auto parsed = is_plain_string(value) ? parse_timestamp(text(value)) : std::nullopt;
  if (!parsed)
    return note(Problem::kVersionMalformed, value,
                {"expected YYYY-MM-DDTHH:MM:SS.sssZ, not ", value.raw()});
  *into = *parsed;
  *has = true;
  if (!light_ && parsed->text.size() < sizeof("2024-03-07T10:11:12.345Z") - 1) {
    note(Problem::kVersionPrecision, value, {"three fraction digits at least"});
  }
}

void Walk::requirements(const Frame& frame) {
  if (header().id.empty() && !frame.get("id"))
    note(Problem::kIdMissing, root_, {"an object needs an id"});
  for (uint64_t missing = frame.schema->required & ~frame.seen; missing != 0;
       missing &= missing - 1) {
    const auto number = static_cast<unsigned>(__builtin_ctzll(missing));
    note(Problem::kPropertyMissing, root_, {frame.schema->properties[number].name, " is required"});
  }
  if (light_ && type_ != Known::kCustom) {  // [stix20 part 2]: the same two, save for markings
    const bool is_marking = type_ == Known::kMarkingDefinition;
    if (!frame.get("created")) note(Problem::kPropertyMissing, root_, {"created is required"});
    if (!is_marking && !frame.get("modified"))
      note(Problem::kPropertyMissing, root_, {"modified is required"});
  }
  if (has_created_ && has_modified_ && compare(modified_, created_) < 0) {
    note(Problem::kModifiedBeforeCreated, *frame.get("modified"),
         {modified_.text, " is before ", created_.text});
  }
  header().has_version = has_created_ || has_modified_;
  if (header().has_version) header().version = has_modified_ ? modified_ : created_;
}

// [stix21 11.1]: names that no table knows, once it is clear which extensions the object has.
void Walk::custom_members() {
  const bool is_accounted = toplevel_extension_ || new_type_extension_ || type_ == Known::kCustom;
  for (const uint32_t node : custom_keys_) {
    const json::Value key(document_, node);
    const std::string_view name = text(key);
    if (!new_type_extension_ && std::ranges::find(kReserved, name) != std::end(kReserved)) {
      note(Problem::kPropertyReserved, key, {name, " is reserved"});
    } else if (is_accounted) {
      custom_name(key);
    } else {
      const size_t total = out_->findings_total;
      custom_name(key);
      if (out_->findings_total == total)
        note(Problem::kPropertyCustom, key, {"no extension accounts for ", name});
    }
  }
}

void Walk::custom_name(json::Value key) {
  const std::string_view name = text(key);
  if (name.size() < 3 || name.size() > 250 || !is_property_name(name)) {
    note(Problem::kPropertyName, key, {"a name has 3 to 250 of a-z, 0-9 and _"});
  }
}

// [stix21 7.3] [stix21 11.2]
void Walk::custom_kind(const Frame& frame) {
  if (!new_type_extension_) {
    if (!header().type.empty())
      note(Problem::kTypeCustom, root_, {"no extension accounts for ", header().type});
    return;
  }
  if (header().kind == ObjectKind::kSco) return;
  for (const std::string_view name : {"created", "modified"}) {
    if (!frame.get(name)) note(Problem::kPropertyMissing, root_, {name, " is required"});
  }
}

// [stix21 2.9]: only a version 5 UUID claims to be made from the contributing properties.
void Walk::deterministic(const Frame& frame) {
  if (header().id.empty() || uuid_version_of(header().id) != '5' || type_ == Known::kCustom) return;
  const std::string expected = deterministic_id(root_);
  const json::Value at = *frame.get("id");
  if (expected.empty()) {
    note(Problem::kDeterministicUnfounded, at, {"none of the contributing properties is present"});
  } else if (expected != header().id) {
    note(Problem::kDeterministicMismatch, at, {"the properties give ", expected});
  }
}

// Repeated member names at any depth. Looked for here, by sorting, since the document's own list
// may belong to others.
void Walk::repeats(json::Value value) {
  std::vector<std::pair<std::string, uint32_t>> keys;
  for (const json::Member member : value.members()) {
    keys.emplace_back(member.key.text(), member.key.index());
    repeats(member.value);
  }
  for (const json::Value element : value.elements()) repeats(element);
  std::ranges::sort(keys);
  for (size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first != keys[i - 1].first) continue;
    note(Problem::kKeyDuplicate, json::Value(document_, keys[i].second),
         {keys[i].first, " appears twice"});
  }
}

}  // namespace entente::stix
