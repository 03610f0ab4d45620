// The public address: hands each request to the surface whose path it is, if its party's quota lets it, and writes log,
// audit and metrics of the answer.
//
// Threads: handle may be called from any thread. It must outlive the server that calls it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/audit.h"
#include "app/log.h"
#include "app/metrics.h"
#include "app/quota.h"
#include "app/surface.h"
#include "exchange/node.h"

namespace entente::app {

class FrontDoor {
 public:
  FrontDoor(const exchange::Node& node, std::vector<Surface> surfaces, Log& log, Audit& audit,
            Metrics& metrics, Quotas& quotas);

  void handle(Request request, Respond respond);
  // Answers a request whose body comes in pieces; blocks until it ends. At most kStreamsOfPartyMax of a party at a time; what
  // comes counts as written bytes. Errors: those of the pieces.
  Result<void> stream(const Request& request, const Pieces& pieces);
  static constexpr uint32_t kStreamsOfPartyMax = 4;
  // What the wire answers to a request that reaches no surface: in the words of the surface whose path it had.
  Response refusal(int status, const Request* partial);

 private:
  struct Visit;
  std::shared_ptr<Visit> visit_of(const Request& request, const Surface* surface) const;
  bool take_place(release::PartyNumber party);
  void leave_place(release::PartyNumber party);
  // The answer if nothing was started.
  Result<std::optional<Response>> run_stream(const Surface& surface, const Visit& visit,
                                             const Request& request, const Pieces& pieces);
  void note(const Visit& visit, int status, size_t bytes, std::optional<uint64_t> count);
  const Surface* surface_of(std::string_view path) const;
  void note(const Visit& visit, const Response& response);
  static Response own(const Request& request);
  // The answer to a party that asks for more than its quota; nullopt: it does not.
  std::optional<Response> over_quota(const Surface& surface, const Visit& visit,
                                     const Request& request);

  const exchange::Node& node_;
  const std::vector<Surface> surfaces_;
  Log& log_;
  Audit& audit_;
  Metrics& metrics_;
  Quotas& quotas_;
  std::mutex mutex_;
  std::map<release::PartyNumber, uint32_t> streams_;  // under way, by party
};

// application/problem+json [RFC 9457] for what no surface owns.
Response problem(int status, std::string_view title, std::string_view detail);

}  // namespace entente::app
