// Reads and writes bindings, walking the schema of ADatP-4778 (4.8, namespace as in kBindingSpace,
// version 1.4): BindingInformation > MetadataBindingContainer > MetadataBinding > Metadata (one
// element each) and DataReference.
//
// One URI is bound once in a document: the standard lets a second binding of the same type
// supersede the first by position in the data, which for a list of separate objects would let the
// later, wider label win unseen.
#include "release/stanag_binding.h"

#include <array>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "release/stanag_xml.h"

namespace entente::release {
namespace {

constexpr std::string_view kSignatureSpace = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view kMimeSpace = "http://www.w3.org/2005/05/xmlmime";

struct Method {
  std::string_view uri;
  size_t bytes;
};
// By DigestMethod. [RFC 6931 2.1]
constexpr std::array<Method, 3> kMethods = {{{"http://www.w3.org/2001/04/xmlenc#sha256", 32},
                                             {"http://www.w3.org/2001/04/xmldsig-more#sha384", 48},
                                             {"http://www.w3.org/2001/04/xmlenc#sha512", 64}}};

std::string to_base64(std::string_view bytes) {
  std::string out = to_base64url(bytes);
  for (char& c : out) c = c == '-' ? '+' : c == '_' ? '/' : c;
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

using Digests = std::map<std::string, ContentDigest, std::less<>>;

Result<ContentDigest> digest_of(const XmlElement& reference) {
  ContentDigest digest;
  bool has_method = false;
  const XmlElement* value = nullptr;
  for (const XmlElement& child : reference.children) {
    if (child.is(kSignatureSpace, "DigestMethod") && !has_method) {
      const std::string* algorithm = child.attribute("Algorithm");
      for (size_t i = 0; i < kMethods.size() && algorithm != nullptr; ++i) {
        if (*algorithm != kMethods[i].uri) continue;
        digest.method = static_cast<DigestMethod>(i);
        has_method = true;
      }
      if (!has_method)
        return xml_fail(child, "an algorithm other than SHA-256, SHA-384 and SHA-512");
    } else if (child.is(kSignatureSpace, "DigestValue") && value == nullptr) {
      value = &child;
    } else {
      // A transform would make it a digest of something else than the bytes.
      return fail(Code::kUnprocessable, child.name + " in a reference of a manifest is not read");
    }
  }
  if (!has_method || value == nullptr || !value->children.empty())
    return xml_fail(reference, "lacks method or value");
  std::string text;
  for (const char c : value->text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') text += c;
  }
  std::optional<std::string> bytes = from_base64(text);
  if (!bytes || bytes->size() != kMethods[static_cast<size_t>(digest.method)].bytes)
    return xml_fail(*value, "is no digest of that method");
  digest.bytes = std::move(*bytes);
  return digest;
}

Result<void> read_manifest(const XmlElement& manifest, Digests* digests) {
  for (const XmlElement& child : manifest.children) {
    if (!child.is(kSignatureSpace, "Reference"))
      return xml_fail(child, "has no place in a manifest");
    const std::string* uri = child.attribute("URI");
    if (uri == nullptr) return xml_fail(child, "has no URI");
    ContentDigest digest = TRY(digest_of(child));
    if (!digests->emplace(*uri, std::move(digest)).second)
      return xml_fail(child, "a second digest of one URI");
  }
  return {};
}

Result<void> read_metadata(const XmlElement& at, LabelBinding* out, bool* has_label) {
  if (at.children.size() != 1 || !trim(at.text).empty())
    return xml_fail(at, "does not hold exactly one element");
  const XmlElement& content = at.children.front();
  if (content.space != kLabelSpace) {
    out->other_metadata.push_back("{" + content.space + "}" + content.name);
    return {};
  }
  ConfidentialityLabel label = TRY(confidentiality_label_of(content));
  switch (label.kind) {
    case LabelKind::kOriginator:
      if (*has_label) return xml_fail(at, "a second label of the originator");
      *has_label = true;
      out->label = std::move(label);
      break;
    case LabelKind::kAlternative:
      out->alternatives.push_back(std::move(label));
      break;
    case LabelKind::kMetadata:
      if (out->metadata_label) return xml_fail(at, "a second label of the metadata");
      out->metadata_label = std::move(label);
      break;
  }
  return {};
}

Result<DataReference> reference_of(const XmlElement& at) {
  DataReference out;
  for (const XmlElement& child : at.children)
    return fail(Code::kUnprocessable,
                child.name + " in a DataReference: a part of the data is not read");
  const std::string* uri = at.attribute("URI");
  if (uri == nullptr || uri->empty()) return xml_fail(at, "has no URI");
  out.uri = *uri;
  for (const XmlAttribute& attribute : at.attributes) {
    if (attribute.space == kMimeSpace && attribute.name == "contentType")
      out.content_type = attribute.value;
  }
  return out;
}

Result<LabelBinding> label_binding_of(const XmlElement& at, std::set<std::string>* bound) {
  LabelBinding out;
  bool has_label = false;
  for (const XmlElement& child : at.children) {
    if (child.is(kBindingSpace, "Metadata")) {
      TRY(read_metadata(child, &out, &has_label));
    } else if (child.is(kBindingSpace, "DataReference")) {
      DataReference reference = TRY(reference_of(child));
      if (!bound->insert(reference.uri).second) return xml_fail(child, "this URI is bound twice");
      out.references.push_back(std::move(reference));
      if (bound->size() > limits::kBindingReferencesMax)
        return fail(Code::kTooLarge, "too many references");
    } else if (child.is(kBindingSpace, "Data") || child.is(kBindingSpace, "MetadataReference")) {
      return fail(Code::kUnprocessable,
                  child.name + ": only detached bindings with their labels inside are read");
    } else {
      return xml_fail(child, "has no place in a MetadataBinding");
    }
  }
  if (!has_label) return xml_fail(at, "holds no label of the originator");
  if (out.references.empty()) return xml_fail(at, "binds its label to nothing");
  return out;
}

Result<void> read_container(const XmlElement& at, std::set<std::string>* bound,
                            std::vector<LabelBinding>* out) {
  Digests digests;
  const size_t first = out->size();
  for (const XmlElement& child : at.children) {
    if (child.is(kBindingSpace, "MetadataBinding")) {
      out->push_back(TRY(label_binding_of(child, bound)));
    } else if (child.is(kSignatureSpace, "Manifest")) {
      TRY(read_manifest(child, &digests));
    } else if (child.space == kBindingSpace) {
      return xml_fail(child, "has no place in a container");
    }
  }
  if (out->size() == first) return xml_fail(at, "holds no binding");
  for (size_t i = first; i < out->size(); ++i) {
    for (DataReference& reference : (*out)[i].references) {
      auto node = digests.extract(reference.uri);
      if (!node.empty()) reference.digest = std::move(node.mapped());
    }
  }
  if (!digests.empty())
    return xml_fail(at, "a digest of what is not bound: " + digests.begin()->first);
  return {};
}

void append_manifest(const BindingInformation& binding, XmlWriter* out) {
  bool open = false;
  for (const LabelBinding& each : binding.bindings) {
    for (const DataReference& reference : each.references) {
      if (!reference.digest) continue;
      if (!open) out->open("ds:Manifest", {{"xmlns:ds", kSignatureSpace}});
      open = true;
      out->open("ds:Reference", {{"URI", reference.uri}});
      out->empty("ds:DigestMethod",
                 {{"Algorithm", kMethods[static_cast<size_t>(reference.digest->method)].uri}});
      out->leaf("ds:DigestValue", {}, to_base64(reference.digest->bytes));
      out->close();
    }
  }
  if (open) out->close();
}

Result<void> append_metadata(const ConfidentialityLabel& label, LabelKind kind, XmlWriter* out) {
  if (label.kind != kind)
    return fail(Code::kInvalid, "a label of another kind than its place in the binding");
  out->open("mb:Metadata");
  TRY(append_confidentiality_label(label, out));
  out->close();
  return {};
}

Result<void> check_references(const LabelBinding& binding, std::set<std::string_view>* bound) {
  if (binding.references.empty()) return fail(Code::kInvalid, "a label that is bound to nothing");
  for (const DataReference& reference : binding.references) {
    if (reference.uri.empty()) return fail(Code::kInvalid, "a reference without URI");
    if (!bound->insert(reference.uri).second)
      return fail(Code::kInvalid, "bound twice: " + reference.uri);
    if (bound->size() > limits::kBindingReferencesMax)
      return fail(Code::kTooLarge, "too many references");
    if (reference.digest && reference.digest->bytes.size() !=
                                kMethods[static_cast<size_t>(reference.digest->method)].bytes)
      return fail(Code::kInvalid, "a digest of the wrong length");
  }
  return {};
}

}  // namespace

ContentDigest sha256_of(std::string_view data) {
  const Digest digest = sha256({data});
  return {DigestMethod::kSha256, std::string(as_text(digest))};
}

Result<BindingInformation> read_binding(std::string_view xml) {
  const XmlElement root = TRY(parse_xml(xml));
  if (!root.is(kBindingSpace, "BindingInformation"))
    return xml_fail(root, "is no BindingInformation");
  BindingInformation out;
  std::set<std::string> bound;
  for (const XmlElement& child : root.children) {
    if (child.is(kBindingSpace, "MetadataBindingContainer")) {
      TRY(read_container(child, &bound, &out.bindings));
    } else if (child.is(kSignatureSpace, "Signature")) {
      ++out.signatures;
    } else if (child.space == kBindingSpace) {
      return xml_fail(child, "has no place in a BindingInformation");
    }
  }
  if (out.bindings.empty()) return xml_fail(root, "holds no binding");
  return out;
}

Result<std::string> write_binding(const BindingInformation& binding) {
  if (binding.bindings.empty()) return fail(Code::kInvalid, "a binding of nothing");
  if (binding.signatures != 0)
    return fail(Code::kUnprocessable, "signatures cannot be written anew");
  XmlWriter out;
  out.open("mb:BindingInformation", {{"xmlns:mb", kBindingSpace}, {"xmlns:xmime", kMimeSpace}});
  out.open("mb:MetadataBindingContainer");
  std::set<std::string_view> bound;
  for (const LabelBinding& each : binding.bindings) {
    if (!each.other_metadata.empty())
      return fail(Code::kUnprocessable, "metadata other than labels cannot be written");
    TRY(check_references(each, &bound));
    out.open("mb:MetadataBinding");
    TRY(append_metadata(each.label, LabelKind::kOriginator, &out));
    for (const ConfidentialityLabel& label : each.alternatives)
      TRY(append_metadata(label, LabelKind::kAlternative, &out));
    if (each.metadata_label) TRY(append_metadata(*each.metadata_label, LabelKind::kMetadata, &out));
    for (const DataReference& reference : each.references) {
      XmlPairs attributes = {{"URI", reference.uri}};
      if (!reference.content_type.empty())
        attributes.emplace_back("xmime:contentType", reference.content_type);
      out.empty("mb:DataReference", attributes);
    }
    out.close();
  }
  append_manifest(binding, &out);
  out.close();
  out.close();
  return std::move(out).finish();
}

const LabelBinding* binding_of(const BindingInformation& binding, std::string_view uri) {
  for (const LabelBinding& each : binding.bindings) {
    for (const DataReference& reference : each.references) {
      if (reference.uri == uri) return &each;
    }
  }
  return nullptr;
}

}  // namespace entente::release
