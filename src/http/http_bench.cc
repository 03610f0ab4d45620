// A server for load generators: `http_bench ADDRESS [SLICES [BYTES]]` serves /page, a body of
// SLICES slices of about BYTES in all, as a page of journal records is one, and /small. It ends
// when its standard input does.
//
//   http_bench 127.0.0.1:8430 & wrk -t2 -c8 http://127.0.0.1:8430/page
//
// The limit to compare with is nginx serving a file of the same bytes (two workers, sendfile, no
// access log).
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "http/server.h"

int main(int argc, char** argv) {
  using namespace entente;
  const size_t slices = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000;
  const size_t bytes = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1'000'000;
  // Slices lie apart, as records of different marks do in a segment.
  const std::string segment(4 * bytes, 'x');
  Body page{"{\"objects\":[", {}, nullptr};
  for (size_t i = 0; i < slices; ++i) {
    page.slices.push_back(
        std::string_view(segment).substr(i * (segment.size() / slices), bytes / slices));
  }
  http::ServerOptions options;
  options.listen = argc > 1 ? argv[1] : "127.0.0.1:0";
  auto server = http::Server::start(options, [&](Request request, const Respond& respond) {
    if (request.path == "/page")
      return respond(Response{200, {{"Content-Type", "application/json"}}, page});
    respond(Response{200, {{"Content-Type", "text/plain"}}, Body{"hello\n", {}, nullptr}});
  });
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().detail.c_str());
    return 2;
  }
  std::printf("ready %s\n", (*server)->url().c_str());
  std::fflush(stdout);
  char byte;
  while (::read(STDIN_FILENO, &byte, 1) > 0) {
  }
  (*server)->stop();
  return 0;
}
