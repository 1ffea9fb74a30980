"""Finding an event, and looking after sign-ups, among a hundred events and among ten thousand."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import url_for
from sqlalchemy import insert, select

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events.models import Booking, Event, EventCategory
from c4s.events.rules import BookingState, DeliveryLanguage, EventKind, EventState, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.taxonomy.models import Area, Category
from c4s.web.rights import ROLES
from tests.accounts.builders import a_member_of_staff, enter
from tests.bench import filled
from tests.bench.figures import Bench, Figure
from tests.bench.houses import House, compared
from tests.visitor import Visitor

FEW, MANY, EACH = 100, 10_000, 10
"""Events, and sign-ups to each of them. A third of the events is to come."""
PUBLIC = {
    "list": "/en/events",
    "list, narrowed": "/en/events?kind=workshop&held_in=english",
    "past events": "/en/events/past",
    "a month": "/en/events/calendar/{month:%Y/%m}",
    "event": "/en/events/{event}-workshop-{event}",
}
DESK = {"desk, all events": ("sign_ups.every_event", False), "desk, one event": ("sign_ups.index", True)}
"""Pages of staff about sign-ups, and whether they are about one event."""


def events(bench: Bench) -> list[Figure]:
    """Questions asked and p95 of each page, the two sites in turn; ratios are medians over the rounds."""
    many = MANY // 10 if bench.quick else MANY
    with ExitStack() as houses:
        small, large = (houses.enter_context(_house(_file(bench.folder, number))) for number in (FEW, many))
        return compared(bench, small, large, (str(FEW), f"{many:,}"))


@contextmanager
def _house(file: Path) -> Iterator[House]:
    with filled.site(file) as app:
        middle_one = db.session.scalars(
            select(Event.id).where(Event.starts_at > now()).order_by(Event.starts_at).offset(5).limit(1)
        ).one()
        staff = enter(Visitor(app), a_member_of_staff(f"mair{now():%H%M%S%f}", *ROLES))
        facts = {"event": middle_one, "month": now() + timedelta(days=14)}
        pages = {name: path.format(**facts) for name, path in PUBLIC.items()}
        with app.test_request_context("/en/"):
            for name, (endpoint, is_of_one) in DESK.items():
                if endpoint in app.view_functions:
                    pages[name] = url_for(
                        endpoint, page_language="en", **({"event_id": middle_one} if is_of_one else {})
                    )
        db.session.remove()
        yield House(app, staff, pages)


def _file(folder: Path, number: int) -> Path:
    """So many events over three years, a third of them to come, with their sign-ups; made once."""
    file = folder / f"events-{number}.sqlite3"
    if not file.exists():
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        with filled.site(making):
            filled.add_lists()
            _fill(number)
        making.rename(file)
    return file


@unit_of_work
def _fill(number: int) -> None:
    moment, half_hour = now(), timedelta(minutes=30)
    areas, themes = db.session.scalars(select(Area.id)).all(), db.session.scalars(select(Category.id)).all()
    step = timedelta(days=3 * 365) / number
    starts = [moment - timedelta(days=2 * 365) + place * step for place in range(number)]
    rows = [
        {
            "id": place + 1,
            "kind": list(EventKind)[place % 4],
            "state": EventState.PUBLISHED,
            **_words("title", Bilingual(f"Gweithdy {place + 1}", f"Workshop {place + 1}")),
            **_words("summary", Bilingual("Y camau cyntaf i bawb.", "The first steps for everybody.")),
            **_words("description", Bilingual("Bore o sgwrsio.\n\n" * 3, "A morning of talk.\n\n" * 3)),
            "starts_at": starts_at,
            "ends_at": starts_at + 4 * half_hour,
            "closes_at": starts_at,
            "capacity": EACH + place % 3,
            "area_id": areas[place % len(areas)],
            "delivery_language": list(DeliveryLanguage)[place % 4],
            "materials_language": MaterialsLanguage.BILINGUAL,
            "online": place % 5 == 0,
            "created_at": moment,
            "updated_at": moment,
        }
        for place, starts_at in enumerate(starts)
    ]
    db.session.execute(insert(Event.__table__), [{**_EMPTY, **row} for row in rows])  # type: ignore[arg-type]
    under = [{"event_id": place + 1, "category_id": themes[place % len(themes)]} for place in range(number)]
    db.session.execute(insert(EventCategory), under)
    for first in range(0, number, 1_000):
        db.session.execute(
            insert(Booking),
            [
                _booking(event, person, starts[event - 1] - timedelta(days=20))
                for event in range(first + 1, min(first + 1_000, number) + 1)
                for person in range(EACH)
            ],
        )


def _words(name: str, text: Bilingual) -> dict[str, str]:
    return {f"{name}_cy": text.cy, f"{name}_en": text.en}


_EMPTY: dict[str, Any] = {
    **{key: "" for name in ("joining_notes", "audience", "cost", "network", "welsh_offer", "notice")
       for key in _words(name, Bilingual())},
    "trainer": "", "online_address": "", "series": "", "party_limit": 1, "sequence": 0, "turn": 0,
}  # fmt: skip


def _booking(event: int, person: int, joined_at: Any) -> dict[str, Any]:
    address = f"person{event}x{person}@example.cymru"
    return {
        "reference": f"{event:05}-{person}",
        "event_id": event,
        "state": BookingState.WAITING if person == EACH - 1 else BookingState.CONFIRMED,
        "name": f"Person {person}",
        "channel": Channel.EMAIL,
        "email": address,
        "email_key": address,
        "language_written": "cy" if person % 2 else "en",
        "language_spoken": "cy" if person % 3 else "en",
        "asked_in": "en",
        "party": 1,
        "others": [],
        "part_ok": False,
        "proved_at": joined_at,
        "joined_at": joined_at,
        "sequence": 0,
    }
