// Entities in XML: the UN consolidated list, OFAC's SDN.XML, GLEIF level 1 (LEI-CDF). Document types are
// refused at their first byte, so that no entity exists; nothing is fetched.
//
// Threads: one. Memory: one record.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "names/reader.h"

namespace entente::names {

inline constexpr size_t kXmlDepthMax = 64;
inline constexpr size_t kXmlLeavesMax = 20'000;                // elements with text of one record
inline constexpr size_t kXmlRecordBytesMax = size_t{4} << 20;  // text of one record

class XmlReader {
 public:
  XmlReader(const EntitySink& sink, ReadReport* report);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // kInvalid for what is not well-formed or has a document type; kTooLarge past the limits; else what
  // the sink failed with.
  Result<void> feed(std::string_view piece);
  Result<void> finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::names
