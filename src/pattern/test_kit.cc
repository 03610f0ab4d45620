// The bundle is text, so that what is tested begins with reading it.
#include "pattern/test_kit.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/reference.h"

namespace entente::pattern {
namespace {

std::string joined(const std::vector<uint32_t>& numbers) {
  std::string out;
  for (const uint32_t each : numbers) out += (out.empty() ? "" : " ") + std::to_string(each);
  return out;
}

std::string replaced(std::string text, char what, const std::string& with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, 1, with);
  return text;
}

}  // namespace

std::string time_of(const std::string& seconds) {
  const size_t point = seconds.find('.');
  const int64_t whole = std::stoll(seconds.substr(0, point));
  std::string text = format_time_ms((1'577'836'800 + whole) * 1000);
  text.resize(19);
  return text + (point == std::string::npos ? "" : seconds.substr(point)) + "Z";
}

std::string bundle_of(const std::vector<Event>& events) {
  std::string out = R"({"type":"bundle","id":"bundle--1","objects":[)";
  for (size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    std::string refs, objects;
    json::Parser parser;
    json::Document document;
    const std::string text = "{" + replaced(event.objects, '%', std::to_string(i)) + "}";
    const std::string bytes = json::padded(text);
    EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, text.size()), &document)) << text;
    for (const json::Member member : document.root().members()) {
      refs += (refs.empty() ? "" : ",") + std::string(member.key.raw());
      const std::string_view raw = member.value.raw();
      objects += ",{\"id\":" + std::string(member.key.raw()) + "," + std::string(raw.substr(1));
    }
    out += (i == 0 ? "" : ",") + std::string(R"({"type":"observed-data","id":"observed-data--)") +
           std::to_string(i) + R"(","first_observed":")" + time_of(event.first) +
           R"(","last_observed":")" + time_of(event.last) + R"(","number_observed":)" +
           std::to_string(event.count) + R"(,"object_refs":[)" + refs + "]}" + objects;
  }
  return out + "]}";
}

std::string matches(std::string_view text, const std::string& bundle) {
  Pattern pattern;
  const auto parsed = parse_and_check(text, {}, &pattern);
  EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
  if (!parsed) return "invalid";
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(bundle);
  EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, bundle.size()), &document)) << bundle;
  Reference reference(pattern);
  Batch batch;
  EXPECT_TRUE(batch.add(text));
  EventReader reader;
  reader.read(
      document,
      [&](const Observation& seen) {
        reference.add(seen);
        batch.see(seen);
      },
      [](const EventTrouble& trouble) { ADD_FAILURE() << trouble.id << ": " << trouble.what; });
  std::string found;
  batch.finish([&](uint32_t, const std::vector<uint32_t>& seen, bool is_complete) {
    EXPECT_TRUE(is_complete) << text;
    found = joined(seen);
  });
  const std::string wanted = joined(reference.participants());
  EXPECT_EQ(found, wanted) << text << "\n" << bundle;
  return wanted;
}

std::string matches(std::string_view pattern, const std::vector<Event>& events) {
  return matches(pattern, bundle_of(events));
}

bool fits(std::string_view pattern, const std::string& objects) {
  return matches(pattern, {{.objects = objects}}) == "0";
}

}  // namespace entente::pattern
