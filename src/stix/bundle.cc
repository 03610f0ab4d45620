// A bundle as the container it is. [stix21 8]
#include <string>
#include <unordered_set>

#include "base/limits.h"
#include "stix/identifier.h"
#include "stix/walk.h"

namespace entente::stix {

// Whether the bundle holds the same version of an object twice. Objects without id are left to
// their own examination.
void Walk::bundle_repeats(json::Value objects) {
  std::unordered_set<std::string> seen;
  seen.reserve(objects.size());
  for (const json::Value object : objects.elements()) {
    const auto id = object.find("id");
    if (!id || !id->is_string()) continue;
    std::string key(id->raw());
    if (const auto modified = object.find("modified")) key.append(modified->raw());
    if (!seen.insert(std::move(key)).second)
      note(Problem::kBundleRepeats, *id, {"again: ", text(*id)});
  }
}

void Walk::examine_bundle(json::Value bundle, Examination* out) {
  begin(bundle, out);
  if (!bundle.is_object()) {
    note(Problem::kNotAnObject, bundle, {"expected a bundle"});
    return finish();
  }
  const auto type = bundle.find("type");
  if (!type || !type->text_is("bundle")) {
    note(Problem::kBundleMalformed, type.value_or(bundle), {"the type of a bundle is bundle"});
  }
  header().type = "bundle";
  for (const json::Member member : bundle.members()) {
    const std::string_view key = text(member.key);
    if (key == "id") {
      const std::string_view id = text(member.value);
      if (!member.value.is_plain() || !is_identifier(id) || type_of(id) != "bundle") {
        note(Problem::kBundleMalformed, member.value, {"expected bundle--UUID"});
      } else {
        header().id = id;
      }
    } else if (key == "objects") {
      if (!expect(json::Kind::kArray, member.value, "a list of objects")) continue;
      if (member.value.size() == 0)
        note(Problem::kListEmpty, member.value, {"objects has no elements"});
      bundle_repeats(member.value);
    } else if (key == "spec_version") {  // a bundle of STIX 2.0 says so itself
      if (!member.value.text_is("2.0") && !member.value.text_is("2.1")) {
        note(Problem::kSpecVersionUnknown, member.value, {"not ", member.value.raw()});
      }
      header().spec_version = member.value.text_is("2.0") ? SpecVersion::k20 : SpecVersion::k21;
    } else if (key != "type") {
      note(Problem::kPropertyCustom, member.key, {"a bundle has type, id and objects"});
    }
  }
  if (!bundle.find("id")) note(Problem::kBundleMalformed, bundle, {"a bundle needs an id"});
  finish();
}

}  // namespace entente::stix
