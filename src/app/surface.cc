// Walks pattern and path segment by segment; a "{name}" takes one segment that is not empty.
#include "app/surface.h"

namespace entente::app {
namespace {

std::string_view without_slash(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// Takes the next segment off the front.
std::string_view next_segment(std::string_view* rest) {
  const size_t slash = rest->find('/');
  const std::string_view segment = rest->substr(0, slash);
  *rest = slash == std::string_view::npos ? std::string_view() : rest->substr(slash + 1);
  return segment;
}

bool match(std::string_view pattern, std::string_view path, RouteMatch* out) {
  std::string_view wanted = without_slash(pattern), given = without_slash(path);
  while (!wanted.empty() && !given.empty()) {
    const std::string_view pattern_segment = next_segment(&wanted);
    const std::string_view segment = next_segment(&given);
    if (!pattern_segment.starts_with('{')) {
      if (pattern_segment != segment) return false;
      continue;
    }
    if (segment.empty()) return false;
    if (pattern_segment == "{collection}") out->collection = segment;
    if (pattern_segment == "{object}" || pattern_segment == "{id}") out->object = segment;
  }
  return wanted.empty() && given.empty();
}

}  // namespace

RouteMatch match_route(const std::vector<Route>& routes, std::string_view method, std::string_view path) {
  if (method == "HEAD") method = "GET";
  for (const Route& route : routes) {
    if (route.method != method) continue;
    RouteMatch found;
    if (!match(route.pattern, path, &found)) continue;
    found.route = &route;
    return found;
  }
  return {};
}

}  // namespace entente::app
