// A header of 512 bytes with numbers in octal, the content, zeros up to the next multiple of 512; two blocks of zeros end it.
#include "app/tar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace entente::app {
namespace {

constexpr size_t kBlock = 512;
constexpr size_t kPieceBytes = size_t{1} << 20;
constexpr uint64_t kFileBytesMax = uint64_t{8} << 30;  // what eleven octal digits hold

struct Field {
  size_t offset, size;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kUser{108, 8}, kGroup{116, 8}, kSize{124, 12},
    kTime{136, 12}, kSum{148, 8}, kKind{156, 1}, kMagic{257, 6}, kVersion{263, 2};

void put(std::string& block, Field field, std::string_view text) {
  std::memcpy(block.data() + field.offset, text.data(), std::min(text.size(), field.size));
}

void put_octal(std::string& block, Field field, uint64_t value) {
  put(block, field, fmt::format("{:0{}o}", value, field.size - 1));
}

uint32_t checksum(std::string_view block) {
  uint32_t sum = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const bool is_sum = i >= kSum.offset && i < kSum.offset + kSum.size;
    sum += is_sum ? uint32_t{' '} : static_cast<uint8_t>(block[i]);
  }
  return sum;
}

std::string header_of(const std::string& name, uint64_t size) {
  std::string block(kBlock, '\0');
  put(block, kName, name);
  put_octal(block, kMode, 0600);
  put_octal(block, kUser, 0);
  put_octal(block, kGroup, 0);
  put_octal(block, kSize, size);
  put_octal(block, kTime, 0);
  put(block, kKind, "0");
  put(block, kMagic, std::string_view("ustar\0", 6));
  put(block, kVersion, "00");
  put(block, kSum, fmt::format("{:06o}", checksum(block)) + std::string("\0 ", 2));
  return block;
}

std::optional<uint64_t> octal(std::string_view text) {
  uint64_t value = 0;
  bool any = false;
  for (const char c : text) {
    if (c == '\0' || c == ' ') {
      if (any) break;
      continue;
    }
    if (c < '0' || c > '7') return std::nullopt;
    value = value * 8 + static_cast<uint64_t>(c - '0');
    any = true;
  }
  return any ? std::optional(value) : std::nullopt;
}

std::string_view field_of(std::string_view block, Field field) {
  const std::string_view text = block.substr(field.offset, field.size);
  return text.substr(0, text.find('\0'));
}

// A source cut into pieces of asked-for sizes.
class Cutter {
 public:
  explicit Cutter(exchange::Source& source) : source_(source) {}

  // Up to `size` bytes, at least one; empty at the end.
  Result<std::string_view> some(size_t size) {
    if (rest_.empty()) rest_ = TRY(source_.next());
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(out.size());
    return out;
  }
  Result<std::string> whole(size_t size) {
    std::string out;
    while (out.size() < size) {
      const std::string_view piece = TRY(some(size - out.size()));
      if (piece.empty()) return fail(Code::kInvalid, "the backup ends too early");
      out += piece;
    }
    return out;
  }

 private:
  exchange::Source& source_;
  std::string_view rest_;
};

size_t padding_of(uint64_t size) { return static_cast<size_t>((kBlock - size % kBlock) % kBlock); }

}  // namespace

Result<void> write_tar(store::Files& files, const std::string& directory,
                       const std::vector<std::string>& names, const Output& output) {
  for (const std::string& name : names) {
    CHECK(name.size() < kName.size);
    const std::string path = directory + "/" + name;
    const auto file = TRY(files.open(path));
    const uint64_t size = TRY(file->size());
    if (size >= kFileBytesMax) return fail(Code::kTooLarge, path + " is too large for a tar file");
    const auto mapping = TRY(files.map(path, size, store::Access::kSequential));
    TRY(output(header_of(name, size)));
    for (uint64_t at = 0; at < size; at += kPieceBytes) {
      TRY(output(
          {mapping->data() + at, static_cast<size_t>(std::min<uint64_t>(kPieceBytes, size - at))}));
    }
    if (const size_t padding = padding_of(size)) TRY(output(std::string(padding, '\0')));
  }
  return output(std::string(2 * kBlock, '\0'));
}

Result<void> read_tar(store::Files& files, exchange::Source& source, const std::string& directory,
                      const std::function<bool(std::string_view)>& allows) {
  Cutter cutter(source);
  for (;;) {
    const std::string block = TRY(cutter.whole(kBlock));
    if (block.find_first_not_of('\0') == std::string::npos) return {};
    const auto sum = octal(std::string_view(block).substr(kSum.offset, kSum.size));
    const auto size = octal(std::string_view(block).substr(kSize.offset, kSize.size));
    if (!sum || *sum != checksum(block) || !size)
      return fail(Code::kInvalid, "not a backup: no tar header where one must be");
    const std::string name(field_of(block, kName));
    const char kind = block[kKind.offset];
    if ((kind != '0' && kind != '\0') || !allows(name)) {
      return fail(Code::kInvalid, fmt::format("not a backup of entente: it holds '{}'", name));
    }
    const auto file = TRY(files.open(directory + "/" + name));
    for (uint64_t at = 0; at < *size;) {
      const std::string_view piece =
          TRY(cutter.some(static_cast<size_t>(std::min<uint64_t>(kPieceBytes, *size - at))));
      if (piece.empty()) return fail(Code::kInvalid, "the backup ends too early");
      TRY(file->write_at(at, piece));
      at += piece.size();
    }
    TRY(file->sync());
    TRY(cutter.whole(padding_of(*size)));
  }
}

}  // namespace entente::app
