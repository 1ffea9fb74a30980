"""What the pages have in common on which a profile is written: by its business, or by staff at the word of somebody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request

from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory import queries as entries
from c4s.directory.models import Supplier
from c4s.i18n import alphabet
from c4s.i18n.languages import current_language
from c4s.moderation import phrases as moderation
from c4s.moderation.kinds import Field, Said
from c4s.profiles import content, phrases, queries, rules
from c4s.profiles.forms import BOXES, Group, SectionForm
from c4s.profiles.queries import Written
from c4s.profiles.rules import Section, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms

OUR_OWN = 3
"""How many languages of the list are spoken or signed by many here, and come before the alphabet."""
Address = Callable[[str, str | None], str]
"""Gives the address of the page of a field, by its endpoint, and of the box on it; nothing where there is no page."""


# ---- One section ----


def _grouped(terms: Terms) -> list[Group]:
    """Terms to choose from, in the alphabet of the page: each at the top with those below it."""
    language = current_language()

    def named(some: Sequence[Any]) -> list[tuple[str, str]]:
        return [(one.code, one.name.spoken(language)[0]) for one in some]

    return [
        (top.name.spoken(language)[0], named([top, *terms.children(top.id, language)]))
        for top in terms.children(None, language)
    ]


def _choices(section: Section) -> dict[str, Sequence[Group]]:
    """What there is to choose from in a section."""
    choices: dict[str, Sequence[Group]] = {}
    if section == Section.WHO:
        names = [(code, str(words)) for code, words in directory.TEAM_LANGUAGES.items()]
        first, rest = names[:OUR_OWN], names[OUR_OWN:]
        rest.sort(key=lambda one: alphabet.sort_key(one[1], current_language()))
        choices["team_languages"] = [("", first), (str(phrases.OTHER_LANGUAGES), rest)]
    if section == Section.WHAT:
        choices["categories"] = _grouped(taxonomy.categories())
    if section == Section.WHERE:
        choices["areas_served"] = _grouped(taxonomy.areas())
    if section == Section.TOGETHER:
        networks = entries.networks()
        own = [
            (one.code, one.name.spoken(current_language())[0]) for one in networks.children(None, current_language())
        ]
        choices["networks"] = [("", own)]
    return choices


class Sheet:
    """One section before whoever writes it: its form, what is written, and what somebody else has saved meanwhile.

    Args:
        form: the form of the section.
    """

    def __init__(self, form: type[SectionForm], supplier: Supplier) -> None:
        self.written = queries.written(supplier)
        self.form = form(self.written.content, _choices(form.section))
        self.clashes: Sequence[str] = ()
        self.taking = [
            name for name in self.form.names if f"use_{name}" in request.form and name in self.written.returned
        ]
        """The fields in which a moderator's words are to stand."""

    def see_again(self, supplier: Supplier, refusal: Refused) -> None:
        """Nothing was saved. Whoever saves again has seen what another saved in the same fields; the others they have
        still not looked at."""
        self.written = queries.written(supplier)
        if refusal.reason == WhyNot.SAVED_MEANWHILE:
            self.clashes = list(refusal.facts["fields"])  # type: ignore[call-overload]
        known = dict(one.partition("=")[::2] for one in (self.form.seen.data or "").split(",") if one)
        theirs = {name: rules.mark(self.written.content[name]) for name in self.clashes}
        self.form.seen.data = ",".join(f"{name}={mark}" for name, mark in {**known, **theirs}.items())

    @property
    def facts(self) -> dict[str, Any]:
        """What ``profiles/boxes.html`` needs."""
        now = self.written.content
        return {
            "form": self.form,
            "section": self.form.section,
            "written": self.written,
            "profile": phrases,
            "reasons": moderation.REASON,
            "suggested": {
                name: content.say(name, one.suggestion)
                for name, one in self.written.returned.items()
                if one.suggestion is not None
            },
            "taking": self.taking,
            "theirs": {name: content.say(name, now[name]) for name in self.clashes},
            "said": {name: content.say(name, now[name]) for name in self.form.names},
            "texts": rules.TEXTS,
            "codes": rules.CODES,
        }


# ---- All of it ----


def _box(name: str) -> str | None:
    if name in rules.TEXTS:
        return f"{name}_{current_language()}"
    if name in rules.CODES or name == "personal_care":
        return f"{name}-0"
    return BOXES.get(name, name) if name in rules.SECTION_OF else None


@dataclass(frozen=True)
class Lines:
    """What pages say about the fields of a profile, each with the address at which it is written."""

    written: Written
    address: Address

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All of them by their names, in the order in which people read them."""
        return {one.name: one for one in content.fields(self.written.live, self.written.content)}

    def _where(self, name: str) -> str:
        return self.address(self.fields[name].page, _box(name))

    @property
    def changed(self) -> list[tuple[object, Said, str]]:
        """What is not as readers see it, and what is said there now."""
        changes = content.changes(self.written.live, self.written.content)
        return [(one.label, said, self._where(one.name)) for one, said in changes]

    @property
    def missing(self) -> list[tuple[object, str]]:
        """What to do before it can be submitted."""
        return [(self._lack(name), self._where(name)) for name in self.written.missing]

    def _lack(self, name: str) -> object:
        if rules.is_too_long(self.written.content, name):
            return f"{phrases.FIELD[name]}: {phrases.TOO_LONG}"
        return phrases.MISSING[name]

    @property
    def returned(self) -> list[tuple[object, str]]:
        """What a moderator sent back, and nobody has changed since."""
        return [(one.label, self._where(name)) for name, one in self.fields.items() if name in self.written.returned]

    @property
    def one_language(self) -> list[tuple[object, object, str]]:
        """What is written in one language alone, and in which."""
        now = self.written.content
        return [
            (phrases.FIELD[name], phrases.ONLY_IN["cy" if now[name]["cy"] else "en"], self._where(name))
            for name in rules.one_language(now)
        ]
