"""What reports say, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.reports.rules import Did, Outcome, ReportKind, ReportState, WhyNot

KIND = {
    ReportKind.OUT_OF_DATE: _l("Something in it is out of date"),
    ReportKind.CLOSED: _l("The business has closed"),
    ReportKind.WRONG_WORDS: _l("Something in it is not true"),
    ReportKind.OFFENSIVE: _l("It is offensive, or against the law"),
    ReportKind.CONDUCT: _l("The business does not keep to the code of conduct"),
    ReportKind.OTHER: _l("Something else is wrong"),
}
STATE = {
    ReportState.OPEN: _l("Waiting for our answer"),
    ReportState.ANSWERED: _l("Answered"),
}
OUTCOME_OF = {
    Outcome.PUT_RIGHT: _l("It has been put right"),
    Outcome.WITH_BUSINESS: _l("The business knows of it, and deals with it"),
    Outcome.TAKEN_DOWN: _l("The entry, or a part of it, has been taken down"),
    Outcome.NOTHING_WRONG: _l("We looked, and found nothing wrong"),
    Outcome.CANNOT_TELL: _l("We looked, and cannot tell who is right"),
}
WHY_NOT = {
    WhyNot.ALREADY_ANSWERED: _l("A colleague has answered this already"),
    WhyNot.ONES_OWN: _l("You sent this yourself, or speak for the business: a colleague must answer it"),
    WhyNot.WORDS_NEEDED: _l("Write what this person is to be told"),
}
DID = {
    Did.TOLD: _l("Said that something is wrong with an entry"),
    Did.LOOKED: _l("Read what is said to be wrong with an entry"),
    Did.NOTED: _l("Wrote a note about what is said to be wrong with an entry"),
    Did.ANSWERED: _l("Answered what is said to be wrong with an entry"),
}
TRAIL_KIND = {"report": _l("A report that something is wrong")}
OUTCOME = {
    Did.NOTED: _l("Your note is here."),
    Did.ANSWERED: _l("The report is closed. Whoever left an address is being told."),
}
"""What somebody is told once, after doing something."""
TOOL = _l("Reports about this entry")
