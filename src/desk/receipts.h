// Receipts of texts that parties fetch, by whatever way: a page of TAXII, an object, an export, the API.
//
//   ReceiptWriter receipts(node, random, signer);
//   taxii::Server taxii(node, random, title, [&](const auto& view, auto positions) { receipts.served(view, positions); });
//
// A receipt is the party's own act, signed with its key and released to those who may know of the text (docket.h); it is
// durable before the text goes out. None is made where a pack asks for none, where the party has received the text, for
// principals who see less than their party, and where the node has no key of the party: then it acknowledges by itself.
//
// Threads: any. Cost of a page without procedures: some 30 ns an entry.
#pragma once

#include <span>

#include "base/random.h"
#include "exchange/node.h"
#include "release/signed_object.h"

namespace entente::desk {

class ReceiptWriter {
 public:
  // All borrowed.
  ReceiptWriter(exchange::Node& node, Random& random, release::Signer& signer)
      : node_(node), random_(random), signer_(signer) {}

  void served(const exchange::View& view, std::span<const store::Position> positions);

 private:
  exchange::Node& node_;
  Random& random_;
  release::Signer& signer_;
};

}  // namespace entente::desk
