// A world changes by entries that come and, when the directory, markings or time change it, by entries that go: the
// difference of two bitmaps says which, whatever the reason was. Only the ids of those are looked at again.
#include "watch/indicators.h"

#include <algorithm>

#include "stix/timestamp.h"
#include "watch/limits.h"

namespace entente::watch {
namespace {

constexpr std::string_view kType = "indicator";
constexpr uint32_t kPageObjects = 1'000;
constexpr size_t kOneByOneMax = 5'000;  // changes; beyond, all are looked at

exchange::Query query_of_indicators() {
  exchange::Query query;
  query.types = {std::string(kType)};
  query.with_bytes = true;
  return query;
}

int64_t time_of(json::Value object, std::string_view name, int64_t absent) {
  const auto value = object.find(name);
  const auto time =
      value && value->is_string() ? stix::parse_timestamp(value->text()) : std::nullopt;
  return time ? time->ns : absent;
}

}  // namespace

const Watched* Indicators::of_pattern(uint32_t number) const {
  const auto known = by_number_.find(number);
  return known == by_number_.end() ? nullptr : known->second;
}

const Watched* Indicators::find(std::string_view id) const {
  const auto known = by_id_.find(id);
  return known == by_id_.end() ? nullptr : &known->second;
}

std::vector<std::string> Indicators::take_fresh() {
  std::vector<std::string> out;
  for (const auto& [id, is_fresh] : fresh_) {
    const Watched* const one = find(id);
    if (one != nullptr && one->problem.empty()) out.push_back(id);
  }
  fresh_.clear();
  return out;
}

void Indicators::keep_fresh(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) fresh_[id] = true;
}

void Indicators::drop(std::string_view id) {
  const auto known = by_id_.find(id);
  if (known == by_id_.end()) return;
  const Watched& one = known->second;
  if (one.problem.empty()) {
    stream_.forget(one.number);
    engine_.remove(one.number);
    by_number_.erase(one.number);
  }
  by_position_.erase(one.position);
  if (const auto waits = waiting_.find(id); waits != waiting_.end()) waiting_.erase(waits);
  by_id_.erase(known);
}

// Takes the newest version of an indicator, which may be the one that is watched.
void Indicators::take(const exchange::View& view, store::Position position,
                      std::string_view bytes) {
  if (const auto known = by_position_.find(position); known != by_position_.end()) return;
  const std::string padded = json::padded(bytes);
  json::Document document;
  if (!parser_.parse(std::string_view(padded).substr(0, bytes.size()), &document)) return;
  const json::Value object = document.root();
  const auto text_of = [&](std::string_view name) {
    const auto value = object.find(name);
    return value && value->is_string() ? value->text() : std::string();
  };
  Watched one;
  one.id = text_of("id");
  one.position = position;
  one.text = text_of("pattern");
  one.is_stix20 = text_of("spec_version").empty();
  one.from_ns = time_of(object, "valid_from", INT64_MIN);
  one.until_ns = time_of(object, "valid_until", INT64_MAX);
  if (const auto marks = object.find("object_marking_refs")) {
    for (const json::Value mark : marks->elements()) {
      if (mark.is_string()) one.markings.push_back(mark.text());
    }
    std::ranges::sort(one.markings);
  }
  // The same pattern in a new version goes on with what is remembered for it.
  const auto before = by_id_.find(one.id);
  const bool stays = before != by_id_.end() && before->second.problem.empty() &&
                     before->second.text == one.text && before->second.is_stix20 == one.is_stix20 &&
                     !view.is_revoked(position);
  if (stays) {
    one.number = before->second.number;
    by_position_.erase(before->second.position);
    before->second = std::move(one);
    by_position_.emplace(position, before->first);
    fresh_[before->first] = true;
    return;
  }
  drop(one.id);
  const std::string language = text_of("pattern_type");
  if (view.is_revoked(position)) {
    one.problem = "revoked";
  } else if (!language.empty() && language != "stix") {
    one.problem = "a pattern in another language than stix";
  } else if (by_number_.size() >= watched_max_) {
    one.problem = "more than " + std::to_string(watched_max_) +
                  " indicators: it is watched when others leave room";
    waiting_.insert(one.id);
  } else {
    const auto number = engine_.add(one.text, pattern::ParseOptions{one.is_stix20});
    if (number) {
      one.number = *number;
    } else {
      const pattern::ParseError& error = number.error();
      one.problem = "line " + std::to_string(error.line) + ", column " +
                    std::to_string(error.column) + ": " + error.message;
    }
  }
  const std::string id = one.id;
  const Watched& kept = by_id_.insert_or_assign(id, std::move(one)).first->second;
  by_position_.emplace(position, id);
  if (!kept.problem.empty()) return;
  by_number_[kept.number] = &kept;
  fresh_[id] = true;
}

void Indicators::look_at(const exchange::View& view, const std::vector<std::string>& ids) {
  exchange::Query query = query_of_indicators();
  for (size_t at = 0; at < ids.size(); at += kPageObjects) {
    query.ids.assign(ids.begin() + static_cast<ptrdiff_t>(at),
                     ids.begin() + static_cast<ptrdiff_t>(std::min(ids.size(), at + kPageObjects)));
    const exchange::Page page = view.page(query);
    std::map<std::string, bool, std::less<>> shown;
    for (size_t i = 0; i < page.positions.size(); ++i) {
      shown[view.name(page.positions[i]).id] = true;
      take(view, page.positions[i], page.bytes[i]);
    }
    for (const std::string& id : query.ids) {
      if (!shown.contains(id)) drop(id);
    }
  }
}

void Indicators::look_at_all(const exchange::View& view) {
  exchange::Query query = query_of_indicators();
  query.limit = kPageObjects;
  std::unordered_map<store::Position, bool> shown;
  for (bool more = true; more;) {
    const exchange::Page page = view.page(query);
    for (size_t i = 0; i < page.positions.size(); ++i) {
      shown[page.positions[i]] = true;
      take(view, page.positions[i], page.bytes[i]);
    }
    more = page.more && !page.positions.empty();
    query.after_us = page.last_us;
  }
  std::vector<std::string> gone;
  for (const auto& [id, one] : by_id_) {
    if (!shown.contains(one.position)) gone.push_back(id);
  }
  for (const std::string& id : gone) drop(id);
}

// Entries that came; in `gone` the ids of those watched that went.
std::vector<store::Position> Indicators::changes(const exchange::View& view,
                                                 std::vector<std::string>* gone) {
  const auto number = view.state().types->find(kType);
  const bool is_numbered = number && *number != exchange::Types::kOther;
  std::shared_ptr<const Bitmap> now;
  if (is_numbered) now = view.narrowed({0, *number});
  const store::Position end = view.world().end();
  std::vector<store::Position> came;
  // No entry has the type, unless the table of types was full when it came.
  if (!is_numbered && !view.state().types->is_full()) return came;
  if (is_numbered && now == seen_from_ && end == seen_end_) return came;
  Bitmap bits = is_numbered ? *now : view.world().entries();
  Bitmap of_this_world;
  of_this_world.add_range(0, end);
  bits.intersect(of_this_world);
  Bitmap fresh = bits;
  fresh.subtract(seen_);
  for (Bitmap::Cursor at(fresh, 0); !at.done(); at.next()) came.push_back(at.value());
  seen_.subtract(bits);
  for (Bitmap::Cursor at(seen_, 0); !at.done(); at.next()) {
    const auto known = by_position_.find(at.value());
    if (known != by_position_.end()) gone->push_back(known->second);
  }
  seen_ = std::move(bits);
  seen_from_ = now;
  seen_end_ = end;
  return came;
}

// Those that found no room are looked at again, in the order of their ids, once others have left some.
void Indicators::fill_room(const exchange::View& view) {
  while (!waiting_.empty() && by_number_.size() < watched_max_) {
    const size_t room = std::min<size_t>(watched_max_ - by_number_.size(), kPageObjects);
    std::vector<std::string> ids;
    for (const std::string& id : waiting_) {
      if (ids.size() < room) ids.push_back(id);
    }
    for (const std::string& id : ids) drop(id);
    look_at(view, ids);
  }
}

void Indicators::follow(const exchange::View& view) {
  std::vector<std::string> ids;
  const std::vector<store::Position> came = changes(view, &ids);
  if (came.empty() && ids.empty()) return;
  if (came.size() + ids.size() > kOneByOneMax) {
    look_at_all(view);
    return fill_room(view);
  }
  for (const store::Position position : came) {
    if (view.type(position) == kType) ids.push_back(view.name(position).id);
  }
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  look_at(view, ids);
  fill_room(view);
}

}  // namespace entente::watch
