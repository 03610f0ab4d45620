// No treaty writes these down: each rule says what is meant. A request is to one party or some that answer as one; who asks
// several opens one for each, so that none sees the others.
#include "desk/procedure/packs_apart.h"

namespace entente::procedure {

constinit const std::string_view kRequestPack = R"pack(
pack request
schema 1
version 1.0.0
title "Request for information, for assistance, for an expert's opinion"
source "Practice of consultation; no treaty writes it down, so that each rule below says what is meant and none cites an article"
valid 2000-01-01

role requester opener clause "who asks"
role addressee named clause "who is asked"

state asked initial clause "the request is with the addressee"
state acknowledged clause "the addressee has taken it on"
state overdue clause "the instant that the requester named is over"
state answered outcome answered clause "the addressee has answered"
state declined outcome declined clause "the addressee will not answer"
state withdrawn outcome withdrawn clause "the requester needs no answer any more"

clock answer until given clause "the instant that the requester names"

act ask opens by requester carries text needs text,until starts answer clause "what is asked, and until when"
act receive by addressee in asked,acknowledged,overdue receipt clause "the request has reached the addressee"
act acknowledge by addressee in asked to acknowledged clause "the addressee takes it on"
act answer by addressee in asked,acknowledged,overdue to answered needs text cancels answer clause "the answer, late or not"
act supplement by addressee in answered needs text clause "more of the answer"
act decline by addressee in asked,acknowledged,overdue to declined needs reason cancels answer clause "no answer, with the reason"
act remind by requester in asked,acknowledged,overdue clause "the requester still waits"
act extend by requester in asked,acknowledged extends answer needs until clause "a later instant"
act renew by requester in overdue to asked needs until restarts answer clause "another instant, when the first is over"
act withdraw by requester in asked,acknowledged,overdue to withdrawn cancels answer clause "the requester needs no answer any more"

ending answer in asked,acknowledged to overdue clause "no answer until then"

require answered some addressee did answer clause "no answer but the addressee's"
require declined some addressee did decline clause "nobody declines for another"

duty acknowledge by addressee in asked until answer waiting requester
duty answer by addressee in acknowledged until answer waiting requester
duty answer by addressee in overdue waiting requester
duty remind by requester in overdue unless did remind
)pack";

constinit const std::string_view kMeetingPack = R"pack(
pack meeting
schema 1
version 1.0.0
title "Meeting or call"
source "Practice of consultation; no treaty writes it down, so that each rule below says what is meant and none cites an article"
valid 2000-01-01

role convener opener clause "who calls the meeting"
role participant format clause "the members of the format, by membership at the instant in question"

state called initial clause "it is to come"
state running clause "it has begun"
state held outcome held clause "it is over"
state cancelled outcome cancelled clause "it does not take place"

clock begin until given clause "the instant at which it begins"

act call opens by convener carries text needs text,until starts begin clause "the invitation, with the instant"
act receive by participant in called,running receipt clause "the invitation has reached the participant"
act point by convener,participant in called,running needs text clause "a point of the agenda, perhaps for some alone"
act document by participant,convener in called,running,held needs text clause "a document, perhaps for some alone"
act attend by participant,convener in called,running clause "who comes; the last that a participant says counts"
act regret by participant,convener in called,running clause "who does not come"
act postpone by convener in called extends begin needs reason,until clause "a later instant, with the reason"
act cancel by convener in called to cancelled needs reason cancels begin clause "it does not take place, with the reason"
act decide by convener in running,held needs text clause "a decision, as taken"
act action by convener in running,held needs text clause "what somebody is to do, perhaps until an instant"
act done by participant,convener in running,held needs target clause "an action is done"
act conclude by convener in running to held clause "it is over"

ending begin in called to running clause "it begins when its instant comes"

duty attend by participant except convener in called until begin unless did attend,regret waiting convener
duty conclude by convener in running
)pack";

constinit const std::string_view kCommitmentPack = R"pack(
pack commitment
schema 1
version 1.0.0
title "Commitment: an agreed requirement and each member's own assessment"
source "Practice of consultation; no treaty writes it down, so that each rule below says what is meant and none cites an article"
valid 2000-01-01

role keeper opener clause "who keeps the requirement"
role member format clause "the members of the format that agreed it, by membership at the instant in question"

state running initial clause "members assess themselves until the instant named"
state overdue clause "that instant is over"
state closed outcome closed clause "the requirement holds no more"

clock assessment until given clause "the instant until which members assess themselves"

act agree opens by keeper carries text needs text,until starts assessment clause "the requirement, as the format agreed it"
act receive by member in running,overdue receipt clause "the requirement has reached the member"
act met by member in running,overdue needs reason clause "the member assesses: met, with the reason"
act partly-met by member in running,overdue needs reason clause "the member assesses: met in part, with what is missing"
act not-met by member in running,overdue needs reason clause "the member assesses: not met, with what is missing"
act renew by keeper in running,overdue to running carries text needs text,until restarts assessment clause "the next round, perhaps of a changed requirement"
act close by keeper in running,overdue to closed needs reason cancels assessment clause "the requirement holds no more, with the reason"

ending assessment in running to overdue clause "assessments that are missing are overdue"

duty met by member in running until assessment unless did met,partly-met,not-met waiting keeper
duty met by member in overdue unless did met,partly-met,not-met waiting keeper
duty renew by keeper in overdue
)pack";

}  // namespace entente::procedure
