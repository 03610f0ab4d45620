// A node's release acts: what is to be signed, and what was signed journaled.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "exchange/node.h"
#include "json/fields.h"
#include "release/signed_object.h"

namespace entente::exchange {
namespace {

Result<void> check(const Principal& who, const ReleaseStatement& says) {
  if (!release::may_release(who.role))
    return fail(Code::kForbidden, "only a release officer of the originator opens or closes it");
  const bool widens = says.kind == ReleaseStatement::Kind::kWiden;
  if (widens && says.to.empty()) return fail(Code::kInvalid, "to: a release to whom?");
  if (widens && std::ranges::count(says.to, release::kPublicCode) > 0) {
    return fail(
        Code::kInvalid,
        "to: PUBLIC reads what is marked TLP:CLEAR alone; send a version that is so marked");
  }
  if (trim(says.reason).empty() || says.reason.size() > limits::kReasonBytesMax)
    return fail(Code::kInvalid, fmt::format("reason: 1 to {} bytes", limits::kReasonBytesMax));
  if (says.to.size() > limits::kReleasableNamesMax) return fail(Code::kTooLarge, "to: too many");
  return {};
}

// Calls each(position, content) for what the principal's party submitted under that id.
template <class Each>
void own_versions(const View& view, const Principal& who, std::string_view id, const Each& each) {
  std::string scratch;
  view.versions_of(id, [&](store::Position position) {
    if (view.entry(position).submitter == who.party)
      each(position, to_hex(sha256({view.edition(position, &scratch)})));
    return true;
  });
}

void sort_once(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::ranges::unique(texts).begin(), texts.end());
}

constexpr size_t kSignatureBytes = 256;  // what signing adds, and more
constexpr const char* kNoneSuch = "this party submitted no such object";

}  // namespace

Result<std::string> Node::release_statement(const Principal& who, ReleaseStatement::Kind kind,
                                            std::string_view id, std::vector<std::string> to,
                                            std::string reason) const {
  const View view = this->view(who);
  ReleaseStatement says{kind, {}, std::string(id), {}, std::move(to), std::move(reason), 0};
  TRY(check(who, says));
  says.by = view.state().directory->party(who.party)->code;
  says.made_ms = clock_.now_ms();
  // Under a clock that stands still, too, no two statements are the same.
  for (const ReleaseAct& act : *view.state().acts) {
    if (act.by == who.party) says.made_ms = std::max(says.made_ms, act.says.made_ms + 1);
  }
  sort_once(says.to);
  own_versions(view, who, id, [&](store::Position, std::string content) {
    says.contents.push_back(std::move(content));
  });
  if (says.contents.empty()) return fail(Code::kNotFound, kNoneSuch);
  sort_once(says.contents);
  std::string out = encode(says);
  if (out.size() < limits::kStatementBytesMax - kSignatureBytes) return out;
  return fail(Code::kTooLarge, "it has too many versions for one statement");
}

Result<size_t> Node::act(const Principal& who, std::string_view statement) {
  if (statement.size() > limits::kStatementBytesMax)
    return fail(Code::kTooLarge, fmt::format("a statement of release has at most {} bytes",
                                             limits::kStatementBytesMax));
  const json::Fields fields = TRY(json::Fields::parse(statement));
  ReleaseAct act;
  act.says = TRY(decode_release_statement(fields.root()));
  TRY(check(who, act.says));
  const View view = this->view(who);
  const release::Directory& directory = *view.state().directory;
  if (act.says.by != directory.party(who.party)->code)
    return fail(Code::kForbidden, fmt::format("it is a statement of {}", act.says.by));
  const auto signature = release::check_signature(fields.root());
  const release::RecordTime time{act.says.made_ms, clock_.now_ms()};
  const auto standing =
      release::standing_of(signature, directory.signing_keys().of(who.party), time);
  if (standing != release::Standing::kSigned) {
    return fail(Code::kForbidden,
                fmt::format("it is not signed with a key of {} that counts: see entente "
                            "signing-key list",
                            act.says.by));
  }
  act.signature = json::member_text(*fields.root().find(release::kSignatureMember), "value");
  act.by = who.party;
  act.key_id = who.key_id;
  sort_once(act.says.contents);
  own_versions(view, who, act.says.object, [&](store::Position position, std::string content) {
    if (std::ranges::binary_search(act.says.contents, content))
      act.about.push_back({position, view.entry(position).mark_set});
  });
  if (act.about.empty()) return fail(Code::kNotFound, kNoneSuch);
  std::ranges::reverse(act.about);
  const std::string record = encode(act, fields.root().raw());
  TRY(run([&](store::Plan& plan, State& state) -> Result<void> {
    if (std::ranges::find(*state.acts, act.signature, &ReleaseAct::signature) != state.acts->end())
      return fail(Code::kConflict, "this statement was recorded before");
    state.emit(plan, kReleaseAct, record);
    return {};
  }));
  return act.about.size();
}

}  // namespace entente::exchange
