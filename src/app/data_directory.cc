// node.json stands last in the order of making, so that what an interrupted init or restore leaves is never taken for a node.
#include "app/data_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "app/commands.h"
#include "app/json_text.h"
#include "app/upkeep.h"
#include "base/text.h"

namespace entente::app {
namespace {

constexpr std::string_view kNodeFile = "/node.json";
constexpr std::string_view kRestoredFile = "/restored.json";
constexpr std::string_view kClockFile = "/clock.json";
constexpr std::string_view kCheckedFile = "/signatures.view";
constexpr std::string_view kNodeText = "{\"format\":1}\n";
constexpr size_t kSocketPathMax = 100;
constexpr int64_t kRetryMs = 50;

// The whole file or, after a crash, the one before it.
Result<void> write_whole(store::Files& files, const std::string& directory, const std::string& path,
                         std::string_view text) {
  {
    const auto file = TRY(files.open(path + ".part"));
    TRY(file->truncate(0));
    TRY(file->write_at(0, text));
    TRY(file->sync());
  }
  TRY(files.rename(path + ".part", path));
  return files.sync_directory(directory);
}

}  // namespace

Opened::~Opened() {
  if (node != nullptr) keep_time();
  if (node != nullptr && shelf != nullptr) keep_checked();
  node.reset();
  audit.reset();
}

std::string journal_path(const std::string& directory) { return directory + "/journal"; }
std::string audit_path(const std::string& directory) { return directory + "/audit"; }

Result<std::string> operator_address(const std::string& directory) {
  std::string path = directory + "/operator.sock";
  if (path.size() <= kSocketPathMax) return "unix:" + path;
  const int fd = ::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fail(Code::kInternal, "open " + directory + ": " + std::strerror(errno));
  return "unix:/proc/self/fd/" + std::to_string(fd) + "/operator.sock";
}

bool is_node(const std::string& directory) {
  return ::access((directory + std::string(kNodeFile)).c_str(), F_OK) == 0;
}

Result<void> mark_as_node(store::Files& files, const std::string& directory) {
  return write_whole(files, directory, directory + std::string(kNodeFile), kNodeText);
}

void Opened::keep_time() {
  constexpr int64_t kWorthSavingMs = 60'000;
  const exchange::NodeClock::Saved now = node->clock().save();
  if (now.is_held == saved_time.is_held && saved_time.now_ms != INT64_MIN &&
      now.now_ms - saved_time.now_ms < kWorthSavingMs) {
    return;
  }
  const std::string text = JsonObject()
                               .add_signed("now_ms", now.now_ms)
                               .add_signed("machine_ms", now.machine_ms)
                               .add_flag("held", now.is_held)
                               .text();
  if (write_whole(*files, directory, directory + std::string(kClockFile), text + "\n"))
    saved_time = now;
}

void Opened::keep_checked() {
  constexpr size_t kWorthSaving = 32;
  if (shelf->checked().unsaved() < kWorthSaving) return;
  const std::string text = shelf->checked().text(node->state()->node_key);
  if (write_whole(*files, directory, directory + std::string(kCheckedFile), text))
    shelf->checked().mark_saved();
}

Result<void> mark_as_restored(store::Files& files, const std::string& directory,
                              const std::string& from, int64_t now_ms) {
  const std::string text =
      JsonObject().add("from", from).add("at", format_time_ms(now_ms)).text() + "\n";
  return write_whole(files, directory, directory + std::string(kRestoredFile), text);
}

std::optional<std::string> restored_mark(store::Files& files, const std::string& directory) {
  const std::string path = directory + std::string(kRestoredFile);
  if (!files.exists(path)) return std::nullopt;
  return files.read(path).value_or("");
}

Result<void> accept_restored(store::Files& files, const std::string& directory) {
  TRY(files.remove(directory + std::string(kRestoredFile)));
  return files.sync_directory(directory);
}

Result<void> remove_copies(store::Files& files, const std::string& directory) {
  for (const std::string& name : TRY(files.list(directory))) {
    if (name.starts_with(kCopyPrefix)) remove_directory(directory + "/" + name);
  }
  return files.sync_directory(directory);
}

namespace {

Result<exchange::NodeClock::Saved> read_time(store::Files& files, const std::string& directory) {
  const std::string path = directory + std::string(kClockFile);
  exchange::NodeClock::Saved out;
  if (!files.exists(path)) return out;
  const std::string text = TRY(files.read(path));
  const auto fields = Fields::parse(text);
  const auto now_ms = fields ? fields->integer("now_ms") : std::nullopt;
  const auto machine_ms = fields ? fields->integer("machine_ms") : std::nullopt;
  if (!now_ms || !machine_ms) {
    return fail(Code::kInvalid,
                path +
                    " is not what entente wrote: remove it, and the node goes on at the later of "
                    "its last tick and the machine's clock");
  }
  out.now_ms = *now_ms;
  out.machine_ms = *machine_ms;
  out.is_held = fields->flag("held");
  return out;
}

// How far the clock is to be ahead of the machine's: as ENTENTE_NOW says.
Result<int64_t> clock_ahead_ms() {
  const char* text = std::getenv("ENTENTE_NOW");
  if (text == nullptr || *text == '\0') return 0;
  const auto us = parse_instant_us(text);
  if (!us) {
    return fail(Code::kInvalid, std::string("ENTENTE_NOW: '") + text +
                                    "' is no instant such as 2023-05-04T00:00:00Z");
  }
  return *us / 1000 - SystemClock().now_ms();
}

Result<void> check(store::Files& files, const std::string& directory, Must must) {
  if (must == Must::kBeNode) {
    if (!is_node(directory)) {
      return fail(Code::kNotFound,
                  directory + " is not a node; make one with: entente init --data " + directory);
    }
    const std::string text = TRY(files.read(directory + std::string(kNodeFile)));
    if (text == kNodeText) return {};
    return fail(Code::kInvalid,
                directory + "/node.json: not a format that this version of entente reads");
  }
  if (is_node(directory)) return fail(Code::kConflict, directory + " is a node already");
  if (files.exists(directory)) {
    const auto names = TRY(files.list(directory));
    const bool is_used =
        std::ranges::any_of(names, [](const std::string& name) { return name != "entente.toml"; });
    if (is_used)
      return fail(Code::kConflict,
                  directory + " is not empty; a new node needs a directory of its own");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Opened>> open_directory(const std::string& directory, Must must,
                                               int64_t wait_ms) {
  const int64_t ahead_ms = TRY(clock_ahead_ms());
  auto opened = std::make_unique<Opened>(ahead_ms);
  opened->directory = directory;
  TRY(check(*opened->files, directory, must));
  opened->saved_time = TRY(read_time(*opened->files, directory));
  exchange::NodeOptions options;
  options.directory = directory;
  options.clock = &opened->clock;
  options.random = &opened->random;
  options.files = opened->files.get();
  options.remove_copies = [files = opened->files.get(), directory] {
    return remove_copies(*files, directory);
  };
  options.time = opened->saved_time;
  for (int64_t waited_ms = 0;; waited_ms += kRetryMs) {
    opened->recovery = {};
    auto node = exchange::Node::open(options, &opened->recovery);
    if (node) {
      opened->node = std::move(*node);
      break;
    }
    if (node.error().code != Code::kConflict || waited_ms >= wait_ms) {
      if (node.error().code != Code::kConflict) return std::unexpected(node.error());
      return fail(Code::kConflict, directory + " is in use by another process");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(kRetryMs));
  }
  TRY(remove_copies(*opened->files, directory));
  opened->shelf = std::make_unique<desk::Shelf>();
  if (const std::string path = directory + std::string(kCheckedFile); opened->files->exists(path)) {
    const auto text = opened->files->read(path);
    if (text) opened->shelf->checked().read(*text, opened->node->state()->node_key);
  }
  opened->audit = TRY(Audit::open(*opened->files, audit_path(directory), opened->clock));
  return opened;
}

}  // namespace entente::app
