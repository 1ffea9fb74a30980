"""Elin has no e-mail: Gwen registers her on the phone and posts her letter; later Elin claims the account."""

import re

import pytest

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
