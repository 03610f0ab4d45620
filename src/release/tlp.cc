#include "release/tlp.h"

#include <string>

#include "base/text.h"

namespace entente::release {
namespace {

struct FixedMarking {
  std::string_view uuid;
  Tlp level;
};

constexpr FixedMarking kTlp2[] = {
    {"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::kClear},
    {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::kGreen},
    {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::kAmber},
    {"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::kAmberStrict},
    {"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::kRed},
};

constexpr FixedMarking kTlp1[] = {
    {"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::kClear},
    {"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::kGreen},
    {"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::kAmber},
    {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::kRed},
};

constexpr std::string_view kPrefix = "marking-definition--";

constexpr std::string_view kMarkingIds[] = {
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
};

}  // namespace

std::optional<Tlp> tlp_from(std::string_view text) {
  const std::string lower = to_lower_ascii(text);
  if (lower == "tlp:white") return Tlp::kClear;
  for (const FixedMarking& one : kTlp2) {
    if (lower == name_of(one.level)) return one.level;
  }
  return std::nullopt;
}

std::string_view name_of(Tlp level) {
  switch (level) {
    case Tlp::kClear:
      return "tlp:clear";
    case Tlp::kGreen:
      return "tlp:green";
    case Tlp::kAmber:
      return "tlp:amber";
    case Tlp::kAmberStrict:
      return "tlp:amber+strict";
    case Tlp::kRed:
      return "tlp:red";
  }
  return "tlp:red";
}

std::optional<Tlp> tlp_of_marking(std::string_view marking_id) {
  if (!marking_id.starts_with(kPrefix)) return std::nullopt;
  const std::string_view uuid = marking_id.substr(kPrefix.size());
  for (const FixedMarking& one : kTlp2) {
    if (uuid == one.uuid) return one.level;
  }
  for (const FixedMarking& one : kTlp1) {
    if (uuid == one.uuid) return one.level;
  }
  return std::nullopt;
}

std::string_view marking_of(Tlp level) { return kMarkingIds[static_cast<size_t>(level)]; }

}  // namespace entente::release
