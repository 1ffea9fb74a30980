"""``flask import`` and ``flask search``, as somebody types them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from c4s.core.db import db
from c4s.search.queries import Question, find
from tests.builders import a_supplier, everyone, number_of_postcodes
from tests.directory.test_importing import FIRST, HEADER, SECOND, broken

NOUGHTS = {"read": 0, "new": 0, "changed": 0, "renamed": 0, "unchanged": 0, "gone": 0, "rejected": 0}


def run(site: Flask, *words: object) -> Result:
    """One command; what it says on both streams is the result's ``output``."""
    result = site.test_cli_runner().invoke(args=[str(word) for word in words])
    db.session.rollback()
    return result


def counted(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "busnesau-2026-03.csv"
    path.write_text("\n".join((HEADER, FIRST, SECOND)), encoding="utf-8-sig")
    return path


def test_a_file_is_taken_in_and_counted_in_json(site: Flask, file: Path) -> None:
    command = ("import", "suppliers", file, "--format", "csv", "--json")
    assert counted(run(site, *command)) == {**NOUGHTS, "read": 2, "new": 2}
    assert counted(run(site, *command)) == {**NOUGHTS, "read": 2, "unchanged": 2}
    assert {one.source for one in everyone()} == {"csv:busnesau"}


def test_the_next_edition_is_known_for_the_same_source(site: Flask, file: Path) -> None:
    run(site, "import", "suppliers", file, "--format", "csv")
    later = file.with_name("busnesau-2026-09.csv")
    later.write_text("\n".join((HEADER, FIRST)), encoding="utf-8")
    result = run(site, "import", "suppliers", later, "--format", "csv", "--json")
    assert counted(result) == {**NOUGHTS, "read": 1, "unchanged": 1, "gone": 1}


def test_a_person_reads_numbers_notes_and_where_the_rejects_are(site: Flask, file: Path) -> None:
    file.write_text(f"{HEADER};lliw\n{FIRST};coch\n=1+1;;;;;;;;;;\n", encoding="utf-8")
    result = run(site, "import", "suppliers", file, "--format", "csv")
    assert result.exit_code == 0
    assert "new: 1\n" in result.stdout and "rejected: 1\n" in result.stdout
    assert "note: unknown_column lliw" in result.stderr
    rejects = Path(f"{file}.rejects.csv")
    assert f"rejects: {rejects}" in result.stdout
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rejects.read_text("utf-8-sig").splitlines() == ["line,id,reason,detail", "3,'=1+1,no_name,"]


def test_rejects_are_written_where_told_and_not_at_all_without_any(site: Flask, file: Path, tmp_path: Path) -> None:
    place = tmp_path / "gwrthodwyd.csv"
    run(site, "import", "suppliers", file, "--format", "csv", "--rejects", place)
    assert not place.exists()
    file.write_text(f"{HEADER}\n{FIRST}\n;;;;;;;;;\nx;;;;;;;;;\n", encoding="utf-8")
    run(site, "import", "suppliers", file, "--format", "csv", "--rejects", place)
    assert len(place.read_text("utf-8").splitlines()) >= 2


def test_a_dry_run_keeps_nothing(site: Flask, file: Path) -> None:
    result = run(site, "import", "suppliers", file, "--format", "csv", "--dry-run", "--json")
    assert counted(result) == {**NOUGHTS, "read": 2, "new": 2}
    assert everyone() == []


def test_a_file_that_breaks_off_says_that_nothing_was_taken_in(site: Flask, file: Path) -> None:
    file.write_text(broken(3), encoding="utf-8")
    result = run(site, "import", "suppliers", file, "--format", "csv")
    assert result.exit_code == 1
    assert "unclosed_quote" in result.output and "Nothing was taken in." in result.output
    assert everyone() == []


def test_keep_going_says_what_was_kept_and_that_the_file_broke_off(site: Flask, file: Path) -> None:
    file.write_text(broken(3), encoding="utf-8")
    result = run(site, "import", "suppliers", file, "--format", "csv", "--keep-going", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {**NOUGHTS, "read": 3, "new": 3}
    assert "unclosed_quote" in result.stderr and "What came before was taken in." in result.stderr
    assert len(everyone()) == 3


def test_too_many_gone_says_what_to_do(site: Flask, file: Path) -> None:
    rows = [f"n{number};Busnes {number};;;;;;;;" for number in range(50)]
    file.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    run(site, "import", "suppliers", file, "--format", "csv")
    file.write_text("\n".join((HEADER, *rows[:3])), encoding="utf-8")
    result = run(site, "import", "suppliers", file, "--format", "csv")
    assert result.exit_code == 1
    assert "--gone mark-all" in result.output and "--gone ignore" in result.output
    ignored = counted(run(site, "import", "suppliers", file, "--format", "csv", "--gone", "ignore", "--json"))
    assert ignored == {**NOUGHTS, "read": 3, "unchanged": 3}
    marked = counted(run(site, "import", "suppliers", file, "--format", "csv", "--gone", "mark-all", "--json"))
    assert marked == {**NOUGHTS, "read": 3, "unchanged": 3, "gone": 47}


def test_a_file_of_another_kind_says_so(site: Flask, file: Path) -> None:
    result = run(site, "import", "suppliers", file, "--format", "fhrs")
    assert result.exit_code == 1
    assert "not_xml" in result.output and "Nothing was taken in." in result.output
    result = run(site, "import", "suppliers", file, "--format", "spreadsheet")
    assert result.exit_code == 2


def test_postcodes_are_replaced_all_or_nothing(site: Flask, tmp_path: Path) -> None:
    file = tmp_path / "postcodes.csv"
    header = "postcode,lat,lon,admin_district_code,admin_ward_code,admin_ward_name_en,admin_ward_name_cy"
    file.write_text(f"{header}\nCF37 1AA,51.6,-3.34,W06000016,W05001,Town,Tref\nNOT,1,2,,,,\n", encoding="utf-8")
    result = run(site, "import", "postcodes", file, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"postcodes": 1, "rejected": 1, "suppliers placed": 0}
    file.write_text("nothing,here\n1,2\n", encoding="utf-8")
    result = run(site, "import", "postcodes", file)
    assert result.exit_code == 1
    assert "Nothing was taken in." in result.output
    assert number_of_postcodes() == 1


def test_the_index_is_made_again_from_the_directory(site: Flask) -> None:
    a_supplier("Crochendy Taf")
    db.session.execute(text("DELETE FROM search_words"))
    db.session.execute(text("DELETE FROM search_entry"))
    db.session.commit()
    assert find(Question("supplier", "crochendy")).hits == []
    result = run(site, "search", "rebuild")
    assert result.output == "suppliers: 1\n"
    assert len(find(Question("supplier", "crochendy")).hits) == 1


def test_suppliers_that_came_before_the_postcodes_are_placed_by_them_but_homes_are_not(
    site: Flask, tmp_path: Path
) -> None:
    shop = a_supplier("Siop y Felin", postcode="CF37 1AA", town="Pontypridd").id
    home = a_supplier("Gofal Gartref", postcode="CF37 1AA", town="Pontypridd", home_based=True)
    home_id, middle = home.id, (home.latitude, home.longitude)
    file = tmp_path / "postcodes.csv"
    file.write_text("postcode,lat,lon\nCF37 1AA,51.611,-3.311\n", encoding="utf-8")
    result = run(site, "import", "postcodes", file, "--json")
    assert counted(result) == {"postcodes": 1, "rejected": 0, "suppliers placed": 1}
    positions = {row.id: (row.latitude, row.longitude) for row in everyone()}
    assert positions == {shop: (51.611, -3.311), home_id: middle}
    near = find(Question("supplier", near=(51.611, -3.311), within=0.5))
    assert [hit.record_id for hit in near.hits] == [shop]
