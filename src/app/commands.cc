// What the commands share.
#include "app/commands.h"

#include <fmt/format.h>

#include "app/procedure_commands.h"
#include "app/release_commands.h"
#include "app/signing_commands.h"
#include "stix/timestamp.h"

namespace entente::app {

Result<Outcome> run_command(Desk& desk, const Fields& request) {
  const std::string name = request.text("command");
  Command command = directory_command(name);
  if (command == nullptr) command = access_command(name);
  if (command == nullptr) command = content_command(name);
  if (command == nullptr) command = explain_command(name);
  if (command == nullptr) command = release_command(name);
  if (command == nullptr) command = label_command(name);
  if (command == nullptr) command = recall_command(name);
  if (command == nullptr) command = procedure_command(name);
  if (command == nullptr) command = watch_command(name);
  if (command == nullptr) command = signing_command(name);
  if (command == nullptr) command = supervision_command(name);
  if (command == nullptr) return fail(Code::kNotFound, fmt::format("no command '{}'", name));
  return command(desk, request);
}

void note(Desk& desk, std::string_view party, std::string_view action, std::string_view object,
          std::optional<uint64_t> count) {
  desk.audit.add({.party = party,
                  .by = "operator",
                  .action = action,
                  .collection = {},
                  .object = object,
                  .count = count,
                  .status = 200,
                  .request = {}});
}

void note(Desk& desk, const Fields& request, std::string_view action, std::string_view object,
          std::optional<uint64_t> count) {
  note(desk, request.text("party"), action, object, count);
}

Result<exchange::Principal> party_of(const Desk& desk, const Fields& request) {
  const std::string code = request.text("party");
  if (code.empty()) return fail(Code::kInvalid, "name the party: --party CODE");
  return desk.node.as_party(code);
}

Result<const release::Collection*> collection_of(const exchange::View& view,
                                                 const Fields& request) {
  const std::string name = request.text("collection");
  if (name.empty()) return nullptr;
  const release::Collection* found = view.collection(name);
  if (found == nullptr)
    return fail(Code::kNotFound, fmt::format("no collection '{}' for this party", name));
  return found;
}

std::optional<int64_t> parse_instant_us(std::string_view text) {
  constexpr size_t kDateSize = 10;
  std::string whole(text);
  if (whole.size() == kDateSize) whole += "T00:00:00Z";
  const auto parsed = stix::parse_timestamp(whole);
  if (!parsed) return std::nullopt;
  return parsed->us();
}

}  // namespace entente::app
