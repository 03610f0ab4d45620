// The one file that knows toml++, whose parser throws: caught here.
#include "app/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.h"

namespace entente::app {
namespace {

std::unexpected<Error> at(const std::string& path, const toml::node& node, std::string_view key,
                          std::string_view what) {
  return fail(Code::kInvalid,
              fmt::format("{}:{}: {} {}", path, node.source().begin.line, key, what));
}

struct Reader {
  const std::string& path;

  Result<void> read(const toml::node& node, std::string_view key,
                    std::optional<std::string>* out) const {
    const auto value = node.value_exact<std::string>();
    if (!value) return at(path, node, key, "must be a text");
    if (!*out) *out = *value;
    return {};
  }
  Result<void> read(const toml::node& node, std::string_view key, std::optional<bool>* out) const {
    const auto value = node.value_exact<bool>();
    if (!value) return at(path, node, key, "must be true or false");
    if (!*out) *out = *value;
    return {};
  }
  template <class Number>
  Result<void> read(const toml::node& node, std::string_view key, std::optional<Number>* out,
                    int64_t least = 1) const {
    const auto value = node.value_exact<int64_t>();
    if (!value || *value < least || *value > int64_t{UINT32_MAX}) {
      return at(path, node, key, fmt::format("must be a whole number of {} to 4294967295", least));
    }
    if (!*out) *out = static_cast<Number>(*value);
    return {};
  }

  Result<void> read_limit(const toml::node& node, std::string_view key, Settings* settings) const {
    if (key == "connections_max") return read(node, key, &settings->connections_max);
    if (key == "body_bytes_max") return read(node, key, &settings->body_bytes_max);
    if (key == "header_ms_max") return read(node, key, &settings->header_ms_max);
    if (key == "idle_ms_max") return read(node, key, &settings->idle_ms_max);
    if (key == "body_stall_ms_max") return read(node, key, &settings->body_stall_ms_max);
    if (key == "request_ms_max") return read(node, key, &settings->request_ms_max);
    if (key == "write_stall_ms_max") return read(node, key, &settings->write_stall_ms_max);
    if (key == "clock_leap_ms_max") return read(node, key, &settings->clock_leap_ms_max, 0);
    return at(path, node, key, "is not a known limit");
  }

  Result<void> read_quota(const toml::node& node, std::string_view key, Settings* settings) const {
    if (key == "requests_per_second") return read(node, key, &settings->requests_per_second, 0);
    if (key == "requests_burst") return read(node, key, &settings->requests_burst);
    if (key == "write_bytes_per_second")
      return read(node, key, &settings->write_bytes_per_second, 0);
    if (key == "write_bytes_burst") return read(node, key, &settings->write_bytes_burst);
    return at(path, node, key, "is not a known quota");
  }

  // What a party's watch may take: sizes and days are whole numbers of one kind or the other.
  Result<void> read_watch(const toml::node& node, std::string_view key, Settings* settings) const {
    const auto set = [&](auto* out, int64_t most) -> Result<void> {
      std::optional<uint64_t> value;
      TRY(read(node, key, &value));
      if (*value > static_cast<uint64_t>(most))
        return at(path, node, key, fmt::format("is at most {}", most));
      *out = static_cast<std::remove_pointer_t<decltype(out)>>(*value);
      return {};
    };
    constexpr int64_t kDaysMax = 3'660, kSecondsMax = 3'660LL * 86'400, kCountMax = 100'000'000;
    watch::Bounds& bounds = settings->watch;
    if (key == "indicators_max") return set(&bounds.watched_max, kCountMax);
    if (key == "remembered_max") return set(&bounds.remembered_max, kCountMax);
    if (key == "remembered_bytes_max") return set(&bounds.remembered_bytes_max, UINT32_MAX);
    if (key == "remembered_days") return set(&bounds.remembered_days, kDaysMax);
    if (key == "lateness_seconds") return set(&bounds.lateness_seconds, kSecondsMax);
    if (key == "backfill_days") return set(&bounds.backfill_days, kDaysMax);
    if (key == "backfill_max") return set(&bounds.backfill_max, kCountMax);
    return at(path, node, key, "is not a known bound of watching");
  }

  Result<void> read_key(const toml::node& node, std::string_view key, Settings* settings) const {
    if (key == "listen") return read(node, key, &settings->listen);
    if (key == "tls_cert") return read(node, key, &settings->tls_certificate);
    if (key == "tls_key") return read(node, key, &settings->tls_key);
    if (key == "insecure_plaintext") return read(node, key, &settings->insecure_plaintext);
    if (key == "anonymous") return read(node, key, &settings->anonymous);
    if (key == "log_json") return read(node, key, &settings->log_json);
    if (key == "log_level") return read(node, key, &settings->log_level);
    if (key == "title") return read(node, key, &settings->title);
    if (key == "threads") return read(node, key, &settings->threads);
    if (key != "limits" && key != "quotas" && key != "watch")
      return at(path, node, key, "is not a known key");
    const toml::table* table = node.as_table();
    if (table == nullptr) return at(path, node, key, "must be a table");
    for (const auto& [name, value] : *table) {
      TRY(key == "limits"   ? read_limit(value, name.str(), settings)
          : key == "quotas" ? read_quota(value, name.str(), settings)
                            : read_watch(value, name.str(), settings));
    }
    return {};
  }
};

void take(const char* name, std::optional<std::string>* out) {
  const char* value = std::getenv(name);
  if (!*out && value != nullptr && *value != '\0') *out = value;
}

}  // namespace

Result<void> read_settings_file(const std::string& path, Settings* settings) {
  if (::access(path.c_str(), F_OK) != 0) return {};
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    return fail(Code::kInvalid,
                fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
  }
  const Reader reader{path};
  for (const auto& [name, value] : table) TRY(reader.read_key(value, name.str(), settings));
  return {};
}

Result<void> read_settings_environment(Settings* settings) {
  take("ENTENTE_LISTEN", &settings->listen);
  take("ENTENTE_TLS_CERT", &settings->tls_certificate);
  take("ENTENTE_TLS_KEY", &settings->tls_key);
  take("ENTENTE_LOG_LEVEL", &settings->log_level);
  take("ENTENTE_TITLE", &settings->title);
  std::optional<std::string> text;
  take("ENTENTE_LOG_JSON", &text);
  if (text && !settings->log_json) {
    if (*text != "1" && *text != "0")
      return fail(Code::kInvalid, "ENTENTE_LOG_JSON must be 1 or 0");
    settings->log_json = *text == "1";
  }
  text.reset();
  take("ENTENTE_THREADS", &text);
  if (text && !settings->threads) {
    const auto number = parse_decimal(*text);
    if (!number || *number == 0 || *number > 1024)
      return fail(Code::kInvalid, "ENTENTE_THREADS must be 1 to 1024");
    settings->threads = static_cast<uint32_t>(*number);
  }
  return {};
}

Result<void> check_exposure(const Settings& settings, const std::string& listen) {
  const bool has_tls = settings.tls_certificate && settings.tls_key;
  if (has_tls || settings.insecure_plaintext.value_or(false) || listen.starts_with("unix:"))
    return {};
  const std::string host = listen.substr(0, listen.rfind(':'));
  // Only addresses in numbers are taken by the wire; names are refused there.
  if (host.starts_with("127.") || host == "[::1]" || host == "localhost") return {};
  return fail(
      Code::kForbidden,
      fmt::format("{} can be reached from other machines and would send keys in clear: give "
                  "--tls-cert and --tls-key, or --insecure-plaintext behind a proxy of yours",
                  listen));
}

}  // namespace entente::app
