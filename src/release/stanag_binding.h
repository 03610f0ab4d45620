// Detached bindings of labels to data: STANAG 4778 (ADatP-4778 edition A), in XML. A binding stands
// beside the data (STIX objects, bundles, files), names them by URI and says which labels are
// theirs.
//
//   BindingInformation binding;
//   binding.bindings.push_back({.label = label, .references = {{.uri = "indicator--...", .digest = sha256_of(bytes)}}});
//   std::string xml = TRY(write_binding(binding));
//
// Digests stand in a ds:Manifest (XML Signature) inside the container, where the schema allows
// other elements: one ds:Reference with the same URI for each DataReference that has a digest. A
// digest guards against mix-ups; only a signature would guard against an author, and signatures are
// not verified here: `signatures` counts them, and whoever needs one has to treat the binding as
// unsigned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/stanag.h"

namespace entente::release {

inline constexpr std::string_view kBindingSpace = "urn:nato:stanag:4778:bindinginformation:1:0";

// SHA-384 is what ADatP-4778.2 makes mandatory; the others it allows.
enum class DigestMethod : uint8_t { kSha256, kSha384, kSha512 };

struct ContentDigest {
  DigestMethod method = DigestMethod::kSha256;
  std::string bytes;  // raw: 32, 48 or 64
  friend bool operator==(const ContentDigest&, const ContentDigest&) = default;
};

struct DataReference {
  std::string uri;           // "indicator--...", "bundle--...", "file.json": as the binding says it
  std::string content_type;  // xmime:contentType; empty: the schema's default, XML
  std::optional<ContentDigest> digest;
  friend bool operator==(const DataReference&, const DataReference&) = default;
};

// All labels are bound to all references.
struct LabelBinding {
  ConfidentialityLabel label;                      // the originator's
  std::vector<ConfidentialityLabel> alternatives;  // its equivalents in other policies
  std::optional<ConfidentialityLabel> metadata_label;
  std::vector<std::string> other_metadata;  // "{namespace}element" of metadata that are no labels
  std::vector<DataReference> references;
  friend bool operator==(const LabelBinding&, const LabelBinding&) = default;
};

struct BindingInformation {
  std::vector<LabelBinding> bindings;
  uint32_t signatures = 0;  // ds:Signature elements seen, not verified
  friend bool operator==(const BindingInformation&, const BindingInformation&) = default;
};

// The digest of data as a reference carries it.
ContentDigest sha256_of(std::string_view data);

// kInvalid: not XML that is read here, or no binding, or one that contradicts itself (two digests
// of one URI, a digest of nothing that is bound). kUnprocessable: a form that is not detached
// (embedded data, referenced metadata), or that binds only a part of its data (transforms): a label
// of a part must not be taken for that of the whole. kTooLarge.
Result<BindingInformation> read_binding(std::string_view xml);

// kInvalid as write_confidentiality_label, and for a binding without reference, or two references
// of one URI. What was not understood, other metadata and signatures cannot be written:
// kUnprocessable.
Result<std::string> write_binding(const BindingInformation& binding);

// The binding of a URI; null if there is none. The first, if several bind it: a reader of a binding
// that was read here may rely on there being one, since read_binding refuses more.
const LabelBinding* binding_of(const BindingInformation& binding, std::string_view uri);

}  // namespace entente::release
