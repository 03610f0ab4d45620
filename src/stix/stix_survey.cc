// Prints what the examiner finds in files of STIX: a row a file, its codes below.
//
//   stix_survey FILE|FOLDER...      one row a file: objects, accepted, refused, nanoseconds and bytes an object
//   stix_survey --examples CODE F   up to ten findings of one code, with pointer and detail
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
        std::printf("  %s %s %s: %s\n", std::string(x.header.id).c_str(), std::string(finding.code).c_str(),
                    finding.pointer.c_str(), finding.detail.c_str());
      }
      if (finding.severity == stix::Severity::kError) {
        tally.refusal.try_emplace(std::string(finding.code), finding.pointer + ": " + finding.detail);
      }
    }
  });
  if (!is_json) {
    std::printf("%-52s not JSON\n", std::filesystem::path(path).filename().c_str());
    return;
  }
  if (!wanted.empty() || tally.objects == 0) return;
  std::printf("%-52s %7zu %7zu %6zu  %5lld ns %6zu B\n", std::filesystem::path(path).filename().c_str(), tally.objects,
              tally.accepted, tally.objects - tally.accepted,
              static_cast<long long>(tally.ns / static_cast<int64_t>(tally.objects)), tally.bytes / tally.objects);
  for (const auto& [code, count] : tally.codes) {
    const auto refusal = tally.refusal.find(code);
    std::printf("    %-26s %8zu%s%s\n", code.c_str(), count, refusal == tally.refusal.end() ? "" : "  REFUSED, as ",
                refusal == tally.refusal.end() ? "" : refusal->second.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string wanted;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--examples" && i + 1 < argc) {
      wanted = argv[++i];
    } else if (std::filesystem::is_directory(argv[i])) {
      for (const std::string& file : stix::corpus_files(argv[i])) survey(file, wanted);
    } else {
      survey(argv[i], wanted);
    }
  }
  return 0;
}
