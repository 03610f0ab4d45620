// Objects that refer to others' objects may not be released more widely than those: a note about a
// report would tell of the report to those who may not read it.
#pragma once

#include "exchange/ingest.h"
#include "exchange/view.h"

namespace entente::exchange {

inline constexpr std::string_view kWiderThanSource = "label-wider-than-source";

// Refuses, of a submission, the notes, opinions, reports, groupings, relationships, sightings, decisions about identities,
// screenings and acts of procedures that some party
// would read who may not read one of the objects they refer to. Counted are targets that the writer
// sees, so that a guess at hidden ones learns nothing, and that are not its own: of its own the writer
// may say what it likes, and what another originator has released by an act is released. The message
// lists the targets. Costs a lookup for each reference of such an object.
void refuse_wider(const View& writer, Submission& submission, const FindingSink& findings);

}  // namespace entente::exchange
