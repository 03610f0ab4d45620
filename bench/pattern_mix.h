// Patterns and events as they are in the field, made up: mostly equality on addresses, domain names, URLs
// and hashes of files; of a hundred patterns five LIKE, two MATCHES, one ISSUBSET and one of two
// observations, FOLLOWEDBY within 300 seconds. Some two of a hundred events meet a pattern.
#pragma once

#include <cstdint>
#include <string>

namespace entente::bench {

// The pattern of that number.
std::string mix_pattern(uint64_t number);

// A bundle on one line: observed-data, a second after the one before, with two to four objects.
// `patterns`: how many there are, so that some are met.
std::string mix_event(uint64_t number, uint64_t patterns);

// [domain] FOLLOWEDBY [address] WITHIN 300 SECONDS.
std::string sequence_pattern(uint64_t number);
// An event of which one in ten begins or ends such a sequence.
std::string sequence_event(uint64_t number, uint64_t patterns);

}  // namespace entente::bench
