"""The papers on which staff tick who came and who has a certificate, and on which anybody checks one."""

import re
from collections.abc import Iterable, Sequence

from wtforms import StringField, ValidationError

from c4s.attendance import phrases, rules
from c4s.attendance.queries import Earned, Line, Place
from c4s.attendance.rules import WhyNot
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import Form, Needed, one_line, options
from c4s.web.told import TicksField, ToldForm

PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,4})")


def written(place: Place) -> str:
    """One person of a sign-up as a form carries them."""
    return f"{place[0]}-{place[1]}"


def _read(values: Iterable[str] | None) -> set[Place]:
    found = [PLACE.fullmatch(value) for value in values or ()]
    return {(int(one[1]), int(one[2])) for one in found if one}


class RegisterForm(Form):
    """Who came to a sitting. It carries whom it had ticked when it was opened."""

    came = TicksField(_l("Who came?"))
    was = TicksField(_l("Who came?"))

    def __init__(self, lines: Sequence[Line]) -> None:
        ticked = [
            written((line.booking.id, position))
            for line in lines
            for position, came in enumerate(line.came or ())
            if came
        ]
        super().__init__(data={"came": ticked, "was": ticked})
        everybody = {
            written((line.booking.id, position)): name for line in lines for position, name in enumerate(line.people)
        }
        self.came.choices = self.was.choices = options(everybody)

    @property
    def who_came(self) -> set[Place]:
        return _read(self.came.data)

    @property
    def who_was_ticked(self) -> set[Place]:
        return _read(self.was.data)


class IssueForm(Form):
    """Who is to have a certificate: everybody who has earned one, unless theirs was withdrawn."""

    chosen = TicksField(_l("Who is to have a certificate?"), validators=[Needed(phrases.WHY_NOT[WhyNot.NOBODY_CHOSEN])])

    def __init__(self, earned: Sequence[Earned]) -> None:
        super().__init__(data={"chosen": [written((e.booking.id, e.position)) for e in earned if not e.had_one]})
        self.chosen.choices = options({written((e.booking.id, e.position)): e.name for e in earned})

    @property
    def places(self) -> set[Place]:
        return _read(self.chosen.data)


class WithdrawForm(ToldForm):
    """Why a certificate is withdrawn."""


class CodeForm(Form):
    """The code of a certificate."""

    code = StringField(
        _l("The code on the certificate"),
        description=_l("Twelve letters and digits, like K7QM-4RTX-9CDF."),
        filters=[one_line],
        validators=[Needed(_l("Enter the code on the certificate"))],
    )

    def validate_code(self, field: StringField) -> None:
        if field.data and rules.code_meant(field.data) is None:
            raise ValidationError(_l("A code has twelve letters and digits. Check it, and enter it again."))
