// The query parameters of a request, as its route takes them.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/route.h"

namespace entente::api {

// Query parameters by name: each at most once, none unknown.
class Query {
 public:
  static Result<Query> read(const Route& route, std::string_view text) {
    Query query;
    const QueryParts parts = TRY(parse_query(text));
    for (const auto& [name, value] : parts) {
      if (std::ranges::find(route.query, name, &Parameter::name) == route.query.end()) {
        return fail(Code::kInvalid, "there is no parameter " + name);
      }
      if (!query.values_.emplace(name, value).second)
        return fail(Code::kInvalid, name + " stands twice");
    }
    return query;
  }
  const std::string* find(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }
  Result<bool> flag(std::string_view name) const {
    const std::string* value = find(name);
    if (value == nullptr || *value == "false") return false;
    if (*value == "true") return true;
    return fail(Code::kInvalid, std::string(name) + " is true or false");
  }
  // Every parameter but cursor and limit, in a fixed order: what a cursor is bound to.
  std::string bound() const {
    std::string out;
    for (const auto& [name, value] : values_) {
      if (name != "cursor" && name != "limit") out += name + "=" + value + "&";
    }
    return out;
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace entente::api
