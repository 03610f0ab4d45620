// Written by hand: the format is a few lines, and a client library would bring a registry, locks and a server of its own.
#include "app/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#ifndef ENTENTE_VERSION
#define ENTENTE_VERSION "unknown"
#endif

namespace entente::app {
namespace {

void head(std::string& out, std::string_view name, std::string_view kind, std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, kind);
}

void one(std::string& out, std::string_view name, std::string_view kind, std::string_view help,
         uint64_t value) {
  head(out, name, kind, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

uint64_t resident_bytes() {
  uint64_t size = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(file, "%lu %lu", &size, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

Metrics::Metrics(const std::vector<Surface>& surfaces, const Clock& clock)
    : clock_(clock), started_ns_(clock.monotonic_ns()) {
  for (const Surface& surface : surfaces) {
    for (const Route& route : *surface.routes) {
      auto series = std::make_unique<Series>();
      series->surface = surface.name;
      series->operation = route.operation;
      series->method = route.method;
      by_route_.emplace_back(&route, series.get());
      series_.push_back(std::move(series));
    }
  }
  std::ranges::sort(by_route_);
  series_.push_back(std::make_unique<Series>());
  series_.back()->surface = series_.back()->operation = series_.back()->method = "none";
}

void Metrics::count_request(const Route* route, int status, int64_t ns, uint64_t bytes) {
  const auto known =
      std::ranges::lower_bound(by_route_, route, {}, &std::pair<const Route*, Series*>::first);
  Series& series =
      known != by_route_.end() && known->first == route ? *known->second : *series_.back();
  const auto status_class = static_cast<size_t>(std::clamp(status / 100, 1, 5)) - 1;
  series.by_class[status_class].fetch_add(1, std::memory_order_relaxed);
  const double seconds = static_cast<double>(ns) / 1e9;
  const auto bucket = static_cast<size_t>(std::ranges::lower_bound(kBoundsSeconds, seconds) -
                                          kBoundsSeconds.begin());
  series.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
  series.ns.fetch_add(static_cast<uint64_t>(std::max<int64_t>(ns, 0)), std::memory_order_relaxed);
  series.bytes.fetch_add(bytes, std::memory_order_relaxed);
}

void Metrics::requests(std::string& out) const {
  head(out, "entente_requests_total", "counter",
       "Requests answered, by route and class of status.");
  for (const auto& series : series_) {
    for (size_t i = 0; i < series->by_class.size(); ++i) {
      const uint64_t count = series->by_class[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      fmt::format_to(std::back_inserter(out),
                     "entente_requests_total{{surface=\"{}\",operation=\"{}\",method=\"{}\",status="
                     "\"{}xx\"}} {}\n",
                     series->surface, series->operation, series->method, i + 1, count);
    }
  }
  head(out, "entente_response_bytes_total", "counter",
       "Bytes of answers before compression, by route.");
  for (const auto& series : series_) {
    const uint64_t bytes = series->bytes.load(std::memory_order_relaxed);
    if (bytes == 0) continue;
    fmt::format_to(std::back_inserter(out), "entente_response_bytes_total{{operation=\"{}\"}} {}\n",
                   series->operation, bytes);
  }
  head(out, "entente_request_seconds", "histogram",
       "Time from a request read whole to its answer, by route.");
  for (const auto& series : series_) {
    uint64_t total = 0;
    for (const auto& bucket : series->buckets) total += bucket.load(std::memory_order_relaxed);
    if (total == 0) continue;
    uint64_t up_to = 0;
    for (size_t i = 0; i < kBoundsSeconds.size(); ++i) {
      up_to += series->buckets[i].load(std::memory_order_relaxed);
      fmt::format_to(std::back_inserter(out),
                     "entente_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                     series->operation, kBoundsSeconds[i], up_to);
    }
    fmt::format_to(std::back_inserter(out),
                   "entente_request_seconds_bucket{{operation=\"{0}\",le=\"+Inf\"}} {1}\n"
                   "entente_request_seconds_sum{{operation=\"{0}\"}} "
                   "{2}\nentente_request_seconds_count{{operation=\"{0}\"}} {1}\n",
                   series->operation, total,
                   static_cast<double>(series->ns.load(std::memory_order_relaxed)) / 1e9);
  }
}

void Metrics::journal(std::string& out, exchange::Node& node) {
  const store::JournalStats stats = node.journal().stats();
  one(out, "entente_journal_entries", "gauge", "Entries in the journal.", stats.entries);
  one(out, "entente_journal_bytes", "gauge", "Bytes of all segments.", stats.bytes);
  one(out, "entente_journal_segments", "gauge", "Segments of the journal.", stats.segments);
  one(out, "entente_journal_batches_total", "counter", "Batches made durable.", stats.batches);
  one(out, "entente_journal_queued_bytes", "gauge", "Bytes that wait to be written.",
      stats.queued_bytes);
  one(out, "entente_journal_writable", "gauge",
      "0 after a failed write: reads go on, writes are refused.", stats.writable ? 1 : 0);
  const auto state = node.state();
  one(out, "entente_parties", "gauge", "Parties of the directory.",
      state->directory->parties().size());
  one(out, "entente_collections", "gauge", "Collections.", state->directory->collections().size());
  one(out, "entente_mark_sets", "gauge", "Distinct combinations of release marks.",
      state->mark_sets->size());
}

std::string Metrics::text(exchange::Node& node, const http::ServerCounters& wire,
                          const Quotas& quotas, const Audit& audit, const Log& log) const {
  std::string out;
  head(out, "entente_build_info", "gauge", "The version that runs.");
  out += "entente_build_info{version=\"" ENTENTE_VERSION "\"} 1\n";
  one(out, "entente_uptime_seconds", "gauge", "Seconds since the start.",
      static_cast<uint64_t>((clock_.monotonic_ns() - started_ns_) / 1'000'000'000));
  one(out, "entente_resident_bytes", "gauge",
      "Memory of the process, mapped files that are in use included.", resident_bytes());
  requests(out);
  one(out, "entente_connections_open", "gauge", "Connections now.", wire.connections_open);
  one(out, "entente_connections_total", "counter", "Connections taken.", wire.connections_total);
  one(out, "entente_connections_refused_total", "counter", "Connections refused: too many.",
      wire.connections_refused);
  one(out, "entente_received_bytes_total", "counter", "Bytes read from clients.",
      wire.bytes_received);
  one(out, "entente_sent_bytes_total", "counter", "Bytes sent to clients.", wire.bytes_sent);
  one(out, "entente_timeouts_total", "counter", "Connections ended by a time limit.",
      wire.timeouts);
  one(out, "entente_wire_refusals_total", "counter", "Requests refused before they had a route.",
      refused_on_wire_.load(std::memory_order_relaxed));
  head(out, "entente_quota_refusals_total", "counter",
       "Requests refused since their party's quota was used up.");
  fmt::format_to(std::back_inserter(out),
                 "entente_quota_refusals_total{{quota=\"requests\"}} {}\n"
                 "entente_quota_refusals_total{{quota=\"write_bytes\"}} {}\n",
                 quotas.refused(Quotas::Kind::kRequests),
                 quotas.refused(Quotas::Kind::kWriteBytes));
  journal(out, node);
  one(out, "entente_audit_lines_total", "counter", "Lines of the audit log since the start.",
      audit.lines());
  one(out, "entente_audit_lost_total", "counter", "Lines that the audit log could not take.",
      audit.lost());
  one(out, "entente_log_dropped_total", "counter",
      "Log lines dropped since standard error took none.", log.dropped());
  return out;
}

}  // namespace entente::app
