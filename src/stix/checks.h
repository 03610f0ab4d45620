// Checks that the tables name and constraints.cc and marking.cc hold: rules that no table can say.
#pragma once

namespace entente::stix {

class Walk;
struct Frame;

void check_location(Walk& walk, const Frame& frame);
void check_malware(Walk& walk, const Frame& frame);
void check_observed_data(Walk& walk, const Frame& frame);
void check_relationship(Walk& walk, const Frame& frame);
void check_email_message(Walk& walk, const Frame& frame);
void check_network_traffic(Walk& walk, const Frame& frame);
void check_extension_definition(Walk& walk, const Frame& frame);
void check_marking_definition(Walk& walk, const Frame& frame);
void check_external_reference(Walk& walk, const Frame& frame);

}  // namespace entente::stix
