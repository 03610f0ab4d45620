// How: a class derived from Beast's basic_parser puts fields straight into our values (its own
// `fields` container costs one allocation a field and a copy more). A block is given whole, so the
// parser never waits inside of a header. The chunk decoder is the same parser after a header of our
// own that announces chunks: bodies with a length never pass through it, since they are read
// straight into their string.
//
// Beast accepts some things that are refused here: folded lines, repeated equal Content-Length, a
// Transfer-Encoding that does not end in chunked (it would see no body at all), a missing Host.
#include "http/parse.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>

#include "base/text.h"

namespace entente::http {
namespace {

namespace beast = boost::beast;
namespace net = boost::asio;

constexpr std::string_view kChunkedHeader = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

// Collects a start line and fields; body callbacks append to *out_ up to its limit.
template <bool kIsRequest>
class Collector final : public beast::http::basic_parser<kIsRequest> {
 public:
  std::string method, target;
  std::vector<Header> headers;
  int status = 0;
  int version = 11;
  bool header_done = false;
  std::string* out = nullptr;
  size_t out_bytes_max = 0;
  bool too_large = false;

 private:
  using Error = beast::error_code;

  void on_request_impl(beast::http::verb, beast::string_view name, beast::string_view where,
                       int number, Error&) override {
    method = view_of(name);
    target = view_of(where);
    version = number;
  }
  void on_response_impl(int code, beast::string_view, int number, Error&) override {
    status = code;
    version = number;
  }
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     Error&) override {
    if (header_done) return;  // a trailer
    headers.push_back({std::string(view_of(name)), std::string(view_of(value))});
  }
  void on_header_impl(Error&) override { header_done = true; }
  void on_body_init_impl(const boost::optional<uint64_t>&, Error&) override {}
  size_t on_body_impl(beast::string_view body, Error& error) override { return take(body, error); }
  void on_chunk_header_impl(uint64_t, beast::string_view, Error&) override {}
  size_t on_chunk_body_impl(uint64_t, beast::string_view body, Error& error) override {
    return take(body, error);
  }
  void on_finish_impl(Error&) override {}

  size_t take(beast::string_view body, Error& error) {
    if (out == nullptr) return 0;
    if (body.size() > out_bytes_max - std::min(out_bytes_max, out->size())) {
      too_large = true;
      error = beast::http::error::body_limit;
      return 0;
    }
    out->append(body.data(), body.size());
    return body.size();
  }
};

struct Lengths {
  const std::string* content_length = nullptr;
  const std::string* transfer_encoding = nullptr;
  bool repeated = false;  // either of them stands twice
};

Lengths lengths_of(const std::vector<Header>& headers) {
  Lengths found;
  for (const Header& one : headers) {
    if (equal_ignoring_case(one.name, "Content-Length")) {
      found.repeated |= found.content_length != nullptr;
      found.content_length = &one.value;
    } else if (equal_ignoring_case(one.name, "Transfer-Encoding")) {
      found.repeated |= found.transfer_encoding != nullptr;
      found.transfer_encoding = &one.value;
    }
  }
  return found;
}

size_t count_of(const std::vector<Header>& headers, std::string_view name) {
  size_t count = 0;
  for (const Header& one : headers) count += equal_ignoring_case(one.name, name) ? 1 : 0;
  return count;
}

// The length of the request's body. [RFC 9112 6.3] Returns 0 or the refusal.
int frame_request(RequestHead* head) {
  const Lengths found = lengths_of(head->request.headers);
  if (found.repeated || (found.content_length != nullptr && found.transfer_encoding != nullptr))
    return 400;
  if (found.transfer_encoding != nullptr) {
    if (head->http_1_0) return 400;
    if (!equal_ignoring_case(*found.transfer_encoding, "chunked")) return 501;
    head->framing = Framing::kChunked;
  } else if (found.content_length != nullptr) {
    const auto length = parse_content_length(*found.content_length);
    if (!length) return 400;
    head->content_length = *length;
    head->framing = *length == 0 ? Framing::kNone : Framing::kSized;
  }
  return 0;
}

// Headers that decide whether and how the request is read. Returns 0 or the refusal.
int check_request(RequestHead* head) {
  const size_t hosts = count_of(head->request.headers, "Host");
  if (hosts > 1 || (hosts == 0 && !head->http_1_0)) return 400;  // [RFC 9112 3.2]
  if (const int refusal = frame_request(head); refusal != 0) return refusal;
  if (head->framing != Framing::kNone) {
    if (count_of(head->request.headers, "Content-Encoding") > 1) return 415;
    if (const std::string* coding = head->request.header("Content-Encoding"))
      head->coding = coding_of(*coding);
    if (head->coding == Coding::kUnknown) return 415;
  }
  if (const std::string* expect = head->request.header("Expect");
      expect != nullptr && !head->http_1_0) {
    if (!equal_ignoring_case(*expect, "100-continue")) return 417;
    head->expects_continue = head->framing != Framing::kNone;
  }
  return 0;
}

// Whether the request line ends in HTTP/digit.digit, so that a wrong version is one, and not a
// malformed line.
bool names_a_version(std::string_view block) {
  const std::string_view line = block.substr(0, block.find('\r'));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (line.size() < 9) return false;
  const std::string_view last = line.substr(line.size() - 9);
  return last.starts_with(" HTTP/") && is_digit(last[6]) && last[7] == '.' && is_digit(last[8]);
}

}  // namespace

Request partial_request(std::string_view bytes) {
  Request request;
  const RequestLine line = peek_request_line(bytes);
  request.method = line.method;
  if (const auto target = split_target(line.target)) {
    request.path = target->path;
    request.query = target->query;
  }
  return request;
}

RequestHead parse_request_head(std::string_view block, size_t target_bytes_max) {
  RequestHead head;
  head.request = partial_request(block);
  if (peek_request_line(block).target.size() > target_bytes_max) {
    head.refusal = 414;
    return head;
  }
  head.refusal = 400;
  if (header_block_fault(block) != nullptr) return head;
  Collector<true> parser;
  parser.header_limit(std::numeric_limits<uint32_t>::max());
  parser.body_limit(boost::none);
  beast::error_code error;
  parser.put(net::const_buffer(block.data(), block.size()), error);
  if (error == beast::http::error::bad_version && names_a_version(block)) head.refusal = 505;
  if (error || !parser.header_done) return head;
  const auto target = split_target(parser.target);
  if (!target) return head;
  head.request.method = std::move(parser.method);
  head.request.path = target->path;
  head.request.query = target->query;
  head.request.headers = std::move(parser.headers);
  head.http_1_0 = parser.version == 10;
  head.keep_alive = parser.keep_alive();
  head.refusal = check_request(&head);
  return head;
}

ResponseHead parse_response_head(std::string_view block) {
  ResponseHead head;
  if (header_block_fault(block) != nullptr) return head;
  Collector<false> parser;
  parser.header_limit(std::numeric_limits<uint32_t>::max());
  parser.body_limit(boost::none);
  beast::error_code error;
  parser.put(net::const_buffer(block.data(), block.size()), error);
  if (error || !parser.header_done) return head;
  head.response.status = parser.status;
  head.response.headers = std::move(parser.headers);
  head.keep_alive = parser.keep_alive();
  const Lengths found = lengths_of(head.response.headers);
  if (found.repeated || (found.content_length != nullptr && found.transfer_encoding != nullptr))
    return head;
  if (parser.status < 200 || parser.status == 204 || parser.status == 304) {
    head.framing = Framing::kNone;
  } else if (found.transfer_encoding != nullptr) {
    if (!equal_ignoring_case(*found.transfer_encoding, "chunked")) return head;
    head.framing = Framing::kChunked;
  } else if (found.content_length != nullptr) {
    const auto length = parse_content_length(*found.content_length);
    if (!length) return head;
    head.content_length = *length;
    head.framing = Framing::kSized;
  }
  head.ok = true;
  return head;
}

struct ChunkDecoder::Impl {
  Collector<true> parser;
};

ChunkDecoder::ChunkDecoder() : impl_(std::make_unique<Impl>()) {
  impl_->parser.body_limit(boost::none);
  beast::error_code error;
  impl_->parser.put(net::const_buffer(kChunkedHeader.data(), kChunkedHeader.size()), error);
}
ChunkDecoder::~ChunkDecoder() = default;
ChunkDecoder::ChunkDecoder(ChunkDecoder&&) noexcept = default;
ChunkDecoder& ChunkDecoder::operator=(ChunkDecoder&&) noexcept = default;

ChunkDecoder::State ChunkDecoder::feed(std::string_view bytes, std::string* out,
                                       size_t out_bytes_max, size_t* consumed) {
  *consumed = 0;
  impl_->parser.out = out;
  impl_->parser.out_bytes_max = out_bytes_max;
  while (!impl_->parser.is_done()) {
    beast::error_code error;
    const std::string_view rest = bytes.substr(*consumed);
    if (rest.empty()) return State::kMore;
    const size_t taken = impl_->parser.put(net::const_buffer(rest.data(), rest.size()), error);
    *consumed += taken;
    if (error == beast::http::error::need_more) return State::kMore;
    if (error) return impl_->parser.too_large ? State::kTooLarge : State::kBroken;
    if (taken == 0 && !impl_->parser.is_done()) return State::kMore;
  }
  return State::kComplete;
}

}  // namespace entente::http
