// How functions fail here.
//
// An expected failure is a value: Result<T> holds a T or an Error. TRY unwraps it or returns the
// error to the caller; it may stand only as a whole statement or a whole initializer (g++ 12
// forgets to destroy temporaries built beside it). CHECK guards what only our own bug can break: it
// is on in release builds and ends the process, since the journal is transactional and a restart is
// safe. No input may reach a CHECK.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace entente {

// A code exists only where some caller acts on it; http_status_of gives the status that surfaces
// answer with.
enum class Code : uint8_t {
  kInvalid,           // the request or the input is malformed
  kUnauthenticated,   // no or wrong credentials
  kForbidden,         // known to the caller, but not allowed
  kNotFound,          // absent, or outside the caller's world: the two are one
  kConflict,          // the same name exists, within what the caller may see
  kTooLarge,          // past a named limit of size or count
  kUnsupportedMedia,  // Content-Type is not one that is taken here
  kNotAcceptable,     // Accept names nothing that can be given
  kUnprocessable,     // well-formed, but not what the endpoint takes
  kTooMany,           // past a quota or rate of the caller's party
  kUnavailable,       // cannot be made durable now (disk full, shutting down); nothing was stored
  kCorrupt,           // stored bytes fail their checksum
  kInternal,          // an operating-system call failed in a way the caller cannot mend
};

struct [[nodiscard]] Error {
  Code code = Code::kInternal;
  std::string detail;  // for people, never parsed
};

template <class T>
using Result = std::expected<T, Error>;

// The HTTP status of each code. Total over Code.
int http_status_of(Code code);

// Short stable name of a code, as in logs and problem documents: "not-found".
std::string_view name_of(Code code);

inline std::unexpected<Error> fail(Code code, std::string detail) {
  return std::unexpected<Error>(Error{code, std::move(detail)});
}

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace entente

#define TRY(expression)                                                       \
  __extension__({                                                             \
    auto&& try_result_ = (expression);                                        \
    if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
    *std::move(try_result_);                                                  \
  })

#define CHECK(condition) \
  ((condition) ? void(0) : ::entente::check_failed(#condition, __FILE__, __LINE__))
