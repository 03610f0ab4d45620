// The grammars of syntax.h and the parsers behind parse.h, without sockets.
#include "http/syntax.h"

#include <gtest/gtest.h>

#include <string>

#include "http/parse.h"

namespace entente::http {
namespace {

TEST(HeaderScan, FindsTheEndHoweverBytesArrive) {
  const std::string block = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string more = block + "rest";
  for (size_t step = 1; step <= more.size(); ++step) {
    HeaderScan scan;
    HeaderScan::State state = HeaderScan::State::kMore;
    for (size_t n = step; state == HeaderScan::State::kMore; n = std::min(n + step, more.size())) {
      state = scan.scan(std::string_view(more).substr(0, n));
    }
    EXPECT_EQ(state, HeaderScan::State::kComplete);
    EXPECT_EQ(scan.size(), block.size());
  }
}

TEST(HeaderScan, RefusesABareLineFeedAtOnce) {
  for (const char* bytes :
       {"\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nA: b\n", "GET / HTTP/1.1\r\n\n"}) {
    HeaderScan scan;
    EXPECT_EQ(scan.scan(bytes), HeaderScan::State::kBroken) << bytes;
  }
}

TEST(Target, SplitsOriginAndAbsoluteForms) {
  const auto is = [](std::string_view target, std::string_view path, std::string_view query) {
    const auto split = split_target(target);
    return split && split->path == path && split->query == query;
  };
  EXPECT_TRUE(is("/", "/", ""));
  EXPECT_TRUE(is("/a/b?c=d?e", "/a/b", "c=d?e"));
  EXPECT_TRUE(is("/%2e?", "/%2e", ""));
  EXPECT_TRUE(is("http://host/a?b", "/a", "b"));
  EXPECT_TRUE(is("HTTPS://host:1", "/", ""));
  EXPECT_TRUE(is("http://host?q", "/", "q"));
  for (const char* bad : {"", "*", "a", "/a#b", "/a b", "host:80", "http:///a", "http://",
                          "ftp://h/", "/\x7f", "/\xc3\xa9"}) {
    EXPECT_FALSE(split_target(bad)) << bad;
  }
}

TEST(AcceptEncoding, NeedsAWeightAboveZero) {
  for (const char* yes : {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip;q=0.001", "gzip; q=1.000",
                          "*", "*;q=0.5", "identity;q=0, gzip;q=0.1", "gzip;q=0, gzip"}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "*;q=0", "gzip;q=2",
                         "gzip;q=", "gzip;x=1", "gzip;q=0.0001", "gzipped", "identity"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

TEST(ContentLength, TakesDigitsAlone) {
  EXPECT_EQ(parse_content_length("0"), 0U);
  EXPECT_EQ(parse_content_length("007"), 7U);
  EXPECT_EQ(parse_content_length("18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "+1", "-1", "1 ", "0x1", "1,1", "1.0", "18446744073709551616",
                          "99999999999999999999"}) {
    EXPECT_FALSE(parse_content_length(bad)) << bad;
  }
}

TEST(RequestId, IsShortAndPlain) {
  EXPECT_TRUE(is_request_id("a.B_9-"));
  EXPECT_TRUE(is_request_id(std::string(64, 'x')));
  EXPECT_FALSE(is_request_id(std::string(65, 'x')));
  EXPECT_FALSE(is_request_id(""));
  EXPECT_FALSE(is_request_id("a b"));
}

TEST(HttpDate, IsTheOneOfTheStandard) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

int refusal_of(const std::string& block) { return parse_request_head(block, 100).refusal; }

TEST(RequestHead, KeepsFieldsInOrderAsSent) {
  const RequestHead head = parse_request_head(
      "PATCH /a?b=c HTTP/1.1\r\nHost: h\r\nX-One:  1 \r\nx-one:2\r\nEmpty:\r\n\r\n", 100);
  ASSERT_EQ(head.refusal, 0);
  EXPECT_EQ(head.request.method, "PATCH");
  EXPECT_EQ(head.request.path, "/a");
  EXPECT_EQ(head.request.query, "b=c");
  ASSERT_EQ(head.request.headers.size(), 4U);
  EXPECT_EQ(head.request.headers[1].name, "X-One");
  EXPECT_EQ(head.request.headers[1].value, "1");
  EXPECT_EQ(head.request.headers[2].value, "2");
  EXPECT_EQ(head.request.headers[3].value, "");
  EXPECT_TRUE(head.keep_alive);
}

TEST(RequestHead, RefusesWhatCouldBeReadInTwoWays) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const char* fields : {
           "Content-Length: 1\r\nContent-Length: 1\r\n",
           "Content-Length: 1, 1\r\n",
           "Content-Length: +1\r\n",
           "Content-Length: 18446744073709551616\r\n",
           "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "Host: i\r\n",
           "A: b\r\n c\r\n",
           "A: b\r\n\tc\r\n",
           "A : b\r\n",
           " A: b\r\n",
           "A\r\n",
           ": b\r\n",
           "A: b\rc\r\n",
           "A: \x01\r\n",
           "A: b\x7f\r\n",
           "Content-Length:\r\n",
           "A\x80: b\r\n",
       }) {
    EXPECT_EQ(refusal_of(start + fields + "\r\n"), 400) << fields;
  }
  EXPECT_EQ(refusal_of(start + std::string("A: b\0c\r\n\r\n", 10)), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
  EXPECT_EQ(refusal_of("GET / HTTP/1.0\r\n\r\n"), 0);
  EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  for (const char* line :
       {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "G\x01T / HTTP/1.1", "GET / http/1.1",
        "GET / HTTP/1", " GET / HTTP/1.1", "GET #a HTTP/1.1", "", "GET /\xff HTTP/1.1"}) {
    EXPECT_EQ(refusal_of(std::string(line) + "\r\nHost: h\r\n\r\n"), 400) << line;
  }
}

TEST(RequestHead, RefusesWhatIsNotDoneHereWithItsOwnStatus) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_EQ(refusal_of(start + "Transfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(refusal_of(start + "Transfer-Encoding: identity\r\n\r\n"), 501);
  EXPECT_EQ(refusal_of(start + "Content-Length: 1\r\nContent-Encoding: br\r\n\r\n"), 415);
  EXPECT_EQ(refusal_of(start + "Content-Length: 1\r\nContent-Encoding: gzip, gzip\r\n\r\n"), 415);
  EXPECT_EQ(refusal_of(start + "Content-Length: 1\r\nExpect: tea\r\n\r\n"), 417);
  EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
}

TEST(RequestHead, LimitsTheTargetAtItsValueAndOnePast) {
  const auto with = [](size_t size) {
    return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n";
  };
  EXPECT_EQ(refusal_of(with(100)), 0);
  EXPECT_EQ(refusal_of(with(101)), 414);
}

ChunkDecoder::State decode(const std::string& bytes, size_t step, std::string* out, size_t most,
                           std::string* rest) {
  ChunkDecoder decoder;
  ChunkDecoder::State state = ChunkDecoder::State::kMore;
  size_t begin = 0;
  for (size_t end = 0; state == ChunkDecoder::State::kMore && end < bytes.size();) {
    end = std::min(bytes.size(), end + step);
    size_t consumed = 0;
    state = decoder.feed(std::string_view(bytes).substr(begin, end - begin), out, most, &consumed);
    begin += consumed;
    *rest = bytes.substr(begin);
  }
  return state;
}

TEST(ChunkDecoder, TakesChunksInPiecesOfAnySize) {
  const std::string bytes =
      "5;x=\"y\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nTrailer: t\r\nContent-Type: u\r\n\r\nGET";
  for (size_t step = 1; step <= bytes.size(); ++step) {
    std::string out, rest;
    EXPECT_EQ(decode(bytes, step, &out, 15, &rest), ChunkDecoder::State::kComplete) << step;
    EXPECT_EQ(out, "hello0123456789");
    EXPECT_TRUE(std::string("GET").starts_with(rest)) << rest;
    out.clear();
    EXPECT_EQ(decode(bytes, step, &out, 14, &rest), ChunkDecoder::State::kTooLarge) << step;
  }
}

TEST(ChunkDecoder, RefusesBrokenFraming) {
  for (const char* bad : {"x\r\n", "5\nhello\r\n", "5\r\nhelloX\r\n", "-1\r\n",
                          "ffffffffffffffffff\r\n", "\r\n\r\n", "5 5\r\nhello"}) {
    std::string out, rest;
    EXPECT_EQ(decode(std::string(bad) + "\r\n0\r\n\r\n", 100, &out, 100, &rest),
              ChunkDecoder::State::kBroken)
        << bad;
  }
}

TEST(ResponseHead, KnowsHowTheBodyEnds) {
  const ResponseHead sized = parse_response_head("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
  EXPECT_TRUE(sized.ok && sized.framing == Framing::kSized && sized.content_length == 3);
  EXPECT_EQ(parse_response_head("HTTP/1.1 204 No Content\r\n\r\n").framing, Framing::kNone);
  EXPECT_EQ(parse_response_head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").framing,
            Framing::kChunked);
  EXPECT_EQ(parse_response_head("HTTP/1.1 200 OK\r\n\r\n").framing, Framing::kUntilEnd);
  EXPECT_FALSE(parse_response_head("HTTP/1.1 2x0 OK\r\n\r\n").ok);
  EXPECT_FALSE(parse_response_head(
                   "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n")
                   .ok);
}

}  // namespace
}  // namespace entente::http
