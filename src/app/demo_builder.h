// The workbench on which demonstration objects are put together: seeded choices, ids, times, marks
// and the JSON itself. Internal to demo*.cc. Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo.h"
#include "app/demo_texts.h"
#include "base/random.h"
#include "json/json.h"

namespace entente::app {

using Ids = std::vector<std::string>;

// Members of a JSON object, in the order in which they were added.
class Members {
 public:
  Members& text(std::string_view key, std::string_view value);
  Members& raw(std::string_view key, std::string_view json);
  Members& number(std::string_view key, int64_t value);
  Members& list(std::string_view key, std::span<const std::string> values);
  Members& list(std::string_view key, std::initializer_list<std::string> values) {
    return list(key, std::span(values.begin(), values.size()));
  }
  Members& append(const Members& other);
  std::string object() const { return "{" + members_ + "}"; }

 private:
  void key(std::string_view key);
  std::string members_;
};

// Who speaks, where, in which language and under which marks.
struct Scene {
  size_t party = 0;  // of demo_parties()
  std::string_view collection;
  Language language = Language::kEnglish;
  std::vector<std::string> marks;  // object_marking_refs; empty: the collection's default holds
};

// A domain, relationship or meta object before its common properties.
struct Draft {
  std::string_view type;
  Members fields;
  std::string id;             // empty: made from the seed
  std::string granular = {};  // granular_markings as JSON
  unsigned versions =
      1;  // each later one a day and a half after the one before, with another confidence
  bool revoked = false;     // the last version says so
  bool in_language = true;  // carries `lang` of the scene
};

// What a draft became: enough to refer to one version of it.
struct Added {
  std::string id;
  std::string modified;  // of the last version
};

class DemoBuilder {
 public:
  DemoBuilder(const DemoIdentities& identities, uint64_t seed);

  void enter(Scene scene);
  const Scene& scene() const { return scene_; }
  const std::string& identity(size_t party) const { return identities_[party]; }
  const std::string& own_identity() const { return identities_[scene_.party]; }

  uint64_t below(uint64_t bound);  // 0 to bound - 1; bound is not 0
  const std::string& any_of(const Ids& ids) { return ids[below(ids.size())]; }
  std::string_view any_of(std::span<const std::string_view> words) {
    return words[below(words.size())];
  }
  std::string_view any_of(std::initializer_list<std::string_view> words) {
    return any_of(std::span(words.begin(), words.size()));
  }
  std::string hex(size_t digits);
  std::string random_id(std::string_view type);
  const Phrase& phrase(Topic topic);
  std::string say(Topic topic, std::string_view name) {
    return fill(phrase(topic), scene_.language, name);
  }

  // A STIX timestamp that many minutes after the scene's own time.
  std::string time_after(int64_t minutes) const;

  // Adds an SDO, an SRO or a meta object of the scene's party.
  Added add(const Draft& draft);
  // Adds an observable under its deterministic id, or a random one where the standard has none for
  // its type.
  std::string observe(std::string_view type, const Members& fields);
  std::string relate(std::string_view source, std::string_view relation, std::string_view target);
  // Adds JSON as it stands.
  void add_raw(std::string json);

  size_t count() const { return objects_.size(); }
  std::vector<DemoObject> take() { return std::move(objects_); }

 private:
  void emit(const Draft& draft, unsigned version, const std::string& id, Added* added);

  DemoIdentities identities_;
  SeededRandom random_;
  json::Parser parser_;
  Scene scene_;
  int64_t now_ms_;
  std::vector<DemoObject> objects_;
};

// TLP marking definitions by their fixed ids, TLP 2.0 first. [OASIS cti-stix-common-objects,
// stix21 7.2.1.4]
struct DemoTlp {
  std::string_view level;  // "clear" ... "red" of TLP 2.0, "white" ... "red" of TLP 1.0
  std::string_view id;
  bool is_first_edition = false;
};
std::span<const DemoTlp> demo_tlp();

// What every story may refer to: made once, visible to all parties where it is in the collection
// `open`.
struct DemoCatalogue {
  Ids statements;  // a statement marking-definition of each party: a mark counts from its own
                   // submitter only
  std::string extension;  // an extension-definition for properties of handling
  Ids attack_patterns, measures, tools, sectors, locations, actors, intrusion_sets, software;
};
DemoCatalogue add_catalogue(DemoBuilder& builder);

// The observables of one story.
struct DemoTraces {
  std::string domain, address, address6, system, url, file, archive, artifact, mail, sender,
      receiver, traffic, process, account, key, mutex, certificate, network_card, folder;
  std::string domain_name, address_text, url_text, file_hash,
      subject;  // the values that patterns name
  Ids all() const;
};
DemoTraces add_traces(DemoBuilder& builder, std::string_view name);

// One story each, told in the builder's scene.
void add_intrusion(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number);
void add_influence(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number);
void add_purchase(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number);
void add_launch(DemoBuilder& builder, const DemoCatalogue& catalogue, size_t number);

}  // namespace entente::app
