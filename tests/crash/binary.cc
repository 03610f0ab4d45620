// Standard output comes through a pipe; standard error goes to a file, so that no child ever waits for a reader of it.
// Between fork and exec nothing is allocated.
#include "tests/crash/binary.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/result.h"
#include "json/json.h"

extern char** environ;

namespace entente::testing {

// Generous, since other builds may keep the machine busy: nothing here asserts a time.
constexpr int kStartMsMax = 60'000;

std::string binary_path() { return ENTENTE_BINARY; }

bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

TemporaryDirectory::TemporaryDirectory() {
  char name[] = "/tmp/entente-crash-XXXXXX";
  CHECK(mkdtemp(name) != nullptr);
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Child::Child(const std::vector<std::string>& arguments, const Environment& env) {
  const std::string program = binary_path();
  const std::string errors = directory_.path() + "/stderr";
  std::vector<std::string> texts;
  for (char** one = environ; *one != nullptr; ++one) texts.emplace_back(*one);
  for (const auto& [name, value] : env) texts.push_back(name + "=" + value);
  std::vector<char*> variables, words;
  for (std::string& text : texts) variables.push_back(text.data());
  variables.push_back(nullptr);
  std::vector<std::string> copies = arguments;
  std::string first = program;
  words.push_back(first.data());
  for (std::string& text : copies) words.push_back(text.data());
  words.push_back(nullptr);
  int ends[2];
  CHECK(pipe2(ends, O_CLOEXEC) == 0);
  pid_ = fork();
  CHECK(pid_ >= 0);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int err = ::open(errors.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    const int in = ::open("/dev/null", O_RDONLY);
    dup2(in, 0);
    dup2(ends[1], 1);
    dup2(err, 2);
    execve(program.c_str(), words.data(), variables.data());
    _exit(127);
  }
  ::close(ends[1]);
  out_ = ends[0];
}

Child::~Child() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (out_ >= 0) ::close(out_);
}

std::string Child::read_line(int ms_max) {
  for (;;) {
    const size_t end = buffer_.find('\n');
    if (end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    pollfd ready{out_, POLLIN, 0};
    if (poll(&ready, 1, ms_max) <= 0) return "";
    char bytes[4096];
    const ssize_t n = ::read(out_, bytes, sizeof bytes);
    if (n <= 0) return "";
    buffer_.append(bytes, static_cast<size_t>(n));
  }
}

void Child::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

Finished Child::wait() {
  Finished finished;
  finished.out = std::move(buffer_);
  char bytes[65536];
  for (ssize_t n; (n = ::read(out_, bytes, sizeof bytes)) != 0;) {
    if (n < 0 && errno != EINTR) break;
    if (n > 0) finished.out.append(bytes, static_cast<size_t>(n));
  }
  int status = 0;
  if (pid_ > 0) waitpid(pid_, &status, 0);
  pid_ = -1;
  if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  finished.err = errors();
  return finished;
}

std::string Child::errors() const { return read_file(directory_.path() + "/stderr"); }

Finished run_entente(const std::vector<std::string>& arguments, const Environment& env) {
  Child child(arguments, env);
  return child.wait();
}

namespace {

std::vector<std::string> serve_arguments(const std::string& directory,
                                         const std::vector<std::string>& more) {
  std::vector<std::string> out{"serve", "--data", directory, "--listen", "127.0.0.1:0"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace

Running::Running(const std::string& directory, const Environment& env,
                 const std::vector<std::string>& more)
    : child_(serve_arguments(directory, more), env) {
  for (;;) {
    const std::string line = child_.read_line(kStartMsMax);
    if (line.empty()) return;
    if (!line.starts_with("ready http://")) continue;
    port_ = std::stoi(line.substr(line.rfind(':') + 1));
    return;
  }
}

void Running::kill() {
  child_.signal(SIGKILL);
  child_.wait();
}

Finished Running::stop() {
  child_.signal(SIGTERM);
  return child_.wait();
}

Station::Station(const std::vector<std::string>& parties) {
  const auto must = [](const Finished& done) {
    if (done.exit_code != 0) fprintf(stderr, "%s%s\n", done.out.c_str(), done.err.c_str());
    CHECK(done.exit_code == 0);
    return done.out;
  };
  must(run_entente({"init", "--data", directory(), "--json"}));
  for (const std::string& code : parties) {
    must(run_entente(
        {"party", "add", code, "--name", code + " of the test", "--data", directory(), "--json"}));
    const std::string key = must(run_entente(
        {"key", "new", code, "--role", "contributor", "--data", directory(), "--json"}));
    keys_[code] = json_member(key, "key");
    CHECK(!keys_[code].empty());
  }
}

std::string Station::collection(const std::string& alias, const std::vector<std::string>& read,
                                const std::vector<std::string>& write, const std::string& level) {
  std::vector<std::string> words{"collection", "add", alias, "--read"};
  words.insert(words.end(), read.begin(), read.end());
  words.push_back("--write");
  words.insert(words.end(), write.begin(), write.end());
  if (!level.empty()) words.insert(words.end(), {"--default", level});
  words.insert(words.end(), {"--data", directory(), "--json"});
  const Finished done = run_entente(words);
  if (done.exit_code != 0) fprintf(stderr, "%s%s\n", done.out.c_str(), done.err.c_str());
  CHECK(done.exit_code == 0);
  return collections_[alias] = json_member(done.out, "id");
}

std::unique_ptr<Running> Station::serve(const Environment& env,
                                        const std::vector<std::string>& more) const {
  return std::make_unique<Running>(directory(), env, more);
}

Finished Station::verify() const {
  return run_entente({"verify", "--data", directory(), "--json"});
}

Finished Station::export_world(const std::string& party,
                               const std::vector<std::string>& more) const {
  std::vector<std::string> words{"export", "--data", directory(), "--party", party};
  words.insert(words.end(), more.begin(), more.end());
  return run_entente(words);
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  CHECK(out.good());
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> list_directory(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& item : std::filesystem::directory_iterator(path))
    names.push_back(item.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void copy_directory(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directories(to);
  for (const auto& item : std::filesystem::recursive_directory_iterator(from)) {
    const auto target = std::filesystem::path(to) / std::filesystem::relative(item.path(), from);
    if (item.is_directory()) std::filesystem::create_directories(target);
    if (item.is_regular_file()) std::filesystem::copy_file(item.path(), target);
  }
}

std::string json_member(const std::string& text, const std::string& name) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(text);
  if (!parser.parse(std::string_view(bytes).substr(0, text.size()), &document)) return "";
  const auto found = document.root().find(name);
  if (!found) return "";
  return found->is_string() ? found->text() : std::string(found->raw());
}

}  // namespace entente::testing
