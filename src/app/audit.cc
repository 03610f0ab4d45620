// Lines are chained when they are added, under one mutex, so that their order in the file is the order of the chains. The
// writer's thread takes all that waits in one piece. A rotation falls between two pieces: the new file's heads are those
// at the end of the piece before, which is why they are kept with it.
#include "app/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/json_text.h"
#include "base/text.h"
#include "stix/timestamp.h"

namespace entente::app {
namespace {

constexpr auto kFlushAfter = std::chrono::milliseconds(500);
constexpr size_t kProblemsMax = 1'000;

std::string file_name(uint32_t number) { return fmt::format("AUDIT-{:06}.jsonl", number); }

std::optional<uint32_t> number_of(std::string_view name) {
  if (!name.starts_with("AUDIT-") || !name.ends_with(".jsonl")) return std::nullopt;
  std::string_view digits = name.substr(6, name.size() - 12);
  while (digits.size() > 1 && digits.starts_with('0')) digits.remove_prefix(1);
  const auto number = parse_decimal(digits);
  if (!number || *number == 0 || *number > UINT32_MAX) return std::nullopt;
  return static_cast<uint32_t>(*number);
}

Result<std::vector<uint32_t>> file_numbers(store::Files& files, const std::string& directory) {
  std::vector<uint32_t> numbers;
  for (const std::string& name : TRY(files.list(directory))) {
    if (const auto number = number_of(name)) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

using Heads = std::map<std::string, Digest, std::less<>>;

std::string heads_line(const Heads& heads) {
  JsonObject list;
  for (const auto& [party, digest] : heads) list.add(party, to_hex(digest));
  return JsonObject().add_raw("heads", list.text()).text() + "\n";
}

std::optional<Digest> digest_from(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != sizeof(Digest)) return std::nullopt;
  Digest digest;
  std::ranges::transform(*bytes, digest.begin(), [](char c) { return static_cast<uint8_t>(c); });
  return digest;
}

// Calls visit(line, number from 1) for each whole line; returns the size of what they cover.
template <class Visit>
size_t for_each_line(std::string_view text, Visit visit) {
  size_t begin = 0;
  for (uint64_t number = 1;; ++number) {
    const size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return begin;
    visit(text.substr(begin, end - begin), number);
    begin = end + 1;
  }
}

// Heads of a first line into *heads; false if the line is no such line.
bool read_heads(std::string_view line, Heads* heads) {
  const auto fields = Fields::parse(line);
  if (!fields) return false;
  const auto list = fields->root().find("heads");
  if (!list || !list->is_object()) return false;
  for (const json::Member member : list->members()) {
    const auto digest = digest_from(member.value.text());
    if (!digest) return false;
    (*heads)[member.key.text()] = *digest;
  }
  return true;
}

}  // namespace

Audit::Audit(store::Files& files, std::string directory, const Clock& clock, size_t file_bytes_max)
    : files_(files),
      directory_(std::move(directory)),
      clock_(clock),
      file_bytes_max_(file_bytes_max) {}

Result<std::unique_ptr<Audit>> Audit::open(store::Files& files, const std::string& directory,
                                           const Clock& clock, size_t file_bytes_max) {
  std::unique_ptr<Audit> audit(new Audit(files, directory, clock, file_bytes_max));
  TRY(files.make_directory(directory));
  TRY(audit->resume());
  audit->writer_ = std::jthread([raw = audit.get()] { raw->run(); });
  return audit;
}

// A file is made when it gets its first line: a node that nobody reads leaves none.
Result<void> Audit::resume() {
  const auto numbers = TRY(file_numbers(files_, directory_));
  if (numbers.empty()) return {};
  number_ = numbers.back();
  const std::string path = directory_ + "/" + file_name(number_);
  const std::string text = TRY(files_.read(path));
  const size_t whole = for_each_line(text, [&](std::string_view line, uint64_t number) {
    if (number == 1 && read_heads(line, &heads_)) return;
    const auto fields = Fields::parse(line);
    if (!fields) return;  // verify_audit names it
    heads_[fields->text("party")] = sha256({line});
  });
  file_ = TRY(files_.open(path));
  if (whole < text.size()) TRY(file_->truncate(whole));
  size_ = whole;
  return {};
}

Result<void> Audit::begin_file(uint32_t number) {
  auto file = TRY(files_.open(directory_ + "/" + file_name(number)));
  TRY(files_.sync_directory(directory_));
  file_ = std::move(file);
  number_ = number;
  size_ = 0;
  return {};
}

Audit::~Audit() {
  if (writer_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_all();
    writer_.join();
  }
  (void)flush();
}

void Audit::add(const AuditLine& line) {
  JsonObject out;
  out.add("at", format_time_ms(clock_.now_ms()))
      .add("party", line.party)
      .add("by", line.by)
      .add("action", line.action);
  if (!line.collection.empty()) out.add("collection", line.collection);
  if (!line.object.empty()) out.add("object", line.object);
  if (line.count) out.add_number("count", *line.count);
  out.add_signed("status", line.status);
  if (!line.request.empty()) out.add("request", line.request);

  const std::lock_guard lock(mutex_);
  if (waiting_.size() > limits::kAuditWaitingBytesMax) {
    ++lost_;
    ++lost_unsaid_[std::string(line.party)];
    return;
  }
  auto head = heads_.find(line.party);
  if (head == heads_.end()) head = heads_.emplace(line.party, Digest{}).first;
  if (const auto lost = lost_unsaid_.find(line.party); lost != lost_unsaid_.end()) {
    out.add_number("lost", lost->second);
    lost_unsaid_.erase(lost);
  }
  const std::string text = out.add("previous", to_hex(head->second)).text();
  head->second = sha256({text});
  waiting_ += text;
  waiting_ += '\n';
  ++lines_;
}

Result<void> Audit::flush() {
  const std::lock_guard file_lock(file_mutex_);
  std::string piece;
  Heads heads;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return {};
    piece = std::move(waiting_);
    waiting_.clear();
  }
  const auto write = [&]() -> Result<void> {
    if (file_ == nullptr) {
      TRY(begin_file(1));
    } else if (size_ >= file_bytes_max_) {
      // The heads before this piece: from its file, since heads_ is ahead already.
      const std::string text = TRY(files_.read(directory_ + "/" + file_name(number_)));
      for_each_line(text, [&](std::string_view line, uint64_t number) {
        if (number == 1 && read_heads(line, &heads)) return;
        if (const auto fields = Fields::parse(line)) heads[fields->text("party")] = sha256({line});
      });
      TRY(begin_file(number_ + 1));
      const std::string first = heads_line(heads);
      TRY(file_->write_at(0, first));
      size_ = first.size();
    }
    TRY(file_->write_at(size_, piece));
    TRY(file_->sync());
    size_ += piece.size();
    return {};
  };
  Result<void> outcome = write();
  if (!outcome) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(0, piece);
  }
  return outcome;
}

void Audit::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, kFlushAfter, [&] { return ending_; })) return;
    }
    (void)flush();
  }
}

uint64_t Audit::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

uint64_t Audit::lost() const {
  const std::lock_guard lock(mutex_);
  return lost_;
}

namespace {

// Lines of one party, as a page takes them.
class Pager {
 public:
  explicit Pager(const AuditQuery& query)
      : query_(query), mark_(JsonObject().add("party", query.party).text()) {
    mark_ = mark_.substr(1, mark_.size() - 2);
    has_begun_ = query.after.empty();
  }

  void take(std::string_view line) {
    // A cheap look first: most lines are of others.
    if (line.find(mark_) == std::string_view::npos) return;
    const auto fields = Fields::parse(line);
    if (!fields || fields->text("party") != query_.party) return;
    // A page that is followed by a line ended where that line says that it follows.
    newest_ = line;
    has_begun_ = has_begun_ || fields->text("previous") == query_.after;
    if (!has_begun_) return;
    const auto at = stix::parse_timestamp(fields->text("at"));
    // Once one is late enough all that follow are, so that a clock set back leaves no gap.
    is_since_ = is_since_ || !at || at->ns / 1000 >= query_.since_us;
    if (!is_since_ || !is_asked_for(*fields)) return;
    if (count_ == query_.limit) {
      next_ = fields->text("previous");
      return;
    }
    items_ += count_ == 0 ? "\n" : ",\n";
    items_ += line;
    ++count_;
  }
  bool is_full() const { return !next_.empty(); }
  bool is_asked_for(const Fields& line) const {
    return query_.objects.empty() ||
           std::ranges::find(query_.objects, line.text("object")) != query_.objects.end();
  }

  Result<std::string> finish() const {
    if (!has_begun_ && (newest_.empty() || to_hex(sha256({newest_})) != query_.after))
      return fail(Code::kInvalid, "after: no page ended there");
    std::string out = "{\"items\":[" + items_ + (count_ > 0 ? "\n]" : "]");
    if (is_full()) out += ",\"next\":\"" + next_ + "\"";
    return out + "}";
  }

 private:
  const AuditQuery& query_;
  std::string mark_, items_, newest_, next_;
  uint32_t count_ = 0;
  bool has_begun_ = false, is_since_ = false;
};

// The lines of a text that holds lines or pages of lines.
template <class Visit>
void for_each_given_line(std::string_view text, Visit visit) {
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.ends_with(',')) line.remove_suffix(1);
    const bool is_frame = line.empty() || line.starts_with("{\"items\":") || line.starts_with(']');
    if (!is_frame) visit(line);
  }
}

}  // namespace

Result<std::string> Audit::page(const AuditQuery& query) {
  TRY(flush());
  Pager pager(query);
  for (const uint32_t number : TRY(file_numbers(files_, directory_))) {
    const std::string text = TRY(files_.read(directory_ + "/" + file_name(number)));
    for_each_line(text, [&](std::string_view line, uint64_t) {
      if (!pager.is_full()) pager.take(line);
    });
    if (pager.is_full()) break;
  }
  return pager.finish();
}

AuditReport verify_audit_text(std::string_view text) {
  AuditReport report;
  const auto problem = [&](std::string what) {
    if (report.problems.size() < kProblemsMax) report.problems.push_back(std::move(what));
  };
  std::string party, previous;
  for_each_given_line(text, [&](std::string_view line) {
    const uint64_t number = ++report.lines;
    const auto fields = Fields::parse(line);
    if (!fields || !fields->root().find("party") || !fields->root().find("previous"))
      return problem(fmt::format("line {} is no audit line", number));
    if (number == 1) {
      party = fields->text("party");
    } else if (fields->text("party") != party) {
      return problem(fmt::format("line {} is of another party than the first", number));
    } else if (fields->text("previous") != previous) {
      problem(fmt::format("line {} does not follow the line before it", number));
    }
    previous = to_hex(sha256({line}));
  });
  if (report.lines == 0) problem("there is no audit line");
  return report;
}

AuditReport verify_audit(store::Files& files, const std::string& directory) {
  AuditReport report;
  const auto problem = [&](std::string text) {
    if (report.problems.size() < kProblemsMax) report.problems.push_back(std::move(text));
  };
  if (!files.exists(directory)) return report;
  const auto numbers = file_numbers(files, directory);
  if (!numbers) {
    problem("audit: " + numbers.error().detail);
    return report;
  }
  Heads heads;
  uint32_t expected = 1;
  for (const uint32_t number : *numbers) {
    const std::string name = file_name(number);
    if (number != expected) problem(fmt::format("audit: {} is missing", file_name(expected)));
    const bool follows = number == expected;
    expected = number + 1;
    const auto text = files.read(directory + "/" + name);
    if (!text) {
      problem("audit: " + text.error().detail);
      continue;
    }
    const size_t whole = for_each_line(*text, [&](std::string_view line, uint64_t at) {
      Heads said;
      if (at == 1 && number > 1 && read_heads(line, &said)) {
        if (follows && said != heads)
          problem(fmt::format("audit: {} does not go on where the file before ends", name));
        heads = std::move(said);
        return;
      }
      ++report.lines;
      const auto fields = Fields::parse(line);
      if (!fields) return problem(fmt::format("audit: {} line {} is not JSON", name, at));
      Digest& head = heads[fields->text("party")];
      if (fields->text("previous") != to_hex(head)) {
        problem(fmt::format("audit: {} line {} does not follow the line before it of its party",
                            name, at));
      }
      head = sha256({line});
    });
    if (whole < text->size() && number != numbers->back())
      problem(fmt::format("audit: {} ends in a torn line", name));
  }
  return report;
}

}  // namespace entente::app
