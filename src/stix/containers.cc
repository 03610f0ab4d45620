// Values that hold values: nested structures, dictionaries, the deprecated container of
// observables, translations, and content that nothing is known of.
#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/limits.h"
#include "stix/formats.h"
#include "stix/identifier.h"
#include "stix/walk.h"

namespace entente::stix {

void Walk::structure(json::Value object, const Compiled& compiled) {
  if (light_) return content(object);
  Frame frame(object, compiled);
  for (const json::Member member : object.members()) {
    const uint16_t number = compiled.index.find(text(member.key));
    if (number == NameIndex::kNone) {
      custom_name(member.key);
      content_member(member);
      continue;
    }
    frame.seen |= uint64_t{1} << number;
    frame.at[number] = member.value.index();
    value(compiled.properties[number], member.value);
  }
  for (uint64_t missing = compiled.required & ~frame.seen; missing != 0; missing &= missing - 1) {
    const auto number = static_cast<unsigned>(__builtin_ctzll(missing));
    note(Problem::kPropertyMissing, object, {compiled.properties[number].name, " is required"});
  }
  rules(frame);
  if (compiled.check != nullptr) compiled.check(*this, frame);
}

// Recursion as deep as the parser lets documents nest (limits::kJsonDepthMax).
void Walk::content(json::Value value) {
  switch (kind(value)) {
    case json::Kind::kNull:
      return note(Problem::kNullValue, value, {"null is no value"});
    case json::Kind::kObject:
      for (const json::Member member : value.members()) content_member(member);
      return;
    case json::Kind::kArray:
      for (const json::Value element : value.elements()) content(element);
      return;
    default:
      return;
  }
}

// A member of unknown content: what is named like a reference and reads like one is one.
// [stix21 3.1]
void Walk::content_member(json::Member member) {
  UuidShape shape;
  switch (kind(member.value)) {
    case json::Kind::kString:
      if (is_plain_string(member.value) && text(member.key).ends_with("_ref") &&
          identified(text(member.value), &shape)) {
        add_reference(text(member.value), member.value);
      }
      return;
    case json::Kind::kArray:
      if (!text(member.key).ends_with("_refs")) break;
      for (const json::Value element : member.value.elements()) {
        if (is_plain_string(element) && identified(text(element), &shape)) {
          add_reference(text(element), element);
        } else if (kind(element) != json::Kind::kString) {
          content(element);
        }
      }
      return;
    default:
      break;
  }
  content(member.value);
}

// [stix21 2.3]
void Walk::dictionary_key(json::Value key) {
  const std::string_view name = text(key);
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (name.empty() || name.size() > 250 || !std::ranges::all_of(name, fits)) {
    note(Problem::kDictionaryKey, key, {"a key has 1 to 250 of a-z, A-Z, 0-9, - and _"});
  }
}

void Walk::dictionary(const Property& property, json::Value value) {
  if (!expect(json::Kind::kObject, value, "a dictionary")) return;
  if (value.size() == 0) note(Problem::kDictionaryEmpty, value, {property.name, " has no entries"});
  for (const json::Member member : value.members()) {
    dictionary_key(member.key);
    if (!dictionary_value(property.form, member.value)) {
      note(Problem::kDictionaryValue, member.value,
           {"a value of ", property.name, " has another type"});
    }
    content_member(member);
  }
}

bool Walk::dictionary_value(Form form, json::Value value) {
  const auto all_strings = [](json::Value list) {
    for (const json::Value element : list.elements()) {
      if (!element.is_string()) return false;
    }
    return list.is_array();
  };
  switch (form) {
    case Form::kStringDictionary:
      return value.is_string();
    case Form::kScalarDictionary:
      return value.is_string() || value.integer().has_value();
    case Form::kIntegerDictionary:
      return value.integer().has_value();
    case Form::kStringsDictionary:
      return value.is_string() || all_strings(value);
    case Form::kListDictionary:
      return all_strings(value);
    default:
      return value.kind() != json::Kind::kNull;
  }
}

namespace {

using Keys = std::unordered_set<std::string>;

// References inside the container are to its own keys; identifiers are left to content().
// [stix21 2.13]
void check_local_references(Walk& walk, json::Value value, const Keys& keys) {
  const auto check = [&](json::Value target) {
    if (!target.is_string()) return;
    const std::string_view name = walk.text(target);
    if (!is_identifier(name) && !keys.contains(std::string(name))) {
      walk.note(Problem::kContainerReference, target, {"no object ", name, " in this container"});
    }
  };
  for (const json::Member member : value.members()) {
    if (walk.text(member.key).ends_with("_ref")) {
      check(member.value);
    } else if (walk.text(member.key).ends_with("_refs")) {
      for (const json::Value element : member.value.elements()) check(element);
    } else {
      check_local_references(walk, member.value, keys);
    }
  }
  for (const json::Value element : value.elements()) check_local_references(walk, element, keys);
}

}  // namespace

void Walk::container(json::Value value) {
  if (!expect(json::Kind::kObject, value, "a container of objects")) return;
  if (value.size() == 0) note(Problem::kDictionaryEmpty, value, {"no object in it"});
  Keys keys;
  for (const json::Member member : value.members()) keys.insert(member.key.text());
  for (const json::Member member : value.members()) {
    if (!expect(json::Kind::kObject, member.value, "an object")) continue;
    const auto type = member.value.find("type");
    if (!type || !type->is_string()) {
      note(Problem::kPropertyMissing, member.value, {"type is required"});
    }
    check_local_references(*this, member.value, keys);
  }
  content(value);
}

// [stix21 7.1]
void Walk::contents(json::Value value) {
  if (!expect(json::Kind::kObject, value, "a dictionary")) return;
  if (value.size() == 0) note(Problem::kDictionaryEmpty, value, {"no language in it"});
  for (const json::Member member : value.members()) {
    const std::string_view tag = text(member.key);
    if (!is_language_tag(tag))
      note(Problem::kLanguageMalformed, member.key, {"not a language tag: ", tag});
    if (!expect(json::Kind::kObject, member.value, "a dictionary of properties")) continue;
    if (member.value.size() == 0)
      note(Problem::kDictionaryEmpty, member.value, {"no property in it"});
    content(member.value);
  }
}

}  // namespace entente::stix
