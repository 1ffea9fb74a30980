"""What wishes for words in the other language say, in words of both."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.translations.rules import Did, WhyNot, WishState

STATE = {
    WishState.WAITING: _l("Waiting for our staff"),
    WishState.DONE: _l("Done"),
    WishState.WITHDRAWN: _l("Withdrawn"),
}
INTO = {
    "cy": _l("Into Welsh"),
    "en": _l("Into English"),
    "both": _l("Some into Welsh, some into English"),
}
PART = {
    "": "",
    "name": _l("Name"),
    "description": _l("Description"),
    "price_guide": _l("Price guide"),
    "alt": _l("What the picture shows"),
}
"""What the parts of a field are called."""
WHY_NOT = {
    WhyNot.NOT_THERE: _l("There is no such entry or wish"),
    WhyNot.NOTHING_MISSING: _l("Nothing is in one language alone any more"),
    WhyNot.NOT_WAITING: _l("This is no longer waiting: a colleague has done it, or it was withdrawn"),
    WhyNot.ONES_OWN: _l("You speak for this business. Another member of staff must write these words"),
    WhyNot.CHANGED_MEANWHILE: _l(
        "The business has changed its words since you opened the page. What you wrote is still here: read theirs again"
    ),
    WhyNot.INCOMPLETE: _l("Write this too, or save what you have and finish later"),
}
DID = {
    Did.ASKED: _l("Asked for words in the other language"),
    Did.WITHDREW: _l("Withdrew a wish for words in the other language"),
    Did.SAVED: _l("Saved words in the other language"),
    Did.DONE: _l("Put words into the other language"),
}
TRAIL_KIND = {"translation_wish": _l("A wish for words in the other language")}
OUTCOME = {
    Did.ASKED: _l("Our staff will put your words into the other language, and write to you when it is done."),
    Did.WITHDREW: _l("Our staff will not put your words into the other language."),
    Did.SAVED: _l("What you wrote is saved. Nobody outside our staff sees it yet."),
    Did.DONE: _l("The words are in both languages. The business has been told."),
}
"""What somebody is told once, after doing something."""
