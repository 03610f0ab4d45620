// The load generator. Prints one line of name=value pairs; latencies in microseconds.
//
//   bench_load ingest --address HOST:PORT --target PATH --key KEY --count N [--first N] [--writers
//   8] [--envelope 1000]
//       [--seed S] [--creator ID] [--clear-every N] [--only clear] [--statuses FILE]
//     POSTs envelopes, made in memory before the clock starts (1 GB of them at a time; the clock
//     stands while more are made). Every object must be accepted. --only clear sends those objects
//     alone that are TLP:CLEAR.
//
//   bench_load get --address HOST:PORT --key KEY --targets FILE --requests N [--clients 8] [--order
//   given|mixed]
//     GETs the targets (one a line) over and over. Every answer must be 200.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"
#include "base/hash.h"
#include "base/text.h"
#include "objects.h"
#include "wire.h"

namespace entente::bench {
namespace {

constexpr uint64_t kPreparedObjects = 1'000'000;
constexpr size_t kStatusesMax = 1'000;
constexpr std::string_view kMedia = "application/taxii+json;version=2.1";

struct Latencies {
  std::vector<int64_t> ns;
  double us(double share) {
    if (ns.empty()) return 0;
    std::ranges::sort(ns);
    const auto at = static_cast<size_t>(share * static_cast<double>(ns.size()));
    return static_cast<double>(ns[std::min(at, ns.size() - 1)]) / 1'000;
  }
};

void print_latencies(Latencies& latencies) {
  std::printf(" p50_us=%.1f p95_us=%.1f p99_us=%.1f max_us=%.1f", latencies.us(0.5),
              latencies.us(0.95), latencies.us(0.99), latencies.us(1));
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string request_head(std::string_view method, std::string_view target,
                         const Arguments& arguments) {
  std::string head = std::string(method) + " " + std::string(target) +
                     " HTTP/1.1\r\nHost: " + arguments.required("address") +
                     "\r\nAccept: " + std::string(kMedia) + "\r\n";
  if (const std::string key = arguments.text("key"); !key.empty())
    head += "Authorization: Bearer " + key + "\r\n";
  return head;
}

// The text between `before` and the next quote, bracket, comma or brace; empty if it is not there.
std::string_view after(std::string_view text, std::string_view before) {
  const size_t at = text.find(before);
  if (at == std::string_view::npos) return "";
  text.remove_prefix(at + before.size());
  return text.substr(0, text.find_first_of("\",]}"));
}

// One POST that is ready to be sent.
struct Envelope {
  std::string head;
  std::string body;
  uint64_t objects = 0;
};

class Ingest {
 public:
  explicit Ingest(const Arguments& arguments)
      : arguments_(arguments),
        objects_({arguments.number("seed", 1), arguments.text("creator"),
                  arguments.number("clear-every", 0)}),
        wire_(arguments.required("address"), arguments.number("writers", 8)),
        next_number_(arguments.number("first", 0)),
        left_(arguments.number("count", 1'000)) {}

  int run() {
    while (left_ > 0) {
      prepare();
      const double before = own_cpu_seconds();
      send();
      cpu_seconds_ += own_cpu_seconds() - before;
    }
    const double seconds = static_cast<double>(busy_ns_) / 1e9;
    std::printf("objects=%llu bytes=%llu seconds=%.6f rate=%.1f",
                static_cast<unsigned long long>(sent_), static_cast<unsigned long long>(bytes_),
                seconds, static_cast<double>(sent_) / seconds);
    print_latencies(latencies_);
    std::printf(" generator_cpu_seconds=%.3f\n", cpu_seconds_);
    write_statuses();
    return 0;
  }

 private:
  void prepare() {
    const std::string head = request_head("POST", arguments_.required("target"), arguments_);
    const uint64_t per_envelope = arguments_.number("envelope", 1'000);
    const bool only_clear = arguments_.text("only") == "clear";
    envelopes_.clear();
    for (uint64_t made = 0; left_ > 0 && made < kPreparedObjects;) {
      Envelope envelope;
      envelope.body = "{\"objects\":[";
      while (left_ > 0 && envelope.objects < per_envelope) {
        const uint64_t number = next_number_++;
        if (only_clear && !objects_.is_clear(number)) continue;
        if (envelope.objects++ > 0) envelope.body += ',';
        objects_.append(number, envelope.body);
        --left_;
      }
      envelope.body += "]}";
      envelope.head = head + "Content-Type: " + std::string(kMedia) +
                      "\r\nContent-Length: " + std::to_string(envelope.body.size()) + "\r\n\r\n";
      made += envelope.objects;
      envelopes_.push_back(std::move(envelope));
    }
  }

  void send() {
    size_t next = 0;
    std::vector<size_t> under_way(arguments_.number("writers", 8));
    busy_ns_ += wire_.run(
        [&](size_t connection, Message* out) {
          if (next == envelopes_.size()) return false;
          under_way[connection] = next;
          *out = {envelopes_[next].head, envelopes_[next].body};
          ++next;
          return true;
        },
        [&](size_t connection, const Answer& answer) {
          check(envelopes_[under_way[connection]], answer);
        });
  }

  void check(const Envelope& envelope, const Answer& answer) {
    const std::string_view accepted = after(answer.body, "\"success_count\":");
    if (answer.status != 202 || parse_decimal(accepted) != envelope.objects) {
      die("not everything was accepted: " + std::to_string(answer.status) + "\n" +
          std::string(answer.body));
    }
    latencies_.ns.push_back(answer.latency_ns);
    sent_ += envelope.objects;
    bytes_ += envelope.body.size();
    if (statuses_.size() < kStatusesMax) statuses_.emplace_back(after(answer.body, "\"id\":\""));
  }

  void write_statuses() const {
    const std::string path = arguments_.text("statuses");
    if (path.empty()) return;
    std::FILE* file = std::fopen(path.c_str(), "w");
    if (file == nullptr) die("cannot write " + path);
    for (const std::string& id : statuses_) std::fprintf(file, "%s\n", id.c_str());
    std::fclose(file);
  }

  const Arguments& arguments_;
  const Objects objects_;
  Wire wire_;
  uint64_t next_number_, left_;
  std::vector<Envelope> envelopes_;
  Latencies latencies_;
  std::vector<std::string> statuses_;
  uint64_t sent_ = 0, bytes_ = 0;
  int64_t busy_ns_ = 0;
  double cpu_seconds_ = 0;
};

int get(const Arguments& arguments) {
  std::vector<std::string> heads;
  const std::string targets = read_file(arguments.required("targets"));
  for (const std::string_view target : split(targets, '\n')) {
    if (!target.empty()) heads.push_back(request_head("GET", target, arguments) + "\r\n");
  }
  if (heads.empty()) die("no targets");
  if (arguments.text("order") == "mixed") {
    std::ranges::sort(heads, {}, [](const std::string& head) { return hash64(head); });
  }
  const uint64_t requests = arguments.number("requests", heads.size());
  Wire wire(arguments.required("address"), arguments.number("clients", 8));
  uint64_t asked = 0, bytes = 0;
  Latencies latencies;
  latencies.ns.reserve(requests);
  const int64_t busy_ns = wire.run(
      [&](size_t, Message* out) {
        if (asked == requests) return false;
        out->head = heads[asked++ % heads.size()];
        return true;
      },
      [&](size_t, const Answer& answer) {
        if (answer.status != 200)
          die("status " + std::to_string(answer.status) + "\n" + std::string(answer.body));
        latencies.ns.push_back(answer.latency_ns);
        bytes += answer.body_bytes;
      });
  const double seconds = static_cast<double>(busy_ns) / 1e9;
  std::printf("requests=%llu bytes=%llu seconds=%.6f rate=%.1f",
              static_cast<unsigned long long>(requests), static_cast<unsigned long long>(bytes),
              seconds, static_cast<double>(requests) / seconds);
  print_latencies(latencies);
  std::printf(" generator_cpu_seconds=%.3f\n", own_cpu_seconds());
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  using namespace entente::bench;
  const std::string_view mode = argc > 1 ? argv[1] : "";
  const Arguments arguments(
      argc, argv, 2,
      {"address", "target", "key", "count", "first", "writers", "envelope", "seed", "creator",
       "clear-every", "only", "statuses", "targets", "requests", "clients", "order"});
  if (mode == "ingest") return Ingest(arguments).run();
  if (mode == "get") return get(arguments);
  die("bench_load ingest|get: see the head of load.cc");
}
