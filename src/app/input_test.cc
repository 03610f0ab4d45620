// Inputs: every form, cut anywhere, in pieces of every size; bounded output of what inflates; spools and chains.
#include "app/input.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/tar.h"

namespace entente::app {
namespace {

// Memory in pieces of a given size.
class Pieces final : public exchange::Source {
 public:
  Pieces(std::string_view bytes, size_t size) : bytes_(bytes), size_(size) {}
  Result<std::string_view> next() override {
    const std::string_view piece = bytes_.substr(0, size_);
    bytes_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view bytes_;
  size_t size_;
};

Result<std::string> all_of(exchange::Source& source, size_t* longest = nullptr) {
  std::string out;
  for (;;) {
    const std::string_view piece = TRY(source.next());
    if (piece.empty()) return out;
    if (longest != nullptr) *longest = std::max(*longest, piece.size());
    out += piece;
  }
}

Result<std::string> read_all(std::string_view bytes, size_t piece = 7) {
  const auto source = decompressed(std::make_unique<Pieces>(bytes, piece));
  return all_of(*source);
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::string sample() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "{\"n\":" + std::to_string(i * 7919) + "}\n";
  return text;
}

TEST(Input, TellsFormsApartInPiecesOfAnySize) {
  const std::string text = sample();
  for (const std::string& bytes : {text, gzip(text), zstd(text)}) {
    for (const size_t piece :
         {size_t{1}, size_t{2}, size_t{3}, size_t{5}, size_t{64}, size_t{1} << 20}) {
      const auto read = read_all(bytes, piece);
      ASSERT_TRUE(read) << read.error().detail;
      EXPECT_EQ(*read, text);
    }
  }
  EXPECT_EQ(read_all("").value(), "");
  EXPECT_EQ(read_all("{").value(), "{");
  EXPECT_EQ(read_all(gzip("")).value(), "");
}

TEST(Input, SeveralMembersAreOneStream) {
  const std::string text = sample();
  EXPECT_EQ(read_all(gzip(text) + gzip(text)).value(), text + text);
  EXPECT_EQ(read_all(zstd(text) + zstd(text)).value(), text + text);
}

TEST(Input, CompressedDataCutAnywhereIsAnError) {
  const std::string text = sample();
  for (const std::string& bytes : {gzip(text), zstd(text)}) {
    for (size_t cut = 4; cut < bytes.size(); ++cut) {
      EXPECT_FALSE(read_all(bytes.substr(0, cut))) << cut << " of " << bytes.size();
    }
  }
}

TEST(Input, DamagedDataIsAnError) {
  const std::string text = sample();
  const std::string bytes = gzip(text);
  size_t failures = 0;
  for (size_t at = 10; at < bytes.size();
       ++at) {  // past the header, whose time and flags mean nothing
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    // Bits that fill up the last byte of a block mean nothing either.
    const auto read = read_all(damaged);
    if (read) {
      EXPECT_EQ(*read, text) << at;
    }
    failures += read ? 0 : 1;
  }
  EXPECT_GT(failures, bytes.size() - 15);
}

TEST(Input, WhatInflatesEnormouslyComesInSmallPieces) {
  const std::string zeros(size_t{64} << 20, ' ');
  for (const std::string& bytes : {gzip(zeros), zstd(zeros)}) {
    ASSERT_LT(bytes.size(), size_t{1} << 17);
    const auto source = decompressed(std::make_unique<Pieces>(bytes, bytes.size()));
    size_t longest = 0;
    const auto read = all_of(*source, &longest);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->size(), zeros.size());
    EXPECT_LE(longest, size_t{256} << 10);
  }
}

TEST(Input, ZstdWindowsPastTheLimitAreRefused) {
  const std::string text(size_t{1} << 16, 'x');
  for (const auto& [log, good] : {std::pair{27, true}, std::pair{28, false}}) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    ZSTD_outBuffer out{bytes.data(), bytes.size(), 0};
    // In two steps, so that the frame says its window instead of its size.
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush);
    while (ZSTD_compressStream2(context, &out, &in, ZSTD_e_end) != 0) {
    }
    ZSTD_freeCCtx(context);
    bytes.resize(out.pos);
    EXPECT_EQ(read_all(bytes).has_value(), good) << log;
  }
}

class InputFiles : public testing::Test {
 protected:
  InputFiles() {
    std::string path = (std::filesystem::temp_directory_path() / "entente-input-XXXXXX").string();
    root_ = ::mkdtemp(path.data());
  }
  ~InputFiles() override { std::filesystem::remove_all(root_); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream out(root_ + "/" + name, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return root_ + "/" + name;
  }
  std::string root_;
};

TEST_F(InputFiles, ChainsFilesAndSaysWhereEachBegins) {
  std::vector<uint64_t> begins;
  ByteCount count{0};
  const std::string packed = gzip("bbbb");
  Chain chain({write("a", "aaa"), write("b.gz", packed), write("c", "")}, &begins, &count);
  EXPECT_EQ(all_of(chain).value(), "aaa\nbbbb\n");
  EXPECT_EQ(begins, (std::vector<uint64_t>{0, 4, 9}));
  EXPECT_EQ(count.load(), 3 + packed.size());
  Chain broken({write("d", "d"), root_ + "/absent"}, nullptr, nullptr);
  EXPECT_FALSE(all_of(broken));
}

TEST_F(InputFiles, ASpoolCanBeReadTwiceAndLeavesNothing) {
  const std::string text = sample();
  Pieces source(text, 100);
  auto spool = Spool::fill(root_, source);
  ASSERT_TRUE(spool);
  for (int i = 0; i < 2; ++i) {
    const auto again = (*spool)->open();
    ASSERT_TRUE(again);
    EXPECT_EQ(all_of(**again).value(), text);
  }
  EXPECT_TRUE(std::filesystem::is_empty(root_)) << "a crash leaves no spool behind either";
}

TEST_F(InputFiles, TarsComeBackAsTheyWere) {
  const auto files = store::posix_files();
  std::filesystem::create_directories(root_ + "/from/journal");
  std::filesystem::create_directories(root_ + "/to/journal");
  const std::vector<std::string> names{"journal/a", "journal/b", "journal/c", "node.json"};
  const size_t sizes[] = {0, 512, 513, 5'000};
  for (size_t i = 0; i < names.size(); ++i)
    write("from/" + names[i], std::string(sizes[i], static_cast<char>('a' + i)));
  std::string tar;
  ASSERT_TRUE(
      write_tar(*files, root_ + "/from", names, [&](std::string_view piece) -> Result<void> {
        tar += piece;
        return {};
      }));
  const auto allows = [&](std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  Pieces source(tar, 700);
  ASSERT_TRUE(read_tar(*files, source, root_ + "/to", allows));
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(files->read(root_ + "/to/" + names[i]).value(),
              std::string(sizes[i], static_cast<char>('a' + i)));
  }
  for (size_t cut = 0; cut < tar.size() - 1024; cut += 509) {
    Pieces part(std::string_view(tar).substr(0, cut), 4'096);
    EXPECT_FALSE(read_tar(*files, part, root_ + "/to", allows)) << cut;
  }
  Pieces unwanted(tar, 1'000);
  EXPECT_FALSE(read_tar(*files, unwanted, root_ + "/to",
                        [](std::string_view name) { return name != "journal/c"; }));
}

}  // namespace
}  // namespace entente::app
