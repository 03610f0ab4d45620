// The node's own API, /api/v1: what TAXII has no words for. From request to response, without
// sockets.
//
// Errors are problem details [RFC 9457]; lists are paged by `cursor`; the OpenAPI 3.1 document at
// /api/v1/openapi.json is made from the route table that requests are dispatched by. As everywhere,
// answers are functions of the caller's world. Recalls wait for their turn among the imports.
//
// Threads: handle may be called from any thread. Imports run one after the other on a thread of the
// server's own; what sensors post on others, one request of a party at a time.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "api/errands.h"
#include "base/audit_query.h"
#include "base/message.h"
#include "base/pieces.h"
#include "base/random.h"
#include "base/route.h"
#include "desk/supervision/supervision.h"
#include "exchange/node.h"
#include "exchange/served.h"
#include "release/signed_object.h"
#include "watch/watch.h"

namespace entente::desk {
class Shelf;
}

namespace entente::api {

class Server {
 public:
  // `audit` gives pages of a party's audit log; nullptr: this node keeps none. `watch`, `supervision` and `shelf` are
  // borrowed; nullptr: the server has one of its own. So is `signer`, with whose keys acts are signed; nullptr: nobody acts here. `served` is told which objects answers carry.
  Server(exchange::Node& node, Random& random, std::string title, AuditPage audit = nullptr,
         watch::Watch* watch = nullptr, release::Signer* signer = nullptr,
         supervision::Supervision* supervision = nullptr, exchange::Served served = nullptr,
         desk::Shelf* shelf = nullptr);
  ~Server();  // lets the running import finish; answers 503 to those that wait
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  static const std::vector<Route>& routes();
  static bool owns(std::string_view path);

  void handle(Request request, Respond respond);

  // Paths that begin so may be asked as streams.
  static constexpr std::string_view kObserveStreamPath = "/api/v1/observations/stream";
  static constexpr std::string_view kStreamPrefix = kObserveStreamPath;
  // Answers a request whose body comes in pieces (request.body is empty). If a response is given back, nothing was started and it
  // is the answer. Errors are those of the pieces. On the caller's thread, until the body ends.
  Result<std::optional<Response>> stream(const Request& request, const Pieces& pieces);

  // Problem details. [RFC 9457 3]
  static Response error(int status, std::string_view title, std::string_view detail);

 private:
  struct Call;
  std::optional<Response> open(Call* call);
  Response get(const Call& call);
  Response release_act(const Call& call);
  Result<std::string> answer_release(const Call& call);
  Response procedures(const Call& call);
  Result<std::string> answer_procedure(const Call& call);
  Response preview(const exchange::View& view, const std::string& id, const Call& call);
  Response audit(const Call& call);
  Result<AuditQuery> audit_query(const Call& call) const;
  Response recall(const Call& call);
  Response watching(const Call& call);
  Response supervising(const Call& call);
  // Has the answer made among the errands of the caller's party.
  void in_turn(std::shared_ptr<Call> call, Respond respond,
               Response (Server::*answer)(const Call& call));
  void import(std::shared_ptr<Call> call, Respond respond);
  Response run_import(const Call& call);
  void work();

  exchange::Node& node_;
  Random& random_;
  const AuditPage audit_;
  const std::unique_ptr<watch::Watch> own_watch_;  // null if one was given
  watch::Watch& watch_;
  release::Signer* const signer_;                                    // may be null
  const std::unique_ptr<supervision::Supervision> own_supervision_;  // null if one was given
  supervision::Supervision& supervision_;
  const exchange::Served served_;
  const std::unique_ptr<desk::Shelf> own_shelf_;  // null if one was given
  desk::Shelf& shelf_;
  std::string openapi_;
  Errands errands_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::shared_ptr<Call>, Respond>> waiting_;
  bool stopping_ = false;
  std::thread worker_;  // last: it uses the above
};

// The OpenAPI 3.1 document of these routes.
std::string openapi_document(std::string_view title, const std::vector<Route>& routes);

}  // namespace entente::api
