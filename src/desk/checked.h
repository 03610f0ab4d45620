// Which entries carry a signature that fits, kept beyond the process that found it out: checking is what a first question
// about many procedures spends most of its time on. A view: what is not here is checked anew, and nothing depends on it.
//
//   CheckedSignatures checked;
//   checked.read(bytes, node_key);                       // of checked.text(node_key), earlier
//   if (const auto key = checked.find(position, tick)) ...
//   checked.note(position, tick, key);
//
// Kept is, for an entry, the tick of its batch and the key that signed it; only what fits. Entries never change, and ticks
// rise strictly, so that an entry of another journal in the same place is not taken for it. The file is authenticated with
// the node's key: a file that is damaged, or of another node, is as if there were none. What a key is worth is not kept.
//
// Threads: any. Cost: a lookup under a mutex; 20 bytes an entry in the file.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/signature.h"
#include "store/journal.h"

namespace entente::desk {

class CheckedSignatures {
 public:
  // False, and nothing is changed: not what text() wrote under this key.
  bool read(std::string_view bytes, std::string_view node_key);
  std::string text(std::string_view node_key) const;
  // How many were noted since read() or mark_saved().
  size_t unsaved() const;
  void mark_saved();

  // The key whose signature fits; nullopt: not known.
  std::optional<PublicKey> find(store::Position position, int64_t tick_ms) const;
  // Past limits::kCheckedMax nothing more is kept.
  void note(store::Position position, int64_t tick_ms, const PublicKey& key);

 private:
  struct Kept {
    int64_t tick_ms = 0;
    uint32_t key = 0;  // in keys_
  };
  mutable std::mutex mutex_;
  std::vector<PublicKey> keys_;
  std::map<PublicKey, uint32_t> numbers_;
  std::unordered_map<store::Position, Kept> entries_;
  size_t unsaved_ = 0;
};

}  // namespace entente::desk
