"""The papers on which people say whether an entry is still right."""

from wtforms import RadioField, StringField, TextAreaField

from c4s.freshness import phrases
from c4s.freshness.rules import Heard, WhyNot
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import AtMost, Form, Needed, OneOf, many_lines, one_line, options

LONGEST_REASON = 2_000


class CodeForm(Form):
    """The short code of a letter on paper."""

    code = StringField(
        _l("The code from our letter"),
        description=_l("Capital letters or small, with the hyphens or without."),
        filters=[one_line],
        validators=[Needed(_l("Enter the code from our letter"))],
    )


class HeardForm(Form):
    """What a member of staff was told of an entry."""

    heard = RadioField(
        _l("What did you hear?"),
        choices=options({heard.value: words for heard, words in phrases.HEARD.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose what you heard"))],
    )
    reason = TextAreaField(
        _l("Who told you, and how do you know that it is them?"),
        description=_l("For example: the owner, on the phone number in the entry. Or how you tried to reach them."),
        filters=[many_lines],
        validators=[
            Needed(phrases.WHY_NOT[WhyNot.REASON_NEEDED]),
            AtMost(LONGEST_REASON, _l("Who told you must be 2,000 characters or fewer")),
        ],
    )

    @property
    def what(self) -> Heard:
        """What was chosen, once the form is valid."""
        return Heard(self["heard"].data)
