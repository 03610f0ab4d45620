// The command line's side of the operator's socket (operator_server.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "http/client.h"

namespace entente::app {

class Remote {
 public:
  // The server that runs on the directory; nullopt if none answers.
  static std::optional<Remote> find(const std::string& directory);

  Result<Outcome> run(const std::string& request) const;
  // import, verify, backup. `input` may be empty.
  Result<Outcome> events(std::string_view command, const std::string& request,
                         const http::Source& input, const ProgressSink& progress) const;
  // export, backup.
  Result<void> bytes(std::string_view command, const std::string& request,
                     const std::function<void(uint64_t entries)>& begin,
                     const Output& output) const;

 private:
  explicit Remote(std::string address) : address_(std::move(address)) {}
  std::string address_;
};

}  // namespace entente::app
