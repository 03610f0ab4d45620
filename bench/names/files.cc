// Files of public data, plain or zstd.
#include <zstd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "sets.h"

namespace entente::bench {
namespace {

std::string inflate(const std::string& packed) {
  std::string out;
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  std::string piece(size_t{1} << 20, '\0');
  while (in.pos < in.size) {
    ZSTD_outBuffer made{piece.data(), piece.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context, &made, &in)) != 0U) break;
    out.append(piece, 0, made.pos);
  }
  ZSTD_freeDCtx(context);
  return out;
}

}  // namespace

std::string read_bench_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "absent: %s\n", path.c_str());
    return {};
  }
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return path.ends_with(".zst") ? inflate(bytes) : bytes;
}

}  // namespace entente::bench
