"""Work that one business says it did with another, and that readers see once the other has said so too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import queries as businesses
from c4s.businesses import steps
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.directory import queries as entries
from c4s.directory import showing
from c4s.directory.models import JointWork, Supplier
from c4s.directory.queries import LISTED
from c4s.directory.rules import JointWorkState
from c4s.directory.showing import Part, Rows
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import LARGEST
from c4s.profiles import pieces_letters as letters
from c4s.profiles import rules
from c4s.profiles.pieces_rules import Did, WhyNot

KIND = "joint_work"


# ---- Asking and answering ----


def ask(row: JointWork) -> None:
    """Ask the people of the other business whether it is so: when words about joint work have gone live that they
    have not agreed to. A part of that unit of work. Nobody is asked where nobody keeps the entry: its business finds
    the question there, once it has one."""
    supplier, other = db.session.get_one(Supplier, row.supplier_id), db.session.get_one(Supplier, row.with_id)
    if other.business_id is not None:
        people = [one.person for one in businesses.members_of(other.business_id)]
        letters.joint_work_asked(people, row, supplier, other)


def asked_of(supplier_id: int) -> Sequence[tuple[JointWork, Supplier]]:
    """What others say that they did with a business, and who says it: what waits for an answer first."""
    found = db.session.execute(
        select(JointWork, Supplier)
        .join(Supplier, Supplier.id == JointWork.supplier_id)
        .where(JointWork.with_id == supplier_id, *LISTED)
        .order_by(JointWork.state != JointWorkState.WAITING, JointWork.asked_at.desc(), JointWork.id.desc())
    )
    return [(row[0], row[1]) for row in found]


def number_to_answer(supplier_id: int) -> int:
    """How much of it waits for an answer."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(JointWork)
            .join(Supplier, Supplier.id == JointWork.supplier_id)
            .where(JointWork.with_id == supplier_id, JointWork.state == JointWorkState.WAITING, *LISTED)
        )
        or 0
    )


def states_of(supplier_id: int) -> dict[str, JointWorkState]:
    """What the others say of the joint work of a business, by its keys."""
    found = select(JointWork.key, JointWork.state).where(JointWork.supplier_id == supplier_id)
    return {row[0]: row[1] for row in db.session.execute(found)}


def mark(row: JointWork) -> str:
    """What tells these words from others: an answer is to the words that somebody read."""
    return rules.mark([row.what.cy, row.what.en, row.year])


@unit_of_work
def answer(
    business_id: int,
    supplier_id: int,
    joint_id: int,
    *,
    is_so: bool,
    seen: str,
    by_id: int,
    entered: Entered | None = None,
) -> JointWork | None:
    """Say whether what another business says is so; a business can take its word back. The same answer twice changes
    nothing.

    Args:
        supplier_id: the entry of the business that answers.
        seen: the ``mark`` of the words that it read.
        entered: how a member of staff came to do it for ``by_id``.

    Returns:
        what was answered; None when nothing changed.

    Raises:
        Refused: ``GONE`` when nothing of the kind is said of this business any more; ``SAID_ANEW`` when it says
            something else since; businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    row = db.session.get(JointWork, joint_id) if joint_id <= LARGEST else None
    if row is None or row.with_id != supplier_id or entries.entry_of(business_id, supplier_id) is None:
        raise Refused(WhyNot.GONE)
    supplier = held(Supplier, row.supplier_id)  # whoever publishes its words holds it too
    row = db.session.get(JointWork, joint_id, populate_existing=True)
    if row is None:
        raise Refused(WhyNot.GONE)
    if mark(row) != seen:
        raise Refused(WhyNot.SAID_ANEW)
    state = JointWorkState.CONFIRMED if is_so else JointWorkState.DECLINED
    if row.state == state:
        return None
    row.state, row.answered_at, row.answered_by_id = state, now(), by_id
    did = Did.JOINT_CONFIRMED if is_so else Did.JOINT_DECLINED
    trail.record(did, KIND, row.id, **trail.doer(by_id, entered), supplier=supplier.id, other=supplier_id)
    if supplier.business_id is not None:
        people = [one.person for one in businesses.members_of(supplier.business_id)]
        letters.joint_work_answered(people, row, supplier, db.session.get_one(Supplier, supplier_id))
    showing.renew([supplier.id], PART.name)
    return row


def words_end(suppliers: Sequence[Supplier]) -> None:
    """Nobody stands any more by what was answered for these entries: their business goes, or they do. What it had
    confirmed readers see no more, and those who say it are told; whoever keeps one of the entries after that is asked
    anew. A part of that unit of work."""
    others = {one.id: one for one in suppliers}
    answered = (JointWork.with_id.in_(others), JointWork.state != JointWorkState.WAITING)
    naming = select(Supplier.id).where(Supplier.id.in_(select(JointWork.supplier_id).where(*answered)))
    # Whoever publishes their words holds them too: what is just being taken back or said anew is read after that.
    db.session.execute(naming.order_by(Supplier.id).with_for_update(key_share=True))
    found = select(JointWork, Supplier).join(Supplier, Supplier.id == JointWork.supplier_id)
    ended, rows = set(), db.session.execute(found.where(*answered).order_by(JointWork.id)).all()
    members = businesses.members_of_each(supplier.business_id for _, supplier in rows if supplier.business_id)
    for row, supplier in rows:
        if row.state == JointWorkState.CONFIRMED:
            ended.add(supplier.id)
            if supplier.business_id is not None:
                people = [one.person for one in members[supplier.business_id]]
                letters.joint_work_ended(people, row, supplier, others[row.with_id])
        row.state, row.asked_at = JointWorkState.WAITING, now()
        row.answered_at = row.answered_by_id = None
    showing.renew(ended, PART.name)


# ---- What readers see ----


@dataclass(frozen=True)
class Shown:
    """Work that both have confirmed, and with whom it was done."""

    what: Bilingual
    year: int | None
    id: int
    names: Bilingual


def _load(supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in db.session.scalars(
        select(JointWork)
        .where(JointWork.supplier_id.in_(supplier_ids), JointWork.state == JointWorkState.CONFIRMED)
        .order_by(JointWork.year.desc().nulls_last(), JointWork.id)
    ):
        rows.setdefault(row.supplier_id, []).append(
            {"with": row.with_id, "what": {"cy": row.what.cy, "en": row.what.en}, "year": row.year}
        )
    return rows


def _read(rows: Rows, today: date) -> list[Shown]:
    """Only with those whom readers can find today. This alone asks the database when a page is opened: what becomes of
    one business must not wait in the rows of another."""
    if not rows:
        return []
    ids = {row["with"] for row in rows}
    found = {
        one[0]: Bilingual(one[2] or one[1], one[1])
        for one in db.session.execute(
            select(Supplier.id, Supplier.name, Supplier.name_cy).where(Supplier.id.in_(ids), *LISTED)
        )
    }
    return [
        Shown(Bilingual(**row["what"]), row["year"], row["with"], found[row["with"]])
        for row in rows
        if row["with"] in found
    ]


def _texts(rows: Rows) -> list[tuple[str, str]]:
    return [(row["what"][code], code) for row in rows for code in ("cy", "en")]


PART = Part("joint work", _load, _read, "profiles/shown_joint_work.html", texts=_texts)
