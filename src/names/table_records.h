// Entities in tables: OFAC's CSV set, the US Consolidated Screening List, GLEIF level 1, OpenSanctions'
// simple targets, and any table whose columns a mapping names or whose headings are usual ones.
//
// Threads: one. Cost: one pass.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "names/csv.h"
#include "names/reader.h"

namespace entente::names {

inline constexpr size_t kMappedColumnsMax = 64;

// Which columns of a table say what. A column is named by its heading, or by its number from 1 where
// the table has none.
struct TableMapping {
  std::vector<std::string> id, names, aliases, former, kind, birth_dates, countries, gender;
  std::vector<std::pair<std::string, std::string>> identifiers;  // type, column
  Kind all_are = Kind::kAny;                                     // where no column says the kind
  char list_separator = '\0';  // between several values of one field; none if 0
  bool has_headings = true;
};

// {"columns":{"id":"No","names":["Name"],"aliases":[...],"former_names":[...],"kind":"Type",
// "birth_dates":[...],"countries":[...],"gender":"...","identifiers":{"lei":"LEI"}},"kind":"person",
// "separator":";","headings":true}. kInvalid if no column of names is given.
Result<TableMapping> read_mapping(json::Value object);

// Entities whose rows stand in several files (OFAC: names, further names, addresses). Collects them
// until all files are read.
class EntitySet {
 public:
  // `is_part`: says more of an entity of that id, and is none on its own.
  Result<void> add(Entity&& entity, bool is_part);
  // Gives the entities, each with what its parts say, and forgets them.
  Result<void> finish(const EntitySink& sink);

 private:
  std::vector<Entity> entities_;
  std::map<std::string, std::vector<Entity>> parts_;
  size_t part_count_ = 0;
};

class TableReader {
 public:
  // `set` is where rows go that belong to a set of files; `mapping` may be null.
  TableReader(const EntitySink& sink, EntitySet* set, const TableMapping* mapping,
              ReadReport* report);
  // The first bytes of the table, before feed().
  void begin(std::string_view first) { csv_.choose_separator(first); }
  Result<void> feed(std::string_view piece) { return csv_.feed(piece); }
  Result<void> finish() { return csv_.finish(); }

 private:
  enum class Form { kUnknown, kSdn, kAlt, kAdd, kMapped, kNone };
  struct Column {
    size_t index = 0;
    std::string type;  // of an identifier
  };

  Result<void> take(CsvRow& row);
  bool recognise(const CsvRow& row);
  void use_headings(const CsvRow& row);
  void use_mapping(const CsvRow& row);
  Result<void> take_ofac(const CsvRow& row);
  Result<void> take_mapped(const CsvRow& row);
  void refuse(std::string_view why);

  const EntitySink& sink_;
  EntitySet* set_;
  const TableMapping* mapping_;
  ReadReport* report_;
  CsvReader csv_;
  Form form_ = Form::kUnknown;
  uint64_t row_ = 0;
  char list_separator_ = '\0';
  Kind all_are_ = Kind::kAny;
  std::vector<Column> id_, names_, aliases_, former_, kind_, dates_, countries_, gender_,
      identifiers_;
};

}  // namespace entente::names
