"""What of the programme waits on the staff desk."""

from datetime import timedelta

import pytest

from c4s.core.clock import now
from c4s.i18n.bilingual import Bilingual
from c4s.programme import actions
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter
from tests.builders import both
from tests.conftest import said
from tests.house.every_page import address_of
from tests.programme.builders import BY, a_draft, published, saved

pytestmark = pytest.mark.pages


def test_drafts_that_are_due_but_not_complete_and_texts_left_behind_wait_for_staff(visitor, clock, language):
    late = a_draft(title=both("Yn hwyr", "Late one"))
    actions.set_time(late, now() + timedelta(hours=1), by=BY)
    saved(late, summary=Bilingual("", ""))
    change = actions.change(published(description=both("Hen", "Old")), by=BY)
    saved(change, description=Bilingual("Hen", "New"))
    clock.shift(timedelta(hours=1))
    actions.publish_due()
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    page = visitor.open(address_of(visitor.site, "backoffice.desk", language))
    due = {"cy": "Yn hwyr", "en": "Late one"}[language]
    title = said(language, "Drafts to publish that are not complete")
    assert page.links()[f"{due} : {title}"].endswith(f"/{late}")
    assert said(language, "Drafts with one language out of date") in page.main
    started = {"cy": "Dechrau busnes", "en": "Starting a business"}[language]
    visitor.follow(f"{started} : {said(language, 'Drafts with one language out of date')}")
    assert visitor.page.address.startswith(address_of(visitor.site, "programme.edit", language, draft_id=change))
    page = visitor.send(422, press=("publish", "1"))
    assert len(page.errors) == 1
    visitor.send(press=("publish", "1"), still_right="description")
    assert said(language, "Publish") in visitor.page.h1
