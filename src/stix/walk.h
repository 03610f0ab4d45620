// One walk over one object: values against their forms, the header on the way, findings as they
// come.
//
// Private to this module: examiner.cc drives it, values.cc, containers.cc, constraints.cc,
// extensions.cc, marking.cc and granular.cc are its parts. A Walk lives in an Examiner and keeps
// its buffers from object to object.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "stix/finding.h"
#include "stix/identifier.h"
#include "stix/schema.h"
#include "stix/stix.h"

namespace entente::stix {

// One object being walked: which of its type's properties were seen, and where.
struct Frame {
  json::Value object;
  const Compiled* schema;
  uint64_t seen = 0;
  uint32_t at[64];  // node of each property seen

  Frame(json::Value value, const Compiled& compiled) : object(value), schema(&compiled) {}
  bool has(unsigned number) const { return (seen >> number & 1) != 0; }
  json::Value value(unsigned number) const { return {&object.document(), at[number]}; }
  // The value of the type's property of that name, if present.
  std::optional<json::Value> get(std::string_view name) const {
    const uint16_t number = schema->index.find(name);
    if (number == NameIndex::kNone || !has(number)) return std::nullopt;
    return value(number);
  }
  bool is_true(std::string_view name) const {
    const auto found = get(name);
    return found && found->kind() == json::Kind::kTrue;
  }
  bool is_false(std::string_view name) const {
    const auto found = get(name);
    return found && found->kind() == json::Kind::kFalse;
  }
};

// Writes JSON pointers to nodes in one descent: targets must not come before earlier ones. [RFC
// 6901]
class PointerWriter {
 public:
  void begin(const json::Document& document, uint32_t root);
  void write(uint32_t target, std::string* pointer);

 private:
  struct Level {
    uint32_t container;
    uint32_t child;  // key or element at which the level stands
    size_t element;
    size_t path_size;  // before the container's own name
  };

  uint32_t advance(Level* level, bool is_object, uint32_t target) const;
  void append_name(const Level& level, bool is_object, uint32_t child);

  const json::Document* document_ = nullptr;
  std::vector<Level> levels_;
  std::string path_;
  std::string scratch_;
};

class Walk {
 public:
  Walk() : schema_(stix::schema()) {}

  void examine(json::Value object, Examination* out);
  void examine_bundle(json::Value bundle, Examination* out);

  // Notes a problem at a value or key; the parts make up the detail.
  using Parts = std::initializer_list<std::string_view>;
  void note(Problem problem, json::Value at, Parts parts);

  const Schema& schema() const { return schema_; }
  Header& header() { return out_->header; }
  Known type() const { return type_; }
  bool is_light() const { return light_; }

  // Reads of the node itself, inlined: this is most of what the walk does.
  const json::Node& node(json::Value value) const { return nodes_[value.index()]; }
  json::Kind kind(json::Value value) const { return node(value).kind; }
  bool is_plain_string(json::Value value) const {
    return node(value).kind == json::Kind::kString && !node(value).escaped;
  }
  // A string's content; valid until the next call. Empty for any other kind.
  std::string_view text(json::Value value) {
    if (!is_plain_string(value)) [[unlikely]]
      return value.text(&scratch_);
    const json::Node& at = node(value);
    return {bytes_ + at.begin + 1, at.end - at.begin - 2};
  }
  // The type an identifier names, if the text is an identifier; nullopt if it is none.
  std::optional<Known> identified(std::string_view text, UuidShape* shape) const {
    *shape = uuid_shape(text);
    if (!shape->is_uuid) return std::nullopt;
    const std::string_view name = type_of(text);
    const Known known = schema_.type_named(name);
    if (known == Known::kCustom && !is_type_name(name)) return std::nullopt;
    return known;
  }
  // The same for another string at the same time.
  std::string_view other_text(json::Value value) { return value.text(&other_scratch_); }

  // Walks the members of a nested object of a known structure.
  void structure(json::Value object, const Compiled& compiled);
  // Walks content of no known structure: references and nulls at any depth.
  void content(json::Value value);
  void content_member(json::Member member);
  // Checks one value of a property, or each element if the property is a list.
  void value(const Property& property, json::Value value);
  // The rules of a table.
  void rules(const Frame& frame);
  // Looks at a member name that no table knows.
  void custom_name(json::Value key);

  // Parts of value(), by form.
  void scalar(const Property& property, json::Value value);
  void text_form(const Property& property, json::Value value);
  bool expect(json::Kind kind, json::Value value, std::string_view what);
  void numeric(const Property& property, json::Value value);
  void timestamp(json::Value value);
  void reference(const Property& property, json::Value value);
  void dictionary(const Property& property, json::Value value);
  void dictionary_key(json::Value key);
  bool dictionary_value(Form form, json::Value value);
  void hashes(json::Value value);
  void word(const Property& property, json::Value value);
  void language(json::Value value);
  void container(json::Value value);
  void contents(json::Value value);
  void extensions(json::Value value);
  void extension(json::Value key, json::Value value);
  void definition_extension(json::Value key, json::Value value);
  void marking_refs(json::Value value);
  void granular_markings(json::Value value);
  void granular_marking(json::Value value);
  void selectors(json::Value value, GranularMarking* marking);
  void selector(json::Value value, GranularMarking* marking);

 private:
  void begin(json::Value object, Examination* out);
  void prescan(json::Value object);
  void members(Frame* frame);
  void header_form(const Property& property, json::Value value);
  void id(json::Value value);
  void type_name(json::Value value);
  void spec_version(json::Value value);
  void version(json::Value value, Timestamp* into, bool* has);
  void requirements(const Frame& frame);
  void custom_members();
  void custom_kind(const Frame& frame);
  void deterministic(const Frame& frame);
  void repeats(json::Value value);
  void bundle_repeats(json::Value objects);
  void add_reference(std::string_view identifier, json::Value at);
  void finish();
  void write_pointers();
  Finding* new_finding(Severity severity);

  const Schema& schema_;
  Examination* out_ = nullptr;
  const json::Document* document_ = nullptr;
  const json::Node* nodes_ = nullptr;
  const char* bytes_ = nullptr;
  json::Value root_ = json::Value(nullptr, 0);
  const Compiled* compiled_ = nullptr;
  Known type_ = Known::kCustom;
  bool light_ = false;  // an object of STIX 2.0
  bool refused_ = false;
  bool has_created_ = false;
  bool has_modified_ = false;
  bool toplevel_extension_ = false;
  bool new_type_extension_ = false;
  Timestamp created_;
  Timestamp modified_;
  size_t selectors_ = 0;
  size_t selector_steps_ = 0;
  size_t errors_listed_ = 0;
  std::vector<uint32_t> custom_keys_;    // nodes of unknown top-level names
  std::vector<uint32_t> finding_nodes_;  // beside out_->findings, until pointers are written
  PointerWriter pointers_;
  std::vector<Finding> spare_;  // findings of earlier objects, kept for their strings
  std::string scratch_;
  std::string other_scratch_;
};

}  // namespace entente::stix
