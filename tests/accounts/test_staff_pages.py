"""The pages on which staff find people and look after their accounts, in both languages."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from sqlalchemy import select

from c4s.accounts import actions, night, queries, rules
from c4s.accounts.rules import Did, PersonState, Purpose
from c4s.audit import trail
from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import db
from c4s.mail.models import Channel
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, again, enter, entered, letters_to, who_registered
from tests.conftest import said
from tests.events.builders import an_event, booked
from tests.visitor import words

pytestmark = pytest.mark.pages

PEOPLE = {"cy": "/cy/staff/pobl", "en": "/en/staff/people"}
ANSWERS = {
    "came_by": "phone",
    "lane": "resident",
    "name": "Elin Ŵyn",
    "channel": "post",
    "postal_address": "1 Stryd y Bont\nPontypridd\nCF37 1AA",
    "language_written": "cy",
    "language_spoken": "cy",
    "over_16": "y",
    "agrees": "y",
}


@pytest.fixture
def mair(visitor):
    """A member of staff in every role, who is signed in."""
    person = a_member_of_staff("mair", Who.HELPER, Who.MODERATOR, Who.ADMINISTRATOR)
    enter(visitor, person)
    return person


def names(page):
    return [words(link) for link in page.soup.select("main section h2 a")]


def did(person_id):
    db.session.rollback()
    return [entry.action for entry in trail.history_of("person", person_id)]


# ---- Finding ----


def test_people_are_found_by_what_they_say_of_themselves(visitor, mair, language):
    nia = a_person("nia", name="Siân Ŵyn-Jones", email="sian@example.cymru")
    elin = entered("elin", Channel.PHONE, name="Elin Rhys")
    booking = booked(an_event(), "sian")
    for asked, found in (
        ("sian wyn", [f"Siân Ŵyn-Jones ({nia.id})"]),
        ("JONES", [f"Siân Ŵyn-Jones ({nia.id})"]),
        ("sian@EXAMPLE", [f"Siân Ŵyn-Jones ({nia.id})"]),
        ("01632 960", [f"Elin Rhys ({elin.id})"]),
        ("+44 1632 960001", [f"Elin Rhys ({elin.id})"]),
        (str(elin.id), [f"Elin Rhys ({elin.id})"]),
        (booking.reference.lower(), [f"Siân Ŵyn-Jones ({nia.id})"]),
        ("ones", []),
        ("%", []),
    ):
        page = visitor.open(f"{PEOPLE[language]}?{urlencode({'q': asked})}")
        assert names(page) == found, asked


def test_nobody_is_shown_before_anything_is_asked(visitor, mair):
    assert names(visitor.open(PEOPLE["en"])) == []


def test_a_search_is_told_in_the_trail_with_how_many_it_found_and_never_what_for(visitor, mair, language):
    a_person("nia", name="Siân Ŵyn")
    asked = urlencode({"q": "Ŵyn", "why": "Ffoniodd hi"})
    visitor.ask("GET", f"{PEOPLE[language]}?{asked}", headers={"Sec-Fetch-Site": "same-origin"})
    visitor.ask("GET", PEOPLE[language])  # nothing is asked, and nobody is shown
    db.session.rollback()
    [search] = trail.entries(trail.Asked(action=Did.SEARCHED), most=9)
    assert (search.actor, search.facts, search.reason) == (f"person:{mair.id}", {"number": 1}, "Ffoniodd hi")


def test_long_lists_have_pages_and_ask_no_more_of_the_database(visitor, mair, statements):
    asked = []
    for number in (3, 30):
        for at in range(number):
            entered(f"wil{at}", name=f"Wil {at:03}", key=f"the-key-of-the-form-{number}-{at}", by=again(mair.id))
        statements.clear()
        visitor.ask("GET", f"{PEOPLE['en']}?q=wil")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    first = visitor.open(f"{PEOPLE['en']}?q=wil")
    assert len(names(first)) == 25
    assert len(names(visitor.follow("Next page"))) == 8


# ---- Looking ----


def test_every_look_at_somebody_is_told_in_the_trail_once_with_its_reason(visitor, mair, language):
    nia = a_person("nia")
    visitor.ask("GET", f"{PEOPLE[language]}/{nia.id}?why=Ffoniodd+hi", headers={"Sec-Fetch-Site": "same-origin"})
    looks = [entry for entry in trail.history_of("person", nia.id) if entry.action == Did.LOOKED_AT]
    assert [(look.actor, look.reason) for look in looks] == [(f"person:{mair.id}", "Ffoniodd hi")]
    page = visitor.open(f"{PEOPLE[language]}/{nia.id}")
    assert "Ffoniodd hi" not in page.main  # of looks there are many: they are in the trail, and in Nia’s own data


def test_staff_see_places_but_never_what_somebody_needs_or_their_password(visitor, mair):
    nia = a_person("nia", password="pysgod melyn dan y lleuad 7")
    booked(an_event(), "nia", needs="Dolen glyw")
    page = visitor.open(f"{PEOPLE['en']}/{nia.id}")
    assert "Bara brith" in page.main or "Reference" in page.main
    assert "Dolen glyw" not in page.html and again(nia.id).password_hash not in page.html


def test_of_a_closed_account_only_the_number_is_shown(visitor, mair, clock):
    nia = a_person("nia")
    close(nia.id)
    enter(visitor, mair)  # the night ended her sign-in too
    page = visitor.open(f"{PEOPLE['en']}/{nia.id}")
    assert ("nia@example.cymru" in page.html, "Nothing but its number is left of it." in page.main) == (False, True)
    assert visitor.ask("GET", f"{PEOPLE['en']}/{nia.id}/suspend").status_code == 404
    assert names(visitor.open(f"{PEOPLE['en']}?q=nia")) == []


def close(person_id):
    """Somebody has left for good."""
    actions.ask_to_close(person_id)
    night.forget_old(now() + timedelta(days=15))


def test_somebody_who_is_not_there_is_a_404(visitor, mair):
    for end in ("", "/suspend", "/restore", "/roles", "/code"):
        assert visitor.ask("GET", f"{PEOPLE['en']}/9999{end}").status_code == 404


# ---- Who may ----


@pytest.mark.parametrize(
    ("role", "may_find", "may_enter", "may_suspend", "may_change"),
    [
        (Who.EDITOR, 403, 403, 403, 403),
        (Who.MODERATOR, 200, 403, 200, 403),
        (Who.HELPER, 200, 200, 403, 403),
        (Who.ADMINISTRATOR, 200, 200, 200, 200),
    ],
)
def test_each_role_may_do_what_the_table_says(visitor, role, may_find, may_enter, may_suspend, may_change):
    nia = a_person("nia")
    enter(visitor, a_member_of_staff("mair", role))
    ends = ("", f"/{nia.id}", "/new", f"/{nia.id}/code", f"/{nia.id}/suspend", f"/{nia.id}/restore", f"/{nia.id}/roles")
    found = [visitor.ask("GET", PEOPLE["en"] + end).status_code for end in ends]
    assert found == [may_find, may_find, may_enter, may_enter, may_suspend, may_suspend, may_change]


def test_the_links_are_those_that_the_role_may_follow(visitor):
    nia = a_person("nia")
    enter(visitor, a_member_of_staff("mair", Who.HELPER))
    page = visitor.open(f"{PEOPLE['en']}/{nia.id}")
    assert set(page.links()) & {"Suspend the account", "Change the roles"} == set()


# ---- Suspending, restoring, roles ----


def test_a_moderator_suspends_somebody_with_a_reason_and_restores_them(visitor, mair, language):
    nia = a_person("nia")
    visitor.open(f"{PEOPLE[language]}/{nia.id}")
    act = {"cy": ("Atal y cyfrif dros dro", "Adfer y cyfrif"), "en": ("Suspend the account", "Restore the account")}[
        language
    ]
    visitor.follow(act[0])
    visitor.send(status=422)
    page = visitor.send(reason="Negeseuon cas")
    assert (again(nia.id).state, len(page.soup.select("main [role=alert]"))) == (PersonState.SUSPENDED, 1)
    visitor.follow(act[1])
    visitor.send(reason="Camgymeriad")
    assert again(nia.id).state == PersonState.ACTIVE
    assert [letter.letter for letter in letters_to("nia@example.cymru")[-2:]] == [
        "accounts/you_are_suspended",
        "accounts/you_are_restored",
    ]


def test_nobody_suspends_themselves_and_only_an_administrator_suspends_staff(visitor):
    moderator = a_member_of_staff("mair", Who.MODERATOR)
    helper = a_member_of_staff("gwen", Who.HELPER)
    enter(visitor, moderator)
    for person in (moderator, helper):
        visitor.open(f"{PEOPLE['en']}/{person.id}/suspend")
        page = visitor.send(status=422, reason="Rheswm")
        assert (len(page.errors), again(person.id).state) == (1, PersonState.ACTIVE)


def test_an_administrator_gives_roles_and_takes_them(visitor, mair, language):
    nia = a_person("nia")
    visitor.open(f"{PEOPLE[language]}/{nia.id}")
    visitor.follow({"cy": "Newid y rolau", "en": "Change the roles"}[language])
    visitor.send(roles=["helper", "editor"])
    assert again(nia.id).roles == {Who.HELPER, Who.EDITOR}
    visitor.follow({"cy": "Newid y rolau", "en": "Change the roles"}[language])
    assert visitor.page.values()["roles"]
    visitor.send(roles=None)
    assert again(nia.id).roles == frozenset()


def test_a_role_that_is_none_is_not_given_by_sending_it(visitor, mair):
    nia = a_person("nia")
    visitor.open(f"{PEOPLE['en']}/{nia.id}/roles")
    visitor.send(roles=["buyer", "business_owner", "signed_in"], is_buyer="y")
    assert (again(nia.id).roles, again(nia.id).is_buyer) == (frozenset(), False)


# ---- People without e-mail ----


def test_a_helper_registers_somebody_and_a_letter_waits(visitor, mair, language):
    visitor.open(PEOPLE[language])
    visitor.open(f"{PEOPLE[language]}/{'newydd' if language == 'cy' else 'new'}")
    visitor.send(**ANSWERS)
    person = queries.find_people("elin", most=5).people[0]
    assert (person.name, person.email, person.channel, person.entered_by_id, person.state, person.name_key) == (
        "Elin Ŵyn",
        "",
        Channel.POST,
        mair.id,
        PersonState.ACTIVE,
        "elin wyn",
    )
    assert visitor.page.address.endswith(f"/{person.id}")
    letter = letters_to(person.postal_address)[0]
    assert (letter.letter, letter.channel, letter.language) == ("accounts/welcome", Channel.POST, "cy")
    assert did(person.id)[:2] == [Did.ENTERED, Did.LOOKED_AT]


def test_the_page_of_whoever_was_just_registered_leads_to_their_letter_until_it_is_posted(visitor, mair, language):
    visitor.open(f"{PEOPLE[language]}/{'newydd' if language == 'cy' else 'new'}")
    person = visitor.send(**ANSWERS).address
    label = said(language, "Print the letters that are waiting for them")
    [letter] = letters_to(queries.find_people("elin", most=5).people[0].postal_address)
    assert letter.body.splitlines()[0] in visitor.follow(f"{label}: 1").main
    visitor.send()
    assert label not in visitor.open(person).main


def test_whoever_is_reached_by_phone_has_a_message_to_read_out_and_who_may_not_post_letters_sees_none(visitor, mair):
    ifor = entered("ifor", Channel.PHONE, by=again(mair.id))
    [message] = letters_to(ifor.phone)
    visitor.open(f"{PEOPLE['en']}/{ifor.id}")
    assert visitor.follow(f"Read out the message that is waiting for them ({message.id})").h1 == "Message to read out"
    enter(visitor, a_member_of_staff("moses", Who.MODERATOR))
    assert "Read out the message" not in visitor.open(f"{PEOPLE['en']}/{ifor.id}").main


def test_what_is_typed_survives_every_mistake_and_a_change_of_language(visitor, mair):
    visitor.open(f"{PEOPLE['en']}/new")
    page = visitor.send(status=422, **{**ANSWERS, "agrees": None, "name": ""})
    assert len(page.errors) == 2
    page = visitor.say_it_in("cy")
    assert page.values()["postal_address"].splitlines() == ANSWERS["postal_address"].splitlines()


@pytest.mark.parametrize(
    ("left_out", "value"),
    [(name, None) for name in ANSWERS if name != "postal_address"]
    + [
        ("postal_address", ""),
        ("postal_address", "1 Stryd y Bont"),
        ("channel", "email"),
        ("channel", "colomen"),
    ],
)
def test_nobody_is_registered_while_an_answer_is_missing(visitor, mair, left_out, value):
    visitor.open(f"{PEOPLE['en']}/new")
    page = visitor.send(status=422, **{**ANSWERS, left_out: value})
    assert page.errors
    assert queries.find_people("elin", most=5).number == 0


def test_a_telephone_number_is_written_the_way_it_is_written_here(visitor, mair):
    visitor.open(f"{PEOPLE['en']}/new")
    visitor.send(**{**ANSWERS, "channel": "phone", "phone": "+441632960001"})
    person = queries.find_people("elin", most=5).people[0]
    assert (person.phone, person.postal_address) == ("01632 960001", "")


def test_somebody_of_the_same_name_and_postcode_is_shown_first(visitor, mair, language):
    there = entered("elin", name="ELIN WYN", by=again(mair.id))
    visitor.open(f"{PEOPLE[language]}/{'newydd' if language == 'cy' else 'new'}")
    page = visitor.send(status=422, **ANSWERS)
    assert f"ELIN WYN ({there.id})" in page.links()
    [searched] = [entry for entry in trail.history_of("person", 0) if entry.action == Did.SEARCHED]
    assert (searched.actor, searched.facts) == (f"person:{mair.id}", {"number": 1})
    assert queries.find_people("elin", most=5).number == 1
    visitor.send(is_another="y")
    assert queries.find_people("elin", most=5).number == 2


def test_sending_the_form_twice_registers_once(visitor, mair):
    page = visitor.open(f"{PEOPLE['en']}/new")
    data = {**page.values(), **ANSWERS}
    answers = [visitor.ask("POST", f"{PEOPLE['en']}/new", data=data) for _ in range(2)]
    # The second time they are their own namesake; by the key alone it is known to be a repeat.
    again_data = {**data, "is_another": "y"}
    third = visitor.ask("POST", f"{PEOPLE['en']}/new", data=again_data)
    assert [answers[0].status_code, third.headers["Location"]] == [303, answers[0].headers["Location"]]
    assert queries.find_people("elin", most=5).number == 1


def test_the_form_takes_nothing_else_that_is_sent_with_it(visitor, mair):
    visitor.open(f"{PEOPLE['en']}/new")
    visitor.send(
        **ANSWERS, is_buyer="y", email="elin@example.cymru", state="suspended", entered_by_id="1", roles="helper"
    )
    person = queries.find_people("elin", most=5).people[0]
    assert (person.email, person.is_buyer, person.state, person.entered_by_id, person.roles) == (
        "",
        False,
        PersonState.ACTIVE,
        mair.id,
        frozenset(),
    )


def test_a_new_code_takes_the_place_of_the_one_before(visitor, mair, language):
    elin = entered("elin", by=again(mair.id))
    visitor.open(f"{PEOPLE[language]}/{elin.id}")
    visitor.follow({"cy": "Cod newydd ar gyfer hawlio’r cyfrif", "en": "New code for claiming the account"}[language])
    visitor.send()
    codes = [re.findall(r"Co(?:de|d): ([A-Z0-9-]+)", letter.body)[0] for letter in letters_to(elin.postal_address)]
    assert len(set(codes)) == 2
    found = [queries.valid_link(Purpose.CLAIM_ACCOUNT, rules.plain_code(code)) is not None for code in codes]
    assert found == [False, True]


def test_somebody_with_e_mail_gets_no_code(visitor, mair):
    nia = who_registered("nia")
    visitor.open(f"{PEOPLE['en']}/{nia.id}/code")
    visitor.send(status=422)
    assert [letter.letter for letter in letters_to("nia@example.cymru")] == ["accounts/prove_your_address"]


def test_page_paper_and_staff_ask_the_same_questions_by_the_same_numbers(visitor, mair, language):
    """What the page asks is asked of everybody; only the way to reach somebody is asked otherwise."""
    pages = {
        "cy": ("/cy/cofrestru/preswylydd", "/cy/cofrestru/papur"),
        "en": ("/en/register/resident", "/en/register/paper"),
    }
    page, paper = (visitor.open(address) for address in pages[language])
    asked = visitor.open(f"{PEOPLE[language]}/{'newydd' if language == 'cy' else 'new'}")

    def numbered(found, selector):
        texts = [words(tag) for tag in found.soup.select(selector)]
        return {text.partition(". ")[0]: text.partition(". ")[2] for text in texts if re.match(r"\d\. ", text)}

    on_page, by_staff = numbered(page, "main label, main legend"), numbered(asked, "main label, main legend")
    on_paper = numbered(paper, "main h2")
    assert list(on_page) == list(by_staff) == list(on_paper) == ["1", "2", "3", "4", "5"]
    assert [on_page[n] for n in "1345"] == [by_staff[n] for n in "1345"]
    assert [on_paper[n] for n in "1234"] == [by_staff[n] for n in "1234"]


def test_the_form_on_paper_is_the_same_for_everybody(visitor):
    for address in ("/cy/cofrestru/papur", "/en/register/paper"):
        answer = visitor.ask("GET", address)
        assert ("Set-Cookie" in answer.headers, "public" in answer.headers["Cache-Control"]) == (False, True)


# ---- Closing for somebody without e-mail ----


def test_staff_close_and_keep_an_account_from_the_page_of_the_person(visitor, mair, language):
    elin = entered(by=again(mair.id))
    visitor.open(f"{PEOPLE[language]}/{elin.id}")
    for button, state in (("close", PersonState.CLOSING), ("keep", PersonState.ACTIVE)):
        words_of = {"close": ("Cau’r cyfrif", "Close the account"), "keep": ("Cadw’r cyfrif", "Keep the account")}[
            button
        ]
        visitor.follow(words_of[language == "en"])
        visitor.send()
        assert again(elin.id).state == state
    nia = a_person("nia")
    page = visitor.open(f"{PEOPLE['en']}/{nia.id}")
    assert ("Close the account" in page.main, "Keep the account" in page.main) == (False, False)


# ---- What asks for more ----


@pytest.mark.parametrize("site_said", ["cross-site", "same-site", "none", "same-origin"])
def test_a_reason_that_another_site_or_a_message_gives_is_not_recorded(visitor, mair, site_said):
    nia = a_person("nia")
    for address in (f"{PEOPLE['en']}/{nia.id}?why=planted", f"{PEOPLE['en']}?q=nia&why=planted"):
        visitor.ask("GET", address, headers={"Sec-Fetch-Site": site_said})
    looked = select(Entry.reason).where(Entry.action.in_([Did.LOOKED_AT, Did.SEARCHED]))
    wanted = "planted" if site_said == "same-origin" else ""
    assert db.session.scalars(looked).all() == [wanted, wanted]


def test_new_codes_and_the_record_as_a_file_ask_once_more_who_is_here(visitor, mair):
    elin = entered(by=again(mair.id))
    pages = (f"{PEOPLE['en']}/{elin.id}/code", "/en/staff/trail.csv")
    assert [visitor.ask("GET", page).status_code for page in pages] == [200, 200]
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        for page in pages:
            answer = visitor.ask("GET", page)
            assert (answer.status_code, "/en/account/confirm" in answer.headers["Location"]) == (303, True)


def test_a_number_that_no_record_can_have_is_nobody_s_on_every_page(visitor, mair, language):
    rules_with = [
        rule
        for rule in visitor.site.url_map.iter_rules()
        if any(type(converter).__name__ == "NumberConverter" for converter in rule._converters.values())
    ]
    assert len(rules_with) > 20
    for rule in rules_with:
        for number in (2**31, 2**63, int("9" * 300)):
            path = re.sub("<int:[a-z_]+>", str(number), rule.rule)
            assert "<int" not in path
            assert visitor.ask("GET", re.sub("<[^>]+>", "x", path)).status_code == 404, rule.rule
