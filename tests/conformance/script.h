// Conversations with a server as plain text, and the running of them against anything that answers.
//
//   # A comment. A line of "##" names the steps that follow it, with the clause of the standard.
//   ## [taxii21 4.1] discovery
//   > GET /taxii2/ as AVL            a request; "as PARTY" adds that party's key
//   > Accept: text/plain             its headers
//   >| {"objects":[$tool(1)]}        its body, line by line
//   < 200                            the status that must come
//   < Content-Type: text/plain       a header that must be there with that value
//   < X-TAXII-Date-Added-Last ~ ^2   a header that must match
//   < ! X-TAXII-Date-Added-Last      a header that must be absent
//   < body {"title":"x"}             JSON of which every member stands in the answer; lists fit element by element
//   < body= {}                       the exact body
//   < body~ ^\{"more":true           a part of the body must match
//   < ids 1 2                        the numbers of the $tool()s in the answer, in order
//   < save next member next          keeps a member of the answer, or "header NAME", for later as $next
//   @wire                            the next request goes over a socket alone (what only the wire does)
//
// $tool(N), $tool(N,MINUTE) and $tool(N,MINUTE,MARKING) are STIX tools, $id(N) their ids; $collection(ALIAS), $key(PARTY) and
// $basic(PARTY) come from the server under test; $repeat(N,TEXT) is TEXT N times; $NAME is what was saved.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/crash/wire.h"

namespace entente::testing {

// What a script talks to.
class Target {
 public:
  virtual ~Target() = default;
  virtual Answer ask(const std::string& method, const std::string& target,
                     const std::vector<Header>& headers, const std::string& body) = 0;
  virtual std::string key(const std::string& party) = 0;
  virtual std::string collection_id(const std::string& alias) = 0;
  virtual bool is_wire() const = 0;
};

// Runs a script and returns what was not as it says, with line numbers; `requests` counts what was asked.
std::vector<std::string> run_script(const std::string& name, const std::string& text,
                                    Target& target, int* requests);

// Why `wanted` is no part of `found`, both JSON texts; empty if it is.
std::string json_difference(const std::string& wanted, const std::string& found);

// A STIX tool of that number, changed at that minute of 2024, with the TLP level of that name if any.
std::string tool_text(int number, int minute = 0, const std::string& level = "");
std::string tool_id(int number);

}  // namespace entente::testing
