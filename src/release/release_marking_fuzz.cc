// Any bytes as a marking definition: read without harm; what is not understood closes the atom; what is
// understood makes an atom that survives its encoding; reading twice says the same.
#include <cstdint>
#include <string>

#include "base/result.h"
#include "json/json.h"
#include "release/release_marking.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  using namespace entente::release;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // As bytes of an atom, too: what decodes encodes to the same.
  if (const auto atom = decode_atom(text)) CHECK(encode(*atom) == text);
  const std::string bytes = json::padded(text);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(bytes, &document)) return 0;
  const ReleaseMarking marking = read_release_marking(document.root());
  const ReleaseMarking again = read_release_marking(document.root());
  CHECK(marking.reasons.size() == again.reasons.size());
  CHECK(marking.is_understood() || marking.has_limit());
  Atom atom;
  atom.originator = 0;
  add(atom, marking);
  canonicalise(atom);
  CHECK(atom.unknown == !marking.is_understood());
  const auto back = decode_atom(encode(atom));
  CHECK(back.has_value());
  CHECK(*back == atom);
  return 0;
}
