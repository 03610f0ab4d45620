// What the elements of a record say, by the schemas of the lists (xml_records.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "names/entity.h"

namespace entente::names {

// An element with text: its path below the record ("INDIVIDUAL_ALIAS/ALIAS_NAME"), its attribute
// `type`, its text.
struct XmlLeaf {
  std::string path, type, text;
};
struct XmlRecord {
  std::string name;
  std::vector<XmlLeaf> leaves;
};

// INDIVIDUAL, ENTITY (UN), sdnEntry (OFAC), LEIRecord (GLEIF).
bool is_xml_record(std::string_view element);
// Without id or names if the record has none.
Entity entity_of_xml(const XmlRecord& record);

}  // namespace entente::names
