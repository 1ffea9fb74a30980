"""Invented suppliers, events and people, so that a new site has something to show."""

import pytest
from sqlalchemy import select

from c4s.backoffice import demonstration, invented
from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.events.models import Venue
from c4s.search.queries import Question, find
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.rules import postcode as read_postcode

pytestmark = pytest.mark.either_database


def test_it_is_filled_once_and_somebody_is_found_near_every_postcode_that_it_shows(site):
    assert [demonstration.fill_if_empty(), demonstration.fill_if_empty()] == [True, False]
    shown = {*db.session.scalars(select(Supplier.postcode)), *db.session.scalars(select(Venue.postcode))} - {""}
    assert {code for code in shown if read_postcode(code) != code} == set()
    where = {code: taxonomy.position(code) for code in shown}
    assert [code for code, position in where.items() if not position] == []
    assert [code for code, position in where.items() if not find(Question("supplier", near=position)).total] == []


def test_the_person_whom_everybody_may_be_can_sign_in_and_has_places(site, visitor):
    demonstration.fill()
    db.session.remove()
    visitor.open("/en/sign-in/password")
    visitor.send(email=invented.EMAIL, password=invented.PASSWORD)
    assert (visitor.page.h1, invented.NAME in visitor.page.main) == ("My account", True)
    assert visitor.open("/en/account/places").soup.select("main li, main tr, main article") != []
