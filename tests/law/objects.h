// Objects for histories: few ids, so that they meet; many kinds of marks, so that they part.
#pragma once

#include <string>
#include <vector>

#include "draw.h"
#include "history.h"

namespace entente::law {

class ObjectMaker {
 public:
  explicit ObjectMaker(Draw& draw);

  // An object as a party would send it: new, a version of one that exists, another's id, the same bytes again, or wrong.
  Object make(const std::string& submitter_identity, const std::vector<std::string>& identities);

  // Ids that objects may have, and types.
  const std::vector<std::string>& ids() const { return ids_; }
  const std::vector<std::string>& versions() const { return versions_; }

 private:
  std::string uuid();
  std::string marks();
  std::string head(const std::string& type, const std::string& id, const std::string& identity,
                   const std::vector<std::string>& identities);
  std::string versioned(const std::string& id, const std::string& identity,
                        const std::vector<std::string>& identities);
  std::string observable(const std::string& id);
  std::string old_style(const std::string& id, const std::string& identity);
  std::string marking(const std::string& id);
  std::string wrong(const std::string& id);
  std::string words();

  Draw& draw_;
  std::vector<std::string> ids_;       // of all kinds but markings
  std::vector<std::string> markings_;  // ids of marking definitions that may or may not come
  std::vector<std::string> versions_;
  std::vector<Object> made_;
};

// The part of an identifier before "--".
std::string type_of(const std::string& id);

}  // namespace entente::law
