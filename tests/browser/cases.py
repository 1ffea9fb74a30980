"""Records that pages find hard: the longest, the emptiest, and one in every state there is."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import delete, update

from c4s.accounts import actions as accounts
from c4s.accounts import queries as people
from c4s.backoffice import demonstration
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import importing
from c4s.directory.models import Claim
from c4s.directory.reading import SupplierRecord
from c4s.directory.rules import SupplierStatus
from c4s.events import actions, letters
from c4s.events.actions import SignUp
from c4s.events.models import Booking, Event
from c4s.events.rules import DeliveryLanguage, EventState
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, OutgoingLetter
from tests.accounts.builders import HERE, PASSWORD, a_person, registered, token_to
from tests.events.builders import a_sign_up, a_venue, an_event, booked

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNBROKEN = "Llanfairymynyddbachuwchlawrhyllanerchgoch"[:40]
LONG_NAMES = Bilingual(
    (f"{UNBROKEN} a Chwmni Gofal, Garddio a Glanhau’r Cymoedd a’r Bryniau Oll " * 3)[:200].strip(),
    (f"{UNBROKEN} and the Company for Care, Gardens and Cleaning in the Valleys " * 3)[:200].strip(),
)
LONG_TEXT = Bilingual(
    (f"Rydyn ni’n gweithio yn {UNBROKEN} bob dydd o’r wythnos. " * 80)[:4999] + ".",
    (f"We work in {UNBROKEN} on every day of the week, and we are glad to. " * 80)[:4999] + ".",
)
NEAR = "CF37 4UH"
"""A postcode of the demonstration, in Pontypridd."""


@dataclass(frozen=True)
class Cases:
    """The numbers of the records that pages are opened for, and the signed ends of private addresses."""

    suppliers: dict[str, int]
    events: dict[str, int]
    places: dict[str, str]
    """Tokens of ``my_place``, by what state the place is in."""
    thanks: dict[str, tuple[int, str]]
    """Event and token of the page after signing up, by how people are reached."""
    sign_ins: dict[str, str]
    """Tokens of those who are signed in, by who they are."""
    links: dict[str, str]
    """Tokens of the links in letters about accounts, by the page that they open."""


def fill() -> Cases:
    """The demonstration, and then our own; its letters are taken out of the way of ours."""
    demonstration.fill()
    events = _events()
    cases = Cases(_suppliers(), events, _places(), _thanks(events), *_accounts(events))
    forget_letters()
    return cases


@unit_of_work
def forget_letters() -> None:
    db.session.execute(delete(OutgoingLetter))


# ---- Suppliers -----------------------------------------------------------------------------------------------


def _supplier(key: str, name: str, claim: Claim = Claim.CLAIMED, **facts: object) -> int:
    defaults: dict[str, object] = {
        "summary": Bilingual("Gwaith da yn agos atoch chi.", "Good work close to you."),
        "categories": ("creative-design",),
        "town": "Pontypridd",
        "postcode": NEAR,
        "email": f"{key}@example.wales",
        "phone": "01632 960 321",
        "welsh": True,
        "english": True,
    }
    record = SupplierRecord(source="tests", source_id=key, name=name, **{**defaults, **facts})  # type: ignore[arg-type]
    return importing.add_supplier(record, ("pontypridd",), claim, date.today())


def _suppliers() -> dict[str, int]:
    return {
        "ordinary": _supplier(
            "ordinary",
            "Siop y Dyffryn",
            name_cy="Siop y Dyffryn Gwyrdd",
            categories=("trades-plumbing", "food-makers"),
            description=Bilingual("Mae croeso i bawb.\n\n- Bara\n- Caws", "All are welcome.\n\n- Bread\n- Cheese"),
            address=("2 Stryd y Bont",),
            website="https://siop.example.wales",
            hours=Bilingual("Bob dydd: 9:00 i 17:00", "Every day: 9:00 to 17:00"),
            access_notes=Bilingual("Mae ramp.", "There is a ramp."),
            social_enterprise=True,
        ),
        "long": _supplier(
            "long",
            LONG_NAMES.en,
            name_cy=LONG_NAMES.cy,
            description=LONG_TEXT,
            summary=Bilingual(LONG_TEXT.cy[:160], LONG_TEXT.en[:160]),
            address=(UNBROKEN,),
            website=f"https://{UNBROKEN.lower()}.example.wales/{UNBROKEN}",
        ),
        "only Welsh": _supplier(
            "only-welsh",
            "Gwasg y Gloch",
            summary=Bilingual(cy="Llyfrau a chardiau."),
            description=Bilingual(cy="Rydyn ni’n argraffu llyfrau a chardiau."),
        ),
        "closed for a time": _supplier("closed", "Caffi’r Gornel", status=SupplierStatus.TEMPORARILY_CLOSED),
        "no longer listed": _supplier("gone", "Becws yr Hen Bont", status=SupplierStatus.CLOSED),
        "imported": _supplier(
            "imported",
            "The Copper Kettle",
            Claim.IMPORTED,
            summary=Bilingual(),
            email="",
            phone="",
            source_date=date(2026, 11, 1),
            source_url="https://example.org/ratings/1",
        ),
    }


# ---- Events --------------------------------------------------------------------------------------------------


def _events() -> dict[str, int]:
    venue = a_venue(
        hearing_loop=True,
        quiet_space=True,
        parking=Bilingual("Mae maes parcio.", "There is a car park."),
        transport=Bilingual("Bws 132.", "Bus 132."),
    )
    made: dict[str, Event] = {
        "open": an_event(
            capacity=40,
            venue_id=venue.id,
            title=Bilingual("Dechrau menter", "Starting an enterprise"),
            description=Bilingual("Byddwn ni’n:\n\n- siarad\n- dysgu", "We will:\n\n- talk\n- learn"),
            joining_notes=Bilingual("Dewch â phapur.", "Bring paper."),
            audience=Bilingual("Pawb", "Everybody"),
            cost=Bilingual("Am ddim", "Free"),
            trainer="Mair Prys",
        ),
        "full": an_event(title=Bilingual("Cwrs llawn", "A full course")),
        "closed": an_event(title=Bilingual("Cwrs sydd wedi cau", "A course that has closed"), closes_at=now() - HOUR),
        "not yet open": an_event(title=Bilingual("Cwrs at y gwanwyn", "A course for spring"), opens_at=now() + 3 * DAY),
        "over": an_event(title=Bilingual("Cwrs y llynedd", "Last year’s course"), starts_at=now() - 3 * DAY),
        "cancelled": an_event(title=Bilingual("Cwrs a ganslwyd", "A cancelled course"), state=EventState.CANCELLED),
        "online": an_event(
            title=Bilingual("Cwrs ar-lein", "An online course"),
            capacity=9,
            online=True,
            online_address=f"https://meet.example.wales/{UNBROKEN}",
            joining_notes=Bilingual("Gwisgwch glustffonau.", "Wear headphones."),
            delivery_language=DeliveryLanguage.EN,
            welsh_offer=Bilingual("Gofynnwch amdano yn Gymraeg.", "Ask for it in Welsh."),
        ),
        "long": an_event(
            title=LONG_NAMES,
            summary=Bilingual(LONG_TEXT.cy[:300], LONG_TEXT.en[:300]),
            description=LONG_TEXT,
            trainer=UNBROKEN,
            venue_id=a_venue(name=LONG_NAMES, address=[UNBROKEN]).id,
        ),
    }
    booked(made["full"], "mair")
    return {name: event.id for name, event in made.items()}


# ---- Places --------------------------------------------------------------------------------------------------


@unit_of_work
def _put(booking: Booking, **values: object) -> None:
    db.session.execute(update(Booking).where(Booking.id == booking.id).values(**values))


def _places() -> dict[str, str]:
    """One place in each state, each at an event of its own."""
    numbers = count(1)

    def event(**facts: object) -> Event:
        number = next(numbers)
        title = Bilingual(f"Gweithdy {number}", f"Workshop {number}")
        notes = Bilingual("Dewch â phapur.", "Bring paper.")
        return an_event(title=title, venue_id=a_venue().id, joining_notes=notes, **facts)

    def waiting() -> Booking:
        full = event()
        booked(full, "mair")
        return booked(full, "nia")

    def offered() -> Booking:
        full = event()
        first, second = booked(full, "mair"), booked(full, "nia")
        actions.cancel(first.id)
        return second

    def lapsed(booking: Booking, field: str) -> Booking:
        _put(booking, **{field: now() - HOUR})
        actions.fill_places(booking.event_id)
        return booking

    given_up, over, called_off = booked(event()), booked(event()), booked(event())
    actions.cancel(given_up.id)
    _set_event(over, starts_at=now() - 3 * DAY, ends_at=now() - 3 * DAY + HOUR, closes_at=now() - 4 * DAY)
    _set_event(called_off, state=EventState.CANCELLED)
    places = {
        "kept until confirmed": booked(event(), proved=False),
        "confirmed": booked(event(online=True, online_address="https://meet.example.wales/cwrdd")),
        "confirmed, with needs": booked(
            event(), needs="Dolen sain.\nStep-free access.", name=LONG_NAMES.cy, language_written="both"
        ),
        "confirmed by post": booked(
            event(), proved=False, channel=Channel.POST, address=f"{UNBROKEN}\nPontypridd\nCF37 1AA"
        ),
        "waiting": waiting(),
        "offered": offered(),
        "offer lapsed": lapsed(offered(), "offer_until"),
        "confirmed too late": lapsed(booked(event(), proved=False), "hold_until"),
        "given up": given_up,
        "event over": over,
        "event cancelled": called_off,
    }
    return {name: letters.place_token(booking) for name, booking in places.items()}


@unit_of_work
def _set_event(booking: Booking, **values: object) -> None:
    db.session.execute(update(Event).where(Event.id == booking.event_id).values(**values))


def _thanks(events: dict[str, int]) -> dict[str, tuple[int, str]]:
    def signed_up(name: str, event: str, sign_up: SignUp) -> tuple[int, str]:
        key = f"thanks-{name}".replace(" ", "-").ljust(20, "-")
        actions.book_place(events[event], sign_up, key=key)
        return events[event], tokens.sign("booked", key)

    by_post = {"channel": Channel.POST, "address": "3 Heol y Parc\nTreorci\nCF42 6AA"}
    by_phone = {"channel": Channel.PHONE, "address": "01632 960 777"}
    return {
        "email": signed_up("email", "open", a_sign_up("gwen")),
        "phone": signed_up("phone", "open", a_sign_up("gareth", **by_phone)),
        "post, waiting": signed_up("post waiting", "full", a_sign_up("non", **by_post)),
    }


# ---- Accounts ------------------------------------------------------------------------------------------------


def _accounts(events: dict[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    """Mali, who has a password, places and three browsers; and Gwen with the long name, who is leaving."""
    mali = a_person("mali.account", password=PASSWORD, name="Mali Prys")
    long_address = f"gwen.{UNBROKEN.lower()}@{UNBROKEN.lower()}.example.cymru"
    gwen = a_person("gwen.account", name=LONG_NAMES.cy, email=long_address)
    for name in ("open", "online"):
        actions.book_place(events[name], a_sign_up("mali.account"))
    links = {"accounts.prove": token_to(registered("ifan.account"))}
    accounts.ask_to_change_email(mali.id, "mali.newydd@example.cymru")
    links["accounts.confirm_email"] = token_to("mali.newydd@example.cymru")
    accounts.ask_for_link(mali.email)
    links["accounts.sign_in_link"] = token_to(mali.email)
    accounts.send_confirm_link(mali.id)
    links["accounts.confirm_link"] = token_to(mali.email)
    for _ in range(2):
        accounts.sign_in_by_password(mali.email, PASSWORD, **HERE)
    accounts.ask_to_close(gwen.id)
    accounts.ask_for_link(long_address)
    sign_ins = {
        "mali": accounts.sign_in_by_password(mali.email, PASSWORD, **HERE),
        "gwen": accounts.sign_in_by_link(token_to(long_address), **HERE),
    }
    return sign_ins, links


@unit_of_work
def confirmed_just_now(token: str) -> None:
    """Whoever is signed in with this has just shown who they are."""
    found = people.live_sign_in(token)
    assert found is not None
    found.confirmed_at = found.last_used_at = now()
