// Objects that a test can make again from their number, and pages of a collection as a polling client gathers them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/crash/wire.h"

namespace entente::testing {

// The object of that number: always the same bytes, of its own spacing, length and script. Its number stands in its id.
std::string object_text(uint64_t number);
std::string object_id(uint64_t number);
// The number in an id that object_id made; nullopt for any other.
std::optional<uint64_t> number_of(std::string_view id);
// A TAXII envelope of `count` of them.
std::string envelope_of(uint64_t first, uint32_t count);

std::string objects_path(const std::string& collection);

// The raw slices of "objects" in an envelope; nullopt if the text is no envelope.
std::optional<std::vector<std::string>> objects_of(const std::string& envelope);
// The text of the member `id` of an object.
std::string id_of(const std::string& object);

// What a client of a collection gathered: slices in order, and the dates of the manifest beside them.
struct Gathered {
  bool complete = false;  // every page came
  std::vector<std::string> objects;
  std::vector<std::string> dates;  // date_added of each, in the same order
  std::string
      last_date;  // X-TAXII-Date-Added-Last of the last page with objects, else what was given
};

// Reads all that was added after a date ("" for all), page by page.
Gathered gather(int port, const std::string& key, const std::string& collection,
                const std::string& added_after, uint32_t limit = 1000);

// A seed from the environment variable ENTENTE_SEED, else a random one; printed, so that a run can be repeated.
uint64_t printed_seed(const char* test);

}  // namespace entente::testing
