// The objects of a bundle are put into a hash table once; each observed-data then gathers its own.
#include "pattern/event.h"

#include <algorithm>
#include <optional>

#include "base/hash.h"

namespace entente::pattern {
namespace {

constexpr size_t kObjectsOneByOneMax = 16;  // names compared one by one up to so many

}  // namespace

const SeenObject* Observation::find(std::string_view name) const {
  if (by_name.empty()) {
    for (const SeenObject& object : objects) {
      if (object.name == name) return &object;
    }
    return nullptr;
  }
  const uint64_t hash = hash64(name);
  auto at = std::lower_bound(by_name.begin(), by_name.end(), std::pair{hash, uint32_t{0}});
  for (; at != by_name.end() && at->first == hash; ++at) {
    if (objects[at->second].name == name) return &objects[at->second];
  }
  return nullptr;
}

std::string_view EventReader::keep(json::Value text) {
  if (!text.is_string()) return {};
  if (text.is_plain()) {
    const std::string_view raw = text.raw();
    return raw.substr(1, raw.size() - 2);
  }
  unescaped_.push_back(text.text());
  return unescaped_.back();
}

void EventReader::index_objects(json::Value list) {
  objects_.clear();
  unescaped_.clear();
  size_t slots = 16;
  while (slots < 2 * size_t{list.size()}) slots *= 2;
  table_.assign(slots, Entry{0, 0});
  for (const json::Value object : list.elements()) {
    std::optional<json::Value> type, id;
    for (const json::Member member : object.members()) {
      const size_t bytes = member.key.raw().size();
      if (bytes == 6 && !type && member.key.text_is("type")) type = member.value;
      if (bytes == 4 && !id && member.key.text_is("id")) id = member.value;
      if (type && id) break;
    }
    if (!type || !id || !type->is_string() || !id->is_string()) continue;
    objects_.push_back({keep(*id), keep(*type), object});
    const uint64_t hash = hash64(objects_.back().name);
    size_t at = hash & (slots - 1);
    while (table_[at].object != 0) at = (at + 1) & (slots - 1);
    table_[at] = {hash, static_cast<uint32_t>(objects_.size())};
  }
}

// The first of that id, if several objects have it.
const SeenObject* EventReader::find(std::string_view id) const {
  const uint64_t hash = hash64(id);
  for (size_t at = hash & (table_.size() - 1); table_[at].object != 0;
       at = (at + 1) & (table_.size() - 1)) {
    if (table_[at].hash == hash && objects_[table_[at].object - 1].name == id)
      return &objects_[table_[at].object - 1];
  }
  return nullptr;
}

bool EventReader::read_observation(json::Value object, std::string* wrong) {
  Observation& seen = observation_;
  seen.objects.clear();
  seen.by_name.clear();
  seen.whole = object;
  seen.count = 1;
  const auto fail = [&](const char* what) {
    *wrong = what;
    return false;
  };
  if (seen.id.empty()) return fail("no id");
  // The first of each name, in one pass.
  static constexpr std::string_view kNames[] = {"first_observed", "last_observed",
                                                "number_observed", "object_refs", "objects"};
  std::optional<json::Value> members[std::size(kNames)];
  for (const json::Member member : object.members()) {
    for (size_t i = 0; i < std::size(kNames); ++i) {
      if (member.key.raw().size() == kNames[i].size() + 2 && !members[i] &&
          member.key.text_is(kNames[i]))
        members[i] = member.value;
    }
  }
  const auto &first = members[0], &last = members[1], &number = members[2], &refs = members[3],
             &objects = members[4];
  if (!first || !last) return fail("no first_observed or no last_observed");
  const auto first_time = stix::parse_timestamp(keep(*first));
  const auto last_time = stix::parse_timestamp(keep(*last));
  if (!first_time || !last_time) return fail("first_observed or last_observed is no timestamp");
  if (stix::compare(*last_time, *first_time) < 0)
    return fail("last_observed is before first_observed");
  seen.first = *first_time;
  seen.last = *last_time;
  if (number) {
    const auto count = number->integer();
    if (!count || *count < 1) return fail("number_observed is no positive integer");
    seen.count = static_cast<uint64_t>(*count);
  }
  if (refs) {
    for (const json::Value ref : refs->elements()) {
      if (!ref.is_string()) continue;
      const SeenObject* found = find(keep(ref));
      if (found != nullptr) seen.objects.push_back(*found);
    }
  }
  if (objects) {
    for (const json::Member member : objects->members()) {
      const auto type = member.value.find("type");
      if (type && type->is_string())
        seen.objects.push_back({keep(member.key), keep(*type), member.value});
    }
  }
  if (seen.objects.size() > kObjectsOneByOneMax) {
    for (uint32_t i = 0; i < seen.objects.size(); ++i)
      seen.by_name.emplace_back(hash64(seen.objects[i].name), i);
    std::sort(seen.by_name.begin(), seen.by_name.end());
    // A reference that is listed twice is one object.
    std::vector<SeenObject> unique;
    for (uint32_t i = 0; i < seen.objects.size(); ++i) {
      if (seen.find(seen.objects[i].name) == &seen.objects[i]) unique.push_back(seen.objects[i]);
    }
    if (unique.size() != seen.objects.size()) {
      seen.objects = std::move(unique);
      seen.by_name.clear();
      for (uint32_t i = 0; i < seen.objects.size(); ++i)
        seen.by_name.emplace_back(hash64(seen.objects[i].name), i);
      std::sort(seen.by_name.begin(), seen.by_name.end());
    }
  }
  return true;
}

void EventReader::read(const json::Document& document, const Sink& sink, const Trouble& trouble) {
  const json::Value root = document.root();
  const auto type = root.find("type");
  if (!root.is_object() || !type) {
    trouble({{}, "neither a bundle nor an observed-data object"});
    return;
  }
  const auto take = [&](json::Value object, std::string_view id) {
    observation_.id = id;
    std::string wrong;
    if (read_observation(object, &wrong)) {
      sink(observation_);
    } else {
      trouble({id, wrong});
    }
  };
  if (type->text_is("bundle")) {
    const auto list = root.find("objects");
    if (!list) return;
    index_objects(*list);
    for (size_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i].type == "observed-data") take(objects_[i].value, objects_[i].name);
    }
  } else if (type->text_is("observed-data")) {
    objects_.clear();
    unescaped_.clear();
    table_.assign(16, Entry{0, 0});
    const auto id = root.find("id");
    take(root, id ? keep(*id) : std::string_view());
  } else {
    trouble({{}, "neither a bundle nor an observed-data object"});
  }
}

}  // namespace entente::pattern
