"""The paper on which a business writes its profile: one short form for each section, kept complete or not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from c4s.businesses import rules as businesses
from c4s.businesses.forms import LONGEST_WEBSITE, Read
from c4s.core.text import tidy
from c4s.directory import phrases as directory
from c4s.i18n.speech import lazy_gettext as _l
from c4s.profiles import phrases, rules
from c4s.profiles.rules import LONGEST, Content, Section
from c4s.taxonomy.rules import postcode as read_postcode
from c4s.web.fields import LONGEST_EMAIL, Phone
from c4s.web.forms import AtMost, Email, Form, many_lines, one_line, options, own_first
from c4s.web.told import TicksField

TOO_LONG = {
    20: _l("This must be 20 characters or fewer"),
    120: _l("This must be 120 characters or fewer"),
    200: _l("This must be 200 characters or fewer"),
    300: _l("This must be 300 characters or fewer"),
    500: _l("This must be 500 characters or fewer"),
    1_000: _l("This must be 1,000 characters or fewer"),
    5_000: _l("This must be 5,000 characters or fewer"),
}
BOXES = {"name": "business_name"}
"""What the box of a field is called where browsers would take its name for a person's."""
Group = tuple[object, Sequence[tuple[str, str]]]
"""Choices under one heading: codes and words."""


class Named:
    """Another validator's sentence, after the name of its field: of many boxes, it says which."""

    def __init__(self, name: str, validator: Any, code: str = "") -> None:
        self.name, self.validator, self.code = name, validator, code

    def __call__(self, form: Form, field: Field) -> None:
        try:
            self.validator(form, field)
        except ValidationError as problem:
            language = f" ({phrases.IN_LANGUAGE[self.code]})" if self.code else ""
            raise ValidationError(f"{phrases.FIELD[self.name]}{language}: {problem}") from None


def _at_most(name: str, code: str = "") -> Named:
    return Named(name, AtMost(LONGEST[name], TOO_LONG[LONGEST[name]]), code)


def _line(name: str, *validators: Any) -> StringField:
    longest = [_at_most(name)] if name in LONGEST else []
    hint = phrases.HINT.get(name, "")
    return StringField(phrases.FIELD[name], description=hint, filters=[one_line], validators=[*longest, *validators])


def _text(name: str, code: str) -> TextAreaField:
    """One box of a text that is written once in each language; the hint stands above both."""
    return TextAreaField(phrases.IN_LANGUAGE[code], filters=[many_lines], validators=[_at_most(name, code)])


def _tick(name: str) -> BooleanField:
    return BooleanField(phrases.FIELD[name], description=phrases.HINT.get(name, ""))


def _ticks(name: str) -> TicksField:
    return TicksField(phrases.FIELD[name], description=phrases.HINT.get(name, ""))


def _choice(name: str, words: Mapping[Any, object]) -> SelectField:
    choices = options({"": _l("Not said"), **{str(value): label for value, label in words.items()}})
    return SelectField(phrases.FIELD[name], choices=choices, validate_choice=False)


class SectionForm(Form):
    """What is written in one section. Nothing in it is asked for here: what is missing is said before it is submitted.

    Args:
        before: the content as it is now.
        groups: what there is to choose from, for each field of codes, under headings.
    """

    section: ClassVar[Section]
    seen = HiddenField()

    def __init__(self, before: Content, groups: Mapping[str, Sequence[Group]]) -> None:
        super().__init__(data={**_boxes(before, self.names), "seen": rules.marks(before, self.names)})
        self.before, self.groups = before, groups
        for name in self.names:
            if name in groups:
                self[name].choices = [SelectChoice(*choice) for _, choices in groups[name] for choice in choices]
        own_first(self)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the section."""
        return rules.FIELDS[self.section]

    def box(self, name: str) -> Any:
        """The box of a field; of a text, that of the page's own language, which comes first."""
        if name in rules.TEXTS:
            return next(field for field in self if field.name in (f"{name}_cy", f"{name}_en"))
        return self[BOXES.get(name, name)]

    @property
    def values(self) -> dict[str, Any]:
        """What was written, as contents keep it. What only looks different, for it was tidied, is as it was before."""
        return {name: self._value(name) for name in self.names}

    def _value(self, name: str) -> Any:
        before = self.before[name]
        if name in rules.TEXTS:
            typed = {code: self[f"{name}_{code}"].data or "" for code in ("cy", "en")}
            return {code: _or_before(words, before[code], lines=True) for code, words in typed.items()}
        box = self.box(name)
        if name in rules.CODES:
            # What is offered no longer, such as a network that has ended, was not on the page to be ticked.
            offered = [choice.value for choice in box.choices]
            return sorted({*box.data, *(code for code in before if code not in offered)})
        if name == "address":
            is_home = self.home_based.data
            return [] if is_home else [line for line in (box.data or "").splitlines() if line.strip()]
        if name in rules.FLAGS:
            return bool(box.data)
        if name in rules.LINES:
            sent = str(box.raw_data[0]) if box.raw_data else ""
            return before if tidy(sent) == before else _or_before(box.data or "", before)
        return box.data if box.data in [choice.value for choice in box.choices] else ""


def _or_before(typed: str, before: str, *, lines: bool = False) -> str:
    return before if typed == tidy(before, lines=lines) else typed


def _boxes(content: Content, names: Iterable[str]) -> dict[str, Any]:
    """A content as it stands in the boxes of its form."""
    found: dict[str, Any] = {}
    for name in names:
        value = content[name]
        if name in rules.TEXTS:
            found |= {f"{name}_{code}": value[code] for code in ("cy", "en")}
        else:
            found[BOXES.get(name, name)] = "\n".join(value) if name == "address" else value
    return found


class WhoForm(SectionForm):
    """What the business is called, and what it is in law."""

    section = Section.WHO
    business_name = _line("name")
    name_cy = _line("name_cy")
    legal_form = _choice("legal_form", directory.LEGAL_FORMS)
    size = _choice("size", directory.SIZES)
    company_number = _line(
        "company_number",
        Read(businesses.company_number, _l("Enter a company number with eight characters, such as 01234567")),
    )
    charity_number = _line(
        "charity_number",
        Read(businesses.charity_number, _l("Enter a charity number with six or seven digits")),
    )
    social_enterprise = _tick("social_enterprise")
    team_languages = _ticks("team_languages")


def _few_categories(form: Form, field: Field) -> None:
    if len(field.data) > rules.MOST_CATEGORIES:
        raise ValidationError(_l("Choose 10 categories or fewer"))


class WhatForm(SectionForm):
    """What the business does."""

    section = Section.WHAT
    summary_cy = _text("summary", "cy")
    summary_en = _text("summary", "en")
    description_cy = _text("description", "cy")
    description_en = _text("description", "en")
    categories = TicksField(
        phrases.FIELD["categories"], description=phrases.HINT["categories"], validators=[_few_categories]
    )


class WhereForm(SectionForm):
    """Where the business is, and where it works."""

    section = Section.WHERE
    address = TextAreaField(
        phrases.FIELD["address"],
        description=phrases.HINT["address"],
        filters=[many_lines],
        validators=[_at_most("address")],
    )
    town = _line("town")
    postcode = _line("postcode", Read(read_postcode, _l("Enter a full postcode, such as CF37 1AA")))
    home_based = _tick("home_based")
    areas_served = _ticks("areas_served")


class ContactForm(SectionForm):
    """How people reach the business."""

    section = Section.CONTACT
    website = _line(
        "website",
        AtMost(LONGEST_WEBSITE, _l("The address of the website must be 400 characters or fewer")),
        Read(businesses.website, _l("Enter the address of the website, such as example.cymru")),
    )
    phone = _line("phone", Phone(_l("Enter a phone number, like 01632 960 001 or 07700 900 982")))
    email = _line(
        "email",
        AtMost(LONGEST_EMAIL, _l("Your email address must be 254 characters or fewer")),
        Email(_l("Enter an email address in the correct format, like name@example.com")),
    )
    hours_cy = _text("hours", "cy")
    hours_en = _text("hours", "en")
    access_notes_cy = _text("access_notes", "cy")
    access_notes_en = _text("access_notes", "en")
    serves_in_welsh = _tick("serves_in_welsh")
    serves_in_english = _tick("serves_in_english")


class TogetherForm(SectionForm):
    """How the business works with others."""

    section = Section.TOGETHER
    wants_cy = _text("wants", "cy")
    wants_en = _text("wants", "en")
    could_cy = _text("could", "cy")
    could_en = _text("could", "en")
    wont_cy = _text("wont", "cy")
    wont_en = _text("wont", "en")
    buys_locally_cy = _text("buys_locally", "cy")
    buys_locally_en = _text("buys_locally", "en")
    networks = _ticks("networks")

    def __init__(self, before: Content, groups: Mapping[str, Sequence[Group]]) -> None:
        self.has_networks = any(choices for _, choices in groups["networks"])
        super().__init__(before, groups)
        if not self.has_networks:
            del self.networks

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the section; networks only where there are any."""
        return tuple(name for name in super().names if name != "networks" or self.has_networks)


class QualityForm(SectionForm):
    """What the law asks of those who give care."""

    section = Section.QUALITY
    personal_care = RadioField(
        phrases.FIELD["personal_care"],
        description=phrases.HINT["personal_care"],
        choices=options(phrases.YES_OR_NO),
        validate_choice=False,
    )
    ciw_number = _line("ciw_number")
    ciw_why_none_cy = _text("ciw_why_none", "cy")
    ciw_why_none_en = _text("ciw_why_none", "en")
    safeguarding_contact = _line("safeguarding_contact")


FORMS: Mapping[Section, type[SectionForm]] = {
    form.section: form for form in (WhoForm, WhatForm, WhereForm, ContactForm, TogetherForm, QualityForm)
}
