#include "taxii/filter.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "stix/stix.h"

namespace entente::taxii {
namespace {

// The values of one match[...]: comma-separated, none empty, none twice.
Result<std::vector<std::string>> read_list(std::string_view name, std::string_view text) {
  std::vector<std::string> out;
  std::set<std::string_view> seen;
  for (const std::string_view value : split(text, ',')) {
    if (value.empty()) return fail(Code::kInvalid, std::string(name) + " has an empty value");
    if (!seen.insert(value).second)
      return fail(Code::kInvalid, std::string(name) + " names a value twice");
    out.emplace_back(value);
  }
  if (out.size() > limits::kFilterValuesMax)
    return fail(Code::kInvalid, std::string(name) + " has too many values");
  return out;
}

bool is_type_name(std::string_view text) {
  return text.size() <= 250 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

Result<void> read_version(std::string_view text, exchange::Query& query) {
  exchange::VersionFilter& filter = query.version.emplace();
  filter.texts = TRY(read_list("match[version]", text));
  for (const std::string& value : filter.texts) {
    if (value == "all") {
      filter.all = true;
    } else if (value == "first") {
      filter.first = true;
    } else if (value == "last") {
      filter.last = true;
    } else {
      const auto at = stix::parse_timestamp(value);
      if (!at)
        return fail(Code::kInvalid,
                    "match[version]: '" + value + "' is no timestamp, nor all, first or last");
      filter.exact.push_back(*at);
    }
  }
  if (filter.all && filter.texts.size() > 1)
    return fail(Code::kInvalid, "match[version]=all stands alone");
  return {};
}

Result<void> read_spec_version(std::string_view text, exchange::Query& query) {
  query.latest_spec_only = false;
  query.spec20 = query.spec21 = false;
  const std::vector<std::string> values = TRY(read_list("match[spec_version]", text));
  for (const std::string& value : values) {
    const size_t dot = value.find('.');
    const bool has_form = dot != std::string::npos &&
                          parse_decimal(std::string_view(value).substr(0, dot)) &&
                          parse_decimal(std::string_view(value).substr(dot + 1));
    if (!has_form)
      return fail(Code::kInvalid,
                  "match[spec_version]: '" + value + "' is no specification version");
    query.spec20 |= value == "2.0";
    query.spec21 |= value == "2.1";
  }
  return {};
}

Result<void> read_limit(std::string_view text, exchange::Query& query) {
  const bool is_digits =
      !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const bool is_zero = text.find_first_not_of('0') == std::string_view::npos;
  if (!is_digits || is_zero) return fail(Code::kInvalid, "limit is a whole number from 1");
  const auto value = parse_decimal(text.substr(text.find_first_not_of('0')));
  query.limit = static_cast<uint32_t>(
      std::min<uint64_t>(value.value_or(UINT64_MAX), limits::kPageObjectsMax));
  return {};
}

Result<void> read_one(const std::string& name, const std::string& value, const FilterSet& taken,
                      Filters& out) {
  if (taken.pages && name == "added_after") {
    const auto at = stix::parse_timestamp(value);
    if (!at) return fail(Code::kInvalid, "added_after: '" + value + "' is no timestamp");
    out.query.after_us = at->us();
  } else if (taken.pages && name == "limit") {
    TRY(read_limit(value, out.query));
  } else if (taken.pages && name == "next") {
    if (value.empty()) return fail(Code::kInvalid, "next is empty");
    out.next = value;
  } else if (taken.ids_and_types && name == "match[id]") {
    out.query.ids = TRY(read_list(name, value));
    for (const std::string& id : out.query.ids) {
      if (!stix::is_identifier(id))
        return fail(Code::kInvalid, "match[id]: '" + id + "' is no STIX identifier");
    }
  } else if (taken.ids_and_types && name == "match[type]") {
    out.query.types = TRY(read_list(name, value));
    for (const std::string& type : out.query.types) {
      if (!is_type_name(type))
        return fail(Code::kInvalid, "match[type]: '" + type + "' is no type name");
    }
  } else if (taken.version && name == "match[version]") {
    TRY(read_version(value, out.query));
  } else if (taken.spec_version && name == "match[spec_version]") {
    TRY(read_spec_version(value, out.query));
  } else {
    return {};
  }
  if (name != "limit" && name != "next") out.bound += name + "=" + value + "&";
  return {};
}

}  // namespace

Result<Filters> read_filters(const QueryParts& parts, const FilterSet& taken) {
  std::map<std::string, std::string> by_name;
  for (const auto& [name, value] : parts) {
    if (!by_name.emplace(name, value).second)
      return fail(Code::kInvalid, "the parameter " + name + " stands twice");
  }
  Filters out;
  for (const auto& [name, value] : by_name) TRY(read_one(name, value, taken, out));
  if (out.query.limit == 0) out.query.limit = limits::kPageObjectsDefault;
  return out;
}

}  // namespace entente::taxii
