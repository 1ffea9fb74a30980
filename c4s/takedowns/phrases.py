"""What hiding an entry is called, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.takedowns.rules import Did, Ground, Outcome, WhyNot

GROUND = {
    Ground.UNLAWFUL: _l("Something in the entry seems to break the law."),
    Ground.MISLEADING: _l("Something in the entry is not true, and people could be harmed by believing it."),
    Ground.PRIVATE: _l("The entry shows private information about somebody."),
    Ground.DANGER: _l("Somebody could come to harm if they went to this business now."),
    Ground.NOT_THEIRS: _l("There is a dispute about whose entry this is."),
    Ground.CODE: _l("The code of conduct was broken."),
    Ground.OTHER: _l("Another reason, which you write below"),
}
OUTCOME_OF = {
    Outcome.UPHELD: _l("The entry stays hidden"),
    Outcome.LIFTED: _l("The entry is shown again"),
}
WHY_NOT = {
    WhyNot.NOT_THERE: _l("There is no such entry or appeal"),
    WhyNot.ALREADY_HIDDEN: _l("This entry is hidden already"),
    WhyNot.NOT_HIDDEN: _l("This entry is not hidden any more"),
    WhyNot.ONES_OWN: _l("You speak for this business. Another member of staff must decide about its entry"),
    WhyNot.ONES_OWN_DECISION: _l("You hid this entry yourself. Another member of staff must answer the appeal"),
    WhyNot.ENTERED_IT: _l(
        "You wrote this appeal down, or registered whoever makes it. Another member of staff must answer it"
    ),
    WhyNot.ALREADY_APPEALED: _l("You have appealed already. Our staff will write to you"),
    WhyNot.NO_APPEAL: _l("Nobody has appealed"),
    WhyNot.ALREADY_ANSWERED: _l("A colleague has answered this appeal already"),
    WhyNot.REASON_NEEDED: _l("Write the reason"),
}
DID = {
    Did.HIDDEN: _l("Hid an entry from readers"),
    Did.APPEALED: _l("Appealed against hiding an entry"),
    Did.LOOKED: _l("Read an appeal"),
    Did.UPHELD: _l("Answered an appeal: the entry stays hidden"),
    Did.LIFTED: _l("Answered an appeal: the entry is shown again"),
    Did.RESTORED: _l("Showed a hidden entry again"),
}
OUTCOME = {
    Did.HIDDEN: _l("The entry is hidden. The people of the business have been told why, and how to appeal."),
    Did.APPEALED: _l("Your appeal is with our staff. Somebody other than the one who hid the entry will answer it."),
    Did.UPHELD: _l("The entry stays hidden. The people of the business have been told why."),
    Did.LIFTED: _l("The entry is shown again. The people of the business have been told."),
    Did.RESTORED: _l("The entry is shown again. The people of the business have been told why."),
}
"""What somebody is told once, after doing something."""
