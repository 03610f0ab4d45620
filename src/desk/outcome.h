// The outcome of a procedure as one document that anybody can verify without a node: the rule pack, every record, who was
// of the format when, and what follows from them.
//
//   {"record":{"form":"entente-outcome-2","pack_text":...,"roster":[...],"keys":[...],"opening":{...},"acts":[...],
//    "as_of":...,"issued_by":...,"outcome":...,"since":...},"sha256":"...","signature":{...}}
//
// Verifying checks every signature and folds the records anew. It proves that the outcome follows from the records, by
// the rules that are in the document, and that each record is of the holder of a key in it. That those are the keys of the
// parties, only somebody who has them from elsewhere can say: `trusted`. When records came and who was of the format is the
// word of the party that issued the document, and signed by it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/docket.h"

namespace entente::desk {

inline constexpr std::string_view kOutcomeForm = "entente-outcome-2";

// Signed by the docket's party. kNotFound: no such procedure in the docket's world; kUnprocessable: it has no outcome yet;
// kForbidden: no key to sign with.
Result<std::string> outcome_record(Docket& docket, std::string_view id);

// {"ok":...,"id":...,"outcome":...,"since":...,"records":N,"not_counted":N,"issued_by":...,"keys":[{"party":...,"key":...}],
// "problems":[...]}. `trusted`: the same list of keys as got from the parties, {"keys":[...]}; empty: any.
std::string verify_outcome(std::string_view text, std::string_view trusted, bool* is_ok);

// {"comments":[{"party":...,"at":...,"verdict":...,"reason":...,"text":...,"about":...,"clause":...,"record":...,
// "disposition":null|"accept"|"accept-in-part"|"reject"|"note","disposition_reason":...}]}: every comment that came, on
// whichever text, by clause, party and instant.
std::string comments_json(const File& file);

}  // namespace entente::desk
