// A bundle many times over, each copy with ids of its own.
#pragma once

#include <cstdint>
#include <string>

namespace entente::bench {

// Reads a STIX bundle (zstd if the name ends in .zst) and writes one bundle with `copies` times its
// objects, zstd level 1. In each copy every UUID is replaced by one that depends on it, the copy
// and the seed, references and mentions alike, so each copy is joined in itself as the original is;
// the UUIDs of TLP stay. Ends the process with 2 if it cannot.
void write_copies(const std::string& from, const std::string& to, uint64_t copies, uint64_t seed);

}  // namespace entente::bench
