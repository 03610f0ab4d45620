// Who sends a request: the API key in its Authorization header. Basic (the key is the password; the
// user name is not looked at), Bearer and Token are taken. [RFC 7617, RFC 6750]
#pragma once

#include "base/message.h"
#include "base/result.h"
#include "exchange/principal.h"

namespace entente::exchange {

class Node;

// kUnauthenticated without a valid key.
Result<Principal> principal_of(const Node& node, const Request& request);

// The WWW-Authenticate values of a 401.
inline constexpr std::string_view kChallengeBasic = "Basic realm=\"entente\", charset=\"UTF-8\"";
inline constexpr std::string_view kChallengeBearer = "Bearer realm=\"entente\"";

}  // namespace entente::exchange
