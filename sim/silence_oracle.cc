// Plain lists and loops; every question is asked of all records again.
#include "silence_oracle.h"

#include <algorithm>

namespace entente::sim {
namespace {

using procedure::Case;
using procedure::Record;

bool is_member(const Case& one, const std::string& code, int64_t at_ms) {
  const std::vector<std::string>* members = nullptr;
  for (const auto& span : one.roster.spans()) {
    if (span.first <= at_ms) members = &span.second;
  }
  return members != nullptr && std::find(members->begin(), members->end(), code) != members->end();
}

// The distinct records of what was done up to an instant, in order.
std::vector<Record> in_order(const Case& one, int64_t now_ms) {
  std::vector<Record> out;
  for (const Record& record : one.records) {
    const bool is_known = std::any_of(out.begin(), out.end(), [&](const Record& other) {
      return other.id == record.id && other.party == record.party;
    });
    if (!is_known && record.at_ms >= one.opening.at_ms && record.at_ms <= now_ms)
      out.push_back(record);
  }
  std::sort(out.begin(), out.end(), [](const Record& a, const Record& b) {
    return a.at_ms != b.at_ms ? a.at_ms < b.at_ms : a.id < b.id;
  });
  return out;
}

}  // namespace

Truth silence_truth(const Case& one, int64_t now_ms) {
  const std::string& initiator = one.opening.party;
  std::vector<std::string> have{initiator};
  std::vector<std::pair<int64_t, int64_t>> stands;  // of the present silence
  std::string text = one.opening.id;
  int64_t given = *one.opening.until_ms, stopped = -1;
  int64_t began = one.opening.at_ms,
          length = given - began;  // of the present text: of running silence
  const auto closing = [&] {
    if (stopped >= 0) return INT64_MAX;
    int64_t at = given;
    for (const auto& [from, to] : stands) at += to - from;
    return at;
  };
  const auto closed = [&](int64_t at) {
    bool all = false, every = true;
    const std::vector<std::string>* members = nullptr;
    for (const auto& span : one.roster.spans()) {
      if (span.first <= at) members = &span.second;
    }
    if (members != nullptr) {
      for (const std::string& code : *members) {
        all = true;
        if (std::find(have.begin(), have.end(), code) == have.end()) every = false;
      }
    }
    return all && every;
  };
  for (const Record& record : in_order(one, now_ms)) {
    const int64_t end = closing();
    if (end <= record.at_ms) return {closed(end) ? "adopted" : "lapsed", end, end};
    const bool is_initiator = record.party == initiator;
    const bool member = is_member(one, record.party, record.at_ms);
    const bool is_current = record.about.empty() || record.about == text;
    bool counts = record.act == "comment" && member && !record.reason.empty();
    if (record.act == "break" && member && !record.reason.empty())
      return {"broken", record.at_ms, end};
    if (record.act == "withdraw" && is_initiator) return {"withdrawn", record.at_ms, end};
    if (record.act == "receive") counts = member && is_current;
    if (record.act == "suspend" && is_initiator && stopped < 0 && !record.reason.empty()) {
      stopped = record.at_ms;
      counts = true;
    } else if (record.act == "resume" && is_initiator && stopped >= 0) {
      stands.emplace_back(stopped, record.at_ms);
      stopped = -1;
      counts = true;
    } else if (record.act == "extend" && is_initiator && stopped < 0 && !record.reason.empty() &&
               record.until_ms && *record.until_ms > end && *record.until_ms > record.at_ms) {
      length = *record.until_ms - began;
      for (const auto& [from, to] : stands) length -= to - from;
      given = *record.until_ms;
      stands.clear();
      counts = true;
    } else if (record.act == "correct" && is_initiator && !record.text.empty() &&
               (!record.until_ms || *record.until_ms > record.at_ms)) {
      given = record.until_ms ? *record.until_ms : record.at_ms + length;
      length = given - record.at_ms;
      began = record.at_ms;
      stands.clear();
      stopped = -1;
      text = record.id;
      have.clear();
      have.push_back(initiator);
    }
    if (counts && is_current) have.push_back(record.party);
  }
  const int64_t end = closing();
  if (end <= now_ms) return {closed(end) ? "adopted" : "lapsed", end, end};
  return {"", 0, end};
}

}  // namespace entente::sim
