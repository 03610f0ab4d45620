// One query at work: walks a reader's set in the order of date_added and keeps what the filters let
// through.
//
// Most ids have one entry, and for those nothing is looked up. Where an id has several, its chain
// is walked once a page: the entries of the reader's set are put by submitter and version, one
// submitter's chain is chosen, and the filters on specification and version are applied to it.
// [taxii21 3.4, 3.5; DESIGN: idea 6]
#include <algorithm>
#include <unordered_map>

#include "exchange/edition.h"
#include "exchange/type_filter.h"
#include "exchange/view.h"

namespace entente::exchange {
namespace {

constexpr size_t kAhead = 32;  // entries whose columns are on their way into the cache

struct Link {
  store::Position position;
  int64_t version_ns;
  uint16_t submitter;
  uint16_t flags;
  bool is_20() const { return (flags & store::kSpec20) != 0; }
};

// Keeps, of equal versions, the one that came last: a correction in place is what its readers want
// to get.
void keep_latest_of_each_version(std::vector<Link>& chain) {
  std::ranges::sort(chain, [](const Link& a, const Link& b) {
    if (a.submitter != b.submitter) return a.submitter < b.submitter;
    if (a.version_ns != b.version_ns) return a.version_ns < b.version_ns;
    return a.position > b.position;
  });
  const auto same = std::ranges::unique(chain, [](const Link& a, const Link& b) {
    return a.submitter == b.submitter && a.version_ns == b.version_ns && a.is_20() == b.is_20();
  });
  chain.erase(same.begin(), same.end());
}

// The attested creator's chain if there is one, else that of the claim that was visible first.
void keep_one_submitter(std::vector<Link>& chain) {
  const Link* chosen = nullptr;
  for (const Link& link : chain) {
    const bool is_attested = (link.flags & store::kAttested) != 0;
    const bool was_attested = chosen != nullptr && (chosen->flags & store::kAttested) != 0;
    const bool is_better = chosen == nullptr || (is_attested && !was_attested) ||
                           (is_attested == was_attested && link.position < chosen->position);
    if (is_better) chosen = &link;
  }
  if (chosen == nullptr) return;
  const uint16_t submitter = chosen->submitter;
  std::erase_if(chain, [&](const Link& link) { return link.submitter != submitter; });
}

}  // namespace

class Selection {
 public:
  Selection(const View& view, const Query& query)
      : view_(view),
        query_(query),
        world_(view.world_),
        snapshot_(view.snapshot_),
        types_(view, query.types) {}

  Page run();

 private:
  bool walk_set(const Bitmap& set);
  void walk_ids();
  // False when the page is full.
  bool offer(store::Position position);
  void fetch_bytes();
  void cut_bytes();
  void drop_empty();
  bool serves(store::Position position);
  const std::vector<store::Position>& served_of(uint64_t id_hash);
  std::vector<Link> chain_of(uint64_t id_hash) const;
  void filter_chain(std::vector<Link>& chain) const;
  bool passes_version(store::Position position) const;
  bool in_scope(store::Position position) const;
  store::Position first_after(const Bitmap& on_time) const;

  const View& view_;
  const Query& query_;
  const release::World& world_;
  const store::Snapshot& snapshot_;
  const TypeFilter types_;
  std::unordered_map<uint64_t, std::vector<store::Position>> served_;
  Page page_;
};

bool Selection::in_scope(store::Position position) const {
  if (query_.collection != release::kNoCollection &&
      snapshot_.entry(world_, position).collection != query_.collection)
    return false;
  return types_.lets(position);
}

// Every entry of the id in the reader's world and this query's collection.
std::vector<Link> Selection::chain_of(uint64_t id_hash) const {
  std::vector<Link> chain;
  for (store::Position at = snapshot_.newest(world_, id_hash); at != store::kNone;
       at = snapshot_.older(world_, at)) {
    const store::Entry entry = snapshot_.entry(world_, at);
    if (query_.collection != release::kNoCollection && entry.collection != query_.collection)
      continue;
    const int64_t version_ns =
        (entry.flags & store::kUnversioned) != 0 ? view_.date_us(at) * 1000 : entry.version_ns;
    chain.push_back({at, version_ns, entry.submitter, entry.flags});
  }
  return chain;
}

void Selection::filter_chain(std::vector<Link>& chain) const {
  keep_latest_of_each_version(chain);
  if (query_.chains == Chains::kOne) keep_one_submitter(chain);
  std::erase_if(chain,
                [&](const Link& link) { return !(link.is_20() ? query_.spec20 : query_.spec21); });
  if (query_.latest_spec_only &&
      std::ranges::any_of(chain, [](const Link& link) { return !link.is_20(); })) {
    std::erase_if(chain, [](const Link& link) { return link.is_20(); });
  }
  if (query_.version && query_.version->all) return;
  // Sorted by submitter, then version: first and last are per submitter.
  std::vector<Link> kept;
  for (size_t i = 0; i < chain.size(); ++i) {
    const bool is_first = i == 0 || chain[i - 1].submitter != chain[i].submitter;
    const bool is_last = i + 1 == chain.size() || chain[i + 1].submitter != chain[i].submitter;
    const VersionFilter* filter = query_.version ? &*query_.version : nullptr;
    bool keeps =
        filter == nullptr ? is_last : (filter->first && is_first) || (filter->last && is_last);
    if (filter != nullptr && !keeps) {
      keeps = std::ranges::any_of(
          filter->exact, [&](const stix::Timestamp& t) { return t.ns == chain[i].version_ns; });
    }
    if (keeps) kept.push_back(chain[i]);
  }
  chain = std::move(kept);
}

const std::vector<store::Position>& Selection::served_of(uint64_t id_hash) {
  const auto [slot, is_new] = served_.try_emplace(id_hash);
  if (is_new) {
    std::vector<Link> chain = chain_of(id_hash);
    filter_chain(chain);
    for (const Link& link : chain) slot->second.push_back(link.position);
    std::ranges::sort(slot->second);
  }
  return slot->second;
}

// For an id with one entry: first and last are the same.
bool Selection::passes_version(store::Position position) const {
  const uint16_t flags = snapshot_.flags_for_views(position);
  if (!((flags & store::kSpec20) != 0 ? query_.spec20 : query_.spec21)) return false;
  if (!query_.version || query_.version->all || query_.version->first || query_.version->last)
    return true;
  const int64_t version_ns = (flags & store::kUnversioned) != 0
                                 ? view_.date_us(position) * 1000
                                 : snapshot_.entry_for_views(position).version_ns;
  return std::ranges::any_of(query_.version->exact,
                             [&](const stix::Timestamp& t) { return t.ns == version_ns; });
}

bool Selection::serves(store::Position position) {
  // What is offered is a member of the reader's own set already: no second look at the world is
  // needed.
  if (snapshot_.previous_for_views(position) == store::kNone &&
      !snapshot_.may_have_newer(position)) {
    return passes_version(position);
  }
  return std::ranges::binary_search(served_of(snapshot_.entry_for_views(position).id_hash),
                                    position);
}

bool Selection::offer(store::Position position) {
  if (!types_.is_exact() && !types_.lets(position)) return true;
  if (!serves(position)) return true;
  if (query_.limit != 0 && page_.positions.size() >= query_.limit) {
    page_.more = true;
    return false;
  }
  page_.positions.push_back(position);
  return true;
}

// Fetches the objects of the page and ends it where they become too many.
void Selection::fetch_bytes() {
  snapshot_.bytes_for_views(page_.positions, &page_.bytes);
  if (view_.sets_->decisions->has_cuts()) cut_bytes();
  size_t total = 0;
  for (size_t i = 0; i < page_.bytes.size(); ++i) {
    total += page_.bytes[i].size();
    if (i == 0 || total <= query_.bytes_max) continue;
    page_.positions.resize(i);
    page_.bytes.resize(i);
    page_.more = true;
    return;
  }
}

void Selection::cut_bytes() {
  constexpr size_t kFirstBytes = 64 << 10;
  for (size_t i = 0; i < page_.positions.size(); ++i) {
    const uint8_t cut = view_.cut_of(page_.positions[i]);
    if (cut == 0) continue;
    if (!page_.editions)
      page_.editions = std::make_shared<std::pmr::monotonic_buffer_resource>(kFirstBytes);
    page_.bytes[i] =
        edition_in(*page_.editions, snapshot_, page_.positions[i], page_.bytes[i], cut);
  }
}

// What is erased or lost has no bytes to show; the page's dates are past it all the same.
void Selection::drop_empty() {
  if (std::ranges::none_of(page_.bytes, &std::string_view::empty)) return;
  size_t kept = 0;
  for (size_t i = 0; i < page_.bytes.size(); ++i) {
    if (page_.bytes[i].empty()) continue;
    page_.bytes[kept] = page_.bytes[i];
    page_.positions[kept++] = page_.positions[i];
  }
  page_.bytes.resize(kept);
  page_.positions.resize(kept);
}

// The first position that can have a date past after_us.
store::Position Selection::first_after(const Bitmap& on_time) const {
  if (query_.after_us == INT64_MIN) return 0;
  const int64_t after_ms =
      query_.after_us >= 0 ? query_.after_us / 1000 : (query_.after_us - 999) / 1000;
  const store::Position next_batch = snapshot_.first_at_tick(after_ms + 1);
  if (next_batch == 0) return 0;
  const store::BatchInfo batch = snapshot_.batch_of(next_batch - 1);
  const int64_t rank = query_.after_us - batch.tick_ms * 1000;
  if (rank < 0) return batch.first;
  if (rank >= int64_t{batch.end - batch.first}) return next_batch;
  const uint64_t before = on_time.count_in(0, batch.first);
  uint32_t first = 0;
  const auto wanted = static_cast<uint32_t>(before + static_cast<uint64_t>(rank) + 1);
  return on_time.select(wanted, &first) ? std::min(first, next_batch) : next_batch;
}

// Merges what its batch dates with what came late. True if the set was walked to its end.
bool Selection::walk_set(const Bitmap& set) {
  const ReaderWorld& sets = *view_.sets_;
  auto late = std::ranges::upper_bound(sets.late, query_.after_us, {}, &Dated::us);
  const auto skip_late = [&] {
    while (late != sets.late.end() &&
           !(set.contains(late->position) && world_.contains(late->position)))
      ++late;
  };
  skip_late();
  const store::Position begin = first_after(*sets.on_time);
  Bitmap::Cursor at(set, begin), ahead(set, begin);
  const auto fetch_next = [&] {
    if (ahead.done()) return;
    snapshot_.prefetch_columns_for_views(ahead.value());
    ahead.next();
  };
  for (size_t i = 0; i < kAhead; ++i) fetch_next();
  const auto go_on = [&] {
    at.next();
    fetch_next();
  };
  store::BatchInfo batch;  // of what `at` is at, known while something late is to come
  // Whether the next late entry is dated before this one. Its rank within its batch is counted only
  // where it decides.
  const auto late_is_first = [&](store::Position position) {
    if (position < batch.first || position >= batch.end) batch = snapshot_.batch_of(position);
    if (late->us < batch.tick_ms * 1000) return true;
    if (late->us >= batch.tick_ms * 1000 + (batch.end - batch.first)) return false;
    return late->us < view_.date_us(position);
  };
  for (;;) {
    while (!at.done() && at.value() < sets.late_end && sets.late_us.contains(at.value())) go_on();
    const bool has_on_time = !at.done() && at.value() < snapshot_.end();
    const bool has_late = late != sets.late.end();
    if (!has_on_time && !has_late) return true;
    if (has_late && (!has_on_time || late_is_first(at.value()))) {
      if (!offer(late->position)) return false;
      ++late;
      skip_late();
    } else {
      if (!offer(at.value())) return false;
      go_on();
    }
  }
}

void Selection::walk_ids() {
  std::vector<Dated> found;
  std::vector<std::string_view> ids(query_.ids.begin(), query_.ids.end());
  std::ranges::sort(ids);
  const auto same = std::ranges::unique(ids);
  ids.erase(same.begin(), same.end());
  for (const std::string_view id : ids) {
    view_.versions_of(id, [&](store::Position position) {
      if (!in_scope(position)) return true;
      const int64_t us = view_.date_us(position);
      if (us > query_.after_us) found.push_back({us, position});
      return true;
    });
  }
  std::ranges::sort(found, {}, &Dated::us);
  for (const Dated& one : found) {
    if (!offer(one.position)) return;
  }
}

Page Selection::run() {
  if (types_.is_empty()) return {};
  if (query_.ids.empty()) {
    walk_set(*types_.candidates(query_.collection));
  } else {
    walk_ids();
  }
  if (query_.with_bytes) fetch_bytes();
  if (!page_.positions.empty()) {
    page_.first_us = view_.date_us(page_.positions.front());
    page_.last_us = view_.date_us(page_.positions.back());
  }
  if (query_.with_bytes) drop_empty();
  return std::move(page_);
}

Page View::page(const Query& query) const { return Selection(*this, query).run(); }

}  // namespace entente::exchange
