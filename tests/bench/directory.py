"""The directory kept true: what readers, machines and moderators open, among a thousand suppliers and among a hundred
thousand, each with services; a twentieth is kept by a business, a hundredth has a change that waits to be read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copy

from flask import url_for
from sqlalchemy import insert, select, update

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Claim, Service, Supplier
from c4s.directory.rules import Capacity
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import reference
from c4s.moderation.models import Revision
from c4s.moderation.rules import RevisionState
from c4s.profiles import content
from c4s.taxonomy.models import Category
from c4s.web.rights import ROLES
from tests.accounts.builders import a_member_of_staff, enter
from tests.bench import filled
from tests.bench.figures import Bench, Figure
from tests.bench.houses import House, compared
from tests.visitor import Visitor

FEW, MANY = 1_000, 100_000
EACH = 2
"""Services of each supplier."""
ONE_IN = 100
"""Of so many suppliers one has a change that waits."""
KEPT = 20
"""Of so many one is kept by a business, and was confirmed in the last three years."""
PUBLIC = {
    "search": "/en/directory?q=service",
    "search, direct payments": "/en/directory?q=service&more=direct",
    "API, first page": "/api/open-referral/services?per_page=50",
    "API, page 15": "/api/open-referral/services?per_page=50&page=15",
    "promise": "/en/our-promise",
    "search as CSV": "/en/directory.csv?q=service",
    "search as JSON": "/en/directory.json?q=service",
    "services as CSV": "/en/services.csv",
}
DESK = {"queue": "moderation.index", "entries": "entries.index", "still right": "stale.index"}


def directory(bench: Bench) -> list[Figure]:
    """Questions asked and p95 of each page, the two sites in turn; ratios are medians over the rounds."""
    many = MANY // 10 if bench.quick else MANY
    with ExitStack() as houses:
        small, large = (houses.enter_context(_house(_file(bench.folder, number))) for number in (FEW, many))
        return compared(bench, small, large, (f"{FEW:,}", f"{many:,}"))


@contextmanager
def _house(file: Path) -> Iterator[House]:
    with filled.site(file) as app:
        supplier = db.session.scalars(select(Supplier).order_by(Supplier.id).offset(500).limit(1)).one()
        waits = db.session.scalars(select(Revision.id).where(Revision.state == RevisionState.SUBMITTED).limit(1)).one()
        staff = enter(Visitor(app), a_member_of_staff(f"mair{now():%H%M%S%f}", *ROLES))
        pages = dict(PUBLIC)
        with app.test_request_context("/en/"):
            refer = reference(supplier.id, supplier.names.spoken("en")[0])
            pages["supplier"] = url_for("directory.show", supplier_id=refer, page_language="en")
            pages |= {name: url_for(endpoint, page_language="en") for name, endpoint in DESK.items()}
            pages["reading page"] = url_for("moderation.show", revision_id=waits, page_language="en")
        db.session.remove()
        yield House(app, staff, pages)


def _file(folder: Path, number: int) -> Path:
    file = folder / f"directory-{number}.sqlite3"
    if not file.exists():
        fresh = file.with_suffix(".making")
        copy(filled.suppliers(folder, number), fresh)
        with filled.site(fresh):
            _keep()
            _add_services()
            _add_changes()
        fresh.rename(file)
    return file


@unit_of_work
def _keep() -> None:
    """Some are kept by a business, and each of them was confirmed on a day of its own."""
    today = now().date()
    numbers = db.session.scalars(select(Supplier.id).where(Supplier.id % KEPT == 0)).all()
    db.session.execute(
        update(Supplier),
        [
            {"id": number, "claim": Claim.CLAIMED, "confirmed_on": today - timedelta(days=number % 1_000)}
            for number in numbers
        ],
    )


def _add_services() -> None:
    ids = db.session.scalars(select(Supplier.id).order_by(Supplier.id)).all()
    categories = db.session.scalars(select(Category.id).order_by(Category.id)).all()
    for start in range(0, len(ids), 5_000):
        _services_of(ids[start : start + 5_000], categories)


@unit_of_work
def _services_of(ids: list[int], categories: list[int]) -> None:
    moment, words = now(), Bilingual("Torri coed a gosod ffensys.", "Trees felled and fences put up.")
    db.session.execute(
        insert(Service.__table__),  # type: ignore[arg-type]
        [
            {
                "supplier_id": supplier,
                "key": f"s{place}",
                "position": place,
                "category_id": categories[(supplier + place) % len(categories)],
                "name_cy": f"Gwasanaeth {place}", "name_en": f"Service {place}",
                "description_cy": words.cy, "description_en": words.en,
                "price_guide_cy": "£20 yr awr", "price_guide_en": "£20 an hour",
                "direct_payments": supplier % 7 == 0,
                "capacity": Capacity.NOW if supplier % 3 == 0 else None,
                "capacity_on": moment.date() if supplier % 3 == 0 else None,
                "updated_at": moment - timedelta(minutes=supplier),
            }
            for supplier in ids
            for place in range(EACH)
        ],
    )  # fmt: skip
    showing.renew(ids)


@unit_of_work
def _add_changes() -> None:
    """What a business wrote in Welsh waits, of every hundredth supplier."""
    moment = now()
    for supplier in db.session.scalars(select(Supplier).where(Supplier.id % ONE_IN == 0).order_by(Supplier.id)):
        live = content.live(supplier)
        changed = {**live, "summary": {**live["summary"], "cy": "Mae popeth yn newydd yma ers y gwanwyn."}}
        db.session.add_all(
            Revision(
                kind=content.NAME,
                subject_id=supplier.id,
                number=number,
                content=words,
                state=state,
                language="cy",
                begun_at=moment,
                saved_at=moment,
                submitted_at=moment - timedelta(minutes=supplier.id) if number == 2 else None,
            )
            for number, words, state in (
                (1, live, RevisionState.PUBLISHED),
                (2, changed, RevisionState.SUBMITTED),
            )
        )
