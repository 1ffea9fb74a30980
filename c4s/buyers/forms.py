"""The paper of requests to be a buyer."""

from wtforms import RadioField, StringField, TextAreaField

from c4s.buyers import phrases
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import AtMost, Form, Needed, OneOf, many_lines, one_line, options
from c4s.web.told import TicksField, ToldForm

LONGEST_LINE, LONGEST_EVIDENCE = 200, 2_000
GRANT, REFUSE = "grant", "refuse"


class AskForm(Form):
    """Somebody says that they buy for a public body."""

    organisation = StringField(
        _l("Which public body do you work for?"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter the name of the public body")),
            AtMost(LONGEST_LINE, _l("The name of the public body must be 200 characters or fewer")),
        ],
    )
    position = StringField(
        _l("What is your job there?"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter what your job is")),
            AtMost(LONGEST_LINE, _l("What your job is must be 200 characters or fewer")),
        ],
    )
    evidence = TextAreaField(
        _l("How can we check this?"),
        description=_l("For example: a page that names you, or the phone number of your department."),
        filters=[many_lines],
        validators=[AtMost(LONGEST_EVIDENCE, _l("How we can check this must be 2,000 characters or fewer"))],
    )


class DecisionForm(ToldForm):
    """What a member of staff decides about a request, and why."""

    decision = RadioField(
        _l("What have you decided?"),
        choices=options({GRANT: _l("Give buyer rights"), REFUSE: _l("Refuse")}),
        validate_choice=False,
        validators=[OneOf(_l("Choose whether to give the rights or to refuse"))],
    )
    ready = TicksField(
        _l("Why not? Tick a reason, or write one below"),
        choices=options({code.value: words for code, words in phrases.READY.items()}),
    )


class EndForm(ToldForm):
    """Taking the rights away again, and why."""
