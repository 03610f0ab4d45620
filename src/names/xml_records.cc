// libxml2's push parser calls back for each element. Below an element that is a record, what has text
// is kept as a leaf with its path; at the end of the record its leaves make an entity. The one file of
// this module that knows the library.
#include "names/xml_records.h"

#include <fmt/format.h>
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "base/text.h"
#include "names/json_records.h"
#include "names/query.h"
#include "names/xml_entities.h"

namespace entente::names {
namespace {

constexpr size_t kPieceBytes = size_t{64} * 1024;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

}  // namespace

class XmlReader::Impl {
 public:
  Impl(const EntitySink& sink, ReadReport* report) : sink_(sink), report_(report) {
    handler_.initialized = XML_SAX2_MAGIC;
    handler_.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<Impl*>(self)->stop(Code::kInvalid, "document types are not taken");
    };
    handler_.reference = [](void* self, const xmlChar*) {
      static_cast<Impl*>(self)->stop(Code::kInvalid, "entities are not taken");
    };
    handler_.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar*,
                                 int, const xmlChar**, int count, int, const xmlChar** attributes) {
      static_cast<Impl*>(self)->begin(view(name), count, attributes);
    };
    handler_.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<Impl*>(self)->end();
    };
    handler_.characters = [](void* self, const xmlChar* text, int length) {
      static_cast<Impl*>(self)->add(
          {reinterpret_cast<const char*>(text), static_cast<size_t>(length)});
    };
    handler_.cdataBlock = handler_.characters;
    context_ = xmlCreatePushParserCtxt(&handler_, this, nullptr, 0, nullptr);
    if (context_ != nullptr)
      xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  }
  ~Impl() {
    if (context_ == nullptr) return;
    xmlFreeDoc(context_->myDoc);
    xmlFreeParserCtxt(context_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> feed(std::string_view piece) {
    if (context_ == nullptr) return fail(Code::kInternal, "no memory for an XML reader");
    while (!piece.empty()) {
      const std::string_view part = piece.substr(0, kPieceBytes);
      piece.remove_prefix(part.size());
      const int code =
          xmlParseChunk(context_, part.data(), static_cast<int>(part.size()), /*terminate=*/0);
      TRY(outcome(code));
    }
    return {};
  }

  Result<void> finish() {
    if (context_ == nullptr) return fail(Code::kInternal, "no memory for an XML reader");
    return outcome(xmlParseChunk(context_, nullptr, 0, /*terminate=*/1));
  }

 private:
  Result<void> outcome(int code) const {
    if (!failure_) return failure_;
    if (code == XML_ERR_OK || context_->wellFormed != 0) return {};
    return fail(Code::kInvalid,
                fmt::format("XML that is not well-formed, line {}",
                            context_->input == nullptr ? 0 : context_->input->line));
  }

  void stop(Code code, std::string_view why) {
    if (failure_) failure_ = fail(code, std::string(why));
    xmlStopParser(context_);
  }

  void begin(std::string_view name, int count, const xmlChar** attributes) {
    if (!failure_) return;
    if (++depth_ > kXmlDepthMax) {
      stop(Code::kTooLarge, "nested too deep");
      return;
    }
    if (!is_in_record_) {
      if (!is_xml_record(name)) return;
      is_in_record_ = true;
      record_depth_ = depth_;
      record_.name = name;
      record_.leaves.clear();
      bytes_ = 0;
      path_.clear();
      ends_.clear();
    } else {
      ends_.push_back(path_.size());
      if (!path_.empty()) path_ += '/';
      path_ += name;
      attribute_.clear();
      for (int i = 0; i < count; ++i) {  // name, prefix, URI, begin and end of the value
        const xmlChar** const one = attributes + ptrdiff_t{i} * 5;
        if (view(one[0]) == "type")
          attribute_.assign(reinterpret_cast<const char*>(one[3]),
                            static_cast<size_t>(one[4] - one[3]));
      }
    }
    text_.clear();
  }

  void add(std::string_view text) {
    if (!failure_ || !is_in_record_) return;
    bytes_ += text.size();
    if (bytes_ > kXmlRecordBytesMax) {
      stop(Code::kTooLarge, "a record with too much text");
      return;
    }
    text_ += text;
  }

  void end() {
    if (!failure_) return;
    if (is_in_record_ && depth_ == record_depth_) {
      is_in_record_ = false;
      give();
    } else if (is_in_record_) {
      if (const std::string_view text = trim(text_); !text.empty()) {
        if (record_.leaves.size() >= kXmlLeavesMax) {
          stop(Code::kTooLarge, "a record of too many elements");
          return;
        }
        record_.leaves.push_back({path_, attribute_, std::string(text)});
      }
      text_.clear();
      attribute_.clear();
      path_.resize(ends_.back());
      ends_.pop_back();
    }
    --depth_;
  }

  void give() {
    Entity entity = entity_of_xml(record_);
    if (entity.id.empty() || entity.names.empty()) {
      ++report_->refused;
      if (report_->problems.size() < kReadProblemsMax)
        report_->problems.push_back(
            fmt::format("line {}: a record without an id or a name",
                        context_->input == nullptr ? 0 : context_->input->line));
      return;
    }
    ++report_->entities;
    if (Result<void> taken = sink_(std::move(entity)); !taken) {
      failure_ = std::move(taken);
      xmlStopParser(context_);
    }
  }

  const EntitySink& sink_;
  ReadReport* report_;
  xmlSAXHandler handler_{};
  xmlParserCtxtPtr context_ = nullptr;
  Result<void> failure_;
  XmlRecord record_;
  std::string path_, text_, attribute_;
  std::vector<size_t> ends_;  // sizes of path_ on the way
  size_t depth_ = 0, record_depth_ = 0, bytes_ = 0;
  bool is_in_record_ = false;
};

XmlReader::XmlReader(const EntitySink& sink, ReadReport* report)
    : impl_(std::make_unique<Impl>(sink, report)) {}
XmlReader::~XmlReader() = default;
Result<void> XmlReader::feed(std::string_view piece) { return impl_->feed(piece); }
Result<void> XmlReader::finish() { return impl_->finish(); }

}  // namespace entente::names
