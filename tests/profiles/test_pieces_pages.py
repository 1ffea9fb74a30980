"""The pages of services, pictures, joint work and of what is live at once, as people go through them."""

import io
import re

import pytest

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import picturing
from c4s.directory.models import Supplier
from c4s.directory.picturing import LARGEST, WORDS, Unfit
from c4s.directory.rules import PictureRole, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.moderation import actions as moderation
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Verdict
from c4s.profiles import actions, content, pieces, pieces_phrases, pieces_rules
from c4s.profiles import joint_work as working
from c4s.profiles import now as living
from c4s.profiles.pieces_rules import Did, Outcome, WhyNot
from c4s.profiles.rules import JOINT, PICTURE
from c4s.profiles.rules import SERVICE as PREFIX
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.builders import a_supplier
from tests.businesses.builders import joined
from tests.conftest import NOW, said
from tests.directory.test_picturing import header_of
from tests.profiles.builders import again, decided
from tests.profiles.pieces_builders import SERVICE, a_file, a_picture, an_entry, current, joint_work, published
from tests.visitor import Page, Visitor, words

pytestmark = pytest.mark.pages

PHOTO, LOGO = PictureRole.PHOTO, PictureRole.LOGO
ROOT = {"cy": "/cy/cyfrif/busnesau/{}/proffil/{}", "en": "/en/account/businesses/{}/profile/{}"}
PAGE = {
    "services": {"cy": "gwasanaethau", "en": "services"},
    "new service": {"cy": "gwasanaethau/newydd", "en": "services/new"},
    "pictures": {"cy": "lluniau", "en": "pictures"},
    "photo": {"cy": "lluniau/llun", "en": "pictures/photo"},
    "logo": {"cy": "lluniau/logo", "en": "pictures/logo"},
    "joint work": {"cy": "cydweithio", "en": "joint-work"},
    "others": {"cy": "cydweithio/eraill", "en": "joint-work/others"},
    "now": {"cy": "nawr", "en": "now"},
}


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def entry(nia):
    return an_entry(nia)


@pytest.fixture
def other(huw):
    return an_entry(huw, "Caffi’r Bont")


@pytest.fixture
def at_home(visitor, nia):
    return enter(visitor, nia)


def at(entry, page, language="en", more=""):
    return f"{ROOT[language].format(*entry)}/{PAGE[page][language]}{more}"


def told(language, code):
    with speaking(language):
        return str(pieces_phrases.OUTCOME[code])


def a_sent(data, name="llun.png"):
    return (io.BytesIO(data), name)


def sends_large(visitor, data, **typed):
    """Send a large file by hand: the test client would leave one of its own open."""
    values = {**visitor.page.values(), **typed}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
        if name != "file"
    ]
    parts.append(
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="llun.png"\r\n\r\n' + data + b"\r\n--x--\r\n"
    )
    answer = visitor.ask(
        "POST", visitor.page.address, data=b"".join(parts), content_type="multipart/form-data; boundary=x"
    )
    return Page(answer, visitor.page.address)


def press(visitor, name, value):
    """Press one of the buttons of a list, each of which stands in a form of its own."""
    page = visitor.page
    form = page.soup.select_one(f'button[name="{name}"][value="{value}"]').find_parent("form")
    data = {str(box["name"]): box.get("value", "") for box in form.select("input[name]")}
    answer = visitor.ask("POST", page.address, data={**data, name: value})
    assert answer.status_code == 303
    return visitor.open(answer.headers["Location"])


def keys(entry, prefix):
    return [one.key for one in pieces_rules.pieces(current(entry[1]), prefix)]


def another(site, person):
    return enter(Visitor(site), person)


# ---- Services ----


def test_nia_adds_a_service_changes_it_and_takes_it_out(at_home, entry, language):
    at_home.open(at(entry, "services", language))
    at_home.follow(said(language, "Add a service"))
    page = at_home.send(name_cy="Cacennau", category="food-makers", direct_payments="y")
    assert (page.address, told(language, Outcome.SERVICE_SAVED) in page.main) == (at(entry, "services", language), True)
    [key] = keys(entry, PREFIX)
    value = current(entry[1])[PREFIX + key]
    assert (value["name"], value["direct_payments"]) == ({"cy": "Cacennau", "en": ""}, True)
    at_home.open(at(entry, "services", language, f"/{key}"))
    page = at_home.send(name_en="Cakes", direct_payments=None)
    value = current(entry[1])[PREFIX + key]
    assert (value["name"], value["direct_payments"]) == ({"cy": "Cacennau", "en": "Cakes"}, False)
    at_home.open(at(entry, "services", language, f"/{key}/{said_in_address(language)}"))
    page = at_home.send()
    assert (told(language, Outcome.SERVICE_REMOVED) in page.main, keys(entry, PREFIX)) == (True, [])


def said_in_address(language):
    return {"cy": "tynnu", "en": "remove"}[language]


def test_what_is_wrong_with_a_service_is_said_and_nothing_is_lost(at_home, entry, language):
    at_home.open(at(entry, "new service", language))
    typed = {"description_cy": "Bara.", "price_guide_en": "x" * 301}
    page = at_home.send(422, **typed, category="no-such", serves_in_welsh=None, serves_in_english=None)
    assert len(page.errors) == 4
    assert {name: page.values()[name] for name in typed} == typed
    assert keys(entry, PREFIX) == []


def test_the_form_of_a_service_says_itself_in_the_other_language(at_home, entry):
    at_home.open(at(entry, "new service", "en"))
    at_home.send(422, name_cy="Cacennau")
    at_home.say_it_in("cy")


def test_the_areas_of_a_service_are_among_those_of_the_business(at_home, entry, nia):
    assert "areas" not in str(at_home.open(at(entry, "new service")).form())
    moderation.save(content.NAME, entry[1], {"areas_served": ["porth", "treorchy"]}, by_id=nia.id)
    page = at_home.open(at(entry, "new service"))
    assert [box["value"] for box in page.soup.select("input[name=areas]")] == ["porth", "treorchy"]
    at_home.send(name_cy="Cacennau", category="food-makers", areas=["porth", "aberdare"])
    [key] = keys(entry, PREFIX)
    assert current(entry[1])[PREFIX + key]["areas"] == ["porth"]


def test_services_change_places_by_buttons(at_home, entry, nia, language):
    first, second = (pieces.add_service(*entry, SERVICE, by_id=nia.id) for _ in range(2))
    at_home.open(at(entry, "services", language))
    page = press(at_home, "later", first)
    assert (keys(entry, PREFIX), told(language, Outcome.MOVED) in page.main) == ([second, first], True)
    press(at_home, "earlier", first)
    assert keys(entry, PREFIX) == [first, second]


def test_whoever_saves_second_is_shown_what_the_other_saved(site, at_home, entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    mali = a_person("mali")
    joined(entry[0], nia, mali)
    helper = another(site, mali)
    for somebody in (at_home, helper):
        somebody.open(at(entry, "services", more=f"/{key}"))
    helper.send(name_en="Celebration cakes")
    page = at_home.send(422, name_en="Big cakes")
    assert ("Celebration cakes" in page.main, page.values()["name_en"]) == (True, "Big cakes")
    at_home.send()
    assert current(entry[1])[PREFIX + key]["name"]["en"] == "Big cakes"


def test_while_it_waits_for_staff_nothing_can_be_pressed(at_home, entry, nia, language):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    at_home.open(at(entry, "services", language, f"/{key}"))
    moderation.save(content.NAME, entry[1], {"summary": {"cy": "Bara.", "en": ""}}, by_id=nia.id)
    moderation.submit(content.NAME, entry[1], by_id=nia.id)
    assert len(at_home.send(422, name_en="Late").errors) == 1
    page = at_home.open(at(entry, "services", language))
    assert page.soup.select("main form button") == []
    assert (
        said(language, "Your changes are waiting for our staff, so nothing can be changed here for now.") in page.main
    )


def test_readers_see_services_with_all_that_they_say(visitor, entry, nia, language):
    value = {**SERVICE, "areas": ["porth"], "direct_payments": True, "description": {"cy": "", "en": "Only English."}}
    pieces.add_service(*entry, value, by_id=nia.id)
    published(entry[1], nia)
    [key] = keys(entry, PREFIX)
    living.say(
        *entry, can_take_work=True, capacities={key: pieces_phrases.Capacity.NOW}, wants_messages=True, by_id=nia.id
    )
    page = visitor.open({"cy": f"/cy/cyfeiriadur/{entry[1]}", "en": f"/en/directory/{entry[1]}"}[language])
    seen = words(page.soup.select_one("section[itemprop=makesOffer]"))
    for part in (
        {"cy": "Cacennau", "en": "Cakes"}[language],
        {"cy": "O £10", "en": "From £10"}[language],
        {"cy": "Y Porth", "en": "Porth"}[language],
        said(language, "The business says that it takes them"),
        said(language, "Room now"),
        {"cy": "23 Tachwedd 2026", "en": "23 November 2026"}[language],
    ):
        assert part in seen
    assert page.soup.select_one("section[itemprop=makesOffer] [lang=en]") is None or language == "cy"


# ---- Pictures ----


def test_nia_sends_a_photograph_describes_it_and_takes_it_out(at_home, entry, language):
    at_home.open(at(entry, "pictures", language))
    at_home.follow(said(language, "Add a photograph"))
    page = at_home.send(file=a_sent(a_file()), alt_cy="Torth", alt_en="A loaf")
    assert (page.address, told(language, Outcome.PICTURE_SAVED) in page.main) == (at(entry, "pictures", language), True)
    [token] = keys(entry, PICTURE)
    image = page.soup.select_one("main img")
    assert (image["alt"], image["loading"], image["width"], image["height"]) == ("", "lazy", "960", "640")
    assert image["src"] == at(entry, "pictures", language, f"/{token}/960.jpeg")
    at_home.open(at(entry, "pictures", language, f"/{token}"))
    at_home.send(alt_cy="Torth wen", alt_en="A white loaf")
    assert current(entry[1])[PICTURE + token]["alt"] == {"cy": "Torth wen", "en": "A white loaf"}
    at_home.open(at(entry, "pictures", language, f"/{token}/{said_in_address(language)}"))
    at_home.send()
    assert keys(entry, PICTURE) == []


def test_a_picture_need_not_be_sent_again_when_its_words_are_missing(at_home, entry, language):
    at_home.open(at(entry, "logo", language))
    page = at_home.send(422, file=a_sent(a_file()))
    kept = page.values()["kept"]
    assert (len(page.errors), page.soup.select_one("main img")["src"].split("/")[-2]) == (1, kept)
    page = at_home.send(422, alt_cy="Becws")
    assert len(page.errors) == 1
    page = at_home.send(one_language="y")
    assert current(entry[1])[PICTURE + kept] == {"role": "logo", "alt": {"cy": "Becws", "en": ""}, "position": 1}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, Unfit.NOTHING),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (LARGEST + 1_000_000), Unfit.TOO_LARGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Unfit.NOT_A_PICTURE),
        (header_of(5_200, 5_000), Unfit.TOO_MANY_PIXELS),
        (a_file("JPEG")[:-400], Unfit.BROKEN),
    ],
    ids=["nothing", "6 MiB", "SVG", "26 megapixels", "cut off"],
)
def test_a_hostile_file_is_refused_beside_its_box_and_the_words_stay(at_home, entry, language, data, why):
    at_home.open(at(entry, "photo", language))
    typed = {"alt_cy": "Torth", "alt_en": "A loaf"}
    if data and len(data) > LARGEST:
        page = sends_large(at_home, data, **typed)
    else:
        page = at_home.send(422, **typed, **({"file": a_sent(data)} if data else {}))
    assert page.status == 422
    with speaking(language):
        assert page.errors == [str(WORDS[why])]
    assert {name: page.values()[name] for name in typed} == typed
    assert keys(entry, PICTURE) == []


def test_a_file_far_too_large_is_not_even_read(at_home, entry, language):
    at_home.open(at(entry, "photo", language))
    page = sends_large(at_home, b"x" * 4 * LARGEST)
    assert (page.status, page.language) == (413, language)


def test_files_that_are_no_pictures_count_and_after_the_last_nothing_is_decoded(at_home, entry, monkeypatch):
    monkeypatch.setattr(pieces_rules, "UPLOADS", 2)
    typed = {"alt_cy": "Torth", "alt_en": "A loaf"}
    for _ in range(2):
        at_home.open(at(entry, "photo"))
        assert len(at_home.send(422, **typed, file=a_sent(a_file("JPEG")[:-400])).errors) == 1
    monkeypatch.setattr(picturing, "drawn", lambda *_: pytest.fail("It was decoded."))
    at_home.open(at(entry, "photo"))
    assert at_home.send(429, **typed, file=a_sent(a_file())).values()["alt_cy"] == "Torth"


def test_a_width_that_no_picture_has_is_not_there(visitor, entry, nia):
    token = a_picture(entry, nia)
    published(entry[1], nia)
    assert visitor.ask("GET", f"/pictures/{token}/{10**30}.jpeg").status_code == 404


def test_another_picture_is_put_in_the_place_of_one(at_home, entry, nia):
    first, second = a_picture(entry, nia), a_picture(entry, nia)
    at_home.open(at(entry, "pictures", more=f"/{first}"))
    at_home.send(file=a_sent(a_file(colour="red")))
    third, after = keys(entry, PICTURE)
    assert (third not in (first, second), after) == (True, second)


def test_a_seventh_photograph_and_a_second_logo_are_refused(at_home, entry, nia, language):
    for role in (LOGO, *[PHOTO] * 6):
        a_picture(entry, nia, role)
    page = at_home.open(at(entry, "pictures", language))
    assert [said(language, text) in page.links() for text in ("Add a photograph", "Add a logo")] == [False, False]
    for role, reason in (("photo", WhyNot.TOO_MANY_PHOTOS), ("logo", WhyNot.HAS_LOGO)):
        at_home.open(at(entry, role, language))
        page = at_home.send(422, file=a_sent(a_file()), alt_cy="Un", alt_en="One")
        with speaking(language):
            assert page.errors == [str(pieces_phrases.WHY_NOT[reason])]


def test_photographs_change_places_among_photographs(at_home, entry, nia):
    first, logo, second = a_picture(entry, nia), a_picture(entry, nia, LOGO), a_picture(entry, nia)
    at_home.open(at(entry, "pictures"))
    press(at_home, "earlier", second)
    photos = [one.key for one in pieces_rules.photos(current(entry[1]))]
    assert (photos, set(keys(entry, PICTURE))) == ([second, first], {first, logo, second})


def test_readers_see_live_pictures_and_logos_with_their_words(visitor, entry, nia, language):
    photo = a_picture(entry, nia, PHOTO, Bilingual("Torth", ""))
    logo = a_picture(entry, nia, LOGO)
    a_file_of = f"/pictures/{photo}/480.webp"
    assert visitor.ask("GET", a_file_of).status_code == 404
    published(entry[1], nia)
    page = visitor.open({"cy": f"/cy/cyfeiriadur/{entry[1]}", "en": f"/en/directory/{entry[1]}"}[language])
    images = {image["src"]: (image["alt"], image.get("lang")) for image in page.soup.select("main img")}
    assert images == {
        f"/pictures/{photo}/960.jpeg": ("Torth", None if language == "cy" else "cy"),
        f"/pictures/{logo}/320.png": ({"cy": "Torth", "en": "A loaf"}[language], None),
    }
    for source in page.soup.select("main source, main img"):
        for address in re.findall(r"/pictures/\S+?\.\w+", f"{source.get('srcset', '')} {source.get('src', '')}"):
            assert visitor.ask("GET", address).status_code == 200


def test_a_live_picture_is_a_picture_and_nothing_else_and_kept_for_a_minute(visitor, entry, nia):
    token = a_picture(entry, nia)
    published(entry[1], nia)
    answer = visitor.ask("GET", f"/pictures/{token}/960.jpeg")
    headers = answer.headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert (headers["Cache-Control"], "Set-Cookie" in headers) == ("public, max-age=60", False)
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again_asked = visitor.ask("GET", f"/pictures/{token}/960.jpeg", headers={"If-None-Match": headers["ETag"]})
    assert (again_asked.status_code, again_asked.data) == (304, b"")
    for address in (f"/pictures/{token}/961.jpeg", f"/pictures/{token}/960.png", "/pictures/none/960.jpeg"):
        assert visitor.ask("GET", address).status_code == 404


@unit_of_work
def become(supplier_id, **facts):
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in facts.items():
        setattr(supplier, name, value)


def test_a_picture_that_was_taken_down_or_taken_out_is_gone_also_for_those_who_have_it(visitor, entry, nia):
    token = a_picture(entry, nia)
    published(entry[1], nia)
    address = f"/pictures/{token}/960.jpeg"
    known = {"If-None-Match": visitor.ask("GET", address).headers["ETag"]}
    for facts in ({"taken_down_at": NOW}, {"status": SupplierStatus.UNPUBLISHED}):
        before = {name: getattr(again(entry[1]), name) for name in facts}
        db.session.rollback()
        become(entry[1], **facts)
        assert visitor.ask("GET", address, headers=known).status_code == 404
        become(entry[1], **before)
        assert visitor.ask("GET", address, headers=known).status_code == 304
    pieces.remove(*entry, PICTURE, token, by_id=nia.id)
    assert visitor.ask("GET", address, headers=known).status_code == 304  # as readers see it, until it is published
    published(entry[1], nia)
    answer = visitor.ask("GET", address, headers=known)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_a_picture_that_waits_is_seen_by_its_business_and_by_moderators_alone(site, visitor, entry, other, nia, huw):
    token = a_picture(entry, nia)
    own = at(entry, "pictures", more=f"/{token}/960.jpeg")
    his = at(other, "pictures", more=f"/{token}/960.jpeg")
    staff = (f"/en/staff/moderation/pictures/{token}", f"/en/staff/moderation/pictures/{token}/960.jpeg")
    nia_here, huw_here = another(site, nia), another(site, huw)
    mair = another(site, a_member_of_staff("mair"))
    status = {
        (who, address): somebody.ask("GET", address).status_code
        for who, somebody in {"nobody": visitor, "nia": nia_here, "huw": huw_here, "mair": mair}.items()
        for address in (own, his, *staff, f"/pictures/{token}/960.jpeg")
    }
    assert {one for one, code in status.items() if code == 200} == {
        ("nia", own),
        *(("mair", address) for address in staff),
    }
    assert (status["huw", own], status["huw", his], status["nobody", own]) == (404, 404, 303)
    answer = nia_here.ask("GET", own)
    assert (answer.headers["Cache-Control"], answer.headers["Content-Type"]) == ("no-store", "image/jpeg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


# ---- Joint work ----


def test_nia_names_huw_who_confirms_it_and_takes_his_word_back(site, at_home, entry, other, nia, huw, language):
    at_home.open(at(entry, "joint work", language, "?q=caffi"))
    at_home.follow("Caffi’r Bont")
    page = at_home.send(what_cy="Priodas", year="2025")
    assert told(language, Outcome.JOINT_SAVED) in page.main
    assert said(language, "Not yet asked: the other business is asked once our staff have read it") in page.main
    published(entry[1], nia)
    page = at_home.open(at(entry, "joint work", language))
    assert said(language, "Waiting for the other business") in page.main
    his = another(site, huw)
    page = his.open(at(other, "others", language))
    assert ("Becws y Bont" in page.main, "Priodas" in page.main) == (True, True)
    [button] = page.soup.select("button[name=confirm]")
    page = his.send(press=("confirm", button["value"]))
    assert told(language, Did.JOINT_CONFIRMED) in page.main
    directory = {"cy": f"/cy/cyfeiriadur/{entry[1]}", "en": f"/en/directory/{entry[1]}"}[language]
    page = Visitor(site).open(directory)
    assert any(address.endswith(f"/{other[1]}-caffir-bont") for address in page.links().values())
    his.open(at(other, "others", language))
    his.send(press=("decline", button["value"]))
    assert "Caffi’r Bont" not in Visitor(site).open(directory).main


def test_joint_work_without_words_or_in_a_year_to_come_is_asked_about(at_home, entry, other, language):
    more = {"cy": f"/gyda/{other[1]}", "en": f"/with/{other[1]}"}[language]
    at_home.open(at(entry, "joint work", language, more))
    page = at_home.send(422, year="2031")
    assert (len(page.errors), page.values()["year"], keys(entry, JOINT)) == (2, "2031", [])


def test_a_business_that_nobody_keeps_is_not_offered_nor_is_ones_own(at_home, entry, language):
    a_supplier("Becws Arall")
    page = at_home.open(at(entry, "joint work", language, "?q=becws"))
    assert "/with/" not in page.html and "/gyda/" not in page.html
    nobody = "No business of this name keeps its own entry. Try another spelling, or fewer words."
    assert said(language, nobody) in page.main


def test_an_answer_that_somebody_made_up_changes_nothing(site, entry, other, nia, huw):
    pieces.add_joint_work(*entry, other[1], Bilingual("Priodas", ""), None, by_id=nia.id)
    published(entry[1], nia)
    his = another(site, huw)
    his.open(at(other, "others"))
    for value in ("", "x", "999999.abc", f"{joint_work()[0].id}", "²." + "x"):
        status = his.ask("POST", at(other, "others"), data={**his.page.values(), "confirm": value}).status_code
        assert status in (404, 422)
    assert joint_work()[0].state == "waiting"


# ---- Now ----


def test_nia_says_how_things_are_and_readers_see_it_at_once(at_home, entry, nia, language):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    published(entry[1], nia)
    at_home.open(at(entry, "now", language))
    page = at_home.send(can_take_work="yes", messages_off="y", **{f"room_{key}": "soon"})
    assert told(language, Did.SAID_NOW) in page.main
    supplier = again(entry[1])
    assert (supplier.can_take_work, supplier.messages_off_at) == (True, NOW)
    assert (page.values()["can_take_work"], page.values()[f"room_{key}"]) == ("yes", "soon")
    page = at_home.open({"cy": f"/cy/cyfeiriadur/{entry[1]}", "en": f"/en/directory/{entry[1]}"}[language])
    assert said(language, "Room soon") in page.main


def test_what_was_never_offered_counts_for_nothing(at_home, entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    published(entry[1], nia)
    at_home.open(at(entry, "now"))
    at_home.send(can_take_work="perhaps", **{f"room_{key}": "never"}, room_other="now", closed="y")
    supplier = again(entry[1])
    assert (supplier.can_take_work, supplier.status) == (None, SupplierStatus.ACTIVE)
    assert supplier.shown["services"][0]["capacity"] == ""


def test_nia_closes_for_a_time_opens_closes_for_good_and_opens(at_home, entry, language):
    supplier = {"cy": f"/cy/cyfeiriadur/{entry[1]}", "en": f"/en/directory/{entry[1]}"}[language]
    for button, did, status in (
        ("Close for a time", Did.PAUSED, SupplierStatus.TEMPORARILY_CLOSED),
        ("Open again", Did.REOPENED, SupplierStatus.ACTIVE),
        ("Close for good", Did.CLOSED, SupplierStatus.CLOSED),
        ("Open again", Did.REOPENED, SupplierStatus.ACTIVE),
    ):
        at_home.open(at(entry, "now", language))
        at_home.follow(said(language, button))
        assert again(entry[1]).status != status  # a page says first what follows
        page = at_home.send()
        assert (told(language, did) in page.main, again(entry[1]).status) == (True, status)
        assert Visitor(at_home.site).open(supplier).status == 200


def test_an_editor_cannot_close_for_good(site, entry, nia):
    mali = a_person("mali")
    joined(entry[0], nia, mali)
    helper = another(site, mali)
    page = helper.open(at(entry, "now"))
    assert [text in page.links() for text in ("Close for a time", "Close for good")] == [True, False]
    assert helper.ask("GET", at(entry, "now", more="/close")).status_code == 403


# ---- Whose they are ----


def test_of_another_business_there_is_no_page_at_all(site, entry, other, nia, huw, language):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    token = a_picture(entry, nia)
    joint = pieces.add_joint_work(*entry, other[1], Bilingual("Priodas", ""), None, by_id=nia.id)
    before = current(entry[1])
    his = another(site, huw)
    remove = said_in_address(language)
    ways = [
        *((name, "") for name in PAGE),
        *(("services", more) for more in (f"/{key}", f"/{key}/{remove}")),
        *(("pictures", more) for more in (f"/{token}", f"/{token}/{remove}", f"/{token}/960.jpeg")),
        *(("joint work", more) for more in (f"/{joint}", f"/{joint}/{remove}")),
        *(("now", more) for more in {"cy": ("/cau-dros-dro", "/agor"), "en": ("/pause", "/open")}[language]),
    ]
    found = {
        (method, business, name, more): his.ask(method, at((business, entry[1]), name, language, more)).status_code
        for method in ("GET", "POST")
        for business in (entry[0], other[0])
        for name, more in ways
        if not (method == "POST" and more.endswith(".jpeg"))
    }
    assert {one: code for one, code in found.items() if code != 404} == {}
    assert current(entry[1]) == before


def test_a_service_that_staff_returned_says_why_and_no_more_once_it_is_changed(at_home, entry, nia, language):
    actions.save(*entry, {"summary": {"cy": "Bara.", "en": ""}}, by_id=nia.id)
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    actions.submit(*entry, by_id=nia.id)
    mair = a_member_of_staff("mair")
    words_of_mair = Bilingual("Byrrach, os gwelwch yn dda.", "Shorter, please.")
    decided(entry[1], mair.id, {PREFIX + key: Decision(Verdict.RETURNED, words=words_of_mair)})
    page = at_home.open(at(entry, "services", language))
    assert said(language, "Our staff returned this") in page.main
    assert getattr(words_of_mair, language) in page.main
    at_home.open(at(entry, "services", language, f"/{key}"))
    page = at_home.send(description_cy="Yn fyr.")
    assert said(language, "Our staff returned this") not in page.main


def test_a_page_with_pieces_asks_the_database_no_more_than_five_times_however_many_there_are(
    visitor, entry, other, nia, huw, statements
):
    address, found = f"/cy/cyfeiriadur/{entry[1]}-becws-y-bont", []
    for _ in range(2):
        for _ in range(3):
            pieces.add_service(*entry, SERVICE, by_id=nia.id)
            a_picture(entry, nia)
            pieces.add_joint_work(*entry, other[1], Bilingual("Priodas", "A wedding"), 2025, by_id=nia.id)
        published(entry[1], nia)
        for row in joint_work():
            working.answer(*other, row.id, is_so=True, seen=working.mark(row), by_id=huw.id)
            db.session.rollback()
        visitor.ask("GET", address)  # the lists that are kept in memory are read once
        statements.clear()
        page = visitor.ask("GET", address).text
        found.append((len(statements), page.count("<picture>"), page.count("makesOffer")))
    assert [one[1:] for one in found] == [(3, 3), (6, 6)]
    assert found[0][0] == found[1][0] <= 5
