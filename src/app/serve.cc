// Wiring, by hand and in one place. The order of members of Running is the order of making, its reverse that of ending:
// listeners last, so that nothing asks for what is gone.
#include "app/serve.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "api/api.h"
#include "app/data_directory.h"
#include "app/front_door.h"
#include "app/idle.h"
#include "app/keystore.h"
#include "app/log.h"
#include "app/metrics.h"
#include "app/operator_server.h"
#include "app/quota.h"
#include "base/text.h"
#include "desk/receipts.h"
#include "desk/supervision/refresher.h"
#include "desk/supervision/supervision.h"
#include "http/server.h"
#include "taxii/taxii.h"
#include "watch/refresher.h"
#include "watch/watch.h"

namespace entente::app {
namespace {

constexpr std::string_view kListenDefault = "127.0.0.1:8420";
constexpr std::string_view kTitleDefault = "entente node";
constexpr int64_t kOpenWaitMs = 1'500;
constexpr int64_t kStopMs = 700;  // of each listener
constexpr auto kEndWithin = std::chrono::milliseconds(1'700);
constexpr uint32_t kPublicStreamsMax = 16;  // of all parties at once
constexpr int64_t kOperatorPatienceMs = int64_t{24} * 3600 * 1000;

http::ServerOptions public_options(const Settings& settings, const std::string& listen) {
  http::ServerOptions options;
  options.listen = listen;
  options.certificate_file = settings.tls_certificate.value_or("");
  options.private_key_file = settings.tls_key.value_or("");
  options.threads = settings.threads.value_or(2);
  options.stop_ms = kStopMs;
  http::ServerLimits& limits = options.limits;
  if (settings.connections_max) limits.connections_max = *settings.connections_max;
  if (settings.body_bytes_max) limits.body_bytes_max = *settings.body_bytes_max;
  const auto set_ms = [](int64_t* limit, const std::optional<uint64_t>& value) {
    if (value) *limit = static_cast<int64_t>(*value);
  };
  set_ms(&limits.header_ms_max, settings.header_ms_max);
  set_ms(&limits.idle_ms_max, settings.idle_ms_max);
  set_ms(&limits.body_stall_ms_max, settings.body_stall_ms_max);
  set_ms(&limits.request_ms_max, settings.request_ms_max);
  set_ms(&limits.write_stall_ms_max, settings.write_stall_ms_max);
  return options;
}

// The operator's own tools may wait: for a pipe's reader, for standard input, for a long check.
http::ServerOptions operator_options(const std::string& address) {
  http::ServerOptions options;
  options.listen = address;
  options.threads = 1;
  options.stop_ms = kStopMs;
  options.limits.body_stall_ms_max = kOperatorPatienceMs;
  options.limits.request_ms_max = kOperatorPatienceMs;
  options.limits.write_stall_ms_max = kOperatorPatienceMs;
  options.stream_prefixes = {std::string(kStreamPrefix)};
  return options;
}

QuotaRates quota_rates(const Settings& settings) {
  QuotaRates rates;
  rates.requests_per_second = settings.requests_per_second.value_or(rates.requests_per_second);
  rates.requests_burst = settings.requests_burst.value_or(rates.requests_burst);
  rates.write_bytes_per_second =
      settings.write_bytes_per_second.value_or(rates.write_bytes_per_second);
  rates.write_bytes_burst = settings.write_bytes_burst.value_or(rates.write_bytes_burst);
  return rates;
}

constexpr uint64_t kKeepCheckedSeconds = 60;

class Running {
 public:
  Running(std::unique_ptr<Opened> opened, std::unique_ptr<Log> log, const std::string& directory,
          const Settings& settings, const std::string& title)
      : log_(std::move(log)),
        opened_(std::move(opened)),
        watch_(*opened_->node, opened_->random, settings.watch),
        supervision_(*opened_->node, opened_->random),
        desk_{*opened_->node,  opened_->random,   *opened_->files,
              *opened_->audit, opened_->recovery, directory,
              &watch_,         &supervision_,     opened_->shelf.get()},
        keystore_(*opened_->node, *opened_->files, opened_->random, directory),
        receipts_(*opened_->node, opened_->random, keystore_),
        taxii_(*opened_->node, opened_->random, title, served()),
        api_(
            *opened_->node, opened_->random, title,
            [this](const AuditQuery& query) { return opened_->audit->page(query); }, &watch_,
            &keystore_, &supervision_, served(), opened_->shelf.get()),
        surfaces_{surface_of("taxii", taxii_), surface_of("api", api_)},
        metrics_(surfaces_, opened_->clock),
        quotas_(quota_rates(settings), opened_->clock),
        door_(*opened_->node, surfaces_, *log_, *opened_->audit, metrics_, quotas_),
        operator_(desk_, [this] { return metrics_text(); }),
        refresher_(watch_),
        rescreener_(supervision_) {}

  Result<void> start(const Settings& settings, const std::string& listen) {
    http::ServerOptions inner = operator_options(TRY(operator_address(desk_.directory)));
    inner.stream_handler = [this](const Request& request, http::BodyReader& body,
                                  http::ResponseWriter& writer) {
      return operator_.stream(request, body, writer);
    };
    operator_listener_ = TRY(http::Server::start(inner, [this](Request request, Respond respond) {
      operator_.handle(std::move(request), std::move(respond));
    }));
    http::ServerOptions outer = public_options(settings, listen);
    outer.error_body = [this](int status, const Request* partial) {
      return door_.refusal(status, partial);
    };
    outer.stream_prefixes = {std::string(api::Server::kStreamPrefix)};
    outer.limits.streams_max = kPublicStreamsMax;
    outer.stream_handler = [this](const Request& request, http::BodyReader& body,
                                  http::ResponseWriter& writer) {
      return door_.stream(request, {[&] { return body.next(); },
                                    [&](int status, std::vector<Header> headers) {
                                      return writer.start(status, std::move(headers));
                                    },
                                    [&](std::string_view piece) { return writer.write(piece); }});
    };
    listener_ = TRY(http::Server::start(outer, [this](Request request, Respond respond) {
      door_.handle(std::move(request), std::move(respond));
    }));
    return {};
  }

  void stop() {
    std::thread other([this] { operator_listener_->stop(); });
    listener_->stop();
    other.join();
  }

  std::string url() const { return listener_->url(); }
  uint64_t requests_total() const {
    return listener_->counters().requests_total + operator_listener_->counters().requests_total;
  }
  // Once a second.
  void keep_time() {
    const exchange::NodeClock::Status clock = opened_->node->clock().status();
    if (clock.is_held != was_held_) {
      was_held_ = clock.is_held;
      log_->write(
          clock.is_held ? Level::kWarning : Level::kInfo,
          clock.is_held ? "clock leapt: see entente clock" : "clock is believed again",
          {{"node", format_time_ms(clock.now_ms)}, {"machine", format_time_ms(clock.machine_ms)}});
    }
    opened_->keep_time();
    if (++seconds_ % kKeepCheckedSeconds == 0) opened_->keep_checked();
  }
  Log& log() { return *log_; }
  Audit& audit() { return *opened_->audit; }

 private:
  exchange::Served served() {
    return [this](const exchange::View& view, std::span<const store::Position> positions) {
      receipts_.served(view, positions);
    };
  }
  std::string metrics_text() {
    const http::ServerCounters wire =
        listener_ != nullptr ? listener_->counters() : http::ServerCounters();
    return metrics_.text(*opened_->node, wire, quotas_, *opened_->audit, *log_);
  }

  std::unique_ptr<Log> log_;
  std::unique_ptr<Opened> opened_;
  watch::Watch watch_;
  supervision::Supervision supervision_;
  Desk desk_;
  Keystore keystore_;
  desk::ReceiptWriter receipts_;
  taxii::Server taxii_;
  api::Server api_;
  std::vector<Surface> surfaces_;
  Metrics metrics_;
  Quotas quotas_;
  FrontDoor door_;
  OperatorServer operator_;
  watch::Refresher refresher_;
  supervision::Refresher rescreener_;
  std::unique_ptr<http::Server> operator_listener_, listener_;
  bool was_held_ = false;
  uint64_t seconds_ = 0;  // since the start
};

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Ends the process if the orderly way takes too long: everything acknowledged is on the disk already.
class Watchdog {
 public:
  explicit Watchdog(Audit& audit)
      : thread_([this, &audit] {
          std::unique_lock lock(mutex_);
          if (done_changed_.wait_for(lock, kEndWithin, [&] { return done_; })) return;
          (void)audit.flush();
          ::_exit(0);
        }) {}
  ~Watchdog() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    done_changed_.notify_all();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::thread thread_;  // last: it uses the above
};

void log_recovery(Log& log, const store::Recovery& recovery) {
  if (recovery.cut_bytes > 0) {
    log.write(Level::kWarning, "recovered", {{"cut_bytes", recovery.cut_bytes}});
  }
  for (const std::string& one : recovery.quarantined)
    log.write(Level::kError, "damage", {{"what", one}});
  for (const std::string& one : recovery.rebuilt)
    log.write(Level::kWarning, "rebuilt", {{"index", one}});
}

}  // namespace

Result<void> run_serve(const std::string& directory, const Settings& settings) {
  const std::string listen = settings.listen.value_or(std::string(kListenDefault));
  TRY(check_exposure(settings, listen));
  const sigset_t signals = ending_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  auto opened = TRY(open_directory(directory, Must::kBeNode, kOpenWaitMs));
  if (const auto mark = restored_mark(*opened->files, directory)) {
    return fail(
        Code::kConflict,
        fmt::format(
            "{} was restored from a backup and may show what was recalled since. Accept it first: "
            "entente restore --accept --data {} [--recalls FILE, made by 'entente recalls --json' "
            "on the node as it was last]",
            directory, directory));
  }
  if (settings.clock_leap_ms_max)
    opened->node->clock().set_leap_ms_max(static_cast<int64_t>(*settings.clock_leap_ms_max));
  opened->node->let_anonymous_in(settings.anonymous.value_or(false));
  const Log::Form form = settings.log_json.value_or(false) ? Log::Form::kJson : Log::Form::kText;
  auto log = TRY(Log::open(opened->clock, form, settings.log_level.value_or("info")));
  log_recovery(*log, opened->recovery);
  auto running = std::make_unique<Running>(std::move(opened), std::move(log), directory, settings,
                                           settings.title.value_or(std::string(kTitleDefault)));
  TRY(running->start(settings, listen));
  running->log().write(Level::kInfo, "ready", {{"url", running->url()}});
  std::printf("ready %s\n", running->url().c_str());
  std::fflush(stdout);

  const int signal = wait_for_signal(signals, [&] {
    running->keep_time();
    return running->requests_total();
  });
  running->log().write(Level::kInfo, "ending", {{"signal", int64_t{signal}}});
  const Watchdog watchdog(running->audit());
  running->stop();
  running.reset();
  return {};
}

}  // namespace entente::app
