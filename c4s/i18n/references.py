"""References in addresses, such as 17-cwmni-coed: the number decides, the words are for people."""

from typing import Any

from flask import Flask, g, redirect, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError
from werkzeug.wrappers import Response

from c4s.core.text import slug
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language

LARGEST = 2**31 - 1
"""The greatest number of a record."""


class Reference(int):
    """A record's number, with the words that came with it in the address."""

    words: str = ""

    def __str__(self) -> str:
        return f"{int(self)}-{self.words}" if self.words else f"{int(self)}"


class ReferenceConverter(BaseConverter):
    """Reads ``17`` and ``17-any-words``; writes a number, a ``Reference`` or a text made by ``reference``."""

    regex = r"[0-9]{1,10}(?:-[a-z0-9-]{0,80})?"

    def to_python(self, value: str) -> Reference:
        number, _, words = value.partition("-")
        found = Reference(int(number) if int(number) <= LARGEST else 0)
        found.words = words
        return found

    def to_url(self, value: Any) -> str:
        return str(value)


class NumberConverter(IntegerConverter):
    """Reads numbers of records; one that no record can have leads nowhere, instead of asking the database."""

    def to_python(self, value: str) -> int:
        number = int(value) if len(value) <= len(str(LARGEST)) else LARGEST + 1
        if number > LARGEST:
            raise ValidationError
        return number


def reference(number: int, name: str) -> str:
    """The reference of a record: its number and its name as plain words."""
    words = slug(name)
    return f"{int(number)}-{words}" if words else str(int(number))  # a Reference would bring its old words along


def corrected(given: Reference, name: Bilingual) -> Response | None:
    """A permanent redirect when an address's words are stale or absent; None when they are right.

    Also tells the language switch what the words are in the other language.

    Args:
        given: the reference as the address has it.
        name: what the record is called now, in both languages.
    """
    values = dict(request.view_args or {})
    wanted = next(key for key, value in values.items() if value is given)
    g.references = {code: {wanted: reference(given, name.spoken(code)[0])} for code in ("cy", "en")}
    right = g.references[current_language()][wanted]
    if right == str(given):
        return None
    return redirect(url_for(str(request.endpoint), **{**addresses.query(), **values, wanted: right}), 301)


def install(app: Flask) -> None:
    """Let addresses hold references, ``<ref:…>``, and numbers of records, ``<int:…>``."""
    app.url_map.converters["ref"] = ReferenceConverter
    app.url_map.converters["int"] = NumberConverter
