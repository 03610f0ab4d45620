// The outcome of a procedure as one document that anybody can verify without a node: the rule pack, every record, who was
// of the format when, and what follows from them.
//
//   {"record":{"form":"entente-outcome-1","pack_text":...,"roster":[...],"opening":{...},"acts":[...],"as_of":...,
//    "outcome":...,"since":...},"sha256":"..."}
//
// Verifying folds the records anew and compares. It proves that the outcome follows from the records, by the rules that
// are in the document; who wrote the records it cannot prove: no record carries a signature yet.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/docket.h"

namespace entente::desk {

inline constexpr std::string_view kOutcomeForm = "entente-outcome-1";

// kNotFound: no such procedure in the docket's world; kUnprocessable: it has no outcome yet.
Result<std::string> outcome_record(const Docket& docket, std::string_view id);

// {"ok":...,"id":...,"outcome":...,"since":...,"records":N,"problems":[...]}
std::string verify_outcome(std::string_view text, bool* is_ok);

// {"comments":[{"party":...,"at":...,"verdict":...,"reason":...,"text":...,"about":...}]}: every comment that came, on
// whichever text, by party and instant.
std::string comments_json(const File& file);

}  // namespace entente::desk
