// The surfaces of a small node, TAXII and the API, called in this process: a request in, the response out, no sockets.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/api.h"
#include "base/message.h"
#include "json/json.h"
#include "taxii/taxii.h"
#include "tests/support/community.h"

namespace entente::testing {

class InProcess {
 public:
  InProcess()
      : random_(2),
        taxii_(community_.node(), random_, "test"),
        api_(community_.node(), random_, "test") {}

  Community& community() { return community_; }
  const std::string& key(const std::string& party) { return community_.key(party); }

  // Sends a request 10 ms after the last one and waits for its answer. HEAD keeps its body: the wire takes it out.
  Response ask(const std::string& method, const std::string& target, std::vector<Header> headers,
               const std::string& body = "") {
    community_.clock.advance_ms(10);
    Request request;
    request.method = method;
    const size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
    request.headers = std::move(headers);
    request.body = json::padded(body);
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Response> answer;
    const Respond respond = [&](Response response) {
      std::lock_guard lock(mutex);
      answer = std::move(response);
      changed.notify_all();
    };
    if (api::Server::owns(request.path)) {
      api_.handle(std::move(request), respond);
    } else {
      taxii_.handle(std::move(request), respond);
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return answer.has_value(); });
    return std::move(*answer);
  }

 private:
  Community community_;
  SeededRandom random_;
  taxii::Server taxii_;
  api::Server api_;
};

}  // namespace entente::testing
