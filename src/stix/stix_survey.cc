// Prints what the examiner finds in files of STIX: a row a file, its codes below.
//
//   stix_survey FILE|FOLDER...      one row a file: objects, accepted, refused, nanoseconds and
//   bytes an object stix_survey --examples CODE F   up to ten findings of one code, with pointer
//   and detail stix_survey --speed F           nanoseconds an object in envelopes of 1,000 objects,
//   as a server sees them
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "stix/corpus.h"
#include "stix/stix.h"

namespace {

using namespace entente;

struct Tally {
  size_t objects = 0;
  size_t accepted = 0;
  size_t bytes = 0;
  size_t references = 0;
  int64_t ns = 0;
  std::map<std::string, size_t> codes;
  std::map<std::string, std::string> refusal;  // code: an example
};

void survey(const std::string& path, const std::string& wanted) {
  const auto bytes = stix::read_corpus_file(path);
  if (!bytes) {
    std::printf("%s: unreadable\n", path.c_str());
    return;
  }
  stix::Examiner examiner;
  stix::Examination x;
  Tally tally;
  int examples = 0;
  const bool is_json = stix::for_each_object(path, *bytes, [&](json::Value object) {
    const auto begin = std::chrono::steady_clock::now();
    examiner.examine(object, &x);
    tally.ns += (std::chrono::steady_clock::now() - begin).count();
    ++tally.objects;
    tally.accepted += x.accepted ? 1 : 0;
    tally.bytes += object.raw().size();
    tally.references += x.header.references.size();
    for (const stix::Finding& finding : x.findings) {
      ++tally.codes[std::string(finding.code)];
      if (finding.code == wanted && examples++ < 10) {
        std::printf("  %s %s %s: %s\n", std::string(x.header.id).c_str(),
                    std::string(finding.code).c_str(), finding.pointer.c_str(),
                    finding.detail.c_str());
      }
      if (finding.severity == stix::Severity::kError) {
        tally.refusal.try_emplace(std::string(finding.code),
                                  finding.pointer + ": " + finding.detail);
      }
    }
  });
  if (!is_json) {
    std::printf("%-52s not JSON\n", std::filesystem::path(path).filename().c_str());
    return;
  }
  if (!wanted.empty() || tally.objects == 0) return;
  std::printf("%-52s %7zu %7zu %6zu  %5lld ns %6zu B\n",
              std::filesystem::path(path).filename().c_str(), tally.objects, tally.accepted,
              tally.objects - tally.accepted,
              static_cast<long long>(tally.ns / static_cast<int64_t>(tally.objects)),
              tally.bytes / tally.objects);
  for (const auto& [code, count] : tally.codes) {
    const auto refusal = tally.refusal.find(code);
    std::printf("    %-26s %8zu%s%s\n", code.c_str(), count,
                refusal == tally.refusal.end() ? "" : "  REFUSED, as ",
                refusal == tally.refusal.end() ? "" : refusal->second.c_str());
  }
}

// Parsing and examining apart, in envelopes small enough to stay in the cache between the two.
void speed(const std::string& path) {
  const auto bytes = stix::read_corpus_file(path);
  if (!bytes) return;
  constexpr size_t kEnvelope = 1000;
  std::vector<std::string> envelopes(1);
  size_t objects = 0;
  size_t object_bytes = 0;
  stix::for_each_object(path, *bytes, [&](json::Value object) {
    if (objects % kEnvelope == 0 && objects > 0) envelopes.emplace_back();
    envelopes.back() += objects % kEnvelope == 0 ? '[' : ',';
    envelopes.back() += object.raw();
    ++objects;
    object_bytes += object.raw().size();
  });
  using Clock = std::chrono::steady_clock;
  json::Parser parser;
  json::Document document;
  stix::Examiner examiner;
  stix::Examination x;
  for (int round = 0; round < 3; ++round) {
    Clock::duration parsing{};
    Clock::duration examining{};
    for (const std::string& envelope : envelopes) {
      const std::string text = json::padded(envelope + "]");
      const auto begin = Clock::now();
      if (!parser.parse(text, &document)) return;
      const auto parsed = Clock::now();
      for (const json::Value object : document.root().elements()) examiner.examine(object, &x);
      parsing += parsed - begin;
      examining += Clock::now() - parsed;
    }
    const auto each = [&](Clock::duration time) {
      return static_cast<double>(std::chrono::nanoseconds(time).count()) /
             static_cast<double>(objects);
    };
    std::printf("%s: %zu objects of %zu B: parse %.0f ns, examine %.0f ns\n", path.c_str(), objects,
                object_bytes / objects, each(parsing), each(examining));
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string wanted;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--examples" && i + 1 < argc) {
      wanted = argv[++i];
    } else if (std::string(argv[i]) == "--speed" && i + 1 < argc) {
      speed(argv[++i]);
    } else if (std::filesystem::is_directory(argv[i])) {
      for (const std::string& file : stix::corpus_files(argv[i])) survey(file, wanted);
    } else {
      survey(argv[i], wanted);
    }
  }
  return 0;
}
