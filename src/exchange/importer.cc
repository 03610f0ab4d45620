// One pass reads the stream, splits it and examines batch after batch; a strict import is two
// passes, the first of which stores nothing.
#include "exchange/importer.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/limits.h"
#include "base/text.h"
#include "json/splitter.h"

namespace entente::exchange {
namespace {

// Batches on their way to the journal at once: one is examined while the others are written.
constexpr size_t kBatchesInFlight = 3;

}  // namespace

// One reading of the stream.
class Importer::Pass {
 public:
  Pass(Importer& importer, std::unique_ptr<Source> source)
      : importer_(importer),
        source_(std::move(source)),
        batcher_(importer.node_.journal(), importer.random_),
        splitter_([this](std::string_view object, uint64_t offset) { take(object, offset); },
                  [this](std::string_view what, uint64_t offset) { trouble(what, offset); }) {
    const auto state = importer.node_.state();
    identity_ = state->directory->party(importer.options_.who.party)->identity;
  }

  // The next batch, examined; nullptr at the end. Findings go to the report if `reports`.
  Result<std::unique_ptr<Submission>> next(bool reports);

 private:
  struct Piece {
    size_t begin, size;
    uint64_t offset;
  };
  void take(std::string_view object, uint64_t offset);
  void trouble(std::string_view what, uint64_t offset);
  void report(const Submission& submission, size_t item, const stix::Finding& finding);
  bool is_full() const {
    return text_.size() >= limits::kImportBatchBytes ||
           pieces_.size() >= limits::kImportBatchObjects;
  }

  Importer& importer_;
  std::unique_ptr<Source> source_;
  Batcher batcher_;
  json::Splitter splitter_;
  std::string identity_;
  std::string text_;  // of the batch being gathered
  std::vector<Piece> pieces_;
  std::vector<ImportFinding> troubles_;
  std::vector<uint64_t> batch_offsets_;
  uint64_t objects_ = 0;  // handed out
  uint64_t bytes_ = 0;
  bool ended_ = false;
};

void Importer::Pass::take(std::string_view object, uint64_t offset) {
  pieces_.push_back({text_.size(), object.size(), offset});
  text_.append(object);
}

void Importer::Pass::trouble(std::string_view what, uint64_t offset) {
  troubles_.push_back({objects_ + pieces_.size(), "", "json-malformed", stix::Severity::kError, "",
                       offset, std::string(what)});
}

void Importer::Pass::report(const Submission& submission, size_t item,
                            const stix::Finding& finding) {
  ImportReport& report = importer_.report_;
  ++report.codes[std::string(finding.code)];
  if (report.findings.size() >= importer_.options_.findings_max) return;
  const Item& about = submission.items[item];
  const uint64_t begin = batch_offsets_[item];
  report.findings.push_back({objects_ + item, std::string(about.id), std::string(finding.code),
                             finding.severity, finding.pointer, begin + finding.offset,
                             finding.detail});
}

Result<std::unique_ptr<Submission>> Importer::Pass::next(bool reports) {
  while (!ended_ && !is_full()) {
    const std::string_view chunk = TRY(source_->next());
    bytes_ += chunk.size();
    if (chunk.empty()) splitter_.finish();
    ended_ = chunk.empty() || !splitter_.feed(chunk);
  }
  ImportReport& total = importer_.report_;
  std::unique_lock counting(importer_.counting_);
  for (ImportFinding& lost : troubles_) {
    if (!reports) break;
    ++total.objects;
    ++total.refused;
    ++total.codes[lost.code];
    if (total.findings.size() < importer_.options_.findings_max)
      total.findings.push_back(std::move(lost));
  }
  counting.unlock();
  troubles_.clear();
  if (pieces_.empty()) return nullptr;

  auto submission = std::make_unique<Submission>();
  submission->who = importer_.options_.who;
  submission->collection = importer_.options_.collection;
  submission->bound = importer_.options_.bound;
  text_.append(json::kPaddingBytes, ' ');
  submission->text = std::move(text_);
  submission->items.reserve(pieces_.size());
  batch_offsets_.clear();
  const std::string_view text = submission->text;
  const FindingSink sink = [&](size_t item, const stix::Finding& finding) {
    report(*submission, item, finding);
  };
  for (const Piece& piece : pieces_) {
    batch_offsets_.push_back(piece.offset);
    batcher_.read_object(*submission, text.substr(piece.begin, piece.size), identity_,
                         reports ? sink : FindingSink());
  }
  submission->first_object = objects_;
  importer_.node_.check_sources(*submission, reports ? sink : FindingSink());
  objects_ += pieces_.size();
  text_.clear();
  pieces_.clear();
  if (importer_.options_.progress) importer_.options_.progress(objects_, bytes_);
  return submission;
}

Importer::Importer(Node& node, Random& random, ImportOptions options)
    : options_(std::move(options)), node_(node), random_(random) {}

Importer::~Importer() = default;

// The second reading of a strict import: what the first found right is stored as one batch.
Result<void> Importer::store_whole(const OpenSource& open,
                                   const std::function<void(const Submission&)>& count) {
  Pass pass(*this, TRY(open()));
  return node_.submit_as_one(
      [&]() -> Result<std::unique_ptr<Submission>> {
        std::unique_ptr<Submission> batch = TRY(pass.next(false));
        const bool changed = batch && std::ranges::any_of(batch->items, [](const Item& item) {
                               return item.fate == Fate::kRefused;
                             });
        if (changed) return fail(Code::kInvalid, "the input changed while it was read");
        return batch;
      },
      count);
}

// What the writer's thread refused: no finding of the examination says it.
void Importer::note_late(const Submission& submission, const Item& item) {
  if (item.late_code.empty()) return;
  ++report_.codes[std::string(item.late_code)];
  if (report_.findings.size() >= options_.findings_max) return;
  const auto ordinal =
      submission.first_object + static_cast<uint64_t>(&item - submission.items.data());
  report_.findings.push_back({ordinal, std::string(item.id), std::string(item.late_code),
                              stix::Severity::kError, "", 0, item.message});
}

void Importer::count(const Submission& submission) {
  std::lock_guard counting(counting_);
  for (const Item& item : submission.items) {
    ++report_.objects;
    report_.accepted += item.fate == Fate::kAccepted ? 1 : 0;
    report_.repeated += item.fate == Fate::kRepeated ? 1 : 0;
    report_.refused += item.fate == Fate::kRefused ? 1 : 0;
    note_late(submission, item);
  }
}

Result<void> Importer::run(const OpenSource& open) {
  const auto count = [&](const Submission& submission) { this->count(submission); };
  Pass pass(*this, TRY(open()));
  if (options_.dry_run || options_.strict) {
    const uint64_t refused_before = report_.refused;
    const ImportReport before = {
        report_.objects, report_.accepted, report_.refused, report_.repeated, {}, {}};
    for (;;) {
      const std::unique_ptr<Submission> batch = TRY(pass.next(true));
      if (!batch) break;
      count(*batch);
    }
    if (options_.dry_run) return {};
    if (report_.refused > refused_before) {
      report_.accepted = before.accepted;
      report_.repeated = before.repeated;
      report_.refused = before.refused + (report_.objects - before.objects);
      return {};
    }
    report_.objects = before.objects;
    report_.accepted = before.accepted;
    report_.refused = before.refused;
    report_.repeated = before.repeated;
    return store_whole(open, count);
  }

  std::mutex mutex;
  std::condition_variable changed;
  size_t in_flight = 0;
  Result<void> outcome;
  const auto wait_below = [&](size_t most) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return in_flight < most; });
    return outcome.has_value();
  };
  Result<void> read;
  while (wait_below(kBatchesInFlight)) {
    auto batch = pass.next(true);
    if (!batch) {
      read = std::unexpected(batch.error());
      break;
    }
    if (!*batch) break;
    {
      std::lock_guard lock(mutex);
      ++in_flight;
    }
    node_.submit(std::move(*batch), [&](Result<SubmitOutcome> stored) {
      std::lock_guard lock(mutex);
      if (stored) {
        count(*stored->submission);
      } else {
        outcome = std::unexpected(stored.error());
      }
      --in_flight;
      changed.notify_all();
    });
  }
  wait_below(1);
  TRY(read);
  return outcome;
}

std::string to_json(const ImportReport& report, bool with_details) {
  std::string out =
      fmt::format(R"({{"objects":{},"accepted":{},"refused":{},"repeated":{},"findings":{{)",
                  report.objects, report.accepted, report.refused, report.repeated);
  bool is_first = true;
  for (const auto& [code, n] : report.codes) {
    fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", is_first ? "" : ",", code, n);
    is_first = false;
  }
  out += "}";
  if (with_details) {
    out += ",\"details\":[";
    is_first = true;
    for (const ImportFinding& f : report.findings) {
      constexpr std::string_view kSeverities[] = {"error", "warning", "hint"};
      fmt::format_to(
          std::back_inserter(out),
          R"({}{{"object":{},"id":{},"code":"{}","severity":"{}","pointer":{},"offset":{},"detail":{}}})",
          is_first ? "" : ",", f.object, json_quote(f.id), f.code,
          kSeverities[static_cast<size_t>(f.severity)], json_quote(f.pointer), f.offset,
          json_quote(f.detail));
      is_first = false;
    }
    out += "]";
  }
  return out + "}";
}

}  // namespace entente::exchange
