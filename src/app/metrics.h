// What the node has done since its start, in the text format of Prometheus, for the operator's socket alone: it shows the
// node as a whole. [Prometheus exposition format 0.0.4]
//
// Threads: any; counting is one relaxed addition or two.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit.h"
#include "app/log.h"
#include "app/quota.h"
#include "app/surface.h"
#include "exchange/node.h"
#include "http/server.h"

namespace entente::app {

class Metrics {
 public:
  // One series for each route of the surfaces, and one for what has no route.
  Metrics(const std::vector<Surface>& surfaces, const Clock& clock);

  void count_request(const Route* route, int status, int64_t ns, uint64_t bytes);
  // Requests that the wire refused before they had a route.
  void count_refused_on_wire() { refused_on_wire_.fetch_add(1, std::memory_order_relaxed); }

  std::string text(exchange::Node& node, const http::ServerCounters& wire, const Quotas& quotas,
                   const Audit& audit, const Log& log) const;

 private:
  static constexpr std::array<double, 9> kBoundsSeconds{0.0005, 0.001, 0.002, 0.005, 0.01,
                                                        0.05,   0.25,  1,     5};
  struct Series {
    std::string_view surface, operation, method;
    std::array<std::atomic<uint64_t>, 5> by_class{};  // 1xx .. 5xx
    std::array<std::atomic<uint64_t>, kBoundsSeconds.size() + 1> buckets{};
    std::atomic<uint64_t> ns{0}, bytes{0};
  };
  void requests(std::string& out) const;
  static void journal(std::string& out, exchange::Node& node);

  const Clock& clock_;
  const int64_t started_ns_;
  std::vector<std::unique_ptr<Series>> series_;             // the last: no route
  std::vector<std::pair<const Route*, Series*>> by_route_;  // sorted by pointer
  std::atomic<uint64_t> refused_on_wire_{0};
};

}  // namespace entente::app
