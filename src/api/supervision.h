// Joint supervision over the API: who a buyer is, and who stands behind it. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/route.h"
#include "desk/supervision/supervision.h"

namespace entente::api {

std::vector<Route> supervision_routes();
bool is_supervision_operation(std::string_view operation);

struct SupervisionCall {
  std::string_view operation;
  std::string object;  // of the path; empty: none
  std::string_view body;
};
// A JSON text of success, or an error.
Result<std::string> answer_supervision(supervision::Supervision& supervision,
                                       const exchange::Principal& who, const SupervisionCall& call,
                                       const supervision::Parameters& find);

}  // namespace entente::api
