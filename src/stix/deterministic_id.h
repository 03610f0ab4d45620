// Version 5 UUIDs, of which the deterministic ids of cyber-observable objects are made; see deterministic_id()
// in stix.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stix/stix.h"

namespace entente::stix {

// A version 5 UUID: SHA-1 over the namespace's sixteen bytes and the name. [RFC 9562 5.5]
std::string uuid_v5(const uint8_t (&name_space)[16], std::string_view name);

// The namespace of STIX. [stix21 2.9]
inline constexpr uint8_t kStixNamespace[16] = {0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c,
                                               0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7};

}  // namespace entente::stix
