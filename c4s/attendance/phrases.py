"""What attendance and certificates say, in words of both languages."""

from c4s.attendance.rules import Did, WhyNot
from c4s.i18n.speech import lazy_gettext as _l
from c4s.i18n.speech import ngettext

WHY_NOT = {
    WhyNot.TOO_EARLY: _l("You can record who comes from the day of the session on."),
    WhyNot.NOT_HELD: _l("This event is not going ahead, so there is nobody to record."),
    WhyNot.NOT_OVER: _l("Certificates can be issued when the event is over."),
    WhyNot.NOBODY_CHOSEN: _l("Choose at least one person"),
    WhyNot.WITHDRAWN_ALREADY: _l("This certificate has been withdrawn already"),
    WhyNot.WORDS_NEEDED: _l("Write what this person is to be told"),
}
DID = {
    Did.LOOKED: _l("Looked at who came to an event"),
    Did.RECORDED: _l("Recorded who came to an event"),
    Did.CORRECTED: _l("Corrected who came to an event"),
    Did.ISSUED: _l("Issued a certificate"),
    Did.WITHDRAWN: _l("Withdrew a certificate"),
}
OUTCOME = {
    Did.RECORDED: _l("The attendance has been saved."),
    Did.ISSUED: _l("The certificates have been issued, and everybody is told."),
    Did.WITHDRAWN: _l("The certificate has been withdrawn."),
}
"""What somebody is told once, after doing something."""
TRAIL_KIND = {"certificate": _l("Certificate of attendance")}
"""What the trail calls the thing that it tells of."""
ATTENDANCE = _l("Attendance")
CERTIFICATES = _l("Certificates of attendance")
CERTIFICATE = _l("Certificate of attendance")
EVENT = _l("Event")
WHEN = _l("When")
PLACE = _l("Venue")
ONLINE = _l("Online")
TIME_THERE = _l("Time attended")
ISSUED_ON = _l("Issued on")
CHECK_IT_AT = _l("To check this certificate, go to this page and enter the code:")


def duration(minutes: int) -> str:
    """How long somebody was there: hours, and the minutes that are over."""
    hours, over = divmod(minutes, 60)
    words = [ngettext("%(num)d hour", "%(num)d hours", hours)] if hours else []
    return " ".join([*words, ngettext("%(num)d minute", "%(num)d minutes", over)] if over else words)
