#include "base/route.h"

#include "base/text.h"

namespace entente {
namespace {

std::string_view without_slash(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// One media range with its parameters, lower case: "application/taxii+json" and {version: 2.1}.
struct MediaRange {
  std::string type;
  std::string version;
  bool is_forbidden = false;
};

MediaRange parse_range(std::string_view text) {
  MediaRange range;
  bool is_first = true;
  for (const std::string_view part : split(text, ';')) {
    const std::string_view trimmed = trim(part);
    if (is_first) {
      range.type = to_lower_ascii(trimmed);
      is_first = false;
      continue;
    }
    const size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name = to_lower_ascii(trim(trimmed.substr(0, equals)));
    std::string_view value = trim(trimmed.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (name == "version") range.version = value;
    if (name == "q" && !value.empty()) {
      range.is_forbidden = value.find_first_not_of("0.") == std::string_view::npos;
    }
  }
  return range;
}

}  // namespace

std::optional<PathParameters> match_path(std::string_view pattern, std::string_view path) {
  const auto wanted = split(without_slash(pattern), '/');
  const auto given = split(without_slash(path), '/');
  if (wanted.size() != given.size()) return std::nullopt;
  PathParameters out;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].starts_with('{')) {
      if (wanted[i] != given[i]) return std::nullopt;
      continue;
    }
    const auto value = percent_decode(given[i], false);
    if (!value || value->empty()) return std::nullopt;
    out.emplace(wanted[i].substr(1, wanted[i].size() - 2), *value);
  }
  return out;
}

RouteMatch match_route(const std::vector<Route>& routes, const Request& request) {
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  RouteMatch out;
  for (const Route& route : routes) {
    auto parameters = match_path(route.pattern, request.path);
    if (!parameters) continue;
    if (!out.allowed.empty()) out.allowed += ", ";
    out.allowed += route.method;
    if (route.method == "GET") out.allowed += ", HEAD";
    if (route.method != method) continue;
    out.route = &route;
    out.parameters = std::move(*parameters);
  }
  return out;
}

Result<QueryParts> parse_query(std::string_view query) {
  QueryParts out;
  if (query.empty()) return out;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    const auto name = percent_decode(part.substr(0, equals), true);
    const auto value = equals == std::string_view::npos
                           ? std::optional<std::string>("")
                           : percent_decode(part.substr(equals + 1), true);
    if (!name || !value) return fail(Code::kInvalid, "a broken percent escape in the query");
    out.emplace_back(*name, *value);
  }
  return out;
}

bool accepts(const std::string* accept_header, std::string_view media_type,
             std::string_view version) {
  if (accept_header == nullptr || trim(*accept_header).empty()) return true;
  const std::string_view family = media_type.substr(0, media_type.find('/'));
  for (const std::string_view part : split(*accept_header, ',')) {
    const MediaRange range = parse_range(part);
    if (range.is_forbidden) continue;
    if (range.type == "*/*" || range.type == std::string(family) + "/*") return true;
    if (range.type == media_type &&
        (version.empty() || range.version.empty() || range.version == version))
      return true;
  }
  return false;
}

bool is_media_type(std::string_view content_type, std::string_view media_type,
                   std::string_view version) {
  const MediaRange range = parse_range(content_type);
  return range.type == media_type &&
         (version.empty() || range.version.empty() || range.version == version);
}

}  // namespace entente
