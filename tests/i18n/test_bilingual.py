"""One text, said twice."""

from dataclasses import FrozenInstanceError

import pytest
from sqlalchemy import inspect, select

from c4s.core.db import db
from c4s.events.models import Venue
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import current_language, speaking
from tests.conftest import NOW
from tests.events.builders import a_venue


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        (Bilingual("bara", "bread"), "cy", ("bara", "cy")),
        (Bilingual("bara", "bread"), "en", ("bread", "en")),
        (Bilingual("bara", ""), "en", ("bara", "cy")),
        (Bilingual("", "bread"), "cy", ("bread", "en")),
        (Bilingual("", ""), "cy", ("", "en")),
        (Bilingual("", ""), "en", ("", "cy")),
    ],
)
def test_a_text_is_said_in_the_readers_language_or_else_in_the_other(text, language, spoken):
    assert text.spoken(language) == spoken


@pytest.mark.parametrize(
    ("text", "is_something", "is_complete"),
    [
        (Bilingual(), False, False),
        (Bilingual(cy="bara"), True, False),
        (Bilingual(en="bread"), True, False),
        (Bilingual("bara", "bread"), True, True),
    ],
)
def test_a_text_knows_whether_it_says_anything_and_says_it_twice(text, is_something, is_complete):
    assert (bool(text), text.is_complete) == (is_something, is_complete)


def test_a_text_is_never_changed_only_replaced():
    with pytest.raises(FrozenInstanceError):
        Bilingual("bara", "bread").cy = "dŵr"


def test_a_text_is_two_columns_that_are_never_null(site):
    columns = {column.name: column for column in inspect(Venue).columns}
    assert [(name, columns[name].type.length, columns[name].nullable) for name in ("name_cy", "name_en")] == [
        ("name_cy", 200, False),
        ("name_en", 200, False),
    ]
    assert columns["parking_cy"].type.length is None


def test_a_text_comes_back_from_its_columns_and_can_be_looked_for(site):
    name = Bilingual("Tŷ’r Ŵyl", "Festival House")
    a_venue(name=name)
    db.session.rollback()
    assert db.session.scalars(select(Venue.name_cy)).all() == ["Tŷ’r Ŵyl"]
    assert [one.name for one in db.session.scalars(select(Venue).where(Venue.name == name))] == [name]
    assert db.session.scalars(select(Venue).where(Venue.name == Bilingual("", ""))).all() == []


def test_what_is_said_in_both_languages_changes_not_the_one_being_spoken(site):
    with speaking("en"):
        assert in_both(lambda: formats.long_date(NOW)) == Bilingual(
            *(formats.long_date(NOW, code) for code in ("cy", "en"))
        )
        assert current_language() == "en"
