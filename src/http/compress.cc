// See compress.h. Level 1: a page of 1 MB of STIX takes about 6 ms and shrinks to an eighth; level
// 6 takes five times as long for another fifth. Output of inflate grows by doubling, so a bomb
// costs at most its limit.
#include "http/compress.h"

#include <zlib.h>

#include <algorithm>

#include "json/json.h"

namespace entente::http {
namespace {

constexpr size_t kFirstOutBytes = 64 * 1024;
constexpr uInt kPieceBytesMax = uInt{1} << 30;

struct Inflater {
  z_stream stream{};
  bool open = false;
  explicit Inflater(int window_bits) { open = inflateInit2(&stream, window_bits) == Z_OK; }
  ~Inflater() {
    if (open) inflateEnd(&stream);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

Bytef* bytes_of(const char* data) { return reinterpret_cast<Bytef*>(const_cast<char*>(data)); }

// One pass with the given window bits (31: gzip, 15: zlib, -15: bare deflate).
Result<std::string> inflate_with(int window_bits, bool members, std::string_view bytes,
                                 size_t out_bytes_max) {
  Inflater inflater(window_bits);
  if (!inflater.open) return fail(Code::kInternal, "cannot start decompression");
  z_stream& z = inflater.stream;
  std::string out;
  size_t used = 0;
  size_t given = 0;
  while (true) {
    if (z.avail_in == 0 && given < bytes.size()) {
      const size_t piece = std::min<size_t>(bytes.size() - given, kPieceBytesMax);
      z.next_in = bytes_of(bytes.data() + given);
      z.avail_in = static_cast<uInt>(piece);
      given += piece;
    }
    if (used == out.size()) {
      // One byte past the limit is room enough to see that it is passed.
      const size_t size = std::min(out_bytes_max + 1, std::max(kFirstOutBytes, out.size() * 2));
      out.reserve(size + json::kPaddingBytes);
      out.resize_and_overwrite(size, [](char*, size_t n) { return n; });
    }
    const size_t room = std::min<size_t>(out.size() - used, kPieceBytesMax);
    z.next_out = bytes_of(out.data() + used);
    z.avail_out = static_cast<uInt>(room);
    const int status = inflate(&z, Z_NO_FLUSH);
    used += room - z.avail_out;
    if (used > out_bytes_max)
      return fail(Code::kTooLarge, "the body is too large when decompressed");
    if (status == Z_STREAM_END) {
      if (z.avail_in == 0 && given == bytes.size()) break;
      if (!members) return fail(Code::kInvalid, "bytes after the end of the compressed body");
      if (inflateReset(&z) != Z_OK) return fail(Code::kInternal, "cannot go on with decompression");
      continue;
    }
    if (status != Z_OK && status != Z_BUF_ERROR)
      return fail(Code::kInvalid, "the compressed body is damaged");
    const bool starved = z.avail_in == 0 && given == bytes.size();
    if (starved && z.avail_out != 0)
      return fail(Code::kInvalid, "the compressed body is cut short");
  }
  out.resize(used);
  out.reserve(used + json::kPaddingBytes);
  return out;
}

}  // namespace

Result<std::string> inflate_body(Coding coding, std::string_view bytes, size_t out_bytes_max) {
  if (coding == Coding::kGzip) return inflate_with(31, true, bytes, out_bytes_max);
  Result<std::string> wrapped = inflate_with(15, false, bytes, out_bytes_max);
  if (wrapped || wrapped.error().code != Code::kInvalid) return wrapped;
  return inflate_with(-15, false, bytes, out_bytes_max);
}

std::string gzip_body(const Body& body) {
  z_stream z{};
  if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out;
  out.resize_and_overwrite(deflateBound(&z, body.size()) + 64, [](char*, size_t n) { return n; });
  size_t used = 0;
  bool good = true;
  const auto put = [&](std::string_view piece, int flush) {
    do {
      const size_t in = std::min<size_t>(piece.size(), kPieceBytesMax);
      z.next_in = bytes_of(piece.data());
      z.avail_in = static_cast<uInt>(in);
      if (used == out.size()) {  // the bound is made for input in one piece
        out.resize_and_overwrite(used + kFirstOutBytes, [](char*, size_t n) { return n; });
      }
      const size_t room = std::min<size_t>(out.size() - used, kPieceBytesMax);
      z.next_out = bytes_of(out.data() + used);
      z.avail_out = static_cast<uInt>(room);
      const int status = deflate(&z, flush);
      used += room - z.avail_out;
      piece.remove_prefix(in - z.avail_in);
      if (flush == Z_FINISH && status == Z_STREAM_END) return;
      if (status != Z_OK && status != Z_BUF_ERROR) good = false;
    } while (good && (!piece.empty() || flush == Z_FINISH));
  };
  if (!body.text.empty()) put(body.text, Z_NO_FLUSH);
  for (const std::string_view slice : body.slices) {
    if (good && !slice.empty()) put(slice, Z_NO_FLUSH);
  }
  if (good) put({}, Z_FINISH);
  deflateEnd(&z);
  if (!good) return {};
  out.resize(used);
  return out;
}

}  // namespace entente::http
