"""Accounts: links work once and for one thing, sign-ins end when they should, and nobody learns who has an account."""

import re

import pytest

from c4s.accounts import actions, entering, rules
from c4s.accounts.models import Person, SignIn
from c4s.accounts.rules import PersonState, Purpose
from c4s.core import tokens
from c4s.core.db import db
from c4s.core.units import unit_of_work
from tests.accounts.builders import (
    HERE,
    PASSWORD,
    a_person,
    again,
    code_of,
    entered,
    kinds_of_letters_to,
    letters_to,
    link_to,
    registered,
    sign_in,
    token_to,
)
from tests.events.builders import an_event, booked
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

NIA, MAIR = "nia@example.cymru", "mair@example.cymru"
COOKIE = "c4s"
DETAILS = {"language_written": "cy", "language_spoken": "cy"}
PAGES = {
    Purpose.PROVE: "/en/account/prove/",
    Purpose.SIGN_IN: "/en/sign-in/link/",
    Purpose.CHANGE_EMAIL: "/en/account/email/",
    Purpose.CONFIRM: "/en/account/confirm/",
    Purpose.CLAIM_EMAIL: "/en/account/claim/",
}
"""Of a code on paper there is no page: it is typed."""
ELSEWHERE = [
    "//evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    " //evil.example",
    "\x01//evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\\evil.example",
    "/en/account",
    "accounts.close",
    "data:text/html,x",
    "//evil.example/%2e%2e",
]


def is_signed_in(visitor):
    return visitor.ask("GET", "/en/account").status_code == 200


def cookie_of(visitor):
    found = visitor.client.get_cookie(COOKIE)
    return found.value if found else None


def with_cookie(site, value):
    """A thief with a copy of somebody’s cookie."""
    thief = Visitor(site, "203.0.113.9")
    thief.client.set_cookie(COOKIE, value)
    return thief


@unit_of_work
def suspend(person_id):
    db.session.get_one(Person, person_id).state = PersonState.SUSPENDED


# ---- Links ----


def links(person):
    """A link of each kind that somebody with an account can have, and one of somebody who has yet to prove theirs."""
    made = {}
    actions.ask_for_link(NIA)
    made[Purpose.SIGN_IN] = token_to(NIA)
    actions.ask_to_change_email(person.id, "new@example.cymru")
    made[Purpose.CHANGE_EMAIL] = token_to("new@example.cymru")
    actions.send_confirm_link(person.id)
    made[Purpose.CONFIRM] = token_to(NIA)
    made[Purpose.PROVE] = token_to(registered("ifan"))
    elin = entered("elin")
    made[Purpose.CLAIM_ACCOUNT] = rules.plain_code(code_of(elin))
    entering.ask_to_claim(code_of(elin), "elin@example.cymru")
    made[Purpose.CLAIM_EMAIL] = token_to("elin@example.cymru")
    return made


def test_a_link_is_good_for_one_thing_alone(visitor):
    person = a_person(password=PASSWORD)
    made = links(person)
    visitor.open("/en/sign-in/password")
    visitor.send(email=NIA, password=PASSWORD)
    found = {
        (purpose, page): visitor.ask("GET", path + made[purpose]).status_code
        for purpose in Purpose
        for page, path in PAGES.items()
    }
    assert {pair for pair, status in found.items() if status == 200} == {(one, one) for one in PAGES}
    assert set(found.values()) == {200, 410}


def test_a_link_that_was_used_opens_nothing_more(site, visitor):
    a_person()
    sign_in(visitor, NIA)
    link = link_to(NIA)
    thief = Visitor(site)
    thief.open(link, 410)
    assert is_signed_in(thief) is False


def test_two_who_have_the_same_page_of_a_link_open_do_not_both_get_in(site, visitor):
    a_person()
    actions.ask_for_link(NIA)
    thief = Visitor(site)
    for one in (visitor, thief):
        one.open(link_to(NIA))
    visitor.send()
    thief.send(410)
    assert (is_signed_in(visitor), is_signed_in(thief)) == (True, False)


def test_a_newer_link_takes_the_place_of_an_older_one(visitor):
    a_person()
    actions.ask_for_link(NIA)
    older = link_to(NIA)
    actions.ask_for_link(NIA)
    visitor.open(older, 410)
    visitor.open(link_to(NIA))


@pytest.mark.parametrize("change", ["password", "address"])
def test_a_change_of_password_or_address_kills_every_link(visitor, change, monkeypatch):
    monkeypatch.setattr(rules, "PER_ADDRESS", 9)
    person = a_person()
    here = a_sign_in_of(person)
    actions.ask_for_link(NIA)
    link = link_to(NIA)
    if change == "password":
        actions.set_password(person.id, PASSWORD, keep=here)
    else:
        actions.ask_to_change_email(person.id, "new@example.cymru")
        actions.change_email(token_to("new@example.cymru"))
    visitor.open(link, 410)


def a_sign_in_of(person):
    """The number of a new sign-in of somebody."""
    actions.ask_for_link(again(person.id).email)
    actions.sign_in_by_link(token_to(again(person.id).email), **HERE)
    db.session.rollback()
    return db.session.query(SignIn).order_by(SignIn.id.desc()).first().id


def test_the_database_holds_no_secret_that_opens_anything(visitor):
    a_person(password=PASSWORD)
    actions.ask_for_link(NIA)
    secret = token_to(NIA)
    visitor.open(link_to(NIA))
    kept = [repr(tuple(row)) for table in ("one_time_link", "sign_in", "person", "kept_form") for row in _rows(table)]
    assert [row for row in kept if secret in row or PASSWORD in row] == []
    assert len(secret) >= 43  # 256 bits


def _rows(table):
    return db.session.connection().exec_driver_sql(f"SELECT * FROM {table}")


def test_a_confirming_link_of_somebody_else_confirms_nobody(visitor, clock):
    a_person(password=PASSWORD)
    mair = a_person("mair")
    sign_in(visitor, NIA)
    clock.shift(rules.RECENT)
    actions.send_confirm_link(mair.id)
    visitor.open(link_to(MAIR))
    visitor.send(410)
    assert visitor.ask("GET", "/en/account/close").status_code == 303


def test_links_lead_to_our_own_address_whatever_host_was_asked(visitor):
    a_person()
    page = visitor.open("/en/sign-in")
    data = {**page.values(), "email": NIA}
    visitor.ask("POST", "/en/sign-in", data=data, headers={"Host": "localhost:81"})
    assert "localhost:81" not in letters_to(NIA)[-1].body
    assert "http://127.0.0.1:5000/en/sign-in/link/" in letters_to(NIA)[-1].body


# ---- Sign-ins ----


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(site, visitor):
    a_person()
    sign_in(visitor, NIA)
    thief = with_cookie(site, cookie_of(visitor))
    assert is_signed_in(thief) is True
    visitor.open("/en/sign-out")
    visitor.send()
    assert is_signed_in(thief) is False


def test_a_cookie_from_before_signing_in_is_not_signed_in_afterwards(site, visitor):
    a_person()
    visitor.open("/en/sign-in")
    before = cookie_of(visitor)
    victim = with_cookie(site, before)
    sign_in(victim, NIA)
    assert (is_signed_in(victim), is_signed_in(visitor)) == (True, False)
    assert cookie_of(victim) != before


@pytest.mark.parametrize("way", ["confirmed", "set a password"])
def test_the_secret_of_a_sign_in_changes_with_what_it_may_do(site, visitor, way):
    a_person(password=PASSWORD)
    sign_in(visitor, NIA)
    thief = with_cookie(site, cookie_of(visitor))
    if way == "confirmed":
        visitor.open("/en/account/confirm")
        visitor.send(password=PASSWORD)
    else:
        visitor.open("/en/account/password")
        visitor.send(password="llwynog dan garreg fawr 9")
    assert (is_signed_in(visitor), is_signed_in(thief)) == (True, False)


def test_the_token_of_a_form_from_before_signing_in_is_not_taken_afterwards(visitor):
    a_person()
    old = visitor.open("/en/sign-in").values()["csrf_token"]
    person = sign_in(visitor, NIA)
    visitor.open("/en/account/details")
    page = visitor.send(422, csrf_token=old, name="Thief")
    assert len(page.errors) == 1
    assert "Thief" not in person.open("/en/account").main


def test_a_suspended_person_is_signed_out_at_once(visitor):
    person = a_person(password=PASSWORD)
    sign_in(visitor, NIA)
    suspend(person.id)
    assert is_signed_in(visitor) is False
    visitor.open("/en/sign-in/password")
    visitor.send(422, email=NIA, password=PASSWORD)
    actions.ask_for_link(NIA)
    assert kinds_of_letters_to(NIA)[-1] == "account_suspended"


def test_nobody_ends_the_sign_in_of_another_person(site, visitor):
    a_person()
    a_person("mair")
    mair = sign_in(Visitor(site), MAIR)
    sign_in(visitor, NIA)
    hers = db.session.query(SignIn).order_by(SignIn.id).first().id
    form = {"csrf_token": visitor.open("/en/account/details").values()["csrf_token"]}
    for number in (str(hers), "0", "-1", "9" * 30, "x", "１"):
        assert visitor.ask("POST", "/en/account/sign-ins", data={**form, "sign_in": number}).status_code == 303
    assert is_signed_in(mair) is True


def test_signing_in_and_out_is_not_done_from_another_site(visitor):
    a_person(password=PASSWORD)
    typed = {**visitor.open("/en/sign-in/password").values(), "email": NIA, "password": PASSWORD}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert visitor.ask("POST", "/en/sign-in/password", data=typed, headers=foreign).status_code == 403
    without = {"email": NIA, "password": PASSWORD}
    assert visitor.ask("POST", "/en/sign-in/password", data=without).status_code == 422
    sign_in(visitor, NIA)
    for more in ({"headers": foreign}, {}):
        visitor.ask("POST", "/en/sign-out", data={}, **more)
    assert is_signed_in(visitor) is True


def test_the_session_cookie_is_no_use_to_scripts_and_ends_with_the_browser(visitor):
    a_person()
    actions.ask_for_link(NIA)
    visitor.open(link_to(NIA))
    answer = visitor.ask("POST", link_to(NIA), data=visitor.page.values())
    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{COOKIE}=")]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie, "Path=/" in cookie) == (True, True, True)
    assert not re.search("expires|max-age|domain", cookie, re.IGNORECASE)


# ---- The way back ----


@pytest.mark.parametrize("next_page", ELSEWHERE)
def test_the_way_back_leads_nowhere_that_we_did_not_sign(visitor, next_page):
    a_person(password=PASSWORD)
    page = visitor.open("/en/sign-in/password", 200)
    typed = {**page.values(), "email": NIA, "password": PASSWORD}
    answer = visitor.ask("POST", "/en/sign-in/password", data=typed, query_string={"next": next_page})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/account")


@pytest.mark.parametrize(
    "values",
    [
        ("//evil.example", "{}"),
        ("pages.contact", "{}"),
        ("accounts.prove", '{"token": "x"}'),
        ("accounts.details",),
        (1, 2),
    ],
)
def test_even_a_way_back_that_is_signed_leads_to_our_own_pages_alone(visitor, values):
    a_person(password=PASSWORD)
    page = visitor.open("/en/sign-in/password")
    typed = {**page.values(), "email": NIA, "password": PASSWORD}
    next_page = tokens.sign("return", *values)
    answer = visitor.ask("POST", "/en/sign-in/password", data=typed, query_string={"next": next_page})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/account")


def test_what_would_steer_the_making_of_addresses_is_not_part_of_the_way_back(visitor):
    a_person(password=PASSWORD)
    odd = "_external=1&_scheme=javascript&_anchor=x&endpoint=pages.home&page_language=cy&self=y&values=z"
    visitor.open(f"/en/account/details?{odd}")
    visitor.follow("Sign in with a password")
    answer = visitor.ask(
        "POST", visitor.page.address, data={**visitor.page.values(), "email": NIA, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/en/account/details?self=y&values=z"


def test_a_token_of_another_purpose_is_no_way_back(visitor):
    a_person(password=PASSWORD)
    page = visitor.open("/en/sign-in/password")
    typed = {**page.values(), "email": NIA, "password": PASSWORD}
    other = tokens.sign("booking", "accounts.close", "{}")
    answer = visitor.ask("POST", "/en/sign-in/password", data=typed, query_string={"next": other})
    assert answer.headers["Location"] == "/en/account"


# ---- Only what a form asks for is taken ----

MORE = {
    "id": "99",
    "lane": "staff",
    "state": "active",
    "email_key": "x@example.cymru",
    "proved_at": "2026-01-01",
    "password_hash": "x",
    "closing_at": "",
    "person_id": "1",
    "turn": "9",
}


def test_registering_takes_nothing_that_the_form_does_not_ask(visitor):
    visitor.open("/en/register/resident")
    visitor.send(name="Nia", email=NIA, over_16="y", **DETAILS, **MORE)
    [person] = db.session.query(Person).all()
    assert (person.lane, person.state, person.proved_at) == ("resident", PersonState.UNPROVED, None)
    assert (person.id != 99, person.turn != 9) == (True, True)
    assert (person.email_key, person.password_hash) == (NIA, "")


def test_changing_details_changes_nothing_else(visitor):
    person = a_person()
    sign_in(visitor, NIA)
    before = {
        name: getattr(again(person.id), name) for name in ("id", "lane", "state", "email", "email_key", "proved_at")
    }
    visitor.open("/en/account/details")
    visitor.send(name="Nia Wyn", email=MAIR, **DETAILS, **MORE)
    now = again(person.id)
    assert {name: getattr(now, name) for name in before} == before
    assert (now.name, now.password_hash) == ("Nia Wyn", "")


# ---- Nobody learns who has an account ----


def answered(answer):
    """All that a stranger can see of an answer."""
    headers = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Date", "Content-Length")}
    return answer.status_code, headers, sorted(name for name, _ in answer.headers)


WHO = ["nobody", "nia", "ifan", "carys", "gwen"]
"""Nobody; somebody with an account; one who has not proved it; one who is suspended; one who is leaving."""


def everyone():
    a_person("nia", password=PASSWORD)
    registered("ifan")
    suspend(a_person("carys", password=PASSWORD).id)
    actions.ask_to_close(a_person("gwen", password=PASSWORD).id)


def asked(site, address, **typed):
    """What a form answers, and the page that follows, for each of them, with what is secret or typed taken out."""
    found = []
    for number, who in enumerate(WHO):
        stranger = Visitor(site, f"192.0.{number}.1")
        values = {**stranger.open(address).values(), "email": f"{who}@example.cymru", **typed}
        answer = stranger.ask("POST", address, data=values)
        page = stranger.ask("GET", answer.headers["Location"]) if answer.location else answer
        words = re.sub(r'(csrf_token|key|opened)" value="[^"]*', r"\1", page.get_data(as_text=True))
        found.append((answered(answer), answered(page), words.replace(f"{who}@example.cymru", "…")))
    return found


@pytest.mark.parametrize("language", ["cy", "en"])
def test_registering_answers_the_same_for_every_address(site, language):
    everyone()
    address = {"cy": "/cy/cofrestru/preswylydd", "en": "/en/register/resident"}[language]
    first, *others = asked(site, address, name="Somebody", over_16="y", **DETAILS)
    assert first[0][0] == 303
    assert others == [first] * 4


@pytest.mark.parametrize("language", ["cy", "en"])
def test_asking_for_a_link_answers_the_same_for_every_address(site, language):
    everyone()
    first, *others = asked(site, {"cy": "/cy/mewngofnodi", "en": "/en/sign-in"}[language])
    assert first[0][0] == 303
    assert others == [first] * 4


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_wrong_password_answers_the_same_for_every_address(site, language):
    everyone()
    address = {"cy": "/cy/mewngofnodi/cyfrinair", "en": "/en/sign-in/password"}[language]
    first, *others = asked(site, address, password="not this one, no")
    assert first[0][0] == 422
    assert others == [first] * 4


def test_changing_to_an_address_answers_the_same_whoever_has_it(visitor):
    everyone()
    a_person("mair")
    sign_in(visitor, MAIR)
    found = []
    for who in WHO:
        values = {**visitor.open("/en/account/email").values(), "email": f"{who}@example.cymru"}
        answer = visitor.ask("POST", "/en/account/email", data=values)
        page = visitor.ask("GET", answer.headers["Location"]).get_data(as_text=True)
        found.append((answered(answer), page.replace(f"{who}@example.cymru", "…")))
    assert found == [found[0]] * 5
    assert again(db.session.query(Person).filter_by(email=MAIR).one().id).email == MAIR


def test_an_address_that_was_asked_for_too_often_answers_as_before(site, visitor):
    a_person()
    seen = set()
    for _ in range(rules.PER_ADDRESS + 2):
        page = visitor.open("/en/sign-in")
        answer = visitor.ask("POST", "/en/sign-in", data={**page.values(), "email": NIA})
        seen.add((answer.status_code, answer.headers["Location"]))
    assert seen == {(303, "/en/sign-in/check-your-email")}
    assert kinds_of_letters_to(NIA).count("sign_in_link") == rules.PER_ADDRESS


def test_a_known_address_that_registers_again_changes_nothing_and_its_owner_is_told(visitor):
    person = a_person()
    visitor.open("/en/register/resident")
    visitor.send(name="Thief", email=NIA, over_16="y", language_written="en", language_spoken="en")
    now = again(person.id)
    assert (now.name, now.language_written, now.state) == ("Nia", "both", PersonState.ACTIVE)
    assert kinds_of_letters_to(NIA)[-1] == "you_have_an_account"
    assert "Thief" not in letters_to(NIA)[-1].body


def test_what_a_stranger_types_as_a_name_is_sent_to_nobody(visitor):
    visitor.open("/en/register/resident")
    visitor.send(name="Buy now at evil.example", email=NIA, over_16="y", **DETAILS)
    [letter] = letters_to(NIA)
    assert [part for part in (letter.subject, letter.body, letter.to_name) if "evil" in part] == []


# ---- What is one's own ----


def test_places_are_shown_to_whoever_proved_the_address_and_to_nobody_who_typed_it(site, visitor):
    booked(an_event(), "nia")
    a_person("mair")
    sign_in(visitor, MAIR)
    visitor.open("/en/account/email")
    visitor.send(email=NIA)  # asked for, not proved
    assert "my-place" not in visitor.open("/en/account/places").html


def test_what_is_kept_while_signed_out_is_shown_to_the_browser_that_sent_it_alone(site, visitor):
    a_person()
    a_person("mair")
    values = {"name": "Private", **DETAILS}
    visitor.ask("POST", "/en/account/details", data=values)
    other = sign_in(Visitor(site), MAIR)
    assert "Private" not in other.open("/en/account/details").html
    sign_in(visitor, NIA)
    assert "Private" in visitor.open("/en/account/details").html


def test_a_form_that_another_site_sent_is_not_kept(visitor):
    values = {"name": "Private", **DETAILS}
    answer = visitor.ask("POST", "/en/account/details", data=values, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code in (303, 403)
    a_person()
    sign_in(visitor, NIA)
    assert "Private" not in visitor.open("/en/account/details").html
