"""Invented suppliers, events and people, so that a new site has something to show."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from c4s.accounts import codes, passwords
from c4s.accounts import queries as people
from c4s.accounts.models import Person, SecondFactor, StaffRole
from c4s.accounts.rules import Lane, PersonState, day_of, email_key
from c4s.audit.trail import Actor
from c4s.backoffice import contents, invented
from c4s.backoffice.demonstration import kept
from c4s.backoffice.demonstration.kept import both
from c4s.backoffice.invented import Colleague
from c4s.core.clock import now
from c4s.core.db import Base, db
from c4s.core.units import unit_of_work
from c4s.directory import importing, showing
from c4s.directory.models import Claim, Network, Supplier
from c4s.directory.reading import SupplierRecord
from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from c4s.entries import actions as entries
from c4s.events import making, signing_up, steps
from c4s.events.models import Event
from c4s.events.rules import DeliveryLanguage, EventKind, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import UK
from c4s.mail.models import Channel
from c4s.programme import actions as programme
from c4s.programme.models import EventContent
from c4s.quality import actions as quality
from c4s.speed_networking import actions as speed_networking
from c4s.speed_networking import queries as rotas
from c4s.speed_networking.rules import Side
from c4s.taxonomy import actions as lists
from c4s.taxonomy import queries as taxonomy

HERE = Path(__file__).parent
SOURCE = Claim.DEMONSTRATION.value
KEPT = ("alembic_version", "audit_entry", "public_version", "site_identity")
"""Tables that starting again does not empty; the trail is never emptied at all."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def fill_if_empty() -> bool:
    """Fill a database that has neither suppliers nor events. Says whether it did."""
    if not contents.is_empty():
        return False
    fill()
    return True


@unit_of_work
def fill() -> None:
    """The whole demonstration, with dates counted from today."""
    lists.load_categories()
    lists.load_areas()
    today = now().astimezone(UK).date()
    suppliers, content = _read("suppliers.toml")["supplier"], _read("events.toml")
    lists.replace_postcodes(_postcodes([*suppliers, *content["venue"]]))
    for entry in suppliers:
        _add_supplier(entry, today)
    _add_person(invented.NAME, invented.EMAIL, invented.PASSWORD)
    for colleague in invented.STAFF:
        _add_colleague(colleague)
    for neighbour in invented.NEIGHBOURS:
        _add_person(neighbour.name, neighbour.email, language=neighbour.language)
    _keep_the_directory(today)
    _add_events(content, today)
    _set_up_speed_networking()


@unit_of_work
def empty() -> None:
    """Take everything out again, apart from the trail."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(delete(table))
    db.session.connection().exec_driver_sql("DELETE FROM search_words")


def _postcodes(places: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The postcodes of suppliers and venues, in the middle of their areas: enough to try a search by distance with."""
    areas = taxonomy.areas()
    for code, area in {
        entry["postcode"]: areas.by_code[entry["area"]] for entry in places if entry.get("postcode")
    }.items():
        if area.latitude is not None:
            yield {
                "code": code,
                "latitude": area.latitude,
                "longitude": area.longitude,
                "council_code": "",
                "ward_code": "",
                "ward_cy": "",
                "ward_en": "",
                "health_board": "",
            }


def _add_supplier(entry: dict[str, Any], today: date) -> None:
    record = SupplierRecord(
        source=SOURCE,
        source_id=entry["key"],
        name=entry["name"],
        name_cy=entry.get("name_cy", ""),
        sort_name=entry.get("sort_name", ""),
        summary=both(entry, "summary"),
        description=both(entry, "description"),
        categories=tuple(entry["categories"]),
        address=tuple(entry.get("address", ())),
        town=taxonomy.areas().by_code[entry["area"]].name.spoken("cy" if entry.get("welsh") else "en")[0],
        postcode=entry.get("postcode", ""),
        home_based=entry.get("home_based", False),
        website=entry.get("website", ""),
        email=entry.get("email", ""),
        phone=entry.get("phone", ""),
        hours=both(entry, "hours"),
        access_notes=both(entry, "access"),
        welsh=entry.get("welsh"),
        english=entry.get("english"),
        size=SizeBand(entry["size"]) if entry.get("size") else None,
        legal_form=LegalForm(entry["legal_form"]) if entry.get("legal_form") else None,
        social_enterprise=entry.get("social_enterprise"),
        micro_enterprise=entry.get("micro_enterprise"),
        status=SupplierStatus(entry.get("status", "active")),
    )
    confirmed_on = today - timedelta(days=entry["confirmed_days_ago"])
    importing.add_supplier(record, tuple(entry.get("serves", ())), Claim(entry.get("claim", SOURCE)), confirmed_on)


def _add_person(name: str, email: str, password: str = "", language: str = "cy") -> Person:
    """Somebody with an account; with a password, if one is given."""
    moment = now()
    person = Person(
        lane=Lane.RESIDENT,
        state=PersonState.ACTIVE,
        name=name,
        email=email,
        email_key=email_key(email),
        proved_at=moment,
        language_written=language,
        language_spoken=language,
        asked_in=language,
        asked_at=moment,
        over_16_at=moment,
        password_hash=passwords.hashed(password) if password else "",
        password_changed_at=moment if password else None,
        created_at=moment,
        last_seen_at=day_of(moment),
    )
    db.session.add(person)
    db.session.flush()
    return person


def _add_colleague(one: Colleague) -> None:
    moment, person_id = now(), _add_person(one.name, one.email, one.password).id
    secret = codes.sealed(codes.KEPT, person_id, one.key)
    db.session.add(SecondFactor(person_id=person_id, secret=secret, confirmed_at=moment, created_at=moment))
    db.session.add_all(StaffRole(person_id=person_id, role=role, given_at=moment) for role in one.roles)


def _add_networks() -> None:
    """Businesses that meet and work together."""
    colleague = people.person_by_email(invented.EVERYTHING)
    assert colleague is not None
    for one in _read("networks.toml")["network"]:
        number = entries.name_network(both(one, "name"), both(one, "about"), by_id=colleague.id)
        network = db.session.get_one(Network, number)
        members = db.session.scalars(select(Supplier).where(Supplier.source_id.in_(one["suppliers"]))).all()
        for supplier in members:
            supplier.networks.append(network)
        showing.renew([supplier.id for supplier in members])


def _keep_the_directory(today: date) -> None:
    """Everything that becomes of entries once they are there."""
    told = _read("kept.toml")
    kept.add_businesses()
    _add_networks()
    for one in told["change"]:
        kept.change(one, today)
    kept.say_now()
    quality.load_first_code()
    kept.add_quality(today)
    for one in told["report"]:
        kept.report(one)
    for one in told["hidden"]:
        kept.hide(one)
    for one in told["message"]:
        kept.message(one)
    for one in told["buyer"]:
        kept.ask_for_rights(one)
    for one in told["case"]:
        kept.open_case(one)
    kept.lock_accounts()


def _set_up_speed_networking() -> None:
    """Two sides that take turns in the list of people: whoever looks about makes the rota with one button."""
    event = db.session.scalars(select(Event).where(Event.kind == EventKind.SPEED_NETWORKING)).one()
    editor = people.person_by_email(invented.EVERYTHING)
    assert editor is not None
    sides = Bilingual("Mentrau gofal", "Care enterprises"), Bilingual("Gweithwyr cymdeithasol", "Social workers")
    speed_networking.set_up(event.id, speed_networking.SetUp(8, 5, 13, *sides), by_id=editor.id)
    rota = rotas.rota_of(event.id)
    assert rota is not None
    for number, one in enumerate(rotas.people(rota.id)):
        one.side = Side.OTHER if number % 2 else Side.ONE


def _on_a_weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), UK)


def _add_events(content: dict[str, Any], today: date) -> None:
    areas, categories = taxonomy.areas(), taxonomy.categories()
    venues = {
        entry["key"]: making.create_venue(
            name=both(entry, "name"),
            address=entry["address"],
            postcode=entry["postcode"],
            area_id=areas.by_code[entry["area"]].id,
            step_free=entry["step_free"],
            hearing_loop=entry["hearing_loop"],
            quiet_space=entry["quiet_space"],
            access_notes=both(entry, "access"),
            parking=both(entry, "parking"),
            transport=both(entry, "transport"),
        ).id
        for entry in content["venue"]
    }
    _add_drafts(content, today, venues)
    people = content["person"]
    for number, entry in enumerate(content["event"]):
        day = _on_a_weekday(today + timedelta(days=entry["days_from_now"]))
        days = [day, *(day + timedelta(days=later) for later in entry.get("again_after_days", ()))]
        times = [(_at(one, entry["starts"]), _at(one, entry["ends"])) for one in days]
        starts_at = times[0][0]
        event = making.create_event(
            kind=EventKind(entry["kind"]),
            title=both(entry, "title"),
            summary=both(entry, "summary"),
            description=both(entry, "description"),
            joining_notes=both(entry, "joining"),
            audience=both(entry, "audience"),
            cost=both(entry, "cost"),
            trainer=entry.get("trainer", ""),
            starts_at=starts_at,
            ends_at=times[-1][1],
            sessions=times if len(times) > 1 else (),
            category_ids=[categories.by_code[code].id for code in entry["categories"]],
            closes_at=starts_at - timedelta(days=entry.get("closes_days_before", 1)),
            capacity=entry["capacity"],
            venue_id=venues.get(entry.get("venue", "")),
            online=entry.get("online", False),
            online_address="https://meet.example.wales/connect4success" if entry.get("online") else "",
            area_id=areas.by_code[entry["area"]].id if entry.get("area") else None,
            delivery_language=DeliveryLanguage(entry["delivery_language"]),
            materials_language=MaterialsLanguage(entry["materials_language"]),
            welsh_offer=both(entry, "welsh_offer_note"),
        )
        for place in range(entry.get("bookings", 0) + entry.get("waiting", 0)):
            _book(event.id, people[(number * 7 + place) % len(people)])


def _add_drafts(content: dict[str, Any], today: date, venues: dict[str, int]) -> None:
    for entry in content["draft"]:
        day = _on_a_weekday(today + timedelta(days=entry["days_from_now"]))
        draft = EventContent(
            EventKind(entry["kind"]),
            title=both(entry, "title"),
            summary=both(entry, "summary"),
            description=both(entry, "description"),
            starts_at=_at(day, entry["starts"]),
            ends_at=_at(day, entry["ends"]),
            capacity=entry["capacity"],
            venue_id=venues[entry["venue"]],
        )
        programme.start(draft, by=Actor.COMMAND)


def _book(event_id: int, person: dict[str, Any]) -> None:
    if "email" in person:
        channel, address = Channel.EMAIL, person["email"]
    elif "phone" in person:
        channel, address = Channel.PHONE, person["phone"]
    else:
        channel, address = Channel.POST, "\n".join(person["post"])
    answer = signing_up.book_place(
        event_id,
        steps.SignUp(
            name=person["name"],
            channel=channel,
            address=address,
            language_written=person["written"],
            language_spoken=person["spoken"],
            asked_in=person["spoken"],
            needs=person.get("needs_cy", "") or person.get("needs_en", ""),
        ),
    )
    if channel == Channel.EMAIL:
        signing_up.prove(answer.booking_id)
