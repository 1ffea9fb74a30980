"""Databases to measure on, each made once and kept in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask

from c4s.backoffice import demonstration as invented_people
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.migrating import migrate
from c4s.core.units import unit_of_work
from c4s.directory import importing
from c4s.events import making
from c4s.events.rules import DeliveryLanguage, EventKind, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy import actions as lists
from tests.bench import bare, invented
from tests.bench.served import ours


def address(file: Path) -> str:
    return f"sqlite:///{file}"


@contextmanager
def site(file: Path) -> Iterator[Flask]:
    """Our site over one file, in an application context; its connections are closed at the end."""
    app = ours(address(file))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def demonstration(folder: Path) -> Path:
    """What ``make run`` shows."""
    file = folder / "demonstration.sqlite3"
    if not file.exists():
        with site(file):
            migrate()
            invented_people.fill_if_empty()
    return file


def suppliers(folder: Path, number: int) -> Path:
    """So many suppliers, imported and indexed as real ones are; a few postcodes and events."""
    file = folder / f"suppliers-{number}.sqlite3"
    if not file.exists():
        fresh = file.with_suffix(".fresh")
        fresh.unlink(missing_ok=True)
        with site(fresh):
            add_lists()
            importing.import_suppliers(invented.reading(number))
            add_events(number=30, capacity=20)
        fresh.rename(file)
    return file


def add_lists() -> None:
    """Categories, areas, and the postcodes that questions name."""
    migrate()
    lists.load_categories()
    lists.load_areas()
    lists.replace_postcodes(
        {
            "code": code,
            "latitude": position[0],
            "longitude": position[1],
            "council_code": "W06000016",
            "ward_code": "",
            "ward_cy": "",
            "ward_en": "",
            "health_board": "",
        }
        for code, position in invented.POSTCODES.items()
    )


def sign_ups(folder: Path, name: str, number: int, capacity: int) -> Path:
    """Nothing but events, all alike, for people to sign up to. Made anew each time."""
    file = folder / f"{name}.sqlite3"
    for old in folder.glob(f"{name}.sqlite3*"):
        old.unlink()
    with site(file):
        migrate()
        lists.load_categories()
        lists.load_areas()
        add_events(number, capacity)
    return file


@unit_of_work
def add_events(number: int, capacity: int) -> None:
    """Workshops in a fortnight and later, at one place."""
    venue = making.create_venue(name=Bilingual("Canolfan y Felin", "The Mill Centre"), address=["1 Mill Street"])
    for place in range(number):
        starts_at = now() + timedelta(days=14 + place % 60)
        making.create_event(
            kind=EventKind.WORKSHOP,
            title=Bilingual("Dechrau busnes", "Starting a business"),
            summary=Bilingual("Y camau cyntaf i bawb.", "The first steps for everybody."),
            description=Bilingual("Bore o sgwrsio ac ymarfer.\n\n" * 3, "A morning of talk and practice.\n\n" * 3),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            capacity=capacity,
            venue_id=venue.id,
            delivery_language=DeliveryLanguage.BILINGUAL,
            materials_language=MaterialsLanguage.BILINGUAL,
        )


def floor(folder: Path) -> Path:
    """The bare site's own data: the names and texts of the same suppliers."""
    file = folder / "bare.sqlite3"
    if not file.exists():
        texts = (
            (
                one.name,
                " ".join((one.town, *one.categories, *(f"{t.cy} {t.en}" for t in (one.summary, one.description)))),
            )
            for one in invented.suppliers(bare.SUPPLIERS)
        )
        bare.fill(file, texts)
    return file
