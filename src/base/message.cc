#include "base/message.h"

#include "base/text.h"

namespace entente {

const std::string* Request::header(std::string_view name) const {
  for (const Header& one : headers) {
    if (equal_ignoring_case(one.name, name)) return &one.value;
  }
  return nullptr;
}

size_t Body::size() const {
  size_t total = text.size();
  for (const std::string_view slice : slices) total += slice.size();
  return total;
}

std::string Body::flatten() const {
  std::string out;
  out.reserve(size());
  out.append(text);
  for (const std::string_view slice : slices) out.append(slice);
  return out;
}

}  // namespace entente
