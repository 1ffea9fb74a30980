"""Paper of the directory."""

from wtforms import RadioField, TextAreaField

from c4s.i18n.speech import lazy_gettext as _l
from c4s.web import fields
from c4s.web.forms import AtMost, Form, Needed, OneOf, StrangersForm, many_lines, options
from c4s.web.told import ToldForm

LONGEST_EVIDENCE = 2_000
GRANT, REFUSE = "grant", "refuse"


class EnquiryForm(StrangersForm):
    """A message to a supplier."""

    name = fields.full_name()
    email = fields.email(_l("The supplier sees it and answers you there."))
    language = fields.answer_language()
    words = fields.message(_l("Say what you need, where and when. Do not write anything private."))


class BuyersEnquiryForm(StrangersForm):
    """A message to a supplier from somebody whom our staff have checked: we know who writes."""

    language = fields.answer_language()
    words = fields.message(_l("Say what you need, where and when. Do not write anything private."))


def claim_evidence(label: object, needed: object) -> TextAreaField:
    """The box for how staff can tell that an entry is a business, made anew for every form.

    Args:
        label: what it asks; ``needed``: what it says when nothing was written.
    """
    return TextAreaField(
        label,
        description=_l(
            "For example: an email address on its website, or who to ask for on the phone number in the entry."
        ),
        filters=[many_lines],
        validators=[
            Needed(needed),
            AtMost(LONGEST_EVIDENCE, _l("How we can tell must be 2,000 characters or fewer")),
        ],
    )


class ClaimForm(Form):
    """A business says that an entry is its own."""

    evidence = claim_evidence(
        _l("How can we tell that it is your business?"), _l("Write how we can tell that it is your business")
    )


class DecisionForm(ToldForm):
    """What a member of staff decides about a claim, and why."""

    decision = RadioField(
        _l("What have you decided?"),
        choices=options({GRANT: _l("Agree: the entry is theirs"), REFUSE: _l("Refuse")}),
        validate_choice=False,
        validators=[OneOf(_l("Choose whether to agree or to refuse"))],
    )
