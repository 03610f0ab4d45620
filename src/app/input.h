// Where an import's bytes come from: a file, standard input or memory; plain, gzip or zstd, told apart by their first bytes.
//
//   auto source = TRY(open_input("feed.json.zst"));
//   for (;;) { auto piece = TRY(source->next()); if (piece.empty()) break; ... }
//
// Several compressed members one after the other count as one stream, as gzip and zstd do themselves. Pieces are of bounded
// size whatever the ratio of compression. Threads: one.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/importer.h"

namespace entente::app {

// Bytes read so far before decompression, over all inputs that count into it. May be null.
using ByteCount = std::atomic<uint64_t>;

// "-" is standard input. kNotFound if there is no such file, kInvalid if it cannot be read.
Result<std::unique_ptr<exchange::Source>> open_input(const std::string& path, ByteCount* count);

// A small text file, up to limits::kXmlBytesMax: kTooLarge past it.
Result<std::string> read_text_file(const std::string& path);

// The same as open_input, decompressing what another source gives.
std::unique_ptr<exchange::Source> decompressed(std::unique_ptr<exchange::Source> source);

// Copies a source into a new file, mode 0600, that is gone when the returned Spool dies: for input that can be read only
// once and must be read twice.
class Spool {
 public:
  // The file is made in `directory`, which must exist.
  static Result<std::unique_ptr<Spool>> fill(const std::string& directory,
                                             exchange::Source& source);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  Result<std::unique_ptr<exchange::Source>> open() const;

 private:
  explicit Spool(int fd) : fd_(fd) {}
  int fd_;
};

// Several inputs as one stream, a line break between them. `begins` receives where each begins in it.
class Chain final : public exchange::Source {
 public:
  Chain(std::vector<std::string> paths, std::vector<uint64_t>* begins, ByteCount* count)
      : paths_(std::move(paths)), begins_(begins), count_(count) {}
  Result<std::string_view> next() override;

 private:
  std::vector<std::string> paths_;
  std::vector<uint64_t>* begins_;  // may be null
  ByteCount* count_;
  size_t index_ = 0;
  uint64_t offset_ = 0;
  std::unique_ptr<exchange::Source> source_;
};

}  // namespace entente::app
