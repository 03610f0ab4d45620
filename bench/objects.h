// STIX 2.1 objects to measure with: valid, about 1 KB each on average, and a function of (seed,
// number) alone, so that whoever knows a number knows the object's id without having kept it.
//
//   Objects objects({.seed = 1, .creator = "identity--..."});
//   objects.append(7, text);                   // object number 7, as JSON
//   objects.id_of(7);
//
// Of 20 objects about 6 are indicators, 7 relationships, 2 malware, 2 sightings and 3 addresses
// (SCOs, smaller). Kinds and marks are drawn from the number, not dealt in turn. References go to
// objects with smaller numbers. Threads: const functions may be called from any thread. Cost: under
// 1 us an object.
#pragma once

#include <cstdint>
#include <string>

namespace entente::bench {

enum class ObjectKind : uint8_t { kIndicator, kMalware, kRelationship, kSighting, kAddress };

struct ObjectsOptions {
  uint64_t seed = 1;
  std::string creator;  // identity--UUID; empty: no created_by_ref
  // 0: levels CLEAR, GREEN, AMBER and RED in equal parts. n: the objects whose number is n / 2
  // modulo n are TLP:CLEAR, all others TLP:RED.
  uint64_t clear_every = 0;
};

class Objects {
 public:
  explicit Objects(ObjectsOptions options);

  void append(uint64_t number, std::string& out) const;
  std::string id_of(uint64_t number) const;
  ObjectKind kind_of(uint64_t number) const;
  bool is_clear(uint64_t number) const;

 private:
  uint64_t draw(uint64_t number, uint64_t purpose) const;
  void append_uuid(uint64_t number, std::string& out) const;
  void append_id(uint64_t number, std::string& out) const;
  // The nearest smaller number of that kind; `number` itself where there is none.
  uint64_t before(uint64_t number, ObjectKind kind) const;
  void append_head(uint64_t number, std::string& out) const;
  void append_words(uint64_t number, size_t bytes, std::string& out) const;
  void append_indicator(uint64_t number, std::string& out) const;
  void append_malware(uint64_t number, std::string& out) const;
  void append_relationship(uint64_t number, std::string& out) const;
  void append_sighting(uint64_t number, std::string& out) const;
  void append_address(uint64_t number, std::string& out) const;
  std::string address_of(uint64_t number) const;

  ObjectsOptions options_;
  std::string creator_member_;
};

}  // namespace entente::bench
