"""The paper on which businesses say what they have, staff say what they saw, and the code is written."""

from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField, ValidationError

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import read_day
from c4s.i18n.speech import lazy_gettext as _l
from c4s.quality import phrases, rules
from c4s.quality.models import CodeVersion, QualityFact
from c4s.quality.rules import ASKS, DbsLevel, FactKind, FactStanding, Given
from c4s.web.forms import AtMost, Form, many_lines, one_line, options, own_first
from c4s.web.told import ToldForm

BAD_DAY = _l("Enter a day like 14/01/2027")
NUMBER_HINTS = {
    FactKind.DATA_PROTECTION_REGISTERED: _l("Eight characters, such as ZA123456."),
    FactKind.SOCIAL_CARE_WALES_REGISTERED: _l("Such as W/1234567."),
}


def as_typed(day: date | None) -> str:
    """A day as it stands in a box."""
    return day.strftime("%d/%m/%Y") if day else ""


class Day:
    """A day, as people write one; an empty box is another's affair."""

    def __call__(self, form: Form, field: Any) -> None:
        if field.data and read_day(field.data) is None:
            raise ValidationError(BAD_DAY)


class FactForm(Form):
    """A fact of one kind: dates, numbers and levels alone, and only those that belong to it."""

    level = RadioField(
        _l("Level of the check"),
        choices=options({str(level): words for level, words in phrases.LEVEL.items()}),
        validate_choice=False,
    )
    detail = StringField(_l("Registration number"), filters=[one_line])
    issued_on = StringField(
        _l("Date of the certificate"),
        description=_l("For example 14/01/2027"),
        filters=[one_line],
        validators=[Day()],
    )
    expires_on = StringField(
        _l("Last day"), description=_l("For example 14/01/2027"), filters=[one_line], validators=[Day()]
    )
    is_offered = BooleanField(
        _l("I can show you evidence of this"),
        description=_l("Tick this if you want our staff to look. They will get in touch with you about it."),
    )

    def __init__(self, kind: FactKind, standing: FactStanding, fact: QualityFact | None) -> None:
        known = {} if fact is None else {
            "level": str(fact.level or ""),
            "detail": fact.detail,
            "issued_on": as_typed(fact.issued_on),
            "expires_on": as_typed(fact.expires_on),
            "is_offered": fact.offered_at is not None,
        }  # fmt: skip
        super().__init__(data=known)
        self.kind, asks = kind, ASKS[kind]
        if asks.number:
            self.detail.description = NUMBER_HINTS[kind]
        wanted = {
            "level": asks.level,
            "detail": asks.number is not None,
            "issued_on": asks.issue,
            "expires_on": not asks.level,
            "is_offered": standing == FactStanding.SAYS,
        }
        for name in (name for name, is_wanted in wanted.items() if not is_wanted):
            del self[name]

    def validate_detail(self, field: StringField) -> None:
        """A number as its register writes it, forgiving case and spaces."""
        if field.data:
            found = rules.number_of(self.kind, field.data)
            if not found:
                raise ValidationError(phrases.WHY_NOT[rules.WhyNot.NUMBER_WRONG])
            field.data = found

    @property
    def given(self) -> Given:
        """What was given, as far as it can be read."""
        level = self._typed("level")
        return Given(
            level=DbsLevel(level) if level in list(DbsLevel) else None,
            detail=self._typed("detail"),
            issued_on=read_day(self._typed("issued_on")),
            expires_on=read_day(self._typed("expires_on")),
        )

    @property
    def has_rule(self) -> bool:
        """Whether it ends by a rule of ours when no last day is given."""
        return not ASKS[self.kind].expiry

    @property
    def offers(self) -> bool:
        """Whether they can show evidence."""
        return "is_offered" in self and bool(self.is_offered.data)

    def _typed(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


class ReasonForm(ToldForm):
    """Why evidence does not count, or a signature is suspended or restored."""


class SignForm(Form):
    """The version of the code that somebody has read, and their word for it."""

    number = HiddenField()
    is_agreed = BooleanField(_l("I have read the code, and we will keep it"))

    def validate_is_agreed(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Tick the box to say that you have read the code and will keep it"))

    @property
    def version(self) -> int:
        """Its number; 0 for what is none."""
        typed = self.number.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0


def _lines(label: object, hint: object, longest: int, message: object) -> TextAreaField:
    return TextAreaField(label, description=hint, filters=[many_lines], validators=[AtMost(longest, message)])


MARKS = _l("Begin a heading with ##, and leave an empty line between paragraphs.")
TOO_LONG, CHANGES_TOO_LONG = (
    _l("The code must be 20,000 characters or fewer"),
    _l("What has changed must be 1,000 characters or fewer"),
)


class CodeForm(Form):
    """The next version of the code of conduct."""

    words_cy = _lines(_l("The code in Welsh"), MARKS, rules.LONGEST_CODE, TOO_LONG)
    words_en = _lines(_l("The code in English"), MARKS, rules.LONGEST_CODE, TOO_LONG)
    changes_cy = _lines(_l("What has changed, in Welsh"), "", rules.LONGEST_CHANGES, CHANGES_TOO_LONG)
    changes_en = _lines(_l("What has changed, in English"), "", rules.LONGEST_CHANGES, CHANGES_TOO_LONG)

    def __init__(self, begun: CodeVersion | None, live: CodeVersion | None) -> None:
        """Where there is no draft yet, the next version begins with the words of the last."""
        words = (begun or live).words if begun or live else Bilingual()  # type: ignore[union-attr]
        changes = begun.changes if begun else Bilingual()
        super().__init__(
            data={
                "words_cy": words.cy,
                "words_en": words.en,
                "changes_cy": changes.cy,
                "changes_en": changes.en,
            }
        )
        own_first(self)

    @property
    def words(self) -> Bilingual:
        return Bilingual(self.words_cy.data or "", self.words_en.data or "")

    @property
    def changes(self) -> Bilingual:
        return Bilingual(self.changes_cy.data or "", self.changes_en.data or "")


class PublishForm(Form):
    """One button, and which draft was on the page."""

    turn = HiddenField()

    @property
    def seen(self) -> int:
        """The turn of the draft; one that no draft has for what is no number."""
        typed = self.turn.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1
