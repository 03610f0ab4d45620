// How a cut is planned.
//
// Each selector is walked down from the root once. Only containers on the way to something cut are
// noted, keyed by their node; since a node's number is higher than those of all containers around
// it, one pass backwards carries emptiness upwards and one pass forwards finds what has gone with
// something around it. A cut takes the separator before it, or the one after it where nothing
// before it stays: so cutting two parts at once or one after the other gives the same bytes, and
// which neighbours something had shows nowhere. Then the selectors of the granular markings are
// walked in the same manner: those that lead to something gone are cut themselves, and in the
// others each index of a list that lost earlier elements is an edit of its own.
//
// Rejected: removing and writing the document anew (the sender's spacing and spellings would go);
// cutting to null or to an empty string (it tells, and is not STIX).
#include "release/redaction.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace entente::release {
namespace {

constexpr std::string_view kNeverCut[] = {
    "id",      "type",     "spec_version",        "created_by_ref",
    "created", "modified", "object_marking_refs", "granular_markings"};

// One step of a selector: a member's name or an element's index.
struct Component {
  std::string_view name;  // of an index: with its brackets
  std::optional<uint64_t> index;
  size_t offset = 0;  // in the selector
};

// The same grammar as stix::resolve_selector. False if malformed.
bool read_selector(std::string_view selector, std::vector<Component>* out) {
  out->clear();
  for (size_t at = 0; at <= selector.size();) {
    const size_t dot = std::min(selector.find('.', at), selector.size());
    Component component{selector.substr(at, dot - at), std::nullopt, at};
    const std::string_view name = component.name;
    if (name.empty()) return false;
    if (name.front() == '[') {
      if (name.size() < 3 || name.back() != ']' || out->empty()) return false;
      component.index = parse_decimal(name.substr(1, name.size() - 2));
      if (!component.index) return false;
    }
    out->push_back(component);
    at = dot + 1;
  }
  return true;
}

// One way down: in `container`, the child that begins at node `begin` (a member's key, or an
// element).
struct Step {
  uint32_t container;
  uint32_t begin;
};
using Trail = std::vector<Step>;

// A container on the way to something cut.
struct Container {
  Step place{};               // itself in its own container; of the root: meaningless
  std::vector<uint32_t> cut;  // its children that go, by the node they begin at
  bool is_root = false;
  bool is_gone = false;  // with something around it, or as a whole
};

class Cutter {
 public:
  explicit Cutter(json::Value object)
      : object_(object),
        nodes_(object.document().nodes()),
        has_repeats_(!object.document().duplicates().empty()) {}

  Result<void> select(std::span<const std::string_view> selectors);
  Result<void> rewrite_markings();
  Edits edits();
  std::vector<std::string> pointers() const;

 private:
  bool find(json::Value at, size_t depth);
  void add(const Trail& trail, size_t steps);
  void settle();
  bool is_cut(const Trail& trail) const;
  Result<void> rewrite_marking(json::Value marking, Trail way);
  Result<bool> still_selects(json::Value selector);
  void renumber(json::Value selector, const Trail& trail);
  void cut_children(uint32_t node, const Container& container);
  bool is_object(uint32_t node) const { return nodes_[node].kind == json::Kind::kObject; }
  uint32_t next_child(uint32_t container, uint32_t begin) const {
    return nodes_[is_object(container) ? begin + 1 : begin].next;
  }
  std::string pointer_to(Step place) const;
  void edit(size_t begin, size_t end, uint32_t number = Edit::kNothing) {
    const size_t base = object_.offset();
    edits_.push_back(
        {static_cast<uint32_t>(begin - base), static_cast<uint32_t>(end - base), number});
  }

  const json::Value object_;
  const std::vector<json::Node>& nodes_;
  const bool has_repeats_;
  std::map<uint32_t, Container> containers_;
  std::vector<Edit> edits_;
  size_t steps_left_ = 2 * limits::kSelectorStepsMax;  // for what is cut, and for the markings
  std::vector<Component> components_;                  // of the selector at hand
  Trail trail_;                                        // of the walk at hand
  std::vector<Trail> found_;                           // where the selector at hand leads
};

Result<void> no_edition(std::string_view why, std::string_view selector) {
  return fail(Code::kUnprocessable, std::string(why) + ": " + std::string(selector));
}

// Walks components_ from `at`, which `depth` of them lead to; as deep as the document at most.
// False once the walk has taken too many steps.
bool Cutter::find(json::Value at, size_t depth) {
  if (depth == components_.size()) {
    found_.push_back(trail_);
    return true;
  }
  const Component& component = components_[depth];
  const auto descend = [&](uint32_t begin, json::Value child) {
    trail_.push_back({at.index(), begin});
    const bool is_done = find(child, depth + 1);
    trail_.pop_back();
    return is_done;
  };
  const size_t cost = component.index ? std::min<uint64_t>(*component.index, at.size()) : at.size();
  if (cost >= steps_left_) return false;
  steps_left_ -= cost + 1;
  if (component.index) {
    if (!at.is_array() || *component.index >= at.size()) return true;
    auto element = at.elements().begin();
    for (uint64_t i = 0; i < *component.index; ++i) ++element;
    return descend((*element).index(), *element);
  }
  for (const json::Member member : at.members()) {
    const size_t size = member.key.raw().size() - 2;
    if (member.key.is_plain() && size != component.name.size()) continue;
    if (!member.key.text_is(component.name)) continue;
    if (!descend(member.key.index(), member.value)) return false;
    if (!has_repeats_) break;
  }
  return true;
}

// Notes that what the first `steps` of the trail lead to goes.
void Cutter::add(const Trail& trail, size_t steps) {
  for (size_t i = 0; i < steps; ++i) {
    const auto [at, is_new] = containers_.try_emplace(trail[i].container);
    if (is_new && i > 0) at->second.place = trail[i - 1];
    at->second.is_root = i == 0;
    if (i + 1 == steps) at->second.cut.push_back(trail[i].begin);
  }
}

// What is left empty goes too, upwards; then what has gone with something around it is known.
void Cutter::settle() {
  for (auto at = containers_.rbegin(); at != containers_.rend(); ++at) {
    Container& container = at->second;
    std::ranges::sort(container.cut);
    container.cut.erase(std::ranges::unique(container.cut).begin(), container.cut.end());
    if (container.cut.size() < nodes_[at->first].children || container.is_root) continue;
    containers_.find(container.place.container)->second.cut.push_back(container.place.begin);
  }
  for (auto& [node, container] : containers_) {
    if (container.is_root) continue;
    const Container& around = containers_.find(container.place.container)->second;
    container.is_gone =
        around.is_gone || std::ranges::binary_search(around.cut, container.place.begin);
  }
}

Result<void> Cutter::select(std::span<const std::string_view> selectors) {
  for (const std::string_view selector : selectors) {
    if (!read_selector(selector, &components_))
      return no_edition("a selector is malformed", selector);
    if (std::ranges::find(kNeverCut, components_.front().name) != std::end(kNeverCut))
      return no_edition("never cut", selector);
    found_.clear();
    if (!find(object_, 0)) return no_edition("selectors walk too far", selector);
    if (found_.empty()) return no_edition("a selector selects nothing", selector);
    for (const Trail& trail : found_) add(trail, trail.size());
  }
  settle();
  return {};
}

bool Cutter::is_cut(const Trail& trail) const {
  for (const Step& step : trail) {
    const auto at = containers_.find(step.container);
    if (at == containers_.end()) return false;
    if (std::ranges::binary_search(at->second.cut, step.begin)) return true;
  }
  return false;
}

// Elements of a list that lost earlier ones are counted anew. [stix21 7.2.3]
void Cutter::renumber(json::Value selector, const Trail& trail) {
  for (size_t i = 0; i < trail.size(); ++i) {
    if (!components_[i].index) continue;
    const auto at = containers_.find(trail[i].container);
    if (at == containers_.end()) continue;
    const std::vector<uint32_t>& gone = at->second.cut;
    const auto before = std::ranges::lower_bound(gone, trail[i].begin) - gone.begin();
    if (before == 0) continue;
    const size_t begin = selector.offset() + 1 + components_[i].offset + 1;  // quote, bracket
    edit(begin, begin + components_[i].name.size() - 2,
         static_cast<uint32_t>(*components_[i].index - static_cast<uint64_t>(before)));
  }
}

// Whether the selector leads to something that stays; if so its indexes are put right.
Result<bool> Cutter::still_selects(json::Value selector) {
  const auto unreadable = [&](std::string_view why) {
    return fail(Code::kUnprocessable, std::string(why) + ": " + std::string(selector.raw()));
  };
  if (!selector.is_string() || !selector.is_plain() ||
      !read_selector(selector.raw().substr(1, selector.raw().size() - 2), &components_)) {
    return unreadable("a granular marking has a malformed selector");
  }
  if (components_.front().name == "granular_markings")
    return unreadable("granular markings mark themselves");
  found_.clear();
  if (!find(object_, 0)) return unreadable("selectors walk too far");
  if (found_.empty()) return unreadable("a granular marking selects nothing");
  for (const Trail& trail : found_) {
    if (is_cut(trail)) continue;
    renumber(selector, trail);
    return true;
  }
  return false;
}

// `way` leads to the marking. A marking whose selectors are all gone goes whole.
Result<void> Cutter::rewrite_marking(json::Value marking, Trail way) {
  std::optional<json::Member> list;
  for (const json::Member member : marking.members()) {
    if (!member.key.text_is("selectors")) continue;
    if (list) return no_edition("a granular marking cannot be read", marking.raw());
    list = member;
  }
  if (!list || !list->value.is_array())
    return no_edition("a granular marking cannot be read", marking.raw());
  std::vector<uint32_t> gone;
  for (const json::Value selector : list->value.elements()) {
    const bool stays = TRY(still_selects(selector));
    if (!stays) gone.push_back(selector.index());
  }
  if (gone.empty()) return {};
  if (gone.size() == list->value.size()) {
    add(way, way.size());
    return {};
  }
  way.push_back({marking.index(), list->key.index()});
  way.push_back({list->value.index(), 0});
  for (const uint32_t begin : gone) {
    way.back().begin = begin;
    add(way, way.size());
  }
  return {};
}

Result<void> Cutter::rewrite_markings() {
  std::optional<json::Member> list;
  for (const json::Member member : object_.members()) {
    if (!member.key.text_is("granular_markings")) continue;
    if (list) return no_edition("granular markings stand there twice", member.key.raw());
    list = member;
  }
  if (!list) return {};
  if (!list->value.is_array())
    return no_edition("granular markings cannot be read", list->value.raw());
  for (const json::Value marking : list->value.elements()) {
    TRY(rewrite_marking(
        marking, {{object_.index(), list->key.index()}, {list->value.index(), marking.index()}}));
  }
  settle();
  return {};
}

// The separator before a run of cut children goes with them; where nothing before it stays, the one
// after it.
void Cutter::cut_children(uint32_t node, const Container& container) {
  std::optional<size_t> kept_end;
  std::optional<size_t> run_begin;
  size_t run_end = 0;
  auto next_cut = container.cut.begin();
  uint32_t begin = node + 1;
  for (uint32_t i = 0; i < nodes_[node].children; ++i) {
    const uint32_t value = is_object(node) ? begin + 1 : begin;
    if (next_cut != container.cut.end() && *next_cut == begin) {
      ++next_cut;
      if (!run_begin) run_begin = nodes_[begin].begin;
      run_end = nodes_[value].end;
    } else {
      if (run_begin && kept_end) edit(*kept_end, run_end);
      if (run_begin && !kept_end) edit(*run_begin, nodes_[begin].begin);
      run_begin.reset();
      kept_end = nodes_[value].end;
      if (next_cut == container.cut.end()) return;
    }
    begin = next_child(node, begin);
  }
  if (run_begin) edit(kept_end.value_or(*run_begin), run_end);
}

Edits Cutter::edits() {
  for (const auto& [node, container] : containers_) {
    if (!container.is_gone && !container.cut.empty()) cut_children(node, container);
  }
  std::ranges::sort(edits_, {}, &Edit::begin);
  return Edits(std::move(edits_));
}

std::string Cutter::pointer_to(Step place) const {
  std::vector<std::string> names;
  while (true) {
    if (is_object(place.container)) {
      names.push_back(json::Value(&object_.document(), place.begin).text());
    } else {
      size_t index = 0;
      for (uint32_t at = place.container + 1; at != place.begin;
           at = next_child(place.container, at)) {
        ++index;
      }
      names.push_back(std::to_string(index));
    }
    const Container& container = containers_.find(place.container)->second;
    if (container.is_root) break;
    place = container.place;
  }
  std::string pointer;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    pointer.push_back('/');
    for (const char c : *name) {
      if (c == '~' || c == '/') {
        pointer.append(c == '~' ? "~0" : "~1");
      } else {
        pointer.push_back(c);
      }
    }
  }
  return pointer;
}

std::vector<std::string> Cutter::pointers() const {
  std::vector<Step> gone;
  for (const auto& [node, container] : containers_) {
    if (container.is_gone) continue;
    for (const uint32_t begin : container.cut) gone.push_back({node, begin});
  }
  std::ranges::sort(gone, {}, &Step::begin);
  std::vector<std::string> out;
  for (const Step& place : gone) out.push_back(pointer_to(place));
  return out;
}

}  // namespace

Result<Edits> cut(json::Value object, std::span<const std::string_view> selectors) {
  if (selectors.empty()) return Edits();
  Cutter cutter(object);
  TRY(cutter.select(selectors));
  TRY(cutter.rewrite_markings());
  return cutter.edits();
}

Result<std::vector<std::string>> pointers_cut(json::Value object,
                                              std::span<const std::string_view> selectors) {
  Cutter cutter(object);
  TRY(cutter.select(selectors));
  std::vector<std::string> out = cutter.pointers();
  TRY(cutter.rewrite_markings());
  return out;
}

std::vector<uint8_t> gone_parts(const Editions& editions) {
  std::vector<uint8_t> out(editions.edits.size());
  bool is_plain = true;
  for (uint32_t mask = 0; mask < out.size(); ++mask) {
    out[mask] = static_cast<uint8_t>(mask);
    for (uint32_t part = 1; part < out.size(); part <<= 1) {
      const uint32_t more = mask | part;
      if (more == mask || more >= out.size() || (editions.valid >> mask & 1) == 0) continue;
      if ((editions.valid >> more & 1) == 0 || editions.edits[more] != editions.edits[mask])
        continue;
      out[mask] = static_cast<uint8_t>(out[mask] | part);
      is_plain = false;
    }
  }
  if (is_plain) out.clear();
  return out;
}

}  // namespace entente::release
