"""What the guide to rules is called, in both languages."""

from c4s.accounts.phrases import Press
from c4s.guide.rules import Did, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

TITLE = _l("Which rules apply to me?")
TASK = _l("Which rules apply")
CHOOSE = _l("Choose an answer")
WHY_NOT = {
    WhyNot.NOT_FINISHED: _l("Some questions have no answer yet. Go on from there"),
    WhyNot.NO_SUCH_LIST: _l("There is no such list"),
}
DID = {
    Did.KEPT: _l("Kept a list of rules"),
    Did.TICKED: _l("Ticked rules on a list"),
    Did.FORGOT: _l("Removed a list of rules"),
}
OUTCOME = {
    Did.KEPT: _l("Your list has been kept. Only those who speak for the business see it."),
    Did.TICKED: _l("Your ticks have been kept."),
    Did.FORGOT: _l("The list has been removed."),
}
FORGET = Press(
    _l("Remove the list of rules"),
    _l("The list and its ticks go. You can answer the questions again."),
    _l("Remove the list"),
)
NOT_BEGUN = _l("Not started")
IN_PROGRESS = _l("Some ticked")
CHANGED = _l("A rule has changed")
ALL_DONE = _l("All ticked")
REVIEW = _l("Rules to hold against their source")
