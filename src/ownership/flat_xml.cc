// libxml2's pull reader: one pass, no tree. The one file of this module that knows it.
#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "base/text.h"
#include "ownership/flat_record.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

struct Close {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

void be_silent(void*, const char*, xmlParserSeverities, xmlTextReaderLocatorPtr) {}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

class XmlRecords {
 public:
  XmlRecords(std::span<const std::string_view> names, const RecordSink& sink)
      : names_(names), sink_(sink) {}

  Result<void> node(xmlTextReader* reader) {
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
        return fail(Code::kInvalid, "document types and entities are not taken");
      case XML_READER_TYPE_ELEMENT:
        return begin(reader);
      case XML_READER_TYPE_END_ELEMENT:
        return end();
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
        if (depth_ == 0) return {};
        text_ += view(xmlTextReaderConstValue(reader));
        if (text_.size() > limits::kFieldBytesMax)
          return fail(Code::kTooLarge, "an element with too much text");
        return {};
      default:
        return {};
    }
  }

 private:
  Result<void> begin(xmlTextReader* reader) {
    const std::string name(view(xmlTextReaderConstLocalName(reader)));
    if (depth_ == 0 && std::ranges::find(names_, name) == names_.end()) return {};
    const bool is_empty = xmlTextReaderIsEmptyElement(reader) == 1;
    if (depth_ == 0) {
      record_ = name;
      leaves_.clear();
    } else {
      if (ends_.size() >= limits::kXmlDepthMax) return fail(Code::kTooLarge, "nested too deep");
      ends_.push_back(path_.size());
      if (!path_.empty()) path_ += '/';
      path_ += name;
    }
    ++depth_;
    text_.clear();
    if (is_empty) return end();
    return {};
  }

  Result<void> end() {
    if (depth_ == 0) return {};
    if (--depth_ == 0) {
      TRY(sink_(record_, leaves_));
      return {};
    }
    if (const std::string_view text = trim(text_); !text.empty()) {
      if (leaves_.size() >= limits::kLeavesMax)
        return fail(Code::kTooLarge, "a record of too many elements");
      leaves_.push_back({path_, std::string(text)});
    }
    text_.clear();
    path_.resize(ends_.back());
    ends_.pop_back();
    return {};
  }

  std::span<const std::string_view> names_;
  const RecordSink& sink_;
  std::string record_, path_, text_;
  std::vector<size_t> ends_;  // sizes of path_ on the way
  std::vector<Leaf> leaves_;
  size_t depth_ = 0;
};

}  // namespace

Result<void> for_each_xml_record(std::string_view text, std::span<const std::string_view> names,
                                 const RecordSink& sink) {
  if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max()))
    return fail(Code::kTooLarge, "an XML file of more than 2 GiB");
  // The library would read declarations before it shows the node that holds them. In another encoding
  // they could hide; these files are UTF-8.
  if (text.find("<!DOCTYPE") != std::string_view::npos)
    return fail(Code::kInvalid, "document types are not taken");
  const std::unique_ptr<xmlTextReader, Close> reader(
      xmlReaderForMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!reader) return fail(Code::kInternal, "no memory for an XML reader");
  xmlTextReaderSetErrorHandler(reader.get(), be_silent, nullptr);
  XmlRecords records(names, sink);
  for (;;) {
    const int more = xmlTextReaderRead(reader.get());
    if (more == 0) return {};
    if (more < 0) {
      return fail(Code::kInvalid, fmt::format("XML that is not well-formed, line {}",
                                              xmlTextReaderGetParserLineNumber(reader.get())));
    }
    TRY(records.node(reader.get()));
  }
}

}  // namespace entente::ownership
