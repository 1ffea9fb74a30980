"""Suppliers and postcodes kept in spreadsheets."""

import csv
import re
import unicodedata
from datetime import date
from io import BytesIO, RawIOBase, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.directory.reading import (
    PostcodeRecord,
    Reject,
    RejectReason,
    Remark,
    RemarkKind,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
    open_postcodes,
    open_reader,
)
from c4s.directory.reading.spreadsheet import HEADER
from c4s.directory.reading.spreadsheet import __doc__ as the_manual
from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from tests.directory.reading.files import read, reading, shared_data

FULL = {
    "id": "gof-1",
    "name": "Gofal y Cwm",
    "name_cy": "Gofal y Cwm",
    "sort_name": "Gofal y Cwm",
    "summary_cy": "Cymorth yn y cartref.",
    "summary_en": "Help at home.",
    "description_cy": "Rydyn ni’n helpu.\n\nFfoniwch ni.",
    "description_en": "<p>We help.</p><p>Ring us.</p>",
    "categories": "care-at-home; care, care",
    "address": "Uned 3 | Heol y Bont\nCwm Du",
    "town": "Porth",
    "postcode": "cf399zz",
    "home_based": "nac ydy",
    "website": "gofal.example.wales",
    "email": "helo@gofal.example.wales",
    "phone": "'+44 1632 960123",
    "hours_cy": "Bob dydd",
    "hours_en": "Every day",
    "access_cy": "Dim grisiau",
    "access_en": "No steps",
    "welsh": "Ydyn",
    "english": "TRUE",
    "size": "2–9",
    "legal_form": "Community Interest Company",
    "social_enterprise": "ie",
    "micro_enterprise": "0",
    "status": "Temporarily closed",
    "source_url": "https://example.wales/list",
    "date": "22/11/2026",
}


def table_of(*rows, columns=HEADER, separator=","):
    out = StringIO()
    writer = csv.DictWriter(out, columns, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_full_row_becomes_a_supplier():
    assert read("csv", table_of({**FULL, "welsh": "oes"})) == [
        SupplierRecord(
            source="test",
            source_id="gof-1",
            name="Gofal y Cwm",
            sort_name="Gofal y Cwm",
            summary=Bilingual("Cymorth yn y cartref.", "Help at home."),
            description=Bilingual("Rydyn ni’n helpu.\n\nFfoniwch ni.", "We help.\n\nRing us."),
            categories=("care", "care-at-home"),
            address=("Uned 3", "Heol y Bont", "Cwm Du"),
            town="Porth",
            postcode="CF39 9ZZ",
            website="https://gofal.example.wales",
            email="helo@gofal.example.wales",
            phone="01632 960123",
            hours=Bilingual("Bob dydd", "Every day"),
            access_notes=Bilingual("Dim grisiau", "No steps"),
            welsh=True,
            english=True,
            size=SizeBand.MICRO,
            legal_form=LegalForm.COMMUNITY_INTEREST_COMPANY,
            social_enterprise=True,
            micro_enterprise=False,
            status=SupplierStatus.TEMPORARILY_CLOSED,
            source_url="https://example.wales/list",
            source_date=date(2026, 11, 22),
        )
    ]


def test_only_an_id_and_a_name_are_needed():
    assert read("csv", "name,id\nCaffi,1\n") == [SupplierRecord(source="test", source_id="1", name="Caffi")]


def test_the_manual_names_every_column():
    named = the_manual.replace("/en", " ")
    for pair in re.findall(r"(\w+)_cy ", named):
        named += f" {pair}_en "
    assert {column for column in HEADER if not re.search(rf"\b{column}\b", named)} == set()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_it_is_read_however_the_spreadsheet_saved_it(separator, encoding, line_end):
    rows = [("id", "name", "town"), ("1", '"Tŷ ""Coch"",; Cyf"', "Porth"), (), ("2", "Caffi’r Ŵyl", "")]
    text = "".join(separator.join(row) + line_end for row in rows)
    records = read("csv", text.encode(encoding))
    assert [(r.source_id, r.name, r.town) for r in records] == [
        ("1", 'Tŷ "Coch",; Cyf', "Porth"),
        ("2", "Caffi’r Ŵyl", ""),
    ]


def test_the_separator_may_be_said_as_excel_says_it():
    [record] = read("csv", "sep=;\r\nid;name\r\n1;Siop, Cyf\r\n")
    assert record.name == "Siop, Cyf"


def test_windows_letters_are_read_and_told():
    entries = reading("csv", "id,name\n1,Caffi Siân’s\n".encode("cp1252"))
    assert [entry.name for entry in entries] == ["Caffi Siân’s"]
    assert list(entries.remarks) == [Remark(RemarkKind.WINDOWS_1252)]


def test_unknown_columns_are_told_once_and_passed_over():
    entries = reading("csv", "id,Colour,name,,Colour\n1,red,Un,x,\n2,,Dau,,\n")
    assert [entry.name for entry in entries] == ["Un", "Dau"]
    assert list(entries.remarks) == [Remark(RemarkKind.UNKNOWN_COLUMN, "Colour", 1, 2)]


def test_column_names_may_be_written_with_spaces_and_capitals():
    [record] = read("csv", "ID,Name,Sort name,Home-based\n1,Un,Yr Un,yes\n")
    assert (record.sort_name, record.home_based) == ("Yr Un", True)


def test_the_address_of_a_home_is_thrown_away():
    [record] = read("csv", table_of({**FULL, "home_based": "yes", "welsh": ""}))
    assert (record.address, record.town) == ((), "Porth")


def test_a_cell_that_looks_like_a_formula_is_only_text():
    [record] = read("csv", 'id,name,town\n=1+1,"=HYPERLINK(""http://x"")",\'=Porth\n')
    assert (record.source_id, record.name, record.town) == ("=1+1", '=HYPERLINK("http://x")', "=Porth")


@pytest.mark.parametrize("word", ["yes", "Y", "true", "1", "ie", "OES", "ydw", "ydy"])
def test_yes_is_yes_in_both_languages(word):
    [record] = read("csv", f"id,name,welsh\n1,Un,{word}\n")
    assert record.welsh is True


@pytest.mark.parametrize("word", ["no", "N", "false", "0", "na", "Nage", "nac oes", "nac  ydw", "nac ydy"])
def test_no_is_no_in_both_languages(word):
    [record] = read("csv", f"id,name,welsh\n1,Un,{word}\n")
    assert record.welsh is False


@pytest.mark.parametrize("word", ["", "-", "n/a", "  "])
def test_an_empty_cell_says_neither(word):
    [record] = read("csv", f"id,name,welsh,size,website\n1,Un,{word},{word},{word}\n")
    assert (record.welsh, record.size, record.website) == (None, None, "")


def test_odd_rows_are_rejected_with_line_and_reason():
    entries = read(
        "csv",
        "id,name,size,welsh,date,categories\n"
        '1,"two\nlines"\n'
        "1,Again\n"
        ",Nameless\n"
        "2,\n"
        "3,Un,huge\n"
        "4,Un,,perhaps\n"
        "5,Un,,,31/02/2026\n"
        "6,Un,,,,care!\n"
        "7,Un,,,,,,extra\n"
        '8,"Un"x\n'
        f"{'9' * 101},Un\n"
        f"9,{'x' * 201}\n"
        ",,,,,\n"
        "10,Deg\n",
    )
    assert [(e.line, e.source_id, e.reason, e.detail) for e in entries if isinstance(e, Reject)] == [
        (4, "1", RejectReason.REPEATED_ID, ""),
        (5, "", RejectReason.NO_ID, ""),
        (6, "2", RejectReason.NO_NAME, ""),
        (7, "3", RejectReason.UNKNOWN_VALUE, "size: huge"),
        (8, "4", RejectReason.UNKNOWN_VALUE, "welsh: perhaps"),
        (9, "5", RejectReason.UNKNOWN_VALUE, "date: 31/02/2026"),
        (10, "6", RejectReason.UNKNOWN_VALUE, "categories: care!"),
        (11, "", RejectReason.TOO_MANY_CELLS, "8"),
        (12, "", RejectReason.BROKEN_ROW, "',' expected after '\"'"),
        (13, "", RejectReason.BAD_ID, "9" * 101),
        (14, "9", RejectReason.NAME_TOO_LONG, "x" * 200),
    ]
    assert [e.name for e in entries if isinstance(e, SupplierRecord)] == ["two lines", "Deg"]


def test_values_left_out_or_shortened_are_told():
    entries = reading(
        "csv", f"id,name,website,phone,summary_en\n1,Un,javascript:x,none,{'word ' * 50}\n2,Dau,nowhere,,\n"
    )
    records = list(entries)
    assert [record.website for record in records] == ["", ""]
    assert len(records[0].summary.en) <= 160
    assert list(entries.remarks) == [
        Remark(RemarkKind.VALUE_SHORTENED, "summary_en", 2),
        Remark(RemarkKind.VALUE_LEFT_OUT, "website", 2, 2),
        Remark(RemarkKind.VALUE_LEFT_OUT, "phone", 2),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Unreadable.EMPTY),
        (b"\n\n", Unreadable.EMPTY),
        (b"id,name\n", Unreadable.EMPTY),
        (b"id,name\n,\n", Unreadable.EMPTY),
        (b"PK\x03\x04 a workbook", Unreadable.NOT_TEXT),
        (b"id,name\n1,\x81\xff", Unreadable.NOT_TEXT),
        (b"number,title\n1,Un\n", Unreadable.WRONG_HEADER),
        (b"id,name,name\n1,Un,Un\n", Unreadable.WRONG_HEADER),
        (b'id,name\n1,"Un\n2,Dau\n', Unreadable.UNCLOSED_QUOTE),
        (b'id,name\n1,"Un\n' + b"2,Dau\n" * 30_000, Unreadable.UNCLOSED_QUOTE),
        (b"id,name\n1," + b"x" * 2_000_000, Unreadable.TOO_LARGE),
    ],
)
def test_a_file_that_is_not_such_a_table_is_unreadable(content, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read("csv", content)
    assert refusal.value.reason == reason


def test_a_wrong_header_is_answered_with_the_right_one():
    with pytest.raises(UnreadableFile) as refusal:
        read("csv", "number,title\n1,Un\n")
    assert (refusal.value.detail, refusal.value.line) == (", ".join(HEADER), 1)


def test_a_quotation_mark_left_open_is_told_with_the_line_of_its_row():
    with pytest.raises(UnreadableFile) as refusal:
        read("csv", 'id,name\n1,Un\n2,"Dau\n3,Tri\n')
    assert refusal.value.line == 3


class Pipe(RawIOBase):
    """Bytes that can be read once."""

    def __init__(self, content):
        self._content = BytesIO(content)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._content.read(size)


def test_a_file_from_a_pipe_is_read_all_the_same():
    content = "id,name\n1,Caffi Siân\n".encode("cp1252")
    assert [entry.name for entry in open_reader("csv", Pipe(content), "test")] == ["Caffi Siân"]


def test_a_file_that_was_handed_over_open_stays_open(tmp_path):
    stream = BytesIO(b"id,name\n1,Un\n")
    assert len(list(open_reader("csv", stream))) == 1
    assert not stream.closed
    path = tmp_path / "suppliers 2026-11.csv"
    path.write_bytes(b"id,name\n1,Un\n2,Dau\n")
    with open_reader("csv", path) as entries:
        assert (entries.source, entries.size) == ("csv:suppliers", 19)
        next(entries)
        assert entries.position == 19
    assert entries.position is None


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        open_reader("csv", tmp_path / "nowhere.csv")
    assert refusal.value.reason == Unreadable.NO_FILE


def test_another_format_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="xlsx"):
        open_reader("xlsx", BytesIO())


CELLS = st.text() | st.text("<>/&;:.@ pbscrlijavh\n\t\"'=1#x-") | st.sampled_from(
    ["javascript:alert(1)", "=cmd|' /C calc'!A0", "\x00", "\u202e", "https://x.example.wales/\x07", "ie", "5"]
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(HEADER), CELLS))
@settings(deadline=None)
def test_no_row_upsets_the_reader_or_brings_harm(cells):
    # A surrogate has no bytes, so it cannot be in a file.
    storable = {key: cell.encode(errors="ignore").decode() for key, cell in cells.items()}
    row = {"id": "1", "name": "Un"} | storable
    try:
        entries = list(reading("csv", table_of(row)))
    except UnreadableFile as refusal:
        assert refusal.reason == Unreadable.EMPTY  # every cell was blank
        return
    for entry in entries:
        if isinstance(entry, Reject):
            assert isinstance(entry.reason, RejectReason)
            continue
        for address in (entry.website, entry.source_url):
            assert address == "" or address.startswith(("http://", "https://"))
        texts = [entry.source_id, entry.name, entry.name_cy, entry.sort_name, entry.town, *entry.address,
                 entry.website, entry.email, entry.phone]  # fmt: skip
        for several in (entry.summary, entry.description, entry.hours, entry.access_notes):
            texts += [several.cy.replace("\n", ""), several.en.replace("\n", "")]
        assert [text for text in texts if any(unicodedata.category(c) in ("Cc", "Cs") for c in text)] == []


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_upset_the_reader(content):
    try:
        entries = list(reading("csv", b"id,name\n" + content))
    except UnreadableFile as refusal:
        assert refusal.reason in (Unreadable.EMPTY, Unreadable.NOT_TEXT, Unreadable.UNCLOSED_QUOTE)
        return
    assert {type(entry) for entry in entries} <= {SupplierRecord, Reject}


# --- Fingerprints -----------------------------------------------------------------------------------------

KEPT_IN_DATABASES = "642d23601982c0eb33e5696faeb3da19814fc94ea6dce7bbc5dead1f1a77ace8"


def test_a_fingerprint_is_of_the_words_and_not_of_the_date():
    record = SupplierRecord(source="test", source_id="1", name="Un", source_date=date(2026, 1, 1))
    later = SupplierRecord(source="test", source_id="1", name="Un", source_date=date(2026, 12, 1))
    assert record.digest() == later.digest()
    assert record.digest() == KEPT_IN_DATABASES


def test_every_other_value_changes_the_fingerprint():
    changes = {
        "name": "Dau", "name_cy": "x", "sort_name": "x", "summary": Bilingual(cy="x"),
        "description": Bilingual(en="x"), "categories": ("care",), "address": ("x",), "town": "x",
        "postcode": "CF37 1AB", "home_based": True, "latitude": 51.0, "longitude": -3.0, "website": "x",
        "email": "x", "phone": "x", "hours": Bilingual("x"), "access_notes": Bilingual("x"), "welsh": False,
        "english": True, "size": SizeBand.ONE, "legal_form": LegalForm.CHARITY, "social_enterprise": False,
        "micro_enterprise": False, "status": SupplierStatus.CLOSED, "source_url": "x", "facts": (("a", "b"),),
    }  # fmt: skip
    assert {"source", "source_id", "source_date", *changes} == set(SupplierRecord.__dataclass_fields__)
    plain = {"source": "test", "source_id": "1", "name": "Un"}
    digests = {SupplierRecord(**{**plain, key: value}).digest() for key, value in changes.items()}
    assert len(digests | {SupplierRecord(**plain).digest()}) == len(changes) + 1


# --- Postcodes --------------------------------------------------------------------------------------------

POSTCODES = (
    "postcode,quality,easting,northing,lat,lon,la_code,ward_code,ward_en,ward_cy,nhs_board\n"
    "CF39 9ZZ,10,1,2,51.6,-3.4,W06000016,W05001103,Porth,Y Porth,W11000030\n"
)


def test_a_row_becomes_a_postcode():
    entries = open_postcodes(BytesIO(POSTCODES.encode()))
    assert list(entries) == [
        PostcodeRecord("CF39 9ZZ", 51.6, -3.4, "W06000016", "W05001103", Bilingual("Y Porth", "Porth"), "W11000030")
    ]
    assert list(entries.remarks) == []


def test_odd_postcodes_are_rejected_with_line_and_reason():
    rows = "CF99,10,1,2,51.6,-3.4\ncf399zz,10,1,2,51.6,-3.4\nCF39 9ZY,90,0,0,0,0\nCF39 9ZX,10,1,2,51.5,-3.3\n"
    entries = list(open_postcodes(BytesIO((POSTCODES + rows).encode())))
    assert entries[1:] == [
        Reject(3, "", RejectReason.BAD_POSTCODE, "CF99"),
        Reject(4, "CF39 9ZZ", RejectReason.REPEATED_ID),
        Reject(5, "CF39 9ZY", RejectReason.BAD_POSITION, "0 0"),
        PostcodeRecord("CF39 9ZX", 51.5, -3.3),
    ]


def test_a_list_of_suppliers_is_no_list_of_postcodes():
    with pytest.raises(UnreadableFile) as refusal:
        list(open_postcodes(BytesIO(b"id,name\n1,Un\n")))
    assert refusal.value.reason == Unreadable.WRONG_HEADER


def test_the_real_postcodes_are_all_read():
    with open_postcodes(shared_data("postcodes-rct/postcodes_rct_and_neighbours.csv")) as entries:
        records = list(entries)
    assert len(records) == 7208
    assert {type(record) for record in records} == {PostcodeRecord}
    assert len([record for record in records if record.council_code == "W06000016"]) == 5429
    assert len([record for record in records if record.health_board == "W11000030"]) == 7075
    assert list(entries.remarks) == []
