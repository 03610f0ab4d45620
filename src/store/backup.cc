// Backups. Sealed segments never change, so an earlier backup's copy is good if it has the same name, length and last
// 64 KiB: those hold the chain's link, which stands for everything before. The active segment is copied up to its last
// commit under a name of its own. Until the new manifest takes the old one's place, the old backup is whole.
#include "store/backup.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/text.h"
#include "store/journal_impl.h"

namespace entente::store {
namespace {

constexpr size_t kPieceBytes = 4 * limits::kMiB;
constexpr size_t kEndBytes = 64 * 1024;
constexpr std::string_view kManifest = "manifest";
constexpr std::string_view kTitle = "entente backup 1";

struct Listed {
  std::string name;  // in the journal's directory
  uint64_t bytes = 0;
  uint64_t checksum = 0;      // of the whole
  uint64_t end_checksum = 0;  // of its last kEndBytes

  std::string stored_name() const { return name + "@" + std::to_string(bytes); }
};

struct Manifest {
  std::string node;
  std::vector<Listed> files;
};

std::string manifest_text(const Manifest& manifest) {
  std::string text = std::string(kTitle) + "\nnode " + manifest.node + "\n";
  for (const Listed& file : manifest.files) {
    text += "file " + file.name + " " + std::to_string(file.bytes) + " " +
            std::to_string(file.checksum) + " " + std::to_string(file.end_checksum) + "\n";
  }
  const uint64_t check = hash64(text);
  return text + "check " + std::to_string(check) + "\n";
}

// A name that may stand in a manifest: what the journal itself makes.
bool is_journal_name(std::string_view name) { return name == "secret" || parse_name(name); }

std::optional<Manifest> parse_manifest(std::string_view text) {
  Manifest out;
  bool titled = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    if (line == kTitle) titled = true;
    if (words[0] == "node" && words.size() == 2) out.node = words[1];
    if (words[0] != "file") continue;
    if (words.size() != 5 || !is_journal_name(words[1])) return std::nullopt;
    const auto bytes = parse_decimal(words[2]);
    const auto checksum = parse_decimal(words[3]);
    const auto end_checksum = parse_decimal(words[4]);
    if (!bytes || !checksum || !end_checksum) return std::nullopt;
    out.files.push_back({std::string(words[1]), *bytes, *checksum, *end_checksum});
  }
  if (!titled || manifest_text(out) != text) return std::nullopt;
  return out;
}

uint64_t end_checksum(std::string_view bytes) {
  return hash64(bytes.substr(bytes.size() - std::min(bytes.size(), kEndBytes)));
}

Result<uint64_t> size_of(Files& files, const std::string& path) {
  if (!files.exists(path)) return fail(Code::kCorrupt, path + " is missing");
  const auto file = TRY(files.open(path));
  return file->size();
}

// Writes bytes to a new file under another name first, durably.
Result<void> copy_bytes(Files& files, std::string_view bytes, const std::string& to) {
  auto file = TRY(files.open(to + ".tmp"));
  TRY(file->truncate(0));
  for (size_t offset = 0; offset < bytes.size(); offset += kPieceBytes) {
    TRY(file->write_at(offset, bytes.substr(offset, kPieceBytes)));
  }
  TRY(file->sync());
  file.reset();
  return files.rename(to + ".tmp", to);
}

class Backup {
 public:
  Backup(const Core& core, std::string directory)
      : core_(core), files_(core.files), directory_(std::move(directory)) {}

  Result<void> run(const Snapshot::State& state) {
    TRY(files_.make_directory(directory_));
    TRY(read_earlier());
    manifest_.node = to_hex(core_.identity.node);
    const std::string identity = identity_text(core_.identity);
    TRY(add("secret", identity));
    for (size_t i = 0; i < state.segments(); ++i) {
      const SegmentRef& ref = state.at(i);
      const Segment& segment = *ref.segment;
      TRY(add_file(segment_name(segment.number(), segment.generation()), ref.bytes));
      if (!ref.indexed) continue;
      const std::string index = index_name(segment.number(), segment.generation());
      const uint64_t bytes = TRY(size_of(files_, core_.path(index)));
      TRY(add_file(index, bytes));
    }
    TRY(files_.sync_directory(directory_));
    TRY(write_small(files_, directory_, std::string(kManifest), manifest_text(manifest_)));
    return remove_others();
  }

 private:
  Result<void> read_earlier() {
    const std::string path = directory_ + "/" + std::string(kManifest);
    if (!files_.exists(path)) {
      const auto names = TRY(files_.list(directory_));
      for (const std::string& name : names) {
        // What an interrupted first backup left behind may be written over; nothing else may.
        if (!ours(name)) return fail(Code::kConflict, directory_ + " holds other files: " + name);
      }
      return {};
    }
    const std::string text = TRY(files_.read(path));
    const auto manifest = parse_manifest(text);
    if (!manifest) return fail(Code::kCorrupt, path + " is damaged");
    if (manifest->node != to_hex(core_.identity.node)) {
      return fail(Code::kConflict, directory_ + " holds the backup of another node");
    }
    for (const Listed& file : manifest->files) earlier_[file.stored_name()] = file;
    return {};
  }

  static bool ours(std::string_view name) {
    if (name.ends_with(".tmp")) name.remove_suffix(4);
    if (name == kManifest) return true;
    const size_t at = name.find('@');
    return at != std::string_view::npos && is_journal_name(name.substr(0, at));
  }

  Result<void> add_file(const std::string& name, uint64_t bytes) {
    const auto mapping = TRY(files_.map(core_.path(name), bytes, Access::kSequential));
    return add(name, {mapping->data(), bytes});
  }

  Result<void> add(const std::string& name, std::string_view bytes) {
    Listed listed{name, bytes.size(), 0, end_checksum(bytes)};
    const std::string stored = listed.stored_name();
    const auto known = earlier_.find(stored);
    if (known != earlier_.end() && known->second.end_checksum == listed.end_checksum) {
      const auto there = size_of(files_, directory_ + "/" + stored);
      if (there && *there == listed.bytes) {
        manifest_.files.push_back(known->second);
        return {};
      }
    }
    listed.checksum = hash64(bytes);
    TRY(copy_bytes(files_, bytes, directory_ + "/" + stored));
    manifest_.files.push_back(std::move(listed));
    return {};
  }

  // Copies that the new manifest does not list.
  Result<void> remove_others() {
    const auto names = TRY(files_.list(directory_));
    for (const std::string& name : names) {
      if (name == kManifest || !ours(name)) continue;
      const bool listed = std::any_of(manifest_.files.begin(), manifest_.files.end(),
                                      [&](const Listed& f) { return f.stored_name() == name; });
      if (!listed) TRY(files_.remove(directory_ + "/" + name));
    }
    return {};
  }

  const Core& core_;
  Files& files_;
  std::string directory_;
  std::map<std::string, Listed> earlier_;
  Manifest manifest_;
};

}  // namespace

Result<void> Journal::backup(const std::string& directory) const {
  std::lock_guard lock(impl_->maintenance);
  const auto state = impl_->core.state();
  return Backup(impl_->core, directory).run(*state);
}

Result<void> restore(Files& files, const std::string& from, const std::string& to) {
  const std::string path = from + "/" + std::string(kManifest);
  if (!files.exists(path)) {
    return fail(Code::kCorrupt, from + " is no complete backup: it has no manifest");
  }
  const std::string text = TRY(files.read(path));
  const auto manifest = parse_manifest(text);
  if (!manifest) return fail(Code::kCorrupt, path + " is damaged");
  if (files.exists(to)) {
    const auto names = TRY(files.list(to));
    if (!names.empty()) return fail(Code::kConflict, to + " is not empty");
  }
  TRY(files.make_directory(to));
  // Into names that the journal does not read, so that a restore that stops half-way leaves no half journal.
  for (const Listed& file : manifest->files) {
    const std::string source = from + "/" + file.stored_name();
    const uint64_t bytes = TRY(size_of(files, source));
    if (bytes != file.bytes) return fail(Code::kCorrupt, source + " has another length");
    const auto mapping = TRY(files.map(source, bytes, Access::kSequential));
    const std::string_view content{mapping->data(), bytes};
    if (hash64(content) != file.checksum) return fail(Code::kCorrupt, source + " is damaged");
    TRY(copy_bytes(files, content, to + "/" + file.name + ".restoring"));
  }
  for (const Listed& file : manifest->files) {
    TRY(files.rename(to + "/" + file.name + ".restoring", to + "/" + file.name));
  }
  return files.sync_directory(to);
}

}  // namespace entente::store
