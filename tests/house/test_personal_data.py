"""Every table that may hold something about a person is in the privacy notice, or here stands why not."""

import re

import pytest

from c4s.core.db import Base
from c4s.takedowns import rules as takedowns
from c4s.translations import rules as translations
from tests.visitor import words

pytestmark = pytest.mark.pages

PEOPLE = {"person", "booking", "rota_person"}
"""Tables with a row for each person; what has a key to one of them is about somebody."""
ABOUT_PEOPLE = re.compile(r"(^|_)(names?|phone|email|address|others|reach|needs|browser)($|_)")
IN_THE_NOTICE = {
    "access_need": "Access needs",
    "attendance": "Whether you came to an event",
    "booking": "Your place at an event, or on a waiting list",
    "business": "A business that you speak for",
    "buyer_request": "A request to buy for a public body",
    "certificate": "A certificate of attendance",
    "code_signature": "Your signature under the code of conduct",
    "data_case": "A request or a complaint about your information",
    "entry_claim": "A claim to an entry in the directory",
    "feedback": "What you write about an event, and your name if you give it",
    "feedback_given": "Your place at an event, or on a waiting list",
    "freshness_code": "The code in a letter that asks whether an entry is still right",
    "invitation": "An invitation to speak for a business",
    "joint_work": "Work that a business did with others, and who confirmed it",
    "kept_form": "A form that you send after you have been signed out",
    "meet_again": "What we keep about you at speed networking",
    "membership": "A business that you speak for",
    "moderation_note": "Each version of an entry, and what our staff said of it",
    "news_wish": "The news you want by e-mail",
    "one_time_link": "Your account",
    "outgoing_letter": "The words of the messages we send",
    "person": "Your account",
    "quality_fact": "What a business says of its quality, and what our staff saw of it",
    "recovery_code": "A second step for signing in",
    "remembered_need": "Access needs that you ask us to remember",
    "reminder": "Your place at an event, or on a waiting list",
    "report": "What you tell us is wrong with an entry",
    "report_note": "What you tell us is wrong with an entry",
    "revision": "Each version of an entry, and what our staff said of it",
    "rota_meeting": "What we keep about you at speed networking",
    "rota_person": "What we keep about you at speed networking",
    "rota_wish": "What we keep about you at speed networking",
    "second_factor": "A second step for signing in",
    "second_factor_renewal": "A second step for signing in",
    "sign_in": "Where you are signed in",
    "staff_role": "Your account",
    "supplier": "A business entry",
    "takedown": "That our staff hid an entry: its name, why, and what its business wrote against it",
    "translation_wish": "A wish for your words in the other language",
}
"""How the notice calls what is kept there, in its table of how long."""
WHY_NOT = {
    **dict.fromkeys(("area", "category", "event", "network", "service", "venue"), "names of places and things"),
    "public_version": "names of counters",
    **dict.fromkeys(
        ("code_suspension", "code_version", "event_draft", "event_message"),
        "only which member of staff did it, as the record of who did what says too",
    ),
    "revision_enterer": "only which member of staff wrote a version down, as the record of who did what says too",
    "moderation_watch": "only that a moderator asked to be told of something; it goes when they say so",
}
"""What says nothing about anybody that a reader of the notice could look for."""


def about_people():
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name in PEOPLE
        or any(key.column.table.name in PEOPLE for key in table.foreign_keys)
        or any(ABOUT_PEOPLE.search(column.name) for column in table.columns)
    }


def how_long(visitor):
    """What the notice says is kept, and how long."""
    [_, table] = visitor.open("/en/privacy").soup.select(".prose table")
    return {words(row.th): words(row.td) for row in table.select("tbody tr")}


def test_every_table_about_people_is_in_the_privacy_notice_or_it_is_said_why_not(visitor):
    assert about_people() == {*IN_THE_NOTICE, *WHY_NOT}
    assert set(IN_THE_NOTICE) & set(WHY_NOT) == set()
    said = how_long(visitor)
    assert {name: row for name, row in IN_THE_NOTICE.items() if not any(one.startswith(row) for one in said)} == {}


def test_what_the_privacy_notice_says_of_appeals_and_of_wishes_is_what_is_done(visitor):
    assert (takedowns.KEEP_ENDED.days, translations.KEEP_ENDED.days) == (730, 365)
    said = how_long(visitor)
    assert said[IN_THE_NOTICE["takedown"]].startswith("2 years after")
    assert said[IN_THE_NOTICE["translation_wish"]].startswith("12 months after")
