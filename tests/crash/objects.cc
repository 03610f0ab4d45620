// The text of an object is drawn from its number with a small generator (xorshift), so that a test need keep no copy.
#include "tests/crash/objects.h"

#include <cstdio>
#include <cstdlib>

#include "base/random.h"
#include "base/text.h"
#include "json/json.h"

namespace entente::testing {
namespace {

constexpr std::string_view kPrefix = "tool--7e57ab1e-0000-4000-8000-";

}  // namespace

std::string object_id(uint64_t number) {
  char digits[16];
  snprintf(digits, sizeof digits, "%012llx",
           static_cast<unsigned long long>(number & 0xffffffffffff));
  return std::string(kPrefix) + digits;
}

std::optional<uint64_t> number_of(std::string_view id) {
  if (!id.starts_with(kPrefix) || id.size() != kPrefix.size() + 12) return std::nullopt;
  uint64_t number = 0;
  for (const char c : id.substr(kPrefix.size())) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (c < 'a' || c > 'f')) return std::nullopt;
    number = number * 16 + static_cast<uint64_t>(is_digit ? c - '0' : c - 'a' + 10);
  }
  return number;
}

std::string object_text(uint64_t number) {
  static const char* const kScripts[] = {"quiet harbour", "靜默程序",  "静默程序",
                                         "沈黙手続き",    "침묵 절차", "\\u0041\\ud83d\\ude80"};
  uint64_t state = number * 0x9e3779b97f4a7c15 + 1;
  const auto draw = [&](uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
  };
  const std::string gap(draw(3), ' ');
  std::string text =
      "{" + gap + "\"type\":" + gap + "\"tool\",\"spec_version\":\"2.1\",\"id\":\"" +
      object_id(number) + "\"," + gap +
      "\"created\":\"2024-01-01T00:00:00.000Z\",\"modified\":\"2024-01-01T00:00:00.000Z\",";
  text += "\"name\":\"n" + std::to_string(number) + "\",\"description\":\"";
  for (uint64_t words = draw(40); words > 0; --words) text += std::string(kScripts[draw(6)]) + " ";
  return text + "\"" + gap + "}";
}

std::string envelope_of(uint64_t first, uint32_t count) {
  std::string text = "{\"objects\":[";
  for (uint32_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + object_text(first + i);
  return text + "]}";
}

std::string objects_path(const std::string& collection) {
  return "/taxii2/entente/collections/" + collection + "/objects/";
}

std::optional<std::vector<std::string>> objects_of(const std::string& envelope) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(envelope);
  if (!parser.parse(std::string_view(bytes).substr(0, envelope.size()), &document))
    return std::nullopt;
  if (!document.root().is_object()) return std::nullopt;
  std::vector<std::string> out;
  const auto list = document.root().find("objects");
  if (!list) return out;
  for (const json::Value value : list->elements()) out.emplace_back(value.raw());
  return out;
}

std::string id_of(const std::string& object) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(object);
  if (!parser.parse(std::string_view(bytes).substr(0, object.size()), &document)) return "";
  const auto id = document.root().find("id");
  return id && id->is_string() ? id->text() : "";
}

namespace {

std::string member_text(const json::Value& value, std::string_view name) {
  const auto found = value.find(name);
  return found && found->is_string() ? found->text() : "";
}

// One page of the manifest: its dates; false if the answer is not what it should be.
bool add_dates(const std::string& body, std::vector<std::string>& dates) {
  const auto records = objects_of(body);
  if (!records) return false;
  for (const std::string& record : *records) {
    json::Parser parser;
    json::Document document;
    const std::string bytes = json::padded(record);
    if (!parser.parse(std::string_view(bytes).substr(0, record.size()), &document)) return false;
    dates.push_back(member_text(document.root(), "date_added"));
  }
  return true;
}

}  // namespace

Gathered gather(int port, const std::string& key, const std::string& collection,
                const std::string& added_after, uint32_t limit) {
  Gathered out;
  out.last_date = added_after;
  Wire wire(port);
  const std::string root = "/taxii2/entente/collections/" + collection;
  std::string after = added_after;
  for (;;) {
    std::string query = "?limit=" + std::to_string(limit);
    if (!after.empty()) query += "&added_after=" + after;
    const auto page = wire.ask("GET", root + "/objects/" + query, taxii_headers(key));
    if (!page || page->status != 200) return out;
    const auto slices = objects_of(page->body);
    if (!slices) return out;
    if (slices->empty()) break;
    const std::string last = page->header("X-TAXII-Date-Added-Last");
    const auto manifest = wire.ask("GET", root + "/manifest/" + query, taxii_headers(key));
    if (!manifest || manifest->status != 200 || !add_dates(manifest->body, out.dates)) return out;
    out.objects.insert(out.objects.end(), slices->begin(), slices->end());
    if (out.dates.size() != out.objects.size() || last.empty() || last == after) return out;
    after = out.last_date = last;
    if (page->body.find("\"more\":true") == std::string::npos) break;
  }
  out.complete = true;
  return out;
}

uint64_t printed_seed(const char* test) {
  uint64_t seed = 0;
  if (const char* given = std::getenv("ENTENTE_SEED")) {
    seed = std::strtoull(given, nullptr, 10);
  } else {
    SystemRandom random;
    uint8_t bytes[8];
    random.fill(bytes);
    for (const uint8_t byte : bytes) seed = seed << 8 | byte;
  }
  printf("%s: ENTENTE_SEED=%llu repeats this run\n", test, static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace entente::testing
