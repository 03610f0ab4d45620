// Walks pattern and path segment by segment; a "{name}" takes one segment that is not empty.
#include "app/surface.h"

namespace entente::app {
namespace {

std::string_view without_slash(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// The segments of a path, one after the other; one without a slash has one.
class Segments {
 public:
  explicit Segments(std::string_view path) : rest_(without_slash(path)) {}
  bool done() const { return done_; }
  std::string_view next() {
    const size_t slash = rest_.find('/');
    const std::string_view segment = rest_.substr(0, slash);
    done_ = slash == std::string_view::npos;
    if (!done_) rest_.remove_prefix(slash + 1);
    return segment;
  }

 private:
  std::string_view rest_;
  bool done_ = false;
};

bool match(std::string_view pattern, std::string_view path, RouteMatch* out) {
  Segments wanted(pattern), given(path);
  while (!wanted.done() && !given.done()) {
    const std::string_view pattern_segment = wanted.next();
    const std::string_view segment = given.next();
    if (!pattern_segment.starts_with('{')) {
      if (pattern_segment != segment) return false;
      continue;
    }
    if (segment.empty()) return false;
    if (pattern_segment == "{collection}") out->collection = segment;
    if (pattern_segment == "{object}" || pattern_segment == "{id}" ||
        pattern_segment == "{procedure}")
      out->object = segment;
  }
  return wanted.done() && given.done();
}

}  // namespace

RouteMatch match_route(const std::vector<Route>& routes, std::string_view method,
                       std::string_view path) {
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
