// Every script of this folder, against the surfaces in this process and against the program over a socket.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/conformance/in_process.h"
#include "tests/conformance/script.h"
#include "tests/crash/binary.h"
#include "tests/crash/wire.h"

namespace entente::testing {
namespace {

// Three parties; `shared` is open to all of them, `inner` to AVL and BOR, `drop` takes from all and shows AVL alone, and
// `notice` is read by all and written by AVL.
class InProcessTarget final : public Target {
 public:
  InProcessTarget() {
    node_.community().collection("notice", R"(["AVL","BOR","LIA"])", R"(["AVL"])", "tlp:amber");
  }
  Answer ask(const std::string& method, const std::string& target,
             const std::vector<Header>& headers, const std::string& body) override {
    Response response = node_.ask(method, target, headers, body);
    return {response.status, response.headers, method == "HEAD" ? "" : response.body.flatten()};
  }
  std::string key(const std::string& party) override { return node_.key(party); }
  std::string collection_id(const std::string& alias) override {
    const std::string one = ask("GET", "/taxii2/entente/collections/" + alias + "/",
                                {{"Authorization", "Bearer " + key("AVL")}}, "")
                                .body;
    return json_member(one, "id");
  }
  bool is_wire() const override { return false; }

 private:
  InProcess node_;
};

// The data directory is made once; each script works on a copy.
class WireTarget final : public Target {
 public:
  explicit WireTarget(const Station& station) : station_(station) {
    copy_directory(station.directory(), directory_.path() + "/node");
    server_ = std::make_unique<Running>(directory_.path() + "/node", Environment{},
                                        std::vector<std::string>{});
    if (!server_->ready()) ADD_FAILURE() << server_->errors();
  }
  ~WireTarget() override { EXPECT_EQ(server_->stop().exit_code, 0); }

  Answer ask(const std::string& method, const std::string& target,
             const std::vector<Header>& headers, const std::string& body) override {
    if (!wire_) wire_ = std::make_unique<Wire>(server_->port());
    const auto answer = wire_->ask(method, target, headers, body);
    if (!answer) ADD_FAILURE() << "no answer to " << method << " " << target;
    if (!answer || equal_ignoring_case(answer->header("Connection"), "close")) wire_.reset();
    return answer.value_or(Answer{});
  }
  std::string key(const std::string& party) override { return station_.key(party); }
  std::string collection_id(const std::string& alias) override {
    return station_.collection_id(alias);
  }
  bool is_wire() const override { return true; }

 private:
  const Station& station_;
  TemporaryDirectory directory_;
  std::unique_ptr<Running> server_;
  std::unique_ptr<Wire> wire_;
};

std::vector<std::string> scripts() {
  std::vector<std::string> out;
  for (const std::string& name : list_directory(ENTENTE_SCRIPTS)) {
    if (name.ends_with(".script")) out.push_back(name);
  }
  return out;
}

void run_all(const std::function<std::unique_ptr<Target>()>& make_target) {
  int requests = 0;
  const std::vector<std::string> names = scripts();
  EXPECT_GE(names.size(), 10u);
  for (const std::string& name : names) {
    const auto target = make_target();
    const std::string text = read_file(std::string(ENTENTE_SCRIPTS) + "/" + name);
    for (const std::string& problem : run_script(name, text, *target, &requests))
      ADD_FAILURE() << problem;
  }
  printf("%zu scripts, %d requests\n", names.size(), requests);
  EXPECT_GT(requests, 100);
}

}  // namespace

TEST(Conformance, ScriptsInProcess) {
  run_all([] { return std::make_unique<InProcessTarget>(); });
}

TEST(Conformance, ScriptsOverASocket) {
  Station station({"AVL", "BOR", "LIA"});
  station.collection("shared", {"AVL", "BOR", "LIA"}, {"AVL", "BOR", "LIA"}, "tlp:amber");
  station.collection("inner", {"AVL", "BOR"}, {"AVL", "BOR"}, "");
  station.collection("drop", {"AVL"}, {"AVL", "BOR", "LIA"}, "tlp:amber");
  station.collection("notice", {"AVL", "BOR", "LIA"}, {"AVL"}, "tlp:amber");
  run_all([&] { return std::make_unique<WireTarget>(station); });
}

// The runner itself: what a script says must be able to fail.
namespace {

class Fixed final : public Target {
 public:
  Answer ask(const std::string&, const std::string&, const std::vector<Header>&,
             const std::string&) override {
    return {200, {{"Content-Type", "text/plain"}}, R"({"a":[1,{"b":"c"}],"d":"e"})"};
  }
  std::string key(const std::string&) override { return "k"; }
  std::string collection_id(const std::string&) override { return "c"; }
  bool is_wire() const override { return false; }
};

}  // namespace

TEST(Scripts, EveryExpectationCanFail) {
  for (const char* line :
       {"404", "Content-Type: text/html", "Content-Type ~ ^html", "! Content-Type",
        "body {\"a\":[1]}", "body {\"a\":[1,{\"b\":\"x\"}]}", "body {\"f\":1}", "body= {}",
        "body~ zzz", "ids 1", "save x member nothing", "nonsense"}) {
    Fixed target;
    int requests = 0;
    EXPECT_EQ(run_script("s", "> GET /\n< " + std::string(line) + "\n", target, &requests).size(),
              1u)
        << line;
    EXPECT_EQ(requests, 1);
  }
  for (const char* line : {"200", "Content-Type: text/plain", "Content-Type ~ ^text", "! Accept",
                           "body {\"a\":[1,{}]}", "body {\"d\":\"\\u0065\"}", "body~ \"d\":", "ids",
                           "save x member d"}) {
    Fixed target;
    int requests = 0;
    EXPECT_TRUE(
        run_script("s", "> GET /\n< " + std::string(line) + "\n", target, &requests).empty())
        << line;
  }
}

}  // namespace entente::testing
