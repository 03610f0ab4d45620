// Commands that show or take in content: each works as one party, in that party's world, and leaves a line in the audit log.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "app/commands.h"
#include "app/input.h"
#include "app/keystore.h"
#include "app/label_import.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/receipts.h"
#include "desk/records.h"
#include "exchange/type_filter.h"

namespace entente::app {
namespace {

// Who is given the text of a procedure has received it.
void write_receipts(Desk& desk, const exchange::View& view,
                    std::span<const store::Position> positions) {
  Keystore keystore(desk.node, desk.files, desk.random, desk.directory);
  desk::ReceiptWriter(desk.node, desk.random, keystore).served(view, positions);
}

constexpr uint64_t kListDefault = 100;

std::string code_of(const exchange::View& view, release::PartyNumber number) {
  const release::Party* party = view.state().directory->party(number);
  return party != nullptr ? party->code : std::string();
}

void note(Desk& desk, const exchange::View& view, std::string_view action,
          const release::Collection* collection, std::string_view object,
          std::optional<uint64_t> count) {
  desk.audit.add(
      {.party = code_of(view, view.reader().party),
       .by = "operator",
       .action = action,
       .collection = collection != nullptr ? std::string_view(collection->id) : std::string_view(),
       .object = object,
       .count = count,
       .status = 200,
       .request = {}});
}

Result<bool> wants_all_versions(const Fields& request, bool otherwise) {
  const std::string text = request.text("versions");
  if (text.empty()) return otherwise;
  if (text != "all" && text != "last")
    return fail(Code::kInvalid, "--versions must be last or all");
  return text == "all";
}

Result<Outcome> get(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const release::Collection* collection = TRY(collection_of(view, request));
  const std::string id = request.text("id");
  const bool all = TRY(wants_all_versions(request, false));
  JsonList objects;
  uint64_t count = 0;
  std::vector<store::Position> shown;
  const auto show = [&](store::Position position) {
    std::string scratch;
    const std::string_view bytes = view.edition(position, &scratch);
    if (bytes.empty()) return;  // erased
    objects.add_raw(bytes);
    shown.push_back(position);
    ++count;
  };
  if (all) {
    Bitmap seen;
    view.versions_of(id, [&](store::Position position) {
      const store::Entry entry = view.entry(position);
      const bool is_here = collection == nullptr || entry.collection == collection->number;
      if (!is_here || seen.contains(entry.object)) return true;
      seen.add(entry.object);
      show(position);
      return true;
    });
  } else {
    exchange::Query query;
    query.ids = {id};
    if (collection != nullptr) query.collection = collection->number;
    for (const store::Position position : view.page(query).positions) show(position);
  }
  note(desk, view, "get", collection, id, count);
  write_receipts(desk, view, shown);
  return Outcome{JsonObject().add_raw("objects", objects.text()).text(),
                 count == 0 ? kExitFound : kExitDone};
}

Result<Outcome> list(Desk& desk, const Fields& request) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const release::Collection* collection = TRY(collection_of(view, request));
  exchange::Query query;
  query.chains = exchange::Chains::kAll;
  query.latest_spec_only = false;
  if (TRY(wants_all_versions(request, false))) query.version.emplace().all = true;
  if (collection != nullptr) query.collection = collection->number;
  query.types = request.list("type");
  query.limit = static_cast<uint32_t>(
      std::clamp<int64_t>(request.integer("limit").value_or(kListDefault), 1, UINT32_MAX));
  if (const std::string after = request.text("added_after"); !after.empty()) {
    const auto us = parse_instant_us(after);
    if (!us)
      return fail(Code::kInvalid,
                  fmt::format("--added-after: '{}' is neither a date nor an instant", after));
    query.after_us = *us;
  }
  const exchange::Page page = view.page(query);
  JsonList objects;
  for (const store::Position position : page.positions) {
    const store::Entry entry = view.entry(position);
    const exchange::Named name = view.name(position);
    JsonObject one;
    one.add("id", name.id).add("type", view.type(position)).add("version", name.version);
    one.add("submitter", code_of(view, entry.submitter))
        .add_flag("attested", (entry.flags & store::kAttested) != 0);
    const release::Collection* in = view.state().directory->collection(entry.collection);
    if (in != nullptr) one.add("collection", in->alias);
    objects.add_raw(one.add("date_added", format_time_us(view.date_us(position))).text());
  }
  note(desk, view, "list", collection, "", page.positions.size());
  return Outcome{
      JsonObject().add_raw("objects", objects.text()).add_flag("more", page.more).text()};
}

Result<Outcome> stats(Desk& desk, const Fields& request) {
  const store::JournalStats journal = desk.node.journal().stats();
  const auto state = desk.node.state();
  JsonObject out;
  out.add_number("entries", journal.entries)
      .add_number("bytes", journal.bytes)
      .add_number("segments", journal.segments);
  out.add_number("batches", journal.batches);
  if (journal.last_tick_ms > 0) out.add("last_write", format_time_ms(journal.last_tick_ms));
  out.add_flag("writable", journal.writable).add_number("queued_bytes", journal.queued_bytes);
  out.add_number("parties", state->directory->parties().size())
      .add_number("groups", state->directory->groups().size());
  out.add_number("collections", state->directory->collections().size());
  out.add_number("keys", state->directory->keys().size())
      .add_number("mark_sets", state->mark_sets->size());
  if (request.text("party").empty()) return Outcome{out.text()};

  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  JsonObject types, collections;
  for (const auto& [name, n] : view.count_by_type()) types.add_number(name, n);
  for (const release::Collection* one : view.collections()) {
    collections.add_number(one->alias, view.count({one->number, 0}));
  }
  JsonObject world;
  world.add("party", request.text("party")).add_number("entries", view.entry_count());
  world.add_raw("types", types.text()).add_raw("collections", collections.text());
  return Outcome{out.add_raw("world", world.text()).text()};
}

// Looks through the reader's entries in the order of the journal and writes each object once.
class Exporter {
 public:
  Exporter(const exchange::View& view, const Output& output, bool as_bundle)
      : view_(view), output_(output), as_bundle_(as_bundle) {}

  Result<void> write(store::Position position) {
    const store::Entry entry = view_.entry(position);
    if (written_.contains(entry.object)) return {};
    std::string scratch;
    const std::string_view bytes = view_.edition(position, &scratch);
    if (bytes.empty()) return {};  // erased
    written_.add(entry.object);
    if (view_.type(position).starts_with(desk::kProcedureType)) procedures_.push_back(position);
    if (as_bundle_ && count_ > 0) buffer_ += ",\n";
    buffer_ += bytes;
    if (!as_bundle_) buffer_ += '\n';
    ++count_;
    return buffer_.size() >= limits::kWriteBytesMax ? flush() : Result<void>();
  }
  void write_text(std::string_view text) { buffer_ += text; }
  Result<void> flush() {
    if (buffer_.empty()) return {};
    Result<void> outcome = output_(buffer_);
    buffer_.clear();
    return outcome;
  }
  uint64_t count() const { return count_; }
  // Of what was written, procedures and acts in them.
  const std::vector<store::Position>& procedures() const { return procedures_; }

 private:
  const exchange::View& view_;
  const Output& output_;
  std::vector<store::Position> procedures_;
  const bool as_bundle_;
  Bitmap written_;
  std::string buffer_;
  uint64_t count_ = 0;
};

Result<void> export_all(const exchange::View& view, const release::Collection* collection,
                        const std::vector<std::string>& types, Exporter& out) {
  const uint16_t number = collection != nullptr ? collection->number : release::kNoCollection;
  const exchange::TypeFilter filter(view, types);
  const std::shared_ptr<const Bitmap> set = filter.candidates(number);
  for (Bitmap::Cursor at(*set, 0); !at.done() && at.value() < view.world().end(); at.next()) {
    const bool is_wanted = view.world().contains(at.value()) && filter.lets(at.value());
    if (is_wanted) TRY(out.write(at.value()));
  }
  return {};
}

Result<void> export_last(const exchange::View& view, const release::Collection* collection,
                         const std::vector<std::string>& types, Exporter& out) {
  exchange::Query query;
  if (collection != nullptr) query.collection = collection->number;
  query.types = types;
  query.limit = limits::kPageObjectsMax;
  for (bool more = true; more;) {
    const exchange::Page page = view.page(query);
    for (const store::Position position : page.positions) TRY(out.write(position));
    query.after_us = page.last_us;
    more = page.more && !page.positions.empty();
  }
  return {};
}

}  // namespace

Command content_command(std::string_view name) {
  if (name == "get") return get;
  if (name == "list") return list;
  if (name == "stats") return stats;
  return nullptr;
}

Result<void> run_export(Desk& desk, const Fields& request,
                        const std::function<Result<void>(uint64_t)>& begin, const Output& output) {
  const exchange::Principal who = TRY(party_of(desk, request));
  const exchange::View view = desk.node.view(who);
  const release::Collection* collection = TRY(collection_of(view, request));
  const std::string format = request.text("format");
  if (!format.empty() && format != "jsonl" && format != "bundle") {
    return fail(Code::kInvalid, "--format must be jsonl or bundle");
  }
  const bool all = TRY(wants_all_versions(request, true));
  const bool as_bundle = format == "bundle";
  const std::vector<std::string> types = request.list("type");
  TRY(begin(view.entry_count()));
  Exporter exporter(view, output, as_bundle);
  if (as_bundle) {
    std::array<uint8_t, 16> id{};
    desk.random.fill(id);
    exporter.write_text("{\"type\":\"bundle\",\"id\":\"bundle--" + uuid_from(id) +
                        "\",\"objects\":[\n");
  }
  TRY(all ? export_all(view, collection, types, exporter)
          : export_last(view, collection, types, exporter));
  if (as_bundle) exporter.write_text(exporter.count() > 0 ? "\n]}\n" : "]}\n");
  TRY(exporter.flush());
  note(desk, view, "export", collection, "", exporter.count());
  write_receipts(desk, view, exporter.procedures());
  return {};
}

Result<Outcome> run_import(Desk& desk, const Fields& request, const ImportInput& input,
                           const ProgressSink& progress) {
  exchange::ImportOptions options;
  options.who = TRY(party_of(desk, request));
  options.strict = request.flag("strict");
  options.dry_run = request.flag("dry_run");
  options.progress = [&](uint64_t objects, uint64_t bytes) {
    if (progress) progress({objects, bytes, 0});
  };
  std::string collection_id;
  {
    const exchange::View view = desk.node.view(options.who);
    const release::Collection* collection = TRY(collection_of(view, request));
    if (collection != nullptr && !view.may_write(*collection)) {
      return fail(Code::kForbidden, "that collection is not this party's to write");
    }
    if (collection != nullptr) {
      options.collection = collection->number;
      collection_id = collection->id;
    }
  }
  if (const std::string binding = request.text("binding"); !binding.empty()) {
    const release::LabelTable table = TRY(read_label_table(desk));
    const std::string identity = desk.node.state()->directory->party(options.who.party)->identity;
    const LabelledImport labels = TRY(labels_of(table, binding, identity));
    options.bound = labels.bound;
    if (!options.dry_run) TRY(store_markings(desk, options.who, options.collection, labels));
  }
  exchange::Importer importer(desk.node, desk.random, options);
  Result<void> outcome;
  if (options.strict && !input.reopens) {
    const auto source = TRY(input.open());
    const auto spool = TRY(Spool::fill(desk.directory, *source));
    outcome = importer.run([&] { return spool->open(); });
  } else {
    outcome = importer.run(input.open);
  }
  const exchange::ImportReport& report = importer.report();
  desk.audit.add({.party = request.text("party"),
                  .by = "operator",
                  .action = options.dry_run ? "import-dry-run" : "import",
                  .collection = collection_id,
                  .object = {},
                  .count = report.accepted,
                  .status = outcome ? 200 : http_status_of(outcome.error().code),
                  .request = {}});
  if (!outcome) {
    if (report.accepted == 0) return std::unexpected(outcome.error());
    return fail(outcome.error().code,
                fmt::format("{}; the {} objects accepted before that are kept",
                            outcome.error().detail, report.accepted));
  }
  return Outcome{exchange::to_json(report, true), report.refused > 0 ? kExitFound : kExitDone};
}

}  // namespace entente::app
