// What surfaces say of procedures, as JSON: the same on the command line and over the API.
#pragma once

#include <string>

#include "desk/docket.h"

namespace entente::desk {

// The current text of a procedure.
const std::string& text_of(const File& file);

// {"state":...,"closes":...,"received":[...],"broken_by":[...],"outcome":null|"adopted"...}; closes is null while silence
// stands still.
std::string silence_json(const File& file);

// {"id":...,"pack":...,"title":...,"parties":[{"code":...,"roles":[...]}],"phase":...,"outcome":...,"clocks":[{"name":...,
// "start":...,"stops":[{"from":...,"until":...,"reason":...}],"end":...}],...}
std::string case_json(const File& file, const procedure::Places& places);

// The same with every act and its verdict.
std::string procedure_json(const File& file, const procedure::Places& places);

// Of a meeting: {"id":...,"title":...,"begins":...,"state":...,"agenda":[{"point":1,"record":...,"by":...,"text":...}],
// "documents":[...],"attendance":[{"party":...,"comes":true}],"decisions":[...],"actions":[{...,"until":...,"done":...}]}. Points
// are numbered as the reader sees them.
std::string meeting_json(const File& file);
// Of a commitment: {"id":...,"requirement":...,"until":...,"members":[{"party":...,"assessment":"met"|"partly-met"|"not-met"|
// null,"reason":...,"at":...,"overdue":...,"before":[...]}]}: as far as each member lets the reader see it.
std::string commitment_json(const File& file);

// What is to be done as text for people, one line each; nothing of what the docket does not look at.
std::string todo_text(const Docket& docket);

// {"due":[{"id":...,"act":...,"by":"instant","left_s":N}],"waiting":[{"id":...,"act":...,"from":[...],"by":...,"left_s":N}]},
// the earliest first; by and left_s are null where no clock runs.
std::string todo_json(const Docket& docket);

// [{"id":...,"pack":...,"title":...,"state":...,"outcome":...,"opened":...,"by":...}]
std::string procedures_json(const Docket& docket);
// [{"name":...,"version":...,"title":...,"from":...,"until":...,"unverified":N}]
std::string packs_json();

// Takes reason, text and until out of a text that is a JSON object of nothing else. kInvalid: its until is no instant.
Result<void> take_members(procedure::Record* record);

}  // namespace entente::desk
