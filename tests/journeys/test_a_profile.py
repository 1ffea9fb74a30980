"""Nia claims the entry of her bakery, writes its profile over two visits, and readers see what a moderator accepted."""

import pytest

from c4s.core.db import db
from c4s.directory import claiming
from c4s.directory.models import Claim
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, a_sign_in
from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.builders import a_supplier
from tests.businesses.builders import a_business
from tests.journeys.conftest import Post, Somebody, words_of
from tests.journeys.test_without_email import at_the_desk

pytestmark = pytest.mark.browser

OTHER = {"cy": "en", "en": "cy"}
BOASTS = {"cy": "Y becws gorau yn y byd.", "en": "The best bakery in the world."}
PLAIN = {"cy": "Bara lefain a chacennau.", "en": "Sourdough bread and cakes."}


def signed_in(reader: Reader, town: Town, person_token: str) -> None:
    signer = town.site.session_interface.get_signing_serializer(town.site)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": person_token, "_fresh": True})
    reader.context.add_cookies([{"name": "c4s", "value": value, "url": town.root}])


def test_nia_claims_an_entry_writes_a_profile_and_readers_see_what_was_accepted(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    other, address = OTHER[language], f"nia.proffil.{language}@example.cymru"
    name = f"Becws y Proffil {language}"
    with town.site.app_context():
        person = a_person(f"nia.proffil.{language}", language_written=language)
        business, token = a_business(person, name, postcode="CF37 1AA"), a_sign_in(person)
        entry = a_supplier(name, claim=Claim.IMPORTED, town="Pontypridd", postcode="CF37 1AA").id
        checker = a_member_of_staff(f"catrin.proffil.{language}").id
        db.session.remove()

    # She says that the entry is hers, and staff agree.
    nia = somebody()
    signed_in(nia, town, token)
    nia.open(town.address("claims.entry", language, business_id=business))
    nia.use(nia.page.locator(f'main a[href$="/{entry}"]'))
    nia.fill(evidence="Ein henw ni sydd ar y drws.")
    nia.press()
    with town.site.app_context():
        [claim] = claiming.queries.claims_of(business)
        claiming.grant(claim.id, by_id=checker)
        db.session.remove()

    # The first visit: she writes what she does in one language, and goes.
    nia.page.reload()
    nia.use(nia.page.locator(f'main a[href$="/{entry}"]').first)
    nia.follow("What you do")
    food = nia.page.locator("details", has=nia.page.locator('input[value="food-makers"]'))
    food.locator("summary").click()
    nia.fill(**{f"summary_{language}": BOASTS[language]})
    food.locator("label", has_text={"cy": "Cynhyrchwyr bwyd", "en": "Food and drink makers"}[language]).click()
    nia.press("Save and go back to the list")
    assert nia.words("Written in one language only") in nia.main

    # The second visit: the other language, and how she is reached; a mistake loses nothing.
    nia.open(town.address("profiles.tasks", language, business_id=business, supplier_id=entry))
    nia.follow("What you do")
    assert nia.values()[f"summary_{language}"] == BOASTS[language]
    nia.fill(**{f"summary_{other}": BOASTS[other]})
    nia.press("Save and go back to the list")
    nia.follow("How people reach you")
    nia.fill(phone="123", hours_cy="Naw tan bump", hours_en="Nine to five")
    nia.press()
    assert (nia.status, len(nia.errors), nia.focus()) == (422, 1, "error-summary")
    nia.say_it_in(other)
    nia.say_it_in(language)
    assert nia.values()["hours_cy"] == "Naw tan bump"
    nia.fill(phone="01443 960 100")
    nia.press("Save and go back to the list")

    # She sees what readers will see, in both languages; they do not see it yet.
    public = town.address("directory.show", language, supplier_id=town.reference(entry))
    nia.follow("Preview")
    assert BOASTS[language] in nia.main
    nia.open(town.address("profiles.preview", other, business_id=business, supplier_id=entry))
    assert BOASTS[other] in nia.main
    reader = somebody()
    reader.open(public)
    assert BOASTS[language] not in reader.main

    # She checks it and submits it.
    nia.open(town.address("profiles.tasks", language, business_id=business, supplier_id=entry))
    nia.follow("Check and submit")
    assert (BOASTS["cy"] in nia.main, BOASTS["en"] in nia.main) == (True, True)
    nia.press("Submit the changes")
    assert nia.words("Place in the queue") in nia.main

    # Mair accepts the rest and suggests plainer words for one field.
    mair = somebody()
    at_the_desk(mair, town, f"mair.{language}.proffil", Who.MODERATOR)
    mair.open(town.address("moderation.index", language))
    mair.use(mair.page.get_by_role("link", name=name).first)
    mair.press("Take it up")
    boxes = [mair.page.locator(f'[name="{name}"]').first for name in ("reason-summary", "other_cy-summary")]
    assert [box.is_visible() for box in boxes] == [False, False], "what is accepted asks for more"
    mair.page.locator('label[for="verdict-summary-2"]').click()
    assert [box.is_visible() for box in boxes] == [True, False]
    mair.page.locator('label[for="verdict-summary-1"]').click()
    assert [box.is_visible() for box in boxes] == [True, True]
    mair.fill(**{"other_cy-summary": PLAIN["cy"], "other_en-summary": PLAIN["en"], "reason-summary": "too_grand"})
    mair.use(mair.page.locator("main .acts .btn:not(.quiet)").last)
    assert mair.heading == mair.words("Changes to read")

    # What was accepted is live; what was not came back, with the reason in her language, in a letter too.
    assert name in words_of(post.last_to(address))
    reader = somebody()  # another, for a browser keeps a public page for a minute
    reader.open(public)
    assert ("01443 960100" in reader.main, BOASTS[language] in reader.main) == (True, False)
    nia.open(town.address("profiles.tasks", language, business_id=business, supplier_id=entry))
    assert nia.words("Returned to you: look at it again") in nia.main
    nia.follow("What you do")
    reason = "This reads like an advertisement. Say what you do, where and for whom."
    assert (nia.words(reason) in nia.main, PLAIN[language] in nia.main) == (True, True)
    assert nia.values()[f"summary_{language}"] == BOASTS[language]

    # She takes the words, submits them, and readers see them once they are accepted.
    nia.fill(use_summary=True)
    nia.press("Save and go back to the list")
    nia.follow("Check and submit")
    nia.press("Submit the changes")
    mair.open(town.address("moderation.index", language))
    mair.use(mair.page.get_by_role("link", name=name).first)
    mair.use(mair.page.locator("main .acts .btn:not(.quiet)").last)
    reader = somebody()
    reader.open(public)
    assert PLAIN[language] in reader.main
    reader.open(town.address("directory.show", other, supplier_id=town.reference(entry)))
    assert PLAIN[other] in reader.main
    nia.page.reload()
    assert nia.words("None: readers see all that you wrote") in nia.main
