// The front door's choice of a route is the surfaces' own: compared with base/route.h over all routes.
#include "app/surface.h"

#include <gtest/gtest.h>

#include "api/api.h"
#include "app/render.h"
#include "taxii/taxii.h"

namespace entente::app {
namespace {

std::string filled(std::string_view pattern) {
  std::string path;
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      path += pattern[at];
      continue;
    }
    path += "value";
    at = pattern.find('}', at);
  }
  return path;
}

TEST(Surface, FindsWhatTheSurfacesFind) {
  std::vector<Route> routes = taxii::Server::routes();
  routes.insert(routes.end(), api::Server::routes().begin(), api::Server::routes().end());
  std::vector<std::string> paths{"",        "/",         "//",
                                 "/taxii2", "/taxii2//", "/taxii2/entente/collections//objects/"};
  for (const Route& route : routes) {
    const std::string path = filled(route.pattern);
    for (const std::string& variant :
         {path, path + "/", path + "//", path + "x", path + "/x", "/" + path, path.substr(1)}) {
      paths.push_back(variant);
    }
  }
  for (const std::string& path : paths) {
    for (const std::string_view method : {"GET", "HEAD", "POST", "DELETE"}) {
      const Route* expected = nullptr;
      for (const Route& route : routes) {
        const bool fits =
            route.method == (method == "HEAD" ? "GET" : method) && match_path(route.pattern, path);
        if (fits && expected == nullptr) expected = &route;
      }
      EXPECT_EQ(match_route(routes, method, path).route, expected) << method << " " << path;
    }
  }
}

TEST(Surface, NamesCollectionAndObject) {
  const RouteMatch match =
      match_route(taxii::Server::routes(), "GET",
                  "/taxii2/entente/collections/abc/objects/indicator--1/versions/");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->operation, "taxiiVersions");
  EXPECT_EQ(match.collection, "abc");
  EXPECT_EQ(match.object, "indicator--1");
  const RouteMatch read = match_route(api::Server::routes(), "GET", "/api/v1/procedures/abc");
  EXPECT_EQ(read.object, "abc") << "who reads a procedure is in the log with its id";
}

TEST(Render, ShowsControlCharactersInsteadOfSendingThem) {
  EXPECT_EQ(printable("a\x1b[31mb\nc\x7f"), "a\\x1b[31mb\\x0ac\\x7f");
  EXPECT_EQ(printable("\xE7\x95\xB0"), "\xE7\x95\xB0");
}

TEST(Render, MembersTablesAndWhatIsNested) {
  const std::string bytes = json::padded(
      R"({"entries":2,"writable":true,"problems":[],"list":[{"a":"1","b":["x","y"]},{"b":"long"}],"world":{"party":"HQ","types":{"tool":3}}})");
  json::Parser parser;
  json::Document document;
  ASSERT_TRUE(parser.parse(bytes, &document));
  EXPECT_EQ(render(document.root()),
            "entries   2\nwritable  yes\nproblems  none\na  b\n1  x y\n   long\n\nworld\n  party  "
            "HQ\n  types\n    tool  3\n");
}

}  // namespace
}  // namespace entente::app
