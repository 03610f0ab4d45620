// JSON as a tree of offsets into the bytes it was read from: nothing is copied, every value knows
// its exact slice.
//
//   json::Parser parser;                          // keeps its buffers; one per thread
//   json::Document document;
//   parser.parse(padded_bytes, &document);        // whole grammar checked [RFC 8259], UTF-8 too
//   for (json::Member m : document.root().members()) use(m.key.text(), m.value.raw());
//
// Ownership: a Document borrows the bytes; they must outlive it and stay in place. Values borrow
// the Document.
// Threads: a Parser and a Document belong to one thread at a time; a parsed Document may be read
// by many.
// Cost: about 0.6 us per 1 KB STIX object.
//
// What is refused, with byte offset: anything outside RFC 8259, invalid UTF-8 (overlong forms,
// surrogates), unpaired surrogate escapes, nesting past limits::kJsonDepthMax. Numbers of any
// length are kept as written; whether one fits a type is for its reader to ask. Duplicate keys are
// legal JSON and are listed, not refused: see duplicates().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::json {

// Readable bytes that must follow the input in its buffer (their content does not matter).
inline constexpr size_t kPaddingBytes = 64;

enum class Kind : uint8_t { kObject, kArray, kString, kNumber, kTrue, kFalse, kNull };

// One value or key. `end` is past its last byte. `next` is the index of the node after the whole
// subtree.
struct Node {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t next = 0;
  uint32_t children = 0;  // members or elements, direct
  Kind kind = Kind::kNull;
  bool escaped = false;   // a string with a backslash in it
  uint16_t key_hash = 0;  // of a key: equal for equal names
};

class Document;
class Members;
class Elements;

// A borrowed value; 16 bytes, copy freely.
class Value {
 public:
  Value(const Document* document, uint32_t index) : document_(document), index_(index) {}

  Kind kind() const;
  bool is_object() const { return kind() == Kind::kObject; }
  bool is_array() const { return kind() == Kind::kArray; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_number() const { return kind() == Kind::kNumber; }
  bool is_bool() const { return kind() == Kind::kTrue || kind() == Kind::kFalse; }

  std::string_view raw() const;  // the exact slice, quotes and brackets included
  size_t offset() const;         // of raw() in the document's bytes
  uint32_t size() const;         // members of an object, elements of an array, else 0
  uint32_t index() const { return index_; }
  const Document& document() const { return *document_; }

  // A string's content with its escapes resolved. Without escapes it points into the input, else
  // into *scratch.
  std::string_view text(std::string* scratch) const;
  // The same as an owned string.
  std::string text() const;
  // Whether a string's content equals `expected`, escapes resolved.
  bool text_is(std::string_view expected) const;
  // Whether the string is written without any backslash, so that raw() less its quotes is its
  // content.
  bool is_plain() const;

  // A number that is written as an integer (no fraction, no exponent) and fits; else nullopt.
  std::optional<int64_t> integer() const;
  // Any number, rounded to the nearest double; nullopt where it overflows.
  std::optional<double> number() const;

  Members members() const;    // of an object; empty for any other kind
  Elements elements() const;  // of an array; empty for any other kind
  // The first member of that name; nullopt if there is none or this is no object.
  std::optional<Value> find(std::string_view key) const;

 private:
  const Document* document_;
  uint32_t index_;
};

struct Member {
  Value key;
  Value value;
};

class Document {
 public:
  Value root() const { return Value(this, 0); }
  std::string_view bytes() const { return bytes_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  // Node indexes of keys that repeat an earlier key of the same object, in order of appearance.
  const std::vector<uint32_t>& duplicates() const { return duplicates_; }

 private:
  friend class Parser;
  friend class Walker;  // json.cc: builds the nodes
  std::string_view bytes_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> duplicates_;
};

// Why and where parsing stopped.
struct ParseError {
  size_t offset = 0;
  std::string detail;
};

class Parser {
 public:
  Parser();
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Parses exactly one JSON text (white space around it is fine). `bytes` must be followed by
  // kPaddingBytes readable bytes. On failure the document is empty and the error says where; sizes
  // past 4 GiB are refused.
  std::expected<void, ParseError> parse(std::string_view bytes, Document* document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Members {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, uint32_t index) : document_(document), index_(index) {}
    Member operator*() const { return {Value(document_, index_), Value(document_, index_ + 1)}; }
    Iterator& operator++() {
      index_ = document_->nodes()[index_ + 1].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Document* document_;
    uint32_t index_;
  };
  Members(const Document* document, uint32_t begin, uint32_t end)
      : document_(document), begin_(begin), end_(end) {}
  Iterator begin() const { return {document_, begin_}; }
  Iterator end() const { return {document_, end_}; }

 private:
  const Document* document_;
  uint32_t begin_, end_;
};

class Elements {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, uint32_t index) : document_(document), index_(index) {}
    Value operator*() const { return Value(document_, index_); }
    Iterator& operator++() {
      index_ = document_->nodes()[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Document* document_;
    uint32_t index_;
  };
  Elements(const Document* document, uint32_t begin, uint32_t end)
      : document_(document), begin_(begin), end_(end) {}
  Iterator begin() const { return {document_, begin_}; }
  Iterator end() const { return {document_, end_}; }

 private:
  const Document* document_;
  uint32_t begin_, end_;
};

// Inline, since readers of objects ask for little else.
inline Kind Value::kind() const { return document_->nodes()[index_].kind; }
inline std::string_view Value::raw() const {
  const Node& node = document_->nodes()[index_];
  return document_->bytes().substr(node.begin, node.end - node.begin);
}
inline size_t Value::offset() const { return document_->nodes()[index_].begin; }
inline uint32_t Value::size() const { return document_->nodes()[index_].children; }
inline bool Value::is_plain() const { return !document_->nodes()[index_].escaped; }
inline Members Value::members() const {
  if (!is_object()) return Members(document_, 0, 0);
  return Members(document_, index_ + 1, document_->nodes()[index_].next);
}
inline Elements Value::elements() const {
  if (!is_array()) return Elements(document_, 0, 0);
  return Elements(document_, index_ + 1, document_->nodes()[index_].next);
}

// A copy of the text with room for the parser behind it.
std::string padded(std::string_view text);

}  // namespace entente::json
