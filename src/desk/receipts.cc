// A receipt that cannot be made (a full disk, no key) is not made: the text goes out all the same, and the clock waits.
#include "desk/receipts.h"

#include <set>
#include <string>

#include "desk/docket.h"

namespace entente::desk {

void ReceiptWriter::served(const exchange::View& view, std::span<const store::Position> positions) {
  const exchange::Principal& reader = view.reader();
  const release::Party* party = view.state().directory->party(reader.party);
  if (!reader.restriction.is_none() || party == nullptr || party->code == release::kPublicCode)
    return;
  std::set<std::string> records, procedures;
  std::string scratch;
  for (const store::Position position : positions) {
    const std::string type = view.type(position);
    if (type == kProcedureType) {
      const std::string id = view.name(position).id;
      records.insert(id);
      procedures.insert(id);
    } else if (type == kActType) {
      const auto act = read_act(view.edition(position, &scratch), {});
      if (!act || act->record.text.empty()) continue;
      records.insert(act->record.id);
      procedures.insert(act->procedure);
    }
  }
  if (procedures.empty()) return;
  exchange::Principal as = reader;
  as.role = release::Role::kContributor;  // the node writes for whoever reads
  Docket docket(node_, random_, as, &signer_);
  for (const std::string& id : procedures) (void)docket.receive(id, &records);
}

}  // namespace entente::desk
