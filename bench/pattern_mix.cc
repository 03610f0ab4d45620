// Every value is a function of its number, so that a pattern can be met on purpose and is not by chance.
#include "pattern_mix.h"

#include <fmt/format.h>

namespace entente::bench {
namespace {

uint64_t mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ x >> 27) * 0x94D049BB133111EBULL;
  return x ^ x >> 31;
}

constexpr const char* kSyllables[] = {"an", "bel", "cor", "dra", "el",  "fin", "gor", "hal",
                                      "in", "jo",  "kal", "lum", "mer", "nor", "os",  "pra"};
constexpr const char* kEndings[] = {"example", "test", "example.net", "example.org", "invalid"};

std::string word(uint64_t number, int syllables) {
  std::string out;
  for (uint64_t bits = mix(number); syllables > 0; --syllables, bits >>= 4)
    out += kSyllables[bits & 15];
  return out + std::to_string(number);
}
std::string domain(uint64_t number) {
  return word(number, 4) + "." + kEndings[mix(number) >> 40 & 3];
}
std::string address(uint64_t number) {
  const uint64_t bits = mix(number + 7);
  return fmt::format("{}.{}.{}.{}", 11 + bits % 180, bits >> 8 & 255, bits >> 16 & 255,
                     1 + (bits >> 24 & 127));
}
std::string url(uint64_t number) {
  return "http://" + domain(number) + "/" + word(number, 3) + ".php";
}
std::string hash(uint64_t number, int words) {
  std::string out;
  for (int i = 0; i < words; ++i)
    out += fmt::format("{:016x}", mix(number * 8 + static_cast<uint64_t>(i)));
  return out;
}

std::string time_of(uint64_t second) {
  return fmt::format("2026-03-{:02}T{:02}:{:02}:{:02}Z", 1 + second / 86400 % 28,
                     second / 3600 % 24, second / 60 % 60, second % 60);
}

std::string bundle(uint64_t number, const std::string& refs, const std::string& objects) {
  const std::string time = time_of(number);
  return fmt::format(
      R"({{"type":"bundle","id":"bundle--{0:08x}-0000-4000-8000-000000000001","objects":[{{"type":"observed-data","spec_version":"2.1","id":"observed-data--{0:08x}-0000-4000-8000-000000000002","created":"{1}","modified":"{1}","first_observed":"{1}","last_observed":"{1}","number_observed":1,"object_refs":[{2}]}},{3}]}})",
      number, time, refs, objects);
}

std::string object(const char* type, uint64_t number, const std::string& members,
                   std::string* refs) {
  const std::string id =
      fmt::format("{}--{:08x}-0000-5000-8000-00000000000{}", type, number, refs->size() % 7);
  *refs += (refs->empty() ? "\"" : ",\"") + id + "\"";
  return fmt::format(R"({{"type":"{}","spec_version":"2.1","id":"{}",{}}})", type, id, members);
}

}  // namespace

std::string mix_pattern(uint64_t n) {
  const uint64_t kind = mix(n * 3 + 1) % 100;
  if (kind < 3) return fmt::format("[url:value LIKE '%/{}/%']", word(n, 3));
  if (kind < 5) return fmt::format("[domain-name:value LIKE '%.{}.example']", word(n, 3));
  if (kind < 7)
    return fmt::format("[url:value MATCHES '^https?://[^/]+/{}[0-9]+\\\\.php$']", word(n, 3));
  if (kind < 8) {
    return fmt::format("[ipv4-addr:value ISSUBSET '{}/{}']", address(n), 24 + n % 6);
  }
  if (kind < 9) return sequence_pattern(n);
  if (kind < 30) return fmt::format("[ipv4-addr:value = '{}']", address(n));
  if (kind < 60) return fmt::format("[domain-name:value = '{}']", domain(n));
  if (kind < 75) return fmt::format("[url:value = '{}']", url(n));
  if (kind < 92) return fmt::format("[file:hashes.'SHA-256' = '{}']", hash(n, 4));
  if (kind < 97) {
    return fmt::format("[file:hashes.MD5 = '{}' OR file:hashes.'SHA-256' = '{}']", hash(n, 2),
                       hash(n, 4));
  }
  return fmt::format("[network-traffic:dst_ref.value = '{}' AND network-traffic:dst_port = {}]",
                     address(n), 1 + n % 60'000);
}

std::string mix_event(uint64_t number, uint64_t patterns) {
  // One in fifty takes its values from a pattern's number, the others from numbers that none has.
  const bool is_met = mix(number) % 50 == 0;
  const uint64_t n = is_met ? mix(number + 1) % patterns : (uint64_t{1} << 40) + number;
  std::string refs, objects;
  switch (mix(number + 2) % 4) {
    case 0:
      objects = object("domain-name", number, fmt::format(R"("value":"{}")", domain(n)), &refs) +
                "," + object("url", number, fmt::format(R"("value":"{}")", url(n)), &refs);
      break;
    case 1:
      objects =
          object("file", number,
                 fmt::format(R"("name":"{}.exe","size":{},"hashes":{{"MD5":"{}","SHA-256":"{}"}})",
                             word(n, 2), number % 100'000, hash(n, 2), hash(n, 4)),
                 &refs);
      break;
    default: {
      std::string ids;
      const std::string first =
          object("ipv4-addr", number, fmt::format(R"("value":"{}")", address(n)), &refs);
      const std::string target = refs;
      const std::string second =
          object("ipv4-addr", number,
                 fmt::format(R"("value":"10.0.{}.{}")", number % 256, number / 256 % 256), &refs);
      const std::string source = refs.substr(target.size() + 1);
      objects =
          first + "," + second + "," +
          object(
              "network-traffic", number,
              fmt::format(
                  R"("src_ref":{},"dst_ref":{},"src_port":{},"dst_port":{},"protocols":["ipv4","tcp"])",
                  source, target, 1024 + number % 60'000, 1 + n % 60'000),
              &refs);
    }
  }
  return bundle(number, refs, objects);
}

std::string sequence_pattern(uint64_t n) {
  return fmt::format(
      "([domain-name:value = '{}'] FOLLOWEDBY [ipv4-addr:value = '{}']) WITHIN 300 SECONDS",
      domain(n), address(n));
}

std::string sequence_event(uint64_t number, uint64_t patterns) {
  const uint64_t n =
      mix(number) % 10 == 0 ? mix(number / 200) % patterns : (uint64_t{1} << 40) + number;
  std::string refs;
  const std::string one =
      mix(number + 3) % 2 == 0
          ? object("domain-name", number, fmt::format(R"("value":"{}")", domain(n)), &refs)
          : object("ipv4-addr", number, fmt::format(R"("value":"{}")", address(n)), &refs);
  return bundle(number, refs, one);
}

}  // namespace entente::bench
