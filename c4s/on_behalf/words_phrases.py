"""What the pages say on which staff write an entry down for somebody without e-mail, in words of both languages."""

from typing import Any

from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import phrases as moderation
from c4s.moderation import rules as moderation_rules
from c4s.profiles import phrases as profiles
from c4s.profiles.rules import Outcome, WhyNot

WRITE = _l("Write the entry for them")
MAKE = _l("Begin a new entry for them")
SUBMIT = _l("Check and submit for them")
WITHDRAW = _l("Withdraw the changes for them")
REFUSED: dict[Any, object] = {
    WhyNot.HAS_ONE: profiles.WHY_NOT[WhyNot.HAS_ONE],
    WhyNot.SAVED_MEANWHILE: _l(
        "Somebody else saved other words while this page was open. Yours are still here: read both, and save again to"
        " keep yours."
    ),
    **{
        reason: moderation.WHY_NOT[reason]
        for reason in (
            moderation_rules.WhyNot.SUBMITTED,
            moderation_rules.WhyNot.NOTHING_CHANGED,
            moderation_rules.WhyNot.INCOMPLETE,
            moderation_rules.WhyNot.NOTHING_SUGGESTED,
        )
    },
}
"""Why the person could not do it either."""
OUTCOME: dict[Any, object] = {
    Outcome.MADE: _l("The entry has been begun. Write what they say in each part, then check it and submit it."),
    Outcome.SAVED: _l("Saved. Nobody reads it until you submit it."),
    Outcome.NOTHING_CHANGED: profiles.OUTCOME[Outcome.NOTHING_CHANGED],
    Outcome.SUBMITTED: _l(
        "Submitted. A colleague will read it, and the message that tells the person what you wrote is waiting to be"
        " posted or read out."
    ),
    Outcome.WITHDRAWN: _l(
        "Withdrawn: it is a draft again. The message that tells the person is waiting to be posted or read out."
    ),
}
"""What a member of staff is told once, after doing something."""
