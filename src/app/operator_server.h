// The operator's server, on DIR/operator.sock: what the command line asks of a running node, and what only the operator may
// see of it. Whoever can open the socket is the operator.
//
//   GET  /healthz                            {"status":"ok",...}
//   GET  /metrics                            text of Prometheus
//   POST /operator/v1/run                    body: a request; answer: the outcome's JSON, exit code in Entente-Exit
//   POST /operator/v1/stream/events/import   header Entente-Request: base64url of a request; body: the bytes to import;
//   POST /operator/v1/stream/events/verify     answer: JSON Lines, {"progress":{...}} now and then, last {"exit":N,"result":{}}
//   POST /operator/v1/stream/events/backup     or {"error":{"code","detail"}}
//   POST /operator/v1/stream/bytes/export    header Entente-Request; answer: the bytes, Entente-Entries says how many entries
//   POST /operator/v1/stream/bytes/backup      are looked through
//
// Threads: any.
#pragma once

#include <functional>
#include <string>

#include "app/commands.h"
#include "base/message.h"
#include "http/server.h"

namespace entente::app {

inline constexpr std::string_view kRunPath = "/operator/v1/run";
inline constexpr std::string_view kEventsPath = "/operator/v1/stream/events/";
inline constexpr std::string_view kBytesPath = "/operator/v1/stream/bytes/";
inline constexpr std::string_view kStreamPrefix = "/operator/v1/stream/";
inline constexpr std::string_view kRequestHeader = "Entente-Request";
inline constexpr std::string_view kExitHeader = "Entente-Exit";
inline constexpr std::string_view kEntriesHeader = "Entente-Entries";

class OperatorServer {
 public:
  OperatorServer(Desk& desk, std::function<std::string()> metrics)
      : desk_(desk), metrics_(std::move(metrics)) {}

  void handle(Request request, Respond respond);
  Result<void> stream(const Request& request, http::BodyReader& body, http::ResponseWriter& writer);

 private:
  Response answer(const Request& request);
  Result<void> events(std::string_view command, const Fields& request, http::BodyReader& body,
                      http::ResponseWriter& writer);
  Result<void> bytes(std::string_view command, const Fields& request, http::ResponseWriter& writer);

  Desk& desk_;
  std::function<std::string()> metrics_;
};

}  // namespace entente::app
