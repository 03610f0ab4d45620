// Observations as sensors send them, with what must be kept of each until it is known whether it matched.
//
//   EventSource source(body, mapping, options);
//   source.read([&](const pattern::Observation& seen) { Event event = source.event(seen); ... }, trouble);
//
// Threads: one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "logs/mapping.h"
#include "logs/reader.h"
#include "pattern/event.h"

namespace entente::watch {

// An observed-data with the objects that it refers to, as they are to be stored.
struct Event {
  std::string id;
  std::string first, last;  // timestamps, as written
  int64_t first_ns = 0, last_ns = 0;
  uint64_t count = 1;                 // number_observed
  std::vector<std::string> markings;  // of the observed-data, sorted; empty: its party's own
  std::vector<std::string> objects;   // JSON, the observed-data first

  size_t bytes() const;
};

class EventSource {
 public:
  using Trouble = std::function<void(uint64_t line, const std::string& what)>;

  // kLines: never a bundle that goes over several lines.
  enum class Form : uint8_t { kAny, kLines };

  // `body` is followed by json::kPaddingBytes readable bytes; it is a bundle, JSON Lines of bundles or, with a mapping, lines
  // of a log. What says nothing of marks itself gets `markings`.
  EventSource(std::string_view body, const logs::Mapping* mapping,
              std::vector<std::string> markings, Form form = Form::kAny);

  // Hands each observation on; lines count from 1.
  void read(const pattern::EventReader::Sink& sink, const Trouble& trouble);
  // The observation that a sink has just been given.
  Event event(const pattern::Observation& seen) const;

 private:
  bool read_line(std::string_view line, std::string_view whole,
                 const pattern::EventReader::Sink& sink, const Trouble& trouble);

  std::string_view body_;
  std::unique_ptr<logs::LogReader> log_;
  std::vector<std::string> markings_;
  const Form form_;
  json::Parser parser_;
  json::Document document_;
  pattern::EventReader reader_;
  uint64_t line_ = 1;
};

// The object with `markings` as its object_marking_refs if it has none.
std::string with_markings(json::Value object, const std::vector<std::string>& markings);

}  // namespace entente::watch
