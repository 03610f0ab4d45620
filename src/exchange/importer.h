// Takes in a stream of objects of any size for one party, in bounded memory: what `entente import`
// and the API's import do.
//
//   Importer importer(node, random, options);
//   TRY(importer.run(open_source));     // open_source opens the stream; twice if options.strict
//   importer.report();
//
// Without `strict`, what is right is stored in batches as it comes, and an object that is wrong
// stops no other. With it, the stream is first examined whole and then, if nothing is refused,
// stored as one batch: visible whole or not at all.
// Threads: one. Memory: a few batches of limits::kImportBatchBytes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "exchange/node.h"

namespace entente::exchange {

// Bytes, decompressed, one piece after the other.
class Source {
 public:
  virtual ~Source() = default;
  // The next piece, valid until the next call; empty at the end.
  virtual Result<std::string_view> next() = 0;
};
using OpenSource = std::function<Result<std::unique_ptr<Source>>()>;

struct ImportOptions {
  Principal who;
  release::CollectionNumber collection = release::kNoCollection;
  std::shared_ptr<const BoundMarkings> bound;  // labels from a binding; null: none
  bool strict = false;
  bool dry_run = false;
  size_t findings_max = 1'000;  // listed one by one; all are counted
  // Called now and then with objects and bytes done; may be empty.
  std::function<void(uint64_t objects, uint64_t bytes)> progress;
};

// A finding with its place in the stream.
struct ImportFinding {
  uint64_t object = 0;  // ordinal in the stream, from 0
  std::string id;
  std::string code;
  stix::Severity severity = stix::Severity::kError;
  std::string pointer;
  uint64_t offset = 0;  // in the stream, after decompression
  std::string detail;
};

struct ImportReport {
  uint64_t objects = 0, accepted = 0, refused = 0, repeated = 0;
  std::map<std::string, uint64_t> codes;  // finding code -> count
  std::vector<ImportFinding> findings;
};

class Importer {
 public:
  Importer(Node& node, Random& random, ImportOptions options);
  ~Importer();
  // Runs to the end of the stream. An error means that it could not run or not go on; what report()
  // counts as accepted by then is stored. May be called for several streams; the report adds up.
  Result<void> run(const OpenSource& open);
  const ImportReport& report() const { return report_; }

 private:
  class Pass;
  void count(const Submission& submission);
  void note_late(const Submission& submission, const Item& item);
  Result<void> store_whole(const OpenSource& open,
                           const std::function<void(const Submission&)>& count);

  ImportOptions options_;
  Node& node_;
  Random& random_;
  ImportReport report_;
  std::mutex counting_;  // of its numbers: batches are counted on the writer's thread
};

// {"objects":N,"accepted":N,"refused":N,"repeated":N,"findings":{"CODE":n}} and, if asked for,
// "details":[...].
std::string to_json(const ImportReport& report, bool with_details);

}  // namespace entente::exchange
