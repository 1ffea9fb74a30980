"""What we keep of somebody's appeals, and what of them waits for staff."""

from collections.abc import Sequence

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.accounts.phrases import CAME_BY
from c4s.businesses import queries as businesses
from c4s.core.text import written_to
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.takedowns import phrases, queries
from c4s.takedowns.models import Takedown
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def languages_of(takedowns: Sequence[Takedown]) -> dict[int, str]:
    """In which language the people of each entry's business are written to, by the number of the takedown; ``both``
    when there is nobody. The people are read in one statement."""
    members = businesses.members_of_each(
        {one.supplier.business_id for one in takedowns if one.supplier and one.supplier.business_id is not None}
    )
    written = {number: written_to({one.person.language_written for one in found}) for number, found in members.items()}
    return {one.id: written.get((one.supplier and one.supplier.business_id) or 0, "both") for one in takedowns}


def _appeals(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("entry", _l("Entry"), one.names.en),
            data.text("appeal", _l("What you wrote"), one.appeal),
            data.text(
                "came_by", _l("Told to our staff"), one.came_by or "", CAME_BY[one.came_by] if one.came_by else ""
            ),
            data.moment("appealed_at", _l("Appealed"), one.appealed_at),
            data.text(
                "outcome",
                _l("What was decided"),
                one.outcome or "",
                phrases.OUTCOME_OF[one.outcome] if one.outcome else None,
            ),
            data.text("answer", _l("Our answer"), one.answer.spoken(current_language())[0]),
            data.moment("answered_at", _l("Answered on"), one.answered_at),
        ]
        for one in queries.appeals_by(person.id)
    ]


PART = Part("appeals", _l("Appeals against hiding an entry"), _appeals)


def _waiting() -> Sequence[Waits]:
    appeals = queries.waiting()
    languages = languages_of(appeals)
    return [
        Waits(
            name=one.names.en,
            address=url_for("hiding.appeal", takedown_id=one.id),
            since=one.appealed_at or one.at,
            language=languages[one.id],
        )
        for one in appeals
    ]


QUEUE = Queue("appeals", Right.TAKE_DOWN, _l("Appeals against hiding an entry"), "hiding.appeals", _waiting)
