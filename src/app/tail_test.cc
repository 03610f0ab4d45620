// What is appended to a file is read once and in order, through rotation and truncation. The file changes while the reader
// waits, so that nothing depends on time.
#include "app/tail.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

namespace entente::app {
namespace {

class Tail : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::temp_directory_path() / ("entente-tail-" + std::to_string(::getpid()));
    std::filesystem::create_directories(directory_);
    path_ = directory_ / "log";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void append(const std::string& text) const { std::ofstream(path_, std::ios::app) << text; }
  void rotate() const { std::filesystem::rename(path_, directory_ / "log.1"); }

  // All that is read while `steps` happen one after the other, each at the end of what is there.
  std::string read(std::vector<std::function<void()>> steps) const {
    size_t at = 0;
    auto file = TailedFile::open(path_, [&] {
      if (at == steps.size()) return false;
      steps[at++]();
      return true;
    });
    EXPECT_TRUE(file);
    std::string out;
    for (;;) {
      const auto piece = (*file)->next();
      EXPECT_TRUE(piece);
      if (!piece || piece->empty()) return out;
      out += *piece;
    }
  }

  std::filesystem::path directory_, path_;
};

TEST_F(Tail, ReadsWhatIsAppended) {
  append("a\n");
  EXPECT_EQ(read({[&] { append("b"); }, [] {}, [&] { append("c\nd\n"); }}), "a\nbc\nd\n");
}

TEST_F(Tail, FollowsThePathToAnotherFile) {
  append("a\n");
  EXPECT_EQ(read({[&] { rotate(); }, [&] { append("new\n"); },
                  // Whoever writes may still be at the old file.
                  [&] { std::ofstream(directory_ / "log.1", std::ios::app) << "late\n"; }, [] {},
                  [&] { append("newer\n"); }}),
            "a\nlate\nnew\nnewer\n");
}

TEST_F(Tail, EndsALineThatIsLeftUnfinished) {
  append("half");
  EXPECT_EQ(read({[&] {
                    rotate();
                    append("whole\n");
                  },
                  [] {}}),
            "half\nwhole\n");
}

TEST_F(Tail, BeginsAgainWhereAFileIsTruncated) {
  append("first\nsecond\n");
  EXPECT_EQ(read({[&] { std::filesystem::resize_file(path_, 0); }, [&] { append("third\n"); }}),
            "first\nsecond\nthird\n");
}

TEST_F(Tail, FollowsPlainFilesAlone) {
  append("a\n");
  EXPECT_TRUE(TailedFile::can_follow(path_));
  EXPECT_FALSE(TailedFile::can_follow("-"));
  EXPECT_FALSE(TailedFile::can_follow(directory_));
  EXPECT_FALSE(TailedFile::can_follow(directory_ / "none"));
  append("");
  std::ofstream(path_, std::ios::trunc) << "\x1f\x8b compressed";
  EXPECT_FALSE(TailedFile::can_follow(path_));
}

}  // namespace
}  // namespace entente::app
