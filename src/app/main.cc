// entente: see command_line.cc for what it takes.
#include <malloc.h>
#include <sys/stat.h>

#include "app/command_line.h"
#include "app/perform.h"

int main(int argc, char** argv) {
  // Bodies of some megabytes come and go all the time. Left to its defaults the allocator maps and unmaps each, and the
  // kernel clears every page again: a third of the processor time of taking objects in.
  ::mallopt(M_MMAP_THRESHOLD, 128 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  ::mallopt(M_ARENA_MAX, 2);
  ::umask(077);  // whatever this program makes is its owner's alone
  const entente::app::Parsed parsed = entente::app::parse_command_line(argc, argv);
  return parsed.exit_code ? *parsed.exit_code : entente::app::perform(parsed.line);
}
