// Any bytes as the record of an outcome: verifying ends with an answer, and nothing that was not signed passes.
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "desk/outcome.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  bool is_ok = true;
  const std::string report = entente::desk::verify_outcome(bytes, {}, &is_ok);
  CHECK(report.starts_with("{\"ok\":"));
  CHECK(is_ok == report.starts_with("{\"ok\":true"));
  if (is_ok) CHECK(bytes.find("\"signature\"") != std::string_view::npos);
  // As a list of keys it is trusted by nobody who reads it as one: the empty document names no keys at all.
  bool is_ok_with_keys = true;
  (void)entente::desk::verify_outcome(bytes, bytes.empty() ? "{}" : bytes, &is_ok_with_keys);
  CHECK(!is_ok_with_keys || is_ok);
  return 0;
}
