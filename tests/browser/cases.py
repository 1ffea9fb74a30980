"""Records that pages find hard: the longest, the emptiest, and one in every state there is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import delete, update

from c4s.accounts import actions as accounts
from c4s.accounts import entering, second_factor
from c4s.accounts import queries as people
from c4s.attendance.letters import certificate_token
from c4s.backoffice import demonstration
from c4s.businesses import actions as businesses
from c4s.businesses import queries as speaking_for
from c4s.buyers import actions as buyers
from c4s.buyers.rules import Ready
from c4s.cases import actions as case_work
from c4s.cases.models import Case
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import claiming, importing
from c4s.directory import queries as entries
from c4s.directory.models import Claim
from c4s.directory.reading import SupplierRecord
from c4s.directory.rules import Capacity, PictureRole, SupplierStatus
from c4s.entries import actions as naming
from c4s.events import actions, filling, letters, signing_up
from c4s.events import places as event_places
from c4s.events.models import Booking, Event
from c4s.events.rules import DeliveryLanguage, EventKind, EventState
from c4s.events.steps import SignUp
from c4s.feedback.letters import feedback_token
from c4s.feedback.rules import Useful
from c4s.freshness import actions as freshness
from c4s.freshness.letters import token as freshness_token
from c4s.guide import actions as guide_actions
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Reason, Verdict
from c4s.news.letters import stop_token
from c4s.on_behalf import beginning, words
from c4s.profiles import actions as profile_actions
from c4s.profiles import joint_work as working
from c4s.profiles import now as living
from c4s.profiles import pieces as profile_pieces
from c4s.programme import actions as programme
from c4s.quality import actions as quality_actions
from c4s.quality.rules import FactKind, Given
from c4s.reports import actions as reports
from c4s.reports.rules import Outcome, ReportKind
from c4s.speed_networking import actions as rotas
from c4s.speed_networking.letters import token as meet_again_token
from c4s.speed_networking.rules import Side
from c4s.takedowns import actions as takedown_actions
from c4s.taxonomy import queries as taxonomy
from c4s.web.rights import ROLES, Who
from tests.accounts.builders import (
    HERE,
    PASSWORD,
    a_member_of_staff,
    a_person,
    a_sign_in,
    again,
    code_of,
    entered,
    give_second_factor,
    letters_to,
    registered,
    token_to,
)
from tests.attendance.builders import an_editor, came, issued, over
from tests.businesses.builders import EDITOR, a_business, invitations, joined
from tests.buyers.builders import a_buyer, asked
from tests.cases.builders import a_case
from tests.directory.builders import a_network, changed
from tests.entries import builders as named
from tests.events.builders import a_sign_up, a_venue, an_event, booked
from tests.feedback.builders import an_event_soon, say, sign_ups
from tests.freshness.builders import LAST_YEAR, a_kept_entry
from tests.guide import builders as guide
from tests.on_behalf import builders as on_behalf
from tests.profiles import builders as profiles
from tests.profiles import pieces_builders as pieces
from tests.programme.builders import BY, a_draft, saved
from tests.quality import builders as quality
from tests.reports.builders import a_report
from tests.speed_networking import builders as speed_networking
from tests.takedowns import builders as takedowns
from tests.translations import builders as translations

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
    asked: dict[str, int]
    """What was asked of staff: requests of buyers, and cases."""


def fill() -> Cases:
    """The demonstration, and then our own; its letters are taken out of the way of ours."""
    demonstration.fill()
    events = _events()
    cases = Cases(_suppliers(), events, _places(events["surgery"]), _thanks(events), *_accounts(events), _asked())
    cases.sign_ins["mair"] = _a_colleague()
    cases.links["cases.received"] = tokens.sign("case", cases.asked["open"])
    cases.links["news.stop"] = stop_token(a_person("non.news").id)
    cases.asked.update(_readers(cases.suppliers))
    cases.asked.update(_sign_ups())
    cases.asked.update(_programme(events["full"]))
    cases.asked.update(_speed_networking(cases.links))
    cases.asked.update(_afterwards(cases.links))
    forget_letters()
    cases.asked.update(_without_email(cases.links))
    cases.asked.update(_second_steps(cases.sign_ins))
    cases.asked.update(_businesses(cases.sign_ins, cases.links))
    cases.asked.update(_freshness(cases.links))
    cases.asked.update(_profiles())
    cases.asked.update(_pieces(cases.links))
    cases.asked.update(_moderation())
    cases.asked.update(_quality())
    cases.asked.update(_guide())
    cases.asked.update(_hidden(cases.sign_ins))
    cases.asked.update(_on_behalf())
    return cases


def _afterwards(links: dict[str, str]) -> dict[str, int]:
    """A workshop of last month: who came, with the longest of names, their certificates, and what people thought."""
    event, lowri = an_event_soon(), an_editor("lowri.staff")
    long = booked(event, "long.name", name=LONG_NAMES.cy, language_written="both")
    party = booked(event, "party", proved=False, channel=Channel.PHONE, address="01632 960777")
    people = sign_ups(event, 13, first=100)
    over(event.id, 30 * DAY - HOUR)
    came(long, party, by_id=lowri)
    [certificate, *_] = sorted(issued(event, lowri), key=lambda one: -len(one.name))
    say(people[:5], more="Diolch.")
    say(people[5:6], more=LONG_TEXT.cy[:900], next_step=UNBROKEN, name=LONG_NAMES.cy)
    say(people[6:12], Useful.FAIRLY, language="cy")
    links["certificates.mine"] = certificate_token(certificate)
    links["feedback.give"] = feedback_token(db.session.get_one(Booking, people[12]))
    return {"held": event.id, "certificate": certificate.id}


def _on_behalf() -> dict[str, int]:
    """An entry with the longest of names, of Lois and of Mabli, who has no e-mail: all there is to do for her is to be
    done."""
    entry, lois, mabli = on_behalf.with_elin(LONG_NAMES.cy, who="lois.behalf", without="mabli")
    on_behalf.with_all_to_do(entry, lois, a_member_of_staff("eluned.staff", Who.ADMINISTRATOR), who="huw.behalf")
    listed, waiting = (
        _supplier(f"for-mabli-{place}", f"{place} {LONG_NAMES.cy}"[:200].strip(), Claim.IMPORTED)
        for place in ("Bryn", "Nant")
    )
    [membership] = speaking_for.memberships_of(mabli.id)
    told = on_behalf.at_the_word(a_member_of_staff("gwen.staff", Who.HELPER))
    beginning.claim(membership.business_id, waiting, LONG_TEXT.cy, person_id=mabli.id, entered=told)
    [claim] = entries.claims_of(membership.business_id)
    [owner] = speaking_for.memberships_of(lois.id)
    of_it = {"Mabli": mabli.id, "membership": membership.id, "claim for Mabli": claim.id}
    of_it |= {"Lois": lois.id, "membership of Lois": owner.id}
    said = {"description": {"cy": LONG_TEXT.cy[:900], "en": UNBROKEN}, "summary": {"cy": LONG_NAMES.cy[:300], "en": ""}}
    words.save(*entry, said, person_id=mabli.id, entered=told)
    db.session.rollback()
    return {"of Mabli": entry[1], "for Mabli": listed, **of_it}


@unit_of_work
def forget_letters() -> None:
    db.session.execute(delete(OutgoingLetter))


def _hidden(sign_ins: dict[str, str]) -> dict[str, int]:
    """Rhian’s entries, with the longest of everything: one that staff have hidden, one against whose hiding she
    appeals, and one with words in one language alone; and networks, one of which has ended. Adds her token."""
    rhian, hides = a_person("rhian.entry", name="Rhian Prys"), a_member_of_staff("heledd.staff", Who.ADMINISTRATOR)
    kept = [
        translations.an_entry(rhian, name, description=Bilingual(LONG_TEXT.cy[:1_500], ""))
        for name in (f"Cudd {LONG_NAMES.cy}"[:200].strip(), "Siop yr Apêl", f"{UNBROKEN} Geiriau")
    ]
    reason = Bilingual(LONG_TEXT.cy[:999], LONG_TEXT.en[:999])
    takedowns.hidden(kept[0][1], hides, words=reason)
    appealed = takedowns.hidden(kept[1][1], hides, words=reason)
    takedown_actions.appeal(*kept[1], f"{LONG_TEXT.cy[:80]} {UNBROKEN}", by_id=rhian.id)
    wish = translations.wished(rhian, kept[2])
    long = Bilingual(f"Hir {LONG_NAMES.cy}"[:120], f"Long {LONG_NAMES.en}"[:120])
    network = named.a_network(hides, long, Bilingual(LONG_TEXT.cy[:999], LONG_TEXT.en[:999]))
    ended = named.a_network(hides, Bilingual("Cylch y Bore", "Morning Circle"))
    naming.end_network(ended, by_id=hides.id)
    sign_ins["rhian"] = a_sign_in(again(rhian.id))
    names = ("hidden", "appealed", "wished")
    return {
        **{f"{name} entry": supplier for name, (_, supplier) in zip(names, kept, strict=True)},
        **{f"business of {name}": business for name, (business, _) in zip(names, kept, strict=True)},
        "appeal": appealed.id,
        "wish": wish.id,
        "named network": network,
        "ended network": ended,
    }


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
        "full": _supplier(
            "full",
            "Pobyddion y Cwm",
            summary=Bilingual("Bara a chacennau.", "Bread and cakes."),
            description=Bilingual("Rydyn ni’n pobi bob bore.", "We bake every morning."),
            categories=("food-makers", "care-at-home"),
            address=("3 Stryd y Bont",),
            website="https://popty.example.wales",
            hours=Bilingual("Bob bore", "Every morning"),
        ),
        "archived": _supplier("archived", "Siop y Gongl"),
        "no messages": _supplier("no-messages", "Siop y Groesffordd"),
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


def _readers(suppliers: dict[str, int]) -> dict[str, int]:
    """All that a business may say of itself, at its longest too; and a network of some."""
    said = {
        "wants": Bilingual("Gwerthu mwy.", "Sell more."),
        "could": Bilingual("Pobi gyda’r nos.", "Bake at night."),
        "wont": Bilingual("Dim gwaith dros y Sul.", "No work on Sundays."),
        "buys_locally": Bilingual("Blawd a menyn.", "Flour and butter."),
    }
    more = {
        "team_languages": ["cy", "pl", "bfi"],
        "can_take_work": True,
        "company_number": "01234567",
        "charity_number": "1234567",
        "personal_care": True,
        "ciw_why_none": Bilingual("Dim ond un cwsmer sydd gennyn ni.", "We have one customer only."),
        "safeguarding_contact": "Nia Wyn, 01632 960 555",
    }
    changed(suppliers["full"], **said, **more)
    long = dict.fromkeys(said, Bilingual(LONG_TEXT.cy[:999], LONG_TEXT.en[:999]))
    changed(suppliers["long"], **{**more, **long, "safeguarding_contact": UNBROKEN, "can_take_work": False})
    changed(suppliers["archived"], archived_on=date.today())
    changed(suppliers["no messages"], messages_off_at=now())
    some = [suppliers[name] for name in ("full", "long", "only Welsh", "closed for a time", "imported")]
    return {
        "network": a_network(*some, about=Bilingual("Rydyn ni’n cwrdd bob mis.", "We meet every month.")),
        "long network": a_network(*some, name=Bilingual(LONG_NAMES.cy[:120], LONG_NAMES.en[:120]), code="long"),
    }


# ---- Events --------------------------------------------------------------------------------------------------


def _course(starts: datetime) -> Event:
    """A course of three mornings, of which more than one is held."""
    return an_event(
        kind=EventKind.COURSE,
        title=Bilingual("Cwrs o dair sesiwn", "A course of three sessions"),
        starts_at=starts,
        ends_at=starts + 14 * DAY + HOUR,
        sessions=[(starts + week * 7 * DAY, starts + week * 7 * DAY + HOUR) for week in range(3)],
        category_ids=[taxonomy.categories().by_code[code].id for code in ("care-at-home", "food")],
        network=Bilingual("Rhwydwaith Gofal y Cwm", "The Valley Care Network"),
        series="course",
        party_limit=4,
        capacity=12,
    )


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
        "again": an_event(
            capacity=40, starts_at=now() + 15 * DAY, title=Bilingual("Dechrau menter", "Starting an enterprise")
        ),
        "full": an_event(title=Bilingual("Cwrs llawn", "A full course")),
        "closed": an_event(title=Bilingual("Cwrs sydd wedi cau", "A course that has closed"), closes_at=now() - HOUR),
        "not yet open": an_event(title=Bilingual("Cwrs at y gwanwyn", "A course for spring"), opens_at=now() + 3 * DAY),
        "over": an_event(title=Bilingual("Cwrs y llynedd", "Last year’s course"), starts_at=now() - 3 * DAY),
        "cancelled": an_event(title=Bilingual("Cwrs a ganslwyd", "A cancelled course"), state=EventState.CANCELLED),
        "postponed": an_event(
            title=Bilingual("Cwrs a ohiriwyd", "A postponed course"),
            state=EventState.POSTPONED,
            delivery_language=DeliveryLanguage.EN,
            welsh_offer=Bilingual("Gofynnwch amdano yn Gymraeg.", "Ask for it in Welsh."),
            welsh_wishes_for_interpreter=3,
            interpreter_by=now() + 3 * DAY,
        ),
        "course": _course(now() + 12 * DAY),
        "course again": _course(now() + 50 * DAY),
        "online": an_event(
            title=Bilingual("Cwrs ar-lein", "An online course"),
            capacity=9,
            party_limit=4,
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
    begins = now() + 9 * DAY
    made["surgery"] = an_event(
        kind=EventKind.ADVICE_SURGERY,
        title=Bilingual("Cyngor busnes", "Business advice"),
        starts_at=begins,
        capacity=3,
        sessions=[(begins + number * HOUR, begins + (number + 1) * HOUR) for number in range(3)],
    )
    booked(made["full"], "mair")
    return {name: event.id for name, event in made.items()}


# ---- Places --------------------------------------------------------------------------------------------------


@unit_of_work
def _put(booking: Booking, **values: object) -> None:
    db.session.execute(update(Booking).where(Booking.id == booking.id).values(**values))


def _places(surgery_id: int) -> dict[str, str]:
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
        filling.fill_places(booking.event_id)
        return booking

    def part_offered() -> Booking:
        full = event(capacity=3, party_limit=4)
        first = booked(full, "mair", others=("Gwen", "Huw"))
        party = booked(full, "nia", others=("Siân ap Rhŷs", UNBROKEN, "Elin"), part_ok=True)
        actions.cancel(first.id)
        return party

    surgery = db.session.get_one(Event, surgery_id)
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
        "some offered": part_offered(),
        "of a party": booked(event(capacity=4, party_limit=4), "nia", others=(LONG_NAMES.cy, UNBROKEN)),
        "at a surgery": booked(surgery, "nia", session_id=event_places.slots(surgery_id)[1].id),
    }
    return {name: letters.place_token(booking) for name, booking in places.items()}


@unit_of_work
def _set_event(booking: Booking, **values: object) -> None:
    db.session.execute(update(Event).where(Event.id == booking.event_id).values(**values))


def _thanks(events: dict[str, int]) -> dict[str, tuple[int, str]]:
    def signed_up(name: str, event: str, sign_up: SignUp) -> tuple[int, str]:
        key = f"thanks-{name}".replace(" ", "-").ljust(20, "-")
        signing_up.book_place(events[event], sign_up, key=key)
        return events[event], tokens.sign("booked", key)

    by_post = {"channel": Channel.POST, "address": "3 Heol y Parc\nTreorci\nCF42 6AA"}
    by_phone = {"channel": Channel.PHONE, "address": "01632 960 777"}
    return {
        "email": signed_up("email", "open", a_sign_up("gwen")),
        "phone": signed_up("phone", "open", a_sign_up("gareth", **by_phone)),
        "post, waiting": signed_up("post waiting", "full", a_sign_up("non", **by_post)),
    }


def _sign_ups() -> dict[str, int]:
    """An event for the desk of sign-ups: held in English, full, with people of every state, and the longest of all."""
    event = an_event(
        title=Bilingual("Gweithdy’r ddesg", "The desk’s workshop"),
        starts_at=now() + 16 * DAY,
        capacity=4,
        party_limit=3,
        delivery_language=DeliveryLanguage.EN,
        welsh_offer=Bilingual("Gofynnwch amdano yn Gymraeg.", "Ask for it in Welsh."),
        welsh_wishes_for_interpreter=2,
    )
    by_post = {"channel": Channel.POST, "address": f"{UNBROKEN}\nPontypridd\nCF37 1AA", "language_spoken": "cy"}
    party = (LONG_NAMES.cy, "Siân ap Rhys")
    first = booked(
        event, "first", proved=False, name=LONG_NAMES.cy, others=party, needs=f"Dolen sain.\n{UNBROKEN}", **by_post
    )
    leaves = booked(event, "leaves")
    offered = booked(event, "offered", proved=False, name="Elin Ŵyn", **by_post)
    booked(event, "waits")
    actions.cancel(leaves.id)
    return {"signed up to": event.id, "signed up": first.id, "offered a place": offered.id}


def _speed_networking(links: dict[str, str]) -> dict[str, int]:
    """An evening of two sides that is half over, with the longest of names; and one that has ended."""
    editor = speed_networking.an_editor("rota")
    event = speed_networking.an_evening("nia", "ifan", "elin", title=Bilingual("Noson gyflym", "A quick evening"))
    booked(event, "gwyn", name=LONG_NAMES.cy, language_written="both", language_spoken="cy")
    sides = {"side_one": Bilingual("Busnesau", "Businesses"), "side_other": Bilingual("Gweithwyr", "Workers")}
    speed_networking.set_up(event, editor, rounds=12, **sides)
    people = speed_networking.people(event)
    for number, one in enumerate(people.values()):
        speed_networking.change(one, editor, side=Side.ONE if number % 2 else Side.OTHER)
    rotas.make(event.id, by_id=editor.id, seed=1)
    rotas.finish_round(event.id, 1, by_id=editor.id)
    over = speed_networking.an_evening("nia", title=Bilingual("Noson a fu", "An evening that was"))
    booked(over, "gwyn", name=LONG_NAMES.cy)
    speed_networking.finished(over, editor, rounds=1)
    links["meeting_again.answer"] = meet_again_token(speed_networking.people(over)["Nia"])
    return {"rota": event.id, "in the rota": people["Nia"].id}


# ---- Accounts ------------------------------------------------------------------------------------------------


def _accounts(events: dict[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    """Mali, who has a password, places and three browsers; and Gwen with the long name, who is leaving."""
    mali = a_person("mali.account", password=PASSWORD, name="Mali Prys")
    long_address = f"gwen.{UNBROKEN.lower()}@{UNBROKEN.lower()}.example.cymru"
    gwen = a_person("gwen.account", name=LONG_NAMES.cy, email=long_address)
    for name in ("open", "online"):
        signing_up.book_place(events[name], a_sign_up("mali.account"))
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


# ---- Staff -----------------------------------------------------------------------------------------------------


def _a_colleague() -> str:
    """The token of a member of staff in every role, who is signed in."""
    return a_sign_in(a_member_of_staff("mair.staff", *ROLES, name="Mair Prys"))


def _businesses(sign_ins: dict[str, str], links: dict[str, str]) -> dict[str, int]:
    """Bethan, who owns the business with the longest name, in which Carys helps her, with an invitation and claims in
    two states; she is invited to another. Adds her token, and that of somebody who has no business."""
    bethan, carys = a_person("bethan.business", name="Bethan Prys"), a_person("carys.business", name=LONG_NAMES.cy)
    long = a_business(bethan, LONG_NAMES.en, website=f"https://{UNBROKEN.lower()}.example.wales", postcode=NEAR)
    joined(long, bethan, carys)
    a_business(bethan, "Caffi’r Gornel")
    businesses.invite(long, f"{UNBROKEN.lower()}@{UNBROKEN.lower()}.example.cymru", EDITOR, by_id=bethan.id)
    businesses.invite(a_business(carys, "Siop Carys"), bethan.email, EDITOR, by_id=carys.id)
    links["businesses.accept"] = token_to(bethan.email)
    waits, refused, free = (
        _supplier(f"claimed-{number}", name, Claim.IMPORTED)
        for number, name in enumerate(("Popty’r Cwm", f"Old {LONG_NAMES.en}"[:200].strip(), f"{UNBROKEN} Cyf"))
    )
    for number in (waits, refused):
        claiming.ask(long, number, LONG_TEXT.en[:100], by_id=bethan.id)
    claim = {one.supplier_id: one.id for one in entries.claims_of(long)}
    colleague = a_member_of_staff("delyth.staff")
    claiming.refuse(claim[refused], Bilingual(LONG_TEXT.cy[:200], LONG_TEXT.en[:200]), by_id=colleague.id)
    sign_ins["bethan"], sign_ins["enid"] = a_sign_in(again(bethan.id)), a_sign_in(a_person("enid.business"))
    return {
        "business": long,
        "helper": carys.id,
        "invitation": invitations(long)[0].id,
        "claim": claim[waits],
        "decided claim": claim[refused],
        "free entry": free,
    }


def _guide() -> dict[str, int]:
    """An entry of Bethan’s with a list of every rule, some of them ticked."""
    bethan = people.person_by_email("bethan.business@example.cymru")
    assert bethan is not None
    business, entry = guide.an_entry(bethan, "Gofal yr Allt")
    guide_actions.keep(business, entry, guide.ALL_ANSWERS, by_id=bethan.id)
    guide_actions.tick(business, entry, {"dbs", "welsh"}, {"dbs": 1, "welsh": 1}, by_id=bethan.id)
    return {"rules": entry, "business of rules": business}


def _quality() -> dict[str, int]:
    """A business of Bethan’s that says, shows and signed something; evidence that waits; and a draft of the code."""
    bethan, reader = people.person_by_email("bethan.business@example.cymru"), a_member_of_staff("gwawr.staff", *ROLES)
    assert bethan is not None
    business, entry = quality.an_entry(bethan, "Gofal yr Afon")
    for kind, given in (
        (quality.INSURANCE, quality.until(20)),
        (quality.DBS, quality.A_CHECK),
        (FactKind.DATA_PROTECTION_REGISTERED, Given(detail="ZA123456")),
    ):
        quality_actions.say(business, entry, kind, given, is_offered=True, by_id=bethan.id)
    for kind, given in ((quality.INSURANCE, quality.until(20)), (FactKind.CIW_REGISTERED, Given())):
        quality_actions.see(entry, kind, given, by_id=reader.id)
    quality_actions.sign(business, 1, "cy", by_id=bethan.id)
    quality_actions.suspend(entry, LONG_TEXT, by_id=reader.id)
    quality_actions.restore(entry, LONG_NAMES, by_id=reader.id)
    quality_actions.write_code(LONG_TEXT, LONG_NAMES, by_id=reader.id)
    other, unsigned = quality.an_entry(bethan, "Gofal y Graig")
    return {"quality": entry, "business of quality": business, "unsigned": unsigned, "business of unsigned": other}


def _profiles() -> dict[str, int]:
    """Two more businesses of Bethan’s: one whose profile, the longest of all, came back in part; one whose waits."""
    bethan, reader = people.person_by_email("bethan.business@example.cymru"), a_member_of_staff("luned.staff", *ROLES)
    assert bethan is not None
    lengths = {"summary": 300, "description": 5_000, "hours": 500, "wants": 1_000, "wont": 1_000}
    longest = {name: {"cy": LONG_TEXT.cy[:most], "en": LONG_TEXT.en[:most]} for name, most in lengths.items()}
    lines = {"name": LONG_NAMES.en, "name_cy": LONG_NAMES.cy, "town": UNBROKEN, "address": [UNBROKEN, "Pontypridd"]}
    one_language = {"could": {"cy": UNBROKEN, "en": ""}}
    found = {}
    for case, values in (("profile", {**longest, **lines, **one_language}), ("profile that waits", {})):
        business = a_business(bethan, f"Busnes {case}")
        entry = profile_actions.make(business, by_id=bethan.id)
        profiles.written(business, entry, bethan.id, **{**profiles.WHOLE, **values})
        profile_actions.submit(business, entry, by_id=bethan.id)
        found |= {case: entry, f"business of {case}": business}
    said = {
        "summary": Decision(
            Verdict.SUGGESTED,
            Reason.TOO_GRAND,
            Bilingual(LONG_TEXT.cy[:300], LONG_TEXT.en[:300]),
            {"cy": "Bara.", "en": "Bread."},
        ),
        "town": Decision(Verdict.RETURNED, Reason.WRONG_BOX),
    }
    profiles.decided(found["profile"], reader.id, said)
    return found


def _pieces(links: dict[str, str]) -> dict[str, int]:
    """Another business of Bethan’s, with long services, pictures and joint work: published, and changed again, of which
    staff returned a service. What others say of it waits for her answer."""
    bethan, owen = people.person_by_email("bethan.business@example.cymru"), a_person("owen.business")
    reader = a_member_of_staff("luned.pictures", *ROLES)
    assert bethan is not None
    here, other = pieces.an_entry(bethan, "Teils y Cwm"), pieces.an_entry(owen, UNBROKEN)
    texts = {"description": 2_000, "price_guide": 300}
    long = {name: {"cy": LONG_TEXT.cy[:most], "en": LONG_TEXT.en[:most]} for name, most in texts.items()}
    name = {"cy": LONG_NAMES.cy[:120], "en": LONG_NAMES.en[:120]}
    value = {**pieces.SERVICE, **long, "name": name, "direct_payments": True}
    profiles.written(*here, bethan.id, summary={"cy": "Teils.", "en": "Tiles."})
    key = profile_pieces.add_service(*here, value, by_id=bethan.id)
    profile_pieces.add_service(*here, {**pieces.SERVICE, "name": {"cy": UNBROKEN, "en": UNBROKEN}}, by_id=bethan.id)
    token = pieces.a_picture(here, bethan, alt=Bilingual(LONG_TEXT.cy[:300], LONG_TEXT.en[:300]))
    for role in (PictureRole.LOGO, PictureRole.PHOTO):
        pieces.a_picture(here, bethan, role, Bilingual("Teilsen las", "A blue tile"))
    work = Bilingual(LONG_TEXT.cy[:300], LONG_TEXT.en[:300])
    joint = profile_pieces.add_joint_work(*here, other[1], work, 2025, by_id=bethan.id)
    profile_pieces.add_joint_work(*other, here[1], work, None, by_id=owen.id)
    for entry, by in ((here, bethan), (other, owen)):
        pieces.published(entry[1], by)
    answered = next(one for one in pieces.joint_work() if one.with_id == other[1])
    working.answer(*other, answered.id, is_so=True, seen=working.mark(answered), by_id=owen.id)
    room = {key: Capacity.NOW}
    living.say(*here, can_take_work=True, capacities=room, wants_messages=True, by_id=bethan.id)
    profiles.written(*here, bethan.id, **{f"service:{key}": {**value, "position": 1, "direct_payments": False}})
    profile_actions.submit(*here, by_id=bethan.id)
    said = Decision(Verdict.RETURNED, Reason.TOO_GRAND, Bilingual(LONG_TEXT.cy[:500], LONG_TEXT.en[:500]))
    profiles.decided(here[1], reader.id, {f"service:{key}": said})
    links.update({"service": key, "photograph": token, "joint work": joint})
    return {"pieces": here[1], "business of pieces": here[0], "other of pieces": other[1]}


def _moderation() -> dict[str, int]:
    """A profile of Bethan’s that was published twice, with the longest of texts, and changed in all of it again, a part
    of which was returned; and what moderators noted."""
    bethan, reader = people.person_by_email("bethan.business@example.cymru"), a_member_of_staff("medi.staff", *ROLES)
    assert bethan is not None
    business = a_business(bethan, "Busnes a newidiodd")
    entry = profile_actions.make(business, by_id=bethan.id)
    sentences = {code: ". ".join(getattr(LONG_TEXT, code).split(". ")[:50]) for code in ("cy", "en")}
    texts = {"description": sentences, "wants": {"cy": "Gwerthu mwy.", "en": "Sell more."}}
    other = {
        "description": {
            "cy": sentences["cy"].replace("bob dydd", "bob nos"),
            "en": sentences["en"].replace("every", "any"),
        },
        "wants": {"cy": UNBROKEN, "en": UNBROKEN},
    }
    no = {"wants": Decision(Verdict.RETURNED, Reason.TOO_GRAND, Bilingual(LONG_TEXT.cy[:300], LONG_TEXT.en[:300]))}
    for values, but in (
        ({**profiles.WHOLE, "name": "Newid y Byd", **texts}, None),
        ({"phone": "01632 960 999"}, None),
        (other, no),
    ):
        profiles.written(business, entry, bethan.id, **values)
        profile_actions.submit(business, entry, by_id=bethan.id)
        profiles.decided(entry, reader.id, but)
    profiles.written(business, entry, bethan.id, description={"cy": UNBROKEN, "en": UNBROKEN}, phone="01632 960 123")
    profile_actions.submit(business, entry, by_id=bethan.id)
    moderation.note("profile", entry, LONG_TEXT.cy[:1_999], by_id=reader.id)
    waits = versions.open_revision("profile", entry)
    assert waits is not None
    return {"moderated": entry, "change": waits.id}


def _freshness(links: dict[str, str]) -> dict[str, int]:
    """Entries that nobody has confirmed for a year: one with the longest name, one that has answered, one that has
    closed, and one of which nobody can be asked; and what readers say is wrong with the first."""
    non, gone = a_person("non.fresh", name=LONG_NAMES.cy), a_person("glyn.fresh")
    long = a_kept_entry(non, f"Hen {LONG_NAMES.cy}"[:200].strip(), phone="01632 960 777")
    answered, closed = a_kept_entry(gone, "Siop y Wawr"), a_kept_entry(gone, "Siop y Machlud")
    nobody = a_kept_entry(None, f"Nobody {LONG_NAMES.en}"[:200].strip(), phone="01632 960 778")
    freshness.send_due()
    freshness.confirm(answered.id, person_id=gone.id, counted_from=LAST_YEAR)
    freshness.close(closed.id, person_id=gone.id, counted_from=LAST_YEAR)
    links["freshness.answer"] = links["freshness.closed"] = freshness_token(long.id, non.id, LAST_YEAR)
    links["freshness.answered"] = freshness_token(answered.id, gone.id, LAST_YEAR)
    links["freshness.has closed"] = freshness_token(closed.id, gone.id, LAST_YEAR)
    checker = a_member_of_staff("tegwen.staff").id
    words = f"{UNBROKEN} {LONG_TEXT.en[:200]}"
    waits = a_report(long, ReportKind.OFFENSIVE, words=words, name=LONG_NAMES.cy, key="the-key-of-a-long-report")
    done = a_report(long, words=UNBROKEN)
    reports.note(waits.id, LONG_TEXT.en[:900], by_id=checker)
    reports.answer(done.id, Outcome.WITH_BUSINESS, LONG_TEXT, by_id=checker)
    links["reports.told"] = tokens.sign("report", "the-key-of-a-long-report")
    return {"stale": long.id, "unasked": nobody.id, "report": waits.id, "answered report": done.id}


def _second_steps(sign_ins: dict[str, str]) -> dict[str, int]:
    """Olwen has a second step, and so has Gwerfyl, who is a buyer; Alun has yet to show his; and two lost theirs, the
    one with the longest name, for whom a colleague has asked. Adds the tokens of the first three."""
    olwen, lost, keeps = a_person("olwen.step"), a_person("lost.step", name=LONG_NAMES.cy), a_person("keeps.step")
    for person in (olwen, lost, keeps):
        give_second_factor(person)
    sign_ins["olwen"] = a_sign_in(again(olwen.id))
    sign_ins["gwerfyl"] = a_sign_in(a_buyer("gwerfyl", name=LONG_NAMES.cy))
    sign_ins["alun"] = a_sign_in(a_member_of_staff("alun.step", Who.EDITOR), is_whole=False)
    colleague = a_member_of_staff("catrin.step", Who.EDITOR, name="Catrin Prys")
    second_factor.ask_for_renewal(lost.id, LONG_TEXT.en[:1_990], by_id=colleague.id)
    return {"lost": lost.id, "keeps": keeps.id, "without": a_person("without.step").id}


def _without_email(links: dict[str, str]) -> dict[str, int]:
    """People whom staff registered: Elin by post, with the longest of everything, and Ifor by phone; their letters
    wait, and one of Ifor’s could not be sent. Adds the link by which Elin claims her account."""
    helper = a_member_of_staff("dafydd.staff", Who.HELPER)
    address = f"{UNBROKEN}\n1 Stryd y Bont\nPontypridd\nCF37 1AA"
    elin = entered("elin", by=helper, name=LONG_NAMES.cy, address=address)
    ifor = entered("ifor", Channel.PHONE, by=helper, name="Ifor Rhys")
    entering.ask_to_claim(code_of(elin), "elin.post@example.cymru")
    links["accounts.claim_link"] = token_to("elin.post@example.cymru")
    entering.make_code(ifor.id, by_id=helper.id)
    first, second = (letter.id for letter in letters_to(ifor.phone))
    _spoil(second)
    return {"elin": elin.id, "ifor": ifor.id, "letter": letters_to(address)[0].id, "call": first, "failed": second}


@unit_of_work
def let_wait(*letters: int) -> None:
    """Let letters wait again that somebody printed: there are pages about them."""
    db.session.execute(update(OutgoingLetter).where(OutgoingLetter.id.in_(letters)).values(state=LetterState.TO_PRINT))


@unit_of_work
def _spoil(letter_id: int) -> None:
    problem = f"SMTPRecipientsRefused: {{'{UNBROKEN}@example.cymru': (550, b'5.1.1 User unknown')}}"
    gone = {"channel": Channel.EMAIL, "state": LetterState.FAILED, "attempts": 7, "problem": problem}
    db.session.execute(update(OutgoingLetter).where(OutgoingLetter.id == letter_id).values(**gone))


def _asked() -> dict[str, int]:
    """Requests of buyers and cases, in every state; the longest of each waits."""
    checker = a_member_of_staff("eleri.staff", Who.MODERATOR, Who.ADMINISTRATOR).id
    long_words = {"organisation": LONG_NAMES.cy, "position": UNBROKEN, "evidence": UNBROKEN}
    requests = {name: asked(a_person(f"{name}.buyer"), **long_words).id for name in ("waiting", "granted", "refused")}
    buyers.grant(requests["granted"], by_id=checker)
    buyers.refuse(requests["refused"], list(Ready), Bilingual(LONG_TEXT.cy[:999], LONG_TEXT.en[:999]), by_id=checker)
    open_case = a_case(name=LONG_NAMES.cy, words=UNBROKEN, channel=Channel.POST, address=UNBROKEN)
    overdue, longer, answered = (a_case(address=f"{name}@example.cymru") for name in ("hwyr", "hirach", "ateb"))
    case_work.take_longer(longer.id, LONG_TEXT, by_id=checker)
    case_work.answer(answered.id, LONG_TEXT, by_id=checker)
    _late(overdue.id)
    found = {"open": open_case, "overdue": overdue, "longer": longer, "answered": answered}
    return {**requests, **{name: case.id for name, case in found.items()}}


def _programme(event_id: int) -> dict[str, int]:
    """Drafts: one with the longest words and much to do, and a change to an event that people have places at."""
    day = now() + 30 * DAY
    longest = a_draft(
        title=Bilingual(LONG_NAMES.cy[:200], ""),
        summary=Bilingual("", UNBROKEN),
        description=LONG_TEXT,
        trainer=UNBROKEN,
        starts_at=day,
        closes_at=day + HOUR,
        delivery_language=DeliveryLanguage.EN,
        sessions=((day, day + HOUR),),
    )
    whole = a_draft(title=Bilingual("Drafft cyflawn", "A complete draft"), description=LONG_TEXT)
    change = programme.change(event_id, by=BY)
    saved(change, online=True, online_address="https://meet.example.wales/1")
    return {"draft": longest, "whole draft": whole, "change": change, "full": event_id}


@unit_of_work
def _late(case_id: int) -> None:
    db.session.execute(update(Case).where(Case.id == case_id).values(due_on=date(2026, 11, 1)))


@unit_of_work
def confirmed_just_now(token: str) -> None:
    """Whoever is signed in with this has just shown who they are."""
    found = people.live_sign_in(token)
    assert found is not None
    found.confirmed_at = found.last_used_at = now()
