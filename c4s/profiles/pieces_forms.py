"""Paper on which a business says what its services, pictures and joint work are, and how things are now."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from c4s.core.clock import now
from c4s.directory.models import Service
from c4s.directory.rules import Capacity
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.profiles import phrases as profile_phrases
from c4s.profiles import pieces_phrases as phrases
from c4s.profiles.pieces_rules import FIRST_YEAR
from c4s.profiles.rules import Content
from c4s.taxonomy import queries as taxonomy
from c4s.web.forms import Form, many_lines, number_in, one_line, options, own_first
from c4s.web.told import TicksField

LONGEST = {"name": 120, "description": 2_000, "price_guide": 300, "alt": 300, "what": 300}
"""Characters of a text in one language."""
TOO_LONG = {
    120: _l("This must be 120 characters or fewer"),
    300: _l("This must be 300 characters or fewer"),
    2_000: _l("This must be 2,000 characters or fewer"),
}


class _ShortEnough:
    """A text that is not too long; the sentence says in which of many boxes."""

    def __init__(self, name: str, code: str) -> None:
        self.name, self.code = name, code

    def __call__(self, form: Form, field: Field) -> None:
        longest = LONGEST[self.name]
        if len(field.data or "") > longest:
            where = f"{phrases.TEXT[self.name]} ({profile_phrases.IN_LANGUAGE[self.code]})"
            raise ValidationError(f"{where}: {TOO_LONG[longest]}")


def _box(name: str, code: str) -> Field:
    """One box of a text that is written once in each language; its title and hint stand above both."""
    kind, tidied = (TextAreaField, many_lines) if name == "description" else (StringField, one_line)
    label = profile_phrases.IN_LANGUAGE[code]
    return kind(label, filters=[tidied], validators=[_ShortEnough(name, code)])


class BilingualForm(Form):
    """A form with a box for each language of some texts; the page's own comes first."""

    seen = HiddenField()
    """The marks of the fields when the page was opened."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        own_first(self)

    def text(self, name: str) -> Bilingual:
        """What was written in the boxes of one text."""
        return Bilingual(self[f"{name}_cy"].data or "", self[f"{name}_en"].data or "")

    def ask_for(self, name: str, sentence: object) -> None:
        """Say beside the first box of a text what must still be done."""
        self[f"{name}_{current_language()}"].errors = [sentence]


class ServiceForm(BilingualForm):
    """One service."""

    name_cy, name_en = _box("name", "cy"), _box("name", "en")
    description_cy, description_en = _box("description", "cy"), _box("description", "en")
    price_guide_cy, price_guide_en = _box("price_guide", "cy"), _box("price_guide", "en")
    category = SelectField(_l("Category"), validate_choice=False)
    areas = TicksField(
        _l("Only in some of the areas that you work in?"),
        description=_l("Leave all empty if you give it in all of them."),
    )
    serves_in_welsh = BooleanField(_l("Customers can use Welsh"))
    serves_in_english = BooleanField(_l("Customers can use English"))
    direct_payments = BooleanField(
        _l("Can be paid for with direct payments"),
        description=_l("Money from social services, with which people buy their own care and support."),
    )

    def __init__(self, content: Content, value: Mapping[str, Any] | None, seen: str) -> None:
        """
        Args:
            content: the profile as it is being written.
            value: what it says of the service; None for a new one.
        """
        chosen = value or {"serves_in_welsh": content["serves_in_welsh"], "serves_in_english": True}
        texts = {
            f"{name}_{code}": chosen[name][code]
            for name in ("name", "description", "price_guide")
            for code in ("cy", "en")
            if name in chosen
        }
        super().__init__(data={**chosen, **texts, "seen": seen})
        self.category.choices = [SelectChoice("", _l("Choose a category")), *_categories()]
        known = taxonomy.areas().by_code
        offered = [code for code in {*content["areas_served"], *chosen.get("areas", ())} if code in known]
        language = current_language()
        offered.sort(key=lambda code: getattr(known[code].sort, language))
        if offered:
            self.areas.choices = options({code: known[code].name.spoken(language)[0] for code in offered})
        else:
            del self.areas

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self.text("name"):
            self.ask_for("name", _l("Enter the name of the service, in Welsh or in English"))
            is_valid = False
        if self.category.data not in {choice.value for choice in self.category.choices}:
            self.category.data = ""
        if not self.category.data:
            self.category.errors = [_l("Choose a category")]
            is_valid = False
        if not (self.serves_in_welsh.data or self.serves_in_english.data):
            self.serves_in_welsh.errors = [_l("Tick at least one language that customers can use")]
            is_valid = False
        return is_valid

    @property
    def value(self) -> dict[str, Any]:
        """All that a content says of the service but its position."""
        return {
            **{name: _pair(self.text(name)) for name in ("name", "description", "price_guide")},
            "category": self.category.data,
            "areas": sorted(self.areas.data or ()) if "areas" in self else [],
            "serves_in_welsh": bool(self.serves_in_welsh.data),
            "serves_in_english": bool(self.serves_in_english.data),
            "direct_payments": bool(self.direct_payments.data),
        }


def _pair(text: Bilingual) -> dict[str, str]:
    return {"cy": text.cy, "en": text.en}


def _categories() -> list[SelectChoice]:
    """Every category in the alphabet, those below another after its name."""
    terms, language = taxonomy.categories(), current_language()
    found = []
    for parent in terms.children(None, language):
        name = parent.name.spoken(language)[0]
        found.append(SelectChoice(parent.code, name))
        found += [
            SelectChoice(child.code, f"{name}: {child.name.spoken(language)[0]}")
            for child in terms.children(parent.id, language)
        ]
    return found


class PictureForm(BilingualForm):
    """A picture, and what it shows in words."""

    file = FileField(_l("Picture"), description=_l("PNG, JPEG or WebP, smaller than 5 MB."))
    kept = HiddenField()
    """The token of a picture that was sent before, while something else was still to be mended."""
    alt_cy, alt_en = _box("alt", "cy"), _box("alt", "en")
    one_language = BooleanField(
        _l("I write this in one language only for now"),
        description=_l("Readers of the other language are told which language it is in."),
    )

    def __init__(self, alt: Bilingual = Bilingual(), seen: str = "") -> None:
        is_one = bool(alt) and not alt.is_complete
        super().__init__(data={"alt_cy": alt.cy, "alt_en": alt.en, "one_language": is_one, "seen": seen})

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        alt = self.text("alt")
        if not alt:
            self.ask_for("alt", _l("Write what the picture shows"))
            return False
        if not alt.is_complete and not self.one_language.data:
            for code in ("cy", "en"):
                if not getattr(alt, code):
                    self[f"alt_{code}"].errors = [
                        _l("Write what it shows in the other language too, or tick that you write it in one only")
                    ]
            return False
        return is_valid


class JointWorkForm(BilingualForm):
    """Work that was done together with another business."""

    what_cy, what_en = _box("what", "cy"), _box("what", "en")
    year = StringField(_l("Year"), description=_l("Such as 2025."), filters=[one_line])

    def __init__(self, value: Mapping[str, Any] | None = None, seen: str = "") -> None:
        what = (value or {}).get("what", {"cy": "", "en": ""})
        year = (value or {}).get("year")
        super().__init__(data={"what_cy": what["cy"], "what_en": what["en"], "year": str(year or ""), "seen": seen})

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self.text("what"):
            self.ask_for("what", _l("Write what you did together"))
            is_valid = False
        if self.year.data and number_in(self.year) not in range(FIRST_YEAR, formats.uk(now()).year + 1):
            self.year.errors = [_l("Enter a year that has come, such as 2025")]
            is_valid = False
        return is_valid


class NowForm(Form):
    """How things are now. There is one more box for each service."""

    can_take_work = RadioField(
        _l("Can you take on work now?"),
        choices=options({str(value): words for value, words in phrases.CAN_TAKE_WORK.items()}),
        validate_choice=False,
    )
    messages_off = BooleanField(_l("No messages through this site for now"))

    @property
    def said_of_work(self) -> bool | None:
        """Whether they can take on work; None when they would rather not say."""
        return {"yes": True, "no": False}.get(self.can_take_work.data or "")

    @property
    def capacities(self) -> dict[str, Capacity | None]:
        """Whether there is room, by the keys of services."""
        found = {}
        for field in self:
            if field.name.startswith(ROOM):
                known = field.data in list(Capacity)
                found[field.name.removeprefix(ROOM)] = Capacity(field.data) if known else None
        return found


ROOM = "room_"


def now_form(services: Sequence[Service], *, can_take_work: bool | None = None, messages_off: bool = False) -> NowForm:
    """The form, with a box for each of some services, filled in with how things are."""
    choices = options({"": phrases.NO_CAPACITY, **{str(value): words for value, words in phrases.CAPACITY.items()}})
    boxes = {
        f"{ROOM}{one.key}": SelectField(one.name.spoken(current_language())[0], choices=choices, validate_choice=False)
        for one in services
    }
    filled: Any = type("NowFormOfEntry", (NowForm,), boxes)
    return filled(
        data={
            "can_take_work": {True: "yes", False: "no", None: ""}[can_take_work],
            "messages_off": messages_off,
            **{f"{ROOM}{one.key}": str(one.capacity or "") for one in services},
        }
    )
