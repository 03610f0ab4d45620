// Rows of OFAC's CSV set: SDN.CSV and CONS_PRIM.CSV, ALT.CSV, ADD.CSV (no headings; -0- is null).
#pragma once

#include "names/csv.h"
#include "names/entity.h"

namespace entente::names {

enum class OfacForm { kNone, kSdn, kAlt, kAdd };
OfacForm ofac_form_of(const CsvRow& row);

// ent_num, name, type, program, title, call sign, vessel type, tonnage, gross tonnage, flag, owner,
// remarks. Remarks say birth dates, nationalities, numbers, gender.
Entity entity_of_sdn_row(const CsvRow& row);
// ent_num, alt_num, aka|fka|nka, name, remarks: an entity with that name alone.
Entity entity_of_alt_row(const CsvRow& row);
// ent_num, add_num, address, city, country, remarks: an entity with that country alone.
Entity entity_of_add_row(const CsvRow& row);

}  // namespace entente::names
