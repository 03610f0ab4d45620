// The file system as the journal sees it: few calls, each of which a test can make fail. [leveldb's Env is the model]
//
// Paths are as given by the caller. Every function may be called from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::store {

// A file open for writing (and reading through map()). Created with mode 0600.
class File {
 public:
  virtual ~File() = default;
  // Writes all bytes at the offset. An error may leave a part of them behind.
  virtual Result<void> write_at(uint64_t offset, std::string_view bytes) = 0;
  virtual Result<void> sync() = 0;  // fdatasync
  virtual Result<void> truncate(uint64_t size) = 0;
  virtual Result<uint64_t> size() const = 0;
};

// A read-only shared mapping; bytes written to the file later, within `size`, become visible in it.
class Mapping {
 public:
  virtual ~Mapping() = default;
  virtual const char* data() const = 0;
  virtual size_t size() const = 0;
  // Asks for bytes to be read from the disk soon, without waiting; what lies outside the mapping is left out.
  virtual void will_need(uint64_t offset, uint64_t size) const = 0;
};

// How a mapping will be read: here and there, in places whose neighbours are soon wanted too, or from end to end.
enum class Access : uint8_t { kRandom, kClustered, kSequential };

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<File>> open(
      const std::string& path) = 0;  // read-write, created if absent
  // Maps [0, size), which may reach past the end of a file that will grow.
  virtual Result<std::shared_ptr<Mapping>> map(const std::string& path, uint64_t size,
                                               Access access) = 0;
  virtual Result<std::string> read(const std::string& path) = 0;  // whole, small files
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;  // names, sorted
  virtual bool exists(const std::string& path) = 0;
  virtual Result<void> make_directory(
      const std::string& path) = 0;  // 0700; parents too; fine if there
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  virtual Result<void> sync_directory(const std::string& path) = 0;
  // An exclusive lock held until the returned object dies; kConflict if another process holds it.
  virtual Result<std::shared_ptr<void>> lock(const std::string& path) = 0;
};

// Times that this thread has waited for a mapped page to be read from the disk.
uint64_t page_waits();

// The real one.
std::unique_ptr<Files> posix_files();

}  // namespace entente::store
