// The program as its user has it: a process that is started, spoken to, killed and started again.
//
//   Station station({"AVL", "BOR"});
//   station.collection("shared", {"AVL", "BOR"}, {"AVL"}, "tlp:amber");
//   auto server = station.serve();
//   Wire wire(server->port());
//   server->kill();                       // SIGKILL, at once
//   EXPECT_EQ(station.verify().exit_code, 0);
//
// Every child is killed when its object goes and when the test itself dies. Threads: one, unless a function says otherwise.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace entente::testing {

using Environment = std::vector<std::pair<std::string, std::string>>;

// How a process ended. `signal` is 0 if it exited of itself.
struct Finished {
  int exit_code = -1;
  int signal = 0;
  std::string out;
  std::string err;
};

// A directory under /tmp that goes with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string binary_path();
// Whether the program was built with a sanitizer, which does not go together with preloaded libraries.
bool is_sanitized();

class Child {
 public:
  // Starts the program with these arguments; `env` is added to the test's own environment.
  explicit Child(const std::vector<std::string>& arguments, const Environment& env = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  // The next line of standard output without its end; empty at the end of the output or after `ms_max`.
  std::string read_line(int ms_max);
  void signal(int number);
  // Reads the rest of its output and waits for its end.
  Finished wait();
  // What it wrote to standard error so far.
  std::string errors() const;

 private:
  TemporaryDirectory directory_;
  pid_t pid_ = -1;
  int out_ = -1;
  std::string buffer_;
};

// Runs the program to its end.
Finished run_entente(const std::vector<std::string>& arguments, const Environment& env = {});

// A running `entente serve`.
class Running {
 public:
  Running(const std::string& directory, const Environment& env,
          const std::vector<std::string>& more);
  // Whether it said that it is ready; if not, errors() tells why.
  bool ready() const { return port_ != 0; }
  int port() const { return port_; }
  pid_t pid() const { return child_.pid(); }
  std::string errors() const { return child_.errors(); }
  void kill();      // SIGKILL, and waits; may be called from any thread, once
  Finished stop();  // SIGTERM, and waits

 private:
  Child child_;
  int port_ = 0;
};

// A data directory that the program made, with parties and their keys.
class Station {
 public:
  explicit Station(const std::vector<std::string>& parties);

  std::string directory() const { return directory_.path() + "/node"; }
  std::string journal() const { return directory() + "/journal"; }
  // A place for files beside the node.
  std::string beside(const std::string& name) const { return directory_.path() + "/" + name; }
  const std::string& key(const std::string& party) const { return keys_.at(party); }
  // Adds a collection and gives its id.
  std::string collection(const std::string& alias, const std::vector<std::string>& read,
                         const std::vector<std::string>& write, const std::string& level);
  const std::string& collection_id(const std::string& alias) const {
    return collections_.at(alias);
  }

  std::unique_ptr<Running> serve(const Environment& env = {},
                                 const std::vector<std::string>& more = {}) const;
  Finished verify() const;
  // The party's world, as `entente export` writes it.
  Finished export_world(const std::string& party, const std::vector<std::string>& more = {}) const;

 private:
  TemporaryDirectory directory_;
  std::map<std::string, std::string> keys_;
  std::map<std::string, std::string> collections_;
};

void write_file(const std::string& path, const std::string& bytes);
std::string read_file(const std::string& path);
// The names in a directory, sorted.
std::vector<std::string> list_directory(const std::string& path);
void copy_directory(const std::string& from, const std::string& to);

// The text of a member of a JSON object, a string's escapes resolved and anything else as written; empty if absent.
std::string json_member(const std::string& json, const std::string& name);

}  // namespace entente::testing
