"""All that we keep about somebody, and nothing about anybody else."""

import json
from datetime import timedelta

import pytest

from c4s.accounts import actions, data
from c4s.accounts.models import OneTimeLink, Person, SignIn
from c4s.core.db import db
from c4s.i18n.languages import speaking
from tests.accounts.builders import PASSWORD, a_person, again, who_registered
from tests.accounts.rows import NIA, signed_in
from tests.conftest import NOW
from tests.events.builders import an_event, booked

NOT_SHOWN = {
    Person: {
        "email_key",  # the address again
        "name_key",  # the name again
        "password_hash",  # nobody may see it
        "turn",  # counts changes
    },
    SignIn: {"id", "token_hash", "person_id", "confirmed_at"},
}
FROM_ELSEWHERE = {Person: {"staff_roles", "second_factor_set_at", "recovery_codes_left"}, SignIn: set()}
"""What comes from other tables."""


@pytest.fixture
def nia(site):
    person = who_registered(password=PASSWORD, name="Nia")
    signed_in(person, browser="Firefox, Android", network="192.0.2.0/24")
    return again(person.id)


def test_everything_that_is_kept_about_somebody_is_there(nia):
    found = data.as_json(nia)
    assert list(found) == [
        *("account", "sign_ins", "letters", "history", "places", "remembered_needs"),
        *("businesses", "invitations", "claims", "appeals", "translations"),
        *("buyer_requests", "cases", "reports", "news", "attendance", "certificates", "feedback_given"),
        *("speed_networking", "versions", "moderated", "code_signatures"),
        *("quality_facts", "joint_work", "report_notes"),
    ]
    [account] = found["account"]
    assert (account["name"], account["email"], account["state"], account["number"]) == ("Nia", NIA, "active", nia.id)
    assert (account["language_written"], account["created_at"]) == ("both", NOW.isoformat())
    assert found["sign_ins"] == [
        {
            "browser": "Firefox, Android",
            "network": "192.0.2.0/24",
            "created_at": NOW.isoformat(),
            "last_used_at": NOW.isoformat(),
            "second_factor_at": None,
        }
    ]
    assert [one["action"] for one in found["history"]][:2] == ["person.registered", "person.proved"]
    assert len(found["letters"]) == 3
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(("model", "part"), [(Person, "account"), (SignIn, "sign_ins")])
def test_a_new_column_must_be_shown_or_said_why_not(nia, model, part):
    [record] = data.as_json(nia)[part]
    assert len(record) - len(FROM_ELSEWHERE[model]) + len(NOT_SHOWN[model]) == len(model.__table__.columns)


def test_no_secret_leaves_and_nothing_of_others(nia):
    mair = a_person("mair", name="Mair")
    booked(an_event(), "mair")
    signed_in(mair, browser="Edge, Windows")
    text = json.dumps(data.as_json(nia))
    secrets = [nia.password_hash, *[one.token_hash for one in db.session.query(SignIn)]]
    secrets += [one.token_hash for one in db.session.query(OneTimeLink)]
    assert [one for one in [*secrets, "Mair", "mair@", "Edge", "/sign-in/link/"] if one in text] == []


def test_places_that_were_taken_with_the_address_are_there_with_what_was_said(nia):
    booked(an_event(capacity=5), "nia", needs="Dolen glyw", name="Nia P")
    [place] = data.as_json(again(nia.id))["places"]
    assert (place["event"], place["state"], place["name"], place["access_needs"]) == (
        "Dechrau busnes",
        "confirmed",
        "Nia P",
        "Dolen glyw",
    )
    with speaking("en"):
        assert data.as_json(again(nia.id))["places"][0]["event"] == "Starting a business"


def test_who_changed_their_address_does_not_see_what_its_next_owner_does(nia):
    ifan = a_person("ifan")
    booked(an_event(), "nia")
    assert data.as_json(ifan)["places"] == []


def test_the_page_says_it_in_words(nia, language):
    with speaking(language):
        parts = data.parts_of(nia)
        said = {fact.key: str(fact.said) for part in parts[:1] for record in part.records for fact in record}
        titles = [str(part.title) for part in parts]
    assert titles[0] == {"cy": "Eich cyfrif", "en": "Your account"}[language]
    assert said["state"] == {"cy": "Mae’r cyfrif ar agor", "en": "The account is open"}[language]
    assert (
        said["created_at"]
        == {
            "cy": "Dydd Llun 23 Tachwedd 2026, 09:00",
            "en": "Monday 23 November 2026, 09:00",
        }[language]
    )


def test_what_was_never_is_nothing_and_no_error(site):
    mair = a_person("mair")
    [account] = data.as_json(mair)["account"]
    assert (account["password_set_at"], account["closes_at"]) == (None, None)
    actions.ask_to_close(mair.id)
    [account] = data.as_json(again(mair.id))["account"]
    assert account["closes_at"] == (NOW + timedelta(days=14)).isoformat()
