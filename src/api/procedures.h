// Procedures over the API: what a party is to do, its procedures, acts in them. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/audit_query.h"
#include "base/message.h"
#include "base/random.h"
#include "base/route.h"
#include "desk/shelf.h"
#include "desk/supervision/supervision.h"
#include "exchange/node.h"
#include "exchange/served.h"
#include "release/signed_object.h"

namespace entente::api {

std::vector<Route> procedure_routes();
bool is_procedure_operation(std::string_view operation);

// What the operation asks for. An act is recorded, unless it is only tried (dry_run).
struct ProcedureCall {
  std::string_view operation;
  std::string procedure;  // of the path; empty: none
  std::string_view body;
  bool dry_run = false;
  std::string label = {};  // of todo
  bool digest = false;
  std::string person = {};  // of procedureAccess: id or name
  AuditQuery lines = {};    // likewise: which of the caller's party's
};
// What the server has for them; each may be null.
struct ProcedureTools {
  release::Signer* signer = nullptr;
  const exchange::Served& served;
  desk::Shelf* shelf = nullptr;
  supervision::Supervision* supervision = nullptr;
  const AuditPage& audit;
};
// A JSON text of success, or an error. Without a signer: kForbidden for acts. `served` (may be null) is told
// of the record whose text is shown.
Result<std::string> answer_procedures(exchange::Node& node, Random& random,
                                      const exchange::Principal& who, const ProcedureCall& call,
                                      const ProcedureTools& tools);

}  // namespace entente::api
