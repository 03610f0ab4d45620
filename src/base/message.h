// An HTTP request and its response as plain values: what surfaces (taxii, api) take and give, and
// all that they know of HTTP. The wire, TLS and compression are src/http's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;           // upper case, as sent
  std::string path;             // undecoded, without query
  std::string query;            // undecoded, without '?'
  std::vector<Header> headers;  // in order; names as sent
  std::string body;  // decompressed; capacity() exceeds size() by at least json::kPaddingBytes
  std::string id;    // of this request, for logs; chosen by the server
  std::string peer;  // address of the client, for the operator's log only

  // The first header of that name (case does not matter), or nullptr.
  const std::string* header(std::string_view name) const;
};

// What is sent after the header: `text`, then every slice in order. Slices point into memory that
// `owner` keeps alive, such as mapped segments, and are sent without being copied.
struct Body {
  std::string text;
  std::vector<std::string_view> slices;
  std::shared_ptr<const void> owner;

  size_t size() const;
  // The whole as one string: for tests and for what must be compressed.
  std::string flatten() const;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;  // without Content-Length, Date, Connection: the wire adds them
  Body body;
};

// Called exactly once, from any thread, with the answer to one request.
using Respond = std::function<void(Response)>;

// A surface: from request to response. Thread-safe. It may answer before it returns or later from
// another thread.
using Handler = std::function<void(Request, Respond)>;

}  // namespace entente
