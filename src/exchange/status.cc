// A record is JSON:
// {"party":N,"time":"...","runs":[[first,count],...],"failures":[{"id":..,"version":..,"message":..}]}.
// Successes are positions, mostly one run: their ids and versions are read from the journal when
// somebody asks.
#include "exchange/status.h"

#include <fmt/format.h>

#include "base/text.h"
#include "exchange/view.h"
#include "json/json.h"

namespace entente::exchange {

std::string encode_status(const Submission& submission) {
  std::string runs, failures;
  store::Position first = store::kNone, count = 0;
  const auto close_run = [&] {
    if (count > 0)
      fmt::format_to(std::back_inserter(runs), "{}[{},{}]", runs.empty() ? "" : ",", first, count);
    count = 0;
  };
  for (const Item& item : submission.items) {
    if (item.fate == Fate::kRefused) {
      fmt::format_to(std::back_inserter(failures), "{}{{\"id\":{},\"version\":{},\"message\":{}}}",
                     failures.empty() ? "" : ",", json_quote(item.id),
                     json_quote(item.version_text), json_quote(item.message));
      continue;
    }
    if (count > 0 && item.position == first + count) {
      ++count;
      continue;
    }
    close_run();
    first = item.position;
    count = 1;
  }
  close_run();
  return fmt::format("{{\"party\":{},\"time\":{},\"runs\":[{}],\"failures\":[{}]}}",
                     submission.who.party, json_quote(submission.request_timestamp), runs,
                     failures);
}

namespace {

// A status resource being written: details first, counts known at the end. [taxii21 4.3.1]
class StatusWriter {
 public:
  void success(std::string_view id, std::string_view version) {
    detail(successes_, success_count_++, id, version);
    successes_ += '}';
  }
  void failure(std::string_view id, std::string_view version, std::string_view message) {
    detail(failures_, failure_count_++, id, version);
    failures_ += ",\"message\":";
    append_json_quoted(failures_, message);
    failures_ += '}';
  }
  std::string finish(std::string_view status_id, std::string_view time) const {
    std::string out = fmt::format(
        "{{\"id\":\"{}\",\"status\":\"complete\",\"request_timestamp\":\"{}\",\"total_count\":{},"
        "\"success_count\":{}",
        status_id, time, success_count_ + failure_count_, success_count_);
    if (success_count_ > 0) out += ",\"successes\":[" + successes_ + "]";
    fmt::format_to(std::back_inserter(out), ",\"failure_count\":{}", failure_count_);
    if (failure_count_ > 0) out += ",\"failures\":[" + failures_ + "]";
    return out + ",\"pending_count\":0}";
  }

 private:
  static void detail(std::string& out, uint64_t index, std::string_view id,
                     std::string_view version) {
    out += index == 0 ? "{\"id\":" : ",{\"id\":";
    append_json_quoted(out, id);
    out += ",\"version\":";
    append_json_quoted(out, version);
  }
  std::string successes_, failures_;
  uint64_t success_count_ = 0, failure_count_ = 0;
};

}  // namespace

std::string status_of(const Submission& submission, const View& view) {
  StatusWriter writer;
  const std::string& time = submission.request_timestamp;
  for (const Item& item : submission.items) {
    if (item.fate == Fate::kRefused) {
      writer.failure(item.id, item.version_text.empty() ? time : item.version_text, item.message);
    } else if (!item.version_text.empty()) {
      writer.success(item.id, item.version_text);
    } else {
      writer.success(item.id, format_time_us(view.date_us(item.position)));
    }
  }
  return writer.finish(submission.status_id, time);
}

Result<std::string> status_document(std::string_view status_id, std::string_view record,
                                    const View& view) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(record);
  if (!parser.parse(bytes, &document)) return fail(Code::kCorrupt, "a status record is not JSON");
  const json::Value root = document.root();
  if (root.find("party")->integer() != int64_t{view.reader().party})
    return fail(Code::kNotFound, "no such status");
  StatusWriter writer;
  const std::string time = root.find("time")->text();
  for (const json::Value run : root.find("runs")->elements()) {
    auto bound = run.elements().begin();
    const auto first = static_cast<store::Position>((*bound).integer().value_or(0));
    ++bound;
    const auto count = static_cast<store::Position>((*bound).integer().value_or(0));
    for (store::Position at = first; at < first + count; ++at) {
      const Named name = view.own_name(at);
      writer.success(name.id, name.version);
    }
  }
  for (const json::Value failure : root.find("failures")->elements()) {
    const std::string version = failure.find("version")->text();
    writer.failure(failure.find("id")->text(), version.empty() ? time : version,
                   failure.find("message")->text());
  }
  return writer.finish(status_id, time);
}

}  // namespace entente::exchange
