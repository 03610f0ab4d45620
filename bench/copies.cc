// The places of the UUIDs are found once; a copy is then the text between them and 32 digits each.
// The version digit of a UUID stays, so that a version 5 one still looks like one (though it no
// longer is what its object would give).
#include "copies.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "arguments.h"
#include "base/hash.h"
#include "base/text.h"
#include "json/json.h"

namespace entente::bench {
namespace {

constexpr size_t kUuidBytes = 36;

// TLP 2.0 and 1.0: to replace these would turn marks into unknown ones.
constexpr std::string_view kKept[] = {
    "94868c89-83c2-464b-929b-a1a8aa3c8487", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "e828b379-4e03-4974-9ac4-e53a884c97c1", "613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da", "f88d31f6-486f-44da-b317-01333bde0b82",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
};

std::string inflate(const std::string& packed) {
  std::string out;
  std::vector<char> buffer(ZSTD_DStreamOutSize());
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
    const size_t code = ZSTD_decompressStream(stream, &piece, &in);
    if (ZSTD_isError(code) != 0) die(std::string("zstd: ") + ZSTD_getErrorName(code));
    out.append(buffer.data(), piece.pos);
  }
  ZSTD_freeDStream(stream);
  return out;
}

class PackedFile {
 public:
  explicit PackedFile(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) die("cannot write " + path);
    ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, 1);
  }
  void write(std::string_view text) { put(text, ZSTD_e_continue); }
  void finish() {
    put("", ZSTD_e_end);
    ZSTD_freeCCtx(context_);
    if (std::fclose(file_) != 0) die("cannot write the copies");
  }

 private:
  void put(std::string_view text, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    for (;;) {
      ZSTD_outBuffer piece{buffer_.data(), buffer_.size(), 0};
      const size_t left = ZSTD_compressStream2(context_, &piece, &in, directive);
      if (ZSTD_isError(left) != 0) die(std::string("zstd: ") + ZSTD_getErrorName(left));
      if (std::fwrite(buffer_.data(), 1, piece.pos, file_) != piece.pos)
        die("cannot write the copies");
      if (directive == ZSTD_e_end ? left == 0 : in.pos == in.size) return;
    }
  }

  std::FILE* file_;
  ZSTD_CCtx* context_ = ZSTD_createCCtx();
  std::vector<char> buffer_ = std::vector<char>(ZSTD_CStreamOutSize());
};

// Where in `text` a UUID in lower case stands.
std::vector<size_t> uuids_of(std::string_view text) {
  std::vector<size_t> out;
  for (size_t dash = text.find('-'); dash != std::string_view::npos;
       dash = text.find('-', dash + 1)) {
    if (dash < 8 || dash - 8 + kUuidBytes > text.size()) continue;
    const std::string_view candidate = text.substr(dash - 8, kUuidBytes);
    if (!is_uuid(candidate) || candidate != to_lower_ascii(candidate)) continue;
    if (std::ranges::find(kKept, candidate) != std::end(kKept)) continue;
    out.push_back(dash - 8);
    dash += kUuidBytes - 9;
  }
  return out;
}

std::string fresh(std::string_view uuid, uint64_t copy, uint64_t seed) {
  std::array<uint8_t, 16> bytes;
  const uint64_t halves[2] = {hash64(uuid, seed * 2'000'003 + copy * 2),
                              hash64(uuid, seed * 2'000'003 + copy * 2 + 1)};
  std::copy_n(reinterpret_cast<const uint8_t*>(halves), sizeof halves, bytes.begin());
  std::string out = uuid_from(bytes);
  out[14] = uuid[14];
  return out;
}

}  // namespace

void write_copies(const std::string& from, const std::string& to, uint64_t copies, uint64_t seed) {
  std::string text = read_file(from);
  if (from.ends_with(".zst")) text = inflate(text);
  const std::string bundle = json::padded(text);
  json::Parser parser;
  json::Document document;
  const std::string_view whole = std::string_view(bundle).substr(0, text.size());
  if (!parser.parse(whole, &document)) die(from + " is not JSON");
  const auto list = document.root().find("objects");
  if (!list || !list->is_array() || list->size() == 0) die(from + " is not a bundle");
  std::string_view objects = list->raw();
  objects = objects.substr(1, objects.size() - 2);

  // Which of the distinct UUIDs stands at each place: one hash a copy for each, not for each
  // mention.
  const std::vector<size_t> places = uuids_of(objects);
  std::unordered_map<std::string_view, size_t> numbers;
  std::vector<std::string_view> distinct;
  std::vector<size_t> number_at;
  for (const size_t place : places) {
    const auto [found, is_new] =
        numbers.emplace(objects.substr(place, kUuidBytes), distinct.size());
    if (is_new) distinct.push_back(found->first);
    number_at.push_back(found->second);
  }
  PackedFile out(to);
  out.write(
      "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000000\",\"objects\":[");
  std::vector<std::string> replacements(distinct.size());
  for (uint64_t copy = 0; copy < copies; ++copy) {
    for (size_t i = 0; i < distinct.size(); ++i) replacements[i] = fresh(distinct[i], copy, seed);
    std::string one(objects);
    for (size_t i = 0; i < places.size(); ++i)
      one.replace(places[i], kUuidBytes, replacements[number_at[i]]);
    if (copy > 0) out.write(",");
    out.write(one);
  }
  out.write("]}\n");
  out.finish();
  std::printf("objects=%llu bytes=%llu uuids=%zu\n",
              static_cast<unsigned long long>(copies * list->size()),
              static_cast<unsigned long long>(copies * objects.size()), distinct.size());
}

}  // namespace entente::bench
