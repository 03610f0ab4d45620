// What surfaces say of procedures, as JSON: the same on the command line and over the API.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/docket.h"

namespace entente::desk {

// The act by which a party puts a further document, or objects, to a case.
inline constexpr std::string_view kAttachAct = "attach";

// The current text of a procedure.
const std::string& text_of(const File& file);

// {"state":...,"closes":...,"received":[...],"broken_by":[...],"outcome":null|"adopted"...}; closes is null while silence
// stands still.
std::string silence_json(const File& file);

// {"id":...,"pack":...,"title":...,"parties":[{"code":...,"roles":[...]}],"phase":...,"outcome":...,"clocks":[{"name":...,
// "start":...,"stops":[{"from":...,"until":...,"reason":...}],"end":...}],"erase_by":...,"attachments":[...],"filing":{...}}
std::string case_json(const Docket& docket, const File& file, const procedure::Places& places);

// The same with every act and its verdict.
std::string procedure_json(const Docket& docket, const File& file, const procedure::Places& places);

// The acts of a file that attach something and count, in order of instant.
std::vector<const procedure::Record*> attachments_of(const File& file);
// [{"record":...,"by":...,"at":...,"reason":...,"bytes":N,"objects":[{"id":...,"here":...}]}]: bytes of the document; whether
// each object is in the reader's world.
std::string attachments_json(const Docket& docket, const File& file);
// Whether a world has anything under an id.
bool is_here(const exchange::View& view, std::string_view id);

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
