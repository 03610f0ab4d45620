// The commands of the operator, as functions of a node and a request: what the command line runs itself when it has opened
// the directory, and what the server runs for it when it has not. A request is a JSON object with a "command" and its
// arguments; an outcome is a JSON object and the exit code of the process that asked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/audit.h"
#include "app/json_text.h"
#include "base/random.h"
#include "base/result.h"
#include "exchange/importer.h"
#include "exchange/node.h"
#include "store/files.h"
#include "store/journal.h"

namespace entente::watch {
class Watch;
}
namespace entente::supervision {
class Supervision;
}
namespace entente::desk {
class Shelf;
}

namespace entente::app {

// Exit codes of the program, and of commands.
inline constexpr int kExitDone = 0;    // done
inline constexpr int kExitFound = 1;   // done, but something was refused, is missing or is wrong
inline constexpr int kExitFailed = 2;  // could not run

// What every command works on. Borrowed; const functions of it are for any thread.
struct Desk {
  exchange::Node& node;
  Random& random;
  store::Files& files;
  Audit& audit;
  const store::Recovery& recovery;
  std::string directory;
  watch::Watch* watch = nullptr;                    // the server's; null: commands make their own
  supervision::Supervision* supervision = nullptr;  // likewise
  desk::Shelf* shelf = nullptr;                     // likewise, of procedures
};

struct Outcome {
  std::string json;
  int exit_code = kExitDone;
};

// How far a long command is. `total` 0: not known.
struct Progress {
  uint64_t objects = 0;
  uint64_t done = 0, total = 0;  // bytes, or records for verify
};
using ProgressSink = std::function<void(const Progress&)>;

// Takes a piece of output; an error ends the command with it.
using Output = std::function<Result<void>(std::string_view piece)>;

// Commands that answer at once; of their arguments, those that need not be there stand in brackets:
//   party-add code [name identity role]     group-add code [name retroactive]       key-new code [role only_collections
//   party-rename party [code name]          group-member group member [from until]    clearances exercise]
//   party-split party into [at]             group-leave group member [until]         key-list
//   party-merge parties party [at]          group-retroactive group switch           key-revoke id
//   party-list                              group-list                               policy-add file
//   clearance-add party clearance [from until]                                       policy-list
//   clearance-end party policy [until]      authority-add party marking|any [content]
//   clearance-list                          authority-end party marking|any          authority-list
//   collection-add alias [title description read write default]                      stats [party]
//   collection-readers alias read           collection-list                          get id party [collection versions]
//   list party [collection type added_after limit]  clock [switch]
//   preview party for id text collection   why as code id
//   recall party id reason                 recalls        audit party since after
//   observe party text [collection markings keep_all dry_run]   watch party
//   screen party body parameters    owners|holdings party id parameters    rush party parameters
//   decide party body parameters   cluster party id   rescreen party parameters
Result<Outcome> run_command(Desk& desk, const Fields& request);

// Commands of run_command by what they are about; nullptr: not among these.
using Command = Result<Outcome> (*)(Desk& desk, const Fields& request);
Command directory_command(std::string_view name);    // directory_commands.cc
Command access_command(std::string_view name);       // access_commands.cc
Command content_command(std::string_view name);      // content_commands.cc
Command explain_command(std::string_view name);      // explain_commands.cc
Command recall_command(std::string_view name);       // recall_commands.cc
Command watch_command(std::string_view name);        // watch_commands.cc
Command supervision_command(std::string_view name);  // supervision_commands.cc

// party, collection, strict, dry_run. The outcome is to_json of the report, with details. `reopens`: `open` can be called
// twice and gives the same bytes; otherwise a strict import is kept in a temporary file of the directory first.
struct ImportInput {
  exchange::OpenSource open;
  bool reopens = false;
};
Result<Outcome> run_import(Desk& desk, const Fields& request, const ImportInput& input,
                           const ProgressSink& progress);

// party, collection, type, format, versions. `begin` is told the number of entries that are looked through, before output.
Result<void> run_export(Desk& desk, const Fields& request,
                        const std::function<Result<void>(uint64_t entries)>& begin,
                        const Output& output);

// Checks journal, indexes and audit log.
Result<Outcome> run_verify(Desk& desk, const ProgressSink& progress);

// Copies the node into the directory that the request names as "to", or as a tar stream into `output`. The stream is made
// from a copy in the data directory, which needs as much room as the journal.
Result<Outcome> run_backup(Desk& desk, const Fields& request, const ProgressSink& progress);
Result<void> run_backup_stream(Desk& desk, const Output& output);

// The party that a request is for, and a view of its world.
Result<exchange::Principal> party_of(const Desk& desk, const Fields& request);
// A line in the audit log: the operator did that for that party, or for the party that a request names.
void note(Desk& desk, std::string_view party, std::string_view action, std::string_view object,
          std::optional<uint64_t> count = {});
void note(Desk& desk, const Fields& request, std::string_view action, std::string_view object,
          std::optional<uint64_t> count = {});
// The collection that a request names, within that party's sight; null if it names none.
Result<const release::Collection*> collection_of(const exchange::View& view, const Fields& request);

// An instant as the command line takes it: RFC 3339, or a date (its first moment). nullopt otherwise.
std::optional<int64_t> parse_instant_us(std::string_view text);

}  // namespace entente::app
