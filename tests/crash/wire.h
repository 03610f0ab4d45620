// One HTTP/1.1 connection over a raw loopback socket, for tests that care what stands on the wire. It sends exactly what it
// is given and can send several requests before it reads an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"

namespace entente::testing {

struct Answer {
  int status = 0;
  std::vector<Header> headers;
  std::string body;  // without chunks, still compressed if it came so

  // The first header of that name (case does not matter), or "".
  std::string header(std::string_view name) const;
};

class Wire {
 public:
  explicit Wire(int port);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool connected() const { return fd_ >= 0; }
  // False if the other side has gone.
  bool send(std::string_view bytes);
  // The next answer; nullopt if the connection ended before the answer was whole (or nothing came for half a minute).
  std::optional<Answer> receive(bool to_head = false);
  // Sends one request with Host and, where there is a body, Content-Length, and reads its answer.
  std::optional<Answer> ask(const std::string& method, const std::string& target,
                            const std::vector<Header>& headers = {}, std::string_view body = {});
  // Tells the server that nothing more comes.
  void finish_sending();

 private:
  bool read_more();
  std::optional<std::string> read_chunks();

  int fd_ = -1;
  std::string buffer_;
};

// A request as Wire::ask sends it.
std::string request_text(const std::string& method, const std::string& target,
                         const std::vector<Header>& headers, std::string_view body);

// The headers of a TAXII request with that API key.
std::vector<Header> taxii_headers(const std::string& key);

}  // namespace entente::testing
