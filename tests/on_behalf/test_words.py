"""Staff write an entry down for Elin, who has no e-mail: what changes, who is told, and who does not decide on it."""

import pytest
from sqlalchemy import update

from c4s.accounts.rules import CameBy
from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.businesses.rules import WhyNot as NotHers
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory.rules import SupplierStatus
from c4s.mail.models import Channel, LetterState
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation import reading, steps
from c4s.moderation.models import Revision
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Did, RevisionState, Verdict
from c4s.moderation.rules import WhyNot as NotModerated
from c4s.on_behalf import words
from c4s.on_behalf.rules import WhyNot
from c4s.profiles import actions as profiles
from c4s.profiles import content, queries
from c4s.profiles import rules as profiles_rules
from c4s.profiles.rules import Did as Made
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, again, entered
from tests.businesses.builders import a_business
from tests.on_behalf.builders import (
    EDITOR,
    at_the_word,
    done_for,
    held_in_turn,
    letters_of,
    speaks_for,
    supplier,
    told,
    with_elin,
)
from tests.profiles.builders import WHOLE, decided, live

NEW = {"summary": {"cy": "Cacennau priodas.", "en": "Wedding cakes."}, "phone": "01443 960 200"}


@pytest.fixture
def gwen(site):
    """She may write entries down, and moderate them."""
    return a_member_of_staff("gwen", Who.ADMINISTRATOR)


@pytest.fixture
def mair(site):
    """She moderates."""
    return a_member_of_staff("mair", Who.MODERATOR)


@pytest.fixture
def hers(site):
    """The numbers of a business and of its entry, which readers see; Nia, who keeps it too, and Elin, whom a colleague
    has registered who writes nothing down."""
    return with_elin(by=a_member_of_staff("catrin", Who.HELPER))


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


def waits(entry):
    db.session.rollback()
    found = versions.open_revision(content.NAME, entry[1])
    assert found is not None
    return found


def accept(entry, by, **but):
    """Try to decide on what waits: all is accepted, but for what is said of some."""
    found = waits(entry)
    before = reading.plain(content.live_of(entry[1]))
    said = dict.fromkeys(profiles_rules.changed(before, found.content), reading.ACCEPTED) | but
    moderation.decide(found.id, said, by_id=by.id, read=reading.digest(before, found.content))


@unit_of_work
def suspended(person):
    again(person.id).state = "suspended"


def test_what_elin_says_waits_is_read_by_another_and_is_hers(gwen, mair, hers):
    entry, _, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen, CameBy.FACE_TO_FACE)}
    before = len(letters_of(elin))
    assert words.save(*entry, NEW, **facts)
    assert not words.save(*entry, NEW, **facts)
    assert live(entry[1])["phone"] == "01443 960 100"
    assert len(letters_of(elin)) == before  # one letter, and not for each part
    assert words.submit(*entry, **facts)
    assert not words.submit(*entry, **facts)
    assert waits(entry).author_id == elin.id

    [letter] = letters_of(elin)[before:]
    assert (letter.letter, letter.channel, letter.state) == ("on_behalf/submitted", Channel.POST, LetterState.TO_PRINT)
    assert (letter.about_kind, letter.about_id) == ("supplier", entry[1])
    for said in ("Cacennau priodas.", "Wedding cakes.", "01443 960 200", "Wyneb yn wyneb", "Face to face", "Becws"):
        assert said in letter.body
    assert "Town or village" not in letter.body  # of which she said nothing

    by = f"person:{gwen.id}"
    [first, *_, last] = done_for(elin)
    assert first == (by, Did.ENTERED, "face_to_face", entry[0])
    assert last == (by, Did.SUBMITTED, "face_to_face", entry[0])
    for did in (Did.BEGAN, Did.ENTERED, Did.SUBMITTED):
        assert told("revision", waits(entry).id, did) == [(by, elin.id, "face_to_face")]
    fields = [one.facts["fields"] for one in trail.history_of("revision", waits(entry).id) if one.action == Did.ENTERED]
    assert fields == [["phone", "summary"]]

    decided(entry[1], mair.id)
    assert live(entry[1])["summary"]["en"] == "Wedding cakes."
    assert supplier(entry).confirmed_on is not None  # it is her own word that it is right
    assert letters_of(elin)[-1].letter == "moderation/published"


def test_whoever_wrote_any_of_it_down_does_not_decide_on_it_and_another_does(gwen, mair, hers):
    entry, nia, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    words.save(*entry, NEW, **facts)
    profiles.save(*entry, {"town": "Aberdâr"}, by_id=nia.id)
    profiles.submit(*entry, by_id=nia.id)  # she can sign in, and submits all of it
    number = waits(entry).id
    assert why_not(moderation.take, number, by_id=gwen.id) == NotModerated.ENTERED_IT
    assert why_not(accept, entry, gwen) == NotModerated.ENTERED_IT
    no = Decision(Verdict.RETURNED, "unclear")
    assert why_not(accept, entry, gwen, phone=no) == NotModerated.ENTERED_IT
    assert moderation.take_next(by_id=gwen.id) is None
    assert moderation.take_next(by_id=mair.id) == number
    accept(entry, mair)
    assert live(entry[1])["phone"] == "01443 960 200"


def test_whoever_only_submitted_it_does_not_decide_on_it(gwen, hers):
    entry, nia, elin = hers
    profiles.save(*entry, NEW, by_id=nia.id)
    words.submit(*entry, person_id=elin.id, entered=at_the_word(gwen))
    assert why_not(accept, entry, gwen) == NotModerated.ENTERED_IT


def test_whoever_wrote_it_down_does_not_decide_on_the_draft_that_says_the_same_again(gwen, mair, hers):
    entry, nia, elin = hers
    helper = a_member_of_staff("rhian", Who.HELPER)
    words.save(*entry, NEW, person_id=elin.id, entered=at_the_word(gwen))
    words.submit(*entry, person_id=elin.id, entered=at_the_word(helper))
    profiles.withdraw(*entry, by_id=nia.id)
    profiles.submit(*entry, by_id=nia.id)
    assert why_not(accept, entry, gwen) == NotModerated.ENTERED_IT
    accept(entry, mair, phone=Decision(Verdict.SUGGESTED, suggestion="01443 960 999"))
    profiles.save(*entry, {}, by_id=nia.id, taking=["phone"])
    profiles.submit(*entry, by_id=nia.id)
    assert why_not(accept, entry, gwen) == NotModerated.ENTERED_IT
    accept(entry, mair)
    profiles.save(*entry, {"town": "Aberdâr"}, by_id=nia.id)  # of this she wrote nothing down
    profiles.submit(*entry, by_id=nia.id)
    accept(entry, gwen)
    assert live(entry[1])["town"] == "Aberdâr"


def test_whoever_registered_her_does_not_decide_what_a_colleague_writes_down_for_her(gwen, mair):
    entry, nia, elin = with_elin(by=gwen)
    facts = {"person_id": elin.id, "entered": at_the_word(a_member_of_staff("rhian", Who.HELPER))}
    words.save(*entry, NEW, **facts)
    words.submit(*entry, **facts)
    assert why_not(moderation.take, waits(entry).id, by_id=gwen.id) == NotModerated.ENTERED_IT
    assert why_not(accept, entry, gwen) == NotModerated.ENTERED_IT
    assert moderation.take_next(by_id=gwen.id) is None
    accept(entry, mair)
    profiles.save(*entry, {"town": "Aberdâr"}, by_id=nia.id)  # the words of somebody else
    profiles.submit(*entry, by_id=nia.id)
    assert moderation.take_next(by_id=gwen.id) == waits(entry).id
    accept(entry, gwen)


def test_whoever_wrote_it_down_does_not_publish_it_again_when_readers_see_other_words(gwen, mair, hers):
    entry, _, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    words.save(*entry, NEW, **facts)
    words.submit(*entry, **facts)
    accept(entry, mair, phone=Decision(Verdict.RETURNED, "unclear"))
    thing = (content.NAME, entry[1])
    number = versions.live_number(*thing)  # of a version that the moderator made of what she accepted
    other = {"summary": {"cy": "Bara.", "en": "Bread."}}
    for _ in range(2):
        moderation.publish_now(*thing, other, by_id=mair.id)
        assert why_not(moderation.restore, *thing, number, by_id=gwen.id, reason="") == NotModerated.ENTERED_IT
        number = moderation.restore(*thing, number, by_id=mair.id, reason="").number
        assert live(entry[1])["summary"]["en"] == "Wedding cakes."


def test_what_a_moderator_returns_at_the_same_moment_is_not_told_as_taken_back(gwen, hers, monkeypatch):
    entry, _, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    words.save(*entry, NEW, **facts)
    words.submit(*entry, **facts)
    number, before, really = waits(entry).id, len(letters_of(elin)), steps.held

    def held(model, row_id):
        change = update(Revision).where(Revision.id == number).values(state=RevisionState.DRAFT)
        db.session.execute(change.execution_options(synchronize_session=False))
        return really(model, row_id)

    monkeypatch.setattr(steps, "held", held)
    assert not words.withdraw(*entry, **facts)
    assert len(letters_of(elin)) == before


def test_elin_takes_the_words_that_a_moderator_suggests_through_staff(gwen, mair, hers):
    entry, _, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    words.save(*entry, NEW, **facts)
    words.submit(*entry, **facts)
    accept(entry, mair, phone=Decision(Verdict.SUGGESTED, suggestion="01443 960 999"))
    assert words.save(*entry, {}, taking=["phone"], **facts)
    assert waits(entry).content["phone"] == "01443 960 999"
    assert told("revision", waits(entry).id, Did.TOOK_SUGGESTION) == [(f"person:{gwen.id}", elin.id, "phone")]


def test_what_waits_is_taken_back_and_elin_is_told_once(gwen, hers):
    entry, _, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    words.save(*entry, NEW, **facts)
    words.submit(*entry, **facts)
    number, before = waits(entry).id, len(letters_of(elin))
    assert words.withdraw(*entry, **facts)
    assert not words.withdraw(*entry, **facts)
    assert (waits(entry).state, waits(entry).content["phone"]) == (RevisionState.DRAFT, "01443 960 200")
    assert [one.letter for one in letters_of(elin)[before:]] == ["on_behalf/done"]
    assert told("revision", number, Did.WITHDREW) == [(f"person:{gwen.id}", elin.id, "phone")]


def test_an_entry_is_begun_for_an_owner_whose_business_keeps_none(gwen, mair):
    elin = entered("elin")
    business = a_business(elin, "Becws Elin", website="https://elin.example.cymru")
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    number = words.make(business, **facts)
    assert told("supplier", number, Made.MADE) == [(f"person:{gwen.id}", elin.id, "phone")]
    assert done_for(elin) == [(f"person:{gwen.id}", Made.MADE, "phone", business)]
    begun = supplier((business, number))
    assert (begun.business_id, begun.status) == (business, SupplierStatus.UNPUBLISHED)
    assert queries.current(begun)["website"] == "https://elin.example.cymru"
    assert why_not(words.make, business, **facts) == profiles_rules.WhyNot.HAS_ONE
    with pytest.raises(Refused) as refusal:
        words.submit(business, number, **facts)
    assert refusal.value.reason == NotModerated.INCOMPLETE
    assert letters_of(elin) == []
    words.save(business, number, WHOLE, **facts)
    words.submit(business, number, **facts)
    assert why_not(accept, (business, number), gwen) == NotModerated.ENTERED_IT
    accept((business, number), mair)
    assert supplier((business, number)).status == SupplierStatus.ACTIVE


def test_an_editor_begins_no_entry_and_writes_the_one_that_there_is(gwen):
    elin, nia = entered("elin"), a_person("nia")
    business = a_business(nia, "Siop Nia")
    speaks_for(business, elin, EDITOR)
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    assert why_not(words.make, business, **facts) == NotHers.NOT_YOURS
    number = profiles.make(business, by_id=nia.id)
    assert words.save(business, number, NEW, **facts)


def test_what_two_write_at_once_in_the_same_field_is_shown_and_not_lost(gwen, hers):
    entry, nia, elin = hers
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    seen = profiles_rules.marks(queries.current(supplier(entry)), ["phone"])
    profiles.save(*entry, {"phone": "01443 960 333"}, by_id=nia.id)
    reason = why_not(words.save, *entry, {"phone": "01443 960 200"}, seen=seen, **facts)
    assert reason == profiles_rules.WhyNot.SAVED_MEANWHILE
    assert waits(entry).content["phone"] == "01443 960 333"
    assert done_for(elin) == []


@pytest.mark.parametrize("deed", ["make", "save", "submit", "withdraw"])
def test_nothing_is_written_for_whoever_can_do_it_nor_by_whoever_may_not(gwen, hers, deed):
    entry, nia, elin = hers
    given = {"make": (entry[0],), "save": (*entry, NEW)}.get(deed, entry)
    act = getattr(words, deed)

    def reason(person, staff, given=given):
        return why_not(act, *given, person_id=person.id, entered=at_the_word(staff))

    profiles.save(*entry, {"town": "Aberdâr"}, by_id=nia.id)
    assert reason(nia, gwen) == WhyNot.NOT_FOR_THEM
    assert reason(entered("lowri"), gwen) == WhyNot.NOT_FOR_THEM  # of no business
    for staff in (a_member_of_staff("huw", Who.MODERATOR), nia, elin):
        assert reason(elin, staff) == NotNow.NOT_ALLOWED
    assert reason(elin, gwen, given=(404, *given[1:])) == WhyNot.NOT_THERE
    if deed != "make":
        other = with_elin("Siop Huw", who="carys", without="mali")[0]
        elsewhere = reason(elin, gwen, given=(entry[0], other[1], *given[2:]))
        assert elsewhere in (WhyNot.NOT_THERE, profiles_rules.WhyNot.NO_SUCH_ENTRY)
    suspended(elin)
    assert reason(elin, gwen) == WhyNot.NOT_FOR_THEM
    speaks_for(entry[0], gwen, EDITOR)
    assert reason(elin, gwen) == WhyNot.ONES_OWN
    assert (waits(entry).content["town"], waits(entry).state) == ("Aberdâr", RevisionState.DRAFT)
    assert done_for(elin) == []


@pytest.mark.parametrize("deed", ["save", "submit", "withdraw"])
def test_the_person_is_held_before_the_business(gwen, hers, deed, monkeypatch):
    entry, nia, elin = hers
    profiles.save(*entry, NEW, by_id=nia.id)
    held = held_in_turn(monkeypatch)
    given = (*entry, NEW) if deed == "save" else entry
    getattr(words, deed)(*given, person_id=elin.id, entered=at_the_word(gwen))
    assert held == [("person", elin.id), ("business", entry[0])]
