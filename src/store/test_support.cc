// The model: what is asked of the journal is answered here by walking vectors from the front.
#include "store/test_support.h"

namespace entente::store {
namespace {

std::string id_of(unsigned n) { return "indicator--" + std::to_string(n); }

unsigned below(std::mt19937& draw, unsigned n) { return static_cast<unsigned>(draw() % n); }

Position newest_of(const Model& model, const std::string& id) {
  Position found = kNone;
  for (Position p = 0; p < model.items.size(); ++p) {
    if (model.items[p].id == id) found = p;
  }
  return found;
}

void draw_object(Plan& plan, const Journal& journal, Model& model, std::mt19937& draw) {
  Model::Item item;
  item.id = id_of(below(draw, 60));
  item.bytes = "{\"id\":\"" + item.id + "\",\"x\":\"" + std::string(below(draw, 300), 'x') + "\"}";
  const unsigned count = below(draw, 4);
  for (unsigned i = 0; i < count; ++i) item.references.push_back(id_of(below(draw, 10)));
  const Position expected_previous = newest_of(model, item.id);
  EXPECT_EQ(plan.find(journal.hash(item.id)), expected_previous);
  item.object = plan.next_position();
  EXPECT_EQ(item.object, model.items.size());
  const uint32_t mark_set = below(draw, 5);
  const Position position = add(plan, journal, item.id, item.bytes, item.references, mark_set);
  EXPECT_EQ(position, item.object);
  item.entry = plan.entry(position);
  EXPECT_EQ(item.entry.previous, expected_previous);
  EXPECT_EQ(item.entry.mark_set, mark_set);
  model.items.push_back(std::move(item));
}

void draw_membership(Plan& plan, Model& model, std::mt19937& draw) {
  const Position object = below(draw, static_cast<unsigned>(model.items.size()));
  Model::Item item = model.items[object];
  const Position expected_previous = newest_of(model, item.id);
  Entry entry;
  entry.collection = static_cast<uint16_t>(2 + below(draw, 3));
  entry.mark_set = below(draw, 5);
  const Position position = plan.add_membership(entry, object);
  EXPECT_EQ(position, model.items.size());
  EXPECT_EQ(plan.bytes(position), item.bytes);
  const Entry stored = plan.entry(position);
  EXPECT_EQ(stored.object, item.object);
  EXPECT_EQ(stored.previous, expected_previous);
  EXPECT_EQ(stored.content_hash, model.items[item.object].entry.content_hash);
  EXPECT_TRUE(stored.flags & kMembership);
  item.entry = stored;
  model.items.push_back(std::move(item));
}

void draw_control(Plan& plan, const Journal& journal, Model& model, std::mt19937& draw) {
  Model::KeyedControl control;
  control.kind = below(draw, 2) ? ControlKind{7} : ControlKind{200};
  control.key = "key " + std::to_string(below(draw, 12));
  control.bytes = "control " + std::to_string(draw());
  control.position = plan.next_position();
  control.tick_ms = plan.tick_ms();
  plan.add_control(control.kind, journal.hash(control.key), control.bytes);
  model.controls.push_back(std::move(control));
}

}  // namespace

void expect_sound(const Journal& journal) {
  for (const std::string& text : journal.verify({}).problems) ADD_FAILURE() << text;
}

void play(Journal& journal, Model& model, std::mt19937& draw) {
  Model next = model;
  const bool fails = below(draw, 5) == 0;
  unsigned steps = 1 + below(draw, 3);
  const auto outcome = append(journal, [&](Plan& plan) -> Result<bool> {
    const unsigned adds = below(draw, 8);
    for (unsigned i = 0; i < adds; ++i) {
      const unsigned what = below(draw, 10);
      if (what < 6) {
        draw_object(plan, journal, next, draw);
      } else if (what < 8 && !next.items.empty()) {
        draw_membership(plan, next, draw);
      } else {
        draw_control(plan, journal, next, draw);
      }
    }
    if (--steps > 0) return true;
    if (fails) return fail(Code::kConflict, "drawn to fail");
    return false;
  });
  ASSERT_EQ(outcome.has_value(), !fails);
  if (fails) {
    EXPECT_EQ(outcome.error().code, Code::kConflict);
    return;
  }
  EXPECT_EQ(outcome->first, model.items.size());
  EXPECT_EQ(outcome->end, next.items.size());
  const bool added =
      next.items.size() > model.items.size() || next.controls.size() > model.controls.size();
  if (added) {
    if (!next.batches.empty()) {
      EXPECT_GT(outcome->tick_ms, next.batches.back().tick_ms);
    }
    next.batches.push_back({outcome->first, outcome->end, outcome->tick_ms});
  }
  for (Position p = outcome->first; p < outcome->end; ++p) {
    next.items[p].batch = next.batches.size() - 1;
  }
  model = std::move(next);
}

namespace {

void compare_entries(const Snapshot& snapshot, const Model& model, const release::World& all) {
  for (Position p = 0; p < model.items.size(); ++p) {
    const Model::Item& item = model.items[p];
    const Entry entry = snapshot.entry(all, p);
    EXPECT_EQ(entry.id_hash, item.entry.id_hash);
    EXPECT_EQ(entry.version_ns, item.entry.version_ns);
    EXPECT_EQ(entry.content_hash, item.entry.content_hash);
    EXPECT_EQ(entry.object, item.entry.object);
    EXPECT_EQ(entry.previous, item.entry.previous);
    EXPECT_EQ(entry.mark_set, item.entry.mark_set);
    EXPECT_EQ(entry.type, item.entry.type);
    EXPECT_EQ(entry.collection, item.entry.collection);
    EXPECT_EQ(entry.submitter, item.entry.submitter);
    EXPECT_EQ(entry.flags, item.entry.flags);
    EXPECT_EQ(snapshot.bytes(all, p), item.bytes);
    EXPECT_EQ(snapshot.bytes(all, p).end()[0], ',') << "the pad byte between slices";
    const BatchInfo batch = snapshot.batch_of(p);
    EXPECT_EQ(batch.first, model.batches[item.batch].first);
    EXPECT_EQ(batch.end, model.batches[item.batch].end);
    EXPECT_EQ(batch.tick_ms, model.batches[item.batch].tick_ms);
  }
}

void compare_ids(const Journal& journal, const Snapshot& snapshot, const Model& model,
                 const release::World& world) {
  for (unsigned n = 0; n < 61; ++n) {
    const std::string id = id_of(n);
    std::vector<Position> expected;
    std::vector<Position> referring;
    for (Position p = static_cast<Position>(model.items.size()); p-- > 0;) {
      const Model::Item& item = model.items[p];
      if (item.id == id && world.contains(p)) expected.push_back(p);
      if (item.id == id && newest_of(model, id) != p) {
        EXPECT_TRUE(snapshot.may_have_newer(p));
      } else if (item.id == id) {
        EXPECT_FALSE(snapshot.may_have_newer(p));
      }
      bool refers = false;
      for (const std::string& target : item.references) refers = refers || target == id;
      if (refers && world.contains(p)) referring.push_back(p);
    }
    std::vector<Position> found;
    for (Position p = snapshot.newest(world, journal.hash(id)); p != kNone;
         p = snapshot.older(world, p)) {
      found.push_back(p);
    }
    EXPECT_EQ(found, expected) << id;
    EXPECT_EQ(snapshot.newest_for_views(journal.hash(id)), newest_of(model, id));
    found.clear();
    snapshot.referring(world, journal.hash(id), [&](Position p) {
      found.push_back(p);
      return true;
    });
    EXPECT_EQ(found, referring) << id;
  }
}

void compare_times(const Snapshot& snapshot, const Model& model) {
  int64_t last = 0;
  for (const BatchInfo& batch : model.batches) {
    for (int64_t tick = batch.tick_ms - 1; tick <= batch.tick_ms + 1; ++tick) {
      Position expected = static_cast<Position>(model.items.size());
      for (size_t i = model.batches.size(); i-- > 0;) {
        if (model.batches[i].tick_ms >= tick) expected = model.batches[i].first;
      }
      EXPECT_EQ(snapshot.first_at_tick(tick), expected);
    }
    last = batch.tick_ms;
  }
  EXPECT_EQ(snapshot.last_tick_ms(), last);
  EXPECT_EQ(snapshot.first_at_tick(last + 1), model.items.size());
}

void compare_controls(const Journal& journal, const Snapshot& snapshot, const Model& model) {
  for (const ControlKind kind : {ControlKind{7}, ControlKind{200}, ControlKind{9}}) {
    for (unsigned n = 0; n < 13; ++n) {
      const std::string key = "key " + std::to_string(n);
      const Model::KeyedControl* expected = nullptr;
      for (const auto& control : model.controls) {
        if (control.kind == kind && control.key == key) expected = &control;
      }
      const auto found = snapshot.find_control(kind, journal.hash(key));
      ASSERT_EQ(found.has_value(), expected != nullptr);
      if (!found) continue;
      EXPECT_EQ(found->bytes, expected->bytes);
      EXPECT_EQ(found->position, expected->position);
      EXPECT_EQ(found->tick_ms, expected->tick_ms);
      EXPECT_EQ(found->kind, kind);
    }
  }
}

void compare_columns(const Snapshot& snapshot, const Model& model, std::mt19937& draw) {
  const Position size = static_cast<Position>(model.items.size());
  const Position begin = size ? below(draw, size) : 0;
  const Position end = begin + (size ? below(draw, size - begin + 1) : 0);
  Position next = begin;
  snapshot.scan_columns_for_views(begin, end, [&](const ColumnSpans& spans) {
    ASSERT_EQ(spans.first, next);
    ASSERT_GT(spans.count, 0u);
    for (uint32_t i = 0; i < spans.count; ++i, ++next) {
      const Entry& entry = model.items[next].entry;
      EXPECT_EQ(spans.mark_set[i], entry.mark_set);
      EXPECT_EQ(spans.type[i], entry.type);
      EXPECT_EQ(spans.collection[i], entry.collection);
      EXPECT_EQ(spans.submitter[i], entry.submitter);
      EXPECT_EQ(spans.flags[i], entry.flags);
    }
  });
  EXPECT_EQ(next, end);
}

}  // namespace

void compare(const Journal& journal, const Snapshot& snapshot, const Model& model,
             std::mt19937& draw) {
  ASSERT_EQ(snapshot.end(), model.items.size());
  const release::World all = whole_world(snapshot);
  compare_entries(snapshot, model, all);
  auto some = std::make_shared<Bitmap>();
  for (Position p = 0; p < snapshot.end(); ++p) {
    if (below(draw, 2)) some->add(p);
  }
  compare_ids(journal, snapshot, model, all);
  compare_ids(journal, snapshot, model, release::World(0, some, snapshot.end()));
  compare_times(snapshot, model);
  compare_controls(journal, snapshot, model);
  compare_columns(snapshot, model, draw);
}

}  // namespace entente::store
