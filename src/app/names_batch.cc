// Queries are read in blocks; the threads take those of a block one by one, and the block is printed
// when all are answered.
#include "app/names_batch.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "app/json_text.h"
#include "app/meter.h"
#include "app/names_answers.h"
#include "base/clock.h"
#include "base/text.h"
#include "json/json.h"
#include "names/query.h"
#include "names/reader.h"

namespace entente::app {
namespace {

constexpr size_t kBlockQueries = 2'048;
constexpr size_t kQueriesOfThread = 64;  // fewer are not worth a thread
constexpr unsigned kThreadsMax = 16;

// A query as it was read: a line of JSON, or an entity of a table.
struct Asked {
  std::string line;
  names::Entity entity;
  bool is_line = true;
};

// Nothing to say is no line.
std::string ended(std::string text) {
  if (!text.empty()) text += '\n';
  return text;
}

// One thread's means.
struct Worker {
  AnswerQuery answer;
  json::Parser parser;
  json::Document document;

  std::string run(const Asked& asked, bool* is_clean) {
    if (!asked.is_line) return ended(answer(asked.entity, json_quote(asked.entity.id)));
    const std::string padded = json::padded(asked.line);
    const auto parsed =
        parser.parse(std::string_view(padded).substr(0, asked.line.size()), &document);
    std::string id = "null";
    std::string problem = parsed ? "" : parsed.error().detail;
    if (parsed) {
      if (const auto own = document.root().find("id")) id = own->raw();
      const auto query = names::read_query(document.root());
      if (query) return ended(answer(*query, id));
      problem = query.error().detail;
    }
    *is_clean = false;
    return JsonObject().add_raw("id", id).add_raw("matches", "[]").add("error", problem).text() +
           "\n";
  }
};

class Batch {
 public:
  explicit Batch(const std::function<AnswerQuery()>& make)
      : make_(make), meter_("screen", Meter::Unit::kRecords, clock_) {}

  Result<void> add(Asked&& asked) {
    block_.push_back(std::move(asked));
    return block_.size() < kBlockQueries ? Result<void>() : flush();
  }

  Result<void> flush() {
    std::vector<std::string> answers(block_.size());
    const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMax);
    const size_t count =
        std::min<size_t>(cores, (block_.size() + kQueriesOfThread - 1) / kQueriesOfThread);
    while (workers_.size() < count) {
      workers_.push_back(std::make_unique<Worker>());
      workers_.back()->answer = make_();
    }
    std::atomic<size_t> next = 0;
    const auto work = [&](Worker& worker) {
      bool clean = true;
      for (size_t i = next++; i < block_.size(); i = next++)
        answers[i] = worker.run(block_[i], &clean);
      if (!clean) is_clean_ = false;
    };
    std::vector<std::jthread> threads;
    for (size_t i = 1; i < count; ++i) threads.emplace_back(work, std::ref(*workers_[i]));
    if (count > 0) work(*workers_[0]);
    threads.clear();  // waits
    for (const std::string& answer : answers) TRY(print(answer));
    done_ += block_.size();
    block_.clear();
    if (::isatty(STDOUT_FILENO) == 0) meter_.show({done_, 0, 0});
    return {};
  }

  bool is_clean() const { return is_clean_; }

 private:
  const std::function<AnswerQuery()>& make_;
  const SystemClock clock_;
  Meter meter_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Asked> block_;
  std::atomic<bool> is_clean_ = true;
  uint64_t done_ = 0;
};

// The rest of an input behind the pieces that were looked at.
Result<bool> answer_table(exchange::Source& source, const std::string& first, Batch& batch) {
  bool is_first = true;
  const auto report = names::read_list(
      [&]() -> Result<std::string_view> {
        if (!is_first) return source.next();
        is_first = false;
        return std::string_view(first);
      },
      [&](names::Entity&& one) { return batch.add({"", std::move(one), false}); });
  if (!report) return fail(report.error().code, report.error().detail);
  for (const std::string& problem : report->problems)
    std::fprintf(stderr, "entente: queries: %s\n", problem.c_str());
  return report->refused == 0;
}

}  // namespace

Result<bool> answer_queries(const std::string& path, const std::function<AnswerQuery()>& make) {
  Batch batch(make);
  auto source = TRY(open_input(path, nullptr));
  std::string first(TRY(source->next()));
  const size_t begin = first.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::string_view text = trim(std::string_view(first).substr(begin));
  bool is_clean = true;
  if (text.empty() || text[0] == '{') {
    Lines lines(std::move(source), first.substr(begin));
    std::string line;
    while (TRY(lines.next(&line))) {
      if (!trim(line).empty()) TRY(batch.add({line, {}, true}));
    }
  } else {
    is_clean = TRY(answer_table(*source, first, batch));
  }
  TRY(batch.flush());
  std::fflush(stdout);
  return is_clean && batch.is_clean();
}

}  // namespace entente::app
