// Children get their standard streams from pipes; what they print is read while they run, so that no pipe fills up.
#include "tests/cli/support.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "http/client.h"

namespace entente::cli {
namespace {

constexpr int kEndTries = 1'000;  // of 10 ms

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
};

pid_t spawn(const std::vector<std::string>& arguments, int in, int out, int err) {
  std::vector<char*> argv;
  static const std::string kProgram = ENTENTE_BINARY;
  argv.push_back(const_cast<char*>(kProgram.c_str()));
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::umask(022);  // what users have; the program must not rely on it
  for (const char* name : {"ENTENTE_DATA", "ENTENTE_LISTEN"}) ::unsetenv(name);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Feeds `input` and gathers both outputs until both end.
void exchange(int in, std::string_view input, int out, std::string* out_text, int err,
              std::string* err_text) {
  ::fcntl(in, F_SETFL, O_NONBLOCK);
  if (input.empty()) {
    ::close(in);
    in = -1;
  }
  std::array<char, 65536> buffer{};
  const auto drain = [&](pollfd& one, std::string* text) {
    if ((one.revents & (POLLIN | POLLHUP)) == 0) return;
    const ssize_t n = ::read(one.fd, buffer.data(), buffer.size());
    if (n > 0) {
      text->append(buffer.data(), static_cast<size_t>(n));
    } else {
      one.fd = -1;
    }
  };
  std::array<pollfd, 3> all{{{out, POLLIN, 0}, {err, POLLIN, 0}, {in, POLLOUT, 0}}};
  while (all[0].fd >= 0 || all[1].fd >= 0) {
    if (::poll(all.data(), all.size(), -1) < 0) break;
    drain(all[0], out_text);
    drain(all[1], err_text);
    if (all[2].fd < 0 || all[2].revents == 0) continue;
    const ssize_t n = ::write(in, input.data(), input.size());
    if (n > 0) input.remove_prefix(static_cast<size_t>(n));
    if (n <= 0 || input.empty()) {
      ::close(in);
      in = all[2].fd = -1;
    }
  }
  if (in >= 0) ::close(in);
}

}  // namespace

Ran entente(const std::vector<std::string>& arguments, std::string_view input) {
  ::signal(SIGPIPE, SIG_IGN);
  const Pipe in, out, err;
  Ran ran;
  const pid_t pid = spawn(arguments, in.read, out.write, err.write);
  ::close(in.read);
  ::close(out.write);
  ::close(err.write);
  exchange(in.write, input, out.read, &ran.out, err.read, &ran.err);
  ::close(out.read);
  ::close(err.read);
  int status = 0;
  ::waitpid(pid, &status, 0);
  ran.exit_code = exit_code_of(status);
  return ran;
}

app::Fields json_of(const Ran& ran) {
  auto fields = app::Fields::parse(ran.out);
  if (fields) return std::move(*fields);
  ADD_FAILURE() << "exit " << ran.exit_code << ", printed no JSON object: " << ran.out << ran.err;
  return std::move(*app::Fields::parse("{}"));
}

Directory::Directory() {
  std::string path = (std::filesystem::temp_directory_path() / "entente-cli-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) std::abort();
  path_ = path;
}

Directory::~Directory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Directory::write(std::string_view name, std::string_view bytes) const {
  write_file(at(name), bytes);
  return at(name);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::vector<std::string> everything_below(const std::string& path) {
  std::vector<std::string> out{path};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    out.push_back(entry.path().string());
  return out;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::string id_of_indicator(int number) {
  std::array<char, 64> id{};
  std::snprintf(id.data(), id.size(), "indicator--%08x-0000-4000-8000-000000000000",
                static_cast<unsigned>(number));
  return id.data();
}

std::string indicator(int number, std::string_view more) {
  return R"({"type":"indicator","spec_version":"2.1","id":")" + id_of_indicator(number) +
         R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '192.0.2.1']","pattern_type":"stix","valid_from":"2024-01-01T00:00:00Z")" +
         (more.empty() ? "" : "," + std::string(more)) + "}";
}

std::string bundle(const std::vector<std::string>& objects) {
  std::string out =
      R"({"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[)";
  for (size_t i = 0; i < objects.size(); ++i) out += (i == 0 ? "" : ",") + objects[i];
  return out + "]}";
}

Community::Community() {
  EXPECT_EQ(entente({"init", "--data", data, "--json"}).exit_code, 0);
  hq_key = json_of(run({"party", "add", "HQ", "--name", "Headquarters", "--json"})).text("key");
  avl_key = json_of(run({"party", "add", "AVL", "--name", "Avalon", "--json"})).text("key");
  bor_key = json_of(run({"party", "add", "BOR", "--name", "Borealis", "--json"})).text("key");
  collection_id = json_of(run({"collection", "add", "shared", "--read", "HQ", "AVL", "--write",
                               "HQ", "AVL", "--default", "tlp:amber", "--json"}))
                      .text("id");
}

std::vector<std::string> Community::args(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--data", data});
  return arguments;
}

Serving::Serving(const std::string& data, const std::vector<std::string>& more)
    : directory_(new Directory) {
  ::signal(SIGPIPE, SIG_IGN);
  log_path_ = directory_->at("log");
  const int log = ::open(log_path_.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const Pipe out;
  std::vector<std::string> arguments{"serve", "--data", data};
  if (more.empty() || more.front() != "--listen")
    arguments.insert(arguments.end(), {"--listen", "127.0.0.1:0"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  pid_ = spawn(arguments, null, out.write, log);
  ::close(out.write);
  ::close(null);
  ::close(log);
  out_ = out.read;
  char c = 0;
  while (ready_line_.size() < 1024 && ::read(out_, &c, 1) == 1 && c != '\n') ready_line_ += c;
  const size_t scheme = ready_line_.find("://");
  if (ready_line_.starts_with("ready ") && scheme != std::string::npos)
    address_ = ready_line_.substr(scheme + 3);
}

Serving::~Serving() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(out_);
}

Response Serving::send(const Request& request) const {
  auto response = http::call(address_, request);
  if (response) return std::move(*response);
  Response none;
  none.status = 0;
  return none;
}

Response Serving::get(const std::string& path, const std::string& key,
                      const std::string& query) const {
  Request request;
  request.method = "GET";
  request.path = path;
  request.query = query;
  if (!key.empty()) request.headers.push_back({"Authorization", "Bearer " + key});
  return send(request);
}

void Serving::signal(int number) const { ::kill(pid_, number); }

int Serving::wait() {
  int status = 0;
  for (int i = 0; i < kEndTries; ++i) {
    const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended == pid_) {
      pid_ = -1;
      return exit_code_of(status);
    }
    ::usleep(10'000);
  }
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code_of(status);
}

std::string Serving::log() const { return read_file(log_path_); }

}  // namespace entente::cli
