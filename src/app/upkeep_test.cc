// A backup tells how far it is while it runs. What it copies and what comes back is tested with the program itself.
#include "app/upkeep.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <vector>

#include "app/data_directory.h"

namespace entente::app {
namespace {

// Opens at most so many files of a folder, then holds whoever opens the next one until it is let go.
class HoldingFiles final : public store::Files {
 public:
  explicit HoldingFiles(std::string folder) : folder_(std::move(folder)) {}

  void let_go() {
    const std::lock_guard lock(mutex_);
    is_held_ = false;
    changed_.notify_all();
  }

  Result<std::unique_ptr<store::File>> open(const std::string& path) override {
    std::unique_lock lock(mutex_);
    if (path.starts_with(folder_) && ++opened_ > kOpenedFreely)
      changed_.wait(lock, [&] { return !is_held_; });
    lock.unlock();
    return real_->open(path);
  }
  Result<std::shared_ptr<store::Mapping>> map(const std::string& path, uint64_t size,
                                              store::Access access) override {
    return real_->map(path, size, access);
  }
  Result<std::string> read(const std::string& path) override { return real_->read(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return real_->list(directory);
  }
  bool exists(const std::string& path) override { return real_->exists(path); }
  Result<void> make_directory(const std::string& path) override {
    return real_->make_directory(path);
  }
  Result<void> rename(const std::string& from, const std::string& to) override {
    return real_->rename(from, to);
  }
  Result<void> remove(const std::string& path) override { return real_->remove(path); }
  Result<void> sync_directory(const std::string& path) override {
    return real_->sync_directory(path);
  }
  Result<std::shared_ptr<void>> lock(const std::string& path) override { return real_->lock(path); }

 private:
  static constexpr int kOpenedFreely = 2;  // the node's secret, the segment: the manifest is held
  const std::unique_ptr<store::Files> real_ = store::posix_files();
  const std::string folder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int opened_ = 0;
  bool is_held_ = true;
};

class BackupProgress : public testing::Test {
 protected:
  BackupProgress() {
    std::string path = (std::filesystem::temp_directory_path() / "entente-upkeep-XXXXXX").string();
    EXPECT_NE(::mkdtemp(path.data()), nullptr);
    path_ = path;
    files_ = std::make_unique<HoldingFiles>(path_ + "/copy/journal/");
    exchange::NodeOptions options;
    options.directory = path_ + "/node";
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    EXPECT_TRUE(files_->make_directory(options.directory));
    node_ = std::move(*exchange::Node::open(options, &recovery_));
    audit_ = std::move(*Audit::open(*files_, audit_path(options.directory), clock_));
    EXPECT_TRUE(node_->change_directory(
        R"({"op":"party","code":"AVL","name":"Avalon","identity":"identity--00000000-0000-4000-8000-000000000001"})"));
  }
  ~BackupProgress() override {
    audit_.reset();
    node_.reset();
    std::filesystem::remove_all(path_);
  }

  std::string path_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<HoldingFiles> files_;
  store::Recovery recovery_;
  std::unique_ptr<exchange::Node> node_;
  std::unique_ptr<Audit> audit_;
};

TEST_F(BackupProgress, IsTheBytesThatHaveComeToLieThere) {
  Desk desk{*node_, random_, *files_, *audit_, recovery_, path_ + "/node"};
  const auto request = Fields::parse(JsonObject().add("to", path_ + "/copy").text());
  ASSERT_TRUE(request);
  // The copy cannot end before it was said to be whole but for its manifest.
  std::vector<Progress> said;
  const auto outcome = run_backup(desk, *request, [&](const Progress& now) {
    said.push_back(now);
    if (now.done > 0) files_->let_go();
  });
  ASSERT_TRUE(outcome) << outcome.error().detail;
  ASSERT_FALSE(said.empty());
  EXPECT_GT(said.back().done, 0U);
  for (size_t i = 0; i < said.size(); ++i) {
    EXPECT_EQ(said[i].total, said.front().total);
    EXPECT_LE(said[i].done, said[i].total);
    if (i > 0) {
      EXPECT_GE(said[i].done, said[i - 1].done);
    }
  }
  // Again: nearly nothing is left to copy.
  std::vector<Progress> again;
  ASSERT_TRUE(run_backup(desk, *request, [&](const Progress& now) { again.push_back(now); }));
  for (const Progress& now : again) EXPECT_LT(now.total, said.front().total);
}

}  // namespace
}  // namespace entente::app
