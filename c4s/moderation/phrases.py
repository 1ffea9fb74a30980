"""What moderation's codes are called, in both languages."""

from datetime import timedelta

from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.i18n.speech import ngettext
from c4s.moderation.rules import Did, Reason, RevisionState, Verdict, WhyNot
from c4s.web.rights import Right

STATE = {
    RevisionState.DRAFT: _l("Being written"),
    RevisionState.SUBMITTED: _l("Waiting for a moderator"),
    RevisionState.PUBLISHED: _l("Published"),
    RevisionState.SUPERSEDED: _l("Published until a later version was"),
    RevisionState.RETURNED: _l("Returned, in whole or in part"),
    RevisionState.WITHDRAWN: _l("Taken back by its author"),
}
VERDICT = {
    Verdict.ACCEPTED: _l("Accepted"),
    Verdict.SUGGESTED: _l("Returned, with other words suggested"),
    Verdict.RETURNED: _l("Returned"),
}
DECIDE = {
    Verdict.ACCEPTED: _l("Accept"),
    Verdict.SUGGESTED: _l("Suggest other words"),
    Verdict.RETURNED: _l("Return"),
}
"""What a moderator picks."""
REASON = {
    Reason.UNCLEAR: _l("Readers may not understand this. Say it in shorter, plainer words."),
    Reason.SPELLING: _l("There are mistakes of spelling or grammar here."),
    Reason.LANGUAGES_DIFFER: _l("The Welsh and the English say different things."),
    Reason.WRONG_BOX: _l("This belongs in another box, or is in the other language’s box."),
    Reason.NOT_SHOWN: _l("We could not find that this is so. Show us how we can check it, or leave it out."),
    Reason.PERSONAL: _l("This tells readers something private about a person."),
    Reason.TOO_GRAND: _l("This reads like an advertisement. Say what you do, where and for whom."),
    Reason.ABOUT_OTHERS: _l("This is about another business or person. Write about your own work."),
    Reason.NOT_LOCAL: _l("This does not say where you work. Name the places that you serve."),
    Reason.PICTURE: _l("The picture is unclear, is not yours to use, or its description does not say what it shows."),
}
"""Reasons that are given often."""
LANGUAGE = {
    "cy": _l("Welsh"),
    "en": _l("English"),
    "both": _l("Both languages"),
    "": _l("All"),
}
"""In which language a change is written."""
NEEDS = {
    "": None,
    Right.MODERATE_CARE: _l("For a moderator of care services"),
}
WHY_NOT = {
    WhyNot.NO_SUCH_VERSION: _l("There is no such version"),
    WhyNot.SUBMITTED: _l("This is waiting for a moderator. Take it back first if you want to change it"),
    WhyNot.NOT_THIS_STATE: _l("This cannot be done any more: something has changed since you opened the page"),
    WhyNot.NOTHING_CHANGED: _l("Nothing here differs from what readers see already"),
    WhyNot.INCOMPLETE: _l("Something that readers need is still missing"),
    WhyNot.NOTHING_SUGGESTED: _l("Nobody suggests other words here any more"),
    WhyNot.TAKEN: _l("Somebody else is reading this now. Take it over, or leave it to them"),
    WhyNot.ALREADY_DECIDED: _l("Somebody else has decided this already"),
    WhyNot.TAKEN_BACK: _l("Its author took this back before you decided"),
    WhyNot.ONES_OWN: _l("This is yours too. Another moderator must decide"),
    WhyNot.ENTERED_IT: _l("You wrote some of this down, or registered its author. Another moderator must decide"),
    WhyNot.NEEDS_ANOTHER: _l("This is about personal care: a moderator of care services must decide"),
    WhyNot.CHANGED_MEANWHILE: _l("Something here changed while you were reading. Look at it again, then decide"),
    WhyNot.UNDECIDED: _l("Choose what to do with this"),
    WhyNot.REASON_NEEDED: _l("Pick a reason, or write one"),
    WhyNot.WORDS_NEEDED: _l("Write your reason in each language, or in none"),
    WhyNot.SUGGESTION_NEEDED: _l("Change the words that you suggest"),
    WhyNot.SAID_TWICE: _l("You wrote something that does not go with what you chose: choose again, or empty the boxes"),
}
DID = {
    Did.BEGAN: _l("Began to change an entry"),
    Did.SUBMITTED: _l("Submitted a change"),
    Did.WITHDREW: _l("Took a submitted change back"),
    Did.ENTERED: _l("Wrote down what somebody without email says in their entry"),
    Did.DISCARDED: _l("Threw a draft away"),
    Did.TOOK_SUGGESTION: _l("Took the words that a moderator suggested"),
    Did.LOOKED: _l("Opened a change to look at it"),
    Did.TOOK: _l("Took up a change to read it"),
    Did.LET_GO: _l("Left a change to others"),
    Did.PUBLISHED: _l("Accepted a change, which was published"),
    Did.RETURNED: _l("Returned a change, in whole or in part"),
    Did.CHANGED_BY_STAFF: _l("Changed what is published"),
    Did.RESTORED: _l("Restored an earlier version"),
    Did.NOTED: _l("Made a note for moderators"),
    Did.WATCHED: _l("Asked to be told of changes"),
    Did.STOPPED_WATCHING: _l("Asked to be told of changes no longer"),
}
TRAIL_KIND = {"revision": _l("Version of an entry")}
OUTCOME = {
    Did.TOOK: _l("This is yours to read for half an hour."),
    Did.LET_GO: _l("Others can take it up now."),
    Did.PUBLISHED: _l("You accepted all of it. It is published, and its people have been told."),
    Did.RETURNED: _l("What you accepted is published if it can stand alone; the rest went back with your reasons."),
    Did.RESTORED: _l("The earlier version is published again, and its people have been told."),
    Did.NOTED: _l("Your note is kept. Only moderators see it."),
    Did.WATCHED: _l("You get a letter when anything is submitted here."),
    Did.STOPPED_WATCHING: _l("You get no more letters about this."),
}
"""What a moderator is told once, after doing something."""
NOTHING_FREE = "nothing_free"
NOTHING_FOR_YOU = _l("Nothing is waiting that you can take up now.")


def age(time: timedelta) -> str:
    """How long something waits, or waited: in whole days, or in hours on its first two."""
    hours = int(time.total_seconds() // 3600)
    if not hours:
        return _("Less than an hour")
    if hours < 48:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d day", "%(num)d days", hours // 24)
