// For tests that run the program as its users do: processes with what they print, a server, a directory that goes away.
#pragma once

#include <stdlib.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/json_text.h"
#include "base/message.h"

namespace entente::cli {

struct Ran {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out, err;
};

// Runs the program to its end; `input` is its standard input.
Ran entente(const std::vector<std::string>& arguments, std::string_view input = {});

// The one JSON object that it printed; adds a failure to the test and gives {} if it did not.
app::Fields json_of(const Ran& ran);

class Directory {
 public:
  Directory();
  ~Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  // A path in it.
  std::string at(std::string_view name) const { return path_ + "/" + std::string(name); }
  // Writes a file and gives its path.
  std::string write(std::string_view name, std::string_view bytes) const;

 private:
  std::string path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);
// Paths of all files and directories below.
std::vector<std::string> everything_below(const std::string& path);

std::string gzip(std::string_view bytes);
std::string zstd(std::string_view bytes);

// A valid indicator: `number` makes its id, `more` are members to add ("\"x\":1").
std::string indicator(int number, std::string_view more = {});
std::string id_of_indicator(int number);
std::string bundle(const std::vector<std::string>& objects);

// The time of every command run while it lives.
class At {
 public:
  explicit At(const std::string& instant) { ::setenv("ENTENTE_NOW", instant.c_str(), 1); }
  ~At() { ::unsetenv("ENTENTE_NOW"); }
  At(const At&) = delete;
  At& operator=(const At&) = delete;
};

// A node with parties HQ, AVL and BOR, and a collection "shared" that HQ and AVL read and write.
struct Community {
  Directory directory;
  std::string data = directory.at("data");
  std::string hq_key, avl_key, bor_key, collection_id;
  Community();
  std::vector<std::string> args(std::vector<std::string> arguments) const;  // with --data
  Ran run(std::vector<std::string> arguments, std::string_view input = {}) const {
    return entente(args(std::move(arguments)), input);
  }
};

// A running `entente serve` on port 0.
class Serving {
 public:
  explicit Serving(const std::string& data, const std::vector<std::string>& more = {});
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  bool is_up() const { return !address_.empty(); }
  const std::string& ready_line() const { return ready_line_; }
  const std::string& address() const { return address_; }  // HOST:PORT
  pid_t pid() const { return pid_; }
  // GET, with a key if there is one. Status 0: no answer.
  Response get(const std::string& path, const std::string& key = {},
               const std::string& query = {}) const;
  Response send(const Request& request) const;
  void signal(int number) const;
  // Waits for its end, at most ten seconds, then kills it. The exit code, as in Ran.
  int wait();
  // What it logged so far.
  std::string log() const;

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::string log_path_, ready_line_, address_;
  std::unique_ptr<Directory> directory_;
};

}  // namespace entente::cli
