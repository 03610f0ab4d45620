// Between looking for a server and opening the directory a server may have come or gone: looked at again until either works.
#include "app/target.h"

#include <chrono>
#include <thread>

namespace entente::app {
namespace {

constexpr int kTries = 60;
constexpr auto kBetween = std::chrono::milliseconds(50);

}  // namespace

Result<Target> Target::find(const std::string& directory) {
  Target target;
  for (int i = 1;; ++i) {
    target.remote_ = Remote::find(directory);
    if (target.remote_) return target;
    auto opened = open_directory(directory, Must::kBeNode, 0);
    if (opened) {
      target.opened_ = std::move(*opened);
      Opened& all = *target.opened_;
      target.desk_.reset(new Desk{*all.node, all.random, *all.files, *all.audit, all.recovery,
                                  directory, nullptr, nullptr, all.shelf.get()});
      return target;
    }
    if (opened.error().code != Code::kConflict || i == kTries)
      return std::unexpected(opened.error());
    std::this_thread::sleep_for(kBetween);
  }
}

Result<Outcome> Target::run(const std::string& request) {
  if (remote_) return remote_->run(request);
  const Fields fields = TRY(Fields::parse(request));
  return run_command(*desk_, fields);
}

Result<Outcome> Target::import(const std::string& request, const ImportInput& input,
                               const ProgressSink& progress) {
  const Fields fields = TRY(Fields::parse(request));
  if (!remote_) return run_import(*desk_, fields, input, progress);
  const auto source = TRY(input.open());
  return remote_->events("import", request, [&] { return source->next(); }, progress);
}

Result<Outcome> Target::verify(const ProgressSink& progress) {
  return remote_ ? remote_->events("verify", "{}", {}, progress) : run_verify(*desk_, progress);
}

Result<Outcome> Target::backup(const std::string& request, const ProgressSink& progress) {
  if (remote_) return remote_->events("backup", request, {}, progress);
  const Fields fields = TRY(Fields::parse(request));
  return run_backup(*desk_, fields, progress);
}

Result<void> Target::backup_stream(const Output& output) {
  return remote_ ? remote_->bytes(
                       "backup", "{}", [](uint64_t) {}, output)
                 : run_backup_stream(*desk_, output);
}

Result<void> Target::export_objects(const std::string& request,
                                    const std::function<void(uint64_t)>& begin,
                                    const Output& output) {
  if (remote_) return remote_->bytes("export", request, begin, output);
  const Fields fields = TRY(Fields::parse(request));
  const auto begin_here = [&](uint64_t entries) -> Result<void> {
    begin(entries);
    return {};
  };
  return run_export(*desk_, fields, begin_here, output);
}

}  // namespace entente::app
