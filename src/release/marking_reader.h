// How marking definitions are read strictly: members one by one, each taken or complained of.
//
// Private to this module: release_marking.cc reads our own, foreign_marking.cc those of others.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "release/release_marking.h"

namespace entente::release {

// An object within a marking definition, with the pointer to it. Every member must be asked for, or
// finish() complains of it.
class MarkingReader {
 public:
  MarkingReader(json::Value object, std::string pointer, ReleaseMarking& out)
      : object_(object), pointer_(std::move(pointer)), out_(out) {}

  void complain(std::string_view key, std::string detail);
  // A member of that name, now known; nullopt: absent.
  std::optional<json::Value> take(std::string_view key);
  // Known, but of no concern to who may read.
  void ignore(std::initializer_list<std::string_view> keys);
  // Strings of 1 to limits::kCodeBytesMax bytes; nullopt: absent or complained of.
  std::optional<std::string> word(std::string_view key);
  std::optional<std::vector<std::string>> words(std::string_view key, size_t max);
  std::optional<int64_t> time_ms(std::string_view key);  // rounded up
  // Must be "property-extension".
  void extension_type();
  void finish();
  std::string pointer(std::string_view key) const;

 private:
  json::Value object_;
  std::string pointer_;
  ReleaseMarking& out_;
  std::vector<std::string> known_;
};

// Markings of others, by their extension.
void read_pap(json::Value extension, ReleaseMarking& out);
void read_iep(json::Value extension, ReleaseMarking& out);
void read_acs(json::Value extension, ReleaseMarking& out);

std::optional<Pap> pap_from(std::string_view word);

}  // namespace entente::release
