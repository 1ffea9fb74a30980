"""Letters about joint work, and about closing for a time and opening again: each is put into words in the unit of work
that it tells of."""

from collections.abc import Iterable
from typing import Any

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.directory.models import JointWork, Supplier
from c4s.directory.rules import JointWorkState
from c4s.i18n import addresses
from c4s.mail import outbox
from c4s.profiles.pieces_rules import Did

STATUS_LETTER = {Did.PAUSED: "paused", Did.REOPENED: "reopened"}


def joint_work_asked(people: Iterable[Person], row: JointWork, supplier: Supplier, other: Supplier) -> None:
    """To the people of the business that another has named: is it so?"""
    _post("joint_work_asked", people, other, "joint_work.asked", party=supplier.names, what=row.what, year=row.year)


def joint_work_answered(people: Iterable[Person], row: JointWork, supplier: Supplier, other: Supplier) -> None:
    """To the people of the business that named another: what that one said, or says now."""
    _post(
        "joint_work_answered",
        people,
        supplier,
        "joint_work.index",
        party=other.names,
        what=row.what,
        year=row.year,
        is_so=row.state == JointWorkState.CONFIRMED,
    )


def joint_work_ended(people: Iterable[Person], row: JointWork, supplier: Supplier, other: Supplier) -> None:
    """To the people of the business that named another: that one, which had confirmed it, is no longer on the site."""
    _post("joint_work_ended", people, supplier, "joint_work.index", party=other.names, what=row.what, year=row.year)


def status_changed(people: Iterable[Person], supplier: Supplier, did: Did) -> None:
    """To everybody who speaks for a business: it has closed for a time, or opened again."""
    _post(STATUS_LETTER[did], people, supplier, "now.index")


def _post(letter: str, people: Iterable[Person], supplier: Supplier, page: str, **facts: Any) -> None:
    """To the people of the business that keeps an entry.

    Args:
        page: the endpoint of a page about the entry.
    """
    link = addresses.links(page, business_id=supplier.business_id, supplier_id=supplier.id)
    for person in people:
        outbox.post(
            f"profiles/{letter}",
            to=recipient(person),
            about=("supplier", supplier.id),
            name=person.name,
            supplier=supplier,
            link=link,
            **facts,
        )
