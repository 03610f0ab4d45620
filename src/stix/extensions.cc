// The extensions dictionary. [stix21 3.2] [stix21 3.10] [stix21 7.3] [stix21 11.3]
#include <algorithm>

#include "stix/identifier.h"
#include "stix/walk.h"

namespace entente::stix {

void Walk::extensions(json::Value value) {
  if (!expect(json::Kind::kObject, value, "a dictionary of extensions")) return;
  header().has_extensions = value.size() > 0;
  if (light_) return content(value);
  if (value.size() == 0) note(Problem::kDictionaryEmpty, value, {"no extension in it"});
  for (const json::Member member : value.members()) extension(member.key, member.value);
}

void Walk::extension(json::Value key, json::Value value) {
  if (!value.is_object()) {
    return note(Problem::kExtensionMalformed, value, {"an extension is an object"});
  }
  const std::string_view name = text(key);
  Types home = 0;
  const Structure known = schema_.extension_named(name, &home);
  if (known != Structure::kNone) {
    if ((home & types(type_)) == 0) {
      note(Problem::kExtensionMisplaced, key, {header().type, " has no ", name});
    }
    return structure(value, schema_.of(known));
  }
  if (is_identifier(name) && type_of(name) == "extension-definition")
    return definition_extension(key, value);
  // The way of STIX 2.0: a name of one's own that ends in -ext. [stix21 11.3]
  note(Problem::kExtensionKey, key, {"not the id of an extension-definition: ", name});
  content(value);
}

// An extension by the facility of 2.1, whose own schema is not known here.
void Walk::definition_extension(json::Value key, json::Value value) {
  content(value);
  const auto kind = value.find("extension_type");
  if (!kind) {
    // The extension may say more than we know; properties at the top level are then unaccounted
    // for.
    return note(Problem::kExtensionType, key, {"extension_type is needed"});
  }
  const std::string_view word = text(*kind);
  const Types one = types(type_);
  bool fits = true;
  if (word == "toplevel-property-extension") {
    toplevel_extension_ = true;
  } else if (word == "new-sdo" || word == "new-sco" || word == "new-sro") {
    fits = (one & kCustoms) != 0;
    new_type_extension_ |= fits;
    if (fits) {
      header().kind = word == "new-sdo"   ? ObjectKind::kSdo
                      : word == "new-sco" ? ObjectKind::kSco
                                          : ObjectKind::kSro;
    }
  } else if (word != "property-extension") {
    return note(Problem::kExtensionType, *kind,
                {"extension-type-enum does not have ", kind->raw()});
  }
  if (!fits) note(Problem::kExtensionType, *kind, {header().type, " is not a new type"});
}

}  // namespace entente::stix
