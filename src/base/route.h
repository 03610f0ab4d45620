// Routes as data: what a surface answers, from which its dispatcher, the OpenAPI document and the
// tests all take their list, so that none of the three can forget an endpoint.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace entente {

// A query parameter that a route takes.
struct Parameter {
  std::string_view name;
  std::string_view description;
  std::string_view schema;  // a JSON Schema, as JSON text
};

struct Route {
  std::string_view method;
  std::string_view pattern;    // "/taxii2/entente/collections/{collection}/objects/": {name} takes
                               // one path segment
  std::string_view operation;  // unique, as in OpenAPI's operationId
  std::string_view summary;
  std::vector<Parameter> query;
  std::string_view request_media;   // empty: takes no body
  std::string_view response_media;  // of success; empty: no body
  bool needs_key = true;
};

using PathParameters = std::map<std::string, std::string, std::less<>>;

// The parameters of a path that fits the pattern (percent-decoded; a trailing slash more or less
// does not matter), else nullopt.
std::optional<PathParameters> match_path(std::string_view pattern, std::string_view path);

// What of a route table a request asks for. HEAD asks for what GET asks for.
struct RouteMatch {
  const Route* route = nullptr;  // nullptr: no such path, or not with this method
  PathParameters parameters;
  std::string allowed;  // the methods of the path, as for Allow; empty: no such path
};
RouteMatch match_route(const std::vector<Route>& routes, const Request& request);

// The parts of a query string, decoded, in order. kInvalid for a broken escape.
using QueryParts = std::vector<std::pair<std::string, std::string>>;
Result<QueryParts> parse_query(std::string_view query);

// Whether an Accept header lets `type/subtype` with that version parameter be sent. An absent
// header lets everything. Weights are honoured only in that q=0 forbids. [RFC 9110 12.5.1]
bool accepts(const std::string* accept_header, std::string_view media_type,
             std::string_view version);

// Whether a Content-Type names `media_type`, with that version or none.
bool is_media_type(std::string_view content_type, std::string_view media_type,
                   std::string_view version);

}  // namespace entente
