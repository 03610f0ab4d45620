// What is new is added before what is gone is removed, and sources change in between, so that a number means one pattern at
// every moment at which it is looked up.
#include "app/live_patterns.h"

#include <sys/stat.h>

#include <chrono>
#include <cstdio>

#include "app/render.h"
#include "app/whole_file.h"

namespace entente::app {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

// What changes when a file does: its inode, size and time of change.
std::string state_of(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0) return {};
  std::string out = std::to_string(about.st_ino) + " " + std::to_string(about.st_size);
  return out + " " + std::to_string(about.st_mtim.tv_sec) + "." +
         std::to_string(about.st_mtim.tv_nsec);
}

}  // namespace

LivePatterns::~LivePatterns() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
  }
  ending_.notify_all();
  if (watcher_.joinable()) watcher_.join();
}

void LivePatterns::load(std::string_view text) {
  std::multimap<std::string, uint32_t, std::less<>> before = std::move(numbers_);
  numbers_.clear();
  std::vector<uint32_t> numbers;  // of the patterns in their order
  const std::vector<Source> found = add_patterns_of(
      line_, text, [&](std::string_view one) -> std::expected<uint32_t, pattern::ParseError> {
        auto known = before.find(one);
        if (known == before.end()) {
          const auto added = live_.add(one, pattern::ParseOptions{line_.stix20});
          if (!added) return added;
          numbers.push_back(*added);
          numbers_.emplace(one, *added);
        } else {
          numbers.push_back(known->second);
          numbers_.insert(before.extract(known));
        }
        return numbers.back();
      });
  std::unordered_map<uint32_t, Source> sources;
  for (size_t i = 0; i < numbers.size(); ++i) sources.emplace(numbers[i], found[i]);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    sources_ = std::move(sources);
  }
  for (const auto& [gone, number] : before) live_.remove(number);
}

std::optional<Source> LivePatterns::source(uint32_t number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = sources_.find(number);
  return known == sources_.end() ? std::nullopt : std::optional(known->second);
}

void LivePatterns::watch_file() {
  watcher_ = std::thread([this] { watch(); });
}

void LivePatterns::watch() {
  std::string loaded = state_of(line_.patterns);
  std::unique_lock<std::mutex> lock(mutex_);
  while (!ending_.wait_for(lock, kLookEvery, [this] { return is_ending_; })) {
    lock.unlock();
    const std::string now = state_of(line_.patterns);
    if (!now.empty() && now != loaded) {
      if (const auto file = WholeFile::open(line_.patterns)) {
        loaded = now;
        load(file->text());
        std::fprintf(stderr, "entente: %s: %zu patterns\n", printable(line_.patterns).c_str(),
                     numbers_.size());
      }
    }
    lock.lock();
  }
}

}  // namespace entente::app
