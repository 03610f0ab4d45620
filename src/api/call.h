// One request to the API while it is answered. Private to the module.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"
#include "api/parameters.h"
#include "exchange/principal.h"

namespace entente::api {

struct Server::Call {
  Request request;
  const Route* route = nullptr;
  PathParameters parameters;
  Query query;
  exchange::Principal who;
};

Response json_response(int status, std::string body);
Response error_of(const Error& error);

// Whether it is about what sensors see: src/api/watching.cc answers.
bool is_watch_operation(std::string_view operation);

}  // namespace entente::api
