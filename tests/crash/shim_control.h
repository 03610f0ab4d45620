// The test's side of the library that watches and breaks a server's journal files (shim.cc): gives the server its
// environment, gives orders and reads the trace. Threads: one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/crash/binary.h"
#include "tests/crash/trace.h"

namespace entente::testing {

// One call, copied out of the shared file.
struct Call {
  Event event;
  uint64_t file = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
  int status = 0;
  std::string request;
};

class Shim {
 public:
  Shim();
  ~Shim();
  Shim(const Shim&) = delete;
  Shim& operator=(const Shim&) = delete;

  // False, with a message, where a library cannot be loaded into the program: builds with a sanitizer.
  static bool usable(const char* test);
  Environment environment() const;
  bool loaded() const { return shared_->loaded.load() > 0; }
  Faults& faults() { return shared_->faults; }
  void heal();                      // breaks nothing from now on
  std::vector<Call> trace() const;  // so far; CHECKs that it is whole

 private:
  TemporaryDirectory directory_;
  Shared* shared_ = nullptr;
};

}  // namespace entente::testing
