// The rule packs that come with the program, in the format of docs/formats/rule-pack.md. A clause that could not be
// checked against the law itself is marked `unverified`.
// length: it is one table of texts.
#include <array>
#include <utility>

#include "base/result.h"
#include "desk/procedure/pack.h"
#include "desk/procedure/packs_apart.h"

namespace entente::procedure {
namespace {

constexpr std::string_view kSilence = R"pack(
pack silence
schema 1
version 1.1.0
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
act translate by initiator in open,suspended,adopted needs text,language
  clause "the text in a further language; what was circulated is authentic, and alone counts for receipts"
act accept by initiator in open,suspended,adopted,broken,lapsed needs target
  clause "what becomes of a comment: it is taken over"
act accept-in-part by initiator in open,suspended,adopted,broken,lapsed needs target,reason
  clause "what becomes of a comment: it is taken over in part, with the reason"
act reject by initiator in open,suspended,adopted,broken,lapsed needs target,reason
  clause "what becomes of a comment: it is not taken over, with the reason"
act note by initiator in open,suspended,adopted,broken,lapsed needs target
  clause "what becomes of a comment: it is noted"

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

constexpr std::string_view kEu2019 = R"pack(
pack eu-2019-452
schema 1
version 1.2.0
title "Cooperation on a foreign direct investment undergoing screening, (EU) 2019/452"
alias "2019/452"
alias "(EU) 2019/452"
alias "eu-2019/452"
source "Regulation (EU) 2019/452, Arts. 6, 9; Regulation (EEC, Euratom) No 1182/71 for periods; repealed by Regulation (EU) 2026/1386 from 17 January 2028"
valid 2020-10-11 2028-01-16
calendar EU

retain 5 years clause "personal data is kept only for the time necessary, Art. 14; the number of years is this pack's own" unverified

role state opener clause "the Member State undertaking the screening, Art. 6(1)"
role member format clause "the other Member States, Art. 6(2)"
role commission named clause "the Commission, Art. 6(3)"

state consultation initial clause "Art. 6(6), (7)"
state further clause "additional information was asked for, Art. 6(6)"
state opinion clause "the Commission may still follow comments by an opinion, Art. 6(7)"
state decision clause "the Member State takes its decision, Art. 6(9)"
state decided outcome decided clause "Art. 6(9)"
state withdrawn outcome withdrawn clause "the investment is not made; not a case of the Regulation" unverified

clock intention 15 days roll min2 against member clause "15 calendar days following receipt of the information, Art. 6(6); Regulation 1182/71 Art. 3"
clock comments 35 days roll min2 against member clause "35 calendar days following receipt of the information, Art. 6(7); Regulation 1182/71 Art. 3"
clock further 20 days roll min2 clause "20 calendar days following receipt of the additional information, Art. 6(7); Regulation 1182/71 Art. 3"
clock opinion 5 days roll min2 clause "5 calendar days after the time limits for comments, Art. 6(7); Regulation 1182/71 Art. 3"

act notify opens by state carries text starts intention starts comments
  clause "information on the investment as soon as possible, Art. 6(1) with Art. 9(2)"
act receive by member,commission in consultation,further,opinion receipt
  clause "receipt of the information starts the time limits, Art. 6(6), (7)"
act intend by member,commission in consultation while intention once
  clause "intention to comment or to issue an opinion, Art. 6(6)"
act request-information by member,commission in consultation to further needs reason cancels further
  clause "duly justified request for additional information, Art. 6(6)"
act information by state in further needs text starts further
  clause "the additional information is sent, Art. 6(6)"
act comment by member in consultation while comments needs reason
  clause "comments, Art. 6(2), within 35 calendar days, Art. 6(7)"
act comment-further by member in further while further needs reason
  clause "comments on the additional information within 20 calendar days, Art. 6(7)"
act opine by commission in consultation,further,opinion needs reason
  clause "opinion, Art. 6(3), within Art. 6(7)"
act decide by state in decision to decided needs text
  clause "final screening decision, with due consideration of comments and opinion, Art. 6(9)"
act decide-at-once by state in consultation,further,opinion to decided needs reason,text
  clause "immediate action where security or public order requires it, Art. 6(8)"
act withdraw by state in consultation,further,opinion,decision to withdrawn needs reason
  clause "the notification is taken back" unverified
act attach by state,member,commission in consultation,further,opinion,decision needs attachment
  clause "a further document or object for the file; no rule of the Regulation"

ending comments in consultation to opinion starts opinion clause "Art. 6(7)"
ending further in further to opinion starts opinion clause "Art. 6(7)"
ending opinion in opinion to decision clause "Art. 6(7), (9)"

duty receive by member except state in consultation unless received waiting state
duty intend by member except state in consultation until intention unless did intend,comment waiting state
duty comment by member except state in consultation until comments unless did comment waiting state
duty comment-further by member except state in further until further unless did comment-further waiting state
duty information by state in further waiting member,commission
duty opine by commission in opinion until opinion unless did opine waiting state
duty decide by state in decision waiting member,commission
)pack";

constexpr std::string_view kEu2026 = R"pack(
pack eu-2026-1386
schema 1
version 0.2.0
title "Screening of a foreign investment, (EU) 2026/1386 (skeleton)"
alias "2026/1386"
alias "(EU) 2026/1386"
alias "eu-2026/1386"
source "Regulation (EU) 2026/1386 of 17 June 2026, applicable from 17 January 2028; read here from notices of its publication, not from its text"
valid 2028-01-17
calendar EU

role state opener clause "the screening authority of the Member State where it was filed" unverified
role member format clause "the other Member States" unverified
role commission named clause "the Commission" unverified

state review initial clause "first review" unverified
state incomplete clause "the filing was returned" unverified
state in-depth clause "in-depth investigation" unverified
state overdue clause "the first review ended without a decision; what then holds is for national law" unverified
state authorised outcome authorised clause "decision" unverified
state conditions outcome conditions clause "decision with conditions, which are monitored" unverified
state prohibited outcome prohibited clause "decision" unverified
state withdrawn outcome withdrawn clause "the filing is taken back" unverified

clock review 45 days roll min2 clause "a first review of 45 calendar days from the acceptance of the filing; Regulation 1182/71 Art. 3" unverified

act file opens by state carries text starts review clause "a filing that is accepted as complete" unverified
act receive by member,commission in review,incomplete,in-depth,overdue receipt clause "the information has reached another Member State or the Commission" unverified
act return by state in review to incomplete needs reason cancels review clause "the filing is not complete" unverified
act complete by state in incomplete to review needs text starts review clause "the filing is accepted" unverified
act filed-too by member in review,incomplete,in-depth once needs reason
  clause "filings in several Member States for one transaction are made on the same day" unverified
act name-controller by state in review,incomplete,in-depth,overdue needs text
  clause "an investor within the Union is looked through to whoever ultimately controls it" unverified
act ask by state in review needs reason stops review clause "questions to the investor; whether they stop the clock is for the text" unverified
act answered by state in review resumes review clause "the answers are there" unverified
act comment by member in review,in-depth needs reason clause "comments of another Member State" unverified
act opine by commission in review,in-depth needs reason clause "opinion of the Commission" unverified
act deepen by state in review to in-depth needs reason if some state did name-controller cancels review
  clause "an in-depth investigation is opened" unverified
act authorise by state in review,in-depth,overdue to authorised needs reason if some state did name-controller
  clause "the investment is authorised; not before the ultimate controller is known" unverified
act impose by state in review,in-depth,overdue to conditions needs text if some state did name-controller
  clause "the investment is authorised under conditions" unverified
act prohibit by state in review,in-depth,overdue to prohibited needs reason if some state did name-controller
  clause "the investment is prohibited" unverified
act report by state,member in conditions needs text clause "how a condition is kept" unverified
act withdraw by state in review,incomplete,in-depth,overdue to withdrawn needs reason cancels review clause "the filing is taken back" unverified
act attach by state,member,commission in review,incomplete,in-depth,overdue,conditions needs attachment
  clause "a further document or object for the file; no rule of the Regulation"

ending review in review to overdue clause "the first review is over" unverified

require authorised some state did name-controller clause "look-through to the ultimate controller" unverified
require conditions some state did name-controller clause "look-through to the ultimate controller" unverified
require prohibited some state did name-controller clause "look-through to the ultimate controller" unverified

duty receive by member except state in review,in-depth unless received waiting state
duty name-controller by state in review until review unless did name-controller
duty authorise by state in review until review waiting member,commission
duty complete by state in incomplete waiting member
duty authorise by state in in-depth,overdue waiting member,commission
)pack";

constexpr std::string_view kUk = R"pack(
pack uk-nsi
schema 1
version 1.1.0
title "Notification and call-in, National Security and Investment Act 2021"
alias "nsi"
alias "uk-nsia"
alias "nsia"
source "National Security and Investment Act 2021 (c. 25), ss. 1, 2, 14, 18, 19, 22 to 26"
valid 2022-01-04
calendar GBR-ANY

role authority opener clause "the Secretary of State, s. 1(1)"
role consulted format clause "whom the authority shares the file with; not a role of the Act" unverified

state review initial clause "a notice was accepted, ss. 14, 18"
state rejected outcome rejected clause "the notice was rejected, ss. 14, 18"
state overdue clause "the review period ended and neither a call-in notice nor a clearance was given; the Act deems nothing" unverified
state assessment clause "called in, s. 23"
state late clause "the assessment period ended without order or notification; the Act deems nothing" unverified
state cleared outcome cleared clause "no further action, ss. 14, 18 and 26(1)(b)"
state ordered outcome ordered clause "final order, s. 26(1)(a), (3)"

clock review 30 working-days first clause "30 working days beginning with the day on which acceptance is notified, s. 14(9), s. 18(9)" unverified
clock assessment 30 working-days first clause "initial period: 30 working days beginning with the day on which the call-in notice is given, s. 23(2), (3)(a)"

act accept opens by authority carries text starts review clause "a notice is accepted, ss. 14, 18"
act receive by consulted in review,assessment receipt clause "the file has reached whom it was shared with" unverified
act advise by consulted in review,assessment needs reason clause "advice to the authority" unverified
act reject by authority in review to rejected needs reason cancels review clause "a notice that does not meet the requirements is rejected, ss. 14, 18" unverified
act clear by authority in review,overdue to cleared cancels review clause "notified that no further action is taken, s. 14(8)(b)(ii), s. 18(8)(b)(ii)" unverified
act call-in by authority in review to assessment needs reason cancels review starts assessment
  clause "call-in notice before the end of the review period, s. 1(1), s. 14(8)(b)(i)" unverified
act extend by authority in assessment once needs reason extends assessment by 45 working-days
  clause "additional period: 45 working days beginning with the first working day after the initial period, s. 23(3)(b), (4), (8)"
act agree by authority in assessment if some authority did extend needs reason,until extends assessment
  clause "voluntary period agreed in writing, after the additional period, s. 23(3)(c), (6)"
act ask by authority in review,assessment needs reason clause "information notice, s. 19"
act ask-and-stop by authority in assessment needs reason stops assessment
  clause "days from an information notice to its answer are not counted, s. 24" unverified
act answered by authority in assessment resumes assessment clause "the notice is complied with, s. 24" unverified
act interim by authority in assessment needs text clause "interim order, s. 25"
act notify-final by authority in assessment,late to cleared needs reason cancels assessment clause "final notification, s. 26(1)(b)"
act order by authority in assessment,late to ordered needs text cancels assessment clause "final order, s. 26(1)(a), (3)"
act attach by authority,consulted in review,overdue,assessment,late,ordered needs attachment
  clause "a further document or object for the file; no rule of the Act"
act vary by authority in ordered needs text clause "a final order is kept under review, varied or revoked, s. 27" unverified

ending review in review to overdue clause "the review period is over, s. 14(9)" unverified
ending assessment in assessment to late clause "the assessment period is over, s. 23(4) to (6)"

duty clear by authority in review until review waiting consulted
duty notify-final by authority in assessment until assessment waiting consulted
duty clear by authority in overdue waiting consulted
duty notify-final by authority in late waiting consulted
duty receive by consulted except authority in review,assessment unless received waiting authority
)pack";

constexpr std::string_view kUs = R"pack(
pack us-cfius
schema 1
version 1.1.0
title "Review of a notice, Committee on Foreign Investment in the United States"
alias "cfius"
source "50 U.S.C. 4565; 31 CFR Part 800, Subpart E"
valid 2020-02-13
calendar USA

role chair opener clause "the Staff Chairperson, for the Committee, 31 CFR 800.501"
role agency format clause "member agencies of the Committee, 50 U.S.C. 4565(k)"

state review initial clause "31 CFR 800.503"
state investigation clause "31 CFR 800.505 to 800.507"
state overdue clause "a period ended without action; nothing is deemed" unverified
state president clause "referred, 50 U.S.C. 4565(d)"
state silent clause "15 days ended without a decision of the President; nothing is deemed" unverified
state concluded outcome concluded clause "no unresolved concerns, 31 CFR 800.506(d), 800.508(d)" unverified
state mitigated outcome mitigated clause "concluded with an agreement, 50 U.S.C. 4565(l)"
state prohibited outcome prohibited clause "50 U.S.C. 4565(d)"
state rejected outcome rejected clause "31 CFR 800.504"
state withdrawn outcome withdrawn clause "31 CFR 800.509" unverified

clock review 45 days roll clause "no later than the 45th day after it commences, or the next business day, 31 CFR 800.503(b)" unverified
clock investigation 45 days roll clause "no later than the 45th day after it commences, or the next business day, 31 CFR 800.508(a)"
clock reply 3 working-days clause "within three business days of a request, 31 CFR 800.504(a)" unverified
clock president 15 days clause "15 days after the investigation or the referral, 50 U.S.C. 4565(d)(2)"

act accept opens by chair carries text starts review clause "the notice is accepted and the review commences, 31 CFR 800.503(a)"
act receive by agency in review,investigation receipt clause "the notice is circulated to the member agencies"  unverified
act advise by agency in review,investigation needs reason clause "an agency's assessment" unverified
act ask by chair in review,investigation needs reason starts reply clause "questions to the parties, 31 CFR 800.504(a)" unverified
act answered by chair in review,investigation cancels reply clause "the parties have answered" unverified
act reject by chair in review,investigation to rejected needs reason cancels review cancels investigation cancels reply clause "31 CFR 800.504"
act investigate by chair in review to investigation needs reason cancels review starts investigation clause "31 CFR 800.505"
act extend by chair in investigation once needs reason extends investigation by 15 days
  clause "one extension of 15 days in extraordinary circumstances, 31 CFR 800.508(e)"
act conclude by chair in review,investigation,overdue to concluded cancels review cancels investigation cancels reply clause "31 CFR 800.506, 800.508"
act mitigate by chair in review,investigation,overdue to mitigated needs text cancels review cancels investigation cancels reply clause "50 U.S.C. 4565(l)(3)"
act refer by chair in investigation,overdue to president needs reason cancels investigation starts president clause "report to the President, 31 CFR 800.508(b)"
act prohibit by chair in president,silent to prohibited needs text cancels president clause "the decision of the President is announced, 50 U.S.C. 4565(d)"
act permit by chair in president,silent to concluded cancels president clause "the President takes no action, 50 U.S.C. 4565(d)"
act report by chair,agency in mitigated needs text clause "how a condition is kept, 50 U.S.C. 4565(l)(6)" unverified
act attach by chair,agency in review,investigation,overdue,president,silent,mitigated needs attachment
  clause "a further document or object for the file; no rule of the statute"
act withdraw by chair in review,investigation,overdue to withdrawn needs reason cancels review cancels investigation cancels reply clause "a notice is withdrawn with approval, 31 CFR 800.509" unverified

ending review in review to overdue clause "the review is over, 31 CFR 800.503(b)" unverified
ending investigation in investigation to overdue clause "the investigation is over, 31 CFR 800.508(a)"
ending president in president to silent clause "50 U.S.C. 4565(d)(2)"

duty receive by agency except chair in review,investigation unless received waiting chair
duty conclude by chair in review until review waiting agency
duty conclude by chair in investigation until investigation waiting agency
duty conclude by chair in overdue waiting agency
duty permit by chair in president until president waiting agency
duty permit by chair in silent waiting agency
)pack";

const std::array<std::pair<std::string_view, std::string_view>, 9> kTexts = {
    {{"silence", kSilence},
     {"request", kRequestPack},
     {"meeting", kMeetingPack},
     {"commitment", kCommitmentPack},
     {"eu-2019-452", kEu2019},
     {"eu-2019-452-look-back", kLookBackPack},
     {"eu-2026-1386", kEu2026},
     {"uk-nsi", kUk},
     {"us-cfius", kUs}}};

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
