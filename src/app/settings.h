// What `entente serve` is told: flags, then environment variables, then DIR/entente.toml, then defaults; the first that
// says something counts. docs/configuration.md lists all keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "watch/limits.h"

namespace entente::app {

struct Settings {
  std::optional<std::string> listen;           // "127.0.0.1:8420"
  std::optional<std::string> tls_certificate;  // PEM files
  std::optional<std::string> tls_key;
  std::optional<bool> insecure_plaintext;  // lets a public address be served without TLS
  std::optional<bool> log_json;
  std::optional<std::string> log_level;  // debug, info, warning, error
  std::optional<bool> anonymous;         // requests without a key are answered as the party PUBLIC
  std::optional<std::string> title;      // of the node, in TAXII discovery and the API
  std::optional<uint32_t> threads;       // that serve connections
  // Limits of the public address; absent: base/limits.h.
  std::optional<uint64_t> connections_max;
  std::optional<uint64_t> body_bytes_max;
  std::optional<uint64_t> header_ms_max;
  std::optional<uint64_t> idle_ms_max;
  std::optional<uint64_t> body_stall_ms_max;
  std::optional<uint64_t> request_ms_max;
  std::optional<uint64_t> write_stall_ms_max;
  std::optional<uint64_t> clock_leap_ms_max;  // 0: any leap is believed
  // Quotas of each party; absent: base/limits.h; a rate of 0: none.
  std::optional<uint64_t> requests_per_second;
  std::optional<uint64_t> requests_burst;
  std::optional<uint64_t> write_bytes_per_second;
  std::optional<uint64_t> write_bytes_burst;
  watch::Bounds watch;  // of each party
};

// Fills what is still unset from a file; fine if there is none. kInvalid, with the line, for what is no TOML, no known key
// or not of the key's kind.
Result<void> read_settings_file(const std::string& path, Settings* settings);

// Fills what is still unset from ENTENTE_LISTEN, ENTENTE_TLS_CERT, ENTENTE_TLS_KEY, ENTENTE_LOG_JSON, ENTENTE_LOG_LEVEL,
// ENTENTE_TITLE, ENTENTE_THREADS.
Result<void> read_settings_environment(Settings* settings);

// kForbidden if the address can be reached from other machines and neither TLS nor insecure_plaintext is set.
Result<void> check_exposure(const Settings& settings, const std::string& listen);

}  // namespace entente::app
