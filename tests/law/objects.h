// Objects for histories: few ids, so that they meet; many kinds of marks, so that they part.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/signature.h"
#include "draw.h"
#include "history.h"
#include "tree.h"

namespace entente::law {

// What an object is made among.
struct Surroundings {
  std::string identity;                 // of its submitter
  std::vector<std::string> identities;  // of all
  std::vector<std::string> codes;       // of parties and groups
  int64_t now_ms = 0;
};

class ObjectMaker {
 public:
  explicit ObjectMaker(Draw& draw);

  // An object as a party would send it: new, a version of one that exists, another's id, the same bytes again, or wrong.
  Object make(const Surroundings& around);

  // Ids that objects may have, and types.
  const std::vector<std::string>& ids() const { return ids_; }
  const std::vector<std::string>& versions() const { return versions_; }
  // Marking definitions that were made.
  const std::vector<Object>& definitions() const { return definitions_; }

 private:
  std::string uuid();
  std::string level();
  std::string own() { return draw_.pick(markings_); }
  std::string marks(Object* object);
  std::string head(const std::string& type, const std::string& id, const Surroundings& around);
  std::string opening(const Surroundings& around);
  std::string act(const Surroundings& around);
  std::string versioned(const std::string& id, const Surroundings& around, Object* object);
  std::string observable(const std::string& id, Object* object);
  std::string old_style(const std::string& id, const std::string& identity, Object* object);
  std::string wrong(const std::string& id);
  std::string words();
  std::string later(const Surroundings& around);
  std::string procedure();
  std::string party();
  std::string share();
  // Marking definitions: markings.cc.
  Object once(const std::string& identity, Object definition);
  Object marking(const std::string& id, const Surroundings& around);
  std::string statement(Says* says);
  std::string release(const Surroundings& around, Says* says);
  std::string misshapen(Says* says);
  // Objects with granular parts: parts.cc.
  Object parted(const std::string& id, const Surroundings& around);
  void add_contents(Tree* tree, const std::string& type);
  void add_ownership(Tree* tree, const std::string& type);
  void add_extensions(Tree* tree, const std::string& type);
  void add_parts(Tree* tree);
  std::string some_level_or_own();
  bool change_what_is_cut(Tree* tree);

  Draw& draw_;
  std::vector<std::string> ids_;       // of all kinds but markings
  std::vector<std::string> markings_;  // ids of marking definitions that may or may not come
  std::vector<std::string> versions_;
  std::vector<Object> made_;
  std::vector<Object> definitions_;
  std::map<std::pair<std::string, std::string>, Object> sent_;  // by submitter and marking id
  std::vector<Tree> trees_;  // of objects with parts that were made
};

// What a party signs acts with, the same in every node.
SigningKey signing_key_of(const std::string& identity);
// The part of an identifier before "--".
std::string type_of(const std::string& id);

}  // namespace entente::law
