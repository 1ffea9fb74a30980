"""What news says, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.news.rules import Did, Letter

LETTER = {
    Letter.EVENTS: _l("New training and events"),
    Letter.BUSINESSES: _l("New businesses in the directory"),
}
DID = {
    Did.CHOSE: _l("Chose news by email"),
    Did.STOPPED: _l("Stopped news by email"),
}
OUTCOME = {
    Did.CHOSE: _l("Your choice is saved. News comes on Mondays, in weeks when there is some."),
    Did.STOPPED: _l("You get no more news from us."),
}
"""What somebody is told once, after doing something."""
