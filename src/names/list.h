// A list of entities, indexed so that a name finds those that may be meant without a scan.
//
//   ListBuilder builder;
//   for (const Entity& one : entities) TRY(builder.add(one));
//   const NameList list = builder.finish();
//   Searcher searcher(list);                       // one per thread
//   for (const Match& match : searcher.search(query, {})) ...
//
// How a candidate is found: every word of the query is looked up among the distinct words of the
// list, by the classes of its consonants (sound.h); each likely counterpart brings the names that
// hold it. A name is missed only if none of its informative words meets one of the query's.
//
// Threads: a NameList may be read by many; a Searcher belongs to one. Memory: about 150 bytes an
// entity and 40 a distinct word. Cost: `bench_names speed`, bench/RESULTS.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "names/align.h"
#include "names/entity.h"
#include "names/score.h"

namespace entente::names {

inline constexpr size_t kListEntitiesMax = 20'000'000;
inline constexpr size_t kListTextBytesMax = size_t{3} << 30;
inline constexpr uint32_t kMatchesDefault = 10;
inline constexpr uint32_t kMatchesMax = 1'000;

struct ListData;  // list_data.h

struct SearchOptions {
  uint32_t limit = kMatchesDefault;
  double threshold = 0;  // matches of a lower score are left out
};

struct Match {
  uint32_t entity = 0;      // its number in the list
  double score = 0;         // a probability, strictly falling within one answer
  double log_odds = 0;      // before the prior
  uint32_t name = 0;        // which of the list's names
  uint32_t query_name = 0;  // which of the query's
};

class NameList {
 public:
  NameList(NameList&&) noexcept;
  NameList& operator=(NameList&&) noexcept;
  ~NameList();

  size_t entities() const;
  size_t names() const;
  std::string_view entity_id(uint32_t entity) const;
  std::string_view name_text(uint32_t name) const;
  // The first name of an entity, by which it is called in answers.
  std::string_view caption(uint32_t entity) const;
  Kind kind(uint32_t entity) const;
  Facts facts(uint32_t entity) const;
  // All that is listed of an entity, as bytes: equal if and only if the same is listed.
  std::string listed(uint32_t entity) const;
  // How many bytes it holds, and distinct words.
  size_t bytes() const;
  size_t words() const;
  // How much a word says in this list.
  float information_of(const Word& word) const;

 private:
  friend class ListBuilder;
  friend class Searcher;

  explicit NameList(std::unique_ptr<ListData> data);
  std::unique_ptr<ListData> data_;
};

class ListBuilder {
 public:
  ListBuilder();
  ~ListBuilder();
  ListBuilder(const ListBuilder&) = delete;
  ListBuilder& operator=(const ListBuilder&) = delete;

  // kTooLarge past the limits above. An entity without a readable name is kept, and never found.
  Result<void> add(const Entity& entity);
  // Makes the index; the builder is empty afterwards.
  NameList finish();

 private:
  std::unique_ptr<ListData> data_;
};

class Searcher {
 public:
  explicit Searcher(const NameList& list);
  ~Searcher();
  Searcher(const Searcher&) = delete;
  Searcher& operator=(const Searcher&) = delete;

  // The best matches, best first.
  std::vector<Match> search(const Entity& query, const SearchOptions& options);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The forms of a listed name; where its kind is not known, as a person's and as an organisation's.
std::vector<Form> list_forms(std::string_view name, Kind kind);
// The forms of a query's name: the same, and of Latin words the other spellings of Chinese.
std::vector<Form> query_forms(std::string_view name, Kind kind);
// What a reading takes off: readings that the writer may not have meant are less likely.
float reading_log_odds(Reading reading);
float name_kind_log_odds(NameKind kind);

}  // namespace entente::names
