// The engine against the oracle: random directories, labels, readers and instants. 200,000 triples in
// the fast suite; ENTENTE_ORACLE_TRIPLES=10000000 for the long run. ENTENTE_ORACLE_SEED repeats one.
#include "oracle/oracle.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "oracle/draw.h"
#include "release/timeline.h"

namespace entente::oracle {
namespace {

using release::Atom;
using release::AtomNumber;
using release::AtomTable;
using release::Label;
using release::Reader;
using release::Resolved;
using release::Timeline;

uint64_t number_from(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string told(const Drawn& drawn, const Atom& atom, const Reader& reader, int64_t released_ms,
                 int64_t at_ms) {
  const release::Context context{&drawn.directory, &drawn.party_sets, at_ms, at_ms, released_ms};
  return sentence(decide(atom, reader, context), atom, reader, context);
}

}  // namespace

TEST(Oracle, AgreesWithTheEngine) {
  const uint64_t triples = number_from("ENTENTE_ORACLE_TRIPLES", 200'000);
  const uint64_t first_seed = number_from("ENTENTE_ORACLE_SEED", 1);
  uint64_t asked = 0, read = 0;
  for (uint64_t seed = first_seed; asked < triples; ++seed) {
    Draw draw(seed);
    const Drawn drawn = draw.world();
    AtomTable atoms;
    for (const Atom& atom : drawn.atoms) atoms.add(atom);
    for (const Reader& reader : drawn.readers) {
      for (int instant = 0; instant < 6; ++instant) {
        const int64_t at_ms = draw.below(kGridMs + 20);
        const Resolved resolved(atoms, drawn.directory, drawn.party_sets, reader, at_ms);
        for (AtomNumber n = 0; n < atoms.size(); ++n) {
          const Atom& atom = atoms.atom(n);
          const int64_t released_ms = draw.below(at_ms + 1);
          const bool expected =
              drawn.oracle.reads(atom, reader, drawn.party_sets, released_ms, at_ms);
          const release::Context context{&drawn.directory, &drawn.party_sets, at_ms, at_ms,
                                         released_ms};
          ASSERT_EQ(decide(atom, reader, context).reads, expected)
              << "seed " << seed << " atom " << n << " at " << at_ms << " released " << released_ms
              << ": " << told(drawn, atom, reader, released_ms, at_ms);
          ASSERT_EQ(resolved.reads(n, released_ms, at_ms), expected)
              << "the fast form; seed " << seed << " atom " << n << " at " << at_ms << " released "
              << released_ms;
          ++asked;
          read += expected ? 1 : 0;
        }
      }
    }
  }
  RecordProperty("triples", std::to_string(asked));
  EXPECT_GT(read, asked / 20) << "questions that are nearly always answered no ask little";
  EXPECT_LT(read, asked - asked / 20);
}

// Every instant of the grid is asked; the present answer has held since the last change.
TEST(Oracle, TimelinesSayWhatAskingEveryInstantSays) {
  const uint64_t worlds = number_from("ENTENTE_ORACLE_TRIPLES", 200'000) / 10'000;
  constexpr int64_t kLastMs = 2 * kGridMs;
  for (uint64_t seed = 1; seed <= worlds; ++seed) {
    Draw draw(seed);
    const Drawn drawn = draw.world();
    AtomTable atoms;
    for (const Atom& atom : drawn.atoms) atoms.add(atom);
    const Reader& reader = drawn.readers[0];
    const int64_t made_ms = drawn.directory.party(reader.party)->made_ms;
    const int64_t now_ms = kGridMs - draw.below(6);  // behind most ticks, before some dates
    if (drawn.directory.instants_of(reader.party).empty()) continue;
    const Timeline timeline(atoms, drawn.directory, drawn.party_sets, reader, now_ms);
    std::vector<Resolved> at;
    for (int64_t ms = 0; ms <= kLastMs; ++ms)
      at.emplace_back(atoms, drawn.directory, drawn.party_sets, reader, ms);
    for (AtomNumber n = 0; n < atoms.size(); ++n) {
      const auto reads = [&](int64_t released_ms, int64_t ms) {
        return at[static_cast<size_t>(ms)].reads(n, released_ms, ms);
      };
      int64_t next_ms = kLastMs + 1;
      const auto intervals = timeline.intervals(n);
      size_t interval = 0;
      for (int64_t released_ms = 0; released_ms <= kLastMs; ++released_ms) {
        while (intervals[interval].released_until_ms <= released_ms) ++interval;
        const bool now = reads(released_ms, now_ms);
        int64_t since_ms = now_ms;
        while (since_ms > std::max<int64_t>(0, made_ms) && reads(released_ms, since_ms - 1) == now)
          --since_ms;
        if (since_ms <= std::max<int64_t>(0, made_ms)) since_ms = INT64_MIN;
        ASSERT_EQ(intervals[interval].reads, now) << "seed " << seed << " atom " << n;
        const int64_t stated_ms = intervals[interval].since_ms;
        ASSERT_EQ(stated_ms <= std::max<int64_t>(0, made_ms) ? INT64_MIN : stated_ms, since_ms)
            << "seed " << seed << " atom " << n << " released " << released_ms;
        for (int64_t ms = now_ms + 1; ms < next_ms; ++ms) {
          if (reads(released_ms, ms) != now) next_ms = ms;
        }
      }
      const int64_t stated_ms = timeline.next_change_ms(n);
      ASSERT_EQ(stated_ms == INT64_MAX ? kLastMs + 1 : stated_ms, next_ms)
          << "seed " << seed << " atom " << n;
      ASSERT_LE(timeline.next_change_ms(), stated_ms);
    }
  }
}

TEST(Labels, JoiningIsAUnionOfSets) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    const auto label = [&] {
      std::vector<Atom> atoms;
      for (int64_t left = draw.below(4); left > 0; --left) {
        atoms.push_back(draw.atom());
        if (draw.one_in(3)) atoms.push_back(atoms.back());
      }
      return release::label_of(atoms);
    };
    const Label a = label(), b = label(), c = label();
    EXPECT_EQ(join(a, b), join(b, a));
    EXPECT_EQ(join(join(a, b), c), join(a, join(b, c)));
    EXPECT_EQ(join(a, a), a);
    EXPECT_EQ(join(join(a, b), a), join(a, b));
  }
}

TEST(Labels, AJoinedLabelIsReadByWhoReadsEachPartAndNobodyElse) {
  uint64_t both = 0, one = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Draw draw(seed);
    const Drawn drawn = draw.world();
    for (const Reader& reader : drawn.readers) {
      for (int n = 0; n < 20; ++n) {
        const int64_t at_ms = draw.below(kGridMs);
        const release::Context context{&drawn.directory, &drawn.party_sets, at_ms, at_ms,
                                       draw.below(at_ms + 1)};
        const Atom& left = drawn.atoms[static_cast<size_t>(draw.below(40))];
        const Atom& right = drawn.atoms[static_cast<size_t>(draw.below(40))];
        const bool reads_left = decide(left, reader, context).reads;
        const bool reads_right = decide(right, reader, context).reads;
        const Label joined = join(release::label_of({left}), release::label_of({right}));
        ASSERT_EQ(decide(joined, reader, context).reads, reads_left && reads_right);
        both += reads_left && reads_right ? 1 : 0;
        one += reads_left != reads_right ? 1 : 0;
      }
    }
  }
  EXPECT_GT(both, 100u);
  EXPECT_GT(one, 100u);
}

// What one originator writes into its atom changes nothing about another's.
TEST(Labels, EachOriginatorDecidesItsOwnAtomsOnly) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Draw draw(seed);
    const Drawn drawn = draw.world();
    Atom open = drawn.atoms[0];
    open.originator = 0;
    open.tlp_levels = 1;
    open.releasable_to.clear();
    open.classifications.clear();
    open.exercises.clear();
    open.unknown = false;
    open.embargo_until_ms = release::kNoEmbargo;
    for (Atom other : drawn.atoms) {
      other.originator = 1;
      for (const Reader& reader : drawn.readers) {
        const release::Context context{&drawn.directory, &drawn.party_sets, kGridMs, kGridMs, 10};
        const bool alone = decide(other, reader, context).reads;
        const Label joined = join(release::label_of({open}), release::label_of({other}));
        const bool opened = decide(joined, reader, context).reads;
        ASSERT_TRUE(!opened || alone) << "another originator's CLEAR opened it";
        const bool is_live = reader.realm.empty();
        ASSERT_EQ(opened, alone && (is_live || decide(open, reader, context).reads));
      }
    }
  }
}

}  // namespace entente::oracle
