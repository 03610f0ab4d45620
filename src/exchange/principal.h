// An authenticated person or service, acting for one party in a role.
#pragma once

#include <string>

#include "release/directory.h"

namespace entente::exchange {

struct Principal {
  release::PartyNumber party = release::kNoParty;
  release::Role role = release::Role::kReader;
  std::string key_id;                     // empty for the operator and for readers without a key
  release::Restriction restriction = {};  // what makes its world narrower than its party's
};

}  // namespace entente::exchange
