"""What we keep of somebody's requests to be a buyer, and what of them waits for staff."""

from collections.abc import Sequence

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.buyers import phrases, queries
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def _requests(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("organisation", _l("Public body"), request.organisation),
            data.text("position", _l("Job"), request.position),
            data.text("evidence", _l("How it can be checked"), request.evidence),
            data.text("state", _l("State of the request"), request.state, phrases.STATE[request.state]),
            data.text("reason", _l("The reason we gave"), request.reason.spoken(current_language())[0]),
            data.moment("asked_at", _l("Asked"), request.created_at),
            data.moment("decided_at", _l("Decided"), request.decided_at),
        ]
        for request in queries.requests_of(person.id)
    ]


PART = Part("buyer_requests", _l("Buying for a public body"), _requests)


def _waiting() -> Sequence[Waits]:
    return [
        Waits(
            name=f"{request.organisation}: {request.person.name}",
            address=url_for("buyer_checks.show", request_id=request.id),
            since=request.created_at,
            language=request.person.language_written,
        )
        for request in queries.waiting()
    ]


QUEUE = Queue("buyers", Right.CHECK_BUYERS, _l("People who ask for buyer rights"), "buyer_checks.index", _waiting)
