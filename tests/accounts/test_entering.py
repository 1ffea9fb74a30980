"""People without e-mail: registered by staff, and the account claimed later with the code of a letter."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from c4s.accounts import actions, entering, queries, roles, rules
from c4s.accounts.models import OneTimeLink, Person
from c4s.accounts.rules import Did, PersonState, Purpose, WhyNot
from c4s.audit import trail
from c4s.core import read_aloud
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import WIDER, TooMany, count
from c4s.core.units import unit_of_work
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.web.rights import Who
from tests.accounts.builders import (
    HERE,
    a_member_of_staff,
    a_person,
    again,
    code_of,
    entered,
    kinds_of_letters_to,
    letters_to,
    registered,
    set_roles,
    token_to,
)

ELIN = "elin@example.cymru"


def why(call, *args, **more):
    with pytest.raises(Refused) as refusal:
        call(*args, **more)
    db.session.rollback()
    return refusal.value.reason


def number_of_letters():
    db.session.rollback()
    return db.session.query(OutgoingLetter).count()


def claimed(code, email=ELIN):
    """Claim with a code, as far as the letter goes; gives the token in it."""
    entering.ask_to_claim(code, email)
    return token_to(email)


# ---- Rules ----


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("01632 960 001", "01632960001"),
        ("+44 1632 960001", "01632960001"),
        ("+44 (0)1632 960001", "01632960001"),
        ("0044 1632 960001", "01632960001"),
        ("(01632) 960-001", "01632960001"),
        ("+33 1 23 45", "3312345"),
        ("nia", ""),
        ("", ""),
    ],
)
def test_a_telephone_number_is_its_digits_as_they_are_dialled_here(typed, digits):
    assert rules.digits_of(typed) == digits


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("1 Stryd y Bont\nPontypridd\nCF37 1AA", "CF371AA"),
        ("1 stryd y bont, cf371aa", "CF371AA"),
        ("CF1 1AA Cyf\nPontypridd CF37 2BB", "CF372BB"),
        ("1 Stryd y Bont", ""),
        ("", ""),
    ],
)
def test_a_postcode_is_found_at_the_end_of_an_address(address, postcode):
    assert rules.postcode_in(address) == postcode


def test_a_code_is_read_however_it_is_typed():
    letters = "34679CDFGHJKMNPQRTVX"
    code = read_aloud.grouped(letters)
    assert code == "3467-9CDF-GHJK-MNPQ-RTVX"
    assert [rules.plain_code(typed) for typed in (code, code.lower(), f" {letters} ", " ".join(letters))] == [
        letters
    ] * 4
    assert rules.plain_code(code * 100) != letters


def test_a_code_cannot_be_guessed():
    assert len(read_aloud.LETTERS) ** rules.CODE_LENGTH > 2**77


# ---- Registering ----


def test_a_helper_opens_an_account_that_is_open_at_once_and_a_letter_waits_for_paper(site):
    elin = entered("elin")
    assert (elin.state, elin.email, elin.email_key, elin.proved_at, elin.channel) == (
        PersonState.ACTIVE,
        "",
        "",
        None,
        Channel.POST,
    )
    assert elin.entered_by_id == queries.person_by_email("gwen@example.cymru").id
    letter = letters_to(elin.postal_address)[0]
    assert (letter.state, letter.to_name, code_of(elin) in letter.body) == (LetterState.TO_PRINT, "Elin", True)
    told = trail.history_of("person", elin.id)[0]
    assert (told.action, told.actor, told.facts["came_by"]) == (Did.ENTERED, f"person:{elin.entered_by_id}", "phone")


def test_we_keep_a_digest_of_a_code_alone(site):
    elin = entered("elin")
    kept = db.session.scalars(select(OneTimeLink)).all()
    assert [link.token_hash for link in kept if link.person_id == elin.id] == [
        rules.digest(rules.plain_code(code_of(elin)))
    ]


@pytest.mark.parametrize("role", [None, Who.EDITOR, Who.MODERATOR])
def test_nobody_registers_others_without_the_right_whatever_page_is_still_open(site, role):
    person = a_member_of_staff("mair", role) if role else a_person("mair")
    assert why(entered, "elin", by=person) == WhyNot.NOT_ALLOWED
    assert queries.find_people("elin", most=5).number == 0


def test_the_same_form_twice_is_one_account_and_another_one_with_its_key_is_refused(site):
    assert entered("elin").id == entered("elin").id
    assert why(entered, "elin", name="Arall") == NotAgain.ANOTHER_BODY
    assert (queries.find_people("elin", most=5).number, number_of_letters() > 0) == (1, True)


def test_two_people_without_e_mail_do_not_stand_in_each_others_way(site):
    assert entered("elin").id != entered("ifor", Channel.PHONE).id


def test_letters_follow_the_way_that_somebody_is_reached(site):
    elin, ifor = entered("elin"), entered("ifor", Channel.PHONE)
    mair = a_member_of_staff("mair", Who.ADMINISTRATOR)
    for person in (elin, ifor):
        roles.suspend(person.id, "Rheswm", by_id=mair.id)
    found = [letters_to(address)[-1] for address in (elin.postal_address, ifor.phone)]
    assert [(one.channel, one.letter, one.state) for one in found] == [
        (Channel.POST, "accounts/you_are_suspended", LetterState.TO_PRINT),
        (Channel.PHONE, "accounts/you_are_suspended", LetterState.TO_PRINT),
    ]
    assert [letter.body for letter in found if "http" in letter.body] == []


def test_namesakes_are_people_of_the_same_name_with_the_same_number_or_postcode(site):
    elin, ifor = entered("elin", name="Elin Ŵyn"), entered("ifor", Channel.PHONE)
    nia = a_person("nia", name="Nia")

    def found(name, address):
        return [one.id for one in queries.namesakes(name, address)]

    assert found("ELIN  WYN", "9 Stryd Arall, cf37 1aa") == [elin.id]
    assert found("Elin Wyn", "9 Stryd Arall, CF37 1AB") == []
    assert found("Ifor", "+441632960001") == [ifor.id]
    assert found("Ifor", "01632 960 002") == []
    assert found("nia", "01632 960 002") == [nia.id]  # we know nothing that tells them apart
    assert found("…", "01632 960 002") == []


# ---- Claiming ----


def test_the_account_has_the_address_once_its_owner_has_opened_the_link(site):
    elin = entered("elin")
    code = code_of(elin)
    token = claimed(code.lower())
    assert again(elin.id).email == ""
    here = queries.live_sign_in(entering.claim(token, **HERE))
    claimed_by = again(elin.id)
    assert (here.person_id, claimed_by.email, claimed_by.email_key, claimed_by.channel) == (
        elin.id,
        ELIN,
        ELIN,
        Channel.EMAIL,
    )
    assert claimed_by.proved_at is not None
    assert letters_to(elin.postal_address)[-1].letter == "accounts/account_was_claimed"
    assert Did.CLAIMED in [entry.action for entry in trail.history_of("person", elin.id)]


def test_the_letter_to_the_address_says_no_name(site):
    """It may be mistyped, and somebody else’s."""
    elin = entered("elin", name="Elin Gwenllian")
    claimed(code_of(elin))
    assert "Gwenllian" not in letters_to(ELIN)[-1].body + letters_to(ELIN)[-1].to_name


def test_replay_a_code_or_link_that_was_used_is_worth_nothing(site):
    elin = entered("elin")
    code = code_of(elin)
    token = claimed(code)
    entering.claim(token, **HERE)
    assert why(entering.claim, token, **HERE) == WhyNot.LINK_NOT_VALID
    entering.ask_to_claim(code, "mallt@example.cymru")
    assert (letters_to("mallt@example.cymru"), again(elin.id).email) == ([], ELIN)


def test_another_persons_code_claims_that_persons_account_and_no_other(site):
    elin, ifor = entered("elin"), entered("ifor", Channel.PHONE)
    entering.claim(claimed(code_of(ifor), "mallt@example.cymru"), **HERE)
    assert (again(elin.id).email, again(ifor.id).email) == ("", "mallt@example.cymru")


def test_a_link_of_another_purpose_claims_nothing_and_the_link_of_a_claim_opens_nothing_else(site):
    a_person("nia")
    elin = entered("elin")
    actions.ask_for_link("nia@example.cymru")
    assert why(entering.claim, token_to("nia@example.cymru"), **HERE) == WhyNot.LINK_NOT_VALID
    token = claimed(code_of(elin))
    for action in (lambda: actions.prove(token, **HERE), lambda: actions.change_email(token)):
        assert why(action) == WhyNot.LINK_NOT_VALID
    assert why(entering.claim, rules.plain_code(code_of(elin)), **HERE) == WhyNot.LINK_NOT_VALID


@pytest.mark.parametrize("code", ["", "3467-9CDF-GHJK-MNPQ-RTVX", "x" * 10_000, "’; DROP TABLE person", "Ŵ" * 20])
def test_a_guessed_code_writes_nothing_and_is_answered_like_a_right_one(site, code):
    entered("elin")
    before = (number_of_letters(), db.session.query(OneTimeLink).count(), db.session.query(Person).count())
    assert entering.ask_to_claim(code, "mallt@example.cymru") is None
    db.session.rollback()
    after = (number_of_letters(), db.session.query(OneTimeLink).count(), db.session.query(Person).count())
    assert after == before


def test_guessed_codes_are_soon_too_many_for_a_network(site):
    for _ in range(rules.CLAIMS_PER_NETWORK):
        entering.ask_to_claim("3467", "mallt@example.cymru", network="192.0.2.0/24")
    assert why(entering.ask_to_claim, "3467", "b@example.cymru", network="192.0.2.0/24") == TooMany.TOO_MANY
    assert entering.ask_to_claim("3467", "b@example.cymru", network="198.51.100.0/24") is None


def test_an_address_that_has_an_account_keeps_it_and_is_told(site):
    nia, elin = a_person("nia"), entered("elin")
    entering.ask_to_claim(code_of(elin), "nia@example.cymru")
    assert kinds_of_letters_to("nia@example.cymru")[-1] == "you_have_an_account"
    assert (again(elin.id).email, again(nia.id).email) == ("", "nia@example.cymru")


def test_an_address_that_became_another_persons_meanwhile_is_not_taken(site):
    elin = entered("elin")
    token = claimed(code_of(elin))
    registered("elin")
    actions.prove(token_to(ELIN), **HERE)
    assert why(entering.claim, token, **HERE) == WhyNot.LINK_NOT_VALID
    assert again(elin.id).email == ""


def test_somebody_who_began_an_account_with_the_address_and_never_proved_it_has_no_claim_on_it(site):
    registered("elin", name="Rhywun Arall")
    elin = entered("elin")
    entering.claim(claimed(code_of(elin)), **HERE)
    assert queries.person_by_email(ELIN).id == elin.id


def test_a_new_code_ends_the_one_before_and_a_suspended_or_closing_account_has_none(site):
    elin = entered("elin")
    first = code_of(elin)
    entering.make_code(elin.id, by_id=elin.entered_by_id)
    entering.ask_to_claim(first, ELIN)
    assert letters_to(ELIN) == []
    second = code_of(elin)
    mair = a_member_of_staff("mair", Who.ADMINISTRATOR)
    roles.suspend(elin.id, "Rheswm", by_id=mair.id)
    entering.ask_to_claim(second, ELIN)
    assert letters_to(ELIN) == []
    assert why(entering.make_code, elin.id, by_id=elin.entered_by_id) == WhyNot.NOT_THIS_STATE


def test_a_code_works_for_ninety_days(site, clock):
    elin = entered("elin")
    code = code_of(elin)
    clock.move_to(now() + timedelta(days=90) - timedelta(minutes=1))
    entering.ask_to_claim(code, ELIN)
    assert len(letters_to(ELIN)) == 1
    clock.move_to(now() + timedelta(minutes=1))
    entering.ask_to_claim(code, "mallt@example.cymru")
    assert letters_to("mallt@example.cymru") == []


# ---- The pages ----


@pytest.mark.pages
def test_somebody_claims_their_account_in_either_language(visitor, language):
    elin = entered("elin", language_written=language)
    code = re.findall(r"Cod?e?: ([A-Z0-9-]+)", letters_to(elin.postal_address)[-1].body)[0]
    visitor.open({"cy": "/cy/cyfrif/hawlio", "en": "/en/account/claim"}[language])
    page = visitor.send(code=code, email=ELIN)
    assert ELIN in page.main
    found = re.search(r"https?://[^/\s]+(/\S+/\S+)", letters_to(ELIN)[-1].body)
    visitor.open(urlsplit(found[0]).path)
    assert again(elin.id).email == ""
    page = visitor.send()
    assert (page.address, again(elin.id).email) == ({"cy": "/cy/cyfrif", "en": "/en/account"}[language], ELIN)
    assert visitor.open(urlsplit(found[0]).path, status=410)


@pytest.mark.pages
def test_a_right_code_and_a_wrong_one_are_answered_alike(visitor):
    elin = entered("elin")
    answers = []
    for code in (code_of(elin), "3467-9CDF-GHJK-MNPQ-RTVX"):
        visitor.open("/en/account/claim")
        answers.append(visitor.send(code=code, email=ELIN).main)
    assert answers[0] == answers[1]


@pytest.mark.pages
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(visitor):
    visitor.open("/en/account/claim")
    page = visitor.send(status=422, code="", email="nia")
    assert (len(page.errors), page.values()["email"]) == (2, "nia")


@pytest.mark.pages
def test_too_many_codes_are_told_when_to_come_back(visitor):
    visitor.open("/en/account/claim")
    for _ in range(rules.CLAIMS_PER_NETWORK):
        entering.ask_to_claim("3467", ELIN, network="192.0.2.0/24")
    visitor.send(status=429, code="3467", email=ELIN)


# ---- What a stranger may use up ----


def test_what_strangers_ask_for_keeps_nobody_from_a_link_to_sign_in_with(site):
    a_person("nia")
    mair, elin = a_person("mair"), entered()
    code = code_of(elin)
    for number in range(rules.PER_ADDRESS + 1):
        entering.ask_to_claim("WRONG", "nia@example.cymru")
        entering.ask_to_claim(code, "nia@example.cymru")
        registered("nia")
        if number < rules.ASKED:
            actions.ask_to_change_email(mair.id, "nia@example.cymru")
    before = kinds_of_letters_to("nia@example.cymru")
    actions.ask_for_link("nia@example.cymru")
    assert kinds_of_letters_to("nia@example.cymru") == [*before, "sign_in_link"]


def test_a_code_that_is_wrong_counts_against_nobody_s_address(site):
    code = code_of(entered())
    for _ in range(rules.PER_ADDRESS + 1):
        entering.ask_to_claim("WRONG", ELIN)
    entering.ask_to_claim(code, ELIN)
    assert kinds_of_letters_to(ELIN) == ["claim_your_account"]


@pytest.mark.parametrize("used_up", ["links", "registrations", "claims"])
def test_the_limit_of_the_site_for_one_thing_refuses_no_other(site, monkeypatch, used_up):
    monkeypatch.setattr(rules, "PER_SITE", 1)
    monkeypatch.setattr(rules, "CLAIMS_ON_SITE", 1)
    here = {"network": "192.0.2.0/24"}
    do = {
        "links": lambda: actions.ask_for_link("nia@example.cymru", **here),
        "registrations": lambda: registered("nia", **here),
        "claims": lambda: entering.ask_to_claim("WRONG", "nia@example.cymru", **here),
    }
    do[used_up]()
    assert why(do[used_up]) == TooMany.TOO_MANY
    for name, others in do.items():
        if name != used_up:
            others()


@pytest.mark.parametrize("used_up", ["links", "registrations", "claims", "passwords"])
def test_one_48_of_ipv6_cannot_use_up_what_the_site_allows(site, used_up):
    def do(at):
        network = f"2001:db8:1:{at:x}00::/56"
        match used_up:
            case "links":
                actions.ask_for_link(f"nia{at}@example.cymru", network=network)
            case "registrations":
                registered(f"nia{at}", network=network)
            case "claims":
                entering.ask_to_claim("WRONG", f"nia{at}@example.cymru", network=network)
            case "passwords":
                actions._count_try(f"nia{at}@example.cymru", network)

    limit = {
        "links": rules.LINKS_PER_NETWORK,
        "registrations": rules.REGISTER_PER_NETWORK,
        "claims": rules.CLAIMS_PER_NETWORK,
        "passwords": rules.TRIES_PER_NETWORK,
    }[used_up]
    for _ in range(WIDER * limit - 1):  # as if other networks of the same /48 had been busy
        count_wider({"claims": "claim code", "passwords": "password"}.get(used_up, ""), used_up)
    do(1)
    assert why(do, 2) == TooMany.TOO_MANY


@unit_of_work
def count_wider(what, used_up):
    purpose = {"links": Purpose.SIGN_IN, "registrations": Purpose.PROVE}.get(used_up)
    window = {"passwords": rules.TRIES_WINDOW}.get(used_up, rules.LETTERS_WINDOW)
    what = what or f"account letter, {purpose}"
    count(f"{what}, wider", "2001:db8:1::/48", limit=1_000, window=window)


# ---- Codes and who has them ----


def test_a_new_code_ends_the_link_that_somebody_got_by_the_code_before(site):
    elin = entered()
    token = claimed(code_of(elin), "thief@example.cymru")
    entering.make_code(elin.id, by_id=queries.person_by_email("gwen@example.cymru").id)
    assert why(entering.claim, token, **HERE) == WhyNot.LINK_NOT_VALID
    assert again(elin.id).email == ""


def test_nobody_makes_a_code_for_the_account_of_a_member_of_staff(site):
    elin = entered()
    set_roles(elin, Who.EDITOR)
    helper = queries.person_by_email("gwen@example.cymru")
    assert why(entering.make_code, elin.id, by_id=helper.id) == WhyNot.NOT_ALLOWED


@pytest.mark.parametrize("lacks", ["address", "proof"])
def test_nobody_without_a_confirmed_address_becomes_a_member_of_staff(site, lacks):
    person, mair = entered() if lacks == "address" else a_person(), a_member_of_staff("mair", Who.ADMINISTRATOR)
    if lacks == "proof":
        unproved_again(person.id)
    refused = why(roles.change_roles, person.id, frozenset({Who.EDITOR}), by_id=mair.id)
    assert (refused, again(person.id).roles) == (WhyNot.EMAIL_NEEDED, frozenset())
    set_roles(person, Who.EDITOR)
    roles.change_roles(person.id, frozenset(), by_id=mair.id)  # to take roles away it needs none
    assert again(person.id).roles == frozenset()


@unit_of_work
def unproved_again(person_id):
    db.session.get(Person, person_id).proved_at = None


# ---- Leaving without e-mail ----


def test_staff_close_and_keep_the_account_of_somebody_without_email_who_asked(site):
    elin = entered(language_written="en")
    helper = queries.person_by_email("gwen@example.cymru")
    for _ in range(2):
        entering.close(elin.id, by_id=helper.id)
    assert (again(elin.id).state, again(elin.id).closing_at) == (PersonState.CLOSING, now() + rules.CLOSING_FOR)
    for _ in range(2):
        entering.keep(elin.id, by_id=helper.id)
    assert (again(elin.id).state, again(elin.id).closing_at) == (PersonState.ACTIVE, None)
    assert kinds_of_letters_to(elin.postal_address) == ["welcome", "account_is_closing", "account_stays"]
    told = [(entry.action, entry.actor) for entry in trail.history_of("person", elin.id)][-2:]
    assert told == [(Did.ASKED_TO_CLOSE, f"person:{helper.id}"), (Did.STAYED, f"person:{helper.id}")]


@pytest.mark.parametrize("act", [entering.close, entering.keep])
def test_a_helper_closes_and_keeps_no_account_of_a_member_of_staff(site, act):
    elin = entered()
    set_roles(elin, Who.EDITOR)
    helper = queries.person_by_email("gwen@example.cymru")
    assert why(act, elin.id, by_id=helper.id) == WhyNot.NOT_ALLOWED
    assert again(elin.id).state == PersonState.ACTIVE


@pytest.mark.parametrize("act", [entering.close, entering.keep])
def test_staff_close_and_keep_no_account_that_has_an_address_nor_may_others(site, act):
    elin, nia = entered(), a_person("nia")
    helper = queries.person_by_email("gwen@example.cymru")
    assert why(act, nia.id, by_id=helper.id) == WhyNot.NOT_THIS_STATE
    assert why(act, elin.id, by_id=nia.id) == WhyNot.NOT_ALLOWED
    assert (again(elin.id).state, again(nia.id).state) == (PersonState.ACTIVE, PersonState.ACTIVE)
