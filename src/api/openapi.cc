#include <fmt/format.h>

#include <map>

#include "api/api.h"
#include "base/text.h"

namespace entente::api {
namespace {

// The names in braces of a pattern.
std::vector<std::string> path_parameters(std::string_view pattern) {
  std::vector<std::string> out;
  for (const std::string_view part : split(pattern, '/')) {
    if (part.starts_with('{')) out.emplace_back(part.substr(1, part.size() - 2));
  }
  return out;
}

std::string operation_json(const Route& route) {
  std::string parameters;
  const auto add = [&](std::string_view name, std::string_view in, std::string_view description,
                       std::string_view schema, bool required) {
    fmt::format_to(std::back_inserter(parameters),
                   R"({}{{"name":{},"in":"{}","description":{},"required":{},"schema":{}}})",
                   parameters.empty() ? "" : ",", json_quote(name), in, json_quote(description),
                   required, schema);
  };
  for (const std::string& name : path_parameters(route.pattern))
    add(name, "path", name, R"({"type":"string"})", true);
  for (const Parameter& one : route.query)
    add(one.name, "query", one.description, one.schema, false);
  std::string body;
  if (!route.request_media.empty()) {
    body = fmt::format(R"("requestBody":{{"required":true,"content":{{{}:{{"schema":{{}}}}}}}},)",
                       json_quote(route.request_media));
  }
  std::string content;
  if (!route.response_media.empty()) {
    content = fmt::format(R"(,"content":{{{}:{{"schema":{{"type":"object"}}}}}})",
                          json_quote(route.response_media));
  }
  return fmt::format(
      R"({{"operationId":"{}","summary":{},"parameters":[{}],{}"security":{},"responses":{{"2XX":{{"description":"success"{}}},"4XX":{{"description":"the request was refused; the body says why"}},"5XX":{{"description":"the node could not do it now; nothing was stored"}}}}}})",
      route.operation, json_quote(route.summary), parameters, body,
      route.needs_key ? R"([{"key":[]},{"basic":[]}])" : "[]", content);
}

}  // namespace

std::string openapi_document(std::string_view title, const std::vector<Route>& routes) {
  std::map<std::string_view, std::string> paths;
  for (const Route& route : routes) {
    std::string& operations = paths[route.pattern];
    if (!operations.empty()) operations += ",";
    operations += json_quote(to_lower_ascii(route.method)) + ":" + operation_json(route);
  }
  std::string out = fmt::format(
      R"({{"openapi":"3.1.0","info":{{"title":{},"version":"1"}},"components":{{"securitySchemes":{{"key":{{"type":"http","scheme":"bearer"}},"basic":{{"type":"http","scheme":"basic"}}}}}},"paths":{{)",
      json_quote(title));
  bool is_first = true;
  for (const auto& [pattern, operations] : paths) {
    out += (is_first ? "" : ",") + json_quote(pattern) + ":{" + operations + "}";
    is_first = false;
  }
  return out + "}}";
}

}  // namespace entente::api
