"""Letters that ask whether an entry is still right, and tell what came of it."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.core import tokens
from c4s.directory.models import Supplier
from c4s.freshness import queries
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.mail import outbox

PURPOSE = "still right"


def token(supplier_id: int, person_id: int, counted_from: date) -> str:
    """The end of the address at which one person answers for one entry, in one round."""
    return tokens.sign(PURPOSE, supplier_id, person_id, counted_from.isoformat())


def digests(code: str) -> list[str]:
    """What we keep of a short code: with the site's key of today, and with its former ones."""
    keys = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    return [hmac.new(key.encode(), f"{PURPOSE}:{code}".encode(), hashlib.sha256).hexdigest() for key in keys]


def still_right(person: Person, supplier: Supplier, counted_from: date, *, last_day: date | None, code: str) -> None:
    """Is the entry still right? With a link that needs no sign-in, or with a code for those without e-mail.

    Args:
        last_day: from which lists leave the entry out, in the last letter of a round.
        code: as it is printed; empty for those with e-mail.
    """
    sealed = token(supplier.id, person.id, counted_from)
    _post(
        queries.LETTER,
        person,
        supplier,
        confirmed=_said(supplier.confirmed_on),
        last_day=_said(last_day),
        link=addresses.links("freshness.answer", token=sealed),
        code=code,
        code_page=addresses.links("freshness.code"),
    )


def archived(people: Iterable[Person], supplier: Supplier, counted_from: date) -> None:
    """Nobody answered: lists leave the entry out, and one answer brings it back."""
    for person in people:
        sealed = token(supplier.id, person.id, counted_from)
        _post("freshness/archived", person, supplier, link=addresses.links("freshness.answer", token=sealed))


def _said(day: date | None) -> Bilingual:
    return Bilingual(*(formats.long_date(day, code) for code in LANGUAGES)) if day else Bilingual()


def _post(letter: str, person: Person, supplier: Supplier, **facts: Any) -> None:
    outbox.post(
        letter, to=recipient(person), about=("supplier", supplier.id), name=person.name, supplier=supplier, **facts
    )
