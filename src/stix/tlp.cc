// One row a level.
#include "stix/tlp.h"

namespace entente::stix {
namespace {

struct Row {
  TlpLevel level;
  TlpVersion version;
  std::string_view word;
  std::string_view name;
  std::string_view id;
};

constexpr Row kRows[] = {
    {TlpLevel::kWhite1, TlpVersion::k1, "white", "TLP:WHITE",
     "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"},
    {TlpLevel::kGreen1, TlpVersion::k1, "green", "TLP:GREEN",
     "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"},
    {TlpLevel::kAmber1, TlpVersion::k1, "amber", "TLP:AMBER",
     "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"},
    {TlpLevel::kRed1, TlpVersion::k1, "red", "TLP:RED",
     "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"},
    {TlpLevel::kClear2, TlpVersion::k2, "clear", "TLP:CLEAR",
     "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
    {TlpLevel::kGreen2, TlpVersion::k2, "green", "TLP:GREEN",
     "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"},
    {TlpLevel::kAmber2, TlpVersion::k2, "amber", "TLP:AMBER",
     "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
    {TlpLevel::kAmberStrict2, TlpVersion::k2, "amber+strict", "TLP:AMBER+STRICT",
     "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"},
    {TlpLevel::kRed2, TlpVersion::k2, "red", "TLP:RED",
     "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"},
};

}  // namespace

TlpLevel tlp_level_of(std::string_view marking_id) {
  for (const Row& row : kRows) {
    if (row.id == marking_id) return row.level;
  }
  return TlpLevel::kNone;
}

std::string_view tlp_id_of(TlpLevel level) {
  for (const Row& row : kRows) {
    if (row.level == level) return row.id;
  }
  return {};
}

TlpLevel tlp_level_named(std::string_view word, TlpVersion version) {
  for (const Row& row : kRows) {
    if (row.version == version && row.word == word) return row.level;
  }
  // Some write TLP 2.0's new word under the old id: it means the same. [TLP 2.0]
  if (version == TlpVersion::k1 && word == "clear") return TlpLevel::kWhite1;
  return TlpLevel::kNone;
}

std::string_view name_of(TlpLevel level) {
  for (const Row& row : kRows) {
    if (row.level == level) return row.name;
  }
  return "no TLP level";
}

}  // namespace entente::stix
