// Reads lists of entities in the forms in which they are published, told apart by their content.
//
//   EntitySet set;  // of lists that come in several files
//   auto report = read_list(next_piece, [&](Entity&& one) { return builder.add(one); }, &set, nullptr);
//   TRY(set.finish(sink));  // after the last file
//
// Known forms: docs/names.md. Bytes come in pieces; nothing but one record is held. What is not
// understood is counted and the first of it described, and never ends the reading; a form that is
// not known at all is kInvalid.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "names/entity.h"

namespace entente::names {

inline constexpr size_t kReadProblemsMax = 20;  // described; further ones are counted
inline constexpr size_t kListRecordBytesMax = size_t{4} << 20;  // one line or record of text

// The next bytes; empty at the end. They live until the next call.
using NextPiece = std::function<Result<std::string_view>()>;
using EntitySink = std::function<Result<void>(Entity&&)>;

struct ReadReport {
  std::string format;
  uint64_t entities = 0;
  uint64_t skipped = 0;  // records of something else than a party
  uint64_t refused = 0;  // records that could not be read
  std::vector<std::string> problems;
};

class EntitySet;      // table_records.h
struct TableMapping;  // table_records.h

// `mapping` says what the columns of a table mean; null: the usual headings.
Result<ReadReport> read_list(const NextPiece& next, const EntitySink& sink, EntitySet* set,
                             const TableMapping* mapping);
// A list in one file.
Result<ReadReport> read_list(const NextPiece& next, const EntitySink& sink);

}  // namespace entente::names
