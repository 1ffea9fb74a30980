"""Elin has no e-mail: Gwen registers her on the phone and posts her letter; later Elin claims the account."""

import re

import pytest

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.mail.models import OutgoingLetter
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_sign_in
from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.journeys.conftest import Post, Somebody
from tests.journeys.test_an_account import page_in

pytestmark = pytest.mark.browser


def at_the_desk(reader: Reader, town: Town, who: str, *roles: Who) -> None:
    """The reader is a member of staff, a helper unless told otherwise, who has signed in with both steps."""
    with town.site.app_context():
        token = a_sign_in(a_member_of_staff(who, *(roles or (Who.HELPER,))))
        db.session.remove()
    signer = town.site.session_interface.get_signing_serializer(town.site)
    value = signer.dumps({"_user_id": token, "_fresh": True})
    reader.context.add_cookies([{"name": "c4s", "value": value, "url": town.root}])


def last_letter(town: Town, to: str) -> tuple[int, str]:
    """The number and the words of the last letter on paper to somebody."""
    with town.site.app_context():
        found = db.session.query(OutgoingLetter).filter_by(to_name=to).order_by(OutgoingLetter.id.desc()).first()
        assert found is not None
        answer = found.id, found.body
        db.session.remove()
    return answer


def test_elin_is_registered_on_the_phone_gets_a_letter_and_claims_her_account(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    other = {"cy": "en", "en": "cy"}[language]
    name, email = f"Elin Rhys {language.upper()}", f"elin.rhys.{language}@example.cymru"
    gwen = somebody()
    at_the_desk(gwen, town, f"gwen.{language}.helper")

    # Gwen goes by the desk to the people, and reads the questions out; she changes language half-way.
    gwen.open(town.address("accounts.account", language))
    gwen.follow("Staff desk")
    assert gwen.heading == gwen.words("Staff desk")
    gwen.open(town.address("staff.people", language))
    gwen.follow("Register somebody who has no email")
    gwen.fill(
        came_by="phone",
        lane="resident",
        name=name,
        channel="post",
        postal_address="7 Stryd y Bont\nPontypridd\nCF37 1AA",
        language_written="both",
    )
    gwen.say_it_in(other)
    assert gwen.values()["name"] == name
    gwen.say_it_in(language)
    gwen.press()
    assert (gwen.status, len(gwen.errors), gwen.focus()) == (422, 3, "error-summary")
    gwen.fill(language_spoken="cy", over_16=True, agrees=True)
    gwen.press()
    assert gwen.words("The account is open. A letter or a message with the code is waiting in the queue.") in gwen.main

    # The letter is printed and marked as posted, and no other is.
    number, words = last_letter(town, name)
    gwen.open(town.address("letters.waiting", language))
    for tick in gwen.page.locator("main input[type=checkbox]").all():
        if tick.is_checked() != (tick.get_attribute("value") == str(number)):
            gwen.page.locator(f"label[for={tick.get_attribute('id')}]").click()
    gwen.press("Show these letters for printing")
    assert gwen.heading == gwen.words("Letters to print")
    assert gwen.page.locator(".letter").count() == 1
    assert words.splitlines()[2] in gwen.page.locator(".letter").inner_text()
    gwen.press("Mark these letters as posted")
    assert gwen.words("The letters have been marked as posted.") in gwen.main
    assert name not in gwen.main

    # A year later, Elin has e-mail. Her code works with small letters too, and once.
    code = re.findall(r"Cod?e?: ([A-Z0-9-]+)", words)[0]
    elin = somebody()
    elin.open(town.address("accounts.claim", language))
    elin.fill(code=code.lower().replace("-", " "), email=email)
    elin.press()
    assert elin.heading == elin.words("Check your email")
    elin.open(page_in(post.last_to(email), language))
    elin.press("Claim my account")
    assert elin.heading == elin.words("My account")
    assert name in elin.main and email in elin.main
    assert last_letter(town, name)[0] > number  # she is told by post too

    # From now on she is one of those who sign in with a link.
    elin.press("Sign out")
    elin.open(town.address("accounts.claim", language))
    elin.fill(code=code, email=f"arall.{email}")
    elin.press()
    assert post.to(f"arall.{email}") == []


@pytest.mark.parametrize("language", ["cy"])
def test_mair_says_on_the_phone_what_her_entry_should_say_and_a_colleague_of_gwen_reads_it(
    somebody: Somebody, town: Town, language: str
) -> None:
    gwen, name = somebody(), "Mair Puw"
    at_the_desk(gwen, town, "gwen.writes", Who.HELPER, Who.MODERATOR)

    # Gwen registers her while she is on the phone, adds her shop, and begins its entry.
    gwen.open(town.address("staff.enter", language))
    gwen.fill(came_by="phone", lane="business", name=name, channel="post", postal_address="8 Stryd y Bont\nCF37 1AA")
    gwen.fill(language_written="cy", language_spoken="cy", over_16=True, agrees=True)
    gwen.press()
    number = registered(town, name)
    gwen.open(town.address("staff.person", language, person_id=number))
    gwen.follow("Businesses of this person")
    gwen.follow("Add a business for this person")
    gwen.fill(business_name="Gwnïo Mair Puw", kind="sole_trader", came_by="phone")
    gwen.press()
    gwen.follow("Begin a new entry for them")
    gwen.fill(came_by="phone")
    gwen.press()
    assert gwen.heading == gwen.words("Write the entry for them")

    # Two parts, as one goes on from one to the next; how Mair reached us need not be said again.
    gwen.follow("What you do")
    gwen.page.locator("details", has=gwen.page.locator('input[value="food-makers"]')).locator("summary").click()
    gwen.page.locator("label", has_text=re.compile("^Cynhyrchwyr bwyd")).click()
    gwen.fill(summary_cy="Trwsio dillad a gwnïo llenni.")
    gwen.press()
    assert gwen.heading == gwen.words("Where you are and where you work")
    gwen.fill(town="Pontypridd")
    gwen.press()
    assert gwen.heading == gwen.words("How people reach you")
    gwen.fill(phone="01443 960 222")
    gwen.press("Save and go back to the list")

    # She reads all of it out, and submits it; Mair has it in writing.
    gwen.follow("Check and submit for them")
    assert "Trwsio dillad a gwnïo llenni." in gwen.main
    assert gwen.values()["came_by"] == "phone"
    gwen.press()
    assert "Trwsio dillad a gwnïo llenni." in last_letter(town, name)[1]

    # In the queue she sees that it is not hers; Lowri reads it, and so do readers.
    gwen.open(town.address("moderation.index", language))
    assert gwen.words("A colleague: you wrote some of this down, or registered its author") in gwen.main
    gwen.use(gwen.page.get_by_role("link", name="Gwnïo Mair Puw").first)
    assert (
        gwen.words("You wrote some of this down, or registered its author. Another moderator must decide") in gwen.main
    )
    assert gwen.page.locator("main form").count() == 0
    lowri = somebody()
    at_the_desk(lowri, town, "lowri.reads", Who.MODERATOR)
    lowri.open(gwen.page.url)
    for tick in lowri.page.locator('main input[value="accepted"]').all():
        lowri.page.locator(f"label[for={tick.get_attribute('id')}]").click()
    lowri.press()
    reader = somebody()
    reader.open(town.address("directory.index", language, q="Gwnïo Mair Puw"))
    reader.use(reader.page.get_by_role("link", name="Gwnïo Mair Puw").first)
    assert "Trwsio dillad a gwnïo llenni." in reader.main


def registered(town: Town, name: str) -> int:
    """The number of the account of somebody."""
    with town.site.app_context():
        found: int = db.session.query(Person.id).filter_by(name=name).one()[0]
        db.session.remove()
    return found
