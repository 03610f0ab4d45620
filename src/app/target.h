// What commands are given to: a running server, or a directory that this process has opened.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/commands.h"
#include "app/data_directory.h"
#include "app/remote.h"
#include "base/result.h"

namespace entente::app {

class Target {
 public:
  // kNotFound if the directory is no node, kConflict if another process than a server holds it for longer than a moment.
  static Result<Target> find(const std::string& directory);

  Result<Outcome> run(const std::string& request);
  // `reopens`: see ImportInput.
  Result<Outcome> import(const std::string& request, const ImportInput& input,
                         const ProgressSink& progress);
  Result<Outcome> verify(const ProgressSink& progress);
  Result<Outcome> backup(const std::string& request, const ProgressSink& progress);
  Result<void> backup_stream(const Output& output);
  Result<void> export_objects(const std::string& request,
                              const std::function<void(uint64_t entries)>& begin,
                              const Output& output);

 private:
  std::optional<Remote> remote_;
  std::unique_ptr<Opened> opened_;
  std::unique_ptr<Desk> desk_;
};

}  // namespace entente::app
