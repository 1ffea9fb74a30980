"""The paper of speed networking."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice, StringField

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.speed_networking import phrases, rules
from c4s.speed_networking.models import Rota, RotaPerson
from c4s.speed_networking.rules import Presence, Side
from c4s.web.forms import AtMost, Form, Needed, Number, OneOf, one_line, options
from c4s.web.told import TicksField

LONGEST_SIDE, LONGEST_REACH = 60, 200


def _number(label: object, most: int, message: object, hint: object = "", *, is_needed: bool = True) -> StringField:
    needed = [Needed(message)] if is_needed else []
    return StringField(label, description=hint, filters=[one_line], validators=[*needed, Number(1, most, message)])


def _side(label: object) -> StringField:
    too_long = _l("The name of a side must be 60 characters or fewer")
    return StringField(label, filters=[one_line], validators=[AtMost(LONGEST_SIDE, too_long)])


class SetUpForm(Form):
    """How many rounds, how long, at how many tables, and which sides."""

    rounds = _number(_l("Number of rounds"), rules.MOST_ROUNDS, _l("Enter a number of rounds from 1 to 12"))
    minutes = _number(_l("Minutes for each round"), rules.MOST_MINUTES, _l("Enter a number of minutes from 1 to 60"))
    tables = _number(
        _l("Number of tables"),
        rules.MOST_TABLES,
        _l("Enter a number of tables from 1 to 30"),
        _l("Two people sit at each table."),
    )
    side_one_cy = _side(_l("The side that sits, in Welsh"))
    side_one_en = _side(_l("The side that sits, in English"))
    side_other_cy = _side(_l("The side that moves, in Welsh"))
    side_other_en = _side(_l("The side that moves, in English"))

    @classmethod
    def of(cls, rota: Rota | None) -> "SetUpForm":
        """The form, filled in with how it is set up now."""
        if rota is None:
            return cls()
        numbers = {name: str(getattr(rota, name)) for name in ("rounds", "minutes", "tables")}
        one, other = rota.side_one, rota.side_other
        names = {"side_one_cy": one.cy, "side_one_en": one.en, "side_other_cy": other.cy, "side_other_en": other.en}
        return cls(data={**numbers, **names})

    @property
    def asked(self) -> dict[str, Any]:
        """What was filled in, as ``actions.SetUp`` has it."""

        def said(name: str) -> Bilingual:
            return Bilingual(self[f"{name}_cy"].data or "", self[f"{name}_en"].data or "")

        numbers = {name: int(self[name].data) for name in ("rounds", "minutes", "tables")}
        return {**numbers, "side_one": said("side_one"), "side_other": said("side_other")}


class MakeForm(Form):
    """From which number the rota is made."""

    seed = _number(
        _l("Starting number"),
        rules.LARGEST_SEED,
        _l("Enter a whole number from 1 to 999,999, or leave the box empty"),
        _l("The same people and the same number give the same rota. Leave the box empty for a new one."),
        is_needed=False,
    )


class PersonForm(Form):
    """What the rota is to know of somebody."""

    presence = RadioField(
        _l("Are they in the room for the rounds to come?"),
        choices=options({one.value: words for one, words in phrases.PRESENCE.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose whether they are in the room"))],
    )
    side = RadioField(_l("Side"), validate_choice=False, validators=[OneOf(_l("Choose a side"))])
    speaks_welsh = BooleanField(_l("They would like to speak Welsh"))
    fixed_table = _number(
        _l("A table of their own"),
        rules.MOST_TABLES,
        _l("Enter the number of a table"),
        _l("For a person who needs to stay at one table. Others come to them."),
        is_needed=False,
    )
    wants = TicksField(_l("They wish to meet"))
    must_nots = TicksField(
        _l("They must not meet"),
        description=_l("Only staff who run events see this. It is never printed or sent to anybody."),
    )

    def __init__(self, rota: Rota, others: Sequence[RotaPerson], **facts: Any) -> None:
        super().__init__(**facts)
        choices = [SelectChoice(str(one.id), one.name) for one in others]
        self.wants.choices = self.must_nots.choices = choices
        sides = {side.value: rota.side_name(side).spoken(current_language())[0] for side in Side}
        self.side.choices = options(sides)
        if not rota.has_sides:
            del self.side
        if not choices:
            del self.wants, self.must_nots

    @property
    def details(self) -> dict[str, Any]:
        """What was filled in, as ``actions.Details`` has it."""

        def ticked(name: str) -> frozenset[int]:
            return frozenset(int(value) for value in (self[name].data or [])) if name in self else frozenset()

        return {
            "side": Side(self.side.data) if "side" in self else None,
            "speaks_welsh": bool(self.speaks_welsh.data),
            "fixed_table": int(self.fixed_table.data) if self.fixed_table.data else None,
            "wants": ticked("wants"),
            "must_nots": ticked("must_nots"),
            "presence": Presence(self.presence.data),
        }


class AgainForm(Form):
    """Whom somebody would like to meet again."""

    others = TicksField(_l("Who would you like to meet again?"))
    reach = StringField(
        _l("How can they reach you?"),
        description=_l("An email address or a phone number. We give it only to a person who also chooses you."),
        filters=[one_line],
        validators=[AtMost(LONGEST_REACH, _l("How they can reach you must be 200 characters or fewer"))],
    )

    def __init__(self, met: Sequence[RotaPerson], **facts: Any) -> None:
        super().__init__(**facts)
        self.others.choices = [SelectChoice(str(one.id), one.name) for one in met]

    @property
    def chosen(self) -> frozenset[int]:
        """Those who were ticked."""
        return frozenset(int(value) for value in self.others.data or [])
