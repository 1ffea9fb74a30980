"""Every kind of page there is, and how to get there. A new page belongs on this list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from c4s.core.clock import now
from c4s.core.db import db
from tests.browser import cases
from tests.browser.cases import NEAR, UNBROKEN
from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.guide.builders import ALL_ANSWERS

Way = Callable[[Reader, Town, str], None]
"""Takes a reader to a page, in a language."""


@dataclass(frozen=True)
class Kind:
    """One kind of page.

    Attributes:
        status: what it answers with.
        is_first: somebody may see it first, so it must be light.
        in_order: it lists by the alphabet, which differs: the two languages may show other things.
    """

    name: str
    go: Way
    status: int = 200
    is_first: bool = False
    in_order: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return ("cy",) if self.name == "entry" else ("cy", "en")


def _at(endpoint: str, query: str = "", **values: Any) -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, **values) + query)

    return go


def _month(reader: Reader, town: Town, language: str) -> None:
    """The calendar of the month with most of the town's events."""
    day = now() + timedelta(days=14)
    reader.open(town.address("events.month", language, year=day.year, month=day.month))


def _supplier(name: str, endpoint: str = "directory.show") -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, supplier_id=str(town.cases.suppliers[name])))

    return go


def _shortlist(endpoint: str) -> Way:
    """A page of a shortlist that somebody has sent."""

    def go(reader: Reader, town: Town, language: str) -> None:
        names = ("full", "long", "only Welsh", "imported", "no longer listed")
        reader.open(town.address(endpoint, language, e=".".join(str(town.cases.suppliers[name]) for name in names)))

    return go


def _without_a_list(reader: Reader, town: Town, language: str) -> None:
    reader.context.clear_cookies()
    reader.open(town.address("shortlists.show", language))


def _first_on_a_list(name: str) -> Way:
    """Somebody without a shortlist puts an entry on it."""

    def go(reader: Reader, town: Town, language: str) -> None:
        reader.context.clear_cookies()
        _then(_supplier(name, "shortlists.add"))(reader, town, language)

    return go


def _event(name: str, endpoint: str = "events.show") -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, event_id=str(town.cases.events[name])))

    return go


def _place(name: str, endpoint: str = "events.my_place") -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, token=town.cases.places[name]))

    return go


def _thanks(name: str) -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        event, token = town.cases.thanks[name]
        reader.open(town.address("events.booked", language, event_id=str(event), token=token))

    return go


def _account(endpoint: str) -> Way:
    """A page that opens with a token, such as one that a letter about an account leads to."""

    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, token=town.cases.links[endpoint]))

    return go


def _by_letter(name: str) -> Way:
    """The page on which a letter asks whether an entry is still right, of one that has been answered."""

    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address("freshness.answer", language, token=town.cases.links[f"freshness.{name}"]))

    return go


def _asked(endpoint: str, name: str) -> Way:
    """A page of staff about something that was asked of them."""

    def go(reader: Reader, town: Town, language: str) -> None:
        number = "request_id" if endpoint.startswith("buyer") else "case_id"
        reader.open(town.address(endpoint, language, **{number: town.cases.asked[name]}))

    return go


def _of(value: str, name: str, endpoint: str) -> Way:
    """A page of staff about one thing, whose number the address has under a name of its own."""

    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(town.address(endpoint, language, **{value: town.cases.asked[name]}))

    return go


def _sign_up(endpoint: str, name: str = "") -> Way:
    """A page of staff about the sign-ups of an event, or about one of them."""

    def go(reader: Reader, town: Town, language: str) -> None:
        one = {"booking_id": town.cases.asked[name]} if name else {}
        reader.open(town.address(endpoint, language, event_id=town.cases.asked["signed up to"], **one))

    return _as("mair", go)


def _rota(endpoint: str, **values: str) -> Way:
    """A page of staff about an evening of speed networking; values are names of numbers."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {name: town.cases.asked[value] for name, value in {"event_id": "rota", **values}.items()}
        reader.open(town.address(endpoint, language, **numbers))

    return go


def _as(who: str, way: Way) -> Way:
    """Go there as somebody who is signed in, and has just shown who they are."""

    def go(reader: Reader, town: Town, language: str) -> None:
        token = town.cases.sign_ins[who]
        with town.site.app_context():
            cases.confirmed_just_now(token)
            db.session.remove()
        signer = town.site.session_interface.get_signing_serializer(town.site)
        value = signer.dumps({"_user_id": token, "_fresh": True})
        reader.context.add_cookies([{"name": "c4s", "value": value, "url": town.root}])
        way(reader, town, language)

    return go


def _business(endpoint: str, query: str = "", **values: str) -> Way:
    """A page of Bethan’s business, as she sees it; values are names of numbers."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {name: town.cases.asked[value] for name, value in {"business_id": "business", **values}.items()}
        reader.open(town.address(endpoint, language, **numbers) + query)

    return _as("bethan", go)


def _profile(endpoint: str, case: str = "profile") -> Way:
    """A page of the profile of another business of Bethan’s."""
    return _business(endpoint, business_id=f"business of {case}", supplier_id=case)


def _hidden(name: str, endpoint: str) -> Way:
    """A page of one of Rhian’s entries, as she sees it."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {
            "business_id": town.cases.asked[f"business of {name}"],
            "supplier_id": town.cases.asked[f"{name} entry"],
        }
        reader.open(town.address(endpoint, language, **numbers))

    return _as("rhian", go)


def _for_mabli(name: str) -> Way:
    """A page on which staff do something for Mabli, who has no e-mail."""
    return _as("mair", _of("supplier_id", "of Mabli", f"on_behalf.{name}"))


def _of_mabli(name: str, query: str = "", **values: str) -> Way:
    """A page about Mabli and a business of hers; values are names of numbers."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {name: town.cases.asked[value] for name, value in {"person_id": "Mabli", **values}.items()}
        page = name if "." in name else f"beginnings.{name}"
        reader.open(town.address(page, language, **numbers) + query)

    return _as("mair", go)


ONE = {"membership_id": "membership"}
add_for_mabli = _of_mabli("add")
claim_for_mabli = _of_mabli("claim", **ONE, supplier_id="for Mabli")
let_in_for_mabli = _of_mabli("let_in", **ONE)
withdraw_for_mabli = _of_mabli("withdraw", **ONE, claim_id="claim for Mabli")
LOIS = {"person_id": "Lois"}
HERS = {**ONE, "supplier_id": "of Mabli"}
let_in_for_lois = _of_mabli("let_in", **LOIS, membership_id="membership of Lois")


def _pieces(endpoint: str, query: str = "", **values: str) -> Way:
    """A page of services, pictures or joint work of another entry of Bethan’s; values are names of keys and tokens."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {"business_id": town.cases.asked["business of pieces"], "supplier_id": town.cases.asked["pieces"]}
        keys = {name: town.cases.links[value] for name, value in values.items()}
        reader.open(town.address(endpoint, language, **numbers, **keys) + query)

    return _as("bethan", go)


REGISTERED = "data_protection_registered"


def _fact(endpoint: str, kind: str, who: str) -> Way:
    """A page about one fact of the quality passport of Bethan’s entry, as she or a member of staff sees it."""

    def go(reader: Reader, town: Town, language: str) -> None:
        numbers = {"supplier_id": town.cases.asked["quality"]}
        if who == "bethan":
            numbers["business_id"] = town.cases.asked["business of quality"]
        reader.open(town.address(endpoint, language, kind=kind, **numbers))

    return _as(who, go)


def _moderated(endpoint: str, **values: str) -> Way:
    """A page of moderators about an entry that changed often."""

    def go(reader: Reader, town: Town, language: str) -> None:
        entry = str(town.cases.asked["moderated"])
        reader.open(town.address(endpoint, language, kind="profile", subject_id=entry, **values))

    return go


def _then(way: Way, **typed: str | bool) -> Way:
    """Go there, fill in what is said, and press the main button."""

    def go(reader: Reader, town: Town, language: str) -> None:
        way(reader, town, language)
        reader.fill(**typed)
        reader.press()

    return go


def _without_cookies(way: Way, **typed: str | bool) -> Way:
    """Go there, lose every cookie as somebody does whose browser forgets, and send the form."""

    def go(reader: Reader, town: Town, language: str) -> None:
        way(reader, town, language)
        reader.fill(**typed)
        reader.context.clear_cookies()
        reader.press()

    return go


def _address(path: str) -> Way:
    def go(reader: Reader, town: Town, language: str) -> None:
        reader.open(path)

    return go


def _trouble(status: int) -> Way:
    return _at("trouble.go_wrong", status=status)


NIA: dict[str, str | bool] = {
    "name": "Nia Wyn",
    "channel": "email",
    "email": "nia@example.cymru",
    "language_written": "cy",
    "language_spoken": "en",
}
NEEDS: dict[str, str | bool] = {"needs": "Dolen sain\nLle i gadair olwyn", "consent": True}
MESSAGE: dict[str, str | bool] = {
    "name": "Mair Prys",
    "email": "mair@example.cymru",
    "language": "both",
    "words": "Mae’r tap yn diferu.\n\nAllwch chi ddod?",
}

TO_ALL: dict[str, str | bool] = {
    "audience": "have_a_place",
    "subject_cy": "Ystafell arall",
    "subject_en": "Another room",
    "body_cy": f"Ewch i’r llofft.\n\n{UNBROKEN}",
    "body_en": f"Go upstairs.\n\n{UNBROKEN}",
}
WRONG: dict[str, str | bool] = {"verdict-phone": "returned", "verdict-description": "suggested"}
ALIKE: dict[str, str | bool] = {
    "business_name": "Arall",
    "kind": "business",
    "website": f"{UNBROKEN.lower()}.example.wales",
}

write_as_buyer = _as("gwerfyl", _supplier("ordinary", "directory.buyers_message"))
book, write, contact = _event("open", "events.book"), _supplier("ordinary", "directory.message"), _at("pages.contact")
register, sign_in = _at("accounts.register_resident"), _at("accounts.sign_in")
add_business = _as("enid", _at("businesses.add"))
edit_draft = _as("mair", _of("draft_id", "draft", "programme.edit"))
read_change = _as("mair", _of("revision_id", "change", "moderation.show"))
hide = _as("mair", _of("supplier_id", "wished entry", "hiding.show"))
show_again = _as("mair", _of("supplier_id", "hidden entry", "hiding.show"))
answer_appeal = _as("mair", _of("takedown_id", "appeal", "hiding.appeal"))
translate = _as("mair", _of("wish_id", "wish", "translating.show"))
with_password = _at("accounts.sign_in_with_password")
first = partial(Kind, is_first=True)

KINDS = [
    first("entry", _address("/")),
    first("home", _at("pages.home")),
    # The directory.
    first("directory", _at("directory.index"), in_order=True),
    first("directory, second page", _at("directory.index", "?page=2"), in_order=True),
    first("directory, found", _at("directory.index", "?q=plymwyr&area=rhondda-fawr")),
    first("directory, near", _at("directory.index", f"?near={NEAR.replace(' ', '+')}&within=2"), in_order=True),
    first("directory, narrowed", _at("directory.index", "?category=trades&language=cy&kind=micro")),
    first("directory, nothing found", _at("directory.index", "?q=plymwwr")),
    first("directory, unknown postcode", _at("directory.index", "?q=plymwyr&near=ZZ1+1ZZ"), in_order=True),
    first("A to Y", _at("directory.letters"), in_order=True),
    first("letter", _at("directory.letter", letter="c"), in_order=True),
    first("category", _at("directory.category", category_id="1"), in_order=True),
    first("area", _at("directory.area", area_id="1"), in_order=True),
    *(
        first(f"supplier, {name}", _supplier(name))
        for name in (
            "ordinary", "full", "long", "only Welsh", "closed for a time", "no longer listed", "archived",
            "no messages", "imported",
        )
    ),
    first("network", _of("network_id", "network", "directory.network"), in_order=True),
    first("network, long", _of("network_id", "long network", "directory.network"), in_order=True),
    Kind("printed directory of an area", _at("printing.area", area_id="1"), in_order=True),
    Kind("printed directory of a network", _of("network_id", "long network", "printing.network"), in_order=True),
    Kind("shortlist", _shortlist("shortlists.show")),
    Kind("shortlist, one’s own", _first_on_a_list("long")),
    Kind("shortlist, nobody", _without_a_list),
    Kind("shortlist, add", _supplier("only Welsh", "shortlists.add")),
    Kind("shortlist, keep", _shortlist("shortlists.keep")),
    Kind("shortlist, leaflet", _shortlist("shortlists.leaflet")),
    Kind("shortlist, compare", _shortlist("shortlists.compare")),
    Kind("message, to nobody who wants any", _supplier("no messages", "directory.message")),
    Kind("staff, messages to an entry", _as("mair", _supplier("ordinary", "entry_messages.show_messages"))),
    first("supplier of the demonstration", _at("directory.show", supplier_id="1")),
    Kind("message", write),
    Kind("message, empty", _then(write), status=422),
    Kind("message, check", _then(write, **MESSAGE)),
    Kind("message of a buyer", write_as_buyer),
    Kind("message of a buyer, empty", _then(write_as_buyer), status=422),
    Kind("message of a buyer, check", _then(write_as_buyer, language="cy", words=MESSAGE["words"])),
    Kind("message, offered to a buyer", _as("gwerfyl", write)),
    Kind("message, sent", _supplier("ordinary", "directory.message_sent")),
    # Events.
    first("events", _at("events.index")),
    first("events, narrowed", _at("events.index", "?kind=workshop&held_in=bilingual&free=1")),
    first("events, none", _at("events.index", "?kind=speed_networking&held_in=welsh&online=1")),
    Kind("events, wrong days", _at("events.index", "?since=31/2/2027&until=x&theme=care"), status=422),
    first("past events", _at("events.past")),
    Kind("events of a month", _month),
    *(
        first(f"event, {name}", _event(name))
        for name in ("open", "full", "closed", "cancelled", "postponed", "course", "online", "long")
    ),
    *(
        Kind(f"not bookable, {name}", _event(name, "events.book"))
        for name in ("closed", "not yet open")
    ),
    Kind("booking", book),
    Kind("booking, waiting list", _event("full", "events.book")),
    Kind("booking, empty", _then(_event("long", "events.book")), status=422),
    Kind("booking, half", _then(book, name="Nia", channel="phone", phone="12", needs="Ramp"), status=422),
    Kind("booking, check", _then(book, **NIA, **NEEDS)),
    Kind("booking, surgery, empty", _then(_event("surgery", "events.book")), status=422),
    Kind("booking, with an account", _as("mali", _event("surgery", "events.book_with_account"))),
    Kind("booking, forgotten", _without_cookies(book, **NIA), status=422),
    *(
        Kind(f"thanks, {name}", _thanks(name))
        for name in ("email", "phone", "post, waiting")
    ),
    # My place.
    *(
        Kind(f"my place, {name}", _place(name))
        for name in (
            "kept until confirmed", "confirmed", "confirmed, with needs", "confirmed by post", "waiting",
            "offered", "offer lapsed", "confirmed too late", "given up", "event over", "event cancelled",
        )
    ),
    Kind("my place, changed", _then(_place("confirmed by post", "events.change"))),
    Kind("change", _place("confirmed, with needs", "events.change")),
    Kind("change, empty", _then(_place("confirmed", "events.change"), name=""), status=422),
    Kind("give up", _place("confirmed", "events.give_up")),
    Kind("my place, some offered", _place("some offered")),
    Kind("fewer of a party", _place("of a party", "events.keep_some")),
    Kind("another time", _place("at a surgery", "events.choose_slot")),
    # Accounts.
    first("register, lanes", _at("accounts.register")),
    first("register", register),
    first("register, business", _at("accounts.register_business")),
    first("register, public body", _at("accounts.register_public_body")),
    Kind("register, empty", _then(register), status=422),
    Kind("register, half", _then(register, name="Nia", email="nia", language_written="both"), status=422),
    first("sign in", sign_in),
    Kind("sign in, empty", _then(sign_in), status=422),
    Kind("sign in with a password", with_password),
    Kind("sign in with a password, empty", _then(with_password), status=422),
    *(
        Kind(name.replace("_", " "), _at(f"accounts.{name}"))
        for name in ("check_email", "check_email_for_link", "sign_out", "signed_out", "closing")
    ),
    Kind("link, gone", _at("accounts.sign_in_link", token="gone"), status=410),
    *(Kind(f"link, {name}", _account(f"accounts.{name}")) for name in ("prove", "sign_in_link", "confirm_email")),
    Kind("link, confirm", _as("mali", _account("accounts.confirm_link"))),
    *(
        Kind(f"account, {name}", _as("mali", _at(f"accounts.{name}")))
        for name in (
            "account", "details", "email", "email_sent", "password", "sign_ins", "confirm", "confirm_sent", "my_data",
            "close", "stay",
        )
    ),
    *(
        Kind(f"account of somebody who leaves, {name}", _as("gwen", _at(f"accounts.{name}")))
        for name in ("account", "email", "confirm", "my_data")
    ),
    Kind("account, details, empty", _then(_as("mali", _at("accounts.details")), name=""), status=422),
    Kind("account, email, wrong", _then(_as("mali", _at("accounts.email")), email="mali"), status=422),
    Kind("account, password, short", _then(_as("mali", _at("accounts.password")), password="un"), status=422),
    Kind("my places", _as("mali", _at("events.my_places"))),
    Kind("my places, none", _as("gwen", _at("events.my_places"))),
    # Buyers, cases and news.
    Kind("buyer, ask", _as("mali", _at("buyers.ask"))),
    Kind("buyer, ask, empty", _then(_as("mali", _at("buyers.ask"))), status=422),
    Kind("your data", _at("cases.ask")),
    Kind("your data, empty", _then(_at("cases.ask")), status=422),
    Kind("your data, signed in", _as("mali", _at("cases.ask"))),
    Kind("your data, thanks", _account("cases.received")),
    Kind("my cases, none", _as("mali", _at("cases.mine"))),
    Kind("news, choose", _as("mali", _at("news.choose"))),
    Kind("news, choose, leaving", _as("gwen", _at("news.choose"))),
    Kind("news, stop", _account("news.stop")),
    Kind("news, stopped", _then(_account("news.stop"))),
    # People without e-mail, and the staff desk.
    Kind("registration form on paper", _at("accounts.paper")),
    Kind("claim", _at("accounts.claim")),
    Kind("claim, empty", _then(_at("accounts.claim")), status=422),
    Kind("claim, sent", _at("accounts.claim_sent")),
    Kind("claim, link", _account("accounts.claim_link")),
    *(
        Kind(f"staff, {name}", _as("mair", _at(endpoint)))
        for name, endpoint in (
            ("desk", "backoffice.desk"), ("find people", "staff.people"), ("register", "staff.enter"),
            ("letters", "letters.waiting"), ("letters, not sent", "letters.failed"),
        )
    ),
    Kind("second step, sign in", _as("alun", _at("second_step.show"))),
    Kind("second step, sign in, wrong", _then(_as("alun", _at("second_step.show")), code=""), status=422),
    Kind("second step, off", _as("mali", _at("second_step.index"))),
    Kind("second step, needed", _as("mair", _at("second_step.index"))),
    Kind("second step, set up", _as("mali", _at("second_step.set_up"))),
    Kind("second step, set up, wrong", _then(_as("mali", _at("second_step.set_up")), code="1"), status=422),
    Kind("second step, recovery codes", _then(_as("olwen", _at("second_step.new_recovery_codes")))),
    *(
        Kind(f"second step, {name}", _as("olwen", _at(f"second_step.{endpoint}")))
        for name, endpoint in (
            ("on", "index"), ("another", "set_up"), ("new codes", "new_recovery_codes"), ("turn off", "turn_off"),
        )
    ),
    Kind("staff, hours", _as("mair", _at("second_step.hours"))),
    Kind("staff, second steps", _as("mair", _at("renewals.index"))),
    *(
        Kind(f"staff, second step, {name}", _as("mair", _of("person_id", name, "renewals.ask")))
        for name in ("lost", "keeps", "without")
    ),
    Kind("staff, second step, empty", _then(_as("mair", _of("person_id", "keeps", "renewals.ask"))), status=422),
    Kind("staff, people found", _as("mair", _at("staff.people", "?q=a"))),
    Kind("staff, register, empty", _then(_as("mair", _at("staff.enter"))), status=422),
    Kind("staff, trail", _as("mair", _at("trail.index", "?kind=booking"))),  # of looks there are more each time
    Kind("staff, trail, nothing", _as("mair", _at("trail.index", "?person=999999"))),
    *(
        Kind(f"staff, person, {name}", _as("mair", _of("person_id", name, "staff.person")))
        for name in ("elin", "ifor")
    ),
    *(
        Kind(f"staff, person, {name}", _as("mair", _of("person_id", "elin", f"staff.{name}")))
        for name in ("code", "close", "keep", "suspend", "restore", "change_roles")
    ),
    Kind("staff, person, suspend, empty", _then(_as("mair", _of("person_id", "elin", "staff.suspend"))), status=422),
    Kind("staff, letters to print", _as("mair", _of("letter", "letter", "letters.paper"))),
    Kind("staff, message to read out", _as("mair", _of("letter_id", "call", "letters.say"))),
    Kind("staff, buyers", _as("mair", _at("buyer_checks.index"))),
    *(
        Kind(f"staff, buyer, {name}", _as("mair", _asked("buyer_checks.show", name)))
        for name in ("waiting", "granted", "refused")
    ),
    Kind("staff, buyer, waiting, empty", _then(_as("mair", _asked("buyer_checks.show", "waiting"))), status=422),
    Kind("staff, buyer, granted, empty", _then(_as("mair", _asked("buyer_checks.show", "granted"))), status=422),
    Kind("staff, case, enter", _as("mair", _at("case_work.enter"))),
    Kind("staff, rota", _as("mair", _rota("rotas.index"))),
    Kind("staff, rota, set up, empty", _then(_as("mair", _rota("rotas.set_up")), rounds="", tables="x"), status=422),
    Kind("staff, rota, somebody", _as("mair", _rota("rotas.person", person_id="in the rota"))),
    Kind("staff, rota, timetables", _as("mair", _rota("rotas.timetables"))),
    Kind("staff, rota, wall plan", _as("mair", _rota("rotas.wall_plan"))),
    Kind("meet again", _account("meeting_again.answer")),
    Kind("staff, programme", _as("mair", _at("programme.index"))),
    Kind("staff, draft", _as("mair", _of("draft_id", "draft", "programme.draft"))),
    Kind("staff, draft, bad day", _then(edit_draft, starts_on="x"), status=422),
    Kind("staff, draft, preview", _as("mair", _of("draft_id", "whole draft", "programme.preview"))),
    Kind("staff, draft, publish", _as("mair", _of("draft_id", "change", "programme.publish"))),
    Kind("staff, event, cancel, empty", _then(_as("mair", _of("event_id", "full", "running.cancel"))), status=422),
    Kind("staff, cases", _as("mair", _at("case_work.index"))),
    # Whether entries are right, and what readers say is wrong.
    Kind("still right", _account("freshness.answer")),
    Kind("still right, answered", _by_letter("answered")),
    Kind("still right, has closed", _by_letter("has closed")),
    Kind("still right, closed?", _account("freshness.closed")),
    Kind("still right, code", _at("freshness.code")),
    Kind("still right, code, unknown", _then(_at("freshness.code"), code="K7QM-4RTX-9CDF"), status=422),
    Kind("something wrong", _supplier("long", "reports.tell")),
    Kind("something wrong, empty", _then(_supplier("ordinary", "reports.tell")), status=422),
    Kind(
        "something wrong, check",
        _then(_supplier("ordinary", "reports.tell"), subject="other", words=UNBROKEN, name="Nia"),
    ),
    Kind("something wrong, thanks", _account("reports.told")),
    Kind("staff, reports", _as("mair", _at("report_work.index"))),
    Kind("staff, report", _as("mair", _of("report_id", "report", "report_work.show"))),
    Kind("staff, report, empty", _then(_as("mair", _of("report_id", "report", "report_work.show"))), status=422),
    Kind("staff, report, answered", _as("mair", _of("report_id", "answered report", "report_work.show"))),
    Kind("staff, reports about an entry", _as("mair", _of("supplier_id", "stale", "report_work.of_entry"))),
    Kind("staff, entries to confirm", _as("mair", _at("stale.index")), in_order=True),
    Kind("staff, entries of nobody", _as("mair", _at("stale.index", "?list=nobody")), in_order=True),
    Kind("staff, entry to confirm", _as("mair", _of("supplier_id", "stale", "stale.show"))),
    Kind("staff, entry to confirm, empty", _then(_as("mair", _of("supplier_id", "unasked", "stale.show"))), status=422),
    *(
        Kind(f"staff, case, {name}", _as("mair", _asked("case_work.show", name)))
        for name in ("open", "overdue", "longer", "answered")
    ),
    Kind("staff, case, open, empty", _then(_as("mair", _asked("case_work.show", "open"))), status=422),
    Kind("staff, case, more time", _as("mair", _asked("case_work.take_longer", "open"))),
    Kind("staff, sign-ups", _sign_up("sign_ups.index")),
    Kind("staff, sign-up, offered", _sign_up("sign_ups.show", "offered a place")),
    Kind("staff, sign somebody up, empty", _then(_sign_up("sign_ups.add")), status=422),
    Kind("staff, message to all, check", _then(_sign_up("sign_ups.write"), **TO_ALL)),
    Kind("staff, times of an advice session", _as("mair", _event("surgery", "surgeries.times"))),
    Kind("staff, sign-in sheet", _sign_up("sign_ups.sheet")),
    Kind("staff, badges", _sign_up("sign_ups.badges")),
    # After events.
    Kind("certificate, mine", _account("certificates.mine")),
    Kind("certificate, check, empty", _then(_at("certificates.check")), status=422),
    Kind("feedback", _account("feedback.give")),
    *(
        Kind(f"staff, after an event, {name}", _as("mair", _of("event_id", "held", endpoint)))
        for name, endpoint in (
            ("attendance", "attendance.show"), ("certificates", "attendance.certificates"),
            ("feedback", "feedback_results.show"),
        )
    ),
    # Businesses.
    Kind("businesses", _as("bethan", _at("businesses.index"))),
    Kind("businesses, none", _as("enid", _at("businesses.index"))),
    Kind("business, add", add_business),
    Kind("business, add, empty", _then(add_business), status=422),
    Kind("business, add, alike", _then(_as("enid", _at("businesses.add")), **ALIKE)),
    *(
        Kind(f"business, {name}", _business(f"businesses.{name}"))
        for name in ("show", "details", "invite", "leave", "hand_over", "close")
    ),
    Kind("business, details, empty", _then(_business("businesses.details"), business_name=""), status=422),
    Kind("business, invite, empty", _then(_business("businesses.invite")), status=422),
    Kind("business, member", _business("businesses.member", person_id="helper")),
    Kind("business, invitation", _business("businesses.take_back", invitation_id="invitation")),
    Kind("business, accept", _as("bethan", _account("businesses.accept"))),
    Kind("business, no invitation", _as("bethan", _at("businesses.accept", token="gone")), status=410),
    Kind("staff, entries", _as("mair", _at("entries.index"))),
    Kind("staff, entries found", _as("mair", _at("entries.index", "?q=cyf&standing=listed"))),
    Kind("staff, entry", _as("mair", _of("supplier_id", "wished entry", "entries.show"))),
    Kind("staff, entry, hidden", _as("mair", _of("supplier_id", "hidden entry", "entries.show"))),
    Kind("staff, for somebody", _for_mabli("index")),
    Kind("staff, for somebody, appeal", _for_mabli("appeal")),
    Kind("staff, for somebody, appeal, empty", _then(_for_mabli("appeal")), status=422),
    Kind("staff, for somebody, open again", _for_mabli("reopen")),
    Kind("staff, for somebody, joint work", _for_mabli("answer")),
    Kind("staff, for somebody, joint work, empty", _then(_for_mabli("answer")), status=422),
    Kind("staff, for somebody, code", _for_mabli("sign")),
    Kind("staff, for somebody, code, empty", _then(_for_mabli("sign")), status=422),
    Kind("staff, businesses of somebody", _of_mabli("index")),
    Kind("staff, add a business for somebody", add_for_mabli),
    Kind("staff, add a business for somebody, empty", _then(add_for_mabli), status=422),
    Kind("staff, add a business for somebody, alike", _then(add_for_mabli, **ALIKE, came_by="phone")),
    Kind("staff, business of somebody", _of_mabli("entry", "?q=cyf", **ONE)),
    Kind("staff, claim for somebody", claim_for_mabli),
    Kind("staff, claim for somebody, empty", _then(claim_for_mabli), status=422),
    Kind("staff, let in for somebody", let_in_for_mabli),
    Kind("staff, let in for somebody, empty", _then(let_in_for_mabli), status=422),
    Kind("staff, withdraw a claim for somebody", withdraw_for_mabli),
    Kind("staff, withdraw a claim for somebody, empty", _then(withdraw_for_mabli), status=422),
    Kind("staff, begin an entry for somebody", _of_mabli("entry_words.make", **ONE)),
    Kind("staff, begin an entry for somebody, empty", _then(_of_mabli("entry_words.make", **ONE)), status=422),
    *(
        Kind(f"staff, write an entry for somebody, {name}", _of_mabli(f"entry_words.{name}", **HERS))
        for name in ("tasks", "contact", "together", "quality", "check", "withdraw")
    ),
    *(
        Kind(f"staff, write an entry for somebody, {name}", _of_mabli(f"entry_words.{name}", **HERS), in_order=True)
        for name in ("who", "what", "where")
    ),
    Kind(
        "staff, write an entry for somebody, contact, wrong",
        _then(_of_mabli("entry_words.contact", **HERS), phone="1", website="x", email="x"),
        status=422,
    ),
    Kind("staff, check an entry for somebody, empty", _then(_of_mabli("entry_words.check", **HERS)), status=422),
    Kind("staff, withdraw changes for somebody, empty", _then(_of_mabli("entry_words.withdraw", **HERS)), status=422),
    Kind("staff, businesses of somebody with email", _of_mabli("index", **LOIS)),
    Kind("staff, let in for somebody with email", let_in_for_lois),
    Kind("staff, let in for somebody with email, empty", _then(let_in_for_lois), status=422),
    Kind("staff, hide an entry", hide),
    Kind("staff, hide an entry, empty", _then(hide), status=422),
    Kind("staff, hide an entry, check", _then(hide, ground="danger")),
    Kind("staff, show an entry again", show_again),
    Kind("staff, show an entry again, empty", _then(show_again), status=422),
    Kind("staff, appeals", _as("mair", _at("hiding.appeals"))),
    Kind("staff, appeal", answer_appeal),
    Kind("staff, appeal, empty", _then(answer_appeal), status=422),
    Kind("hidden, appeal", _hidden("hidden", "takedowns.show")),
    Kind("hidden, appeal, empty", _then(_hidden("hidden", "takedowns.show")), status=422),
    Kind("hidden, appealed", _hidden("appealed", "takedowns.show")),
    Kind("other language, ask", _hidden("hidden", "translations.show")),
    Kind("other language, asked", _hidden("wished", "translations.show")),
    Kind("staff, other language", _as("mair", _at("translating.index"))),
    Kind("staff, other language, words", translate),
    Kind("staff, other language, words, empty", _then(translate), status=422),
    Kind("staff, networks", _as("mair", _at("networks.index_of_networks"))),
    Kind("staff, network", _as("mair", _of("network_id", "named network", "networks.change"))),
    Kind("staff, network, empty", _then(_as("mair", _at("networks.add"))), status=422),
    Kind("staff, network, end", _as("mair", _of("network_id", "named network", "networks.end"))),
    Kind("staff, network, begin again", _as("mair", _of("network_id", "ended network", "networks.end"))),
    Kind("entry of a business", _business("claims.entry")),
    Kind("entry, found by name", _business("claims.entry", "?q=cyf")),
    Kind("entry, claim", _business("claims.claim", supplier_id="free entry")),
    Kind("entry, claim, empty", _then(_business("claims.claim", supplier_id="free entry")), status=422),
    Kind("entry, withdraw", _business("claims.withdraw", claim_id="claim")),
    Kind("entry, choose a business", _as("bethan", _of("supplier_id", "free entry", "claims.choose"))),
    Kind("entry, no business to choose", _as("enid", _of("supplier_id", "free entry", "claims.choose"))),
    # Profiles.
    Kind("profile, new", _business("profiles.new")),
    *(
        Kind(f"profile, {name}", _profile(f"profiles.{name}"))
        for name in ("tasks", "contact", "together", "quality", "check", "discard")
    ),
    *(
        Kind(f"profile, {name}", _profile(f"profiles.{name}"), in_order=True)
        for name in ("who", "what", "where", "preview")
    ),
    Kind(
        "profile, what, too long",
        _then(_profile("profiles.what"), summary_cy=UNBROKEN * 10, summary_en=UNBROKEN * 10),
        status=422,
        in_order=True,
    ),
    Kind("profile, contact, wrong", _then(_profile("profiles.contact"), phone="1", website="x", email="x"), status=422),
    *(
        Kind(f"profile that waits, {name}", _profile(f"profiles.{name}", "profile that waits"))
        for name in ("tasks", "what", "withdraw")
    ),
    *(
        Kind(f"pieces, {name}", _pieces(endpoint))
        for name, endpoint in (
            ("services", "services.index"), ("pictures", "pictures.index"), ("logo", "pictures.logo"),
            ("joint work", "joint_work.index"), ("asked", "joint_work.asked"), ("now", "now.index"),
            ("close", "now.close"),
        )
    ),
    Kind("pieces, service", _pieces("services.change", key="service"), in_order=True),
    Kind("pieces, service, empty", _then(_pieces("services.add")), status=422, in_order=True),
    Kind("pieces, service, remove", _pieces("services.remove", key="service")),
    Kind("pieces, photograph", _pieces("pictures.change", token="photograph")),
    Kind("pieces, photograph, empty", _then(_pieces("pictures.photo")), status=422),
    Kind("pieces, joint work, found", _pieces("joint_work.index", f"?q={UNBROKEN}")),
    Kind(
        "pieces, joint work, empty",
        _then(_pieces("joint_work.change", key="joint work"), what_cy="", what_en=""),
        status=422,
    ),
    Kind("supplier, pieces", _of("supplier_id", "pieces", "directory.show")),
    Kind("quality", _profile("passport.facts", "quality")),
    Kind("quality, DBS, empty", _then(_fact("passport.say", "dbs", "bethan"), issued_on=""), status=422),
    Kind("quality, number, wrong", _then(_fact("passport.say", REGISTERED, "bethan"), detail="x"), status=422),
    Kind("quality, remove", _fact("passport.take_back", "dbs", "bethan")),
    Kind("quality, code", _profile("passport.sign", "quality")),
    Kind("quality, code, empty", _then(_profile("passport.sign", "unsigned")), status=422),
    Kind("supplier, quality", _of("supplier_id", "quality", "directory.show")),
    Kind("open data", _at("open_data.about")),
    Kind("guide", _at("guide.start")),
    Kind("guide, question", _at("guide.question")),
    Kind("guide, question, empty", _at("guide.question", "?asked=set_up"), status=422),
    Kind("guide, list", _at("guide.result", **ALL_ANSWERS)),
    Kind("profile, rules", _profile("checklist.show", "rules")),
    Kind("profile, rules, none", _profile("checklist.show")),
    Kind("profile, rules, question", _profile("checklist.ask")),
    Kind(
        "profile, rules, keep",
        _business("checklist.keep", f"?{urlencode(ALL_ANSWERS)}", business_id="business of rules", supplier_id="rules"),
    ),
    Kind("profile, rules, remove", _profile("checklist.forget", "rules")),
    Kind("staff, guide", _as("mair", _at("guide_review.index"))),
    Kind("code of conduct", _at("code.show")),
    Kind("what we check", _at("code.what_we_check")),
    Kind("staff, evidence, waiting", _as("mair", _at("evidence.index"))),
    Kind("staff, evidence", _as("mair", _of("supplier_id", "quality", "evidence.show"))),
    Kind("staff, evidence, wrong", _then(_fact("evidence.see", "employers_liability", "mair")), status=422),
    Kind("staff, evidence, decline, empty", _then(_fact("evidence.decline", "dbs", "mair")), status=422),
    Kind("staff, signature", _as("mair", _of("supplier_id", "quality", "evidence.signature"))),
    Kind("staff, code", _as("mair", _at("code_work.versions"))),
    Kind("staff, code, write", _as("mair", _at("code_work.write"))),
    Kind("staff, code, publish", _as("mair", _at("code_work.publish"))),
    first("promise", _at("promises.show")),
    Kind("staff, changes", _as("mair", _at("moderation.index"))),
    Kind("staff, change", read_change),
    Kind("staff, change, wrong", _then(read_change, **WRONG), status=422),
    Kind("staff, history", _as("mair", _moderated("moderation.history"))),
    Kind("staff, version", _as("mair", _moderated("moderation.version", number="4"))),
    Kind("staff, restore, empty", _then(_as("mair", _moderated("moderation.restore", number="1"))), status=422),
    Kind("staff, claims", _as("mair", _at("claim_checks.index"))),
    Kind("staff, claim", _as("mair", _of("claim_id", "claim", "claim_checks.show"))),
    Kind("staff, claim, empty", _then(_as("mair", _of("claim_id", "claim", "claim_checks.show"))), status=422),
    Kind("staff, claim, decided", _as("mair", _of("claim_id", "decided claim", "claim_checks.show"))),
    # The front door and the small print.
    *(
        first(name.replace("_", " "), _at(f"pages.{name}"))
        for name in ("about", "how_we_work", "accessibility", "privacy", "cookies", "welsh_language", "terms")
    ),
    Kind("contact", contact),
    Kind("contact, empty", _then(contact), status=422),
    Kind("contact, check", _then(contact, **MESSAGE, subject="welsh")),
    Kind("contact, sent", _at("pages.contact_sent")),
    # When something is wrong.
    *(
        Kind(f"error {status}", _trouble(status), status=status)
        for status in (403, 404, 405, 500)
    ),
]  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
SEEN = [(kind.name, language) for kind in KINDS for language in kind.languages]
