"""A form that creates something creates it once, however often it is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from c4s.core import once
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.once import Done, NotAgain
from c4s.core.units import unit_of_work
from tests.conftest import NOW, at_once
from tests.core.conftest import Mood, add, names

pytestmark = pytest.mark.usefixtures("things")

KEY = "a-key-of-one-form"


@unit_of_work
def create(name, key=KEY, fails=False):
    """Create something; the same form sent again gets the answer of the first time."""
    earlier = once.earlier_result(key, once.fingerprint(name))
    if earlier is not None:
        return earlier
    thing = add(f"{name} {len(names())}")
    if fails:
        raise Refused(Mood.CROSS)
    once.remember(key, f"thing {thing.name}")
    return f"thing {thing.name}"


def test_the_first_time_creates_and_a_repeat_gets_the_same_answer():
    assert [create("nia") for _ in range(3)] == ["thing nia 0"] * 3
    assert names() == ["nia 0"]


def test_another_form_creates_anew():
    assert [create("nia"), create("nia", key="another")] == ["thing nia 0", "thing nia 1"]


def test_the_same_form_with_other_contents_is_refused():
    create("nia")
    with pytest.raises(Refused) as refusal:
        create("mair")
    assert (refusal.value.reason, names()) == (NotAgain.ANOTHER_BODY, ["nia 0"])


def test_a_form_that_was_refused_may_be_sent_again():
    with pytest.raises(Refused):
        create("nia", fails=True)
    assert create("nia") == "thing nia 0"


def test_a_form_that_was_refused_may_be_mended_and_sent_again():
    with pytest.raises(Refused):
        create("nia", fails=True)
    assert create("mair") == "thing mair 0"


def test_the_same_form_sent_twice_at_once_creates_once(site):
    assert at_once(site, *[lambda: create("nia")] * 6) == ["thing nia 0"] * 6
    assert names() == ["nia 0"]


def test_two_bodies_at_once_under_one_key_create_one_of_the_two(site):
    answers = at_once(site, lambda: create("nia"), lambda: create("mair"))
    made = [answer for answer in answers if isinstance(answer, str)]
    refused = [answer.reason for answer in answers if isinstance(answer, Refused)]
    assert (made, refused) == ([f"thing {names()[0]}"], [NotAgain.ANOTHER_BODY])
    assert len(names()) == 1


def test_the_fingerprint_tells_contents_apart():
    alike = {once.fingerprint("a", "b"), once.fingerprint("a", "b")}
    different = {
        once.fingerprint(*values)
        for values in (("ab",), ("a", "b"), ("b", "a"), ("a", "b", ""), ("a", None), ("a", 1), ("a", "1"))
    }
    assert (len(alike), len(different)) == (1, 7)


def test_old_keys_are_forgotten(clock):
    @unit_of_work
    def forget():
        return once.forget_old(NOW + timedelta(days=1))

    create("nia")
    clock.shift(timedelta(days=1))
    create("nia", key="another")
    assert (forget(), db.session.scalar(select(func.count()).select_from(Done))) == (1, 1)
