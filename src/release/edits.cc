// Edits as values: applied to bytes, and encoded.
//
// The encoding of edits is a count and, for each, the distance from the end of the one before, its
// length times two plus whether a number follows, and the number; all as varints, seven bits a byte,
// low ones first, in their shortest form. An edit that takes out 40 bytes in the first hundred is
// three bytes. Editions are the mask of valid ones and, for each of them but the whole object, the
// size of its edits and the edits.
#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/limits.h"
#include "release/redaction.h"

namespace entente::release {
namespace {

void put_varint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

bool take_varint(std::string_view* bytes, uint64_t* value) {
  if (!bytes->empty() && static_cast<uint8_t>(bytes->front()) < 0x80) {
    *value = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    return true;
  }
  *value = 0;
  for (unsigned shift = 0; shift < 63 && !bytes->empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    *value |= uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return byte != 0 || shift == 0;
  }
  return false;
}

size_t digits_of(uint32_t number) {
  size_t digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return digits;
}

Result<void> corrupt() { return fail(Code::kCorrupt, "the edits of an object are damaged"); }

}  // namespace

size_t Edits::bytes_after(size_t object_bytes) const {
  for (const Edit& edit : list_) {
    object_bytes -= edit.end - edit.begin;
    if (edit.number != Edit::kNothing) object_bytes += digits_of(edit.number);
  }
  return object_bytes;
}

char* Edits::write(std::string_view bytes, char* out) const {
  CHECK(list_.empty() || list_.back().end <= bytes.size());
  size_t from = 0;
  for (const Edit& edit : list_) {
    std::memcpy(out, bytes.data() + from, edit.begin - from);
    out += edit.begin - from;
    if (edit.number != Edit::kNothing) {
      out = std::to_chars(out, out + digits_of(edit.number), edit.number).ptr;
    }
    from = edit.end;
  }
  if (from == bytes.size()) return out;
  std::memcpy(out, bytes.data() + from, bytes.size() - from);
  return out + (bytes.size() - from);
}

void Edits::append_to(std::string_view bytes, std::string* out) const {
  const size_t before = out->size();
  out->resize(before + bytes_after(bytes.size()));
  const char* end = write(bytes, out->data() + before);
  CHECK(end == out->data() + out->size());
}

std::string Edits::apply(std::string_view bytes) const {
  std::string out;
  append_to(bytes, &out);
  return out;
}

std::string Edits::encode() const {
  std::string out;
  put_varint(list_.size(), &out);
  uint32_t from = 0;
  for (const Edit& edit : list_) {
    const bool has_number = edit.number != Edit::kNothing;
    put_varint(edit.begin - from, &out);
    put_varint(uint64_t{edit.end - edit.begin} << 1 | uint64_t{has_number}, &out);
    if (has_number) put_varint(edit.number, &out);
    from = edit.end;
  }
  return out;
}

Result<void> Edits::decode(std::string_view encoded, size_t object_bytes, Edits* out) {
  out->list_.clear();
  uint64_t count = 0;
  if (!take_varint(&encoded, &count) || count > encoded.size() / 2) return corrupt();
  uint64_t from = 0;
  for (; count > 0; --count) {
    uint64_t gap = 0;
    uint64_t length = 0;
    uint64_t number = Edit::kNothing;
    if (!take_varint(&encoded, &gap) || !take_varint(&encoded, &length)) return corrupt();
    const bool has_number = (length & 1) != 0;
    length >>= 1;
    if (has_number && (!take_varint(&encoded, &number) || number >= Edit::kNothing))
      return corrupt();
    if (length == 0 || gap > object_bytes - from || length > object_bytes - from - gap)
      return corrupt();
    const uint64_t begin = from + gap;
    from = begin + length;
    if (from > UINT32_MAX) return corrupt();
    out->list_.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(from), static_cast<uint32_t>(number)});
  }
  return encoded.empty() ? Result<void>{} : corrupt();
}

std::string encode(const Editions& editions) {
  std::string out;
  put_varint(editions.valid, &out);
  for (uint32_t mask = 1; mask < editions.edits.size(); ++mask) {
    if ((editions.valid >> mask & 1) == 0) continue;
    const std::string edits = editions.edits[mask].encode();
    put_varint(edits.size(), &out);
    out.append(edits);
  }
  return out;
}

Result<void> find_edition(std::string_view encoded, uint32_t mask, size_t object_bytes,
                          Edits* out) {
  out->clear();
  uint64_t valid = 0;
  if (!take_varint(&encoded, &valid) || (valid & 1) == 0 || valid > UINT32_MAX) return corrupt();
  if (mask >= 32 || (valid >> mask & 1) == 0)
    return fail(Code::kNotFound, "there is no edition without those parts");
  if (mask == 0) return {};
  for (uint32_t at = 1; at <= mask; ++at) {
    if ((valid >> at & 1) == 0) continue;
    uint64_t size = 0;
    if (!take_varint(&encoded, &size) || size > encoded.size()) return corrupt();
    if (at == mask) return Edits::decode(encoded.substr(0, size), object_bytes, out);
    encoded.remove_prefix(size);
  }
  return corrupt();
}

}  // namespace entente::release
