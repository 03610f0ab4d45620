// One class reads descriptors, one inflates. The inflater asks its source for a piece, looks at the first four bytes of the
// stream, and from then on gives its output buffer back each time it is full: memory does not depend on the ratio.
#include "app/input.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/limits.h"

namespace entente::app {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;
constexpr int kZstdWindowLogMax = 27;  // 128 MiB: what `zstd --long` needs; more is refused

std::string reason() { return std::strerror(errno); }

class Descriptor final : public exchange::Source {
 public:
  enum class Owned : uint8_t { kNo, kYes };
  Descriptor(int fd, Owned owned, std::string name, ByteCount* count)
      : fd_(fd), owned_(owned), name_(std::move(name)), count_(count) {}
  ~Descriptor() override {
    if (owned_ == Owned::kYes) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  Result<std::string_view> next() override {
    buffer_.resize(kPieceBytes);
    ssize_t n;
    do {
      n = ::read(fd_, buffer_.data(), buffer_.size());
    } while (n < 0 && errno == EINTR);
    if (n < 0) return fail(Code::kInvalid, "cannot read " + name_ + ": " + reason());
    if (count_ != nullptr) count_->fetch_add(static_cast<uint64_t>(n), std::memory_order_relaxed);
    return std::string_view(buffer_).substr(0, static_cast<size_t>(n));
  }

 private:
  int fd_;
  Owned owned_;
  std::string name_;
  ByteCount* count_;
  std::string buffer_;
};

// Reads a spool from its begin, independent of other readers of the same descriptor.
class FromBegin final : public exchange::Source {
 public:
  explicit FromBegin(int fd) : fd_(fd) {}
  Result<std::string_view> next() override {
    buffer_.resize(kPieceBytes);
    ssize_t n;
    do {
      n = ::pread(fd_, buffer_.data(), buffer_.size(), offset_);
    } while (n < 0 && errno == EINTR);
    if (n < 0) return fail(Code::kInternal, "cannot read the spool: " + reason());
    offset_ += n;
    return std::string_view(buffer_).substr(0, static_cast<size_t>(n));
  }

 private:
  int fd_;
  off_t offset_ = 0;
  std::string buffer_;
};

class Inflater final : public exchange::Source {
 public:
  explicit Inflater(std::unique_ptr<exchange::Source> source) : source_(std::move(source)) {}
  ~Inflater() override {
    if (form_ == Form::kGzip) ::inflateEnd(&gzip_);
    if (zstd_ != nullptr) ZSTD_freeDStream(zstd_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Result<std::string_view> next() override {
    if (form_ == Form::kUnknown) TRY(look());
    if (form_ == Form::kPlain) {
      if (!head_.empty()) {
        output_ = std::exchange(head_, {});
        return std::string_view(output_);
      }
      return source_->next();
    }
    output_.resize(kPieceBytes);
    for (;;) {
      if (input_.empty() && !ended_) {
        input_ = TRY(source_->next());
        ended_ = input_.empty();
      }
      const size_t made = form_ == Form::kGzip ? TRY(gunzip()) : TRY(unzstd());
      if (made > 0) return std::string_view(output_).substr(0, made);
      if (ended_ && input_.empty()) {
        if (inside_) return fail(Code::kInvalid, "the compressed data ends too early");
        return std::string_view();
      }
    }
  }

 private:
  enum class Form : uint8_t { kUnknown, kPlain, kGzip, kZstd };

  Result<void> look() {
    while (head_.size() < 4) {
      const std::string_view piece = TRY(source_->next());
      if (piece.empty()) break;
      head_.append(piece);
    }
    form_ = Form::kPlain;
    if (head_.starts_with("\x1f\x8b")) {
      if (::inflateInit2(&gzip_, 16 + MAX_WBITS) != Z_OK)
        return fail(Code::kInternal, "out of memory");
      form_ = Form::kGzip;
    } else if (head_.starts_with("\x28\xb5\x2f\xfd")) {
      zstd_ = ZSTD_createDStream();
      if (zstd_ == nullptr) return fail(Code::kInternal, "out of memory");
      ZSTD_DCtx_setParameter(zstd_, ZSTD_d_windowLogMax, kZstdWindowLogMax);
      form_ = Form::kZstd;
    }
    input_ = head_;
    return {};
  }

  Result<size_t> gunzip() {
    if (input_.empty() && !inside_) return size_t{0};
    if (!inside_ && !is_first_ && ::inflateReset(&gzip_) != Z_OK)
      return fail(Code::kInternal, "zlib");
    is_first_ = false;
    inside_ = true;
    gzip_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input_.data()));
    gzip_.avail_in = static_cast<uInt>(input_.size());
    gzip_.next_out = reinterpret_cast<Bytef*>(output_.data());
    gzip_.avail_out = static_cast<uInt>(output_.size());
    const int rc = ::inflate(&gzip_, Z_NO_FLUSH);
    if (rc == Z_STREAM_END) {
      inside_ = false;
    } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
      return fail(Code::kInvalid, "the gzip data is damaged");
    }
    input_.remove_prefix(input_.size() - gzip_.avail_in);
    return output_.size() - gzip_.avail_out;
  }

  Result<size_t> unzstd() {
    ZSTD_inBuffer in{input_.data(), input_.size(), 0};
    ZSTD_outBuffer out{output_.data(), output_.size(), 0};
    const size_t rc = ZSTD_decompressStream(zstd_, &out, &in);
    if (ZSTD_isError(rc)) {
      return fail(Code::kInvalid,
                  std::string("the zstd data is damaged: ") + ZSTD_getErrorName(rc));
    }
    // With no input left and nothing made, rc only repeats what the next frame would need.
    if (in.pos > 0 || out.pos > 0) inside_ = rc != 0;
    input_.remove_prefix(in.pos);
    return out.pos;
  }

  std::unique_ptr<exchange::Source> source_;
  Form form_ = Form::kUnknown;
  std::string head_;        // read before the form was known
  std::string_view input_;  // not yet consumed: of head_, or of the source's piece
  std::string output_;
  z_stream gzip_{};
  ZSTD_DStream* zstd_ = nullptr;
  bool inside_ = false;  // of a compressed member
  bool is_first_ = true;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<exchange::Source> decompressed(std::unique_ptr<exchange::Source> source) {
  return std::make_unique<Inflater>(std::move(source));
}

Result<std::string> read_text_file(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) return text;
    if (text.size() + piece.size() > limits::kXmlBytesMax)
      return fail(Code::kTooLarge, path + " is larger than 1 MiB");
    text += piece;
  }
}

Result<std::unique_ptr<exchange::Source>> open_input(const std::string& path, ByteCount* count) {
  if (path == "-") {
    return decompressed(std::make_unique<Descriptor>(STDIN_FILENO, Descriptor::Owned::kNo,
                                                     "standard input", count));
  }
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail(errno == ENOENT ? Code::kNotFound : Code::kInvalid,
                "cannot open " + path + ": " + reason());
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return decompressed(std::make_unique<Descriptor>(fd, Descriptor::Owned::kYes, path, count));
}

Result<std::unique_ptr<Spool>> Spool::fill(const std::string& directory, exchange::Source& source) {
  std::string path = directory + "/spool-XXXXXX";
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return fail(Code::kUnavailable, "cannot make " + path + ": " + reason());
  ::unlink(path.c_str());
  std::unique_ptr<Spool> spool(new Spool(fd));
  for (;;) {
    std::string_view piece = TRY(source.next());
    if (piece.empty()) return spool;
    while (!piece.empty()) {
      const ssize_t n = ::write(fd, piece.data(), piece.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return fail(Code::kUnavailable, "cannot write the spool: " + reason());
      piece.remove_prefix(static_cast<size_t>(n));
    }
  }
}

Spool::~Spool() { ::close(fd_); }

Result<std::unique_ptr<exchange::Source>> Spool::open() const {
  return std::make_unique<FromBegin>(fd_);
}

Result<std::string_view> Chain::next() {
  for (;;) {
    if (source_ == nullptr) {
      if (index_ == paths_.size()) return std::string_view();
      source_ = TRY(open_input(paths_[index_], count_));
      if (begins_ != nullptr) begins_->push_back(offset_);
    }
    const std::string_view piece = TRY(source_->next());
    offset_ += piece.size();
    if (!piece.empty()) return piece;
    source_.reset();
    ++index_;
    if (index_ < paths_.size()) {
      ++offset_;
      return std::string_view("\n");
    }
  }
}

}  // namespace entente::app
