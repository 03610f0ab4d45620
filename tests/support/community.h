// A small node in a temporary directory with a few parties and collections, for tests of what
// stands above the store. Its clock stands still until a test moves it, and its random numbers come
// from a seed.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "exchange/node.h"
#include "store/files.h"
#include "taxii/taxii.h"

namespace entente::testing {

class Community {
 public:
  // Parties AVL, BOR and LIA; collections `shared` (all read and write, default amber), `inner`
  // (AVL and BOR, no default) and `drop` (AVL reads, all write).
  explicit Community(uint64_t seed = 1) : random_(seed) {
    char name[] = "/tmp/entente-test-XXXXXX";
    directory_ = mkdtemp(name);
    open();
    int n = 0;
    for (const char* code : {"AVL", "BOR", "LIA"}) {
      change(std::string(R"({"op":"party","name":"x","code":")") + code + R"(","identity":")" +
             identity(n++) + "\"}");
      keys_[code] = node_->new_key(code, release::Role::kContributor)->text;
    }
    collection("shared", R"(["AVL","BOR","LIA"])", R"(["AVL","BOR","LIA"])", "tlp:amber");
    collection("inner", R"(["AVL","BOR"])", R"(["AVL","BOR"])", "");
    collection("drop", R"(["AVL"])", R"(["AVL","BOR","LIA"])", "tlp:amber");
  }
  ~Community() {
    close();
    std::filesystem::remove_all(directory_);
  }

  static std::string identity(int n) {
    return "identity--00000000-0000-4000-8000-00000000000" + std::to_string(n);
  }

  void open() {
    exchange::NodeOptions options;
    options.directory = directory_;
    options.clock = &clock;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    auto node = exchange::Node::open(options, &recovery);
    CHECK(node.has_value());
    node_ = std::move(*node);
    taxii_ = std::make_unique<taxii::Server>(*node_, random_, "test");
  }
  void close() {
    taxii_.reset();
    node_.reset();
  }

  void change(const std::string& json) {
    clock.advance_ms(10);
    CHECK(node_->change_directory(json).has_value());
  }
  void collection(const std::string& alias, const std::string& read, const std::string& write,
                  const std::string& level) {
    change(R"({"op":"collection","alias":")" + alias +
           R"(","id":"6f8c1f5e-0000-4000-8000-00000000000)" + std::to_string(collections_++) +
           R"(","read":)" + read + R"(,"write":)" + write + R"(,"default":")" + level + "\"}");
  }

  exchange::Node& node() { return *node_; }
  // From now on `name` asks with this key.
  void use_key(const std::string& name, const std::string& key) { keys_[name] = key; }
  const std::string& key(const std::string& code) { return keys_[code]; }
  const std::string& directory() const { return directory_; }

  // Sends a request to the TAXII surface as a party and waits for its answer.
  Response ask(const std::string& code, const std::string& method, const std::string& target,
               const std::string& body = "", std::vector<Header> headers = {}) {
    Request request;
    request.method = method;
    const size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
    request.headers = std::move(headers);
    if (!code.empty()) request.headers.push_back({"Authorization", "Bearer " + key(code)});
    if (method == "POST" && request.header("Content-Type") == nullptr) {
      request.headers.push_back({"Content-Type", std::string(taxii::kContentType)});
    }
    request.body.reserve(body.size() + 128);
    request.body = body;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Response> answer;
    taxii_->handle(std::move(request), [&](Response response) {
      std::lock_guard lock(mutex);
      answer = std::move(response);
      changed.notify_all();
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return answer.has_value(); });
    return std::move(*answer);
  }
  // Posts objects (JSON texts, comma-separated) at a new instant.
  Response post(const std::string& code, const std::string& collection,
                const std::string& objects) {
    clock.advance_ms(10);
    return ask(code, "POST", path(collection), "{\"objects\":[" + objects + "]}");
  }
  static std::string path(const std::string& collection) {
    return "/taxii2/entente/collections/" + collection + "/objects/";
  }

  ManualClock clock{1'700'000'000'000};

 private:
  SeededRandom random_;
  std::string directory_;
  std::unique_ptr<store::Files> files_ = store::posix_files();
  std::unique_ptr<exchange::Node> node_;
  std::unique_ptr<taxii::Server> taxii_;
  std::map<std::string, std::string> keys_;
  int collections_ = 0;
};

}  // namespace entente::testing
