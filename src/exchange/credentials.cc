#include "exchange/credentials.h"

#include "base/text.h"
#include "exchange/node.h"

namespace entente::exchange {

Result<Principal> principal_of(const Node& node, const Request& request) {
  const std::string* header = request.header("Authorization");
  if (header == nullptr) {
    if (auto everyone = node.anonymous()) return *std::move(everyone);
    return fail(Code::kUnauthenticated, "an API key is needed: Authorization: Bearer KEY");
  }
  const std::string_view value = trim(*header);
  const size_t space = value.find(' ');
  const std::string_view scheme = value.substr(0, space);
  const std::string_view credentials =
      space == std::string_view::npos ? "" : trim(value.substr(space));
  if (equal_ignoring_case(scheme, "bearer") || equal_ignoring_case(scheme, "token"))
    return node.authenticate(credentials);
  if (equal_ignoring_case(scheme, "basic")) {
    const auto decoded = from_base64(credentials);
    const size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon != std::string::npos)
      return node.authenticate(std::string_view(*decoded).substr(colon + 1));
  }
  return fail(Code::kUnauthenticated, "no valid API key");
}

}  // namespace entente::exchange
