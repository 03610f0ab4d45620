// Parties take turns by their numbers: the next after the one that was last, around the circle, of those that wait and have
// nothing running.
#include "api/errands.h"

#include <algorithm>

namespace entente::api {

Errands::~Errands() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& each : threads_) each.join();
  for (auto& [party, line] : lines_) {
    for (const Work& work : line.waiting) work(Fate::kStopping);
  }
}

bool Errands::add(release::PartyNumber party, Work work) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Line& line = lines_[party];
  if (line.waiting.size() >= kWaitingMax) return false;
  line.waiting.push_back(std::move(work));
  const auto ready = static_cast<size_t>(
      std::ranges::count_if(lines_, [](const auto& each) { return is_ready(each.second); }));
  if (ready > idle_ && threads_.size() < threads_max_) threads_.emplace_back([this] { run(); });
  changed_.notify_one();
  return true;
}

std::map<release::PartyNumber, Errands::Line>::iterator Errands::next() {
  const auto from = lines_.upper_bound(last_);
  for (auto at = from; at != lines_.end(); ++at) {
    if (is_ready(at->second)) return at;
  }
  for (auto at = lines_.begin(); at != from; ++at) {
    if (is_ready(at->second)) return at;
  }
  return lines_.end();
}

void Errands::run() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    auto at = lines_.end();
    ++idle_;
    changed_.wait(lock, [&] { return is_stopping_ || (at = next()) != lines_.end(); });
    --idle_;
    if (is_stopping_) return;
    last_ = at->first;
    Work work = std::move(at->second.waiting.front());
    at->second.waiting.pop_front();
    at->second.is_running = true;
    lock.unlock();
    work(Fate::kNow);
    work = nullptr;  // what it holds may answer when it goes
    lock.lock();
    at->second.is_running = false;
    if (at->second.waiting.empty()) {
      lines_.erase(at);
    } else {
      changed_.notify_one();
    }
  }
}

}  // namespace entente::api
