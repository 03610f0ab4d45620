// What tests of the engine share: events in a short form, and the answer of the oracle and of the
// engine to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pattern/pattern.h"

namespace entente::pattern {

// One observation: seconds since 2020-01-01 (fractions as "1.5"), number_observed, and its objects as
// JSON members separated by commas: "file--1":{"type":"file",...}. An object's id is its name.
struct Event {
  std::string first = "0", last = "0";
  int count = 1;
  std::string objects;
};

// A bundle in which each event is observed-data--N with its objects in object_refs, in order. Ids of
// objects are made different between events by "%" in them, which becomes the number of the event.
std::string bundle_of(const std::vector<Event>& events);

// The observations that take part in matches, as "0 2 5". Fails the test if oracle and engine differ.
std::string matches(std::string_view pattern, const std::string& bundle);
std::string matches(std::string_view pattern, const std::vector<Event>& events);
// The same of one observation of the given objects: whether it matches.
bool fits(std::string_view pattern, const std::string& objects);

// "2020-01-01T00:01:05.5Z" of "65.5".
std::string time_of(const std::string& seconds);

}  // namespace entente::pattern
