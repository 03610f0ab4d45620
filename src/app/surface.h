// A surface as the front door sees it: which paths are its own, what it answers, how it words errors.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"
#include "base/pieces.h"
#include "base/route.h"

namespace entente::app {

struct Surface {
  std::string_view name;  // "taxii", "api": in logs and metrics
  std::function<bool(std::string_view path)> owns;
  Handler handle;
  std::function<Response(int status, std::string_view title, std::string_view detail)> error;
  const std::vector<Route>* routes = nullptr;  // static: outlives everything
  // Answers a request whose body comes in pieces; a response that is given back is the answer. Null: no streams.
  std::function<Result<std::optional<Response>>(const Request&, const Pieces&)> stream = {};
};

template <class Server>
Surface surface_of(std::string_view name, Server& server) {
  Surface out{name, [](std::string_view path) { return Server::owns(path); },
              [&server](Request request, Respond respond) {
                server.handle(std::move(request), std::move(respond));
              },
              [](int status, std::string_view title, std::string_view detail) {
                return Server::error(status, title, detail);
              },
              &Server::routes()};
  if constexpr (requires { &Server::stream; }) {
    out.stream = [&server](const Request& request, const Pieces& pieces) {
      return server.stream(request, pieces);
    };
  }
  return out;
}

// The parts of a path that a route's pattern names and the audit log keeps.
struct RouteMatch {
  const Route* route = nullptr;         // null: no route has this path and method
  std::string_view collection, object;  // undecoded, within the path
};

// The same choice as the surface makes itself, without copying anything.
RouteMatch match_route(const std::vector<Route>& routes, std::string_view method,
                       std::string_view path);

}  // namespace entente::app
