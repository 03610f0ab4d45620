// How records are committed to. The order of what is hashed is part of the format: salt, references, bytes; the counts
// of references and bytes are among the fixed columns, which the chain covers, so the border between them is fixed.
#include "store/seal.h"

#include <cstring>

#include "store/journal.h"

namespace entente::store {

BufferedRandom::~BufferedRandom() {
  // What was not handed out must not be found in memory later.
  volatile uint8_t* bytes = buffer_.data();
  for (size_t i = 0; i < buffer_.size(); ++i) bytes[i] = 0;
}

void BufferedRandom::fill(std::span<uint8_t> out) {
  if (out.size() > buffer_.size()) return source_.fill(out);
  if (buffer_.size() - used_ < out.size()) {
    source_.fill(buffer_);
    used_ = 0;
  }
  std::memcpy(out.data(), buffer_.data() + used_, out.size());
  std::memset(buffer_.data() + used_, 0, out.size());
  used_ += out.size();
}

Digest commitment_of(const Salt& salt, std::span<const uint64_t> references,
                     std::string_view bytes) {
  const std::string_view targets{reinterpret_cast<const char*>(references.data()),
                                 references.size_bytes()};
  return sha256({as_text(salt), targets, bytes});
}

Digest next_link(const Digest& link, std::string_view columns, const Digest& commitment) {
  return sha256({as_text(link), columns, as_text(commitment)});
}

Sealed seal(std::string_view bytes, std::span<const uint64_t> references, Random& random) {
  Sealed sealed;
  random.fill(sealed.salt);
  sealed.commitment = commitment_of(sealed.salt, references, bytes);
  sealed.bytes = bytes;
  sealed.references = references;
  return sealed;
}

}  // namespace entente::store
