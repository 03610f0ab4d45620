// Complaints gather in the marking: reading goes on, so that its author sees all of them at once.
#include "release/marking_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "stix/timestamp.h"

namespace entente::release {

std::string MarkingReader::pointer(std::string_view key) const {
  std::string out = pointer_;
  if (key.empty()) return out;
  out += '/';
  for (const char c : key) {
    if (c == '~' || c == '/') {
      out += c == '~' ? "~0" : "~1";
    } else {
      out += c;
    }
  }
  return out;
}

void MarkingReader::complain(std::string_view key, std::string detail) {
  out_.reasons.push_back({pointer(key), std::move(detail)});
}

std::optional<json::Value> MarkingReader::take(std::string_view key) {
  known_.emplace_back(key);
  return object_.find(key);
}

void MarkingReader::ignore(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) known_.emplace_back(key);
}

std::optional<std::string> MarkingReader::word(std::string_view key) {
  const auto value = take(key);
  if (!value) return std::nullopt;
  std::string out = value->is_string() ? value->text() : std::string();
  if (out.empty() || out.size() > limits::kCodeBytesMax) {
    complain(key, fmt::format("a text of 1 to {} bytes", limits::kCodeBytesMax));
    return std::nullopt;
  }
  return out;
}

std::optional<std::vector<std::string>> MarkingReader::words(std::string_view key, size_t max) {
  const auto value = take(key);
  if (!value) return std::nullopt;
  if (!value->is_array() || value->size() > max) {
    complain(key, fmt::format("a list of at most {} texts", max));
    return std::nullopt;
  }
  std::vector<std::string> out;
  for (const json::Value element : value->elements()) {
    std::string one = element.is_string() ? element.text() : std::string();
    if (one.empty() || one.size() > limits::kCodeBytesMax) {
      complain(key, fmt::format("entry {} is no text of 1 to {} bytes", out.size(),
                                limits::kCodeBytesMax));
      return std::nullopt;
    }
    out.push_back(std::move(one));
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

std::optional<int64_t> MarkingReader::time_ms(std::string_view key) {
  const auto value = take(key);
  if (!value) return std::nullopt;
  const std::string text = value->is_string() ? value->text() : std::string();
  const auto time = stix::parse_timestamp(text);
  if (!time) {
    complain(key, "a timestamp");
    return std::nullopt;
  }
  // Up to the next millisecond, and past digits that nanoseconds do not hold: never too early.
  constexpr int64_t kNsPerMs = 1'000'000;
  const int64_t floor_ms = time->ns / kNsPerMs - (time->ns % kNsPerMs < 0 ? 1 : 0);
  constexpr size_t kNanosecondTextBytes = sizeof("2026-01-01T00:00:00.123456789Z") - 1;
  const bool is_whole = time->ns % kNsPerMs == 0 && text.size() <= kNanosecondTextBytes;
  return is_whole ? floor_ms : floor_ms + 1;
}

void MarkingReader::extension_type() {
  const auto type = take("extension_type");
  if (!type || !type->text_is("property-extension"))
    complain("extension_type", "the extension_type is property-extension");
}

void MarkingReader::finish() {
  for (const json::Member member : object_.members()) {
    const std::string key = member.key.text();
    if (std::ranges::find(known_, key) == known_.end())
      complain(key, "not a property that this node understands");
  }
}

}  // namespace entente::release
