#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace entente {

int http_status_of(Code code) {
  switch (code) {
    case Code::kInvalid:
      return 400;
    case Code::kUnauthenticated:
      return 401;
    case Code::kForbidden:
      return 403;
    case Code::kNotFound:
      return 404;
    case Code::kNotAcceptable:
      return 406;
    case Code::kConflict:
      return 409;
    case Code::kTooLarge:
      return 413;
    case Code::kUnsupportedMedia:
      return 415;
    case Code::kUnprocessable:
      return 422;
    case Code::kTooMany:
      return 429;
    case Code::kUnavailable:
      return 503;
    case Code::kCorrupt:
      return 500;
    case Code::kInternal:
      return 500;
  }
  return 500;
}

std::string_view name_of(Code code) {
  switch (code) {
    case Code::kInvalid:
      return "invalid";
    case Code::kUnauthenticated:
      return "unauthenticated";
    case Code::kForbidden:
      return "forbidden";
    case Code::kNotFound:
      return "not-found";
    case Code::kNotAcceptable:
      return "not-acceptable";
    case Code::kConflict:
      return "conflict";
    case Code::kTooLarge:
      return "too-large";
    case Code::kUnsupportedMedia:
      return "unsupported-media";
    case Code::kUnprocessable:
      return "unprocessable";
    case Code::kTooMany:
      return "too-many";
    case Code::kUnavailable:
      return "unavailable";
    case Code::kCorrupt:
      return "corrupt";
    case Code::kInternal:
      return "internal";
  }
  return "internal";
}

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace entente
