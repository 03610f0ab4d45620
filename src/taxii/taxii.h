// TAXII 2.1, the server's side: from request to response, without sockets. [taxii21]
//
// One API root, /taxii2/entente/, holds the collections that the caller's party may read or write.
// Whatever is asked is answered from a View of the caller; nothing here sees more than the caller
// may.
//
// Threads: handle may be called from any thread; answers to POST come from the journal's writer
// thread.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "base/message.h"
#include "base/random.h"
#include "base/route.h"
#include "exchange/node.h"
#include "exchange/served.h"

namespace entente::taxii {

inline constexpr std::string_view kMediaType = "application/taxii+json";
inline constexpr std::string_view kContentType = "application/taxii+json;version=2.1";
inline constexpr std::string_view kVersion = "2.1";

class Server {
 public:
  // `served` is told which objects answers carry.
  Server(exchange::Node& node, Random& random, std::string title,
         exchange::Served served = nullptr);
  ~Server();

  // Every endpoint, in the order of the standard's table. [taxii21 3.1]
  static const std::vector<Route>& routes();
  // Whether the path is this surface's to answer.
  static bool owns(std::string_view path);

  void handle(Request request, Respond respond);

  // An error resource with its TAXII content type, for the wire too. [taxii21 3.6]
  static Response error(int status, std::string_view title, std::string_view description);

 private:
  struct Call;
  Response get(const Call& call);
  void post(std::shared_ptr<Call> call, Respond respond);
  Response remove(const Call& call);
  std::unique_ptr<exchange::Batcher> take_batcher();
  void give_back(std::unique_ptr<exchange::Batcher> batcher);

  exchange::Node& node_;
  Random& random_;
  std::string title_;
  const exchange::Served served_;
  std::mutex batchers_mutex_;
  std::vector<std::unique_ptr<exchange::Batcher>> batchers_;
};

}  // namespace entente::taxii
