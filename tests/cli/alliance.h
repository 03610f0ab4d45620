// A node with four parties for tests of procedures, and the time at which its commands are run.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/cli/support.h"

namespace entente::cli {

// HQ, AVL and BOR are the format NATO; LIA is beside it.
struct FourParties {
  Directory directory;
  std::string data = directory.at("node");
  FourParties() {
    const At at("2027-01-01T10:00:00Z");
    EXPECT_EQ(run({"init"}).exit_code, 0);
    for (const char* code : {"HQ", "AVL", "BOR", "LIA"})
      EXPECT_EQ(run({"party", "add", code, "--name", code}).exit_code, 0);
    EXPECT_EQ(run({"group", "add", "NATO", "--name", "x"}).exit_code, 0);
    for (const char* code : {"HQ", "AVL", "BOR"})
      EXPECT_EQ(run({"group", "member", "NATO", code, "--from", "2020-01-01"}).exit_code, 0);
  }
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", data, "--json"});
    return entente(arguments);
  }
  std::string draft(std::string_view text = "The parties agree.") const {
    return directory.write("draft.txt", text);
  }
  std::string start() const {
    const Ran ran = run({"silence", "start", "--as", "HQ", "--format", "NATO", "--until",
                         "2027-01-04T12:00:00Z", "--file", draft()});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json_of(ran).text("id");
  }
  app::Fields status(const std::string& id, const std::string& code) const {
    return json_of(run({"silence", "status", id, "--as", code}));
  }
  app::Fields todo(const std::string& code) const { return json_of(run({"todo", "--as", code})); }
};

}  // namespace entente::cli
