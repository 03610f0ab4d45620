// Any bytes as the only segment of a journal: opening must not crash, what it accepts must be readable and survive a
// second opening unchanged. The first byte of the input chooses whether the segment's checksums are mended first, so that
// the fuzzer gets past them.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "base/bitmap.h"
#include "base/clock.h"
#include "base/random.h"
#include "store/core.h"
#include "store/journal.h"

namespace {

using namespace entente;
using namespace entente::store;

// Gives every frame that has a sound length a right checksum.
void mend(std::string& segment) {
  if (segment.size() < sizeof(HeaderFrame)) return;
  HeaderFrame header = make_header(1, 0, 0);
  header.frame.checksum = header_checksum_of(raw(header));
  std::memcpy(segment.data(), &header, sizeof header);
  const FrameKey key{frame_secret(Identity{}), 1};
  for (uint64_t offset = kSegmentStart; offset + sizeof(FrameHead) <= segment.size();) {
    const auto head = load<FrameHead>(segment, offset);
    const uint64_t length = head.length / 8 * 8;
    if (length < sizeof(FrameHead) || length > segment.size() - offset) return;
    const uint64_t checksum =
        checksum_of(key, offset, std::string_view(segment).substr(offset, length));
    std::memcpy(&segment[offset], &checksum, sizeof checksum);
    offset += length;
  }
}

uint64_t read_everything(Journal& journal) {
  const Snapshot now = journal.snapshot();
  auto all = std::make_shared<Bitmap>();
  all->add_range(0, now.end());
  const release::World world(0, all, now.end());
  uint64_t sum = now.end();
  for (Position p = 0; p < now.end(); ++p) {
    const Entry entry = now.entry(world, p);
    sum += hash64(now.bytes(world, p)) + entry.id_hash + now.batch_of(p).end;
    CHECK(now.newest(world, entry.id_hash) != kNone || (entry.flags & kDamaged));
    sum += now.older(world, p);
  }
  now.referring(world, 7, [](Position) { return true; });
  (void)now.find_control(1, 1);
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > (1 << 20)) return 0;
  static const std::string directory = [] {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-fuzz-XXXXXX").string();
    CHECK(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
  }();
  std::string segment(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] & 1) mend(segment);
  std::filesystem::remove_all(directory);
  const auto files = posix_files();
  CHECK(files->make_directory(directory).has_value());
  {
    const auto file = files->open(directory + "/00000001.seg");
    CHECK(file && (*file)->write_at(0, segment));
  }
  SeededRandom random(1);
  ManualClock clock(1);
  Options options;
  options.clock = &clock;
  options.random = &random;
  options.fold = [](const Control& control) { (void)hash64(control.bytes); };
  uint64_t first = 0;
  {
    auto journal = Journal::open(*files, directory, options, nullptr);
    if (!journal) return 0;
    first = read_everything(**journal);
    (void)(*journal)->verify({});
  }
  auto journal = Journal::open(*files, directory, options, nullptr);
  CHECK(journal.has_value());
  CHECK(read_everything(**journal) == first);
  return 0;
}
