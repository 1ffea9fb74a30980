"""The kinds of things whose changes wait here: each capability registers its own in ``site.py``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from c4s.accounts.models import Person
from c4s.i18n.bilingual import Bilingual
from c4s.web.rights import Right

KINDS = "c4s.moderation.kinds"

Content = Mapping[str, Any]
"""A whole version of something: values that JSON can keep, by the names of its fields. A field that has nothing in it
is there all the same, but for those that come and go, such as ``service:k3f9``."""


@dataclass(frozen=True)
class Field:
    """One part of a thing, which a moderator decides on by itself.

    Attributes:
        name: its name in contents.
        label: what people call it, in words of both languages.
        page: the endpoint of the page on which its author changes it; it takes what ``Kind.place`` gives.
        right: what a moderator needs to decide on it, beside the ordinary right.
    """

    name: str
    label: object
    page: str
    right: Right | None = None


@dataclass(frozen=True)
class Said:
    """A value as people read it.

    Attributes:
        words: in both languages, when each has its own; else the same lines stand in both, or one alone.
        is_bilingual: whether its author writes it once in each language.
        picture: the address of a picture that it is, if it is one.
    """

    words: Bilingual
    is_bilingual: bool = False
    picture: str = ""


@dataclass(frozen=True)
class Kind:
    """How one sort of thing is read and goes live. Each function is a part of its caller's unit of work, if any.

    Attributes:
        name: what machines call it.
        title: what people call it, in words of both languages.
        live: gives what is published of a thing; everything empty, when nothing is.
        fields: gives the fields of either of two contents, in the order in which people read them.
        say: makes words of the value of a field, for people.
        missing: gives the names of the fields without which a content cannot be submitted, or published at all.
        publish: makes a content what readers see.
        names: gives what things are called in the language that is spoken, by their numbers, in one statement.
        people: gives those who are told of it, by the numbers of things, in a fixed number of statements. None of them
            may moderate it.
        place: gives what addresses of the pages of its author need.
        endpoint: of the page on which its author sees how it stands; it takes what ``place`` gives.
        preview: makes the page of a content, exactly as readers will see it, in the language that is spoken.
    """

    name: str
    title: object
    live: Callable[[int], Content]
    fields: Callable[[Content, Content], Sequence[Field]]
    say: Callable[[str, Any], Said]
    missing: Callable[[Content], Sequence[str]]
    publish: Callable[[int, Content, int], None]
    names: Callable[[Sequence[int]], Mapping[int, str]]
    people: Callable[[Sequence[int]], Mapping[int, Sequence[Person]]]
    place: Callable[[int], Mapping[str, Any]]
    endpoint: str
    preview: Callable[[int, Content], str]


def register(app: Flask, kind: Kind) -> None:
    """Let changes of one kind of thing wait here."""
    app.extensions.setdefault(KINDS, {})[kind.name] = kind


def kind(name: str) -> Kind:
    """One of them.

    Raises:
        KeyError: when no capability registered it.
    """
    found: Kind = current_app.extensions[KINDS][name]
    return found


def names_of(things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What things are called, by their kind and number; in one statement for each kind."""
    by_kind: dict[str, set[int]] = {}
    for name, subject_id in things:
        by_kind.setdefault(name, set()).add(subject_id)
    return {
        (name, subject_id): said
        for name, ids in by_kind.items()
        for subject_id, said in kind(name).names(sorted(ids)).items()
    }
