// gzip and deflate both ways, damaged, cut, and past the limit.
#include "http/compress.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>
#include <vector>

#include "json/json.h"

namespace entente::http {
namespace {

std::string deflated(const std::string& text, int window_bits) {
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

std::string sample(size_t size) {
  std::mt19937 random(3);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>('a' + random() % 20);
  return out;
}

TEST(Inflate, TakesEveryFormOfTheTwoCodings) {
  for (const size_t size :
       {size_t{0}, size_t{1}, size_t{65'536}, size_t{65'537}, size_t{1'000'000}}) {
    const std::string text = sample(size);
    for (const auto& [coding, bits] : std::vector<std::pair<Coding, int>>{
             {Coding::kGzip, 31}, {Coding::kDeflate, 15}, {Coding::kDeflate, -15}}) {
      const auto plain = inflate_body(coding, deflated(text, bits), size);
      ASSERT_TRUE(plain) << plain.error().detail;
      EXPECT_EQ(*plain, text);
      EXPECT_GE(plain->capacity(), plain->size() + json::kPaddingBytes);
    }
  }
  EXPECT_EQ(inflate_body(Coding::kGzip, deflated("one", 31) + deflated("two", 31), 6).value(),
            "onetwo");
}

TEST(Inflate, StopsOnePastTheLimit) {
  for (const size_t limit : {size_t{0}, size_t{1}, size_t{1000}, size_t{65'536}, size_t{200'000}}) {
    const std::string at = deflated(std::string(limit, 'x'), 31);
    const std::string past = deflated(std::string(limit + 1, 'x'), 31);
    EXPECT_TRUE(inflate_body(Coding::kGzip, at, limit)) << limit;
    EXPECT_EQ(inflate_body(Coding::kGzip, past, limit).error().code, Code::kTooLarge) << limit;
  }
  EXPECT_EQ(
      inflate_body(Coding::kGzip,
                   deflated(std::string(500, 'x'), 31) + deflated(std::string(501, 'x'), 31), 1000)
          .error()
          .code,
      Code::kTooLarge)
      << "members count together";
}

TEST(Inflate, RefusesWhatIsCutOrDamagedAnywhere) {
  const std::string text = sample(2000);
  const std::string good = deflated(text, 31);
  for (size_t n = 0; n < good.size(); ++n) {
    EXPECT_EQ(inflate_body(Coding::kGzip, good.substr(0, n), 10'000).error().code, Code::kInvalid)
        << n;
  }
  for (size_t n = good.size() - 8; n < good.size(); ++n) {  // checksum and length
    std::string bad = good;
    bad[n] = static_cast<char>(bad[n] ^ 1);
    EXPECT_EQ(inflate_body(Coding::kGzip, bad, 10'000).error().code, Code::kInvalid) << n;
  }
  EXPECT_EQ(inflate_body(Coding::kGzip, good + "x", 10'000).error().code, Code::kInvalid);
  EXPECT_EQ(inflate_body(Coding::kDeflate, deflated(text, 15) + "x", 10'000).error().code,
            Code::kInvalid);
}

TEST(Gzip, ComesBackWholeAndAlwaysTheSame) {
  std::mt19937 random(5);
  for (int round = 0; round < 30; ++round) {
    std::vector<std::string> parts(random() % 50);
    for (std::string& one : parts) {
      one = sample(random() % 5000);
      if (round % 2 == 0) {
        for (char& c : one) c = static_cast<char>(random());  // does not shrink
      }
    }
    Body body{sample(random() % 100), {}, nullptr};
    for (const std::string& one : parts) body.slices.push_back(one);
    const std::string packed = gzip_body(body);
    EXPECT_EQ(packed, gzip_body(Body{body.flatten(), {}, nullptr}));
    EXPECT_EQ(inflate_body(Coding::kGzip, packed, body.size()).value(), body.flatten());
  }
}

}  // namespace
}  // namespace entente::http
