"""What cases say, in words of both languages."""

from c4s.cases.rules import CaseKind, CaseState, Did, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

KIND = {
    CaseKind.ACCESS: _l("I want a copy of what you keep about me"),
    CaseKind.CORRECTION: _l("Something you keep about me is wrong"),
    CaseKind.ERASURE: _l("I want you to delete what you keep about me"),
    CaseKind.RESTRICTION: _l("I want you to stop using what you keep about me for a time"),
    CaseKind.OBJECTION: _l("I object to how you use what you keep about me"),
    CaseKind.COMPLAINT: _l("I want to complain about how you treat my information"),
}
SHORT = {
    CaseKind.ACCESS: _l("A copy of the information"),
    CaseKind.CORRECTION: _l("Correcting the information"),
    CaseKind.ERASURE: _l("Deleting the information"),
    CaseKind.RESTRICTION: _l("Not using the information for a time"),
    CaseKind.OBJECTION: _l("Objecting to how the information is used"),
    CaseKind.COMPLAINT: _l("A complaint about personal information"),
}
STATE = {
    CaseState.OPEN: _l("Waiting for our answer"),
    CaseState.ANSWERED: _l("Answered"),
}
WHY_NOT = {
    WhyNot.ALREADY_ANSWERED: _l("A colleague has answered this already"),
    WhyNot.ALREADY_LONGER: _l("This person has been told already that it takes longer"),
    WhyNot.COMPLAINT: _l("The law gives no longer time for a complaint"),
    WhyNot.TOO_LATE: _l("It is too late to take more time: the person had to be told within the first month"),
    WhyNot.ONES_OWN: _l("You sent this yourself: a colleague must answer it"),
    WhyNot.NOT_COME_YET: _l("The day on which it came cannot be after today"),
    WhyNot.CAME_LONG_AGO: _l("The day on which it came cannot be more than 60 days ago"),
    WhyNot.WORDS_NEEDED: _l("Write what this person is to be told"),
}
DID = {
    Did.OPENED: _l("Sent a request or a complaint about personal information"),
    Did.ENTERED: _l("Entered a request or a complaint that came by phone or on paper"),
    Did.LOOKED: _l("Looked at a request or a complaint about personal information"),
    Did.TOOK_LONGER: _l("Took two months longer for an answer"),
    Did.ANSWERED: _l("Answered a request or a complaint about personal information"),
}
OUTCOME = {
    Did.ENTERED: _l("The request is here, and we are writing to the person to say so."),
    Did.TOOK_LONGER: _l("There are two months more, and the person has been told why."),
    Did.ANSWERED: _l("The answer is on its way."),
}
"""What somebody is told once, after doing something."""
TRAIL_KIND = {"case": _l("A request or a complaint about personal information")}
"""What the trail calls the thing that it tells of."""
