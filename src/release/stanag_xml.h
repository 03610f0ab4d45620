// XML as a small tree of elements, for the formats that allies write in XML: confidentiality
// labels, bindings, policy files. And a writer for the same.
//
//   XmlElement root = TRY(parse_xml(bytes));
//   if (root.is(kSpace, "SPIF")) ...
//
// What is read is plain namespaced XML 1.0 in UTF-8, no more: any document type declaration is
// refused, and with it every entity, external or nested; nothing is ever fetched. Size, depth,
// elements and attributes are limited (kXml... in base/limits.h). Comments and processing
// instructions are passed over, and the text on both sides of one is joined.
//
// Ownership: an element owns all below it. Threads: free functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace entente::release {

struct XmlAttribute {
  std::string space;  // namespace name; empty for an attribute without prefix
  std::string name;
  std::string value;
};

struct XmlElement {
  std::string space;
  std::string name;
  std::vector<XmlAttribute> attributes;  // namespace declarations are not among them
  std::string text;                      // all character data directly inside, joined
  std::vector<XmlElement> children;
  uint32_t line = 0;

  bool is(std::string_view wanted_space, std::string_view wanted_name) const {
    return name == wanted_name && space == wanted_space;
  }
  // The value of an attribute without prefix; null if there is none.
  const std::string* attribute(std::string_view wanted) const;
};

// The root of one document. kInvalid: not well-formed, not UTF-8, or with a document type
// declaration. kTooLarge: past a limit.
Result<XmlElement> parse_xml(std::string_view bytes);

// kInvalid with the element's name and line before the detail.
std::unexpected<Error> xml_fail(const XmlElement& at, std::string_view detail);
// Whether the text can stand in an XML 1.0 document: UTF-8, and no control character but tab, line
// feed and return. [XML 1.0 2.2]
bool is_xml_text(std::string_view text);
// White space at the ends gone, runs of it one space: what xs:token makes of a text.
std::string xml_collapsed(std::string_view text);
// xs:dateTime with a year of four digits; the zone is optional. [XML Schema 2, 3.2.7]
bool is_xml_date_time(std::string_view text);

using XmlPairs = std::vector<std::pair<std::string_view, std::string_view>>;

// Writes elements with two spaces of indentation a level. Tags are given as they shall stand,
// prefix included.
class XmlWriter {
 public:
  void open(std::string_view tag, const XmlPairs& attributes = {});
  void close();
  void leaf(std::string_view tag, const XmlPairs& attributes, std::string_view text);
  void empty(std::string_view tag, const XmlPairs& attributes);
  // The document. kInvalid if any text given could not stand in XML.
  Result<std::string> finish() &&;

 private:
  void start(std::string_view tag, const XmlPairs& attributes);
  void append_escaped(std::string_view text);

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
  bool unwritable_ = false;
};

}  // namespace entente::release
