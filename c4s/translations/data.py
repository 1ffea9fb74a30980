"""What we keep of somebody's wishes for words in the other language, and what of them waits for staff."""

from collections.abc import Sequence

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.i18n.speech import lazy_gettext as _l
from c4s.translations import phrases, queries
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def _wishes(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("entry", _l("Entry"), one.supplier.name),
            data.text("wanted", _l("Into which language"), one.wanted, phrases.INTO[one.wanted]),
            data.text("state", _l("State of the wish"), one.state, phrases.STATE[one.state]),
            data.moment("asked_at", _l("Asked"), one.asked_at),
            data.moment("ended_at", _l("Done or withdrawn"), one.ended_at),
        ]
        for one in queries.by_person(person.id)
    ]


PART = Part("translations", _l("Words wanted in the other language"), _wishes)


def _waiting() -> Sequence[Waits]:
    return [
        Waits(
            name=one.supplier.name,
            address=url_for("translating.show", wish_id=one.id),
            since=one.asked_at,
            language=one.wanted,
        )
        for one in queries.waiting()
    ]


QUEUE = Queue(
    "translations", Right.TRANSLATE_PROFILES, _l("Words wanted in the other language"), "translating.index", _waiting
)
