"""Taking in what others publish."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import select

from c4s.audit.models import Entry
from c4s.core.changes import PAGES, PublicVersion
from c4s.core.db import db
from c4s.directory import importing
from c4s.directory.importing import Gone, NotTheSameKind, Report, TooManyGone, import_suppliers
from c4s.directory.models import Claim, Supplier
from c4s.directory.reading import Reject, UnreadableFile, open_postcodes, open_reader
from c4s.directory.rules import SupplierStatus
from c4s.search.queries import Question, find
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.actions import replace_postcodes
from tests import builders
from tests.builders import a_record, a_supplier, everyone, postcodes
from tests.directory.reading.files import SHARED_DATA, reading
from tests.parts import require
from tests.search.test_index import recounted, totals

HEADER = "id;name;summary_en;categories;address;town;postcode;home_based;status;date"
FIRST = "a;Caffi Aman;Tea.;food-cafes;1 High Street;Aberdare;CF44 7AA;;;2026-03-01"
SECOND = "b;Becws Bach;Bread.;food-makers;2 High Street;Pontypridd;CF37 1AA;;;2026-03-01"
THIRD = "c;Crochendy Cwm;Pots.;creative-crafts;3 High Street;Pontypridd;CF37 1AA;;;2026-03-01"


def take(*lines: str, header: str = HEADER, source: str = "list", **how: Any) -> dict[str, int]:
    """Take in a spreadsheet; what the report says, without its noughts."""
    return numbers(import_suppliers(reading("csv", "\n".join((header, *lines)), source), **how))


def numbers(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.numbers().items() if number}


def names() -> list[str]:
    return [one.name for one in everyone()]


def found(words: str = "") -> list[str]:
    hits = find(Question("supplier", words, language="en")).hits
    return [db.session.get_one(Supplier, hit.record_id).name for hit in hits]


def version() -> int:
    db.session.expire_all()
    return db.session.scalars(select(PublicVersion.number).where(PublicVersion.name == PAGES)).one()


def trail() -> list[dict[str, Any]]:
    return [entry.facts for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


# -- one edition after another -------------------------------------------------------------------------------------


def test_a_new_source_is_taken_in_found_and_told(site: Flask) -> None:
    before = version()
    assert take(FIRST, SECOND) == {"read": 2, "new": 2}
    assert names() == ["Caffi Aman", "Becws Bach"]
    assert (found("becws"), found("cafe"), found()) == (["Becws Bach"], ["Caffi Aman"], ["Becws Bach", "Caffi Aman"])
    assert version() == before + 1
    assert trail() == [
        {"source": "list", "read": 2, "new": 2, "changed": 0, "renamed": 0, "unchanged": 0, "gone": 0, "rejected": 0}
    ]
    assert {one.claim for one in everyone()} == {Claim.IMPORTED}


def test_the_same_file_twice_changes_nothing_at_all(site: Flask) -> None:
    take(FIRST, SECOND)
    before = version(), totals("supplier"), [(one.id, one.updated_at) for one in everyone()]
    assert take(FIRST, SECOND) == {"read": 2, "unchanged": 2}
    assert (version(), totals("supplier"), [(one.id, one.updated_at) for one in everyone()]) == before
    assert len(trail()) == 1


def test_entries_of_different_days_stay_as_they_are_when_the_file_comes_again(site: Flask) -> None:
    earlier = FIRST.replace("2026-03-01", "2025-01-01")
    take(earlier, SECOND)
    before = version()
    assert take(earlier, SECOND) == {"read": 2, "unchanged": 2}
    assert [one.source_date for one in everyone()] == [date(2025, 1, 1), date(2026, 3, 1)]
    assert version() == before


def test_the_next_edition_adds_renews_renames_and_marks_what_is_gone(site: Flask) -> None:
    take(FIRST, SECOND, THIRD)
    numbers_before = {one.source_id: one.id for one in everyone()}
    assert take(
        FIRST.replace("Tea.", "Coffee.").replace("2026-03", "2026-09"),
        SECOND.replace("Becws Bach", "Becws Mawr").replace("2026-03", "2026-09"),
        "d;Deildy;;;;;;;;2026-09-01",
    ) == {"read": 3, "new": 1, "changed": 2, "renamed": 1, "gone": 1}
    now = {one.source_id: one for one in everyone()}
    assert {code: now[code].id for code in numbers_before} == numbers_before
    assert (now["a"].summary.en, now["b"].name) == ("Coffee.", "Becws Mawr")
    assert {code: one.gone_on for code, one in now.items()} == {
        "a": None, "b": None, "c": date(2026, 9, 1), "d": None,
    }  # fmt: skip
    assert found() == ["Becws Mawr", "Caffi Aman", "Deildy"]
    assert (found("bach"), found("coffee"), found("crochendy")) == ([], ["Caffi Aman"], [])
    assert totals("supplier") == recounted("supplier")


def test_what_comes_back_is_listed_again(site: Flask) -> None:
    take(FIRST, SECOND)
    take(FIRST)
    assert (found("becws"), everyone()[1].gone_on) == ([], date(2026, 3, 1))
    assert take(FIRST, SECOND) == {"read": 2, "changed": 1, "unchanged": 1}
    assert (found("becws"), everyone()[1].gone_on) == (["Becws Bach"], None)


def test_a_later_edition_with_the_same_words_moves_the_date_on(site: Flask) -> None:
    take(FIRST, SECOND)
    before = version()
    assert take(FIRST.replace("2026-03", "2026-09"), SECOND) == {"read": 2, "unchanged": 2}
    assert [one.source_date for one in everyone()] == [date(2026, 9, 1), date(2026, 3, 1)]
    assert version() == before + 1


def test_categories_that_were_taken_away_no_longer_find_it(site: Flask) -> None:
    take(FIRST)
    take(FIRST.replace("food-cafes", "creative-crafts"))
    assert (found("cafe"), found("crafts"), found("crefft")) == ([], ["Caffi Aman"], ["Caffi Aman"])
    assert [one.code for one in everyone()[0].categories] == ["creative-crafts"]


def test_a_closed_business_is_kept_and_not_listed(site: Flask) -> None:
    take(FIRST)
    assert take(FIRST.replace(";;;2026", ";;closed;2026")) == {"read": 1, "changed": 1}
    assert (everyone()[0].status, found()) == (SupplierStatus.CLOSED, [])
    take(FIRST)
    assert found() == ["Caffi Aman"]


def test_sources_are_strangers_to_one_another(site: Flask) -> None:
    take(FIRST, SECOND)
    assert take(THIRD, source="another") == {"read": 1, "new": 1}
    assert len(found()) == 3
    assert take(FIRST.replace("Aman", "Arall"), source="another", gone=Gone.IGNORE) == {"read": 1, "new": 1}
    assert [one.source for one in everyone()] == ["list", "list", "another", "another"]


def test_gone_entries_are_left_alone_when_asked(site: Flask) -> None:
    take(FIRST, SECOND)
    assert take(FIRST, gone=Gone.IGNORE) == {"read": 1, "unchanged": 1}
    assert len(found()) == 2


# -- all or nothing ------------------------------------------------------------------------------------------------


def broken(lines: int) -> str:
    """A file that breaks off inside a quotation."""
    rows = (f"n{number};Busnes {number};;;;;;;;" for number in range(lines))
    return "\n".join((HEADER, *rows, 'x;"Busnes heb ei orffen'))


def test_nothing_is_kept_of_a_file_that_breaks_off(site: Flask) -> None:
    take(FIRST)
    before = version()
    with pytest.raises(UnreadableFile):
        import_suppliers(reading("csv", broken(importing.BATCH + 20), "list"))
    assert (names(), found(), version(), len(trail())) == (["Caffi Aman"], ["Caffi Aman"], before, 1)
    assert totals("supplier") == recounted("supplier")


def test_everything_before_the_break_is_kept_when_asked_and_nothing_is_marked_as_gone(site: Flask) -> None:
    take(FIRST)
    report = import_suppliers(reading("csv", broken(importing.BATCH + 20), "list"), in_parts=True)
    assert numbers(report) == {"read": importing.BATCH + 20, "new": importing.BATCH + 20}
    assert "unclosed_quote" in report.problem
    assert len(names()) == importing.BATCH + 21
    assert everyone()[0].gone_on is None
    assert trail()[-1]["new"] == importing.BATCH + 20


def test_a_dry_run_counts_and_keeps_nothing(site: Flask) -> None:
    take(FIRST, SECOND)
    before = version()
    assert take(FIRST.replace("Tea.", "Coffee."), THIRD, dry_run=True) == {
        "read": 2, "new": 1, "changed": 1, "gone": 1,
    }  # fmt: skip
    assert (names(), found(), version()) == (["Caffi Aman", "Becws Bach"], ["Becws Bach", "Caffi Aman"], before)
    assert (everyone()[0].summary.en, everyone()[1].gone_on) == ("Tea.", None)


def test_a_file_that_is_perhaps_only_a_part_marks_nothing_as_gone(site: Flask) -> None:
    many = [f"n{number};Busnes {number:03};;;;;;;;" for number in range(60)]
    take(*many)
    with pytest.raises(TooManyGone):
        take(*many[:10])
    assert {one.gone_on for one in everyone()} == {None}
    assert take(*many[:10], gone=Gone.MARK_ALL) == {"read": 10, "unchanged": 10, "gone": 50}
    assert len(found()) == 10


def test_a_file_without_an_entry_that_can_be_read_marks_nothing_as_gone(site: Flask) -> None:
    take(FIRST)
    with pytest.raises(NotTheSameKind):
        take(";Heb rif;;;;;;;;", "z;;;;;;;;;", gone=Gone.MARK_ALL)
    with pytest.raises(UnreadableFile):
        import_suppliers(reading("open-referral", "[]", "list"), gone=Gone.MARK_ALL)
    with pytest.raises(UnreadableFile):
        take(gone=Gone.MARK_ALL)
    assert found() == ["Caffi Aman"]


def test_rejects_are_told_one_by_one(site: Flask) -> None:
    told: list[Reject] = []
    assert take(FIRST, ";Heb rif;;;;;;;;", "z;;;;;;;;;", rejected=told.append) == {
        "read": 3, "new": 1, "rejected": 2,
    }  # fmt: skip
    assert [(one.line, one.source_id, one.reason) for one in told] == [(3, "", "no_id"), (4, "z", "no_name")]


# -- what is kept of an entry --------------------------------------------------------------------------------------


def test_an_entry_that_its_own_people_keep_is_never_overwritten(site: Flask) -> None:
    a_supplier("Caffi Aman", source="list", source_id="a", summary=builders.both("Te.", "Tea."))
    assert take(FIRST.replace("Tea.", "Rats."), SECOND) == {"read": 2, "new": 1, "unchanged": 1}
    assert everyone()[0].summary.en == "Tea."
    assert take(SECOND) == {"read": 1, "unchanged": 1}  # nor marked as gone
    assert found() == ["Becws Bach", "Caffi Aman"]


def test_a_category_that_nobody_knows_is_passed_over(site: Flask) -> None:
    take(FIRST.replace("food-cafes", "food-cafes no-such-thing food-cafes"))
    assert [one.code for one in everyone()[0].categories] == ["food-cafes"]


def test_a_business_is_placed_by_its_postcode(site: Flask) -> None:
    postcodes()
    take(FIRST)
    one = everyone()[0]
    assert (one.latitude, one.longitude) == builders.ABERDARE[1:]
    assert one.area is not None and one.area.code == "aberdare"


def test_a_home_is_placed_in_the_middle_of_its_area_and_never_at_its_postcode(site: Flask) -> None:
    postcodes()
    take(FIRST.replace("CF44 7AA;;", "CF44 7AA;yes;"))
    one = everyone()[0]
    area = taxonomy.areas().by_code["aberdare"]
    assert (one.latitude, one.longitude) == (area.latitude, area.longitude) != builders.ABERDARE[1:]
    assert (one.address, one.town, one.home_based) == ([], "Aberdare", True)


def test_a_home_with_a_position_of_its_own_is_not_placed_there_either(site: Flask) -> None:
    one = a_supplier("Gwaith Cartref", home_based=True, town="Aberdare", latitude=51.7001, longitude=-3.4001)
    area = taxonomy.areas().by_code["aberdare"]
    assert (one.latitude, one.longitude) == (area.latitude, area.longitude)
    nowhere = a_supplier("Gwaith Arall", home_based=True, town="Lerwick", latitude=60.15, longitude=-1.14)
    assert (nowhere.latitude, nowhere.longitude, nowhere.area) == (None, None, None)


def test_a_business_without_a_postcode_is_placed_in_the_middle_of_its_area(site: Flask) -> None:
    take(FIRST.replace("CF44 7AA", ""))
    area = taxonomy.areas().by_code["aberdare"]
    assert (everyone()[0].latitude, everyone()[0].longitude) == (area.latitude, area.longitude)


def test_no_word_of_a_home_but_its_town_is_found(site: Flask) -> None:
    a_supplier("Gwaith Cartref", home_based=True, town="Aberdare", postcode="CF44 7AA", address=("9 Gwernifor Row",))
    assert (found("gwernifor"), found("CF44"), found("7AA"), found("aberdare")) == ([], [], [], ["Gwaith Cartref"])


def test_a_supplier_is_added_once_and_renewed_after_that(site: Flask) -> None:
    first = a_supplier("Siop", served=("aberdare", "porth"), claim=Claim.DEMONSTRATION, confirmed_on=date(2026, 1, 2))
    again = a_supplier("Siop", served=("porth",), claim=Claim.DEMONSTRATION, phone="01632 960001")
    assert first.id == again.id
    assert ([area.code for area in again.areas_served], again.phone) == (["porth"], "01632 960001")
    assert totals("supplier") == recounted("supplier")


def test_the_digest_that_is_kept_does_not_know_the_date() -> None:
    record = a_record(source_date=date(2026, 1, 1))
    assert record.digest() == replace(record, source_date=date(2027, 1, 1)).digest()


# -- the real files ------------------------------------------------------------------------------------------------

GET_DATA = (
    "REAL DATA IS MISSING: ../shared/data lies beside the checkout, not in it. To get it: put the folders fhrs-rct, "
    "oruk-north-lincolnshire and postcodes-rct there (each SOURCE.md says where they come from)."
)


@pytest.fixture
def data() -> Callable[[str], Path]:
    return lambda name: require(SHARED_DATA / name if (SHARED_DATA / name).is_file() else None, GET_DATA)


def take_file(kind: str, file: Path) -> dict[str, int]:
    g.pop("versions", None)
    with open_reader(kind, file) as entries:
        return numbers(import_suppliers(entries))


def test_the_real_food_hygiene_files_are_taken_in_edition_after_edition(
    site: Flask, data: Callable[[str], Path]
) -> None:
    august, november = (data(f"fhrs-rct/FHRS567en-GB_2020-{day}.xml") for day in ("08-12", "11-13"))
    assert take_file("fhrs", august) == {"read": 1716, "new": 1716}
    before = version(), totals("supplier")
    assert take_file("fhrs", august) == {"read": 1716, "unchanged": 1716}
    assert (version(), totals("supplier")) == before
    report = take_file("fhrs", november)
    assert {name: report.get(name, 0) for name in ("new", "gone", "renamed", "rejected")} == {
        "new": 59, "gone": 51, "renamed": 9, "rejected": 0,
    }  # fmt: skip
    assert totals("supplier") == recounted("supplier")
    assert totals("supplier")[""] == 1716 + 59 - 51


def test_the_real_open_referral_file_is_taken_in(site: Flask, data: Callable[[str], Path]) -> None:
    report = take_file("open-referral", data("oruk-north-lincolnshire/services.json"))
    assert (report["read"], report["new"] + report.get("rejected", 0)) == (724, 724)
    assert totals("supplier") == recounted("supplier")


def test_the_real_postcodes_are_taken_in_and_place_the_businesses(site: Flask, data: Callable[[str], Path]) -> None:
    with open_postcodes(data("postcodes-rct/postcodes_rct_and_neighbours.csv")) as entries:
        rows = [entry for entry in entries if not isinstance(entry, Reject)]
    assert (
        replace_postcodes(
            {
                "code": one.postcode, "latitude": one.latitude, "longitude": one.longitude,
                "council_code": one.council_code, "ward_code": one.ward_code, "ward_cy": one.ward.cy,
                "ward_en": one.ward.en, "health_board": one.health_board,
            }
            for one in rows
        )
        == builders.number_of_postcodes()
        == 7208
    )  # fmt: skip
