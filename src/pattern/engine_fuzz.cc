// Bytes as choices: patterns and events drawn from them, oracle against engine and stream. Then the same
// bytes as an event, for the reader.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/draw.h"
#include "pattern/reference.h"

using namespace entente;
using namespace entente::pattern;

namespace {

// Events with what their observations point into.
struct Events {
  std::string text;
  json::Document document;
};

void read_events(std::string_view bytes, Events* events, const EventReader::Sink& sink) {
  json::Parser parser;
  json::Document& document = events->document;
  events->text = json::padded(bytes);
  if (!parser.parse(std::string_view(events->text).substr(0, bytes.size()), &document)) return;
  EventReader reader;
  reader.read(document, sink, [](const EventTrouble& trouble) { CHECK(!trouble.what.empty()); });
}

void compare(const uint8_t* data, size_t size) {
  size_t at = 0;
  const Draw draw = [&](uint32_t below) { return at < size ? data[at++] % below : 0U; };
  const std::string bundle = draw_bundle(draw, 3);
  Batch batch;
  std::vector<std::string> texts;
  for (int i = 0; i < 3; ++i) texts.push_back(draw_pattern(draw, 2));
  std::vector<std::unique_ptr<Pattern>> patterns;
  std::vector<Reference> references;
  for (const std::string& text : texts) {
    patterns.push_back(std::make_unique<Pattern>());
    const bool is_valid = parse_and_check(text, {}, patterns.back().get()).has_value();
    const bool is_added = batch.add(text).has_value();
    CHECK(is_valid || !is_added);
    if (!is_added) return;  // drawn beyond a limit
    references.emplace_back(*patterns.back());
  }
  Events events;  // the oracle looks at times again at the end
  read_events(bundle, &events, [&](const Observation& seen) {
    batch.see(seen);
    for (Reference& each : references) each.add(seen);
  });
  std::vector<std::vector<uint32_t>> found(texts.size());
  batch.finish([&](uint32_t pattern, const std::vector<uint32_t>& seen, bool is_complete) {
    if (is_complete) found[pattern] = seen;
  });
  for (size_t i = 0; i < texts.size(); ++i) CHECK(found[i] == references[i].participants());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  compare(data, size);
  Batch batch;
  CHECK(
      batch.add("[file:name = 'x' OR EXISTS file:a_ref.b_refs[*].c[*]] AND [file:d_hex != h'00']"));
  Events events;
  read_events({reinterpret_cast<const char*>(data), size}, &events,
              [&](const Observation& seen) { batch.see(seen); });
  batch.finish([](uint32_t, const std::vector<uint32_t>&, bool) {});
  return 0;
}
