"""Every letter is written in both languages, with nothing left out."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from jinja2 import Undefined

from c4s.accounts import phrases
from c4s.accounts.rules import CameBy
from c4s.businesses.models import Business
from c4s.businesses.phrases import ROLE
from c4s.businesses.rules import MemberRole
from c4s.core.config import ROOT
from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.events.afterwards import Way
from c4s.events.models import Booking, Event, Venue
from c4s.events.rules import BookingState
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.mail.models import Channel
from c4s.moderation.kinds import Said
from c4s.moderation.letters import Told
from c4s.moderation.phrases import REASON, VERDICT
from c4s.moderation.rules import Reason, Verdict
from c4s.news.letters import Item
from c4s.programme.letters import Before
from c4s.quality.phrases import KIND, STANDING
from c4s.quality.rules import FactKind, FactStanding
from c4s.web.access import EVERYONE
from tests.conftest import NOW
from tests.house.welsh import english_in, welsh_in

pytestmark = pytest.mark.either_database

LETTERS = sorted(f"{path.parents[1].name}/{path.stem}" for path in (ROOT / "templates").glob("*/letters/*.txt"))
ABOUT_THE_OTHER_LANGUAGE = (
    "This message is available in English: ask us.",
    "Mae’r neges hon ar gael yn Gymraeg: gofynnwch i ni.",
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:5000\S+")
LEADS_NOWHERE = re.compile(r":\n{3,}")
"""Words that lead to something, and nothing after them."""
ADDRESS_TOLD = re.compile(r"""(\w+) ?= ?addresses\.links?\(\s*"([\w.]+)""")
UNFINISHED = re.compile(r"\{\{|\}\}|\{%|%\(|\bNone\b|Undefined|object at 0x|BookingState|<[a-z]|&[a-z]+;|&#")


class Unknown(Undefined):
    """A name that no one gave a value: a letter may ask whether it is there, but not say it."""

    __str__ = __iter__ = __eq__ = Undefined._fail_with_undefined_error  # type: ignore[assignment]
    __hash__ = Undefined.__hash__


@dataclass(frozen=True)
class Case:
    """One way in which a letter may be written.

    Attributes:
        mailed: to somebody with e-mail; otherwise to somebody who is reached on paper.
        told: everything that may be left out is there.
    """

    mailed: bool
    told: bool
    state: BookingState


CASES = [Case(mailed, told, state) for mailed in (True, False) for told in (True, False) for state in BookingState]


NEVER_WITHOUT = {
    "accounts/account_is_closing": ("until",),
    "accounts/account_will_close": ("until",),
    "accounts/confirm_new_address": ("until",),
    "accounts/confirm_who_you_are": ("until",),
    "accounts/prove_your_address": ("until",),
    "accounts/claim_code": ("until",),
    "accounts/claim_your_account": ("until",),
    "accounts/sign_in_link": ("until",),
    "accounts/welcome": ("until",),
    "businesses/invited": ("role", "until"),
    "directory/enquiry": ("name",),
    "events/already_have_a_place": ("position", "until"),
    "events/joined_waiting_list": ("position",),
    "events/place_offered": ("until",),
    "events/place_to_confirm": ("until",),
    "pages/message": ("name",),
}
"""What a letter is never written without; elsewhere it may be left out."""
ONLY_BY_EMAIL = {
    *(
        f"accounts/{name}"
        for name in (
            "account_suspended",
            "claim_your_account",
            "confirm_new_address",
            "confirm_who_you_are",
            "email_is_changing",
            "email_was_changed",
            "password_was_changed",
            "prove_your_address",
            "recovery_code_was_used",
            "recovery_codes_are_new",
            "roles_were_changed",
            "second_factor_is_gone",
            "second_factor_is_set",
            "sign_in_link",
            "you_have_an_account",
        )
    ),  # to a new address, or to somebody who signs in
    *(f"buyers/{name}" for name in ("checked_again", "ended", "granted", "refused")),  # who asks must sign in
    "businesses/invited",  # to an address that an owner typed
    *(f"events/{name}" for name in ("already_have_a_place", "place_lapsed", "place_to_confirm")),  # unproved addresses
    "moderation/submitted_again",  # to members of staff
    "news/weekly",  # for whoever has e-mail, as ``news.queries`` asks
}
"""Letters that are never for somebody without e-mail, and may do nothing for them."""


def facts(letter, case):
    """Everything that a letter may speak of; where it could lead to any page, one for which people must sign in."""
    never_without = NEVER_WITHOUT.get(letter, ())  # and on paper there is no address to confirm by a time
    may_be_left_out = {
        "name": ("Nia", ""),
        "until": (NOW + timedelta(days=1) if case.mailed or "until" in never_without else None, None),
        "position": (2, None),
        "role": (ROLE[MemberRole.OWNER], ""),
    }
    optional = {
        name: given if case.told or name in never_without else left_out
        for name, (given, left_out) in may_be_left_out.items()
    }
    place = Venue(name=Bilingual("Canolfan y Felin", "The Mill Centre"), address=["1 Stryd y Felin"])
    event = Event(
        title=Bilingual("Bara brith", "Fruit bread"),
        venue=place if case.told else None,
        online=True,
        online_address="https://meet.example.wales/1" if case.told else "",
        joining_notes=Bilingual("Dewch â beiro.", "Bring a pen.") if case.told else Bilingual(),
        party_limit=4 if case.told else 1,
    )
    links = addresses.links("businesses.show", business_id=1)
    return {
        "to": outbox.Recipient("Nia", "nia@example.cymru"),
        "booking": Booking(
            reference="K7QM-4RTX",
            event=event,
            state=case.state,
            channel=Channel.EMAIL if case.mailed else Channel.POST,
            proved_at=NOW if case.told else None,
            party=2 if case.told else 1,
            others=["Nia", "Nia"] if case.told else [],
        ),
        "event": event,
        "supplier": Supplier(name="Siop Huw", name_cy=""),
        "email": "nia@example.cymru",
        "when": Bilingual("dydd Llun", "Monday"),
        "was": str(case.state),
        "was_waiting": case.told,
        "left_event": event,
        "left_when": Bilingual("dydd Sul", "Sunday"),
        "dates": [Bilingual("dydd Llun", "Monday"), Bilingual("dydd Mawrth", "Tuesday")] if case.told else [],
        "is_last": case.told,
        "message_subject": Bilingual("Ystafell arall", "Another room"),
        "message_body": Bilingual("Ewch i’r llofft.", "Go upstairs."),
        "ways": [Way("7", links)] if case.told else [],
        "before": Before(event.title, Bilingual("dydd Sul", "Sunday"), place.name, True) if case.told else Before(),
        "notice": Bilingual("Mae’r neuadd ar gau.", "The hall is shut.") if case.told else Bilingual(),
        "certificates": [("Nia", "K7QM-4RTX-9CDF", links if case.mailed else Bilingual())],
        "check_page": addresses.links("certificates.check"),
        "place_address": links if case.mailed else Bilingual(),
        "event_address": links if case.mailed else Bilingual(),
        "link": links if case.mailed or letter in ONLY_BY_EMAIL else Bilingual(),
        "is_idle": case.told,
        "is_renewal": case.told,
        "lost_password": case.told,
        "number": 7,
        "reason": "7",
        "roles": list(phrases.ROLE.values()) if case.told else [],
        "code": "3467-9CDF-GHJK-MNPQ-RTVX",
        "claim_page": addresses.links("accounts.claim"),
        "wished": "cy" if case.told else "both",
        "topic": "7",
        "names": ["7"],
        "other_name": "7",
        "reach": "7",
        "words": "7",
        "body_name": "7",
        "business": Business(name="Siop Huw"),
        "who": "Nia",
        "phone_of": "01632 960 001" if case.told else "",
        "register_link": links,
        "reference": "7",
        "why": Bilingual("Am reswm da.", "For a good reason."),
        "answer": Bilingual("Dyma’r ateb.", "Here is the answer."),
        "due": Bilingual("dydd Llun", "Monday"),
        "is_complaint": case.told,
        "labels": [KIND[FactKind.DBS]],
        "is_live": case.told,
        "confirmed": Bilingual("dydd Llun", "Monday") if case.told else Bilingual(),
        "last_day": Bilingual("dydd Mawrth", "Tuesday") if case.told else Bilingual(),
        "code_page": addresses.links("freshness.code"),
        "outcome": "7",
        "fact": KIND[FactKind.DBS],
        "ends_on": NOW.date(),
        "endings": [(KIND[FactKind.DBS], STANDING[FactStanding.SAYS], NOW.date())],
        "changes": Bilingual("Pwynt newydd.", "A new point."),
        "came_by": phrases.CAME_BY[CameBy.PAPER],
        "told": KIND[FactKind.DBS],
        "details": [(KIND[FactKind.DBS], Bilingual("Gŵyl fwyd.", "A food festival.")), (STANDING["says"], "7")]
        if case.told
        else [],
        "entry": Bilingual("Siop Huw", "Siop Huw"),
        "parts": [
            (KIND[FactKind.DBS], Said(Bilingual("1 2 3", "1 2 3") if case.told else Bilingual(), is_bilingual))
            for is_bilingual in (False, True)
        ],
        "party": Bilingual("Siop Huw", "Siop Huw"),
        "what": Bilingual("Gŵyl fwyd.", "A food festival."),
        "year": 2025 if case.told else None,
        "is_so": case.told,
        "thing": Bilingual("Siop Huw", "Siop Huw"),
        "title": KIND[FactKind.DBS],
        "back": [
            Told(
                KIND[FactKind.DBS],
                VERDICT[verdict],
                REASON[Reason.UNCLEAR] if case.told else "",
                Bilingual("Mae’n rhy hir.", "It is too long."),
                Bilingual("1 2 3", "1 2 3") if verdict == Verdict.SUGGESTED else Bilingual(),
            )
            for verdict in (Verdict.SUGGESTED, Verdict.RETURNED)
        ],
        "accepted": [KIND[FactKind.DBS]] if case.told else [],
        "is_partly_live": case.mailed,
        **dict.fromkeys(("events", "businesses"), [Item(event.title, Bilingual(), links)] if case.told else []),
        **dict.fromkeys(("more_events", "more_businesses"), case.told),
        **dict.fromkeys(("events_page", "directory_page", "choose_page", "stop_page"), links),
        **optional,
    }


def test_there_are_letters():
    assert {name.split("/")[0] for name in LETTERS} == {
        "accounts",
        "attendance",
        "businesses",
        "buyers",
        "cases",
        "directory",
        "events",
        "freshness",
        "moderation",
        "news",
        "on_behalf",
        "pages",
        "profiles",
        "programme",
        "quality",
        "reports",
        "sign_ups",
        "speed_networking",
        "takedowns",
        "translations",
    }


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_can_be_written_in_each_language_and_in_both(site, monkeypatch, letter):
    monkeypatch.setattr(site.jinja_env, "undefined", Unknown)
    names = ["Nia", "Siop Huw", "Connect4Success", "Canolfan y Felin", "Stryd y Felin"]
    for case in CASES:
        given = facts(letter, case)
        written = {code: outbox.words(letter, code, **given) for code in ("cy", "en")}
        both = outbox.words(letter, "both", **given)
        own = {}
        for code, (subject, body) in written.items():
            assert (subject != "", "\n" in subject, body != "") == (True, False, True)
            assert UNFINISHED.findall(subject + body) == [], (case, subject, body)
            assert not re.search(r"\n{4}|[ \t]\n|^ ", body), (case, body)
            own[code] = body
            for line in ABOUT_THE_OTHER_LANGUAGE:
                own[code] = own[code].replace(line, "").strip()
            find = english_in if code == "cy" else welsh_in
            assert find(f"{subject}\n{own[code]}", names) == [], (case, body)
        assert both[1].index(own["cy"]) < both[1].index(own["en"])
        assert [line for line in ABOUT_THE_OTHER_LANGUAGE if line in both[1]] == []  # it is there already
        assert both[0].startswith(written["cy"][0]) and both[0].endswith(written["en"][0])


@pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter != "pages/message"])
def test_every_letter_to_others_says_who_wrote_it_and_that_the_other_language_is_welcome(site, letter):
    given = facts(letter, CASES[0])
    welsh, english = (outbox.words(letter, code, **given)[1] for code in ("cy", "en"))
    assert ("01632 960 100" in welsh, "01632 960 100" in english) == (True, True)
    assert (ABOUT_THE_OTHER_LANGUAGE[0] in welsh, ABOUT_THE_OTHER_LANGUAGE[1] in english) == (True, True)


def is_for_everybody(site, address):
    """Whether the page at an address of the site is open to people who are not signed in."""
    endpoint, _ = site.url_map.bind("site").match(address.removeprefix(site.config["SITE_ADDRESS"]))
    return site.view_functions[endpoint].access is EVERYONE


@pytest.mark.parametrize("channel", [Channel.POST, Channel.PHONE])
@pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter not in ONLY_BY_EMAIL])
def test_no_letter_sends_somebody_without_email_to_a_page_where_one_must_sign_in(site, letter, channel):
    mailed, on_paper = (
        [facts(letter, case) for case in CASES if case.mailed == is_mailed] for is_mailed in (True, False)
    )
    for given, said_by_email in zip(on_paper, mailed, strict=True):
        to = outbox.Recipient("Nia", "1 Stryd y Felin", "both", channel)
        told = {**given, "link": said_by_email["link"], "to": to}  # as it is told of everybody
        with db.session.no_autoflush:
            paper = outbox.post(letter, **told).body
            db.session.rollback()
        closed = [one for one in ADDRESS.findall(paper) if not is_for_everybody(site, one)]
        assert closed == [], (letter, paper)
        assert not LEADS_NOWHERE.search(paper), (letter, paper)


def test_a_page_where_one_must_sign_in_is_only_ever_told_as_the_link_that_paper_leaves_out(site):
    told = {
        (path.parent.name, endpoint, keyword)
        for path in (ROOT / "c4s").glob("*/*letters.py")
        for keyword, endpoint in ADDRESS_TOLD.findall(path.read_text(encoding="utf-8"))
    }
    closed = {one for one in told if site.view_functions[one[1]].access is not EVERYONE}
    assert ("takedowns", "takedowns.show", "link") in closed
    assert {one for one in closed if one[2] != "link"} == {("news", "news.choose", "choose_page")}  # only by e-mail
