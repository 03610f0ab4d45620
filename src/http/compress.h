// gzip and deflate of whole bodies, with a limit on what comes out. zlib is known to compress.cc
// alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/message.h"
#include "base/result.h"
#include "http/syntax.h"

namespace entente::http {

// The content of a gzip [RFC 1952] (any number of members) or deflate body (zlib [RFC 1950]; bare
// deflate [RFC 1951] is taken too, as browsers and proxies do). The result's capacity exceeds its
// size by json::kPaddingBytes. Errors: kTooLarge past `out_bytes_max`, found without inflating
// further; kInvalid if damaged or cut short.
Result<std::string> inflate_body(Coding coding, std::string_view bytes, size_t out_bytes_max);

// The body as one gzip member, at the fastest level; equal bodies give equal bytes (no time, no
// name). Empty if zlib fails for want of memory.
std::string gzip_body(const Body& body);

}  // namespace entente::http
