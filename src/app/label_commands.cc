// Confidentiality labels on the command line. The table that says what they mean here is a file of the data
// directory, read anew by each command, so that a running server needs no telling.
#include <fmt/format.h>

#include <map>

#include "app/data_directory.h"
#include "app/label_import.h"
#include "app/release_commands.h"
#include "base/limits.h"
#include "base/text.h"
#include "exchange/words.h"
#include "release/spif.h"
#include "release/stanag_binding.h"

namespace entente::app {
namespace {

constexpr uint32_t kBindingPageObjects = 500;

std::string policies_json(const release::LabelTable& table) {
  JsonList list;
  for (const std::string& name : table.policy_names())
    list.add_raw(JsonObject().add("name", name).text());
  return JsonObject().add_raw("policies", list.text()).text();
}

Result<Outcome> label_table(Desk& desk, const Fields& request) {
  const std::string path = desk.directory + "/" + std::string(kLabelTableName);
  const std::string text = request.text("text");
  if (text.empty()) {
    const release::LabelTable table = TRY(read_label_table(desk));
    return Outcome{policies_json(table)};
  }
  const release::LabelTable table = TRY(release::LabelTable::read(text));
  std::array<uint8_t, 16> name{};
  desk.random.fill(name);
  const std::string draft = path + "." + uuid_from(name);
  {
    const auto file = TRY(desk.files.open(draft));
    TRY(file->write_at(0, text));
    TRY(file->sync());
  }
  TRY(desk.files.rename(draft, path));
  TRY(desk.files.sync_directory(desk.directory));
  note(desk, std::string_view(), "label-table", {});
  return Outcome{policies_json(table)};
}

// The policy that labels are written in: the one asked for, or the only one.
Result<std::string> policy_of(const release::LabelTable& table, const Fields& request) {
  const std::string name = request.text("policy");
  const std::vector<std::string> names = table.policy_names();
  if (name.empty() && names.size() == 1) return names.front();
  if (!name.empty() && table.has_policy(name)) return name;
  return fail(Code::kInvalid, fmt::format("name a policy of the label table (--policy): {}",
                                          fmt::join(names, ", ")));
}

// The label of an entry of the view.
Result<release::ConfidentialityLabel> label_of(const exchange::View& view, store::Position position,
                                               const release::LabelTable& table,
                                               std::string_view policy) {
  const release::ReleaseWords words = TRY(exchange::words_of(view, position));
  const release::LabelIssue issue{format_time_ms(view.now_ms()), std::nullopt, std::nullopt};
  release::Relabelled labelled = table.to_label(words, policy, issue);
  if (labelled.maps) return std::move(labelled.label);
  return fail(Code::kUnprocessable, fmt::format("policy {} cannot say it: {}", policy,
                                                fmt::join(labelled.unmapped, "; ")));
}

Result<Outcome> label_write(Desk& desk, const Fields& request) {
  const release::LabelTable table = TRY(read_label_table(desk));
  const std::string policy = TRY(policy_of(table, request));
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  exchange::Query query;
  query.ids = {request.text("id")};
  const exchange::Page page = view.page(query);
  if (page.positions.empty()) return fail(Code::kNotFound, "no such object in that party's world");
  const release::ConfidentialityLabel label =
      TRY(label_of(view, page.positions.back(), table, policy));
  const std::string xml = TRY(release::write_confidentiality_label(label));
  note(desk, request, "label-write", request.text("id"), 1);
  return Outcome{
      JsonObject().add("id", request.text("id")).add("policy", policy).add("xml", xml).text()};
}

std::string words_json(const release::Mapped& words) {
  JsonObject out;
  if (words.tlp) out.add("tlp", release::name_of(*words.tlp));
  if (words.releasable_to) out.add_list("releasable_to", *words.releasable_to);
  if (words.classification) {
    out.add("classification_policy", words.classification_policy);
    out.add("classification", *words.classification).add_list("categories", words.categories);
  }
  return out.text();
}

Result<Outcome> label_read(Desk& desk, const Fields& request) {
  const auto label = TRY(release::read_confidentiality_label(request.text("xml")));
  JsonObject out;
  out.add("policy", label.information.policy_name)
      .add("classification", label.information.classification);
  if (label.creation_date_time) out.add("created", *label.creation_date_time);
  JsonList categories;
  for (const release::LabelCategory& one : label.information.categories) {
    categories.add_raw(JsonObject()
                           .add("tag", one.tag_name)
                           .add("type", release::name_of(one.type))
                           .add_list("values", one.values)
                           .text());
  }
  out.add_raw("categories", categories.text());
  if (!label.not_understood.empty()) out.add_list("not_understood", label.not_understood);
  bool is_wrong = false;
  if (const std::string spif = request.text("spif"); !spif.empty()) {
    const release::Spif policy = TRY(release::Spif::read(spif));
    const auto found = policy.check(label);
    JsonList findings;
    for (const release::LabelFinding& one : found) {
      const bool is_error = one.weight == release::LabelFinding::Weight::kError;
      findings.add_raw(JsonObject()
                           .add("severity", is_error ? "error" : "warning")
                           .add("code", one.code)
                           .add("detail", one.detail)
                           .text());
    }
    is_wrong = release::has_errors(found);
    out.add_raw("findings", findings.text());
  }
  const release::LabelTable table = TRY(read_label_table(desk));
  const release::Mapped words = table.to_words(label);
  out.add_flag("maps", words.maps).add_raw("words", words_json(words));
  if (!words.maps) out.add_list("unmapped", words.unmapped);
  return Outcome{out.text(), words.maps && !is_wrong ? kExitDone : kExitFound};
}

// One page of a party's world: labels, each bound to the objects that it is of.
Result<Outcome> label_bindings(Desk& desk, const Fields& request) {
  const release::LabelTable table = TRY(read_label_table(desk));
  const std::string policy = TRY(policy_of(table, request));
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const release::Collection* collection = TRY(collection_of(view, request));
  exchange::Query query;
  if (collection != nullptr) query.collection = collection->number;
  query.types = request.list("type");
  query.after_us = request.integer("after").value_or(INT64_MIN);
  query.limit = kBindingPageObjects;
  const exchange::Page page = view.page(query);
  std::map<std::string, release::LabelBinding> bindings;  // by their labels, written
  JsonList unlabelled;
  uint64_t count = 0;
  std::string scratch;
  for (const store::Position position : page.positions) {
    const std::string id = view.name(position).id;
    const std::string_view bytes = view.edition(position, &scratch);
    if (bytes.empty()) continue;  // erased
    auto label = label_of(view, position, table, policy);
    if (!label) {
      unlabelled.add_raw(JsonObject().add("id", id).add("detail", label.error().detail).text());
      continue;
    }
    const std::string written = TRY(release::write_confidentiality_label(*label));
    release::LabelBinding& binding = bindings[written];
    binding.label = std::move(*label);
    binding.references.push_back(
        {id, "application/stix+json;version=2.1", release::sha256_of(bytes)});
    ++count;
  }
  JsonObject out;
  if (count > 0) {
    release::BindingInformation information;
    for (auto& [written, binding] : bindings) information.bindings.push_back(std::move(binding));
    out.add("xml", TRY(release::write_binding(information)));
  }
  out.add_number("labelled", count).add_raw("unlabelled", unlabelled.text());
  out.add_flag("more", page.more && !page.positions.empty()).add_signed("after", page.last_us);
  note(desk, request, "label-bindings", {}, count);
  return Outcome{out.text()};
}

}  // namespace

Command label_command(std::string_view name) {
  if (name == "label-table") return label_table;
  if (name == "label-write") return label_write;
  if (name == "label-read") return label_read;
  if (name == "label-bindings") return label_bindings;
  return nullptr;
}

}  // namespace entente::app
