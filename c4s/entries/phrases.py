"""What the pages of entries and networks say, in words of both languages."""

from c4s.entries.rules import Did, Standing, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

STANDING = {
    Standing.LISTED: _l("Listed"),
    Standing.PAUSED: _l("Listed, and closed for a time"),
    Standing.UNPUBLISHED: _l("Not yet published"),
    Standing.CLOSED: _l("Closed for good"),
    Standing.TAKEN_DOWN: _l("Hidden by our staff"),
    Standing.ARCHIVED: _l("Archived: nobody has confirmed it for a long time"),
    Standing.GONE: _l("Gone from its source"),
}
CLAIM = {
    "imported": _l("From open data; no business keeps it"),
    "demonstration": _l("Invented, for demonstration"),
    "claimed": _l("Kept by its business"),
}
WHY_NOT = {
    WhyNot.NOT_THERE: _l("There is no such network"),
    WhyNot.NAME_TAKEN: _l("There is a network with this name already"),
}
DID = {
    Did.NAMED: _l("Named a network"),
    Did.CHANGED: _l("Changed a network"),
    Did.ENDED: _l("Ended a network"),
    Did.BEGAN_AGAIN: _l("Let a network begin again"),
}
TRAIL_KIND = {"network": _l("A network of businesses")}
OUTCOME = {
    Did.NAMED: _l("The network is there. Businesses can say that they are in it."),
    Did.CHANGED: _l("The network has been changed."),
    Did.ENDED: _l("The network has ended. Nobody can be put into it, and lists leave it out."),
    Did.BEGAN_AGAIN: _l("The network meets again. Businesses can say that they are in it."),
}
"""What somebody is told once, after doing something."""
