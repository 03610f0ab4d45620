// Reads lists of entities in the forms in which they are published, told apart by their content.
//
//   auto report = read_list(next_piece, {}, [&](Entity&& one) { return builder.add(one); });
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
inline constexpr size_t kListXmlBytesMax = size_t{512} << 20;

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

Result<ReadReport> read_list(const NextPiece& next, const EntitySink& sink);

}  // namespace entente::names
