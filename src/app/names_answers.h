// What screen and compare share: lists into memory, and answers as JSON.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/input.h"
#include "app/json_text.h"
#include "base/result.h"
#include "names/explain.h"
#include "names/list.h"

namespace entente::app {

// The lines of an input, one after the other.
class Lines {
 public:
  // `first`: bytes of it that were read before.
  explicit Lines(std::unique_ptr<exchange::Source> source, std::string first = {})
      : source_(std::move(source)), buffer_(std::move(first)) {}

  // False at the end; kTooLarge for a line that is too long.
  Result<bool> next(std::string* line);

 private:
  std::unique_ptr<exchange::Source> source_;
  std::string buffer_;
  size_t begin_ = 0;
};

// The lists of these files in one, with progress on standard error. `mapping` names a file that says
// what the columns of tables mean; empty: the usual headings. Records that could not be read are said
// on standard error and make `is_clean` false.
Result<names::NameList> read_name_lists(const std::vector<std::string>& paths,
                                        const std::string& mapping, bool* is_clean);

std::string evidence_json(const std::vector<names::Evidence>& lines);
// Adds the paragraph, in English and in the language of the left name if that is another.
void add_prose(std::string_view left, std::string_view right, double score,
               const std::vector<names::Evidence>& lines, JsonObject* object);
// A list of objects, best match first; with `query` also what speaks for and against each.
std::string matches_json(const names::NameList& list, const std::vector<names::Match>& matches,
                         const names::Entity* query);

Result<void> print(std::string_view text);

}  // namespace entente::app
