"""Owain moderates for the first time: twenty changes of many kinds, and no field of any takes him three clicks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation.reading import ACCEPTED, Decision
from c4s.moderation.rules import Reason, Verdict
from c4s.profiles import actions, content, pieces
from c4s.profiles.rules import JOINT, PICTURE, SERVICE
from c4s.web.rights import Who
from tests.accounts.builders import a_person
from tests.browser.machine import Town
from tests.builders import a_supplier, both
from tests.businesses.builders import a_business
from tests.journeys.conftest import Somebody
from tests.journeys.test_without_email import at_the_desk
from tests.profiles.builders import live
from tests.profiles.pieces_builders import SERVICE as CAKES
from tests.profiles.pieces_builders import a_picture, given

pytestmark = pytest.mark.browser

MOST = 2
"""Clicks on a field; the promise to moderators is fewer than three."""
ENDING = {"cy": "yn y Cwm", "en": "ar y Bryn"}
"""Of the names of entries: each language has entries of its own."""
Entry = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """What a business submits, and what is to be said of it.

    Attributes:
        values: of fields that every profile has.
        adds: puts one of those that come and go into the draft.
        but: what is said of fields that are not accepted; a beginning of names stands for the one that begins so.
    """

    name: str
    values: Mapping[str, Any]
    adds: Callable[[Entry, Person, int], object] | None = None
    but: Mapping[str, Decision] | None = None


def pair(cy: str, en: str) -> dict[str, str]:
    return {"cy": cy, "en": en}


def back(reason: Reason) -> Decision:
    return Decision(Verdict.RETURNED, reason)


def said(cy: str, en: str) -> Decision:
    return Decision(Verdict.RETURNED, words=Bilingual(cy, en))


def rather(words: Any) -> Decision:
    return Decision(Verdict.SUGGESTED, suggestion=words)


def service(**values: Any) -> Callable[[Entry, Person, int], object]:
    return lambda entry, by, _: pieces.add_service(*entry, {**CAKES, **values}, by_id=by.id)


def picture(cy: str, en: str) -> Callable[[Entry, Person, int], object]:
    return lambda entry, by, _: a_picture(entry, by, alt=Bilingual(cy, en))


def together(cy: str, en: str) -> Callable[[Entry, Person, int], object]:
    return lambda entry, by, other: pieces.add_joint_work(*entry, other, Bilingual(cy, en), 2025, by_id=by.id)


CHANGES = (
    Change("Becws Ffynnon", {"name_cy": "Popty Ffynnon"}),
    Change("Caffi Llwyn", {"name": "CAFFI LLWYN!!!"}, None, {"name": rather("Caffi’r Llwyn")}),
    Change(
        "Gwely a Brecwast Maes",
        {"summary": pair("Y llety gorau yn y byd!", "The best place to stay in the world!")},
        None,
        {"summary": rather(pair("Tair ystafell wely, a brecwast.", "Three bedrooms, and breakfast."))},
    ),
    Change(
        "Trydan Dyffryn",
        {
            "summary": pair("Trydanwr i dai a siopau.", "An electrician for homes and shops."),
            "description": pair("Dwi’n trwsio popeth.", "I repare everthing."),
        },
        None,
        {"description": rather(pair("Dwi’n trwsio popeth.", "I repair everything."))},
    ),
    Change("Siop Flodau Nant", {"categories": ["creative-crafts", "retail-shops"]}),
    Change("Plymio Rhyd", {"categories": ["food-cafes"]}, None, {"categories": back(Reason.WRONG_BOX)}),
    Change("Cacennau Bedw", {}, service()),
    Change(
        "Cegin Onnen",
        {},
        service(name=pair("Bwyd", "Food"), description=pair("Bwyd blasus.", "Delivered hot, every night.")),
        {SERVICE: back(Reason.LANGUAGES_DIFFER)},
    ),
    Change("Crochenwaith Pant", {}, picture("Mygiau glas ar silff", "Blue mugs on a shelf")),
    Change("Gwehyddion Gwern", {}, picture("Llun", "Picture"), {PICTURE: back(Reason.PICTURE)}),
    Change("Saer Derw", {}, together("Cownter newydd i’r siop", "A new counter for the shop")),
    Change(
        "Paentio Celyn",
        {},
        together("Mae eu gwaith nhw yn wael", "Their work is poor"),
        {JOINT: back(Reason.ABOUT_OTHERS)},
    ),
    Change(
        "Gwnïo Helyg",
        {"phone": "01443 960 222", "hours": pair("Naw tan bump", "Nine to five, or when I am in")},
        None,
        {"hours": back(Reason.LANGUAGES_DIFFER)},
    ),
    Change("Argraffu Fedwen", {"website": "https://argraffu.example.cymru", "email": "post@argraffu.example.cymru"}),
    Change("Beiciau’r Bont", {"address": ["2 Stryd y Bont"], "town": "Aberdâr", "postcode": "CF44 7AA"}),
    Change(
        "Glanhau Gloyw",
        {"areas_served": ["aberdare", "pontypridd"], "town": "Cymru gyfan"},
        None,
        {"town": back(Reason.NOT_LOCAL)},
    ),
    Change(
        "Gerddi Gwyrdd",
        {
            "wants": pair("Gerddi ysgolion", "School gardens"),
            "could": pair("Ffoniwch Siân gartref", "Ring Siân at home"),
            "wont": pair("Dim coed mawr", "No large trees"),
        },
        None,
        {"could": back(Reason.PERSONAL)},
    ),
    Change(
        "Ffrwythau Afon",
        {"buys_locally": pair("Popeth", "Everything")},
        None,
        {"buys_locally": said("Gan bwy ydych chi’n prynu?", "From whom do you buy?")},
    ),
    Change(
        "Cyfrifon Clir",
        {"team_languages": ["cy", "pl"], "size": "micro", "social_enterprise": True, "company_number": "01234567"},
        None,
        {"social_enterprise": back(Reason.NOT_SHOWN)},
    ),
    Change(
        "Cerddoriaeth Carreg",
        {
            "summary": pair("Gwersi piano.", "Piano lessons."),
            "description": pair("Gwersi yn eich cartref.", "Synergies in musical upskilling journeys."),
            "access_notes": pair("Gris wrth y drws.", "A step at the door."),
            "wants": pair("Mwy o wersi.", "We are the best."),
        },
        None,
        {"description": back(Reason.UNCLEAR), "wants": back(Reason.TOO_GRAND)},
    ),
)


def submitted(change: Change, ending: str, business: int, by: Person, other: int) -> int:
    """A business submits a change to its entry, which readers see; gives the number of the entry."""
    entry = a_supplier(
        f"{change.name} {ending}",
        categories=("food-makers",),
        town="Pontypridd",
        phone="01443 960 100",
        description=both("Croeso i bawb.", "Everybody is welcome."),
    ).id
    given(entry, business)
    if change.values:
        actions.save(business, entry, change.values, by_id=by.id)
    if change.adds:
        change.adds((business, entry), by, other)
    moderation.submit(content.NAME, entry, by_id=by.id)
    return entry


class Pointer:
    """What somebody points with; it counts its clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, it: Locator) -> None:
        self.clicks += 1
        it.click()

    def choose(self, name: str, value: str) -> None:
        """Click on the words of a choice, where people do."""
        choice = self.page.locator(f'[name="{name}"][value="{value}"]')
        self.click(self.page.locator(f'label[for="{choice.get_attribute("id")}"]'))

    def leave(self, it: Locator) -> None:
        """Click on what leads to another page."""
        with self.page.expect_navigation():
            self.click(it)

    def write(self, boxes: Mapping[str, str], language: str) -> None:
        """Click into the first of some boxes, which the keyboard leaves for the next, and write anew in each."""
        names = sorted(boxes, key=lambda name: f"_{language}-" not in name)
        self.click(self.page.locator(f'[name="{names[0]}"]'))
        for name in names:
            assert self.page.evaluate("document.activeElement.name") == name
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(boxes[name])
            self.page.keyboard.press("Tab")


def decide(pointer: Pointer, key: str, decision: Decision, language: str) -> None:
    """Say what is to be said of one field, as somebody does who sees the page for the first time."""
    if decision.verdict == Verdict.ACCEPTED:
        return  # every field is, unless something else is said
    pointer.choose(f"verdict-{key}", str(decision.verdict))
    if decision.phrase:
        pointer.choose(f"reason-{key}", decision.phrase)
    if decision.words:
        words = {"cy": decision.words.cy, "en": decision.words.en}
        pointer.write({f"words_{code}-{key}": words[code] for code in words}, language)
    if isinstance(decision.suggestion, str):
        pointer.write({f"other_-{key}": decision.suggestion}, language)
    elif decision.suggestion:
        pointer.write({f"other_{code}-{key}": words for code, words in decision.suggestion.items()}, language)


def test_no_field_of_twenty_changes_takes_a_newcomer_three_clicks(
    somebody: Somebody, town: Town, language: str
) -> None:
    with town.site.app_context():
        owner = a_person(f"delyth.{language}", language_written="both")
        business = a_business(owner, f"Delyth {ENDING[language]}")
        other = a_supplier(f"Siop Gornel {ENDING[language]}", confirmed_on=date(2026, 1, 5)).id
        given(other, a_business(a_person(f"huw.cornel.{language}"), f"Siop Gornel {ENDING[language]}"))
        entries = {one.name: submitted(one, ENDING[language], business, owner, other) for one in CHANGES}
        waiting = {name: versions.open_revision(content.NAME, entry) for name, entry in entries.items()}
        numbers = {name: found.id for name, found in waiting.items() if found}
        fields = {one.replace(":", "-"): one for found in waiting.values() if found for one in found.content}
        before = {name: live(entry) for name, entry in entries.items()}
        db.session.remove()

    owain = somebody()
    at_the_desk(owain, town, f"owain.{language}", Who.MODERATOR)
    owain.open(town.address("moderation.index", language))
    pointer, clicks, decided = Pointer(owain.page), {}, {}
    for change in CHANGES:
        pointer.leave(owain.page.get_by_role("link", name=f"{change.name} {ENDING[language]}"))
        verdicts = owain.page.locator('[name^="verdict-"][value="accepted"]')
        keys = [str(it.get_attribute("name")).removeprefix("verdict-") for it in verdicts.all()]
        for key in keys:
            about = change.but or {}
            found = next((one for begins, one in about.items() if fields[key].startswith(begins)), ACCEPTED)
            so_far = pointer.clicks
            decide(pointer, key, found, language)
            clicks[change.name, fields[key]] = pointer.clicks - so_far
            decided[change.name, fields[key]] = found
        pointer.leave(owain.page.locator("main .acts .btn:not(.quiet)").last)
        assert owain.heading == owain.words("Changes to read"), owain.errors

    # No field took three clicks, and none on average when the way there and back is counted too.
    assert (len(CHANGES), len(clicks) >= 34) == (20, True)
    assert {field: number for field, number in clicks.items() if number > MOST} == {}
    assert max(clicks.values()) == MOST
    assert pointer.clicks < 3 * len(clicks)

    # What he decided is what was said, and readers see what he accepted.
    with town.site.app_context():
        for entry, number in numbers.items():
            revision = versions.revision(number)
            assert revision is not None
            remarks = {
                one.field: Decision(one.verdict, one.phrase, one.words, one.suggestion) for one in revision.remarks
            }
            assert remarks == {field: one for (name, field), one in decided.items() if name == entry}
            submitted_then, shown = dict(revision.content), live(entries[entry])
            for field, decision in remarks.items():
                expected = submitted_then if decision == ACCEPTED else before[entry]
                assert shown.get(field) == expected.get(field), (entry, field)
        db.session.remove()
