// A marking's id is made from what it says and from who says it, so that the same label imported again is
// the same marking and nothing new. Its date is fixed for the same reason.
#include "app/label_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/data_directory.h"
#include "base/text.h"
#include "exchange/node.h"
#include "json/json.h"
#include "release/release_marking.h"
#include "release/stanag_binding.h"

namespace entente::app {
namespace {

// The word of a level in a release marking: "amber+strict".
std::string_view word_of(release::Tlp level) {
  const std::string_view name = release::name_of(level);
  return name.substr(name.find(':') + 1);
}

std::string says_of(const release::ReleaseWords& words) {
  JsonObject out;
  out.add("extension_type", "property-extension");
  if (words.tlp) out.add("tlp", word_of(*words.tlp));
  if (words.releasable_to) out.add_list("releasable_to", *words.releasable_to);
  if (words.classification) {
    JsonObject one;
    one.add("policy", words.classification_policy).add("level", *words.classification);
    if (!words.categories.empty()) one.add_list("categories", words.categories);
    out.add_raw("classification", one.text());
  }
  return out.text();
}

std::string marking_id_of(std::string_view identity, std::string_view says) {
  const Digest digest = sha256({"entente label marking v1", "\n", identity, "\n", says});
  return "marking-definition--" + uuid_from(digest);
}

std::string marking_of(std::string_view identity, std::string_view id, std::string_view says) {
  JsonObject out;
  out.add("type", "marking-definition").add("spec_version", "2.1").add("id", id);
  out.add("created_by_ref", identity).add("created", "2017-01-01T00:00:00.000Z");
  out.add("name", "From a confidentiality label");
  out.add_list("object_marking_refs", {std::string(release::marking_of(release::Tlp::kGreen))});
  const std::string extension(release::kReleaseMarkingExtension);
  return out.add_raw("extensions", JsonObject().add_raw(extension, says).text()).text();
}

Result<std::optional<Digest>> digest_of(const release::DataReference& reference) {
  if (!reference.digest) return std::nullopt;
  Digest digest{};
  const bool is_known = reference.digest->method == release::DigestMethod::kSha256 &&
                        reference.digest->bytes.size() == digest.size();
  if (!is_known)
    return fail(Code::kUnprocessable,
                fmt::format("the digest of {} is not SHA-256, and no other is checked here",
                            reference.uri));
  std::ranges::copy(reference.digest->bytes, digest.begin());
  return digest;
}

}  // namespace

Result<release::LabelTable> read_label_table(Desk& desk) {
  const std::string path = desk.directory + "/" + std::string(kLabelTableName);
  if (!desk.files.exists(path))
    return fail(Code::kNotFound, "this node has no label table; set one: entente label table FILE");
  const std::string text = TRY(desk.files.read(path));
  return release::LabelTable::read(text);
}

Result<LabelledImport> labels_of(const release::LabelTable& table, std::string_view binding_xml,
                                 std::string_view identity) {
  const release::BindingInformation information = TRY(release::read_binding(binding_xml));
  auto bound = std::make_shared<exchange::BoundMarkings>();
  std::map<std::string, std::string> markings;  // by id
  for (const release::LabelBinding& binding : information.bindings) {
    const release::Mapped words = table.to_words(binding);
    const std::string says = says_of(words);
    const std::string id = marking_id_of(identity, says);
    markings.try_emplace(id, marking_of(identity, id, says));
    exchange::BoundMarkings::Bound one;
    one.markings = {id};
    if (!words.maps)
      one.unmapped = fmt::format("for its submitter alone, since the label does not map: {}",
                                 fmt::join(words.unmapped, "; "));
    for (const release::DataReference& reference : binding.references) {
      one.content = TRY(digest_of(reference));
      bound->by_id[reference.uri] = one;
    }
  }
  LabelledImport out;
  for (const auto& [id, marking] : markings)
    out.markings += (out.markings.empty() ? "" : ",") + marking;
  if (!out.markings.empty()) out.markings = "{\"objects\":[" + out.markings + "]}";
  out.bound = std::move(bound);
  return out;
}

Result<void> store_markings(Desk& desk, const exchange::Principal& who,
                            release::CollectionNumber collection, const LabelledImport& labels) {
  if (labels.markings.empty()) return {};
  const std::string identity = desk.node.state()->directory->party(who.party)->identity;
  auto submission = std::make_unique<exchange::Submission>();
  submission->who = who;
  submission->collection = collection;
  submission->text.reserve(labels.markings.size() + json::kPaddingBytes);
  submission->text = labels.markings;
  exchange::Batcher batcher(desk.node.journal(), desk.random);
  TRY(batcher.read_envelope(*submission, identity, nullptr));
  submission->all_or_nothing = true;
  const exchange::SubmitOutcome outcome = TRY(desk.node.submit_and_wait(std::move(submission)));
  if (outcome.refused == 0) return {};
  return fail(Code::kUnprocessable, "the label cannot be kept as a marking: " +
                                        outcome.submission->items.front().message);
}

}  // namespace entente::app
