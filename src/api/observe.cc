// Mappings are those that come with the program: a sensor with a log of its own maps it on its side (entente observe --map).
#include "api/observe.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "stix/stix.h"

namespace entente::api {
namespace {

Result<bool> choice(const FindParameter& find, std::string_view name, std::string_view no,
                    std::string_view yes) {
  const std::string* const value = find(name);
  if (value == nullptr || *value == no) return false;
  if (*value == yes) return true;
  return fail(Code::kInvalid,
              std::string(name) + " is " + std::string(yes) + " or " + std::string(no));
}

}  // namespace

Result<std::string> observe(watch::Watch& watch, const exchange::Node& node,
                            const exchange::Principal& who, const FindParameter& find,
                            std::string_view body) {
  watch::ObserveOptions options;
  options.keep_all = TRY(choice(find, "keep", "matched", "all"));
  options.dry_run = TRY(choice(find, "dry_run", "false", "true"));
  if (const std::string* const markings = find("marking")) {
    for (const std::string_view one : split(*markings, ',')) {
      if (!stix::is_identifier(one) || stix::type_of(one) != "marking-definition")
        return fail(Code::kInvalid, "marking is a list of ids of marking definitions");
      options.markings.emplace_back(one);
    }
    std::ranges::sort(options.markings);
  }
  if (const std::string* const collection = find("collection")) {
    const exchange::View view = node.view(who);
    const release::Collection* const found = view.collection(*collection);
    if (found == nullptr) return fail(Code::kNotFound, "no such collection");
    options.collection = found->number;
  }
  std::optional<logs::Mapping> mapping;
  if (const std::string* const name = find("map")) {
    auto shipped = logs::Mapping::shipped(*name);
    if (!shipped) return fail(Code::kInvalid, "map is zeek, suricata or sysmon");
    mapping = std::move(*shipped);
    options.mapping = &*mapping;
  }
  const auto report = TRY(watch.observe(who, body, options));
  return to_json(report);
}

}  // namespace entente::api
