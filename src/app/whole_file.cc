// A mapping needs no copy, which for a file that is read once is half of the work. The bytes behind its
// end are zero up to the end of the page; where that leaves too little room the file is read.
#include "app/whole_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "app/input.h"
#include "json/json.h"

namespace entente::app {
namespace {

constexpr size_t kPageBytes = 4096;

bool is_compressed(std::string_view text) {
  return text.starts_with("\x1f\x8b") || text.starts_with("\x28\xb5\x2f\xfd");
}

}  // namespace

WholeFile::WholeFile(WholeFile&& other) noexcept
    : owned_(std::move(other.owned_)),
      map_(std::exchange(other.map_, nullptr)),
      size_(other.size_) {}

WholeFile::~WholeFile() {
  if (map_ != nullptr) ::munmap(map_, size_);
}

std::string_view WholeFile::text() const {
  if (map_ != nullptr) return {static_cast<const char*>(map_), size_};
  return std::string_view(owned_).substr(0, size_);
}

Result<WholeFile> WholeFile::open(const std::string& path) {
  WholeFile out;
  const int fd = path == "-" ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about{};
  const bool is_file = fd >= 0 && ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  const auto size = static_cast<size_t>(is_file ? about.st_size : 0);
  if (size % kPageBytes > 0 && size % kPageBytes <= kPageBytes - json::kPaddingBytes) {
    void* const map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (map != MAP_FAILED) {
      out.map_ = map;
      out.size_ = size;
    }
  }
  if (fd >= 0) ::close(fd);
  if (out.map_ != nullptr && !is_compressed(out.text())) return out;
  WholeFile read;
  const auto source = TRY(open_input(path, nullptr));
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) break;
    read.owned_ += piece;
  }
  read.size_ = read.owned_.size();
  read.owned_.append(json::kPaddingBytes, ' ');
  return read;
}

}  // namespace entente::app
