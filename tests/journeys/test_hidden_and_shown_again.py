"""Nia closes her bakery for a time; staff hide its entry; she appeals, and somebody else shows it again."""

import pytest

from c4s.core.db import db
from c4s.web.rights import Who
from tests.accounts.builders import a_person, a_sign_in
from tests.browser.machine import Town
from tests.journeys.conftest import Post, Somebody, words_of
from tests.journeys.test_a_profile import signed_in
from tests.journeys.test_without_email import at_the_desk
from tests.takedowns.builders import kept

pytestmark = pytest.mark.browser

WHY = {"cy": "Mae’r pris yn y cofnod yn anghywir.", "en": "The price in the entry is wrong."}
SORRY = {"cy": "Roedden ni’n anghywir.", "en": "We were wrong."}


def test_nia_closes_for_a_time_is_hidden_appeals_and_is_shown_again(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    address, name = f"nia.cudd.{language}@example.cymru", f"Becws Cudd {language}"
    with town.site.app_context():
        person = a_person(f"nia.cudd.{language}", language_written=language)
        (business, entry), token = kept(person, name, town="Pontypridd"), a_sign_in(person)
        db.session.remove()
    public = town.address("directory.show", language, supplier_id=town.reference(entry))
    reader, nia, mair, lowri = (somebody() for _ in range(4))

    # She says that she is closed for a time: readers see it at once.
    signed_in(nia, town, token)
    nia.open(town.address("profiles.tasks", language, business_id=business, supplier_id=entry))
    nia.follow("Room for work, messages, closing and opening")
    nia.follow("Close for a time")
    nia.press("Close for a time")
    reader.open(public)
    assert reader.words("Closed for a time") in reader.main

    # Mair finds the entry, reads what hiding it does, and hides it.
    at_the_desk(mair, town, f"mair.cudd.{language}", Who.MODERATOR)
    mair.open(town.address("entries.index", language))
    mair.fill(q=name)
    mair.use(mair.page.locator("main form .btn").first)
    mair.use(mair.page.get_by_role("link", name=name).first)
    mair.follow("Hide or show")
    mair.press("Continue")
    assert (mair.status, mair.focus()) == (422, "error-summary")
    mair.fill(ground="misleading", **{f"words_{language}": WHY[language]})
    mair.press("Continue")
    assert mair.heading == mair.words("Check before you hide the entry")
    mair.press("Hide the entry now")
    reader.page.reload()
    assert (reader.status, name in reader.main) == (410, False)
    reader.open(f"{town.address('directory.index', language)}?q=becws+cudd")
    assert name not in reader.main

    # She is told why in her language, and appeals from the letter’s page.
    letter = words_of(post.last_to(address))
    at = town.address("takedowns.show", language, business_id=business, supplier_id=entry)
    assert (WHY[language] in letter, at.removeprefix(town.root) in letter) == (True, True)
    nia.open(at)
    assert WHY[language] in nia.main
    nia.press("Send the appeal")
    assert (nia.status, len(nia.errors)) == (422, 1)
    nia.fill(words="Mae’r pris yn gywir. The price is right.")
    nia.press("Send the appeal")
    assert nia.words("Waiting for our answer") in nia.main

    # Mair may not answer it herself; Lowri looks with fresh eyes, and shows the entry again.
    mair.open(town.address("hiding.appeals", language))
    assert mair.words("A colleague: you hid this entry yourself") in mair.main
    at_the_desk(lowri, town, f"lowri.cudd.{language}", Who.MODERATOR)
    lowri.open(town.address("hiding.appeals", language))
    lowri.use(lowri.page.get_by_role("link", name=name).first)
    lowri.fill(outcome="lifted", **{f"words_{language}": SORRY[language]})
    lowri.press("Save and tell the business")
    assert SORRY[language] in words_of(post.last_to(address))
    reader.open(public)
    assert (reader.status, reader.words("Closed for a time") in reader.main) == (200, True)
    nia.open(at)
    assert nia.heading == nia.words("This entry is not hidden")
