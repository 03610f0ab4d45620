// Everything is drawn from the number with a mixing function, so objects can be made in any order
// and any part of a store of millions can be asked for by id. An address has the deterministic id
// that STIX asks for, which costs a SHA-1 here and, in whoever checks it, one too.
#include "objects.h"

#include <array>
#include <string_view>

#include "base/text.h"
#include "stix/deterministic_id.h"

namespace entente::bench {
namespace {

// The finalizer of splitmix64: a bijection of 64 bits.
uint64_t mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

constexpr std::string_view kTypes[] = {"indicator", "malware", "relationship", "sighting",
                                       "ipv4-addr"};

// Of 20 objects.
constexpr ObjectKind kMix[20] = {
    ObjectKind::kIndicator,    ObjectKind::kRelationship, ObjectKind::kAddress,
    ObjectKind::kRelationship, ObjectKind::kIndicator,    ObjectKind::kMalware,
    ObjectKind::kRelationship, ObjectKind::kIndicator,    ObjectKind::kSighting,
    ObjectKind::kAddress,      ObjectKind::kRelationship, ObjectKind::kIndicator,
    ObjectKind::kRelationship, ObjectKind::kMalware,      ObjectKind::kIndicator,
    ObjectKind::kRelationship, ObjectKind::kSighting,     ObjectKind::kAddress,
    ObjectKind::kRelationship, ObjectKind::kIndicator,
};

constexpr std::string_view kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
constexpr std::string_view kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
constexpr std::string_view kAmber = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
constexpr std::string_view kRed = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

constexpr std::string_view kText =
    "Seen in mail to staff of the ministry and two suppliers; the lure speaks of a tender for port "
    "equipment and carries an archive with a signed loader. The loader waits for a working day, "
    "asks "
    "for its orders over HTTPS with the name of a news site in the header, and keeps what it gets "
    "in "
    "memory. Infrastructure is rented by the week; certificates are reused across campaigns. "
    "Analysts "
    "of three members agree on the family and differ on the operator. Blocking the host stops the "
    "second stage; the first leaves a scheduled task that should be removed by hand. Further "
    "samples "
    "were found on a file share of a shipping company, under the name of a weather report, and in "
    "the "
    "update folder of a program that the port uses for its berths. Nothing shows that data left. ";

void append_hex(uint64_t value, int digits, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (int i = digits - 1; i >= 0; --i) out += kDigits[value >> (4 * i) & 15];
}

constexpr int64_t kStartMs = 1'704'103'200'000;  // 2024-01-01T10:00:00Z
constexpr int64_t kStepMs = 1'709;

}  // namespace

Objects::Objects(ObjectsOptions options) : options_(std::move(options)) {
  if (!options_.creator.empty())
    creator_member_ = "\"created_by_ref\":\"" + options_.creator + "\",";
}

uint64_t Objects::draw(uint64_t number, uint64_t purpose) const {
  return mix(mix(options_.seed * 8 + purpose) ^ number);
}

ObjectKind Objects::kind_of(uint64_t number) const { return kMix[draw(number, 0) % 20]; }

bool Objects::is_clear(uint64_t number) const {
  if (options_.clear_every == 0) return draw(number, 1) % 4 == 0;
  return number % options_.clear_every == options_.clear_every / 2;
}

// A version 4 UUID.
void Objects::append_uuid(uint64_t number, std::string& out) const {
  const uint64_t high = draw(number, 2), low = draw(number, 3);
  append_hex(high >> 32, 8, out);
  out += '-';
  append_hex(high >> 16 & 0xFFFF, 4, out);
  out += "-4";
  append_hex(high & 0xFFF, 3, out);
  out += '-';
  append_hex((low >> 48 & 0x3FFF) | 0x8000, 4, out);
  out += '-';
  append_hex(low & 0xFFFF'FFFF'FFFF, 12, out);
}

// Octets of 100 to 255 (592 million addresses), each number its own as long as it is below that.
std::string Objects::address_of(uint64_t number) const {
  constexpr uint64_t kAddresses = uint64_t{156} * 156 * 156 * 156;
  uint64_t rest = (number * 1'000'003 + options_.seed * 7'919) % kAddresses;
  std::string out;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    out += std::to_string(100 + rest % 156);
    rest /= 156;
  }
  return out;
}

void Objects::append_id(uint64_t number, std::string& out) const {
  const ObjectKind kind = kind_of(number);
  out += kTypes[static_cast<size_t>(kind)];
  out += "--";
  if (kind == ObjectKind::kAddress) {
    out += stix::uuid_v5(stix::kStixNamespace, "{\"value\":\"" + address_of(number) + "\"}");
  } else {
    append_uuid(number, out);
  }
}

std::string Objects::id_of(uint64_t number) const {
  std::string out;
  append_id(number, out);
  return out;
}

uint64_t Objects::before(uint64_t number, ObjectKind kind) const {
  for (uint64_t n = number; n > 0 && n + 1'000 > number; --n) {
    if (kind_of(n - 1) == kind) return n - 1;
  }
  return number;
}

// type, spec_version, id, creator, times and marks; ends with a comma.
void Objects::append_head(uint64_t number, std::string& out) const {
  const ObjectKind kind = kind_of(number);
  out += "{\"type\":\"";
  out += kTypes[static_cast<size_t>(kind)];
  out += "\",\"spec_version\":\"2.1\",\"id\":\"";
  append_id(number, out);
  out += "\",";
  if (kind != ObjectKind::kAddress) {
    const std::string time = format_time_ms(kStartMs + static_cast<int64_t>(number) * kStepMs);
    out += creator_member_;
    out += "\"created\":\"" + time + "\",\"modified\":\"" + time + "\",";
    out += "\"confidence\":" + std::to_string(20 + draw(number, 4) % 80) + ",\"lang\":\"en\",";
  }
  std::string_view mark = is_clear(number) ? kClear : kRed;
  if (options_.clear_every == 0) {
    constexpr std::string_view kLevels[] = {kClear, kGreen, kAmber, kRed};
    mark = kLevels[draw(number, 1) % 4];
  }
  out += "\"object_marking_refs\":[\"";
  out += mark;
  out += "\"],";
}

void Objects::append_words(uint64_t number, size_t bytes, std::string& out) const {
  size_t at = draw(number, 5) % kText.size();
  while (bytes > 0) {
    const size_t n = std::min(bytes, kText.size() - at);
    out += kText.substr(at, n);
    bytes -= n;
    at = 0;
  }
}

void Objects::append_indicator(uint64_t number, std::string& out) const {
  out += "\"name\":\"Loader of the tender lure, sample ";
  append_hex(draw(number, 6) >> 32, 8, out);
  out += "\",\"description\":\"";
  append_words(number, 360, out);
  out += "\",\"indicator_types\":[\"malicious-activity\"],\"pattern\":\"[file:hashes.'SHA-256' = '";
  for (uint64_t part = 0; part < 4; ++part) append_hex(draw(number, 64 + part), 16, out);
  out += "' OR ipv4-addr:value = '" + address_of(number) + "']\",\"pattern_type\":\"stix\",";
  out += "\"pattern_version\":\"2.1\",\"valid_from\":\"2024-01-01T00:00:00Z\",";
  out += "\"kill_chain_phases\":[{\"kill_chain_name\":\"lockheed-martin-cyber-kill-chain\",";
  out += "\"phase_name\":\"delivery\"}],\"labels\":[\"lure\",\"tender\"]}";
}

void Objects::append_malware(uint64_t number, std::string& out) const {
  out += "\"name\":\"Berth ";
  append_hex(draw(number, 6) >> 32, 8, out);
  out += "\",\"description\":\"";
  append_words(number, 760, out);
  out += "\",\"malware_types\":[\"downloader\",\"backdoor\"],\"is_family\":true,\"aliases\":[";
  out += "\"Quay\",\"Slip\"],\"external_references\":[{\"source_name\":\"report\",\"url\":";
  out += "\"https://reports.example/berth/";
  append_hex(draw(number, 7), 16, out);
  out += "\"}]}";
}

void Objects::append_relationship(uint64_t number, std::string& out) const {
  const uint64_t source = before(number, ObjectKind::kIndicator);
  const uint64_t target = before(number, ObjectKind::kMalware);
  out += "\"relationship_type\":\"";
  out += source != number && target != number ? "indicates" : "related-to";
  out += "\",\"source_ref\":\"";
  append_id(source, out);
  out += "\",\"target_ref\":\"";
  append_id(target, out);
  out += "\",\"description\":\"";
  append_words(number, 520, out);
  out += "\"}";
}

void Objects::append_sighting(uint64_t number, std::string& out) const {
  out +=
      "\"first_seen\":\"2024-01-02T00:00:00Z\",\"last_seen\":\"2024-01-03T00:00:00Z\",\"count\":";
  out += std::to_string(1 + draw(number, 6) % 900);
  out += ",\"sighting_of_ref\":\"";
  const uint64_t target = before(number, ObjectKind::kIndicator);
  if (target == number) {
    out += "indicator--00000000-0000-4000-8000-000000000000";
  } else {
    append_id(target, out);
  }
  out += "\",\"description\":\"";
  append_words(number, 480, out);
  out += "\"}";
}

void Objects::append_address(uint64_t number, std::string& out) const {
  out += "\"value\":\"" + address_of(number) + "\"}";
}

void Objects::append(uint64_t number, std::string& out) const {
  append_head(number, out);
  switch (kind_of(number)) {
    case ObjectKind::kIndicator:
      return append_indicator(number, out);
    case ObjectKind::kMalware:
      return append_malware(number, out);
    case ObjectKind::kRelationship:
      return append_relationship(number, out);
    case ObjectKind::kSighting:
      return append_sighting(number, out);
    case ObjectKind::kAddress:
      return append_address(number, out);
  }
}

}  // namespace entente::bench
