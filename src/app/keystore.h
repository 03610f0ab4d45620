// The private keys that the node signs with for its parties: one file each in a directory of its own, DIR/keystore, mode
// 0600, named by its public key. They are in no backup of the node: who takes a copy of that directory keeps it apart.
//
//   Keystore keystore(node, files, random, directory);
//   const SigningKey key = TRY(keystore.key_for(party));   // made and put into the directory if the party never had one
//
// Threads: any; one key is made at a time.
#pragma once

#include <mutex>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "exchange/node.h"
#include "release/signed_object.h"
#include "store/files.h"

namespace entente::app {

class Keystore final : public release::Signer {
 public:
  // All borrowed.
  Keystore(exchange::Node& node, store::Files& files, Random& random, std::string data_directory);

  // kForbidden: the party signs with keys that are not here.
  Result<SigningKey> key_for(release::PartyNumber party) override;
  // Makes a key, keeps it, and enters it into the directory.
  Result<SigningKey> make(release::PartyNumber party);
  bool holds(const PublicKey& key) const;

 private:
  std::string path_of(const PublicKey& key) const;
  Result<SigningKey> make_one(release::PartyNumber party);

  exchange::Node& node_;
  store::Files& files_;
  Random& random_;
  const std::string folder_;
  std::mutex mutex_;
};

}  // namespace entente::app
