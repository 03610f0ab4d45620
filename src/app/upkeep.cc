// A backup holds journal/ (store/backup.h), audit/, entente.toml and label-table.json where there are such, and node.json, written last. A stream is
// made of such a directory, which stands in the data directory meanwhile and needs as much room as the journal.
#include "app/upkeep.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <future>
#include <utility>

#include "app/data_directory.h"
#include "app/input.h"
#include "app/tar.h"
#include "store/backup.h"

namespace entente::app {
namespace {

constexpr size_t kCopyPieceBytes = size_t{1} << 20;
constexpr auto kLookEvery = std::chrono::milliseconds(100);

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.size() < 80 &&
         name.find('/') == std::string_view::npos;
}

// What a backup may hold.
bool is_of_backup(std::string_view name) {
  if (name == "node.json" || name == "entente.toml" || name == kLabelTableName) return true;
  for (const std::string_view folder : {"journal/", "audit/"}) {
    if (name.starts_with(folder)) return is_plain_name(name.substr(folder.size()));
  }
  return false;
}

Result<void> copy_file(store::Files& files, const std::string& from, const std::string& to) {
  const auto source = TRY(files.open(from));
  const uint64_t size = TRY(source->size());
  const auto mapping = TRY(files.map(from, size, store::Access::kSequential));
  const auto file = TRY(files.open(to));
  TRY(file->truncate(0));
  for (uint64_t at = 0; at < size; at += kCopyPieceBytes) {
    const auto piece = static_cast<size_t>(std::min<uint64_t>(kCopyPieceBytes, size - at));
    TRY(file->write_at(at, {mapping->data() + at, piece}));
  }
  return file->sync();
}

// The audit files and the configuration: files that only grow, copied where their lengths differ.
Result<void> copy_beside(store::Files& files, const std::string& from, const std::string& to) {
  if (files.exists(audit_path(from))) {
    TRY(files.make_directory(audit_path(to)));
    for (const std::string& name : TRY(files.list(audit_path(from)))) {
      const std::string source = audit_path(from) + "/" + name,
                        target = audit_path(to) + "/" + name;
      if (files.exists(target)) {
        const auto old_file = TRY(files.open(target));
        const auto new_file = TRY(files.open(source));
        if (TRY(old_file->size()) == TRY(new_file->size())) continue;
      }
      TRY(copy_file(files, source, target));
    }
    TRY(files.sync_directory(audit_path(to)));
  }
  for (const std::string& name :
       {std::string("/entente.toml"), "/" + std::string(kLabelTableName)}) {
    if (files.exists(from + name)) TRY(copy_file(files, from + name, to + name));
  }
  return {};
}

// Calls visit with the name and length of each file of a directory; none if there is no such directory.
template <class Visit>
void for_each_file(const std::string& directory, Visit&& visit) {
  DIR* dir = ::opendir(directory.c_str());
  if (dir == nullptr) return;
  while (const dirent* item = ::readdir(dir)) {
    struct stat info;
    const bool is_file =
        ::fstatat(::dirfd(dir), item->d_name, &info, 0) == 0 && S_ISREG(info.st_mode);
    if (is_file) visit(std::string(item->d_name), static_cast<uint64_t>(info.st_size));
  }
  ::closedir(dir);
}

uint64_t bytes_in(const std::string& directory) {
  uint64_t bytes = 0;
  for_each_file(directory, [&](const std::string&, uint64_t size) { bytes += size; });
  return bytes;
}

// Bytes of the journal that a backup does not hold yet: about, since the journal may grow meanwhile.
uint64_t bytes_to_copy(const std::string& from, const std::string& to) {
  uint64_t bytes = 0;
  for_each_file(from, [&](const std::string& name, uint64_t size) {
    struct stat info;
    const std::string copy = to + "/" + name + "@" + std::to_string(size);
    if (::stat(copy.c_str(), &info) != 0) bytes += size;
  });
  return bytes;
}

// The copy is made on a thread of its own; how far it is, is seen from outside, by what has come to lie there.
Result<void> backup_journal(Desk& desk, const std::string& to, const ProgressSink& progress) {
  if (!progress) return desk.node.journal().backup(to);
  const uint64_t total = bytes_to_copy(journal_path(desk.directory), to);
  const uint64_t before = bytes_in(to);
  std::future<Result<void>> copied =
      std::async(std::launch::async, [&] { return desk.node.journal().backup(to); });
  while (copied.wait_for(kLookEvery) != std::future_status::ready) {
    const uint64_t now = bytes_in(to);
    progress({0, std::min(now - std::min(now, before), total), total});
  }
  return copied.get();
}

Result<void> backup_into(Desk& desk, const std::string& to, const ProgressSink& progress) {
  TRY(desk.files.make_directory(to));
  TRY(backup_journal(desk, journal_path(to), progress));
  TRY(desk.audit.flush());
  TRY(copy_beside(desk.files, desk.directory, to));
  return mark_as_node(desk.files, to);
}

Result<std::vector<std::string>> names_of_backup(store::Files& files,
                                                 const std::string& directory) {
  std::vector<std::string> names;
  for (const std::string& folder : {std::string("journal"), std::string("audit")}) {
    if (!files.exists(directory + "/" + folder)) continue;
    for (const std::string& name : TRY(files.list(directory + "/" + folder)))
      names.push_back(folder + "/" + name);
  }
  for (const std::string& name : {std::string("entente.toml"), std::string(kLabelTableName)}) {
    if (files.exists(directory + "/" + name)) names.push_back(name);
  }
  names.emplace_back("node.json");
  return names;
}

bool is_directory(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Result<std::string> temporary_directory(const std::string& parent) {
  std::string path = fmt::format("{}/{}XXXXXX", parent, kCopyPrefix);
  if (::mkdtemp(path.data()) == nullptr) {
    return fail(Code::kUnavailable, "cannot make " + path + ": " + std::strerror(errno));
  }
  return path;
}

// Removes what it names when it dies.
struct Temporary {
  std::string path;
  ~Temporary() { remove_directory(path); }
};

Result<void> restore_from_directory(store::Files& files, const std::string& from,
                                    const std::string& to) {
  if (!is_node(from)) return fail(Code::kCorrupt, from + " is no complete backup of a node");
  TRY(store::restore(files, journal_path(from), journal_path(to)));
  return copy_beside(files, from, to);
}

Result<void> restore_from_stream(store::Files& files, const std::string& from,
                                 const std::string& to) {
  const Temporary unpacked{TRY(temporary_directory(to))};
  TRY(files.make_directory(journal_path(unpacked.path)));
  TRY(files.make_directory(audit_path(unpacked.path)));
  const auto source = TRY(open_input(from, nullptr));
  TRY(read_tar(files, *source, unpacked.path, is_of_backup));
  return restore_from_directory(files, unpacked.path, to);
}

}  // namespace

void remove_directory(const std::string& path) {
  DIR* dir = ::opendir(path.c_str());
  if (dir == nullptr) return;
  while (const dirent* item = ::readdir(dir)) {
    const std::string_view name = item->d_name;
    if (name == "." || name == "..") continue;
    const std::string child = path + "/" + std::string(name);
    if (::unlink(child.c_str()) == 0 || !is_directory(child)) continue;
    // One level below, as restore and backup make it; no deeper.
    DIR* inner = ::opendir(child.c_str());
    if (inner == nullptr) continue;
    while (const dirent* below = ::readdir(inner)) ::unlink((child + "/" + below->d_name).c_str());
    ::closedir(inner);
    ::rmdir(child.c_str());
  }
  ::closedir(dir);
  ::rmdir(path.c_str());
}

Result<Outcome> run_verify(Desk& desk, const ProgressSink& progress) {
  const store::VerifyReport journal =
      desk.node.journal().verify([&](uint64_t done, uint64_t total) {
        if (progress) progress({0, done, total});
      });
  (void)desk.audit.flush();
  const AuditReport audit = verify_audit(desk.files, audit_path(desk.directory));
  std::vector<std::string> problems = journal.problems;
  // An index that was thrown away is made anew without a word; one that was damaged is a sign of a failing disk.
  std::vector<std::string> damaged_indexes;
  for (const std::string& rebuilt : desk.recovery.rebuilt) {
    if (!rebuilt.ends_with("is missing")) damaged_indexes.push_back("made anew: " + rebuilt);
  }
  const auto state = desk.node.state();
  for (const exchange::Recall& recall : *state->recalls) {
    if (!recall.is_done) problems.push_back("not yet erased: the recall of " + recall.id);
  }
  for (const std::vector<std::string>* more :
       std::initializer_list<const std::vector<std::string>*>{&desk.recovery.quarantined,
                                                              &damaged_indexes, &audit.problems}) {
    for (const std::string& problem : *more) {
      if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(problem);
    }
  }
  JsonObject out;
  out.add_number("records", journal.records)
      .add_number("audit_lines", audit.lines)
      .add_list("problems", problems);
  return Outcome{out.text(), problems.empty() ? kExitDone : kExitFound};
}

Result<Outcome> run_backup(Desk& desk, const Fields& request, const ProgressSink& progress) {
  const std::string to = request.text("to");
  if (to.empty()) return fail(Code::kInvalid, "name the place: --to DIR");
  // A node that cannot write can still be backed up; that backup is then not known to recalls.
  const bool is_noted = desk.node.note_backup(to).has_value();
  TRY(backup_into(desk, to, progress));
  const store::JournalStats stats = desk.node.journal().stats();
  return Outcome{JsonObject()
                     .add("to", to)
                     .add_number("entries", stats.entries)
                     .add_number("bytes", stats.bytes)
                     .add_flag("noted", is_noted)
                     .text()};
}

Result<void> run_backup_stream(Desk& desk, const Output& output) {
  const auto explained = [&](const Error& error) {
    return fail(error.code,
                fmt::format("{}; a backup as a stream is first made in {}, which needs as much "
                            "free room there as the journal takes: {} bytes. --to DIRECTORY needs "
                            "room at its place alone",
                            error.detail, desk.directory, bytes_in(journal_path(desk.directory))));
  };
  const auto path = temporary_directory(desk.directory);
  if (!path) return explained(path.error());
  const Temporary made{*path};
  (void)desk.node.note_backup("a stream");
  if (const auto copied = backup_into(desk, made.path, {}); !copied)
    return explained(copied.error());
  const auto names = TRY(names_of_backup(desk.files, made.path));
  return write_tar(desk.files, made.path, names, output);
}

Result<Outcome> run_restore(const std::string& from, const std::string& to) {
  const auto files = store::posix_files();
  if (files->exists(to) && !TRY(files->list(to)).empty()) {
    return fail(Code::kConflict,
                to + " is not empty; a restored node needs a directory of its own");
  }
  TRY(files->make_directory(to));
  const bool is_stream = from == "-" || !is_directory(from);
  const Result<void> restored =
      is_stream ? restore_from_stream(*files, from, to) : restore_from_directory(*files, from, to);
  if (!restored) {
    remove_directory(to);
    return std::unexpected(restored.error());
  }
  TRY(mark_as_restored(*files, to, from == "-" ? "a stream" : from, SystemClock().now_ms()));
  TRY(mark_as_node(*files, to));
  const auto opened = TRY(open_directory(to, Must::kBeNode, 0));
  const store::JournalStats stats = opened->node->journal().stats();
  return Outcome{JsonObject()
                     .add("data", to)
                     .add_number("entries", stats.entries)
                     .add_list("problems", opened->recovery.quarantined)
                     .add("next", "entente restore --accept --data " + to)
                     .text(),
                 opened->recovery.quarantined.empty() ? kExitDone : kExitFound};
}

namespace {

// One element of what `entente recalls --json` lists.
Result<exchange::Recall> read_recall(const exchange::Node& node, json::Value value) {
  const auto record = value.find("record"), party = value.find("party");
  if (!record || !party) return fail(Code::kInvalid, "the list of recalls is not readable");
  exchange::Recall recall = TRY(exchange::decode_recall(record->raw()));
  const auto state = node.state();
  const release::Party* known = state->directory->party(recall.party);
  if (known != nullptr && known->code == party->text()) return recall;
  return fail(
      Code::kConflict,
      fmt::format("{} recalled {}, but this backup is older than that party: restore a later one",
                  party->text(), recall.id));
}

Result<uint64_t> apply_recalls(exchange::Node& node, store::Files& files, const std::string& path) {
  const std::string text = TRY(files.read(path));
  const Fields list = TRY(Fields::parse(text));
  if (list.text("node") != node.fingerprint())
    return fail(Code::kInvalid, path + " lists the recalls of another node");
  const auto recalls = list.root().find("recalls");
  if (!recalls) return fail(Code::kInvalid, path + " is no list of recalls");
  uint64_t applied = 0;
  for (const json::Value one : recalls->elements()) {
    const exchange::Recall recall = TRY(read_recall(node, one));
    const bool is_new = TRY(node.apply_recall(recall));
    applied += is_new ? 1 : 0;
  }
  return applied;
}

}  // namespace

Result<Outcome> run_accept(const std::string& directory, const std::string& recalls) {
  const auto opened = TRY(open_directory(directory, Must::kBeNode, 0));
  if (!restored_mark(*opened->files, directory))
    return fail(Code::kConflict, directory + " needs no acceptance: it serves already");
  uint64_t applied = 0;
  if (!recalls.empty()) applied = TRY(apply_recalls(*opened->node, *opened->files, recalls));
  TRY(accept_restored(*opened->files, directory));
  return Outcome{JsonObject().add("data", directory).add_number("recalls_applied", applied).text()};
}

Result<Outcome> run_rebuild(const std::string& directory) {
  const auto files = store::posix_files();
  if (!is_node(directory)) return fail(Code::kNotFound, directory + " is not a node");
  const Result<void> dropped = store::drop_indexes(*files, journal_path(directory));
  if (!dropped) {
    if (dropped.error().code != Code::kConflict) return std::unexpected(dropped.error());
    return fail(Code::kConflict, directory + " is in use: stop its server first");
  }
  const auto opened = TRY(open_directory(directory, Must::kBeNode, 0));
  const store::JournalStats stats = opened->node->journal().stats();
  JsonObject out;
  out.add_number("entries", stats.entries).add_list("rebuilt", opened->recovery.rebuilt);
  out.add_list("problems", opened->recovery.quarantined);
  return Outcome{out.text(), opened->recovery.quarantined.empty() ? kExitDone : kExitFound};
}

}  // namespace entente::app
