// The natural persons whom a case concerns, and who has read what about them: for the party that opened the case, which
// answers for their data.
//
//   const std::vector<Person> persons = TRY(persons_of(docket, *file));
//   auto json = access_json(docket, *file, "Ana Lima", lines, audit);
//
// Persons are those under `persons` of the filing, and whatever identity of class individual the filing or an attachment
// names by its STIX id and the asker's world has. What is told of access is the asking party's own: its lines of the audit
// log, and the receipts of others that they have let it see.
//
// Threads: as a Docket. Cost: a parse of the filing, a look-up for each identity in it, and a walk through the party's log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/audit_query.h"
#include "base/result.h"
#include "desk/docket.h"

namespace entente::desk {

struct Person {
  std::string id, name;               // either may be empty
  std::vector<std::string> named_in;  // ids of the records: the opening, acts that attach
};

// In the order in which they are named, each once. kTooLarge: more than limits::kPersonsMax.
Result<std::vector<Person>> persons_of(const Docket& docket, const File& file);

// {"id":...,"person":{"id":...,"name":...},"named_in":[...],"received":[{"party":...,"at":...,"act":...,"record":...,
// "text":...}],"reads":{"items":[LINE,...],"next":...}}: which other parties have had the filing, by their first record that
// shows it for each text; then the asking party's own lines about the case, the records that name the person, and the
// person's object. `who` is an id or a name. kForbidden: another party opened the case; kNotFound: it names no such person;
// kInvalid: nobody is asked for, or several are called so; kTooLarge: as persons_of().
Result<std::string> access_json(const Docket& docket, const File& file, std::string_view who,
                                AuditQuery lines, const AuditPage& audit);

}  // namespace entente::desk
