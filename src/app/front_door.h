// The public address: hands each request to the surface whose path it is, if its party's quota lets it, and writes log,
// audit and metrics of the answer.
//
// Threads: handle may be called from any thread. It must outlive the server that calls it.
#pragma once

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
  // What the wire answers to a request that reaches no surface: in the words of the surface whose path it had.
  Response refusal(int status, const Request* partial);

 private:
  struct Visit;
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
};

// application/problem+json [RFC 9457] for what no surface owns.
Response problem(int status, std::string_view title, std::string_view detail);

}  // namespace entente::app
