// entente: see command_line.cc for what it takes.
#include <sys/stat.h>

#include "app/command_line.h"
#include "app/perform.h"

int main(int argc, char** argv) {
  ::umask(077);  // whatever this program makes is its owner's alone
  const entente::app::Parsed parsed = entente::app::parse_command_line(argc, argv);
  return parsed.exit_code ? *parsed.exit_code : entente::app::perform(parsed.line);
}
