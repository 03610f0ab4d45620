// A request whose body comes in pieces and whose answer goes out in pieces, as plain functions: so that what streams need know no
// sockets.
//
// Threads: one, that of the request; every call may wait for the client.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace entente {

struct Pieces {
  // The next piece of the body, which lives until the next call; empty at its end. An error ends the request.
  std::function<Result<std::string_view>()> next;
  // Status and headers, once, before write.
  std::function<Result<void>(int status, std::vector<Header> headers)> start;
  std::function<Result<void>(std::string_view piece)> write;
};

}  // namespace entente
