// Common properties are written in the order of the standard's tables; the id of an observable is
// asked of src/stix, on the object without its id.
#include "app/demo_builder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "stix/stix.h"

namespace entente::app {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kStartMs = 1'725'177'600'000;  // 2024-09-01T08:00:00Z
constexpr int64_t kSceneMs = 7 * 60 * kMinuteMs;
constexpr int64_t kVersionMs = 36 * 60 * kMinuteMs;

constexpr DemoTlp kTlp[] = {
    {"clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
    {"green", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"},
    {"amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
    {"amber+strict", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"},
    {"red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"},
    {"white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", true},
    {"green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", true},
    {"amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", true},
    {"red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", true},
};

}  // namespace

std::span<const DemoTlp> demo_tlp() { return kTlp; }

void Members::key(std::string_view key) {
  if (!members_.empty()) members_ += ',';
  append_json_quoted(members_, key);
  members_ += ':';
}

Members& Members::text(std::string_view name, std::string_view value) {
  key(name);
  append_json_quoted(members_, value);
  return *this;
}

Members& Members::raw(std::string_view name, std::string_view json) {
  key(name);
  members_ += json;
  return *this;
}

Members& Members::number(std::string_view name, int64_t value) {
  return raw(name, std::to_string(value));
}

Members& Members::list(std::string_view name, std::span<const std::string> values) {
  key(name);
  char separator = '[';
  for (const std::string& value : values) {
    members_ += std::exchange(separator, ',');
    append_json_quoted(members_, value);
  }
  members_ += ']';
  return *this;
}

Members& Members::append(const Members& other) {
  if (!members_.empty() && !other.members_.empty()) members_ += ',';
  members_ += other.members_;
  return *this;
}

DemoBuilder::DemoBuilder(const DemoIdentities& identities, uint64_t seed)
    : identities_(identities), random_(seed), now_ms_(kStartMs) {}

void DemoBuilder::enter(Scene scene) {
  scene_ = std::move(scene);
  now_ms_ += kSceneMs + static_cast<int64_t>(below(90)) * kMinuteMs;
}

uint64_t DemoBuilder::below(uint64_t bound) {
  std::array<uint8_t, 8> bytes;
  random_.fill(bytes);
  uint64_t value = 0;
  for (const uint8_t byte : bytes) value = value << 8 | byte;
  return value % bound;
}

std::string DemoBuilder::hex(size_t digits) {
  std::vector<uint8_t> bytes((digits + 1) / 2);
  random_.fill(bytes);
  return to_hex(bytes).substr(0, digits);
}

std::string DemoBuilder::random_id(std::string_view type) {
  std::array<uint8_t, 16> bytes;
  random_.fill(bytes);
  return std::string(type).append("--").append(uuid_from(bytes));
}

const Phrase& DemoBuilder::phrase(Topic topic) {
  const std::span<const Phrase> variants = phrases_of(topic);
  return variants[below(variants.size())];
}

std::string DemoBuilder::time_after(int64_t minutes) const {
  return format_time_ms(now_ms_ + minutes * kMinuteMs);
}

Added DemoBuilder::add(const Draft& draft) {
  Added added;
  const std::string id = draft.id.empty() ? random_id(draft.type) : draft.id;
  now_ms_ += static_cast<int64_t>(1'000 + below(60'000));
  for (unsigned version = 0; version < draft.versions; ++version) emit(draft, version, id, &added);
  return added;
}

void DemoBuilder::emit(const Draft& draft, unsigned version, const std::string& id, Added* added) {
  const bool is_marking = draft.type == "marking-definition";  // it has no versions [stix21 7.2.1]
  *added = {id, format_time_ms(now_ms_ + version * kVersionMs)};
  Members fields;
  fields.text("type", draft.type).text("spec_version", "2.1").text("id", id);
  fields.text("created_by_ref", own_identity()).text("created", format_time_ms(now_ms_));
  if (!is_marking) fields.text("modified", added->modified);
  if (draft.revoked && version + 1 == draft.versions) fields.raw("revoked", "true");
  if (draft.versions > 1)
    fields.number("confidence", std::min<int64_t>(90, 30 + 25 * static_cast<int64_t>(version)));
  if (draft.in_language) fields.text("lang", tag_of(scene_.language));
  if (!scene_.marks.empty()) fields.list("object_marking_refs", scene_.marks);
  if (!draft.granular.empty()) fields.raw("granular_markings", draft.granular);
  add_raw(fields.append(draft.fields).object());
}

std::string DemoBuilder::observe(std::string_view type, const Members& fields) {
  Members head, tail = fields;
  if (!scene_.marks.empty()) tail.list("object_marking_refs", scene_.marks);
  head.text("type", type).text("spec_version", "2.1");
  const std::string nameless = json::padded(Members(head).append(tail).object());
  json::Document document;
  CHECK(parser_.parse(nameless, &document));
  std::string id = stix::deterministic_id(document.root());
  if (id.empty()) id = random_id(type);
  add_raw(head.text("id", id).append(tail).object());
  return id;
}

std::string DemoBuilder::relate(std::string_view source, std::string_view relation,
                                std::string_view target) {
  Members fields;
  fields.text("relationship_type", relation).text("source_ref", source).text("target_ref", target);
  return add({.type = "relationship", .fields = fields, .id = {}, .in_language = false}).id;
}

void DemoBuilder::add_raw(std::string json) {
  objects_.push_back({std::string(demo_parties()[scene_.party].code),
                      std::string(scene_.collection), std::move(json)});
}

}  // namespace entente::app
