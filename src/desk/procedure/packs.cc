// The rule packs that come with the program, in the format of docs/formats/rule-pack.md. A clause that could not be
// checked against the law itself is marked `unverified`.
// length: it is one table of texts.
#include <array>
#include <utility>

#include "base/result.h"
#include "desk/procedure/pack.h"

namespace entente::procedure {
namespace {

constexpr std::string_view kSilence = R"pack(
pack silence
schema 1
version 1.0.0
title "Silence procedure"
source "Practice of consultation under a silence procedure; no treaty writes it down, so that each rule below says what is meant and none cites an article"
valid 2000-01-01

role initiator opener clause "who circulates the draft"
role member format clause "the members of the format, by membership at the instant in question"

state open initial clause "the draft is with the members, silence runs"
state suspended clause "silence stands still"
state adopted outcome adopted clause "silence was not broken"
state broken outcome broken clause "a member broke silence"
state withdrawn outcome withdrawn clause "the initiator took the draft back"
state lapsed outcome lapsed clause "silence ended before every member had the text"

clock silence until given clause "the closing instant that the initiator names; what is done at or after it is too late"

act start opens by initiator carries text needs text,until starts silence
  clause "the draft is circulated to the format with its closing instant"
act receive by member in open,suspended receipt
  clause "silence cannot run against one whom the text has not reached"
act break by member in open,suspended,broken to broken while silence needs reason
  clause "a member breaks silence by a reasoned letter, whether the text has reached it in proof or not"
act reserve by member in open,suspended while silence needs reason
  clause "a reservation is attached to the outcome and does not break silence"
act comment by member in open,suspended while silence needs reason
  clause "a comment on a clause, for the consolidated table; it does not break silence"
act abstain by member in open,suspended while silence once
  clause "a member says that it will neither object nor support; it counts as silence"
act request-time by member in open,suspended while silence needs reason
  clause "a member asks for more time; the initiator extends, suspends or lets it be"
act extend by initiator in open extends silence needs reason,until
  clause "a later closing instant, with the reason"
act suspend by initiator in open to suspended stops silence needs reason
  clause "silence stands still, with the reason"
act resume by initiator in suspended to open resumes silence
  clause "silence goes on; what was left of it is left"
act correct by initiator in open,suspended to open carries text needs text restarts silence
  clause "a corrected text begins a silence of its own: as long as the first, unless a closing instant is named"
act withdraw by initiator in open,suspended to withdrawn cancels silence
  clause "the initiator takes the draft back"

ending silence in open if all member received if none member did break to adopted
  clause "adoption by silence: every member at that instant has received the text and none has objected"
ending silence in open to lapsed
  clause "silence that did not run against every member adopts nothing"

require adopted all member received clause "no adoption without receipt by every member"
require adopted none member did break clause "no adoption against an objection"

duty receive by member except initiator in open,suspended until silence unless received waiting initiator
duty break by member except initiator in open until silence unless did abstain waiting initiator
duty resume by initiator in suspended waiting member
)pack";

constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kTexts = {
    {{"silence", kSilence}}};

}  // namespace

std::string_view Packs::text_of(std::string_view name) {
  for (const auto& [known, text] : kTexts) {
    if (known == name) return text.substr(1);
  }
  return {};
}

const Packs& Packs::shipped() {
  static const Packs kShipped = [] {
    Packs all;
    for (const auto& [name, text] : kTexts) {
      std::vector<Mistake> mistakes;
      auto pack = read_pack(text, &mistakes);
      CHECK(pack.has_value() && pack->name == name);
      all.add(std::move(*pack));
    }
    return all;
  }();
  return kShipped;
}

}  // namespace entente::procedure
