// Atoms as bytes, for the journal: fixed-size integers in the machine's order, texts and lists
// preceded by their counts. Encodings are read by the node that wrote them; decode nevertheless
// trusts nothing.
#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "release/label.h"

namespace entente::release {
namespace {

constexpr uint8_t kForm = 1;  // of the encoding: another form gets another number

class Writer {
 public:
  template <class T>
  void put(T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put_text(const std::string& text) {
    put(static_cast<uint16_t>(text.size()));
    out.append(text);
  }
  void put_texts(const std::vector<std::string>& texts) {
    put(static_cast<uint32_t>(texts.size()));
    for (const std::string& text : texts) put_text(text);
  }
  std::string out;
};

class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T take() {
    T value{};
    if (rest_.size() < sizeof value) {
      is_good_ = false;
    } else {
      std::memcpy(&value, rest_.data(), sizeof value);
      rest_.remove_prefix(sizeof value);
    }
    return value;
  }
  // A count of things that take a byte or more each.
  size_t count() {
    const uint32_t value = take<uint32_t>();
    if (value > rest_.size()) is_good_ = false;
    return is_good_ ? value : 0;
  }
  std::string text() {
    const size_t size = take<uint16_t>();
    if (!is_good_ || rest_.size() < size) {
      is_good_ = false;
      return {};
    }
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> out;
    for (size_t left = count(); left > 0 && is_good_; --left) out.push_back(text());
    return out;
  }
  bool is_good() const { return is_good_; }
  bool is_done() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace

std::string encode(const Atom& atom) {
  Writer writer;
  writer.put(kForm);
  writer.put(atom.originator);
  writer.put(atom.collection);
  writer.put(atom.tlp_levels);
  writer.put(atom.default_level);
  writer.put(atom.pap_levels);
  writer.put(static_cast<uint8_t>(atom.unknown));
  writer.put(atom.audience);
  writer.put(atom.community);
  writer.put(atom.embargo_until_ms);
  writer.put(static_cast<uint32_t>(atom.releasable_to.size()));
  for (const auto& list : atom.releasable_to) writer.put_texts(list);
  writer.put(static_cast<uint32_t>(atom.classifications.size()));
  for (const Classification& one : atom.classifications) {
    writer.put_text(one.policy);
    writer.put_text(one.level);
    writer.put_texts(one.categories);
  }
  writer.put_texts(atom.exercises);
  return std::move(writer.out);
}

Result<Atom> decode_atom(std::string_view bytes) {
  Taker taker(bytes);
  Atom atom;
  const bool is_form = taker.take<uint8_t>() == kForm;
  atom.originator = taker.take<PartyNumber>();
  atom.collection = taker.take<CollectionNumber>();
  atom.tlp_levels = taker.take<uint8_t>();
  atom.default_level = taker.take<uint8_t>();
  atom.pap_levels = taker.take<uint8_t>();
  const uint8_t unknown = taker.take<uint8_t>();
  atom.unknown = unknown != 0;
  atom.audience = taker.take<uint32_t>();
  atom.community = taker.take<uint32_t>();
  atom.embargo_until_ms = taker.take<int64_t>();
  for (size_t left = taker.count(); left > 0 && taker.is_good(); --left)
    atom.releasable_to.push_back(taker.texts());
  for (size_t left = taker.count(); left > 0 && taker.is_good(); --left) {
    Classification one;
    one.policy = taker.text();
    one.level = taker.text();
    one.categories = taker.texts();
    atom.classifications.push_back(std::move(one));
  }
  atom.exercises = taker.texts();
  if (!taker.is_done() || !is_form || unknown > 1)
    return fail(Code::kCorrupt, "the record of an atom is damaged");
  Atom canonical = atom;
  canonicalise(canonical);
  if (canonical != atom) return fail(Code::kCorrupt, "the record of an atom is out of order");
  return atom;
}

}  // namespace entente::release
