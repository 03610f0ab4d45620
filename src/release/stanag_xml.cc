// The one file that knows libxml2.
//
// The library's SAX interface builds our own tree, so that limits hold while parsing and not after
// it. A document type declaration stops the parser at once: without one no entity can be declared
// but the five of XML itself, so "replace entities" (which the library wants for plain decoding of
// attribute values) can expand nothing. No callback loads anything, and NONET is set besides. Bytes
// that could make the library guess another encoding (a zero byte, a first byte other than '<') are
// refused before it sees them.
#include "release/stanag_xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <memory>

#include "base/limits.h"
#include "base/text.h"

namespace entente::release {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// What the callbacks build. Borrowed by the parser context for the length of one parse.
struct Builder {
  xmlParserCtxtPtr context = nullptr;
  std::vector<XmlElement> open;
  XmlElement root;
  size_t elements = 0;
  bool failed = false;
  Error error;

  void refuse(Code code, std::string detail) {
    if (!failed) {
      failed = true;
      error = {code,
               "line " + std::to_string(xmlSAX2GetLineNumber(context)) + ": " + std::move(detail)};
    }
    xmlStopParser(context);
  }
};

Builder& of(void* user) { return *static_cast<Builder*>(user); }

void on_start(void* user, const xmlChar* name, const xmlChar*, const xmlChar* space, int,
              const xmlChar**, int attributes, int, const xmlChar** values) noexcept {
  Builder& builder = of(user);
  if (builder.failed) return;
  if (builder.open.size() >= limits::kXmlDepthMax)
    return builder.refuse(Code::kTooLarge, "elements nested too deep");
  if (++builder.elements > limits::kXmlElementsMax)
    return builder.refuse(Code::kTooLarge, "too many elements");
  if (attributes < 0 || static_cast<size_t>(attributes) > limits::kXmlAttributesMax)
    return builder.refuse(Code::kTooLarge, "too many attributes");
  XmlElement element;
  element.space = view(space);
  element.name = view(name);
  element.line = static_cast<uint32_t>(xmlSAX2GetLineNumber(builder.context));
  for (int i = 0; i < attributes; ++i) {
    // Local name, prefix, namespace, first and last byte of the value.
    const xmlChar** attribute = values + static_cast<ptrdiff_t>(i) * 5;
    const std::string_view value(reinterpret_cast<const char*>(attribute[3]),
                                 static_cast<size_t>(attribute[4] - attribute[3]));
    element.attributes.push_back(
        {std::string(view(attribute[2])), std::string(view(attribute[0])), std::string(value)});
  }
  builder.open.push_back(std::move(element));
}

void on_end(void* user, const xmlChar*, const xmlChar*, const xmlChar*) noexcept {
  Builder& builder = of(user);
  if (builder.failed || builder.open.empty()) return;
  XmlElement done = std::move(builder.open.back());
  builder.open.pop_back();
  (builder.open.empty() ? builder.root : builder.open.back().children.emplace_back()) =
      std::move(done);
}

void on_text(void* user, const xmlChar* text, int length) noexcept {
  Builder& builder = of(user);
  if (builder.failed || builder.open.empty() || length <= 0) return;
  builder.open.back().text.append(reinterpret_cast<const char*>(text), static_cast<size_t>(length));
}

void on_document_type(void* user, const xmlChar*, const xmlChar*, const xmlChar*) noexcept {
  of(user).refuse(Code::kInvalid, "document type declarations and entities are not read");
}

xmlEntityPtr on_entity(void* user, const xmlChar* name) noexcept {
  xmlEntityPtr known = xmlGetPredefinedEntity(name);
  if (known == nullptr)
    of(user).refuse(Code::kInvalid, "an entity that XML itself does not define");
  return known;
}

void on_error(void* user, xmlErrorPtr error) noexcept {
  if (error == nullptr || error->level < XML_ERR_ERROR) return;
  of(user).refuse(
      Code::kInvalid,
      "not well-formed XML: " + std::string(trim(error->message == nullptr ? "" : error->message)));
}

xmlSAXHandler handler() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.internalSubset = on_document_type;
  sax.externalSubset = on_document_type;
  sax.getEntity = on_entity;
  sax.serror = on_error;
  return sax;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The length in bytes of the UTF-8 character at the front and its code point; 0 if there is none.
size_t decode(std::string_view text, uint32_t* point) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return *point = first, 1;
  const size_t length = first >= 0xF0 && first < 0xF5   ? 4
                        : first >= 0xE0 && first < 0xF0 ? 3
                        : first >= 0xC2 && first < 0xE0 ? 2
                                                        : 0;
  if (length == 0 || text.size() < length) return 0;
  uint32_t value = first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  if (length == 3 && value < 0x800) return 0;
  if (length == 4 && (value < 0x10000 || value > 0x10FFFF)) return 0;
  return *point = value, length;
}

}  // namespace

const std::string* XmlElement::attribute(std::string_view wanted) const {
  for (const XmlAttribute& each : attributes) {
    if (each.space.empty() && each.name == wanted) return &each.value;
  }
  return nullptr;
}

Result<XmlElement> parse_xml(std::string_view bytes) {
  if (bytes.size() > limits::kXmlBytesMax)
    return fail(Code::kTooLarge,
                "an XML document of more than " + std::to_string(limits::kXmlBytesMax) + " bytes");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!bytes.starts_with('<')) return fail(Code::kInvalid, "not an XML document in UTF-8");
  if (!is_xml_text(bytes))
    return fail(Code::kInvalid, "not UTF-8, or with a character that XML does not have");

  static const bool once = (xmlInitParser(), true);
  static_cast<void>(once);
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), xmlFreeParserCtxt);
  if (!context) return fail(Code::kInternal, "the XML parser cannot be made");
  Builder builder;
  builder.context = context.get();
  *context->sax = handler();
  context->userData = &builder;
  xmlCtxtUseOptions(context.get(), XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOWARNING);
  xmlParseDocument(context.get());

  if (builder.failed) return std::unexpected(std::move(builder.error));
  if (context->wellFormed == 0 || context->nsWellFormed == 0 || !builder.open.empty() ||
      builder.root.name.empty())
    return fail(Code::kInvalid, "not well-formed XML");
  // What the document declares stands in one of two places, by what the library had to do for it.
  for (const xmlChar* declared : {context->encoding, context->input->encoding}) {
    if (declared != nullptr && !equal_ignoring_case(view(declared), "UTF-8"))
      return fail(Code::kInvalid, "an encoding other than UTF-8");
  }
  return std::move(builder.root);
}

std::unexpected<Error> xml_fail(const XmlElement& at, std::string_view detail) {
  return fail(Code::kInvalid,
              "line " + std::to_string(at.line) + ", " + at.name + ": " + std::string(detail));
}

bool is_xml_text(std::string_view text) {
  while (!text.empty()) {
    uint32_t point = 0;
    const size_t length = decode(text, &point);
    if (length == 0) return false;
    if (point < 0x20 && point != '\t' && point != '\n' && point != '\r') return false;
    if ((point >= 0xD800 && point < 0xE000) || point == 0xFFFE || point == 0xFFFF) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string xml_collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_xml_date_time(std::string_view text) {
  // Digits stand where the shape has 0; then a fraction and a zone, each optional.
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  const auto two = [](std::string_view at) { return (at[0] - '0') * 10 + (at[1] - '0'); };
  const auto has_shape = [](std::string_view part, std::string_view shape) {
    for (size_t i = 0; i < shape.size(); ++i) {
      if (shape[i] == '0' ? part[i] < '0' || part[i] > '9' : part[i] != shape[i]) return false;
    }
    return true;
  };
  if (text.size() < kShape.size() || !has_shape(text, kShape)) return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = two(text) * 100 + two(text.substr(2)), month = two(text.substr(5)),
            day = two(text.substr(8));
  const bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (year == 0 || month < 1 || month > 12 || day < 1) return false;
  if (day > kDays[month - 1] + (month == 2 && leaps ? 1 : 0)) return false;
  if (two(text.substr(11)) > 23 || two(text.substr(14)) > 59 || two(text.substr(17)) > 59)
    return false;
  text.remove_prefix(kShape.size());
  if (text.starts_with('.')) {
    const size_t end = text.find_first_not_of("0123456789", 1);
    if (end == 1 || text.size() == 1) return false;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end);
  }
  if (text.empty() || text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || !has_shape(text.substr(1), "00:00"))
    return false;
  const int hours = two(text.substr(1)), minutes = two(text.substr(4));
  return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

void XmlWriter::append_escaped(std::string_view text) {
  if (!is_xml_text(text)) unwritable_ = true;
  for (const char c : text) {
    switch (c) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      // Written as they are, these would come back as spaces or line feeds.
      case '\t':
        out_ += "&#9;";
        break;
      case '\n':
        out_ += "&#10;";
        break;
      case '\r':
        out_ += "&#13;";
        break;
      default:
        out_ += c;
    }
  }
}

void XmlWriter::start(std::string_view tag, const XmlPairs& attributes) {
  out_.append(open_.size() * 2, ' ');
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_escaped(value);
    out_ += '"';
  }
}

void XmlWriter::open(std::string_view tag, const XmlPairs& attributes) {
  start(tag, attributes);
  out_ += ">\n";
  open_.emplace_back(tag);
}

void XmlWriter::close() {
  CHECK(!open_.empty());
  const std::string tag = std::move(open_.back());
  open_.pop_back();
  out_.append(open_.size() * 2, ' ');
  out_ += "</" + tag + ">\n";
}

void XmlWriter::leaf(std::string_view tag, const XmlPairs& attributes, std::string_view text) {
  start(tag, attributes);
  out_ += '>';
  append_escaped(text);
  out_ += "</";
  out_ += tag;
  out_ += ">\n";
}

void XmlWriter::empty(std::string_view tag, const XmlPairs& attributes) {
  start(tag, attributes);
  out_ += "/>\n";
}

Result<std::string> XmlWriter::finish() && {
  CHECK(open_.empty());
  if (unwritable_) return fail(Code::kInvalid, "a text that XML cannot carry");
  if (out_.size() > limits::kXmlBytesMax)
    return fail(Code::kTooLarge, "an XML document past the limit");
  return std::move(out_);
}

}  // namespace entente::release
