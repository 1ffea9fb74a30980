"""The food hygiene ratings of the Food Standards Agency."""

import tracemalloc
from datetime import date
from io import RawIOBase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.directory.reading import (
    Reject,
    RejectReason,
    Remark,
    RemarkKind,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
    open_reader,
)
from tests.directory.reading.files import read, reading, shared_data

CAFFI = {
    "FHRSID": "7001",
    "BusinessName": "  Caffi’r   Graig ",
    "BusinessType": "Restaurant/Cafe/Canteen",
    "BusinessTypeID": "1",
    "AddressLine1": "Caffi’r Graig",
    "AddressLine2": "12 Stryd y Bont",
    "AddressLine3": "Cwm Du",
    "AddressLine4": "Tonypandy",
    "PostCode": "cf40 2zz",
    "RatingValue": "5",
    "LocalAuthorityCode": "567",
    "Longitude": "-3.45",
    "Latitude": "51.62",
}
START = "<FHRSEstablishment><Header><ExtractDate>2026-11-20</ExtractDate>"


def establishment(**fields):
    given_fields = {**CAFFI, **fields}
    place = "".join(f"<{key}>{given_fields.pop(key)}</{key}>" for key in ("Longitude", "Latitude"))
    rest = "".join(f"<{key}>{value}</{key}>" for key, value in given_fields.items() if value is not None)
    return f"<EstablishmentDetail>{rest}<Geocode>{place}</Geocode></EstablishmentDetail>\n"


def document(*establishments, header="<ReturnCode>Success</ReturnCode>"):
    inner = "".join(establishments)
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n{START}{header}</Header>\n"
        f"<EstablishmentCollection>\n{inner}</EstablishmentCollection></FHRSEstablishment>"
    )


def test_an_establishment_becomes_a_supplier():
    assert read("fhrs", document(establishment()), None) == [
        SupplierRecord(
            source="fhrs",
            source_id="7001",
            name="Caffi’r Graig",
            categories=("food-cafes",),
            address=("12 Stryd y Bont", "Cwm Du"),
            town="Tonypandy",
            postcode="CF40 2ZZ",
            latitude=51.62,
            longitude=-3.45,
            source_url="https://ratings.food.gov.uk/business/7001",
            source_date=date(2026, 11, 20),
            facts=(("authority", "567"),),
        )
    ]


@pytest.mark.parametrize("withheld", [None, "", "CF40", "nonsense"])
def test_without_a_postcode_nothing_finer_than_the_town_is_kept(withheld):
    [record] = read("fhrs", document(establishment(PostCode=withheld)))
    assert record.home_based
    assert (record.address, record.town, record.postcode) == ((), "Tonypandy", "")
    assert (record.latitude, record.longitude) == (None, None)


@pytest.mark.parametrize(
    ("lines", "address", "town"),
    [
        (("", "1 High Street", "Porth", ""), ("1 High Street",), "Porth"),
        (("", "1 High Street", "Treherbert, Treorchy", ""), ("1 High Street", "Treherbert"), "Treorchy"),
        (("", "1 High Street", "Porth", "Rhondda Cynon Taf"), ("1 High Street",), "Porth"),
        (("", "1 High Street", "", ""), ("1 High Street",), ""),
        (("", "Station Road", "", ""), ("Station Road",), ""),
        (("", "Porth", "", ""), (), "Porth"),
        (("", "", "", ""), (), ""),
    ],
)
def test_the_town_is_the_last_place_named(lines, address, town):
    fields = {f"AddressLine{number}": line for number, line in enumerate(lines, 1)}
    [record] = read("fhrs", document(establishment(**fields)))
    assert (record.address, record.town) == (address, town)


@pytest.mark.parametrize("place", [{"Latitude": "0", "Longitude": "0"}, {"Latitude": "", "Longitude": ""}])
def test_no_place_on_the_map_is_said_as_none(place):
    [record] = read("fhrs", document(establishment(**place)))
    assert (record.latitude, record.longitude) == (None, None)
    assert record.postcode == "CF40 2ZZ"


def test_an_unknown_kind_of_business_is_in_no_category():
    [record] = read("fhrs", document(establishment(BusinessTypeID="99999")))
    assert record.categories == ()


def test_odd_establishments_are_rejected_with_line_and_reason():
    odd = document(
        establishment(),
        establishment(BusinessName="Caffi Arall"),
        establishment(FHRSID=None),
        establishment(FHRSID="7 or 8"),
        establishment(FHRSID="7002", BusinessName=" \u200b "),
        establishment(FHRSID="7003", BusinessName="x" * 201),
        "<EstablishmentDetail/>",
        establishment(FHRSID="7004"),
    )
    entries = read("fhrs", odd)
    assert [(e.line, e.source_id, e.reason) for e in entries if isinstance(e, Reject)] == [
        (5, "7001", RejectReason.REPEATED_ID),
        (6, "", RejectReason.NO_ID),
        (7, "", RejectReason.BAD_ID),
        (8, "7002", RejectReason.NO_NAME),
        (9, "7003", RejectReason.NAME_TOO_LONG),
        (10, "", RejectReason.NO_ID),
    ]
    assert [e.source_id for e in entries if isinstance(e, SupplierRecord)] == ["7001", "7004"]


def test_a_promise_of_more_than_there_is_gets_a_remark():
    entries = reading("fhrs", document(establishment(), header="<ItemCount>2</ItemCount>"))
    assert len(list(entries)) == 1
    assert list(entries.remarks) == [Remark(RemarkKind.COUNT_DIFFERS, "2")]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Unreadable.EMPTY),
        (document(), Unreadable.EMPTY),
        ("FHRSID,BusinessName\n1,Caffi", Unreadable.NOT_XML),
        ("<html><body>Not found</body></html>", Unreadable.WRONG_ROOT),
        (BOMB + "<FHRSEstablishment>&b;</FHRSEstablishment>", Unreadable.DOCTYPE),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><FHRSEstablishment/>', Unreadable.DOCTYPE),
        (document(establishment(BusinessName="&b;")), Unreadable.NOT_XML),
        (document(establishment(), header="<ReturnCode>Failed</ReturnCode>"), Unreadable.UNSUCCESSFUL),
        (document(establishment()).replace("utf-8", "klingon"), Unreadable.NOT_XML),
    ],
)
def test_a_file_that_is_not_the_agencys_is_unreadable(content, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read("fhrs", content)
    assert refusal.value.reason == reason


def test_a_file_cut_off_anywhere_is_never_taken_for_whole():
    whole = document(establishment(), establishment(FHRSID="7002")).encode()
    for end in range(1, len(whole)):
        with pytest.raises(UnreadableFile):
            read("fhrs", whole[:end])


def test_a_cut_is_told_with_its_line_after_the_whole_entries():
    entries = reading("fhrs", document(establishment(), establishment(FHRSID="7002"))[:-100])
    assert next(entries).source_id == "7001"
    with pytest.raises(UnreadableFile) as refusal:
        list(entries)
    assert (refusal.value.reason, refusal.value.line) == (Unreadable.CUT_OFF, 5)


def test_a_tag_that_never_ends_is_not_waited_for():
    with pytest.raises(UnreadableFile) as refusal:
        read("fhrs", START + '<x y="' + "a" * 3_000_000)
    assert refusal.value.reason == Unreadable.TOO_LARGE


def test_a_text_that_goes_on_and_on_is_one_reject():
    [entry, other] = read("fhrs", document(establishment(BusinessName="b" * 3_000_000), establishment(FHRSID="7002")))
    assert entry.reason == RejectReason.NAME_TOO_LONG
    assert other.source_id == "7002"


class Endless(RawIOBase):
    """A file as long as one likes, made while it is read."""

    def __init__(self, count):
        self._pieces = iter(
            [document().split("</EstablishmentCollection>")[0]]
            + [establishment(FHRSID=100_000 + number) for number in range(count)]
            + ["</EstablishmentCollection></FHRSEstablishment>"]
        )

    def read(self, size=-1):
        return next(self._pieces, "").encode()


def test_memory_does_not_grow_with_the_file_but_for_its_ids():
    peaks = []
    for count in (500, 4500):
        stream = Endless(count)
        tracemalloc.start()
        assert sum(1 for _ in open_reader("fhrs", stream)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4000 * 200


XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\ufffe\uffff"))


@given(st.dictionaries(st.sampled_from(sorted(CAFFI)), XML_TEXT))
@settings(deadline=None)
def test_no_value_upsets_the_reader(fields):
    [entry] = reading("fhrs", document(establishment(**fields)))
    assert isinstance(entry, SupplierRecord | Reject)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_no_bytes_upset_the_reader(content):
    with pytest.raises(UnreadableFile):
        list(reading("fhrs", content))


def test_the_real_editions_differ_as_they_are_known_to():
    editions = []
    for day in ("2020-08-12", "2020-11-13"):
        with open_reader("fhrs", shared_data(f"fhrs-rct/FHRS567en-GB_{day}.xml")) as entries:
            editions.append({entry.source_id: entry for entry in entries})
            assert list(entries.remarks) == []
    august, november = editions
    both = august.keys() & november.keys()
    assert len(august) == 1716
    assert len(november.keys() - august.keys()) == 59
    assert len(august.keys() - november.keys()) == 51
    assert len([key for key in both if august[key].name != november[key].name]) == 9
    assert len([key for key in both if august[key].digest() != november[key].digest()]) == 16
    assert {type(entry) for entry in (*august.values(), *november.values())} == {SupplierRecord}
    assert [entry.name for entry in november.values() if entry.home_based or not entry.categories] == []
    assert len([entry for entry in november.values() if entry.latitude is None]) == 17
    assert [entry.name for entry in november.values() if not entry.town] == []
