// Comments and opinions on an investment that nobody screens, which others than its host may give for fifteen months after it was
// completed. What Art. 7 of the Regulation says without naming a period (a reasonable time, due consideration) has no clock.
#include "desk/procedure/packs_apart.h"

namespace entente::procedure {

constinit const std::string_view kLookBackPack = R"pack(
pack eu-2019-452-look-back
schema 1
version 1.0.0
title "Own-initiative comments and opinions on a foreign direct investment that is not undergoing screening, (EU) 2019/452"
alias "2019/452 Art. 7"
alias "(EU) 2019/452 Art. 7"
source "Regulation (EU) 2019/452, Arts. 7, 9, 17; Regulation (EEC, Euratom) No 1182/71 for periods; repealed by Regulation (EU) 2026/1386 from 17 January 2028"
valid 2020-10-11 2028-01-16
calendar EU

retain 5 years clause "personal data is kept only for the time necessary, Art. 14; the number of years is this pack's own" unverified

role initiator opener clause "who considers that the investment is likely to affect security or public order, Art. 7(1), (2)"
role member format clause "the Member States, Art. 7(1)"
role commission named clause "the Commission, Art. 7(2)"
role host named clause "the Member State where the investment is planned or has been completed, Art. 7(1)"

state open initial clause "comments and opinions may be given, Art. 7(8)"
state asked clause "the host was asked for information, Art. 7(5)"
state informed clause "the host has sent the information, or the notification that it cannot, Art. 7(6)"
state consideration clause "fifteen months are over; the host owes due consideration to what was said, Art. 7(7)"
state considered outcome considered clause "Art. 7(7)"
state lapsed outcome lapsed clause "fifteen months are over and nothing was said, Art. 7(8)"
state screened outcome screened clause "the host screens the investment, and Art. 6 takes the place of Art. 7; that the case then ends is this pack's own" unverified
state withdrawn outcome withdrawn clause "the initiator has nothing more to say; not a case of the Regulation" unverified

clock look-back 15 months roll from completed
  clause "no later than 15 months after the investment has been completed, Art. 7(8); Regulation 1182/71 Art. 3. Completions before 10 April 2019, Art. 7(10), lie further back than that on every day of this pack"
clock comments 35 days roll min2 against member
  clause "no later than 35 calendar days following receipt of the information or of the notification that there is none, Art. 7(6); Regulation 1182/71 Art. 3"
clock opinion 35 days roll min2 against commission
  clause "no later than 35 calendar days following receipt of the information or of the notification that there is none, Art. 7(6); Regulation 1182/71 Art. 3"
clock opinion-on-comments 50 days roll min2 against commission
  clause "35 calendar days and 15 additional ones where the opinion follows comments, Art. 7(6); Regulation 1182/71 Art. 3"

act raise opens by member,commission except host carries text starts look-back
  clause "another Member State, or the Commission, takes up an investment that is not undergoing screening, Art. 7(1), (2)"
act receive by member,commission,host in open,asked,informed,consideration receipt
  clause "receipt of the information starts the time limits, Art. 7(6)"
act request-information by member,commission except host in open,asked,informed to asked while look-back needs reason
  clause "duly justified request for the information of Art. 9, Art. 7(5)"
act information by host in asked to informed adds text needs text starts comments starts opinion starts opinion-on-comments
  clause "the information of Art. 9(2) is made available without undue delay, Art. 7(5), Art. 9(1)"
act unable by host in asked to informed adds text needs text starts comments starts opinion starts opinion-on-comments
  clause "the notification, with its reasons, that the information cannot be obtained, Art. 9(5)"
act invite by host in open,asked,informed while look-back needs reason
  clause "the host asks for comments or an opinion, Art. 7(3)"
act comment by member except host in open,asked,informed while look-back while comments needs reason
  clause "duly justified comments to the host, Art. 7(1), (4), within Art. 7(6), (8)"
act opine by commission in open,asked,informed while look-back while opinion needs reason
  clause "duly justified opinion, Art. 7(2), (4), within Art. 7(6), (8)"
act opine-on-comments by commission in open,asked,informed while look-back while opinion-on-comments needs reason if some member did comment
  clause "duly justified opinion that follows comments, Art. 7(2), (4), within Art. 7(6), (8)"
act notify by commission in open,asked,informed,consideration needs target
  clause "the other Member States are told that comments were provided, or an opinion issued, Art. 7(1), (2)"
act consider by host in open,asked,informed needs reason if some member,commission did comment,opine,opine-on-comments
  clause "due consideration of what was said so far, Art. 7(7)"
act conclude by host in consideration to considered needs reason
  clause "due consideration of all that was said, Art. 7(7)"
act screen by host in open,asked,informed,consideration to screened needs reason
  clause "the host opens a screening of its own" unverified
act withdraw by initiator in open,asked,informed,consideration to withdrawn needs reason
  clause "the initiator has nothing more to say" unverified
act attach by member,commission,host in open,asked,informed,consideration needs attachment
  clause "a further document or object for the file; no rule of the Regulation"

ending look-back in open,asked,informed if some member,commission did comment,opine,opine-on-comments to consideration
  cancels comments cancels opinion cancels opinion-on-comments clause "Art. 7(7), (8)"
ending look-back in open,asked,informed to lapsed
  cancels comments cancels opinion cancels opinion-on-comments clause "Art. 7(8)"

duty receive by member except host in open,asked,informed unless received waiting initiator
duty receive by commission in open,asked,informed unless received waiting initiator
duty receive by host in open,asked unless received waiting initiator
duty information by host in asked waiting member,commission
duty conclude by host in consideration waiting member,commission
duty comment by member except host in informed until comments until look-back unless did comment waiting host
duty opine by commission in informed until opinion until look-back unless did opine,opine-on-comments waiting host
duty comment by initiator except commission in open,asked until look-back unless did comment waiting host
duty opine by initiator except member in open,asked until look-back unless did opine,opine-on-comments waiting host
)pack";

}  // namespace entente::procedure
