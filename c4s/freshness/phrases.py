"""What the codes of freshness are called, in both languages."""

from c4s.accounts.phrases import Press
from c4s.freshness.rules import Did, Heard, Shown, Stage, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

STAGE = {
    Stage.FIRST: _l("Asked after 9 months"),
    Stage.SECOND: _l("Asked after 15 months"),
    Stage.LAST: _l("Told that the lists will leave it out"),
}
SHOWN = {
    Shown.FIRST: _l("9 months or more without an answer"),
    Shown.SECOND: _l("15 months or more without an answer"),
    Shown.LAST: _l("About to leave the lists"),
    Shown.NOBODY: _l("Nobody whom we can ask"),
    Shown.ARCHIVED: _l("No longer in the lists"),
}
HEARD = {
    Heard.RIGHT: _l("The entry is still right"),
    Heard.CLOSED: _l("The business has closed for good"),
    Heard.NOBODY: _l("Nobody can be reached: leave the entry out of the lists"),
}
WHY_NOT = {
    WhyNot.NOT_THERE: _l("There is no such entry"),
    WhyNot.ONES_OWN: _l("This business is yours too. Another member of staff must do this"),
    WhyNot.ALREADY_CLOSED: _l("This business has closed already"),
    WhyNot.REASON_NEEDED: _l("Write who told you, and how you know that it is them"),
    WhyNot.CAN_BE_ASKED: _l("There is somebody whom our letters reach: let them answer"),
}
DID = {
    Did.ASKED: _l("Asked a business whether its entry is still right"),
    Did.CONFIRMED: _l("Confirmed that an entry is still right"),
    Did.CLOSED: _l("Said that the business of an entry has closed"),
    Did.ARCHIVED: _l("Left an entry out of the lists because nobody confirmed it"),
    Did.LOOKED: _l("Looked at who can confirm an entry"),
    Did.LISTED: _l("Looked at the list of entries to confirm"),
    Did.EXPORTED: _l("Took away the list of entries to confirm as a file"),
}
TRAIL_KIND = {"entries": _l("Entries in the directory")}
OUTCOME = {
    Did.CONFIRMED: _l("Thank you. Readers see today’s date beside the entry."),
    Did.CLOSED: _l("The entry says that the business has closed. Everybody who speaks for it has been told."),
    Did.ARCHIVED: _l("The lists leave the entry out. Its page is still there, and says why."),
}
"""What somebody is told once, after doing something."""
TASK = _l("Is the entry still right?")
TOOL = _l("Is it still right?")
CLOSE = Press(
    _l("Has the business closed for good?"),
    _l("The lists will leave the entry out, and its page will say that the business has closed. Nothing is deleted."),
    _l("Yes, it has closed for good"),
)
NO_SUCH_CODE = _l("We do not know this code. Look at your letter again, or phone us.")
