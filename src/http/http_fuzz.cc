// All that reads bytes from the wire, over one input. The first byte chooses the part; each asserts
// what must hold whatever the bytes are, not only that nothing breaks.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "http/compress.h"
#include "http/parse.h"
#include "http/syntax.h"
#include "json/json.h"

namespace {

using namespace entente;
using namespace entente::http;

// A header found in one look is found in steps of any size, and at the same place.
void scan(std::string_view bytes) {
  HeaderScan whole;
  const HeaderScan::State state = whole.scan(bytes);
  HeaderScan steps;
  HeaderScan::State reached = HeaderScan::State::kMore;
  for (size_t n = 1; n <= bytes.size() && reached == HeaderScan::State::kMore; ++n) {
    reached = steps.scan(bytes.substr(0, n));
  }
  CHECK(bytes.empty() || reached == state);
  CHECK(steps.size() == whole.size());
}

void head(std::string_view bytes) {
  HeaderScan scanned;
  if (scanned.scan(bytes) != HeaderScan::State::kComplete) return;
  const std::string_view block = bytes.substr(0, scanned.size());
  const RequestHead request = parse_request_head(block, 1000);
  if (request.refusal == 0) {
    CHECK(request.request.path.starts_with('/'));
    CHECK(request.request.path.size() + request.request.query.size() <= 1000);
    CHECK(request.request.path.find_first_of("?# \r\n") == std::string::npos);
    CHECK(request.framing != Framing::kSized || request.content_length > 0);
    size_t lengths = 0;
    for (const Header& one : request.request.headers) {
      CHECK(is_sendable_header(one.name, one.value));
      lengths += equal_ignoring_case(one.name, "Content-Length") ? 1 : 0;
      lengths += equal_ignoring_case(one.name, "Transfer-Encoding") ? 1 : 0;
    }
    CHECK(lengths <= 1);
  }
  const ResponseHead response = parse_response_head(block);
  CHECK(!response.ok || (response.response.status >= 0 && response.response.status <= 999));
}

// Chunks give the same content whole and in pieces, never more than came, and never more than the
// limit.
void chunks(std::string_view bytes) {
  constexpr size_t kMost = 5000;
  ChunkDecoder whole;
  std::string at_once;
  size_t consumed = 0;
  const ChunkDecoder::State state = whole.feed(bytes, &at_once, kMost, &consumed);
  CHECK(at_once.size() <= kMost && at_once.size() <= bytes.size() && consumed <= bytes.size());
  ChunkDecoder steps;
  std::string piecewise;
  size_t begin = 0;
  ChunkDecoder::State reached = ChunkDecoder::State::kMore;
  for (size_t end = 1; end <= bytes.size() && reached == ChunkDecoder::State::kMore; ++end) {
    reached = steps.feed(bytes.substr(begin, end - begin), &piecewise, kMost, &consumed);
    begin += consumed;
  }
  CHECK((state == ChunkDecoder::State::kComplete) == (reached == ChunkDecoder::State::kComplete));
  if (state == ChunkDecoder::State::kComplete) CHECK(at_once == piecewise);
}

void inflate(std::string_view bytes) {
  constexpr size_t kMost = 100'000;
  for (const Coding coding : {Coding::kGzip, Coding::kDeflate}) {
    const auto plain = inflate_body(coding, bytes, kMost);
    if (!plain) continue;
    CHECK(plain->size() <= kMost && plain->capacity() >= plain->size() + json::kPaddingBytes);
    const auto again = inflate_body(Coding::kGzip, gzip_body(Body{*plain, {}, nullptr}), kMost);
    CHECK(again && *again == *plain);
  }
}

void words(std::string_view bytes) {
  accepts_gzip(bytes);
  coding_of(bytes);
  const RequestLine line = peek_request_line(bytes);
  CHECK(line.method.size() + line.target.size() <= bytes.size());
  if (const auto target = split_target(bytes)) {
    CHECK(target->path.starts_with('/') &&
          target->path.size() + target->query.size() <= bytes.size() + 1);
    CHECK(split_target(target->path)->path == target->path);
  }
  if (const auto length = parse_content_length(bytes)) {
    const size_t zeros = std::min(bytes.find_first_not_of('0'), bytes.size() - 1);
    CHECK(std::to_string(*length) == bytes.substr(zeros));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      scan(bytes);
      break;
    case 1:
      head(bytes);
      break;
    case 2:
      chunks(bytes);
      break;
    case 3:
      inflate(bytes);
      break;
    default:
      words(bytes);
      break;
  }
  return 0;
}
