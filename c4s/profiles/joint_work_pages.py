"""The pages on which a business names others that it worked with, and says whether what others say of it is so."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.core.errors import Refused
from c4s.core.text import tidy
from c4s.directory import queries as entries
from c4s.directory.filing import KIND
from c4s.directory.models import Supplier
from c4s.directory.rules import JointWorkState, shown_address
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.profiles import joint_work as working
from c4s.profiles import pieces, pieces_phrases, pieces_rules, queries, rules
from c4s.profiles.pieces_forms import JointWorkForm
from c4s.profiles.pieces_pages import (
    CY,
    EN,
    SPEAKS_FOR_IT,
    done,
    found,
    list_page,
    page,
    piece_of,
    refuse,
    remove_page,
    somebody_elses,
)
from c4s.profiles.pieces_rules import MOST_JOINT, Did, Outcome, Piece
from c4s.profiles.rules import JOINT
from c4s.search import queries as searching
from c4s.web.access import GET_AND_POST
from c4s.web.forms import ActForm, number_in

joint_work = BilingualBlueprint("joint_work", __name__)

CHARACTERS, FOUND = 100, 20  # of a query; entries that it may find
ANSWERS = {"confirm": True, "decline": False}
"""The buttons of an answer."""


# ---- What we say ----


@joint_work.page(cy=f"{CY}/cydweithio", en=f"{EN}/joint-work", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def index(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """The joint work of an entry, as it is being written, and a search for others to name."""
    return list_page("profiles/joint_work.html", business_id, supplier_id, JOINT, _facts)


def _facts(supplier: Supplier, written: queries.Written) -> dict[str, Any]:
    rows = pieces_rules.pieces(written.content, JOINT)
    states = working.states_of(supplier.id)
    words = tidy(request.args.get("q", "").replace("\0", " "))[:CHARACTERS].strip()
    return {
        "others": {one.id: one.names for one in entries.everything([row.value["supplier_id"] for row in rows])},
        "states": {row.key: _state(row, written, states) for row in rows},
        "is_full": len(rows) >= MOST_JOINT,
        "asked": words,
        "found": [(one, _place(one)) for one in _to_name(words, supplier)],
        "to_answer": working.number_to_answer(supplier.id),
    }


def _state(row: Piece, written: queries.Written, states: dict[str, JointWorkState]) -> object:
    """What the other business says: of these very words, which it may not have been asked about yet."""
    is_live = written.live.get(row.field) == row.value and row.key in states
    return pieces_phrases.JOINT_STATE[states[row.key]] if is_live else pieces_phrases.NOT_ASKED


def _to_name(words: str, supplier: Supplier) -> list[Supplier]:
    """The listed businesses of a name that can say whether it is so."""
    if not words:
        return []
    question = searching.Question(KIND, words=words, language=current_language(), page=1, size=FOUND)
    hits = entries.everything([hit.record_id for hit in searching.find(question).hits])
    return [one for one in hits if one.business_id not in (None, supplier.business_id)]


def _place(supplier: Supplier) -> str:
    """Where an entry is, on one line."""
    return ", ".join(shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based))


@joint_work.page(
    cy=f"{CY}/cydweithio/gyda/<int:other_id>",
    en=f"{EN}/joint-work/with/<int:other_id>",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def add(business_id: int, supplier_id: int, other_id: int) -> ResponseReturnValue:
    """Say that work was done together with another business."""
    supplier, other = found(business_id, supplier_id), entries.supplier(other_id)
    if other is None or not other.is_listed:
        abort(404)
    form, names = JointWorkForm(), other.names
    if form.validate_on_submit():
        try:
            pieces.add_joint_work(
                business_id, supplier_id, other_id, form.text("what"), number_in(form.year), by_id=this_person().id
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(Outcome.JOINT_SAVED, ".index", supplier)
    return page("profiles/joint_work_form.html", supplier, form, row=None, other=names, theirs=None)


@joint_work.page(cy=f"{CY}/cydweithio/<key>", en=f"{EN}/joint-work/<key>", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def change(business_id: int, supplier_id: int, key: str) -> ResponseReturnValue:
    """Say it in other words; the other business is then asked again."""
    supplier = found(business_id, supplier_id)
    now, row = piece_of(supplier, JOINT, key)
    form, theirs = JointWorkForm(row.value, rules.marks(now, [row.field])), None
    if form.validate_on_submit():
        try:
            pieces.change_joint_work(
                business_id,
                supplier_id,
                key,
                form.text("what"),
                number_in(form.year),
                seen=form.seen.data or "",
                by_id=this_person().id,
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
            theirs = somebody_elses(form, supplier, row, refusal)
        else:
            return done(Outcome.JOINT_SAVED, ".index", supplier)
    other = entries.supplier(row.value["supplier_id"])
    names = other.names if other else Bilingual()
    return page("profiles/joint_work_form.html", supplier, form, row=row, other=names, theirs=theirs)


@joint_work.page(
    cy=f"{CY}/cydweithio/<key>/tynnu",
    en=f"{EN}/joint-work/<key>/remove",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def remove(business_id: int, supplier_id: int, key: str) -> ResponseReturnValue:
    """Take joint work out of the draft."""
    return remove_page(business_id, supplier_id, JOINT, key, pieces_phrases.REMOVE_JOINT, Outcome.JOINT_REMOVED)


# ---- What others say of us ----


@dataclass(frozen=True)
class Said:
    """What another business says, as a page shows it.

    Attributes:
        value: what the buttons of an answer send.
    """

    names: Bilingual
    what: Bilingual
    year: int | None
    state: JointWorkState
    words: object
    value: str


@joint_work.page(cy=f"{CY}/cydweithio/eraill", en=f"{EN}/joint-work/others", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def asked(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Confirm what others say that they did with this business, or not; and take one's word back."""
    supplier, form = found(business_id, supplier_id), ActForm()
    pressed = next((name for name in ANSWERS if name in request.form), "")
    if pressed and form.validate_on_submit():
        number, _, seen = request.form[pressed].partition(".")
        is_so = ANSWERS[pressed]
        try:
            working.answer(
                business_id,
                supplier_id,
                int(number) if number.isascii() and number.isdecimal() and len(number) < 12 else 0,
                is_so=is_so,
                seen=seen,
                by_id=this_person().id,
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(Did.JOINT_CONFIRMED if is_so else Did.JOINT_DECLINED, ".asked", supplier)
    rows = [
        Said(who.names, row.what, row.year, row.state, pieces_phrases.JOINT_ANSWER[row.state],
             f"{row.id}.{working.mark(row)}")
        for row, who in working.asked_of(supplier_id)
    ]  # fmt: skip
    return page("profiles/joint_work_asked.html", supplier, form, rows=rows)


def _to_answer(supplier: Supplier) -> object:
    is_waiting = working.number_to_answer(supplier.id)
    return pieces_phrases.TO_ANSWER if is_waiting else pieces_phrases.ALL_ANSWERED


TASK = Task(pieces_phrases.JOINT_WORK, "joint_work.index", "profile")
ASKED = Task(pieces_phrases.ASKED, "joint_work.asked", "now", _to_answer)
