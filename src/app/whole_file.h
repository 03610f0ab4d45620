// A whole input in memory, to be read in place: mapped where it is a plain file, else read and, if it is
// compressed, decompressed.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::app {

// Movable; the text lives as long as it does. Behind the text are json::kPaddingBytes readable bytes.
class WholeFile {
 public:
  // "-" is standard input. kNotFound, kInvalid as open_input.
  static Result<WholeFile> open(const std::string& path);
  WholeFile(WholeFile&& other) noexcept;
  WholeFile& operator=(WholeFile&&) = delete;
  ~WholeFile();

  std::string_view text() const;

 private:
  WholeFile() = default;
  std::string owned_;
  void* map_ = nullptr;
  size_t size_ = 0;  // of the text
};

}  // namespace entente::app
