// Cuts a stream of JSON into its objects without holding the stream: a bundle or envelope
// ({"objects":[...]}), a list, JSON Lines, objects one after the other, or one object.
//
//   Splitter splitter([](std::string_view object, uint64_t offset) { ... });
//   while (read(chunk)) if (!splitter.feed(chunk)) break;   // slices live during the call alone
//   splitter.finish();
//
// It finds where objects begin and end (strings, escapes, brackets) and checks no grammar: each
// slice is for a Parser to judge. What is no object comes out
// whole, an element or a line, for its reader to refuse.
// Memory: one object, at most limits::kObjectBytesMax; a longer one is reported and skipped.
// Threads: one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace entente::json {

class Splitter {
 public:
  using Sink = std::function<void(std::string_view object, uint64_t offset)>;
  // `what` went wrong at `offset`; `skipped` says that only one element is lost and the stream goes
  // on.
  using Trouble = std::function<void(std::string_view what, uint64_t offset)>;

  Splitter(Sink sink, Trouble trouble) : sink_(std::move(sink)), trouble_(std::move(trouble)) {}

  // False once the stream cannot be followed any more; what follows is ignored.
  bool feed(std::string_view chunk);
  // Call at the end of the stream: reports what was left open.
  void finish();

 private:
  enum class Mode : uint8_t {
    kTop,      // between top-level values
    kObject,   // in a top-level object that may turn out to be a bundle
    kList,     // between the elements of a list
    kElement,  // in an element of a list
    kScalar,   // in an element or line that is no object
    kRest,     // in a bundle, behind its list
    kLost,
  };

  bool step(char c);
  bool between(char c);
  bool inside(char c);
  bool scalar(char c);
  void keep(char c);
  void begin(Mode mode, char c);
  void end_value();
  bool lose(std::string_view what);
  bool at_bundle_list(char c) const;
  size_t plain_bytes(std::string_view rest) const;

  Sink sink_;
  Trouble trouble_;
  Mode mode_ = Mode::kTop;
  Mode outer_ = Mode::kTop;  // where an element's end leads back to
  bool list_in_bundle_ = false;
  std::string buffer_;
  uint64_t offset_ = 0;  // of the next byte
  uint64_t begin_ = 0;   // of the value in buffer_
  uint32_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool too_long_ = false;
  // The last member name at depth 1 of a top-level object, to see "objects":[ come.
  std::string key_;
  bool key_open_ = false;
  bool after_colon_ = false;
  bool expects_key_ = false;
};

}  // namespace entente::json
